"""Take in a title company's question what binds a parcel, and answer it once, in time and frozen.

The ledger is of cases, and the fee is no case's: its payment is noted by the number of the town's
own receipt, and is in no deposit here.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from cases.actors import Actor, Moment
from cases.adopted import NoLawError, law_in_force
from cases.days import require_day
from cases.deadlines import due
from cases.desk.requests import lien_search
from cases.errors import CaseError
from cases.lien_answer import draw_up
from cases.lien_facts import Facts
from cases.models import LienSearch, LienSearchEnd, LienSearchFee
from cases.money import write_cents
from cases.numbering import next_number
from cases.once import keep_noted, made_before
from cases.permissions import Right, may
from cases.wording import tidy
from geo.locate import RESPELT_NUMBER, Locator
from geo.lookups import ByIndex

NUMBERED = "LS"
LONGEST = timedelta(days=366)
"""How far ahead an answer may be good: what a year adds, nobody can promise."""
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")


class LienSearchError(CaseError):
    """A lien search cannot be taken in, paid or answered so."""


class NotYourSearchError(LienSearchError):
    """Lien searches are somebody else's work."""


class UnpaidSearchError(LienSearchError):
    """It is to be answered before its fee is paid, which the town's law does not allow."""


class UnmeantParcelError(LienSearchError):
    """What was typed is no parcel's number, nor the address of just one."""


class EndedSearchError(LienSearchError):
    """It is answered, withdrawn or paid already."""


class How(StrEnum):
    """What became of one."""

    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a title company asks.

    Parameters
    ----------
    parcel
        Its number, or its situs address where no other parcel has it.
    requester
        Who asks; the company, the e-mail address and the number of their own file, if they say.
    """

    parcel: str
    requester: str
    company: str | None = None
    email: str | None = None
    file_no: str | None = None
    received_on: date


def take_in(
    connection: sa.Connection, asked: Asked, *, form_key: UUID, actor: Actor, moment: Moment
) -> int:
    """Keep a request, with the fee and the last day that the town's law sets; gives its identity.

    Parameters
    ----------
    form_key
        The form's own: sent again, it makes no other request.

    Raises
    ------
    UnusableKeyError
        The form was sent before, and said something else.
    NotYourSearchError
        Somebody else does.
    NoLawError
        The law in force sets no fee and no deadline for it.
    UnmeantParcelError
        No one parcel is meant.
    LienSearchError
        Nobody asks, the address is none, or the day is ahead.
    """
    _permit(actor)
    who, email = tidy(asked.requester), tidy(asked.email)
    if who is None:
        msg = "Say who asks: the name of the person, or of the company."
        raise LienSearchError(msg)
    if email is not None and not _EMAIL.fullmatch(email):
        msg = f"{email} is no e-mail address: leave it out, or write it as name@company.com."
        raise LienSearchError(msg)
    if asked.received_on > moment.on:
        msg = f"It cannot have come on {asked.received_on}: it is {moment.on}."
        raise LienSearchError(msg)
    parcel_id = _parcel_meant(connection, asked.parcel)
    said = {
        "parcel_id": parcel_id, "requester": who, "company": tidy(asked.company), "email": email,
        "file_no": tidy(asked.file_no), "received_on": asked.received_on,
    }  # fmt: skip
    if (before := made_before(connection, LienSearch, form_key, said=said)) is not None:
        return before
    return keep_noted(
        connection, LienSearch, form_key, by=actor.name, moment=moment, **said,
        **_by_law(connection, asked, moment),
        number=next_number(connection, NUMBERED, on=moment.on),
    )  # fmt: skip


def note_fee(
    connection: sa.Connection,
    *,
    search_id: int,
    receipt_no: str,
    paid_on: date,
    actor: Actor,
    moment: Moment,
) -> None:
    """Note that the fee is paid, by the number of the town's own receipt.

    Raises
    ------
    EndedSearchError
        It is noted already, or the request was withdrawn.
    DayError
        It was not paid yet on that day, or before the request came.
    LienSearchError
        There is no such request, or the receipt has no number or is another's.
    """
    _permit(actor)
    row, receipt = _found(connection, search_id), tidy(receipt_no)
    if row.paid_on is not None or row.how == How.WITHDRAWN:
        msg = (
            f"Nothing is to be paid for {row.number}: its fee is paid, or it was withdrawn. "
            "Open it to see which; money that came besides goes back to whoever sent it."
        )
        raise EndedSearchError(msg)
    if receipt is None:
        msg = f"Give the number of the town's receipt for the fee of {row.number}."
        raise LienSearchError(msg)
    require_day(
        paid_on,
        of="paid_on",
        moment=moment,
        since=row.received_on,
        after=f"the request {row.number} came in",
    )
    kept = insert(LienSearchFee).values(
        lien_search_id=search_id, receipt_no=receipt, paid_on=paid_on, noted_at=moment.now,
        noted_by=actor.name,
    )  # fmt: skip
    written = kept.on_conflict_do_nothing().returning(LienSearchFee.lien_search_id)
    if connection.execute(written).first() is None:
        msg = (
            f"Receipt {receipt} stands for another request's fee, or that of {row.number} was "
            "noted in this moment: read the number again, and look at the request anew."
        )
        raise LienSearchError(msg)


def answer(
    connection: sa.Connection, *, search_id: int, good_through: date, actor: Actor, moment: Moment
) -> str:
    """Draw the answer up and freeze it; gives the SHA-256 of its bytes, in hex.

    Raises
    ------
    UnpaidSearchError
        The fee comes first, and is not paid.
    EndedSearchError
        It has come to its end.
    LienSearchError
        There is no such request, or the day is over or too far ahead.
    """
    _permit(actor)
    row = _found(connection, search_id)
    _require_open(row)
    if row.paid_first and row.fee_cents and row.paid_on is None:
        msg = (
            f"The fee of {write_cents(row.fee_cents)} comes before the answer to {row.number}: "
            "note its receipt first."
        )
        raise UnpaidSearchError(msg)
    told = preview(connection, search_id=search_id, good_through=good_through, on=moment.on)
    content = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    digest = hashlib.sha256(content.encode())
    _end(
        connection, row, actor=actor, moment=moment, how=How.ANSWERED, good_through=good_through,
        content=content, sha256=digest.digest(),
    )  # fmt: skip
    return digest.hexdigest()


def preview(connection: sa.Connection, *, search_id: int, good_through: date, on: date) -> Facts:
    """Return what an answer would say; nothing is kept.

    Raises
    ------
    LienSearchError
        There is no such request, or the day is over or too far ahead.
    """
    row = _found(connection, search_id)
    if not on <= good_through <= on + LONGEST:
        msg = f"An answer is good through a day from {on} to {on + LONGEST}, not {good_through}."
        raise LienSearchError(msg)
    facts = draw_up(connection, row.parcel_id, good_through=good_through, on=on)
    asked = {
        "number": row.number, "requester": row.requester, "company": row.company,
        "file_no": row.file_no, "received_on": row.received_on.isoformat(),
    }  # fmt: skip
    return {"request": asked, **facts}


def withdraw(
    connection: sa.Connection, *, search_id: int, reason: str, actor: Actor, moment: Moment
) -> None:
    """End a request without an answer.

    Raises
    ------
    EndedSearchError
        It has come to its end.
    LienSearchError
        There is no such request, or no reason.
    """
    _permit(actor)
    row, why = _found(connection, search_id), tidy(reason)
    _require_open(row)
    if why is None:
        msg = "Say why it is not answered: withdrawn by whoever asked, or asked twice."
        raise LienSearchError(msg)
    _end(connection, row, actor=actor, moment=moment, how=How.WITHDRAWN, reason=why)


def _by_law(connection: sa.Connection, asked: Asked, moment: Moment) -> Mapping[str, Any]:
    law_pack_id, law = law_in_force(connection, on=moment.on)
    rules, rule = law.lien_searches, law.deadlines.answer_lien_search
    if rules is None or rule is None:
        msg = (
            "The town's law pack sets no fee and no deadline for lien searches: add "
            "[lien_searches] and [deadlines.answer_lien_search] to it, and adopt it."
        )
        raise NoLawError(msg)
    last = due(rule, counted_from=asked.received_on, calendar=law.calendar.days)
    return {
        "law_pack_id": law_pack_id, "fee_cents": rules.fee_cents, "paid_first": rules.paid_first,
        "due_on": last.on, "because": last.because,
    }  # fmt: skip


def _parcel_meant(connection: sa.Connection, parcel: str) -> int:
    """Return the parcel of just this number or address: an answer on the wrong one would bind."""
    said = tidy(parcel) or ""
    locator = Locator(ByIndex(connection))
    tie = locator.by_parcel_no(said)
    if tie.parcel_id is None:
        tie = locator.by_address(said)
    if tie.parcel_id is None or tie.confidence < RESPELT_NUMBER:
        msg = (
            f"“{said}” is the number of no parcel, and no address of just one: look the parcel "
            "up first, and give its number."
        )
        raise UnmeantParcelError(msg)
    return tie.parcel_id


def _found(connection: sa.Connection, search_id: int) -> sa.Row[Any]:
    row = connection.execute(lien_search(search_id)).first()
    if row is None:
        msg = f"There is no lien search with the identity {search_id}."
        raise LienSearchError(msg)
    return row


def _require_open(row: sa.Row[Any]) -> None:
    if row.how is not None:
        msg = f"{row.number} was {row.how} on {row.ended_on}: take a new request in for a new day."
        raise EndedSearchError(msg)


def _end(
    connection: sa.Connection, row: sa.Row[Any], *, actor: Actor, moment: Moment, **values: Any
) -> None:
    kept = insert(LienSearchEnd).values(
        lien_search_id=row.id, ended_on=moment.on, ended_at=moment.now, ended_by=actor.name,
        **values,
    )  # fmt: skip
    written = kept.on_conflict_do_nothing().returning(LienSearchEnd.lien_search_id)
    if connection.execute(written).first() is None:
        msg = f"{row.number} came to its end in this moment: look at it anew."
        raise EndedSearchError(msg)


def _permit(actor: Actor) -> None:
    if not may(actor.role, Right.SEARCH_LIENS):
        msg = f"Lien searches are for the clerk, not for the {actor.role.replace('_', ' ')}."
        raise NotYourSearchError(msg)
