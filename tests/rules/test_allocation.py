"""Money is spread in the order the law gives, to the cent."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.ledger.accounts import Component
from cases.ledger.allocation import allocate, require_whole_order
from cases.ledger.errors import OrderError

PENALTY, COST, INTEREST, FEE = Component
OWED = {PENALTY: 250_00, COST: 40_00, FEE: 15_00}
ORDERS = list(permutations(Component))
BALANCES = st.dictionaries(st.sampled_from(Component), st.integers(0, 10**12))


@pytest.mark.parametrize(
    ("cents", "applied", "left"),
    [
        (0, {}, 0),
        (1, {PENALTY: 1}, 0),
        (250_00, {PENALTY: 250_00}, 0),
        (250_01, {PENALTY: 250_00, COST: 1}, 0),
        (305_00, {PENALTY: 250_00, COST: 40_00, FEE: 15_00}, 0),
        (305_07, {PENALTY: 250_00, COST: 40_00, FEE: 15_00}, 7),
    ],
)
def test_each_component_is_covered_whole_before_the_next_gets_any(
    cents: int, applied: dict[Component, int], left: int
) -> None:
    spread = allocate(OWED, cents, tuple(Component))
    assert (spread.applied, spread.left) == (applied, left)


def test_another_law_covers_in_another_order() -> None:
    spread = allocate(OWED, 60_00, (FEE, INTEREST, COST, PENALTY))
    assert spread.applied == {FEE: 15_00, COST: 40_00, PENALTY: 5_00}
    assert list(spread.applied) == [FEE, COST, PENALTY]


@given(BALANCES, st.integers(0, 10**13), st.sampled_from(ORDERS))
def test_no_cent_is_lost_and_none_passes_by_a_debt(
    balances: dict[Component, int], cents: int, order: tuple[Component, ...]
) -> None:
    spread = allocate(balances, cents, order)
    assert sum(spread.applied.values()) + spread.left == cents
    assert spread.left == max(0, cents - sum(balances.values()))
    short = [part for part in order if spread.applied.get(part, 0) < balances.get(part, 0)]
    after_the_first = order[order.index(short[0]) + 1 :] if short else ()
    assert not spread.applied.keys() & set(after_the_first)
    assert all(0 < part <= balances[name] for name, part in spread.applied.items())


@pytest.mark.parametrize(
    "order",
    [(), ("penalty",), ("penalty", "cost", "interest"), (*Component, "fee"), (*ORDERS[0][:3], "x")],
)
def test_an_order_that_leaves_out_a_component_or_names_it_twice_is_refused(
    order: tuple[str, ...],
) -> None:
    with pytest.raises(OrderError, match="has to name each of penalty, cost, interest, fee once"):
        require_whole_order(order)
