"""Write shares, rates and ratios of cases as cells, each with its 95 % interval."""

from dataclasses import dataclass

from reports.stats.intervals import Interval, poisson_rate, wilson
from reports.stats.standardised import Standardised


@dataclass(frozen=True, slots=True)
class Ratio:
    """A figure and the limits of its 95 % interval; None where there is nothing to divide by."""

    value: float | None
    low: float | None
    high: float | None


NONE = Ratio(None, None, None)


def share_of(cases: int, of: int) -> Ratio:
    """Return a share of cases with Wilson's interval."""
    return _told(wilson(cases, of)) if of else NONE


def rate_of(cases: int, per: float) -> Ratio:
    """Return cases per unit of something with the mid-P interval of a Poisson count."""
    return _told(poisson_rate(cases, per)) if per > 0 else NONE


def ratio_at(told: Standardised, at: int) -> Ratio:
    """Return a unit's observed cases in proportion to those expected; none where none are."""
    if not told.expected[at] > 0:
        return NONE
    return Ratio(float(told.ratio[at]), float(told.lower[at]), float(told.upper[at]))


def share_cells(cases: int, of: int) -> dict[str, float | None]:
    """Return the cells ``share``, ``low`` and ``high`` of a table."""
    share = share_of(cases, of)
    return {"share": share.value, "low": share.low, "high": share.high}


def _told(interval: Interval) -> Ratio:
    return Ratio(float(interval.value), float(interval.lower), float(interval.upper))
