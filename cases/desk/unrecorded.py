"""Ask what was taken online and could not be recorded, and what became of it."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from cases.desk.lists import COUNTED
from cases.models import Case, UnrecordedPayment, UnrecordedSettlement


def unrecorded_payment(payment_id: int) -> sa.Select[Any]:
    """Select one, as `unrecorded_payments` does."""
    return _rows().where(UnrecordedPayment.id == payment_id)


def kept_as(reference: str) -> sa.Select[Any]:
    """Select the one that a page knows by this reference, as `unrecorded_payments` does."""
    return _rows().where(UnrecordedPayment.reference == reference)


def unrecorded_payments(*, case_id: int | None = None) -> sa.Select[Any]:
    """Select what waits for a person, the oldest first; of one case, if one is given.

    Columns: the payment's own, ``case_number``; ``way``, ``posting_id``, ``into_number``,
    ``refunded_on``, ``reason``, ``settled_on`` and ``settled_by`` of what became of it.
    """
    waits = _rows().where(UnrecordedSettlement.id.is_(None)).order_by(UnrecordedPayment.id)
    return waits if case_id is None else waits.where(UnrecordedPayment.case_id == case_id)


def settled_payments(*, since: date) -> sa.Select[Any]:
    """Select what somebody saw to since a day, the latest first, as `unrecorded_payments` does."""
    return (
        _rows()
        .where(UnrecordedSettlement.settled_on >= since)
        .order_by(UnrecordedSettlement.id.desc())
    )


def waiting() -> sa.Select[int]:
    """Count what waits for a person, one more than `COUNTED` at most."""
    some = unrecorded_payments().with_only_columns(UnrecordedPayment.id).limit(COUNTED + 1)
    return sa.select(sa.func.count()).select_from(some.subquery())


_INTO = sa.orm.aliased(Case)


def _rows() -> sa.Select[Any]:
    at = UnrecordedSettlement
    return (
        sa.select(
            UnrecordedPayment.__table__, Case.number.label("case_number"), at.way, at.posting_id,
            _INTO.number.label("into_number"), at.refunded_on, at.reason, at.settled_on,
            at.settled_by,
        )
        .join(Case, Case.id == UnrecordedPayment.case_id)
        .outerjoin(at, at.payment_id == UnrecordedPayment.id)
        .outerjoin(_INTO, _INTO.id == at.case_id)
    )  # fmt: skip
