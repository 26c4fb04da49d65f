"""List the files of an export, their columns, and what each of them may say."""

from enum import StrEnum

from cases.documents.attaching import DocumentKind
from cases.hearings import Outcome
from cases.ledger.accounts import Component
from cases.moving_in.columns import Column, ExportFile, Sort, day, money, text, word
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


ADDRESS = ("respondent_street", "respondent_city", "respondent_state", "respondent_zip")
"""A respondent's mailing address in parts, where no one column has it whole."""
_CASE = text("case_no", needed=True)
_V, _C, _H, _O, _L = ViolationStatus, CitationStatus, HearingStatus, OrderStatus, LienStatus

FILES = (
    ExportFile(
        name="cases",
        key=("case_no",),
        needed=True,
        columns=(
            _CASE,
            word("status", tuple(EntryStep)),
            day("opened_on", needed=True),
            day("closed_on"),
            text("category"),
            text("parcel_no"),
            text("address"),
            word("officer", needed=False),
            text("respondent_name"),
            text("respondent_address"),
            *map(text, ADDRESS),
            word("respondent_kind", tuple(RespondentKind), needed=False),
            money("balance", signed=True),
        ),
    ),
    ExportFile(
        name="violations",
        key=("case_no", "violation_no"),
        needed=True,
        columns=(
            _CASE,
            text("violation_no", needed=True),
            word("code"),
            word("status", (_V.ALLEGED, _V.OPEN, _V.CORRECTED, _V.CLOSED, _V.UNFOUNDED, _V.VOIDED,
                             _V.TRANSFERRED)),
            day("found_on", needed=True),
            day("comply_by", past=False),
            day("corrected_on"),
        ),
    ),
    ExportFile(
        name="notices",
        key=("notice_no",),
        columns=(
            text("notice_no", needed=True),
            _CASE,
            word("kind", (NoticeKind.WARNING, NoticeKind.NOTICE_OF_HEARING, NoticeKind.ORDER)),
            day("issued_on", needed=True),
            day("served_on"),
            word("method", tuple(Method), needed=False),
            text("order_no"),
        ),
    ),
    ExportFile(
        name="citations",
        key=("citation_no",),
        columns=(
            text("citation_no", needed=True),
            _CASE,
            text("violation_no", needed=True),
            # One that was admitted or upheld rests on checks and a finding that no export tells.
            word("status", (_C.ISSUED, _C.SERVED, _C.CONTESTED, _C.SETTLED, _C.DISMISSED,
                             _C.VOIDED)),
            day("issued_on", needed=True),
            day("served_on"),
            word("method", tuple(Method), needed=False),
            day("answer_by", past=False),
            day("contested_on"),
            money("penalty"),
        ),
    ),
    ExportFile(
        name="hearings",
        key=("hearing_no",),
        columns=(
            text("hearing_no", needed=True),
            _CASE,
            word("status", (_H.REQUESTED, _H.DOCKETED, _H.DECIDED, _H.CANCELLED)),
            text("citation_no"),
            day("held_on", past=False),
            text("body"),
            word("outcome", (Outcome.VIOLATION, Outcome.NO_VIOLATION), needed=False),
            text("findings"),
        ),
    ),
    ExportFile(
        name="orders",
        key=("order_no",),
        columns=(
            text("order_no", needed=True),
            _CASE,
            text("violation_no", needed=True),
            text("hearing_no", needed=True),
            word("status", (_O.ENTERED, _O.SERVED, _O.COMPLIED, _O.NONCOMPLIANT, _O.CERTIFIED,
                             _O.SATISFIED, _O.VACATED)),
            day("executed_on", needed=True),
            day("comply_by", needed=True, past=False),
            money("per_day"),
            money("cap", needed=False),
            day("affidavit_on"),
            day("certified_on"),
            day("complied_on"),
        ),
    ),
    ExportFile(
        name="charges",
        key=("charge_no",),
        columns=(
            text("charge_no", needed=True),
            _CASE,
            day("charged_on", needed=True),
            word("kind", tuple(ChargeKind)),
            money("amount", signed=True),
            text("for_no"),
            text("memo"),
        ),
    ),
    ExportFile(
        name="payments",
        key=("payment_no",),
        columns=(
            text("payment_no", needed=True),
            _CASE,
            day("paid_on", needed=True),
            word("kind", tuple(PaymentKind)),
            money("amount", signed=True),
            text("memo"),
        ),
    ),
    ExportFile(
        name="liens",
        key=("instrument_no",),
        columns=(
            text("instrument_no", needed=True),
            _CASE,
            word("status", (_L.RECORDED, _L.SATISFIED, _L.RELEASED, _L.EXPIRED)),
            day("recorded_on", needed=True),
            day("ended_on"),
            money("amount"),
            text("book"),
            text("page"),
            text("order_no"),
        ),
    ),
    ExportFile(
        name="documents",
        key=("document_no",),
        columns=(
            text("document_no", needed=True),
            _CASE,
            text("file", needed=True),
            text("sha256"),
            word("kind", tuple(DocumentKind)),
            text("title"),
            day("added_on", needed=True),
        ),
    ),
    ExportFile(
        name="notes",
        key=("note_no",),
        columns=(
            text("note_no", needed=True),
            _CASE,
            day("written_on", needed=True),
            text("written_by"),
            text("text", needed=True),
        ),
    ),
    ExportFile(
        name="totals",
        key=("what", "of"),
        needed=True,
        columns=(
            word("what", ("rows", "cases", "balance", "liens")),
            text("of"),
            Column(name="count", sort=Sort.COUNT),
            money("amount", needed=False, signed=True),
        ),
    ),
)  # fmt: skip
BY_NAME = {each.name: each for each in FILES}
