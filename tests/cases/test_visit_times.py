"""How long a visit takes is learned from enough of them; what one is worth can be reckoned."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa
from desk import CLERK, MANAGER, OFFICER, day
from seats import hire
from small_town import lay_out

from cases.visiting.kinds import Because, Kind
from cases.visiting.learning import ENOUGH, LONGEST, Source, Time, times
from cases.visiting.setting import set_visits, setting_changes, settings_in_force
from cases.visiting.settings import (
    DAY_OVERDUE,
    FURTHER,
    LAST_DAY,
    SettingError,
    Settings,
    seconds_at,
    seconds_of,
    worth,
)
from cases.visiting.values import Due, ToVisit
from cases.visits.adopting import adopt_plan
from cases.visits.comparing import adopted
from cases.visits.outcomes import arrive, leave
from cases.visits.planned import Item, Planned, Stop
from cases.workflow.roles import Role
from cases.working.recording import NotYoursToPlanError
from cases.working.terms import Base

JUNE = day(6, 15)
MON = JUNE.on
WHO = {"actor": MANAGER, "moment": JUNE}
NINE = datetime(2026, 6, 15, 9, tzinfo=UTC)
HALL = Base(label="Town Hall", lon=-80.4, lat=27.3)
VISIT = ToVisit(
    kind=Kind.REINSPECTION, case_id=1, complaint_id=None, subject_id=1, number="C-1",
    category="High grass", parcel_id=1, address=None, spot="parcel-1", lon=-80.4, lat=27.3,
    zone_id=None, officer=None, not_before=None, due=Due(by=MON, because=Because.GOAL),
    window=None, priority=2, open_violations=1, seconds=900, needs_light=True,
)  # fmt: skip


@pytest.fixture
def town(connection: sa.Connection) -> sa.Connection:
    lay_out(connection)
    hire(connection, Role.OFFICER)
    connection.execute(sa.text(
        "INSERT INTO lotline.case_file (number, category, phase, published, tie_method, "
        "tie_confidence) VALUES ('C-1', 'Fence', 'reported', false, 'none', 0)"
    ))  # fmt: skip
    return connection


def _made(town: sa.Connection, minutes: list[int], *, things: int = 1) -> None:
    """Make a visit of so many minutes each, all at nine of one day."""
    officer, case = (
        int(town.scalar(sa.text(f"SELECT max(id) FROM lotline.{table}")) or 0)  # noqa: S608 - ours
        for table in ("staff", "case_file")
    )
    stops = [
        Stop(
            spot="parcel-1", label="101 Alder St", lon=-80.4, lat=27.3, arrives_at=NINE,
            leaves_at=NINE,
            items=[
                Item(kind=Kind.REINSPECTION, subject_id=at * things + nth, case_id=case)
                for nth in range(things)
            ],
        )
        for at in range(len(minutes))
    ]  # fmt: skip
    plan = Planned(
        officer_id=officer, on=MON, begins_at=NINE, ends_at=NINE, starts=HALL, ends=HALL,
        stops=stops,
    )  # fmt: skip
    told = adopted(town, adopt_plan(town, plan, key=uuid4(), **WHO))
    assert told is not None
    for stop, took in zip(told.stops, minutes, strict=True):
        arrive(town, stop_id=stop.id, at=NINE, actor=OFFICER, moment=JUNE)
        left = NINE + timedelta(minutes=took)
        leave(town, stop_id=stop.id, at=left, actor=OFFICER, moment=JUNE)


def _lasts(town: sa.Connection, *, on: date = MON) -> Time:
    return times(town, settings_in_force(town), on=on).of(Kind.REINSPECTION)


def test_fewer_visits_than_enough_teach_nothing(town: sa.Connection) -> None:
    _made(town, [4] * (ENOUGH - 1))
    assert _lasts(town) == Time(seconds=900, source=Source.USUAL, visits=ENOUGH - 1)


def test_the_middle_of_enough_visits_is_taken_whatever_a_forgotten_phone_said(
    town: sa.Connection,
) -> None:
    _made(town, [8] * 11 + [150] * 9)
    assert _lasts(town) == Time(seconds=480, source=Source.LEARNED, visits=20, learned=480)
    assert _lasts(town, on=date(2027, 7, 1)).source is Source.USUAL  # a year later nobody knows


def test_what_is_learned_stays_within_bounds_and_what_is_set_goes_before(
    town: sa.Connection,
) -> None:
    _made(town, [150] * ENOUGH)
    assert _lasts(town).seconds == LONGEST
    set_visits(town, {seconds_of(Kind.REINSPECTION): 720}, **WHO)
    assert _lasts(town) == Time(seconds=720, source=Source.SET, visits=20, learned=LONGEST)


def test_a_stop_with_several_things_to_do_teaches_nothing_of_any(town: sa.Connection) -> None:
    _made(town, [8] * ENOUGH, things=2)
    assert _lasts(town).visits == 0


def test_a_worth_adds_up_from_parts_a_manager_can_read() -> None:
    usual = Settings({})
    early = replace(VISIT, due=Due(by=date(2026, 6, 16), because=Because.GOAL))
    assert worth(early, on=MON, settings=usual).seconds == 45 * 60
    assert worth(VISIT, on=MON, settings=usual).seconds == (45 + 60) * 60
    late = worth(VISIT, on=date(2026, 6, 25), settings=usual)
    assert (late.priority, late.overdue, late.last_day) == (2700, 600, 3600)
    very_late = worth(VISIT, on=date(2026, 9, 25), settings=usual)
    assert very_late.overdue == 30 * 60
    tuned = Settings({"priority_2": 60, DAY_OVERDUE: 0, LAST_DAY: 0})
    assert worth(VISIT, on=date(2026, 6, 25), settings=tuned).seconds == 60
    assert worth(replace(VISIT, due=None), on=MON, settings=tuned).seconds == 60


def test_several_things_at_one_stop_take_the_longest_and_a_bit_for_each_other() -> None:
    things = [VISIT, replace(VISIT, seconds=300), replace(VISIT, seconds=60)]
    assert seconds_at(things, settings=Settings({})) == 900 + 2 * 300
    assert seconds_at(things, settings=Settings({FURTHER: 0})) == 900


def test_what_is_set_is_on_record_and_back_to_the_programs_own_is_no_setting(
    town: sa.Connection,
) -> None:
    assert set_visits(town, {"priority_1": 5400, FURTHER: 300}, **WHO) == 1
    assert set_visits(town, {"priority_1": 5400}, **WHO) == 0
    assert set_visits(town, {"priority_1": None}, **WHO) == 1
    assert settings_in_force(town).said == {}
    rows = town.execute(setting_changes()).all()
    assert [(row.name, row.before, row.value, row.set_by) for row in rows] == [
        ("priority_1", 5400, None, "A. Stone"), ("priority_1", None, 5400, "A. Stone")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value"), [("priority_1", 8 * 3600 + 1), ("goal_days", 0), ("luck", 1)]
)
def test_a_setting_out_of_bounds_is_refused_by_its_name(
    town: sa.Connection, name: str, value: int
) -> None:
    with pytest.raises(SettingError) as refused:
        set_visits(town, {name: value}, **WHO)
    assert refused.value.of == name
    with pytest.raises(NotYoursToPlanError):
        set_visits(town, {"priority_1": 60}, actor=CLERK, moment=JUNE)
