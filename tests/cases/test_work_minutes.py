"""A manager says how long things take at the desk; who said what stays on record."""

import pytest
import sqlalchemy as sa
from desk import MANAGER, OFFICER, day
from small_town import lay_out

from cases.work_minutes import (
    USUAL_MINUTES,
    Task,
    WorkMinutesError,
    minutes_changes,
    minutes_said,
    set_minutes,
)
from cases.working.recording import NotYoursToPlanError

JUNE = day(6, 15)


@pytest.fixture
def town(connection: sa.Connection) -> sa.Connection:
    lay_out(connection)
    return connection


def _set(connection: sa.Connection, **minutes: int | None) -> int:
    return set_minutes(connection, minutes, actor=MANAGER, moment=JUNE)


def test_what_a_manager_sets_counts_until_it_is_set_back(town: sa.Connection) -> None:
    assert minutes_said(town) == {}
    assert _set(town, notice=25, drive=12) == 2
    assert minutes_said(town) == {Task.NOTICE: 25, Task.DRIVE: 12}
    assert _set(town, notice=25, drive=None) == 1
    assert minutes_said(town) == {Task.NOTICE: 25}
    told = [(row.name, row.minutes, row.before) for row in town.execute(minutes_changes())]
    assert told[0] == ("drive", None, 12)
    assert sorted(told[1:]) == [("drive", 12, None), ("notice", 25, None)]


@pytest.mark.parametrize(
    ("name", "value", "because"),
    [
        ("notice", 481, "0 to 480"),
        ("notice", -1, "0 to 480"),
        ("lunch", 30, "called lunch: there are"),
    ],
)
def test_what_nothing_can_take_is_refused_by_name(
    town: sa.Connection, name: str, value: int, because: str
) -> None:
    with pytest.raises(WorkMinutesError, match=because) as refused:
        _set(town, **{name: value})
    assert refused.value.of == name
    assert minutes_said(town) == {}


def test_only_a_manager_says_it(town: sa.Connection) -> None:
    with pytest.raises(NotYoursToPlanError, match="a manager does"):
        set_minutes(town, {"notice": 25}, actor=OFFICER, moment=JUNE)


def test_every_task_has_usual_minutes_but_the_drive() -> None:
    assert set(USUAL_MINUTES) == set(Task)
    assert [task for task, usual in USUAL_MINUTES.items() if usual is None] == [Task.DRIVE]
