"""Put a day in force for Rivera of the field town, through places in an order."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from field_town import MANAGER, now, staff_of

from cases.actors import Moment
from cases.models import Case
from cases.visiting.kinds import Kind
from cases.visits.adopting import adopt_plan
from cases.visits.planned import Item, Left, Planned, Stop
from cases.working.terms import Base
from geo.database import Database

HALL = Base(label="Town Hall", lon=-80.4012, lat=27.2996)
DRIVE = timedelta(minutes=5)
VISIT = timedelta(minutes=15)


def put_in_force(
    database: Database,
    cases: Sequence[int],
    *,
    instead_of: int | None = None,
    begins: datetime | None = None,
    login: str = "rivera",
    moment: Moment | None = None,
    **changes: Any,
) -> int:
    """Adopt a plan for today through some cases, each five minutes from the one before it."""
    with database.app.begin() as connection:
        planned = plan_through(connection, cases, begins=begins, login=login, **changes)
        return adopt_plan(
            connection, planned, key=uuid4(), instead_of=instead_of, actor=MANAGER,
            moment=moment or now(),
        )  # fmt: skip


def plan_through(
    connection: sa.Connection,
    cases: Sequence[int],
    *,
    begins: datetime | None = None,
    login: str = "rivera",
    left: Sequence[int] = (),
    driven: bool = True,
) -> Planned:
    """Return a day through some cases; `driven` along lines with a turn in the middle of each."""
    start = begins or now().now.replace(second=0, microsecond=0)
    stops = [
        _stop(connection, case, arrives=start + DRIVE * (at + 1) + VISIT * at)
        for at, case in enumerate(cases)
    ]
    points = [(HALL.lon, HALL.lat), *((each.lon, each.lat) for each in stops)]
    points.append(points[0])
    count = len(points)
    return Planned(
        officer_id=staff_of(connection, login), on=start.date(), begins_at=start,
        ends_at=(stops[-1].leaves_at if stops else start) + DRIVE, starts=HALL, ends=HALL,
        stops=stops, left=[Left(item=_item(each), because="No time was left") for each in left],
        drive_seconds=300 * (count - 1), metres=900 * (count - 1), estimated=not driven,
        legs=[_leg(*pair) for pair in pairwise(points)] if driven else None,
        drives=[[_seconds(a, b) for b in range(count)] for a in range(count)] if driven else None,
    )  # fmt: skip


def _seconds(here: int, there: int) -> int:
    return 0 if here == there else 240 + 60 * abs(here - there)


def _stop(connection: sa.Connection, case: int, *, arrives: datetime) -> Stop:
    query = sa.select(
        Case.parcel_id, sa.func.ST_X(Case.point), sa.func.ST_Y(Case.point),
        sa.func.office.address_of(Case.parcel_id, Case.parcel_period_id),
    ).where(Case.id == case)  # fmt: skip
    parcel, lon, lat, address = connection.execute(query).one()
    return Stop(
        spot=f"parcel-{parcel}", label=address, lon=lon, lat=lat, arrives_at=arrives,
        leaves_at=arrives + VISIT, items=[_item(case)],
    )  # fmt: skip


def _item(case: int) -> Item:
    return Item(kind=Kind.FIRST_INSPECTION, subject_id=case, case_id=case)


def _leg(here: tuple[float, float], there: tuple[float, float]) -> dict[str, Any]:
    corner = [there[0], here[1]]
    return {
        "seconds": 300, "metres": 900, "line": [list(here), corner, list(there)],
        "steps": [
            {"kind": "depart", "turn": "", "street": "Alder St", "exit": 0, "bearing": 90,
             "metres": 600, "seconds": 200, "lon": here[0], "lat": here[1]},
            {"kind": "turn", "turn": "left", "street": "Birch Ave", "exit": 0, "bearing": 0,
             "metres": 300, "seconds": 100, "lon": corner[0], "lat": corner[1]},
            {"kind": "arrive", "turn": "right", "street": "Birch Ave", "exit": 0, "bearing": 0,
             "metres": 0, "seconds": 0, "lon": there[0], "lat": there[1]},
        ],
    }  # fmt: skip
