"""What is taken back leaves no citation admitted, no order running and no money behind."""

import re

import pytest
import sqlalchemy as sa
from desk import CLERK, MANAGER, OFFICER, day
from played import CLEAR, MAGISTRATE, one, story
from played_after import AFTER, BEFORE, COSTS, authorize, order_work

from cases import abating, cashier, citing, further_days, orders, violations, waiving
from cases.abating import Work
from cases.ledger.accounts import Method
from cases.ledger.reading import in_credit, owed
from cases.models import Case, Citation, Suit, Violation
from cases.opening import NotVoidableError, void_case
from cases.violations import UnderWayError


@pytest.fixture
def admitted(town: sa.Connection, cited: int) -> int:
    waiving.confirm_waiver(town, citation_id=cited, check=CLEAR, actor=CLERK, moment=day(7, 13))
    return cited


@pytest.mark.parametrize("let_go", [violations.void, violations.transfer])
def test_a_violation_is_not_let_go_under_a_citation_that_runs(
    town: sa.Connection, case: int, violation: int, admitted: int, let_go: object
) -> None:
    further_days.impose(town, citation_id=admitted, actor=CLERK, moment=day(7, 20))
    ask = {"violation_id": violation, "reason": "Not ours", "actor": MANAGER, "moment": day(7, 21)}
    with pytest.raises(UnderWayError, match=r"under citation UCV-2026-00001: have each citation"):
        let_go(town, **ask)  # type: ignore[operator]
    assert one(town, Violation).status == "open"
    citing.void(town, citation_id=admitted, reason="Not ours", actor=MANAGER, moment=day(7, 21))
    assert not any(owed(town, case).values())
    let_go(town, **ask)  # type: ignore[operator]
    assert one(town, Violation).status in ("voided", "transferred")


def test_a_violation_is_not_let_go_under_an_order_that_runs(
    town: sa.Connection, violation: int, cited: int, order: int
) -> None:
    ask = {"violation_id": violation, "reason": "Not ours", "actor": MANAGER, "moment": day(8, 12)}
    with pytest.raises(UnderWayError, match="citation UCV-2026-00001 and order ORD-2026-00001"):
        violations.void(town, **ask)  # type: ignore[arg-type]
    citing.uphold(town, citation_id=cited, actor=MAGISTRATE, moment=day(8, 12))
    citing.void(town, citation_id=cited, reason="Not ours", actor=MANAGER, moment=day(8, 12))
    assert (one(town, Citation).status, story(town)[-2:]) == (
        "voided", ["citation_voided", "waived"],
    )  # fmt: skip
    with pytest.raises(UnderWayError, match="under order ORD-2026-00001"):
        violations.void(town, **ask)  # type: ignore[arg-type]
    orders.vacate(town, order_id=order, reason="Not ours", actor=MAGISTRATE, moment=day(8, 12))
    violations.void(town, **ask)  # type: ignore[arg-type]


def test_what_was_paid_of_an_admitted_citation_is_credit_once_it_is_void(
    town: sa.Connection, case: int, admitted: int
) -> None:
    further_days.impose(town, citation_id=admitted, actor=CLERK, moment=day(7, 20))
    paid = sum(owed(town, case).values())
    _pay(town, case, paid, number=20)
    citing.void(town, citation_id=admitted, reason="Wrong lot", actor=MANAGER, moment=day(7, 21))
    assert (in_credit(town, case), any(owed(town, case).values())) == (paid, False)


def test_no_case_is_void_over_money(town: sa.Connection, case: int, cited: int) -> None:
    void = {"case_id": case, "reason": "Twice", "actor": MANAGER, "moment": day(7, 12)}
    told = re.escape("Citation UCV-2026-00001 and a debt of $100.00 stand in case")
    with pytest.raises(NotVoidableError, match=told):
        void_case(town, **void)  # type: ignore[arg-type]
    _pay(town, case, 10_000, number=10)
    citing.void(town, citation_id=cited, reason="Twice", actor=MANAGER, moment=day(7, 12))
    with pytest.raises(NotVoidableError, match=re.escape("A credit of $100.00 stands")):
        void_case(town, **void)  # type: ignore[arg-type]
    cashier.refund(
        town, case_id=case, cents=10_000, payee="P. Lane", reason="Cited twice", key="back",
        actor=MANAGER, moment=day(7, 12),
    )  # fmt: skip
    void_case(town, **void)  # type: ignore[arg-type]
    assert one(town, Case).voided_on == day(7, 12).on


def test_no_case_is_void_over_an_appeal_a_suit_or_a_bill(
    town: sa.Connection, case: int, violation: int, certified: int, filed: int
) -> None:
    later = day(1, 21, 2027)
    work = authorize(town, violation, order_id=certified, moment=later)
    order_work(town, work, moment=later)
    done = Work(done_on=later.on, photos_before=[BEFORE], photos_after=[AFTER])
    abating.complete(town, abatement_id=work, work=done, actor=OFFICER, moment=later)
    abating.invoice(town, abatement_id=work, costs=COSTS, actor=CLERK, moment=later)
    with pytest.raises(NotVoidableError) as refused:
        void_case(town, case_id=case, reason="Twice", actor=MANAGER, moment=later)
    assert (one(town, Suit).id, "suit 2027-CC-0081, abatement" in str(refused.value)) == (
        filed, True,
    )  # fmt: skip


def test_no_case_is_void_under_appeal(town: sa.Connection, case: int, appealed: int) -> None:
    assert appealed
    with pytest.raises(NotVoidableError, match="appeal 2026-AP-0007 and a debt of"):
        void_case(town, case_id=case, reason="Twice", actor=MANAGER, moment=day(9, 11))


def _pay(connection: sa.Connection, case: int, cents: int, *, number: int) -> None:
    cashier.receive_payment(
        connection, case_id=case, cents=cents, method=Method.CASH, key=f"paid-{number}",
        actor=CLERK, moment=day(7, number),
    )  # fmt: skip
