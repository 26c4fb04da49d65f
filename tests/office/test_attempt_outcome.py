"""What came of a posting is entered as the posting was: with its photographs, and its affidavit."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import sqlalchemy as sa
from counter import OFFICER, Counter, wrongs
from desk import OFFICER as RIVERA
from desk import day
from papers import hang
from played import one

from cases import notices
from cases.documents.intake import TakenIn
from cases.models import ServiceAttempt
from cases.service.attempts import Attempt, Method, Place


def test_what_came_of_a_posting_takes_its_photographs_and_shows_its_affidavit_first(
    on_case: Callable[[int], Counter], case: int, warning: int, taken: TakenIn, town: sa.Connection
) -> None:
    hang(town, replace(taken, taken_at=datetime(2026, 6, 3, 9, tzinfo=UTC)), case)
    hung = Attempt(
        method=Method.POSTING, made_on=date(2026, 6, 3), server="M. Rivera",
        posted_at=frozenset({Place.PROPERTY}),
    )  # fmt: skip
    attempt = notices.record_attempt(
        town, notice_id=warning, attempt=hung, actor=RIVERA, moment=day(6, 3)
    )
    desk = on_case(case).at(6, 4)
    came = {
        "photos": taken.sha256, "posted_at": ["property", "government_office"],
        "affidavit_on": "2026-06-04",
    }  # fmt: skip
    shown = desk.send(OFFICER, "notice.complete_attempt", attempt, **came).text
    assert "read it below, then press the button" in shown
    affidavit = shown.partition("What the affidavit will say")[2].partition("</dl>")[0]
    assert "The hedge from the sidewalk" in affidavit
    assert "government office" in affidavit
    beside = shown.partition("Beside it, not sworn to")[2].partition("</dl>")[0]
    assert "before the notice was issued" not in affidavit + beside
    assert len(re.findall("<dt>It serves on|<dt>It does not serve yet", beside)) == 1
    assert "serve" not in affidavit
    assert one(town, ServiceAttempt).facts["photos"] == []
    desk.do(OFFICER, "notice.complete_attempt", attempt, **came)
    kept = notices.attempt_of(one(town, ServiceAttempt).facts)
    assert (kept.photos, kept.posted_at) == ((taken.sha256,), frozenset(Place))
    story = desk.page(OFFICER).partition('id="story"')[2]
    assert "photos of it 1" in story
    assert taken.sha256 not in story


def test_that_posting_alone_never_serves_is_said_on_the_form_and_another_attempt_leads_on(
    on_case: Callable[[int], Counter], case: int, warning: int
) -> None:
    desk, alone = on_case(case).at(6, 3), "posting or publication alone never serves"

    def beside() -> str:
        page = desk.client(OFFICER).get(desk.way("notice.record_attempt", warning, OFFICER)).text
        return page.partition('id="method-hint"')[2].partition("</p>")[0]

    assert alone in beside()
    desk.do(
        OFFICER, "notice.record_attempt", method="posting", sworn_on="2026-06-03",
        posted_at=["property", "government_office"],
    )  # fmt: skip
    assert "notice.record_attempt" in desk.leads(OFFICER)
    desk.do(OFFICER, "notice.record_attempt", warning, method="certified_mail")
    assert alone not in beside()
    assert "notice.record_attempt" not in desk.leads(OFFICER)


def test_mail_that_came_back_before_it_was_mailed_is_refused_at_the_day_it_came_back(
    on_case: Callable[[int], Counter], case: int, warning: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(6, 9)
    sent = {"method": "certified_mail", "made_on": "2026-06-05", "carrier_no": "7022 1"}
    desk.do(OFFICER, "notice.record_attempt", warning, **sent)
    letter = one(town, ServiceAttempt).id
    came = {"came": "back", "return_reason": "Unclaimed"}
    early = {**came, "returned_on": "2026-06-03"}
    refused = desk.send(OFFICER, "notice.complete_attempt", letter, **early).text
    said = "returned on June 3, 2026, before it was mailed on June 5, 2026"
    assert re.search(rf'id="returned_on-error"[^>]*>[^<]*{said}', refused), wrongs(refused)
    assert 'id="signed_on-error"' not in refused
