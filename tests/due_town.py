"""Load the least town that has a case to visit: one parcel of one officer's zone."""

from datetime import UTC, date, datetime

import sqlalchemy as sa
from geoalchemy2 import WKTElement
from grid_town import at

from cases.models.case import Case
from geo.layers import ImportRun, Parcel, ParcelPeriod, Town, Zone

ON = date(2026, 3, 2)
SQUARE = "((-71.11 42.36, -71.08 42.36, -71.08 42.38, -71.11 42.38, -71.11 42.36))"
FLAT = "((0 0, 1000 0, 1000 1000, 0 1000, 0 0))"
NOW = datetime(2026, 3, 1, tzinfo=UTC)


def lay_out(connection: sa.Connection) -> None:
    """A town of one parcel in zone 4, with an open case on it that fell due yesterday."""
    _add(connection, Town, name="Test", srid=26986, extent=_shape(f"POLYGON{SQUARE}", 4326))
    run = _add(
        connection,
        ImportRun,
        kind="parcels",
        file_name="test",
        file_sha256="0",
        actor="test",
        started_at=NOW,
        finished_at=NOW,
        rows_read=0,
        rows_loaded=0,
        rows_repaired=0,
        rows_merged=0,
        rows_unchanged=0,
        rows_rejected=0,
    )
    source = {
        "content_sha": b"0",
        "import_run_id": run,
        "source_row": 1,
        "geom": _shape(f"MULTIPOLYGON({SQUARE})", 4326),
        "geom_3857": _shape(f"MULTIPOLYGON({FLAT})", 3857),
    }
    parcel = _add(connection, Parcel, parcel_no="12-45")
    period = _add(
        connection,
        ParcelPeriod,
        parcel_id=parcel,
        situs_address="118 Alder St",
        area_m2=500.0,
        **source,
    )
    zone = _add(connection, Zone, kind="officer", code="4", name="North", **source)
    _add(connection, Zone, kind="council", code="9", name="Ninth", **source)
    add_case(connection, "due", zone_id=zone, parcel_id=parcel, parcel_period_id=period)


def add_case(connection: sa.Connection, number: str, **changes: object) -> None:
    tied = "parcel_id" in changes
    (lon, lat), *_ = at((2, 1.5)).tolist()
    row = {
        "number": number,
        "category": "grass",
        "phase": "open",
        "published": False,
        "next_due": date(2026, 3, 1),
        "open_violations": 1,
        "tie_method": "parcel_no" if tied else "none",
        "tie_confidence": 1.0 if tied else 0.0,
        "point": _shape(f"POINT({lon} {lat})", 4326),
        "point_3857": _shape("POINT(-7915372 5218174)", 3857),
    }
    _add(connection, Case, **row | changes)


def _add(connection: sa.Connection, table: type, **row: object) -> int:
    return connection.execute(sa.insert(table).values(**row).returning(table.id)).scalar_one()


def _shape(text: str, srid: int) -> WKTElement:
    return WKTElement(text, srid=srid)
