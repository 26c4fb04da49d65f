"""Say at which stage those who complied did so, and which cases have not."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

import numpy as np
import pandas as pd

from cases.phases import Phase
from reports.answers.answer import Cases, Chart, Column, Draw, Kind, Row, Table
from reports.courses.proportions import share_cells
from reports.courses.reading import Courses


class Reached(StrEnum):
    """How far a case had gone when it was found corrected, or why that cannot be said."""

    BEFORE_NOTICE = "before_notice"
    AFTER_NOTICE = "after_notice"
    AFTER_CITATION = "after_citation"
    AFTER_HEARING = "after_hearing"
    AFTER_ORDER = "after_order"
    FILED = "filed"
    CLOSED = "closed"
    NEVER = "never"


WORDS: Mapping[Reached, str] = {
    Reached.BEFORE_NOTICE: "Complied before any notice",
    Reached.AFTER_NOTICE: "Complied after a notice",
    Reached.AFTER_CITATION: "Complied after a citation",
    Reached.AFTER_HEARING: "Complied after a hearing",
    Reached.AFTER_ORDER: "Complied after an order",
    Reached.FILED: "Complied, by a file that does not say when",
    Reached.CLOSED: "Closed, and the record does not say that it was corrected",
    Reached.NEVER: "Not complied yet",
}
_BY = (
    (Reached.AFTER_ORDER, "ordered"), (Reached.AFTER_HEARING, "heard"),
    (Reached.AFTER_CITATION, "cited"), (Reached.AFTER_NOTICE, "noticed"),
)  # fmt: skip
"""The stages that a correction may come after, the farthest first, and the day each was reached."""

COLUMNS = (
    Column(key="stage", words="Stage"),
    Column(key="cases", words="Cases", kind=Kind.COUNT),
    Column(key="share", words="Share of them", kind=Kind.SHARE, low="low", high="high",
           means="Of the cases in which a violation was found, with a 95 % interval."),
    Column(key="low", words="Share of them, low", kind=Kind.SHARE),
    Column(key="high", words="Share of them, high", kind=Kind.SHARE),
)  # fmt: skip

CHART = Chart(
    key="compliance", title="When those who complied did so", draw=Draw.BARS, of="compliance",
    along="stage", across=("share",),
    says="The farther down a case complied, the more work and money it took.",
)  # fmt: skip


def stages(courses: Courses) -> pd.Series:
    """Say of each case in which a violation was found how far it had come when it was corrected.

    A case comes after a step where that was on an earlier day than the correction was found.

    Returns
    -------
    pandas.Series
        Of `Reached`, by the index of the cases; without those in which no violation was found.
    """
    cases = courses.cases[courses.cases["verified"]]
    complied = cases["ending"] == Phase.COMPLIED
    after = [cases[day] < cases["ended"] for _stage, day in _BY]
    found = np.select(
        [cases["is_open"], ~complied, cases["from_file"], *after],
        [Reached.NEVER, Reached.CLOSED, Reached.FILED, *(stage for stage, _day in _BY)],
        Reached.BEFORE_NOTICE,
    )
    return pd.Series(found, index=cases.index)


def compliance_table(courses: Courses) -> Table:
    """Make the table of stages; those that no case is at are told with none."""
    found = stages(courses)
    ids = courses.cases["id"]
    lists = {stage: Cases(ids[found.index[found == stage]].tolist()) for stage in Reached}
    return Table(
        key="compliance", title="Compliance by stage", columns=COLUMNS,
        means="Cases in which a violation was found, by how far each had gone when the last of "
        "its violations was found corrected.",
        rows=tuple(_row(stage, lists[stage], of=len(found)) for stage in _told(lists)),
    )  # fmt: skip


def _told(lists: Mapping[Reached, Cases]) -> Sequence[Reached]:
    """Leave out what only a file leaves open, where none does."""
    return [each for each in Reached if each is not Reached.FILED or len(lists[each])]


def _row(stage: Reached, cases: Cases, *, of: int) -> Row:
    cells = {"stage": WORDS[stage], "cases": len(cases), **share_cells(len(cases), of)}
    return Row(key=str(stage), cells=cells, cases={"cases": cases})
