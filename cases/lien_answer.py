"""Draw up everything that binds or may come to bind a parcel, as one answer that can be frozen."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import sqlalchemy as sa

from cases import further_days
from cases.accruing import certified_orders
from cases.desk.parcels import owners_of
from cases.errors import CaseError
from cases.ledger.reading import in_credit, owed
from cases.lien_facts import Facts, iso, of_ancestors, of_owners, of_parcel
from cases.lineage import ancestors
from cases.models import Case, Citation, EnforcementOrder, Lien, Ordinance, Violation
from cases.ordered import fine_of
from cases.phases import ENDED
from cases.stages import stage
from cases.standing import due_on
from cases.statements import payoff_of_case
from cases.workflow.citation import RUNNING, CitationStatus
from cases.workflow.lien import BINDING
from cases.workflow.order import OrderStatus
from cases.workflow.violation import ViolationStatus
from geo.layers import Parcel, ParcelPeriod

_STANDS = (
    OrderStatus.ENTERED, OrderStatus.SERVED, OrderStatus.COMPLIED, OrderStatus.NONCOMPLIANT,
    OrderStatus.CONTESTED, OrderStatus.CERTIFIED,
)  # fmt: skip


def draw_up(connection: sa.Connection, parcel_id: int, *, good_through: date, on: date) -> Facts:
    """Return what is to be told of a parcel.

    Holds ``parcel``, ``cases`` that have not ended, ``violations`` not corrected, ``liens`` that
    bind it in the order of their recording, which is that of their priority, ``before`` (liens of
    the parcels it was made from), ``elsewhere`` (liens of other parcels that bind it because their
    violator owns it), ``orders`` no lien is recorded for, ``potential`` amounts that may yet be
    imposed, and ``payoffs``, a case each. Their sum frees the parcel only where it ``is_whole``:
    no lien is on another parcel or came from a file, whose balance is not kept here, and no case
    is barred from collection. It ``is_clear`` where nothing of all that is there, and it was made
    from no other parcel.

    Parameters
    ----------
    good_through
        The last day on which the sums hold; it is counted.
    on
        The town's day.
    """
    cases = list(connection.execute(_cases(parcel_id)))
    parcel = _parcel(connection, parcel_id)
    told = {
        "cases": [_case(row, on=on) for row in cases if row.phase not in ENDED],
        "violations": list(_violations(connection, parcel_id)),
        "liens": list(of_parcel(connection, parcel_id, on=good_through)),
        "before": list(of_ancestors(connection, parcel_id, on=good_through)),
        "elsewhere": list(of_owners(connection, parcel_id, parcel["owners"], on=good_through)),
        "orders": list(_orders(connection, parcel_id, on=good_through)),
        "potential": list(_potential(connection, parcel_id, on=good_through)),
        "payoffs": list(_payoffs(connection, cases, good_through=good_through, on=on)),
    }
    return {
        "as_of": on.isoformat(),
        "good_through": good_through.isoformat(),
        "parcel": parcel,
        **told,
        "is_clear": not (any(told.values()) or parcel["came_from"]),
        "is_whole": _is_whole(told),
        "total_cents": sum(each["total_cents"] or 0 for each in told["payoffs"]),
        "per_diem_cents": sum(each["per_diem_cents"] or 0 for each in told["payoffs"]),
    }


def _is_whole(told: Facts) -> bool:
    unknown = any(each["accrued_cents"] is None for each in told["liens"])
    barred = any(each["refused"] for each in told["payoffs"])
    return not (unknown or barred or told["before"] or told["elsewhere"])


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
    before = sa.select(Parcel.parcel_no).where(Parcel.id.in_(ancestors(parcel_id)))
    owners = connection.execute(owners_of(parcel_id)).all()
    return {
        "parcel_no": row.parcel_no,
        "situs_address": row.situs_address,
        "owners": [each.owner_name for each in owners if each.valid_to is None],
        "came_from": list(connection.scalars(before.order_by(Parcel.parcel_no))),
    }


def _cases(parcel_id: int) -> sa.Select[Any]:
    return sa.select(Case.__table__).where(Case.parcel_id == parcel_id).order_by(Case.id)


def _case(row: sa.Row[Any], *, on: date) -> Facts:
    return {
        "number": row.number,
        "category": row.category,
        "opened_on": iso(row.opened_on),
        "stage": str(stage(row.phase, row.next_due, on=on)),
        "verified": row.published,
    }


def _violations(connection: sa.Connection, parcel_id: int) -> Iterator[Facts]:
    query = (
        sa.select(
            Case.number, Ordinance.citation, Violation.section, Violation.found_on,
            due_on().label("comply_by"),
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
            "found_on": iso(row.found_on),
            "comply_by": iso(row.comply_by),
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
            "executed_on": iso(row.executed_on),
            "comply_by": iso(row.comply_by),
            "instrument_no": row.instrument_no,
            "imposed": row.certified_on is not None,
            "fine_cents": fine.total_cents,
            "per_diem_cents": fine.per_diem_cents,
        }


def _potential(connection: sa.Connection, parcel_id: int, *, on: date) -> Iterator[Facts]:
    """Yield what of citations may yet be owed, and is not.

    Of one issued and not yet served that is its penalty, which is owed from its service on; of one
    served, what its further days have come to beyond what is imposed.
    """
    query = (
        sa.select(
            Citation.id,
            Citation.number,
            Citation.status,
            Citation.penalty_cents,
            Case.number.label("case_number"),
        )
        .join(Case, Case.id == Citation.case_id)
        .where(Case.parcel_id == parcel_id, Case.phase.not_in(ENDED), Citation.status.in_(RUNNING))
        .order_by(Citation.id)
    )
    for row in connection.execute(query).all():
        if row.status == CitationStatus.ISSUED:
            yield _potential_of(row, row.penalty_cents, served=False)
            continue
        try:
            fine = further_days.reckon(connection, row.id, as_of=on)
        except further_days.NoFurtherDaysError:
            continue
        left = fine.total_cents - further_days.imposed(connection, row.id)
        if left > 0:
            yield _potential_of(row, left, per_diem_cents=fine.per_diem_cents)


def _potential_of(row: Any, cents: int, *, per_diem_cents: int = 0, served: bool = True) -> Facts:
    return {
        "case": row.case_number, "citation": row.number, "cents": cents,
        "per_diem_cents": per_diem_cents, "served": served,
    }  # fmt: skip


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
                "of_liens": [], "refused": str(barred),
            }  # fmt: skip
            continue
        yield {
            "case": row.number,
            "total_cents": payoff.total_cents,
            "per_diem_cents": payoff.per_diem_cents,
            "lines": [{"what": line.label, "cents": line.cents} for line in payoff.lines],
            "of_liens": list(payoff.of_liens),
            "refused": None,
        }
