"""Play the deeds of money, which move no status."""

from functools import partial
from itertools import count
from typing import Any

from played import ORDER
from walk_turn import Deed, Turn

from cases.ledger import charging, paying, returning
from cases.ledger.limits import Authority

_KEYS = count(1)


def _money(turn: Turn) -> dict[str, Any]:
    return {
        "case_id": turn.case_id, "actor": turn.actor.name, "key": f"walk-{next(_KEYS)}",
        "on": turn.on, "now": turn.moment.now,
    }  # fmt: skip


def pay(turn: Turn) -> Deed:
    cents = turn.dice.choice([10_000, 25_000, 3_333])
    return partial(
        paying.pay, turn.connection, cents=cents, method="card", order=ORDER, **_money(turn)
    )


def waive(turn: Turn) -> Deed:
    return partial(
        charging.waive, turn.connection, component="penalty", cents=turn.dice.choice([1, 5_000]),
        authority=Authority("Manager", 20_000), reason="Hardship", **_money(turn),
    )  # fmt: skip


def refund(turn: Turn) -> Deed:
    return partial(
        paying.refund, turn.connection, cents=turn.dice.choice([1, 3_333]), payee="P. Lane",
        reason="Paid twice", **_money(turn),
    )  # fmt: skip


def apply_credit(turn: Turn) -> Deed:
    return partial(paying.apply_credit, turn.connection, cents=3_333, order=ORDER, **_money(turn))


def _one_paid(turn: Turn) -> int:
    paid = [
        p.id for p in turn.state.beside["ledger_posting"]
        if p.case_id == turn.case_id and p.kind == "paid"
    ]  # fmt: skip
    return turn.pick(paid) or 0


def return_payment(turn: Turn) -> Deed:
    return partial(
        returning.return_payment, turn.connection, payment_id=_one_paid(turn),
        reason="Insufficient funds", fee_cents=2_500, fee_authority="s. 166.251", **_money(turn),
    )  # fmt: skip


def void_payment(turn: Turn) -> Deed:
    return partial(
        returning.void_payment, turn.connection, payment_id=_one_paid(turn),
        reason="Typed twice", **_money(turn),
    )  # fmt: skip


MONEY = (pay, pay, pay, waive, refund, apply_credit, return_payment, void_payment)
