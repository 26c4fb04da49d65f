"""Find what waits for an officer: visits arranged, deadlines that passed, reports to look into."""

from collections.abc import Collection
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from cases.assigning import held_by
from cases.field.warning import WARNED
from cases.models import Case, Complaint, Inspection, Notice, NoticeViolation, Violation
from cases.notice_words import NoticeKind
from cases.phases import ENDED, Phase
from cases.stages import DUE_SOON
from cases.visiting.spots import MAY_OPEN, end_of, has_alleged, spot_of, told_of
from cases.workflow.complaint import ComplaintStatus
from cases.workflow.inspection import PLANNED
from cases.workflow.violation import ViolationStatus
from geo.layers import Zone


class Why(StrEnum):
    """Why a place is to be visited, the most pressing first."""

    BOOKED = "booked"
    OVERDUE = "overdue"
    NEW = "new"
    DUE_SOON = "due_soon"
    BEGUN = "begun"  # lately, so that whoever saw it can go on with it
    PLANNED = "planned"  # for nothing of that, but the day's plan goes there


BEGUN_FOR = timedelta(days=30)
"""How long a case that nobody was warned of stays on the route; then the desk takes it up."""


def _arranged(*, before: datetime) -> Any:
    """Select each case's next arranged visit, where it is before a moment."""
    return (
        sa.select(
            Inspection.id.label("inspection"),
            Inspection.booked_for,
            Inspection.status.label("appointment"),
        )
        .where(
            Inspection.case_id == Case.id,
            Inspection.status.in_(PLANNED),
            Inspection.booked_for < before,
        )
        .order_by(Inspection.booked_for, Inspection.id)
        .limit(1)
        .lateral("arranged")
    )


def cases_to_visit(officer: str, *, on: date, zone: tzinfo, most: int) -> sa.Select[Any]:
    """Select the open cases of an officer that are to be visited, the most pressing first.

    Parameters
    ----------
    officer
        By name, as zones and histories keep it.
    on
        The day, in the town's calendar.
    zone
        The town's time zone.
    most
        How many at most; the column ``in_all`` says how many there are.
    """
    arranged = _arranged(before=end_of(on, zone=zone))
    why = _why(arranged, on=on)
    rank = sa.case({each: at for at, each in enumerate(Why)}, value=why)
    order = (rank, arranged.c.booked_for, Case.priority, Case.next_due, Case.id)
    # Addresses are looked up of those alone that are told.
    told = (
        sa.select(
            Case.id.label("case_id"), why.label("why"), arranged,
            sa.func.row_number().over(order_by=order).label("place"),
            sa.func.count().over().label("in_all"),
        )
        .outerjoin(arranged, sa.true())
        .where(*_theirs(officer), why.is_not(None))
        .order_by(*order)
        .limit(most)
        .cte("told")
        .prefix_with("MATERIALIZED", dialect="postgresql")
    )  # fmt: skip
    columns = (
        Case.phase, Case.next_due, Case.opened_on, told.c.inspection, told.c.booked_for,
        told.c.appointment, told.c.why, told.c.in_all,
    )  # fmt: skip
    return (
        sa.select(*told_of(Case), *columns)
        .join(told, told.c.case_id == Case.id)
        .order_by(told.c.place)
    )


def planned_cases(
    case_ids: Collection[int], officer: str, *, on: date, zone: tzinfo
) -> sa.Select[Any]:
    """Select the open ones of some cases, as `cases_to_visit` does, whoever has them.

    Columns ``theirs`` (whether the officer has it and it waits for a visit) beside theirs.
    """
    arranged = _arranged(before=end_of(on, zone=zone))
    why = _why(arranged, on=on)
    columns = (
        Case.phase, Case.next_due, Case.opened_on, arranged.c.inspection, arranged.c.booked_for,
        arranged.c.appointment, sa.func.coalesce(why, Why.PLANNED).label("why"),
        sa.and_(held_by(officer), why.is_not(None)).label("theirs"),
    )  # fmt: skip
    return (
        sa.select(*told_of(Case), *columns)
        .outerjoin(arranged, sa.true())
        .where(Case.id.in_(case_ids), Case.closed_on.is_(None), Case.voided_on.is_(None))
        .order_by(Case.id)
    )


def places_seen(officer: str, *, on: date) -> sa.Select[Any]:
    """Select the places an officer saw on a day, also those of cases that came to their end."""
    return (
        sa.select(spot_of(Case))
        .join(Inspection, Inspection.case_id == Case.id)
        .where(Inspection.made_on == on, Inspection.officer == officer)
        .distinct()
    )


def _theirs(officer: str) -> tuple[Any, ...]:
    return (held_by(officer), Case.closed_on.is_(None), Case.voided_on.is_(None))


def _why(arranged: Any, *, on: date) -> Any:
    """Say why a case is to be visited; NULL where it is not."""
    unseen = sa.or_(has_alleged(), Case.phase == Phase.REPORTED)
    return sa.case(
        (arranged.c.inspection.is_not(None), Why.BOOKED),
        (sa.and_(Case.open_violations > 0, Case.next_due < on), Why.OVERDUE),
        (unseen, Why.NEW),
        (sa.and_(Case.open_violations > 0, Case.next_due <= on + DUE_SOON), Why.DUE_SOON),
        (sa.and_(Case.open_violations > 0, _begun(on=on)), Why.BEGUN),
    )


def _begun(*, on: date) -> Any:
    """Tell whether a case was opened today, or lately and goes nowhere yet."""
    named: tuple[Any, ...] = (Notice.case_id, Notice.kind, Notice.status)
    case_id, kind, status = named
    warned = (
        sa.select(Notice.id)
        .join(NoticeViolation, NoticeViolation.notice_id == Notice.id)
        .join(Violation, Violation.id == NoticeViolation.violation_id)
        .where(
            case_id == Case.id, kind == NoticeKind.WARNING, status.in_(WARNED),
            Violation.status == ViolationStatus.OPEN,
        )
        .exists()
    )  # fmt: skip
    return sa.or_(
        Case.opened_on == on,
        sa.and_(
            Case.opened_on > on - BEGUN_FOR, Case.phase == Phase.OPEN, Case.next_due.is_(None),
            ~warned,
        ),
    )  # fmt: skip


def open_cases(officer: str, *, most: int) -> sa.Select[Any]:
    """Select the open cases of an officer, the latest, visited or not.

    Columns ``opened_on`` and ``sections`` (of what is alleged or open) beside theirs.
    """
    # Addresses are looked up of those alone that are told.
    latest = (
        sa.select(Case.id.label("case_id"))
        .where(*_theirs(officer), Case.phase.not_in(sorted(ENDED)))
        .order_by(Case.opened_on.desc().nulls_last(), Case.id.desc())
        .limit(most)
        .cte("latest")
        .prefix_with("MATERIALIZED", dialect="postgresql")
    )
    recorded = sa.select(Violation.section).where(
        Violation.case_id == Case.id,
        Violation.status.in_((ViolationStatus.ALLEGED, ViolationStatus.OPEN)),
        Violation.section.is_not(None),
    )
    return sa.select(
        *told_of(Case), Case.opened_on, sa.func.array(recorded.scalar_subquery()).label("sections")
    ).join(latest, latest.c.case_id == Case.id)


def complaints_to_visit(officer: str, *, most: int) -> sa.Select[Any]:
    """Select the complaints in an officer's zone that nobody has decided, by their day to answer.

    Never who made them. Columns ``may_open`` (as the review said) and ``in_all`` beside theirs.
    """
    order = (Complaint.respond_by.nulls_last(), Complaint.priority, Complaint.id)
    query = _undecided(sa.func.count().over().label("in_all"))
    query = query.join(Zone, Zone.id == Complaint.zone_id).where(Zone.officer_name == officer)
    return query.order_by(*order).limit(most)


def planned_complaints(complaint_ids: Collection[int], officer: str) -> sa.Select[Any]:
    """Select the undecided ones of some complaints, as `complaints_to_visit` does, of any zone.

    Column ``theirs`` (whether it lies in a zone of the officer) beside theirs.
    """
    query = _undecided(sa.func.coalesce(Zone.officer_name == officer, sa.false()).label("theirs"))
    query = query.outerjoin(Zone, Zone.id == Complaint.zone_id)
    return query.where(Complaint.id.in_(complaint_ids)).order_by(Complaint.id)


def _undecided(*more: Any) -> sa.Select[Any]:
    review = sa.func.jsonb_path_query_first(Complaint.screening, MAY_OPEN)
    return sa.select(
        *told_of(Complaint), Complaint.description, Complaint.respond_by, Complaint.received_on,
        review.label("may_open"), *more,
    ).where(
        Complaint.status == ComplaintStatus.RECEIVED, Complaint.law_pack_id.is_not(None)
    )  # fmt: skip
