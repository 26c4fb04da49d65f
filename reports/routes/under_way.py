"""Hold days that are under way: where each officer is, what is left, what is urgent and pinned."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from reports.routes.names import Names
from reports.routes.problem import Place, Problem, Shift
from reports.routes.written import NOBODY, names_from_json, problem_from_json, problem_to_json

HAD_LUNCH = "had_lunch"
"""What the parameters of an adopted rest call that lunch was had before it."""

type Held = Mapping[str, Sequence[str]]
"""Of each officer the identifiers of the stops still to be visited, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderWay:
    """Days under way, and what is asked of the rest of them.

    Attributes
    ----------
    problem
        The rest of one day: the shifts from where the officers are now, and every stop that may
        still be visited.
    held
        What each officer still has; such as are not in the problem are passed over.
    urgent
        Stops that are put in first, one after the other, where they cost least.
    pinned
        Stops held that keep their place in the order.
    anew
        Whether the rest is planned anew; else the urgent stops are put in and nothing else moves.
    names
        Whom and what the problem stands for.
    plans
        The plans in force that the rest takes the place of, by the officer.
    gone
        Labels of stops at which nothing is due any more.
    """

    problem: Problem
    held: Held
    urgent: Sequence[str] = ()
    pinned: Collection[str] = ()
    anew: bool = True
    names: Names = NOBODY
    plans: Mapping[str, int] = field(default_factory=dict)
    gone: Sequence[str] = ()

    def told(self) -> dict[str, Any]:
        """Return it as JSON, without what is gone."""
        return {
            "problem": problem_to_json(self.problem, names=self.names),
            "held": {officer: [*stops] for officer, stops in self.held.items()},
            "urgent": [*self.urgent], "pinned": sorted(self.pinned), "anew": self.anew,
            "plans": dict(self.plans),
        }  # fmt: skip

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> "UnderWay":
        """Return what `told` has written."""
        return cls(
            problem=problem_from_json(told["problem"]), held=told["held"], urgent=told["urgent"],
            pinned=told["pinned"], anew=told["anew"], names=names_from_json(told["problem"]),
            plans=told["plans"],
        )  # fmt: skip


def rest_of(shift: Shift, *, now: int, here: Place, had_lunch: bool) -> Shift:
    """Return the rest of a shift: from where the officer is now, without what is done."""
    lunch = None if had_lunch else shift.lunch
    return replace(shift, start=max(now, shift.start), start_place=here, lunch=lunch)
