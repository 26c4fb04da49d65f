"""Take a case to court: refer it to counsel, file the suit, and keep what became of it.

Suits for what is owed rest on a certified order and its recorded lien (s. 162.09(3), Florida
Statutes); a judgment in one ends the order's daily fine. A suit for an injunction rests on neither.
"""

from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from cases.accruing import is_paid
from cases.actors import Actor, Moment
from cases.adopted import law_of_case
from cases.advancing import advance, lock_open_case, record
from cases.blocking import is_blocked
from cases.errors import CaseError
from cases.imposing import end_by_judgment, is_ended_by_judgment
from cases.ledger.slips import positive
from cases.lien_terms import foreclosure_from
from cases.models import EnforcementOrder, Lien, Suit
from cases.money import write_cents
from cases.papers import CourtPaper, Resolution
from cases.parts import lock_part, move
from cases.rows import insert
from cases.workflow.legal_action import LegalAction, LegalActionStatus
from cases.workflow.lien import BINDING, LienStatus
from cases.workflow.order import OrderStatus
from cases.workflow.step import Guard


class SuitKind(StrEnum):
    """What a suit asks of the court."""

    FORECLOSURE = "foreclosure"
    MONEY_JUDGMENT = "money_judgment"
    INJUNCTION = "injunction"


class SuitError(CaseError):
    """A suit is said to be what it cannot be."""


def refer(
    connection: sa.Connection,
    *,
    case_id: int,
    kind: SuitKind,
    lien_id: int | None = None,
    reason: str,
    actor: Actor,
    moment: Moment,
) -> int:
    """Ask counsel to sue; gives the legal action's identity.

    Parameters
    ----------
    lien_id
        The recorded lien of the certified order whose fine is unpaid; None for an injunction.

    Raises
    ------
    SuitError
        It rests on what this case does not have.
    """
    lock_open_case(connection, case_id, on=moment.on)
    step = advance(None, LegalAction.REFER, actor=actor, reason=reason)
    order_id = _order_sued_upon(connection, case_id, kind, lien_id)
    values = {
        "case_id": case_id, "kind": kind, "order_id": order_id, "lien_id": lien_id,
        "status": step.to, "reason": reason, "referred_on": moment.on,
    }  # fmt: skip
    suit_id = insert(connection, Suit, **values)
    record(
        connection, step, case_id=case_id, actor=actor, moment=moment, reason=reason,
        legal_action=suit_id, suit_kind=str(kind), order=order_id, lien=lien_id,
    )  # fmt: skip
    return suit_id


def decline(
    connection: sa.Connection, *, suit_id: int, reason: str, actor: Actor, moment: Moment
) -> None:
    """Say that counsel will not sue."""
    row = lock_part(connection, Suit, suit_id, moment=moment)
    at = LegalActionStatus(row.status)
    step = advance(at, LegalAction.DECLINE, actor=actor, reason=reason)
    move(connection, Suit, row, step, actor=actor, moment=moment, reason=reason, suit_kind=row.kind)


def file(
    connection: sa.Connection,
    *,
    suit_id: int,
    court_case_no: str,
    resolution: Resolution,
    actor: Actor,
    moment: Moment,
) -> None:
    """File the suit, which the governing body authorized and nothing bars.

    Raises
    ------
    SuitError
        It has no number in court.
    """
    row = lock_part(connection, Suit, suit_id, moment=moment)
    held = {
        Guard.NOT_BLOCKED: not is_blocked(connection, row.case_id),
        Guard.AUTHORIZED: resolution.on_record(on=moment.on),
        Guard.LIEN_RIPE: _is_ripe(connection, row, on=moment.on),
    }
    step = advance(LegalActionStatus(row.status), LegalAction.FILE, actor=actor, held=held)
    if not court_case_no.strip():
        msg = "The suit has no number in court: give the case number the court's clerk gave it."
        raise SuitError(msg)
    values = {
        "court_case_no": court_case_no,
        "filed_on": moment.on,
        "resolution_no": resolution.number,
        "resolved_on": resolution.passed_on,
    }
    move(
        connection, Suit, row, step, actor=actor, moment=moment, values=values,
        suit_kind=row.kind, court_case=court_case_no, resolution=resolution.number,
        resolved_on=resolution.passed_on.isoformat(),
    )  # fmt: skip


def adjudge(
    connection: sa.Connection,
    *,
    suit_id: int,
    paper: CourtPaper,
    awarded_cents: int | None = None,
    relief: str | None = None,
    actor: Actor,
    moment: Moment,
) -> None:
    """Put the judgment on record; in a suit for what is owed it ends a daily fine that still runs.

    Parameters
    ----------
    awarded_cents, relief
        What the court gave: money in a suit for what is owed, else what it enjoined.

    Raises
    ------
    SuitError
        It gave what the suit did not ask.
    FineTermsError
        The fine cannot have ended on that day.
    """
    row = lock_part(connection, Suit, suit_id, moment=moment)
    step = _as_the_court_says(row, LegalAction.ADJUDGE, paper, actor=actor, on=moment.on)
    award = _award(row, awarded_cents, relief)
    ends = row.order_id is not None and is_ended_by_judgment(
        connection, row.order_id, judged_on=paper.signed_on
    )
    if ends:
        award += ". The daily fine ends with it"
    values = {
        "paper_no": paper.number,
        "paper_on": paper.signed_on,
        "judgment_cents": awarded_cents,
        "relief": relief,
        "judgment_known_on": moment.on,
    }
    move(
        connection, Suit, row, step, actor=actor, moment=moment, values=values,
        court_case=row.court_case_no, paper=paper.number, signed_on=paper.signed_on.isoformat(),
        award=award,
    )  # fmt: skip
    if ends:
        end_by_judgment(
            connection, row.order_id, judged_on=paper.signed_on,
            judgment=f"Judgment in court case {row.court_case_no}", actor=actor, moment=moment,
        )  # fmt: skip


def dismiss(
    connection: sa.Connection, *, suit_id: int, paper: CourtPaper, actor: Actor, moment: Moment
) -> None:
    """Say that the court dismissed the suit."""
    row = lock_part(connection, Suit, suit_id, moment=moment)
    step = _as_the_court_says(row, LegalAction.DISMISS, paper, actor=actor, on=moment.on)
    values = {"paper_no": paper.number, "paper_on": paper.signed_on}
    move(
        connection, Suit, row, step, actor=actor, moment=moment, values=values,
        court_case=row.court_case_no, paper=paper.number, signed_on=paper.signed_on.isoformat(),
    )  # fmt: skip


def settle(
    connection: sa.Connection,
    *,
    suit_id: int,
    resolution: Resolution,
    reason: str,
    actor: Actor,
    moment: Moment,
) -> None:
    """End the suit by an agreement that the governing body authorized; the reason tells it."""
    row = lock_part(connection, Suit, suit_id, moment=moment)
    held = {Guard.AUTHORIZED: resolution.on_record(on=moment.on)}
    at = LegalActionStatus(row.status)
    step = advance(at, LegalAction.SETTLE, actor=actor, held=held, reason=reason)
    values = {"settlement_no": resolution.number, "settled_on": moment.on}
    move(
        connection, Suit, row, step, actor=actor, moment=moment, values=values, reason=reason,
        court_case=row.court_case_no, resolution=resolution.number,
        resolved_on=resolution.passed_on.isoformat(),
    )  # fmt: skip


def satisfy(connection: sa.Connection, *, suit_id: int, actor: Actor, moment: Moment) -> None:
    """Say that the judgment is met: nothing is owed in the case to the day."""
    row = lock_part(connection, Suit, suit_id, moment=moment)
    held = {Guard.PAID_IN_FULL: is_paid(connection, row.case_id, on=moment.on)}
    step = advance(LegalActionStatus(row.status), LegalAction.SATISFY, actor=actor, held=held)
    move(connection, Suit, row, step, actor=actor, moment=moment, court_case=row.court_case_no)


def _order_sued_upon(
    connection: sa.Connection, case_id: int, kind: SuitKind, lien_id: int | None
) -> int | None:
    """Return the certified order of a binding lien of the case; None for an injunction."""
    if kind is SuitKind.INJUNCTION:
        if lien_id is not None:
            msg = "A suit for an injunction rests on no lien: leave it out."
            raise SuitError(msg)
        return None
    query = (
        sa.select(EnforcementOrder.id)
        .join(Lien, Lien.order_id == EnforcementOrder.id)
        .where(
            Lien.id == lien_id,
            EnforcementOrder.case_id == case_id,
            EnforcementOrder.status == OrderStatus.CERTIFIED,
            Lien.status.in_(BINDING),
        )
    )
    if (order_id := connection.scalar(query)) is None:
        msg = (
            f"A suit for {kind.replace('_', ' ')} rests on the recorded lien of a certified order "
            f"of this case; lien {lien_id} is not such."
        )
        raise SuitError(msg)
    return order_id


def _is_ripe(connection: sa.Connection, suit: sa.Row[Any], *, on: date) -> bool:
    """Tell whether the lien sued upon has waited its months (s. 162.09(3)).

    Whether the property is a homestead bars the foreclosure alone, and is looked at where that
    is begun.
    """
    if suit.kind == SuitKind.INJUNCTION:
        return True
    query = sa.select(Lien.status, Lien.recorded_on).where(Lien.id == suit.lien_id)
    lien = connection.execute(query).one()
    if suit.kind == SuitKind.FORECLOSURE:
        return bool(lien.status == LienStatus.FORECLOSING)
    rules = law_of_case(connection, suit.case_id).liens
    since = lien.recorded_on and foreclosure_from(
        rules, recorded_on=lien.recorded_on, homestead=False
    )
    return lien.status in BINDING and since is not None and since <= on


def _as_the_court_says(
    row: sa.Row[Any], action: LegalAction, paper: CourtPaper, *, actor: Actor, on: date
) -> Any:
    at = LegalActionStatus(row.status)
    said = row.filed_on is not None and paper.on_record(on=on, since=row.filed_on)
    return advance(at, action, actor=actor, held={Guard.COURT_SAID_SO: said})


def _award(row: sa.Row[Any], awarded_cents: int | None, relief: str | None) -> str:
    """Say what the court gave."""
    if row.kind == SuitKind.INJUNCTION:
        if awarded_cents is not None or not (relief and relief.strip()):
            msg = "A judgment in a suit for an injunction says what is enjoined, and no amount."
            raise SuitError(msg)
        return relief
    if awarded_cents is None or relief is not None:
        msg = "A judgment in a suit for what is owed says an amount, and no other relief."
        raise SuitError(msg)
    return f"{write_cents(positive(awarded_cents))} for the town"
