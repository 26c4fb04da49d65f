"""Name what cases may be grouped by: each a value of a case, said by one expression."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on

from cases.assigning import HOLDER
from cases.desk.passed import REACH, Age
from cases.models import Case, CaseActivity, Complaint, Ordinance, Violation
from geo.layers import Parcel, Zone
from reports.repeat import STOOD

type Value = Any
"""An expression of a query."""


class By(StrEnum):
    """What cases may be grouped by."""

    ZONE = "zone"
    OFFICER = "officer"
    CATEGORY = "category"
    SECTION = "section"
    STAGE = "stage"
    PRIORITY = "priority"
    CHANNEL = "channel"
    PARCEL = "parcel"
    AGE = "age"
    MONTH_OPENED = "month_opened"
    YEAR_OPENED = "year_opened"
    MONTH_CLOSED = "month_closed"
    MONTH_CORRECTED = "month_corrected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """How cases are grouped by something.

    Parameters
    ----------
    words
        What it is, as the heading of its column.
    value
        Gives the expression, told the town's day; NULL where a case has none.
    joined
        What the query has to be joined to first.
    is_time
        Whether its groups follow one another, so that a line may be drawn through them.
    may_repeat
        Whether a case may stand in several groups.
    """

    words: str
    value: Callable[[Any], Value]
    joined: Callable[[sa.Select[Any]], sa.Select[Any]] = lambda query: query
    is_time: bool = False
    may_repeat: bool = False


def _month(day: Any) -> Callable[[Any], Value]:
    return lambda _on: sa.func.to_char(day, "YYYY-MM")


def _age(on: Any) -> Value:
    old = sa.literal(on, sa.Date) - Case.opened_on
    spans = [(old >= fewest, str(age)) for age, (fewest, _most) in [*REACH.items()][::-1]]
    return sa.case((Case.opened_on.is_(None), str(Age.UNKNOWN)), *spans)


def _sections(query: sa.Select[Any]) -> sa.Select[Any]:
    """Join the sections that stand cited in a case, each once."""
    section = sa.func.coalesce(Violation.section, Ordinance.section)
    cited = (
        sa.select(Violation.case_id, section.label("section"))
        .outerjoin(Ordinance, Ordinance.id == Violation.ordinance_id)
        .where(Violation.status.in_(STOOD))
        .distinct()
        .subquery("cited")
    )
    return query.outerjoin(cited, cited.c.case_id == Case.id)


def _channels(query: sa.Select[Any]) -> sa.Select[Any]:
    """Join how the first complaint of a case came in; a case without one was seen by an officer."""
    first = (
        sa.select(Complaint.case_id, Complaint.channel)
        .ext(distinct_on(Complaint.case_id))
        .where(Complaint.case_id.is_not(None))
        .order_by(Complaint.case_id, Complaint.id)
        .subquery("came")
    )
    return query.outerjoin(first, first.c.case_id == Case.id)


GROUPINGS: Mapping[By, Grouping] = {
    By.ZONE: Grouping(
        words="Zone", value=lambda _on: Zone.name,
        joined=lambda query: query.outerjoin(Zone, Zone.id == Case.zone_id),
    ),
    By.OFFICER: Grouping(words="Officer", value=lambda _on: HOLDER),
    By.CATEGORY: Grouping(words="Category", value=lambda _on: Case.category),
    By.SECTION: Grouping(
        words="Section", value=lambda _on: sa.column("section"), joined=_sections, may_repeat=True
    ),
    By.STAGE: Grouping(
        words="Stage", value=lambda on: sa.func.published.stage(Case.phase, Case.next_due, on)
    ),
    By.PRIORITY: Grouping(words="Urgency", value=lambda _on: Case.priority),
    By.CHANNEL: Grouping(words="How it came in", value=lambda _on: sa.column("channel"),
                         joined=_channels),
    By.PARCEL: Grouping(
        words="Parcel", value=lambda _on: Parcel.parcel_no,
        joined=lambda query: query.outerjoin(Parcel, Parcel.id == Case.parcel_id),
    ),
    By.AGE: Grouping(words="Opened", value=_age),
    By.MONTH_OPENED: Grouping(words="Month opened", value=_month(Case.opened_on), is_time=True),
    By.YEAR_OPENED: Grouping(
        words="Year opened", value=lambda _on: sa.func.to_char(Case.opened_on, "YYYY"), is_time=True
    ),
    By.MONTH_CLOSED: Grouping(words="Month closed", value=_month(Case.closed_on), is_time=True),
    By.MONTH_CORRECTED: Grouping(
        words="Month corrected", value=_month(CaseActivity.corrected_on), is_time=True
    ),
}  # fmt: skip
