"""A certified fine in the ledger: charged by the day, lowered as it is lowered, to the cent."""

from datetime import date
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from desk import CLERK, MANAGER, OFFICER, Moment, day
from played import DAILY, MAGISTRATE, ORDER, heard, look_again, the_order
from played_liens import STAY
from small_ledger import settle_constraints

from cases import imposing, orders, pausing, violations
from cases.accruing import bring_case_up_to, bring_up_to, imposed
from cases.advancing import GuardError
from cases.hearings import About
from cases.ledger.charging import waive
from cases.ledger.errors import AmountError
from cases.ledger.limits import Authority
from cases.ledger.paying import pay
from cases.ledger.reading import in_credit, owed
from cases.models import LedgerPosting, Violation
from cases.ordered import fine_of, terms_of

CITATION = 10_000
"""The penalty of the citation, owed beside the fine."""


def _pay(connection: sa.Connection, case: int, cents: int, *, on: Moment) -> int:
    paid = pay(
        connection, case_id=case, cents=cents, method="cheque", order=ORDER, actor="J. Okafor",
        key=f"pay-{cents}-{on.on}", on=on.on, now=on.now,
    )  # fmt: skip
    return paid.id


def _reduce(connection: sa.Connection, case: int, order: int, *, to_cents: int) -> None:
    hearing = heard(connection, case, About.MITIGATION, held_on=date(2026, 10, 13))
    imposing.reduce(
        connection, order_id=order, hearing_id=hearing, to_cents=to_cents, reason="Illness",
        actor=MAGISTRATE, moment=day(10, 13),
    )  # fmt: skip
    settle_constraints(connection)


def _postings(connection: sa.Connection) -> list[tuple[str, int, str]]:
    query = sa.select(LedgerPosting.kind, LedgerPosting.cents, LedgerPosting.key)
    mine = LedgerPosting.key.startswith("order:")
    return [tuple(row) for row in connection.execute(query.where(mine).order_by(LedgerPosting.id))]


def test_a_fine_is_owed_from_its_certification_and_not_before(
    town: sa.Connection, case: int, sworn: int
) -> None:
    bring_case_up_to(town, case, actor=CLERK, moment=day(9, 25))
    assert bring_up_to(town, sworn, actor=CLERK, moment=day(9, 25)) == 0
    assert owed(town, case) == {"penalty": CITATION}
    imposing.certify(town, order_id=sworn, actor=MAGISTRATE, moment=day(9, 25))
    assert owed(town, case) == {"penalty": CITATION + 24 * 25_000}
    assert _postings(town) == [("charged", 24 * 25_000, f"order:{sworn}:accrued:2026-09-25")]


def test_a_running_fine_is_charged_by_its_difference_and_once_a_day(
    town: sa.Connection, case: int, certified: int
) -> None:
    for _ in range(2):
        bring_case_up_to(town, case, actor=CLERK, moment=day(10, 5))
    assert [cents for _, cents, _ in _postings(town)] == [24 * 25_000, 10 * 25_000]
    assert imposed(town, the_order(town)) == 34 * 25_000
    assert bring_up_to(town, certified, actor=CLERK, moment=day(10, 5)) == 34 * 25_000


def test_a_reduction_takes_off_what_is_owed(town: sa.Connection, case: int, certified: int) -> None:
    _reduce(town, case, certified, to_cents=100_000)
    assert owed(town, case) == {"penalty": CITATION + 100_000}
    assert in_credit(town, case) == 0
    told = town.execute(
        sa.select(LedgerPosting.reference, LedgerPosting.memo).where(LedgerPosting.kind == "waived")
    ).one()
    assert tuple(told) == (f"Reduction of Order {the_order(town).number}", "Illness")


def test_what_was_paid_beyond_a_lowered_fine_becomes_credit(
    town: sa.Connection, case: int, certified: int
) -> None:
    _pay(town, case, CITATION + 24 * 25_000, on=day(9, 25))
    _reduce(town, case, certified, to_cents=100_000)
    assert (owed(town, case), in_credit(town, case)) == ({"penalty": 0}, 500_000)
    bring_up_to(town, certified, actor=CLERK, moment=day(10, 15))
    assert (owed(town, case), in_credit(town, case)) == ({"penalty": 50_000}, 500_000)


def test_nobody_is_credited_with_what_was_only_waived(
    town: sa.Connection, case: int, certified: int
) -> None:
    manager = Authority("manager", 50_000)
    waive(
        town, case_id=case, component="penalty", cents=50_000, authority=manager, reason="Hardship",
        actor="A. Stone", key="w", on=day(9, 25).on, now=day(9, 25).now,
    )  # fmt: skip
    _pay(town, case, CITATION + 550_000, on=day(9, 26))
    _reduce(town, case, certified, to_cents=0)
    assert (owed(town, case), in_credit(town, case)) == ({"penalty": 0}, CITATION + 550_000)
    assert imposed(town, the_order(town)) == 0


def test_days_after_a_compliance_found_later_are_given_up(
    town: sa.Connection, case: int, certified: int
) -> None:
    bring_up_to(town, certified, actor=CLERK, moment=day(10, 5))
    look = look_again(town, case, month=10, number=6)
    orders.verify_compliance(
        town, order_id=certified, inspection_id=look, complied_on=date(2026, 9, 11), actor=OFFICER,
        moment=day(10, 6),
    )  # fmt: skip
    # PROCESS.md 3, Fines: the day of compliance is not counted, so 2 to 10 September.
    assert owed(town, case) == {"penalty": CITATION + 9 * 25_000}
    assert _postings(town)[-1] == ("waived", 25 * 25_000, f"order:{certified}:lowered:2026-10-06")


def test_a_violation_found_corrected_ends_the_fine_of_its_order(
    town: sa.Connection, case: int, certified: int, violation: int
) -> None:
    bring_up_to(town, certified, actor=CLERK, moment=day(9, 28))
    _find_corrected(town, case, violation, number=28)
    # 2 to 27 September; the day it was found corrected is not counted.
    assert owed(town, case) == {"penalty": CITATION + 26 * 25_000}
    assert fine_of(town, certified, as_of=date(2026, 9, 27)).per_diem_cents == 25_000
    assert fine_of(town, certified, as_of=date(2026, 12, 28)).total_cents == 26 * 25_000
    _pay(town, case, CITATION + 26 * 25_000, on=day(12, 28))
    imposing.satisfy(town, order_id=certified, actor=CLERK, moment=day(12, 28))
    assert (the_order(town).status, in_credit(town, case)) == ("satisfied", 0)


def test_an_earlier_compliance_found_later_gives_up_more_of_a_corrected_violation(
    town: sa.Connection, case: int, certified: int, violation: int
) -> None:
    look = _find_corrected(town, case, violation, number=28)
    orders.verify_compliance(
        town, order_id=certified, inspection_id=look, complied_on=date(2026, 9, 11), actor=OFFICER,
        moment=day(9, 29),
    )  # fmt: skip
    assert owed(town, case) == {"penalty": CITATION + 9 * 25_000}


def test_a_correction_taken_back_ended_no_fine(
    town: sa.Connection, case: int, certified: int, violation: int
) -> None:
    _find_corrected(town, case, violation, number=28)
    violations.reopen(
        town, violation_id=violation, reason="Next door", actor=MANAGER, moment=day(9, 30)
    )
    assert fine_of(town, certified, as_of=date(2026, 10, 1)).total_cents == 30 * 25_000
    bring_up_to(town, certified, actor=CLERK, moment=day(10, 1))
    assert owed(town, case) == {"penalty": CITATION + 30 * 25_000}


def test_a_correction_before_a_repeat_was_found_ends_nothing(
    town: sa.Connection, case: int, certified: int, violation: int
) -> None:
    _find_corrected(town, case, violation, number=28)
    repeat = {"kind": "repeat", "comply_by": None, "cents_per_day": 25_000}
    for found_on, ended in ((date(2026, 9, 28), True), (date(2026, 9, 29), False)):
        changed = the_order(town)._asdict() | repeat | {"found_on": found_on}
        changed["certified_on"] = None
        assert (terms_of(town, SimpleNamespace(**changed)).end is not None) is ended  # type: ignore[arg-type]
    assert certified


def test_no_order_is_satisfied_while_its_fine_runs(
    town: sa.Connection, case: int, certified: int, violation: int
) -> None:
    _find_corrected(town, case, violation, number=28)
    town.execute(sa.update(Violation).values(corrected_on=None, corrected_by=None))  # as imported
    bring_up_to(town, certified, actor=CLERK, moment=day(9, 28))
    _pay(town, case, CITATION + 27 * 25_000, on=day(9, 28))
    assert not any(owed(town, case).values())
    with pytest.raises(GuardError, match="the violation is corrected"):
        imposing.satisfy(town, order_id=certified, actor=CLERK, moment=day(9, 28))


def _find_corrected(connection: sa.Connection, case: int, violation: int, *, number: int) -> int:
    look = look_again(connection, case, month=9, number=number)
    violations.find_corrected(
        connection, violation_id=violation, inspection_id=look, actor=OFFICER, moment=day(9, number)
    )
    return look


def test_a_pause_reaching_back_gives_its_days_up(
    town: sa.Connection, case: int, certified: int
) -> None:
    bring_up_to(town, certified, actor=CLERK, moment=day(10, 5))
    pausing.pause(
        town, order_id=certified, first_day=date(2026, 10, 1), paper=STAY, reason="Stayed",
        actor=CLERK, moment=day(10, 5),
    )  # fmt: skip
    assert owed(town, case) == {"penalty": CITATION + 29 * 25_000}
    assert _postings(town)[-1][2] == f"order:{certified}:lowered:2026-10-05:2"


def test_a_vacated_order_gives_back_what_it_cost(
    town: sa.Connection, case: int, certified: int
) -> None:
    _pay(town, case, 200_000, on=day(9, 25))
    orders.vacate(town, order_id=certified, reason="Wrong lot", actor=MAGISTRATE, moment=day(9, 26))
    settle_constraints(town)
    # 200,000 was paid and the citation's 10,000 is owed still: it is met first.
    assert (owed(town, case), in_credit(town, case)) == ({"penalty": 0}, 190_000)
    bring_case_up_to(town, case, actor=CLERK, moment=day(10, 5))
    assert imposed(town, the_order(town)) == 0


def test_costs_are_owed_from_the_orders_execution_and_fall_with_it(
    town: sa.Connection, case: int, decided: int, violation: int
) -> None:
    costly = {"hearing_id": decided, "violation_id": violation, "actor": MAGISTRATE}
    with pytest.raises(AmountError, match=r"\$0\.00 was given for the costs"):
        orders.enter(
            town, ordered=orders.Ordered(comply_by=DAILY.comply_by, cents_per_day=1, costs_cents=0),
            moment=day(8, 11), **costly,
        )  # fmt: skip
    ordered = orders.Ordered(comply_by=DAILY.comply_by, cents_per_day=25_000, costs_cents=15_000)
    order = orders.enter(town, ordered=ordered, moment=day(8, 11), **costly)
    assert owed(town, case) == {"penalty": CITATION, "cost": 15_000}
    orders.vacate(town, order_id=order, reason="Wrong lot", actor=MAGISTRATE, moment=day(8, 12))
    assert owed(town, case) == {"penalty": CITATION, "cost": 0}
