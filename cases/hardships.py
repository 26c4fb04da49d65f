"""Reduce a citation's penalty because of hardship, where the law lets that be shown."""

from typing import Any

import sqlalchemy as sa

from cases.accruing import bring_case_up_to
from cases.actors import Actor, Moment
from cases.adopted import law_of_case, provision
from cases.cashier import NotYoursError
from cases.hardship import HardshipError, Showing, hardship_lacks
from cases.lawpack.schema import LawPack
from cases.ledger import charging
from cases.ledger.accounts import Component
from cases.ledger.limits import Authority
from cases.ledger.reading import Posting, owed, waived_by
from cases.models import Citation, Notice, Violation
from cases.money import write_cents
from cases.parts import lock_part
from cases.penalty_limits import earlier_violations
from cases.permissions import Right, may
from cases.rows import row_of


def reduce(
    connection: sa.Connection,
    *,
    citation_id: int,
    cents: int,
    showing: Showing,
    key: str,
    actor: Actor,
    moment: Moment,
) -> Posting:
    """Give up some of a citation's penalty for hardship, whatever the manager else may waive.

    Section 36900(e), California Government Code: the process that a city which levies the higher
    fines of a further violation must have.

    Parameters
    ----------
    cents
        By how much; less than the penalty, which is reduced and not given up.

    Raises
    ------
    NotYoursError
        Somebody else than a manager reduces it.
    HardshipError
        The law knows no such waiver, something is not shown, or nothing would be left.
    OverBalanceError
        Less is owed.
    """
    if not may(actor.role, Right.REDUCE_FOR_HARDSHIP):
        msg = "Reducing a penalty for hardship is for the manager: ask them."
        raise NotYoursError(msg)
    row = lock_part(connection, Citation, citation_id, moment=moment)
    law = law_of_case(connection, row.case_id)
    if lacks := lacking(connection, row, law, showing=showing):
        raise HardshipError(" ".join(lacks))
    if cents >= row.penalty_cents:
        msg = (
            f"The penalty is {write_cents(row.penalty_cents)}: hardship reduces it, and leaves "
            "something of it."
        )
        raise HardshipError(msg)
    with connection.begin_nested():
        bring_case_up_to(connection, row.case_id, actor=actor, moment=moment)
        return charging.waive(
            connection, case_id=row.case_id, component=Component.PENALTY, cents=cents,
            authority=_authority(row),
            reason=f"{showing.effort.strip()}; {showing.burden.strip()}", actor=actor.name,
            key=key, on=moment.on, now=moment.now,
        )  # fmt: skip


def lacking(
    connection: sa.Connection, row: sa.Row[Any], law: LawPack, *, showing: Showing
) -> tuple[str, ...]:
    """Tell what keeps a citation's penalty from being reduced; nothing where it may be."""
    return hardship_lacks(law.hardship, earlier=_earlier(connection, row, law), showing=showing)


def most_cents(connection: sa.Connection, row: sa.Row[Any]) -> int:
    """Return by how much a citation's penalty may be reduced still, of what is owed."""
    authority = _authority(row)
    left = authority.limit_cents - waived_by(connection, row.case_id, authority=authority.name)
    return max(0, min(left, owed(connection, row.case_id).get(Component.PENALTY, 0)))


def _authority(row: sa.Row[Any]) -> Authority:
    """Return what reduces it: however often, something of the penalty stays."""
    return Authority(f"the manager for hardship, citation {row.number}", row.penalty_cents - 1)


def _earlier(connection: sa.Connection, row: sa.Row[Any], law: LawPack) -> int:
    """Count what came before, as far as it made the penalty rise."""
    whose = sa.select(Notice.respondent_id).where(Notice.id == row.notice_id)
    respondent = connection.execute(whose).scalar_one()
    days = earlier_violations(connection, row.violation_id, respondent_id=respondent)
    about = row_of(connection, Violation, row.violation_id)
    text = provision(law, about.section, on=about.found_on)
    tier = law.tier_of(text, earlier=days, found_on=about.found_on)
    return tier.earlier if tier else len(days)
