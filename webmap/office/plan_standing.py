"""Tell which days of a draft may be adopted, and whether it is in force already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cases.visits.comparing import how_far, plans_between
from webmap.auth.desk import Desk
from webmap.office.plan_shown import ShownRoute, shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoptable:
    """A day that may be adopted, and the plan in force that it would take the place of.

    Attributes
    ----------
    is_it
        Whether that plan is this very day: it is adopted already.
    """

    route: ShownRoute
    there: Any
    told: Any
    is_it: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How much of a draft is in force.

    Attributes
    ----------
    days
        The days that may be adopted, those in force among them.
    """

    days: Sequence[Adoptable]

    @property
    def in_force(self) -> Sequence[Adoptable]:
        """Those that are in force as the draft has them."""
        return [each for each in self.days if each.is_it]

    @property
    def is_whole(self) -> bool:
        """Whether every day that could be adopted is in force."""
        return bool(self.days) and len(self.in_force) == len(self.days)

    @property
    def is_adoptable(self) -> bool:
        """Whether there is a day left to adopt."""
        return len(self.in_force) < len(self.days)

    @property
    def by_day(self) -> Mapping[date, int]:
        """Count the officers whose day is in force, by the day."""
        found: dict[date, int] = {}
        for each in self.in_force:
            found[each.route.day] = found.get(each.route.day, 0) + 1
        return found


def standing(desk: Desk, row: Any) -> Standing:
    """Return how much of a draft that has a plan is in force."""
    return Standing(days=adoptable(desk, row))


def adoptable(desk: Desk, row: Any) -> list[Adoptable]:
    """Return the days of a draft that are not over, each with what it would replace."""
    made = shown(row.plan)
    days = [each for each in made.routes if each.day >= desk.today]
    there = {
        (plan.officer_id, plan.on_day): plan
        for plan in desk.rows(plans_between(made.days[0], made.days[-1]))
    }
    told = {each.plan_id: each for each in desk.rows(how_far([each.id for each in there.values()]))}
    return [
        Adoptable(route=each, there=plan, told=told.get(plan.id) if plan else None,
                  is_it=_is_it(plan, row))
        for each in days
        if (plan := there.get((each.officer_id, each.day))) is not None or each.stops
    ]  # fmt: skip


def _is_it(plan: Any, row: Any) -> bool:
    if plan is None:
        return False
    of: Mapping[str, Any] = plan.parameters
    return bool((of.get("draft"), of.get("version")) == (row.id, row.version))
