"""Say in one word where a case stands on a day, as colours and chips show it."""

from datetime import date, timedelta
from enum import StrEnum

from cases.phases import Phase

DUE_SOON = timedelta(days=7)


class Stage(StrEnum):
    """Where a case stands, in the words of every map, chip, chart and letter."""

    OPEN = "open"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    CITED = "cited"
    HEARING = "hearing"
    ORDERED = "ordered"
    LIEN = "lien"
    COMPLIED = "complied"
    CLOSED = "closed"


CLOCKED = frozenset({Stage.OPEN, Stage.DUE_SOON, Stage.OVERDUE, Stage.CITED, Stage.ORDERED})
"""Stages in which the time to correct tells how late it is; a hearing or a lien outlives it."""

_BY_PHASE = {
    Phase.CITED: Stage.CITED,
    Phase.HEARING: Stage.HEARING,
    Phase.LEGAL: Stage.HEARING,
    Phase.ORDERED: Stage.ORDERED,
    Phase.LIEN: Stage.LIEN,
    Phase.COMPLIED: Stage.COMPLIED,
    Phase.UNFOUNDED: Stage.CLOSED,
    Phase.CLOSED: Stage.CLOSED,
    Phase.VOID: Stage.CLOSED,
}


def stage(phase: Phase, next_due: date | None, *, on: date) -> Stage:
    """Tell where a case stands on a day.

    Until something stronger than a warning has happened the deadline speaks; after that the
    phase does. A case whose deadline is unknown is open, never overdue.

    Parameters
    ----------
    phase
        The case's phase.
    next_due
        The earliest deadline of its open violations, or None where none is known.
    on
        The day asked about, in the town's calendar. The deadline's own day is not yet overdue.
    """
    if phase in _BY_PHASE:
        return _BY_PHASE[phase]
    if next_due is None or next_due > on + DUE_SOON:
        return Stage.OPEN
    return Stage.OVERDUE if next_due < on else Stage.DUE_SOON
