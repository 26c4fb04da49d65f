"""Have the town do what the owner did not, and send the bill."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from cases.abatement_costs import CostLine, admin_fee_cents, in_words, total_cents
from cases.actors import Actor, Moment
from cases.adopted import law_of_case, provision
from cases.advancing import OutOfOrderError, advance, record
from cases.digests import require_sha256
from cases.errors import CaseError
from cases.inspections import Entry
from cases.ledger.accounts import Component
from cases.ledger.charging import charge
from cases.ledger.reading import owed
from cases.models import Abatement, AbatementCost, EnforcementOrder, Violation
from cases.numbering import next_number
from cases.parts import lock_part, move
from cases.rows import insert, row_of
from cases.tax_list import TaxListRules, certify_by
from cases.warned import is_unanswered, stands_for
from cases.wording import day_in_words
from cases.workflow.abatement import AbatementAction, AbatementStatus
from cases.workflow.order import RUNNING
from cases.workflow.step import Guard
from cases.workflow.violation import ViolationStatus

NUMBERED = "ABT"


class AbatementAuthority(StrEnum):
    """What lets the town do the work itself."""

    ORDER = "order"
    EMERGENCY = "emergency"
    NOTICE = "notice"  # served, and its time over, where the provision says so
    EARLIER_NOTICE = "earlier_notice"  # that stands for a time, so that no further one is needed


BY_NOTICE = frozenset({AbatementAuthority.NOTICE, AbatementAuthority.EARLIER_NOTICE})
"""What rests on the law by which the provision that was violated is abated without an order."""


class CertifiedError(CaseError):
    """A cost was certified to the tax list already, or nothing of it is owed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """The work as it was done.

    Parameters
    ----------
    done_on
        The day.
    photos_before, photos_after
        The SHA-256 of each photograph's file, in hex.
    """

    done_on: date
    photos_before: Sequence[str]
    photos_after: Sequence[str]

    def __post_init__(self) -> None:
        """Refuse a name that is no SHA-256.

        Raises
        ------
        DigestError
            It is not.
        """
        for each in (*self.photos_before, *self.photos_after):
            require_sha256(each, of="photograph")


def authorize(
    connection: sa.Connection,
    *,
    violation_id: int,
    authority: AbatementAuthority,
    order_id: int | None = None,
    reason: str,
    actor: Actor,
    moment: Moment,
) -> int:
    """Let the town correct an open violation itself; gives the abatement's identity.

    Parameters
    ----------
    order_id
        The order on this violation whose time to comply is over; None in an emergency.
    """
    row = lock_part(connection, Violation, violation_id, moment=moment)
    held = {
        Guard.VIOLATION_OPEN: row.status == ViolationStatus.OPEN,
        Guard.AUTHORITY: _may(connection, row, authority, order_id, on=moment.on),
    }
    step = advance(None, AbatementAction.AUTHORIZE, actor=actor, held=held, reason=reason)
    number = next_number(connection, NUMBERED, on=moment.on)
    values = {
        "number": number,
        "case_id": row.case_id,
        "violation_id": violation_id,
        "status": step.to,
        "authority": authority,
        "order_id": order_id,
        "reason": reason,
        "authorized_on": moment.on,
    }
    abatement_id = insert(connection, Abatement, **values)
    record(
        connection, step, case_id=row.case_id, actor=actor, moment=moment, reason=reason,
        abatement=abatement_id, number=number, violation=violation_id, authority=str(authority),
        order=order_id, source=_law_behind(connection, row, authority),
    )  # fmt: skip
    return abatement_id


def order_work(
    connection: sa.Connection,
    *,
    abatement_id: int,
    contractor: str,
    entry: Entry,
    entry_detail: str,
    actor: Actor,
    moment: Moment,
) -> None:
    """Send somebody to do the work, with a right to enter.

    Parameters
    ----------
    entry, entry_detail
        By whose consent, or by which warrant; nothing else lets workers on the property.
    """
    row = lock_part(connection, Abatement, abatement_id, moment=moment)
    held = {
        Guard.WORK_LAWFUL: entry in {Entry.CONSENT, Entry.WARRANT}
        and bool(entry_detail.strip() and contractor.strip())
    }
    at = AbatementStatus(row.status)
    step = advance(at, AbatementAction.ORDER_WORK, actor=actor, held=held)
    values = {
        "contractor": contractor,
        "entry": entry,
        "entry_detail": entry_detail,
        "ordered_on": moment.on,
    }
    move(
        connection, Abatement, row, step, actor=actor, moment=moment, values=values,
        number=row.number, contractor=contractor, entry=str(entry), entry_detail=entry_detail,
    )  # fmt: skip


def complete(
    connection: sa.Connection, *, abatement_id: int, work: Work, actor: Actor, moment: Moment
) -> None:
    """Say that the work is done, and show it; whether the property complies, an inspection tells.

    Raises
    ------
    OutOfOrderError
        It was done before it was ordered, or is yet to be.
    """
    row = lock_part(connection, Abatement, abatement_id, moment=moment)
    held = {Guard.PHOTOS: bool(work.photos_before and work.photos_after)}
    at = AbatementStatus(row.status)
    step = advance(at, AbatementAction.COMPLETE, actor=actor, held=held)
    if not row.ordered_on <= work.done_on <= moment.on:
        msg = (
            f"The work is said to be done on {work.done_on}: give a day from {row.ordered_on}, "
            f"when it was ordered, to {moment.on}."
        )
        raise OutOfOrderError(msg)
    before, after = list(work.photos_before), list(work.photos_after)
    values = {"worked_on": work.done_on, "photos_before": before, "photos_after": after}
    move(
        connection, Abatement, row, step, actor=actor, moment=moment, values=values,
        number=row.number, worked_on=work.done_on.isoformat(), contractor=row.contractor,
        photos_before=before, photos_after=after,
    )  # fmt: skip


def invoice(
    connection: sa.Connection,
    *,
    abatement_id: int,
    costs: Sequence[CostLine],
    actor: Actor,
    moment: Moment,
) -> None:
    """Charge the case with what the work cost, and the town's fee for seeing to it."""
    row = lock_part(connection, Abatement, abatement_id, moment=moment)
    held = {Guard.COST_LINES: bool(costs)}
    at = AbatementStatus(row.status)
    step = advance(at, AbatementAction.INVOICE, actor=actor, held=held)
    cost = total_cents(costs)
    fee = admin_fee_cents(law_of_case(connection, row.case_id).abatement, cost_cents=cost)
    lines = [
        {"abatement_id": abatement_id, "what": line.what, "cents": line.cents} for line in costs
    ]
    connection.execute(sa.insert(AbatementCost), lines)
    move(
        connection, Abatement, row, step, actor=actor, moment=moment,
        values={"invoiced_on": moment.on, "fee_cents": fee}, number=row.number, cost_cents=cost,
        fee_cents=fee, lines=in_words(costs),
    )  # fmt: skip
    for component, cents in ((Component.COST, cost), (Component.FEE, fee)):
        if cents:
            charge(
                connection, case_id=row.case_id, component=component, cents=cents,
                authority=f"Abatement {row.number}", actor=actor.name,
                key=f"abatement:{row.id}:{component}", on=moment.on, now=moment.now,
            )  # fmt: skip


def certify(connection: sa.Connection, *, abatement_id: int, actor: Actor, moment: Moment) -> None:
    """Say that what the work cost is certified to the county's tax list, to be collected with it.

    Sections 731.54 and 715.261(B)(1), Ohio Revised Code; under which, and by when to keep its
    priority, the provision that was violated says.

    Raises
    ------
    CertifiedError
        It was already, or nothing is owed.
    """
    row = lock_part(connection, Abatement, abatement_id, moment=moment)
    rules = _tax_list(connection, row)
    held = {Guard.ON_TAX_LIST: rules is not None}
    step = advance(AbatementStatus(row.status), AbatementAction.CERTIFY, actor=actor, held=held)
    assert rules is not None  # noqa: S101 - the guard held
    if row.certified_on is not None:
        day = day_in_words(row.certified_on)
        msg = f"The cost of abatement {row.number} was certified already, on {day}."
        raise CertifiedError(msg)
    left = owed(connection, row.case_id)
    cents = sum(left.get(each, 0) for each in (Component.COST, Component.FEE))
    if not cents:
        msg = f"Nothing is owed for abatement {row.number}, so there is nothing to certify."
        raise CertifiedError(msg)
    last = certify_by(rules, incurred_on=row.worked_on)
    move(
        connection, Abatement, row, step, actor=actor, moment=moment,
        values={"certified_on": moment.on}, number=row.number, cents=cents, source=rules.source,
        certify_by=last and last.isoformat(),
    )  # fmt: skip


def _tax_list(connection: sa.Connection, row: sa.Row[Any]) -> TaxListRules | None:
    violation = row_of(connection, Violation, row.violation_id)
    law = law_of_case(connection, row.case_id)
    return law.tax_list_of(provision(law, violation.section, on=violation.found_on))


def settle(connection: sa.Connection, *, abatement_id: int, actor: Actor, moment: Moment) -> None:
    """Say that the bill is paid: no cost and no fee is owed in the case."""
    row = lock_part(connection, Abatement, abatement_id, moment=moment)
    left = owed(connection, row.case_id)
    held = {Guard.PAID_IN_FULL: not (left.get(Component.COST) or left.get(Component.FEE))}
    step = advance(AbatementStatus(row.status), AbatementAction.SETTLE, actor=actor, held=held)
    move(connection, Abatement, row, step, actor=actor, moment=moment, number=row.number)


def cancel(
    connection: sa.Connection, *, abatement_id: int, reason: str, actor: Actor, moment: Moment
) -> None:
    """Call the work off, as where the owner did it after all."""
    row = lock_part(connection, Abatement, abatement_id, moment=moment)
    at = AbatementStatus(row.status)
    step = advance(at, AbatementAction.CANCEL, actor=actor, reason=reason)
    move(
        connection, Abatement, row, step, actor=actor, moment=moment, reason=reason,
        number=row.number,
    )  # fmt: skip


def _may(
    connection: sa.Connection,
    violation: sa.Row[Any],
    authority: AbatementAuthority,
    order_id: int | None,
    *,
    on: date,
) -> bool:
    """Tell whether the authority is there: an order gives the owner its own time first."""
    if authority is AbatementAuthority.EMERGENCY:
        return order_id is None
    if authority is not AbatementAuthority.ORDER:
        by_notice = authority is AbatementAuthority.NOTICE
        may = is_unanswered if by_notice else stands_for
        return order_id is None and may(connection, violation, on=on)
    not_met = sa.select(EnforcementOrder.id).where(
        EnforcementOrder.id == order_id,
        EnforcementOrder.violation_id == violation.id,
        EnforcementOrder.status.in_(RUNNING),
        EnforcementOrder.complied_on.is_(None),
        sa.func.coalesce(EnforcementOrder.comply_by, EnforcementOrder.executed_on) < on,
    )
    return bool(connection.scalar(sa.select(not_met.exists())))


def _law_behind(
    connection: sa.Connection, violation: sa.Row[Any], authority: AbatementAuthority
) -> str | None:
    """Return by which law a notice lets the town do the work; None where no notice does."""
    if authority not in BY_NOTICE:
        return None
    law = law_of_case(connection, violation.case_id)
    return provision(law, violation.section, on=violation.found_on).abate_under
