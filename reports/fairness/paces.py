"""Hold how soon cases come to compliance and to closing in each area against the whole town."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reports.answers.answer import Cases, Cell, Chart, Column, Draw, Kind, Row, Table
from reports.courses.proportions import NONE, Ratio, rate_of
from reports.courses.reading import Courses
from reports.errors import TooLittleToSayError
from reports.fairness.areas import NOWHERE, Areas
from reports.fairness.outcomes import LEAST_EXPECTED
from reports.fairness.suppressing import suppressed
from reports.performance.steps import State, Step, waits_for
from reports.stats.logrank import log_rank
from reports.stats.survival import Between, survival

type Whole = NDArray[np.int64]

STEPS = (Step.CORRECTION, Step.CLOSING)
TITLES: Mapping[Step, str] = {
    Step.CORRECTION: "Days to compliance",
    Step.CLOSING: "Days to closing",
}
REACHED: Mapping[Step, str] = {Step.CORRECTION: "Have complied", Step.CLOSING: "Were closed"}
UNTOLD = Between(None, None, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How soon the cases of an area came to a step.

    Parameters
    ----------
    cases, reached
        Those that can come to it, and of them those that did; None where it is not told.
    median
        Days within which half did, with its interval.
    ratio
        Those that did in proportion to those expected: above 1 is sooner.
    """

    area: int
    cases: Cases | None
    reached: Cases | None = None
    median: Between = UNTOLD
    ratio: Ratio = NONE

    @property
    def is_apart(self) -> bool:
        """Whether it differs from what was expected by more than chance, this one looked at."""
        low, high = self.ratio.low, self.ratio.high
        return low is not None and high is not None and not low <= 1 <= high


@dataclass(frozen=True, slots=True, kw_only=True)
class Paces:
    """How soon cases came to a step in every area.

    Parameters
    ----------
    compared, reached
        How many cases in all, and of them those that did; None where it is not told.
    median
        In all areas together; none where it is not told how many did.
    """

    step: Step
    compared: int
    reached: int | None
    median: Between
    paces: Sequence[Pace]


def paces(courses: Courses, areas: Areas, step: Step, *, within: Whole) -> Paces:
    """Compare how soon cases of the areas come to a step.

    What is expected is what would have come to it by now, had each area been as quick as all areas
    together in each category: the log-rank test's expectation, summed over the categories.

    Parameters
    ----------
    within
        The area of each case, -1 of none.
    """
    waits = waits_for(courses, step)
    of = courses.cases.assign(area=within).set_index("id").loc[waits.ids, ["area", "category"]]
    cases = pd.DataFrame(
        {
            "id": waits.ids, "days": waits.days, "did": waits.states == State.REACHED,
            "area": of["area"].to_numpy(), "category": of["category"].to_numpy(),
        }
    )  # fmt: skip
    cases = cases[cases["area"] != NOWHERE]
    parts = [cases[cases["area"] == at] for at in range(len(areas))]
    counts = [[int(part["did"].sum()), int((~part["did"]).sum())] for part in parts]
    hidden = suppressed(np.array(counts, dtype=np.int64).reshape(-1, 2))
    expected = _expected(cases, areas=len(areas))
    is_told = not hidden.columns.any()
    return Paces(
        step=step, compared=len(cases), reached=int(cases["did"].sum()) if is_told else None,
        median=_median(cases) if is_told else UNTOLD,
        paces=[
            _pace(at, part, expected[at], is_told=not hidden.counts[at].any(),
                  has_sum=not hidden.rows[at])
            for at, part in enumerate(parts)
        ],
    )  # fmt: skip


def paces_table(found: Paces, areas: Areas) -> Table:
    """Make the table of a step, an area a row in the areas' order."""
    return Table(
        key=str(found.step), title=TITLES[found.step], columns=_columns(REACHED[found.step]),
        means="From the opening of a case, also of those that still wait, by area.",
        rows=tuple(_row(areas.codes[each.area], areas.names[each.area], each)
                   for each in found.paces),
    )  # fmt: skip


def paces_chart(found: Paces) -> Chart:
    """Draw the ratios of a step with their intervals."""
    return Chart(
        key=str(found.step), title=TITLES[found.step], draw=Draw.DOTS, of=str(found.step),
        along="area", across=("ratio",),
        says="Above 1 is sooner than the town's cases of the same categories, below 1 is later; an "
        "interval that reaches over 1 is no difference that could be told from chance.",
    )  # fmt: skip


def _median(cases: pd.DataFrame) -> Between:
    if not len(cases):
        return UNTOLD
    return survival(cases["days"].to_numpy(), cases["did"].to_numpy()).quantile(0.5)


def _expected(cases: pd.DataFrame, *, areas: int) -> NDArray[np.float64]:
    """Sum over the categories how many of each area would have come to it by now."""
    total = np.zeros(areas)
    for _category, part in cases.groupby("category"):
        try:
            tested = log_rank(
                part["days"].to_numpy(), part["did"].to_numpy(), part["area"].to_numpy()
            )
        except TooLittleToSayError:  # one area alone is as quick as itself
            np.add.at(total, part["area"][part["did"]].to_numpy(), 1.0)
        else:
            total[tested.groups] += tested.expected
    return total


def _pace(area: int, cases: pd.DataFrame, expected: float, *, is_told: bool, has_sum: bool) -> Pace:
    every = Cases(cases["id"].tolist()) if has_sum else None
    if not is_told or not len(cases):
        return Pace(area=area, cases=every)
    reached = Cases(cases["id"][cases["did"]].tolist())
    return Pace(
        area=area, cases=every, reached=reached, median=_median(cases),
        ratio=rate_of(len(reached), expected) if expected >= LEAST_EXPECTED else NONE,
    )  # fmt: skip


def _columns(reached: str) -> tuple[Column, ...]:
    return (
        Column(key="area", words="Area"),
        Column(key="cases", words="Cases", kind=Kind.COUNT,
               means="Whose days are on record."),
        Column(key="reached", words=reached, kind=Kind.COUNT),
        Column(key="median", words="Half within", kind=Kind.DAYS, low="median_low",
               high="median_high", means="Days within which half did (Kaplan and Meier), with a "
               "95 % interval. A dash: fewer than half did so far."),
        Column(key="ratio", words="Beside those expected", kind=Kind.NUMBER, low="ratio_low",
               high="ratio_high", means="Those that did by now divided by those that would have, "
               "had each category been as quick as in all areas together, with a 95 % interval. "
               "Left out where fewer than five are expected."),
        Column(key="median_low", words="Half within, low", kind=Kind.DAYS),
        Column(key="median_high", words="Half within, high", kind=Kind.DAYS),
        Column(key="ratio_low", words="Beside those expected, low", kind=Kind.NUMBER),
        Column(key="ratio_high", words="Beside those expected, high", kind=Kind.NUMBER),
    )  # fmt: skip


def _row(code: str, name: str, pace: Pace) -> Row:
    lists = {"cases": pace.cases, "reached": pace.reached}
    median, ratio = pace.median, pace.ratio
    cells: dict[str, Cell] = {
        "area": name, **{key: None if each is None else len(each) for key, each in lists.items()},
        "median": median.value, "median_low": median.lower, "median_high": median.upper,
        "ratio": ratio.value, "ratio_low": ratio.low, "ratio_high": ratio.high,
    }  # fmt: skip
    return Row(
        key=code, cells=cells, cases={k: each for k, each in lists.items() if each is not None}
    )
