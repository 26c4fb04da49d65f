"""After the hearing: the order, the affidavit and its contest, the fine certified and reduced."""

import dataclasses
from datetime import date

import pytest
import sqlalchemy as sa
from desk import CLERK, OFFICER, RESPONDENT, day
from played import (
    DAILY,
    MAGISTRATE,
    heard,
    look_again,
    one,
    story,
    the_order,
)

from cases import imposing, notices, orders, violations
from cases.advancing import GuardError
from cases.deadlines import Answer
from cases.errors import FineRateError, FineTermsError
from cases.fines.rules import FineKind
from cases.hearings import About, Outcome
from cases.imposing import ReductionError
from cases.models import (
    Case,
    EnforcementOrder,
    Notice,
    Respondent,
    Violation,
)
from cases.notice_words import NoticeKind
from cases.ordered import Ordered, VacatedError, fine_of, in_words
from cases.orders import ComplianceDayError
from cases.service.attempts import Attempt, Method
from cases.workflow.registry import NotNowError


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"cents_per_day": 25_001}, FineRateError),
        ({"kind": FineKind.REPEAT, "found_on": date(2026, 6, 1), "cents_per_day": 50_001},
         FineRateError),
        ({"cents_per_day": None}, FineTermsError),
        ({"comply_by": None}, FineTermsError),
    ],
)  # fmt: skip
def test_an_order_over_the_cap_or_without_terms_is_refused(
    town: sa.Connection, decided: int, violation: int, changes: dict[str, object], error: type
) -> None:
    with pytest.raises(error):
        orders.enter(
            town, hearing_id=decided, violation_id=violation,
            ordered=dataclasses.replace(DAILY, **changes), actor=MAGISTRATE, moment=day(8, 11),
        )  # fmt: skip
    assert town.scalar(sa.select(sa.func.count()).select_from(EnforcementOrder)) == 0


def test_an_order_wants_a_decided_hearing_and_a_magistrate(
    town: sa.Connection, opened: int, violation: int
) -> None:
    enter = {"hearing_id": opened, "violation_id": violation, "ordered": DAILY}
    with pytest.raises(GuardError, match="the hearing is decided"):
        orders.enter(town, actor=MAGISTRATE, moment=day(8, 11), **enter)  # type: ignore[arg-type]
    with pytest.raises(NotNowError, match="for the hearing officer, not for the clerk"):
        orders.enter(town, actor=CLERK, moment=day(8, 11), **enter)  # type: ignore[arg-type]


def test_what_an_order_orders_is_frozen(town: sa.Connection, order: int) -> None:
    change = sa.update(EnforcementOrder).where(EnforcementOrder.id == order)
    with (
        pytest.raises(sa.exc.IntegrityError, match="what it orders is frozen"),
        town.begin_nested(),
    ):
        town.execute(change.values(cents_per_day=100))


def test_what_is_sent_says_what_was_ordered(town: sa.Connection, ordered: int) -> None:
    query = sa.select(Notice.content).where(Notice.kind == NoticeKind.ORDER)
    said = town.execute(query).scalar_one()["says"]
    assert (said["comply_by"], said["cents_per_day"]) == ("2026-09-01", 25_000)
    assert said["number"] == the_order(town).number
    assert said["findings"] == "Grass of 20 inches on 4 June and after"
    assert said["concludes"] == "What was found is a violation of section 30-36(a) of the code."
    assert ordered


def test_met_in_time_an_order_costs_nothing(town: sa.Connection, case: int, ordered: int) -> None:
    look = look_again(town, case, month=9, number=1)
    orders.verify_compliance(
        town, order_id=ordered, inspection_id=look, complied_on=date(2026, 8, 30), actor=OFFICER,
        moment=day(9, 1),
    )  # fmt: skip
    assert the_order(town).status == "complied"
    assert fine_of(town, ordered, as_of=date(2026, 12, 1)).total_cents == 0
    with pytest.raises(NotNowError, match="the order is complied"):
        orders.file_affidavit(
            town, order_id=ordered, inspection_id=look, actor=OFFICER, moment=day(9, 2)
        )


def test_no_affidavit_before_the_day_or_without_a_look(
    town: sa.Connection, case: int, ordered: int
) -> None:
    look = look_again(town, case, month=9, number=1)
    with pytest.raises(GuardError, match="the day to comply by has passed"):
        orders.file_affidavit(
            town, order_id=ordered, inspection_id=look, actor=OFFICER, moment=day(9, 1)
        )
    with pytest.raises(GuardError, match="an inspection is on record"):
        orders.file_affidavit(
            town, order_id=ordered, inspection_id=0, actor=OFFICER, moment=day(9, 2)
        )


def test_no_fine_is_certified_while_the_affidavit_may_be_contested(
    town: sa.Connection, sworn: int
) -> None:
    assert the_order(town).contest_by == date(2026, 9, 24)
    with pytest.raises(GuardError, match="the time to contest the affidavit has passed"):
        imposing.certify(town, order_id=sworn, actor=MAGISTRATE, moment=day(9, 24))
    late = Answer(received_on=date(2026, 9, 25))
    with pytest.raises(GuardError, match="within the time"):
        orders.contest(town, order_id=sworn, answer=late, actor=RESPONDENT, moment=day(9, 25))


@pytest.mark.parametrize("sustained", [True, False])
def test_a_contested_affidavit_is_heard_first(
    town: sa.Connection, case: int, sworn: int, sustained: bool
) -> None:
    answer = Answer(received_on=date(2026, 9, 20))
    orders.contest(town, order_id=sworn, answer=answer, actor=RESPONDENT, moment=day(9, 20))
    with pytest.raises(NotNowError, match="the order is contested"):
        imposing.certify(town, order_id=sworn, actor=MAGISTRATE, moment=day(9, 30))
    rule = orders.sustain_affidavit if sustained else orders.reject_affidavit
    asked = {"order_id": sworn, "reason": "Photographs", "actor": MAGISTRATE}
    with pytest.raises(GuardError, match="the hearing is decided"):
        rule(town, moment=day(9, 30), **asked)  # type: ignore[arg-type]
    outcome = Outcome.GRANTED if sustained else Outcome.REFUSED
    heard(town, case, About.NONCOMPLIANCE, held_on=date(2026, 10, 13), outcome=outcome)
    rule(town, moment=day(10, 13), **asked)  # type: ignore[arg-type]
    if sustained:
        imposed = imposing.certify(town, order_id=sworn, actor=MAGISTRATE, moment=day(10, 13))
        assert imposed.certified
    else:
        assert (the_order(town).status, the_order(town).affidavit_on) == ("served", None)


def test_a_certified_fine_is_reduced_after_a_hearing_and_goes_on_from_there(
    town: sa.Connection, case: int, sworn: int
) -> None:
    imposing.certify(town, order_id=sworn, actor=MAGISTRATE, moment=day(9, 25))
    hearing = heard(town, case, About.MITIGATION, held_on=date(2026, 10, 13))
    imposing.reduce(
        town, order_id=sworn, hearing_id=hearing, to_cents=100_000, reason="Illness",
        actor=MAGISTRATE, moment=day(10, 13),
    )  # fmt: skip
    assert fine_of(town, sworn, as_of=date(2026, 10, 12)).total_cents == 41 * 25_000
    assert fine_of(town, sworn, as_of=date(2026, 10, 13)).total_cents == 100_000
    assert fine_of(town, sworn, as_of=date(2026, 10, 15)).total_cents == 150_000
    look = look_again(town, case, month=10, number=20)
    orders.verify_compliance(
        town, order_id=sworn, inspection_id=look, complied_on=date(2026, 10, 16), actor=OFFICER,
        moment=day(10, 20),
    )  # fmt: skip
    assert the_order(town).status == "certified"
    assert fine_of(town, sworn, as_of=date(2026, 12, 1)).total_cents == 150_000


def test_a_reduction_wants_a_hearing_on_it(town: sa.Connection, sworn: int, decided: int) -> None:
    imposing.certify(town, order_id=sworn, actor=MAGISTRATE, moment=day(9, 25))
    with pytest.raises(GuardError, match="the request to reduce the fine was heard"):
        imposing.reduce(
            town, order_id=sworn, hearing_id=decided, to_cents=0, reason="Kind",
            actor=MAGISTRATE, moment=day(9, 26),
        )  # fmt: skip


def test_a_vacated_order_is_set_aside_with_a_reason(town: sa.Connection, ordered: int) -> None:
    warned, until = one(town, Violation).comply_by, the_order(town).comply_by
    assert one(town, Case).next_due == until != warned
    orders.vacate(
        town, order_id=ordered, reason="Notice went astray", actor=MAGISTRATE, moment=day(8, 20)
    )
    assert the_order(town).status == "vacated"
    assert one(town, Case).next_due == warned
    with pytest.raises(VacatedError, match="no fine runs under it"):
        fine_of(town, ordered, as_of=date(2026, 12, 1))
    with pytest.raises(NotNowError, match="the order is vacated"):
        orders.vacate(town, order_id=ordered, reason="Again", actor=MAGISTRATE, moment=day(8, 20))


@pytest.mark.parametrize(
    ("ordered", "words"),
    [
        (DAILY, "comply by September 1, 2026, else $250.00 a day"),
        (Ordered(kind=FineKind.REPEAT, found_on=date(2026, 6, 1), cents_per_day=50_000,
                 total_cap_cents=1_000_000),
         "$500.00 a day from June 1, 2026, when the repeat was found, at most $10,000.00"),
        (Ordered(kind=FineKind.IRREPARABLE, found_on=date(2026, 6, 1), one_time_cents=500_000),
         "one fine of $5,000.00 for an irreparable violation"),
    ],
)  # fmt: skip
def test_what_is_ordered_is_said_in_half_a_sentence(ordered: Ordered, words: str) -> None:
    assert in_words(ordered) == words


def test_an_order_runs_until_it_is_met(town: sa.Connection, case: int, ordered: int) -> None:
    assert one(town, Case).phase == "ordered"
    look = look_again(town, case, month=8, number=20)
    orders.verify_compliance(
        town, order_id=ordered, inspection_id=look, complied_on=date(2026, 8, 19), actor=OFFICER,
        moment=day(8, 20),
    )  # fmt: skip
    assert one(town, Case).phase == "hearing"


def test_a_refused_order_uses_up_no_number(
    town: sa.Connection, decided: int, violation: int
) -> None:
    enter = {"hearing_id": decided, "violation_id": violation, "actor": MAGISTRATE}
    over = dataclasses.replace(DAILY, cents_per_day=25_001)
    with pytest.raises(FineRateError, match=r"Order to be entered sets \$250\.01"):
        orders.enter(town, ordered=over, moment=day(8, 11), **enter)  # type: ignore[arg-type]
    orders.enter(town, ordered=DAILY, moment=day(8, 11), **enter)  # type: ignore[arg-type]
    assert the_order(town).number == "ORD-2026-00001"


def test_what_is_irreparable_is_not_over_before_it_was_found(
    town: sa.Connection, case: int, decided: int, violation: int
) -> None:
    once = Ordered(kind=FineKind.IRREPARABLE, found_on=date(2026, 6, 1), one_time_cents=500_000)
    entered = orders.enter(
        town, hearing_id=decided, violation_id=violation, ordered=once, actor=MAGISTRATE,
        moment=day(8, 11),
    )  # fmt: skip
    look = look_again(town, case, month=8, number=12)
    verify = {"order_id": entered, "inspection_id": look, "actor": OFFICER, "moment": day(8, 12)}
    with pytest.raises(ComplianceDayError, match="found on 2026-06-01, which cannot have been"):
        orders.verify_compliance(town, complied_on=date(2026, 5, 31), **verify)  # type: ignore[arg-type]
    with pytest.raises(ComplianceDayError, match="made on 2026-08-12, which cannot show"):
        orders.verify_compliance(town, complied_on=date(2026, 8, 13), **verify)  # type: ignore[arg-type]
    orders.verify_compliance(town, complied_on=date(2026, 6, 2), **verify)  # type: ignore[arg-type]
    assert fine_of(town, entered, as_of=date(2026, 8, 12)).total_cents == 500_000


def test_a_fine_is_reduced_once_a_day_and_not_below_nothing(
    town: sa.Connection, case: int, sworn: int
) -> None:
    imposing.certify(town, order_id=sworn, actor=MAGISTRATE, moment=day(9, 25))
    first = heard(town, case, About.MITIGATION, held_on=date(2026, 10, 6))
    second = heard(town, case, About.MITIGATION, held_on=date(2026, 10, 13), asked=day(10, 6))
    reduce = {"order_id": sworn, "reason": "Ill", "actor": MAGISTRATE, "moment": day(10, 13)}
    with pytest.raises(ReductionError, match="to nothing at the least"):
        imposing.reduce(town, hearing_id=first, to_cents=-1, **reduce)  # type: ignore[arg-type]
    imposing.reduce(town, hearing_id=first, to_cents=100, **reduce)  # type: ignore[arg-type]
    with pytest.raises(ReductionError, match=r"lowered to \$1.00 on 2026-10-13 already"):
        imposing.reduce(town, hearing_id=second, to_cents=50, **reduce)  # type: ignore[arg-type]


def test_an_officer_confirms_no_service_of_an_order_nor_by_the_way_of_its_notice(
    town: sa.Connection, order: int
) -> None:
    notice = orders.send(
        town, order_id=order, respondent_id=one(town, Respondent).id, actor=CLERK,
        moment=day(8, 12),
    )  # fmt: skip
    handed = Attempt(method=Method.HAND, made_on=date(2026, 8, 12), affidavit_on=date(2026, 8, 12))
    notices.record_attempt(town, notice_id=notice, attempt=handed, actor=OFFICER, moment=day(8, 12))
    told = story(town)
    with pytest.raises(NotNowError, match="for the clerk, not for the officer"):
        orders.confirm_service(town, order_id=order, actor=OFFICER, moment=day(8, 12))
    assert story(town) == told


def test_an_order_about_what_is_corrected_is_not_sent_and_leaves_no_draft(
    town: sa.Connection, case: int, violation: int, order: int
) -> None:
    look = look_again(town, case, month=8, number=12)
    violations.find_corrected(
        town, violation_id=violation, inspection_id=look, actor=OFFICER, moment=day(8, 12)
    )
    told = story(town)
    with pytest.raises(GuardError, match="names an open violation"):
        orders.send(
            town, order_id=order, respondent_id=one(town, Respondent).id, actor=CLERK,
            moment=day(8, 12),
        )  # fmt: skip
    assert story(town) == told
