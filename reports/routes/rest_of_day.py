"""Take up a day of the town that is under way: who is where, and what each still has to visit."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from cases.field.stops import planned_cases, planned_complaints
from cases.visiting.due import to_visit
from cases.visiting.laws import Laws
from cases.visiting.setting import settings_in_force
from cases.visiting.settings import MINUTE
from cases.visiting.values import ToVisit
from cases.visits.comparing import Adopted, Kept, adopted_days, plans_of_day
from cases.visits.planned import VisitsError
from cases.working.going import OfficerDay, who_can_go
from geo.daylight import daylight
from reports.routes.errors import RoutePlanError
from reports.routes.from_town import shift_of
from reports.routes.problem import Place, Policy, Problem, Rush, Shift
from reports.routes.rest_stops import Clock, RestStops, name_of, subject_of
from reports.routes.rush_in_force import rush_in_force
from reports.routes.under_way import HAD_LUNCH, UnderWay, rest_of
from reports.routes.written import pause_of
from reports.routes.zones import ZoneMap, zone_map

UNSAID_SECONDS = 120 * MINUTE
"""How much later than planned a day may end of which nobody has said how long it is worked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """Where an officer is and what is left to them; what is not said is as it was planned.

    Attributes
    ----------
    here
        Where the officer is.
    had_lunch
        Whether lunch was had.
    left
        The stops of the plan still to be visited, in the officer's order, by their identities.
    pinned
        Those of them that keep their place.
    """

    here: Place | None = None
    had_lunch: bool = False
    left: Sequence[int] | None = None
    pinned: Collection[int] = ()


type Plans = Sequence[tuple[Adopted, Where]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What is known of the day: its clock, what is due, who works and where."""

    clock: Clock
    stops: RestStops
    going: Mapping[int, OfficerDay]
    zones: ZoneMap
    rush: tuple[Rush, ...]


def take_up(
    connection: sa.Connection,
    plan: Adopted,
    where: Where,
    *,
    now: datetime,
    zone: ZoneInfo,
    add: Sequence[str] = (),
    anew: bool = True,
) -> UnderWay:
    """Take up an officer's day with what the plan has, and what the officer puts in.

    Parameters
    ----------
    now, zone
        The moment, and the town's time zone.
    add
        What is put in: ``case-7``, ``complaint-12``.
    anew
        Whether the rest is planned anew.

    Raises
    ------
    VisitsError
        A stop is none of the plan's, what is to be added cannot be gone to, or the day is over.
    """
    known = _know(connection, Clock(on=plan.plan.on_day, now=now, zone=zone))
    return _under_way(connection, known, [(plan, where)], add=add, anew=anew)


def take_up_day(
    connection: sa.Connection,
    *,
    on: date,
    now: datetime,
    zone: ZoneInfo,
    officers: Mapping[str, Where] | None = None,
    urgent: str | None = None,
) -> UnderWay:
    """Take up the plans in force on a day, and what nobody has in them.

    Parameters
    ----------
    officers
        Whose day is planned; every officer's who has a plan when absent.
    urgent
        Number of a case or complaint: it alone is put in, and nothing else is moved.

    Raises
    ------
    VisitsError
        An officer has no plan in force that day, or the day is over.
    RoutePlanError
        Nothing of what is urgent is to be visited, or somebody has it already.
    """
    in_force = _in_force(connection, on)
    plans = _named(in_force, officers, on=on)
    known = _know(connection, Clock(on=on, now=now, zone=zone))
    has = {
        subject_of(each) for day in in_force.values() for stop in day.stops for each in stop.items
    }
    waits = [each for each in known.stops.due if subject_of(each) not in has]
    if urgent is None:
        return _under_way(connection, known, plans, waits=waits)
    key = _key_of(urgent, waits, plans)
    return _under_way(connection, known, plans, add=[key], anew=False)


def _in_force(connection: sa.Connection, on: date) -> dict[str, Adopted]:
    return {day.plan.officer: day for day in adopted_days(connection, plans_of_day(on))}


def _named(
    in_force: Mapping[str, Adopted], officers: Mapping[str, Where] | None, *, on: date
) -> Plans:
    wanted = officers if officers is not None else dict.fromkeys(in_force, Where())
    lacking = [name for name in wanted if name not in in_force]
    if lacking or not wanted:
        told = f"{lacking[0]} has no plan" if lacking else "Nobody has a plan"
        msg = f"{told} in force on {on}: adopt one in the office first."
        raise VisitsError(msg)
    return [(in_force[name], where) for name, where in wanted.items()]


def _know(connection: sa.Connection, clock: Clock) -> _Known:
    on, zones = clock.on, zone_map(connection)
    due = to_visit(connection, first=on, last=on, zone=clock.zone)
    calendar = Laws.read(connection, on=on).calendar
    going = who_can_go(connection, first=on, last=on, calendar=calendar)
    settings = settings_in_force(connection)
    stops = RestStops(clock, due.visits, settings=settings, zones=zones)
    by_id = {each.officer_id: each for each in going.days}
    rush = rush_in_force(connection, settings, on=on, zone=clock.zone)
    return _Known(clock=clock, stops=stops, going=by_id, zones=zones, rush=rush)


def _under_way(
    connection: sa.Connection, known: _Known, plans: Plans,
    *, add: Sequence[str] = (), anew: bool = True, waits: Iterable[ToVisit] = (),
) -> UnderWay:  # fmt: skip
    clock, made = known.clock, known.stops
    shifts, stops, gone = [], [], []
    held: dict[str, list[str]] = {}
    for plan, where in plans:
        left, there_no_more = _left(plan, where, known)
        shift = _shift(plan, where, known)
        shifts.append(shift)
        gone += [each.label for each in there_no_more]
        stops += [made.held(e, shift=shift, pinned=e.id in where.pinned) for e in left]
        held[shift.officer] = [name_of(each.id) for each in left]
    alone = shifts[0].officer if len(shifts) == 1 else None
    rows = _rows(connection, add, officer=shifts[0].officer, clock=clock)
    stops += [made.urgent(row, key=key, officer=alone) for key, row in rows]
    stops += made.waiting(waits)
    here = shifts[0].start_place
    light = daylight(clock.on, lon=here.lon, lat=here.lat, zone=clock.zone)
    return UnderWay(
        problem=Problem(
            (clock.on,), tuple(shifts), tuple(stops), {clock.on: light}, Policy(rush=known.rush)
        ),
        held=held, urgent=[*add], anew=anew, gone=gone,
        pinned=[name_of(each) for _, where in plans for each in where.pinned],
        names=made.names({plan.plan.officer: plan.plan.officer_id for plan, _ in plans}),
        plans={plan.plan.officer: plan.plan.id for plan, _ in plans},
    )  # fmt: skip


def _left(plan: Adopted, where: Where, known: _Known) -> tuple[list[Kept], list[Kept]]:
    """Return what an officer still has, and of that which goes by the plan what is due no more."""
    if where.left is None:
        open_ = [each for each in plan.stops if not _is_said(each)]
        due = [each for each in open_ if known.stops.is_due(each)]
        return due, [each for each in open_ if each not in due]
    there = {each.id: each for each in plan.stops}
    foreign = [each for each in where.left if each not in there]
    if foreign:
        msg = f"Stop {foreign[0]} is none of this plan's: look at the day again."
        raise VisitsError(msg)
    return [there[each] for each in where.left], []


def _is_said(stop: Kept) -> bool:
    """Tell whether somebody has said what became of a stop: they came, or it was skipped."""
    return stop.arrived_at is not None or stop.skipped_because is not None


def _shift(plan: Adopted, where: Where, known: _Known) -> Shift:
    """Return the rest of an officer's shift: from where they are, or the plan last had them."""
    shift, now = _whole(plan, known), known.clock.seconds(known.clock.now)
    here = where.here
    past = [each for each in plan.stops if _is_said(each)]
    if here is None and past:
        last = past[-1]
        here = Place(last.label, last.lon, last.lat)
        if last.skipped_because is None:
            now = max(now, known.clock.seconds(last.left_at or last.leaves_at))
    if now >= shift.end:
        msg = f"The working day of {shift.officer} is over: what is left waits for another day."
        raise VisitsError(msg)
    had_lunch = where.had_lunch or _had_lunch(plan, shift, now=now)
    return rest_of(shift, now=now, here=here or shift.start_place, had_lunch=had_lunch)


def _had_lunch(plan: Adopted, shift: Shift, *, now: int) -> bool:
    """Tell whether lunch is over: by the plan, by the one it is the rest of, or by the clock."""
    told = plan.plan.parameters
    planned = pause_of(told)
    by_plan = planned is not None and planned.end <= now
    by_clock = shift.lunch is not None and now > shift.lunch.latest
    return by_plan or by_clock or told.get(HAD_LUNCH) is True


def _whole(plan: Adopted, known: _Known) -> Shift:
    """Return an officer's day as it is worked, and at least as the plan has it."""
    row, seconds = plan.plan, known.clock.seconds
    begins, ends, home = seconds(row.begins_at), seconds(row.ends_at), Place(**row.ends)
    theirs = known.going.get(row.officer_id)
    if theirs is None:
        ends += UNSAID_SECONDS
        return Shift(known.clock.on, begins, ends, Place(**row.starts), home, officer=row.officer)
    shift = shift_of(theirs, home, zones=known.zones)
    start, end = min(begins, shift.start), max(ends, shift.end)
    # Overtime that the plan has is taken already: no more than what remains of it is left.
    over = max(0, shift.end + shift.max_overtime - end)
    return replace(
        shift, start=start, end=end, max_overtime=over, start_place=Place(**row.starts),
        end_place=home,
    )  # fmt: skip


def _key_of(number: str, waits: Iterable[ToVisit], plans: Plans) -> str:
    """Return the name of what is urgent by its number."""
    found = next((each for each in waits if each.number == number), None)
    if found is not None:
        of_case = found.case_id is not None
        return f"case-{found.case_id}" if of_case else f"complaint-{found.complaint_id}"
    has = {item.number for plan, _ in plans for stop in plan.stops for item in stop.items}
    msg = (
        f"{number} is in the plan already."
        if number in has
        else f"Nothing of {number} can be visited in the rest of this day: it is not due, has no "
        "place on the map, or is in another officer's plan."
    )
    raise RoutePlanError(msg)


def _rows(
    connection: sa.Connection, keys: Sequence[str], *, officer: str, clock: Clock
) -> list[tuple[str, Any]]:
    """Look up what is put in, in the order it is named."""
    ids: dict[str, list[int]] = {"case": [], "complaint": []}
    for each in keys:
        kind, number = each.rsplit("-", 1)
        ids[kind].append(int(number))
    cases = planned_cases(ids["case"], officer, on=clock.on, zone=clock.zone)
    complaints = planned_complaints(ids["complaint"], officer)
    found = {
        f"{kind}-{row.id}": row
        for kind, query in (("case", cases), ("complaint", complaints))
        if ids[kind]
        for row in connection.execute(query)
    }
    for each in keys:
        if each not in found:
            msg = "What you add is not open any more: look at the day again."
            raise VisitsError(msg)
        if found[each].lon is None:
            msg = f"Nobody has said where {found[each].number} is: give it a place first."
            raise VisitsError(msg)
    return [(each, found[each]) for each in keys]
