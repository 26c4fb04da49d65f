"""Hold what a plan's days stand on: drives, hours and charges as whole numbers, by position."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from geo.streets.travel import Matrix
from reports.routes.openings import Opening, openings, outside_charge, refusal
from reports.routes.problem import Problem
from reports.routes.timing import Hop, Timed, set_clock
from reports.routes.waiting import left_charge, wait_charge

NO_WAY_SECONDS = 2 * 24 * 60 * 60
"""Stands for "no way" in whole numbers: longer than any shift."""
MUST_SECONDS = 100_000
"""What a visit that must be made is worth: more than a day full of others."""

type Orders = list[list[int]]
"""Of each shift the positions of its stops, in the order of the visits."""


@dataclass(frozen=True)
class Ground:
    """A problem as the planning reckons with it; stops and shifts by their position in it.

    Attributes
    ----------
    seconds
        Driving times in whole seconds, shape as `problem.places()`.
    openings
        Of each stop, when a visit may begin on each day.
    charges
        Shape (stops, shifts): the driving in seconds that the visit must be worth beyond the way
        there, for it lies outside the officer's zones or has waited until that day; infinite
        where it may not be made.
    meetings
        Of stops that two officers visit, the day and the second they meet.
    """

    problem: Problem
    seconds: NDArray[np.int64]
    openings: tuple[dict[date, Opening], ...]
    charges: NDArray[np.float64]
    meetings: dict[int, tuple[date, int]] = field(default_factory=dict)

    @cached_property
    def drives(self) -> list[list[int]]:
        """The seconds as lists: many times quicker to read one by one."""
        rows: list[list[int]] = self.seconds.tolist()
        return rows

    @cached_property
    def ends(self) -> list[tuple[int, int]]:
        """The rows where each shift starts and ends."""
        row = {place: number for number, place in enumerate(self.problem.ends())}
        return [(row[each.start_place], row[each.end_place]) for each in self.problem.shifts]

    @cached_property
    def _left(self) -> list[int]:
        """What each stop waits when it is not visited."""
        return [left_charge(stop, self.problem) for stop in self.problem.stops]

    @cached_property
    def first_row(self) -> int:
        """The row of the first stop."""
        return len(self.problem.ends())

    def opening(self, stop: int, day: date) -> Opening | None:
        """Return when a visit may begin on a day; none when it may not."""
        if stop in self.meetings:
            meet_on, instant = self.meetings[stop]
            return (instant, instant) if meet_on == day else None
        return self.openings[stop].get(day)

    def may(self, stop: int, shift: int) -> bool:
        """Return whether a visit may be made in a shift at all."""
        day = self.problem.shifts[shift].day
        return math.isfinite(self.charges[stop, shift]) and self.opening(stop, day) is not None

    def way(self, shift: int, order: Sequence[int]) -> list[int]:
        """Return the rows driven through."""
        start, end = self.ends[shift]
        return [start, *(self.first_row + stop for stop in order), end]

    def time(self, shift: int, order: Sequence[int]) -> Timed | None:
        """Return the times of a day; none when it cannot be driven so."""
        who = self.problem.shifts[shift]
        if who.max_stops is not None and len(order) > who.max_stops:
            return None
        if any(self.opening(stop, who.day) is None for stop in order):
            return None
        hops, home = self.hops(shift, order)
        return set_clock(who, hops, home=home, rush=self.problem.policy.rush)

    def hops(self, shift: int, order: Sequence[int]) -> tuple[list[Hop], int]:
        """Return the drives and visits of a day, and the seconds of the drive home.

        What may not be visited that day may never begin.
        """
        way, day = self.way(shift, order), self.problem.shifts[shift].day
        hops = []
        for number, stop in enumerate(order):
            hours = self.opening(stop, day) or (0, -1)
            drive = self.drives[way[number]][way[number + 1]]
            hops.append(Hop(drive, *hours, self.problem.stops[stop].service_seconds))
        return hops, self.drives[way[-2]][way[-1]]

    def cost(self, shift: int, order: Sequence[int], timed: Timed) -> float:
        """Return the driving, charges and overtime of a day, in seconds."""
        who, drive = self.problem.shifts[shift], sum(timed.drives)
        over = max(0, timed.finish - who.end) * self.problem.policy.overtime_price
        return drive + over + float(sum(self.charges[stop, shift] for stop in order))

    def value(self, stop: int) -> int:
        """Return what a visit is worth, in seconds of driving.

        Whoever is not visited waits until the last day, so that a visit then is worth what it is
        worth by itself, and an earlier one more.
        """
        visited = self.problem.stops[stop]
        worth = visited.worth_seconds + self._left[stop]
        return MUST_SECONDS + worth if visited.must else worth

    def unhurried(self) -> "Ground":
        """Return the same with no price on waiting, so that an officer's days are all alike."""
        policy = replace(self.problem.policy, wait_seconds=0)
        charges = self.charges - _waits(self.problem)
        return replace(self, problem=replace(self.problem, policy=policy), charges=charges)

    def with_drives(self, driven: Mapping[tuple[int, int], int]) -> "Ground":
        """Return the same with the seconds of some drives between rows replaced."""
        seconds = self.seconds.copy()
        for pair, taken in driven.items():
            seconds[pair] = taken
        return replace(self, seconds=seconds)


def lay_ground(problem: Problem, matrix: Matrix, *, lent: bool = False) -> Ground:
    """Return the ground of a problem.

    Parameters
    ----------
    problem
        The problem.
    matrix
        Over `problem.places()`.
    lent
        Whether officers may be lent to the zones they help.
    """
    known = np.isfinite(matrix.seconds)
    seconds = np.rint(np.where(known, matrix.seconds, NO_WAY_SECONDS)).astype(np.int64)
    charges = np.full((len(problem.stops), len(problem.shifts)), np.inf)
    help_seconds = problem.policy.help_seconds if lent else None
    for row, stop in enumerate(problem.stops):
        for column, shift in enumerate(problem.shifts):
            if refusal(stop, shift, lent=help_seconds is not None) is None:
                charges[row, column] = outside_charge(stop, shift, lent=help_seconds)
    opened = tuple(openings(stop, problem) for stop in problem.stops)
    return Ground(problem, seconds, opened, charges + _waits(problem))


def _waits(problem: Problem) -> NDArray[np.float64]:
    """Return what each visit has waited until each shift, shape (stops, shifts)."""
    days = dict.fromkeys(shift.day for shift in problem.shifts)
    column = {day: number for number, day in enumerate(days)}
    waits = np.array(
        [[wait_charge(stop, day, problem) for day in days] for stop in problem.stops], dtype=float
    ).reshape(len(problem.stops), len(days))
    return waits[:, [column[shift.day] for shift in problem.shifts]]
