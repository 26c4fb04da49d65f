from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from geoalchemy2 import WKTElement

from cases.models.case import Case
from geo.layers import ImportRun, Parcel, ParcelPeriod, Town, Zone
from reports.routes.due import due_cases, town_timezone
from reports.routes.errors import RoutePlanError
from reports.routes.problem import DueCase

ON = date(2026, 3, 2)
SQUARE = "((-71.11 42.37, -71.10 42.37, -71.10 42.38, -71.11 42.38, -71.11 42.37))"
FLAT = "((0 0, 1000 0, 1000 1000, 0 1000, 0 0))"
NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def town(connection: sa.Connection) -> sa.Connection:
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
    _case(connection, "due", zone_id=zone, parcel_id=parcel, parcel_period_id=period)
    return connection


def test_an_open_case_past_its_deadline_is_due_with_its_address(town: sa.Connection) -> None:
    (case,) = due_cases(town, zone="4", on=ON)
    assert (case.number, case.label, case.due_on) == ("due", "118 Alder St", date(2026, 3, 1))
    assert (case.lon, case.lat) == pytest.approx((-71.105, 42.375))
    assert isinstance(case, DueCase)


@pytest.mark.parametrize(
    "changes",
    [
        {"next_due": ON},
        {"next_due": None},
        {"open_violations": 0, "next_due": None},
        {"point": None, "point_3857": None},
    ],
    ids=["deadline today", "deadline unknown", "nothing open", "no place"],
)
def test_what_is_not_due_or_nowhere_is_not_visited(
    town: sa.Connection, changes: dict[str, object]
) -> None:
    _case(town, "other", **changes)
    assert [case.number for case in due_cases(town, zone=None, on=ON)] == ["due"]


def test_a_case_on_no_parcel_is_due_under_its_number_but_in_no_zone(town: sa.Connection) -> None:
    _case(town, "found in the street")
    assert [case.label for case in due_cases(town, zone=None, on=ON)] == [
        "118 Alder St",
        "Case found in the street",
    ]
    assert len(due_cases(town, zone="4", on=ON)) == 1


def test_an_unknown_zone_is_refused_with_the_ones_there_are(town: sa.Connection) -> None:
    with pytest.raises(RoutePlanError, match=r"no officer's zone '9'\. The zones are: 4\."):
        due_cases(town, zone="9", on=ON)


def test_a_town_has_its_own_days(town: sa.Connection) -> None:
    assert town_timezone(town) == "America/New_York"


def test_no_town_yet_says_what_to_load(connection: sa.Connection) -> None:
    with pytest.raises(RoutePlanError, match="lotline import parcels"):
        town_timezone(connection)


def _case(connection: sa.Connection, number: str, **changes: object) -> None:
    tied = "parcel_id" in changes
    row = {
        "number": number,
        "category": "grass",
        "phase": "open",
        "published": False,
        "next_due": date(2026, 3, 1),
        "open_violations": 1,
        "tie_method": "parcel_no" if tied else "none",
        "tie_confidence": 1.0 if tied else 0.0,
        "point": _shape("POINT(-71.105 42.375)", 4326),
        "point_3857": _shape("POINT(-7915372 5218174)", 3857),
    }
    _add(connection, Case, **row | changes)


def _add(connection: sa.Connection, table: type, **row: object) -> int:
    return connection.execute(sa.insert(table).values(**row).returning(table.id)).scalar_one()


def _shape(text: str, srid: int) -> WKTElement:
    return WKTElement(text, srid=srid)
