"""Hold the generated town's plan against Cambridge's, and a plain grid against both."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from likeness import Likeness, measure, unlike
from shapely.geometry import LineString, Polygon

from data.town import network, plat

MASSACHUSETTS = 26986
LEAST_LOT_M2 = 5


@pytest.fixture(scope="module")
def cambridge(realdata: Path) -> Likeness:
    folder = realdata / "cambridge"
    lots = gpd.read_file(folder / "ASSESSING_ParcelsFY2014.topojson").set_crs(4326)
    lots = lots.to_crs(MASSACHUSETTS).geometry.make_valid().explode()
    streets = gpd.read_file(folder / "TRANS_Centerlines.geojson").to_crs(MASSACHUSETTS)
    whole = [lot for lot in lots if isinstance(lot, Polygon) and lot.area > LEAST_LOT_M2]
    return measure(list(streets.geometry.explode()), whole)


def plain_grid(*, columns: int, rows: int) -> tuple[list[LineString], list[Polygon]]:
    """Lay blocks of 150 by 75 m, each of 2 rows of 10 lots."""
    wide, deep = 150.0, 75.0
    across = [LineString([(0, y * deep), (columns * wide, y * deep)]) for y in range(rows + 1)]
    along = [LineString([(x * wide, 0), (x * wide, rows * deep)]) for x in range(columns + 1)]
    lots = [
        shapely.box(left, bottom, left + 13.5, bottom + 30)
        for x in range(columns)
        for y in range(rows)
        for left in x * wide + 7.5 + 13.5 * np.arange(10)
        for bottom in (y * deep + 7.5, y * deep + 37.5)
    ]
    return [*across, *along], lots


@pytest.mark.realdata
@pytest.mark.parametrize("seed", [1, 42])
def test_blocks_lots_and_bearings_spread_as_in_a_real_town(cambridge: Likeness, seed: int) -> None:
    paper = plat.lay(parcels=3000, seed=seed)
    streets = [e.line for e in paper.plan.network.edges.values() if e.kind in network.CARRIES]
    assert unlike(measure(streets, [lot.shape for lot in paper.lots]), cambridge) == set()


@pytest.mark.realdata
def test_a_plain_grid_of_as_many_lots_is_told_from_a_town(cambridge: Likeness) -> None:
    streets, lots = plain_grid(columns=10, rows=15)
    assert len(lots) == 3000
    assert unlike(measure(streets, lots), cambridge) >= {
        "spread of block_m2",
        "spread of lot_m2",
        "spread of lot_narrow_m",
        "block_fill",
        "lot_fill",
        "entropy",
    }


def test_a_grid_has_the_entropy_of_two_bearings() -> None:
    streets, lots = plain_grid(columns=4, rows=8)
    assert measure(streets, lots).entropy == pytest.approx(np.log(2) / np.log(36), abs=0.02)
