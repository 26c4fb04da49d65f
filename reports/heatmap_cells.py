"""Hand the cells of a heat map to a GIS."""

import geopandas as gpd
import numpy as np
import shapely

from reports.density import cell_centres
from reports.heatmap import HeatMap

FAINTEST_CELL = 0.01
"""Cells below this share of the highest are left out of the file of cells."""


def heatmap_cells(heatmap: HeatMap) -> gpd.GeoDataFrame:
    """Return the cells of the surface as squares in the town's projected system.

    Columns: `lon` and `lat` of the middle in degrees, `cases_per_hectare`, and
    `cases_per_100_parcels` (absent with no parcels, null where parcels are too few). Cells below
    1 % of the highest density are left out.
    """
    grid, unit = heatmap.grid, heatmap.metric.unit
    rows, columns = np.nonzero(heatmap.per_hectare >= FAINTEST_CELL * heatmap.per_hectare.max())
    x, y = cell_centres(grid)
    half = grid.cell / 2
    squares = shapely.box(
        (x[columns] - half) / unit,
        (y[rows] - half) / unit,
        (x[columns] + half) / unit,
        (y[rows] + half) / unit,
    )
    middles = heatmap.metric.to_lonlat(np.column_stack([x[columns], y[rows]])).round(6)
    figures = {
        "lon": middles[:, 0],
        "lat": middles[:, 1],
        "cases_per_hectare": heatmap.per_hectare[rows, columns].round(4),
    }
    if heatmap.per_100_parcels is not None:
        figures["cases_per_100_parcels"] = heatmap.per_100_parcels[rows, columns].round(3)
    return gpd.GeoDataFrame(figures, geometry=squares, crs=heatmap.metric.crs)
