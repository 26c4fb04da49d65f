"""Any sequence of deeds leaves the ledger where plain arithmetic in memory says it must be."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from itertools import permutations
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_ledger import ORDER, Desk, open_cases, rows_in

from cases.errors import CaseError
from cases.ledger.limits import Authority
from cases.models import LedgerBalance, LedgerEntry

CLERK = Authority("Clerk", 60)
NEW_YEAR = date(2026, 1, 1)

CENTS = st.integers(1, 100)
COMPONENTS = st.sampled_from(ORDER)
ORDERS = st.sampled_from(list(permutations(ORDER)))
DEED = st.one_of(
    st.tuples(st.just("charge"), COMPONENTS, CENTS),
    st.tuples(st.just("pay"), CENTS, ORDERS),
    st.tuples(st.just("pay"), CENTS, ORDERS),
    st.tuples(st.just("waive"), COMPONENTS, st.integers(1, 40)),
    st.tuples(st.just("refund"), st.integers(1, 40)),
    st.tuples(st.just("apply"), st.integers(1, 40), ORDERS),
    st.tuples(st.just("return"), st.integers(0, 5), st.sampled_from([0, 0, 25])),
)
DAYS = st.lists(st.tuples(st.integers(0, 2), DEED), max_size=24)


class Sheet:
    """A case on a sheet of paper: written from the rules in words, not from the program."""

    def __init__(self) -> None:
        self.owed = Counter(dict.fromkeys(ORDER, 0))
        self.credit = self.given_up = self.drawer = 0
        self.payments: list[dict[str, Any]] = []
        self.uses: list[dict[str, Any]] = []

    def charge(self, component: str, cents: int) -> str | None:
        self.owed[component] += cents
        return None

    def pay(self, cents: int, order: tuple[str, ...]) -> str | None:
        covered = self._cover(cents, order)
        surplus = cents - covered.total()
        self.credit += surplus
        self.drawer += cents
        self.payments.append(
            {"cents": cents, "covered": covered, "surplus": surplus, "back": False}
        )
        return None

    def waive(self, component: str, cents: int) -> str | None:
        if self.given_up + cents > CLERK.limit_cents:
            return "OverLimitError"
        if cents > self.owed[component]:
            return "OverBalanceError"
        self.owed[component] -= cents
        self.given_up += cents
        return None

    def refund(self, cents: int) -> str | None:
        if cents > self.credit:
            return "OverCreditError"
        self.credit -= cents
        self.uses.append({"cents": cents, "covered": Counter()})
        return None

    def apply(self, cents: int, order: tuple[str, ...]) -> str | None:
        if cents > self.credit:
            return "OverCreditError"
        if cents > self.owed.total():
            return "OverBalanceError"
        self.credit -= cents
        self.uses.append({"cents": cents, "covered": self._cover(cents, order)})
        return None

    def give_back(self, which: int, fee: int) -> str | None:
        if which >= len(self.payments):
            return "NoPaymentError"
        payment = self.payments[which]
        if payment["back"]:
            return "ReturnedTwiceError"
        while self.credit < payment["surplus"]:
            use = self.uses.pop()
            self.credit += use["cents"]
            self.owed += use["covered"]
        payment["back"] = True
        self.credit -= payment["surplus"]
        self.drawer -= payment["cents"]
        self.owed.update(payment["covered"])
        self.owed["fee"] += fee
        return None

    def _cover(self, cents: int, order: tuple[str, ...]) -> Counter[str]:
        covered: Counter[str] = Counter()
        for _ in range(cents):  # a cent at a time: slow, and hard to get wrong
            debt = next((part for part in order if self.owed[part] > 0), None)
            if debt is not None:
                self.owed[debt] -= 1
                covered[debt] += 1
        return covered

    def state(self) -> tuple[dict[str, int], int]:
        assert min(self.credit, *self.owed.values()) >= 0
        return {part: cents for part, cents in self.owed.items() if cents}, self.credit


def _both(desk: Desk, sheet: Sheet, paid: list[int]) -> dict[str, tuple[Callable[..., Any], ...]]:
    def pay(cents: int, order: tuple[str, ...], **more: Any) -> None:
        paid.append(desk.pay(cents, order=order, **more).id)

    def give_back(which: int, fee: int, **more: Any) -> None:
        law = {"fee_cents": fee, "fee_authority": "s. 832.08(5)"}
        desk.return_payment(paid[which] if which < len(paid) else 0, **law, **more)

    return {
        "charge": (desk.charge, sheet.charge),
        "pay": (pay, sheet.pay),
        "waive": (lambda *a, **more: desk.waive(*a, authority=CLERK, **more), sheet.waive),
        "refund": (desk.refund, sheet.refund),
        "apply": (
            lambda cents, order, **m: desk.apply_credit(cents, order=order, **m),
            sheet.apply,
        ),
        "return": (give_back, sheet.give_back),
    }


def _do(desk: Desk, deed: Callable[..., Any], *said: Any, on: date) -> str | None:
    before = rows_in(desk.connection)
    try:
        deed(*said, on=on)
    except CaseError as error:
        assert rows_in(desk.connection) == before
        return type(error).__name__
    return None


@pytest.fixture
def case_id(app: sa.Connection) -> int:
    return open_cases(app, count=1)[0]


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(days=DAYS)
def test_any_sequence_of_deeds_comes_to_what_the_sheet_says_on_every_day(
    app: sa.Connection, case_id: int, days: list[tuple[int, tuple[Any, ...]]]
) -> None:
    with app.begin_nested() as example:
        desk, sheet, paid = Desk(app, case_id), Sheet(), []
        ways = _both(desk, sheet, paid)
        on, told = NEW_YEAR, {}
        for later, (name, *said) in days:
            on += timedelta(days=later)
            real, modelled = ways[name]
            assert _do(desk, real, *said, on=on) == modelled(*said)
            told[on] = sheet.state()
            assert (desk.owed(), desk.credit()) == told[on]
        assert {day: (desk.owed(day), desk.credit(day)) for day in told} == told
        _books_agree(app, sheet, desk)
        example.rollback()


def _books_agree(connection: sa.Connection, sheet: Sheet, desk: Desk) -> None:
    sums = dict(
        connection.execute(
            sa.select(
                LedgerEntry.account, sa.cast(sa.func.sum(LedgerEntry.cents), sa.BigInteger)
            ).group_by(LedgerEntry.account)
        ).all()
    )
    assert sum(sums.values()) == 0
    assert sums.get("cash", 0) == sheet.drawer
    assert sums.get("receivable", 0) == sheet.owed.total()
    assert sums.get("waivers", 0) == sheet.given_up
    kept = sa.select(sa.cast(sa.func.sum(LedgerBalance.cents), sa.BigInteger))
    assert (connection.scalar(kept) or 0) == sheet.owed.total() - sheet.credit
    lines = desk.statement()
    assert all(line.balance >= 0 and line.credit >= 0 for line in lines)
    if lines:
        assert (lines[-1].balance, lines[-1].credit) == (sheet.owed.total(), sheet.credit)
