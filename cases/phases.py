"""Derive a case's phase from the small statuses of what hangs on it."""

from collections.abc import Collection
from enum import StrEnum

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

_DROPPED = frozenset({ViolationStatus.VOIDED, ViolationStatus.TRANSFERRED})


def phase(
    violations: Collection[ViolationStatus],
    *,
    imported_stage: ImportedStage | None = None,
    lien_recorded: bool = False,
) -> Phase:
    """Derive the phase of a case.

    A recorded lien outlives the violation it came from, so it is looked at first. A violation
    that ended without a word about how (``closed``) leaves its case closed; the case complied
    only where every violation that stood was found corrected.

    Parameters
    ----------
    violations
        The status of each of the case's violations, in any order.
    imported_stage
        How far the source of an imported case says it has gone; it holds while a violation is open.
    lien_recorded
        Whether a lien from this case is recorded and not released.
    """
    if lien_recorded:
        return Phase.LIEN
    if ViolationStatus.OPEN in violations:
        return Phase(imported_stage) if imported_stage else Phase.OPEN
    if not violations or ViolationStatus.ALLEGED in violations:
        return Phase.REPORTED
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
