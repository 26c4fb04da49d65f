"""Draw up everything that binds or may come to bind a parcel, as one answer that can be frozen."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import sqlalchemy as sa

from cases import further_days
from cases.accruing import certified_orders
from cases.adopted import NoLawError
from cases.desk.parcels import owners_of
from cases.errors import CaseError
from cases.exposure import open_liens, other_property, reckoned
from cases.ledger.reading import in_credit, owed
from cases.models import Case, Citation, EnforcementOrder, Lien, Ordinance, Respondent, Violation
from cases.ordered import fine_of
from cases.owners.names import name_key
from cases.phases import ENDED
from cases.stages import stage
from cases.statements import payoff_of_case
from cases.workflow.lien import BINDING
from cases.workflow.order import OrderStatus
from cases.workflow.violation import ViolationStatus
from geo.layers import Parcel, ParcelLineage, ParcelPeriod

type Facts = dict[str, Any]
"""Plain JSON: days as ISO 8601, money in whole cents."""

_STANDS = (
    OrderStatus.ENTERED, OrderStatus.SERVED, OrderStatus.COMPLIED, OrderStatus.NONCOMPLIANT,
    OrderStatus.CONTESTED, OrderStatus.CERTIFIED,
)  # fmt: skip


def draw_up(connection: sa.Connection, parcel_id: int, *, good_through: date, on: date) -> Facts:
    """Return what is to be told of a parcel.

    Holds ``parcel``, ``cases`` that have not ended, ``violations`` not corrected, ``liens`` that
    bind it in the order of their recording, which is that of their priority, ``elsewhere`` (liens
    of other parcels that bind it because their violator owns it), ``orders`` no lien is recorded
    for, ``potential`` amounts that nobody has imposed, and ``payoffs``, a case each. Their sum
    frees the parcel only where it ``is_whole``: no lien came from a file, whose balance is not
    kept here, and no case is barred from collection.

    Parameters
    ----------
    good_through
        The last day on which the sums hold; it is counted.
    on
        The town's day.
    """
    liens = list(connection.execute(open_liens().where(Lien.parcel_id == parcel_id)))
    cases = list(connection.execute(_cases(parcel_id)))
    parcel = _parcel(connection, parcel_id)
    payoffs = list(_payoffs(connection, cases, good_through=good_through, on=on))
    bound = list(_liens(connection, liens, on=good_through))
    unknown = [each for each in bound if each["accrued_cents"] is None]
    return {
        "as_of": on.isoformat(),
        "good_through": good_through.isoformat(),
        "parcel": parcel,
        "cases": [_case(row, on=on) for row in cases if row.phase not in ENDED],
        "violations": list(_violations(connection, parcel_id)),
        "liens": bound,
        "elsewhere": list(_elsewhere(connection, parcel_id, parcel["owners"])),
        "orders": list(_orders(connection, parcel_id, on=good_through)),
        "potential": list(_potential(connection, parcel_id, on=good_through)),
        "payoffs": payoffs,
        "is_whole": not unknown and not any(each["refused"] for each in payoffs),
        "total_cents": sum(each["total_cents"] or 0 for each in payoffs),
        "per_diem_cents": sum(each["per_diem_cents"] or 0 for each in payoffs),
    }


def _parcel(connection: sa.Connection, parcel_id: int) -> Facts:
    query = (
        sa.select(Parcel.parcel_no, ParcelPeriod.situs_address)
        .outerjoin(
            ParcelPeriod,
            sa.and_(ParcelPeriod.parcel_id == Parcel.id, ParcelPeriod.valid_to.is_(None)),
        )
        .where(Parcel.id == parcel_id)
    )
    row = connection.execute(query).one()
    before = (
        sa.select(Parcel.parcel_no)
        .join(ParcelLineage, ParcelLineage.parent_id == Parcel.id)
        .where(ParcelLineage.child_id == parcel_id, Parcel.id != parcel_id)
        .order_by(Parcel.parcel_no)
    )
    owners = connection.execute(owners_of(parcel_id)).all()
    return {
        "parcel_no": row.parcel_no,
        "situs_address": row.situs_address,
        "owners": [each.owner_name for each in owners if each.valid_to is None],
        "came_from": list(connection.scalars(before)),
    }


def _cases(parcel_id: int) -> sa.Select[Any]:
    return sa.select(Case.__table__).where(Case.parcel_id == parcel_id).order_by(Case.id)


def _case(row: sa.Row[Any], *, on: date) -> Facts:
    return {
        "number": row.number,
        "category": row.category,
        "opened_on": _iso(row.opened_on),
        "stage": str(stage(row.phase, row.next_due, on=on)),
        "verified": row.published,
    }


def _violations(connection: sa.Connection, parcel_id: int) -> Iterator[Facts]:
    query = (
        sa.select(
            Case.number, Ordinance.citation, Violation.section, Violation.found_on,
            Violation.comply_by,
        )
        .join(Case, Case.id == Violation.case_id)
        .join(Ordinance, Ordinance.id == Violation.ordinance_id)
        .where(Case.parcel_id == parcel_id, Violation.status == ViolationStatus.OPEN)
        .order_by(Violation.id)
    )  # fmt: skip
    for row in connection.execute(query):
        yield {
            "case": row.number,
            "provision": row.citation,
            "found_on": _iso(row.found_on),
            "comply_by": _iso(row.comply_by),
        }


def _liens(connection: sa.Connection, liens: list[sa.Row[Any]], *, on: date) -> Iterator[Facts]:
    grown = reckoned(connection, liens, on=on)
    for place, (lien, each) in enumerate(zip(liens, grown, strict=True), start=1):
        yield {
            **_recorded(lien),
            "priority": place,
            "principal_cents": each.principal_cents,
            "accrued_cents": each.accrued_cents,
            "per_diem_cents": each.per_diem_cents,
            "expires_on": _iso(each.expires_on),
        }


def _elsewhere(connection: sa.Connection, parcel_id: int, owners: list[str]) -> Iterator[Facts]:
    """Yield the liens of other parcels whose violator owns this one (s. 162.09(3), Florida)."""
    keys = {name_key(name) for name in owners} - {""}
    named = (
        sa.select(Lien.case_id, Respondent.name)
        .join(Respondent, Respondent.case_id == Lien.case_id)
        .where(Lien.status.in_(BINDING), Lien.parcel_id != parcel_id)
        .distinct()
    )
    rows = connection.execute(named).all() if keys else []
    for case_id in sorted({row.case_id for row in rows if name_key(row.name) in keys}):
        here = [
            each
            for each in connection.execute(_other_property(connection, case_id))
            if each.parcel_id == parcel_id
        ]
        for lien in connection.execute(open_liens().where(Lien.case_id == case_id)) if here else ():
            homestead = any(each.homestead for each in here)
            yield {**_recorded(lien), "parcel": lien.parcel_no, "homestead": homestead}


def _other_property(connection: sa.Connection, case_id: int) -> sa.Select[Any]:
    try:
        return other_property(connection, case_id)
    except NoLawError:  # a case of another system, whose law is not known here
        return sa.select(Parcel.id).where(sa.false())


def _recorded(lien: sa.Row[Any]) -> Facts:
    return {
        "instrument_no": lien.instrument_no,
        "book": lien.book,
        "page": lien.page,
        "recorded_on": _iso(lien.recorded_on),
        "case": lien.case_number,
        "order": lien.order_number,
    }


def _orders(connection: sa.Connection, parcel_id: int, *, on: date) -> Iterator[Facts]:
    bound = sa.select(Lien.order_id).where(Lien.order_id.is_not(None), Lien.status.in_(BINDING))
    query = (
        sa.select(EnforcementOrder.__table__, Case.number.label("case_number"))
        .join(Case, Case.id == EnforcementOrder.case_id)
        .where(
            Case.parcel_id == parcel_id,
            EnforcementOrder.status.in_(_STANDS),
            EnforcementOrder.id.not_in(bound),
        )
        .order_by(EnforcementOrder.id)
    )
    for row in connection.execute(query).all():
        fine = fine_of(connection, row.id, as_of=on)
        yield {
            "number": row.number,
            "case": row.case_number,
            "status": row.status,
            "executed_on": _iso(row.executed_on),
            "comply_by": _iso(row.comply_by),
            "instrument_no": row.instrument_no,
            "imposed": row.certified_on is not None,
            "fine_cents": fine.total_cents,
            "per_diem_cents": fine.per_diem_cents,
        }


def _potential(connection: sa.Connection, parcel_id: int, *, on: date) -> Iterator[Facts]:
    """Yield what further days of a citation have come to that nobody has imposed."""
    query = (
        sa.select(Citation.id, Citation.number, Case.number.label("case_number"))
        .join(Case, Case.id == Citation.case_id)
        .where(Case.parcel_id == parcel_id)
        .order_by(Citation.id)
    )
    for row in connection.execute(query).all():
        try:
            fine = further_days.reckon(connection, row.id, as_of=on)
        except further_days.NoFurtherDaysError:
            continue
        left = fine.total_cents - further_days.imposed(connection, row.id)
        if left > 0:
            yield {
                "case": row.case_number,
                "citation": row.number,
                "cents": left,
                "per_diem_cents": fine.per_diem_cents,
            }


def _payoffs(
    connection: sa.Connection, cases: list[sa.Row[Any]], *, good_through: date, on: date
) -> Iterator[Facts]:
    for row in cases:
        owes = any(owed(connection, row.id).values()) or in_credit(connection, row.id)
        if not (owes or certified_orders(connection, row.id)):
            continue
        try:
            payoff = payoff_of_case(connection, row.id, good_through=good_through, today=on)
        except CaseError as barred:
            yield {
                "case": row.number, "total_cents": None, "per_diem_cents": None, "lines": [],
                "refused": str(barred),
            }  # fmt: skip
            continue
        yield {
            "case": row.number,
            "total_cents": payoff.total_cents,
            "per_diem_cents": payoff.per_diem_cents,
            "lines": [{"what": line.label, "cents": line.cents} for line in payoff.lines],
            "refused": None,
        }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
