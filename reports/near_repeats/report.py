"""Answer whether cases follow cases nearby sooner than chance would bring: Knox's test."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import sqlalchemy as sa

from reports.answers.answer import (
    Answer,
    Cases,
    Cell,
    Chart,
    Column,
    Draw,
    Feature,
    Figure,
    Kind,
    Layer,
    Look,
    Row,
    Step,
    Table,
)
from reports.answers.options import Question
from reports.answers.watching import Watch
from reports.caseload import Scope, TownFacts, exempt_cases, known_addresses, town_facts
from reports.errors import NothingOnMapError, NothingToReportError, TooLittleToSayError
from reports.metric import Metric
from reports.naming import check_category, zone_code
from reports.placed import case_places, lonlat_of
from reports.stats.knox import Knox, knox

DISTANCES = (50.0, 100.0, 200.0)
SPANS = (7, 14, 30, 60, 90)
SEED = 1
SURE = 0.05
MOST_RECENT = 500
FEET = 3.28084
MEANS = (
    "Every pair of cases is sorted by how far apart they are and how many days lie between them, "
    "and the pairs are counted. The days are then dealt out anew among the cases many times: what "
    "chance alone would bring. Times the usual is pairs by those expected; the chance is how often "
    "the lot brought as many or more."
)
NOT_ONE_LEADS = (
    "More pairs than chance do not show that one case led to another: a street that turns bad, or "
    "an officer who works it through, makes them as well."
)
MANY_BANDS = "With so many bands, one in twenty is below 0.05 by chance."
COUNTED = "Verified cases of the question whose place and day of opening are known."
BANDS = (
    Column(key="near", words="How far"),
    Column(key="soon", words="How soon"),
    Column(key="pairs", words="Pairs", kind=Kind.COUNT),
    Column(key="expected", words="Expected", kind=Kind.NUMBER,
           means="Pairs if days fell on cases by lot."),
    Column(key="times", words="Times the usual", kind=Kind.NUMBER),
    Column(key="chance", words="Chance", kind=Kind.CHANCE,
           means="How often the lot brought as many pairs or more."),
)  # fmt: skip
RECENT = (
    Column(key="address", words="Address"),
    Column(key="opened_on", words="Opened", kind=Kind.DAY),
    Column(key="until", words="Watch until", kind=Kind.DAY,
           means="Until then another case nearby is more likely than usual."),
    Column(key="cases", words="Cases", kind=Kind.COUNT),
)  # fmt: skip


def make(connection: sa.Connection, question: Question, *, watch: Watch) -> Answer:
    """Answer the question, as `reports.registry` has it."""
    watch.at("Reading where cases are", 0)
    town = town_facts(connection)
    check_category(connection, question.text("category"))
    scope = Scope(
        on=question.on, since=question.day("since"), until=question.day("until"),
        category=question.text("category"), zone=zone_code(connection, question.text("zone")),
        open_only=False, outside=question.flag("outside"),
    )  # fmt: skip
    rows: list[sa.Row[Any]] = []
    try:
        rows = [row for row in case_places(connection, scope)[0] if row.opened_on is not None]
        found = _tested(rows, question, srid=town.srid, watch=watch)
    except (NothingOnMapError, NothingToReportError, TooLittleToSayError) as error:
        return _answer(town, question, rows, says=(str(error),))
    watch.at("Naming places", 0.95)
    return _Told(found, rows, scope.until or scope.on).answer(connection, town, question, scope)


def _tested(rows: Sequence[sa.Row[Any]], question: Question, *, srid: int, watch: Watch) -> Knox:
    points = Metric.of(srid).from_lonlat(lonlat_of([*rows]))
    parcels = _one_place(rows, points)
    days = np.array([row.opened_on.toordinal() for row in rows], dtype=np.int64)
    return knox(
        parcels, days, distances=DISTANCES, spans=SPANS, seed=SEED,
        permutations=question.whole("permutations"),
        told=lambda share: watch.at("Dealing the days out anew", 0.05 + 0.9 * share),
    )  # fmt: skip


def _one_place(rows: Sequence[sa.Row[Any]], points: Any) -> Any:
    """Return the places with all cases of a parcel at the place of its first."""
    first: dict[int, int] = {}
    at = [
        n if row.parcel_id is None else first.setdefault(row.parcel_id, n)
        for n, row in enumerate(rows)
    ]
    return points[at]


def _answer(
    town: TownFacts, question: Question, rows: Sequence[sa.Row[Any]], **found: Any
) -> Answer:
    cases = Cases(sorted(row.id for row in rows))
    count = Figure(key="cases", value=len(cases), words="cases", means=COUNTED, cases=cases)
    return Answer(
        report=question.report, title="Near repeats", town=town.name, note=town.note,
        on=question.on, made_at=question.now, asked=question.told(), means=MEANS,
        figures=(count,), **found,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Told:
    """Tells of what was found."""

    found: Knox
    rows: Sequence[sa.Row[Any]]
    last: date

    def answer(
        self, connection: sa.Connection, town: TownFacts, question: Question, scope: Scope
    ) -> Answer:
        """Return the answer."""
        addresses = known_addresses(
            connection, {row.parcel_id for row in self._recent() if row.parcel_id is not None}
        )
        cautions = [NOT_ONE_LEADS, MANY_BANDS]
        if told := exempt_cases(connection, scope).words("cases", outside=scope.outside):
            cautions.append(told)
        recent = self._recent_table(addresses)
        return _answer(
            town, question, self.rows, says=tuple(self._says()), tables=(self._bands(), recent),
            charts=(self._chart(),), cautions=cautions,
            layers=(self._layer(addresses),) if recent.rows else (),
        )  # fmt: skip

    @property
    def lasts(self) -> int:
        """Days for which another case within 100 m is more likely than usual; 0 for none.

        From the soonest on without a gap: a band far out that chance alone makes large is no
        surplus that lasts.
        """
        more = (self.found.p[:3] <= SURE) & (np.nan_to_num(self.found.ratio[:3]) > 1)
        unbroken = np.logical_and.accumulate(more.any(axis=0))
        return self.found.spans[int(unbroken.sum()) - 1] if unbroken.any() else 0

    def _says(self) -> Iterator[str]:
        if not self.lasts:
            yield "Cases do not follow one another nearby more often than chance would bring."
            return
        same, near = self.found.ratio[0, 0], self.found.ratio[1, 0]
        if self.found.p[0, 0] <= SURE and same > 1:
            yield (
                f"Within {self.found.spans[0]} days of a case, another on the same parcel came "
                f"{same:.1f} times as often as chance would bring."
            )
        if self.found.p[1, 0] <= SURE and near > 1:
            yield (
                f"Within {self.found.spans[0]} days of a case, another within "
                f"{self.found.distances[0] * FEET:.0f} ft came {near:.1f} times as often."
            )
        yield f"The surplus lasts for {self.lasts} days."
        recent = len(self._recent())
        if recent:
            yield f"Cases opened so lately that others may follow near them now: {recent:,}."

    def _bands(self) -> Table:
        rows = [
            self._band(row, column)
            for row in range(len(DISTANCES) + 1)
            for column in range(len(SPANS))
        ]
        return Table(
            key="bands", title="Pairs by how far and how soon", columns=BANDS, rows=rows,
            means="The nearest and soonest first.",
        )  # fmt: skip

    def _band(self, row: int, column: int) -> Row:
        ratio = float(self.found.ratio[row, column])
        cells: dict[str, Cell] = {
            "near": _near(row), "soon": _soon(column),
            "pairs": int(self.found.observed[row, column]),
            "expected": round(float(self.found.expected[row, column]), 1),
            "times": None if np.isnan(ratio) else round(ratio, 2),
            "chance": float(self.found.p[row, column]),
        }  # fmt: skip
        return Row(key=f"{row}-{column}", cells=cells)

    def _chart(self) -> Chart:
        return Chart(
            key="times", title="How often another case follows, times the usual", draw=Draw.LINE,
            of="bands", along="soon", across=("times",), by="near",
            says="1 is what chance would bring.",
        )  # fmt: skip

    def _recent(self) -> list[sa.Row[Any]]:
        """Return the cases after which others may follow still, the latest first."""
        since = self.last - timedelta(days=self.lasts)
        recent = [row for row in self.rows if self.lasts and since < row.opened_on <= self.last]
        return sorted(recent, key=lambda row: (row.opened_on, row.id), reverse=True)

    def _recent_table(self, addresses: dict[int, str]) -> Table:
        rows = [self._recent_row(row, addresses) for row in self._recent()[:MOST_RECENT]]
        return Table(
            key="recent", title="Where others may follow now", columns=RECENT, rows=rows,
            means=f"Opened in the {self.lasts} days to {self.last}; the latest first.",
            shapes={str(row.id): _point(row) for row in self._recent()[:MOST_RECENT]},
        )  # fmt: skip

    def _recent_row(self, row: sa.Row[Any], addresses: dict[int, str]) -> Row:
        cells: dict[str, Cell] = {
            "address": addresses.get(row.parcel_id), "opened_on": row.opened_on,
            "until": row.opened_on + timedelta(days=self.lasts), "cases": 1,
        }  # fmt: skip
        return Row(key=str(row.id), cells=cells, cases={"cases": Cases([row.id])})

    def _layer(self, addresses: dict[int, str]) -> Layer:
        features: list[Feature] = [
            {
                "type": "Feature",
                "geometry": _point(row),
                "properties": {
                    "key": str(row.id), "step": 0, "radius": 6,
                    "says": [addresses.get(row.parcel_id) or "No address", f"{row.opened_on}"],
                },
            }
            for row in self._recent()[:MOST_RECENT]
        ]  # fmt: skip
        return Layer(
            key="recent", title="Where others may follow now", look=Look.DISCS, features=features,
            legend=(Step(words="a case opened lately", color="#b2182b", radius=6),),
        )  # fmt: skip


def _near(row: int) -> str:
    if row == 0:
        return "the same parcel"
    low = 0 if row == 1 else DISTANCES[row - 2]
    return f"{low * FEET:.0f}\N{EN DASH}{DISTANCES[row - 1] * FEET:.0f} ft"


def _soon(column: int) -> str:
    low = 0 if column == 0 else SPANS[column - 1] + 1
    return f"{low} to {SPANS[column]} days"


def _point(row: sa.Row[Any]) -> Feature:
    return {"type": "Point", "coordinates": [round(row.lon, 6), round(row.lat, 6)]}
