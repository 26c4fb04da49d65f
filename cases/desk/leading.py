"""Say which few of the deeds open in a case move it on, the first of them first.

A hint and no rule: every other deed stays on offer, and only the step's guards say what may be.
"""

from collections.abc import Callable, Iterable
from datetime import date

from cases.desk.agreed import is_broken, is_to_be_seen
from cases.desk.beside import DeskAction
from cases.desk.book import Book, Row
from cases.desk.matters import (
    after_hearing,
    awaits_word,
    contest_over,
    contest_unheard,
    is_fined_unbound,
    is_first_look,
    is_found_corrected,
    is_lost,
    is_nothing_left,
    is_paid,
    is_to_be_ordered,
    is_to_be_paid,
    lacks_notice_of_hearing,
    lacks_warning,
    looked_since,
    may_be_cited,
    notice_proved,
    only_visits_left,
    settled_up,
    unbrought,
    unnamed,
    unseen,
    untried,
)
from cases.desk.offers import Offer
from cases.desk.rebooking import came_in_vain
from cases.permissions import Right
from cases.workflow.abatement import AbatementAction
from cases.workflow.casefile import CaseAction
from cases.workflow.citation import CitationAction
from cases.workflow.extension import ExtensionAction
from cases.workflow.hearing import HearingAction
from cases.workflow.inspection import InspectionAction
from cases.workflow.legal_action import LegalAction
from cases.workflow.lien import LienAction
from cases.workflow.notice import NoticeAction
from cases.workflow.order import OrderAction
from cases.workflow.violation import ViolationAction

MOST = 4
"""How many lead."""

type Test = Callable[[Book, Row, date], bool]


def _always(_book: Book, _row: Row, _on: date) -> bool:
    return True


LEADS: tuple[tuple[str, str, Test], ...] = (
    # Nobody finds the way to it, nor whose it is.
    (CaseAction.PLACE, "case", is_lost),
    # Somebody waits for an answer, or sits in the room.
    (ExtensionAction.GRANT, "extension", _always),
    (ExtensionAction.DENY, "extension", _always),
    (HearingAction.DECIDE, "hearing", _always),
    (HearingAction.OPEN, "hearing", lambda _book, row, on: row.held_on == on),
    (CitationAction.UPHOLD, "citation", after_hearing("violation")),
    (CitationAction.DISMISS, "citation", after_hearing("no_violation")),
    (OrderAction.ENTER, "hearing", is_to_be_ordered),
    (OrderAction.SUSTAIN_AFFIDAVIT, "order", after_hearing("granted")),
    (OrderAction.REJECT_AFFIDAVIT, "order", after_hearing("refused")),
    # What was written is to be brought.
    (CitationAction.CONFIRM_SERVICE, "citation", notice_proved),
    (OrderAction.CONFIRM_SERVICE, "order", notice_proved),
    (NoticeAction.CONFIRM_SERVICE, "notice", notice_proved),
    (DeskAction.COMPLETE_ATTEMPT, "attempt", awaits_word),
    (NoticeAction.RECORD_ATTEMPT, "notice", untried),
    (NoticeAction.ISSUE, "notice", _always),
    (DeskAction.SEND_ORDER, "order", unbrought),
    # What is seen decides.
    (InspectionAction.MAKE, "inspection", lambda _book, row, on: row.booked_on <= on),
    (ViolationAction.VERIFY, "violation", looked_since("found_on")),
    (ViolationAction.FIND_UNFOUNDED, "violation", looked_since("found_on")),
    (InspectionAction.BOOK, "case", came_in_vain),
    (InspectionAction.MAKE, "case", unseen),
    (InspectionAction.BOOK, "case", is_first_look),
    (ViolationAction.FIND_CORRECTED, "violation", is_to_be_seen),
    # What was done, or not done in time, has its consequence.
    (OrderAction.VERIFY_COMPLIANCE, "order", is_found_corrected),
    (OrderAction.FILE_AFFIDAVIT, "order", looked_since("comply_by")),
    (OrderAction.CERTIFY, "order", contest_over),
    (CaseAction.NAME_RESPONDENT, "case", unnamed),
    (NoticeAction.DRAFT, "case", lacks_warning),
    (CitationAction.ISSUE, "violation", may_be_cited),
    (CitationAction.CONFIRM_WAIVER, "citation", lambda _book, row, on: bool(
        row.answer_by and row.answer_by < on)),
    (HearingAction.REQUEST, "case", is_broken),
    (HearingAction.REQUEST, "case", contest_unheard),
    (HearingAction.DOCKET, "hearing", _always),
    (NoticeAction.DRAFT, "case", lacks_notice_of_hearing),
    (AbatementAction.ORDER_WORK, "abatement", _always),
    (AbatementAction.COMPLETE, "abatement", _always),
    (AbatementAction.INVOICE, "abatement", _always),
    (LegalAction.FILE, "legal_action", _always),
    # Money, and the ends of things.
    (LienAction.RECORD, "order", is_fined_unbound),
    (CitationAction.SETTLE, "citation", settled_up),
    (OrderAction.SATISFY, "order", settled_up),
    (LienAction.SATISFY, "lien", is_paid),
    (AbatementAction.SETTLE, "abatement", is_paid),
    (LegalAction.SATISFY, "legal_action", is_paid),
    (Right.TAKE_PAYMENT, "case", is_to_be_paid),
    (InspectionAction.CANCEL, "inspection", only_visits_left),
    (CaseAction.CLOSE, "case", is_nothing_left),
)  # fmt: skip
"""What leads, by its action, the section it is offered on, and when it does."""


def leading(book: Book, offered: Iterable[Offer], *, on: date) -> list[Offer]:
    """Return the few of the offers that move the case on, the first first.

    Parameters
    ----------
    on
        The day in the town.
    """
    there = list(offered)
    found: list[Offer] = []
    for action, section, test in LEADS:
        found += [
            each
            for each in there
            if (each.action, each.on) == (action, section)
            and each not in found
            and test(book, each.row, on)
        ]
        if len(found) >= MOST:
            break
    return found[:MOST]
