"""Say how old the cases are that stand open, and how many of them are overdue."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from cases.desk.passed import REACH, Age
from cases.phases import Phase
from reports.answers.answer import Cases, Chart, Column, Draw, Kind, Row, Table
from reports.courses.reading import Courses, chosen

_OLDER: Sequence[tuple[str, int, int | None]] = (
    ("half to one year ago", 181, 365),
    ("one to two years ago", 366, 730),
    ("two to five years ago", 731, 1826),
    ("over five years ago", 1827, None),
)
_YOUNGER = {
    Age.MONTH: "up to 30 days ago",
    Age.QUARTER: "31 to 90 days ago",
    Age.HALF: "91 to 180 days ago",
}


@dataclass(frozen=True, slots=True)
class Span:
    """Ages that are told together, in days since the opening, both ends counted."""

    key: str
    words: str
    fewest: int
    most: int | None


SPANS: Sequence[Span] = (
    *(Span(str(age), words, *REACH[age]) for age, words in _YOUNGER.items()),
    *(Span(f"from_{fewest}", words, fewest, most) for words, fewest, most in _OLDER),
)
"""The ages of a manager's first page, its oldest parted."""

COLUMNS = (
    Column(key="age", words="Opened"),
    Column(key="cases", words="Open cases", kind=Kind.COUNT),
    Column(key="overdue", words="Overdue, not cited", kind=Kind.COUNT,
           means="The time to correct has passed, and nothing stronger than a warning was done."),
    Column(key="unseen", words="Not inspected yet", kind=Kind.COUNT,
           means="Reported, and nobody has verified it."),
)  # fmt: skip

CHART = Chart(
    key="backlog", title="How old the open cases are", draw=Draw.BARS, of="backlog", along="age",
    across=("cases",),
)  # fmt: skip


def backlog_table(courses: Courses) -> Table:
    """Make the table of the open cases by how long ago they were opened."""
    age = courses.on - courses.cases["opened"]
    marks = [(each.key, each.words, _within(age, each)) for each in SPANS]
    rows = [_row(courses, key, words, within) for key, words, within in marks]
    undated = _row(courses, str(Age.UNKNOWN), "on a day that is not on record", age.isna())
    return Table(
        key="backlog", title="How old the open cases are", columns=COLUMNS,
        means="Every case that had not ended, verified or not, by the days since it was opened.",
        rows=(*rows, undated) if undated.cells["cases"] else tuple(rows),
    )  # fmt: skip


def _within(age: pd.Series, span: Span) -> pd.Series:
    return age.between(span.fewest, float("inf") if span.most is None else span.most)


def _row(courses: Courses, key: str, words: str, marks: pd.Series) -> Row:
    stand = marks & courses.cases["is_open"]
    lists = {"cases": chosen(courses, stand), **_waiting(courses, stand)}
    cells = dict.fromkeys(("overdue", "unseen"), None) | {
        name: len(each) for name, each in lists.items()
    }
    return Row(key=key, cells={"age": words, **cells}, cases=lists)


def _waiting(courses: Courses, stand: pd.Series) -> dict[str, Cases]:
    """Return those overdue and those unseen; nothing of a day that is over, which nobody kept."""
    if not courses.is_now:
        return {}
    phase, late = courses.cases["phase"], courses.cases["due"] < courses.on
    return {
        "overdue": chosen(courses, stand & (phase == Phase.OPEN) & late),
        "unseen": chosen(courses, stand & (phase == Phase.REPORTED)),
    }
