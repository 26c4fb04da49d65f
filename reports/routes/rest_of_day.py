"""Ask how an officer gets through the rest of a day, and put the answer as a plan to adopt."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from cases.field.stops import planned_cases, planned_complaints
from cases.visiting.due import to_visit
from cases.visiting.kinds import Kind
from cases.visiting.setting import settings_in_force
from cases.visiting.settings import MINUTE
from cases.visits.comparing import Adopted
from cases.visits.planned import Item, Left, Planned, Stop, VisitsError
from cases.working.going import OfficerDay, who_can_go
from cases.working.terms import Base
from geo.daylight import daylight
from reports.routes.rest_stops import About, Day, name_of

UNSAID_SECONDS = 120 * MINUTE
"""How much later than planned a day may end of which nobody has said how long it is worked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an officer asks for the rest of a day.

    Parameters
    ----------
    here
        Where the officer is.
    left
        The stops of the plan still to be visited, in the officer's order, by their identities.
    pinned
        Those of them that keep their place.
    add
        What is to be put in: ``case-7``, ``complaint-12``.
    anew
        Whether all of it is planned anew; else what is added is put in and nothing else moves.
    """

    here: Base
    left: Sequence[int]
    pinned: Collection[int] = ()
    add: Sequence[str] = ()
    anew: bool = True
    had_lunch: bool = False


def rest_question(
    connection: sa.Connection, day: Day, asked: Asked, *, streets: Path
) -> dict[str, Any]:
    """Return the question that `reports.routes.under_way` answers; JSON.

    Raises
    ------
    VisitsError
        A stop is none of the plan's, or what is to be added cannot be gone to.
    """
    due = to_visit(connection, first=day.on, last=day.on, zone=day.zone)
    about = About(day, due.visits, settings=settings_in_force(connection))
    known = {each.id: each for each in day.plan.stops}
    foreign = [each for each in asked.left if each not in known]
    if foreign:
        msg = f"Stop {foreign[0]} is none of this plan's: look at the day again."
        raise VisitsError(msg)
    stops = [about.held(known[each]) for each in asked.left]
    added = [
        about.added(row, key) for key, row in _rows(connection, day, asked.add)
    ]  # fmt: skip
    return {
        "kind": "rest", "day": day.on.isoformat(), "streets": str(streets),
        "shift": _shift(connection, day, asked),
        "stops": [*stops, *added], "held": [each["id"] for each in stops],
        "urgent": [each["id"] for each in added],
        "pinned": [name_of(each) for each in asked.pinned], "anew": asked.anew,
        "daylight": daylight(day.on, lon=asked.here.lon, lat=asked.here.lat, zone=day.zone),
    }  # fmt: skip


def planned_rest(
    day: Day, asked: Mapping[str, Any], answer: Mapping[str, Any]
) -> Planned:  # fmt: skip
    """Return the rest of a day as it is adopted.

    Parameters
    ----------
    asked, answer
        The question and what was answered.
    """
    after, shift = answer["after"], asked["shift"]
    stops = {each["id"]: each for each in asked["stops"]}
    made = [
        _planned_stop(day, stops[name], arrive=arrive, leave=leave)
        for name, arrive, leave in zip(
            after["order"], after["arrive"], after["leave"], strict=True
        )
    ]  # fmt: skip
    dropped = [
        Left(item=item, because=each["because"], risks=each["risks"])
        for each in answer["dropped"]
        for item in _items(stops[each["id"]]["items"])
    ]
    named = {item for stop in made for item in stop.items} | {each.item for each in dropped}
    before = [each for each in _left_before(day.plan) if each.item not in named]
    return Planned(
        officer_id=day.plan.plan.officer_id, on=day.on, begins_at=day.moment(shift["start"]),
        ends_at=day.moment(after["finish"]), starts=Base(**shift["from"]),
        ends=Base(**shift["to"]), stops=made, left=[*dropped, *before],
        drive_seconds=after["driven"], metres=after["metres"], estimated=answer["estimated"],
        parameters={"rest_of": day.plan.plan.id, "pinned": list(asked["pinned"])},
        legs=after["legs"], drives=after["drives"],
    )  # fmt: skip


def _rows(
    connection: sa.Connection, day: Day, keys: Sequence[str]
) -> list[tuple[str, Any]]:  # fmt: skip
    """Look up what is to be added, in the order it is named."""
    if not keys:
        return []
    officer = day.plan.plan.officer
    named = [each.rsplit("-", 1) for each in keys]
    cases = [int(number) for kind, number in named if kind == "case"]
    complaints = [int(number) for kind, number in named if kind == "complaint"]
    found = {
        f"case-{each.id}": each
        for each in connection.execute(
            planned_cases(cases, officer, on=day.on, zone=day.zone)
        )
    } | {
        f"complaint-{each.id}": each
        for each in connection.execute(planned_complaints(complaints, officer))
    }  # fmt: skip
    for each in keys:
        if each not in found:
            msg = "What you add is not open any more: look at the day again."
            raise VisitsError(msg)
        if found[each].lon is None:
            msg = f"Nobody has said where {found[each].number} is: give it a place first."
            raise VisitsError(msg)
    return [(each, found[each]) for each in keys]


def _shift(connection: sa.Connection, day: Day, asked: Asked) -> dict[str, Any]:
    """Put what is left of the officer's working day."""
    row = day.plan.plan
    going = who_can_go(connection, first=day.on, last=day.on, calendar=day.calendar)
    theirs = next((each for each in going.days if each.officer_id == row.officer_id), None)
    now, end = day.seconds(day.now), day.seconds(row.ends_at)
    end = max(end, _clock(theirs.hours.ends_at)) if theirs else end + UNSAID_SECONDS
    if now >= end:
        msg = "Your working day is over: what is left waits for another day."
        raise VisitsError(msg)
    return {
        "officer": row.officer, "start": now, "end": end,
        "from": {"label": asked.here.label, "lon": asked.here.lon, "lat": asked.here.lat},
        "to": dict(row.ends),
        "lunch": None if asked.had_lunch else _lunch(theirs),
        "max_overtime": theirs.overtime_minutes * MINUTE if theirs else 0,
    }  # fmt: skip


def _lunch(theirs: OfficerDay | None) -> dict[str, int] | None:
    lunch = theirs.hours.lunch if theirs else None
    if lunch is None:
        return None
    return {
        "earliest": _clock(lunch.earliest), "latest": _clock(lunch.latest) - lunch.minutes * MINUTE,
        "seconds": lunch.minutes * MINUTE,
    }  # fmt: skip


def _clock(at: time) -> int:
    return at.hour * 3600 + at.minute * MINUTE + at.second


def _items(told: Iterable[Mapping[str, Any]]) -> list[Item]:
    return [Item(**{**each, "kind": Kind(each["kind"])}) for each in told]


def _planned_stop(day: Day, stop: Mapping[str, Any], *, arrive: int, leave: int) -> Stop:
    return Stop(
        spot=stop["spot"], label=stop["label"], lon=stop["lon"], lat=stop["lat"],
        arrives_at=day.moment(arrive), leaves_at=day.moment(leave), items=_items(stop["items"]),
    )  # fmt: skip


def _left_before(plan: Adopted) -> list[Left]:
    return [
        Left(
            item=Item(
                kind=Kind(each.kind), subject_id=each.subject_id, case_id=each.case_id,
                complaint_id=each.complaint_id,
            ),
            because=each.left_because, risks=each.risks or "",
        )
        for each in plan.left
    ]  # fmt: skip
