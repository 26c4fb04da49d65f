"""Let whoever waits for a report know how far it is, and end it early."""

from collections.abc import Callable
from dataclasses import dataclass

from reports.errors import ReportError


class StoppedError(ReportError):
    """Somebody stopped the report before it was made."""


def _tell_nobody(_doing: str, _share: float) -> None:
    pass


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Watch:
    """Somebody who is told how far a report is.

    Parameters
    ----------
    tell
        Takes what is being done, in a few words, and the share of the whole that is behind, 0 to 1.
    stop
        Tells whether the report is to end without an answer.
    """

    tell: Callable[[str, float], None] = _tell_nobody
    stop: Callable[[], bool] = _never

    def at(self, doing: str, share: float) -> None:
        """Tell how far it is.

        Raises
        ------
        StoppedError
            It is to stop.
        """
        if self.stop():
            msg = "The report was stopped before it was made."
            raise StoppedError(msg)
        self.tell(doing, share)


NOBODY = Watch()
