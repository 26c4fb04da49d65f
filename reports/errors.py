"""Name what can go wrong with a report, for a person to read."""

from geo.errors import LotlineError


class ReportError(LotlineError):
    """The report as asked for cannot be made."""


class UnknownNameError(ReportError):
    """The question names a zone or a category that the town does not have."""


class NothingToReportError(ReportError):
    """No case answers the question, so there is nothing to draw or list."""


class NothingOnMapError(NothingToReportError):
    """Cases may answer the question, and none of them has a place."""


class TooLittleToSayError(ReportError):
    """There is something, but too little of it, or too much alike, for this statistic."""


class TooMuchError(ReportError):
    """There is more of something than a statistic takes."""


class AssetsMissingError(ReportError):
    """The files a standalone map is made from were never built."""
