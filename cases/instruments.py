"""Say where an instrument stands in the public records."""

from dataclasses import dataclass
from datetime import date

from cases.errors import CaseError


class InstrumentError(CaseError):
    """An instrument is said to be recorded as it cannot be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """The clerk of the court's marks on a recorded instrument.

    Parameters
    ----------
    instrument_no
        Its number in the official records.
    recorded_on
        The day it was recorded, from which it counts.
    book, page
        Where it stands, if the records are kept by books.
    """

    instrument_no: str
    recorded_on: date
    book: str | None = None
    page: str | None = None


def is_complete(recording: Recording | None, *, since: date, on: date) -> bool:
    """Tell whether the number is given, and a day of recording within two days, both included."""
    if recording is None:
        return False
    return bool(recording.instrument_no.strip()) and since <= recording.recorded_on <= on


def given(instrument_no: str | None) -> str | None:
    """Return a number that may not be known yet without the space around it, None where none is."""
    return instrument_no.strip() or None if instrument_no else None
