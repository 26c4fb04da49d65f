"""Answer which sections of the code are violated most, and which of them come back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from geo.layers import Parcel
from reports.answers.answer import Answer, Cases, Chart, Column, Figure, Kind, Layer, Table
from reports.answers.options import Question
from reports.answers.watching import Watch
from reports.caseload import known_addresses
from reports.courses.proportions import share_of
from reports.sections.counting import LEAST_FOR_TREND, Kept, count, spans_of
from reports.sections.reading import Cited, read_cited
from reports.sections.tables import (
    SPANS_CHART,
    direction,
    kinds_table,
    places_layer,
    places_of,
    places_table,
    spans_table,
)

LEAST_TO_NAME = 30
"""A section is named for coming back only where so many of its cases were followed."""
MOST_NAMED = 3
AROUND_DEG = 0.002
MEANS = (
    "Violations that were verified and not taken back are counted by the section they cite and by "
    "the category of their case, by the day they were found or else the day their case was opened. "
    "The same again, in the plain sense, is the same section in another case on the same parcel "
    "within the months asked for."
)
TWO_SENSES = (
    "The same section again on a parcel is no repeat violation in law: that needs a finding "
    "against the same violator under the same provision, and a person's word. The two are told "
    "apart and never added."
)
LOOKED_AT = (
    "What is violated most is what was looked for and reported most; what nobody saw is not here."
)
ALIKE_PARCELS = (
    "Cases on one parcel are not independent, so that the limits of shares are somewhat too "
    "narrow; and owners may have changed between two cases."
)
SEASONS = (
    "A trend is told from spans of three months, each of its own season. It says whether more was "
    "found, not whether more was done."
)


def make(connection: sa.Connection, question: Question, *, watch: Watch) -> Answer:
    """Answer the question, as `reports.registry` has it."""
    watch.at("Reading violations", 0)
    cited = read_cited(connection, question)
    watch.at("Counting sections", 0.4)
    months = question.whole("months")
    sections = count(cited, _by_section, months=months)
    categories = count(cited, _by_category, months=months)
    watch.at("Finding where they came again", 0.7)
    places = _places(connection, cited)
    return _Told(question, cited, sections, categories, places).answer()


def _by_section(row: Any) -> tuple[str, str]:
    return str(row.ordinance_id), row.citation


def _by_category(row: Any) -> tuple[str, str]:
    return row.category, row.category


def _places(connection: sa.Connection, cited: Cited) -> Table:
    places = places_of(cited)
    parcels = {each.parcel_id for each in places}
    columns = sa.select(Parcel.id, Parcel.parcel_no).where(Parcel.id == sa.func.any([*parcels]))
    numbers = {row.id: row.parcel_no for row in connection.execute(columns)} if parcels else {}
    return places_table(places, numbers=numbers, addresses=known_addresses(connection, parcels))


@dataclass(frozen=True, slots=True)
class _Told:
    """Tells of what was counted."""

    question: Question
    cited: Cited
    sections: Sequence[Kept]
    categories: Sequence[Kept]
    places: Table

    @property
    def months(self) -> int:
        """Within which the same is the same again."""
        return self.question.whole("months")

    def answer(self) -> Answer:
        """Return the answer."""
        town = self.cited.town
        return Answer(
            report=self.question.report, title="Sections violated", town=town.name,
            note=town.note, on=self.cited.on, made_at=self.question.now,
            asked=self.question.told(), means=MEANS, says=tuple(self._says()),
            figures=tuple(self._figures()), tables=tuple(self._tables()),
            charts=tuple(self._charts()), layers=tuple(self._layers()),
            cautions=tuple(self._cautions()), extent=_extent(self.places),
        )  # fmt: skip

    def _says(self) -> Iterator[str]:
        first, last = self.cited.after + timedelta(days=1), self.cited.on
        if not self.sections:
            yield f"No violation was found from {first} to {last} that answers the question."
            return
        cases = len(self._cases(self.cited.rows))
        yield (
            f"From {first} to {last}, {len(self.cited.rows):,} "
            f"{'violation' if len(self.cited.rows) == 1 else 'violations'} of "
            f"{len(self.sections):,} {'section' if len(self.sections) == 1 else 'sections'} "
            f"{'was' if len(self.cited.rows) == 1 else 'were'} found in {cases:,} "
            f"{'case' if cases == 1 else 'cases'}."
        )
        most = self.sections[0]
        yield (
            f"Violated most is {most.words}: {most.violations:,}, or "
            f"{most.violations / len(self.cited.rows):.0%} of all."
        )
        yield from self._of_again()
        yield from self._of_law()
        yield from self._of_trends()

    def _of_again(self) -> Iterator[str]:
        followed, again = self._summed("followed"), self._summed("again")
        if not followed:
            yield (
                f"No case was followed for {self.months:,} months yet, so that nothing is told of "
                "what came again."
            )
            return
        yield (
            f"Of {followed:,} times that a section was violated on a parcel, the same came again "
            f"there {again:,} times within {self.months:,} months."
        )
        named = [each for each in self.sections if len(each.followed) >= LEAST_TO_NAME]
        if named:
            worst = max(named, key=lambda each: each.share_again.value or 0.0)
            share = worst.share_again
            yield (
                f"Most often comes back {worst.words}: {share.value:.0%} of "
                f"{len(worst.followed):,}, with a 95 % interval from {share.low:.0%} to "
                f"{share.high:.0%}."
            )

    def _of_law(self) -> Iterator[str]:
        confirmed, waiting = self._lawful(is_confirmed=True), self._lawful(is_confirmed=False)
        if not (confirmed or waiting):
            yield "No repeat violation in the law's sense is on record or waits for a person."
        else:
            yield (
                f"In the law's sense {len(confirmed):,} "
                f"{'case holds' if len(confirmed) == 1 else 'cases hold'} a repeat violation that "
                f"a person confirmed, and in {len(waiting):,} one waits for a person."
            )

    def _of_trends(self) -> Iterator[str]:
        rising = [each for each in self.sections if direction(each) == "rises"]
        falling = [each for each in self.sections if direction(each) == "falls"]
        tested = sum(each.trend is not None for each in self.sections)
        if not tested:
            yield f"No section has {LEAST_FOR_TREND:,} cases, so that no trend is told."
            return
        yield (
            f"Of {tested:,} sections tested for a trend, {len(rising):,} rise and "
            f"{len(falling):,} fall."
        )
        for each in rising[:MOST_NAMED]:
            yield f"Cases rise of {each.words}."
        for each in falling[:MOST_NAMED]:
            yield f"Cases fall of {each.words}."

    def _summed(self, name: str) -> int:
        return sum(len(getattr(each, name)) for each in self.sections)

    @staticmethod
    def _cases(rows: Sequence[Any]) -> Cases:
        return Cases(sorted({row.case_id for row in rows}))

    def _lawful(self, *, is_confirmed: bool) -> Cases:
        return Cases(sorted(
            {each.case_id for each in self.cited.lawful if each.confirmed is is_confirmed}
        ))  # fmt: skip

    def _figures(self) -> Iterator[Figure]:
        cases = self._cases(self.cited.rows)
        yield Figure(key="cases", value=len(cases), words="cases", cases=cases,
                     means="With a violation of the question.")  # fmt: skip
        yield Figure(key="violations", value=len(self.cited.rows), words="violations",
                     means="Verified and not taken back, found in the years looked at.",
                     )  # fmt: skip
        yield Figure(key="sections", value=len(self.sections), words="sections violated",
                     means="Provisions as they are cited, each text one.")  # fmt: skip
        followed, again = self._summed("followed"), self._summed("again")
        if followed:
            share = share_of(again, followed)
            yield Figure(
                key="again", value=share.value, kind=Kind.SHARE, low=share.low, high=share.high,
                words="came again on the same parcel",
                means="Of the times that a section was violated in a case on a parcel and followed "
                "for the months asked for; with a 95 % interval. The plain sense.",
            )  # fmt: skip
        confirmed, waiting = self._lawful(is_confirmed=True), self._lawful(is_confirmed=False)
        yield Figure(
            key="confirmed", value=len(confirmed), words="cases with a repeat in law",
            cases=confirmed,
            means="The same violator was found in violation of the same provision before, within "
            "the years of the law, and a person has confirmed it.",
        )  # fmt: skip
        yield Figure(
            key="waiting", value=len(waiting), words="cases where one waits for a person",
            cases=waiting, means="The records show such a repeat, and nobody has confirmed it.",
        )  # fmt: skip

    def _tables(self) -> Iterator[Table]:
        if not self.sections:
            return
        yield kinds_table(
            self.sections, key="sections", title="By section",
            named=Column(key="section", words="Section", means="The provision as it is cited."),
            means="The most violations first.",
        )  # fmt: skip
        yield kinds_table(
            self.categories, key="categories", title="By category",
            named=Column(key="category", words="Category", means="Of the case."),
            means="The most violations first; the same again is the same category on the same "
            "parcel.",
        )  # fmt: skip
        yield spans_table(self.sections, spans_of(self.cited))
        yield self.places

    def _charts(self) -> Iterator[Chart]:
        if self.sections:
            yield SPANS_CHART

    def _layers(self) -> Iterator[Layer]:
        if self.places.shapes:
            yield places_layer(self.places)

    def _cautions(self) -> Iterator[str]:
        if not self.sections:
            return
        yield from (TWO_SENSES, LOOKED_AT, ALIKE_PARCELS, SEASONS)
        filed = sum(row.imported for row in self.cited.rows)
        if filed:
            yield (
                f"{filed:,} {'violation' if filed == 1 else 'violations'} came by "
                "a file that tells of no correction; what share of "
                "them complied is not told."
            )
        if self.cited.undated:
            yield f"Of {self.cited.undated:,} more violations no day is known."
        if told := self.cited.exempt.words("cases", outside=self.cited.scope.outside):
            yield told


def _extent(places: Table) -> tuple[float, float, float, float] | None:
    spots = [each["coordinates"] for each in places.shapes.values()]
    if not spots:
        return None
    lons, lats = zip(*spots, strict=True)
    return (
        min(lons) - AROUND_DEG, min(lats) - AROUND_DEG,
        max(lons) + AROUND_DEG, max(lats) + AROUND_DEG,
    )  # fmt: skip
