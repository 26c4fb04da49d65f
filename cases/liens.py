"""Record a certified order as a lien, and see it satisfied or its life over."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from cases.accruing import bring_case_up_to, is_paid
from cases.actors import Actor, Moment
from cases.adopted import law_of_case
from cases.advancing import advance, record
from cases.blocking import is_blocked
from cases.days import require_day
from cases.errors import CaseError
from cases.instruments import InstrumentError, Recording, given, is_complete
from cases.lien_principal import principal_of
from cases.lien_terms import LienRules, expires_on, may_bind
from cases.models import Case, EnforcementOrder, Lien, Suit
from cases.money import write_cents
from cases.parts import NoSuchPartError, lock_part, move
from cases.rows import insert
from cases.wording import day_in_words
from cases.workflow.legal_action import GIVEN_UP
from cases.workflow.lien import BINDING, LienAction, LienStatus
from cases.workflow.order import OrderStatus
from cases.workflow.step import Guard
from geo.layers import Ownership


class LienError(CaseError):
    """A lien is not such as the deed needs it."""


class LienAmountError(LienError):
    """A lien would be recorded for another sum than was shown before."""


def record_lien(
    connection: sa.Connection,
    *,
    order_id: int,
    recording: Recording | None,
    seen_cents: int | None = None,
    actor: Actor,
    moment: Moment,
) -> int:
    """Say that a certified order is recorded as a lien; gives the lien's identity (s. 162.09(3)).

    Its principal is the fine to the day of recording, the order's costs, and what the town's work
    by its authority cost (s. 162.09(1)); but of the fine not more than the case owes of penalties,
    of the costs not more than it owes of costs, and of both not more than it owes beyond that for
    which its other orders bind. The fine goes on accruing on top of it.

    Parameters
    ----------
    seen_cents
        The principal that somebody was shown and records; None where nobody was shown one.

    Raises
    ------
    DayError
        It cannot have been recorded on that day.
    InstrumentError
        Another lien has this instrument number.
    LienAmountError
        The principal is another than was shown.
    LienError
        The case is tied to no parcel, or to a homestead that the law lets no lien bind; or the
        order binds by another lien already, or did once.
    """
    row = lock_part(connection, EnforcementOrder, order_id, moment=moment)
    on = recording.recorded_on if recording else moment.on
    since = _recordable_since(row, on, moment=moment)
    principal = _principal(connection, row, on=on, moment=moment)
    held = {
        Guard.FINE_CERTIFIED: row.status == OrderStatus.CERTIFIED,
        Guard.SOMETHING_OWED: principal > 0,
        Guard.NOT_BLOCKED: not is_blocked(connection, row.case_id),
        Guard.RECORDING_DATA: is_complete(recording, since=since, on=moment.on),
    }  # fmt: skip
    step = advance(None, LienAction.RECORD, actor=actor, held=held)
    assert recording is not None  # noqa: S101 - the guard held
    number = _free_number(connection, recording, order=row)
    _refuse_unseen(principal, seen_cents, on=on)
    parcel_id = _parcel_to_bind(connection, row.case_id, on=on)
    bring_case_up_to(connection, row.case_id, actor=actor, moment=moment)
    lien_id = insert(
        connection, Lien, parcel_id=parcel_id, case_id=row.case_id, order_id=order_id,
        recorded_on=on, status=step.to, instrument_no=number, book=recording.book,
        page=recording.page, amount_cents=principal,
    )  # fmt: skip
    record(
        connection, step, case_id=row.case_id, actor=actor, moment=moment, lien=lien_id,
        number=row.number, recorded_on=on.isoformat(), instrument_no=number, book=recording.book,
        page=recording.page, amount_cents=principal,
    )  # fmt: skip
    return lien_id


def _recordable_since(row: sa.Row[Any], on: date, *, moment: Moment) -> date:
    """Return from which day on an order's lien may be recorded, and refuse an earlier one."""
    certified = row.status == OrderStatus.CERTIFIED
    since: date = row.certified_on if certified else row.executed_on
    after = f"the fine of Order {row.number} was certified"
    if not certified:
        after = f"Order {row.number} was entered"
    require_day(on, of="recorded_on", moment=moment, since=since, after=after)
    return since


def _principal(connection: sa.Connection, row: sa.Row[Any], *, on: date, moment: Moment) -> int:
    if row.status != OrderStatus.CERTIFIED:
        return 0
    return principal_of(connection, row, on=on, today=moment.on).total_cents


def _refuse_unseen(principal: int, seen_cents: int | None, *, on: date) -> None:
    if seen_cents not in {None, principal}:
        msg = (
            f"To {day_in_words(on)} the principal is {write_cents(principal)}, not the "
            f"{write_cents(seen_cents or 0)} shown before: read what is shown now, and record that."
        )
        raise LienAmountError(msg)


def state_homestead(
    connection: sa.Connection,
    *,
    lien_id: int,
    homestead: bool,
    evidence: str,
    actor: Actor,
    moment: Moment,
) -> None:
    """Say whether the property is a homestead, and on what evidence.

    Parameters
    ----------
    evidence
        "Exemption on the tax roll of 2026", "deed, and the affidavit of ..."
    """
    row = lock_lien(connection, lien_id, moment=moment)
    at = LienStatus(row.status)
    step = advance(at, LienAction.STATE_HOMESTEAD, actor=actor, reason=evidence)
    values = {
        "homestead": homestead, "homestead_said_by": actor.name, "homestead_evidence": evidence,
    }  # fmt: skip
    said = "a homestead" if homestead else "no homestead"
    move(
        connection, Lien, row, step, actor=actor, moment=moment, values=values, reason=evidence,
        instrument_no=row.instrument_no, said=said,
    )  # fmt: skip


def satisfy(
    connection: sa.Connection,
    *,
    lien_id: int,
    instrument_no: str | None = None,
    actor: Actor,
    moment: Moment,
) -> None:
    """Say that a lien is paid: the case owes nothing to the day (s. 162.09(3)).

    Parameters
    ----------
    instrument_no
        Of the recorded satisfaction, where it is known.

    Raises
    ------
    LienError
        The lien was imported, so the ledger does not know what is owed on it.
    """
    row = lock_lien(connection, lien_id, moment=moment)
    if row.order_id is None:
        msg = (
            f"Lien {row.instrument_no} came from a file, and the ledger does not know what is owed "
            "on it: a manager may release it, or the next file say that it is satisfied."
        )
        raise LienError(msg)
    held = {Guard.PAID_IN_FULL: is_paid(connection, row.case_id, on=moment.on)}
    step = advance(LienStatus(row.status), LienAction.SATISFY, actor=actor, held=held)
    values = {"satisfied_on": moment.on, "end_instrument_no": given(instrument_no)}
    move(
        connection, Lien, row, step, actor=actor, moment=moment, values=values,
        instrument_no=row.instrument_no, satisfaction=given(instrument_no),
    )  # fmt: skip


def expire(connection: sa.Connection, *, lien_id: int, actor: Actor, moment: Moment) -> None:
    """Say that a lien's life is over (s. 162.10).

    It goes on while a suit on it pends, or stands by its judgment, that was filed within its life.
    """
    row = lock_lien(connection, lien_id, moment=moment)
    rules = law_of_case(connection, row.case_id).liens
    until = None if row.recorded_on is None else expires_on(rules, recorded_on=row.recorded_on)
    over = until is not None and until < moment.on and not _is_sued(connection, lien_id, by=until)
    held = {Guard.LIFE_OVER: over}
    step = advance(LienStatus(row.status), LienAction.EXPIRE, actor=actor, held=held)
    move(
        connection, Lien, row, step, actor=actor, moment=moment, values={"expired_on": moment.on},
        instrument_no=row.instrument_no, last_day=until and until.isoformat(),
    )  # fmt: skip


def lock_lien(connection: sa.Connection, lien_id: int, *, moment: Moment) -> sa.Row[Any]:
    """Return a lien's row; its case is open, and held until the transaction ends.

    Raises
    ------
    NoSuchPartError
        There is none.
    LienError
        It came from a file that names no case, so nothing could be told of it.
    """
    found = connection.execute(
        sa.select(Lien.instrument_no, Lien.case_id).where(Lien.id == lien_id)
    )
    told = found.first()
    if told is None:
        msg = f"There is no lien with the identity {lien_id}."
        raise NoSuchPartError(msg)
    if told.case_id is None:
        msg = f"Lien {told.instrument_no} names no case: it stays as the file says it is."
        raise LienError(msg)
    return lock_part(connection, Lien, lien_id, moment=moment)


def _is_sued(connection: sa.Connection, lien_id: int, *, by: date) -> bool:
    """Tell whether a suit on a lien, filed by a day, came to more than nothing or pends."""
    filed = sa.select(Suit.id).where(
        Suit.lien_id == lien_id, Suit.filed_on <= by, Suit.status.not_in(GIVEN_UP)
    )
    return bool(connection.scalar(sa.select(filed.exists())))


def _refuse_homestead(
    connection: sa.Connection, rules: LienRules | None, parcel_id: int, *, on: date
) -> None:
    """Refuse to bind what the roll has as a homestead, where the law says that none is bound."""
    current = (Ownership.valid_from.is_(None) | (Ownership.valid_from <= on)) & (
        Ownership.valid_to.is_(None) | (Ownership.valid_to > on)
    )
    home = sa.select(Ownership.id).where(
        Ownership.parcel_id == parcel_id, Ownership.homestead.is_(True), current
    )
    homestead = bool(connection.scalar(sa.select(home.exists())))
    if rules is not None and not may_bind(rules, homestead=homestead):
        msg = f"By the roll the property is a homestead, which no lien binds here: {rules.source}."
        raise LienError(msg)


def _parcel_to_bind(connection: sa.Connection, case_id: int, *, on: date) -> int:
    row = connection.execute(sa.select(Case.number, Case.parcel_id).where(Case.id == case_id)).one()
    if row.parcel_id is None:
        msg = f"Case {row.number} is tied to no parcel, so there is nothing to bind: tie it first."
        raise LienError(msg)
    parcel_id = int(row.parcel_id)
    _refuse_homestead(connection, law_of_case(connection, case_id).liens, parcel_id, on=on)
    return parcel_id


def _free_number(connection: sa.Connection, recording: Recording, *, order: sa.Row[Any]) -> str:
    """Return the instrument number, and refuse an order that binds already or a number taken."""
    number = recording.instrument_no.strip()
    binding = sa.select(Lien.instrument_no).where(
        Lien.order_id == order.id, Lien.status.in_(BINDING)
    )
    if (other := connection.scalar(binding)) is not None:
        msg = f"Order {order.number} binds by lien {other} already."
        raise LienError(msg)
    expired = sa.select(Lien.instrument_no).where(
        Lien.order_id == order.id, Lien.status == LienStatus.EXPIRED
    )
    if (other := connection.scalar(expired)) is not None:
        msg = (
            f"Lien {other} of Order {order.number} lived its time and expired (s. 162.10, Florida "
            "Statutes): the order is not recorded as a lien again."
        )
        raise LienError(msg)
    taken = sa.select(Lien.id).where(Lien.instrument_no == number)
    if connection.scalar(sa.select(taken.exists())):
        msg = f"Instrument {number} is another lien: read the number again from the stamp."
        raise InstrumentError(msg)
    return number
