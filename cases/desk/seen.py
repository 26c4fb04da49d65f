"""Count what each inspection of a case found of the violations it looked at."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from cases.workflow.registry import STEPS
from cases.workflow.violation import ViolationAction as Action

_FOUND: Mapping[str, str] = {
    step.event: found
    for (_status, action), step in STEPS.items()
    for found, actions in {
        "broken": (Action.VERIFY, Action.FIND_STANDING),
        "corrected": (Action.FIND_CORRECTED,),
        "unfounded": (Action.FIND_UNFOUNDED,),
    }.items()
    if action in actions
}
"""What an event says that an inspection found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What an inspection found.

    Parameters
    ----------
    broken, corrected
        How many violations were seen to be there, and to be there no more.
    unfounded
        How many provisions it found kept: alleged and not so, or tried and passed.
    """

    broken: int = 0
    corrected: int = 0
    unfounded: int = 0

    @property
    def looked_at(self) -> int:
        """How many there were in all."""
        return self.broken + self.corrected + self.unfounded


def seen(events: Iterable[sa.Row[Any]], inspections: Iterable[sa.Row[Any]]) -> dict[int, Seen]:
    """Return what each inspection found, by its identity.

    Parameters
    ----------
    events
        The case's, in order; of two about one violation on one inspection the later counts.
    inspections
        Rows of its inspections, whose checklists name what passed.
    """
    said: dict[int, dict[int, str]] = defaultdict(dict)
    for event in events:
        if event.kind in _FOUND and event.details.get("inspection") is not None:
            said[event.details["inspection"]][event.details["violation"]] = _FOUND[event.kind]
    found = {}
    for row in inspections:
        counts = Counter(said[row.id].values())
        items = row.checklist or ()
        failed = {each["section"] for each in items if not each["passed"]}
        counts["unfounded"] += len({each["section"] for each in items} - failed)
        found[row.id] = Seen(**counts)
    return found
