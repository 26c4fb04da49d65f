"""The kernel density: what it adds up to, and how near it is to the sum it stands for."""

import numpy as np
import pytest

from reports.density import Floats, cell_centres, density_at, grid_around, kernel_density
from reports.errors import ReportError

BANDWIDTH = 150.0


@pytest.fixture
def points() -> Floats:
    spread = np.random.default_rng(7)
    clusters = spread.normal([[0, 0], [900, 300]], 200, size=(150, 2, 2)).reshape(-1, 2)
    return clusters + np.array([330_000.0, 4_692_000.0])


def gaussians(points: Floats, places: Floats) -> Floats:
    away = ((places[:, None, :] - points[None, :, :]) ** 2).sum(axis=2)
    return np.exp(-away / (2 * BANDWIDTH**2)).sum(axis=1) / (2 * np.pi * BANDWIDTH**2)


def test_the_grid_adds_up_to_the_number_of_points(points: Floats) -> None:
    grid = grid_around(points, bandwidth=BANDWIDTH)
    density = kernel_density(points, grid=grid)
    assert density.sum() * grid.cell**2 == pytest.approx(len(points), rel=1e-9)
    assert density.min() >= 0


def test_the_density_is_the_direct_sum_of_gaussians(points: Floats) -> None:
    grid = grid_around(points, bandwidth=BANDWIDTH)
    x, y = cell_centres(grid)
    places = np.stack(np.meshgrid(x[::5], y[::5]), axis=-1).reshape(-1, 2)
    truth = gaussians(points, places)
    density = density_at(kernel_density(points, grid=grid), places, grid=grid)
    assert np.abs(density - truth).max() < 0.01 * truth.max()


def test_one_point_peaks_at_its_own_place_wherever_it_lies_in_its_cell() -> None:
    for shift in (0.0, 7.0, 15.0, 22.0):
        point = np.array([[1000.0 + shift, 2000.0 - shift]])
        grid = grid_around(np.array([[0.0, 0.0], [3000.0, 3000.0]]), bandwidth=BANDWIDTH)
        density = kernel_density(point, grid=grid)
        x, y = cell_centres(grid)
        middle = [(density.sum(axis=0) * x).sum(), (density.sum(axis=1) * y).sum()]
        assert np.array(middle) / density.sum() == pytest.approx(point[0], abs=1e-6)


def test_a_bandwidth_too_fine_for_the_spread_is_refused_with_one_that_works() -> None:
    corners = np.array([[0.0, 0.0], [300_000.0, 300_000.0]])
    with pytest.raises(ReportError, match=r"give --bandwidth (\d+) or more") as refused:
        grid_around(corners, bandwidth=10)
    offered = float(str(refused.value).split("--bandwidth ")[1].split()[0])
    assert grid_around(corners, bandwidth=offered).rows > 0
