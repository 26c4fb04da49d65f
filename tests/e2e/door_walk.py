"""Walk through every page of signing in and of accounts, as people do, and stop at each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pyotp
from playwright.sync_api import Page
from staffed import PASSWORD, hire, hire_with_password

from cases.accounts import links, people
from cases.workflow.roles import Role
from data.town.notes import GENERATOR
from geo.database import Database

TOWN = {
    "LOTLINE_DEMO": "1",
    "LOTLINE_SMTP_URL": "smtp://127.0.0.1:9",
    "LOTLINE_MAIL_FROM": "code@alder.example",
    "LOTLINE_OIDC_ISSUER": "http://127.0.0.1:9",  # nobody listens there
    "LOTLINE_OIDC_CLIENT_ID": "lotline",
    "LOTLINE_OIDC_CLIENT_SECRET": "x",
    "LOTLINE_OIDC_NAME": "Sign in with your Alder account",
}
"""A town whose pages show all that they may."""


@dataclass(frozen=True)
class Staff:
    """Who works in the town of the walk."""

    officer: int
    link: str


def staff(database: Database) -> Staff:
    """Hire an officer, an administrator, and some who cannot come in."""
    with database.app.begin() as connection:
        officer = hire_with_password(connection).id
        hire_with_password(connection, Role.ADMIN)
        hire(connection, Role.HEARING_OFFICER, by=GENERATOR)
        gone = hire(connection, login="gone")
        now = datetime.now(UTC)
        people.deactivate(connection, gone, by="T. Webb", now=now)
        invited = hire(connection, Role.CLERK)
        link = links.make(connection, invited, lasting=links.INVITATION, by="T. Webb", now=now)
    return Staff(officer, link)


def walk(page: Page, who: Staff) -> Iterator[str]:
    """Go from page to page, and say at each where one is."""
    yield from _before_the_door(page, who)
    yield from _own_account(page)
    yield from _second_step(page)
    _leave(page)
    yield from _people(page, who)


def _before_the_door(page: Page, who: Staff) -> Iterator[str]:
    page.goto("/sign-in")
    yield "sign in"
    _sign_in(page, "rivera", "a wrong password")
    yield "sign in, wrong"
    page.goto("/sign-in/city")
    yield "city does not answer"
    page.goto("/sign-in/forgot")
    yield "forgot"
    page.get_by_label("Your e-mail address").fill("nobody@alder.example")
    page.get_by_role("button", name="Mail me a link").click()
    yield "forgot, sent"
    page.goto("/set-password/none")
    yield "dead link"
    page.goto(f"/set-password/{who.link}")
    yield "set password"
    page.get_by_label("New password").fill("short")
    page.get_by_role("button", name="Set the password").click()
    yield "set password, weak"


def _own_account(page: Page) -> Iterator[str]:
    page.goto("/account")
    _sign_in(page, "rivera", PASSWORD)
    yield "account"
    page.get_by_label("Current password").fill("not this one")
    page.get_by_label("New password").fill("grey cat on the fence")
    page.get_by_role("button", name="Change the password").click()
    yield "password, wrong"
    page.goto("/account/phone")
    yield "phone"
    key = page.locator("code.key").inner_text().replace(" ", "")
    page.get_by_label("Code").fill(pyotp.TOTP(key).at(datetime.now(UTC)))
    page.get_by_role("button", name="Turn it on").click()
    yield "recovery codes"
    page.get_by_role("link", name="I have kept them").click()
    yield "account, with a phone"
    page.get_by_role("link", name="Turn it off").click()
    yield "drop phone"
    _leave(page)


def _second_step(page: Page) -> Iterator[str]:
    _sign_in(page, "rivera", PASSWORD)
    yield "code"
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Sign in").click()
    yield "code, wrong"


def _people(page: Page, who: Staff) -> Iterator[str]:
    page.goto("/sign-in")
    _sign_in(page, "webb", PASSWORD)
    yield "people"
    page.goto(f"/staff/{who.officer}")
    yield "person"
    page.get_by_role("button", name="Make a new sign-in link").click()
    yield "link"
    page.goto("/staff/add")
    yield "add somebody"
    page.get_by_label("Sign-in name").fill("rivera")
    page.get_by_label("Full name").fill("R. Rivera")
    page.get_by_role("button", name="Add and make a sign-in link").click()
    yield "add somebody, wrong"
    page.goto("/office/")
    yield "not for this role"


def _sign_in(page: Page, login: str, password: str) -> None:
    page.get_by_label("Sign-in name or e-mail").fill(login)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()


def _leave(page: Page) -> None:
    """Sign out, where one is in, and go to the door."""
    page.goto("/account")
    if page.locator(".me summary").count():
        page.locator(".me summary").click()
        page.get_by_role("button", name="Sign out").click()
        page.get_by_role("heading", name="Sign in").wait_for()
