"""Say of a case what has passed in it by when: how old it is, what was done, how it ended."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from cases.ledger.accounts import Account
from cases.models import Case, CaseActivity, Inspection, LedgerBalance, Lien
from cases.phases import Phase
from cases.workflow.inspection import PLANNED
from cases.workflow.lien import LienStatus

type Condition = sa.ColumnElement[bool]
type Days = tuple[date, date]
"""The first and the last day of some."""

LATELY = timedelta(days=90)
"""How long a lien that has ended is still shown."""


class Age(StrEnum):
    """How long ago a case was opened."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    OLDER = "older"
    UNKNOWN = "unknown"


REACH: Mapping[Age, tuple[int, int | None]] = {
    Age.MONTH: (0, 30),
    Age.QUARTER: (31, 90),
    Age.HALF: (91, 180),
    Age.OLDER: (181, None),
}
"""The fewest and the most days since a case of each age was opened."""


class End(StrEnum):
    """How a case has ended in which a violation was found."""

    VERIFIED = "verified"
    VOLUNTARY = "voluntary"


class LienNow(StrEnum):
    """How a lien stands, as maps show it."""

    RECORDED = "recorded"
    FORECLOSING = "foreclosing"
    LATELY = "lately"


def is_aged(age: Age, *, on: date) -> Condition:
    """Say that a case was opened so long ago; ``unknown`` where no day is on record."""
    if age is Age.UNKNOWN:
        return Case.opened_on.is_(None)
    first, last = opened_within(age, on=on)
    latest = Case.opened_on <= last
    return latest if first is None else sa.and_(latest, Case.opened_on >= first)


def opened_within(age: Age, *, on: date) -> tuple[date | None, date]:
    """Return the days on which a case of an age was opened; the first is None where any may be."""
    fewest, most = REACH[age]
    first = None if most is None else on - timedelta(days=most)
    return first, on - timedelta(days=fewest) if fewest else date.max


def first_inspected(days: Days) -> Condition:
    """Say that the first inspection of a case that was made, was made in these days."""
    return _among(CaseActivity.case_id, CaseActivity.inspected_on.between(*days))


def first_noticed(days: Days) -> Condition:
    """Say that the first notice of a case was issued in these days."""
    return _among(CaseActivity.case_id, CaseActivity.noticed_on.between(*days))


def corrected(days: Days) -> Condition:
    """Say that a case complied, the last of its violations found corrected in these days."""
    moved = _among(CaseActivity.case_id, CaseActivity.corrected_on.between(*days))
    return sa.and_(Case.phase == Phase.COMPLIED, moved)


def ended(end: End) -> Condition:
    """Say how a case has ended: after a violation was found, or corrected without a citation."""
    if end is End.VERIFIED:
        return Case.phase.in_((Phase.COMPLIED, Phase.CLOSED))
    cited = _among(CaseActivity.case_id, CaseActivity.cited.is_(sa.true()))
    uncited = sa.and_(Case.imported_stage.is_(None), ~cited)
    return sa.and_(Case.phase == Phase.COMPLIED, uncited)


def has_lien(now: LienNow, *, on: date) -> Condition:
    """Say that a lien of a case is recorded, is being foreclosed, or was satisfied lately."""
    if now is LienNow.LATELY:
        last = sa.func.coalesce(Lien.satisfied_on, Lien.released_on)
        done = Lien.status.in_((LienStatus.SATISFIED, LienStatus.RELEASED))
        return _among(Lien.case_id, done, last > on - LATELY)
    return _among(Lien.case_id, Lien.status == now)


def owes() -> Condition:
    """Say that something is owed on a case, by the ledger."""
    return _among(
        LedgerBalance.case_id, LedgerBalance.account == Account.RECEIVABLE, LedgerBalance.cents > 0
    )


def has_appointment() -> Condition:
    """Say that an officer is expected in a case, or was and nobody said what came of it."""
    return _among(Inspection.case_id, Inspection.status.in_(PLANNED))


def _among(of_case: Any, *where: Condition) -> Condition:
    return Case.id.in_(sa.select(of_case).where(*where))
