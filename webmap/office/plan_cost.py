"""Add up what a change by hand costs, part by part, in minutes of driving."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext

from reports.routes.tally import Tally

PARTS: dict[str, Any] = {
    "driven": lazy_gettext("Driving"),
    "waiting": lazy_gettext("Visits on a later day than they could be"),
    "missed": lazy_gettext("Worth of what is not visited"),
    "overtime": lazy_gettext("Overtime, at its price"),
    "outside": lazy_gettext("Visits outside an officer's zones"),
}
"""What a plan costs, by the part of a tally."""
HALF_A_MINUTE = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a change adds to what a plan costs, in seconds of driving.

    Attributes
    ----------
    parts
        Each part that changes by half a minute or more, named, and the seconds it adds.
    total
        What they come to, with those that change by less.
    """

    parts: Sequence[tuple[Any, int]]
    total: int

    @property
    def is_more_than_driving(self) -> bool:
        """Whether anything but the driving changes: else the driving says it all."""
        return any(words is not PARTS["driven"] for words, _seconds in self.parts)


def cost_of(before: Tally, after: Tally) -> Cost:
    """Return what a change costs.

    Parameters
    ----------
    before, after
        What the plan costs without the change and with it.
    """
    added = {name: getattr(after, name) - getattr(before, name) for name in PARTS}
    return Cost(
        parts=[(PARTS[name], each) for name, each in added.items() if abs(each) >= HALF_A_MINUTE],
        total=after.objective - before.objective,
    )
