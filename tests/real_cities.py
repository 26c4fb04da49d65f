"""Build street datasets of the two real cities, as an import would."""

import os
from pathlib import Path

import geopandas as gpd
import pyogrio

from geo.streets.centerlines import write_osm
from geo.streets.dataset import StreetsDataset, build_from_osm


def cambridge_lines(realdata: Path) -> gpd.GeoDataFrame:
    """The centrelines with the columns the program wants."""
    read = pyogrio.read_dataframe(realdata / "cambridge" / "TRANS_Centerlines.geojson")
    return gpd.GeoDataFrame(
        {
            "name": read["Street"],
            "rank": read["MajorRoad"].map({1.0: 1, 2.0: 2}).fillna(3).astype(int),
            "oneway": read["Direction"].fillna("0").astype(int),
            "maxspeed_kmh": None,
        },
        geometry=read.geometry,
        crs=read.crs,
    )


def build_city(name: str, *, realdata: Path, home: Path | None = None) -> StreetsDataset:
    """Build one of the two cities, once for all that name the same home: those of a test run."""
    folder = (home or Path(os.environ["LOTLINE_TEST_HOME"])) / "cities" / name
    folder.mkdir(parents=True, exist_ok=True)
    source = realdata / "baltimore" / "baltimore.osm.pbf"
    if name == "cambridge":
        source = folder / "cambridge.osm.pbf"
        own = folder / f"{os.getpid()}.osm.pbf"
        write_osm(cambridge_lines(realdata), own)
        own.replace(source)
    return build_from_osm(source, folder / "streets")
