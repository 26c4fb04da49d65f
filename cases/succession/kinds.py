"""Name what stands on a parcel, and which of it is followed when the parcel ends."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from cases.history import CASES, COMPLAINTS, Chain
from cases.models import Case, Complaint, Hazard, LedgerBalance, Lien, Permit
from cases.workflow.complaint import ComplaintStatus
from cases.workflow.lien import BINDING


@dataclass(frozen=True, slots=True)
class Kind:
    """Something that stands on a parcel.

    Attributes
    ----------
    is_open
        Which of it is followed: what is over stays where it was.
    chain, about
        The history in which its moves are told, and the column that says whose; None without one.
    named
        What it is called beside its history.
    has_point
        It has a place on the map, which is to lie inside its parcel.
    waits
        Where several parcels took the ground over, a person says which; else it stays.
    """

    word: str
    table: Any
    is_open: Callable[[], Any]
    chain: Chain | None = None
    about: Any = None
    named: Any = None
    has_point: bool = False
    waits: bool = True


def _uneven() -> Any:
    """Tell of a case that its books are not even: it owes, or is owed."""
    return sa.exists().where(LedgerBalance.case_id == Case.id, LedgerBalance.cents != 0)


KINDS = (
    Kind(
        "case", Case, lambda: Case.voided_on.is_(None) & (Case.closed_on.is_(None) | _uneven()),
        chain=CASES, about=Case.id, named=Case.number, has_point=True,
    ),
    Kind(
        "complaint", Complaint, lambda: Complaint.status == ComplaintStatus.RECEIVED,
        chain=COMPLAINTS, about=Complaint.id, named=Complaint.number, has_point=True,
    ),
    Kind(
        "lien", Lien, lambda: Lien.status.in_(BINDING),
        chain=CASES, about=Lien.case_id, named=Lien.instrument_no,
    ),
    Kind("hazard", Hazard, lambda: Hazard.lifted_at.is_(None), named=Hazard.note),
    Kind("permit", Permit, sa.true, named=Permit.number, waits=False),
)  # fmt: skip
"""A lien binds what was made of its lot by their lineage too, moved or not (`cases.exposure`)."""


def kind_of(word: str) -> Kind:
    """Return the kind a succession names."""
    return next(kind for kind in KINDS if kind.word == word)


def standing(kind: Kind) -> sa.Select[Any]:
    """Select what is of a kind: ``id``, ``parcel_id``, ``about`` and ``named``, held."""
    about = sa.cast(sa.null(), sa.BigInteger) if kind.about is None else kind.about
    return (
        sa.select(
            kind.table.id, kind.table.parcel_id, about.label("about"), kind.named.label("named")
        )
        .order_by(kind.table.id)
        .with_for_update(of=kind.table)
    )
