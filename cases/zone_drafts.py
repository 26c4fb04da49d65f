"""Keep the zones that are asked for: queued, worked on, looked at, and put in force or not."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from cases.actors import Actor, Moment
from cases.jobs import defer
from cases.models import ZoneDraft
from cases.zone_failing import STALLED
from cases.zoning import StaleZoneError, ZoneError, permit

BALANCE_ZONES = "zones.balance"
QUEUE = "zones"
STALLED_AFTER = timedelta(minutes=3)
"""Whoever works on zones tells of it every second or so."""
KEPT_FOR = timedelta(days=90)
"""How long a draft can be looked at after its making."""
MOST_ZONES = 200
MOST_SEED = 2**31 - 1
MOST_KEEPING = 10.0
LEAST_RATIO, MOST_RATIO = 1.01, 3.0
MOST_DAYS = 3_660
EARLIEST = date(1900, 1, 1)


class State(StrEnum):
    """How far a draft is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"  # by a person; with the best zones so far, where there were any
    FAILED = "failed"


OPEN = (State.QUEUED, State.RUNNING)


class AskedError(ZoneError):
    """Zones are asked for that cannot be made.

    Attributes
    ----------
    of
        The name of what is wrong, as forms have it: ``zones``.
    """

    def __init__(self, message: str, *, of: str) -> None:
        super().__init__(message)
        self.of = of


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What zones are to be like.

    Parameters
    ----------
    zones
        How many.
    first, last
        The days whose work is shared out, both counted, in the town's calendar.
    ratio
        The largest share of the work over the smallest, at the most.
    keeping
        How much it counts that things stay as they are: 0 not at all, 1 as is usual.
    seed
        The same town, wishes and seed give the same zones.
    """

    zones: int
    first: date
    last: date
    ratio: float = 1.1
    keeping: float = 1.0
    seed: int = 0

    def __post_init__(self) -> None:
        """Refuse what is too little or too much.

        Raises
        ------
        AskedError
            Something is.
        """
        _within("zones", self.zones, 1, MOST_ZONES, f"Ask for 1 to {MOST_ZONES} zones.")
        ratio = "Let the largest share be 1.01 to 3 of the smallest."
        _within("ratio", self.ratio, LEAST_RATIO, MOST_RATIO, ratio)
        _within("keeping", self.keeping, 0, MOST_KEEPING, "Let keeping count for 0 to 10.")
        _within("seed", self.seed, 0, MOST_SEED, "Give a seed of 0 or more.")
        for of, day in (("last", self.last), ("first", self.first)):
            if day < EARLIEST:
                msg = f"{day} is too long ago: share out the work of days since {EARLIEST}."
                raise AskedError(msg, of=of)
        if self.last < self.first:
            msg = (
                f"The days end on {self.last}, before they begin on {self.first}: turn them round."
            )
            raise AskedError(msg, of="last")
        if (self.last - self.first).days >= MOST_DAYS:
            msg = f"The days begin on {self.first}, over ten years before they end: begin later."
            raise AskedError(msg, of="first")

    def told(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {
            "zones": self.zones, "first": self.first.isoformat(), "last": self.last.isoformat(),
            "ratio": self.ratio, "keeping": self.keeping, "seed": self.seed,
        }  # fmt: skip

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> "Asked":
        """Return what `told` has written, though it would be refused if it were asked today."""
        days = {each: date.fromisoformat(told[each]) for each in ("first", "last")}
        kept = object.__new__(cls)  # a draft stays readable when what may be asked is narrowed
        for each in fields(cls):
            object.__setattr__(kept, each.name, {**told, **days}[each.name])
        return kept


def ask_zones(
    connection: sa.Connection, asked: Asked, *, key: UUID, actor: Actor, moment: Moment
) -> int:
    """Have a worker make zones; gives the draft.

    Asked again by the same key, it is the same one.

    Raises
    ------
    ZonesNotYoursError
        The actor's role draws no zones.
    """
    permit(actor)
    values = {
        "key": key, "asked": asked.told(), "made_by": actor.name, "made_at": moment.now,
    }  # fmt: skip
    made = insert(ZoneDraft).values(values).on_conflict_do_nothing().returning(ZoneDraft.id)
    draft_id = connection.scalar(made)
    if draft_id is None:
        there = sa.select(ZoneDraft.id).where(ZoneDraft.key == key)
        return int(connection.execute(there).scalar_one())
    defer(connection, BALANCE_ZONES, queue=QUEUE, lock=BALANCE_ZONES, draft_id=draft_id)
    return int(draft_id)


def newest() -> sa.Select[Any]:
    """Select the drafts, the newest first, without the zones themselves."""
    light = [each for each in ZoneDraft.__table__.columns if each.name != "proposal"]
    return sa.select(*light).order_by(ZoneDraft.made_at.desc(), ZoneDraft.id.desc())


def draft(connection: sa.Connection, draft_id: int) -> sa.Row[Any] | None:
    """Return a draft with all of it; None where there is none."""
    query = sa.select(ZoneDraft.__table__).where(ZoneDraft.id == draft_id)
    return connection.execute(query).first()


def ask_stop(connection: sa.Connection, draft_id: int, *, actor: Actor, moment: Moment) -> None:
    """Have the search end with the best so far; one that nobody works on yet ends at once.

    Raises
    ------
    ZonesNotYoursError
        The actor's role draws no zones.
    """
    permit(actor)
    mine = sa.update(ZoneDraft).where(ZoneDraft.id == draft_id)
    queued = mine.where(ZoneDraft.state == State.QUEUED)
    connection.execute(
        queued.values(state=State.STOPPED, stop_asked=True, ended_at=_ending(moment.now))
    )
    connection.execute(mine.where(ZoneDraft.state == State.RUNNING).values(stop_asked=True))


def claim(connection: sa.Connection, draft_id: int, *, now: datetime) -> Asked | None:
    """Begin to work on a draft; None where it was stopped, or another is at it."""
    begins = sa.func.greatest(now, ZoneDraft.made_at)  # a worker's clock may be behind
    begun = (
        sa.update(ZoneDraft)
        .where(ZoneDraft.id == draft_id, ZoneDraft.state == State.QUEUED)
        .values(state=State.RUNNING, begun_at=begins, told_at=now)
        .returning(ZoneDraft.asked)
    )
    told = connection.scalar(begun)
    return None if told is None else Asked.read(told)


def progress(
    connection: sa.Connection, draft_id: int, *, now: datetime, step: str, share: float
) -> bool:
    """Tell what is done, and which share of it; gives whether to go on."""
    told = (
        sa.update(ZoneDraft)
        .where(ZoneDraft.id == draft_id, ZoneDraft.state == State.RUNNING)
        .values(told={"step": step, "share": round(share, 3)}, told_at=now)
        .returning(ZoneDraft.stop_asked)
    )
    return connection.scalar(told) is False


def finish(
    connection: sa.Connection, draft_id: int, *, proposal: dict[str, Any], now: datetime
) -> bool:
    """Keep the zones made, as `reports.workload.written` writes them; gives whether wanted."""
    state = sa.case((ZoneDraft.stop_asked, State.STOPPED), else_=State.DONE)
    done = {"proposal": proposal, "state": state, "ended_at": _ending(now)}
    return _end(connection, draft_id, done, at=(State.RUNNING,))


def fail(connection: sa.Connection, draft_id: int, *, because: str, now: datetime) -> bool:
    """Say why a draft has no zones; gives whether any were still wanted."""
    gone = {"state": State.FAILED, "failed_because": because, "ended_at": _ending(now)}
    return _end(connection, draft_id, gone, at=OPEN)


def fail_stalled(connection: sa.Connection, *, now: datetime) -> list[int]:
    """Give up, in words, the drafts whose worker was not heard of for long; gives which."""
    stalled = (
        sa.update(ZoneDraft)
        .where(ZoneDraft.state == State.RUNNING, ZoneDraft.told_at < now - STALLED_AFTER)
        .values(state=State.FAILED, failed_because=STALLED, ended_at=_ending(now))
        .returning(ZoneDraft.id)
    )
    return [int(each) for each in connection.scalars(stalled)]


def drop_past(connection: sa.Connection, *, now: datetime) -> int:
    """Delete the drafts that were made long ago; gives how many there were."""
    past = sa.delete(ZoneDraft).where(
        ZoneDraft.made_at < now - KEPT_FOR, ZoneDraft.state.not_in(OPEN)
    )
    return connection.execute(past).rowcount


def discard(connection: sa.Connection, draft_id: int, *, actor: Actor) -> None:
    """Delete a draft that nobody works on and that was not adopted.

    Raises
    ------
    ZonesNotYoursError
        The actor's role draws no zones.
    StaleZoneError
        It was adopted, or is worked on.
    """
    permit(actor)
    mine = sa.delete(ZoneDraft).where(
        ZoneDraft.id == draft_id, ZoneDraft.state.not_in(OPEN), ZoneDraft.adopted_at.is_(None)
    )
    if not connection.execute(mine).rowcount and draft(connection, draft_id) is not None:
        msg = "Zones that were adopted stay on record, and those being made are stopped first."
        raise StaleZoneError(msg)


def mark_adopted(connection: sa.Connection, draft_id: int, *, actor: Actor, moment: Moment) -> None:
    """Say that the zones of a draft were put in force; once.

    Raises
    ------
    StaleZoneError
        They were before, or it has none.
    """
    adopted = (
        sa.update(ZoneDraft)
        .where(
            ZoneDraft.id == draft_id, ZoneDraft.proposal.is_not(None),
            ZoneDraft.adopted_at.is_(None),
        )
        .values(adopted_at=moment.now, adopted_by=actor.name)
        .returning(ZoneDraft.id)
    )  # fmt: skip
    if connection.scalar(adopted) is None:
        msg = "These zones were adopted before, or never made: look at the draft again."
        raise StaleZoneError(msg)


def _end(
    connection: sa.Connection, draft_id: int, values: dict[str, Any], *, at: tuple[State, ...]
) -> bool:
    mine = sa.update(ZoneDraft).where(ZoneDraft.id == draft_id, ZoneDraft.state.in_(at))
    return connection.scalar(mine.values(values).returning(ZoneDraft.id)) is not None


def _ending(now: datetime) -> sa.ColumnElement[datetime]:
    """Return when a draft ends: never before it was begun, however late a clock is."""
    return sa.func.greatest(now, sa.func.coalesce(ZoneDraft.begun_at, ZoneDraft.made_at))


def _within(of: str, value: float, least: float, most: float, words: str) -> None:
    if not least <= value <= most:
        raise AskedError(words, of=of)
