"""Name what can go wrong with streets, for a person to read."""

from geo.errors import LotlineError


class StreetsError(LotlineError):
    """Streets could not be read, built or asked."""


class StreetsMissingError(StreetsError):
    """No street dataset has been built yet."""


class StreetFileError(StreetsError):
    """A street file cannot be turned into a dataset."""


class NoRouteError(StreetsError):
    """No way leads from one of the places to the next."""
