"""Say when each inspection of a case was made, and count what it found of the violations."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from cases.desk.visits import day_in_town
from cases.models import CaseEvent, FieldDeed, Inspection
from cases.workflow.inspection import InspectionAction
from cases.workflow.registry import STEPS
from cases.workflow.violation import ViolationAction as Action

VISITED = frozenset(
    step.event
    for (_status, action), step in STEPS.items()
    if action in {InspectionAction.MAKE, InspectionAction.FIND_NO_ACCESS}
)
"""What an event says where somebody came, also in vain."""

FOUND: Mapping[str, str] = {
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
        if event.kind in FOUND and event.details.get("inspection") is not None:
            said[event.details["inspection"]][event.details["violation"]] = FOUND[event.kind]
    found = {}
    for row in inspections:
        counts = Counter(said[row.id].values())
        items = row.checklist or ()
        failed = {each["section"] for each in items if not each["passed"]}
        counts["unfounded"] += len({each["section"] for each in items} - failed)
        found[row.id] = Seen(**counts)
    return found


def made_at() -> sa.ColumnElement[Any]:
    """Say when an inspection was made, or was in vain: by its phone, else as it was written down.

    What was told anew was done when it was first told, unless the records had to date it later.
    """
    first = sa.cast(FieldDeed.told["done_at"].astext, sa.DateTime(timezone=True))
    is_of_its_day = day_in_town(first) == _written(CaseEvent.happened_on)
    phoned = (
        sa.select(sa.case((is_of_its_day, first), else_=FieldDeed.made_at))
        .where(
            FieldDeed.case_id == Inspection.case_id,
            FieldDeed.answer["inspection"].as_integer() == Inspection.id,
            FieldDeed.kind.in_(("visit", "open", "no_access")),
        )
        .limit(1)
        .correlate(Inspection)
        .scalar_subquery()
    )
    return sa.func.coalesce(phoned, _written(CaseEvent.recorded_at))


def _written(part: sa.SQLColumnExpression[Any]) -> sa.ScalarSelect[Any]:
    """Select a part of the event by which somebody came for an inspection, also in vain."""
    return (
        sa.select(part)
        .where(
            CaseEvent.case_id == Inspection.case_id,
            CaseEvent.details["inspection"].as_integer() == Inspection.id,
            CaseEvent.kind.in_(sorted(VISITED)),
        )
        .limit(1)
        .correlate(Inspection)
        .scalar_subquery()
    )
