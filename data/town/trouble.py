"""Say how prone each lot is to violations, and how its owner answers a notice."""

import numpy as np
import shapely

from data.town import noise
from data.town.noise import Array
from data.town.people import Holding
from data.town.plat import Plat

BY_USE = {
    "single_family": 1.0, "two_family": 1.5, "apartments": 1.8, "commercial": 0.9,
    "industrial": 0.8, "vacant": 1.9, "institutional": 0.25,
}  # fmt: skip
BY_OWNER = {"person": 1.0, "company": 1.5, "landlord": 9.0, "bank": 8.0, "public": 0.02}
BY_QUARTER = {"core": 1.25, "old": 1.3, "winding": 0.55, "loops": 0.4, "industrial": 0.9}
SLOWNESS = {"person": 1.0, "company": 1.35, "landlord": 2.3, "bank": 2.6, "public": 0.7}
CLUSTERS = 5
CLUSTER_M = 130.0
CLUSTER_PULL = 2.6
WORST, CASES_FOR_WORST = 7.0, 0.47
UNEVEN = 1.15
"""Sigma of the lognormal that makes some households far worse than their neighbours."""


def proneness(rng: np.random.Generator, plat: Plat, holdings: list[Holding]) -> Array:
    """
    Weigh every lot by how likely a violation is there.

    Parameters
    ----------
    rng
        Source of clusters and of households' own ways; advanced by this call.
    plat, holdings
        The lots and who owns them.

    Returns
    -------
    ndarray
        One weight a lot, summing to 1.
    """
    places = shapely.get_coordinates(shapely.centroid([lot.shape for lot in plat.lots]))
    styles = [plat.blocks[lot.block].style.name for lot in plat.lots]
    known = [
        BY_USE.get(lot.use, 0.1) * BY_OWNER[holding.owner.kind] * BY_QUARTER[style]
        * (0.75 if holding.homestead else 1.2)
        for lot, holding, style in zip(plat.lots, holdings, styles, strict=True)
    ]  # fmt: skip
    old = np.array([style in {"core", "old"} for style in styles])
    candidates = places[old] if old.sum() > CLUSTERS else places
    hearts = candidates[rng.choice(len(candidates), CLUSTERS, replace=False)]
    far = np.hypot(*(places[:, None] - hearts[None]).transpose(2, 0, 1))
    pull = 1 + CLUSTER_PULL * np.exp(-((far / CLUSTER_M) ** 2)).sum(axis=1)
    drift = np.exp(0.5 * noise.surface(rng, wavelength=900)(*places.T))
    weight = np.array(known) * pull * drift * rng.lognormal(0, UNEVEN, len(known))
    weight /= weight.sum()
    worst = WORST / (CASES_FOR_WORST * len(weight))
    return np.asarray(np.minimum(weight, worst) / np.minimum(weight, worst).sum())
