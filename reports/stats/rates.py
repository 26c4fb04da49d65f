"""Put cases in proportion to the parcels they could have come from, cell by cell."""

import dataclasses

import numpy as np

from reports.errors import NothingToReportError, TooLittleToSayError
from reports.stats.arrays import Floats, Marks, counts_of, same_length


@dataclasses.dataclass(frozen=True, slots=True)
class CellRates:
    """Cases in proportion to parcels.

    Parameters
    ----------
    rate
        Cases a parcel; 0 outside `valid`.
    deviate
        Standard deviations from the overall rate, as far as chance goes in a cell of so many
        parcels; 0 outside `valid`.
    valid
        The cells that hold enough parcels to have a rate at all.
    overall
        All cases over all parcels of the valid cells.
    left_out
        The cases that lie in cells that are not valid, to be told beside the map.
    """

    rate: Floats
    deviate: Floats
    valid: Marks
    overall: float
    left_out: float


def cell_rates(cases: Floats, parcels: Floats, *, least_parcels: float = 5) -> CellRates:
    """Return each cell's cases a parcel, and how far that is from the overall rate.

    Which of the two to look for hot spots in: `deviate`. Gi* takes its values to vary alike
    everywhere. The rate of a cell of 5 parcels varies ten times as much (in variance) as that of a
    cell of 50, so that a map of bare rates is hot and cold where parcels are few; the deviate
    divides by what chance does at that number of parcels. Cases less those expected have the
    opposite fault: they vary most where parcels are many. `rate` is for telling, not for testing.

    Parameters
    ----------
    cases, parcels
        Counts of the same shape, none below 0.
    least_parcels
        Cells with fewer have no rate: one case on one parcel is not a rate of 100 %.

    Raises
    ------
    NothingToReportError
        When no cell holds so many parcels.
    TooLittleToSayError
        When no cell that does holds a case.
    ReportError
        When a count is missing, infinite or below 0, or the shapes differ.

    Notes
    -----
    The deviate is the empirical-Bayes index of R. M. Assunção and E. A. Reis, "A new proposal to
    adjust Moran's I for population density", Statistics in Medicine 18 (1999), 2147-2162: (r - b) /
    sqrt(a + b / parcels), b the overall rate and a the variance between cells beyond that of
    chance, by moments; where a + b / parcels is not above 0, b / parcels alone.
    """
    found = counts_of(cases, name="cases of the cells")
    held = counts_of(parcels, name="parcels of the cells")
    same_length(found, held, names="The cells' cases and parcels")
    valid = held >= max(least_parcels, np.finfo(np.float64).tiny)
    if not valid.any():
        msg = f"No cell holds {least_parcels:g} parcels or more to have a rate: take larger cells."
        raise NothingToReportError(msg)
    left_out = float(found[~valid].sum())
    if not found[valid].any():
        msg = f"There is no case in any of the {valid.sum()} cells that hold enough parcels."
        raise TooLittleToSayError(msg)
    rate, deviate = np.zeros(held.shape), np.zeros(held.shape)
    rate[valid] = found[valid] / held[valid]
    overall = float(found[valid].sum() / held[valid].sum())
    deviate[valid] = (rate[valid] - overall) / _chance(rate[valid], held[valid], overall)
    return CellRates(rate, deviate, valid, overall, left_out)


def _chance(rate: Floats, parcels: Floats, overall: float) -> Floats:
    """Return the standard deviation of a rate at its number of parcels."""
    between = (parcels * (rate - overall) ** 2).sum() / parcels.sum() - overall / parcels.mean()
    alone = overall / parcels
    return np.asarray(np.sqrt(np.where(between + alone > 0, between + alone, alone)))
