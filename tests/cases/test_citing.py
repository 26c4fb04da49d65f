"""A citation: after a warning unmet, served, answered, waived by a named person, paid."""

from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from desk import CLERK, MANAGER, OFFICER, RESPONDENT, day
from played import CLEAR, HANDED, ORDER, cite, one, story

from cases import citing, inspections, notices, violations, waiving
from cases.adopted import adopt
from cases.advancing import GuardError
from cases.citing import RunningCitationError
from cases.deadlines import Answer
from cases.forum import Excused
from cases.inspections import Entry, Visit
from cases.lawpack.reading import DEFAULT
from cases.ledger.paying import pay
from cases.ledger.reading import owed
from cases.models import Case, Citation, Violation
from cases.opening import close_case
from cases.waiving import ScraCheck, ScraResult
from cases.workflow.registry import NoReasonError, NotNowError


def test_a_citation_follows_a_warning_whose_time_is_over(
    town: sa.Connection, citation: int
) -> None:
    row = one(town, Citation)
    assert (row.id, row.number, row.status) == (citation, "UCV-2026-00001", "issued")
    assert story(town)[-3:] == ["notice_drafted", "notice_issued", "citation_issued"]


@pytest.mark.parametrize(
    ("changes", "lack"),
    [
        ({"moment": day(6, 12)}, "the deadline has passed"),
        ({"penalty_cents": 4_999}, "within what the provision allows"),
        ({"penalty_cents": 25_001}, "within what the provision allows"),
    ],
)
def test_a_citation_too_early_or_too_dear_is_refused(
    town: sa.Connection, violation: int, served: int, changes: dict[str, object], lack: str
) -> None:
    with pytest.raises(GuardError, match=lack):
        cite(town, violation, **changes)
    assert (town.scalar(sa.select(sa.func.count()).select_from(Citation)), served) == (0, served)


def test_without_a_served_warning_a_citation_wants_an_excuse(
    town: sa.Connection, violation: int, warning: int
) -> None:
    with pytest.raises(GuardError, match="a warning was served, or a reason to need none"):
        cite(town, violation)
    cite(town, violation, excused=Excused.SERIOUS_THREAT)
    assert (one(town, Citation).excused, warning) == ("serious_threat", warning)


def test_an_itinerant_trade_is_excused_only_where_the_towns_law_says_so(
    town: sa.Connection, tmp_path: Path, violation: int, warning: int
) -> None:
    silent = tmp_path / "town.toml"
    text = DEFAULT.read_text("utf-8").replace(', "itinerant"]', "]")
    silent.write_text(text.replace('version = "2026.1"', 'version = "2026.silent"'), "utf-8")
    with town.begin_nested() as as_it_was:
        law = adopt(town, silent, on=date(2020, 1, 1))
        town.execute(sa.update(Case).values(law_pack_id=law))
        with pytest.raises(GuardError, match="a warning was served, or a reason to need none"):
            cite(town, violation, excused=Excused.ITINERANT)
        as_it_was.rollback()
    cite(town, violation, excused=Excused.ITINERANT)
    assert (one(town, Citation).excused, warning) == ("itinerant", warning)


def test_one_violation_has_one_citation_running(
    town: sa.Connection, violation: int, citation: int
) -> None:
    with pytest.raises(RunningCitationError, match="UCV-2026-00001 already, which is issued"):
        cite(town, violation)
    citing.void(
        town, citation_id=citation, reason="Wrong section", actor=MANAGER, moment=day(6, 16)
    )
    assert cite(town, violation) != citation


def test_service_starts_the_days_to_answer_and_the_debt(
    town: sa.Connection, case: int, cited: int
) -> None:
    row = one(town, Citation)
    assert (row.status, row.answer_by) == ("served", date(2026, 7, 7))
    assert owed(town, case) == {"penalty": 10_000}
    assert story(town)[-3:] == ["notice_served", "citation_served", "charged"]
    assert cited


def test_a_citation_without_proof_of_service_is_not_served(
    town: sa.Connection, citation: int
) -> None:
    with pytest.raises(GuardError, match="service is proved"):
        citing.confirm_service(town, citation_id=citation, actor=CLERK, moment=day(6, 17))
    assert one(town, Citation).answer_by is None


def test_corrected_and_paid_a_citation_is_settled_and_the_case_closes(
    town: sa.Connection, case: int, violation: int, cited: int
) -> None:
    look = inspections.make(
        town, case_id=case, visit=Visit(entry=Entry.VANTAGE, entry_detail="street"),
        actor=OFFICER, moment=day(6, 20),
    )  # fmt: skip
    violations.find_corrected(
        town, violation_id=violation, inspection_id=look, actor=OFFICER, moment=day(6, 20)
    )
    with pytest.raises(GuardError, match="nothing is owed"):
        citing.settle(town, citation_id=cited, actor=CLERK, moment=day(6, 20))
    pay(
        town, case_id=case, cents=10_000, method="card", order=ORDER, actor="J. Okafor",
        key="till-1", on=date(2026, 6, 20), now=day(6, 20).now,
    )  # fmt: skip
    with pytest.raises(GuardError, match="nothing in the case"):
        close_case(town, case_id=case, reason="Done", actor=CLERK, moment=day(6, 20))
    citing.settle(town, citation_id=cited, actor=CLERK, moment=day(6, 20))
    close_case(town, case_id=case, reason="Corrected and paid", actor=CLERK, moment=day(6, 20))
    assert story(town)[-3:] == ["paid", "citation_settled", "case_closed"]


@pytest.mark.parametrize(("received", "timely"), [((7, 7), True), ((7, 8), False)])
def test_a_hearing_is_asked_for_by_the_deadline_as_received(
    town: sa.Connection, cited: int, received: tuple[int, int], timely: bool
) -> None:
    answer = Answer(received_on=day(*received).on, postmarked_on=date(2026, 7, 3))
    asked = {"citation_id": cited, "answer": answer, "actor": CLERK, "moment": day(7, 8)}
    if not timely:
        with pytest.raises(GuardError, match="within the time the law gives"):
            citing.request_hearing(town, **asked)  # type: ignore[arg-type]
        return
    citing.request_hearing(town, **asked)  # type: ignore[arg-type]
    row = one(town, Citation)
    assert (row.status, row.contested_on) == ("contested", date(2026, 7, 7))
    citing.withdraw_request(town, citation_id=cited, actor=RESPONDENT, moment=day(7, 9))
    assert (one(town, Citation).status, one(town, Citation).contested_on) == ("served", None)


def test_a_waiver_is_confirmed_by_a_named_person_after_the_military_check(
    town: sa.Connection, cited: int
) -> None:
    waiving.confirm_waiver(town, citation_id=cited, check=CLEAR, actor=CLERK, moment=day(7, 13))
    row = one(town, Citation)
    assert (row.status, row.waived_by, row.scra_result) == (
        "admitted", "J. Okafor", "not_in_service",
    )  # fmt: skip
    with pytest.raises(NoReasonError):
        waiving.vacate_waiver(town, citation_id=cited, reason="", actor=MANAGER, moment=day(7, 20))
    waiving.vacate_waiver(
        town, citation_id=cited, reason="Was in hospital", actor=MANAGER, moment=day(7, 20)
    )
    row = one(town, Citation)
    assert (row.status, row.waived_on, row.contested_on) == ("contested", None, date(2026, 7, 20))


@pytest.mark.parametrize(
    ("check", "on", "lack"),
    [
        (None, day(7, 13), "military-service"),
        (ScraCheck(checked_on=date(2026, 7, 13), result=ScraResult.IN_SERVICE), day(7, 13),
         "military-service"),
        (ScraCheck(checked_on=date(2026, 7, 7), result=ScraResult.NOT_IN_SERVICE), day(7, 7),
         "the deadline has passed"),
    ],
)  # fmt: skip
def test_no_waiver_without_check_or_before_the_deadline_is_over(
    town: sa.Connection, cited: int, check: ScraCheck | None, on: object, lack: str
) -> None:
    with pytest.raises(GuardError, match=lack):
        waiving.confirm_waiver(
            town,
            citation_id=cited,
            check=check,
            actor=CLERK,
            moment=on,  # type: ignore[arg-type]
        )
    assert one(town, Citation).status == "served"


def test_an_officer_confirms_no_waiver(town: sa.Connection, cited: int) -> None:
    with pytest.raises(NotNowError, match="for the clerk or manager, not for the officer"):
        waiving.confirm_waiver(
            town, citation_id=cited, check=CLEAR, actor=OFFICER, moment=day(7, 13)
        )


def test_what_is_corrected_is_not_cited(
    town: sa.Connection, case: int, violation: int, served: int
) -> None:
    look = inspections.make(
        town, case_id=case, visit=Visit(entry=Entry.VANTAGE, entry_detail="street"),
        actor=OFFICER, moment=day(6, 14),
    )  # fmt: skip
    violations.find_corrected(
        town, violation_id=violation, inspection_id=look, actor=OFFICER, moment=day(6, 14)
    )
    with pytest.raises(GuardError, match="the violation is open"):
        cite(town, violation)
    assert (one(town, Violation).status, served) == ("corrected", served)


def test_a_citation_voided_after_service_owes_nothing(
    town: sa.Connection, case: int, cited: int
) -> None:
    citing.void(town, citation_id=cited, reason="Wrong section", actor=MANAGER, moment=day(6, 18))
    assert not any(owed(town, case).values())
    assert story(town)[-2:] == ["citation_voided", "waived"]


def test_a_notice_confirmed_by_itself_does_not_bar_its_citation(
    town: sa.Connection, citation: int
) -> None:
    notice = one(town, Citation).notice_id
    notices.record_attempt(town, notice_id=notice, attempt=HANDED, actor=OFFICER, moment=day(6, 17))
    notices.confirm_service(town, notice_id=notice, actor=CLERK, moment=day(6, 17))
    citing.confirm_service(town, citation_id=citation, actor=CLERK, moment=day(6, 17))
    assert one(town, Citation).status == "served"


def test_whom_the_service_of_a_citation_is_refused_leaves_its_notice_as_it_was(
    town: sa.Connection, citation: int
) -> None:
    notice = one(town, Citation).notice_id
    notices.record_attempt(town, notice_id=notice, attempt=HANDED, actor=OFFICER, moment=day(6, 17))
    citing.void(town, citation_id=citation, reason="Wrong lot", actor=MANAGER, moment=day(6, 17))
    told = story(town)
    with pytest.raises(NotNowError, match="the citation is voided"):
        citing.confirm_service(town, citation_id=citation, actor=CLERK, moment=day(6, 17))
    assert story(town) == told
