"""Give smooth random curves and surfaces that are the same for the same generator."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

type Array = NDArray[np.float64]


def curve(rng: np.random.Generator, *, wavelength: float) -> Callable[[Array], Array]:
    """
    Make a smooth random function of one variable.

    Parameters
    ----------
    rng
        Source of the phases; advanced by this call.
    wavelength
        The longest wave, metres; two shorter ones ride on it.

    Returns
    -------
    Callable
        Maps an array of positions (metres) to values between about -1 and 1.
    """
    phases = rng.uniform(0, 2 * np.pi, 3)
    waves = 2 * np.pi / (wavelength * np.array([1.0, 0.47, 0.23]))
    weights = np.array([0.6, 0.28, 0.12])

    def value(position: Array) -> Array:
        angles = np.asarray(position)[..., None] * waves + phases
        return np.asarray(np.sin(angles) @ weights)

    return value


def surface(rng: np.random.Generator, *, wavelength: float) -> Callable[[Array, Array], Array]:
    """
    Make a smooth random function of the plane.

    Parameters
    ----------
    rng
        Source of directions and phases; advanced by this call.
    wavelength
        The typical distance between two crests, metres.

    Returns
    -------
    Callable
        Maps arrays of x and y (metres) to values between about -1 and 1.
    """
    count = 7
    bearing = rng.uniform(0, 2 * np.pi, count)
    phase = rng.uniform(0, 2 * np.pi, count)
    wave = 2 * np.pi / (wavelength * rng.uniform(0.6, 1.7, count))

    def value(x: Array, y: Array) -> Array:
        along = np.multiply.outer(x, np.cos(bearing)) + np.multiply.outer(y, np.sin(bearing))
        return np.asarray(np.sin(along * wave + phase).sum(axis=-1) / np.sqrt(2 * count))

    return value
