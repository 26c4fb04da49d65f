"""Hold what people complained of against what officers found, area by area."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from reports.answers.answer import Cases, Cell, Chart, Column, Draw, Kind, Row, Table
from reports.courses.proportions import NONE, rate_of, share_of
from reports.courses.reading import Courses, Origin
from reports.fairness.areas import NOWHERE, Areas
from reports.fairness.suppressing import Hidden, suppressed

ORIGINS = (Origin.COMPLAINT, Origin.OFFICER, Origin.UNKNOWN)
LEAST_PARCELS = 30
"""An area with fewer has no rate: one case more would change it by much."""
TOWN = "(all)"

COLUMNS = (
    Column(key="area", words="Area"),
    Column(key="parcels", words="Parcels", kind=Kind.COUNT, means="As they are today."),
    Column(key="cases", words="Cases", kind=Kind.COUNT),
    Column(key="complaint", words="From complaints", kind=Kind.COUNT,
           means="Somebody reported it, or another agency did."),
    Column(key="officer", words="Found by officers", kind=Kind.COUNT,
           means="An officer saw it without being called."),
    Column(key="unknown", words="Not on record", kind=Kind.COUNT,
           means="The record does not say how it began."),
    Column(key="rate", words="Cases per 100 parcels", kind=Kind.NUMBER, low="rate_low",
           high="rate_high", means="With a 95 % interval; over all the days of the question."),
    Column(key="complaint_rate", words="Complaints per 100 parcels", kind=Kind.NUMBER,
           low="complaint_low", high="complaint_high", means="The same of cases from complaints."),
    Column(key="officer_rate", words="Found per 100 parcels", kind=Kind.NUMBER, low="officer_low",
           high="officer_high", means="The same of cases that officers found."),
    Column(key="share", words="Share found by officers", kind=Kind.SHARE, low="share_low",
           high="share_high", means="Of the cases whose beginning is on record, with a 95 % "
           "interval."),
    *(Column(key=f"{name}_{end}", words=f"{words}, {end}", kind=kind)
      for name, words, kind in (
          ("rate", "Cases per 100 parcels", Kind.NUMBER),
          ("complaint", "Complaints per 100 parcels", Kind.NUMBER),
          ("officer", "Found per 100 parcels", Kind.NUMBER),
          ("share", "Share found by officers", Kind.SHARE))
      for end in ("low", "high")),
)  # fmt: skip

CHART = Chart(
    key="origins", title="Cases per 100 parcels, by how they began", draw=Draw.DOTS, of="origins",
    along="area", across=("complaint_rate", "officer_rate"),
    says="Where the two differ much, people call about other places than officers go to.",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Origins:
    """How the cases of each area began.

    Parameters
    ----------
    counts
        Shape (areas, 3), in the order of `ORIGINS`.
    cases
        Which, by area and origin; those of `NOWHERE` lie in no area, or in no place that is known.
    """

    areas: Areas
    counts: NDArray[np.int64]
    cases: Mapping[tuple[int, Origin], Cases]

    @property
    def hidden(self) -> Hidden:
        """What of the counts is not told; those in no area are a last row, whose sum is told."""
        beyond = [len(self.cases[NOWHERE, origin]) for origin in ORIGINS]
        return suppressed(np.vstack([self.counts, np.array([beyond], dtype=np.int64)]))

    @property
    def nowhere(self) -> Cases | None:
        """The cases that lie in no area; None where they are too few to be told."""
        return None if self.hidden.rows[-1] else _joined(self, [NOWHERE], ORIGINS)

    def began(self, origin: Origin) -> Cases | None:
        """Return the cases that began so, wherever they lie; None where it is not told."""
        if self.hidden.columns[ORIGINS.index(origin)]:
            return None
        return _joined(self, [*range(len(self.areas)), NOWHERE], [origin])

    def total(self, origin: Origin) -> int:
        """Return how many cases of the areas began so."""
        return int(self.counts[:, ORIGINS.index(origin)].sum())


def origins(courses: Courses, areas: Areas, *, within: NDArray[np.int64]) -> Origins:
    """Count how the cases of each area began.

    Parameters
    ----------
    within
        The area of each case, by its place in the list, -1 of none.
    """
    cases = courses.cases
    lists = {
        (at, origin): Cases(cases["id"][(within == at) & (cases["origin"] == origin)].tolist())
        for at in (*range(len(areas)), NOWHERE)
        for origin in ORIGINS
    }
    counts = [[len(lists[at, origin]) for origin in ORIGINS] for at in range(len(areas))]
    return Origins(
        areas=areas, counts=np.array(counts, dtype=np.int64).reshape(-1, len(ORIGINS)),
        cases=lists,
    )  # fmt: skip


def origins_table(found: Origins) -> Table:
    """Make the table of areas, under the sum of all of them."""
    areas, hidden = found.areas, found.hidden
    rows = [
        _row(
            areas.codes[at], areas.names[at], parcels=int(areas.parcels[at]),
            lists=[None if hidden.counts[at, column] else found.cases[at, origin]
                   for column, origin in enumerate(ORIGINS)],
            every=None if hidden.rows[at] else _joined(found, range(at, at + 1), ORIGINS),
        )
        for at in range(len(areas))
    ]  # fmt: skip
    return Table(
        key="origins", title="From complaints and found by officers", columns=COLUMNS,
        means="How the cases of each area began, in proportion to its parcels.",
        rows=(_town(found, hidden), *rows),
        shapes={each: shapely.geometry.mapping(shape)
                for each, shape in zip(areas.codes, areas.shapes, strict=True)},
    )  # fmt: skip


def _town(found: Origins, hidden: Hidden) -> Row:
    """Make the row of all areas; beside the sum with those in none it would tell of the latter."""
    every = range(len(found.areas))
    lists = [
        None if hidden.columns[at] or hidden.counts[-1, at] else _joined(found, every, [origin])
        for at, origin in enumerate(ORIGINS)
    ]
    return _row(
        TOWN, "All areas", parcels=int(found.areas.parcels.sum()), lists=lists,
        every=None if hidden.rows[-1] else _joined(found, every, ORIGINS),
    )  # fmt: skip


def _joined(found: Origins, areas: Sequence[int], of: Sequence[Origin]) -> Cases:
    return Cases(sorted(
        each for at in areas for origin in of for each in found.cases[at, origin].ids
    ))  # fmt: skip


def _row(
    key: str, name: str, *, parcels: int, lists: Sequence[Cases | None], every: Cases | None
) -> Row:
    """Make a row; what is not told is None, and so is what would tell it."""
    complaint, officer, _unknown = lists
    shown = {str(origin): each for origin, each in zip(ORIGINS, lists, strict=True)}
    held = {"cases": every, **shown}
    share = NONE
    if complaint is not None and officer is not None:
        share = share_of(len(officer), len(complaint) + len(officer))
        if not complaint and not officer:
            complaint = officer = None  # of none is known how it began, so no rate is 0
    cells: dict[str, Cell] = {
        "area": name, "parcels": parcels,
        **{column: None if each is None else len(each) for column, each in held.items()},
        **_rate_cells("rate", "rate", every, parcels),
        **_rate_cells("complaint_rate", "complaint", complaint, parcels),
        **_rate_cells("officer_rate", "officer", officer, parcels),
        "share": share.value, "share_low": share.low, "share_high": share.high,
    }  # fmt: skip
    return Row(
        key=key, cells=cells, cases={c: each for c, each in held.items() if each is not None}
    )


def _rate_cells(
    column: str, ends: str, cases: Cases | None, parcels: int
) -> dict[str, float | None]:
    enough = cases is not None and parcels >= LEAST_PARCELS
    rate = rate_of(len(cases), parcels / 100) if cases is not None and enough else NONE
    return {column: rate.value, f"{ends}_low": rate.low, f"{ends}_high": rate.high}
