"""Find an hour for two officers where the search found none for a visit that needs both."""

from datetime import date

from reports.routes.ground import Ground, Orders
from reports.routes.insertion import Insertion, cheapest, insert
from reports.routes.settle import fill, left_of

EVERY_SECONDS = 30 * 60

type Pair = tuple[Insertion, Insertion]


def bring_together(ground: Ground, orders: Orders) -> None:
    """Put each visit by two that is left into two officers' days, where that pays.

    The meetings agreed on are written into the ground. For a visit that must be made, optional
    ones give way; what then still fits is filled in again.
    """
    waiting = [stop for stop in left_of(ground, orders) if ground.problem.stops[stop].two_officers]
    for stop in sorted(waiting, key=lambda stop: -ground.value(stop)):
        if _join(ground, orders, stop) or not ground.problem.stops[stop].must:
            continue
        for day in ground.openings[stop]:
            freed = _musts_alone(ground, orders, day)
            if _join(ground, freed, stop, only=day):
                orders[:] = freed
                break
    if waiting:
        fill(ground, orders)


def _join(ground: Ground, orders: Orders, stop: int, *, only: date | None = None) -> bool:
    """Find the cheapest hour and pair of officers; false when there is none that pays."""
    best: tuple[float, Pair, tuple[date, int]] | None = None
    before = ground.meetings.pop(stop, None)
    for meeting in _hours(ground, stop):
        if only is not None and meeting[0] != only:
            continue
        ground.meetings[stop] = meeting
        pair = _pair(ground, orders, stop, meeting[0])
        if pair is None:
            continue
        added = pair[0].added + pair[1].added
        if added < ground.value(stop) and (best is None or added < best[0]):
            best = (added, pair, meeting)
    ground.meetings.pop(stop, None)
    if best is not None:
        ground.meetings[stop] = best[2]
        for insertion in best[1]:
            insert(orders, stop, insertion)
    elif before is not None:
        ground.meetings[stop] = before
    return best is not None


def _hours(ground: Ground, stop: int) -> list[tuple[date, int]]:
    """Return the days and seconds tried, each half hour."""
    found = []
    for day, (earliest, latest) in ground.openings[stop].items():
        out = [shift for shift in ground.problem.shifts if shift.day == day]
        if out:
            first = max(earliest, min(shift.start for shift in out))
            last = min(latest, max(shift.end for shift in out))
            found += [(day, second) for second in range(first, last + 1, EVERY_SECONDS)]
    return found


def _pair(ground: Ground, orders: Orders, stop: int, day: date) -> Pair | None:
    """Return the two cheapest insertions of different officers on a day."""
    by_officer: dict[str, Insertion] = {}
    for shift, who in enumerate(ground.problem.shifts):
        if who.day != day:
            continue
        place = cheapest(ground, orders, stop, shifts=[shift])
        known = by_officer.get(who.officer)
        if place is not None and (known is None or place.added < known.added):
            by_officer[who.officer] = place
    two = sorted(by_officer.values(), key=lambda each: each.added)[:2]
    return (two[0], two[1]) if len(two) > 1 else None


def _musts_alone(ground: Ground, orders: Orders, day: date) -> Orders:
    """Return the days with only what must be on one of them, meetings kept."""
    stops, shifts = ground.problem.stops, ground.problem.shifts
    return [
        [stop for stop in order if stops[stop].must or stops[stop].two_officers]
        if shifts[shift].day == day
        else list(order)
        for shift, order in enumerate(orders)
    ]
