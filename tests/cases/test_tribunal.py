"""Before the magistrate: docket by proof, hearing, order, affidavit, contest, certified fine."""

import dataclasses
from datetime import date

import pytest
import sqlalchemy as sa
from desk import CLERK, MANAGER, OFFICER, RESPONDENT, day
from played import (
    DAILY,
    MAGISTRATE,
    a_sitting,
    decide,
    heard,
    look_again,
    one,
    put_on_docket,
    story,
    tell_of_hearing,
    the_order,
)

from cases import agreeing, citing, continuing, hearings, imposing, notices, orders, violations
from cases.advancing import GuardError
from cases.days import DayError
from cases.deadlines import Answer
from cases.errors import FineRateError, FineTermsError
from cases.fines.rules import FineKind
from cases.hearings import About, Outcome
from cases.imposing import ReductionError
from cases.models import (
    Case,
    Citation,
    EnforcementOrder,
    Hearing,
    HearingSession,
    Notice,
    Respondent,
    Violation,
)
from cases.notice_words import NoticeKind
from cases.ordered import Ordered, VacatedError, fine_of, in_words
from cases.orders import ComplianceDayError
from cases.service.attempts import Attempt, Method
from cases.story import events_of, told
from cases.workflow.registry import NoReasonError, NotNowError


def test_from_a_contested_citation_to_a_certified_fine(
    town: sa.Connection, cited: int, decided: int, sworn: int
) -> None:
    citing.uphold(town, citation_id=cited, actor=MAGISTRATE, moment=day(9, 4))
    before = fine_of(town, sworn, as_of=date(2026, 9, 11))
    assert (before.total_cents, before.label) == (250_000, "potential, not imposed")
    imposed = imposing.certify(town, order_id=sworn, actor=MAGISTRATE, moment=day(9, 25))
    assert (imposed.total_cents, imposed.per_diem_cents) == (24 * 25_000, 25_000)
    assert imposed.label == "imposed"
    assert "past September 1, 2026, the date set (s. 162.09(1)" in imposed.lines[0].explanation
    assert story(town)[-3:] == ["citation_upheld", "fine_certified", "charged"]
    assert decided


def test_nothing_is_docketed_without_the_proof_of_its_own_case_before_the_day(
    town: sa.Connection, hearing: int, sitting: int, law: int
) -> None:
    docket = {"hearing_id": hearing, "session_id": sitting, "actor": CLERK, "moment": day(7, 2)}
    with pytest.raises(GuardError, match="service is proved"):
        hearings.docket(town, proof=None, **docket)  # type: ignore[arg-type]
    notice = one(town, Citation).notice_id
    proof = notices.service_of(town, notice, on=date(2026, 7, 2)).proof
    assert proof is not None
    early = a_sitting(town, held_on=date(2026, 6, 16))
    with pytest.raises(GuardError, match="service is proved"):
        hearings.docket(town, proof=proof, **{**docket, "session_id": early})  # type: ignore[arg-type]
    town.execute(sa.delete(HearingSession).where(HearingSession.id == early))
    object.__setattr__(proof, "notice_id", notice + 1000)
    with pytest.raises(GuardError, match="service is proved"):
        hearings.docket(town, proof=proof, **docket)  # type: ignore[arg-type]
    assert (one(town, Hearing).status, law) == ("requested", law)


def test_a_full_sitting_takes_no_more(
    town: sa.Connection, case: int, docketed: int, sitting: int
) -> None:
    other = hearings.request(
        town, case_id=case, about=About.VIOLATION, actor=MANAGER, moment=day(7, 2)
    )
    with pytest.raises(GuardError, match="the session has room"):
        put_on_docket(town, other, sitting)
    continuing.continue_hearing(
        town, hearing_id=docketed, reason="Counsel is ill", actor=CLERK, moment=day(7, 2)
    )
    assert put_on_docket(town, other, sitting) == 1


def test_a_hearing_put_off_is_docketed_anew(town: sa.Connection, docketed: int) -> None:
    with pytest.raises(NoReasonError):
        continuing.continue_hearing(
            town, hearing_id=docketed, reason="", actor=CLERK, moment=day(7, 3)
        )
    continuing.continue_hearing(
        town, hearing_id=docketed, reason="Counsel is ill", actor=CLERK, moment=day(7, 3)
    )
    row = one(town, Hearing)
    assert (row.status, row.session_id, row.docket_place) == ("continued", None, None)
    later = a_sitting(town, held_on=date(2026, 9, 8))
    notice = one(town, Citation).notice_id
    proof = notices.service_of(town, notice, on=date(2026, 7, 3)).proof
    place = hearings.docket(
        town, hearing_id=docketed, session_id=later, proof=proof, actor=CLERK, moment=day(7, 3)
    )
    assert place == 1
    hearings.cancel(town, hearing_id=docketed, reason="Corrected", actor=CLERK, moment=day(7, 4))
    assert one(town, Hearing).status == "cancelled"


def test_a_hearing_opens_on_its_day_to_one_who_was_told_with_a_quorum(
    town: sa.Connection, case: int, docketed: int
) -> None:
    ask = {"hearing_id": docketed, "actor": MAGISTRATE}
    with pytest.raises(GuardError, match="notice of hearing is served"):
        hearings.open_hearing(town, members_sitting=1, moment=day(8, 11), **ask)  # type: ignore[arg-type]
    tell_of_hearing(town, case)
    with pytest.raises(GuardError, match="enough members sit"):
        hearings.open_hearing(town, members_sitting=0, moment=day(8, 11), **ask)  # type: ignore[arg-type]
    with pytest.raises(GuardError, match="enough members sit"):
        hearings.open_hearing(town, members_sitting=1, moment=day(8, 10), **ask)  # type: ignore[arg-type]
    hearings.open_hearing(town, members_sitting=1, moment=day(8, 11), **ask)  # type: ignore[arg-type]
    assert one(town, Hearing).status == "opened"


@pytest.mark.parametrize(
    ("changes", "lack"), [({"sworn": False}, "sworn"), ({"findings": " "}, "findings of fact")]
)
def test_a_decision_wants_oath_and_findings(
    town: sa.Connection, opened: int, changes: dict[str, object], lack: str
) -> None:
    with pytest.raises(GuardError, match=lack):
        decide(town, opened, **changes)
    assert one(town, Hearing).outcome is None


def test_a_hearing_may_end_in_an_agreement_both_signed(town: sa.Connection, opened: int) -> None:
    def agree(*, signed: bool = True, keep_by: date = date(2026, 9, 30)) -> None:
        agreeing.agree(
            town, hearing_id=opened, agreement="Mown every two weeks.", keep_by=keep_by,
            signed_by_respondent=signed, actor=MAGISTRATE, moment=day(8, 11),
        )  # fmt: skip

    with pytest.raises(GuardError, match="have signed"):
        agree(signed=False)
    with pytest.raises(DayError, match="August 10, 2026 is over"):
        agree(keep_by=date(2026, 8, 10))
    agree()
    case = one(town, Case)
    line = list(told(town.execute(events_of(case.id)).all()))[-1]
    assert line.sentences == (
        "The town and the respondent agreed how to comply: Mown every two weeks.",
        "It is to be kept by September 30, 2026.",
        "Section 30-36(a) is to be corrected by September 30, 2026: as agreed.",
    )
    assert case.next_due == date(2026, 9, 30)


def test_a_citation_is_dismissed_only_as_the_hearing_found(
    town: sa.Connection, cited: int, opened: int
) -> None:
    decide(town, opened, outcome=Outcome.NO_VIOLATION, findings="Photograph of another lot")
    with pytest.raises(GuardError, match="the hearing is decided"):
        citing.uphold(town, citation_id=cited, actor=MAGISTRATE, moment=day(8, 11))
    citing.dismiss(town, citation_id=cited, reason="Wrong lot", actor=MAGISTRATE, moment=day(8, 11))
    assert one(town, Citation).status == "dismissed"


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


def test_a_case_is_cited_heard_and_ordered_as_its_parts_are(
    town: sa.Connection, cited: int, case: int
) -> None:
    assert one(town, Case).phase == "cited"
    answer = Answer(received_on=date(2026, 7, 1))
    citing.request_hearing(
        town, citation_id=cited, answer=answer, actor=RESPONDENT, moment=day(7, 1)
    )
    assert one(town, Case).phase == "hearing"
    assert case


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


def test_a_hearing_on_no_docket_is_not_opened(town: sa.Connection, hearing: int) -> None:
    with pytest.raises(NotNowError, match="the hearing is requested"):
        hearings.open_hearing(
            town, hearing_id=hearing, members_sitting=1, actor=MAGISTRATE, moment=day(8, 11)
        )


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
