"""Say who does a deed: an argument of every command, never read from a request."""

from dataclasses import dataclass
from datetime import date, datetime

from cases.workflow.roles import Role


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts, and in what part.

    Parameters
    ----------
    name
        As the history keeps it.
    """

    name: str
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When a deed is done and when it is written down.

    Parameters
    ----------
    on
        The day it is done, in the town's calendar.
    now
        The moment of writing, with its time zone.
    """

    on: date
    now: datetime
