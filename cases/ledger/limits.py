"""Refuse what no deed may do: over a limit, over what is owed or in credit, out of time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cases.ledger.accounts import Component
from cases.ledger.errors import DateError, OverBalanceError, OverCreditError, OverLimitError
from cases.money import write_cents


@dataclass(frozen=True, slots=True)
class Authority:
    """Who may waive, and how much.

    Parameters
    ----------
    name
        The office or person: "Code Enforcement Manager".
    limit_cents
        The most it may waive on one case, all its waivers together, so that nobody passes a limit
        by waiving in parts.
    """

    name: str
    limit_cents: int


def require_owed(balances: Mapping[Component, int], component: Component, cents: int) -> None:
    """Refuse to waive more than is owed.

    Raises
    ------
    OverBalanceError
        When less is owed on the component.
    """
    owed = balances.get(component, 0)
    if cents > owed:
        msg = (
            f"{write_cents(cents)} of {component.words} were to be waived, but {write_cents(owed)} "
            f"are owed: waive at most that."
        )
        raise OverBalanceError(msg)


def require_authority(authority: Authority, cents: int, *, waived_before: int) -> None:
    """Refuse to waive beyond a limit.

    Parameters
    ----------
    waived_before
        Cents this authority has waived on the case already.

    Raises
    ------
    OverLimitError
        When both together pass the limit.
    """
    if waived_before + cents > authority.limit_cents:
        left = max(0, authority.limit_cents - waived_before)
        msg = (
            f"{write_cents(cents)} were to be waived, but {authority.name} may waive "
            f"{write_cents(authority.limit_cents)} on one case and has waived "
            f"{write_cents(waived_before)}: {write_cents(left)} are left; ask a higher authority."
        )
        raise OverLimitError(msg)


def require_credit(credit: int, cents: int, *, use: str) -> None:
    """Refuse to use more credit than there is.

    Parameters
    ----------
    credit
        Cents the case has in unapplied credit.
    use
        What was to be done with it: "refunded".

    Raises
    ------
    OverCreditError
        When there is less.
    """
    if cents > credit:
        msg = (
            f"{write_cents(cents)} of credit were to be {use}, but the case has "
            f"{write_cents(credit)}: use at most that."
        )
        raise OverCreditError(msg)


def require_date(on: date, *, last: date | None, today: date) -> None:
    """Refuse a date before the case's last posting, or one that has not come yet.

    What was owed on a day has been told to people by then, in letters and in the books; a posting
    slipped in before would change it, and could leave a balance below zero on a day past. A date
    ahead would bar every posting until it comes.

    Raises
    ------
    DateError
        When the date is either.
    """
    if last is not None and on < last:
        msg = (
            f"The date {on} lies before the case's last posting, of {last}: post it on {last} or "
            "later, up to today, and say in the memo when it happened."
        )
        raise DateError(msg)
    if on > today:
        msg = f"The date {on} has not come yet: it is {today} in town; post it on that day."
        raise DateError(msg)
