"""Ask what waits for a person since a year's parcels came in, and what each year made of them."""

from typing import Any

import sqlalchemy as sa

from cases.models import Case, Complaint, Hazard, Lien, Succession
from geo.layers import ImportRun, Parcel, ParcelFate, ParcelLineage, ParcelPeriod, ParcelRefresh


def waiting() -> sa.Select[Any]:
    """Select what waits for a person, in the order it came.

    Columns: the succession's own; ``as_of``; ``fate`` and ``parcel_no`` of the parcel that ended;
    ``named``, what it is called; ``case_number`` where it is a case or of one.
    """
    case, lien_case = Case.__table__, Case.__table__.alias("lien_case")
    columns: tuple[Any, ...] = (
        *Succession.__table__.columns, ParcelRefresh.as_of, ParcelFate.fate, ParcelFate.parcel_no,
        sa.func.coalesce(
            case.c.number, Complaint.number, Lien.instrument_no, Hazard.note
        ).label("named"),
        sa.func.coalesce(case.c.number, lien_case.c.number).label("case_number"),
    )  # fmt: skip
    return (
        sa.select(*columns)
        .select_from(Succession)
        .join(ParcelRefresh, ParcelRefresh.import_run_id == Succession.import_run_id)
        .join(
            ParcelFate,
            sa.and_(
                ParcelFate.import_run_id == Succession.import_run_id,
                ParcelFate.parcel_id == Succession.from_parcel_id,
            ),
        )
        .outerjoin(case, _is("case", case.c.id))
        .outerjoin(Complaint, _is("complaint", Complaint.id))
        .outerjoin(Lien, _is("lien", Lien.id))
        .outerjoin(lien_case, lien_case.c.id == Lien.case_id)
        .outerjoin(Hazard, _is("hazard", Hazard.id))
        .where(Succession.decided_on.is_(None))
        .order_by(Succession.id)
    )


def _is(kind: str, row_id: Any) -> Any:
    return sa.and_(Succession.kind == kind, Succession.row_id == row_id)


def how_many_wait() -> sa.Select[Any]:
    """Select how many wait."""
    undecided = Succession.decided_on.is_(None)
    return sa.select(sa.func.count()).select_from(Succession).where(undecided)


def parts_of(parcel_id: int) -> sa.Select[Any]:
    """Select the parcels made of one that ended, the largest part first.

    Columns: ``parcel_id``, ``parcel_no``, ``situs_address``, ``share`` of the ended one's area.
    """
    columns: tuple[Any, ...] = (
        Parcel.id.label("parcel_id"), Parcel.parcel_no, ParcelPeriod.situs_address,
        ParcelLineage.share,
    )  # fmt: skip
    return (
        sa.select(*columns)
        .join(ParcelLineage, ParcelLineage.child_id == Parcel.id)
        .join(ParcelPeriod, ParcelPeriod.parcel_id == Parcel.id)
        .where(ParcelLineage.parent_id == parcel_id, ParcelPeriod.valid_to.is_(None))
        .order_by(ParcelLineage.share.desc(), Parcel.parcel_no)
    )


def refreshes() -> sa.Select[Any]:
    """Select the years of parcels that were taken in over others, the latest first.

    Columns: the refresh's own, ``file_name``, ``actor``, and ``fates``: how many parcels there are
    of each, as JSON.
    """
    each = (
        sa.select(
            ParcelFate.import_run_id, ParcelFate.fate, sa.func.count().label("parcels")
        )
        .group_by(ParcelFate.import_run_id, ParcelFate.fate)
        .subquery()
    )  # fmt: skip
    fates = (
        sa.select(sa.func.jsonb_object_agg(each.c.fate, each.c.parcels))
        .where(each.c.import_run_id == ParcelRefresh.import_run_id)
        .scalar_subquery()
    )
    columns: tuple[Any, ...] = (
        *ParcelRefresh.__table__.columns, ImportRun.file_name, ImportRun.actor,
        sa.func.coalesce(fates, sa.text("'{}'::jsonb")).label("fates"),
    )  # fmt: skip
    return (
        sa.select(*columns)
        .join(ImportRun, ImportRun.id == ParcelRefresh.import_run_id)
        .order_by(ParcelRefresh.import_run_id.desc())
    )
