"""Take a day's receipts to the bank: count them, close the deposit, hold the bank's word to it.

A closed deposit never changes. What was counted or noted wrong is put right by an entry of its
own, and a payment that comes back later shows beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from cases.actors import Actor, Moment
from cases.errors import CaseError
from cases.ledger import deposited
from cases.ledger.accounts import Method
from cases.models import Deposit, DepositClearing, DepositCorrection, DepositReceipt
from cases.money import MOST_CENTS, write_cents
from cases.once import made_before
from cases.permissions import Right, may
from cases.wording import tidy


class DepositError(CaseError):
    """A deposit cannot be made so, or nothing like it can be done to one."""


class NotYourDepositError(DepositError):
    """Deposits are somebody else's work."""


class NotWaitingError(DepositError):
    """A receipt is not there to be deposited: it was deposited, voided, or came back."""


class UnexplainedError(DepositError):
    """What was counted is not what the ledger says, and nobody says why."""


class SlipUsedError(DepositError):
    """Another deposit of that day and means has this slip already."""


class ClearedError(DepositError):
    """The bank's word on a deposit is noted already, or is not yet."""


class Side(StrEnum):
    """What an entry puts right: what was counted, or what was noted of the bank's statement."""

    COUNTED = "counted"
    BANK = "bank"


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """What the clerk has counted.

    Parameters
    ----------
    taken_on
        The town's day on which the receipts were taken.
    receipts
        The postings of the payments that go along; the others of the day go on waiting.
    counted_cents
        What lay in the drawer, on the tape of checks or on the terminal's slip.
    slip_no
        The number of the slip, the bag or the batch.
    reason
        Why that differs from the ledger, where it does.
    """

    taken_on: date
    method: Method
    receipts: Sequence[int]
    counted_cents: int
    slip_no: str
    reason: str | None = None


def close_deposit(connection: sa.Connection, count: Count, *, actor: Actor, moment: Moment) -> int:
    """Close a deposit of some receipts; gives its identity.

    Raises
    ------
    NotYourDepositError
        Somebody else makes deposits.
    NotWaitingError
        A receipt is of another day or means, is deposited already, or came back.
    UnexplainedError
        The count differs from the ledger without a reason.
    SlipUsedError
        The slip is another deposit's.
    DepositError
        Nothing is to be deposited, the slip has no number, or the count is no amount.
    """
    _permit(Right.MAKE_DEPOSIT, actor)
    slip, reason = tidy(count.slip_no), tidy(count.reason)
    ledger_cents = _sum_waiting(connection, count)
    if slip is None:
        msg = "Give the number of the slip, the bag or the batch that the bank will know it by."
        raise DepositError(msg)
    _require_amount(count.counted_cents)
    if count.counted_cents != ledger_cents and reason is None:
        off = write_cents(count.counted_cents - ledger_cents)
        msg = (
            f"The ledger says {write_cents(ledger_cents)} and {write_cents(count.counted_cents)} "
            f"were counted, a difference of {off}: count again, or say why."
        )
        raise UnexplainedError(msg)
    values = {
        "taken_on": count.taken_on, "method": count.method, "slip_no": slip,
        "ledger_cents": ledger_cents, "counted_cents": count.counted_cents,
        "difference_reason": reason if count.counted_cents != ledger_cents else None,
        "closed_on": moment.on, "closed_at": moment.now, "closed_by": actor.name,
    }  # fmt: skip
    with connection.begin_nested():  # a slip without its receipts is none
        return _write(connection, values, count)


def clear_deposit(
    connection: sa.Connection,
    *,
    deposit_id: int,
    bank_cents: int,
    cleared_on: date,
    actor: Actor,
    moment: Moment,
) -> None:
    """Note what the bank's statement says of a deposit.

    Parameters
    ----------
    bank_cents
        What the bank put on the account.
    cleared_on
        The statement's day.

    Raises
    ------
    ClearedError
        It is noted already: put it right by an entry.
    DepositError
        There is no such deposit, the day lies before it or ahead, or that is no amount.
    """
    _permit(Right.RECONCILE_DEPOSIT, actor)
    found = _found(connection, deposit_id)
    _require_amount(bank_cents)
    if not found.taken_on <= cleared_on <= moment.on:
        msg = (
            f"The bank cannot have cleared it on {cleared_on}: give a day from {found.taken_on} "
            f"to {moment.on}."
        )
        raise DepositError(msg)
    kept = insert(DepositClearing).values(
        deposit_id=deposit_id, bank_cents=bank_cents, cleared_on=cleared_on, noted_at=moment.now,
        noted_by=actor.name,
    )  # fmt: skip
    written = kept.on_conflict_do_nothing().returning(DepositClearing.deposit_id)
    if connection.execute(written).first() is None:
        msg = f"The bank's word on {found.slip_no} is noted already: put it right by an entry."
        raise ClearedError(msg)


def correct_deposit(
    connection: sa.Connection,
    *,
    deposit_id: int,
    side: Side,
    cents: int,
    reason: str,
    form_key: UUID,
    actor: Actor,
    moment: Moment,
) -> int:
    """Put a closed deposit right by an entry beside it, once; gives the entry's identity.

    Parameters
    ----------
    cents
        What is to be added; below zero, what is to be taken off.
    form_key
        The form's own: sent again, it makes no other entry.

    Raises
    ------
    UnusableKeyError
        The form was sent before, and said something else.
    ClearedError
        The bank's side is to be put right, and nothing of it is noted yet.
    DepositError
        There is no such deposit, nothing is to be changed, no reason is given, or either side
        would fall below zero.
    """
    _permit(Right.RECONCILE_DEPOSIT, actor)
    found, why = _found(connection, deposit_id, locked=True), tidy(reason)
    said = {"deposit_id": deposit_id, "side": side, "cents": cents, "reason": why}
    if (before := made_before(connection, DepositCorrection, form_key, said=said)) is not None:
        return before
    stands = found.bank if side is Side.BANK else found.counted
    if stands is None:
        msg = (
            f"The bank's word on {found.slip_no} is not noted yet, so there is nothing to put "
            "right: note what the bank says."
        )
        raise ClearedError(msg)
    if why is None:
        msg = "Say what was wrong, in a sentence: an entry without a reason explains nothing."
        raise DepositError(msg)
    if cents == 0 or not 0 <= stands + cents < MOST_CENTS:
        msg = (
            f"An entry of {write_cents(cents)} cannot be made where {write_cents(stands)} stand: "
            "give what is to be added, or with a minus what is to be taken off."
        )
        raise DepositError(msg)
    values = {
        **said, "form_key": form_key, "made_on": moment.on, "made_at": moment.now,
        "made_by": actor.name,
    }  # fmt: skip
    made = sa.insert(DepositCorrection).values(values).returning(DepositCorrection.id)
    return int(connection.execute(made).scalar_one())


def _sum_waiting(connection: sa.Connection, count: Count) -> int:
    deposited.hold_receipts(connection, count.receipts)
    day = deposited.receipts(first=count.taken_on, last=count.taken_on)
    waiting = {
        row.id: row.cents
        for row in connection.execute(day)
        if row.method == count.method and deposited.waits(row)
    }
    if not count.receipts:
        msg = "Nothing is chosen: tick the receipts that go along."
        raise DepositError(msg)
    for posting_id in count.receipts:
        if posting_id not in waiting:
            raise _not_waiting(posting_id)
    return sum(waiting[each] for each in set(count.receipts))


def _write(connection: sa.Connection, values: dict[str, object], count: Count) -> int:
    made = insert(Deposit).values(values).on_conflict_do_nothing().returning(Deposit.id)
    deposit_id = connection.scalar(made)
    if deposit_id is None:
        msg = (
            f"Slip {values['slip_no']} closes another deposit of {count.taken_on} already: read "
            "the number again."
        )
        raise SlipUsedError(msg)
    rows = [{"deposit_id": deposit_id, "posting_id": each} for each in sorted(set(count.receipts))]
    taken = insert(DepositReceipt).on_conflict_do_nothing().returning(DepositReceipt.posting_id)
    kept = set(connection.scalars(taken, rows))
    for row in rows:
        if row["posting_id"] not in kept:
            raise _not_waiting(row["posting_id"])
    return int(deposit_id)


def _not_waiting(posting_id: int) -> NotWaitingError:
    return NotWaitingError(
        f"Receipt {posting_id} does not wait for the bank with these: it was deposited, it was "
        "voided, it came back, or it is of another day or means. Open the page anew."
    )


def _found(
    connection: sa.Connection, deposit_id: int, *, locked: bool = False
) -> sa.Row[tuple[object, ...]]:
    if locked:  # no row of it may be held for update, which the app may not do
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK, deposit_id)))
    found = connection.execute(deposited.deposit(deposit_id)).first()
    if found is None:
        msg = f"There is no deposit {deposit_id}: open the list of deposits and pick it there."
        raise DepositError(msg)
    return found


_LOCK = 1904
"""The family of advisory locks that corrections of one deposit take in turn."""


def _require_amount(cents: int) -> None:
    if not 0 <= cents < MOST_CENTS:
        msg = f"{write_cents(cents)} is nothing that can be counted: give dollars and cents."
        raise DepositError(msg)


def _permit(right: Right, actor: Actor) -> None:
    if not may(actor.role, right):
        msg = f"Deposits are for the clerk, not for the {actor.role.replace('_', ' ')}: ask them."
        raise NotYourDepositError(msg)
