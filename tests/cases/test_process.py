"""A case from the officer's eye to its closing, through the commands alone, as the app role."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from desk import CLERK, MANAGER, OFFICER, RESIDENT, RESPONDENT, day
from played import AT, LOOKED_AGAIN, look_again, one, story

from cases import inspections, notices, violations
from cases.adopted import NoLawError, adopt, provision
from cases.advancing import ClosedCaseError, GuardError, OutOfOrderError
from cases.history import faults
from cases.inspections import Entry, Visit
from cases.lawpack.reading import DEFAULT, read_pack
from cases.models import Case, CaseEvent, Inspection, Notice, Violation
from cases.notice_words import NoticeKind
from cases.opening import (
    RespondentKind,
    close_case,
    name_respondent,
    open_case,
    reopen_case,
    void_case,
)
from cases.parts import NoSuchPartError
from cases.service.attempts import Attempt, Method
from cases.workflow.registry import NoReasonError, NotNowError


def test_a_case_opens_on_its_parcel_under_the_law_of_the_day(
    town: sa.Connection, case: int, law: int
) -> None:
    row = one(town, Case)
    assert (row.id, row.number, row.law_pack_id) == (case, "CE-2026-00001", law)
    assert (row.phase, row.published, row.priority) == ("reported", False, 4)
    assert (row.tie_method, row.tie_confidence) == ("parcel_no", 1.0)
    assert row.zone_id is not None
    second = open_case(
        town, category="Noise", place=AT, law_pack_id=law, actor=CLERK, moment=day(6, 1)
    )
    query = sa.select(Case.number, Case.priority).where(Case.id == second)
    assert tuple(town.execute(query).one()) == ("CE-2026-00002", 3)


def test_from_the_officers_eye_to_a_mown_lot(
    town: sa.Connection, case: int, violation: int, served: int
) -> None:
    assert one(town, Case).phase == "open"
    assert one(town, Case).published
    assert one(town, Violation).comply_by == date(2026, 6, 12)
    again = look_again(town, case, month=6, number=15)
    violations.find_corrected(
        town, violation_id=violation, inspection_id=again, actor=OFFICER, moment=day(6, 15)
    )
    close_case(town, case_id=case, reason="Mown", actor=OFFICER, moment=day(6, 15))
    row = one(town, Case)
    assert (row.phase, row.closed_on, row.next_due) == ("complied", date(2026, 6, 15), None)
    assert story(town) == [
        "case_opened", "inspection_made", "violation_alleged", "violation_verified",
        "respondent_named", "notice_drafted", "notice_issued", "service_attempted",
        "notice_served", "inspection_made", "violation_corrected", "case_closed",
    ]  # fmt: skip
    assert list(faults(town)) == []
    assert (one(town, Violation).corrected_by, served) == ("M. Rivera", one(town, Notice).id)


def test_what_a_notice_said_is_frozen_with_its_recipient_and_its_law(
    town: sa.Connection, warning: int
) -> None:
    content = one(town, Notice).content
    assert (content["recipient"], content["address"]) == ("P. Lane", "9 Birch Ave")
    assert content["law"] == "Florida town with a special magistrate, 2026.1"
    (told,) = content["violations"]
    assert (told["section"], told["days"]) == ("30-36(a)", 10)
    assert told["corrected_by"].startswith("Mow")
    with pytest.raises(sa.exc.IntegrityError, match="its text is frozen"), town.begin_nested():
        town.execute(sa.update(Notice).where(Notice.id == warning).values(content={}))


def test_a_warning_mailed_on_a_weekday_is_due_ten_days_on_and_says_why(
    town: sa.Connection, served: int, violation: int
) -> None:
    event = sa.select(CaseEvent.details).where(CaseEvent.kind == "notice_served")
    details = town.execute(event).scalar_one()
    assert details["method"] == "first_class_mail"
    assert details["deadlines"] == {str(violation): "10 days after June 2, 2026 (town's choice)"}
    assert served


def test_nothing_is_served_without_proof_and_what_is_missing_is_said(
    town: sa.Connection, warning: int
) -> None:
    with pytest.raises(GuardError, match="It takes that service is proved"):
        notices.confirm_service(town, notice_id=warning, actor=CLERK, moment=day(6, 3))
    assert one(town, Notice).status == "issued"
    stands = notices.service_of(town, warning, on=date(2026, 6, 3))
    assert stands.proof is None
    assert {way.method for way in stands.ways} >= {Method.FIRST_CLASS_MAIL, Method.HAND}


def test_a_notice_handed_over_is_served_once_the_affidavit_is_in(
    town: sa.Connection, warning: int
) -> None:
    handed = Attempt(method=Method.HAND, made_on=date(2026, 6, 3), server="M. Rivera")
    attempt = notices.record_attempt(
        town, notice_id=warning, attempt=handed, actor=OFFICER, moment=day(6, 3)
    )
    with pytest.raises(GuardError):
        notices.confirm_service(town, notice_id=warning, actor=CLERK, moment=day(6, 3))
    notices.complete_attempt(
        town, attempt_id=attempt, affidavit_on=date(2026, 6, 4), actor=CLERK, moment=day(6, 4)
    )
    notices.confirm_service(town, notice_id=warning, actor=CLERK, moment=day(6, 4))
    row = one(town, Notice)
    assert (row.status, row.served_on, row.served_by) == ("served", date(2026, 6, 3), "hand")


def test_a_notice_of_nothing_or_to_nobody_is_not_issued(
    town: sa.Connection, case: int, violation: int
) -> None:
    owner = name_respondent(
        town, case_id=case, kind=RespondentKind.TENANT, name="T. Hill", address="9 Birch Ave",
        actor=CLERK, moment=day(6, 1),
    )  # fmt: skip
    empty = notices.draft(
        town, case_id=case, kind=NoticeKind.WARNING, respondent_id=owner, violation_ids=[],
        actor=OFFICER, moment=day(6, 2),
    )  # fmt: skip
    with pytest.raises(GuardError, match="names an open violation"):
        notices.issue(town, notice_id=empty, actor=OFFICER, moment=day(6, 2))
    notices.discard(town, notice_id=empty, actor=OFFICER, moment=day(6, 2))
    with pytest.raises(NotNowError, match="the notice is discarded"):
        notices.issue(town, notice_id=empty, actor=OFFICER, moment=day(6, 2))
    assert violation


@pytest.mark.parametrize(
    ("entry", "detail"), [(Entry.VANTAGE, " "), (Entry.CONSENT, ""), (Entry.WARRANT, "")]
)
def test_an_inspection_says_by_what_right_the_officer_saw(
    town: sa.Connection, case: int, entry: Entry, detail: str
) -> None:
    visit = Visit(entry=entry, entry_detail=detail)
    with pytest.raises(GuardError, match="by what right"):
        inspections.make(town, case_id=case, visit=visit, actor=OFFICER, moment=day(6, 1))
    assert town.scalar(sa.select(sa.func.count()).select_from(Inspection)) == 0


def test_what_was_seen_where_entry_was_refused_verifies_nothing(
    town: sa.Connection, case: int
) -> None:
    refused = Visit(entry=Entry.REFUSED, entry_detail="")
    inspection = inspections.make(
        town, case_id=case, visit=refused, actor=OFFICER, moment=day(6, 1)
    )
    alleged = violations.allege(town, case_id=case, section="303.1", actor=CLERK, moment=day(6, 1))
    with pytest.raises(GuardError, match="by what right the officer saw it"):
        violations.verify(
            town, violation_id=alleged, inspection_id=inspection, actor=OFFICER, moment=day(6, 1)
        )
    with pytest.raises(GuardError, match="an inspection is on record"):
        violations.verify(
            town, violation_id=alleged, inspection_id=0, actor=OFFICER, moment=day(6, 1)
        )
    assert not one(town, Case).published


def test_a_reinspection_is_booked_confirmed_moved_and_kept(
    town: sa.Connection, case: int, violation: int
) -> None:
    at = datetime(2026, 6, 15, 14, tzinfo=UTC)
    booked = inspections.book(town, case_id=case, at=at, actor=RESPONDENT, moment=day(6, 3))
    inspections.confirm(town, inspection_id=booked, actor=OFFICER, moment=day(6, 3))
    later = at.replace(day=17)
    inspections.postpone(town, inspection_id=booked, at=later, actor=RESPONDENT, moment=day(6, 4))
    query = sa.select(Inspection.status, Inspection.booked_for).where(Inspection.id == booked)
    assert tuple(town.execute(query).one()) == ("booked", later)
    inspections.keep(
        town, inspection_id=booked, visit=LOOKED_AGAIN, actor=OFFICER, moment=day(6, 17)
    )
    violations.find_standing(
        town, violation_id=violation, inspection_id=booked, actor=OFFICER, moment=day(6, 17)
    )
    assert one(town, Violation).status == "open"
    with pytest.raises(NotNowError, match="the inspection is made"):
        inspections.find_no_access(
            town, inspection_id=booked, reason="Gate", actor=OFFICER, moment=day(6, 17)
        )


def test_a_locked_gate_is_no_access_with_its_reason(town: sa.Connection, case: int) -> None:
    at = datetime(2026, 6, 15, 14, tzinfo=UTC)
    booked = inspections.book(town, case_id=case, at=at, actor=CLERK, moment=day(6, 3))
    with pytest.raises(NoReasonError):
        inspections.find_no_access(
            town, inspection_id=booked, reason=" ", actor=OFFICER, moment=day(6, 15)
        )
    inspections.find_no_access(
        town, inspection_id=booked, reason="Gate locked, dog", actor=OFFICER, moment=day(6, 15)
    )
    assert story(town)[-1] == "access_not_had"
    other = inspections.book(town, case_id=case, at=at, actor=CLERK, moment=day(6, 15))
    inspections.cancel(
        town, inspection_id=other, reason="Corrected", actor=CLERK, moment=day(6, 15)
    )
    assert story(town)[-1] == "inspection_cancelled"


def test_a_closed_case_is_only_read_until_a_manager_reopens_it(
    town: sa.Connection, case: int
) -> None:
    close_case(town, case_id=case, reason="Nothing there", actor=OFFICER, moment=day(6, 1))
    with pytest.raises(ClosedCaseError, match="is closed, and a closed case is only read"):
        violations.allege(town, case_id=case, section="303.1", actor=OFFICER, moment=day(6, 2))
    with pytest.raises(NotNowError, match="for the manager, not for the officer"):
        reopen_case(town, case_id=case, reason="Again", actor=OFFICER, moment=day(6, 2))
    reopen_case(town, case_id=case, reason="Seen again", actor=MANAGER, moment=day(6, 2))
    violations.allege(town, case_id=case, section="303.1", actor=OFFICER, moment=day(6, 2))
    assert one(town, Violation).status == "alleged"


def test_a_case_with_something_open_or_waiting_is_not_closed(
    town: sa.Connection, case: int, violation: int
) -> None:
    with pytest.raises(GuardError, match="nothing in the case is open, unpaid or waiting"):
        close_case(town, case_id=case, reason="Tired", actor=OFFICER, moment=day(6, 2))
    assert violation
    for hour in (9, 10):
        at = datetime(2026, 6, 5, hour, tzinfo=UTC)
        inspections.book(town, case_id=case, at=at, actor=OFFICER, moment=day(6, 2))
    with pytest.raises(GuardError, match="still: 1 violation open; 2 inspections booked"):
        close_case(town, case_id=case, reason="Tired", actor=OFFICER, moment=day(6, 2))


def test_a_case_opened_by_mistake_is_void_and_its_history_stays(
    town: sa.Connection, case: int, violation: int
) -> None:
    void_case(town, case_id=case, reason="Wrong parcel", actor=MANAGER, moment=day(6, 2))
    row = one(town, Case)
    assert (row.phase, row.published, row.voided_on) == ("void", False, date(2026, 6, 2))
    with pytest.raises(NotNowError, match="the case is void"):
        reopen_case(town, case_id=case, reason="Oh", actor=MANAGER, moment=day(6, 3))
    assert story(town)[-1] == "case_voided"
    assert violation


def test_a_violation_found_corrected_by_mistake_is_reopened_by_the_manager(
    town: sa.Connection, case: int, violation: int
) -> None:
    again = look_again(town, case, month=6, number=5)
    violations.find_corrected(
        town, violation_id=violation, inspection_id=again, actor=OFFICER, moment=day(6, 5)
    )
    violations.reopen(
        town, violation_id=violation, reason="Wrong lot", actor=MANAGER, moment=day(6, 6)
    )
    row = one(town, Violation)
    assert (row.status, row.corrected_on) == ("open", None)
    violations.transfer(
        town, violation_id=violation, reason="To the county", actor=MANAGER, moment=day(6, 7)
    )
    assert one(town, Violation).status == "transferred"


def test_an_alleged_violation_may_be_unfounded_or_taken_back(
    town: sa.Connection, case: int
) -> None:
    alleged = [
        violations.allege(town, case_id=case, section=each, actor=CLERK, moment=day(6, 1))
        for each in ("303.1", "304.2")
    ]
    look = look_again(town, case, month=6, number=2)
    violations.find_unfounded(
        town, violation_id=alleged[0], inspection_id=look, actor=OFFICER, moment=day(6, 2)
    )
    violations.void(
        town, violation_id=alleged[1], reason="Typed twice", actor=MANAGER, moment=day(6, 2)
    )
    assert one(town, Case).phase == "unfounded"


def test_a_deed_dated_before_the_last_event_is_refused(town: sa.Connection, case: int) -> None:
    with pytest.raises(OutOfOrderError, match="is of 2026-06-01; this one is dated 2026-05-31"):
        violations.allege(town, case_id=case, section="303.1", actor=OFFICER, moment=day(5, 31))
    assert story(town) == ["case_opened"]


def test_a_resident_opens_no_case_and_an_unknown_section_or_part_is_said(
    town: sa.Connection, case: int, law: int
) -> None:
    with pytest.raises(NotNowError, match="not for the resident"):
        open_case(town, category="x", place=AT, law_pack_id=law, actor=RESIDENT, moment=day(6, 1))
    with pytest.raises(NoLawError, match="no section 99-9 in force"):
        violations.allege(town, case_id=case, section="99-9", actor=OFFICER, moment=day(6, 1))
    with pytest.raises(NoSuchPartError, match="There is no violation with the identity 99"):
        violations.void(town, violation_id=99, reason="x", actor=MANAGER, moment=day(6, 1))


def test_a_changed_law_wants_a_version_of_its_own(
    town: sa.Connection, law: int, tmp_path: object
) -> None:
    assert adopt(town, DEFAULT, on=date(2026, 2, 1)) == law
    changed = tmp_path / "town.toml"  # type: ignore[operator]
    changed.write_text(DEFAULT.read_text() + "# changed\n")
    with pytest.raises(NoLawError, match="give the changed pack a version of its own"):
        adopt(town, changed, on=date(2026, 2, 1))
    changed.write_text(DEFAULT.read_text().replace('version = "2026.1"', 'version = "2026.2"'))
    assert adopt(town, changed, on=date(2026, 2, 1)) != law


def test_a_provision_is_cited_in_the_text_of_its_day() -> None:
    law = read_pack(DEFAULT)
    assert provision(law, "30-36(a)", on=date(2026, 6, 1)).title.startswith("Grass")
    with pytest.raises(NoLawError, match="in force on 2014-12-31"):
        provision(law, "30-36(a)", on=date(2014, 12, 31))


def test_no_command_takes_a_step_that_the_towns_law_leaves_out(
    town: sa.Connection, tmp_path: Path
) -> None:
    without = 'without = ["inspection.book", "case.close"]'
    path = tmp_path / "town.toml"
    text = DEFAULT.read_text().replace("without = []", without)
    path.write_text(text.replace('version = "2026.1"', 'version = "2026.3"'))
    law = adopt(town, path, on=date(2026, 1, 1))
    case = open_case(
        town, category="High grass", place=AT, law_pack_id=law, actor=OFFICER, moment=day(6, 1)
    )
    at = datetime(2026, 6, 15, 14, tzinfo=UTC)
    with pytest.raises(NotNowError, match="this town's law has no such step"), town.begin_nested():
        inspections.book(town, case_id=case, at=at, actor=CLERK, moment=day(6, 3))
    with pytest.raises(NotNowError, match="this town's law has no such step"), town.begin_nested():
        close_case(town, case_id=case, reason="Done", actor=CLERK, moment=day(6, 3))
    assert story(town) == ["case_opened"]
