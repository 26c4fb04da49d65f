"""The letters of a day in a real browser: what is being made shows as soon as it is made."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import axe
import pytest
from alder_town import application
from conftest import PHONE, _page, serving
from desk import OFFICER
from papers import ZONE
from playwright.sync_api import Browser, Page, expect
from seats import hire
from small_town import lay_out
from staffed import StoppedClock
from walk_start import Start

from cases import notices
from cases.accounts import sessions
from cases.adopted import adopt
from cases.documents.store import Store
from cases.lawpack.reading import DEFAULT
from cases.notice_words import NoticeKind
from cases.workflow.roles import Role
from geo.database import Database
from webmap.auth.gate import TOKEN

ISSUED = date(2026, 6, 1)
NOW = datetime(2026, 6, 1, 12, tzinfo=ZONE)


class Unserved(Start):
    """A case whose warning is issued and in nobody's hands."""

    def _tell(self, kind: NoticeKind) -> int:
        notice = notices.draft(
            self.connection, case_id=self.case, kind=kind, respondent_id=self.owner,
            violation_ids=[self.violation], **self.by(OFFICER),
        )  # fmt: skip
        notices.issue(self.connection, notice_id=notice, **self.by(OFFICER))
        return notice


@pytest.fixture
def clerk(fresh_database: Database, browser: Browser, tmp_path: Path) -> Iterator[Page]:
    with fresh_database.owner.begin() as connection:
        lay_out(connection)
    with fresh_database.app.begin() as connection:
        law = adopt(connection, DEFAULT, on=date(2026, 1, 1))
        Unserved(connection, law, section="30-36(a)", on=ISSUED).warned()
        token = sessions.start(connection, hire(connection, Role.CLERK), device="a test", now=NOW)
    with application(fresh_database) as app, serving(app) as site:
        app.extensions["lotline_documents"] = Store(tmp_path / "documents")
        app.extensions["lotline_clock"] = StoppedClock(NOW)
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie[TOKEN] = token
        found = client.get_cookie("lotline")
        assert found is not None
        for page in _page(browser, site, viewport=PHONE):
            kept = {"name": "lotline", "value": found.value, "url": site}
            page.context.add_cookies([kept])  # type: ignore[list-item]
            yield page


def test_pdfs_that_are_being_made_show_without_asking_again_and_the_focus_stays(
    clerk: Page,
) -> None:
    clerk.goto(f"/office/letters?on={ISSUED}")
    letter = clerk.get_by_role("link", name="Warning").get_attribute("href")
    clerk.get_by_role("button", name="Make the PDF").press("Enter")
    clerk.get_by_role("link", name="Look again").focus()
    assert axe.wrongs(clerk) == []
    assert clerk.request.get(f"{letter}/letter.pdf").ok  # made, as the worker would
    expect(clerk.get_by_role("link", name="To be mailed, in one PDF")).to_be_focused()
    expect(clerk.get_by_text("The PDFs are made.")).to_have_role("status")
    expect(clerk.get_by_role("button", name="Make the PDF")).to_have_count(0)
    assert axe.wrongs(clerk) == []
