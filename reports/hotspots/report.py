"""Answer where cases are more than chance explains, how that came, and where they cluster."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import shapely
import sqlalchemy as sa
from shapely.geometry import mapping

from reports.answers.answer import Answer, Cases, Cell, Column, Figure, Kind, Row, Table
from reports.answers.options import Question
from reports.answers.watching import Watch
from reports.caseload import Exempt, Scope, TownFacts, exempt_cases, known_addresses, town_facts
from reports.errors import NothingOnMapError
from reports.hotspots.found import Found, Manners, Spot, find
from reports.hotspots.layers import PATTERNS, layers_of, outline_of
from reports.naming import check_category, zone_code
from reports.stats.emerging import Pattern

TITLE = "Hot spots"
PER_PARCEL = (
    "Cases are put in proportion to the parcels they could have come from, cell by cell; what is "
    "hot has more cases on its parcels, together with the cells around it, than chance would bring "
    "in a town like this."
)
COUNTS = (
    "Cases are counted cell by cell; what is hot has more cases, together with the cells around "
    "it, than chance would bring. Where many parcels are, many cases are: this shows work, not "
    "risk."
)
METHOD = (
    "Gi* of Getis and Ord, with the share of false findings held by Benjamini and Hochberg's rule; "
    "how a place became hot by the Mann-Kendall test over spans of months; clusters by HDBSCAN."
)
NOT_WHY = (
    "A hot spot says that something is there and not why: it may be the houses, their owners, or "
    "neighbors who call more often."
)
SPOTS = (
    Column(key="place", words="Around", means="The address nearest to where it is hottest."),
    Column(key="cases", words="Cases", kind=Kind.COUNT),
    Column(key="parcels", words="Parcels", kind=Kind.COUNT),
    Column(key="expected", words="Expected", kind=Kind.NUMBER,
           means="How many cases so many parcels have in the town at large."),
    Column(key="times", words="Times the usual", kind=Kind.NUMBER,
           means="Cases by those expected."),
    Column(key="score", words="Gi*", kind=Kind.NUMBER,
           means="How many standard deviations above chance it is where it is hottest."),
)  # fmt: skip
CLUSTERS = (
    Column(key="place", words="Around", means="The address nearest to the middle."),
    Column(key="cases", words="Cases", kind=Kind.COUNT),
    Column(key="places", words="Places", kind=Kind.COUNT,
           means="At how many different places the cases lie."),
    Column(key="hectares", words="Hectares", kind=Kind.NUMBER, means="10,000 m², some 2.5 acres."),
)  # fmt: skip
CAME = (
    Column(key="pattern", words="How it came to be"),
    Column(key="cells", words="Cells", kind=Kind.COUNT),
    Column(key="cases", words="Cases", kind=Kind.COUNT),
)


def make(connection: sa.Connection, question: Question, *, watch: Watch) -> Answer:
    """Answer the question, as `reports.registry` has it."""
    watch.at("Reading where cases are", 0)
    town = town_facts(connection)
    check_category(connection, question.text("category"))
    scope = Scope(
        on=question.on, since=question.day("since"), until=question.day("until"),
        category=question.text("category"), zone=zone_code(connection, question.text("zone")),
        open_only=question["status"] == "open", outside=question.flag("outside"),
    )  # fmt: skip
    manners = Manners(
        side=question.number("cell"), reach=question.whole("reach"),
        months=question.whole("months"), least_cases=question.whole("cluster"),
        per_parcel=question["measure"] == "per_parcel",
    )  # fmt: skip
    try:
        found = find(connection, scope, manners, srid=town.srid, watch=watch)
    except NothingOnMapError as error:
        return _answer(town, question, manners, says=(str(error),), figures=(_count(()),))
    watch.at("Naming places", 0.9)
    named = _Named(connection, found)
    return _answer(
        town, question, manners, says=tuple(_says(found, named)), figures=tuple(_figures(found)),
        tables=tuple(_tables(found, named)), layers=tuple(layers_of(found)),
        cautions=tuple(_cautions(found, scope, exempt_cases(connection, scope))),
        extent=_extent(found),
    )  # fmt: skip


def _answer(town: TownFacts, question: Question, manners: Manners, **found: Any) -> Answer:
    means = PER_PARCEL if manners.per_parcel else COUNTS
    size = f"A cell is {manners.side:g} m wide, and {manners.reach} cells around it count as near."
    return Answer(
        report=question.report, title=TITLE, town=town.name, note=town.note, on=question.on,
        made_at=question.now, asked=question.told(), means=f"{means} {size} {METHOD}", **found,
    )  # fmt: skip


class _Named:
    """Names places by the address of the case nearest to them."""

    def __init__(self, connection: sa.Connection, found: Found) -> None:
        self._rows = [row for row in found.rows if row.parcel_id is not None]
        self._places = np.array([(row.lon, row.lat) for row in self._rows]).reshape(-1, 2)
        self._addresses = known_addresses(connection, {row.parcel_id for row in self._rows})

    def near(self, lon: float, lat: float) -> str:
        """Return the nearest known address."""
        if not len(self._places):
            return f"{lat:.5f}, {lon:.5f}"
        away = ((self._places - (lon, lat)) ** 2).sum(axis=1)
        for at in np.argsort(away)[:20].tolist():
            if address := self._addresses.get(self._rows[at].parcel_id):
                return address
        return f"{lat:.5f}, {lon:.5f}"


def _count(ids: tuple[int, ...]) -> Figure:
    return Figure(
        key="cases", value=len(ids), words="cases on the map", cases=Cases(ids),
        means="Verified cases of the question whose place is known.",
    )  # fmt: skip


def _figures(found: Found) -> Iterator[Figure]:
    yield _count(tuple(row.id for row in found.rows))
    hot = sorted({each for spot in found.spots for each in spot.case_ids})
    yield Figure(
        key="hot", value=len(hot), words="of them in hot spots", cases=Cases(hot),
        means="In cells that are hot, 95 in 100 sure or surer.",
    )  # fmt: skip
    yield Figure(
        key="spots", value=len(found.spots), words="hot spots",
        means="Hot cells that touch count as one.",
    )  # fmt: skip
    clusters = found.clusters.clusters if found.clusters else ()
    yield Figure(
        key="clusters", value=len(clusters), words="clusters",
        means="Where cases lie closer together than around; a description and no test.",
    )  # fmt: skip
    if found.unplaced_ids:
        yield Figure(
            key="unplaced", value=len(found.unplaced_ids), words="cases with no place",
            means="They answer the question and are on no map.", cases=Cases(found.unplaced_ids),
        )  # fmt: skip


def _says(found: Found, named: _Named) -> Iterator[str]:
    if found.heat is not None and not found.spots:
        yield "No place has more cases than chance and its parcels explain."
    for spot in found.spots[:1]:
        yield (
            f"The hottest spot is around {named.near(spot.lon, spot.lat)}: {len(spot.case_ids):,} "
            f"cases on {spot.parcels:,} {'parcel' if spot.parcels == 1 else 'parcels'}, where "
            f"{spot.expected:.0f} would be usual."
        )
    if len(found.spots) > 1:
        yield f"There are {len(found.spots):,} hot spots in all."
    if found.emerging is not None:
        counts = {
            pattern: int((found.emerging.pattern == pattern).sum()) for pattern in PATTERNS
        }  # fmt: skip
        if counts[Pattern.NEW]:
            yield f"Cells newly hot in the latest span of months: {counts[Pattern.NEW]:,}."
        if counts[Pattern.HISTORICAL]:
            were = counts[Pattern.HISTORICAL]
            yield f"Cells that were hot nearly always and are no more: {were:,}."
    yield from found.silences


def _cautions(found: Found, scope: Scope, exempt: Exempt) -> Iterator[str]:
    yield NOT_WHY
    if found.rates is not None and found.rates.left_out:
        yield (
            f"{found.rates.left_out:,.0f} cases lie in cells with too few parcels to have a rate."
        )
    if told := exempt.words("cases", outside=scope.outside):
        yield told


def _tables(found: Found, named: _Named) -> Iterator[Table]:
    spots = {f"spot {at}": spot for at, spot in enumerate(found.spots, start=1)}
    yield Table(
        key="spots", title="Hot spots", columns=SPOTS,
        means="Those with the most cases beyond what is usual first.",
        rows=tuple(_spot_row(key, spot, named) for key, spot in spots.items()),
        shapes={key: outline_of(spot.cells, found) for key, spot in spots.items()},
    )  # fmt: skip
    if found.emerging is not None:
        yield _came_table(found)
    if found.clusters is not None:
        yield _clusters_table(found, named)


def _spot_row(key: str, spot: Spot, named: _Named) -> Row:
    cases = len(spot.case_ids)
    return Row(
        key=key, cases={"cases": Cases(spot.case_ids)},
        cells={
            "place": named.near(spot.lon, spot.lat), "cases": cases, "parcels": spot.parcels,
            "expected": round(spot.expected, 1),
            "times": round(cases / spot.expected, 1) if spot.expected else None,
            "score": round(spot.peak_z, 1),
        },
    )  # fmt: skip


def _came_table(found: Found) -> Table:
    assert found.emerging is not None  # noqa: S101 - asked before
    of_case = found.emerging.pattern[found.cells.at[:, 0], found.cells.at[:, 1]]
    ids = np.array([row.id for row in found.rows], dtype=np.int64)
    rows = []
    for pattern, step in PATTERNS.items():
        cells = int((found.emerging.pattern == pattern).sum())
        within = Cases(ids[of_case == pattern].tolist())
        row: dict[str, Cell] = {"pattern": step.words, "cells": cells, "cases": len(within)}
        rows.append(Row(key=step.words, cells=row, cases={"cases": within}))
    return Table(
        key="patterns", title="How hot spots came to be", columns=CAME, rows=rows,
        means=f"Over {len(found.first_days)} spans of months, the first from "
        f"{found.first_days[0]}.",
    )  # fmt: skip


def _clusters_table(found: Found, named: _Named) -> Table:
    assert found.clusters is not None  # noqa: S101 - asked before
    ids = np.array([row.id for row in found.rows], dtype=np.int64)
    metric, rows, shapes = found.cells.metric, [], {}
    for at, cluster in enumerate(found.clusters.clusters):
        middle = shapely.get_coordinates(shapely.point_on_surface(cluster.outline))
        lon, lat = metric.to_lonlat(middle)[0].tolist()
        within = Cases(ids[found.clusters.labels == at].tolist())
        cells: dict[str, Cell] = {
            "place": named.near(lon, lat), "cases": len(within), "places": cluster.places,
            "hectares": round(cluster.outline.area / 10_000, 1),
        }  # fmt: skip
        key = f"cluster {at + 1}"
        rows.append(Row(key=key, cells=cells, cases={"cases": within}))
        outline = shapely.transform(cluster.outline, lambda xy: metric.to_lonlat(xy).round(6))
        shapes[key] = mapping(outline)
    return Table(
        key="clusters", title="Clusters", columns=CLUSTERS, rows=rows, shapes=shapes,
        means=f"The largest first. Cases that lie in none: {found.clusters.noise_cases:,}.",
    )  # fmt: skip


def _extent(found: Found) -> tuple[float, float, float, float]:
    lons = [row.lon for row in found.rows]
    lats = [row.lat for row in found.rows]
    return min(lons), min(lats), max(lons), max(lats)
