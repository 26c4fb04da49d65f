"""Say of kept questions what they ask, how often they are asked by themselves, and when next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _

from reports.answers.options import OptionKind
from reports.registry import REPORTS
from reports.runs import saving
from reports.runs.rhythm import Rhythm, next_day
from webmap.auth.desk import Desk
from webmap.report_values import told_of

RHYTHMS: Mapping[Rhythm, Any] = {
    Rhythm.NONE: _("not by itself"),
    Rhythm.WEEKLY: _("every Monday"),
    Rhythm.MONTHLY: _("on the 1st of each month"),
}


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept question as a page shows it.

    Parameters
    ----------
    row
        As `reports.runs.saving.kept` returns it.
    title
        Its report's; None of one that is made no more.
    told
        What it asks beside the defaults.
    fixed
        The labels of days that stay as they are.
    next_on
        When it is asked by itself next; None for never.
    """

    row: Any
    title: str | None
    told: list[tuple[str, str]]
    fixed: list[str]
    next_on: date | None
    is_own: bool


def kept_by(desk: Desk) -> list[Kept]:
    """Return what whoever asks keeps, and what others share with them."""
    return [_shown(desk, row) for row in saving.kept(desk.connection, desk.member.id)]


def fixed_days(asked: Any) -> list[str]:
    """Return the labels of the days that a question names, which do not move on with the day."""
    report = REPORTS.get(asked.report)
    options = report.options if report else ()
    return [
        each.words for each in options if each.kind is OptionKind.DAY and each.key in asked.asked
    ]


def _shown(desk: Desk, row: Any) -> Kept:
    report = REPORTS.get(row.report)
    on = next_day(Rhythm(row.rhythm), on=desk.today, since=row.since_day, last=row.last_day)
    return Kept(
        row=row, title=report.title if report else None, told=told_of(row),
        fixed=fixed_days(row), next_on=on if row.can_send else None,
        is_own=row.staff_id == desk.member.id,
    )  # fmt: skip
