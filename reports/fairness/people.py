"""Hold the cases of areas against what is known of who lives there, without accusing anybody."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from reports.answers.answer import Cell, Column, Kind, Row, Table
from reports.courses.proportions import NONE, Ratio, rate_of
from reports.fairness.areas import Areas
from reports.stats.discovery import adjusted

type Floats = NDArray[np.float64]

RESIDENTS = "residents"
LEAST_RESIDENTS = 100
"""An area with fewer has no rate: one case more would change it by much."""
LEAST_AREAS = 5
"""Among fewer areas hardly any order would be more than chance."""
SURE = 0.05
NO_CAUSE = (
    "That areas with more of something have more or fewer cases does not say why, nor that anybody "
    "is treated otherwise for it; and what holds of areas need not hold of those who live there."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """How the order of areas by their rate goes with their order by a fact.

    Parameters
    ----------
    areas
        How many have both.
    tau
        Kendall's tau-b, from -1 (the more of it, the fewer cases) to 1; None among too few areas,
        or where all are alike.
    p
        Two-sided: how often chance alone orders them so, adjusted for the facts that are looked at.
    """

    fact: str
    areas: int
    tau: float | None
    p: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """What is known of who lives in areas, and the rates that come of it.

    Parameters
    ----------
    rates
        Cases per 1,000 residents of each area; none where its cases are not told, or where too few
        live there.
    by_residents
        Whether enough areas have rates by their residents; else relations are of cases per 100
        parcels.
    """

    areas: Areas
    cases: Sequence[int | None]
    rates: Sequence[Ratio]
    relations: Sequence[Relation]
    by_residents: bool


def people_of(areas: Areas, origins: Table) -> People | None:
    """Return what facts tell; None where no area has any.

    Parameters
    ----------
    origins
        The table of how cases began, keyed by the areas' codes: what it hides stays hidden.
    """
    if not areas.facts:
        return None
    rows = {row.key: row for row in origins.rows}
    cases = [_whole(rows[code].cells["cases"]) for code in areas.codes]
    residents = areas.facts.get(RESIDENTS, np.full(len(areas), np.nan))
    rates = [_rate(many, float(each)) for many, each in zip(cases, residents, strict=True)]
    by_residents = sum(each.value is not None for each in rates) >= LEAST_AREAS
    per_parcel = [rows[code].cells["rate"] for code in areas.codes]
    compared = [each.value for each in rates] if by_residents else per_parcel
    numbers = np.array(
        [each if isinstance(each, int | float) else np.nan for each in compared], dtype=np.float64
    )
    held = {
        name: values
        for name, values in areas.facts.items()
        if name != RESIDENTS or not by_residents  # a rate per resident goes with them by its make
    }
    return People(
        areas=areas, cases=cases, rates=rates, relations=_relations(numbers, held),
        by_residents=by_residents,
    )  # fmt: skip


def _whole(value: Cell) -> int | None:
    return value if isinstance(value, int) else None


def _rate(cases: int | None, residents: float) -> Ratio:
    if cases is None or not residents >= LEAST_RESIDENTS:
        return NONE
    return rate_of(cases, residents / 1000)


def _relations(rates: Floats, facts: Mapping[str, Floats]) -> list[Relation]:
    """Hold rates against each fact; of many that are looked at, some go with them by chance."""
    told = {fact: _tested(rates, values) for fact, values in facts.items()}
    chances = adjusted(np.array([p for _many, _tau, p in told.values()], dtype=np.float64))
    return [
        Relation(fact=fact, areas=many, tau=tau if np.isfinite(tau) else None,
                 p=float(p) if np.isfinite(p) else None)
        for (fact, (many, tau, _p)), p in zip(told.items(), chances, strict=True)
    ]  # fmt: skip


def _tested(rates: Floats, values: Floats) -> tuple[int, float, float]:
    """Return how many areas have both, and of them Kendall's tau-b and its chance.

    M. G. Kendall, Biometrika 30 (1938), 81-93; exact where no two are equal. NaN where nothing can
    be told.
    """
    both = np.isfinite(rates) & np.isfinite(values)
    many = int(both.sum())
    if many < LEAST_AREAS:
        return many, np.nan, np.nan
    found = stats.kendalltau(rates[both], values[both])
    return many, float(found.statistic), float(found.pvalue)


def people_tables(people: People) -> Iterator[Table]:
    """Yield the areas with their facts and rates, and the relation of each fact."""
    yield _areas_table(people)
    if people.relations:
        yield _relations_table(people)


def _areas_table(people: People) -> Table:
    areas = people.areas
    columns = (
        Column(key="area", words="Area"),
        Column(key="cases", words="Cases", kind=Kind.COUNT),
        Column(key="people_rate", words="Cases per 1,000 residents", kind=Kind.NUMBER,
               low="people_low", high="people_high",
               means="With a 95 % interval; over all the days of the question."),
        Column(key="people_low", words="Cases per 1,000 residents, low", kind=Kind.NUMBER),
        Column(key="people_high", words="Cases per 1,000 residents, high", kind=Kind.NUMBER),
        *(Column(key=f"fact_{name}", words=said(name), kind=Kind.NUMBER) for name in areas.facts),
    )  # fmt: skip
    return Table(
        key="people", title="Cases and who lives there", columns=columns,
        means="What the layer of areas tells of them, as it was loaded.",
        rows=[_row(people, at) for at in range(len(areas))],
    )  # fmt: skip


def _row(people: People, at: int) -> Row:
    rate = people.rates[at]
    facts: Mapping[str, Cell] = {
        f"fact_{name}": float(values[at]) if np.isfinite(values[at]) else None
        for name, values in people.areas.facts.items()
    }
    cells: dict[str, Cell] = {
        "area": people.areas.names[at], "cases": people.cases[at], "people_rate": rate.value,
        "people_low": rate.low, "people_high": rate.high, **facts,
    }  # fmt: skip
    return Row(key=people.areas.codes[at], cells=cells)


def _relations_table(people: People) -> Table:
    per = "1,000 residents" if people.by_residents else "100 parcels"
    columns = (
        Column(key="fact", words="Fact"),
        Column(key="areas", words="Areas compared", kind=Kind.COUNT),
        Column(key="tau", words="Kendall's tau", kind=Kind.NUMBER,
               means="1: the more of it an area has, the more cases; -1: the fewer; 0: neither."),
        Column(key="chance", words="Chance", kind=Kind.CHANCE,
               means="How often chance alone would order the areas as much, adjusted for how many "
               "facts are looked at (false-discovery rate)."),
    )  # fmt: skip
    rows = [
        Row(key=each.fact, cells={"fact": said(each.fact), "areas": each.areas,
                                  "tau": each.tau, "chance": each.p})
        for each in people.relations
    ]  # fmt: skip
    return Table(
        key="relations", title="How cases go with what is known of areas", columns=columns,
        rows=rows, means=f"Areas in the order of their cases per {per}, held against each fact.",
    )  # fmt: skip


def people_says(people: People) -> Iterator[str]:
    """Say what goes with what, and that it is no reason."""
    for each in people.relations:
        if each.tau is None or each.p is None:
            yield (
                f"How cases go with {said(each.fact)} is not told: too few areas have both a rate "
                "and the fact, or all are alike in one of them."
            )
        elif each.p > SURE:
            yield f"Cases go with {said(each.fact)} no more than chance would make them."
        elif each.tau > 0:
            yield (
                f"Over {each.areas:,} areas, those with more of {said(each.fact)} have more cases "
                f"in proportion (Kendall's tau {each.tau:.2f}, chance {each.p:.3f})."
            )
        else:
            yield (
                f"Over {each.areas:,} areas, those with more of {said(each.fact)} have fewer cases "
                f"in proportion (Kendall's tau {each.tau:.2f}, chance {each.p:.3f})."
            )


def said(fact: str) -> str:
    """Return a fact's name as words: as the mapping spells it, with blanks."""
    return fact.replace("_", " ")
