"""Write a generated town as the files a real town would hand over."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from data.town import liens, permits, roads, streets_osm, tables
from data.town.design import Design
from data.town.noise import Array

UTM = 32617
ORIGIN_M = (559_000.0, 3_019_000.0)
"""Where local (0, 0) lies in UTM zone 17N: on Florida's Atlantic side."""


@dataclass(frozen=True, slots=True)
class TownFiles:
    """
    The files of a town and what they hold.

    Attributes
    ----------
    name
        Of the town, with the word that it is generated.
    parcels, addresses, zones, streets, violations, liens, permits
        Paths: three GeoPackages, OSM XML and three CSV tables.
    counts
        Rows by kind: parcels, addresses, zones, ways, cases, violations, liens, permits.
    """

    name: str
    parcels: Path
    addresses: Path
    zones: Path
    streets: Path
    violations: Path
    liens: Path
    permits: Path
    counts: dict[str, int]


def write_town(folder: Path, town: Design) -> TownFiles:
    """
    Write a designed town as files; geometry is in EPSG:4326.

    Parameters
    ----------
    folder
        Made if absent; files of the same names are replaced.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paper = town.plat
    recorded = liens.record(town.dice(5), town.fates, until=town.until)
    granted = permits.grant(
        town.dice(7), town.fates, lots=len(paper.lots), until=town.until
    )  # fmt: skip
    paved = roads.pave(paper)
    numbers = tables.case_numbers(town.fates)
    doors = tables.addresses(paper)
    violations = tables.violations(paper, town.fates, numbers)
    counts = {
        "parcels": len(paper.lots),
        "addresses": len(doors),
        "zones": len(town.zones),
        "ways": len(paved.ways),
        "cases": len(town.fates),
        "violations": len(violations),
        "liens": len(recorded),
        "permits": len(granted),
    }
    files = _files(folder, name=paper.name, counts=counts)
    _layer(files.parcels, tables.parcels(paper, town.holdings), [lot.shape for lot in paper.lots])
    points = [front.place for front in paper.fronts]
    places = [points[at] for at in doors["lot"]]
    _layer(files.addresses, doors.drop(columns="lot"), places)
    _layer(files.zones, tables.zones(town.zones), [zone.shape for zone in town.zones])
    streets_osm.write(files.streets, places=degrees(np.array(paved.places)), ways=paved.ways)
    violations.to_csv(files.violations, index=False)
    tables.liens(paper, town.fates, recorded, numbers).to_csv(files.liens, index=False)
    tables.permits(paper, granted).to_csv(files.permits, index=False)
    return files


def _files(folder: Path, *, name: str, counts: dict[str, int]) -> TownFiles:
    return TownFiles(
        name=f"{name}, Florida (a generated town)",
        parcels=folder / "parcels.gpkg",
        addresses=folder / "addresses.gpkg",
        zones=folder / "zones.gpkg",
        streets=folder / "streets.osm",
        violations=folder / "violations.csv",
        liens=folder / "liens.csv",
        permits=folder / "permits.csv",
        counts=counts,
    )


def _layer(path: Path, table: pd.DataFrame, shapes: Sequence[BaseGeometry]) -> None:
    """Write a GeoPackage with one layer named after the file."""
    lonlat = shapely.transform(np.array(shapes), degrees)
    frame = gpd.GeoDataFrame(table, geometry=lonlat, crs=4326)
    frame.to_file(path, layer=path.stem, driver="GPKG", engine="pyogrio")


def degrees(local: Array) -> Array:
    """Turn the plat's local metres into longitude and latitude (EPSG:4326)."""
    todegrees = Transformer.from_crs(UTM, 4326, always_xy=True)
    return np.column_stack(todegrees.transform(*(local[:, :2] + ORIGIN_M).T))
