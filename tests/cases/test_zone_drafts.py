"""Zones are asked for, made by a worker, stopped or given up, and kept until they are adopted."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from desk import CLERK, MANAGER, day
from small_town import lay_out

from cases import zone_drafts as drafts
from cases.models import ZoneDraft
from cases.zone_drafts import Asked, AskedError, State
from cases.zoning import StaleZoneError, ZonesNotYoursError

JUNE = day(6, 15)
LATER = timedelta(minutes=1)
ASKED = Asked(zones=4, first=date(2025, 6, 16), last=date(2026, 6, 15), keeping=2.5, seed=7)


@pytest.fixture
def town(connection: sa.Connection) -> sa.Connection:
    lay_out(connection)
    return connection


def _ask(connection: sa.Connection, key: UUID | None = None) -> int:
    return drafts.ask_zones(
        connection, ASKED, key=key or uuid4(), actor=MANAGER, moment=JUNE
    )  # fmt: skip


def _state(connection: sa.Connection, draft_id: int) -> str:
    row = drafts.draft(connection, draft_id)
    assert row is not None
    return str(row.state)


def test_a_draft_is_claimed_once_told_of_and_finished(town: sa.Connection) -> None:
    draft_id = _ask(town)
    assert drafts.claim(town, draft_id, now=JUNE.now) == ASKED
    assert drafts.claim(town, draft_id, now=JUNE.now) is None
    assert drafts.progress(town, draft_id, now=JUNE.now, step="Sharing out", share=0.25)
    (row,) = town.execute(drafts.newest()).all()
    assert row.told == {"step": "Sharing out", "share": 0.25}
    assert "proposal" not in row._mapping
    assert drafts.finish(town, draft_id, proposal={"form": 1}, now=JUNE.now + LATER)
    assert not drafts.finish(town, draft_id, proposal={"form": 2}, now=JUNE.now + LATER)
    kept = drafts.draft(town, draft_id)
    assert kept is not None
    assert (kept.state, kept.proposal) == (State.DONE, {"form": 1})


def test_asked_again_by_the_same_key_it_is_the_same(town: sa.Connection) -> None:
    key = uuid4()
    assert _ask(town, key) == _ask(town, key)
    assert len(town.execute(drafts.newest()).all()) == 1


def test_a_draft_is_stopped_before_it_is_begun_or_with_the_best_so_far(
    town: sa.Connection,
) -> None:
    waiting, running = _ask(town), _ask(town)
    drafts.claim(town, running, now=JUNE.now)
    for each in (waiting, running):
        drafts.ask_stop(town, each, actor=MANAGER, moment=JUNE)
    assert _state(town, waiting) == State.STOPPED
    assert drafts.claim(town, waiting, now=JUNE.now) is None
    assert not drafts.progress(town, running, now=JUNE.now, step="x", share=0.5)
    assert drafts.finish(town, running, proposal={"form": 1}, now=JUNE.now)
    assert _state(town, running) == State.STOPPED
    drafts.mark_adopted(town, running, actor=MANAGER, moment=JUNE)


def test_a_draft_fails_for_a_reason_and_one_nobody_is_heard_of_is_given_up(
    town: sa.Connection,
) -> None:
    told, silent = _ask(town), _ask(town)
    for each in (told, silent):
        drafts.claim(town, each, now=JUNE.now)
    late = JUNE.now + drafts.STALLED_AFTER + LATER
    drafts.progress(town, told, now=late, step="x", share=0.5)
    assert drafts.fail_stalled(town, now=late) == [silent]
    row = drafts.draft(town, silent)
    assert row is not None
    assert row.failed_because == drafts.STALLED
    assert drafts.fail(town, told, because="No parcels are loaded.", now=late)
    assert not drafts.fail(town, told, because="Again.", now=late)


def test_a_worker_whose_clock_is_behind_makes_zones_all_the_same(town: sa.Connection) -> None:
    done, failed, queued, silent, stopped = (_ask(town) for _ in range(5))
    behind = JUNE.now - LATER
    for each in (done, failed, silent):
        assert drafts.claim(town, each, now=behind) == ASKED
    assert drafts.finish(town, done, proposal={"form": 1}, now=behind)
    for each in (failed, queued):
        assert drafts.fail(town, each, because="No parcels are loaded.", now=behind)
    town.execute(sa.update(ZoneDraft).values(told_at=behind - drafts.STALLED_AFTER - LATER))
    assert drafts.fail_stalled(town, now=behind) == [silent]
    drafts.ask_stop(town, stopped, actor=MANAGER, moment=replace(JUNE, now=behind))
    rows = town.execute(drafts.newest()).all()
    assert {row.ended_at for row in rows} == {JUNE.now}
    assert {row.begun_at for row in rows} == {JUNE.now, None}


def test_a_draft_is_adopted_once(town: sa.Connection) -> None:
    draft_id = _ask(town)
    with pytest.raises(StaleZoneError, match="adopted before, or never made"):
        drafts.mark_adopted(town, draft_id, actor=MANAGER, moment=JUNE)
    drafts.claim(town, draft_id, now=JUNE.now)
    drafts.finish(town, draft_id, proposal={"form": 1}, now=JUNE.now)
    drafts.mark_adopted(town, draft_id, actor=MANAGER, moment=JUNE)
    with pytest.raises(StaleZoneError, match="adopted before"):
        drafts.mark_adopted(town, draft_id, actor=MANAGER, moment=JUNE)


def test_a_draft_is_discarded_unless_it_is_worked_on_or_in_force(town: sa.Connection) -> None:
    drafted, running, adopted = _ask(town), _ask(town), _ask(town)
    for each in (drafted, running, adopted):
        drafts.claim(town, each, now=JUNE.now)
    for each in (drafted, adopted):
        drafts.finish(town, each, proposal={"form": 1}, now=JUNE.now)
    drafts.mark_adopted(town, adopted, actor=MANAGER, moment=JUNE)
    for each in (running, adopted):
        with pytest.raises(StaleZoneError, match="stay on record"):
            drafts.discard(town, each, actor=MANAGER)
    with pytest.raises(ZonesNotYoursError, match="a manager does"):
        drafts.discard(town, drafted, actor=CLERK)
    drafts.discard(town, drafted, actor=MANAGER)
    assert drafts.draft(town, drafted) is None
    drafts.discard(town, drafted, actor=MANAGER)  # sent twice


def test_drafts_are_dropped_long_after_their_making_but_none_that_is_worked_on(
    town: sa.Connection,
) -> None:
    ended, running = _ask(town), _ask(town)
    drafts.claim(town, running, now=JUNE.now)
    drafts.ask_stop(town, ended, actor=MANAGER, moment=JUNE)
    assert drafts.drop_past(town, now=JUNE.now + drafts.KEPT_FOR) == 0
    assert drafts.drop_past(town, now=JUNE.now + drafts.KEPT_FOR + LATER) == 1
    assert drafts.draft(town, ended) is None


@pytest.mark.parametrize(
    ("changes", "of"),
    [
        ({"zones": 0}, "zones"),
        ({"zones": 201}, "zones"),
        ({"ratio": 1.0}, "ratio"),
        ({"keeping": -1}, "keeping"),
        ({"keeping": 11}, "keeping"),
        ({"seed": -1}, "seed"),
        ({"last": date(2025, 1, 1)}, "last"),
        ({"first": date(2016, 1, 1)}, "first"),
        ({"first": date(1899, 12, 31), "last": date(1900, 1, 1)}, "first"),
        ({"first": date.min, "last": date.min}, "last"),
        ({"last": date.min}, "last"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_name(changes: dict[str, object], of: str) -> None:
    told = {"zones": 4, "first": date(2026, 1, 1), "last": date(2026, 2, 1), **changes}
    with pytest.raises(AskedError) as refused:
        Asked(**told)  # type: ignore[arg-type]
    assert refused.value.of == of


def test_only_a_manager_asks(town: sa.Connection) -> None:
    with pytest.raises(ZonesNotYoursError, match="a manager does"):
        drafts.ask_zones(town, ASKED, key=uuid4(), actor=CLERK, moment=JUNE)
    draft_id = _ask(town)
    with pytest.raises(ZonesNotYoursError, match="a manager does"):
        drafts.ask_stop(town, draft_id, actor=CLERK, moment=JUNE)


def test_what_is_asked_is_read_back_as_it_was() -> None:
    assert Asked.read(ASKED.told()) == ASKED


def test_what_was_asked_before_days_so_long_ago_were_refused_is_still_read(
    town: sa.Connection,
) -> None:
    draft_id = _ask(town)
    long_ago = {**ASKED.told(), "first": "1850-01-01", "last": "1850-12-31"}
    town.execute(sa.update(ZoneDraft).where(ZoneDraft.id == draft_id).values(asked=long_ago))
    begun = drafts.claim(town, draft_id, now=JUNE.now)
    assert begun is not None
    assert (begun.first, begun.last) == (date(1850, 1, 1), date(1850, 12, 31))
    assert begun.told() == long_ago
    with pytest.raises(AskedError):
        replace(begun)
