"""An officer starts a case in passing and warns of it, without a signal, in a real Chromium."""

from pathlib import Path

import axe
import sqlalchemy as sa
from conftest import PHONE
from field_browser import let_in, open_field, see_from_the_street, served, take_photos, until
from field_day import Field
from field_town import OFFICER, SECTION, counted, now, settle_field
from playwright.sync_api import Browser, Page, expect

from cases import inspections
from cases.field.warning import warn
from cases.inspections import Entry, Finding, Visit
from cases.models import Case, CaseDocument, Notice, Respondent, Violation
from geo.database import Database

STORED = 60_000


def test_a_case_is_started_and_a_warning_issued_without_a_signal(
    browser: Browser, fresh_database: Database, tmp_path: Path
) -> None:
    first, *_ = settle_field(fresh_database, cases=2)
    with served(fresh_database, tmp_path) as (site, app):
        context = browser.new_context(viewport=PHONE, has_touch=True, reduced_motion="reduce")
        let_in(context, site, app, fresh_database, "rivera")
        page = context.new_page()
        open_field(page, site)
        context.set_offline(True)
        page.get_by_role("button", name="Start a case here").click()
        _start(page)
        page.locator("summary", has_text="Visited (1)").click()
        expect(page.locator("details", has_text="Visited")).to_contain_text("Case opened: Trash")
        page.locator(".next .primary").click()
        _warn(page)
        assert counted(fresh_database, "case_file", "notice") == [2, 0]
        context.set_offline(False)
        expect(page.locator("#receipt")).to_contain_text("5 of 5", timeout=STORED)
        expect(page.locator(".day")).to_contain_text("3 stops")
        page.locator("summary", has_text="Visited (2)").click()
        page.get_by_role("button", name="Go to its stop").click()
        expect(page.locator(".stop-head")).to_contain_text("Trash and debris")
        page.click(".tabs [data-view=outbox]")
        expect(page.locator(".sent")).to_have_count(4)
        expect(page.locator(".receipt")).to_contain_text("4 entries below + 1 photo")
        context.close()
    _is_stored(fresh_database, first)


def test_a_warning_that_was_ticked_before_the_office_issued_it_is_not_told(
    browser: Browser, fresh_database: Database, tmp_path: Path
) -> None:
    [case] = settle_field(fresh_database, cases=1)
    with served(fresh_database, tmp_path) as (site, app):
        context = browser.new_context(viewport=PHONE, has_touch=True, reduced_motion="reduce")
        let_in(context, site, app, fresh_database, "rivera")
        page = context.new_page()
        with fresh_database.app.begin() as connection:
            found = Finding(section=SECTION, item="Grass", passed=False)
            seen = Visit(entry=Entry.VANTAGE, entry_detail="from the sidewalk", findings=[found])
            inspections.make(connection, case_id=case, visit=seen, actor=OFFICER, moment=now())
        open_field(page, site)
        page.evaluate(_GO_TO_STOP, case)
        page.locator(".violation summary", has_text="Warn").click()
        page.get_by_label("Issue the warning with this visit").check()
        page.locator(".violation .choice", has_text="Still there").click()
        until(
            page, _DRAFTED.replace("draft.checks", "draft.warns").replace('"new"', f'"case-{case}"')
        )
        with fresh_database.app.begin() as connection:
            warned = sa.select(Violation.id, Respondent.id).join(
                Respondent, Respondent.case_id == Violation.case_id
            )
            violation, respondent = connection.execute(warned).one()
            warn(
                connection, case_id=case, respondent_id=respondent, violation_ids=[violation],
                actor=OFFICER, moment=now(),
            )  # fmt: skip
        open_field(page, site)
        page.evaluate(_GO_TO_STOP, case)
        page.locator(".violation summary", has_text="Warn").click()
        expect(page.locator("[data-violation]")).to_contain_text("It was warned of already")
        see_from_the_street(page)
        page.click(".ending > .primary")
        expect(page.locator("#receipt")).to_contain_text("2 of 2", timeout=STORED)
        context.close()
    assert counted(fresh_database, "notice") == [1]


def test_an_address_that_the_office_does_not_know_is_corrected_on_the_phone(field: Field) -> None:
    page = field.page
    field.context.set_offline(True)
    page.get_by_role("button", name="Start a case here").click()
    page.get_by_label("Address or parcel").fill("999 Nowhere Rd")
    page.get_by_label("What kind it is").select_option("Trash and debris")
    take_photos(page, 1)
    page.locator("[data-broken] .item").first.locator(".choice", has_text="Violation").click()
    see_from_the_street(page)
    page.get_by_role("button", name="Put it on record").click()
    field.context.set_offline(False)
    page.click(".tabs [data-view=outbox]")
    card = page.locator(".conflict")
    expect(card).to_contain_text("No parcel is known for this place (999 Nowhere Rd)")
    page.click(".tabs [data-view=today]")
    visited = page.locator("details", has_text="Visited")
    expect(visited).to_contain_text("needs you")
    expect(visited).not_to_contain_text("Case opened")
    page.click(".tabs [data-view=outbox]")
    card.get_by_role("button", name="Correct where it is").click()
    where = card.get_by_label("Address or parcel")
    expect(where).to_be_focused()
    expect(where).to_have_value("999 Nowhere Rd")
    card.get_by_role("button", name="Send it again for this place").click()
    expect(card.locator("#lacks")).to_have_text("Say where it is.")
    # What arrives meanwhile draws the page anew.
    page.evaluate("window.dispatchEvent(new HashChangeEvent('hashchange'))")
    page.wait_for_timeout(500)
    expect(card.locator("#lacks")).to_have_text("Say where it is.")
    where.fill("108 alder st")
    expect(card.locator("#lacks")).to_have_count(0)
    assert axe.wrongs(page, axe.AAA) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    card.get_by_role("button", name="Send it again for this place").click()
    expect(card).to_have_count(0)
    expect(page.locator("#receipt")).to_have_text("2 of 2 stored at the office")
    expect(page.locator(".outbox").first).to_contain_text("108 alder st")
    with field.database.owner.connect() as connection:
        placed = sa.select(Case.parcel_id, Case.stated_address, CaseDocument.id).join(
            CaseDocument, CaseDocument.case_id == Case.id
        )
        assert connection.execute(placed).one().parcel_id is not None


def _start(page: Page) -> None:
    """Start a case of trash, over all that keeps it from being put on record."""
    do = page.get_by_role("button", name="Put it on record")
    lacks, where = page.locator("#lacks"), page.get_by_label("Address or parcel")
    do.click()
    expect(lacks).to_have_text("Say where it is.")
    where.fill("100 alder st")
    expect(page.locator("[data-open]")).to_contain_text("High grass CE-")
    expect(page.get_by_role("button", name="Go to its stop")).to_be_visible()
    do.click()
    expect(lacks).to_contain_text("belongs to what is open there")
    page.locator("[data-open] .choice", has_text="No, open a case of its own").click()
    where.press_sequentially(" ")
    do.click()
    expect(lacks).to_have_text("Choose of what kind it is.")
    where.fill("12-5")
    expect(page.locator("[data-open]")).to_have_count(0)
    page.get_by_label("What kind it is").select_option("Trash and debris")
    take_photos(page, 1)
    do.click()
    expect(lacks).to_contain_text("Mark one violation at least")
    trash = page.locator("[data-broken] .item").first
    expect(trash).to_contain_text("30-36(b)")
    trash.locator(".choice", has_text="Violation").click()
    until(page, _DRAFTED)
    page.reload()
    do.wait_for()
    expect(page.locator(".thumbs li")).to_have_count(1)
    expect(where).to_have_value("12-5")
    assert axe.wrongs(page, axe.AAA) == []
    see_from_the_street(page)
    do.click()
    page.wait_for_selector(".day")


def _warn(page: Page) -> None:
    """Verify what is alleged at the stop that is open, and only then warn of it."""
    grass = page.locator(".violation", has_text="30-36(a)")
    expect(grass.locator("summary", has_text="Warn")).to_have_count(0)
    grass.locator(".choice", has_text="It is there").click()
    grass.locator("summary", has_text="Warn").click()
    expect(grass).to_contain_text("they have 10 days to correct it: served today, until")
    expect(grass).to_contain_text("It must then be served")
    grass.get_by_label("Issue the warning with this visit").check()
    see_from_the_street(page)
    page.click(".ending > .primary")
    page.wait_for_selector(".day")


def _is_stored(database: Database, first: int) -> None:
    with database.owner.connect() as connection:
        [opened] = connection.execute(sa.select(Case.__table__).where(Case.id > first + 1)).all()
        warned = connection.execute(sa.select(Notice.__table__)).one()
        photo = connection.execute(sa.select(CaseDocument.case_id)).one()
        found = connection.scalars(
            sa.select(Violation.section).where(Violation.case_id == opened.id)
        ).all()
    assert (opened.category, found, photo.case_id) == (
        "Trash and debris", ["30-36(b)"], opened.id,
    )  # fmt: skip
    assert (warned.case_id, warned.kind, warned.status) == (first, "warning", "issued")


_GO_TO_STOP = "(id) => { location.hash = `stop/case-${id}`; }"
_DRAFTED = """async () => {
    const [{ name }] = await indexedDB.databases();
    const asked = (request) => new Promise((resolve) => {
        request.onsuccess = () => resolve(request.result);
    });
    const database = await asked(indexedDB.open(name));
    const draft = await asked(database.transaction("drafts").objectStore("drafts").get("new"));
    database.close();
    return Object.keys(draft.checks).length > 0;
}"""
