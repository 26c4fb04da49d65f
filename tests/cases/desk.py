"""People of a small town's code department, and the days on which they act."""

from datetime import UTC, date, datetime, time

from cases.actors import Actor, Moment
from cases.workflow.roles import Role

OFFICER = Actor("M. Rivera", Role.OFFICER)
CLERK = Actor("J. Okafor", Role.CLERK)
MANAGER = Actor("A. Stone", Role.MANAGER)
RESPONDENT = Actor("P. Lane", Role.RESPONDENT)
RESIDENT = Actor("web form", Role.RESIDENT)


def day(month: int, number: int, year: int = 2026) -> Moment:
    """Return noon of a day."""
    on = date(year, month, number)
    return Moment(on=on, now=datetime.combine(on, time(12), UTC))
