"""Control how many of many findings are false."""

from enum import StrEnum

import numpy as np

from reports.stats.arrays import Floats


class Control(StrEnum):
    """How findings may hang together for the control to hold."""

    BENJAMINI_HOCHBERG = "benjamini_hochberg"
    """Independent, or rising together as neighbours on a map do."""
    BENJAMINI_YEKUTIELI = "benjamini_yekutieli"
    """In any way at all; the dearer for it."""


def adjusted(p: Floats, *, control: Control = Control.BENJAMINI_HOCHBERG) -> Floats:
    """Return for each p-value the least false-discovery rate at which it still counts.

    Among all with an adjusted value of at most 0.05, 5 % are expected to be false.

    Parameters
    ----------
    p
        Two-sided p-values of any shape; NaN where nothing was tested stays NaN and is not counted.
    control
        Which procedure.

    Returns
    -------
    ndarray of float64, the shape of `p`

    Notes
    -----
    The step-up procedure of Y. Benjamini and Y. Hochberg, "Controlling the false discovery rate",
    Journal of the Royal Statistical Society B 57 (1995), 289-300; with the harmonic factor of
    Y. Benjamini and D. Yekutieli, Annals of Statistics 29 (2001), 1165-1188, theorem 1.3.
    """
    found = np.full(p.shape, np.nan)
    tested = np.isfinite(p)
    values = p[tested]
    rank = np.arange(1, len(values) + 1)
    dearer = (1 / rank).sum() if control is Control.BENJAMINI_YEKUTIELI else 1.0
    order = np.argsort(values)
    stepped = values[order] * dearer * len(values) / rank
    lowest = np.minimum.accumulate(stepped[::-1])[::-1]
    back = np.empty_like(values)
    back[order] = np.minimum(lowest, 1.0)
    found[tested] = back
    return found
