"""Keep the plans that are asked for: queued, worked on, stopped, and changed before adopting."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from cases.actors import Actor, Moment
from cases.business_days import TownCalendar
from cases.jobs import defer
from cases.models import RouteDraft
from cases.permissions import Right, may
from cases.visits.asked import Asked
from cases.visits.failing import STALLED
from cases.visits.planned import VisitsError
from cases.working.recording import NotYoursToPlanError

PLAN_ROUTES = "routes.plan"
PLAN_QUEUE = "routes"
STALLED_AFTER = timedelta(minutes=3)
"""Whoever works on a plan tells of it every second or so."""
KEPT_FOR = timedelta(days=30)
"""How long after its last day a draft can still be looked at: what was adopted is a plan's own."""


class State(StrEnum):
    """How far a draft is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"  # by a person; with the best plan so far, where there was one
    FAILED = "failed"


OPEN = (State.QUEUED, State.RUNNING)


class DraftMovedError(VisitsError):
    """A draft is no longer as whoever changes it has seen it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What came of asking for a plan.

    Attributes
    ----------
    again
        It had been asked for by this key before, and nothing was queued now.
    others
        Plans of some of the same days that are being made already, the oldest first: ``id``,
        ``first_day``, ``last_day``, ``made_by``, ``made_at``, ``state``.
    """

    id: int
    again: bool
    others: tuple[sa.Row[Any], ...]


def ask_draft(
    connection: sa.Connection,
    asked: Asked,
    *,
    key: UUID,
    calendar: TownCalendar,
    actor: Actor,
    moment: Moment,
) -> Asking:
    """Have a worker make a plan; asked again by the same key, it is the same one.

    Raises
    ------
    NotYoursToPlanError
        The actor's role plans nobody's work.
    """
    _permit(actor)
    last = asked.last(calendar)
    values = {
        "key": key, "asked": asked.told(), "first_day": asked.first, "last_day": last,
        "made_by": actor.name, "made_at": moment.now,
    }  # fmt: skip
    made = insert(RouteDraft).values(values).on_conflict_do_nothing().returning(RouteDraft.id)
    draft_id = connection.scalar(made)
    if draft_id is None:
        there = sa.select(RouteDraft.id).where(RouteDraft.key == key)
        return Asking(id=int(connection.execute(there).scalar_one()), again=True, others=())
    defer(connection, PLAN_ROUTES, queue=PLAN_QUEUE, lock=PLAN_ROUTES, draft_id=draft_id)
    open_ = (
        newest()
        .where(
            RouteDraft.state.in_(OPEN), RouteDraft.id != draft_id,
            RouteDraft.first_day <= last, RouteDraft.last_day >= asked.first,
        )
        .order_by(None)
        .order_by(RouteDraft.id)
    )  # fmt: skip
    return Asking(id=draft_id, again=False, others=tuple(connection.execute(open_)))


def newest() -> sa.Select[Any]:
    """Select the drafts, the newest first, without what is large of them.

    ``totals`` are those of its plan, or None.
    """
    large = {"problem", "plan", "matrix"}
    light = [each for each in RouteDraft.__table__.columns if each.name not in large]
    totals = RouteDraft.plan["totals"].label("totals")
    return sa.select(*light, totals).order_by(RouteDraft.made_at.desc(), RouteDraft.id.desc())


def kept_of(draft_ids: Collection[int]) -> sa.Select[Any]:
    """Select which of some drafts can still be looked at: ``id``, and the ``version`` by now."""
    light: tuple[Any, ...] = (RouteDraft.id, RouteDraft.version)
    return sa.select(*light).where(RouteDraft.id.in_(draft_ids))


def draft(connection: sa.Connection, draft_id: int) -> sa.Row[Any] | None:
    """Return a draft with all of it; None where there is none."""
    query = sa.select(RouteDraft.__table__).where(RouteDraft.id == draft_id)
    return connection.execute(query).first()


def ask_stop(connection: sa.Connection, draft_id: int, *, actor: Actor, moment: Moment) -> None:
    """Have the search end with the best plan so far; one that nobody works on yet ends at once.

    Of one that has ended nothing is changed.

    Raises
    ------
    NotYoursToPlanError
        The actor's role plans nobody's work.
    """
    _permit(actor)
    mine = sa.update(RouteDraft).where(RouteDraft.id == draft_id)
    queued = mine.where(RouteDraft.state == State.QUEUED)
    connection.execute(
        queued.values(state=State.STOPPED, stop_asked=True, ended_at=moment.now)
    )  # fmt: skip
    connection.execute(mine.where(RouteDraft.state == State.RUNNING).values(stop_asked=True))


def claim(connection: sa.Connection, draft_id: int, *, now: datetime) -> Asked | None:
    """Begin to work on a draft; None where it was stopped, or another is at it."""
    begun = (
        sa.update(RouteDraft)
        .where(RouteDraft.id == draft_id, RouteDraft.state == State.QUEUED)
        .values(state=State.RUNNING, begun_at=now, told_at=now)
        .returning(RouteDraft.asked)
    )
    told = connection.scalar(begun)
    return None if told is None else Asked.read(told)


def progress(
    connection: sa.Connection,
    draft_id: int,
    *,
    now: datetime,
    seconds: float,
    best: int | None = None,
    stops: int | None = None,
) -> bool:
    """Tell how far a draft is; gives whether to go on.

    Parameters
    ----------
    seconds
        Since the beginning.
    best
        What the best plan so far costs, in the seconds the search makes small.
    stops
        Among how many is planned.
    """
    told = (
        sa.update(RouteDraft)
        .where(RouteDraft.id == draft_id, RouteDraft.state == State.RUNNING)
        .values(told={"seconds": round(seconds, 1), "best": best, "stops": stops}, told_at=now)
        .returning(RouteDraft.stop_asked)
    )
    return connection.scalar(told) is False


def finish(
    connection: sa.Connection,
    draft_id: int,
    *,
    problem: dict[str, Any],
    plan: dict[str, Any],
    matrix: bytes,
    now: datetime,
) -> bool:
    """Keep the plan made, as `reports.routes.written` writes it; gives whether it was wanted."""
    state = sa.case((RouteDraft.stop_asked, State.STOPPED), else_=State.DONE)
    done = {"problem": problem, "plan": plan, "matrix": matrix, "state": state, "ended_at": now}
    return _end(connection, draft_id, done, at=[State.RUNNING])


def fail(connection: sa.Connection, draft_id: int, *, because: str, now: datetime) -> bool:
    """Say why a draft has no plan; gives whether one was still wanted."""
    gone = {"state": State.FAILED, "failed_because": because, "ended_at": now}
    return _end(connection, draft_id, gone, at=OPEN)


def fail_stalled(connection: sa.Connection, *, now: datetime) -> list[int]:
    """Give up, in words, the drafts whose worker was not heard of for long; gives which."""
    stalled = (
        sa.update(RouteDraft)
        .where(RouteDraft.state == State.RUNNING, RouteDraft.told_at < now - STALLED_AFTER)
        .values(state=State.FAILED, failed_because=STALLED, ended_at=now)
        .returning(RouteDraft.id)
    )
    return [int(each) for each in connection.scalars(stalled)]


def drop_past(connection: sa.Connection, *, on: date) -> int:
    """Delete the drafts whose days are long over; gives how many there were."""
    past = sa.delete(RouteDraft).where(
        RouteDraft.last_day < on - KEPT_FOR, RouteDraft.state.not_in(OPEN)
    )
    return connection.execute(past).rowcount


def change_draft(
    connection: sa.Connection,
    draft_id: int,
    *,
    problem: dict[str, Any],
    plan: dict[str, Any],
    seen: int,
    actor: Actor,
    moment: Moment,
) -> int:
    """Keep a plan as somebody changed it by hand; gives its new version.

    Parameters
    ----------
    seen
        The version that was changed.

    Raises
    ------
    NotYoursToPlanError
        The actor's role plans nobody's work.
    DraftMovedError
        Somebody else has changed it meanwhile, or adopted it, or it has no plan.
    """
    _permit(actor)
    changed = (
        sa.update(RouteDraft)
        .where(
            RouteDraft.id == draft_id, RouteDraft.version == seen, RouteDraft.plan.is_not(None),
            RouteDraft.adopted_at.is_(None),
        )
        .values(
            problem=problem, plan=plan, version=seen + 1, changed_at=moment.now,
            changed_by=actor.name,
        )
        .returning(RouteDraft.version)
    )  # fmt: skip
    version = connection.scalar(changed)
    if version is None:
        msg = "This plan was changed or adopted by somebody else meanwhile: look at it again."
        raise DraftMovedError(msg)
    return int(version)


def mark_adopted(
    connection: sa.Connection, draft_id: int, *, seen: int, actor: Actor, moment: Moment
) -> None:
    """Say that the plan was put in force; nothing of it is changed after.

    Raises
    ------
    DraftMovedError
        It is not the version that was seen, or it has no plan.
    """
    adopted = (
        sa.update(RouteDraft)
        .where(
            RouteDraft.id == draft_id, RouteDraft.version == seen, RouteDraft.plan.is_not(None)
        )
        .values(
            adopted_at=sa.func.coalesce(RouteDraft.adopted_at, moment.now),
            adopted_by=sa.func.coalesce(RouteDraft.adopted_by, actor.name),
        )
        .returning(RouteDraft.id)
    )  # fmt: skip
    if connection.scalar(adopted) is None:
        msg = "This plan was changed by somebody else meanwhile: look at it again."
        raise DraftMovedError(msg)


def _end(
    connection: sa.Connection, draft_id: int, values: dict[str, Any], *, at: Sequence[State]
) -> bool:
    mine = sa.update(RouteDraft).where(RouteDraft.id == draft_id, RouteDraft.state.in_(at))
    return connection.scalar(mine.values(values).returning(RouteDraft.id)) is not None


def _permit(actor: Actor) -> None:
    if not may(actor.role, Right.PLAN_WORK):
        msg = f"{actor.name} may not plan the officers' days: a manager does."
        raise NotYoursToPlanError(msg)
