"""Name what the ledger refuses; whatever is refused has changed nothing."""

from cases.errors import CaseError


class LedgerError(CaseError):
    """Report that a posting cannot be made as asked."""


class NoCaseError(LedgerError):
    """Report that there is no such case to post to."""


class AmountError(LedgerError):
    """Report an amount that is not a whole, positive, plausible number of cents."""


class ComponentError(LedgerError):
    """Report a component of debt that there is not."""


class MethodError(LedgerError):
    """Report a way of paying that there is not."""


class OrderError(LedgerError):
    """Report an allocation order that does not name every component once."""


class TextMissingError(LedgerError):
    """Report that a reason, an authority, a payee or a name was left empty."""


class KeyFormError(LedgerError):
    """Report an idempotency key that is empty, too long or has signs of no key."""


class KeyReusedError(LedgerError):
    """Report that a key stands for another deed already."""


class DateError(LedgerError):
    """Report a date before the case's last posting, or in the future."""


class OverLimitError(LedgerError):
    """Report a waiver beyond the limit of whoever waives."""


class OverBalanceError(LedgerError):
    """Report that more would be waived or covered than is owed."""


class OverCreditError(LedgerError):
    """Report that more credit would be used than the case has."""


class NumberMissingError(LedgerError):
    """Report a check that is taken without its number."""


class NoPaymentError(LedgerError):
    """Report that a posting is no payment on the case."""


class ReturnedTwiceError(LedgerError):
    """Report that a payment has come back, or was voided, already."""


class CashReturnedError(LedgerError):
    """Report that a bank is said to have sent back cash."""


class DepositedError(LedgerError):
    """Report that a receipt went to the bank, so that it can be voided no more."""
