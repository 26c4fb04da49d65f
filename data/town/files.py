"""Write a generated town as the files a real town would hand over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from data.town import liens, people, plat, roads, streets_osm, tables, zones
from data.town.errors import TownError
from data.town.noise import Array
from data.town.years import tell

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
    parcels, addresses, zones, streets, violations, liens
        Paths: three GeoPackages, OSM XML and two CSV tables.
    counts
        Rows by kind: parcels, addresses, zones, ways, cases, violations, liens.
    """

    name: str
    parcels: Path
    addresses: Path
    zones: Path
    streets: Path
    violations: Path
    liens: Path
    counts: dict[str, int]


def write_town(folder: Path, *, parcels: int, years: int, seed: int, until: date) -> TownFiles:
    """
    Generate a town and write its files.

    Parameters
    ----------
    folder
        Made if absent; files of the same names are replaced.
    parcels
        Least number of parcels.
    years
        How many years of cases.
    seed
        The same arguments give the same town.
    until
        Last day of the history; some cases are open then, and some overdue.

    Returns
    -------
    TownFiles
        Geometry is in EPSG:4326.

    Raises
    ------
    TownError
        If the town would be too small, or without a year of history.
    """
    if years < 1:
        msg = f"A history of {years} years is none: ask for 1 or more."
        raise TownError(msg)
    folder.mkdir(parents=True, exist_ok=True)
    paper = plat.lay(parcels=parcels, seed=seed)
    holdings = people.settle(_dice(seed, 2), paper)
    drawn = zones.draw(_dice(seed, 3), paper)
    cases = tell(_dice(seed, 4), paper, holdings, years=years, until=until)
    recorded = liens.record(_dice(seed, 5), cases, until=until)
    paved = roads.pave(paper)
    numbers = tables.case_numbers(cases)
    doors = tables.addresses(paper)
    violations = tables.violations(paper, cases, numbers)
    counts = {
        "parcels": len(paper.lots),
        "addresses": len(doors),
        "zones": len(drawn),
        "ways": len(paved.ways),
        "cases": len(cases),
        "violations": len(violations),
        "liens": len(recorded),
    }
    files = _files(folder, name=paper.name, counts=counts)
    _layer(files.parcels, tables.parcels(paper, holdings), [lot.shape for lot in paper.lots])
    points = [front.place for front in paper.fronts]
    places = [points[at] for at in doors["lot"]]
    _layer(files.addresses, doors.drop(columns="lot"), places)
    _layer(files.zones, tables.zones(drawn), [zone.shape for zone in drawn])
    streets_osm.write(files.streets, places=_degrees(np.array(paved.places)), ways=paved.ways)
    violations.to_csv(files.violations, index=False)
    tables.liens(paper, cases, recorded, numbers).to_csv(files.liens, index=False)
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
        counts=counts,
    )


def _dice(seed: int, part: int) -> np.random.Generator:
    """Give each part of the town its own generator, so that one may change and others stay."""
    return np.random.default_rng([seed, part])


def _layer(path: Path, table: pd.DataFrame, shapes: Sequence[BaseGeometry]) -> None:
    """Write a GeoPackage with one layer named after the file."""
    lonlat = shapely.transform(np.array(shapes), _degrees)
    frame = gpd.GeoDataFrame(table, geometry=lonlat, crs=4326)
    frame.to_file(path, layer=path.stem, driver="GPKG", engine="pyogrio")


def _degrees(local: Array) -> Array:
    """Turn local metres into longitude and latitude."""
    to_degrees = Transformer.from_crs(UTM, 4326, always_xy=True)
    return np.column_stack(to_degrees.transform(*(local[:, :2] + ORIGIN_M).T))
