"""Say what an officer is to find out at a stop, so that its reason need not be guessed."""

from collections.abc import Collection
from enum import StrEnum

from cases.phases import Phase
from cases.stages import Stage
from cases.workflow.violation import ViolationStatus


class Purpose(StrEnum):
    """What a stop is for."""

    REPORTED = "reported"
    VERIFY = "verify"
    HAND_OVER = "hand_over"
    WARN = "warn"
    CORRECTING = "correcting"
    OVERDUE = "overdue"
    CITED = "cited"
    HEARING = "hearing"
    ORDERED = "ordered"
    LEGAL = "legal"
    LIEN = "lien"
    ARRANGED = "arranged"


_BY_PHASE = {
    Phase.CITED: Purpose.CITED,
    Phase.HEARING: Purpose.HEARING,
    Phase.ORDERED: Purpose.ORDERED,
    Phase.LEGAL: Purpose.LEGAL,
    Phase.LIEN: Purpose.LIEN,
}


def purpose_of(
    phase: Phase,
    violations: Collection[ViolationStatus],
    *,
    stage: Stage,
    unserved: bool,
    to_warn: bool,
) -> Purpose:
    """Say what a visit to a case is for: what nobody has seen yet first, then how far it has gone.

    Parameters
    ----------
    violations
        The status of each that is alleged or open.
    unserved
        Whether a citation waits to be handed over.
    to_warn
        Whether a warning is what comes next: the town's law has one, none was issued, and no day to
        correct it is set.
    """
    if phase is Phase.REPORTED or ViolationStatus.ALLEGED in violations:
        return Purpose.VERIFY
    if unserved:
        return Purpose.HAND_OVER
    if ViolationStatus.OPEN not in violations:
        return Purpose.ARRANGED
    if phase in _BY_PHASE:
        return _BY_PHASE[phase]
    if to_warn:
        return Purpose.WARN
    return Purpose.OVERDUE if stage is Stage.OVERDUE else Purpose.CORRECTING
