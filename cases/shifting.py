"""Give a sitting that is to come another hour or room, and say whom that leaves told of the old."""

from datetime import time
from typing import Any

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.advancing import advance, record
from cases.days import DayError
from cases.docket_order import waiting
from cases.heard import names_its_hour
from cases.models import Case, Hearing, HearingSession, Notice
from cases.notice_words import NoticeKind
from cases.parts import lock_part
from cases.rows import row_of
from cases.sittings import SittingError
from cases.wording import day_in_words, hour_in_words, tidy
from cases.workflow.hearing import HearingAction, HearingStatus
from cases.workflow.notice import NoticeStatus


def shift(
    connection: sa.Connection,
    *,
    session_id: int,
    begins_at: time,
    place: str,
    reason: str | None = None,
    actor: Actor,
    moment: Moment,
) -> int:
    """Give a sitting another hour or place; gives how many hearings on its docket that moves.

    The history of the case of each tells of it, with the reason. A notice that told the old hour or
    place counts for none of them any more (`cases.heard.tells_of`): who it went to is to be told
    anew, or the hearing cannot be opened.

    Parameters
    ----------
    begins_at, place
        By the town's clock, and where, as the docket and the notices tell it.
    reason
        None where nothing is docketed there.

    Raises
    ------
    DayError
        The day of the sitting is over.
    SittingError
        The place is not named, it has that hour and place already, or one of its hearings was
        called.
    NotNowError, NoReasonError
        Somebody else does that; or hearings are docketed there, and no reason is given.
    """
    moved = _held(connection, session_id, moment=moment)
    query = sa.select(HearingSession.__table__).where(HearingSession.id == session_id)
    sitting = connection.execute(query.with_for_update()).one()
    if {each.id for each in waiting(connection, session_id)} != {each.id for each in moved}:
        msg = (
            "Somebody changed the docket meanwhile: look at it as it is now, then change the hour."
        )
        raise SittingError(msg)
    why = reason if moved else "Nothing is docketed there"
    step = advance(HearingStatus.DOCKETED, HearingAction.SHIFT, actor=actor, reason=why)
    where = _refuse_shift(connection, sitting, begins_at=begins_at, place=place, moment=moment)
    this = sa.update(HearingSession).where(HearingSession.id == session_id)
    connection.execute(this.values(begins_at=begins_at, place=where))
    for each in moved:
        record(
            connection, step, case_id=each.case_id, actor=actor, moment=moment, reason=reason,
            hearing=each.id, held_on=sitting.held_on.isoformat(), before=_in_words(sitting),
            after=f"{hour_in_words(begins_at)}, {where}",
        )  # fmt: skip
    return len(moved)


def shift_of(
    connection: sa.Connection, *, hearing_id: int, actor: Actor, moment: Moment, **another: Any
) -> int:
    """Give the sitting on whose docket a hearing is another hour or place, as `shift` does.

    Raises
    ------
    NotNowError
        It is on no docket.
    """
    row = row_of(connection, Hearing, hearing_id)
    beside = _held(connection, row.session_id, moment=moment)
    if hearing_id not in {each.id for each in beside}:  # what bars any deed in its case comes first
        lock_part(connection, Hearing, hearing_id, moment=moment)
    at, reason = HearingStatus(row.status), another.get("reason")
    advance(at, HearingAction.SHIFT, actor=actor, reason=reason)
    return shift(connection, session_id=row.session_id, actor=actor, moment=moment, **another)


def told_of_it(session_id: int) -> sa.Select[Any]:
    """Select the notices that tell of the hour and place a sitting has, which another one undoes.

    Columns: ``id``, ``recipient`` and ``served_on`` of each, None of one that is not served; and
    ``number``, its case's.
    """
    columns = (
        Notice.id, Notice.content["recipient"].astext.label("recipient"), Notice.served_on,
        Case.number,
    )  # fmt: skip
    docketed = sa.exists().where(
        Hearing.case_id == Notice.case_id,
        Hearing.session_id == session_id,
        Hearing.status == HearingStatus.DOCKETED,
        names_its_hour(),
    )
    telling = (
        Notice.kind == NoticeKind.NOTICE_OF_HEARING,
        Notice.status.in_((NoticeStatus.ISSUED, NoticeStatus.SERVED)),
    )
    query = sa.select(*columns).join(Case, Case.id == Notice.case_id)
    return query.where(*telling, docketed.correlate(Notice)).order_by(Case.number, Notice.id)


def _held(
    connection: sa.Connection, session_id: int | None, *, moment: Moment
) -> list[sa.Row[Any]]:
    """Return what waits on a docket, its cases held in the order in which all deeds hold them."""
    held = sorted(waiting(connection, session_id), key=lambda each: (each.case_id, each.id))
    for each in held:
        lock_part(connection, Hearing, each.id, moment=moment)
    return held


def _refuse_shift(
    connection: sa.Connection,
    sitting: sa.Row[Any],
    *,
    begins_at: time,
    place: str,
    moment: Moment,
) -> str:
    """Refuse what a sitting cannot be given; gives the place as it is kept."""
    where = tidy(place)
    if sitting.held_on < moment.on:
        msg = f"The sitting of {day_in_words(sitting.held_on)} is over: its hour stays on record."
        raise DayError(msg, of="begins_at")
    if where is None:
        msg = "Say both at which hour the body sits and where: the docket and the notices tell it."
        raise SittingError(msg)
    if (sitting.begins_at, sitting.place) == (begins_at, where):
        msg = f"It sits at {_in_words(sitting)} already: give another hour or place."
        raise SittingError(msg)
    called = sa.select(Hearing.id).where(
        Hearing.session_id == sitting.id, Hearing.status.in_(_CALLED)
    )
    if connection.scalar(called.limit(1)) is not None:
        msg = "Its first hearing was called: the hour and the place at which it sat stay on record."
        raise SittingError(msg)
    return where


_CALLED = (HearingStatus.OPENED, HearingStatus.DECIDED)


def _in_words(sitting: sa.Row[Any]) -> str:
    if sitting.begins_at is None:
        return "an hour and a place not written down"
    return f"{hour_in_words(sitting.begins_at)}, {sitting.place}"
