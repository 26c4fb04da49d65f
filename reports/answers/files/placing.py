"""Tell a program where the parcels of a table lie: number, longitude and latitude, a column each.

Pages show a parcel's address and its place on the map; a file that is joined to others wants the
number and the degrees.
"""

from collections.abc import Mapping
from dataclasses import replace

from shapely import Geometry, point_on_surface
from shapely.geometry import shape

from reports.answers.answer import Answer, Cell, Column, Feature, Kind, Row, Table

DEGREES = 6
"""A decimetre, in decimals of a degree."""
NUMBER = Column(key="parcel_no", words="Parcel", means="The parcel's number on the roll.")
PLACE = (
    Column(key="lon", words="Longitude", kind=Kind.NUMBER,
           means="Of a point on the parcel, in degrees (EPSG:4326)."),
    Column(key="lat", words="Latitude", kind=Kind.NUMBER,
           means="Of a point on the parcel, in degrees (EPSG:4326)."),
)  # fmt: skip


def placed_answer(answer: Answer) -> Answer:
    """Return an answer whose tables of parcels say where these lie."""
    return replace(answer, tables=[placed(each) for each in answer.tables])


def placed(table: Table) -> Table:
    """Return a table of parcels with their numbers and places; any other as it is.

    Its rows are parcels where each has the page of one (`Row.of`). Degrees are of a point on the
    row's shape, where the table has shapes; columns that it has already stay as they are.
    """
    numbers = {row.key: _parcel(row) for row in table.rows}
    if not table.rows or None in numbers.values():
        return table
    there = {each.key for each in table.columns}
    added = [NUMBER, *(PLACE if table.shapes else ())]
    added = [each for each in added if each.key not in there]
    rows = [
        replace(row, cells={**_cells(row, numbers[row.key], table.shapes, added), **row.cells})
        for row in table.rows
    ]
    return replace(table, columns=(*table.columns, *added), rows=rows)


def _parcel(row: Row) -> str | None:
    named = {str(of) for kind, of in row.of.values() if kind == "parcel"}
    return named.pop() if len(named) == 1 else None


def _cells(
    row: Row, number: str | None, shapes: Mapping[str, Feature], added: list[Column]
) -> dict[str, Cell]:
    lon, lat = _spot(shape(shapes[row.key])) if row.key in shapes else (None, None)
    cells: dict[str, Cell] = {"parcel_no": number, "lon": lon, "lat": lat}
    return {each.key: cells[each.key] for each in added}


def _spot(of: Geometry) -> tuple[float, float]:
    point = point_on_surface(of)
    return round(point.x, DEGREES), round(point.y, DEGREES)
