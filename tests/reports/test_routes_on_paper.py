"""A day that was adopted goes onto paper by the clock on the wall, also past midnight."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cases.visits.comparing import Adopted, Kept
from reports.routes.on_paper import of_adopted

BOSTON = ZoneInfo("America/New_York")
HALL = {"label": "Town Hall", "lon": -71.1, "lat": 42.4}
HOUR = 3600


def _day(on: date, *, begins: int, ends: int) -> Adopted:
    def at(hour: int) -> datetime:
        wall = datetime.combine(on, datetime.min.time(), BOSTON) + timedelta(hours=hour)
        return wall.astimezone(ZoneInfo("UTC"))

    plan: Any = SimpleNamespace(
        on_day=on, begins_at=at(begins), ends_at=at(ends), starts=HALL, ends=HALL, officer="O",
        parameters={}, drive_seconds=600, metres=900, estimated=True, legs=None,
    )  # fmt: skip
    item: Any = SimpleNamespace(
        kind="reinspection", number="C-1", subject_id=1, case_id=1, complaint_id=None
    )
    stop = Kept(
        id=1, place=1, spot="parcel-1", label="1 Elm St", lon=-71.1, lat=42.41,
        arrives_at=at(ends - 2), leaves_at=at(ends - 1), items=[item], arrived_at=None,
        left_at=None, skipped_because=None,
    )  # fmt: skip
    return Adopted(plan=plan, stops=[stop], left=[])


@pytest.mark.parametrize(
    ("on", "begins", "ends"),
    [
        (date(2026, 6, 15), 8, 17),
        (date(2026, 6, 15), 16, 25),
        (date(2026, 11, 1), 8, 17),  # the clocks went back that night
        (date(2027, 3, 14), 8, 17),  # and forward
        (date(2026, 10, 31), 16, 25),
    ],
)
def test_hours_are_those_of_the_wall_after_the_days_own_midnight(
    on: date, begins: int, ends: int
) -> None:
    route = of_adopted(_day(on, begins=begins, ends=ends), zone=BOSTON).route
    assert (route.shift.start, route.shift.end) == (begins * HOUR, ends * HOUR)
    (visit,) = route.visits
    assert (visit.arrive, visit.leave) == ((ends - 2) * HOUR, (ends - 1) * HOUR)
    assert visit.stop.service_seconds == HOUR
