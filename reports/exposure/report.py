"""Answer what the town's liens come to, who owes it, how old it is, and what could be had of it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from cases.money import write_cents
from reports.answers.answer import Answer, Cases, Column, Figure, Kind, Layer, Row, Table
from reports.answers.options import Question
from reports.answers.watching import Watch
from reports.caseload import TownFacts, town_facts
from reports.exposure.each import each_lien, extent_of, layer_of
from reports.exposure.elsewhere import (
    BY_NAME,
    NOT_ADDED,
    Bound,
    bound_elsewhere,
    elsewhere_layer,
    elsewhere_table,
    parcels_by_lien,
)
from reports.exposure.groups import (
    By,
    Groups,
    by_age,
    by_owner,
    by_parcel,
    by_zone,
    cases_of,
    grouped_by,
)
from reports.exposure.standing import (
    StandingLien,
    Unrecorded,
    certified_unrecorded,
    standing_liens,
)
from reports.naming import zone_code

MEANS = (
    "A lien (a claim on the property for an unpaid fine) counts while it is recorded or being "
    "foreclosed. Its principal is the sum it was recorded for; what its fine has added since is "
    "reckoned by the clock of the law of its case to the end of the day, before any payment. A "
    "lien that came from a file counts by its principal alone, for nobody here counts its fine."
)
NO_PAYOFF = (
    "These sums are before payments and are no payoff: what frees a property is told on its case, "
    "from the ledger."
)
HOMESTEADS = (
    "A property counts as a homestead until somebody says on evidence that it is none; in Florida "
    "a homestead is not foreclosed (Art. X, s. 4 of the Constitution)."
)
SUMS = (
    Column(key="liens", words="Liens", kind=Kind.COUNT, means="Liens that bind."),
    Column(key="cases", words="Cases", kind=Kind.COUNT, means="The cases they come from; a lien "
           "that came from a file may have none."),
    Column(key="principal", words="Principal", kind=Kind.CENTS,
           means="What they were recorded for."),
    Column(key="accrued", words="Added since", kind=Kind.CENTS,
           means="What their fines have added since the recording, before payments."),
    Column(key="total", words="Together", kind=Kind.CENTS, means="Principal and what was added."),
    Column(key="per_diem", words="A day", kind=Kind.CENTS, means="What the next day adds."),
    Column(key="foreclosable", words="May be foreclosed", kind=Kind.CENTS,
           means="The part of the liens on which suit may be brought now: old enough, on no "
           "homestead, not barred by a bankruptcy, a stay or counsel, and not brought yet."),
    Column(key="settled", words="A settlement yields", kind=Kind.CENTS,
           means="The share asked for of all that collecting is not barred of."),
)  # fmt: skip


def make(connection: sa.Connection, question: Question, *, watch: Watch) -> Answer:
    """Answer the question, as `reports.registry` has it."""
    watch.at("Reading the liens", 0)
    town = town_facts(connection)
    which: dict[str, Any] = {
        "on": question.on, "zone": zone_code(connection, question.text("zone")),
        "outside": question.flag("outside"),
    }  # fmt: skip
    liens = standing_liens(connection, **which)
    watch.at("Reckoning fines that are not recorded", 0.5)
    unrecorded = certified_unrecorded(connection, **which)
    watch.at("Finding other property", 0.8)
    elsewhere = bound_elsewhere(connection, liens, outside=question.flag("outside"))
    return _Told(town, question, liens, unrecorded, elsewhere).answer()


@dataclass(frozen=True, slots=True)
class _Told:
    """Tells of some liens."""

    town: TownFacts
    question: Question
    liens: Sequence[StandingLien]
    unrecorded: Sequence[Unrecorded]
    elsewhere: Sequence[Bound]

    @property
    def on(self) -> date:
        """As of which day."""
        return self.question.on

    @property
    def share(self) -> float:
        """The share of a settlement, 0 to 1."""
        return self.question.number("settled") / 100

    def answer(self) -> Answer:
        """Return the answer."""
        return Answer(
            report=self.question.report, title="What the liens come to", town=self.town.name,
            note=self.town.note, on=self.on, made_at=self.question.now,
            asked=self.question.told(), means=MEANS, says=tuple(self._says()),
            figures=self._figures(), tables=tuple(self._tables()),
            layers=tuple(self._layers()),
            cautions=tuple(self._cautions()), extent=extent_of(self.liens),
        )  # fmt: skip

    def _layers(self) -> Iterator[Layer]:
        if self.liens:
            yield layer_of(self.liens, on=self.on)
        if self.elsewhere:
            yield elsewhere_layer(self.elsewhere)

    def _says(self) -> Iterator[str]:
        if not self.liens:
            yield "No lien binds any property of the question."
            return
        sums = self.sums(self.liens)
        per_diem = f"and each day adds {write_cents(sums['per_diem'])}"
        yield (
            f"Liens that bind: {len(self.liens):,}, for {write_cents(sums['principal'])}; their "
            f"fines have added {write_cents(sums['accrued'])} since, {per_diem}."
        )
        if not sums["foreclosable"]:
            yield "Suit may be brought on none of them today."
        else:
            yield f"On {write_cents(sums['foreclosable'])} of it suit may be brought today."
        largest = max(self._grouped(self.liens, by_owner), key=lambda each: each[2]["total"])
        yield f"The owner with the most is {largest[1]}: {write_cents(largest[2]['total'])}."
        if self.elsewhere:
            parcels = {each.parcel_no for each in self.elsewhere}
            yield f"Liens bind {len(parcels):,} other parcels, which the same violators own."

    def sums(self, liens: Iterable[StandingLien]) -> dict[str, int]:
        """Sum some liens up, in cents."""
        liens = [*liens]
        open_to = [each for each in liens if not each.is_blocked]
        return {
            "liens": len(liens),
            "principal": sum(each.principal_cents for each in liens),
            "accrued": sum(each.accrued_cents or 0 for each in liens),
            "total": sum(each.total_cents for each in liens),
            "per_diem": sum(each.per_diem_cents or 0 for each in liens),
            "foreclosable": sum(
                each.total_cents for each in liens if each.is_foreclosable(self.on)
            ),
            "settled": round(self.share * sum(each.total_cents for each in open_to)),
        }

    def _figures(self) -> tuple[Figure, ...]:
        sums = self.sums(self.liens)
        homesteads = [each for each in self.liens if each.homestead is not False]
        ripe = [each for each in self.liens if each.is_foreclosable(self.on)]
        barred = [each for each in self.liens if each.is_blocked]
        cases = cases_of(self.liens)
        return (
            Figure(key="cases", value=len(cases), words="cases with a lien that binds",
                   means="A case may have several liens.", cases=cases),
            Figure(key="liens", value=len(self.liens), words="liens that bind",
                   means="Recorded or being foreclosed, not paid, released or expired."),
            Figure(key="principal", value=sums["principal"], kind=Kind.CENTS, words="of principal",
                   means="What the liens were recorded for."),
            Figure(key="accrued", value=sums["accrued"], kind=Kind.CENTS, words="added since",
                   means="What their certified fines have added since, before payments."),
            Figure(key="per_diem", value=sums["per_diem"], kind=Kind.CENTS, words="a day",
                   means="What the next day adds to all of them together."),
            _of(homesteads, "homestead", "cases on homesteads",
                "The property is a homestead, or nobody has said that it is none."),
            _of(ripe, "foreclosable", "cases that may be foreclosed", "Suit may be brought now."),
            _of(barred, "blocked", "cases in which collecting is barred",
                "By a bankruptcy, an appeal that runs, or counsel."),
            Figure(key="settled", value=sums["settled"], kind=Kind.CENTS,
                   words="yielded by settling",
                   means="The share asked for of principal and what was added, where collecting "
                   "is not barred."),
            Figure(key="elsewhere", value=len({each.parcel_no for each in self.elsewhere}),
                   words="other parcels bound", means="Owned by the same violators now, where the "
                   "law of the case binds them too."),
            *self._unrecorded(),
        )  # fmt: skip

    def _unrecorded(self) -> Iterator[Figure]:
        cases = Cases(each.case_id for each in self.unrecorded)
        yield Figure(
            key="unrecorded", value=len(cases), words="cases with a certified fine and no lien",
            means="The fine is certified and nothing is recorded for it.", cases=cases,
        )  # fmt: skip
        yield Figure(
            key="unrecorded_cents", value=sum(each.cents for each in self.unrecorded),
            kind=Kind.CENTS, words="certified and not recorded",
            means="What those fines have come to, before payments.",
        )  # fmt: skip

    def _tables(self) -> Iterator[Table]:
        liens = self.liens
        yield each_lien(liens, on=self.on, elsewhere=parcels_by_lien(self.elsewhere))
        if self.elsewhere:
            yield elsewhere_table(self.elsewhere)
        yield self._table("owners", "By owner", "Owner", grouped_by(liens, by_owner),
                          "By the names on the roll now, alike but for order and punctuation; the "
                          "most first.")  # fmt: skip
        yield self._table("parcels", "By parcel", "Parcel", grouped_by(liens, by_parcel),
                          "The most first.")  # fmt: skip
        yield self._table("zones", "By zone", "Zone", grouped_by(liens, by_zone),
                          "The officer's zone of the case; the most first.")  # fmt: skip
        yield self._table("ages", "By age", "Years since the recording", by_age(liens, on=self.on),
                          "Counted from the day of recording.", sort=False)  # fmt: skip

    def _table(
        self, key: str, title: str, named: str, groups: Groups, means: str, *, sort: bool = True
    ) -> Table:
        rows = [_Group(each, words, liens, self.sums(liens)) for each, words, liens in groups]
        if sort:
            rows.sort(key=lambda each: (-each.sums["total"], each.words))
        columns = (Column(key="name", words=named), *SUMS)
        return Table(
            key=key, title=title, means=means, columns=columns,
            rows=tuple(each.row() for each in rows),
        )  # fmt: skip

    def _grouped(
        self, liens: Sequence[StandingLien], by: By
    ) -> list[tuple[str, str, dict[str, int]]]:
        groups = grouped_by(liens, by)
        return [(key, words, self.sums(within)) for key, words, within in groups]

    def _cautions(self) -> Iterator[str]:
        if not self.liens:
            return
        yield NO_PAYOFF
        yield HOMESTEADS
        if self.elsewhere:
            yield from (BY_NAME, NOT_ADDED)
        strange = sum(each.accrued_cents is None for each in self.liens)
        if strange:
            yield f"Liens that came from a file, of which the principal alone counts: {strange:,}."
        undated = sum(each.recorded_on is None for each in self.liens)
        if undated:
            yield f"Liens whose day of recording is unknown: {undated:,}."


@dataclass(frozen=True, slots=True)
class _Group:
    """Some liens together."""

    key: str
    words: str
    liens: Sequence[StandingLien]
    sums: dict[str, int]

    def row(self) -> Row:
        """Return them as a row."""
        cases = cases_of(self.liens)
        parcels = {each.parcel_no for each in self.liens}
        of = {"name": ("parcel", *parcels)} if self.key in parcels else {}
        return Row(
            key=self.key, cells={"name": self.words, "cases": len(cases), **self.sums},
            cases={"cases": cases}, of=of,  # type: ignore[arg-type] # one parcel alone
        )  # fmt: skip


def _of(liens: Sequence[StandingLien], key: str, words: str, means: str) -> Figure:
    cases = cases_of(liens)
    return Figure(key=key, value=len(cases), words=words, means=means, cases=cases)
