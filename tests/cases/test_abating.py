"""The town does the work: authority, right of entry, photographs, the bill."""

import dataclasses
from datetime import date

import pytest
import sqlalchemy as sa
from desk import CLERK, MANAGER, OFFICER, day
from played import MAGISTRATE, look_again, one, story
from played_after import AFTER, BEFORE, COSTS, MOWN, authorize, order_work, pay_all

from cases import abating, orders, violations
from cases.abatement_costs import AbatementCostError, AbatementRules, CostLine, admin_fee_cents
from cases.abating import AbatementAuthority, Work
from cases.advancing import ClosedCaseError, GuardError, OutOfOrderError
from cases.digests import DigestError
from cases.inspections import Entry
from cases.ledger.accounts import Component
from cases.ledger.reading import owed
from cases.models import Abatement, AbatementCost, CaseEvent
from cases.opening import close_case
from cases.parts import NoSuchPartError
from cases.story import events_of, told
from cases.workflow.registry import NoReasonError, NotNowError


def test_from_an_order_not_met_to_a_bill_that_is_paid(
    town: sa.Connection, case: int, worked: int
) -> None:
    abating.invoice(town, abatement_id=worked, costs=COSTS, actor=CLERK, moment=day(9, 14))
    row = one(town, Abatement)
    assert (row.number, row.status, row.fee_cents) == ("ABT-2026-00001", "invoiced", 18_333)
    assert (row.photos_before, row.photos_after) == ([BEFORE], [AFTER])
    lines = town.execute(sa.select(AbatementCost.what, AbatementCost.cents)).all()
    assert [tuple(line) for line in lines] == [("Mowing", 25_000), ("Hauling", 8_333)]
    left = owed(town, case)
    assert (left[Component.COST], left[Component.FEE]) == (33_333, 18_333)
    with pytest.raises(GuardError, match="nothing is owed"):
        abating.settle(town, abatement_id=worked, actor=CLERK, moment=day(9, 15))
    pay_all(town, month=9, number=20)
    abating.settle(town, abatement_id=worked, actor=CLERK, moment=day(9, 21))
    assert one(town, Abatement).status == "settled"
    assert story(town)[-8:] == [
        "abatement_authorized", "work_ordered", "work_done", "abatement_invoiced", "charged",
        "charged", "paid", "abatement_settled",
    ]  # fmt: skip


def test_the_work_is_told_with_its_authority_entry_and_bill(
    town: sa.Connection, case: int, worked: int
) -> None:
    abating.invoice(town, abatement_id=worked, costs=COSTS, actor=CLERK, moment=day(9, 14))
    lines = "\n".join(line.text for line in told(town.execute(events_of(case)).all(), law=None))
    for words in (
        "Abatement ABT-2026-00001: the town was authorized to do the work itself (order). Reason",
        "ordered from Green Acres LLC (with consent: P. Lane, by telephone).",
        "was done on September 10, 2026 by Green Acres LLC.",
        "invoiced at $333.33 (Mowing $250.00, Hauling $83.33), and a fee of $183.33.",
        "$333.33 was charged (cost) by Abatement ABT-2026-00001.",
    ):
        assert words in lines
    assert "not kept" not in lines


def test_an_emergency_needs_no_order_but_a_reason(town: sa.Connection, violation: int) -> None:
    asked = {"authority": AbatementAuthority.EMERGENCY, "moment": day(6, 3)}
    with pytest.raises(NoReasonError):
        authorize(town, violation, **(asked | {"reason": " "}))
    authorize(town, violation, **asked)
    row = one(town, Abatement)
    assert (row.authority, row.order_id, row.reason) == ("emergency", None, "Rats")


def test_an_order_gives_authority_once_its_time_is_over_on_its_own_violation(
    town: sa.Connection, violation: int, ordered: int
) -> None:
    for asked in (
        {"order_id": ordered, "moment": day(9, 1)},  # the day to comply by
        {"order_id": ordered + 1000, "moment": day(9, 2)},
        {"order_id": None, "moment": day(9, 2)},
        {"order_id": ordered, "authority": AbatementAuthority.EMERGENCY, "moment": day(9, 2)},
    ):
        with pytest.raises(GuardError, match="an order or an emergency gives the authority"):
            authorize(town, violation, **asked)
    assert authorize(town, violation, order_id=ordered, moment=day(9, 2))


def test_a_vacated_order_or_one_that_is_met_gives_none(
    town: sa.Connection, case: int, violation: int, sworn: int
) -> None:
    look = look_again(town, case, month=9, number=5)
    orders.verify_compliance(
        town, order_id=sworn, inspection_id=look, complied_on=date(2026, 9, 5), actor=OFFICER,
        moment=day(9, 5),
    )  # fmt: skip
    with pytest.raises(GuardError, match="gives the authority"):
        authorize(town, violation, order_id=sworn)
    orders.vacate(town, order_id=sworn, reason="Appealed", actor=MAGISTRATE, moment=day(9, 6))
    with pytest.raises(GuardError, match="gives the authority"):
        authorize(town, violation, order_id=sworn)


def test_what_is_corrected_is_not_abated_and_an_officer_authorizes_nothing(
    town: sa.Connection, case: int, violation: int, sworn: int
) -> None:
    with pytest.raises(NotNowError, match="for the hearing officer or manager"):
        authorize(town, violation, order_id=sworn, actor=OFFICER)
    with pytest.raises(OutOfOrderError):
        authorize(town, violation, order_id=sworn, moment=day(9, 3))
    look = look_again(town, case, month=9, number=5)
    violations.find_corrected(
        town, violation_id=violation, inspection_id=look, actor=OFFICER, moment=day(9, 5)
    )
    with pytest.raises(GuardError, match="the violation is open"):
        authorize(town, violation, order_id=sworn)


@pytest.mark.parametrize(
    "changes",
    [
        {"entry": Entry.VANTAGE},
        {"entry": Entry.REFUSED},
        {"entry_detail": " "},
        {"contractor": ""},
    ],
)
def test_nobody_goes_in_without_consent_or_a_warrant(
    town: sa.Connection, abatement: int, changes: dict[str, object]
) -> None:
    with pytest.raises(GuardError, match="consent or a warrant to enter"):
        order_work(town, abatement, **changes)
    order_work(town, abatement, entry=Entry.WARRANT, entry_detail="Warrant 26-114")
    row = one(town, Abatement)
    assert (row.status, row.entry, row.entry_detail) == ("ordered", "warrant", "Warrant 26-114")


def test_work_is_shown_by_photographs_before_and_after(town: sa.Connection, abatement: int) -> None:
    complete = {"abatement_id": abatement, "actor": OFFICER, "moment": day(9, 11)}
    with pytest.raises(NotNowError, match="the abatement is authorized"):
        abating.complete(town, work=MOWN, **complete)  # type: ignore[arg-type]
    order_work(town, abatement)
    for lacking in ({"photos_before": []}, {"photos_after": []}):
        work = dataclasses.replace(MOWN, **lacking)
        with pytest.raises(GuardError, match="photographs before and after"):
            abating.complete(town, work=work, **complete)  # type: ignore[arg-type]
    for wrong in (date(2026, 9, 7), date(2026, 9, 12)):
        work = dataclasses.replace(MOWN, done_on=wrong)
        with pytest.raises(OutOfOrderError, match="from 2026-09-08, when it was ordered, to"):
            abating.complete(town, work=work, **complete)  # type: ignore[arg-type]
    assert one(town, Abatement).status == "ordered"


@pytest.mark.parametrize("name", ["mown.jpg", AFTER.upper(), AFTER[:-1], AFTER + "0", ""])
def test_a_photograph_is_named_by_its_hash(name: str) -> None:
    with pytest.raises(DigestError, match="give its SHA-256"):
        Work(done_on=date(2026, 9, 10), photos_before=[BEFORE], photos_after=[AFTER, name])


def test_a_bill_has_lines(town: sa.Connection, worked: int) -> None:
    with pytest.raises(GuardError, match="the costs are itemized"):
        abating.invoice(town, abatement_id=worked, costs=(), actor=CLERK, moment=day(9, 14))
    with pytest.raises(NotNowError, match="that is for the clerk"):
        abating.invoice(town, abatement_id=worked, costs=COSTS, actor=MANAGER, moment=day(9, 14))
    abating.invoice(town, abatement_id=worked, costs=COSTS, actor=CLERK, moment=day(9, 14))
    with pytest.raises(NotNowError, match="the abatement is invoiced"):
        abating.invoice(town, abatement_id=worked, costs=COSTS, actor=CLERK, moment=day(9, 14))
    query = sa.select(sa.func.count()).where(CaseEvent.kind == "abatement_invoiced")
    assert town.scalar(query) == 1


@pytest.mark.parametrize(("what", "cents"), [(" ", 1), ("Mowing", 0), ("Mowing", -1)])
def test_a_line_says_what_and_how_much(what: str, cents: int) -> None:
    with pytest.raises(AbatementCostError, match="say what was paid for"):
        CostLine(what=what, cents=cents)


@pytest.mark.parametrize(
    ("fixed", "percent", "cost", "fee"),
    [(0, 0, 50_000, 0), (15_000, 0, 50_000, 15_000), (0, 15, 99, 14), (100, 100, 250, 350)],
)
def test_the_fee_is_the_towns_and_rounds_for_the_owner(
    fixed: int, percent: int, cost: int, fee: int
) -> None:
    rules = AbatementRules(admin_fee_cents=fixed, admin_fee_percent=percent, source="town")
    assert admin_fee_cents(rules, cost_cents=cost) == fee


@pytest.mark.parametrize(("fixed", "percent"), [(-1, 0), (0, -1), (0, 101)])
def test_a_fee_that_cannot_be_is_refused(fixed: int, percent: int) -> None:
    with pytest.raises(AbatementCostError, match="cannot be"):
        AbatementRules(admin_fee_cents=fixed, admin_fee_percent=percent, source="town")


def test_work_is_called_off_with_a_reason_before_it_is_done(
    town: sa.Connection, abatement: int
) -> None:
    cancel = {"abatement_id": abatement, "actor": MANAGER, "moment": day(9, 8)}
    with pytest.raises(NoReasonError):
        abating.cancel(town, reason="", **cancel)  # type: ignore[arg-type]
    abating.cancel(town, reason="The owner mowed", **cancel)  # type: ignore[arg-type]
    assert (one(town, Abatement).status, story(town)[-1]) == ("cancelled", "abatement_cancelled")
    with pytest.raises(NotNowError, match="the abatement is cancelled"):
        order_work(town, abatement)


def test_in_a_closed_case_or_on_nothing_no_work_is_done(
    town: sa.Connection, case: int, violation: int, served: int
) -> None:
    with pytest.raises(NoSuchPartError, match="no abatement with the identity 7"):
        abating.settle(town, abatement_id=7, actor=CLERK, moment=day(6, 2))
    look = look_again(town, case, month=6, number=15)
    violations.find_corrected(
        town, violation_id=violation, inspection_id=look, actor=OFFICER, moment=day(6, 15)
    )
    close_case(town, case_id=case, reason="Mown", actor=OFFICER, moment=day(6, 15))
    with pytest.raises(ClosedCaseError):
        authorize(town, violation, authority=AbatementAuthority.EMERGENCY)
    assert served
