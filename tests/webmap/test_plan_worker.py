"""A plan is made in a process of its own, and where that dies it is said in words."""

import os
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa
from field_town import MANAGER, now, settle_field

from cases.business_days import TownCalendar
from cases.models import RouteDraft
from cases.visits import drafts
from cases.visits.asked import Asked
from cases.visits.drafts import State
from geo.database import Database
from webmap.worker import planning


def die(_home: str, _draft_id: int) -> None:
    """End as a process does that the system ends."""
    os._exit(9)


@pytest.fixture
def draft_id(fresh_database: Database, monkeypatch: pytest.MonkeyPatch) -> int:
    settle_field(fresh_database, cases=2)
    for key in ("app", "owner", "public"):
        name = "DATABASE_URL" if key == "app" else f"DATABASE_URL_{key.upper()}"
        monkeypatch.setenv(name, getattr(fresh_database, f"{key}_url"))
    asked = Asked(first=now().on, days=5, iterations=20)
    with fresh_database.app.begin() as connection:
        return drafts.ask_draft(
            connection, asked, key=uuid4(), calendar=TownCalendar(), actor=MANAGER, moment=now()
        ).id


def test_a_search_by_rounds_ends_in_time_with_its_best_and_says_so(
    fresh_database: Database, tmp_path: Path, draft_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "LONGEST_BY_ROUNDS", 1.0)
    endless = replace(Asked(first=now().on, days=5), iterations=10_000_000)
    with fresh_database.app.begin() as connection:
        connection.execute(sa.update(RouteDraft).values(asked=endless.told()))
    planning.make_by(fresh_database.app, tmp_path, draft_id, cores=1)
    with fresh_database.app.connect() as connection:
        row = drafts.draft(connection, draft_id)
    assert row is not None
    assert row.state == State.DONE
    assert any("ended before all its rounds" in note for note in row.plan["notes"])


def _state(database: Database, draft_id: int) -> tuple[str, str | None]:
    with database.app.connect() as connection:
        row = drafts.draft(connection, draft_id)
    assert row is not None
    return row.state, row.failed_because


def test_a_process_of_its_own_makes_it(
    fresh_database: Database, tmp_path: Path, draft_id: int
) -> None:
    planning.plan_draft(fresh_database.app, tmp_path, draft_id)
    assert _state(fresh_database, draft_id) == (State.DONE, None)
    planning.plan_draft(fresh_database.app, tmp_path, draft_id)  # a job done once more


def test_a_process_that_dies_is_told_of(
    fresh_database: Database, tmp_path: Path, draft_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "make_draft", die)
    planning.plan_draft(fresh_database.app, tmp_path, draft_id)
    state, because = _state(fresh_database, draft_id)
    assert state == State.FAILED
    assert because is not None
    assert because.startswith(
        "The process that made this plan ended before it was done, with code 9."
    )


def test_a_fault_of_the_program_shows_no_traceback(
    fresh_database: Database, tmp_path: Path, draft_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "_made", lambda *_args, **_said: 1 / 0)
    planning.make_by(fresh_database.app, tmp_path, draft_id)
    state, because = _state(fresh_database, draft_id)
    assert state == State.FAILED
    assert because is not None
    assert "through a fault of the program: ZeroDivisionError" in because
