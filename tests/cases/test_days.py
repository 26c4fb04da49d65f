"""Refuse what is said to have happened before what it follows, or on a day to come."""

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from cases import citing, liens, notices, waiving
from cases.days import DayError
from cases.deadlines import Answer
from cases.instruments import Recording
from cases.models import CaseEvent, ServiceAttempt
from cases.service.attempts import Attempt, Method, ServiceError
from cases.waiving import ScraCheck, ScraResult
from tests.cases.played import CLERK, MAILED, OFFICER, day

pytestmark = pytest.mark.usefixtures("town")

WRITTEN = {
    date(2025, 1, 1): "January 1, 2025 lies before June 2, 2026, when the notice was issued",
    date(2030, 1, 1): "January 1, 2030 lies in the future, for today is June 3, 2026",
}


@pytest.mark.parametrize("made_on", WRITTEN)
def test_a_letter_is_not_posted_before_its_notice_was_issued_nor_on_a_day_to_come(
    town: sa.Connection, warning: int, made_on: date
) -> None:
    before = town.scalar(sa.select(sa.func.count()).select_from(CaseEvent))
    with pytest.raises(DayError, match=WRITTEN[made_on]) as refused:
        notices.record_attempt(
            town, notice_id=warning, attempt=replace(MAILED, made_on=made_on), actor=CLERK,
            moment=day(6, 3),
        )  # fmt: skip
    assert refused.value.of == "made_on"
    assert town.scalar(sa.select(sa.func.count()).select_from(CaseEvent)) == before
    assert town.execute(sa.select(ServiceAttempt.id)).first() is None


def test_nothing_comes_of_an_attempt_on_a_day_to_come(town: sa.Connection, warning: int) -> None:
    handed = Attempt(method=Method.HAND, made_on=date(2026, 6, 3))
    by = {"actor": OFFICER, "moment": day(6, 3)}
    with pytest.raises(DayError) as refused:
        notices.record_attempt(
            town, notice_id=warning, attempt=replace(handed, affidavit_on=date(2026, 6, 4)), **by
        )
    assert refused.value.of == "affidavit_on"
    attempt = notices.record_attempt(town, notice_id=warning, attempt=handed, **by)
    with pytest.raises(DayError, match="June 4, 2026 lies in the future"):
        notices.complete_attempt(town, attempt_id=attempt, affidavit_on=date(2026, 6, 4), **by)


def test_a_letter_was_signed_for_or_came_back_and_one_of_them_is_said(
    town: sa.Connection, warning: int
) -> None:
    letter = replace(MAILED, method=Method.CERTIFIED_MAIL)
    by = {"actor": CLERK, "moment": day(6, 9)}
    attempt = notices.record_attempt(town, notice_id=warning, attempt=letter, **by)
    with pytest.raises(ServiceError, match="Nothing is said of what came of it"):
        notices.complete_attempt(town, attempt_id=attempt, **by)
    both = {"signed_on": date(2026, 6, 5), "returned_on": date(2026, 6, 8)}
    with pytest.raises(ServiceError, match="only one of the two can be"):
        notices.complete_attempt(town, attempt_id=attempt, **both, **by)


@pytest.mark.parametrize(
    ("received", "posted", "of"),
    [
        (date(2026, 7, 8), None, "received_on"),
        (date(2026, 6, 1), None, "received_on"),
        (date(2026, 7, 6), date(2025, 6, 1), "postmarked_on"),
    ],
)
def test_a_hearing_is_not_asked_for_before_the_citation_nor_on_a_day_to_come(
    town: sa.Connection, cited: int, received: date, posted: date | None, of: str
) -> None:
    with pytest.raises(DayError) as refused:
        citing.request_hearing(
            town, citation_id=cited, answer=Answer(received_on=received, postmarked_on=posted),
            actor=CLERK, moment=day(7, 7),
        )  # fmt: skip
    assert refused.value.of == of


def test_a_search_for_service_in_the_forces_was_made_by_today(
    town: sa.Connection, cited: int
) -> None:
    ahead = ScraCheck(checked_on=date(2027, 1, 1), result=ScraResult.NOT_IN_SERVICE)
    with pytest.raises(DayError) as refused:
        waiving.confirm_waiver(
            town, citation_id=cited, check=ahead, actor=CLERK, moment=day(7, 20)
        )  # fmt: skip
    assert refused.value.of == "checked_on"


@pytest.mark.parametrize(
    ("recorded_on", "says"),
    [
        (date(2027, 1, 1), "lies in the future, for today is October 2, 2026"),
        (date(2026, 8, 20), "lies before .*, when the fine of Order .* was certified"),
    ],
)
def test_a_lien_is_recorded_between_the_days_its_fine_was_certified_and_today(
    town: sa.Connection, certified: int, recorded_on: date, says: str
) -> None:
    with pytest.raises(DayError, match=says) as refused:
        liens.record_lien(
            town, order_id=certified, actor=CLERK, moment=day(10, 2),
            recording=Recording(instrument_no="2026-77", recorded_on=recorded_on),
        )  # fmt: skip
    assert refused.value.of == "recorded_on"
