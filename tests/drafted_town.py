"""Draft a plan of two officers' two days in the small town, by straight lines."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import sqlalchemy as sa

from cases.models import RouteDraft
from cases.visiting.kinds import Kind
from cases.visits.asked import Asked
from geo.streets.estimate import CrowFlight
from reports.routes.names import Item, Names
from reports.routes.packed import pack
from reports.routes.planning import make_plan
from reports.routes.problem import Lunch, Place, Policy, Problem, Shift, Stop, Window
from reports.routes.search import Effort
from reports.routes.written import plan_to_json, problem_to_json

MONDAY, TUESDAY = date(2026, 6, 15), date(2026, 6, 16)
HALL = Place("Town Hall", -80.4, 27.3)
HOUR = 3600
MADE = datetime(2026, 6, 15, 15, tzinfo=UTC)
CASES = """
    INSERT INTO lotline.case_file (number, category, phase, published, opened_on, tie_method,
        tie_confidence)
    SELECT 'D-' || n + (SELECT count(*) FROM lotline.case_file), 'High grass', 'reported', false,
        '2026-05-01', 'none', 0
    FROM generate_series(1, :count) n
    RETURNING id"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Officers:
    """The two who drive, by name and account."""

    rivera: int
    cole: int
    names: tuple[str, str] = ("M. Rivera", "K. Cole")


def stops(count: int = 12) -> list[Stop]:
    """Stops in two rows: those with an even number lie in the west."""
    return [
        Stop(
            id=f"parcel-{n}", label=f"{100 + n} Alder St",
            lon=-80.43 + (0.06 if n % 2 else 0) + n * 0.002, lat=27.29 + n * 0.003,
            case_numbers=(f"D-{n + 1}",), due_on=None, priority=3, service_seconds=15 * 60,
            worth_seconds=1800 if n != count - 1 else 60, kinds=(Kind.REINSPECTION,),
            window=Window(10 * HOUR, 11 * HOUR, MONDAY) if n == 0 else None, must=n == 0,
        )
        for n in range(count)
    ]  # fmt: skip


def problem(*, days: tuple[date, ...] = (MONDAY, TUESDAY), count: int = 12) -> Problem:
    """Two officers, from eight to one with a lunch and three stops, on each of some days."""
    lunch = Lunch(11 * HOUR, 12 * HOUR, 1800)
    shifts = [
        Shift(
            day,
            8 * HOUR,
            13 * HOUR,
            HALL,
            HALL,
            officer=name,
            lunch=lunch,
            max_overtime=1800,
            max_stops=3,
        )
        for day in days
        for name in ("M. Rivera", "K. Cole")
    ]
    far = Stop(
        id="far", label="9 Far Rd", lon=-83.0, lat=30.0, case_numbers=(f"D-{count + 1}",),
        due_on=None, priority=3, service_seconds=900, worth_seconds=1800, due_by=days[0],
    )  # fmt: skip
    return Problem(
        days=days, shifts=tuple(shifts), stops=(*stops(count), far), policy=Policy(fair_margin=0.1)
    )


def draft_town(connection: sa.Connection, officers: Officers, *, count: int = 12) -> int:
    """Keep a draft that is done; gives its identity."""
    cases = list(connection.scalars(sa.text(CASES), {"count": count + 1}))
    asks = problem(count=count)
    items = {
        stop.id: (
            Item(kind=Kind.APPOINTMENT if stop.must else Kind.REINSPECTION, subject_id=case,
                 case_id=case, complaint_id=None, number=stop.case_numbers[0]),
        )
        for stop, case in zip(asks.stops, cases, strict=True)
    }  # fmt: skip
    names = Names(
        officers=dict(zip(officers.names, (officers.rivera, officers.cole), strict=True)),
        items=items, spots={stop.id: stop.id for stop in asks.stops},
    )  # fmt: skip
    made = make_plan(asks, CrowFlight(), effort=Effort(iterations=200), seed=1, cores=1).plan
    row = {
        "key": uuid4(), "asked": Asked(first=MONDAY, days=2).told(), "first_day": MONDAY,
        "last_day": TUESDAY, "state": "done", "made_by": "A. Stone", "made_at": MADE,
        "begun_at": MADE, "ended_at": MADE, "problem": problem_to_json(asks, names=names),
        "plan": plan_to_json(made, problem=asks, names=names),
        "matrix": pack(CrowFlight().matrix(asks.places()), asks.rows()),
    }  # fmt: skip
    made_id = sa.insert(RouteDraft).values(row).returning(RouteDraft.id)
    return int(connection.execute(made_id).scalar_one())


def plan_of(connection: sa.Connection, draft_id: int) -> dict[str, Any]:
    """Return a draft's plan as it is kept."""
    plan = connection.scalar(sa.select(RouteDraft.plan).where(RouteDraft.id == draft_id))
    assert plan is not None
    return dict(plan)
