"""Open the two real cities that benches drive in: their streets, and doors to visit."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.streets.dataset import StreetsDataset
from geo.streets.engine import Streets
from geo.streets.travel import Places
from reports.routes.problem import Place
from tests.real_cities import build_city

REALDATA = Path(os.environ.get("LOTLINE_REALDATA", Path(__file__).parents[3] / "shared/realdata"))
HALLS = {
    "baltimore": Place("City Hall", -76.6106, 39.2904),
    "cambridge": Place("City Hall", -71.1056, 42.3671),
}
NEAR_M = 100.0
"""A door farther from the streets than this is not on them: Baltimore's file is of one side."""


@dataclass(frozen=True)
class City:
    """A city with its streets built."""

    name: str
    dataset: StreetsDataset
    streets: Streets
    hall: Place

    @property
    def title(self) -> str:
        """Its name as people write it."""
        return self.name.capitalize()

    def doors(self) -> Places:
        """Return where its cases are, each place once and near a street, in a fixed order."""
        all_ = {"baltimore": _vacant_buildings, "cambridge": _lots_with_violations}[self.name]()
        doors = np.unique(np.round(all_, 6), axis=0)
        return doors[self.streets.block(doors, range(1)).snap_metres < NEAR_M]


def cities(folder: Path, *, small: bool = False) -> list[City]:
    """Build the cities' streets in a folder; `small` leaves all but the first out."""
    return [_open(name, folder) for name in list(HALLS)[: 1 if small else None]]


def _open(name: str, folder: Path) -> City:
    dataset = build_city(name, realdata=REALDATA, home=folder)
    return City(name, dataset, Streets(dataset), HALLS[name])


def _vacant_buildings() -> Places:
    notices = pd.read_csv(REALDATA / "baltimore" / "vacant_building_notices.csv.gz")
    told = [re.findall(r"-?\d+\.\d+", location) for location in notices["Location"]]
    return np.array(told, dtype=float)[:, ::-1]


def _lots_with_violations() -> Places:
    folder = REALDATA / "cambridge"
    lots = gpd.read_file(folder / "ASSESSING_ParcelsFY2014.topojson")
    violated = pd.read_csv(folder / "violations.csv.gz", usecols=["ML"])["ML"]
    lots = lots[lots["ML"].isin(violated) & lots.geometry.is_valid & ~lots.geometry.is_empty]
    inside = lots.geometry.representative_point()
    return np.column_stack([inside.x, inside.y])
