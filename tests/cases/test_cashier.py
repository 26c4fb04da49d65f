"""Money by the town's law: a payment to the day, waivers by role, cheques that come back."""

import pytest
import sqlalchemy as sa
from desk import CLERK, MANAGER, OFFICER, RESPONDENT, day
from played import MAGISTRATE, story
from small_ledger import rows_in, settle_constraints

from cases import cashier, citing, opening
from cases.actors import Actor
from cases.advancing import ClosedCaseError, OutOfOrderError
from cases.cashier import NotYoursError, StillOwingError
from cases.ledger.errors import NoPaymentError, OverLimitError, TextMissingError
from cases.ledger.reading import Posting, in_credit, owed
from cases.models import CaseEvent, Citation, LedgerPosting
from cases.workflow.roles import Role

CITATION, DAILY = 10_000, 25_000


def _pay(connection: sa.Connection, case: int, cents: int, **changes: object) -> Posting:
    asked = {
        "method": "cheque", "reference": "No. 1041", "key": f"pay-{cents}", "actor": CLERK,
        "moment": day(9, 30),
    }  # fmt: skip
    return cashier.receive_payment(
        connection,
        case_id=case,
        cents=cents,
        **(asked | changes),  # type: ignore[arg-type]
    )


def _waive(connection: sa.Connection, case: int, cents: int, **changes: object) -> Posting:
    asked = {
        "component": "penalty", "reason": "Hardship", "key": f"waive-{cents}", "actor": MANAGER,
        "moment": day(9, 30),
    }  # fmt: skip
    return cashier.waive(connection, case_id=case, cents=cents, **(asked | changes))  # type: ignore[arg-type]


def test_a_payment_meets_what_is_owed_to_the_day(
    town: sa.Connection, case: int, certified: int
) -> None:
    assert certified
    _pay(town, case, 200_000)
    settle_constraints(town)
    assert owed(town, case) == {"penalty": CITATION + 29 * DAILY - 200_000}  # to 30 September
    assert story(town)[-2:] == ["charged", "paid"]
    details = town.scalars(sa.select(CaseEvent.details).where(CaseEvent.kind == "paid")).one()
    assert (details["cents"], details["reference"]) == (200_000, "No. 1041")


def test_a_payment_asked_for_twice_is_taken_once(
    town: sa.Connection, case: int, cited: int
) -> None:
    assert cited
    first = _pay(town, case, CITATION)
    before = rows_in(town)
    assert _pay(town, case, CITATION) == first
    assert rows_in(town) == before


@pytest.mark.parametrize("actor", [OFFICER, MANAGER, RESPONDENT, MAGISTRATE])
def test_only_a_clerk_takes_money(town: sa.Connection, case: int, cited: int, actor: Actor) -> None:
    assert cited
    with pytest.raises(NotYoursError, match="Taking a payment is for the clerk"):
        _pay(town, case, CITATION, actor=actor)
    assert town.scalar(sa.select(sa.func.count()).where(LedgerPosting.kind == "paid")) == 0


def test_no_money_is_taken_in_a_closed_case_or_before_its_last_event(
    town: sa.Connection, case: int
) -> None:
    with pytest.raises(OutOfOrderError):
        _pay(town, case, CITATION, moment=day(5, 31))
    opening.close_case(town, case_id=case, reason="Mown", actor=MANAGER, moment=day(6, 20))
    with pytest.raises(ClosedCaseError):
        _pay(town, case, CITATION)


def test_a_clerk_waives_twenty_five_dollars_and_a_manager_five_hundred(
    town: sa.Connection, case: int, certified: int
) -> None:
    assert certified
    _waive(town, case, 2_500, actor=CLERK)
    with pytest.raises(OverLimitError, match=r"clerk may waive \$25\.00"):
        _waive(town, case, 1, actor=CLERK)
    _waive(town, case, 50_000)
    with pytest.raises(OverLimitError, match=r"manager may waive \$500\.00"):
        _waive(town, case, 1)
    assert owed(town, case) == {"penalty": CITATION + 29 * DAILY - 52_500}


@pytest.mark.parametrize("role", [Role.OFFICER, Role.HEARING_OFFICER, Role.RESPONDENT])
def test_who_has_no_limit_in_the_law_waives_nothing(
    town: sa.Connection, case: int, cited: int, role: Role
) -> None:
    assert cited
    with pytest.raises(NotYoursError, match=r"may waive: clerk \$25\.00, manager \$500\.00"):
        _waive(town, case, 1, actor=Actor("x", role))
    with pytest.raises(TextMissingError):
        _waive(town, case, 1, reason=" ")


def test_a_cheque_that_comes_back_is_owed_again_with_the_fee_of_the_law(
    town: sa.Connection, case: int, cited: int
) -> None:
    assert cited
    cheque = _pay(town, case, CITATION)
    back = {"payment_id": cheque.id, "reason": "Insufficient funds", "key": "back"}
    with pytest.raises(NotYoursError, match="Taking back a payment is for the clerk"):
        cashier.return_cheque(town, case_id=case, actor=MANAGER, moment=day(10, 5), **back)  # type: ignore[arg-type]
    cashier.return_cheque(town, case_id=case, actor=CLERK, moment=day(10, 5), **back)  # type: ignore[arg-type]
    settle_constraints(town)
    assert owed(town, case) == {"fee": 3_000, "penalty": CITATION}
    by = sa.select(LedgerPosting.reference).where(LedgerPosting.key == "back/fee")
    assert "s. 166.251" in (town.scalar(by) or "")
    with pytest.raises(NoPaymentError):
        cashier.return_cheque(
            town, case_id=case, payment_id=0, reason="x", key="none", actor=CLERK,
            moment=day(10, 5),
        )  # fmt: skip


def test_credit_covers_what_is_owed_before_any_of_it_is_paid_back(
    town: sa.Connection, case: int, certified: int
) -> None:
    assert certified
    _pay(town, case, CITATION + 29 * DAILY + 60_000)
    back = {"payee": "P. Lane", "reason": "Paid too much", "actor": MANAGER}
    with pytest.raises(NotYoursError, match="Paying credit back is for the manager"):
        cashier.refund(
            town,
            case_id=case,
            cents=1,
            key="r0",
            moment=day(9, 30),
            **(back | {"actor": CLERK}),  # type: ignore[arg-type]
        )
    before = rows_in(town)
    with pytest.raises(StillOwingError, match=r"\$500\.00 are owed"):
        cashier.refund(town, case_id=case, cents=1, key="r1", moment=day(10, 2), **back)  # type: ignore[arg-type]
    assert rows_in(town) == before  # the two days are not charged by a refusal
    with pytest.raises(NotYoursError, match="Applying credit is for the clerk"):
        cashier.apply_credit(
            town, case_id=case, cents=50_000, key="a0", actor=OFFICER, moment=day(10, 2)
        )
    cashier.apply_credit(town, case_id=case, cents=50_000, key="a1", actor=CLERK, moment=day(10, 2))
    cashier.refund(town, case_id=case, cents=10_000, key="r2", moment=day(10, 2), **back)  # type: ignore[arg-type]
    settle_constraints(town)
    assert (owed(town, case), in_credit(town, case)) == ({"penalty": 0}, 0)
    assert story(town)[-3:] == ["charged", "credit_applied", "refunded"]


def test_what_was_paid_of_a_citation_that_fell_may_be_paid_back(
    town: sa.Connection, case: int, cited: int
) -> None:
    _pay(town, case, 4_000, moment=day(6, 18))
    citing.void(town, citation_id=cited, reason="Wrong lot", actor=MANAGER, moment=day(6, 19))
    settle_constraints(town)
    assert (owed(town, case), in_credit(town, case)) == ({"penalty": 0}, 4_000)
    cashier.refund(
        town, case_id=case, cents=4_000, payee="P. Lane", reason="Citation voided", key="r",
        actor=MANAGER, moment=day(6, 19),
    )  # fmt: skip
    assert in_credit(town, case) == 0


def test_a_fallen_citation_takes_nothing_off_what_an_order_fines(
    town: sa.Connection, case: int, certified: int
) -> None:
    assert certified
    _pay(town, case, CITATION, moment=day(9, 25))
    before = sum(owed(town, case).values())
    citation = town.scalars(sa.select(Citation.id)).one()
    town.execute(sa.update(Citation).values(status="served"))
    citing.void(town, citation_id=citation, reason="Wrong", actor=MANAGER, moment=day(9, 25))
    # What was paid of the citation is the payer's, and meets the fine that is owed still.
    assert sum(owed(town, case).values()) == before - CITATION == 24 * DAILY - CITATION
    assert in_credit(town, case) == 0
