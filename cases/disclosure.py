"""Say which duties a seller kept who sold a property with a case on it (s. 162.06(5), Florida)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Duty(StrEnum):
    """What a seller owes, in the words of what is missing where it was not shown."""

    PROCEEDING = "the proceeding was not disclosed in writing before the transfer"
    COPIES = "copies of the notices were not handed over before the transfer"
    RESPONSIBILITY = "that the buyer answers for compliance was not disclosed in writing before it"
    OFFICIAL = "the code official was not told in time"


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """What a seller showed, each by its day; None for what was not shown.

    Parameters
    ----------
    proceeding_on
        The existence and nature of the proceeding, disclosed in writing to the buyer.
    copies_on
        Copies of the pleadings and notices delivered.
    responsibility_on
        That the buyer will answer for compliance and for the orders, disclosed in writing.
    official_told_on
        The notice of the transfer filed with the code official.
    """

    proceeding_on: date | None = None
    copies_on: date | None = None
    responsibility_on: date | None = None
    official_told_on: date | None = None


def shortfalls(disclosure: Disclosure, *, transferred_on: date, tell_by: date) -> tuple[Duty, ...]:
    """Return the duties that were not kept; a failure in the first three is presumed to be fraud.

    Parameters
    ----------
    tell_by
        The last day to tell the code official.
    """
    kept = {
        Duty.PROCEEDING: _by(disclosure.proceeding_on, transferred_on),
        Duty.COPIES: _by(disclosure.copies_on, transferred_on),
        Duty.RESPONSIBILITY: _by(disclosure.responsibility_on, transferred_on),
        Duty.OFFICIAL: _by(disclosure.official_told_on, tell_by),
    }
    return tuple(duty for duty, is_kept in kept.items() if not is_kept)


def _by(day: date | None, last: date) -> bool:
    return day is not None and day <= last
