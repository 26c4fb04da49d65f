"""List the files of an export, their columns, and what each of them may say."""

from dataclasses import dataclass
from enum import StrEnum

from cases.documents.attaching import DocumentKind
from cases.hearings import Outcome
from cases.ledger.accounts import Component
from cases.notice_words import NoticeKind
from cases.opening import RespondentKind
from cases.service.attempts import Method
from cases.workflow.citation import CitationStatus
from cases.workflow.hearing import HearingStatus
from cases.workflow.lien import LienStatus
from cases.workflow.order import OrderStatus
from cases.workflow.violation import ViolationStatus


class EntryStep(StrEnum):
    """At which step of the workflow a case comes in; `BY_HAND` leaves it to a person."""

    REPORTED = "reported"
    VERIFIED = "verified"
    NOTICED = "noticed"
    SERVED = "served"
    CITED = "cited"
    HEARING = "hearing"
    ORDERED = "ordered"
    FINED = "fined"
    LIEN = "lien"
    COMPLIED = "complied"
    CLOSED = "closed"
    UNFOUNDED = "unfounded"
    VOID = "void"
    BY_HAND = "by_hand"


class ChargeKind(StrEnum):
    """What a charge is; the last two add up by the clock of an order or a citation."""

    PENALTY = "penalty"
    COST = "cost"
    INTEREST = "interest"
    FEE = "fee"
    DAILY_FINE = "daily_fine"
    FURTHER_DAYS = "further_days"

    @property
    def component(self) -> Component:
        """What of a debt it is."""
        clocked = (ChargeKind.DAILY_FINE, ChargeKind.FURTHER_DAYS)
        return Component.PENALTY if self in clocked else Component(self.value)


class PaymentKind(StrEnum):
    """How what was owed became less."""

    PAID = "paid"
    WAIVED = "waived"


class Sort(StrEnum):
    """How a column is read."""

    TEXT = "text"
    DAY = "day"
    CENTS = "cents"
    SIGNED = "signed"
    COUNT = "count"
    WORD = "word"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a file.

    Attributes
    ----------
    needed
        In every row.
    words
        What its values become here; empty where the town itself says which there are.
    past
        A day that cannot lie after the one the export speaks of.
    """

    name: str
    sort: Sort = Sort.TEXT
    needed: bool = False
    words: tuple[str, ...] = ()
    past: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportFile:
    """A file of an export: its columns, and those that name a row in it."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    needed: bool = False

    @property
    def file(self) -> str:
        """What it is called."""
        return f"{self.name}.csv"


def _text(name: str, *, needed: bool = False) -> Column:
    return Column(name=name, needed=needed)


def _day(name: str, *, needed: bool = False, past: bool = True) -> Column:
    return Column(name=name, sort=Sort.DAY, needed=needed, past=past)


def _word(name: str, words: tuple[str, ...] = (), *, needed: bool = True) -> Column:
    return Column(name=name, sort=Sort.WORD, needed=needed, words=tuple(map(str, words)))


def _money(name: str, *, needed: bool = True, signed: bool = False) -> Column:
    return Column(name=name, sort=Sort.SIGNED if signed else Sort.CENTS, needed=needed)


_CASE = _text("case_no", needed=True)
_V, _C, _H, _O, _L = ViolationStatus, CitationStatus, HearingStatus, OrderStatus, LienStatus

FILES = (
    ExportFile(
        name="cases",
        key=("case_no",),
        needed=True,
        columns=(
            _CASE,
            _word("status", tuple(EntryStep)),
            _day("opened_on", needed=True),
            _day("closed_on"),
            _text("category"),
            _text("parcel_no"),
            _text("address"),
            _word("officer", needed=False),
            _text("respondent_name"),
            _text("respondent_address"),
            _word("respondent_kind", tuple(RespondentKind), needed=False),
            _money("balance", signed=True),
        ),
    ),
    ExportFile(
        name="violations",
        key=("case_no", "violation_no"),
        needed=True,
        columns=(
            _CASE,
            _text("violation_no", needed=True),
            _word("code"),
            _word("status", (_V.ALLEGED, _V.OPEN, _V.CORRECTED, _V.CLOSED, _V.UNFOUNDED, _V.VOIDED,
                             _V.TRANSFERRED)),
            _day("found_on", needed=True),
            _day("comply_by", past=False),
            _day("corrected_on"),
        ),
    ),
    ExportFile(
        name="notices",
        key=("notice_no",),
        columns=(
            _text("notice_no", needed=True),
            _CASE,
            _word("kind", (NoticeKind.WARNING, NoticeKind.NOTICE_OF_HEARING, NoticeKind.ORDER)),
            _day("issued_on", needed=True),
            _day("served_on"),
            _word("method", tuple(Method), needed=False),
            _text("order_no"),
        ),
    ),
    ExportFile(
        name="citations",
        key=("citation_no",),
        columns=(
            _text("citation_no", needed=True),
            _CASE,
            _text("violation_no", needed=True),
            # One that was admitted or upheld rests on checks and a finding that no export tells.
            _word("status", (_C.ISSUED, _C.SERVED, _C.CONTESTED, _C.SETTLED, _C.DISMISSED,
                             _C.VOIDED)),
            _day("issued_on", needed=True),
            _day("served_on"),
            _word("method", tuple(Method), needed=False),
            _day("answer_by", past=False),
            _day("contested_on"),
            _money("penalty"),
        ),
    ),
    ExportFile(
        name="hearings",
        key=("hearing_no",),
        columns=(
            _text("hearing_no", needed=True),
            _CASE,
            _word("status", (_H.REQUESTED, _H.DOCKETED, _H.DECIDED, _H.CANCELLED)),
            _text("citation_no"),
            _day("held_on", past=False),
            _text("body"),
            _word("outcome", (Outcome.VIOLATION, Outcome.NO_VIOLATION), needed=False),
            _text("findings"),
        ),
    ),
    ExportFile(
        name="orders",
        key=("order_no",),
        columns=(
            _text("order_no", needed=True),
            _CASE,
            _text("violation_no", needed=True),
            _text("hearing_no", needed=True),
            _word("status", (_O.ENTERED, _O.SERVED, _O.COMPLIED, _O.NONCOMPLIANT, _O.CERTIFIED,
                             _O.SATISFIED, _O.VACATED)),
            _day("executed_on", needed=True),
            _day("comply_by", needed=True, past=False),
            _money("per_day"),
            _money("cap", needed=False),
            _day("affidavit_on"),
            _day("certified_on"),
            _day("complied_on"),
        ),
    ),
    ExportFile(
        name="charges",
        key=("charge_no",),
        columns=(
            _text("charge_no", needed=True),
            _CASE,
            _day("charged_on", needed=True),
            _word("kind", tuple(ChargeKind)),
            _money("amount", signed=True),
            _text("for_no"),
            _text("memo"),
        ),
    ),
    ExportFile(
        name="payments",
        key=("payment_no",),
        columns=(
            _text("payment_no", needed=True),
            _CASE,
            _day("paid_on", needed=True),
            _word("kind", tuple(PaymentKind)),
            _money("amount", signed=True),
            _text("memo"),
        ),
    ),
    ExportFile(
        name="liens",
        key=("instrument_no",),
        columns=(
            _text("instrument_no", needed=True),
            _CASE,
            _word("status", (_L.RECORDED, _L.SATISFIED, _L.RELEASED, _L.EXPIRED)),
            _day("recorded_on", needed=True),
            _day("ended_on"),
            _money("amount"),
            _text("book"),
            _text("page"),
            _text("order_no"),
        ),
    ),
    ExportFile(
        name="documents",
        key=("document_no",),
        columns=(
            _text("document_no", needed=True),
            _CASE,
            _text("file", needed=True),
            _text("sha256"),
            _word("kind", tuple(DocumentKind)),
            _text("title"),
            _day("added_on", needed=True),
        ),
    ),
    ExportFile(
        name="notes",
        key=("note_no",),
        columns=(
            _text("note_no", needed=True),
            _CASE,
            _day("written_on", needed=True),
            _text("written_by"),
            _text("text", needed=True),
        ),
    ),
    ExportFile(
        name="totals",
        key=("what", "of"),
        needed=True,
        columns=(
            _word("what", ("rows", "cases", "balance", "liens")),
            _text("of"),
            Column(name="count", sort=Sort.COUNT),
            _money("amount", needed=False, signed=True),
        ),
    ),
)  # fmt: skip
BY_NAME = {each.name: each for each in FILES}
