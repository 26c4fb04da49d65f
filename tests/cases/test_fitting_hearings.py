"""A decision of the tribunal rests on a hearing of that matter, with that outcome."""

from datetime import date

import pytest
import sqlalchemy as sa
from desk import OFFICER, RESPONDENT, day
from played import DAILY, MAGISTRATE, decide, heard, look_again, the_order

from cases import imposing, orders
from cases.advancing import GuardError
from cases.deadlines import Answer
from cases.hearings import About, Outcome


@pytest.fixture
def contested(town: sa.Connection, sworn: int) -> int:
    """The affidavit of 4 September contested on the 20th."""
    _contest(town, sworn)
    return sworn


def _contest(connection: sa.Connection, order: int, *, month: int = 9, number: int = 20) -> None:
    answer = Answer(received_on=date(2026, month, number))
    orders.contest(
        connection, order_id=order, answer=answer, actor=RESPONDENT, moment=day(month, number)
    )


def _enter(connection: sa.Connection, hearing: int, violation: int, month: int = 8) -> int:
    return orders.enter(
        connection, hearing_id=hearing, violation_id=violation, ordered=DAILY, actor=MAGISTRATE,
        moment=day(month, 11),
    )  # fmt: skip


def test_no_order_is_entered_where_no_violation_was_found(
    town: sa.Connection, violation: int, opened: int
) -> None:
    decide(town, opened, outcome=Outcome.NO_VIOLATION)
    with pytest.raises(GuardError, match="the hearing is decided and found so"):
        _enter(town, opened, violation)


def test_an_order_is_entered_on_a_hearing_of_the_violation_and_for_one_of_its_case(
    town: sa.Connection, case: int, violation: int, decided: int
) -> None:
    with pytest.raises(GuardError, match="the hearing is decided and found so"):
        _enter(town, decided, violation + 1)
    other = heard(
        town, case, About.MITIGATION, held_on=date(2026, 10, 13), outcome=Outcome.VIOLATION
    )
    with pytest.raises(GuardError, match="the hearing is decided and found so"):
        _enter(town, other, violation, month=11)


def test_a_refused_request_lowers_no_fine_and_a_granted_one_lowers_it_once(
    town: sa.Connection, case: int, certified: int
) -> None:
    ask = {"order_id": certified, "reason": "Illness", "actor": MAGISTRATE}
    refused = heard(
        town, case, About.MITIGATION, held_on=date(2026, 10, 6), outcome=Outcome.REFUSED
    )
    with pytest.raises(GuardError, match="the request to reduce the fine was heard and granted"):
        imposing.reduce(town, hearing_id=refused, to_cents=1, moment=day(10, 6), **ask)  # type: ignore[arg-type]
    granted = heard(town, case, About.MITIGATION, held_on=date(2026, 10, 13), asked=day(10, 6))
    imposing.reduce(town, hearing_id=granted, to_cents=100, moment=day(10, 13), **ask)  # type: ignore[arg-type]
    with pytest.raises(GuardError, match="for one reduction"):
        imposing.reduce(town, hearing_id=granted, to_cents=0, moment=day(11, 13), **ask)  # type: ignore[arg-type]


@pytest.mark.parametrize("sustained", [True, False])
def test_an_affidavit_stands_or_falls_as_the_hearing_of_it_found(
    town: sa.Connection, case: int, contested: int, sustained: bool
) -> None:
    found = Outcome.GRANTED if sustained else Outcome.REFUSED
    heard(town, case, About.NONCOMPLIANCE, held_on=date(2026, 10, 13), outcome=found)
    wrong = orders.reject_affidavit if sustained else orders.sustain_affidavit
    with pytest.raises(GuardError, match="the hearing is decided and found so"):
        wrong(town, order_id=contested, reason="Photographs", actor=MAGISTRATE, moment=day(10, 13))


def test_an_earlier_hearing_decides_no_later_affidavit(
    town: sa.Connection, case: int, contested: int
) -> None:
    rule = {"order_id": contested, "reason": "Photographs", "actor": MAGISTRATE}
    heard(town, case, About.NONCOMPLIANCE, held_on=date(2026, 10, 13), outcome=Outcome.REFUSED)
    orders.reject_affidavit(town, moment=day(10, 13), **rule)  # type: ignore[arg-type]
    look = look_again(town, case, month=10, number=20)
    orders.file_affidavit(
        town, order_id=contested, inspection_id=look, actor=OFFICER, moment=day(10, 20)
    )
    _contest(town, contested, month=10, number=21)
    with pytest.raises(GuardError, match="the hearing is decided and found so"):
        orders.reject_affidavit(town, moment=day(10, 22), **rule)  # type: ignore[arg-type]
    assert the_order(town).status == "contested"
