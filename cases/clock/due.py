"""Ask what has fallen due by a day: a query for each kind, by the law each case stands under.

Each selects `subject_id`, `due_on`, the first day on which there is something to do, and
`case_id`. What came from another system under no law of ours has no day that only the law gives.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from cases.clock.kinds import Kind
from cases.clock.terms import Terms
from cases.desk.queues import DORMANT, is_open
from cases.desk.visits import day_in_town
from cases.ledger.accounts import Account
from cases.models import (
    Case,
    CaseActivity,
    Citation,
    CollectionBlock,
    EnforcementOrder,
    Inspection,
    LedgerBalance,
    Lien,
    Notice,
    ServiceAttempt,
    Suit,
    Violation,
)
from cases.phases import Phase
from cases.service.attempts import Method
from cases.workflow.citation import CitationStatus
from cases.workflow.inspection import PLANNED
from cases.workflow.legal_action import GIVEN_UP
from cases.workflow.lien import BINDING, LienStatus
from cases.workflow.notice import NoticeStatus
from cases.workflow.order import OrderStatus
from cases.workflow.violation import ViolationStatus

type Query = sa.Select[Any]

LIEN_ENDS_WITHIN = timedelta(days=180)
"""How long before a lien's last day it is told of, so that a suit can still be authorised."""
_SURELY = timedelta(days=1)
"""Days differ by so much between the town and the server at the most."""


def _found(subject: Any, due_on: Any, case_id: Any) -> Query:
    columns: tuple[Any, ...] = (
        subject.label("subject_id"), due_on.label("due_on"), case_id.label("case_id"),
    )  # fmt: skip
    return sa.select(*columns)


def _is(column: Any, *statuses: str) -> sa.ColumnElement[bool]:
    """Say that a status is one of some, in the words of the index on them, which serves it."""
    named: list[Any] = [sa.literal_column(f"'{each}'") for each in statuses]
    found: sa.ColumnElement[bool] = column == named[0] if len(named) == 1 else column.in_(named)
    return found


def _visits(on: date, _terms: Terms) -> Query:
    """Select appointments of that day, and of days that went by without them."""
    soonest = sa.cast(on + _SURELY + _SURELY, sa.DateTime(timezone=True))
    return _found(Inspection.id, day_in_town(Inspection.booked_for), Inspection.case_id).where(
        _is(Inspection.status, *PLANNED), Inspection.booked_for < soonest
    )


def _corrections(on: date, _terms: Terms) -> Query:
    """Select violations whose time to correct is over, where nothing came after the warning."""
    return (
        _found(Violation.id, Violation.comply_by + 1, Violation.case_id)
        .join(Case, Case.id == Violation.case_id)
        .where(
            _is(Violation.status, ViolationStatus.OPEN), Violation.comply_by < on,
            Case.phase == Phase.OPEN,
        )
    )  # fmt: skip


def _orders(on: date, _terms: Terms) -> Query:
    """Select orders whose day to comply by is over, of which nothing was said since."""
    part = EnforcementOrder
    return _found(part.id, part.comply_by + 1, part.case_id).where(
        _is(part.status, OrderStatus.SERVED), part.comply_by < on
    )


def _waivers(on: date, _terms: Terms) -> Query:
    """Select citations that nobody answered in time."""
    return _found(Citation.id, Citation.answer_by + 1, Citation.case_id).where(
        _is(Citation.status, CitationStatus.SERVED), Citation.answer_by < on
    )


def _letters(on: date, terms: Terms) -> Query:
    """Select certified letters neither signed for nor back after the law's days (s. 162.12)."""
    unsigned, facts = terms.unsigned, ServiceAttempt.facts
    return (
        _found(ServiceAttempt.id, ServiceAttempt.made_on + unsigned.c.days, Notice.case_id)
        .join(Notice, Notice.id == ServiceAttempt.notice_id)
        .join(Case, Case.id == Notice.case_id)
        .join(unsigned, sa.and_(unsigned.c.law_id == Case.law_pack_id,
                                unsigned.c.notice_kind == Notice.kind))
        .where(
            _is(Notice.status, NoticeStatus.ISSUED),
            ServiceAttempt.method == Method.CERTIFIED_MAIL, ServiceAttempt.made_on <= on,
            facts["signed_on"].astext.is_(None), facts["returned_on"].astext.is_(None),
        )
    )  # fmt: skip


def _liens(due_on: Any, terms: Terms) -> Query:
    return (
        _found(Lien.id, due_on, Lien.case_id)
        .join(Case, Case.id == Lien.case_id)
        .join(terms.laws, terms.laws.c.law_id == Case.law_pack_id)
        .where(_is(Lien.status, *BINDING))
    )


def _last_day(terms: Terms) -> Any:
    return terms.after(Lien.recorded_on, years=terms.laws.c.lien_years)


def _foreclosures(on: date, terms: Terms) -> Query:
    """Select liens unpaid for the months of the law, but on what somebody says is a homestead."""
    first = terms.after(Lien.recorded_on, months=terms.laws.c.foreclosure_months) + 1
    owes = sa.exists().where(
        LedgerBalance.case_id == Lien.case_id, LedgerBalance.account == Account.RECEIVABLE,
        LedgerBalance.cents > 0,
    )  # fmt: skip
    may = sa.or_(Lien.homestead.is_not(True), terms.laws.c.homestead_foreclosure)
    return _liens(first, terms).where(
        Lien.status == LienStatus.RECORDED, Lien.recorded_on <= on, owes, may, ~_blocked(),
        ~_sued(by=on),
    )  # fmt: skip


def _ending_liens(on: date, terms: Terms) -> Query:
    """Select liens whose life ends before long; one that is over is told of as that."""
    last = _last_day(terms)
    return _liens(sa.cast(last - LIEN_ENDS_WITHIN, sa.Date), terms).where(
        Lien.recorded_on <= terms.recorded_by(on + LIEN_ENDS_WITHIN),
        last >= on,
        ~_sued(by=on),
    )


def _liens_over(on: date, terms: Terms) -> Query:
    """Select liens whose life is over, and no suit was filed in it (s. 162.10)."""
    last = _last_day(terms)
    return _liens(last + 1, terms).where(
        Lien.status == LienStatus.RECORDED, Lien.recorded_on <= terms.recorded_by(on),
        ~_sued(by=last),
    )  # fmt: skip


def _sued(*, by: Any) -> sa.ColumnElement[bool]:
    return sa.exists().where(
        Suit.lien_id == Lien.id, Suit.filed_on <= by, Suit.status.not_in(GIVEN_UP)
    )


def _blocked() -> sa.ColumnElement[bool]:
    return sa.exists().where(
        CollectionBlock.case_id == Lien.case_id, CollectionBlock.until.is_(None)
    )


def _dormant(on: date, _terms: Terms) -> Query:
    """Select open cases in which nothing was done for long."""
    return (
        _found(Case.id, CaseActivity.last_on + (DORMANT.days + 1), Case.id)
        .join(CaseActivity, CaseActivity.case_id == Case.id)
        .where(is_open(), CaseActivity.last_on < on - DORMANT)
    )


def _kept_long_enough(on: date, terms: Terms) -> Query:
    """Select closed cases that were kept for the years of the law."""
    years = terms.laws.c.retention_years
    return (
        _found(Case.id, terms.after(Case.closed_on, years=years) + 1, Case.id)
        .join(terms.laws, terms.laws.c.law_id == Case.law_pack_id)
        .where(Case.closed_on <= terms.closed_by(on))
    )


RULES: Mapping[Kind, Callable[[date, Terms], Query]] = {
    Kind.VISIT: _visits,
    Kind.CORRECTION: _corrections,
    Kind.ORDER: _orders,
    Kind.WAIVER: _waivers,
    Kind.MAIL: _letters,
    Kind.FORECLOSURE: _foreclosures,
    Kind.LIEN_ENDING: _ending_liens,
    Kind.LIEN_OVER: _liens_over,
    Kind.DORMANT: _dormant,
    Kind.RETENTION: _kept_long_enough,
}
