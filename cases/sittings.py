"""Convene the sittings of the bodies that the law pack names, and order their dockets."""

from collections.abc import Mapping, Sequence
from datetime import date, time, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from cases.actors import Actor, Moment
from cases.adopted import adopted_law
from cases.advancing import advance, record
from cases.days import DayError
from cases.errors import CaseError
from cases.models import Case, Hearing, HearingSession
from cases.parts import lock_part
from cases.rows import row_of
from cases.wording import day_in_words, hour_in_words, tidy
from cases.workflow.hearing import HearingAction, HearingStatus
from cases.workflow.step import Guard

LATELY = timedelta(days=60)
"""How long a sitting that is over counts as a recent one."""


class SittingError(CaseError):
    """A sitting cannot be convened as asked."""


class Toward(StrEnum):
    """To which side a hearing moves on its docket."""

    EARLIER = "earlier"
    LATER = "later"


def convene(
    connection: sa.Connection,
    *,
    body: str,
    held_on: date,
    capacity: int,
    begins_at: time | None = None,
    place: str | None = None,
    law_pack_id: int,
    moment: Moment,
) -> int:
    """Set a day on which a body sits; gives the sitting's identity, the same when asked again.

    One that is without an hour, as those convened before hours were kept, is given this one.

    Parameters
    ----------
    capacity
        How many hearings it has room for.
    begins_at, place
        At which hour of the town's clock, and where, as the docket says; both or neither.

    Raises
    ------
    DayError
        The day is over.
    SittingError
        The law pack has no such body, there is room for none, an hour is without a place, or it
        sits on that day already in another way.
    """
    _refuse_past(held_on, moment)
    bodies = [each.name for each in adopted_law(connection, law_pack_id).bodies]
    if body not in bodies or capacity < 1:
        msg = (
            f"A sitting of {body} with room for {capacity} cannot be: the bodies are "
            f"{', '.join(bodies)}, and there is room for 1 or more."
        )
        raise SittingError(msg)
    where = tidy(place)
    if (begins_at is None) != (where is None):
        msg = "Say both at which hour the body sits and where: the docket and the notices tell it."
        raise SittingError(msg)
    way = {"capacity": capacity, "begins_at": begins_at, "place": where}
    values = {"body": body, "held_on": held_on, **way}
    connection.execute(insert(HearingSession).values(values).on_conflict_do_nothing())
    query = sa.select(HearingSession.__table__).where(
        HearingSession.body == body, HearingSession.held_on == held_on
    )
    found = connection.execute(query.with_for_update()).one()
    if found.begins_at is None and found.capacity == capacity:
        this = sa.update(HearingSession).where(HearingSession.id == found.id)
        connection.execute(this.values(begins_at=begins_at, place=where))
        return int(found.id)
    if any(getattr(found, name) != value for name, value in way.items()):
        raise _sits_already(found)
    return int(found.id)


def _refuse_past(held_on: date, moment: Moment) -> None:
    if held_on < moment.on:
        msg = (
            f"{day_in_words(held_on)} is over, for today is {day_in_words(moment.on)}: convene a "
            "sitting for today or a later day."
        )
        raise DayError(msg, of="held_on")


def _sits_already(found: sa.Row[Any]) -> SittingError:
    day, seats = day_in_words(found.held_on), found.capacity
    if found.place is None:
        return SittingError(
            f"{found.body} sits on {day} already, with {seats} seats: use that sitting, or convene "
            "one on another day."
        )
    return SittingError(
        f"{found.body} sits on {day} already at {hour_in_words(found.begins_at)}, {found.place}, "
        f"with {seats} seats: use that sitting, or convene one on another day."
    )


def reorder(
    connection: sa.Connection, *, hearing_id: int, toward: Toward, actor: Actor, moment: Moment
) -> int:
    """Let a hearing change places with the next one that waits on its docket; gives its new place.

    What was called, or ended in an agreement, keeps its place and is passed over. The histories of
    both cases tell of it.

    Raises
    ------
    GuardError
        No other hearing waits on that side.
    """
    row = row_of(connection, Hearing, hearing_id)
    order = [each.id for each in _waiting(connection, row.session_id)]
    at = order.index(hearing_id) if hearing_id in order else -1
    beside = at - 1 if toward is Toward.EARLIER else at + 1
    held = {Guard.ANOTHER_WAITS: at >= 0 and 0 <= beside < len(order)}
    if not held[Guard.ANOTHER_WAITS]:  # what bars any deed in its case is said first
        lock_part(connection, Hearing, hearing_id, moment=moment)
    advance(HearingStatus(row.status), HearingAction.MOVE, actor=actor, held=held)
    seen = tuple(order)
    order[at], order[beside] = order[beside], order[at]
    arrange(
        connection, session_id=row.session_id, order=order, seen=seen, actor=actor, moment=moment
    )
    return int(row_of(connection, Hearing, hearing_id).docket_place)


def arrange(
    connection: sa.Connection,
    *,
    session_id: int,
    order: Sequence[int],
    seen: Sequence[int],
    actor: Actor,
    moment: Moment,
) -> int:
    """Set the whole order of what waits on a docket; gives how many hearings it moved.

    What was called, or ended in an agreement, keeps its place. The history of each case whose
    hearing moves tells of it.

    Parameters
    ----------
    order
        The identities of the hearings that wait, each once, as they are to be called.
    seen
        The same, as they stood where the order was made from.

    Raises
    ------
    SittingError
        The order leaves one out or names another, or somebody changed the docket meanwhile.
    GuardError
        No two hearings wait.
    """
    before = _waiting(connection, session_id)
    if [*seen] != [each.id for each in before] or sorted(order) != sorted(seen):
        raise SittingError(_CHANGED)
    places = dict(zip(order, (each.docket_place for each in before), strict=True))
    moved = [each for each in before if places[each.id] != each.docket_place]
    for each in sorted(moved, key=lambda row: (row.case_id, row.id)):
        lock_part(connection, Hearing, each.id, moment=moment)
    sitting = _hold(connection, session_id)
    if _waiting(connection, session_id) != before:  # another clerk was quicker
        raise SittingError(_CHANGED)
    held = {Guard.ANOTHER_WAITS: len(before) > 1}
    step = advance(HearingStatus.DOCKETED, HearingAction.MOVE, actor=actor, held=held)
    if not moved:
        return 0
    new = sa.case({each.id: places[each.id] for each in moved}, value=Hearing.id)
    those = Hearing.id.in_([each.id for each in moved])
    connection.execute(sa.update(Hearing).where(those).values(docket_place=new))
    for each in moved:
        record(
            connection, step, case_id=each.case_id, actor=actor, moment=moment, hearing=each.id,
            held_on=sitting.held_on.isoformat(), before=each.docket_place, place=places[each.id],
        )  # fmt: skip
    return len(moved)


def order_of(typed: Mapping[int, int | None], *, places: Mapping[int, int]) -> list[int]:
    """Return hearings in the order they have once each has the place typed for it.

    A hearing goes before what stood at its new place when it moves up, behind it when it moves
    down; all others keep their order.

    Parameters
    ----------
    typed
        The place wanted of each; None to leave it where it is.
    places
        At which place each stands now.
    """

    def key(hearing_id: int) -> tuple[int, int, int]:
        now = places.get(hearing_id, 0)
        to = typed[hearing_id]
        wanted = now if to is None else to
        return wanted, (wanted > now) - (wanted < now), now

    return sorted(typed, key=key)


_CHANGED = (
    "The docket is not the one this order was made from: somebody put a hearing on it, called one, "
    "took one off or moved one. Look at it as it is now, and set the order again."
)


def upcoming(*, on: date) -> sa.Select[Any]:
    """Select the sittings from a day on: ``id``, ``body``, ``held_on``, ``capacity``, ``taken``."""
    later = _sittings().where(HearingSession.held_on >= on)
    return later.order_by(HearingSession.held_on, HearingSession.body)


def held_on(day: date) -> sa.Select[Any]:
    """Select the sittings of one day, as `upcoming` does."""
    return _sittings().where(HearingSession.held_on == day).order_by(HearingSession.body)


def recent(*, on: date) -> sa.Select[Any]:
    """Select the sittings of the weeks before a day, the latest first, as `upcoming` does."""
    over = _sittings().where(HearingSession.held_on < on, HearingSession.held_on >= on - LATELY)
    return over.order_by(HearingSession.held_on.desc(), HearingSession.body)


def latest() -> sa.Select[Any]:
    """Select the sitting convened last, as `upcoming` does; no row in a town that had none."""
    return _sittings().order_by(HearingSession.id.desc()).limit(1)


def sitting(session_id: int) -> sa.Select[Any]:
    """Select one sitting, as `upcoming` does."""
    return _sittings().where(HearingSession.id == session_id)


def _sittings() -> sa.Select[Any]:
    taken = (
        sa.select(sa.func.count())
        .where(Hearing.session_id == HearingSession.id, Hearing.docket_place.is_not(None))
        .scalar_subquery()
    )
    return sa.select(HearingSession.__table__, taken.label("taken"))


def _waiting(connection: sa.Connection, session_id: int | None) -> Sequence[Any]:
    """Return the hearings that wait on a docket, in its order: what was called is none of them."""
    waits = sa.select(Hearing.id, Hearing.case_id, Hearing.docket_place).join(
        Case, Case.id == Hearing.case_id
    )
    query = waits.where(
        Hearing.session_id == session_id,
        Hearing.status == HearingStatus.DOCKETED,
        Case.closed_on.is_(None),
        Case.voided_on.is_(None),
    )
    return connection.execute(query.order_by(Hearing.docket_place)).all()


def _hold(connection: sa.Connection, session_id: int | None) -> Any:
    """Hold a sitting until the transaction ends, so that its docket stays as it is."""
    query = sa.select(HearingSession.held_on).where(HearingSession.id == session_id)
    return connection.execute(query.with_for_update()).first()
