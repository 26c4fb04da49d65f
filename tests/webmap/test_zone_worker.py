"""Zones are made in a process of their own, and where that ends without any it is said in words."""

import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from city_blocks import blocks, degrees
from lots_town import ON, lay_lots

from cases import zone_drafts
from cases.actors import Actor, Moment
from cases.models import ZoneDraft
from cases.workflow.roles import Role
from cases.zone_drafts import Asked, State
from cases.zone_failing import CUT_SHORT, STALLED, TOO_LONG
from geo.database import Database
from reports.workload.known import Known
from reports.workload.search import Watch
from reports.workload.written import proposal_from_json
from webmap.worker import balancing, tasks

MANAGER = Actor("A. Stone", Role.MANAGER)
ASKED = Asked(zones=2, first=ON - timedelta(days=364), last=ON)


def die(_home: str, _draft_id: int) -> None:
    """End as a process does that the system ends."""
    os._exit(9)


def wait(_home: str, _draft_id: int) -> None:
    """Take for ever."""
    time.sleep(60)


@pytest.fixture
def town(fresh_database: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    """Four blocks with cases, without zones and streets."""
    with fresh_database.owner.begin() as connection:
        lay_lots(connection, degrees(blocks(2, 2)[0]), cases=dict.fromkeys(range(0, 48, 2), 2))
    for key in ("app", "owner", "public"):
        name = "DATABASE_URL" if key == "app" else f"DATABASE_URL_{key.upper()}"
        monkeypatch.setenv(name, getattr(fresh_database, f"{key}_url"))
    return fresh_database


def asked(database: Database, wanted: Asked = ASKED) -> int:
    now = datetime.now(UTC)
    moment = Moment(on=now.date(), now=now)
    with database.app.begin() as connection:
        return zone_drafts.ask_zones(connection, wanted, key=uuid4(), actor=MANAGER, moment=moment)


def row_of(database: Database, draft_id: int) -> Any:
    with database.app.connect() as connection:
        return zone_drafts.draft(connection, draft_id)


def test_a_process_of_its_own_makes_them_as_the_queue_asks(town: Database, tmp_path: Path) -> None:
    draft_id = asked(town)
    with town.app.connect() as connection:
        job = connection.exec_driver_sql(
            "SELECT queue_name, task_name, args FROM jobs.procrastinate_jobs"
        ).one()
    assert tuple(job) == ("zones", "zones.balance", {"draft_id": draft_id})
    assert "zones" in tasks.queues([])
    balancing.balance_draft(town.app, tmp_path, draft_id)
    row = row_of(town, draft_id)
    assert (row.state, row.failed_because) == (State.DONE, None)
    made = proposal_from_json(row.proposal)
    assert len(made.zones) == 2
    assert row.told["step"] == "Drawing the zones"
    balancing.balance_draft(town.app, tmp_path, draft_id)  # a job done once more
    assert row_of(town, draft_id) == row


def test_a_process_that_dies_is_told_of(
    town: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft_id = asked(town)
    monkeypatch.setattr(balancing, "make_draft", die)
    balancing.balance_draft(town.app, tmp_path, draft_id)
    row = row_of(town, draft_id)
    assert row.state == State.FAILED
    assert row.failed_because.startswith("The process that made these zones ended before it was")
    assert "with code 9" in row.failed_because


def test_a_process_that_takes_too_long_is_ended(
    town: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft_id = asked(town)
    monkeypatch.setattr(balancing, "make_draft", wait)
    monkeypatch.setattr(balancing, "LONGEST", 0.2)
    monkeypatch.setattr(balancing, "LONGEST_BESIDE_SEARCH", 0.2)
    balancing.balance_draft(town.app, tmp_path, draft_id)
    assert row_of(town, draft_id).failed_because == TOO_LONG


def test_what_cannot_be_made_is_said_in_its_own_sentence(town: Database, tmp_path: Path) -> None:
    draft_id = asked(town, Asked(zones=200, first=ON, last=ON))
    balancing.make_by(town.app, tmp_path, draft_id)
    row = row_of(town, draft_id)
    assert row.state == State.FAILED
    assert row.failed_because.startswith("200 zones are asked for, and the town has 48 lots")


def test_a_fault_of_the_program_shows_no_traceback(
    town: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft_id = asked(town)
    monkeypatch.setattr(balancing, "_made", lambda *_args: 1 / 0)
    balancing.make_by(town.app, tmp_path, draft_id)
    because = row_of(town, draft_id).failed_because
    assert "through a fault of the program: ZeroDivisionError" in because


def test_who_stops_it_has_the_best_so_far(
    town: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft_id = asked(town)
    now = datetime.now(UTC)
    real = balancing._made

    def slowly(engine: sa.Engine, streets: Path, wanted: Asked, watch: Watch) -> Any:
        with engine.begin() as connection:
            moment = Moment(on=now.date(), now=now)
            zone_drafts.ask_stop(connection, draft_id, actor=MANAGER, moment=moment)
        ends = time.monotonic() + 10
        while watch.tell("Sharing out the work", 0.5) and time.monotonic() < ends:
            time.sleep(0.05)
        assert not watch.tell("Sharing out the work", 0.5)
        return real(engine, streets, wanted, watch)

    monkeypatch.setattr(balancing, "_made", slowly)
    balancing.make_by(town.app, tmp_path, draft_id)
    row = row_of(town, draft_id)
    assert row.state == State.STOPPED
    assert len(proposal_from_json(row.proposal).zones) == 2


def test_a_search_that_takes_too_long_ends_with_its_best_and_says_so(
    town: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft_id = asked(town)
    real = balancing.share_out

    def slowly(known: Known, **said: Any) -> Any:
        time.sleep(1.5)
        return real(known, **said)

    monkeypatch.setattr(balancing, "LONGEST", 0.1)
    monkeypatch.setattr(balancing, "share_out", slowly)
    balancing.make_by(town.app, tmp_path, draft_id)
    row = row_of(town, draft_id)
    assert row.state == State.DONE
    assert row.proposal["notes"][-1] == CUT_SHORT


def test_the_snapshot_that_the_town_is_read_by_is_not_held_while_zones_are_sought(
    town: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft_id = asked(town)
    real = balancing.share_out
    held: list[int] = []

    def looked_at(known: Known, **said: Any) -> Any:
        held.extend(_idle_for_long(town))
        return real(known, **said)

    monkeypatch.setattr(balancing, "share_out", looked_at)
    balancing.make_by(town.app, tmp_path, draft_id)
    assert row_of(town, draft_id).state == State.DONE
    assert held == []


def _idle_for_long(database: Database) -> list[int]:
    """Return which transactions stay open while nothing is asked in them: no mere beat does.

    They are the app's, which alone may see what its own are doing.
    """
    query = sa.text(
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() "
        "AND pid <> pg_backend_pid() AND state = 'idle in transaction'"
    )
    found: set[int] | None = None
    for _ in range(5):
        with database.app.connect() as connection:
            now = set(connection.scalars(query))
        found = now if found is None else found & now
        time.sleep(0.1)
    return sorted(found or ())


def test_drafts_whose_worker_is_gone_are_given_up_and_old_ones_dropped(town: Database) -> None:
    silent, old = asked(town), asked(town)
    with town.app.begin() as connection:
        zone_drafts.claim(connection, silent, now=datetime.now(UTC))
        moment = Moment(on=ON, now=datetime.now(UTC))
        zone_drafts.ask_stop(connection, old, actor=MANAGER, moment=moment)
        long_ago = datetime.now(UTC) - zone_drafts.KEPT_FOR - timedelta(days=1)
        times = {"made_at": long_ago, "begun_at": None}
        connection.execute(sa.update(ZoneDraft).where(ZoneDraft.id == old).values(times))
        minutes_ago = datetime.now(UTC) - zone_drafts.STALLED_AFTER - timedelta(minutes=1)
        heard = sa.update(ZoneDraft).where(ZoneDraft.id == silent).values(told_at=minutes_ago)
        connection.execute(heard)
    tasks.give_up_stalled(town.app)
    row = row_of(town, silent)
    assert (row.state, row.failed_because) == (State.FAILED, STALLED)
    tasks.drop_past(town.app)
    assert row_of(town, old) is None
    assert row_of(town, silent) is not None
