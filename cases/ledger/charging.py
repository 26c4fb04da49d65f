"""Charge a case with what it owes, waive what somebody may, and lower what no longer stands."""

from datetime import date, datetime

import sqlalchemy as sa

from cases.ledger import limits, lines
from cases.ledger.accounts import Kind
from cases.ledger.limits import Authority
from cases.ledger.posting import post, posted_before, write
from cases.ledger.reading import Posting, owed, paid_on, waived_by
from cases.ledger.slips import Slip, component_of, given, positive


def charge(
    connection: sa.Connection,
    *,
    case_id: int,
    component: str,
    cents: int,
    authority: str,
    memo: str = "",
    actor: str,
    key: str,
    on: date,
    now: datetime,
) -> Posting:
    """Charge a case with what it newly owes.

    Parameters
    ----------
    component
        One of `Component`.
    authority
        By what it is owed: the order, the citation, the section.

    Raises
    ------
    ComponentError
        When there is no such component.
    """
    part = component_of(component)
    positive(cents)
    by = given(authority, what="authority of the charge")
    asked = {"component": part, "cents": cents, "authority": by, "memo": memo}
    slip = Slip(
        case_id=case_id, kind=Kind.CHARGED, key=key, actor=actor, on=on, now=now, asked=asked
    )
    if (first := posted_before(connection, slip)) is not None:
        return first
    return post(connection, slip, lines.charged(part, cents), reference=by, memo=memo or None)


def waive(
    connection: sa.Connection,
    *,
    case_id: int,
    component: str,
    cents: int,
    authority: Authority,
    reason: str,
    actor: str,
    key: str,
    on: date,
    now: datetime,
) -> Posting:
    """Give up some of what is owed.

    Raises
    ------
    ComponentError
        When there is no such component.
    OverLimitError
        When the authority's waivers on the case would together pass its limit.
    OverBalanceError
        When less is owed.
    """
    part = component_of(component)
    positive(cents)
    by = given(authority.name, what="authority of the waiver")
    why = given(reason, what="reason of the waiver")
    asked = {"component": part, "cents": cents, "authority": by, "reason": why}
    slip = Slip(
        case_id=case_id, kind=Kind.WAIVED, key=key, actor=actor, on=on, now=now, asked=asked
    )
    if (first := posted_before(connection, slip)) is not None:
        return first
    before = waived_by(connection, case_id, authority=by)
    limits.require_authority(authority, cents, waived_before=before)
    limits.require_owed(owed(connection, case_id), part, cents)
    return post(connection, slip, lines.waived(part, cents), reference=by, memo=why)


def lower(
    connection: sa.Connection,
    *,
    case_id: int,
    component: str,
    cents: int,
    authority: str,
    reason: str,
    actor: str,
    key: str,
    on: date,
    now: datetime,
) -> Posting:
    """Give up what was charged and no longer stands, as by an order that reduces a fine.

    What is still owed of the component falls away first; what was paid beyond becomes unapplied
    credit. What was neither, somebody had waived: it is charged again and given up with the rest,
    so that nobody is credited with money that never came.

    Parameters
    ----------
    authority
        By what it no longer stands; it has no limit, since it decides nothing.

    Raises
    ------
    ComponentError
        When there is no such component.
    """
    part = component_of(component)
    positive(cents)
    by = given(authority, what="authority of the lowering")
    why = given(reason, what="reason of the lowering")
    asked = {"component": part, "cents": cents, "authority": by, "reason": why}
    slip = Slip(
        case_id=case_id, kind=Kind.WAIVED, key=key, actor=actor, on=on, now=now, asked=asked
    )
    if (first := posted_before(connection, slip)) is not None:
        return first
    standing = min(cents, owed(connection, case_id).get(part, 0))
    credited = min(cents - standing, max(0, paid_on(connection, case_id, part)))
    with connection.begin_nested():  # several postings, all or none
        if waived_before := cents - standing - credited:
            charged = lines.charged(part, waived_before)
            write(
                connection, slip, charged, key=f"{key}/again", kind=Kind.CHARGED, reference=by,
                memo="It was waived before, and is given up below with the rest",
            )  # fmt: skip
        written = lines.lowered(part, owed=cents - credited, credited=credited)
        told = {"credited_cents": credited} if credited else None
        return post(connection, slip, written, told=told, reference=by, memo=why)
