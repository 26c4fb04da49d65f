"""What comes late to a visit neither brings it back nor changes what was handed over."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import axe
import pytest
import sqlalchemy as sa
from conftest import PHONE
from field_browser import (
    kept,
    let_in,
    open_field,
    see_from_the_street,
    served,
    take_photos,
)
from field_town import CLERK, OFFICER, counted, now, settle_field
from playwright.sync_api import Browser, Locator, Page, expect

from cases import citing, inspections, opening, violations
from cases.forum import Excused
from cases.inspections import Entry, Visit
from cases.models import (
    Case,
    CaseDocument,
    CaseEvent,
    Citation,
    Respondent,
    ServiceAttempt,
    Violation,
)
from cases.opening import RespondentKind
from geo.database import Database

TRASH = "30-36(b)"
HELD = """
    window.asked = [];
    navigator.geolocation.getCurrentPosition = (found) => { window.asked.push(found); };
"""
FOUND = """() => window.asked.splice(0).forEach((found) =>
    found({ coords: { longitude: -80.4, latitude: 27.3, accuracy: 6 } }))"""


@pytest.fixture
def page(browser: Browser, fresh_database: Database, tmp_path: Path) -> Iterator[Page]:
    """A stop where a citation is to be handed over, on a phone that learns late where it is."""
    [case] = settle_field(fresh_database, cases=1)
    with fresh_database.app.begin() as connection:
        _issue_citation(connection, case)
    with served(fresh_database, tmp_path) as (site, app):
        context = browser.new_context(viewport=PHONE, has_touch=True, reduced_motion="reduce")
        context.add_init_script(HELD)
        let_in(context, site, app, fresh_database, "rivera")
        page = context.new_page()
        open_field(page, site)
        _open_stop(page)
        yield page
        context.close()


def _issue_citation(connection: sa.Connection, case: int) -> None:
    """Cite the owner of a case, name a tenant beside, and arrange a visit."""
    who: Any = {"actor": OFFICER, "moment": now()}
    visit = Visit(entry=Entry.VANTAGE, entry_detail="from the sidewalk")
    seen = inspections.make(connection, case_id=case, visit=visit, **who)
    [violation] = connection.scalars(sa.select(Violation.id)).all()
    violations.verify(connection, violation_id=violation, inspection_id=seen, **who)
    citing.issue(
        connection, violation_id=violation, penalty_cents=10_000,
        respondent_id=connection.scalars(sa.select(Respondent.id)).one(),
        excused=Excused.SERIOUS_THREAT, **who,
    )  # fmt: skip
    opening.name_respondent(
        connection, case_id=case, kind=RespondentKind.TENANT, name="T. Nant", address="1 Elm",
        actor=CLERK, moment=now(),
    )  # fmt: skip
    inspections.book(connection, case_id=case, at=now().now + timedelta(seconds=1), **who)


def _open_stop(page: Page) -> None:
    page.click(".next .primary")
    page.wait_for_selector(".ending")


def _hand_over(part: Locator) -> None:
    part.get_by_text("I handed it over here").click()
    part.get_by_label("P. Lane in person").check()
    part.get_by_label("I swear").check()


def _cite_trash(page: Page) -> Locator:
    page.locator("summary", has_text="Anything else").click()
    item = page.locator(".item", has_text=TRASH)
    item.locator(".choice", has_text="Violation").click()
    item.locator("summary", has_text="Cite").click()
    item.get_by_text("Issue the citation with this visit").click()
    return item


def _waiting_citation(page: Page) -> Locator:
    return page.locator(".panel", has_text="To be handed over")


def _learn_where(page: Page) -> None:
    page.evaluate(FOUND)
    page.wait_for_timeout(300)


def test_a_finished_visit_is_brought_back_by_no_late_position_and_by_no_other_tab(
    page: Page, fresh_database: Database
) -> None:
    _hand_over(_waiting_citation(page))
    see_from_the_street(page, nothing_of_the_rest=True)
    page.wait_for_timeout(300)
    other = page.context.new_page()
    other.goto(page.url)
    other.wait_for_selector(".ending")
    page.click(".ending > .primary")
    page.wait_for_selector(".day")
    _learn_where(page)
    other.get_by_label("Note", exact=True).fill("Still at it")
    other.wait_for_timeout(600)
    assert kept(page, "drafts") == []
    other.click(".ending > .primary")
    other.wait_for_selector(".day")
    expect(page.locator("#receipt")).to_have_text("2 of 2 stored at the office")
    assert counted(fresh_database, "field_deed", "service_attempt") == [2, 1]


def test_what_is_left_with_a_manager_is_served_where_the_premises_are_said_to_be_commercial(
    page: Page, fresh_database: Database
) -> None:
    part = _waiting_citation(page)
    part.get_by_text("I handed it over here").click()
    part.get_by_label("The manager").check()
    part.get_by_label("Name of who took it").fill("R. Diaz")
    part.get_by_label("The premises are commercial").check()
    part.get_by_label("I swear").check()
    expect(part).to_contain_text("Only there does it count as service.")
    see_from_the_street(page, nothing_of_the_rest=True)
    page.click(".ending > .primary")
    expect(page.locator("#receipt")).to_have_text("2 of 2 stored at the office")
    with fresh_database.owner.connect() as connection:
        assert connection.scalars(sa.select(Citation.status)).all() == ["served"]


def test_another_respondent_is_handed_nothing_by_a_tick_or_a_position_before(page: Page) -> None:
    item = _cite_trash(page)
    _hand_over(item)
    item.get_by_label("To", exact=True).select_option(label="T. Nant (tenant)")
    expect(item.get_by_label("I handed it over here")).not_to_be_checked()
    _learn_where(page)
    [draft] = kept(page, "drafts")
    assert draft["finds"][TRASH]["handed"] is None


def test_no_access_says_what_it_drops_and_keeps_the_note_and_what_was_handed_over(
    page: Page, fresh_database: Database
) -> None:
    _hand_over(_waiting_citation(page))
    page.locator(".choice", has_text="Still there").click()
    page.get_by_label("Note", exact=True).fill("Met the owner at the gate")
    page.locator(".ending summary").click()
    page.get_by_label("Why you could not see it").fill("Locked gate")
    page.get_by_role("button", name="Say that there was no access").click()
    expect(page.locator(".problem")).to_contain_text("what you marked here")
    assert kept(page, "deeds") == []
    page.get_by_role("button", name="Say that there was no access").click()
    expect(page.locator("#receipt")).to_have_text("2 of 2 stored at the office")
    with fresh_database.owner.connect() as connection:
        said = connection.scalars(
            sa.select(CaseEvent.details["reason"].astext).where(CaseEvent.kind == "access_not_had")
        ).one()
        assert connection.scalars(sa.select(Citation.status)).all() == ["served"]
    assert said == "Locked gate (Met the owner at the gate)"


def test_what_a_colleague_wrote_up_meanwhile_is_neither_found_nor_cited_again(
    page: Page, fresh_database: Database
) -> None:
    _cite_trash(page)
    page.wait_for_timeout(300)
    with fresh_database.app.begin() as connection:
        case = connection.scalars(sa.select(Case.id)).one()
        violations.allege(connection, case_id=case, section=TRASH, actor=CLERK, moment=now())
    page.reload()
    page.wait_for_load_state("networkidle")
    page.goto(f"{page.url.split('#')[0]}#today")
    _open_stop(page)
    expect(page.locator(".warned", has_text="is on record now")).to_contain_text(TRASH)
    see_from_the_street(page, nothing_of_the_rest=True)
    page.click(".ending > .primary")
    page.wait_for_selector(".day")
    expect(page.locator("#receipt")).to_have_text("1 of 1 stored at the office")
    assert counted(fresh_database, f"violation WHERE section = '{TRASH}'", "citation") == [1, 1]


def test_what_would_not_count_is_asked_before_and_a_note_counts_once_it_is_on_the_case(
    page: Page, fresh_database: Database
) -> None:
    part = _waiting_citation(page)
    part.get_by_text("I handed it over here").click()
    see_from_the_street(page, nothing_of_the_rest=True)
    page.click(".ending > .primary")
    expect(part.locator(".problem")).to_have_text("Say who took the citation.")
    part.get_by_label("Somebody else who lives there").check()
    page.click(".ending > .primary")
    expect(part.get_by_label("Name of who took it")).to_be_focused()
    part.get_by_label("Name of who took it").fill("Joan Reed")
    page.click(".ending > .primary")
    asked = page.get_by_role("alertdialog", name="It would not count as service yet")
    expect(asked.locator("li")).to_have_count(3)
    assert kept(page, "deeds") == []
    _refuse_attempts(fresh_database)
    asked.get_by_role("button", name="Finish all the same").click()
    expect(page.locator("#receipt")).to_have_text("1 of 2 stored at the office")
    page.click(".tabs [data-view=outbox]")
    at = kept(page, "deeds")[1]["payload"]["at"]
    page.get_by_role("button", name="Send it again").click()
    expect(page.locator(".sent--conflict")).to_have_count(1)
    expect(page.locator(".sent--settled")).to_have_count(1)
    expect(page.locator(".conflict")).to_have_count(1)
    expect(page.locator("#receipt")).to_have_text("1 of 2 stored at the office")
    told = kept(page, "deeds")[2]
    assert (told["done_at"], told["payload"]["at"], told["made_at"] > at) == (at, at, True)
    page.context.set_offline(True)
    expect(page.get_by_text("It is sent as soon as there is one.")).to_be_visible()
    page.wait_for_timeout(500)
    page.get_by_label("Reason").fill("She took it")
    page.get_by_role("button", name="Keep as a note").click()
    expect(page.locator(".conflict")).to_have_count(0)
    expect(page.locator("#receipt")).to_have_text("1 of 2 stored at the office")
    page.context.set_offline(False)
    expect(page.locator("#receipt")).to_have_text("2 of 2 stored at the office")
    with fresh_database.owner.connect() as connection:
        noted = sa.select(CaseEvent.details["field_told"]["to"].astext)
        assert connection.scalars(noted.where(CaseEvent.kind == "field_noted")).all() == [
            "Joan Reed"
        ]


def test_a_notice_is_posted_at_the_stop_and_what_it_lacks_is_asked_before(
    page: Page, fresh_database: Database
) -> None:
    page.locator("summary", has_text="Post a notice here").click()
    part = page.locator(".fold", has_text="Post a notice here")
    part.get_by_text("I posted it here").click()
    see_from_the_street(page, nothing_of_the_rest=True)
    page.click(".ending > .primary")
    expect(part.locator(".problem")).to_have_text("Say which place it is.")
    part.get_by_label("The property").check()
    part.get_by_label("Where it hangs").fill("On the front door")
    part.get_by_label("I swear").check()
    page.click(".ending > .primary")
    asked = page.get_by_role("alertdialog")
    expect(asked.locator("li")).to_have_text(
        [
            "The law wants it to hang there as well: The government office",
            "No photo of this visit shows it hanging.",
        ]
    )
    assert axe.wrongs(page, axe.AAA) == []
    take_photos(page, 1)
    page.get_by_label("What it shows").fill("The front door")
    page.click(".ending > .primary")
    expect(asked.locator("li")).to_have_count(1)
    asked.get_by_role("button", name="Finish all the same").click()
    expect(page.locator("#receipt")).to_have_text("3 of 3 stored at the office")
    page.click(".tabs [data-view=outbox]")
    expect(page.get_by_role("link", name="in the office")).to_have_count(2)  # of each entry
    with fresh_database.owner.connect() as connection:
        facts = connection.scalars(sa.select(ServiceAttempt.facts)).one()
        shown = connection.scalars(sa.select(CaseDocument.caption)).one()
    assert shown == "The front door"
    assert (facts["posted_at"], facts["posted_where"]) == (["property"], "On the front door")


def _refuse_attempts(database: Database) -> None:
    """Take the notice back, so that nothing more is recorded of how it was brought."""
    with database.owner.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE lotline.notice DISABLE TRIGGER USER")
        connection.exec_driver_sql("UPDATE lotline.notice SET status = 'withdrawn'")
