"""Follow a property that changes hands while a case runs on it.

The owner on the day of the violation stays on the record, with the last day of owning; the new one
answers from then on, and what was served on the old one serves the new one with nothing.
"""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from cases.actors import Actor, Moment
from cases.adopted import law_of_case
from cases.advancing import advance, lock_open_case, record
from cases.deadlines import due
from cases.disclosure import Disclosure, Duty, shortfalls
from cases.errors import CaseError
from cases.models import EnforcementOrder, Notice, OwnershipTransfer, Respondent
from cases.notice_words import NoticeKind
from cases.opening import RespondentKind
from cases.workflow.casefile import CaseAction, CaseStatus
from cases.workflow.notice import NoticeStatus
from cases.workflow.order import RUNNING, OrderStatus


class TransferError(CaseError):
    """A sale is said to be what it cannot be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sale:
    """A property sold.

    Parameters
    ----------
    seller_id
        The respondent who owned it.
    buyer, address
        Who owns it now, and where letters reach them.
    on
        The day of the transfer.
    """

    seller_id: int
    buyer: str
    address: str
    on: date
    disclosure: Disclosure


def transfer_ownership(
    connection: sa.Connection, *, case_id: int, sale: Sale, actor: Actor, moment: Moment
) -> int:
    """Put the new owner in the old one's place; gives the new respondent's identity.

    Raises
    ------
    TransferError
        The seller does not own it on record, the buyer is not named with an address, or the day
        lies before the seller's first or ahead.
    """
    lock_open_case(connection, case_id, on=moment.on)
    step = advance(CaseStatus.OPEN, CaseAction.TRANSFER_OWNERSHIP, actor=actor)
    seller = _seller(connection, case_id, sale, today=moment.on)
    law = law_of_case(connection, case_id)
    days = law.calendar.days
    tell_by = due(law.deadlines.tell_of_transfer, counted_from=sale.on, calendar=days).on
    # From the day the town learns of it, since only then can it write to the new owner.
    correct_by = due(law.deadlines.new_owner_corrects, counted_from=moment.on, calendar=days).on
    connection.execute(
        sa.update(Respondent).where(Respondent.id == seller.id).values(until=sale.on)
    )
    named = {"case_id": case_id, "kind": RespondentKind.OWNER, "since": sale.on}
    query = sa.insert(Respondent).values({**named, "name": sale.buyer, "address": sale.address})
    buyer_id = int(connection.execute(query.returning(Respondent.id)).scalar_one())
    values = {
        "case_id": case_id,
        "seller_id": seller.id,
        "buyer_id": buyer_id,
        "transferred_on": sale.on,
        "tell_by": tell_by,
        "correct_by": correct_by,
        **asdict(sale.disclosure),
    }
    connection.execute(sa.insert(OwnershipTransfer).values(values))
    bound = list(connection.scalars(_binding(case_id, on=sale.on)))
    lacking = shortfalls(sale.disclosure, transferred_on=sale.on, tell_by=tell_by)
    record(
        connection, step, case_id=case_id, actor=actor, moment=moment, seller=seller.name,
        buyer=sale.buyer, respondent=buyer_id, transferred_on=sale.on.isoformat(),
        correct_by=correct_by.isoformat(), disclosure=_said(lacking),
        bound_by=", ".join(bound) or "no recorded order",
        notices=list(connection.scalars(notices_to_renew(case_id))),
    )  # fmt: skip
    return buyer_id


def notices_to_renew(case_id: int) -> sa.Select[Any]:
    """Select the notices brought to an old owner of which the new one has none of the kind.

    A citation is not among them: its penalty is the old owner's own.
    """
    newer = aliased(Notice)
    renewed = sa.exists().where(
        newer.respondent_id == OwnershipTransfer.buyer_id,
        newer.kind == Notice.kind,
        newer.status.in_(_BROUGHT),
    )
    return (
        sa.select(Notice.id)
        .join(OwnershipTransfer, OwnershipTransfer.seller_id == Notice.respondent_id)
        .where(
            Notice.case_id == case_id,
            Notice.kind != NoticeKind.CITATION,
            Notice.status.in_(_BROUGHT),
            ~renewed,
        )
        .order_by(Notice.id)
    )


def _binding(case_id: int, *, on: date) -> sa.Select[Any]:
    """Select the orders recorded by a day, whose findings bind who buys then (s. 162.07(4)).

    An order that was met binds until its compliance is acknowledged on record.
    """
    binds = sa.or_(
        EnforcementOrder.status.in_(RUNNING),
        sa.and_(
            EnforcementOrder.status == OrderStatus.COMPLIED,
            sa.func.coalesce(EnforcementOrder.acknowledged_on > on, sa.true()),
        ),
    )
    query = sa.select(EnforcementOrder.number).where(
        EnforcementOrder.case_id == case_id, EnforcementOrder.recorded_on <= on, binds
    )
    return query.order_by(EnforcementOrder.id)


_BROUGHT = (NoticeStatus.ISSUED, NoticeStatus.SERVED)


def _seller(connection: sa.Connection, case_id: int, sale: Sale, *, today: date) -> sa.Row[Any]:
    query = sa.select(Respondent.__table__).where(
        Respondent.id == sale.seller_id,
        Respondent.case_id == case_id,
        Respondent.kind == RespondentKind.OWNER,
        Respondent.until.is_(None),
    )
    seller = connection.execute(query).first()
    if seller is None:
        msg = (
            f"Respondent {sale.seller_id} is not the present owner on record in this case: name "
            "the owner first, or give the one who sold."
        )
        raise TransferError(msg)
    if not seller.since <= sale.on <= today:
        msg = (
            f"The transfer is said to be of {sale.on}: {seller.name} is on record as owner since "
            f"{seller.since}, and it is {today}. Give a day between."
        )
        raise TransferError(msg)
    if not (sale.buyer.strip() and sale.address.strip()):
        msg = "The new owner is not named: give the name, and the address that letters reach."
        raise TransferError(msg)
    return seller


def _said(lacking: tuple[Duty, ...]) -> str:
    return "; ".join(lacking) if lacking else "every duty of the seller was shown to be kept"
