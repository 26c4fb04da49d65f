"""Ask which cases and complaints are due for a visit: one statement a kind, however many cases.

Each leaves out what has ended. What a query finds is told of by `about_cases`, all at once.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from cases.assigning import JOINED_HOLDER
from cases.desk.complaints import held_back
from cases.desk.queues import Queue, condition, is_open
from cases.desk.visits import day_in_town
from cases.heard import names_its_day
from cases.hearings import About
from cases.models import (
    Case,
    Citation,
    Complaint,
    EnforcementOrder,
    Hearing,
    HearingSession,
    Inspection,
    Notice,
    ServiceAttempt,
    Staff,
)
from cases.phases import Phase
from cases.visiting.spots import MAY_OPEN, has_alleged, spot_of
from cases.workflow.citation import RUNNING, CitationStatus
from cases.workflow.complaint import ComplaintStatus
from cases.workflow.hearing import HearingStatus
from cases.workflow.inspection import PLANNED
from cases.workflow.notice import NoticeStatus
from cases.workflow.order import OrderStatus
from geo.layers import ParcelPeriod, Zone

type Query = sa.Select[Any]

_RESPOND_BY: sa.ColumnElement[Any] = sa.literal_column(
    "'$[*] ? (@.rule == \"respond_by\").because'::jsonpath"
)


def appointments() -> Query:
    """Select all appointments of which nothing has come, also those whose day went by.

    Columns: ``case_id``, ``id``, ``booked_for`` and ``on``, the day of it in the town.
    """
    columns: tuple[Any, ...] = (
        Inspection.case_id, Inspection.id, Inspection.booked_for,
        day_in_town(Inspection.booked_for).label("on"),
    )  # fmt: skip
    return (
        sa.select(*columns)
        .join(Case, Case.id == Inspection.case_id)
        .where(_is(Inspection.status, *PLANNED), is_open())
        .order_by(Inspection.booked_for, Inspection.id)
    )


def past_deadlines(*, last: date) -> Query:
    """Select cases whose time to correct ends before a day, or in which nobody knows when it does.

    That of a citation that was served is theirs as well; while one waits to be served, no time
    runs. A case whose deadline nobody knows came from another system; of our own, what comes next
    is a warning, not a look.

    Columns: ``case_id``, ``deadline`` (None where nobody knows) and ``looked_on``.
    """
    answer_by = _of_citations(sa.func.max(Citation.answer_by))
    unserved = _of_citations(sa.func.bool_or(Citation.status == CitationStatus.ISSUED))
    deadline = sa.func.greatest(Case.next_due, answer_by)
    unknown = sa.and_(Case.next_due.is_(None), Case.law_pack_id.is_(None))
    runs = sa.or_(
        Case.phase.in_((Phase.OPEN, Phase.CITED)),
        sa.and_(Case.phase == Phase.ORDERED, Case.law_pack_id.is_(None)),
    )
    return (
        sa.select(Case.id.label("case_id"), deadline.label("deadline"), _looked_on())
        .where(
            is_open(), runs, Case.open_violations > 0, sa.or_(Case.next_due < last, unknown),
            sa.or_(deadline.is_(None), deadline < last), unserved.is_not(sa.true()),
        )
        .order_by(Case.id)
    )  # fmt: skip


def unseen() -> Query:
    """Select cases in which something is alleged, or only reported, that nobody has seen yet.

    Columns: ``case_id``, ``category``, ``opened_on``, ``law_pack_id``; ``respond_by`` and
    ``because`` of the first complaint that feeds it.
    """
    first = (
        sa.select(
            Complaint.respond_by,
            sa.func.jsonb_path_query_first(Complaint.screening, _RESPOND_BY).label("because"),
        )
        .where(Complaint.case_id == Case.id, Complaint.respond_by.is_not(None))
        .order_by(Complaint.respond_by, Complaint.id)
        .limit(1)
        .lateral("first_complaint")
    )
    columns: tuple[Any, ...] = (
        Case.id.label("case_id"), Case.category, Case.opened_on, Case.law_pack_id,
        first.c.respond_by, first.c.because,
    )  # fmt: skip
    return (
        sa.select(*columns)
        .outerjoin(first, sa.true())
        .where(is_open(), sa.or_(Case.phase == Phase.REPORTED, has_alleged()))
        .order_by(Case.id)
    )


def orders(*, last: date) -> Query:
    """Select served orders whose day ends before a day, of which nothing was said since.

    Columns: ``case_id``, ``id``, ``deadline``, ``law_pack_id`` and ``looked_on``.
    """
    part = EnforcementOrder
    columns: tuple[Any, ...] = (
        part.case_id, part.id, part.comply_by.label("deadline"), Case.law_pack_id, _looked_on(),
    )  # fmt: skip
    return (
        sa.select(*columns)
        .join(Case, Case.id == part.case_id)
        .where(is_open(), _is(part.status, OrderStatus.SERVED), part.comply_by < last)
        .order_by(part.comply_by, part.id)
    )


def agreements(*, last: date) -> Query:
    """Select what was agreed at hearings, to be kept before a day, with something still open.

    Columns: ``case_id``, ``id``, ``deadline`` and ``looked_on``.
    """
    columns: tuple[Any, ...] = (
        Hearing.case_id, Hearing.id, Hearing.keep_by.label("deadline"), _looked_on(),
    )  # fmt: skip
    return (
        sa.select(*columns)
        .join(Case, Case.id == Hearing.case_id)
        .where(
            _is(Hearing.status, HearingStatus.AGREED), Hearing.keep_by < last,
            condition(Queue.AGREEMENT_PAST, on=last),
        )
        .order_by(Hearing.keep_by, Hearing.id)
    )  # fmt: skip


def to_be_heard(*, first: date, last: date) -> Query:
    """Select docketed hearings on what is wrong at a place, held after one day and by another.

    Columns: ``case_id``, ``id``, ``held_on`` and ``looked_on``.
    """
    columns: tuple[Any, ...] = (
        Hearing.case_id, Hearing.id, HearingSession.held_on, _looked_on(),
    )  # fmt: skip
    return (
        sa.select(*columns)
        .join(HearingSession, HearingSession.id == Hearing.session_id)
        .join(Case, Case.id == Hearing.case_id)
        .where(
            is_open(), _is(Hearing.status, HearingStatus.DOCKETED),
            Hearing.about != About.MITIGATION, HearingSession.held_on > first,
            HearingSession.held_on <= last,
        )
        .order_by(HearingSession.held_on, Hearing.id)
    )  # fmt: skip


def unserved(*, on: date) -> Query:
    """Select notices that are issued and not served, each with what was tried.

    Columns: ``case_id``, ``id``, ``kind``, ``law_pack_id``; ``held_on``, the first day from a day
    on of a hearing that it tells of; and ``attempts``, the facts of each in order.
    """
    tried = sa.func.array_agg(
        sa.dialects.postgresql.aggregate_order_by(ServiceAttempt.facts, ServiceAttempt.id)
    )
    attempts = sa.select(tried).where(ServiceAttempt.notice_id == Notice.id).scalar_subquery()
    held_on = (
        sa.select(sa.func.min(HearingSession.held_on))
        .join(Hearing, Hearing.session_id == HearingSession.id)
        .where(
            Notice.content.has_key("hearings"), Hearing.case_id == Notice.case_id,
            _is(Hearing.status, HearingStatus.DOCKETED), HearingSession.held_on >= on,
            names_its_day(),
        )
        .correlate(Notice)
        .scalar_subquery()
    )  # fmt: skip
    columns: tuple[Any, ...] = (
        Notice.case_id, Notice.id, Notice.kind, Case.law_pack_id, held_on.label("held_on"),
        attempts.label("attempts"),
    )  # fmt: skip
    return (
        sa.select(*columns)
        .join(Case, Case.id == Notice.case_id)
        .where(is_open(), _is(Notice.status, NoticeStatus.ISSUED), Case.law_pack_id.is_not(None))
        .order_by(Notice.id)
    )


def reported() -> Query:
    """Select the complaints that nobody has decided, and that the town may look into.

    Not those held back as maybe none, nor those that the law lets nobody look into without a name.
    Columns: ``complaint_id``, ``respond_by`` and ``because``.
    """
    may_open = sa.func.jsonb_path_query_first(Complaint.screening, MAY_OPEN)
    because = sa.func.jsonb_path_query_first(Complaint.screening, _RESPOND_BY)
    no: sa.ColumnElement[Any] = sa.literal_column("'false'::jsonb")
    return (
        sa.select(
            Complaint.id.label("complaint_id"), Complaint.respond_by, because.label("because")
        )
        .where(
            Complaint.status == ComplaintStatus.RECEIVED, Complaint.law_pack_id.is_not(None),
            may_open.is_distinct_from(no), Complaint.id.not_in(held_back()),
        )
        .order_by(Complaint.id)
    )  # fmt: skip


def about_cases(case_ids: Sequence[int]) -> Query:
    """Select what is told of some cases: where each is, who has it and how urgent it is."""
    violations = Case.open_violations
    return (
        _about(Case, violations, officer=JOINED_HOLDER)
        .outerjoin(Staff, Staff.id == Case.officer_id)
        .outerjoin(Zone, Zone.id == Case.zone_id)
        .where(Case.id == _among(case_ids))
    )


def about_complaints(complaint_ids: Sequence[int]) -> Query:
    """Select the same of some complaints, of which nothing is verified."""
    return (
        _about(Complaint, sa.literal(0).label("open_violations"), officer=Zone.officer_name)
        .outerjoin(Zone, Zone.id == Complaint.zone_id)
        .where(Complaint.id == _among(complaint_ids))
    )


def _about(part: type[Case | Complaint], violations: Any, *, officer: Any) -> Query:
    # Of thousands, the address by a join: the function is asked only where the period has none.
    elsewhere = sa.case(
        (part.parcel_id.is_not(None), sa.func.office.address_of(part.parcel_id, None))
    )
    address = sa.func.coalesce(ParcelPeriod.situs_address, elsewhere, part.stated_address)
    columns: tuple[Any, ...] = (
        part.id, part.number, part.category, part.priority, part.parcel_id, part.zone_id,
        violations, officer.label("officer"), address.label("address"), spot_of(part),
        sa.func.ST_X(part.point).label("lon"), sa.func.ST_Y(part.point).label("lat"),
    )  # fmt: skip
    return sa.select(*columns).outerjoin(ParcelPeriod, ParcelPeriod.id == part.parcel_period_id)


def _among(ids: Sequence[int]) -> sa.ColumnElement[Any]:
    return sa.any_(sa.literal(list(ids), sa.ARRAY(sa.BigInteger)))


def _of_citations(told: Any) -> sa.ScalarSelect[Any]:
    """Select something told of the citations of a case that run."""
    runs = sa.select(told).where(Citation.case_id == Case.id, Citation.status.in_(RUNNING))
    return runs.correlate(Case).scalar_subquery()


def _looked_on() -> sa.ColumnElement[date | None]:
    """Select the day on which a case was last looked at."""
    look = aliased(Inspection)
    latest = sa.select(sa.func.max(look.made_on)).where(look.case_id == Case.id)
    return latest.correlate(Case).scalar_subquery().label("looked_on")


def _is(column: Any, *statuses: str) -> sa.ColumnElement[bool]:
    """Say that a status is one of some, in the words of the index on them, which serves it."""
    named: list[Any] = [sa.literal_column(f"'{each}'") for each in statuses]
    found: sa.ColumnElement[bool] = column == named[0] if len(named) == 1 else column.in_(named)
    return found
