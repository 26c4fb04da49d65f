"""Name what can be wrong with a request for public records."""

from cases.errors import CaseError


class RecordsError(CaseError):
    """A request for public records cannot be taken in, decided or answered so."""


class NotYourRequestError(RecordsError):
    """Such requests are somebody else's work."""


class NoExemptionError(RecordsError):
    """Something is left out without the provision that exempts it."""


class NoPassageError(RecordsError):
    """Words are to be left out of a text that are not in it."""


class NotBlackedOutError(RecordsError):
    """A document is released as if parts of it were black, and they are not; or against it."""


class UndecidedError(RecordsError):
    """Something of a request is not decided, so that nothing of it is handed out."""


class StandingWordsError(UndecidedError):
    """Words that are left out of one piece stand in another, and nobody said that they stay."""


class ChangedTextError(UndecidedError):
    """A text is not the one that was read: what is decided of that one says nothing of it."""
