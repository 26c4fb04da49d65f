"""Gather what was found of how soon, how often and how evenly cases come to what they should."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.courses.reading import Courses
from reports.performance.clocks import Clock
from reports.performance.intake import Intake
from reports.performance.officers import Comparison
from reports.performance.steps import Step
from reports.performance.times import Time


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """All that the report rests on.

    Parameters
    ----------
    within
        In how many days a case is to have ended, where officers are compared.
    officers
        None for people outside the office, who are told of nobody who works there.
    unseen
        Complaints past their day to respond, of which nothing was decided.
    """

    courses: Courses
    within: int
    times: Sequence[Time]
    clocks: Sequence[Clock]
    intake: Intake
    officers: Sequence[Comparison]
    unseen: int

    def time(self, step: Step) -> Time:
        """Return how long a step takes."""
        return next(each for each in self.times if each.waits.step is step)
