"""What is to be visited is what the records say is due: not before its day, and by which last."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from counting import counted
from desk import CLERK, MANAGER, OFFICER, day
from played import TOLD_ON, look_again, one
from reported import received

from cases import inspections, notices, telling
from cases.field import hazards
from cases.field.hazards import HazardKind
from cases.models import Case, Citation
from cases.notice_words import NoticeKind
from cases.opening import open_case
from cases.service.attempts import Attempt, MailTo, Method
from cases.tying import Whereabouts
from cases.visiting.due import to_visit
from cases.visiting.kinds import Because, Kind
from cases.visiting.setting import set_visits
from cases.visiting.settings import AGAIN, GOAL, PHOTOS
from cases.visiting.values import ToVisit, Visiting
from geo.layers import Parcel, Zone

CERTIFIED = Attempt(
    method=Method.CERTIFIED_MAIL, made_on=date(2026, 6, 17), mailed_to=MailTo.TAX_COLLECTOR
)


def _on(month: int, number: int) -> date:
    return date(2026, month, number)


def _all(town: sa.Connection, first: date, last: date | None = None) -> Visiting:
    return to_visit(town, first=first, last=last or first, zone=UTC)


def _due(town: sa.Connection, first: date, last: date | None = None) -> dict[Kind, ToVisit]:
    found = _all(town, first, last)
    return {each.kind: each for each in (*found.visits, *found.unplaced)}


def test_a_deadline_keeps_everybody_away_until_its_day_is_over(
    town: sa.Connection, case: int, served: int
) -> None:
    assert served  # the grass is to be cut by 12 June, a Friday
    assert _due(town, _on(6, 12)) == {}
    (visit,) = _all(town, _on(6, 15)).visits
    assert (visit.kind, visit.case_id, visit.subject_id) == (Kind.REINSPECTION, case, case)
    assert visit.not_before == _on(6, 13)
    assert visit.due is not None
    assert (visit.due.by, visit.due.because) == (_on(6, 19), Because.GOAL)
    assert (visit.address, visit.zone_id) == ("101 Alder St", town.scalar(_zone("1")))
    assert (visit.officer, visit.priority, visit.open_violations) == ("Officer 1", 4, 1)
    assert visit.overdue_days(on=_on(6, 25)) == 6
    assert (visit.lon, visit.lat) == pytest.approx((-80.3985, 27.3005), abs=1e-6)
    assert _due(town, _on(6, 8), _on(6, 12)) == {}
    assert set(_due(town, _on(6, 12), _on(6, 13))) == {Kind.REINSPECTION}


def _zone(code: str) -> Any:
    return sa.select(Zone.id).where(Zone.code == code)


def test_a_place_just_looked_at_is_left_in_peace_for_a_while(
    town: sa.Connection, case: int, served: int
) -> None:
    assert served
    look_again(town, case, month=6, number=16)
    assert _due(town, _on(6, 17), _on(7, 15)) == {}
    again = _due(town, _on(7, 16))[Kind.REINSPECTION]
    assert again.not_before == _on(7, 16)
    set_visits(town, {AGAIN: 3, GOAL: 1}, actor=MANAGER, moment=day(6, 17))
    sooner = _due(town, _on(6, 19))[Kind.REINSPECTION]
    assert sooner.due is not None
    assert (sooner.not_before, sooner.due.by) == (_on(6, 19), _on(6, 19))


def test_what_nobody_has_seen_is_looked_at_within_the_days_of_the_law(
    town: sa.Connection, case: int
) -> None:
    visit = _due(town, _on(6, 1))[Kind.FIRST_INSPECTION]
    assert (visit.case_id, visit.not_before) == (case, None)
    assert visit.due is not None
    assert (visit.due.by, visit.due.because) == (_on(6, 8), Because.RESPONSE)
    assert visit.due.source.startswith("5 business days after June 1, 2026")


def test_a_report_is_looked_into_by_the_day_its_review_set(town: sa.Connection, law: int) -> None:
    complaint = received(town, law)
    visit = _due(town, _on(6, 2))[Kind.FIRST_INSPECTION]
    assert (visit.case_id, visit.complaint_id) == (None, complaint)
    assert visit.due is not None
    assert (visit.due.by, visit.due.because) == (_on(6, 8), Because.RESPONSE)
    assert visit.key == f"first_inspection-complaint-{complaint}"
    assert visit.spot == f"parcel-{town.scalar(sa.select(sa.func.min(Parcel.id)))}"


def _book(town: sa.Connection, case: int, at: datetime) -> int:
    return inspections.book(town, case_id=case, at=at, actor=OFFICER, moment=day(6, 3))


def test_an_appointment_goes_before_what_is_due_otherwise_and_is_kept_at_its_hour(
    town: sa.Connection, case: int, served: int
) -> None:
    assert served
    at = datetime(2026, 6, 16, 14, tzinfo=UTC)
    booked = _book(town, case, at)
    (visit,) = _all(town, _on(6, 15), _on(6, 19)).visits
    assert (visit.kind, visit.subject_id, visit.not_before) == (
        Kind.APPOINTMENT, booked, _on(6, 16)
    )  # fmt: skip
    assert visit.window is not None
    assert (visit.window.opens, visit.window.closes) == (at, at.replace(minute=15))
    assert _due(town, _on(6, 15)) == {}  # nobody comes the day before to look
    missed = _due(town, _on(6, 17))
    assert set(missed) == {Kind.MISSED_APPOINTMENT}
    assert missed[Kind.MISSED_APPOINTMENT].window is None
    assert missed[Kind.MISSED_APPOINTMENT].overdue_days(on=_on(6, 17)) == 1


def test_a_citation_is_handed_over_and_no_time_runs_before(
    town: sa.Connection, citation: int
) -> None:
    assert citation
    assert set(_due(town, _on(6, 17))) == {Kind.SERVICE_BY_HAND}
    visit = _due(town, _on(6, 17))[Kind.SERVICE_BY_HAND]
    assert visit.subject_id == one(town, Citation).notice_id
    assert (visit.due, visit.needs_light) == (None, False)


def test_a_cited_place_is_looked_at_once_the_time_to_answer_is_over(
    town: sa.Connection, cited: int
) -> None:
    assert cited  # to be answered by 7 July
    assert _due(town, _on(7, 7)) == {}
    assert _due(town, _on(7, 8))[Kind.REINSPECTION].not_before == _on(7, 8)


def test_a_letter_that_nobody_signed_for_is_followed_by_a_posting(
    town: sa.Connection, citation: int
) -> None:
    assert citation
    notice = one(town, Citation).notice_id
    attempt = notices.record_attempt(
        town, notice_id=notice, attempt=CERTIFIED, actor=CLERK, moment=day(6, 17)
    )
    assert _due(town, _on(7, 16)) == {}
    posting = _due(town, _on(7, 17))[Kind.POSTING]
    assert (posting.subject_id, posting.not_before, posting.due) == (notice, _on(7, 17), None)
    notices.complete_attempt(
        town, attempt_id=attempt, returned_on=_on(6, 30), return_reason="unclaimed", actor=CLERK,
        moment=day(6, 30),
    )  # fmt: skip
    assert _due(town, _on(7, 1))[Kind.POSTING].not_before == _on(6, 30)


def test_a_notice_of_hearing_is_posted_in_time_and_photographs_are_taken_before_it(
    town: sa.Connection, case: int, docketed: int
) -> None:
    assert docketed  # heard on Tuesday 11 August
    photos = _due(town, _on(8, 4))[Kind.HEARING_PHOTOS]
    assert photos.due is not None
    assert (photos.not_before, photos.due.by, photos.due.because) == (
        _on(8, 4), _on(8, 10), Because.HEARING
    )  # fmt: skip
    assert _due(town, _on(8, 3)) == {}
    set_visits(town, {PHOTOS: 14}, actor=MANAGER, moment=day(7, 1))
    assert Kind.HEARING_PHOTOS in _due(town, _on(8, 3))
    look_again(town, case, month=8, number=5)
    assert _due(town, _on(8, 6)) == {}


@pytest.fixture
def summons(town: sa.Connection, case: int, docketed: int) -> int:
    """The notice of the hearing on 11 August, mailed certified on 14 July."""
    assert docketed
    (notice,) = telling.tell(
        town, case_id=case, kind=NoticeKind.NOTICE_OF_HEARING, actor=CLERK, moment=TOLD_ON
    )
    mailed = replace(CERTIFIED, made_on=_on(7, 14))
    notices.record_attempt(town, notice_id=notice, attempt=mailed, actor=CLERK, moment=day(7, 14))
    return notice


def test_posting_waits_for_the_mail_until_it_could_not_be_in_time(
    town: sa.Connection, summons: int
) -> None:
    assert Kind.POSTING not in _due(town, _on(7, 20), _on(7, 30))
    posting = _due(town, _on(7, 27), _on(7, 31))[Kind.POSTING]
    assert posting.subject_id == summons
    assert posting.due is not None
    assert (posting.due.by, posting.due.because) == (_on(7, 31), Because.SERVICE)
    assert posting.due.source == "s. 162.12(2)(b), Florida Statutes"
    by_hand = _due(town, _on(8, 3))[Kind.SERVICE_BY_HAND]  # a posting would hang too short
    assert by_hand.due is not None
    assert by_hand.due.by == _on(8, 10)


def test_an_order_is_looked_at_after_its_day_for_the_affidavit(
    town: sa.Connection, ordered: int
) -> None:
    assert ordered  # to be met by 1 September
    assert _due(town, _on(9, 1)) == {}
    visit = _due(town, _on(9, 2))[Kind.ORDER]
    assert visit.due is not None
    assert visit.due.source == "s. 162.09(1), Florida Statutes"


def test_what_has_no_place_is_listed_apart(town: sa.Connection, law: int) -> None:
    nowhere = Whereabouts(parcel_no=None, address="Somewhere", point=None, opened_on=_on(6, 1))
    case = open_case(
        town, category="High grass", place=nowhere, law_pack_id=law, actor=OFFICER,
        moment=day(6, 1),
    )  # fmt: skip
    found = _all(town, _on(6, 2))
    assert [each.case_id for each in found.unplaced] == [case]
    assert found.visits == []


def test_warnings_of_its_parcel_say_what_to_beware_of_and_when_two_go(
    town: sa.Connection, case: int
) -> None:
    parcel = town.scalar(sa.select(Case.parcel_id).where(Case.id == case))
    who = {"actor": OFFICER, "moment": day(6, 1)}
    hazards.flag(town, parcel_id=parcel or 0, kind=HazardKind.DOG, note="loose", **who)
    visit = _due(town, _on(6, 2))[Kind.FIRST_INSPECTION]
    assert (visit.hazards, visit.needs_two) == ({HazardKind.DOG}, False)
    hazards.flag(
        town, parcel_id=parcel or 0, kind=HazardKind.THREAT, note="rifle", until=_on(6, 3), **who
    )  # fmt: skip
    assert _due(town, _on(6, 2))[Kind.FIRST_INSPECTION].needs_two
    assert not _due(town, _on(6, 4))[Kind.FIRST_INSPECTION].needs_two


def test_of_some_zones_alone_what_lies_there_is_told(town: sa.Connection, case: int) -> None:
    assert case
    one_, two = (town.scalar(_zone(code)) for code in ("1", "2"))
    asked = {"first": _on(6, 2), "last": _on(6, 2), "zone": UTC}
    assert len(to_visit(town, zones=[one_ or 0], **asked).visits) == 1
    assert to_visit(town, zones=[two or 0], **asked).visits == []


def test_a_case_that_ended_is_not_visited(town: sa.Connection, case: int, served: int) -> None:
    assert served
    town.execute(
        sa.text("UPDATE lotline.case_file SET phase = 'closed', closed_on = '2026-06-15' "
                "WHERE id = :id"), {"id": case},
    )  # fmt: skip
    assert _due(town, _on(6, 16)) == {}


def test_an_imported_case_whose_deadline_nobody_knows_is_looked_at_any_day(
    town: sa.Connection,
) -> None:
    town.execute(sa.text(
        "INSERT INTO lotline.case_file (number, category, phase, published, open_violations, "
        "tie_method, tie_confidence) VALUES ('I-1', 'Fence', 'open', false, 1, 'none', 0)"
    ))  # fmt: skip
    visit = _due(town, _on(6, 16))[Kind.REINSPECTION]
    assert (visit.number, visit.not_before, visit.due) == ("I-1", None, None)


def test_more_cases_cost_no_more_queries(town: sa.Connection, law: int, case: int) -> None:
    assert case
    _all(town, _on(6, 2))  # the law is read once
    few = counted(town, lambda: _all(town, _on(6, 2)))
    for lot in range(2, 6):
        place = Whereabouts(
            parcel_no=f"A-{lot}", address=None, point=None, opened_on=_on(6, 1)
        )  # fmt: skip
        more = open_case(
            town, category="High grass", place=place, law_pack_id=law, actor=OFFICER,
            moment=day(6, 1),
        )  # fmt: skip
        _book(town, more, datetime(2026, 6, 16, 8 + lot, tzinfo=UTC))
    assert len(_all(town, _on(6, 2), _on(6, 19)).visits) == 5
    assert counted(town, lambda: _all(town, _on(6, 2), _on(6, 19))) == few
