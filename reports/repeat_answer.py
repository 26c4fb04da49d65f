"""Answer which parcels come back: their ranking, their map, and whether it is getting worse."""

import math
from collections.abc import Iterator, Mapping, Sequence

import sqlalchemy as sa
from shapely.geometry import mapping

from reports.answers.answer import (
    Answer,
    Cases,
    Column,
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
from reports.repeat import PLAIN_SENSE, RepeatList, RepeatParcel, list_repeat_parcels
from reports.repeat import Question as Asked
from reports.repeat_ranks import RankOf, ranks_of

PIXELS_A_ROOT_CASE = 2.4
FILL = "#355f8d"
MOST_ON_MAP = 2000
SURE = 0.95
AROUND_DEG = 0.002
"""Some 200 m about the outermost parcels, which also keeps a single one from filling the map."""

NO_RANKS = (
    "How sure each rank is, is not told: the cases are too few to say it, or the parcels of the "
    "town too many to be ranked by chance."
)
COLUMNS = (
    Column(key="rank", words="Rank", kind=Kind.COUNT,
           means="By number of cases; equals share a rank."),
    Column(key="address", words="Address"),
    Column(key="parcel_no", words="Parcel"),
    Column(key="zone", words="Zone", means="The officer's zone of the latest case."),
    Column(key="cases", words="Cases", kind=Kind.COUNT, means="Opened in the years looked at."),
    Column(key="open_cases", words="Open", kind=Kind.COUNT,
           means="Those of them in which a violation is open as the records stand now."),
    Column(key="last_year", words="Last year", kind=Kind.COUNT,
           means="Opened in the last year looked at."),
    Column(key="year_before", words="Year before", kind=Kind.COUNT,
           means="Opened in the year before that."),
    Column(key="violations", words="Violations", kind=Kind.COUNT,
           means="Violations in those cases that were verified and not taken back."),
    Column(key="sections", words="Sections", kind=Kind.COUNT,
           means="How many provisions they cite between them."),
    Column(key="first_opened", words="First opened", kind=Kind.DAY),
    Column(key="last_opened", words="Last opened", kind=Kind.DAY),
    Column(key="mean_days_between", words="Days between", kind=Kind.DAYS,
           means="From the first opening to the last, divided by the steps between."),
    Column(key="yearly", words="A year", kind=Kind.NUMBER, low="yearly_low", high="yearly_high",
           means="The cases a year it brings in the long run, given what all parcels bring, and "
           "the limits between which that lies with a chance of 95 %. Few cases move it little."),
    Column(key="yearly_low", words="A year, at least", kind=Kind.NUMBER),
    Column(key="yearly_high", words="A year, at most", kind=Kind.NUMBER),
    Column(key="rank_best", words="Rank from", kind=Kind.COUNT, means="The limits of its true rank "
           "among all parcels, with a chance of 95 %: what few cases cannot tell apart."),
    Column(key="rank_worst", words="Rank to", kind=Kind.COUNT),
    Column(key="top", words="Among the worst 10", kind=Kind.SHARE,
           means="The chance that it truly is one of the ten parcels that bring the most."),
    Column(key="exempt", words="Exempt", means="The public is told nothing of the place."),
)  # fmt: skip


def make(connection: sa.Connection, question: Question, *, watch: Watch) -> Answer:
    """Answer the question, as `reports.registry` has it."""
    watch.at("Counting cases", 0)
    on = question.day("date") or question.on
    asked = Asked(
        on=on, years=question.whole("years"), at_least=question.whole("at_least"),
        zone=question.text("zone"), category=question.text("category"),
        outside=question.flag("outside"),
    )  # fmt: skip
    found = list_repeat_parcels(connection, asked)
    watch.at("Ranking parcels", 0.4)
    ranks = ranks_of(connection, found.question) if found.parcels else {}
    return Answer(
        report=question.report,
        title="Repeat parcels",
        town=found.town.name,
        note=found.town.note,
        on=on,
        made_at=question.now,
        asked=question.told(),
        means=f"{PLAIN_SENSE} Only verified cases count.",
        says=tuple(_says(found, ranks)),
        figures=_figures(found),
        tables=(_table(found, ranks),),
        layers=(_layer(found),) if found.parcels else (),
        cautions=tuple(_cautions(found, ranks)),
        extent=_extent(found),
    )


def _says(found: RepeatList, ranks: Mapping[int, RankOf]) -> Iterator[str]:
    yield f"{found.words()}."
    if not found.parcels:
        yield _newest(found)
        return
    worst = found.parcels[0]
    yield (
        f"The most cases are on {_place(worst)}: {worst.cases:,}, of which {worst.open_cases:,} "
        "are open."
    )
    sure = sum(ranks[parcel.parcel_id].top >= SURE for parcel in found.parcels if ranks)
    if ranks:
        yield f"Of them among the ten worst with a chance of 95 % or more: {sure:,}."
    more = sum(parcel.last_year > parcel.year_before for parcel in found.parcels)
    fewer = sum(parcel.last_year < parcel.year_before for parcel in found.parcels)
    yield (
        f"Of these parcels {more:,} had more cases in the last year than in the year before, and "
        f"{fewer:,} had fewer."
    )


def _newest(found: RepeatList) -> str:
    if found.newest is None:
        return "No dated cases are loaded yet."
    return f"The newest case was opened on {found.newest}: another last day looks back from there."


def _place(parcel: RepeatParcel) -> str:
    return parcel.address or f"parcel {parcel.parcel_no}"


def _figures(found: RepeatList) -> tuple[Figure, ...]:
    ids = Cases(each for parcel in found.parcels for each in parcel.case_ids)
    open_ids = Cases(each for parcel in found.parcels for each in parcel.open_ids)
    return (
        Figure(
            key="cases", value=len(ids), words="cases on repeat parcels", cases=ids,
            means="Verified cases opened in the years looked at, on the parcels listed.",
        ),
        Figure(
            key="parcels", value=len(found.parcels), words="repeat parcels",
            means="Parcels with as many cases as asked for, or more.",
        ),
        Figure(
            key="open", value=len(open_ids), words="of the cases are open", cases=open_ids,
            means="A violation is open as the records stand now, whatever the last day looked at.",
        ),
    )  # fmt: skip


def _cautions(found: RepeatList, ranks: Mapping[int, RankOf]) -> Iterator[str]:
    if found.parcels and not ranks:
        yield NO_RANKS
    if found.undated:
        yield f"{found.undated:,} more cases are not counted: the day they were opened is unknown."
    if exempt := found.exempt.words("parcels", outside=found.question.outside):
        yield exempt


def _table(found: RepeatList, ranks: Mapping[int, RankOf]) -> Table:
    shapes = {
        parcel.parcel_no: mapping(outline)
        for parcel, outline in zip(found.parcels, found.outlines, strict=True)
    }
    return Table(
        key="parcels", title="Repeat parcels", columns=COLUMNS, shapes=shapes,
        means="Most cases first; equals share a rank.",
        rows=tuple(_row(parcel, ranks.get(parcel.parcel_id)) for parcel in found.parcels),
    )  # fmt: skip


def _row(parcel: RepeatParcel, rank: RankOf | None) -> Row:
    cells = {each.key: getattr(parcel, each.key, None) for each in COLUMNS}
    cells |= {"exempt": "exempt" if parcel.exempt else None}
    if rank is not None:
        cells |= {
            "yearly": round(rank.yearly, 3), "yearly_low": round(rank.low, 3),
            "yearly_high": round(rank.high, 3), "rank_best": rank.best,
            "rank_worst": rank.worst, "top": round(rank.top, 3),
        }  # fmt: skip
    cells["mean_days_between"] = round(parcel.mean_days_between, 1)
    return Row(
        key=parcel.parcel_no,
        cells=cells,
        cases={"cases": Cases(parcel.case_ids), "open_cases": Cases(parcel.open_ids)},
        of={"address": ("parcel", parcel.parcel_no), "parcel_no": ("parcel", parcel.parcel_no)},
    )


def _layer(found: RepeatList) -> Layer:
    shown = found.parcels[:MOST_ON_MAP]
    return Layer(
        key="parcels", title="Repeat parcels", look=Look.DISCS, unit="cases on a parcel",
        features=tuple(_feature(parcel) for parcel in shown), legend=_legend(shown),
    )  # fmt: skip


def _feature(parcel: RepeatParcel) -> Feature:
    says = [
        parcel.address or f"Parcel {parcel.parcel_no}",
        f"Parcel {parcel.parcel_no}, rank {parcel.rank:,}",
        f"Cases: {parcel.cases:,}, {parcel.open_cases:,} of them open",
        f"First {parcel.first_opened}, last {parcel.last_opened}",
    ]
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [parcel.lon, parcel.lat]},
        "properties": {
            "key": parcel.parcel_no, "says": says, "step": 0, "radius": _radius(parcel.cases),
        },
    }  # fmt: skip


def _radius(cases: int) -> float:
    return round(PIXELS_A_ROOT_CASE * math.sqrt(cases), 1)


def _legend(shown: Sequence[RepeatParcel]) -> tuple[Step, ...]:
    most, fewest = shown[0].cases, shown[-1].cases
    middle = round(((math.sqrt(most) + math.sqrt(fewest)) / 2) ** 2)
    return tuple(
        Step(words=f"{cases:,}", color=FILL, radius=_radius(cases))
        for cases in sorted({fewest, middle, most})
    )


def _extent(found: RepeatList) -> tuple[float, float, float, float] | None:
    if not found.parcels:
        return None
    lons = [parcel.lon for parcel in found.parcels]
    lats = [parcel.lat for parcel in found.parcels]
    return (
        min(lons) - AROUND_DEG, min(lats) - AROUND_DEG,
        max(lons) + AROUND_DEG, max(lats) + AROUND_DEG,
    )  # fmt: skip
