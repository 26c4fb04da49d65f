"""A payoff letter holds what the ledger will owe on its day, to the cent."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from desk import CLERK, MANAGER, Moment, day
from played import one, story
from played_liens import STAY, block, mown
from small_ledger import noon, rows_in

from cases import blocking, cashier, pausing
from cases.accruing import bring_case_up_to
from cases.ledger.reading import in_credit, owed
from cases.liens import LienError
from cases.models import Lien
from cases.payoff import Payoff, RecordedLien
from cases.statements import BlockedError, PastError, payoff_of_case, payoff_of_lien

TODAY = date(2026, 10, 2)
CITATION, DAILY = 10_000, 25_000


def _payoff(connection: sa.Connection, case: int, good_through: date) -> Payoff:
    return payoff_of_case(connection, case, good_through=good_through, today=TODAY)


def test_a_payoff_counts_its_last_day_and_charges_nothing_by_being_asked(
    town: sa.Connection, case: int, lien: int
) -> None:
    before = rows_in(town)
    drawn = payoff_of_lien(town, lien, good_through=date(2026, 10, 15), today=TODAY)
    assert drawn.total_cents == CITATION + 44 * DAILY
    assert drawn.per_diem_cents == DAILY
    assert drawn == _payoff(town, case, date(2026, 10, 15))
    assert rows_in(town) == before


def test_a_payoff_names_each_charge_and_says_what_of_it_a_lien_is_recorded_for(
    town: sa.Connection, case: int, lien: int
) -> None:
    cashier.receive_payment(
        town, case_id=case, cents=123_45, method="cheque", key="p", actor=CLERK, moment=day(10, 2)
    )
    drawn = payoff_of_lien(town, lien, good_through=date(2026, 10, 15), today=TODAY)
    recorded = one(town, Lien)
    assert [(line.label, line.cents) for line in drawn.lines] == [
        ("Citation UCV-2026-00001: fine, as charged", CITATION),
        ("Order ORD-2026-00001: fine, as charged", 31 * DAILY),
        ("Paid on the fine", -123_45),
        ("Order ORD-2026-00001: fine to October 15, 2026, beyond what is charged", 13 * DAILY),
    ]
    assert drawn.total_cents == CITATION + 44 * DAILY - 123_45
    (said,) = drawn.of_liens
    assert said == (
        f"Lien {recorded.instrument_no}, recorded on October 1, 2026 for $7,500.00, secures what "
        "is owed of Order ORD-2026-00001, which is counted above, and adds nothing to it. Its "
        "fine grew by $3,500.00 after that day."
    )


@pytest.mark.parametrize(
    ("since", "said"),
    [
        (350_000, " Its fine grew by $3,500.00 after that day."),
        (-750_000, " Its fine is $7,500.00 lower now than on that day."),
        (0, ""),
    ],
)
def test_a_payoff_says_what_became_of_a_liens_fine_since_its_recording(
    since: int, said: str
) -> None:
    lien = RecordedLien(
        instrument_no="7", authority="Order O-1", recorded_on=TODAY, principal_cents=1_000_000,
        since_cents=since,
    )  # fmt: skip
    assert lien.in_words.split("adds nothing to it.")[1] == said


@pytest.mark.parametrize("days", [0, 1, 13, 400])
@pytest.mark.parametrize("deed", ["nothing", "paid", "overpaid", "paused", "mown"])
def test_a_payoff_is_what_the_ledger_owes_once_brought_up_to_that_day(
    town: sa.Connection, case: int, lien: int, violation: int, days: int, deed: str
) -> None:
    paid = {"paid": 123_45, "overpaid": 2_000_000}.get(deed)
    if paid:
        cashier.receive_payment(
            town, case_id=case, cents=paid, method="cheque", key="p", actor=CLERK,  # type: ignore[arg-type]
            moment=day(10, 2),
        )  # fmt: skip
    if deed == "paused":
        pausing.pause(
            town, order_id=one(town, Lien).order_id, first_day=date(2026, 10, 5), paper=STAY,
            reason="Stayed", actor=CLERK, moment=day(10, 2),
        )  # fmt: skip
    if deed == "mown":
        mown(town, case, one(town, Lien).order_id, violation)
    on = date(2026, 10, 6) + timedelta(days=days)
    told = payoff_of_lien(town, lien, good_through=on, today=date(2026, 10, 6))
    bring_case_up_to(town, case, actor=CLERK, moment=Moment(on=on, now=noon(on)))
    owes = sum(owed(town, case).values()) - in_credit(town, case)
    assert told.total_cents == max(0, owes)
    assert sum(line.cents for line in told.lines) == owes


def test_no_payoff_is_given_under_a_block(town: sa.Connection, case: int, lien: int) -> None:
    barred = block(town, case, moment=day(10, 2))
    with pytest.raises(BlockedError, match=r"CE-2026-00001 is barred \(26-bk-01234\)"):
        payoff_of_lien(town, lien, good_through=TODAY, today=TODAY)
    blocking.unblock(town, block_id=barred, reason="Dismissed", actor=MANAGER, moment=day(10, 2))
    assert _payoff(town, case, TODAY).total_cents == CITATION + 31 * DAILY
    assert story(town)[-1] == "collection_unblocked"


def test_a_payoff_is_for_a_day_to_come_and_a_lien_the_ledger_knows(
    town: sa.Connection, case: int, lien: int
) -> None:
    with pytest.raises(PastError, match="good through 2026-10-01 is over"):
        _payoff(town, case, date(2026, 10, 1))
    town.execute(sa.update(Lien).values(order_id=None))
    with pytest.raises(LienError, match="came from a file"):
        payoff_of_lien(town, lien, good_through=TODAY, today=TODAY)
    with pytest.raises(LienError, match="no lien with the identity 0"):
        payoff_of_lien(town, 0, good_through=TODAY, today=TODAY)
