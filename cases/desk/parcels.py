"""Ask what staff may know of a parcel: every case and complaint there, and who owned it."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from cases.lien_facts import Facts, of_ancestors, of_owners
from cases.models import Case, Complaint, Lien
from geo.layers import Ownership


def cases_of(parcel_id: int, *, on: date) -> sa.Select[Any]:
    """Select all cases of a parcel, verified or not, the latest first.

    Columns: ``number``, ``category``, ``opened_on``, ``closed_on``, ``next_due``, ``stage``.
    """
    stage = sa.func.published.stage(Case.phase, Case.next_due, on)
    columns: tuple[Any, ...] = (
        Case.number, Case.category, Case.opened_on, Case.closed_on, Case.next_due,
        stage.label("stage"),
    )  # fmt: skip
    return (
        sa.select(*columns)
        .where(Case.parcel_id == parcel_id)
        .order_by(Case.opened_on.desc().nulls_last(), Case.id.desc())
    )


def owners_of(parcel_id: int) -> sa.Select[Any]:
    """Select who owns and owned a parcel, as the roll says, who owns it now first."""
    columns: tuple[Any, ...] = (
        Ownership.owner_name, Ownership.mail_line, Ownership.mail_city, Ownership.mail_state,
        Ownership.mail_zip, Ownership.homestead, Ownership.valid_from, Ownership.valid_to,
    )  # fmt: skip
    return (
        sa.select(*columns)
        .where(Ownership.parcel_id == parcel_id)
        .order_by(Ownership.valid_to.desc().nulls_first(), Ownership.owner_name)
    )


def liens_on(parcel_id: int) -> sa.Select[Any]:
    """Select the liens recorded against a parcel, published or not, the latest first.

    Columns: the lien's own, ``case_number``.
    """
    return (
        sa.select(Lien.__table__, Case.number.label("case_number"))
        .outerjoin(Case, Case.id == Lien.case_id)
        .where(Lien.parcel_id == parcel_id)
        .order_by(Lien.recorded_on.desc().nulls_last(), Lien.id)
    )


def bound_by(connection: sa.Connection, parcel_id: int, *, on: date) -> list[Facts]:
    """Return the liens recorded against other parcels that bind this one too.

    Those of parcels it was made from, and those whose violator owns it, unless it is a homestead.
    """
    now = owners_of(parcel_id).where(Ownership.valid_to.is_(None))
    names = [row.owner_name for row in connection.execute(now)]
    theirs = of_owners(connection, parcel_id, names, on=on)
    return [
        *of_ancestors(connection, parcel_id, on=on),
        *(each for each in theirs if not each["homestead"]),
    ]


def complaints_at(parcel_id: int) -> sa.Select[Any]:
    """Select the complaints about a parcel, the latest first; never who made them."""
    columns: tuple[Any, ...] = (
        Complaint.number, Complaint.category, Complaint.received_on, Complaint.status,
        Complaint.description,
    )  # fmt: skip
    return (
        sa.select(*columns)
        .where(Complaint.parcel_id == parcel_id)
        .order_by(Complaint.received_on.desc().nulls_last(), Complaint.id.desc())
    )
