"""Name what waits for somebody: each queue a question about cases, and whose work it is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from cases.contacts import Direction
from cases.desk.visits import day_in_town, was_last_in_vain
from cases.hearings import About, Outcome
from cases.ledger.accounts import Account
from cases.models import (
    Abatement,
    Appeal,
    Case,
    CaseActivity,
    Citation,
    CollectionBlock,
    Contact,
    EnforcementOrder,
    Extension,
    Hearing,
    Inspection,
    LedgerBalance,
    Lien,
    Notice,
    Respondent,
    Suit,
)
from cases.officers import has_no_officer
from cases.phases import ENDED, Phase
from cases.stages import DUE_SOON
from cases.workflow.abatement import AbatementStatus
from cases.workflow.appeal import AppealStatus
from cases.workflow.citation import CitationStatus
from cases.workflow.extension import ExtensionStatus
from cases.workflow.hearing import HearingStatus
from cases.workflow.inspection import PLANNED
from cases.workflow.legal_action import LegalActionStatus
from cases.workflow.lien import LienStatus
from cases.workflow.notice import NoticeStatus
from cases.workflow.order import OrderStatus
from cases.workflow.roles import Role

type Condition = sa.ColumnElement[bool]

DORMANT = timedelta(days=30)
"""An open case in which nothing was done for so long is going stale; handing it on is nothing."""


class Queue(StrEnum):
    """What waits, in the order of the process."""

    OPEN = "open"
    TO_VERIFY = "to_verify"
    BOOKED_TODAY = "booked_today"
    IN_VAIN = "in_vain"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    TIME_ASKED = "time_asked"
    WRITTEN = "written"
    TO_ISSUE = "to_issue"
    AWAITING_SERVICE = "awaiting_service"
    UNANSWERED = "unanswered"
    TO_DOCKET = "to_docket"
    DOCKETED = "docketed"
    TO_DECIDE = "to_decide"
    AGREEMENT_PAST = "agreement_past"
    TO_SERVE_ORDER = "to_serve_order"
    ORDER_PAST = "order_past"
    TO_CERTIFY = "to_certify"
    TO_RECORD = "to_record"
    TO_RELEASE = "to_release"
    ABATING = "abating"
    IN_COURT = "in_court"
    APPEALED = "appealed"
    TO_CLOSE = "to_close"
    UNASSIGNED = "unassigned"
    DORMANT = "dormant"
    BLOCKED = "blocked"
    EVERY = "every"


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a queue holds.

    Parameters
    ----------
    words
        Its name on a page.
    means
        What is in it and what to do, in a sentence.
    for_
        Whose work it is.
    """

    words: str
    means: str
    for_: frozenset[Role]


_O, _C, _M, _H = Role.OFFICER, Role.CLERK, Role.MANAGER, Role.HEARING_OFFICER

WAITING: Mapping[Queue, Waiting] = {
    queue: Waiting(words, means, frozenset(roles))
    for queue, words, means, roles in (
        (Queue.OPEN, "Open cases", "Every case that has not ended.", (_M,)),
        (Queue.TO_VERIFY, "To inspect",
         "Reported, and nobody has seen it yet: inspect and verify.", (_O,)),
        (Queue.BOOKED_TODAY, "Appointments today or missed",
         "An officer is expected, or was and never went: go, or say what came of it.", (_O,)),
        (Queue.IN_VAIN, "Came in vain",
         "The last visit was in vain and no other is booked: book one.", (_O, _C)),
        (Queue.DUE_SOON, "Due within a week",
         "The time to correct ends within seven days.", (_O,)),
        (Queue.OVERDUE, "Overdue, not cited yet",
         "The time to correct has passed: reinspect, then close or cite.", (_O, _M)),
        (Queue.TIME_ASKED, "Asking for more time",
         "A respondent asks for more time: grant or deny it.", (_O, _M)),
        (Queue.WRITTEN, "Messages to answer",
         "A respondent wrote on the page of their own, and nobody got in touch since: answer it.",
         (_O, _C)),
        (Queue.TO_ISSUE, "Drafts to issue",
         "A notice is drafted and not issued.", (_O, _C)),
        (Queue.AWAITING_SERVICE, "Awaiting service",
         "A notice is issued and not proved served; no time runs.", (_O, _C)),
        (Queue.UNANSWERED, "Citations unanswered",
         "The time to answer has passed: settle it, or confirm the waiver.", (_C,)),
        (Queue.TO_DOCKET, "Hearings to docket",
         "A hearing is asked for or continued and has no day.", (_C,)),
        (Queue.DOCKETED, "On the docket",
         "A hearing has its day.", (_C, _H)),
        (Queue.TO_DECIDE, "Heard, to be decided",
         "A hearing is open, or found a violation and no order is entered: decide it, enter it.",
         (_H,)),
        (Queue.AGREEMENT_PAST, "Agreements past their day",
         "An agreement was to be kept by now: inspect, or ask for the hearing again.", (_O, _C)),
        (Queue.TO_SERVE_ORDER, "Orders to serve",
         "An order is entered and not served.", (_C,)),
        (Queue.ORDER_PAST, "Orders past their day",
         "The day to comply by has passed: inspect, and say whether it is met.", (_O,)),
        (Queue.TO_CERTIFY, "Fines to certify",
         "An affidavit says an order is not met, and the time to contest it is over.", (_H,)),
        (Queue.TO_RECORD, "Liens to record",
         "A certified fine is owed and not recorded.", (_C,)),
        (Queue.TO_RELEASE, "Liens to release",
         "Nothing is owed any more: record the satisfaction.", (_C,)),
        (Queue.ABATING, "The town's own work",
         "The town does what the owner did not: order the work, do it, send the bill.",
         (_O, _C, _M)),
        (Queue.IN_COURT, "In court",
         "Referred to counsel, filed or adjudged, and not ended.", (_C, _M)),
        (Queue.APPEALED, "Under appeal",
         "A court looks at an order; a stay keeps it from being carried out.", (_C, _M, _H)),
        (Queue.TO_CLOSE, "Ready to close",
         "Everything is corrected and the case still open.", (_O, _C)),
        (Queue.UNASSIGNED, "Without an officer",
         "No officer who works here has it, by name or by a zone: give it to one.", (_C, _M)),
        (Queue.DORMANT, "Going stale",
         "Nothing was done in it for thirty days: handing it on does not count.", (_O, _M)),
        (Queue.BLOCKED, "Collection blocked",
         "A bankruptcy, an appeal or counsel bars collecting.", (_C, _M)),
        (Queue.EVERY, "All cases",
         "Every case there ever was, ended or not.", ()),
    )
}  # fmt: skip


def is_open() -> Condition:
    """Say that a case has not ended, in the words of the indexes on open cases, which serve it."""
    ended: list[Any] = [sa.literal_column(f"'{phase}'") for phase in sorted(ENDED)]
    return Case.phase.not_in(ended)


def condition(queue: Queue, *, on: date) -> Condition:
    """Return what a case of a queue is.

    Parameters
    ----------
    on
        The town's day.
    """
    return _CONDITIONS[queue](on)


def unserved(case_ids: Sequence[int]) -> sa.Select[Any]:
    """Select what some cases wait to have served: ``case_id``, ``kind``, ``issued_on``, ``to``."""
    columns: tuple[Any, ...] = (
        Notice.case_id, Notice.kind, Notice.issued_on, Respondent.name.label("to"),
    )  # fmt: skip
    return (
        sa.select(*columns)
        .join(Respondent, Respondent.id == Notice.respondent_id)
        .where(Notice.case_id.in_(case_ids), Notice.status == NoticeStatus.ISSUED)
        .order_by(Notice.issued_on, Notice.id)
    )


def _has(part: Any, *where: Condition) -> Condition:
    return Case.id.in_(sa.select(part.case_id).where(*where))


def _due_between(first: date | None, last: date) -> Condition:
    since = [] if first is None else [Case.next_due >= first]
    return sa.and_(is_open(), Case.phase == Phase.OPEN, Case.next_due <= last, *since)


def _booked(on: date) -> Condition:
    """Say that a visit is arranged for today, or for a day that went by without it."""
    is_planned = Inspection.status.in_(PLANNED)
    return _has(Inspection, is_planned, day_in_town(Inspection.booked_for) <= on)


def _in_vain(_on: date) -> Condition:
    return sa.and_(is_open(), _has(Inspection, was_last_in_vain()))


def last_moved() -> sa.ScalarSelect[Any]:
    """Return the day on which anything was last done in a case, looked up case by case."""
    moved = aliased(CaseActivity)
    return sa.select(moved.last_on).where(moved.case_id == Case.id).scalar_subquery()


def _stale(on: date) -> Condition:
    return sa.and_(is_open(), last_moved() < on - DORMANT)


def _paid() -> Condition:
    owes = sa.select(LedgerBalance.case_id).where(
        LedgerBalance.account == Account.RECEIVABLE, LedgerBalance.cents > 0
    )
    return Case.id.not_in(owes)


def _undecided(_on: date) -> Condition:
    """Say that a hearing is open, or that one about the violation found it and ordered nothing."""
    ordered = sa.exists().where(EnforcementOrder.hearing_id == Hearing.id)
    found = sa.and_(
        Hearing.status == HearingStatus.DECIDED, Hearing.about == About.VIOLATION,
        Hearing.outcome == Outcome.VIOLATION, ~ordered,
    )  # fmt: skip
    return sa.and_(is_open(), _has(Hearing, (Hearing.status == HearingStatus.OPENED) | found))


def _agreed_till_before(on: date) -> Condition:
    """Say that something is open whose agreed day is over, and no hearing was asked since."""
    again = aliased(Hearing)
    since = sa.exists().where(
        again.case_id == Hearing.case_id, again.id > Hearing.id,
        again.status != HearingStatus.CANCELLED,
    )  # fmt: skip
    is_agreed = Hearing.status == sa.literal_column(f"'{HearingStatus.AGREED}'")
    return sa.and_(
        is_open(), Case.open_violations > 0, _has(Hearing, is_agreed, Hearing.keep_by < on, ~since)
    )


def _unanswered() -> tuple[Condition, ...]:
    """Say of a contact that it came by a respondent's page, and that none from here followed."""
    since = aliased(Contact)
    # In the words of the index on what came so, which serves it.
    came = (Contact.way == sa.literal_column("'page'"),
            Contact.direction == sa.literal_column("'in'"))  # fmt: skip
    answered = sa.exists().where(
        since.case_id == Contact.case_id, since.direction == Direction.OUT, since.id > Contact.id
    )
    return (Contact.case_id.is_not(None), *came, ~answered)


def _unrecorded(_on: date) -> Condition:
    bound = sa.select(Lien.order_id).where(Lien.order_id.is_not(None))
    certified = EnforcementOrder.status == OrderStatus.CERTIFIED
    return sa.and_(_has(EnforcementOrder, certified, EnforcementOrder.id.not_in(bound)), ~_paid())


_CONDITIONS: Mapping[Queue, Callable[[date], Condition]] = {
    Queue.OPEN: lambda _: is_open(),
    Queue.TO_VERIFY: lambda _: sa.and_(is_open(), Case.phase == Phase.REPORTED),
    Queue.BOOKED_TODAY: _booked,
    Queue.IN_VAIN: _in_vain,
    Queue.DUE_SOON: lambda on: _due_between(on, on + DUE_SOON),
    Queue.OVERDUE: lambda on: _due_between(None, on - timedelta(days=1)),
    Queue.TIME_ASKED: lambda _: _has(Extension, Extension.status == ExtensionStatus.REQUESTED),
    Queue.WRITTEN: lambda _: sa.and_(is_open(), _has(Contact, *_unanswered())),
    Queue.TO_ISSUE: lambda _: _has(Notice, Notice.status == NoticeStatus.DRAFTED),
    Queue.AWAITING_SERVICE: lambda _: sa.and_(
        is_open(), _has(Notice, Notice.status == NoticeStatus.ISSUED)
    ),
    Queue.UNANSWERED: lambda on: _has(
        Citation, Citation.status == CitationStatus.SERVED, Citation.answer_by < on
    ),
    Queue.TO_DOCKET: lambda _: _has(
        Hearing, Hearing.status.in_((HearingStatus.REQUESTED, HearingStatus.CONTINUED))
    ),
    Queue.DOCKETED: lambda _: _has(Hearing, Hearing.status == HearingStatus.DOCKETED),
    Queue.TO_DECIDE: _undecided,
    Queue.AGREEMENT_PAST: _agreed_till_before,
    Queue.TO_SERVE_ORDER: lambda _: _has(
        EnforcementOrder, EnforcementOrder.status == OrderStatus.ENTERED
    ),
    Queue.ORDER_PAST: lambda on: _has(
        EnforcementOrder,
        EnforcementOrder.status == OrderStatus.SERVED,
        EnforcementOrder.comply_by < on,
    ),
    Queue.TO_CERTIFY: lambda on: _has(
        EnforcementOrder,
        EnforcementOrder.status == OrderStatus.NONCOMPLIANT,
        EnforcementOrder.contest_by < on,
    ),
    Queue.TO_RECORD: _unrecorded,
    Queue.TO_RELEASE: lambda _: sa.and_(_has(Lien, Lien.status == LienStatus.RECORDED), _paid()),
    Queue.ABATING: lambda _: _has(
        Abatement,
        Abatement.status.in_(
            (AbatementStatus.AUTHORIZED, AbatementStatus.ORDERED, AbatementStatus.DONE)
        ),
    ),
    Queue.IN_COURT: lambda _: _has(
        Suit,
        Suit.status.in_(
            (LegalActionStatus.REFERRED, LegalActionStatus.FILED, LegalActionStatus.JUDGMENT)
        ),
    ),
    Queue.APPEALED: lambda _: _has(
        Appeal, Appeal.status.in_((AppealStatus.FILED, AppealStatus.STAYED))
    ),
    Queue.TO_CLOSE: lambda _: sa.and_(Case.phase == Phase.COMPLIED, Case.closed_on.is_(None)),
    Queue.UNASSIGNED: lambda _: sa.and_(is_open(), has_no_officer()),
    Queue.DORMANT: _stale,
    Queue.BLOCKED: lambda _: _has(CollectionBlock, CollectionBlock.until.is_(None)),
    Queue.EVERY: lambda _: sa.true(),
}
