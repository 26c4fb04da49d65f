"""A real city comes in with every row accounted for: the figures of Cambridge, counted by hand."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import sqlalchemy as sa
from few_lots import asked, codes, count

from geo.loading.addresses import load_addresses
from geo.loading.kinds import ADDRESSES, PARCELS, STREETS, ZONES
from geo.loading.mapping import load_mapping
from geo.loading.parcels import load_parcels
from geo.loading.runs import Request
from geo.loading.streets import load_streets
from geo.loading.zones import load_zones
from geo.locate import Locator
from geo.lookups import ByIndex, WholeTown
from geo.places import search

pytestmark = pytest.mark.realdata

MAPPINGS = Path(__file__).parents[2] / "data" / "mappings"
KINDS = {kind.name: kind for kind in (PARCELS, ADDRESSES, ZONES, STREETS)}


def _asked(file: Path, kind: str) -> Request:
    mapping = load_mapping(MAPPINGS / f"cambridge-{kind}.toml", kind=KINDS[kind])
    return asked(file, mapping=mapping)


def test_cambridge_comes_in_whole(connection: sa.Connection, realdata: Path) -> None:
    city = realdata / "cambridge"
    parcels = load_parcels(connection, _asked(city / "ASSESSING_ParcelsFY2014.topojson", "parcels"))
    assert (parcels.read, parcels.loaded, parcels.merged) == (13_116, 13_027, 7)
    assert count(connection, "parcel") == count(connection, "parcel_period") == 13_020
    rejected = Counter(codes(parcels).values())
    assert rejected == {"placeholder_key": 87, "no_key": 1, "no_shape": 1}
    assert [reject.key for reject in parcels.rejects if reject.code == "no_shape"] == ["238-80"]
    _check_repairs(connection)

    addresses = load_addresses(connection, _asked(city / "TaxFY14.csv", "addresses"))
    assert (addresses.read, addresses.loaded) == (27_528, 27_477)
    assert addresses.rejected_by_code == {"no_such_parcel": 51}
    found = connection.execute(search("408 putnma av", most=1)).one()
    assert (found.label, found.parcel_no) == ("408-410 Putnam Ave", "101-43")

    zones = load_zones(connection, _asked(city / "PUBLICSAFETY_PoliceCarRoutes.geojson", "zones"))
    assert (zones.loaded, count(connection, "zone")) == (9, 9)

    streets = load_streets(
        connection, _asked(city / "TRANS_Centerlines.geojson", "streets"), network=None
    )
    assert (streets.loaded, count(connection, "street")) == (2_643, 2_643)
    ways = connection.execute(sa.text("SELECT oneway, count(*) FROM lotline.street GROUP BY 1"))
    assert dict(map(tuple, ways)) == {0: 1_706, 1: 435, -1: 502}

    assert _again(connection, city) == (13_020, 27_407, 9, 2_643)


def _check_repairs(connection: sa.Connection) -> None:
    changes = connection.execute(
        sa.text("""
            SELECT abs((repair ->> 'change_m2')::float) AS change
            FROM lotline.import_run, jsonb_array_elements(details -> 'repairs') repair""")
    ).scalars()
    repaired = list(changes)
    assert len(repaired) == 31
    assert max(repaired) <= 1.2
    stored = sa.text("""
        SELECT bool_and(ST_IsValid(geom) AND ST_IsValid(geom_3857)) FROM lotline.parcel_period""")
    assert connection.scalar(stored) is True


def _again(connection: sa.Connection, city: Path) -> tuple[int, ...]:
    """Load all of it once more; tell how much was on record already, and see nothing written."""
    touched = sa.text("SELECT sum(bumps) FROM lotline.layer_change")
    before = connection.scalar(touched)
    outcomes = (
        load_parcels(connection, _asked(city / "ASSESSING_ParcelsFY2014.topojson", "parcels")),
        load_addresses(connection, _asked(city / "TaxFY14.csv", "addresses")),
        load_zones(connection, _asked(city / "PUBLICSAFETY_PoliceCarRoutes.geojson", "zones")),
        load_streets(
            connection, _asked(city / "TRANS_Centerlines.geojson", "streets"), network=None
        ),
    )
    assert connection.scalar(touched) == before
    return tuple(outcome.unchanged for outcome in outcomes)


def test_a_year_later_parcels_have_two_periods(connection: sa.Connection, realdata: Path) -> None:
    city = realdata / "cambridge"
    for year in ("2013", "2014"):
        file = city / f"ASSESSING_ParcelsFY{year}.topojson"
        outcome = load_parcels(connection, _asked(file, "parcels"))
    assert "52 new parcels, 12,968 changed." in outcome.notes
    assert "93 parcels on record are not in this file and stay as they are." in outcome.notes
    current = sa.text("SELECT count(*) FROM lotline.parcel_period WHERE valid_to IS NULL")
    assert connection.scalar(current) == 13_113


def test_a_few_records_are_tied_just_as_a_whole_file_is(
    connection: sa.Connection, realdata: Path
) -> None:
    city = realdata / "cambridge"
    load_parcels(connection, _asked(city / "ASSESSING_ParcelsFY2014.topojson", "parcels"))
    load_addresses(connection, _asked(city / "TaxFY14.csv", "addresses"))
    whole, few = Locator(WholeTown(connection)), Locator(ByIndex(connection))
    labels = sa.text("SELECT label FROM lotline.situs_address ORDER BY md5(label), id LIMIT 150")
    numbers = sa.text("SELECT parcel_no FROM lotline.parcel ORDER BY md5(parcel_no) LIMIT 150")
    inside = sa.text("""
        SELECT ST_X(at), ST_Y(at) FROM (SELECT ST_StartPoint(ST_Boundary(ST_GeometryN(geom, 1))) at
        FROM lotline.parcel_period ORDER BY md5(id::text) LIMIT 150) corner WHERE at IS NOT NULL""")
    seen = set()
    for label in connection.scalars(labels).all():
        for written in _misspelt(label):
            tie = whole.by_address(written)
            assert few.by_address(written) == tie, written
            seen.add((tie.method, tie.confidence))
    assert {each for _, each in seen} == {0.0, 0.8, 0.9, 0.98}
    for number in connection.scalars(numbers).all():
        for written in (number, number.replace("-", ""), number + "1", number.replace("-", " ", 1)):
            assert few.by_parcel_no(written) == whole.by_parcel_no(written), written
    lonlat = np.array(connection.execute(inside).all())
    assert few.by_points(lonlat) == whole.by_points(lonlat)


def _misspelt(label: str) -> Iterator[str]:
    """Write an address rightly, with two letters swapped, one left out, and otherwise numbered."""
    number, _, street = label.partition(" ")
    yield label
    yield f"{number} {street[:2]}{street[3:4]}{street[2:3]}{street[4:]}"
    yield f"{number} {street[:3]}{street[4:]}"
    yield f"{number} {street[:-1]}x"
    yield f"1{number} {street}"
    yield f"{label} #999"
