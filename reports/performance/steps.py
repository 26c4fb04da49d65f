"""Say of each case how long it took to a step, whether it still waits, or ended without it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cases.phases import Phase
from reports.answers.answer import Cases
from reports.courses.reading import Courses, reported

type Marks = pd.Series


class Step(StrEnum):
    """What a case may come to, in the order of the process."""

    INSPECTION = "inspection"
    NOTICE = "notice"
    CORRECTION = "correction"
    CITATION = "citation"
    HEARING = "hearing"
    CLOSING = "closing"


class State(IntEnum):
    """What had become of a case's way to a step on the day asked of."""

    WAITING = 0
    REACHED = 1
    ENDED = 2  # without it


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """What leads to a step.

    Parameters
    ----------
    words, means
        Its name, and what is counted from what to what, in a sentence.
    since, until
        The columns of its first and its last day.
    ends
        Says of cases that came to no such day, when they ended without it; NaN for the others.
    asks
        Which cases can be asked at all.
    """

    words: str
    means: str
    since: str
    until: str
    ends: Callable[[pd.DataFrame], pd.Series]
    asks: Callable[[pd.DataFrame], Marks]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """How long cases waited for a step.

    Parameters
    ----------
    ids, days, states
        Of each case that can be asked: its id, the days until it came to the step, ended without it
        or was last looked at, and which of these (`State`).
    untold
        Cases whose day of beginning or of ending is unknown.
    backwards
        Cases in which the step is on record before what it is counted from.
    filed
        Cases left out because the file they came by does not tell of such a step.
    """

    step: Step
    ids: NDArray[np.int64]
    days: NDArray[np.float64]
    states: NDArray[np.int8]
    untold: Cases
    backwards: Cases
    filed: Cases

    def of(self, state: State) -> Cases:
        """Return the cases that are in a state."""
        return Cases(self.ids[self.states == state].tolist())

    def every(self) -> Cases:
        """Return the cases that were asked."""
        return Cases(self.ids.tolist())

    def __len__(self) -> int:
        """Return how many cases were asked."""
        return len(self.ids)


def _every(cases: pd.DataFrame) -> Marks:
    return pd.Series(data=True, index=cases.index)


def _at_all(cases: pd.DataFrame) -> pd.Series:
    return cases["ended"]


def _uncorrected(cases: pd.DataFrame) -> pd.Series:
    return cases["ended"].where(cases["ending"] != Phase.COMPLIED)


def _taken_back(cases: pd.DataFrame) -> pd.Series:
    return cases["ended"].where(cases["ending"].isin((Phase.UNFOUNDED, Phase.VOID)))


WAYS: Mapping[Step, Way] = {
    Step.INSPECTION: Way(
        words="Complaint to first inspection",
        means="From the day the first complaint was received to the first inspection that was "
        "made; for a case from a file, to the first day on which it says a violation was found.",
        since="reported", until="seen", ends=_at_all, asks=reported,
    ),
    Step.NOTICE: Way(
        words="Opening to first notice",
        means="From the opening of a case to the first notice issued in it.",
        since="opened", until="noticed", ends=_at_all, asks=_every,
    ),
    Step.CORRECTION: Way(
        words="Opening to compliance",
        means="From the opening of a case to the day the last of its violations was found "
        "corrected, of cases that complied.",
        since="opened", until="complied", ends=_uncorrected, asks=_every,
    ),
    Step.CITATION: Way(
        words="Opening to first citation",
        means="From the opening of a case to the first citation issued in it that was not voided.",
        since="opened", until="cited", ends=_at_all, asks=_every,
    ),
    Step.HEARING: Way(
        words="Opening to first hearing",
        means="From the opening of a case to the first hearing held in it.",
        since="opened", until="heard", ends=_at_all, asks=_every,
    ),
    Step.CLOSING: Way(
        words="Opening to closing",
        means="From the opening of a case to its closing.",
        since="opened", until="shut", ends=_taken_back, asks=_every,
    ),
}  # fmt: skip
FILED = frozenset({Step.INSPECTION, Step.CLOSING})
"""What a file of cases tells the day of."""


def waits_for(courses: Courses, step: Step) -> Waits:
    """Say how long each case waited for a step, or has waited until the day asked of."""
    way, cases = WAYS[step], _with_ends(courses.cases)
    cases = cases[way.asks(cases)]
    filed = cases["from_file"] & (step not in FILED)
    since, until = cases[way.since], cases[way.until]
    ended = way.ends(cases).where(until.isna())
    stands = cases["is_open"] | _goes_on(cases, step)
    last = until.fillna(ended).fillna(pd.Series(courses.on, index=cases.index).where(stands))
    untold = ~filed & (since.isna() | last.isna())
    backwards = ~filed & ~untold & (last < since)
    kept = ~(filed | untold | backwards)
    states = np.select([until.notna(), ended.notna()], [State.REACHED, State.ENDED], State.WAITING)
    return Waits(
        step=step,
        ids=cases["id"][kept].to_numpy(),
        days=(last - since)[kept].to_numpy(),
        states=states[kept.to_numpy()].astype(np.int8),
        untold=Cases(cases["id"][untold].tolist()),
        backwards=Cases(cases["id"][backwards].tolist()),
        filed=Cases(cases["id"][filed].tolist()),
    )


def _with_ends(cases: pd.DataFrame) -> pd.DataFrame:
    """Add the last day of each way that is no column as it is."""
    first = cases[["inspected", "found"]].min(axis=1)
    seen = cases["inspected"].where(~cases["from_file"], first)
    taken_back = cases["ending"].isin((Phase.UNFOUNDED, Phase.VOID))
    return cases.assign(
        seen=seen,
        complied=cases["ended"].where(cases["ending"] == Phase.COMPLIED),
        shut=cases["closed"].where(~taken_back),
    )


def _goes_on(cases: pd.DataFrame, step: Step) -> Marks:
    """Say of cases in which nothing stands open any more that they still wait to be closed."""
    unclosed = cases["closed"].isna() & ~cases["from_file"] & (cases["ending"] == Phase.COMPLIED)
    return unclosed & (step is Step.CLOSING)
