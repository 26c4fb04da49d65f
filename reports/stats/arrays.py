"""Name the arrays that numbers come in, and check what may not be computed with."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from reports.errors import NothingToReportError, ReportError

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Marks = NDArray[np.bool_]
Classes = NDArray[np.int8]


def finite(values: ArrayLike, *, name: str) -> Floats:
    """Return values as float64, none of them missing or infinite.

    Raises
    ------
    ReportError
        When one is, with how many of them.
    """
    found = np.asarray(values, dtype=np.float64)
    strange = found.size - int(np.isfinite(found).sum())
    if strange:
        msg = (
            f"{strange} of the {found.size} {name} are missing or infinite; each must be a number."
        )
        raise ReportError(msg)
    return found


def counts_of(values: ArrayLike, *, name: str) -> Floats:
    """Return values as float64, none of them missing, infinite or below 0.

    Raises
    ------
    ReportError
        When one is, with the least of them.
    """
    found = finite(values, name=name)
    if found.size and found.min() < 0:
        msg = f"The {name} go down to {found.min():g}; none may be less than 0."
        raise ReportError(msg)
    return found


def some(values: NDArray[np.generic], *, name: str) -> None:
    """Ask that there is anything at all.

    Raises
    ------
    NothingToReportError
        When there is nothing.
    """
    if not values.size:
        msg = f"There are no {name}, so there is nothing to compute."
        raise NothingToReportError(msg)


def same_length(*arrays: NDArray[np.generic], names: str) -> None:
    """Ask that arrays have as many rows as each other.

    Raises
    ------
    ReportError
        When they do not, with how many each has.
    """
    lengths = [len(array) for array in arrays]
    if len(set(lengths)) > 1:
        msg = f"{names} must be as many as each other, not {', '.join(map(str, lengths))}."
        raise ReportError(msg)


def normal_quantile(confidence: float) -> float:
    """Return how many standard deviations to either side hold a share of a normal distribution.

    Parameters
    ----------
    confidence
        Between 0 and 1, as 0.95.

    Raises
    ------
    ReportError
        When it is not between 0 and 1.
    """
    if not 0 < confidence < 1:
        msg = f"A confidence of {confidence:g} means nothing; give one between 0 and 1, as 0.95."
        raise ReportError(msg)
    return float(special.ndtri((1 + confidence) / 2))
