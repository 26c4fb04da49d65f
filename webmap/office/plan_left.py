"""Say what a plan does not reach: how many stops, what that risks, why, and what would help."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext, ngettext

from reports.routes.plan import LeftReason, Risk
from webmap.left_words import reason
from webmap.office.plan_shown import Json
from webmap.office.plan_words import gravity, risk

HELPS: dict[str, Any] = {
    LeftReason.OFF_STREETS: lazy_gettext("See whether its place on the map is right."),
    LeftReason.UNREACHABLE: lazy_gettext(
        "See whether its place is right, and the one-way streets around it."
    ),
    LeftReason.LESS_PRESSING: lazy_gettext("Give it to an officer, or say that it is worth more."),
    LeftReason.OTHER_DAYS: lazy_gettext("Plan the days on which it may be visited."),
    LeftReason.CONTRADICTORY: lazy_gettext("Correct its appointment or its dates in the case."),
    LeftReason.NO_DAYLIGHT: lazy_gettext("Move its appointment, or give an officer hours by day."),
    LeftReason.NO_OFFICER: lazy_gettext("Say on Working days who works then."),
    LeftReason.NO_CERTIFIED: lazy_gettext("Say on Working days who holds it."),
    LeftReason.NO_ZONE: lazy_gettext("Give it to an officer of another zone."),
    LeftReason.NO_SECOND_OFFICER: lazy_gettext("Give two officers hours at the same time."),
    LeftReason.NO_FIT: lazy_gettext("Give an officer longer hours, or plan less time at its door."),
    LeftReason.MOST_STOPS: lazy_gettext("Allow more stops a day, or give it to an officer."),
    LeftReason.NOT_WORTH: lazy_gettext("Say that it is worth more, or give it to an officer."),
    LeftReason.NO_TIME: lazy_gettext("Give an officer longer hours or overtime."),
}
"""What a manager can do about a stop that is left, by why it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftBehind:
    """The stops that are left at the same risk.

    Attributes
    ----------
    why
        Each reason with how many stops are left for it, the commonest first.
    late
        How many of them are overdue already.
    longest
        By how many days the one of them that is so the longest.
    """

    risk: str
    count: int
    why: Sequence[tuple[str, int]]
    late: int
    longest: int

    @property
    def is_grave(self) -> bool:
        """Whether something is lost by it, or waits that is overdue."""
        return self.risk != Risk.WAITS or self.late > 0


def days_late(problem: Json, first: date) -> dict[str, int]:
    """Return by how many days each stop of a problem that is overdue is so, by its identifier."""
    due = ((each["id"], each["due_on"]) for each in problem["stops"] if each["due_on"])
    late = ((stop, (first - date.fromisoformat(on)).days) for stop, on in due)
    return {stop: days for stop, days in late if days > 0}


def gravest_first(left: Sequence[Json], late: Mapping[str, int]) -> list[Json]:
    """Return what a plan leaves in the order of what that risks, then of how overdue it is."""
    return sorted(left, key=lambda each: (gravity(each["risk"]), -late.get(each["id"], 0)))


def left_behind(left: Sequence[Json], late: Mapping[str, int]) -> list[LeftBehind]:
    """Return what a plan leaves by what that risks, the gravest first.

    Parameters
    ----------
    late
        By how many days those that are overdue are so.
    """
    found: dict[str, list[Json]] = {}
    for each in gravest_first(left, late):
        found.setdefault(each["risk"], []).append(each)
    return [
        LeftBehind(
            risk=code, count=len(rows), why=Counter(each["reason"] for each in rows).most_common(),
            late=sum(each["id"] in late for each in rows),
            longest=max(late.get(each["id"], 0) for each in rows),
        )
        for code, rows in found.items()
    ]  # fmt: skip


def late_words(behind: LeftBehind) -> str:
    """Say how many of them are overdue, and by how much; nothing where none is."""
    if not behind.late:
        return ""
    words = ngettext(
        "%(count)s of them is overdue, by %(days)s days.",
        "%(count)s of them are overdue, by %(days)s days at most.",
        behind.late, count=f"{behind.late:,}", days=f"{behind.longest:,}",
    )  # fmt: skip
    return str(words)


def risk_words(code: str, count: int) -> str:
    """Say what so many stops risk: ``3 stops pass their last day``."""
    if code == Risk.APPOINTMENT:
        words = ngettext(
            "%(count)s promised appointment is missed",
            "%(count)s promised appointments are missed", count, count=f"{count:,}",
        )  # fmt: skip
    elif code == Risk.LEGAL_DATE:
        words = ngettext(
            "%(count)s stop passes its last day", "%(count)s stops pass their last day",
            count, count=f"{count:,}",
        )  # fmt: skip
    elif code == Risk.MUST:
        words = ngettext(
            "%(count)s stop that must be visited is not",
            "%(count)s stops that must be visited are not", count, count=f"{count:,}",
        )  # fmt: skip
    elif code == Risk.WAITS:
        words = ngettext(
            "%(count)s stop can wait for another day", "%(count)s stops can wait for another day",
            count, count=f"{count:,}",
        )  # fmt: skip
    else:
        words = f"{count:,}: {risk(code)}"
    return str(words)


def helps(code: str) -> str:
    """Say what would help a stop that is left; nothing where no code says it."""
    return str(HELPS.get(code, ""))


def why_words(behind: LeftBehind) -> str:
    """Say why they are left, with how many for each reason where there are several."""
    if len(behind.why) == 1:
        return reason(behind.why[0][0])
    return " ".join(f"{reason(code).rstrip('.')} ({count:,})." for code, count in behind.why)


LEFT_WORDS = {
    "helps": helps, "risk_words": risk_words, "why_words": why_words, "late_words": late_words,
}  # fmt: skip
"""What the page of a draft says with of what is left."""
