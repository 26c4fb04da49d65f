"""Hold two states of a plan against each other: what a change by hand does to whom."""

from collections.abc import Sequence
from dataclasses import dataclass

from webmap.office.plan_cost import Cost
from webmap.office.plan_shown import Json, ShownPlan, ShownRoute, ShownStop

A_MINUTE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class DayChange:
    """An officer's day before and after."""

    before: ShownRoute
    after: ShownRoute

    @property
    def driven(self) -> int:
        """Seconds of driving it adds."""
        return self.after.drive - self.before.drive

    @property
    def is_without_lunch(self) -> bool:
        """Whether its lunch is lost."""
        return self.before.lunch is not None and self.after.lunch is None

    @property
    def overtime(self) -> int:
        """Seconds of overtime it adds."""
        return self.after.overtime - self.before.overtime


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """A visit that begins later than before."""

    officer: str
    before: ShownStop
    after: ShownStop

    @property
    def seconds(self) -> int:
        """By how much."""
        return self.after.begin - self.before.begin


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a change does.

    Attributes
    ----------
    days
        Those it changes.
    later
        Visits of other stops that begin later.
    pushed_out, taken_in
        Stops that are visited no more, and that are visited now.
    cost
        What it costs, part by part.
    """

    days: Sequence[DayChange]
    later: Sequence[Later]
    pushed_out: Sequence[Json]
    taken_in: Sequence[Json]
    cost: Cost

    @property
    def driven(self) -> int:
        """Seconds of driving it adds in all."""
        return sum(each.driven for each in self.days)

    @property
    def latest(self) -> int:
        """By how many seconds the visit put off most begins later."""
        return max((each.seconds for each in self.later), default=0)

    @property
    def promised(self) -> Sequence[Later]:
        """Those of the later visits that somebody expects."""
        return [
            each
            for each in self.later
            if any(item["kind"] == "appointment" for item in each.after.items)
        ]


def told(before: ShownPlan, after: ShownPlan, *, of: str, cost: Cost) -> Told:
    """Tell what a change does.

    Parameters
    ----------
    of
        The stop that is changed, by its identifier: that it begins later goes without saying.
    cost
        What the change costs, as the plan's own figures say.
    """
    days = [
        DayChange(before=was, after=now)
        for was in before.routes
        if (now := after.route(was.key)) is not None and _differs(was, now)
    ]
    had = {each["id"] for each in before.left}
    has = {each["id"] for each in after.left}
    return Told(
        days=days, later=[each for day in days for each in _later(day, of=of)],
        pushed_out=[each for each in after.left if each["id"] not in had and each["id"] != of],
        taken_in=[each for each in before.left if each["id"] not in has and each["id"] != of],
        cost=cost,
    )  # fmt: skip


def _differs(was: ShownRoute, now: ShownRoute) -> bool:
    def of(route: ShownRoute) -> list[tuple[str, int, int]]:
        return [(each.id, each.begin, each.leave) for each in route.stops]

    return of(was) != of(now)


def _later(day: DayChange, *, of: str) -> list[Later]:
    had = {each.id: each for each in day.before.stops}
    found = [
        Later(officer=day.after.officer, before=had[each.id], after=each)
        for each in day.after.stops
        if each.id in had and each.id != of
    ]
    return [each for each in found if each.seconds >= A_MINUTE]
