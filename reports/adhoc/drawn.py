"""Draw groups on a map: zones shaded by what is measured, or parcels marked by it."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on

from cases.money import write_cents
from geo.layers import Parcel, ParcelPeriod, Zone
from reports.adhoc.asked import Wanted
from reports.adhoc.groupings import By
from reports.answers.answer import Feature, Kind, Layer, Look, Row, Step, Table

SHADES = ("#fde725", "#5ec962", "#21918c", "#3b528b", "#440154")
"""Of viridis, the lowest first: the darker, the more (S. van der Walt and N. Smith, CC0)."""
FILL = "#355f8d"
LEAST_PIXELS, MOST_PIXELS = 3.0, 24.0
MOST_MARKS = 2_000


def layers_of(connection: sa.Connection, asked: Wanted, table: Table) -> tuple[Layer, ...]:
    """Return the groups as a layer; nothing where none has a place."""
    measured = {row.key: row for row in table.rows if _value(row) is not None}
    if not measured:
        return ()
    if asked.by == (By.ZONE,):
        return (_shaded(connection, table, measured),)
    return (_marked(connection, table, measured),)


def _value(row: Row) -> float | None:
    value = row.cells.get("measure", row.cells["cases"])
    return None if value is None else float(value)  # type: ignore[arg-type] # a measure


def _column(table: Table) -> Any:
    return table.columns[-1]


def _shaded(connection: sa.Connection, table: Table, rows: Mapping[str, Row]) -> Layer:
    values = [_value(row) or 0 for row in rows.values()]
    bounds = _bounds(values)
    shape = sa.func.ST_AsGeoJSON(sa.func.ST_SimplifyPreserveTopology(Zone.geom, 0.00005), 6)
    query = sa.select(Zone.name, sa.cast(shape, sa.JSON)).where(
        Zone.kind == "officer", Zone.name.in_(rows)
    )
    features = [
        _feature(geometry, rows[name], table, step=_step(_value(rows[name]) or 0, bounds))
        for name, geometry in connection.execute(query)
    ]
    kind = _column(table).kind
    legend = [
        Step(words=f"{_told(low, kind)}\N{EN DASH}{_told(high, kind)}", color=shade)
        for (low, high), shade in zip(bounds, SHADES[-len(bounds) :], strict=True)
    ]
    return Layer(
        key="groups", title=table.title, look=Look.AREAS, unit=_column(table).words.lower(),
        features=features, legend=legend,
    )  # fmt: skip


def _marked(connection: sa.Connection, table: Table, rows: Mapping[str, Row]) -> Layer:
    shown = dict(list(rows.items())[:MOST_MARKS])
    spot = sa.func.ST_PointOnSurface(ParcelPeriod.geom)
    query = (
        sa.select(Parcel.parcel_no, sa.cast(sa.func.ST_AsGeoJSON(spot, 6), sa.JSON))
        .join(ParcelPeriod, ParcelPeriod.parcel_id == Parcel.id)
        .where(Parcel.parcel_no == sa.any_(sa.literal(list(shown), sa.ARRAY(sa.Text))))
        .ext(distinct_on(Parcel.id))
        .order_by(Parcel.id, ParcelPeriod.valid_to.desc().nulls_first())
    )
    most = max(_value(row) or 0 for row in shown.values()) or 1
    features = [
        _feature(geometry, shown[number], table, radius=_radius(_value(shown[number]), most))
        for number, geometry in connection.execute(query)
    ]
    kind = _column(table).kind
    legend = [
        Step(words=_told(value, kind), color=FILL, radius=_radius(value, most))
        for value in sorted({most, most / 4})
    ]
    return Layer(
        key="groups", title=table.title, look=Look.DISCS, unit=_column(table).words.lower(),
        features=features, legend=legend,
    )  # fmt: skip


def _feature(geometry: Any, row: Row, table: Table, **look: float) -> Feature:
    column = _column(table)
    value = _value(row) or 0
    says = [row.key, f"{column.words}: {_told(value, column.kind)}"]
    told = {"key": row.key, "says": says, "step": 0, **look}
    return {"type": "Feature", "geometry": geometry, "properties": told}


def _radius(value: float | None, most: float) -> float:
    share = math.sqrt(max(value or 0, 0) / most)
    return round(max(LEAST_PIXELS, MOST_PIXELS * share), 1)


def _bounds(values: Sequence[float]) -> list[tuple[float, float]]:
    """Part values into spans between round numbers, no more than there are shades."""
    low, high = min(values), max(values)
    width = _round_up((high - low) / len(SHADES) or abs(high) or 1)
    first = math.floor(low / width) * width
    many = max(1, math.ceil(round((high - first) / width, 9)))
    while many > len(SHADES):
        width = _round_up(width * 1.01)
        first = math.floor(low / width) * width
        many = max(1, math.ceil(round((high - first) / width, 9)))
    return [(first + at * width, first + (at + 1) * width) for at in range(many)]


def _round_up(width: float) -> float:
    """Return the next number that is 1, 2 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(width))
    return next(each * power for each in (1, 2, 5, 10) if each * power >= width * (1 - 1e-9))


def _step(value: float, bounds: Sequence[tuple[float, float]]) -> int:
    return next((at for at, (_low, high) in enumerate(bounds) if value <= high), len(bounds) - 1)


def _told(value: float, kind: Kind) -> str:
    if kind is Kind.CENTS:
        return write_cents(round(value))
    if kind is Kind.SHARE:
        return f"{100 * value:.0f} %"
    return f"{value:,.0f}" if value == round(value) else f"{value:,.1f}"
