"""Say which pieces a request has to decide, and what is decided of each."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, tzinfo
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on

from cases import reporters
from cases.adopted import NoLawError, law_in_force
from cases.documents.queries import documents_of_case
from cases.exempted import section_of_case
from cases.lawpack.schema import Records
from cases.models import Case, RecordsCase, RecordsDecision
from cases.records import papers, texts
from cases.story import town_zone
from geo.layers import Parcel, ParcelPeriod


class Subject(StrEnum):
    """What a piece is."""

    PLACE = "place"  # address, parcel and owner's whereabouts
    STORY = "story"
    CONTACTS = "contacts"
    NOTICE = "notice"
    HEARING = "hearing"
    LEDGER = "ledger"
    DOCUMENT = "document"
    REPORTER = "reporter"


EXEMPT_BY = "the exemption on record"
TEXTS = (Subject.STORY, Subject.CONTACTS, Subject.NOTICE, Subject.HEARING, Subject.LEDGER)
"""What is read as a text before it is decided, and of which words may be left out."""


class Outcome(StrEnum):
    """What becomes of a piece."""

    RELEASED = "released"
    REDACTED = "redacted"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What was decided of a piece.

    Attributes
    ----------
    exemption
        The provision under which something is left out; None where it is released whole.
    passages
        The words that are left out of a text.
    redaction_id
        The redaction of a picture that was decided on.
    text_sha256
        The SHA-256 of the text that was read, in hex; None of what is no text.
    by, on
        Who decided, and when; the law pack itself where nobody needed to.
    id
        The identity of its row; None where nobody needed to decide.
    """

    outcome: Outcome
    exemption: str | None = None
    passages: tuple[str, ...] = ()
    redaction_id: int | None = None
    text_sha256: str | None = None
    by: str
    on: date | None = None
    id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One piece of a case's record.

    Attributes
    ----------
    row_id
        The identity of the document, complaint, notice or hearing; None for what a case has once.
    words
        What distinguishes it from others of its kind: a caption, a complaint's number.
    row
        The document's row, as `cases.documents.queries` gives it; else None.
    text
        A text whole, as it is to be read before it is decided.
    place
        Where the case is, as the file tells it, of the piece that is the place; else empty.
    decision, outdated
        What is decided of it; what was decided of a text that has changed since.
    """

    case_id: int
    case_number: str
    subject: Subject
    row_id: int | None = None
    words: str = ""
    row: Any = None
    text: str = ""
    place: str = ""
    decision: Decision | None = None
    outdated: Decision | None = None

    @property
    def key(self) -> str:
        """What names it in a form: ``3-document-17``, ``3-story-0``."""
        return f"{self.case_id}-{self.subject}-{self.row_id or 0}"

    @property
    def says_what_it_is(self) -> bool:
        """Whether its words name its kind too: "Notice of hearing, October 26, 2026"."""
        return self.subject is Subject.NOTICE and bool(self.words)

    @property
    def text_sha256(self) -> str | None:
        """The SHA-256 of its text, in hex; None of what is no text."""
        return texts.digest(self.text) if self.text else None


def pieces_of(connection: sa.Connection, request_id: int, *, on: date) -> list[Piece]:
    """Return all there is to decide of a request, case by case, with what is decided of it."""
    decided, zone = _decided(connection, request_id), town_zone(connection)
    rules = records_law(connection, on=on)
    default = None
    if rules and rules.reporter_under:
        default = Decision(
            outcome=Outcome.WITHHELD, exemption=rules.reporter_under, by="the law pack"
        )
    found = []
    for case in connection.execute(cases_of(request_id)).all():
        defaults = {Subject.REPORTER: default, Subject.PLACE: _exempt(connection, case.id)}
        for values in _pieces(connection, case, zone):
            piece = Piece(case_id=case.id, case_number=case.number, **values)
            key = (case.id, str(piece.subject), piece.row_id)
            found.append(_with(piece, decided.get(key, defaults.get(piece.subject))))
    return found


def _exempt(connection: sa.Connection, case_id: int) -> Decision | None:
    """Return what holds of an exempt place unless a person decides of it; None of any other."""
    section = section_of_case(connection, case_id)
    if section is None:
        return None
    return Decision(outcome=Outcome.WITHHELD, exemption=section, by=EXEMPT_BY)


def cases_of(request_id: int) -> sa.Select[Any]:
    """Select the cases a request is about, by number.

    With ``situs_address`` and ``parcel_no``, its parcel as it was when the case was opened.
    """
    return (
        sa.select(Case.__table__, ParcelPeriod.situs_address, Parcel.parcel_no)
        .join(RecordsCase, RecordsCase.case_id == Case.id)
        .outerjoin(ParcelPeriod, ParcelPeriod.id == Case.parcel_period_id)
        .outerjoin(Parcel, Parcel.id == ParcelPeriod.parcel_id)
        .where(RecordsCase.request_id == request_id)
        .order_by(Case.number)
    )


def records_law(connection: sa.Connection, *, on: date) -> Records | None:
    """Return what the law in force says of public records; None where it says nothing."""
    try:
        _, law = law_in_force(connection, on=on)
    except NoLawError:
        return None
    return law.records


def _with(piece: Piece, decision: Decision | None) -> Piece:
    """Return a piece with what is decided of it, unless that was of another text."""
    if decision is not None and decision.text_sha256 != piece.text_sha256:
        return replace(piece, outdated=decision)
    return replace(piece, decision=decision)


def place_of(case: sa.Row[Any]) -> str:
    """Return where a case of `cases_of` is: its address and parcel when it was opened."""
    if case.parcel_no is None:
        return str(case.stated_address or "not known")
    return f"{case.situs_address or ''} (parcel {case.parcel_no})".strip()


def _pieces(connection: sa.Connection, case: sa.Row[Any], zone: tzinfo) -> Iterator[dict[str, Any]]:
    yield {"subject": Subject.PLACE, "place": place_of(case)}
    yield {"subject": Subject.STORY, "text": texts.story(connection, case.id, zone=zone)}
    if text := texts.contacts(connection, case.id, zone=zone):
        yield {"subject": Subject.CONTACTS, "text": text}
    for subject, kept in (
        (Subject.NOTICE, papers.notices(connection, case.id)),
        (Subject.HEARING, papers.hearings(connection, case.id)),
    ):
        for each in kept:
            yield {
                "subject": subject,
                "row_id": each.row_id,
                "words": each.words,
                "text": each.text,
            }
    if text := papers.ledger(connection, case.id):
        yield {"subject": Subject.LEDGER, "text": text}
    for complaint in reporters.named_in(connection, case.id):
        yield {"subject": Subject.REPORTER, "row_id": complaint.id, "words": complaint.number}
    for row in connection.execute(documents_of_case(case.id)).all():
        words = row.caption or row.original_name or ""
        yield {"subject": Subject.DOCUMENT, "row_id": row.id, "words": words, "row": row}


def _decided(
    connection: sa.Connection, request_id: int
) -> dict[tuple[int, str, int | None], Decision]:
    which = (
        RecordsDecision.case_id, RecordsDecision.subject, RecordsDecision.case_document_id,
        RecordsDecision.complaint_id, RecordsDecision.notice_id, RecordsDecision.hearing_id,
    )  # fmt: skip
    latest = (
        sa.select(RecordsDecision.__table__)
        .ext(distinct_on(*which))
        .where(RecordsDecision.request_id == request_id)
        .order_by(*which, RecordsDecision.id.desc())
    )
    return {
        (row.case_id, row.subject, row_of_decision(row)): Decision(
            outcome=Outcome(row.outcome), exemption=row.exemption, passages=tuple(row.passages),
            redaction_id=row.redaction_id, text_sha256=row.text_sha256, by=row.decided_by,
            on=row.decided_on, id=row.id,
        )
        for row in connection.execute(latest)
    }  # fmt: skip


def row_of_decision(row: sa.Row[Any]) -> int | None:
    """Return the row that a decision names, of the one kind its subject has."""
    named = (row.case_document_id, row.complaint_id, row.notice_id, row.hearing_id)
    return next((each for each in named if each is not None), None)
