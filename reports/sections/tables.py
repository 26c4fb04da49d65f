"""Put sections, categories, spans of months and the parcels that came again into tables."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from reports.answers.answer import (
    Cases,
    Cell,
    Chart,
    Column,
    Draw,
    Feature,
    Kind,
    Layer,
    Look,
    Row,
    Step,
    Table,
)
from reports.courses.proportions import Ratio
from reports.sections.counting import Kept, events_of
from reports.sections.reading import Cited

MOST_LINES = 5
MOST_ON_MAP = 2000
PIXELS_A_ROOT_CASE = 3.0
FILL = "#355f8d"
_COUNTED = (
    Column(key="violations", words="Violations", kind=Kind.COUNT,
           means="Verified and not taken back, found in the years looked at."),
    Column(key="share", words="Of all", kind=Kind.SHARE, means="Of all violations counted."),
    Column(key="cases", words="Cases", kind=Kind.COUNT, means="In which they are."),
    Column(key="parcels", words="Parcels", kind=Kind.COUNT, means="On which they are."),
    Column(key="open", words="Open", kind=Kind.COUNT, means="As the records stand now."),
    Column(key="followed", words="Followed", kind=Kind.COUNT,
           means="Cases on a parcel after which all the months asked for have gone by."),
    Column(key="again", words="Came again", kind=Kind.COUNT,
           means="Those of them after which the same was found on the same parcel on a later day "
           "in those months, in another case: a repeat in the plain sense."),
    Column(key="again_share", words="Came again, share", kind=Kind.SHARE, low="again_low",
           high="again_high", means="Of those followed, with a 95 % interval."),
    Column(key="again_low", words="Came again, low", kind=Kind.SHARE),
    Column(key="again_high", words="Came again, high", kind=Kind.SHARE),
    Column(key="confirmed", words="Repeat in law", kind=Kind.COUNT,
           means="Cases with a repeat violation in the law's sense that a person has confirmed: "
           "the same violator was found in violation of the same provision before."),
    Column(key="waiting", words="Waits for a person", kind=Kind.COUNT,
           means="Cases with one that nobody has confirmed or refused yet."),
    Column(key="ended", words="Open no more", kind=Kind.SHARE, low="ended_low", high="ended_high",
           means="Of its violations, however they ended, with a 95 % interval."),
    Column(key="ended_low", words="Open no more, low", kind=Kind.SHARE),
    Column(key="ended_high", words="Open no more, high", kind=Kind.SHARE),
    Column(key="complied", words="Complied", kind=Kind.SHARE, low="complied_low",
           high="complied_high", means="Of the violations that came by no file, those whose "
           "correction is on record, with a 95 % interval. A file does not tell it."),
    Column(key="complied_low", words="Complied, low", kind=Kind.SHARE),
    Column(key="complied_high", words="Complied, high", kind=Kind.SHARE),
    Column(key="trend", words="Trend", means="Rises or falls where chance alone would hardly make "
           "it, by Mann and Kendall's test over spans of three months."),
    Column(key="tau", words="Kendall's tau", kind=Kind.NUMBER,
           means="From -1, always falling, to 1, always rising."),
    Column(key="slope", words="Change a span", kind=Kind.NUMBER,
           means="Cases in three months more than in the three before: Sen's slope."),
    Column(key="chance", words="Chance", kind=Kind.CHANCE,
           means="How likely chance alone makes such a trend, of all those tested "
           "(false-discovery rate)."),
)  # fmt: skip


def kinds_table(kept: Sequence[Kept], *, key: str, title: str, named: Column, means: str) -> Table:
    """Return a row a section or category."""
    whole = sum(each.violations for each in kept)
    return Table(
        key=key, title=title, columns=(named, *_COUNTED), means=means,
        rows=[_row(each, whole=whole, named=named.key) for each in kept],
    )  # fmt: skip


def _row(kept: Kept, *, whole: int, named: str) -> Row:
    trend = kept.trend
    lists = {
        "cases": kept.cases, "followed": kept.followed, "again": kept.again,
        "confirmed": kept.confirmed, "waiting": kept.waiting,
    }  # fmt: skip
    cells: dict[str, Cell] = {
        named: kept.words, "violations": kept.violations, "share": kept.violations / whole,
        "parcels": kept.parcels, "open": kept.open, "trend": direction(kept),
        "tau": round(trend.tau, 3) if trend else None,
        "slope": round(trend.slope, 3) if trend else None,
        "chance": trend.chance if trend else None,
        **_between("again", kept.share_again, "again_share"),
        **_between("ended", kept.share_ended), **_between("complied", kept.share_complied),
        **{name: len(each) for name, each in lists.items()},
    }  # fmt: skip
    return Row(key=kept.key, cells=cells, cases=lists)


def _between(name: str, ratio: Ratio, value: str | None = None) -> dict[str, Cell]:
    return {value or name: ratio.value, f"{name}_low": ratio.low, f"{name}_high": ratio.high}


def direction(kept: Kept) -> str | None:
    """Say whether cases of a kind rise or fall; None where there are too few to tell."""
    if kept.trend is None:
        return None
    if not kept.trend.is_sure:
        return "neither"
    return "rises" if kept.trend.tau > 0 else "falls"


_SPANS = (
    Column(key="until", words="Three months to", kind=Kind.DAY),
    Column(key="section", words="Section"),
    Column(key="cases", words="Cases", kind=Kind.COUNT),
)
SPANS_CHART = Chart(
    key="spans", title="Cases in three months, of the sections violated most", draw=Draw.LINE,
    of="spans", along="until", across=("cases",), by="section",
    says="Seasons show in it as well as trends.",
)  # fmt: skip


def spans_table(kept: Sequence[Kept], ends: Sequence[date]) -> Table:
    """Return the cases of the sections violated most, by spans of three months."""
    rows = [
        Row(key=f"{each.key}-{end}", cells={"until": end, "section": each.words, "cases": many})
        for each in kept[:MOST_LINES]
        for end, many in zip(ends, each.spans, strict=True)
    ]
    return Table(
        key="spans", title="Cases in three months", columns=_SPANS, rows=rows,
        means=f"Of the {MOST_LINES} sections violated most, the earliest first.",
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A parcel on which a section was violated in several cases."""

    key: str
    parcel_id: int
    section: str
    cases: Cases
    first: date
    last: date
    lon: float | None
    lat: float | None


def places_of(cited: Cited) -> list[Place]:
    """Return where the same section was violated in several cases, the most first."""
    groups: dict[tuple[int, int], list[Any]] = {}
    for row in cited.rows:
        if row.parcel_id is not None:
            groups.setdefault((row.parcel_id, row.ordinance_id), []).append(row)
    return sorted(_places(groups), key=lambda each: (-len(each.cases), each.key))


def _places(groups: Mapping[tuple[int, int], list[Any]]) -> Iterator[Place]:
    for (parcel, section), rows in groups.items():
        events = events_of(rows)
        if len(events) > 1:
            spot = next((row for row in rows if row.lon is not None), rows[0])
            yield Place(
                key=f"{parcel}-{section}", parcel_id=parcel, section=rows[0].citation,
                cases=Cases(each.case_id for each in events), first=events[0].day,
                last=events[-1].day, lon=spot.lon, lat=spot.lat,
            )  # fmt: skip


PLACES = (
    Column(key="address", words="Address"),
    Column(key="parcel_no", words="Parcel"),
    Column(key="section", words="Section"),
    Column(key="cases", words="Cases", kind=Kind.COUNT, means="In which it was found there."),
    Column(key="first", words="First found", kind=Kind.DAY),
    Column(key="last", words="Last found", kind=Kind.DAY),
)


def places_table(
    places: Sequence[Place], *, numbers: Mapping[int, str], addresses: Mapping[int, str]
) -> Table:
    """Return a row a parcel and section."""
    return Table(
        key="places", title="Where the same section was violated again", columns=PLACES,
        means="In two cases or more in the years looked at; the most first.",
        rows=[_place(each, numbers[each.parcel_id], addresses) for each in places],
        shapes={each.key: _point(each) for each in places if each.lon is not None},
    )  # fmt: skip


def _place(place: Place, number: str, addresses: Mapping[int, str]) -> Row:
    cells: dict[str, Cell] = {
        "address": addresses.get(place.parcel_id), "parcel_no": number,
        "section": place.section, "cases": len(place.cases), "first": place.first,
        "last": place.last,
    }  # fmt: skip
    of = {"address": ("parcel", number), "parcel_no": ("parcel", number)}
    return Row(key=place.key, cells=cells, cases={"cases": place.cases}, of=of)


def places_layer(table: Table) -> Layer:
    """Return discs on the parcels, larger the more cases of one section there were."""
    rows = [row for row in table.rows if row.key in table.shapes][:MOST_ON_MAP]
    features: list[Feature] = [
        {
            "type": "Feature",
            "geometry": table.shapes[row.key],
            "properties": {
                "key": row.key, "step": 0, "radius": _radius(len(row.cases["cases"])),
                "says": [
                    str(row.cells["address"] or f"Parcel {row.cells['parcel_no']}"),
                    str(row.cells["section"]), f"Cases: {len(row.cases['cases']):,}",
                ],
            },
        }
        for row in rows
    ]  # fmt: skip
    most = max((len(row.cases["cases"]) for row in rows), default=2)
    return Layer(
        key="places", title="Where the same section was violated again", look=Look.DISCS,
        unit="cases of one section on a parcel", features=features,
        legend=[
            Step(words=f"{cases:,}", color=FILL, radius=_radius(cases))
            for cases in sorted({2, most})
        ],
    )  # fmt: skip


def _radius(cases: int) -> float:
    return round(PIXELS_A_ROOT_CASE * math.sqrt(cases), 1)


def _point(place: Place) -> Feature:
    assert place.lon is not None  # noqa: S101 - asked before
    assert place.lat is not None  # noqa: S101
    return {"type": "Point", "coordinates": [round(place.lon, 6), round(place.lat, 6)]}
