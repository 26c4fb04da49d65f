"""Let an order's fine stand still, as a court or counsel says, and run on again."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import sqlalchemy as sa

from cases.accruing import bring_up_to
from cases.actors import Actor, Moment
from cases.advancing import OutOfOrderError, advance
from cases.errors import CaseError
from cases.fines.rules import FineKind
from cases.models import AccrualPause, EnforcementOrder
from cases.parts import lock_part, move
from cases.rows import insert
from cases.workflow.order import OrderAction, OrderStatus
from cases.workflow.step import Guard


class PauseAuthority(StrEnum):
    """Who may say that a fine stands still; a bankruptcy by itself does not."""

    COURT_ORDER = "court_order"
    COUNSEL = "counsel"


class PauseError(CaseError):
    """A pause is said to be what it cannot be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """The court's order or counsel's written instruction.

    Parameters
    ----------
    reference
        As a clerk would cite it.
    ordered_on
        The day it bears.
    """

    authority: PauseAuthority
    reference: str
    ordered_on: date


def pause(
    connection: sa.Connection,
    *,
    order_id: int,
    first_day: date,
    paper: Paper,
    reason: str,
    actor: Actor,
    moment: Moment,
) -> int:
    """Let a fine stand still from a day on; gives the pause's identity.

    Parameters
    ----------
    first_day
        The first day that does not accrue; it may lie before the paper, where the paper says so.

    Raises
    ------
    PauseError
        The order fines once, or stands still by this very paper already.
    """
    row = lock_part(connection, EnforcementOrder, order_id, moment=moment)
    step = advance(
        OrderStatus(row.status), OrderAction.PAUSE, actor=actor, reason=reason,
        held={Guard.COURT_OR_COUNSEL: _on_record(paper, on=moment.on)},
    )  # fmt: skip
    if row.kind == FineKind.IRREPARABLE:
        msg = f"Order {row.number} fines once, not by the day: there is nothing to pause."
        raise PauseError(msg)
    reference = paper.reference.strip()
    if connection.scalar(sa.select(_running(order_id, reference).exists())):
        msg = f"Order {row.number} stands still by {reference} already, until it is resumed."
        raise PauseError(msg)
    values = {
        "order_id": order_id, "authority": paper.authority, "reference": reference,
        "ordered_on": paper.ordered_on, "first_day": first_day, "reason": reason,
        "who": actor.name,
    }  # fmt: skip
    pause_id = insert(connection, AccrualPause, **values)
    move(
        connection, EnforcementOrder, row, step, actor=actor, moment=moment, reason=reason,
        number=row.number, pause=pause_id, first_day=first_day.isoformat(),
        authority=str(paper.authority), paper=reference, ordered_on=paper.ordered_on.isoformat(),
    )  # fmt: skip
    bring_up_to(
        connection, order_id, lowered_by=f"{reference}, which pauses Order {row.number}",
        reason=reason, actor=actor, moment=moment,
    )  # fmt: skip
    return pause_id


def resume(
    connection: sa.Connection,
    *,
    pause_id: int,
    last_day: date,
    paper: Paper,
    reason: str,
    actor: Actor,
    moment: Moment,
) -> None:
    """Let a fine run on after a day; it stands still while another pause lasts.

    Parameters
    ----------
    last_day
        The last day that does not accrue: today or later, so that nobody owes for a day of which
        they were told that it costs nothing.

    Raises
    ------
    PauseError
        There is no such pause, or it has its last day.
    OutOfOrderError
        The last day lies before today, or before the first.
    """
    query = sa.select(AccrualPause.__table__).where(AccrualPause.id == pause_id)
    found = connection.execute(query).first()
    if found is None:
        msg = f"There is no pause with the identity {pause_id}: pick one of the order's pauses."
        raise PauseError(msg)
    row = lock_part(connection, EnforcementOrder, found.order_id, moment=moment)
    step = advance(
        OrderStatus(row.status), OrderAction.RESUME, actor=actor, reason=reason,
        held={Guard.COURT_OR_COUNSEL: _on_record(paper, on=moment.on)},
    )  # fmt: skip
    paused = connection.execute(query).one()
    if paused.last_day is not None:
        msg = f"The pause by {paused.reference} ends on {paused.last_day} already."
        raise PauseError(msg)
    earliest = max(moment.on, paused.first_day)
    if last_day < earliest:
        msg = f"The last paused day would be {last_day}: give {earliest} or later."
        raise OutOfOrderError(msg)
    ended = sa.update(AccrualPause).where(AccrualPause.id == pause_id)
    connection.execute(ended.values(last_day=last_day, ended_by=paper.reference.strip()))
    move(
        connection, EnforcementOrder, row, step, actor=actor, moment=moment, reason=reason,
        number=row.number, pause=pause_id, last_day=last_day.isoformat(),
        authority=str(paper.authority), paper=paper.reference.strip(),
        ordered_on=paper.ordered_on.isoformat(),
    )  # fmt: skip


def _on_record(paper: Paper, *, on: date) -> bool:
    return bool(paper.reference.strip()) and paper.ordered_on <= on


def _running(order_id: int, reference: str) -> sa.Select[int]:
    return sa.select(AccrualPause.id).where(
        AccrualPause.order_id == order_id,
        AccrualPause.reference == reference,
        AccrualPause.last_day.is_(None),
    )
