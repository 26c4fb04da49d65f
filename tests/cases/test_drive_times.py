"""How long drives take by the hour is learned from enough of them, and from no stamp that lies."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from desk import MANAGER, OFFICER, day
from seats import hire
from small_town import lay_out

from cases.visiting.driving import ENOUGH, Pace, paces
from cases.visiting.kinds import Kind
from cases.visiting.learning import Source
from cases.visiting.setting import set_visits, settings_in_force
from cases.visits.adopting import adopt_plan
from cases.visits.comparing import adopted
from cases.visits.outcomes import arrive, leave
from cases.visits.planned import Item, Planned, Stop
from cases.workflow.roles import Role
from cases.working.terms import Base

JUNE = day(6, 15)
MON = JUNE.on
WHO = {"actor": MANAGER, "moment": JUNE}
HALL = Base(label="Town Hall", lon=-80.4, lat=27.3)
STREETS = 300
type Drive = Callable[..., None]


@pytest.fixture
def town(connection: sa.Connection) -> sa.Connection:
    lay_out(connection)
    connection.execute(sa.text(
        "INSERT INTO lotline.case_file (number, category, phase, published, tie_method, "
        "tie_confidence) VALUES ('C-1', 'Fence', 'reported', false, 'none', 0)"
    ))  # fmt: skip
    return connection


@pytest.fixture
def drive(town: sa.Connection) -> Drive:
    """Drive from one stop to the next on so many days, each time in so many seconds."""
    officer = hire(town, Role.OFFICER)
    case = int(town.scalar(sa.text("SELECT max(id) FROM lotline.case_file")) or 0)
    days = iter(MON - timedelta(days=back) for back in range(1, 400))

    def made(took: list[int], **said: Any) -> None:
        for each in took:
            _drive(town, next(days), each, officer=officer, case=case, **said)

    return made


def _drive(
    town: sa.Connection, on: date, took: int, *, officer: int, case: int, hour: int = 10,
    pause: int = 0, leg: dict[str, int] | None = None, estimated: bool = False,
    order: tuple[int, int] = (0, 1),
) -> None:  # fmt: skip
    left = datetime(on.year, on.month, on.day, hour, 5, tzinfo=UTC)
    leg = leg or {"seconds": STREETS}
    comes = left + timedelta(seconds=leg["seconds"] + pause)
    stops = [
        Stop(spot="parcel-1", label="101 Alder St", lon=-80.4, lat=27.3, arrives_at=at,
             leaves_at=until, items=[Item(kind=Kind.POSTING, subject_id=nth, case_id=case)])
        for nth, (at, until) in enumerate(((left - timedelta(minutes=5), left), (comes, comes)))
    ]  # fmt: skip
    legs = [
        {"metres": 900, "line": [], "steps": [], **each}
        for each in ({"seconds": 9}, leg, {"seconds": 9})
    ]
    plan = Planned(
        officer_id=officer, on=on, begins_at=stops[0].arrives_at, ends_at=comes, starts=HALL,
        ends=HALL, stops=stops, estimated=estimated, legs=None if estimated else legs,
    )  # fmt: skip
    told = adopted(town, adopt_plan(town, plan, key=uuid4(), **WHO))
    assert told is not None
    first, second = (told.stops[place].id for place in order)
    who = {"actor": OFFICER, "moment": JUNE}
    arrive(town, stop_id=first, at=left - timedelta(minutes=5), **who)
    leave(town, stop_id=first, at=left, **who)
    arrive(town, stop_id=second, at=left + timedelta(seconds=took), **who)


def _midday(town: sa.Connection, *, on: date = MON, zone: str = "UTC") -> Pace:
    return paces(town, settings_in_force(town), on=on, zone=ZoneInfo(zone))["drive_midday"]


def test_fewer_drives_than_enough_teach_nothing(town: sa.Connection, drive: Drive) -> None:
    drive([450] * (ENOUGH - 1))
    assert _midday(town) == Pace(percent=100, source=Source.USUAL, drives=ENOUGH - 1)


def test_the_middle_of_enough_drives_is_taken_by_the_hour_they_began(
    town: sa.Connection, drive: Drive
) -> None:
    drive([354] * 16 + [3_000] * 14)
    drive([600] * 2, hour=8)
    told = paces(town, settings_in_force(town), on=MON, zone=ZoneInfo("UTC"))
    assert told["drive_midday"] == Pace(
        percent=118, source=Source.LEARNED, drives=30, learned=118
    )  # fmt: skip
    assert told["drive_morning"] == Pace(percent=100, source=Source.USUAL, drives=2)
    assert told["drive_afternoon"].drives == 0
    assert _midday(town, zone="America/New_York").drives == 0  # it was six there
    assert _midday(town, on=date(2027, 2, 1)).drives == 0  # half a year later nobody knows


def test_what_is_set_goes_before_what_is_learned_even_where_it_is_as_the_streets_say(
    town: sa.Connection, drive: Drive
) -> None:
    drive([3_000] * ENOUGH)
    assert _midday(town).percent == 300  # within bounds
    set_visits(town, {"drive_midday": 100}, **WHO)
    assert _midday(town) == Pace(percent=100, source=Source.SET, drives=ENOUGH, learned=300)


@pytest.mark.parametrize(
    ("took", "said"),
    [
        (29, {}),
        (3 * 3600 + 1, {}),
        (2_400, {"pause": 1_800}),  # lunch
        (450, {"estimated": True}),
        (450, {"order": (1, 0)}),
        (450, {"leg": {"seconds": 20}}),
    ],
)
def test_what_is_no_drive_or_none_along_the_streets_teaches_nothing(
    town: sa.Connection, drive: Drive, took: int, said: dict[str, Any]
) -> None:
    drive([took] * 2, **said)
    assert _midday(town).drives == 0


def test_it_is_held_against_the_streets_alone_whatever_the_plan_took_for_the_hour(
    town: sa.Connection, drive: Drive
) -> None:
    drive([450] * ENOUGH, leg={"seconds": 390, "free": 300})
    assert _midday(town).learned == 150
