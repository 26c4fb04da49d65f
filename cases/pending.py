"""Tell what in a case still runs, and so keeps it from being closed or voided."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from cases.accruing import uncharged
from cases.ledger.reading import in_credit, owed
from cases.models import (
    Abatement,
    Appeal,
    Citation,
    EnforcementOrder,
    Extension,
    Hearing,
    Inspection,
    Lien,
    Notice,
    Suit,
    Violation,
)
from cases.money import write_cents
from cases.workflow import appeal, citation, order
from cases.workflow.abatement import AbatementStatus
from cases.workflow.extension import ExtensionStatus
from cases.workflow.hearing import HearingStatus
from cases.workflow.inspection import PLANNED
from cases.workflow.legal_action import LegalActionStatus
from cases.workflow.lien import BINDING
from cases.workflow.notice import NoticeStatus
from cases.workflow.violation import ViolationStatus
from geo.compiled import Compiled

UNDECIDED = (ViolationStatus.ALLEGED, ViolationStatus.OPEN)
"""A violation of which it is not said what became of it."""

_SUIT_ENDED = (
    LegalActionStatus.DECLINED,
    LegalActionStatus.DISMISSED,
    LegalActionStatus.SETTLED,
    LegalActionStatus.SATISFIED,
)
UNFINISHED: Mapping[Any, Collection[StrEnum]] = {
    Violation: UNDECIDED,
    Notice: (NoticeStatus.DRAFTED,),
    Inspection: PLANNED,
    Extension: (ExtensionStatus.REQUESTED,),
    EnforcementOrder: order.RUNNING,
    Appeal: appeal.RUNNING,
    Lien: BINDING,
    Citation: citation.RUNNING,
    Hearing: set(HearingStatus)
    - {HearingStatus.DECIDED, HearingStatus.AGREED, HearingStatus.CANCELLED},
    Abatement: set(AbatementStatus) - {AbatementStatus.SETTLED, AbatementStatus.CANCELLED},
    Suit: set(LegalActionStatus) - set(_SUIT_ENDED),
}
"""In which statuses each part of a case is open or waiting."""


def pending(connection: sa.Connection, case_id: int, *, on: date) -> list[str]:
    """Name what in a case is open, unpaid or waiting, fines to the day charged.

    As ``2 violations open`` and ``$100.00 owed``.
    """
    due = sum(owed(connection, case_id).values()) + uncharged(connection, case_id, on=on)
    found = [
        f"{count} {part}{'s' if count > 1 else ''} {status}".replace("_", " ")
        for (part, status), count in unfinished(connection, case_id).items()
    ]
    return [*found, f"{write_cents(due)} owed"] if due else found


def unfinished(connection: sa.Connection, case_id: int) -> Counter[tuple[str, str]]:
    """Count the parts of a case that are open or waiting, by the table and the status of each."""
    rows = _UNFINISHED.all(connection, case_id=case_id)
    return Counter((each.part, each.status) for each in rows)


def _statuses(part: Any, among: sa.ColumnElement[bool]) -> sa.Select[Any]:
    what = sa.literal(part.__tablename__).label("part")
    return sa.select(what, part.status).where(part.case_id == sa.bindparam("case_id"), among)


def _words(statuses: Collection[StrEnum]) -> sa.ColumnElement[Any]:
    return sa.literal(sorted(statuses), sa.ARRAY(sa.Text))


_UNFINISHED = Compiled(
    sa.union_all(
        *(
            _statuses(part, part.status == sa.any_(_words(among)))
            for part, among in UNFINISHED.items()
        )
    )
)


def standing_claims(connection: sa.Connection, case_id: int) -> list[str]:
    """Name what in a case binds somebody or is money: ``order ORD-2026-00001``.

    Orders, citations, appeals and suits that run, bills of the town's work, liens that bind, and
    what is owed or in credit.
    """
    found = [
        f"{what} {called}"
        for what, part, name, among in _CLAIMS
        for called in connection.scalars(
            sa.select(name).where(part.case_id == case_id, among).order_by(part.id)
        )
    ]
    money = {
        "debt": sum(owed(connection, case_id).values()),
        "credit": in_credit(connection, case_id),
    }
    return found + [f"a {what} of {write_cents(cents)}" for what, cents in money.items() if cents]


_CLAIMS: tuple[tuple[str, Any, Any, sa.ColumnElement[bool]], ...] = (
    (
        "order", EnforcementOrder, EnforcementOrder.number,
        EnforcementOrder.status.in_(order.RUNNING),
    ),
    ("lien", Lien, Lien.instrument_no, Lien.status.in_(BINDING)),
    ("citation", Citation, Citation.number, Citation.status.in_(citation.RUNNING)),
    ("appeal", Appeal, Appeal.court_case_no, Appeal.status.in_(appeal.RUNNING)),
    (
        "suit", Suit, sa.func.coalesce(Suit.court_case_no, sa.literal("referred to counsel")),
        Suit.status.not_in(_SUIT_ENDED),
    ),
    ("abatement", Abatement, Abatement.number, Abatement.status == AbatementStatus.INVOICED),
)  # fmt: skip
