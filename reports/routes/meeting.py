"""Choose when two officers meet at a visit that needs both."""

from datetime import date

from reports.routes.ground import Ground, Orders

ROUND_SECONDS = 5 * 60
"""Officers agree on a time of day that can be said."""


def meet(ground: Ground, orders: Orders) -> dict[int, tuple[date, int]]:
    """Return the day and the second at which each visit by two begins.

    It is when one officer would pass there anyway, as some days planned for one officer say; for a
    visit in none of them it is the middle of the day on which most officers are out.

    Parameters
    ----------
    ground
        What the days stand on.
    orders
        Days in which such a visit is one officer's.
    """
    passing = _passing(ground, orders)
    meetings = {}
    for number, stop in enumerate(ground.problem.stops):
        if stop.two_officers:
            chosen = passing.get(number)
            if chosen is None or len(_able(ground, number, chosen[0])) < 2:  # noqa: PLR2004 - two meet
                chosen = _somewhere(ground, number)
            if chosen is not None:
                meetings[number] = _rounded(ground, number, *chosen)
    return meetings


def _passing(ground: Ground, orders: Orders) -> dict[int, tuple[date, int]]:
    found = {}
    for shift, order in enumerate(orders):
        timed = ground.time(shift, order)
        day = ground.problem.shifts[shift].day
        for at, stop in enumerate(order):
            if timed is not None:
                found[stop] = (day, timed.start[at])
    return found


def _able(ground: Ground, stop: int, day: date) -> list[int]:
    """Return the shifts of a day that may make a visit, one for each officer."""
    shifts = ground.problem.shifts
    able = [number for number, each in enumerate(shifts) if each.day == day]
    able = [number for number in able if ground.may(stop, number)]
    return list({shifts[number].officer: number for number in able}.values())


def _somewhere(ground: Ground, stop: int) -> tuple[date, int] | None:
    days = {day: _able(ground, stop, day) for day in ground.openings[stop]}
    possible = {day: able for day, able in days.items() if len(able) > 1}
    if not possible:
        return None
    day = max(possible, key=lambda day: (len(possible[day]), -day.toordinal()))
    out = [ground.problem.shifts[shift] for shift in possible[day]]
    middle = (max(each.start for each in out) + min(each.end for each in out)) // 2
    return day, middle


def _rounded(ground: Ground, stop: int, day: date, second: int) -> tuple[date, int]:
    """Round up to a time that can be said, outside the lunches, within the hours allowed."""
    earliest, latest = ground.openings[stop][day]
    service = ground.problem.stops[stop].service_seconds
    second = -(-second // ROUND_SECONDS) * ROUND_SECONDS
    for each in (ground.problem.shifts[shift] for shift in _able(ground, stop, day)):
        lunch = each.lunch
        if lunch is not None and lunch.earliest - service < second < lunch.latest + lunch.seconds:
            before, after = lunch.earliest - service, lunch.latest + lunch.seconds
            if before >= earliest:
                second = before // ROUND_SECONDS * ROUND_SECONDS
            elif after <= latest:
                second = -(-after // ROUND_SECONDS) * ROUND_SECONDS
    return day, min(max(second, earliest), latest)
