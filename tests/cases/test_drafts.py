"""A plan is asked for once, worked on by one, told of, stopped, given up in words, and changed."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from desk import CLERK, MANAGER, day

from cases.business_days import TownCalendar
from cases.visits.asked import Asked, AskedError
from cases.visits.drafts import (
    KEPT_FOR,
    STALLED_AFTER,
    Asking,
    DraftMovedError,
    State,
    ask_draft,
    ask_stop,
    change_draft,
    claim,
    draft,
    drop_past,
    fail,
    fail_stalled,
    finish,
    mark_adopted,
    newest,
    progress,
)
from cases.visits.failing import STALLED
from cases.working.recording import NotYoursToPlanError

JUNE = day(6, 15)
NOW = JUNE.now
WHO: dict[str, Any] = {"actor": MANAGER, "moment": JUNE}
MONDAY = date(2026, 6, 15)
PLANNED: dict[str, Any] = {
    "problem": {"days": []}, "plan": {"totals": {"stops": 3}}, "matrix": b"packed"
}  # fmt: skip


def _ask(connection: sa.Connection, *, key: UUID | None = None, **said: Any) -> Asking:
    asked = Asked(**{"first": MONDAY, "days": 2, **said})
    return ask_draft(connection, asked, key=key or uuid4(), calendar=TownCalendar(), **WHO)


def _state(connection: sa.Connection, draft_id: int) -> str:
    row = draft(connection, draft_id)
    assert row is not None
    return str(row.state)


def test_a_draft_goes_from_the_asking_to_the_plan(connection: sa.Connection) -> None:
    asking = _ask(connection, seed=7, zone_ids=(3,), fair_margin=0.1)
    jobs = sa.text("SELECT args FROM jobs.procrastinate_jobs WHERE task_name = 'routes.plan'")
    assert connection.scalar(jobs) == {"draft_id": asking.id}
    asked = claim(connection, asking.id, now=NOW)
    assert asked == Asked(first=MONDAY, days=2, seed=7, zone_ids=(3,), fair_margin=0.1)
    assert claim(connection, asking.id, now=NOW) is None
    assert progress(connection, asking.id, now=NOW, seconds=1.04, best=900, stops=40)
    (row,) = connection.execute(newest())
    assert (row.told, row.totals) == ({"seconds": 1.0, "best": 900, "stops": 40}, None)
    assert finish(connection, asking.id, **PLANNED, now=NOW)
    (row,) = connection.execute(newest())
    assert (row.state, row.totals) == (State.DONE, {"stops": 3})
    kept = draft(connection, asking.id)
    assert kept is not None
    assert (kept.problem, kept.matrix) == ({"days": []}, b"packed")
    assert not fail(connection, asking.id, because="too late", now=NOW)


def test_a_plan_asked_for_twice_is_one(connection: sa.Connection) -> None:
    key = uuid4()
    first, again = _ask(connection, key=key), _ask(connection, key=key)
    assert (again.id, again.again, again.others) == (first.id, True, ())


def test_whoever_asks_for_the_same_days_is_told_of_the_first_and_gets_one_too(
    connection: sa.Connection,
) -> None:
    first = _ask(connection)
    second = _ask(connection, first=date(2026, 6, 16))
    assert [each.id for each in second.others] == [first.id]
    assert second.others[0].made_by == MANAGER.name
    assert not _ask(connection, first=date(2026, 6, 18)).others
    assert claim(connection, first.id, now=NOW)
    assert claim(connection, second.id, now=NOW)


def test_stopping_keeps_the_best_and_ends_at_once_what_nobody_works_on(
    connection: sa.Connection,
) -> None:
    running, queued = _ask(connection).id, _ask(connection).id
    claim(connection, running, now=NOW)
    for each in (running, queued):
        ask_stop(connection, each, **WHO)
    assert _state(connection, queued) == State.STOPPED
    assert claim(connection, queued, now=NOW) is None
    assert not progress(connection, running, now=NOW, seconds=2)
    assert finish(connection, running, **PLANNED, now=NOW)
    assert _state(connection, running) == State.STOPPED
    ask_stop(connection, running, **WHO)


def test_a_draft_whose_worker_is_gone_is_given_up_in_words(connection: sa.Connection) -> None:
    gone, well = _ask(connection).id, _ask(connection).id
    claim(connection, gone, now=NOW)
    claim(connection, well, now=NOW)
    later = NOW + STALLED_AFTER + timedelta(seconds=1)
    progress(connection, well, now=later, seconds=181)
    assert fail_stalled(connection, now=later) == [gone]
    row = draft(connection, gone)
    assert row is not None
    assert (row.state, row.failed_because) == (State.FAILED, STALLED)
    assert not finish(connection, gone, **PLANNED, now=later)


def test_a_draft_is_dropped_a_month_after_its_last_day_and_not_while_it_is_worked_on(
    connection: sa.Connection,
) -> None:
    ended, adopted, open_ = (_ask(connection, first=MONDAY, days=2).id for _ in range(3))
    later = _ask(connection, first=MONDAY + timedelta(days=1), days=2).id
    for each in (ended, adopted, later):
        claim(connection, each, now=NOW)
        finish(connection, each, **PLANNED, now=NOW)
    mark_adopted(connection, adopted, seen=1, **WHO)
    last = MONDAY + timedelta(days=1) + KEPT_FOR
    assert drop_past(connection, on=last) == 0
    assert drop_past(connection, on=last + timedelta(days=1)) == 2
    kept = {each: draft(connection, each) is not None for each in (ended, adopted, open_, later)}
    assert kept == {ended: False, adopted: False, open_: True, later: True}


def test_of_two_who_change_a_plan_the_second_is_told(connection: sa.Connection) -> None:
    draft_id = _ask(connection).id
    changed = {"problem": {}, "plan": {"totals": {"stops": 2}}}
    with pytest.raises(DraftMovedError):
        change_draft(connection, draft_id, **changed, seen=1, **WHO)
    claim(connection, draft_id, now=NOW)
    finish(connection, draft_id, **PLANNED, now=NOW)
    assert change_draft(connection, draft_id, **changed, seen=1, **WHO) == 2
    for change in (
        lambda: change_draft(connection, draft_id, **changed, seen=1, **WHO),
        lambda: mark_adopted(connection, draft_id, seen=1, **WHO),
    ):
        with pytest.raises(DraftMovedError, match="look at it again"):
            change()
    mark_adopted(connection, draft_id, seen=2, **WHO)
    with pytest.raises(DraftMovedError):
        change_draft(connection, draft_id, **changed, seen=2, **WHO)


def test_managers_alone_have_plans_made(connection: sa.Connection) -> None:
    asked, clerk = Asked(first=MONDAY), {"actor": CLERK, "moment": JUNE}
    with pytest.raises(NotYoursToPlanError):
        ask_draft(connection, asked, key=uuid4(), calendar=TownCalendar(), **clerk)
    with pytest.raises(NotYoursToPlanError):
        ask_stop(connection, _ask(connection).id, **clerk)


@pytest.mark.parametrize(
    ("said", "of"),
    [
        ({"days": 0}, "days"),
        ({"days": 11}, "days"),
        ({"seconds": 0}, "seconds"),
        ({"seconds": float("nan")}, "seconds"),
        ({"iterations": 0}, "iterations"),
        ({"seed": -1}, "seed"),
        ({"fair_margin": 2}, "fair_margin"),
        ({"max_stops": 0}, "max_stops"),
        ({"zone_ids": ()}, "zone_ids"),
    ],
)
def test_what_cannot_be_planned_is_refused_by_name(said: dict[str, Any], of: str) -> None:
    with pytest.raises(AskedError) as refused:
        Asked(first=MONDAY, **said)
    assert refused.value.of == of


def test_days_are_those_the_town_works() -> None:
    friday = Asked(first=date(2026, 6, 19), days=2)
    assert friday.last(TownCalendar()) == date(2026, 6, 22)
    assert Asked(first=date(2026, 6, 20)).last(TownCalendar()) == date(2026, 6, 20)
