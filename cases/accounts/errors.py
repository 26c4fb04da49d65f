"""Name what may be wrong with an account or with what is tried on one."""

from datetime import timedelta

from cases.errors import CaseError


class AccountError(CaseError, ValueError):
    """An account cannot be so.

    Attributes
    ----------
    about
        Which of its values is wrong: ``email``.
    """

    def __init__(self, message: str, *, about: str = "name") -> None:
        super().__init__(message)
        self.about = about


class WeakPasswordError(AccountError):
    """A password is too easily guessed."""


class DeadLinkError(AccountError):
    """A link to set a password was used, has run out, or never was."""


class WrongCodeError(AccountError):
    """A code is not the one the telephone shows now."""


class ForeignSealError(AccountError):
    """What a telephone shares was sealed with a key that is not here."""


class NotOursError(AccountError):
    """The city knows who somebody is, and that is nobody who may sign in here."""


class TooManyTriesError(CaseError):
    """Somebody tried too often.

    Attributes
    ----------
    wait
        For how long to wait.
    """

    def __init__(self, wait: timedelta) -> None:
        minutes = max(1, -(-int(wait.total_seconds()) // 60))
        super().__init__(
            f"That was tried too often. Wait {minutes} minute{'s' if minutes > 1 else ''}, "
            "then try again."
        )
        self.wait = wait
