"""A respondent reads and answers a case by the code, on a phone and at a desk, by keys alone."""

from collections.abc import Iterator
from datetime import UTC, datetime

import axe
import pytest
import sqlalchemy as sa
from alder_town import KEY, application, settle
from conftest import DESK, PHONE, serving
from playwright.sync_api import Browser, Page, ViewportSize, expect

from cases.actors import Actor, Moment
from cases.codes.giving import Scope, give
from cases.codes.keys import CodeKeys
from cases.codes.spelling import grouped
from cases.models import Contact
from cases.workflow.roles import Role
from geo.database import Database

TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
OWNER = sa.text("""
    INSERT INTO lotline.respondent (case_id, kind, name, address, since)
    VALUES (3, 'owner', 'P. Lane', '9 Birch Ave', current_date) RETURNING id""")
PAGES = ("/my-case", "/my-case/photos", "/my-case/message", "/my-case/time", "/my-case/hearing",
         "/my-case/ready", "/my-case/pay", "/notice/forms")  # fmt: skip
WORDS = {
    "en": ("Answer a letter from the town", "Open my case", "What is wrong"),
    "es": ("Responda a una carta del municipio", "Abrir mi caso", "Qué está mal"),
}
NARROW: ViewportSize = {"width": 320, "height": 640}  # as a desk's page is at 400 %


@pytest.fixture
def held(fresh_database: Database) -> Iterator[tuple[str, dict[Scope, str], Database]]:
    """The address of a server, and the codes on the letter and on the posted copy of a case."""
    settle(fresh_database)
    with fresh_database.owner.begin() as connection:
        owner = connection.execute(OWNER).scalar_one()
    now = datetime.now(UTC)
    who = {"actor": Actor("J. Okafor", Role.CLERK), "moment": Moment(on=now.date(), now=now)}
    with fresh_database.app.begin() as connection:
        codes = {
            scope: grouped(
                give(connection, CodeKeys([KEY]), respondent_id=owner, scope=scope, **who)  # type: ignore[arg-type]
            )
            for scope in Scope
        }
    with application(fresh_database) as app, serving(app) as address:
        yield address, codes, fresh_database


def _wrongs(page: Page) -> list[str]:
    page.wait_for_load_state("networkidle")
    return [*axe.wrongs(page), *(["too wide"] if page.evaluate(TOO_WIDE) else [])]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("viewport", [DESK, PHONE, NARROW], ids=["desk", "phone", "400 %"])
def test_no_page_breaks_wcag_21_aa_and_the_code_of_a_qr_is_filled_in(
    browser: Browser, held: tuple[str, dict[Scope, str], Database], viewport: ViewportSize,
    language: str,
) -> None:  # fmt: skip
    address, codes, _database = held
    context = browser.new_context(
        base_url=address, viewport=viewport, locale=f"{language}-US", reduced_motion="reduce",
    )  # fmt: skip
    page = context.new_page()
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.on("console", lambda said: broken.append(said.text) if "Policy" in said.text else None)
    heading, button, wrong = WORDS[language]
    page.goto(f"/notice#{codes[Scope.ACTS]}")
    expect(page.locator("h1")).to_have_text(heading)
    expect(page.locator("#code")).to_have_value(codes[Scope.ACTS])
    assert "#" not in page.url
    found = {"/notice": _wrongs(page)}
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("heading", name=wrong)).to_be_visible()
    for where in PAGES:
        page.goto(where)
        found[where] = _wrongs(page)
    assert {where: wrongs for where, wrongs in found.items() if wrongs} == {}
    assert broken == []
    context.close()


def test_one_opens_the_case_writes_and_leaves_by_keys_alone(
    browser: Browser, held: tuple[str, dict[Scope, str], Database]
) -> None:
    address, codes, database = held
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.goto("/notice")
    _tab_to(page, "Code")
    page.keyboard.type(codes[Scope.ACTS].lower())
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}/my-case")
    _tab_to(page, "Write to the officer")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Write to the officer")
    _tab_to(page, "Send it")
    page.keyboard.press("Enter")
    alert = page.get_by_role("alert")
    expect(alert).to_be_focused()
    alert.get_by_role("link", name="Your message").press("Enter")
    expect(page.get_by_label("Your message")).to_be_focused()
    page.keyboard.type("I mow on Saturday.")
    _tab_to(page, "Send it")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("on record")
    expect(page.locator(".thread")).to_contain_text("I mow on Saturday.")
    with database.app.connect() as connection:
        assert connection.scalars(sa.select(Contact.said)).all() == ["I mow on Saturday."]
    _tab_to(page, "Leave this page", backwards=True)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Answer a letter from the town")
    page.goto("/my-case")
    expect(page).to_have_url(f"{address}/notice")
    context.close()


def test_a_posted_code_opens_a_page_on_which_nothing_can_be_done_also_without_scripts(
    browser: Browser, held: tuple[str, dict[Scope, str], Database]
) -> None:
    address, codes, _database = held
    context = browser.new_context(base_url=address, java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto("/notice")
    page.get_by_label("Code").fill(codes[Scope.READS])
    page.get_by_role("button", name="Open my case").click()
    expect(page.locator("main")).to_contain_text("read only")
    expect(page.locator("main form")).to_have_count(1)  # the one that closes the page
    expect(page.locator("main")).not_to_contain_text("P. Lane")
    context.close()


def _tab_to(page: Page, name: str, *, backwards: bool = False) -> None:
    """Go on by the tab key until what has the focus is called so."""
    for _ in range(60):
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
        called = page.evaluate(
            "() => { const on = document.activeElement;"
            " return on.labels?.[0]?.innerText ?? on.innerText ?? ''; }"
        )
        if str(called).startswith(name):
            return
    msg = f"No key leads to {name}."
    raise AssertionError(msg)
