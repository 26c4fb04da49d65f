"""Show what is on record where something is reported, before it is made a matter of its own."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from cases.lawpack.schema import LawPack
from cases.models import Case, Complaint
from cases.phases import ENDED
from cases.receiving import near
from cases.tying import LonLat
from cases.workflow.complaint import ComplaintStatus


def matters(
    law: LawPack,
    *,
    parcel_id: int | None,
    point: LonLat | None,
    category: str,
    stated: str | None,
    on: date,
) -> sa.Select[Any]:
    """Select the complaints and cases that may be about the same matter, the likeliest first.

    Columns: those of `cases.duplicates.duplicates_of`, and ``status`` (of a case its phase),
    ``since``, ``due``, ``said`` (what was reported) and ``into`` (the number of the case that a
    complaint feeds).
    """
    about = near(
        law, parcel_id=parcel_id, point=point, category=category, stated=stated, on=on
    )  # fmt: skip
    found = about.subquery("found")
    is_case = found.c.kind == "case"
    fed = sa.orm.aliased(Case)
    columns: tuple[Any, ...] = (
        *found.c,
        sa.func.coalesce(Case.phase, Complaint.status).label("status"),
        sa.func.coalesce(Case.opened_on, Complaint.received_on).label("since"),
        sa.func.coalesce(Case.next_due, Complaint.respond_by).label("due"),
        Complaint.description.label("said"),
        fed.number.label("into"),
    )
    return (
        sa.select(*columns)
        .outerjoin(Case, sa.and_(is_case, Case.id == found.c.id))
        .outerjoin(Complaint, sa.and_(~is_case, Complaint.id == found.c.id))
        .outerjoin(fed, fed.id == Complaint.case_id)
        .order_by(found.c.same_parcel.desc(), found.c.metres.nulls_last(), found.c.number)
    )


def may_be_doubled(matter: Any, *, category: str) -> bool:
    """Tell whether a new report of a category would double a matter: open, and of the same kind.

    A complaint that was decided lives on in its case.

    Parameters
    ----------
    matter
        A row of `matters`.
    """
    if matter.category != category:
        return False
    if matter.kind == "case":
        return matter.status not in ENDED
    return bool(matter.status == ComplaintStatus.RECEIVED)


def beside(
    connection: sa.Connection, law: LawPack | None, *, case_id: int, on: date
) -> list[sa.Row[Any]]:
    """Return the open matters of a case's own kind on the parcel that it lies on, as `matters`.

    None of a case on no parcel, nor where no law says how near another matter is.
    """
    case = connection.execute(
        sa.select(Case.parcel_id, Case.category).where(Case.id == case_id)
    ).one()  # fmt: skip
    if law is None or case.parcel_id is None:
        return []
    found = matters(
        law, parcel_id=case.parcel_id, point=None, category=case.category, stated=None, on=on
    )
    return [
        each for each in connection.execute(found)
        if may_be_doubled(each, category=case.category)
        and (each.kind, each.id) != ("case", case_id)
    ]  # fmt: skip
