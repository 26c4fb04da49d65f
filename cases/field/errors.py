"""Name what can be wrong with what a phone tells."""

from collections.abc import Mapping, Sequence
from typing import Any

from cases.errors import CaseError


class FieldError(CaseError):
    """Report that what a phone tells cannot be taken as it stands."""


class OtherDeviceError(FieldError):
    """There is no such device of this officer."""


class TakenIdError(FieldError):
    """Something else was told under this identity already."""


class OutOfTurnError(FieldError):
    """A deed came before the one that precedes it on its phone.

    Attributes
    ----------
    expected
        The number of the deed that comes next.
    """

    def __init__(self, expected: int, came: int) -> None:
        super().__init__(f"Deed {came} came out of turn: deed {expected} of this phone comes next.")
        self.expected = expected


class UnreadableError(FieldError):
    """A deed does not say what one of its kind has to."""


class UnplacedError(FieldError):
    """No parcel is known for where a case is to be opened."""


class NoVisitError(FieldError):
    """A deed rests on a visit that is not on record."""


class ClockError(FieldError):
    """The phone's clock cannot be right, or the deed waited too long to be dated by it."""


class ChangedError(FieldError):
    """The case is not any more as the officer saw it."""


class DoubledError(FieldError):
    """What is to be opened may double what is open there and was not shown.

    Attributes
    ----------
    matters
        Each as the phone is told it: ``kind``, ``id`` and ``number``.
    """

    def __init__(self, words: str, matters: Sequence[Mapping[str, Any]]) -> None:
        super().__init__(words)
        self.matters = tuple(matters)


class WarningError(FieldError):
    """A warning names what nobody has verified, or what its respondent was warned of already."""


class NumberError(FieldError):
    """A citation's number is none that was drawn for this phone and is unused."""


class HandingError(FieldError):
    """A paper cannot have been handed over as told."""


class SettledError(FieldError):
    """There is nothing to decide about a deed, or somebody has decided it."""


class HazardError(FieldError):
    """A hazard cannot be flagged or lifted as asked."""


class DamagedPhotoError(FieldError):
    """A photograph is not, byte for byte, the one its phone announced."""
