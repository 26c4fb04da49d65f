"""Name the facts that can go wrong on the ground, in sentences a person can act on."""


class LotlineError(Exception):
    """Any mistake or mishap a user may be told of: what was got, what was expected, what to do."""


class ClusterError(LotlineError):
    """The private PostgreSQL cluster cannot be made, started or stopped."""


class DatabaseError(LotlineError):
    """The database named by the settings is missing, unreachable or not ready for Lotline."""
