"""Hold what cases come to in each area against what cases of their kinds come to in the town."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cases.phases import LADDER
from reports.answers.answer import Cases, Cell, Chart, Column, Draw, Kind, Row, Table
from reports.courses.proportions import NONE, Ratio, ratio_at, share_of
from reports.courses.reading import Courses
from reports.errors import TooLittleToSayError
from reports.fairness.areas import NOWHERE, Areas
from reports.fairness.suppressing import suppressed
from reports.stats.standardised import indirect_shares

type Whole = NDArray[np.int64]

LEAST_EXPECTED = 5.0
"""Of fewer that are expected a ratio says nothing."""
APART = 0.05
"""Of the areas said to stand apart, the share that chance alone may have made so."""


class Outcome(StrEnum):
    """What cases are compared by."""

    FURTHER = "further"
    CITED = "cited"
    FINED = "fined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked of an outcome.

    Parameters
    ----------
    did
        Its words as a column; `title` as a heading and `means` in sentences.
    is_so
        Which cases came to it.
    in_files
        Whether a file of cases tells it.
    """

    did: str
    title: str
    means: str
    is_so: Callable[[pd.DataFrame], pd.Series]
    in_files: bool


def _went_further(cases: pd.DataFrame) -> pd.Series:
    steps = cases[["cited", "heard", "ordered"]].notna().any(axis=1)
    return steps | cases["imported_stage"].notna() | cases["phase"].isin(LADDER)


OUTCOMES: Mapping[Outcome, Asked] = {
    Outcome.FURTHER: Asked(
        did="Went beyond a warning", title="Cases that went beyond a warning",
        means="To a citation, a hearing, an order, a court or a lien.",
        is_so=_went_further, in_files=True,
    ),
    Outcome.CITED: Asked(
        did="Were cited", title="Cases that were cited",
        means="A citation was issued and not voided.",
        is_so=lambda cases: cases["cited"].notna(), in_files=False,
    ),
    Outcome.FINED: Asked(
        did="Were fined", title="Cases that were fined", means="A fine was charged, by the ledger.",
        is_so=lambda cases: cases["fined"].notna(), in_files=False,
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """What the cases of an area came to, beside what was to be expected.

    Parameters
    ----------
    area
        Its place in the list.
    cases, did
        Those compared, and of them those that came to it; None where it is not told.
    share
        Of the cases, with its interval.
    expected
        The share to be expected of cases of these categories in the whole town.
    ratio
        Those that did in proportion to those expected.
    is_apart
        Whether it differs from what was expected by more than chance, all areas looked at.
    """

    area: int
    cases: Cases | None
    did: Cases | None = None
    share: Ratio = NONE
    expected: float | None = None
    ratio: Ratio = NONE
    is_apart: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps:
    """An outcome in every area.

    Parameters
    ----------
    compared, did
        How many cases in all, and of them those that came to it; None where it is not told.
    """

    outcome: Outcome
    compared: int
    did: int | None
    gaps: Sequence[Gap]


def gaps(courses: Courses, areas: Areas, outcome: Outcome, *, within: Whole, days: int) -> Gaps:
    """Compare the areas by an outcome of the cases in which a violation was found.

    What is expected is by indirect standardization: each case counts as much as the share of all
    cases of its category that came to it. Of cases that a file told of only those are compared
    whose file can tell the outcome.

    Parameters
    ----------
    within
        The area of each case, -1 of none.
    days
        How many days before the day asked of a case was opened at the latest.
    """
    asked, cases = OUTCOMES[outcome], courses.cases.assign(area=within)
    old = cases["opened"] + days <= courses.on
    kept = cases["verified"] & old & (cases["area"] != NOWHERE)
    if not asked.in_files:
        kept &= ~cases["from_file"]
    cases = cases.assign(did=asked.is_so(cases))[kept]
    parts = [cases[cases["area"] == at] for at in range(len(areas))]
    counts = [[int(part["did"].sum()), int((~part["did"]).sum())] for part in parts]
    hidden = suppressed(np.array(counts, dtype=np.int64).reshape(-1, 2))
    beside = _beside(cases)
    return Gaps(
        outcome=outcome, compared=len(cases),
        did=None if hidden.columns.any() else int(cases["did"].sum()),
        gaps=[
            _gap(at, part, None if hidden.counts[at].any() else beside.get(at),
                 has_sum=not hidden.rows[at])
            for at, part in enumerate(parts)
        ],
    )  # fmt: skip


def _beside(cases: pd.DataFrame) -> Mapping[int, tuple[float, Ratio, float]]:
    """Return of each area what is expected, the ratio to it, and its false-discovery rate."""
    if not len(cases):
        return {}
    try:
        told = indirect_shares(
            cases["did"].to_numpy(), cases["area"].to_numpy(), cases["category"].to_numpy(dtype=str)
        )
    except TooLittleToSayError:  # one area alone is as it is expected to be
        return {int(cases["area"].iloc[0]): (float(cases["did"].sum()), NONE, 1.0)}
    return {
        int(area): (float(told.expected[at]), ratio_at(told, at), float(told.q[at]))
        for at, area in enumerate(told.units)
    }


def gaps_table(found: Gaps, areas: Areas) -> Table:
    """Make the table of an outcome, an area a row in the areas' order."""
    asked = OUTCOMES[found.outcome]
    return Table(
        key=str(found.outcome), title=asked.title, columns=_columns(asked.did),
        means=f"{asked.means} Of the cases in which a violation was found, by area.",
        rows=tuple(_row(areas.codes[each.area], areas.names[each.area], each)
                   for each in found.gaps),
    )  # fmt: skip


def gaps_chart(found: Gaps) -> Chart:
    """Draw the ratios of an outcome with their intervals."""
    return Chart(
        key=str(found.outcome), title=OUTCOMES[found.outcome].title, draw=Draw.DOTS,
        of=str(found.outcome),
        along="area", across=("ratio",),
        says="An interval that reaches over 1 is no difference that could be told from chance.",
    )  # fmt: skip


def _gap(
    area: int, cases: pd.DataFrame, beside: tuple[float, Ratio, float] | None, *, has_sum: bool
) -> Gap:
    """Say what the cases of an area came to; not what, where nothing is to be told beside it."""
    every = Cases(cases["id"].tolist()) if has_sum else None
    if beside is None:
        return Gap(area=area, cases=every)
    did, (expected, ratio, q) = Cases(cases["id"][cases["did"]].tolist()), beside
    is_enough = expected >= LEAST_EXPECTED
    return Gap(
        area=area, cases=every, did=did, share=share_of(len(did), len(cases)),
        expected=expected / len(cases), ratio=ratio if is_enough else NONE,
        is_apart=is_enough and q < APART,
    )  # fmt: skip


def _columns(did: str) -> tuple[Column, ...]:
    return (
        Column(key="area", words="Area"),
        Column(key="cases", words="Cases", kind=Kind.COUNT,
               means="Old enough to be compared, and a violation was found."),
        Column(key="did", words=did, kind=Kind.COUNT),
        Column(key="share", words="Share of them", kind=Kind.SHARE, low="share_low",
               high="share_high", means="Of the cases, with a 95 % interval."),
        Column(key="expected", words="To be expected", kind=Kind.SHARE,
               means="The share that cases of these categories come to in all areas together."),
        Column(key="ratio", words="Beside those expected", kind=Kind.NUMBER, low="ratio_low",
               high="ratio_high", means="Those that did divided by those expected, with a 95 % "
               "interval; 1 is as expected. Left out where fewer than five are expected."),
        Column(key="share_low", words="Share of them, low", kind=Kind.SHARE),
        Column(key="share_high", words="Share of them, high", kind=Kind.SHARE),
        Column(key="ratio_low", words="Beside those expected, low", kind=Kind.NUMBER),
        Column(key="ratio_high", words="Beside those expected, high", kind=Kind.NUMBER),
    )  # fmt: skip


def _row(code: str, name: str, gap: Gap) -> Row:
    lists = {"cases": gap.cases, "did": gap.did}
    cells: dict[str, Cell] = {
        "area": name, **{key: None if each is None else len(each) for key, each in lists.items()},
        "share": gap.share.value, "share_low": gap.share.low, "share_high": gap.share.high,
        "expected": gap.expected,
        "ratio": gap.ratio.value, "ratio_low": gap.ratio.low, "ratio_high": gap.ratio.high,
    }  # fmt: skip
    return Row(
        key=code, cells=cells, cases={k: each for k, each in lists.items() if each is not None}
    )
