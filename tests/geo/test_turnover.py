"""A later year's parcels: what became of each, whose land went where, and all of it taken back."""

from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely
import sqlalchemy as sa
from few_lots import SIDE, SOUTH, WEST, asked, load_lots, lot, written

from geo.layers import Ownership, Parcel, ParcelPeriod, SitusAddress
from geo.loading.errors import AsOfError, PartialFileError, UndoError
from geo.loading.parcels import take_in_parcels
from geo.loading.turnover import Refresh
from geo.loading.undoing import refresh_to_undo, take_back

JULY = date(2026, 7, 1)
NEXT = date(2027, 7, 1)
EVERYTHING = [sa.select(table).order_by(table.c.id) for table in (
    Parcel.__table__, ParcelPeriod.__table__, Ownership.__table__, SitusAddress.__table__
)]  # fmt: skip
LINEAGE = sa.text("""
    SELECT parent.parcel_no, child.parcel_no, round(share::numeric, 2), as_of
    FROM lotline.parcel_lineage JOIN lotline.parcel parent ON parent.id = parent_id
    JOIN lotline.parcel child ON child.id = child_id ORDER BY 1, 2
""")
OPEN = sa.text("""
    SELECT parcel_no, valid_from FROM lotline.parcel_period JOIN lotline.parcel ON
    parcel.id = parcel_id WHERE valid_to IS NULL ORDER BY 1
""")
ADDRESSES = sa.text("""
    SELECT parcel_no, label FROM lotline.situs_address JOIN lotline.parcel ON parcel.id = parcel_id
    ORDER BY 2
""")


def half(at: float, *, north: bool) -> shapely.Polygon:
    """Draw the southern or northern half of a lot."""
    west, south = WEST + at * 1.2 * SIDE, SOUTH + (SIDE / 2 if north else 0)
    return shapely.box(west, south, west + SIDE, south + SIDE / 2)


def year(**parcels: shapely.Polygon) -> gpd.GeoDataFrame:
    """Lay out a year of parcels by number, each with its owner."""
    told = {
        "parcel_no": list(parcels),
        "situs_address": [f"{no} Alder St" for no in parcels],
        "owner_name": [f"Owner of {no}" for no in parcels],
    }
    return gpd.GeoDataFrame(told, geometry=list(parcels.values()), crs="EPSG:4326")


def take_in(
    connection: sa.Connection, frame: gpd.GeoDataFrame, folder: Path, **options: Any
) -> Refresh | None:
    asking = {"as_of": JULY, "today": NEXT, **options}
    return take_in_parcels(connection, asked(written(frame, folder), **asking))[1]


BEFORE = year(P1=lot(0), P2=lot(1), P3=lot(2), P4=lot(3), P5=lot(4), P6=lot(5))
AFTER = year(
    P1=lot(0, side=SIDE * 1.02), P2a=half(1, north=False), P2b=half(1, north=True),
    P34=shapely.union(lot(2), lot(3)), P5=lot(9), P5x=lot(4), P6=lot(5),
)  # fmt: skip


@pytest.fixture
def town(connection: sa.Connection, tmp_path: Path) -> sa.Connection:
    """Six lots, each with its address in its middle; P3 and P4 share one beside."""
    load_lots(connection, BEFORE, tmp_path)
    connection.exec_driver_sql("""
        INSERT INTO lotline.situs_address (parcel_id, label, street, street_key, content_sha,
            import_run_id, source_row, geom, geom_3857)
        SELECT parcel_id, parcel_no || ' Alder St', 'Alder St', 'alder st', '', import_run_id, 1,
            ST_PointOnSurface(geom), ST_Transform(ST_PointOnSurface(geom), 3857)
        FROM lotline.parcel_period
        JOIN (SELECT id, parcel_no FROM lotline.parcel
              UNION ALL SELECT id, 'P0' FROM lotline.parcel WHERE parcel_no IN ('P3', 'P4')) called
        ON called.id = parcel_id ORDER BY parcel_no, parcel_id
    """)
    return connection


def everything(connection: sa.Connection) -> list[list[tuple[Any, ...]]]:
    return [list(map(tuple, connection.execute(query))) for query in EVERYTHING]


def test_each_parcel_has_a_fate_and_its_land_a_lineage(town: sa.Connection, tmp_path: Path) -> None:
    refresh = take_in(town, AFTER, tmp_path)
    assert refresh is not None
    assert {fate: len(numbers) for fate, numbers in refresh.numbers.items() if numbers} == {
        "unchanged": 2, "renumbered": 1, "split": 1, "merged": 2, "new": 1,
    }  # fmt: skip
    fates = {ended.parcel_no: (ended.fate, [part.parcel_no for part in ended.parts])
             for ended in refresh.ended}  # fmt: skip
    assert fates == {
        "P2": ("split", ["P2a", "P2b"]), "P3": ("merged", ["P34"]), "P4": ("merged", ["P34"]),
        "P5": ("renumbered", ["P5x"]),
    }  # fmt: skip
    assert [tuple(row) for row in town.execute(OPEN)] == [
        ("P1", JULY), ("P2a", JULY), ("P2b", JULY), ("P34", JULY), ("P5", JULY), ("P5x", JULY),
        ("P6", None),
    ]  # fmt: skip
    assert [(p, c, float(share), on) for p, c, share, on in town.execute(LINEAGE)] == [
        ("P2", "P2a", 0.5, JULY), ("P2", "P2b", 0.5, JULY), ("P3", "P34", 1, JULY),
        ("P4", "P34", 1, JULY), ("P5 (until 2026-07-01)", "P5x", 1, JULY),
    ]  # fmt: skip


def test_an_address_goes_with_its_ground(town: sa.Connection, tmp_path: Path) -> None:
    take_in(town, AFTER, tmp_path)
    stands = {tuple(row) for row in town.execute(ADDRESSES)}
    assert {("P34", "P3 Alder St"), ("P5x", "P5 Alder St"), ("P6", "P6 Alder St")} <= stands
    assert {("P34", "P0 Alder St"), ("P4", "P0 Alder St")} <= stands  # once on a parcel


def test_the_same_file_again_changes_nothing(town: sa.Connection, tmp_path: Path) -> None:
    take_in(town, AFTER, tmp_path)
    before = everything(town)
    assert take_in(town, AFTER, tmp_path) is None
    assert take_in(town, AFTER, tmp_path, as_of=NEXT) is None
    assert everything(town) == before


def test_an_undo_restores_every_row(town: sa.Connection, tmp_path: Path) -> None:
    before = everything(town)
    refresh = take_in(town, AFTER, tmp_path)
    assert refresh is not None
    assert everything(town) != before
    assert refresh_to_undo(town, refresh.run_id) == JULY
    take_back(town, refresh.run_id, actor="S. Webb")
    assert everything(town) == before
    assert town.execute(LINEAGE).all() == []
    with pytest.raises(UndoError, match=r"undone by S\. Webb"):
        refresh_to_undo(town, refresh.run_id)
    again = take_in(town, AFTER, tmp_path)
    assert again is not None
    assert again.numbers == refresh.numbers


def test_only_the_last_is_undone(town: sa.Connection, tmp_path: Path) -> None:
    first = take_in(town, AFTER, tmp_path)
    back = gpd.GeoDataFrame(pd.concat([BEFORE, year(P9=lot(9))], ignore_index=True))
    second = take_in(town, back, tmp_path, as_of=NEXT)
    assert first is not None
    assert second is not None
    assert second.numbers["split"] == ("P34",)
    with pytest.raises(UndoError, match=f"import {second.run_id}"):
        refresh_to_undo(town, first.run_id)
    with pytest.raises(UndoError, match="compared no parcels"):
        refresh_to_undo(town, 0)


def test_a_number_comes_back_with_its_ground_or_is_another_parcel(
    town: sa.Connection, tmp_path: Path
) -> None:
    take_in(town, AFTER, tmp_path)
    later = year(
        P1=lot(0), P2=lot(1), P3=lot(2), P4=lot(7), P5=lot(9), P5x=lot(4), P6=lot(5), P8=lot(3)
    )
    take_in(town, later, tmp_path, as_of=NEXT)
    known = dict(town.execute(sa.text("SELECT parcel_no, was_no FROM lotline.parcel")).all())
    assert known["P4 (until 2027-07-01)"] == "P4"
    assert "P2 (until 2027-07-01)" not in known
    periods = sa.text("""SELECT count(*) FROM lotline.parcel_period WHERE parcel_id =
        (SELECT id FROM lotline.parcel WHERE parcel_no = 'P2')""")
    assert town.scalar(periods) == 2


def test_a_part_of_the_town_is_refused_unless_said_to_be_one(
    town: sa.Connection, tmp_path: Path
) -> None:
    before = everything(town)
    part = year(P1=lot(0, side=SIDE * 1.02), P2=lot(1))
    with pytest.raises(PartialFileError, match="has no parcel where 4 of 6 on record lie"):
        take_in(town, part, tmp_path)
    assert everything(town) == before
    assert take_in(town, part, tmp_path, partial=True) is None
    assert len(town.execute(OPEN).all()) == 6


def test_another_file_of_the_same_day_is_refused(town: sa.Connection, tmp_path: Path) -> None:
    take_in(town, AFTER, tmp_path)
    with pytest.raises(AsOfError, match="undo the first"):
        take_in(town, BEFORE, tmp_path)
