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


class FineTermsError(CaseError, ValueError):
    """Report that a fine's rules or terms are not such as a fine can be counted by."""


class FineRateError(FineTermsError):
    """Report that an order sets more than the law lets a fine be."""


class MailError(CaseError):
    """Report that a message cannot be sent as it is."""
