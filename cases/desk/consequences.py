"""Say what follows from a deed before it is done, in plain words, with the day it leads to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from cases.appeal_terms import RunsFrom
from cases.deadlines import Deadline, DeadlineRule, due
from cases.desk.beside import DeskAction, notice_of
from cases.desk.book import Book, Row
from cases.desk.offers import Offer
from cases.desk.serving import service_in
from cases.lawpack.schema import Deadlines
from cases.notice_words import NoticeKind
from cases.permissions import Right
from cases.service.attempts import MAILED
from cases.workflow.abatement import AbatementAction
from cases.workflow.appeal import AppealAction
from cases.workflow.casefile import CaseAction
from cases.workflow.citation import CitationAction
from cases.workflow.document import DocumentAction
from cases.workflow.extension import ExtensionAction
from cases.workflow.hearing import HearingAction
from cases.workflow.inspection import InspectionAction
from cases.workflow.legal_action import LegalAction
from cases.workflow.lien import LienAction
from cases.workflow.notice import NoticeAction
from cases.workflow.order import OrderAction
from cases.workflow.violation import ViolationAction

CONSEQUENCES: Mapping[str, str] = {
    CaseAction.PLACE: "It belongs to that parcel, or to that point alone, and to the officer of "
    "its zone unless it was given to another; what was said of where stays beside it.",
    CaseAction.ASSIGN: "It appears in that officer's lists and route from now on.",
    CaseAction.NAME_RESPONDENT: "Notices can then be addressed to them.",
    CaseAction.TRANSFER_OWNERSHIP: "The buyer is named as respondent and must be served anew; the "
    "seller stays on record.",
    CaseAction.BLOCK: "Nothing may be collected, recorded or sued for until the block is lifted.",
    CaseAction.UNBLOCK: "What is owed may be collected again.",
    CaseAction.CLOSE: "The case is then only read. A manager can reopen it.",
    CaseAction.REOPEN: "The case can be worked on again.",
    CaseAction.VOID: "The case counts as opened by mistake and leaves the public map. This cannot "
    "be undone.",
    ViolationAction.ALLEGE: "It stays off the public map until an officer has verified it.",
    ViolationAction.VERIFY: "The violation becomes public, and the respondent can be warned of it.",
    ViolationAction.FIND_UNFOUNDED: "It is dropped; whoever reported it is to be told.",
    ViolationAction.FIND_CORRECTED: "Its clock stops. With nothing else open the case can close.",
    ViolationAction.FIND_STANDING: "It stays open. Once its deadline has passed it can be cited.",
    ViolationAction.TRANSFER: "It leaves this case for another department.",
    ViolationAction.VOID: "It counts as alleged by mistake. What rests on it ends with it.",
    ViolationAction.REOPEN: "It can be worked on again.",
    ViolationAction.CONFIRM_REPEAT: "It may be cited without a warning and fined as a repeat.",
    ViolationAction.WITHDRAW_REPEAT: "It is treated as a first violation again.",
    InspectionAction.BOOK: "The appointment appears in the officer's calendar.",
    InspectionAction.CONFIRM: "The respondent is expected at that hour.",
    InspectionAction.MOVE: "The appointment must be confirmed anew.",
    InspectionAction.MAKE: "What was seen is on record; each failed item is alleged as a "
    "violation.",
    InspectionAction.FIND_NO_ACCESS: "The visit counts as not made. Book another one.",
    InspectionAction.CANCEL: "The officer is not expected any more.",
    NoticeAction.DRAFT: "A draft can still be changed or thrown away. Nobody is told yet.",
    NoticeAction.DISCARD: "The draft is gone; that there was one stays on record.",
    NoticeAction.ISSUE: "Its words can no longer change. It must then be served, or no time runs.",
    NoticeAction.RECORD_ATTEMPT: "The attempt counts toward proof of service.",
    NoticeAction.CONFIRM_SERVICE: "It counts as served. A warning's time to correct then runs.",
    NoticeAction.WITHDRAW: "It no longer counts. What it said stays on record.",
    ExtensionAction.REQUEST: "The deadline stays as it is until the request is decided.",
    ExtensionAction.GRANT: "The deadline moves to the day you give.",
    ExtensionAction.DENY: "The deadline stays. The respondent is to be told why.",
    ExtensionAction.WITHDRAW: "The deadline stays.",
    CitationAction.ISSUE: "A number is taken and its text frozen. The penalty is owed once it is "
    "served; each further day may cost the same again.",
    CitationAction.CONFIRM_SERVICE: "The time to pay and correct, or to ask for a hearing, runs.",
    CitationAction.REQUEST_HEARING: "The citation is contested, and a hearing must be docketed.",
    CitationAction.RECORD_LATE: "The request is on record with its days; one that is late is "
    "refused. The citation stands as it does, and no hearing is docketed for it.",
    CitationAction.WITHDRAW_REQUEST: "The citation stands as served.",
    CitationAction.CONFIRM_WAIVER: "The violation counts as admitted, on your word. A hearing "
    "officer or manager can set it aside.",
    CitationAction.VACATE_WAIVER: "The citation is contested again and is to be heard.",
    CitationAction.UPHOLD: "The penalty stands.",
    CitationAction.DISMISS: "Nothing is owed under it any more.",
    CitationAction.IMPOSE_CONTINUING: "The penalty is charged again for each further day so far.",
    CitationAction.SETTLE: "The citation has come to its end.",
    CitationAction.VOID: "It counts as issued by mistake; nothing is owed under it any more.",
    HearingAction.REQUEST: "The clerk is to put it on a docket.",
    HearingAction.DOCKET: "It takes a seat of the session; notice of the hearing must be served.",
    HearingAction.MOVE: "It changes places with the one next to it on the docket.",
    HearingAction.SHIFT: "All that is on that docket is heard then and there. A notice that told "
    "the old hour or place counts no more: whoever had it must be served a new one before the "
    "hearing, or it cannot be opened.",
    HearingAction.OPEN: "The hearing begins; what is said and shown goes on its minutes.",
    HearingAction.CONTINUE: "It is heard at the sitting you choose, or must be docketed later; "
    "notice is served anew.",
    HearingAction.DECIDE: "The findings are on record; an order may follow.",
    HearingAction.AGREE: "No order is needed while it is kept. What is open is to be corrected by "
    "the day you give; after it an officer looks whether it was.",
    HearingAction.CANCEL: "The matter is not heard.",
    OrderAction.ENTER: "The order is frozen and must be served. It can be appealed in court.",
    OrderAction.CONFIRM_SERVICE: "The respondent has notice of the order.",
    OrderAction.VERIFY_COMPLIANCE: "The fine ends with the day you give.",
    OrderAction.FILE_AFFIDAVIT: "The respondent may contest it. Any fine stays potential until it "
    "is certified.",
    OrderAction.CONTEST: "The fine cannot be certified until the contest is decided.",
    OrderAction.SUSTAIN_AFFIDAVIT: "The fine may be certified.",
    OrderAction.REJECT_AFFIDAVIT: "No fine is imposed on this affidavit.",
    OrderAction.CERTIFY: "The fine is imposed and owed; unpaid, it may become a lien.",
    OrderAction.REDUCE: "What is owed falls to the amount you give.",
    OrderAction.PAUSE: "No further day is fined until the fine runs again.",
    OrderAction.RESUME: "Days are fined again.",
    OrderAction.RECORD: "It binds whoever buys the property. It is no lien.",
    OrderAction.ACKNOWLEDGE: "The public records then show that the order was met.",
    OrderAction.SATISFY: "The order has come to its end.",
    OrderAction.VACATE: "The order no longer stands, nor any fine under it.",
    OrderAction.SET_ASIDE: "The order no longer stands, nor any fine under it.",
    LienAction.RECORD: "The claim binds the property, and any other the violator owns that is no "
    "homestead.",
    LienAction.STATE_HOMESTEAD: "Whether it may be foreclosed turns on this.",
    LienAction.RELEASE_IN_PART: "What you name is free of the lien; the rest stays bound.",
    LienAction.SATISFY: "The property is free of it; record the satisfaction.",
    LienAction.RELEASE: "The property is free of it though it is not paid.",
    LienAction.EXPIRE: "The claim no longer binds.",
    LienAction.FORECLOSE: "The town sues for the property.",
    LienAction.WITHDRAW_FORECLOSURE: "The lien stands as recorded.",
    LienAction.ADJUDGE: "The court has given the property to satisfy the lien.",
    AppealAction.FILE: "Collection is blocked while the appeal runs. The fine goes on unless the "
    "court stays it.",
    AppealAction.STAY: "The order may not be carried out until the court lifts its stay.",
    AppealAction.LIFT_STAY: "The order may be carried out again.",
    AppealAction.AFFIRM: "The order stands.",
    AppealAction.REVERSE: "The order is set aside, and nothing is owed under it.",
    AppealAction.REMAND: "The order is set aside; the tribunal hears the matter again.",
    AppealAction.DISMISS: "The order stands.",
    AbatementAction.AUTHORIZE: "The town may do the work itself and charge what it costs.",
    AbatementAction.ORDER_WORK: "The contractor may enter and begin.",
    AbatementAction.COMPLETE: "The work is on record and can be invoiced.",
    AbatementAction.INVOICE: "The costs and the fee for seeing to it are owed.",
    AbatementAction.CERTIFY: "The county collects what is owed for the work with the taxes.",
    AbatementAction.SETTLE: "The abatement has come to its end.",
    AbatementAction.CANCEL: "The town does not do the work.",
    DocumentAction.ADD: "Staff see it with the case; the public only once it is published.",
    DocumentAction.REDACT: "The public sees the blacked-out copy from now on, wherever it hangs.",
    DocumentAction.PUBLISH: "Anybody may see its copy, without what the camera wrote.",
    DocumentAction.HOLD_BACK: "Only staff see it.",
    DocumentAction.WITHDRAW: "It stays, marked as withdrawn, and only staff see it.",
    LegalAction.REFER: "Counsel is asked to sue.",
    LegalAction.DECLINE: "No suit is brought.",
    LegalAction.FILE: "The suit is pending.",
    LegalAction.ADJUDGE: "The court's judgment is on record; a running fine ends with it.",
    LegalAction.SATISFY: "The judgment has come to its end.",
    LegalAction.SETTLE: "The suit ends as agreed.",
    LegalAction.DISMISS: "The suit ends without a judgment.",
    DeskAction.COMPLETE_ATTEMPT: "What came of the attempt counts toward proof of service.",
    DeskAction.SEND_ORDER: "This serves the order: a notice that brings it is issued, its text "
    "frozen, and is then to be brought to them.",
    DeskAction.CONVENE: "The sitting has room for so many hearings. Nobody is told of it yet.",
    Right.TAKE_PAYMENT: "Fines are charged to today, then the money covers what is owed in the "
    "order of the town's law. More than is owed is kept as credit.",
    Right.WAIVE: "That much is owed no more. It counts against your limit in this case and cannot "
    "be taken back.",
    Right.REDUCE_FOR_HARDSHIP: "That much of the penalty is owed no more; something of it stays. "
    "What was shown stays on record with it. It cannot be taken back.",
    Right.APPLY_CREDIT: "Credit covers what is owed, in the order of the town's law.",
    Right.RETURN_PAYMENT: "What the payment covered is owed again, with the fee the law sets.",
    Right.VOID_PAYMENT: "The receipt counts for nothing, and what it covered is owed again. "
    "It is for what was entered wrong, before it goes to the bank.",
    Right.REFUND: "The treasury is to pay it out. Nothing may be owed in the case.",
}  # fmt: skip
"""What follows from each deed that people who work here may do."""

type Counted = Callable[[Book, Row, date], Deadline | None]


def _from_today(rule: Callable[[Deadlines], DeadlineRule]) -> Counted:
    """Count a rule's time from the day itself."""

    def counted(book: Book, _row: Row, on: date) -> Deadline | None:
        if book.law is None:
            return None
        return due(rule(book.law.deadlines), counted_from=on, calendar=book.law.calendar.days)

    return counted


def _to_answer(book: Book, row: Row, on: date) -> Deadline | None:
    """Count the time to answer a citation from the day its notice is proved to be served."""
    notice = notice_of(book, row)
    stands = service_in(book, notice, on=on) if notice is not None else None
    if book.law is None or stands is None or stands.proof is None:
        return None
    return due(
        book.law.deadlines.answer_citation, counted_from=stands.proof.served_on,
        calendar=book.law.calendar.days, by_mail=stands.proof.method in MAILED,
    )  # fmt: skip


def _to_correct(book: Book, row: Row, on: date) -> Deadline | None:
    """Count the shortest time that a warning allows from the day it is proved to be served."""
    stands = service_in(book, row, on=on)
    told = row.content.get("violations") if row.kind == NoticeKind.WARNING else None
    if book.law is None or not told or stands is None or stands.proof is None:
        return None
    allowed = [each["days"] for each in told if each["days"] is not None]
    if not allowed:
        return None
    return due(
        book.law.deadlines.cure_in(min(allowed)), counted_from=stands.proof.served_on,
        calendar=book.law.calendar.days, by_mail=stands.proof.method in MAILED,
    )  # fmt: skip


def _to_appeal(book: Book, _row: Row, on: date) -> Deadline | None:
    """Count the time to appeal from an order's execution, where the law counts it so."""
    if book.law is None or book.law.appeal.runs_from is not RunsFrom.EXECUTION:
        return None
    return due(book.law.deadlines.appeal_order, counted_from=on, calendar=book.law.calendar.days)


def _to_appeal_once_served(book: Book, row: Row, on: date) -> Deadline | None:
    """Count the time to appeal from an order's service, where the law counts it so."""
    notice = notice_of(book, row)
    stands = service_in(book, notice, on=on) if notice is not None else None
    if book.law is None or stands is None or stands.proof is None:
        return None
    if book.law.appeal.runs_from is not RunsFrom.SERVICE:
        return None
    rule, calendar = book.law.deadlines.appeal_order, book.law.calendar.days
    return due(rule, counted_from=stands.proof.served_on, calendar=calendar)


_APPEAL = "The time to appeal the order in court"
_STARTS: Mapping[str, tuple[str, Counted]] = {
    NoticeAction.CONFIRM_SERVICE: ("The time to correct it", _to_correct),
    CitationAction.CONFIRM_SERVICE: ("The time to answer it", _to_answer),
    OrderAction.FILE_AFFIDAVIT: (
        "The time to contest the affidavit", _from_today(lambda rules: rules.contest_noncompliance)
    ),
    OrderAction.CERTIFY: (
        "The time to pay", _from_today(lambda rules: rules.pay_after_certification)
    ),
    OrderAction.ENTER: (_APPEAL, _to_appeal),
    OrderAction.CONFIRM_SERVICE: (_APPEAL, _to_appeal_once_served),
    CaseAction.TRANSFER_OWNERSHIP: (
        "The buyer's time to correct it", _from_today(lambda rules: rules.new_owner_corrects)
    ),
}  # fmt: skip
"""The time that each of these starts, where the law and the case say how it is counted."""


@dataclass(frozen=True, slots=True)
class Consequence:
    """What follows from a step.

    Parameters
    ----------
    time, due, because
        The time it starts if it is taken today, its last day, and how that is counted; None where
        it starts none that is known before.
    """

    words: str
    time: str | None = None
    due: date | None = None
    because: str | None = None


def consequence(book: Book, offer: Offer, *, on: date) -> Consequence:
    """Say what follows from a deed if it is done on a day."""
    words = CONSEQUENCES[offer.action]
    time, counted = _STARTS.get(offer.action, ("", None))
    deadline = counted(book, offer.row, on) if counted else None
    if deadline is None:
        return Consequence(words)
    return Consequence(words, time, deadline.on, deadline.because)
