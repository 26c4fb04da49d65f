"""Name what may be measured of a group of cases, each with its meaning."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from cases.ledger.accounts import Account
from cases.models import Case, CaseActivity, LedgerBalance, Lien
from cases.workflow.lien import BINDING
from reports.answers.answer import Kind


class Of(StrEnum):
    """What may be measured."""

    CASES = "cases"
    OPEN = "open"
    SHARE_OPEN = "share_open"
    TO_INSPECTION = "to_inspection"
    TO_NOTICE = "to_notice"
    TO_CORRECTION = "to_correction"
    TO_CLOSING = "to_closing"
    OWED = "owed"
    LIENS = "liens"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """How a group of cases is measured.

    Parameters
    ----------
    words, means
        What it is, and its definition.
    value
        An aggregate over the cases of a group.
    """

    words: str
    means: str
    kind: Kind
    value: Any


def _median(day: Any) -> Any:
    took = sa.cast(day - Case.opened_on, sa.Float)
    return sa.func.percentile_cont(0.5).within_group(took.asc())


def _open(count: Any) -> Any:
    return count.filter(Case.open_violations > 0)


_OWED = (
    sa.select(sa.func.sum(LedgerBalance.cents))
    .where(LedgerBalance.case_id == Case.id, LedgerBalance.account == Account.RECEIVABLE)
    .correlate(Case)
    .scalar_subquery()
)
_LIENS = (
    sa.select(sa.func.sum(Lien.amount_cents))
    .where(Lien.case_id == Case.id, Lien.status.in_(BINDING))
    .correlate(Case)
    .scalar_subquery()
)

MEASURES: Mapping[Of, Measure] = {
    Of.CASES: Measure(
        words="Cases", kind=Kind.COUNT, value=sa.func.count(),
        means="How many cases there are in the group.",
    ),
    Of.OPEN: Measure(
        words="With an open violation", kind=Kind.COUNT, value=_open(sa.func.count()),
        means="Cases in which a violation is open as the records stand now.",
    ),
    Of.SHARE_OPEN: Measure(
        words="Share with an open violation", kind=Kind.SHARE,
        value=sa.cast(_open(sa.func.count()), sa.Float) / sa.func.count(),
        means="Of the cases in the group, the share in which a violation is open now.",
    ),
    Of.TO_INSPECTION: Measure(
        words="Days to the first inspection", kind=Kind.DAYS,
        value=_median(CaseActivity.inspected_on),
        means="The middle one of the days from opening to the first inspection, of the cases that "
        "had one. Those that still wait are not in it.",
    ),
    Of.TO_NOTICE: Measure(
        words="Days to the first notice", kind=Kind.DAYS, value=_median(CaseActivity.noticed_on),
        means="The middle one of the days from opening to the first notice, of the cases that had "
        "one. Those that still wait are not in it.",
    ),
    Of.TO_CORRECTION: Measure(
        words="Days to the last correction", kind=Kind.DAYS,
        value=_median(CaseActivity.corrected_on),
        means="The middle one of the days from opening to the last violation found corrected, of "
        "the cases that had one. Those that still wait are not in it.",
    ),
    Of.TO_CLOSING: Measure(
        words="Days to the closing", kind=Kind.DAYS, value=_median(Case.closed_on),
        means="The middle one of the days from opening to closing, of the cases that are closed. "
        "Those that are open are not in it.",
    ),
    Of.OWED: Measure(
        words="Owed", kind=Kind.CENTS, value=sa.cast(sa.func.sum(_OWED), sa.BigInteger),
        means="What is owed on the cases by the ledger, without fines that still run.",
    ),
    Of.LIENS: Measure(
        words="Principal of liens", kind=Kind.CENTS,
        value=sa.cast(sa.func.sum(_LIENS), sa.BigInteger),
        means="What the liens of the cases that bind were recorded for.",
    ),
}  # fmt: skip
