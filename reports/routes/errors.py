"""Name what can go wrong with a route plan, for a person to read."""

from geo.errors import LotlineError


class RoutePlanError(LotlineError):
    """The day as asked for cannot be planned."""


class PlanFaultError(LotlineError):
    """A finished plan contradicts its streets, its stops or its shift."""


class InstanceFileError(LotlineError):
    """A benchmark file does not say what it should."""
