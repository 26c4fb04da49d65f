"""Name what can go wrong when a town is generated."""

from geo.errors import LotlineError


class TownError(LotlineError):
    """No town can be generated from what was asked for."""
