"""Spread money over the components of a debt in the order the law gives."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cases.ledger.accounts import Component
from cases.ledger.errors import OrderError


@dataclass(frozen=True, slots=True)
class Allocation:
    """Where money goes.

    Attributes
    ----------
    applied
        Cents to each component that gets any, in the order they were reached.
    left
        Cents for which nothing was owed.
    """

    applied: dict[Component, int]
    left: int


def allocate(
    balances: Mapping[Component, int], cents: int, order: Sequence[Component]
) -> Allocation:
    """Spread cents over what is owed: each component is covered whole before the next gets any.

    Parameters
    ----------
    balances
        Cents owed by component, none negative; a component left out owes nothing.
    cents
        What there is to spread, not negative.
    order
        Every component once, the first to be covered first. The law pack says it; the town's own
        process (PROCESS.md section 3, Money) is penalty, cost, interest, fee.

    Raises
    ------
    OrderError
        When the order leaves a component out or names one twice: money would pass by a debt.
    """
    require_whole_order(order)
    applied: dict[Component, int] = {}
    for component in order:
        part = min(cents, balances.get(component, 0))
        if part > 0:
            applied[component] = part
            cents -= part
    return Allocation(applied, cents)


def require_whole_order(order: Sequence[str]) -> tuple[Component, ...]:
    """Return an allocation order as components, each of which it must name once.

    Raises
    ------
    OrderError
        When it does not.
    """
    if sorted(order) != sorted(Component):
        msg = (
            f"The allocation order is {', '.join(order) or 'empty'}: it has to name each of "
            f"{', '.join(Component)} once."
        )
        raise OrderError(msg)
    return tuple(map(Component, order))
