"""Ask what came of each case by when: one row a case, its days as counts from a first one."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import aggregate_order_by

from cases.assigning import JOINED_HOLDER
from cases.exempted import EXEMPT
from cases.ledger.accounts import Account, Component
from cases.models import (
    Case,
    CaseActivity,
    Citation,
    Complaint,
    EnforcementOrder,
    Hearing,
    HearingSession,
    LedgerEntry,
    LedgerPosting,
    Notice,
    Staff,
    Violation,
)
from cases.moving_in.placing import RUN_KIND
from cases.workflow.citation import CitationStatus
from cases.workflow.hearing import HearingStatus
from cases.workflow.order import OrderStatus
from geo.layers import ImportRun, Zone
from reports.caseload import Scope

HELD = (HearingStatus.OPENED, HearingStatus.DECIDED, HearingStatus.AGREED)
"""What a hearing has come to that was held."""
BEFORE_ALL: sa.ColumnElement[Any] = sa.literal_column("DATE '0001-01-01'")
"""The day before Python's first but for one: `datetime.date.toordinal` of it is 1."""


def courses(scope: Scope) -> sa.Select[Any]:
    """Select the cases of a scope by their id, verified or not, open or ended.

    Days are as `datetime.date.toordinal` has them. Columns: ``id``, ``category``, ``priority``,
    ``phase``, ``imported_stage``, ``verified`` (a violation was found), ``parcel_id``,
    ``officer`` (whoever has it), ``lon``, ``lat`` (EPSG:4326), ``exempt``, ``imported``,
    ``from_file`` (by a file of cases, which names no notice, citation, hearing or correction),
    ``complaints``, ``channel`` of the first that has one, and the days ``opened``, ``closed`` (or
    voided), ``due``, ``inspected``, ``noticed``, ``corrected``, ``moved`` (last), ``reported``,
    ``respond_by`` (the earliest), ``found``, ``cited``, ``heard``, ``ordered`` and ``fined``.
    """
    complaint, found, cited = _complaints(), _found(), _cited()
    heard, ordered, fined = _heard(), _ordered(), _fined()
    is_from_file = sa.func.coalesce(ImportRun.kind != RUN_KIND, sa.false())
    columns: tuple[Any, ...] = (
        Case.id, Case.category, Case.priority, Case.phase, Case.imported_stage,
        Case.published.label("verified"), Case.parcel_id, JOINED_HOLDER.label("officer"),
        sa.func.ST_X(Case.point).label("lon"), sa.func.ST_Y(Case.point).label("lat"),
        EXEMPT.label("exempt"), Case.import_run_id.is_not(None).label("imported"),
        is_from_file.label("from_file"),
        sa.func.coalesce(complaint.c.complaints, 0).label("complaints"), complaint.c.channel,
        _day(Case.opened_on, "opened"),
        _day(sa.func.coalesce(Case.voided_on, Case.closed_on), "closed"),
        _day(Case.next_due, "due"), _day(CaseActivity.inspected_on, "inspected"),
        _day(CaseActivity.noticed_on, "noticed"), _day(CaseActivity.corrected_on, "corrected"),
        _day(CaseActivity.last_on, "moved"), _day(complaint.c.reported_on, "reported"),
        _day(complaint.c.respond_by, "respond_by"),
        _day(found.c.found_on, "found"), _day(cited.c.cited_on, "cited"),
        _day(heard.c.held_on, "heard"), _day(ordered.c.executed_on, "ordered"),
        _day(fined.c.fined_on, "fined"),
    )  # fmt: skip
    query = sa.select(*columns).select_from(Case)
    for part in (complaint, found, cited, heard, ordered, fined):
        query = query.outerjoin(part, part.c.case_id == Case.id)
    return (
        query.outerjoin(CaseActivity, CaseActivity.case_id == Case.id)
        .outerjoin(ImportRun, ImportRun.id == Case.import_run_id)
        .outerjoin(Staff, Staff.id == Case.officer_id)
        .outerjoin(Zone, Zone.id == Case.zone_id)
        .where(*_in_scope(scope))
        .order_by(Case.id)
    )


def _in_scope(scope: Scope) -> list[sa.ColumnElement[bool]]:
    conditions = [sa.or_(Case.opened_on <= scope.on, Case.opened_on.is_(None))]
    if scope.since is not None:
        conditions.append(Case.opened_on >= scope.since)
    if scope.until is not None:
        conditions.append(Case.opened_on <= scope.until)
    if scope.category is not None:
        conditions.append(Case.category == scope.category)
    if scope.zone is not None:
        conditions += [Zone.kind == "officer", Zone.code == scope.zone]
    return conditions


def _day(column: Any, name: str) -> Any:
    return (column - BEFORE_ALL + 1).label(name)


def _complaints() -> sa.Subquery:
    """Say of each case how many complaints feed it, how the first that says so came, and when."""
    by_day = sa.func.array_agg(
        aggregate_order_by(Complaint.channel, Complaint.received_on, Complaint.id)
    ).filter(Complaint.channel.is_not(None))
    return (
        sa.select(
            Complaint.case_id,
            sa.func.count().label("complaints"),
            by_day[1].label("channel"),
            sa.func.min(Complaint.received_on).label("reported_on"),
            sa.func.min(Complaint.respond_by).label("respond_by"),
        )
        .where(Complaint.case_id.is_not(None))
        .group_by(Complaint.case_id)
        .subquery()
    )


def _found() -> sa.Subquery:
    return (
        sa.select(Violation.case_id, sa.func.min(Violation.found_on).label("found_on"))
        .group_by(Violation.case_id)
        .subquery()
    )


def _cited() -> sa.Subquery:
    """Say of each case when the first of its citations that was not voided was issued."""
    return (
        sa.select(Citation.case_id, sa.func.min(Notice.issued_on).label("cited_on"))
        .join(Notice, Notice.id == Citation.notice_id)
        .where(Citation.status != CitationStatus.VOIDED)
        .group_by(Citation.case_id)
        .subquery()
    )


def _heard() -> sa.Subquery:
    """Say of each case when a hearing was first held; one that was put off is of its later day."""
    return (
        sa.select(Hearing.case_id, sa.func.min(HearingSession.held_on).label("held_on"))
        .join(HearingSession, HearingSession.id == Hearing.session_id)
        .where(Hearing.status.in_(HELD))
        .group_by(Hearing.case_id)
        .subquery()
    )


def _ordered() -> sa.Subquery:
    return (
        sa.select(
            EnforcementOrder.case_id, sa.func.min(EnforcementOrder.executed_on).label("executed_on")
        )
        .where(EnforcementOrder.status != OrderStatus.VACATED)
        .group_by(EnforcementOrder.case_id)
        .subquery()
    )


def _fined() -> sa.Subquery:
    """Say of each case when a fine was first charged on it, by the ledger."""
    return (
        sa.select(
            LedgerPosting.case_id, sa.func.min(LedgerPosting.effective_on).label("fined_on")
        )
        .join(LedgerEntry, LedgerEntry.posting_id == LedgerPosting.id)
        .where(
            LedgerEntry.account == Account.RECEIVABLE,
            LedgerEntry.component == Component.PENALTY, LedgerEntry.cents > 0,
        )
        .group_by(LedgerPosting.case_id)
        .subquery()
    )  # fmt: skip
