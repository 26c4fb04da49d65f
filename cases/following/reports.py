"""Ask what became of a report that somebody follows, as far as its code tells it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from cases.models import Following, ResidentReport
from cases.residents.codes import hashed

LOGGED = "report"
"""How the log calls any report: which one an address follows is nobody's but its holder's."""
PUBLIC = "case_public"
"""The step by which the case that a report feeds became public."""
_STEPS = (
    "kind", "happened_on", "recorded_at", "because", "referred_to", "has_case", "case_number",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class OfReport:
    """Which report is followed."""

    complaint_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportNews:
    """What became of one report.

    Parameters
    ----------
    name
        What its follower knows it by.
    steps
        As `steps_of` has them, the first of them first.
    """

    name: str
    steps: Sequence[sa.Row[Any]]


def report_of(code: str) -> sa.Select[Any]:
    """Select the ``complaint_id`` of the report of a code, as it was typed."""
    mine = ResidentReport.code_sha256 == hashed(code)
    return sa.select(ResidentReport.complaint_id).where(mine)


def reports_followed(follower_id: int) -> sa.Select[Any]:
    """Select the ``name`` and the ``code_sha256`` of the reports that somebody follows."""
    columns: tuple[Any, ...] = (Following.name, ResidentReport.code_sha256)
    return (
        sa.select(*columns)
        .join(ResidentReport, ResidentReport.complaint_id == Following.complaint_id)
        .where(Following.follower_id == follower_id, Following.confirmed_at.is_not(None))
        .order_by(Following.id)
    )


def steps_of(code_sha256: str, *, after: datetime | None, until: datetime | None) -> sa.Select[Any]:
    """Select what became of a report, by the hash of its code, the first recorded first.

    Columns: ``kind`` of the step, that of a complaint's event or `PUBLIC`; ``happened_on``;
    ``recorded_at``; ``because``, the reason it is set aside for; ``referred_to``; ``has_case``,
    whether it feeds one; and ``case_number`` of that, where it was public by then.
    """
    told = sa.func.published.report_steps(code_sha256, after, until)
    return sa.select(told.table_valued(*_STEPS, name="told"))


def public_case_of(code_sha256: str) -> sa.Select[Any]:
    """Select the identity of the case that a report feeds; NULL until that is public."""
    return sa.select(sa.func.published.report_case(code_sha256))
