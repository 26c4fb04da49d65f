"""Answer where cases are dense: two surfaces, per hectare and per parcel, and the worst parcels."""

from collections.abc import Iterator

import geopandas as gpd
import numpy as np
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
    Picture,
    Row,
    Step,
    Table,
)
from reports.answers.options import Question
from reports.answers.watching import Watch
from reports.caseload import Scope, town_facts
from reports.density import Floats, cell_centres
from reports.distance import feet
from reports.errors import NothingOnMapError
from reports.heat_picture import Scale, paint, scale_for
from reports.heatmap import ENOUGH_PARCELS, HeatMap, TopParcel, make_heatmap
from reports.heatmap_cells import FAINTEST_CELL, heatmap_cells

LOUDNESS = (
    "This map shows where cases are. It does not show where risk is: a street with more homes, or "
    "with neighbors who call more often, has more cases."
)
TOP = (
    Column(key="address", words="Address"),
    Column(key="parcel_no", words="Parcel"),
    Column(key="cases", words="Cases", kind=Kind.COUNT),
    Column(key="open_violations", words="Open violations", kind=Kind.COUNT),
    Column(key="exempt", words="Exempt", means="The public is told nothing of the place."),
)
CELLS = (
    Column(key="lon", words="Longitude", kind=Kind.NUMBER),
    Column(key="lat", words="Latitude", kind=Kind.NUMBER),
    Column(key="cases_per_hectare", words="Cases per hectare", kind=Kind.NUMBER),
    Column(key="cases_per_100_parcels", words="Cases per 100 parcels", kind=Kind.NUMBER,
           means="Nothing where parcels are too few for a rate."),
)  # fmt: skip


def make(connection: sa.Connection, question: Question, *, watch: Watch) -> Answer:
    """Answer the question, as `reports.registry` has it."""
    watch.at("Reading where cases are", 0)
    scope = Scope(
        on=question.on, since=question.day("since"), until=question.day("until"),
        category=question.text("category"), zone=question.text("zone"),
        open_only=question["status"] == "open", outside=question.flag("outside"),
    )  # fmt: skip
    try:
        found = make_heatmap(connection, scope, bandwidth=question.number("bandwidth"))
    except NothingOnMapError as error:
        return _nothing(connection, question, str(error))
    watch.at("Painting the map", 0.6)
    return Answer(
        report=question.report,
        title=_title(scope),
        town=found.town.name,
        note=found.town.note,
        on=question.on,
        made_at=question.now,
        asked=question.told(),
        means=_means(found.grid.bandwidth),
        says=tuple(_says(found)),
        figures=_figures(found),
        tables=(_top_table(found), _cells_table(found)),
        layers=(*_surfaces(found), *([_top_layer(found)] if found.top else [])),
        cautions=(LOUDNESS, *_cautions(found)),
        extent=_extent(found),
    )


def _title(scope: Scope) -> str:
    return "Where open cases are" if scope.open_only else "Where verified cases are"


def _nothing(connection: sa.Connection, question: Question, why: str) -> Answer:
    town = town_facts(connection)
    none = Figure(key="cases", value=0, words="cases on the map", means=COUNTED, cases=Cases())
    return Answer(
        report=question.report, title="Where cases are", town=town.name, note=town.note,
        on=question.on, made_at=question.now, asked=question.told(),
        means=_means(question.number("bandwidth")), says=(why,), figures=(none,),
    )  # fmt: skip


COUNTED = "Verified cases of the question whose place is known."


def _means(bandwidth: float) -> str:
    return (
        f"Each case is spread around its place as a bell curve with a bandwidth (standard "
        f"deviation) of {bandwidth:g} m ({feet(bandwidth)}). A hectare is 10,000 m², about 2.5 "
        f"acres. The rate per 100 parcels divides by the parcels spread the same way, and is left "
        f"blank where fewer than {ENOUGH_PARCELS} parcels lie close enough to say."
    )


def _says(found: HeatMap) -> Iterator[str]:
    opened = f", opened from {found.first} to {found.last}" if found.first else ""
    if found.scope.open_only:
        yield f"Open cases on the map: {found.cases:,}{opened}."
    else:
        yield f"Verified cases on the map: {found.cases:,}{opened}."
    yield f"They lie among {found.parcels:,} {'parcel' if found.parcels == 1 else 'parcels'}."
    if found.top:
        worst = found.top[0]
        place = worst.address or f"parcel {worst.parcel_no}"
        yield f"The most on one parcel are {worst.cases:,}, on {place}."
    else:
        yield "No parcel has more than one of these cases."


def _cautions(found: HeatMap) -> Iterator[str]:
    if found.unplaced:
        yield f"Cases that are not on the map, for their place is unknown: {found.unplaced:,}."
    if exempt := found.exempt.words("cases", outside=found.scope.outside):
        yield exempt


def _figures(found: HeatMap) -> tuple[Figure, ...]:
    figures = [
        Figure(key="cases", value=found.cases, words="cases on the map", means=COUNTED,
               cases=Cases(found.case_ids)),
        Figure(key="peak", value=round(float(found.per_hectare.max()), 2), kind=Kind.NUMBER,
               words="cases per hectare at the densest",
               means="The top of the surface, which the bandwidth spreads out."),
    ]  # fmt: skip
    if found.unplaced:
        unplaced = Figure(
            key="unplaced", value=found.unplaced, words="cases with no place",
            means="They answer the question and are on no map.", cases=Cases(found.unplaced_ids),
        )  # fmt: skip
        figures.append(unplaced)
    return tuple(figures)


def _surfaces(found: HeatMap) -> Iterator[Layer]:
    what = "Open cases" if found.scope.open_only else "Cases"
    surfaces: dict[str, Floats] = {f"{what} per hectare": found.per_hectare}
    rate = found.per_100_parcels
    if rate is not None and np.nanmax(rate, initial=0) > 0:
        surfaces[f"{what} per 100 parcels"] = rate
    for order, (name, values) in enumerate(surfaces.items()):
        scale = scale_for(values)
        painted = paint(values, grid=found.grid, metric=found.metric, scale=scale)
        (south, west), (north, east) = painted.bounds
        yield Layer(
            key=f"surface{order}", title=name, look=Look.PICTURE, unit=name.lower(),
            picture=Picture(url=painted.url, bounds=(west, south, east, north)),
            legend=_legend(scale), shown=order == 0,
        )  # fmt: skip


def _legend(scale: Scale) -> tuple[Step, ...]:
    colors = scale.colors(np.array(scale.ticks, dtype=np.float64))
    return tuple(
        Step(words=f"{tick:g}", color="#{:02x}{:02x}{:02x}".format(*color[:3]))
        for tick, color in zip(scale.ticks, colors.tolist(), strict=True)
    )


def _top_table(found: HeatMap) -> Table:
    return Table(
        key="parcels", title="Parcels with the most cases", columns=TOP,
        means="Those with two or more of these cases, the most first; no more than twenty.",
        rows=tuple(_top_row(parcel) for parcel in found.top),
        shapes={each.parcel_no: _point(each) for each in found.top},
    )  # fmt: skip


def _top_row(parcel: TopParcel) -> Row:
    cells = {each.key: getattr(parcel, each.key) for each in TOP}
    return Row(
        key=parcel.parcel_no,
        cells=cells | {"exempt": "exempt" if parcel.exempt else None},
        cases={"cases": Cases(parcel.case_ids)},
        of={"address": ("parcel", parcel.parcel_no), "parcel_no": ("parcel", parcel.parcel_no)},
    )


def _point(parcel: TopParcel) -> Feature:
    return {"type": "Point", "coordinates": [parcel.lon, parcel.lat]}


def _top_layer(found: HeatMap) -> Layer:
    features = [
        {
            "type": "Feature",
            "geometry": _point(parcel),
            "properties": {
                "key": parcel.parcel_no, "step": 0, "radius": 5,
                "says": [
                    parcel.address or f"Parcel {parcel.parcel_no}",
                    f"Parcel {parcel.parcel_no}",
                    f"Cases: {parcel.cases:,}, open violations: {parcel.open_violations:,}",
                ],
            },
        }
        for parcel in found.top
    ]  # fmt: skip
    return Layer(
        key="parcels", title="Parcels with the most cases", look=Look.DISCS, features=features,
        legend=(Step(words="a parcel with two or more", color="#ffffff", radius=5),),
    )  # fmt: skip


def _cells_table(found: HeatMap) -> Table:
    cells = heatmap_cells(found)
    shapes = gpd.GeoSeries(cells.geometry).to_crs(4326)
    known = [each for each in CELLS if each.key in cells.columns]
    rows = [
        {str(key): None if value != value else value for key, value in row.items()}  # noqa: PLR0124 - NaN
        for row in cells.drop(columns="geometry").to_dict("records")
    ]
    return Table(
        key="cells", title="Cells of the surface", columns=known, is_shown=False,
        means="Those of at least 1 % of the highest density.",
        rows=tuple(Row(key=str(at), cells=row) for at, row in enumerate(rows)),
        shapes={str(at): mapping(shape) for at, shape in enumerate(shapes)},
    )  # fmt: skip


def _extent(found: HeatMap) -> tuple[float, float, float, float]:
    """Return the corners of what stands out, not of the whole grid with its empty margin."""
    rows, columns = np.nonzero(found.per_hectare >= FAINTEST_CELL * found.per_hectare.max())
    x, y = cell_centres(found.grid)
    low_high = np.array(
        [[x[columns.min()], y[rows.min()]], [x[columns.max()], y[rows.max()]]], dtype=np.float64
    )
    (west, south), (east, north) = found.metric.to_lonlat(low_high).tolist()
    return west, south, east, north
