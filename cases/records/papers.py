"""Write the notices, hearings and ledger of a case as texts, each to be read and decided."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from cases.ledger.accounts import Component, Kind
from cases.ledger.queries import statement
from cases.models import CaseDocument, Exhibit, Hearing, HearingSession, Notice
from cases.money import write_cents
from cases.records.texts import day, lines
from cases.workflow.hearing import HearingStatus

_CENTS = "_cents"
_HELD = frozenset({HearingStatus.OPENED, HearingStatus.DECIDED})
_SHOWN_ONCE = frozenset({"hearings", "violations", "recipient", "address", "law", "says"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One paper of a case.

    Attributes
    ----------
    words
        What tells it from others of its kind, without the name of anybody.
    """

    row_id: int
    words: str
    text: str


def notices(connection: sa.Connection, case_id: int) -> Iterator[Paper]:
    """Yield each notice that was issued, as it was frozen; a draft is no record yet."""
    query = sa.select(Notice.__table__).where(
        Notice.case_id == case_id, Notice.issued_on.is_not(None)
    )
    for row in connection.execute(query.order_by(Notice.id)).all():
        words = f"{_plain(row.kind).capitalize()}, {day(row.issued_on)}"
        yield Paper(row_id=row.id, words=words, text=lines(_notice(row)))


def hearings(connection: sa.Connection, case_id: int) -> Iterator[Paper]:
    """Yield each hearing: its day and, once it is decided, its minutes, findings and exhibits."""
    query = (
        sa.select(
            Hearing.__table__, HearingSession.held_on, HearingSession.body, HearingSession.place
        )
        .outerjoin(HearingSession, HearingSession.id == Hearing.session_id)
        .where(Hearing.case_id == case_id)
        .order_by(Hearing.id)
    )
    for row in connection.execute(query).all():
        words = f"{_plain(row.about)}, {day(row.held_on) if row.held_on else 'not yet set'}"
        shown = connection.execute(_exhibits(case_id, row.id)).all()
        yield Paper(row_id=row.id, words=words, text=lines(_hearing(row, shown)))


def ledger(connection: sa.Connection, case_id: int) -> str | None:
    """Return what was charged, paid and given back, each with its receipt; None if nothing was."""
    rows = connection.execute(statement(case_id)).all()
    return lines(_posting(row) for row in rows) if rows else None


def _notice(row: sa.Row[Any]) -> Iterator[str]:
    said: Mapping[str, Any] = row.content
    yield f"{_plain(row.kind).capitalize()} to {said.get('recipient')}"
    yield f"Address: {said.get('address')}"
    yield f"Issued: {day(row.issued_on)}"
    if row.served_on:
        yield f"Served: {day(row.served_on)}, by {_plain(row.served_by or 'means not known')}"
    yield f"Stands: {_plain(row.status)}"
    yield f"Provision: {said.get('law')}"
    yield from _facts(said.get("says") or {})
    yield from _facts({name: told for name, told in said.items() if name not in _SHOWN_ONCE})
    for each in said.get("hearings", ()):
        yield f"Hearing: {', '.join(str(told) for told in each.values() if told)}"
    for each in said.get("violations", ()):
        yield ""
        yield f"Section {each.get('section')}: {each.get('title')}"
        yield f"{each.get('text')}"
        yield from _facts({
            name: told for name, told in each.items()
            if name not in {"violation", "section", "title", "text"}
        })  # fmt: skip


def _hearing(row: sa.Row[Any], exhibits: Any) -> Iterator[str]:
    yield f"Hearing about {_plain(row.about)} ({_plain(row.status)})"
    if row.held_on:
        place = ", ".join(filter(None, (day(row.held_on), row.body, row.place)))
        yield _sat(row.status, place)
    facts = (
        "requested_by", "representative", "representative_document", "interpreter",
        "interpreted_by", "members_sitting", "appeared", "outcome",
    )  # fmt: skip
    yield from _facts({name: getattr(row, name) for name in facts})
    if row.status == HearingStatus.DECIDED:
        yield from _heard(row, exhibits)


def _sat(status: str, place: str) -> str:
    """Say when and where a hearing was; an agreement may have been signed before it was called."""
    if status in _HELD:
        return f"Held: {place}"
    return f"On the docket of: {place}" if status == HearingStatus.AGREED else f"Set for: {place}"


def _heard(row: sa.Row[Any], exhibits: Any) -> Iterator[str]:
    """Yield what is kept of a hearing once it is decided; before, there is none of it to tell."""
    yield f"Under oath: {'yes' if row.sworn else 'no'}"
    yield from ("", "Minutes:", row.minutes or "none on record")
    yield from ("", "Findings:", row.findings or "none on record")
    yield from ("", "Exhibits:")
    for each in exhibits:
        where = f"document {each.document}" if each.document else "no file on the case"
        yield f"{each.number}. {each.what} (shown by the {each.offered_by}; {where})"
    if not exhibits:
        yield "none on record"


def _exhibits(case_id: int, hearing_id: int) -> sa.Select[Any]:
    hangs = (
        sa.select(sa.func.min(CaseDocument.id))
        .where(CaseDocument.case_id == case_id, CaseDocument.sha256 == Exhibit.sha256)
        .scalar_subquery()
    )
    return (
        sa.select(Exhibit.number, Exhibit.what, Exhibit.offered_by, hangs.label("document"))
        .where(Exhibit.hearing_id == hearing_id)
        .order_by(Exhibit.number)
    )


def _posting(row: sa.Row[Any]) -> str:
    parts = (
        f"{part.words} {write_cents(getattr(row, part))}"
        for part in Component
        if getattr(row, part)
    )
    what = f"{_plain(row.kind)} {write_cents(row.cents)}"
    said = [
        f"receipt {row.id}" if row.kind == Kind.PAID else "",
        f"of receipt {row.reverses}" if row.reverses else "",
        _plain(row.method or ""), row.reference or "", f"paid by {row.payer}" if row.payer else "",
        row.memo or "", *parts,
    ]  # fmt: skip
    told = "; ".join(filter(None, [what, *said]))
    stands = f"owed after it {write_cents(row.balance)}"
    return f"{day(row.effective_on)}: {told}; {stands} - {row.actor}"


def _facts(said: Mapping[str, Any]) -> Iterator[str]:
    """Yield a line for each fact that is given: "Penalty: $100.00"."""
    for name, told in said.items():
        if told is None or told in ("", [], {}):
            continue
        words = _plain(name.removesuffix(_CENTS)).capitalize()
        is_money = name.endswith(_CENTS) and isinstance(told, int)
        yield f"{words}: {write_cents(told) if is_money else _plain(str(told))}"


def _plain(word: str) -> str:
    return word.replace("_", " ")
