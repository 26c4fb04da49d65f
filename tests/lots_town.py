"""Lay out a town of any lots in the database, with cases on them, zones and streets."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import shapely
import sqlalchemy as sa
from geoalchemy2.shape import from_shape
from numpy.typing import NDArray

from cases.assignment import assign_zones
from cases.models import Case
from geo.layers import Parcel, ParcelPeriod, Street, Town, Zone

ON = date(2026, 6, 15)
TOWN = shapely.box(-80.6, 27.1, -80.2, 27.5)
_RUN = """INSERT INTO lotline.import_run (kind, file_name, file_sha256, actor, started_at,
    finished_at, rows_read, rows_loaded, rows_repaired, rows_merged, rows_unchanged, rows_rejected)
    VALUES ('parcels', 'lots', '0', 'test', now(), now(), 0, 0, 0, 0, 0, 0) RETURNING id"""


def lay_lots(
    connection: sa.Connection,
    lots: NDArray[np.object_],
    *,
    cases: Mapping[int, int] | None = None,
    streets: Sequence[shapely.LineString] = (),
    zones: Mapping[str, shapely.Geometry] | None = None,
    officers: Mapping[str, str] | None = None,
) -> None:
    """Make the town; all shapes in degrees (EPSG:4326).

    Parameters
    ----------
    cases
        How many open cases there are on each lot, by its place; each opened some days before `ON`.
    zones
        The officers' zones by code, and by the same their officers.
    """
    town = {"name": "Lots", "srid": 32617, "extent": from_shape(TOWN, srid=4326)}
    connection.execute(sa.insert(Town).values(**town))
    run = connection.exec_driver_sql(_RUN).scalar_one()
    came = {"import_run_id": run, "content_sha": b""}
    for at, lot in enumerate(lots):
        parcel = _add(connection, Parcel, parcel_no=f"L-{at}")
        shape = _shape(shapely.MultiPolygon(list(shapely.get_parts(lot))))
        period = _add(connection, ParcelPeriod, parcel_id=parcel, area_m2=1.0, source_row=1 + at,
                      situs_address=f"{at} Lot St", **came, **shape)  # fmt: skip
        for number in range((cases or {}).get(at, 0)):
            _add_case(connection, f"{at}-{number}", parcel, period, lot, days=at % 90 + number % 90)
    for at, line in enumerate(streets):
        drawn = _shape(shapely.MultiLineString([line]))
        _add(connection, Street, source_key=f"{at}", rank=3, name=f"Street {at}", source_row=1,
             **came, **drawn)  # fmt: skip
    for code, zone in (zones or {}).items():
        drawn = _shape(shapely.MultiPolygon(list(shapely.get_parts(zone))))
        _add(connection, Zone, kind="officer", code=code, name=f"Zone {code}",
             officer_name=(officers or {}).get(code), source_row=1, **came, **drawn)  # fmt: skip
    assign_zones(connection)


def _add_case(
    connection: sa.Connection, number: str, parcel: int, period: int, lot: Any, *, days: int
) -> None:
    point = shapely.point_on_surface(lot)
    _add(
        connection, Case, number=number, category="grass", phase="open", published=True,
        open_violations=1, opened_on=ON - timedelta(days=days), tie_method="parcel_no",
        tie_confidence=1.0, parcel_id=parcel, parcel_period_id=period,
        point=from_shape(point, srid=4326),
        point_3857=sa.func.ST_Transform(sa.literal(from_shape(point, srid=4326), Case.point.type),
                                        3857),
    )  # fmt: skip


def _shape(shape: Any) -> dict[str, Any]:
    kept = from_shape(shape, srid=4326)
    kind = Street.geom.type if shape.geom_type == "MultiLineString" else Zone.geom.type
    return {"geom": kept, "geom_3857": sa.func.ST_Transform(sa.literal(kept, kind), 3857)}


def _add(connection: sa.Connection, table: Any, **row: Any) -> int:
    return int(connection.execute(sa.insert(table).values(**row).returning(table.id)).scalar_one())
