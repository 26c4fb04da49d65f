"""Name the facts about cases that a user or a clerk may have to be told."""

from geo.errors import LotlineError


class CaseError(LotlineError):
    """Report that a fact about a case is not as a rule needs it."""


class HistoryError(CaseError):
    """Report that a case's history cannot be written or does not add up."""


class NoPlaceError(CaseError):
    """Report that nothing says where any case of a file is."""


class ContradictionError(CaseError):
    """Report that people have confirmed what cannot be true together."""
