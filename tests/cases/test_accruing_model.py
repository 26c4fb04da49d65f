"""Any orders, payments, waivers and reductions: the ledger holds what the fine clock counts."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
import sqlalchemy as sa
from desk import CLERK
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from played import ORDER
from small_ledger import noon, settle_constraints

from cases.accruing import bring_up_to, imposed
from cases.actors import Moment
from cases.errors import CaseError
from cases.ledger import paying, returning
from cases.ledger.charging import waive
from cases.ledger.limits import Authority
from cases.ledger.reading import in_credit, owed
from cases.models import (
    AccrualPause,
    EnforcementOrder,
    FineReduction,
    LedgerBalance,
    LedgerEntry,
    LedgerPosting,
)
from cases.ordered import fine_of

BEGUN = date(2026, 9, 25)
CENTS = st.integers(1, 3_000_00)
WHICH = st.integers(0, 2)
DEEDS = st.one_of(
    st.tuples(st.just("bring"), WHICH),
    st.tuples(st.just("reduce"), WHICH, st.integers(0, 3_000_00)),
    st.tuples(st.just("comply"), WHICH, st.integers(0, 30)),
    st.tuples(st.just("pause"), WHICH, st.integers(0, 10)),
    st.tuples(st.just("vacate"), WHICH),
    st.tuples(st.just("pay"), CENTS),
    st.tuples(st.just("waive"), st.integers(1, 500_00)),
    st.tuples(st.just("refund"), CENTS),
    st.tuples(st.just("apply"), CENTS),
    st.tuples(st.just("return"), st.integers(0, 3)),
)
LOWERING = st.one_of(
    st.tuples(st.just("reduce"), st.just(0), st.integers(0, 100_00)),
    st.tuples(st.just("vacate"), st.just(0)),
    st.tuples(st.just("pay"), CENTS),
    st.tuples(st.just("waive"), st.integers(100_00, 500_00)),
    st.tuples(st.just("refund"), CENTS),
    st.tuples(st.just("apply"), CENTS),
)
DAYS = st.lists(st.tuples(st.integers(0, 6), DEEDS), min_size=1, max_size=14)
ORDERS = st.lists(
    st.fixed_dictionaries(
        {
            "kind": st.just("first"),  # a repeat wants a person who confirmed it
            "cents_per_day": st.integers(1, 250_00),
            "total_cap_cents": st.none() | st.integers(1, 2_000_00),
            "comply_by": st.dates(date(2026, 8, 12), date(2026, 9, 20)),
        }
    ),
    min_size=1,
    max_size=3,
)


class Play:
    """Do deeds to a case's orders and its ledger, each kept only if nothing refuses it."""

    def __init__(self, connection: sa.Connection, case_id: int) -> None:
        self.connection, self.case_id = connection, case_id
        self.orders: list[int] = []
        self.payments: list[int] = []
        self.brought: dict[int, date] = {}
        self.keys = count()

    def enter(self, terms: dict[str, Any]) -> None:
        first = self.connection.execute(sa.select(EnforcementOrder.__table__)).first()
        assert first is not None
        values = {**first._asdict(), **terms, "number": f"M-{len(self.orders)}"}
        values |= {"found_on": terms["comply_by"], "status": "certified", "certified_on": BEGUN}
        del values["id"]
        query = sa.insert(EnforcementOrder).values(values).returning(EnforcementOrder.id)
        self.orders.append(self.connection.execute(query).scalar_one())

    def do(self, name: str, *said: Any, on: date) -> None:
        try:
            with self.connection.begin_nested():
                getattr(self, f"_{name}")(*said, on=on)
                settle_constraints(self.connection)
        except (CaseError, sa.exc.IntegrityError) as error:
            refused = getattr(getattr(error, "orig", None), "diag", None)
            allowed = {None, "fine_reduction_once_a_day", "accrual_pause_running_once"}
            assert getattr(refused, "constraint_name", None) in allowed

    def _bring(self, which: int, *, on: date) -> None:
        order = self.orders[which % len(self.orders)]
        bring_up_to(self.connection, order, actor=CLERK, moment=Moment(on=on, now=noon(on)))
        self.brought[order] = on

    def _reduce(self, which: int, to_cents: int, *, on: date) -> None:
        order = self.orders[which % len(self.orders)]
        hearing = sa.select(EnforcementOrder.hearing_id).where(EnforcementOrder.id == order)
        values = {"order_id": order, "ordered_on": on, "to_cents": to_cents, "reason": "x"}
        values["hearing_id"] = self.connection.scalar(hearing)
        self.connection.execute(sa.insert(FineReduction).values(values))
        self._bring(which, on=on)

    def _comply(self, which: int, days_ago: int, *, on: date) -> None:
        ended = {"complied_on": on - timedelta(days=days_ago), "complied_known_on": on}
        self._change(which, ended, EnforcementOrder.complied_on.is_(None))
        self._bring(which, on=on)

    def _vacate(self, which: int, *, on: date) -> None:
        self._change(which, {"status": "vacated"})
        self._bring(which, on=on)

    def _change(self, which: int, values: dict[str, Any], *where: sa.ColumnElement[bool]) -> None:
        order = EnforcementOrder.id == self.orders[which % len(self.orders)]
        self.connection.execute(sa.update(EnforcementOrder).where(order, *where).values(values))

    def _pause(self, which: int, days_ago: int, *, on: date) -> None:
        values = {
            "order_id": self.orders[which % len(self.orders)], "authority": "counsel",
            "reference": "Letter", "ordered_on": on, "first_day": on - timedelta(days=days_ago),
            "reason": "x", "who": "x",
        }  # fmt: skip
        self.connection.execute(sa.insert(AccrualPause).values(values))
        self._bring(which, on=on)

    def _pay(self, cents: int, *, on: date) -> None:
        paid = self._post(paying.pay, cents=cents, method="cheque", order=ORDER, on=on)
        self.payments.append(paid.id)

    def _waive(self, cents: int, *, on: date) -> None:
        by = Authority("manager", 10**9)
        said = {"component": "penalty", "authority": by, "reason": "Hardship"}
        self._post(waive, cents=cents, on=on, **said)

    def _refund(self, cents: int, *, on: date) -> None:
        self._post(paying.refund, cents=cents, payee="P. Lane", reason="x", on=on)

    def _apply(self, cents: int, *, on: date) -> None:
        self._post(paying.apply_credit, cents=cents, order=ORDER, on=on)

    def _return(self, which: int, *, on: date) -> None:
        payment = self.payments[which] if which < len(self.payments) else 0
        self._post(returning.return_payment, payment_id=payment, reason="x", on=on)

    def _post(self, deed: Callable[..., Any], *, on: date, **said: Any) -> Any:
        common = {"actor": "J. Okafor", "key": f"model-{next(self.keys)}", "now": noon(on)}
        return deed(self.connection, case_id=self.case_id, on=on, **common, **said)


def _holds_what_the_clock_counts(play: Play) -> None:
    for order, on in play.brought.items():
        query = sa.select(EnforcementOrder.__table__).where(EnforcementOrder.id == order)
        row = play.connection.execute(query).one()
        vacated = row.status == "vacated"
        told = 0 if vacated else fine_of(play.connection, order, as_of=on).total_cents
        assert imposed(play.connection, row) == told


def _no_cent_is_lost_or_made(play: Play) -> None:
    owes, credit = owed(play.connection, play.case_id), in_credit(play.connection, play.case_id)
    assert min(credit, *owes.values(), 0) == 0
    accounts = sa.select(LedgerEntry.account, LedgerEntry.cents).join(LedgerPosting)
    sums: Counter[str] = Counter()
    for account, cents in play.connection.execute(
        accounts.where(LedgerPosting.case_id == play.case_id)
    ):
        sums[account] += cents
    assert sums.total() == 0
    assert (sums["receivable"], -sums["unapplied_credit"]) == (sum(owes.values()), credit)
    kept = sa.select(sa.cast(sa.func.sum(LedgerBalance.cents), sa.BigInteger))
    mine = LedgerBalance.case_id == play.case_id
    assert play.connection.scalar(kept.where(mine)) == sums["receivable"] - credit


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(terms=ORDERS, days=DAYS)
@pytest.mark.usefixtures("sworn")
def test_what_the_ledger_holds_of_each_order_is_what_its_fine_is(
    town: sa.Connection, case: int, terms: list[dict[str, Any]], days: list[tuple[int, Any]]
) -> None:
    with town.begin_nested() as example:
        play, on = Play(town, case), BEGUN
        for each in terms:
            play.enter(each)
        for later, (name, *said) in days:
            on += timedelta(days=later)
            play.do(name, *said, on=on)
            _holds_what_the_clock_counts(play)
            _no_cent_is_lost_or_made(play)
        example.rollback()


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(days=st.lists(st.tuples(st.integers(0, 2), LOWERING), min_size=1, max_size=10))
@pytest.mark.usefixtures("sworn")
def test_no_more_is_ever_in_credit_or_refunded_than_came_in(
    town: sa.Connection, case: int, days: list[tuple[int, Any]]
) -> None:
    with town.begin_nested() as example:
        play, on = Play(town, case), BEGUN
        play.enter({"kind": "first", "cents_per_day": 25_000, "comply_by": date(2026, 9, 1)})
        play.do("bring", 0, on=on)
        for later, (name, *said) in days:
            on += timedelta(days=later)
            play.do(name, *said, on=on)
            given_back = sa.select(LedgerPosting.kind, LedgerPosting.cents)
            moved: Counter[str] = Counter()
            for kind, cents in town.execute(given_back.where(LedgerPosting.case_id == case)):
                moved[kind] += cents
            assert in_credit(town, case) + moved["refunded"] <= moved["paid"]
        example.rollback()
