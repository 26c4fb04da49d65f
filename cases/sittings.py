"""Convene the sittings of the bodies that the law pack names, and order their dockets."""

from datetime import date, timedelta
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
from cases.wording import day_in_words
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
    law_pack_id: int,
    moment: Moment,
) -> int:
    """Set a day on which a body sits; gives the sitting's identity, the same when asked again.

    Parameters
    ----------
    capacity
        How many hearings it has room for.

    Raises
    ------
    DayError
        The day is over.
    SittingError
        The law pack has no such body, there is room for none, or it sits on that day already with
        room for another number.
    """
    if held_on < moment.on:
        msg = (
            f"{day_in_words(held_on)} is over, for today is {day_in_words(moment.on)}: convene a "
            "sitting for today or a later day."
        )
        raise DayError(msg, of="held_on")
    bodies = [each.name for each in adopted_law(connection, law_pack_id).bodies]
    if body not in bodies or capacity < 1:
        msg = (
            f"A sitting of {body} with room for {capacity} cannot be: the bodies are "
            f"{', '.join(bodies)}, and there is room for 1 or more."
        )
        raise SittingError(msg)
    values = {"body": body, "held_on": held_on, "capacity": capacity}
    connection.execute(insert(HearingSession).values(values).on_conflict_do_nothing())
    query = sa.select(HearingSession.id, HearingSession.capacity).where(
        HearingSession.body == body, HearingSession.held_on == held_on
    )
    found = connection.execute(query).one()
    if found.capacity != capacity:
        msg = (
            f"{body} sits on {held_on} already, with {found.capacity} seats: use that sitting, or "
            "convene one on another day."
        )
        raise SittingError(msg)
    return int(found.id)


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
    asked = row_of(connection, Hearing, hearing_id)
    beside = _beside(connection, asked, toward)
    both = [asked] if beside is None else sorted((asked, beside), key=lambda row: row.case_id)
    rows = {each.id: lock_part(connection, Hearing, each.id, moment=moment) for each in both}
    row = rows[hearing_id]
    sitting = _hold(connection, row.session_id)
    found = _beside(connection, row, toward)  # anew: another clerk may have moved one meanwhile
    held = {Guard.ANOTHER_WAITS: found is not None and found.id in rows}
    step = advance(HearingStatus(row.status), HearingAction.MOVE, actor=actor, held=held)
    assert found is not None  # noqa: S101 - the guard held
    places = {row.id: found.docket_place, found.id: row.docket_place}
    swapped = sa.case(places, value=Hearing.id)
    connection.execute(
        sa.update(Hearing).where(Hearing.id.in_(places)).values(docket_place=swapped)
    )
    for each in (row, found):
        record(
            connection, step, case_id=each.case_id, actor=actor, moment=moment, hearing=each.id,
            held_on=sitting.held_on.isoformat(), before=each.docket_place, place=places[each.id],
        )  # fmt: skip
    return int(places[row.id])


def upcoming(*, on: date) -> sa.Select[Any]:
    """Select the sittings from a day on: ``id``, ``body``, ``held_on``, ``capacity``, ``taken``."""
    later = _sittings().where(HearingSession.held_on >= on)
    return later.order_by(HearingSession.held_on, HearingSession.body)


def recent(*, on: date) -> sa.Select[Any]:
    """Select the sittings of the weeks before a day, the latest first, as `upcoming` does."""
    over = _sittings().where(HearingSession.held_on < on, HearingSession.held_on >= on - LATELY)
    return over.order_by(HearingSession.held_on.desc(), HearingSession.body)


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


def _beside(connection: sa.Connection, row: sa.Row[Any], toward: Toward) -> sa.Row[Any] | None:
    """Return the next hearing that waits before or after one on its docket; None beside none."""
    if row.docket_place is None:
        return None
    place = Hearing.docket_place
    earlier = toward is Toward.EARLIER
    waits = sa.select(Hearing.__table__).join(Case, Case.id == Hearing.case_id)
    query = waits.where(
        Hearing.session_id == row.session_id,
        Hearing.status == HearingStatus.DOCKETED,
        Case.closed_on.is_(None),
        Case.voided_on.is_(None),
        place < row.docket_place if earlier else place > row.docket_place,
    )
    return connection.execute(query.order_by(place.desc() if earlier else place).limit(1)).first()


def _hold(connection: sa.Connection, session_id: int | None) -> Any:
    """Hold a sitting until the transaction ends, so that its docket stays as it is."""
    query = sa.select(HearingSession.held_on).where(HearingSession.id == session_id)
    return connection.execute(query.with_for_update()).first()
