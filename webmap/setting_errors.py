"""Name what is wrong with a setting."""

from geo.errors import LotlineError


class SettingError(LotlineError):
    """An environment variable says something that cannot be."""
