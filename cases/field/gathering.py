"""Ask for what is needed at many stops at once: one statement a kind, however many stops."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from cases.models import (
    Case,
    CaseEvent,
    Citation,
    Lien,
    Notice,
    NoticeViolation,
    Ordinance,
    Respondent,
    Violation,
)
from cases.notice_words import NoticeKind
from cases.telling import STANDS
from cases.workflow.citation import RUNNING, CitationStatus
from cases.workflow.lien import BINDING
from cases.workflow.notice import NoticeStatus
from cases.workflow.violation import ViolationStatus
from geo.layers import Ownership, Parcel, ParcelPeriod

_TO_SEE = (ViolationStatus.ALLEGED, ViolationStatus.OPEN)
_OUTLINE_DIGITS = 6
"""Of a degree: a tenth of a metre, finer than a phone's screen shows."""


def violations(case_ids: Sequence[int]) -> sa.Select[Any]:
    """Select what is alleged or open in some cases, in the order it was found."""
    return (
        sa.select(Violation.__table__, Ordinance.citation, Ordinance.title)
        .join(Ordinance, Ordinance.id == Violation.ordinance_id)
        .where(Violation.case_id.in_(case_ids), Violation.status.in_(_TO_SEE))
        .order_by(Violation.id)
    )


def respondents(case_ids: Sequence[int]) -> sa.Select[Any]:
    """Select who answers in some cases now."""
    return (
        sa.select(Respondent.__table__)
        .where(Respondent.case_id.in_(case_ids), Respondent.until.is_(None))
        .order_by(Respondent.id)
    )


def running_citations(case_ids: Sequence[int]) -> sa.Select[Any]:
    """Select the citations of some cases that have not come to their end."""
    columns: tuple[Any, ...] = (Citation.violation_id, Citation.number)
    return sa.select(*columns).where(Citation.case_id.in_(case_ids), Citation.status.in_(RUNNING))


def unserved_citations(case_ids: Sequence[int]) -> sa.Select[Any]:
    """Select the citations of some cases that are issued and not served, with whom they name."""
    return (
        sa.select(
            Citation.case_id, Citation.number, Citation.penalty_cents,
            Notice.content["recipient"].astext.label("recipient"),
        )
        .join(Notice, Notice.id == Citation.notice_id)
        .where(Citation.case_id.in_(case_ids), Citation.status == CitationStatus.ISSUED)
        .order_by(Citation.id)
    )  # fmt: skip


def unserved_notices(case_ids: Sequence[int]) -> sa.Select[Any]:
    """Select the notices of some cases that are issued and not served, with whom they name."""
    return (
        sa.select(
            Notice.case_id, Notice.id, Notice.kind,
            Notice.content["recipient"].astext.label("recipient"),
        )
        .where(Notice.case_id.in_(case_ids), Notice.status == NoticeStatus.ISSUED)
        .order_by(Notice.id)
    )  # fmt: skip


def warnings(case_ids: Sequence[int]) -> sa.Select[Any]:
    """Select the warnings of some cases that stand, each with every violation it names."""
    columns: tuple[Any, ...] = (NoticeViolation.violation_id, Notice.respondent_id, Notice.status)
    return (
        sa.select(*columns)
        .join(Notice, Notice.id == NoticeViolation.notice_id)
        .where(
            Notice.case_id.in_(case_ids),
            Notice.kind == NoticeKind.WARNING,
            Notice.status.in_(STANDS),
        )
    )


def last_events(case_ids: Sequence[int], *, most: int) -> sa.Select[Any]:
    """Select the last events of some cases, in the order they were written."""
    columns = CaseEvent.__table__.c
    last = (
        sa.select(*columns)
        .where(CaseEvent.case_id == Case.id)
        .order_by(CaseEvent.seq.desc())
        .limit(most)
        .lateral("last_events")
    )
    return (
        sa.select(last)
        .select_from(Case)
        .join(last, sa.true())
        .where(Case.id.in_(case_ids))
        .order_by(last.c.case_id, last.c.seq)
    )


def parcels(parcel_ids: Sequence[int]) -> sa.Select[Any]:
    """Select some parcels as they are now: number, use, owners, and outline as GeoJSON."""
    owners = (
        sa.select(sa.func.array_agg(Ownership.owner_name))
        .where(Ownership.parcel_id == Parcel.id, Ownership.valid_to.is_(None))
        .scalar_subquery()
    )
    outline = sa.cast(
        sa.func.ST_AsGeoJSON(ParcelPeriod.geom, _OUTLINE_DIGITS), sa.dialects.postgresql.JSONB
    )
    return (
        sa.select(
            Parcel.id, Parcel.parcel_no, ParcelPeriod.land_use,
            outline.label("outline"), owners.label("owners"),
        )
        .join(ParcelPeriod, ParcelPeriod.parcel_id == Parcel.id)
        .where(Parcel.id.in_(parcel_ids), ParcelPeriod.valid_to.is_(None))
    )  # fmt: skip


def cases_of_parcels(parcel_ids: Sequence[int], *, most: int) -> sa.Select[Any]:
    """Select the latest cases of some parcels, open or ended; void ones are left out."""
    latest = (
        sa.select(
            Case.id, Case.parcel_id, Case.number, Case.category, Case.phase, Case.next_due,
            Case.opened_on, Case.closed_on,
        )
        .where(Case.parcel_id == Parcel.id, Case.voided_on.is_(None))
        .order_by(Case.opened_on.desc().nulls_last(), Case.id.desc())
        .limit(most)
        .lateral("latest")
    )  # fmt: skip
    return (
        sa.select(latest)
        .select_from(Parcel)
        .join(latest, sa.true())
        .where(Parcel.id.in_(parcel_ids))
        .order_by(latest.c.parcel_id, latest.c.opened_on.desc().nulls_last(), latest.c.id.desc())
    )


def liens(parcel_ids: Sequence[int]) -> sa.Select[Any]:
    """Select the liens that bind some parcels."""
    columns: tuple[Any, ...] = (Lien.parcel_id, Lien.instrument_no, Lien.amount_cents)
    return (
        sa.select(*columns)
        .where(Lien.parcel_id.in_(parcel_ids), Lien.status.in_(BINDING))
        .order_by(Lien.recorded_on.desc().nulls_last(), Lien.id)
    )
