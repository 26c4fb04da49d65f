"""Paint a surface as a picture that a web map can lie over its streets, with its legend."""

import base64
import dataclasses
import io
import math

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from reports.density import Floats, Grid, density_at
from reports.metric import Metric

VIRIDIS = np.array(
    [
        [0x44, 0x01, 0x54],
        [0x48, 0x24, 0x75],
        [0x41, 0x44, 0x87],
        [0x35, 0x5F, 0x8D],
        [0x2A, 0x78, 0x8E],
        [0x21, 0x91, 0x8C],
        [0x22, 0xA8, 0x84],
        [0x44, 0xBF, 0x70],
        [0x7A, 0xD1, 0x51],
        [0xBD, 0xDF, 0x26],
        [0xFD, 0xE7, 0x25],
    ]
)
"""Red, green, blue at each tenth of the ramp (S. van der Walt and N. Smith, CC0)."""

PIXELS_A_BANDWIDTH = 8
MOST_PIXELS_A_SIDE = 2000
FADED_BELOW = 0.25
"""The share of the scale over which the picture fades in from nothing."""
OPAQUE = 0.78
MOSTLY = 0.5


@dataclasses.dataclass(frozen=True, slots=True)
class Scale:
    """From nothing to the top of a legend, in viridis: the darker, the more.

    Parameters
    ----------
    top
        Value at the full end; higher values take its colour.
    ticks
        Round values to label, the last one being `top`.
    """

    top: float
    ticks: tuple[float, ...]

    def colors(self, values: Floats) -> NDArray[np.uint8]:
        """Return red, green, blue and opacity of values: shape (..., 4); NaN is transparent."""
        share = np.clip(np.nan_to_num(values / self.top), 0, 1)
        steps = np.linspace(0, 1, len(VIRIDIS))
        rgb = [np.interp(share, steps, band) for band in VIRIDIS[::-1].T]
        alpha = 255 * OPAQUE * np.clip(share / FADED_BELOW, 0, 1)
        return np.round(np.stack([*rgb, alpha], axis=-1)).astype(np.uint8)


def scale_for(values: Floats) -> Scale:
    """Choose a scale whose ticks are round and whose top is just above the highest value."""
    highest = float(np.nanmax(values))
    rough = highest / 5
    unit = 10.0 ** math.floor(math.log10(rough))
    step = next(unit * times for times in (1, 2, 2.5, 5, 10) if unit * times >= rough)
    count = math.ceil(highest / step)
    return Scale(step * count, tuple(step * number for number in range(count + 1)))


@dataclasses.dataclass(frozen=True, slots=True)
class Picture:
    """A PNG and where it lies.

    Parameters
    ----------
    url
        The PNG as a data: URL.
    bounds
        [[south, west], [north, east]] in degrees.
    """

    url: str
    bounds: list[list[float]]


def paint(values: Floats, *, grid: Grid, metric: Metric, scale: Scale) -> Picture:
    """Paint a surface for a web map.

    A web map stretches a picture straight between its corners in EPSG:3857, and the town's grid
    is turned and scaled against that; so each pixel looks up its own place in the grid.

    Parameters
    ----------
    values
        Shape (rows, columns) of the grid; NaN stays transparent.
    """
    low, high, (rows, columns) = _canvas(grid, metric)
    x = low[0] + (np.arange(columns) + 0.5) / columns * (high[0] - low[0])
    y = high[1] - (np.arange(rows) + 0.5) / rows * (high[1] - low[1])
    across, up = np.meshgrid(x, y)
    places = metric.from_mercator(np.column_stack([across.ravel(), up.ravel()]))
    known = density_at(np.isfinite(values).astype(np.float64), places, grid=grid) > MOSTLY
    seen = np.where(known, density_at(np.nan_to_num(values), places, grid=grid), np.nan)
    png = io.BytesIO()
    image = Image.fromarray(scale.colors(seen.reshape(rows, columns)))
    image.save(png, format="PNG", optimize=True)
    west, south, east, north = metric.to_lonlat(metric.from_mercator(np.array([low, high]))).ravel()
    url = "data:image/png;base64," + base64.b64encode(png.getvalue()).decode("ascii")
    return Picture(url, [[float(south), float(west)], [float(north), float(east)]])


def _canvas(grid: Grid, metric: Metric) -> tuple[Floats, Floats, tuple[int, int]]:
    """Return the lower left and upper right corner in EPSG:3857, and the rows and columns."""
    west, south, east, north = grid.bounds
    edge = np.array([[west, south], [west, north], [east, south], [east, north]])
    corners = metric.to_mercator(edge)
    low, high = corners.min(axis=0), corners.max(axis=0)
    wanted = max(east - west, north - south) / grid.bandwidth * PIXELS_A_BANDWIDTH
    pixel = float(np.max(high - low)) / min(wanted, MOST_PIXELS_A_SIDE)
    columns, rows = np.ceil((high - low) / pixel).astype(int).tolist()
    return low, high, (rows, columns)
