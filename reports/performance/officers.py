"""Hold what officers' cases came to against what cases like theirs come to in the whole town."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from reports.answers.answer import Cases, Cell, Chart, Column, Draw, Kind, Row, Table
from reports.courses.proportions import Ratio, ratio_at
from reports.courses.reading import Courses
from reports.errors import NothingToReportError, TooLittleToSayError
from reports.performance.clocks import to_be_seen
from reports.stats.standardised import Standardised, indirect_shares

MIX = ("category", "priority", "channel")
"""What of a case nobody who has it chooses, and what makes it longer or shorter."""
LEAST, LEAST_EXPECTED = 20, 5.0
"""An officer with fewer cases, or of whom fewer are expected, is not compared: chance would tell.
"""
NO_RANKING = (
    "The comparison of officers is not a ranking of persons: it speaks of cases, by whoever has "
    "them now, and what sets them apart beside their category, priority and channel is in it."
)


class Measure(StrEnum):
    """What officers' cases are compared by."""

    SEEN = "officers_seen"
    ENDED = "officers_ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """An officer's cases beside those like them.

    Parameters
    ----------
    cases, did
        Those that count, and of them those that came to it in time.
    expected
        How many would have, had each gone as cases of its category, priority and channel do in the
        whole town.
    ratio
        Those that did in proportion to those expected.
    comparable
        The share of the cases whose category, priority and channel another officer has too.
    """

    officer: str
    cases: Cases
    did: Cases
    expected: float
    ratio: Ratio
    comparable: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Officers compared by one measure.

    Parameters
    ----------
    compared
        By name.
    officers
        How many have such cases; those with too few are not compared.
    """

    measure: Measure
    compared: Sequence[Compared]
    officers: int

    @property
    def too_few(self) -> int:
        """How many officers have too few cases to be compared, or nobody to be compared with."""
        return self.officers - len(self.compared)


def compare(courses: Courses, measure: Measure, *, within: int) -> Comparison:
    """Compare the officers who have the cases of a question by what became of these.

    What is expected is by indirect standardization: each case counts as much as the share of the
    whole town's cases of its category, priority and channel that came to it in time, the officer's
    own among them.

    Parameters
    ----------
    within
        In how many days from its opening a case is to have ended.
    """
    cases = _asked(courses, measure, within=within)
    cases = cases[cases["officer"].notna()]
    strata = cases.groupby(list(MIX), dropna=False).ngroup()
    try:
        told = indirect_shares(
            cases["did"].to_numpy(), cases["officer"].to_numpy(dtype=str), strata.to_numpy()
        )
    except (NothingToReportError, TooLittleToSayError):  # nobody, or one officer alone
        return Comparison(measure=measure, compared=(), officers=cases["officer"].nunique())
    parts = {str(name): part for name, part in cases.groupby("officer")}
    compared = [_compared(told, at, parts[str(name)]) for at, name in enumerate(told.units)]
    enough = [each for each in compared if _is_enough(each)]
    return Comparison(measure=measure, compared=enough, officers=len(compared))


def officers_table(comparison: Comparison, *, within: int) -> Table:
    """Make the table of a comparison, by the officers' names."""
    measure = comparison.measure
    did, title, what = _WORDS[measure]
    return Table(
        key=str(measure), title=title.format(within=within),
        columns=_columns(did.format(within=within)),
        means=f"{what.format(within=within)} By name, which is no order of merit.",
        rows=tuple(_row(at, each) for at, each in enumerate(comparison.compared, start=1)),
    )  # fmt: skip


def officers_chart(comparison: Comparison) -> Chart:
    """Draw the ratios of a comparison with their intervals."""
    title = "Officers' cases inspected in time, beside those expected"
    if comparison.measure is Measure.ENDED:
        title = "Officers' cases ended in time, beside those expected"
    return Chart(
        key=str(comparison.measure), title=title, draw=Draw.DOTS, of=str(comparison.measure),
        along="officer", across=("ratio",),
        says="An interval that reaches over 1 is no difference that could be told from chance.",
    )  # fmt: skip


_WORDS = {
    Measure.SEEN: (
        "Inspected in time",
        "Officers: complaints inspected within the days to respond",
        "Cases with a complaint whose day to respond has passed.",
    ),
    Measure.ENDED: (
        "Ended within {within} days",
        "Officers: cases ended within {within} days",
        "Cases opened at least {within} days before the day asked of.",
    ),
}


def _columns(did: str) -> tuple[Column, ...]:
    return (
        Column(key="officer", words="Officer", means="Whoever has the cases now."),
        Column(key="cases", words="Cases", kind=Kind.COUNT),
        Column(key="did", words=did, kind=Kind.COUNT),
        Column(key="expected", words="Expected", kind=Kind.NUMBER,
               means="Had each case gone as the town's cases of its category, priority and channel."
               ),
        Column(key="ratio", words="Of those expected", kind=Kind.NUMBER, low="low", high="high",
               means="Those that did divided by those expected, with a 95 % interval; 1 is as "
               "expected."),
        Column(key="comparable", words="Comparable", kind=Kind.SHARE,
               means="The share of the cases whose category, priority and channel another officer "
               "has too; the others are compared with nothing but themselves."),
        Column(key="low", words="Of those expected, low", kind=Kind.NUMBER),
        Column(key="high", words="Of those expected, high", kind=Kind.NUMBER),
    )  # fmt: skip


def _row(at: int, compared: Compared) -> Row:
    cells: dict[str, Cell] = {
        "officer": compared.officer, "cases": len(compared.cases), "did": len(compared.did),
        "expected": round(compared.expected, 1), "ratio": compared.ratio.value,
        "low": compared.ratio.low, "high": compared.ratio.high, "comparable": compared.comparable,
    }  # fmt: skip
    return Row(key=f"{at}", cells=cells, cases={"cases": compared.cases, "did": compared.did})


def _asked(courses: Courses, measure: Measure, *, within: int) -> pd.DataFrame:
    """Return the cases that could have come to it in time, with ``did``, whether they did.

    One whose days are not on record is not among them.
    """
    cases = courses.cases
    if measure is Measure.SEEN:
        in_time = cases["inspected"] <= cases["respond_by"]
        return cases.assign(did=in_time)[to_be_seen(courses)]
    whole = (cases["opened"] + within <= courses.on) & (cases["is_open"] | cases["ended"].notna())
    return cases.assign(did=cases["ended"] <= cases["opened"] + within)[whole]


def _is_enough(compared: Compared) -> bool:
    return len(compared.cases) >= LEAST and compared.expected >= LEAST_EXPECTED


def _compared(told: Standardised, at: int, cases: pd.DataFrame) -> Compared:
    return Compared(
        officer=str(told.units[at]), cases=Cases(cases["id"].tolist()),
        did=Cases(cases["id"][cases["did"]].tolist()), expected=float(told.expected[at]),
        ratio=ratio_at(told, at), comparable=float(told.comparable[at]),
    )  # fmt: skip
