"""Derive a case's phase from the small statuses of what hangs on it."""

from collections.abc import Collection
from enum import StrEnum

from cases.workflow.casefile import CaseStatus
from cases.workflow.violation import ViolationStatus


class ImportedStage(StrEnum):
    """How far another system says an open case has gone."""

    CITED = "cited"
    HEARING = "hearing"
    ORDERED = "ordered"
    LEGAL = "legal"


class Phase(StrEnum):
    """Where a case stands in the process, from report to end."""

    REPORTED = "reported"
    UNFOUNDED = "unfounded"
    OPEN = "open"
    CITED = "cited"
    HEARING = "hearing"
    ORDERED = "ordered"
    LEGAL = "legal"
    LIEN = "lien"
    COMPLIED = "complied"
    CLOSED = "closed"
    VOID = "void"


UNVERIFIED = frozenset({Phase.REPORTED, Phase.UNFOUNDED, Phase.VOID})
"""Phases in which no violation stands verified, so nothing may be published."""

LADDER = (Phase.CITED, Phase.HEARING, Phase.ORDERED, Phase.LEGAL, Phase.LIEN)
"""What a case goes on to when a warning is not enough, the farthest last."""

ENDED = frozenset({Phase.COMPLIED, Phase.CLOSED, Phase.UNFOUNDED, Phase.VOID})
"""Phases in which nothing of a case stands open any more."""

_DROPPED = frozenset({ViolationStatus.VOIDED, ViolationStatus.TRANSFERRED})


def phase(
    violations: Collection[ViolationStatus],
    *,
    status: CaseStatus = CaseStatus.OPEN,
    running: Collection[Phase] = (),
    imported_stage: ImportedStage | None = None,
) -> Phase:
    """Derive the phase of a case.

    A citation, a hearing, an order, a suit or a lien outlives the violation it came from, so the
    farthest of those that run is looked at first. A violation that ended without a word about how
    (``closed``) leaves its case closed; the case complied only where every violation that stood
    was found corrected.

    Parameters
    ----------
    violations
        The status of each of the case's violations, in any order.
    status
        Whether the case may be written in; one closed without a violation was unfounded.
    running
        Which of the `LADDER` have something on record that has not ended.
    imported_stage
        How far the source of an imported case says it has gone; it holds while a violation is open.
    """
    if status is CaseStatus.VOID:
        return Phase.VOID
    if running:
        return max(running, key=LADDER.index)
    if ViolationStatus.OPEN in violations:
        return Phase(imported_stage) if imported_stage else Phase.OPEN
    if ViolationStatus.ALLEGED in violations:
        return Phase.REPORTED
    if not violations:
        return Phase.UNFOUNDED if status is CaseStatus.CLOSED else Phase.REPORTED
    return _ended(frozenset(violations) - _DROPPED)


def _ended(stood: frozenset[ViolationStatus]) -> Phase:
    """Say how a case ended of which these violations, none of them open, were not dropped."""
    if not stood:
        return Phase.VOID
    if stood == {ViolationStatus.UNFOUNDED}:
        return Phase.UNFOUNDED
    if stood <= {ViolationStatus.CORRECTED, ViolationStatus.UNFOUNDED}:
        return Phase.COMPLIED
    return Phase.CLOSED
