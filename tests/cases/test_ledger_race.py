"""Forty at once post, waive and pay: no cent is lost or taken twice, nothing goes below zero."""

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa
from naive_cashier import WORKERS, at_once, naive_posts_over_twenty_keys, naive_waivers
from small_ledger import ORDER, Desk, open_cases

from cases.history import faults
from cases.ledger.errors import (
    KeyReusedError,
    OverBalanceError,
    OverCreditError,
    ReturnedTwiceError,
)
from cases.ledger.limits import Authority
from cases.models import CaseEvent, LedgerBalance, LedgerEntry, LedgerPosting
from geo.database import Database

HIGH = Authority("Special Magistrate", 10**9)


@pytest.fixture
def crowd(fresh_database: Database) -> Iterator[sa.Engine]:
    """The app's engine with a connection for each worker."""
    with replace(fresh_database, pool_size=WORKERS) as database:
        yield database.app


@pytest.fixture
def case_ids(fresh_database: Database) -> list[int]:
    """Three cases that owe 100 dollars of penalty and 50 of cost each."""
    with fresh_database.app.begin() as connection:
        ids = open_cases(connection, count=3)
        for case_id in ids:
            Desk(connection, case_id).charge("penalty", 100_00)
            Desk(connection, case_id).charge("cost", 50_00)
    return ids


def _sums(engine: sa.Engine, case_id: int) -> dict[str, int]:
    query = (
        sa.select(LedgerEntry.account, sa.cast(sa.func.sum(LedgerEntry.cents), sa.BigInteger))
        .join(LedgerPosting)
        .where(LedgerPosting.case_id == case_id)
        .group_by(LedgerEntry.account)
    )
    with engine.connect() as connection:
        return dict(connection.execute(query).all())


def _worker(engine: sa.Engine, case_ids: Sequence[int], seed: int) -> Counter[tuple[int, str]]:
    """Do eight deeds on cases as they come; return the cents of each kind that were done."""
    random, done = Random(seed), Counter()  # noqa: S311 - not for secrets
    for _ in range(8):
        case_id, cents = random.choice(case_ids), random.randint(1, 30_00)
        deed = random.choice(["charge", "pay", "pay", "waive", "waive", "apply", "refund"])
        try:
            with engine.begin() as connection:
                _deed(Desk(connection, case_id), deed, cents, random)
        except (OverBalanceError, OverCreditError):
            done[case_id, "refused"] += 1
        else:
            done[case_id, deed] += cents
            done[case_id, "deeds"] += 1
    return done


def _deed(desk: Desk, deed: str, cents: int, random: Random) -> None:
    part = random.choice(["penalty", "cost"])
    match deed:
        case "charge":
            desk.charge(part, cents // 4 + 1)
        case "waive":
            desk.waive(part, cents, authority=HIGH)
        case "pay":
            desk.pay(cents)
        case "apply":
            desk.apply_credit(cents)
        case _:
            desk.refund(cents)


def test_forty_workers_on_three_cases_lose_no_cent_and_nothing_goes_below_zero(
    crowd: sa.Engine, case_ids: list[int]
) -> None:
    jobs = [lambda seed=seed: _worker(crowd, case_ids, seed) for seed in range(WORKERS)]
    done = sum(at_once(jobs), Counter())
    assert sum(cents for (_, deed), cents in done.items() if deed == "refused") > 0
    for case_id in case_ids:
        sums = _sums(crowd, case_id)
        assert sum(sums.values()) == 0
        assert sums["cash"] == done[case_id, "pay"]
        assert sums.get("waivers", 0) == done[case_id, "waive"]
        assert -sums.get("refunds_payable", 0) == done[case_id, "refund"]
        _never_below_zero(crowd, case_id, deeds=done[case_id, "deeds"] + 2)
    with crowd.connect() as connection:
        assert list(faults(connection)) == []


def _never_below_zero(engine: sa.Engine, case_id: int, *, deeds: int) -> None:
    with engine.connect() as connection:
        lines = Desk(connection, case_id).statement()
        kept = connection.execute(
            sa.select(LedgerBalance.__table__).where(LedgerBalance.case_id == case_id)
        ).all()
        events = connection.scalar(sa.select(sa.func.count()).where(CaseEvent.case_id == case_id))
    assert len(lines) == events == deeds
    for part in ORDER:
        running = list(itertools.accumulate(getattr(line, part) for line in lines))
        assert min(running) >= 0
        assert running[-1] == sum(row.cents for row in kept if row.component == part)
    assert min(line.credit for line in lines) >= 0
    assert lines[-1].credit == -sum(row.cents for row in kept if row.component is None)


def test_two_hundred_posts_over_twenty_keys_are_twenty_postings_and_one_answer_each(
    crowd: sa.Engine, case_ids: list[int]
) -> None:
    def pay(number: int) -> tuple[int, Any]:
        with crowd.begin() as connection:
            desk = Desk(connection, case_ids[number % 3])
            return number, desk.pay(10_00 + number, key=f"phone-{number}")

    numbers = [number for number in range(20) for _ in range(10)]
    Random(7).shuffle(numbers)  # noqa: S311 - not for secrets
    answers = at_once([lambda number=number: pay(number) for number in numbers])
    assert len(answers) == 200
    assert len(set(answers)) == 20
    assert len({posting.id for _, posting in answers}) == 20
    assert _paid(crowd) == (20, 20)
    assert sum(_sums(crowd, case_id)["cash"] for case_id in case_ids) == sum(
        10_00 + number for number in range(20)
    )
    assert naive_posts_over_twenty_keys(crowd, case_ids[0]) > 20


def _paid(engine: sa.Engine) -> tuple[int, int]:
    """Count the payments posted and the payments told."""
    with engine.connect() as connection:
        postings = sa.select(sa.func.count()).where(LedgerPosting.kind == "paid")
        events = sa.select(sa.func.count()).where(CaseEvent.kind == "paid")
        return connection.scalars(postings).one(), connection.scalars(events).one()


def test_forty_who_would_waive_or_pay_the_same_hundred_dollars_take_it_once(
    fresh_database: Database, crowd: sa.Engine, case_ids: list[int]
) -> None:
    def take(at: int) -> str:
        try:
            with crowd.begin() as connection:
                desk = Desk(connection, case_ids[0])
                if at % 2:
                    desk.waive("penalty", 10_00, authority=HIGH)
                else:
                    desk.pay(10_00)
        except OverBalanceError:
            return "refused"
        return "done"

    tally = Counter(at_once([lambda at=at: take(at) for at in range(WORKERS)]))
    sums = _sums(crowd, case_ids[0])
    assert sums["cash"] + sums.get("waivers", 0) == tally["done"] * 10_00
    assert sums.get("receivable", 0) >= 0
    assert tally["done"] + tally["refused"] == WORKERS
    _never_below_zero(crowd, case_ids[0], deeds=tally["done"] + 2)

    naive = naive_waivers(crowd, case_ids[1])
    assert naive["ledger_balance_not_negative"] == WORKERS - 10
    assert _sums(crowd, case_ids[1])["receivable"] == 50_00

    with fresh_database.owner.begin() as connection:
        connection.exec_driver_sql(
            "ALTER TABLE lotline.ledger_entry DISABLE TRIGGER ledger_entry_keeps_balance"
        )
    assert naive_waivers(crowd, case_ids[2]) == {"done": WORKERS}
    assert _sums(crowd, case_ids[2])["receivable"] == 150_00 - WORKERS * 10_00 < 0


def test_one_key_for_two_casesat_once_is_one_deed_and_one_refusal(
    crowd: sa.Engine, case_ids: list[int]
) -> None:
    with ThreadPoolExecutor(1) as pool, crowd.connect() as first, crowd.connect() as second:
        Desk(first, case_ids[0]).pay(5_00, key="K-1")
        other = pool.submit(Desk(second, case_ids[1]).pay, 5_00, key="K-1")
        with pytest.raises(TimeoutError):
            other.result(timeout=0.3)  # it waits for the first to commit or not
        first.commit()
        with pytest.raises(KeyReusedError, match=f"case_id was {case_ids[0]} and is now"):
            other.result(timeout=20)
        assert Desk(second, case_ids[1]).statement()[2:] == []


def test_a_transaction_that_sees_an_old_balance_is_refused_by_the_database(
    crowd: sa.Engine, case_ids: list[int]
) -> None:
    with crowd.connect().execution_options(isolation_level="REPEATABLE READ") as old:
        desk = Desk(old, case_ids[0])
        assert desk.owed() == {"penalty": 100_00, "cost": 50_00}
        with crowd.begin() as connection:
            Desk(connection, case_ids[0]).pay(150_00)
        assert desk.owed() == {"penalty": 100_00, "cost": 50_00}
        with pytest.raises(sa.exc.OperationalError, match="could not serialize access"):
            desk.pay(150_00)
    with crowd.connect() as connection:
        assert _paid(crowd) == (1, 1)
        assert Desk(connection, case_ids[0]).owed() == {}


def test_a_cheque_that_forty_report_returned_comes_back_once(
    crowd: sa.Engine, case_ids: list[int]
) -> None:
    with crowd.begin() as connection:
        payment = Desk(connection, case_ids[0]).pay(120_00)

    def give_back() -> str:
        try:
            with crowd.begin() as connection:
                fee = {"fee_cents": 25_00, "fee_authority": "s. 832.08(5)"}
                Desk(connection, case_ids[0]).return_payment(payment.id, **fee)
        except ReturnedTwiceError:
            return "refused"
        return "done"

    assert Counter(at_once([give_back] * WORKERS)) == {"done": 1, "refused": WORKERS - 1}
    with crowd.connect() as connection:
        owed = Desk(connection, case_ids[0]).owed()
    assert owed == {"penalty": 100_00, "cost": 50_00, "fee": 25_00}
