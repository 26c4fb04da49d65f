"""Make a problem of what the town's cases have due, and of who can go, on some days."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from statistics import median
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from cases.business_days import DAY, TownCalendar
from cases.visiting.due import to_visit
from cases.visiting.kinds import Because
from cases.visiting.laws import Laws
from cases.visiting.setting import settings_in_force
from cases.visiting.settings import DAY_WAITING, FURTHER, Settings, worth
from cases.visiting.values import ToVisit
from cases.visits.asked import Asked
from cases.working.going import Away, Going, NotGoing, OfficerDay, who_can_go
from cases.working.terms import Base, ZoneRule
from cases.working.terms import Lunch as LunchHours
from geo.daylight import daylight
from geo.places import town
from reports.routes.due_stops import DueCase, stops_of
from reports.routes.errors import RoutePlanError
from reports.routes.names import Item, Names
from reports.routes.problem import Lunch, Place, Policy, Problem, Shift, Stop, Window
from reports.routes.rush_in_force import rush_in_force
from reports.routes.zones import ZoneMap, zone_map

OUTSIDE_SECONDS = 600
"""The driving that a visit outside an officer's own zones, where these are soft, must be worth."""
BINDING = frozenset({Because.PROMISED, Because.RESPONSE, Because.HEARING, Because.SERVICE})
"""Last days that are law or a promise; the town's own goals only raise what a visit is worth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TownProblem:
    """A problem of the town.

    Attributes
    ----------
    visits
        What is to be done at each stop, by its identifier.
    unplaced
        What has no place on the map, and so is in no plan.
    away
        Which officers do not go on which days, and why.
    officers
        The accounts of the officers, by their names.
    spots
        The place of each stop.
    notes
        What was taken for granted, in words.
    """

    problem: Problem
    visits: Mapping[str, Sequence[ToVisit]]
    unplaced: Sequence[ToVisit]
    away: Sequence[NotGoing]
    officers: Mapping[str, int]
    spots: Mapping[str, str]
    notes: tuple[str, ...] = ()

    @property
    def names(self) -> Names:
        """Whom and what the problem stands for."""
        items = {stop: tuple(map(item_of, there)) for stop, there in self.visits.items()}
        return Names(officers=self.officers, items=items, spots=self.spots)


def town_problem(
    connection: sa.Connection,
    *,
    first: date,
    days: int,
    zone: ZoneInfo,
    zone_ids: Collection[int] | None = None,
    fair_margin: float | None = None,
    max_stops: int | None = None,
) -> TownProblem:
    """Make the problem of some days from what is due and who can go.

    Parameters
    ----------
    first, days
        As `cases.visits.asked.Asked` has them.
    zone
        The town's time zone.
    zone_ids
        Only what lies in these officers' zones, and those who go there; None for all of the town.
    fair_margin, max_stops
        As `Asked` has them.

    Raises
    ------
    RoutePlanError
        No officer can go on any of the days; it says who is away and why.
    """
    calendar = Laws.read(connection, on=first).calendar
    last = Asked(first=first, days=days).last(calendar)
    due = to_visit(connection, first=first, last=last, zone=zone, zones=zone_ids)
    zones = zone_map(connection)
    going = who_can_go(connection, first=first, last=last, calendar=calendar)
    mine = _serving(going, zone_ids, first=first, last=last)
    settings = settings_in_force(connection)
    stops = _stops(due.visits, first=first, last=last, zone=zone, zones=zones, settings=settings)
    middle, notes = _middle(connection, due.visits, mine)
    shifts = tuple(shift_of(each, middle, zones=zones, max_stops=max_stops) for each in mine)
    rush = rush_in_force(connection, settings, on=first, zone=zone)
    problem = Problem(
        days=_days(shifts, calendar, first=first, last=last),
        shifts=shifts,
        stops=tuple(stop for stop, _ in stops),
        policy=Policy(fair_margin=fair_margin, wait_seconds=settings.of(DAY_WAITING), rush=rush),
    )
    return TownProblem(
        problem=replace(problem, daylight=_daylight(problem, middle, zone)),
        visits={stop.id: there for stop, there in stops},
        unplaced=due.unplaced, away=going.away,
        officers={each.officer: each.officer_id for each in mine},
        spots={stop.id: there[0].spot for stop, there in stops}, notes=notes,
    )  # fmt: skip


def _serving(
    going: Going, zone_ids: Collection[int] | None, *, first: date, last: date
) -> list[OfficerDay]:
    """Return the days of those who serve some zones; refuse where there are none."""
    mine = [each for each in going.days if zone_ids is None or _serves(each, zone_ids)]
    if not mine:
        raise RoutePlanError(nobody_goes(going.away, first=first, last=last, zoned=bool(zone_ids)))
    return mine


def _stops(
    visits: Sequence[ToVisit], *, first: date, last: date, zone: ZoneInfo, zones: ZoneMap,
    settings: Settings,
) -> list[tuple[Stop, list[ToVisit]]]:  # fmt: skip
    """Return the stops of some days, each with what is to be done there."""
    due = [
        due_case(each, first=first, last=last, zone=zone, zones=zones, settings=settings)
        for each in visits
    ]
    by_key = {each.key: each for each in visits}
    made = stops_of(due, day=first, further_seconds=settings.of(FURTHER))
    return [(stop, [by_key[each.key] for each in there]) for stop, there in made]


def nobody_goes(
    away: Sequence[NotGoing], *, first: date, last: date, zoned: bool = False
) -> str:  # fmt: skip
    """Say in words that nobody can go, and why."""
    # Each sentence by itself, whole: pages know it again, and say it in the reader's language.
    if first == last and zoned:
        says = f"No officer who serves these zones is on shift on {first}."
    elif first == last:
        says = f"No officer is on shift on {first}."
    elif zoned:
        says = f"No officer who serves these zones is on shift from {first} to {last}."
    else:
        says = f"No officer is on shift from {first} to {last}."
    told = dict.fromkeys(_gone(each) for each in away)
    hint = "Choose other days, or say on “Working days” who works then."
    return " ".join([says, *told, hint])


def _gone(each: NotGoing) -> str:
    officer = each.officer
    if each.because is Away.LEAVE:
        return f"{officer} is on leave."
    if each.because is Away.CLOSED:
        return f"{officer} does not work on a day the town is closed."
    return f"{officer} does not work on that weekday."


def _serves(day: OfficerDay, zone_ids: Collection[int]) -> bool:
    return not day.zone_ids or bool({*day.zone_ids} & {*zone_ids})


def due_case(
    visit: ToVisit, *, first: date, last: date, zone: ZoneInfo, zones: ZoneMap, settings: Settings
) -> DueCase:
    """Return something to be visited as the stops are made of."""
    binds = visit.due is not None and visit.due.because in BINDING and visit.due.by >= first
    by = visit.due.by if visit.due else None
    return DueCase(
        case_id=visit.case_id or visit.subject_id, number=visit.number,
        label=visit.address or visit.number, lon=visit.lon or 0.0, lat=visit.lat or 0.0,
        due_on=by, priority=visit.priority, open_violations=visit.open_violations,
        parcel_id=visit.parcel_id, kind=visit.kind, not_before=visit.not_before,
        due_by=by if binds else None, window=_window(visit, zone), spot=visit.spot,
        service_seconds=visit.seconds, must=binds and by is not None and by <= last,
        two_officers=visit.needs_two, daylight_only=visit.needs_light,
        zone=zones.of_visit(visit.zone_id, visit.officer), certifications=visit.certifications,
        worth_seconds=worth(visit, on=last, settings=settings).seconds, key=visit.key,
    )  # fmt: skip


def _window(visit: ToVisit, zone: ZoneInfo) -> Window | None:
    if visit.window is None:
        return None
    opens, closes = visit.window.opens.astimezone(zone), visit.window.closes.astimezone(zone)
    return Window(_seconds(opens), _seconds(closes), opens.date())


def _seconds(moment: datetime) -> int:
    return moment.hour * 3600 + moment.minute * 60 + moment.second


def shift_of(
    day: OfficerDay, middle: Place, *, zones: ZoneMap, max_stops: int | None = None
) -> Shift:
    """Return the shift of an officer's day; `middle` is where it starts and ends if unsaid."""
    hours = day.hours
    own = frozenset(zones.codes[each] for each in day.zone_ids if each in zones.codes)
    return Shift(
        day.on, _of_clock(hours.begins_at), _of_clock(hours.ends_at),
        start_place=_place(day.starts) or middle, end_place=_place(day.ends) or middle,
        officer=day.officer, lunch=_lunch(hours.lunch), max_overtime=day.overtime_minutes * 60,
        certifications=day.certifications, zones=own,
        outside_seconds=OUTSIDE_SECONDS if day.zones is ZoneRule.SOFT else None,
        helps=zones.beside(own), max_stops=max_stops,
    )  # fmt: skip


def _lunch(lunch: LunchHours | None) -> Lunch | None:
    """Return the lunch as the planner has it, which knows when the latest may begin."""
    if lunch is None:
        return None
    seconds = lunch.minutes * 60
    return Lunch(_of_clock(lunch.earliest), _of_clock(lunch.latest) - seconds, seconds)


def _of_clock(at: object) -> int:
    hour, minute, second = (getattr(at, part) for part in ("hour", "minute", "second"))
    return int(hour * 3600 + minute * 60 + second)


def _place(base: Base | None) -> Place | None:
    return None if base is None else Place(base.label, base.lon, base.lat)


def _middle(
    connection: sa.Connection, visits: Sequence[ToVisit], days: Iterable[OfficerDay]
) -> tuple[Place, tuple[str, ...]]:
    """Return where days start of which nobody has said it, and what that takes for granted."""
    lons = [each.lon for each in visits if each.lon is not None]
    lats = [each.lat for each in visits if each.lat is not None]
    if lons:
        place = Place("Middle of what is due", median(lons), median(lats))
    else:
        box = connection.execute(town()).first()
        lon, lat = ((box.west + box.east) / 2, (box.south + box.north) / 2) if box else (0.0, 0.0)
        place = Place("Middle of the town", lon, lat)
    if all(each.starts and each.ends for each in days):
        return place, ()
    note = (
        "Nobody has said where the office is, so that days start and end in the middle of what is "
        "due: say it on “Working days”."
    )
    return place, (note,)


def _days(
    shifts: Sequence[Shift], calendar: TownCalendar, *, first: date, last: date
) -> tuple[date, ...]:
    """Return the days planned: those somebody works, and those the town does."""
    days = {shift.day for shift in shifts}
    day = first
    while day <= last:
        if calendar.works_on(day):
            days.add(day)
        day += DAY
    return tuple(sorted(days))


def _daylight(
    problem: Problem, middle: Place, zone: ZoneInfo
) -> Mapping[date, tuple[int, int]]:  # fmt: skip
    return {day: daylight(day, lon=middle.lon, lat=middle.lat, zone=zone) for day in problem.days}


def item_of(visit: ToVisit) -> Item:
    """Return something to be visited as the names of a problem have it."""
    return Item(
        kind=visit.kind, subject_id=visit.subject_id, case_id=visit.case_id,
        complaint_id=visit.complaint_id, number=visit.number, category=visit.category,
    )  # fmt: skip
