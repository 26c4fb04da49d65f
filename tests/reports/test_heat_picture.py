"""The picture of a surface: its colours, its legend and where it lies on the web map."""

import base64
import io
import math

import numpy as np
import pytest
from PIL import Image

from geo.crs import to_web_mercator
from reports.density import grid_around, kernel_density
from reports.errors import ReportError
from reports.heat_picture import Scale, paint, scale_for
from reports.metric import Metric

HIGHEST = [0.0004, 0.09, 0.97, 1.0, 3.2, 11.37, 240.0, 9_999.0]


@pytest.mark.parametrize("highest", HIGHEST)
def test_the_legend_reaches_just_above_the_highest_value_in_round_steps(highest: float) -> None:
    scale = scale_for(np.array([0.0, highest, np.nan]))
    step = scale.ticks[1]
    assert scale.ticks[0] == 0
    assert scale.ticks[-1] == pytest.approx(scale.top)
    assert scale.top - step < highest <= scale.top * (1 + 1e-9)
    assert 3 <= len(scale.ticks) <= 7
    assert step / 10 ** math.floor(math.log10(step)) == pytest.approx(
        min((1, 2, 2.5, 5), key=lambda nice: abs(nice - step / 10 ** math.floor(math.log10(step))))
    )


def test_nothing_is_transparent_and_more_is_darker() -> None:
    colors = Scale(10.0, (0.0, 10.0)).colors(np.array([np.nan, 0.0, 2.5, 5.0, 10.0, 99.0]))
    opacity = colors[:, 3].tolist()
    lightness = (colors[2:, :3] @ [0.2126, 0.7152, 0.0722]).tolist()
    assert opacity[:2] == [0, 0]
    assert opacity[2] == opacity[-1] > 150
    assert lightness == sorted(lightness, reverse=True)
    assert colors[-1].tolist() == colors[-2].tolist()


@pytest.mark.parametrize("srid", [32619, 2249, 26986])
def test_the_darkest_pixel_lies_on_the_case_whatever_the_towns_system(srid: int) -> None:
    metric = Metric.of(srid)
    lonlat = np.array([[-71.13, 42.39], [-71.08, 42.35]])
    places = metric.from_lonlat(lonlat)
    grid = grid_around(places, bandwidth=150)
    values = kernel_density(places[1:], grid=grid)
    picture = paint(values, grid=grid, metric=metric, scale=scale_for(values))
    png = base64.b64decode(picture.url.removeprefix("data:image/png;base64,"))
    pixels = np.asarray(Image.open(io.BytesIO(png)).convert("RGBA")).astype(float)
    darkness = np.where(pixels[:, :, 3] > 150, 255 - pixels[:, :, 1], 0)
    rows, columns = np.nonzero(darkness >= darkness.max() - 1)
    (south, west), (north, east) = picture.bounds
    (left, low), (right, high) = to_web_mercator(np.array([[west, south], [east, north]]))
    x = left + (columns.mean() + 0.5) / pixels.shape[1] * (right - left)
    y = high - (rows.mean() + 0.5) / pixels.shape[0] * (high - low)
    case = to_web_mercator(lonlat)[1]
    assert math.dist((x, y), case) * math.cos(math.radians(42.35)) < 20


def test_a_town_in_feet_is_measured_in_metres() -> None:
    ends = np.array([[-71.13, 42.39], [-71.08, 42.35]])
    feet, metres = (Metric.of(srid).from_lonlat(ends) for srid in (2249, 26986))
    assert math.dist(*feet) == pytest.approx(math.dist(*metres), rel=1e-6)
    assert Metric.of(2249).to_lonlat(feet) == pytest.approx(ends)


def test_a_town_in_degrees_is_refused() -> None:
    with pytest.raises(ReportError, match="counts in degrees"):
        Metric.of(4326)
