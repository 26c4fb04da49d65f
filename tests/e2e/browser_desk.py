"""Stand at the town's counter in a real browser, each of the staff at a desk, by keys alone."""

from datetime import date
from typing import Any

import by_keys
from counter import Counter, wrongs
from flask import Flask
from pictures import Album
from playwright.sync_api import Browser, Page, ViewportSize

from cases.workflow.roles import Role

DESK: ViewportSize = {"width": 1280, "height": 800}


class BrowserCounter(Counter):
    """The counter whose deeds are done by a keyboard before a real browser.

    Parameters
    ----------
    site
        Where the application is served.
    """

    def __init__(self, browser: Browser, site: str, app: Flask, *, on: date) -> None:
        super().__init__(app, on=on)
        self.browser, self.site = browser, site
        self.album = Album("story")
        self.complaints: list[str] = []
        self._pages: dict[Role, Page] = {}
        self._seated: dict[Role, date] = {}
        self._deeds = 0
        self._seen: dict[Role, tuple[date, int]] = {}

    def desk(self, role: Role) -> Page:
        """Return the page before somebody, who has signed in today."""
        if role not in self._pages:
            self._pages[role] = self._open()
        if self._seated.get(role) != self.clock.on:
            cookie = self.client(role).get_cookie("lotline")
            assert cookie is not None
            self._pages[role].context.add_cookies(
                [{"name": "lotline", "value": cookie.value, "url": self.site}]
            )
            self._seated[role] = self.clock.on
        return self._pages[role]

    def _open(self) -> Page:
        context = self.browser.new_context(
            base_url=self.site, viewport=DESK, reduced_motion="reduce", locale="en-US"
        )
        page = context.new_page()
        self.watch(page)
        return page

    def watch(self, page: Page) -> None:
        """Note what a page complains of: a script that fails, a policy that is broken."""
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on(
            "console",
            lambda said: (
                self.complaints.append(f"{page.url}: {said.text}") if said.type == "error" else None
            ),
        )

    def page(self, role: Role) -> str:
        """Open the case's page, unless it is before somebody as it stands now."""
        page = self.desk(role)
        if self._seen.get(role) != (self.clock.on, self._deeds):
            page.goto(f"/office/case/{self.number}")
            self._note(role, page)
        return page.content()

    def do(self, role: Role, action: str, row: int | None = None, /, **values: Any) -> str:
        """Do a deed; gives the page it leads to."""
        page = self._press(role, action, row, values)
        assert "/do/" not in page.url, (action, wrongs(page.content()))
        self._deeds += 1
        self._note(role, page)
        return page.url.removeprefix(self.site)

    def refusal(self, role: Role, action: str, row: int | None = None, /, **values: Any) -> str:
        """Have a deed refused; gives what its page says is wrong."""
        page = self._press(role, action, row, values)
        assert "/do/" in page.url, action
        self._seen.pop(role)
        return wrongs(page.content())

    def close(self) -> None:
        """Leave every desk, and lay the pictures out."""
        for page in self._pages.values():
            page.context.close()
        if self.album.taken:
            self.album.lay_out()

    def _press(self, role: Role, action: str, row: int | None, values: dict[str, Any]) -> Page:
        self.page(role)
        way = self.way(action, row, role)
        page = self.desk(role)
        link = page.locator(f'main a[href="{way}"]').first
        link.evaluate("link => link.closest('details')?.setAttribute('open', '')")
        by_keys.press(page, link)
        form = page.locator(".deed-form")
        button = form.locator("button.usa-button")
        if not button.count():  # it cannot be done today, and the page says why
            return page
        by_keys.fill(page, form, {name.replace("__", "-"): value for name, value in values.items()})
        self.album.take(page, action)
        by_keys.press(page, button.first)
        if "/do/" in page.url and page.locator("input[name^=seen]").count():
            self.album.take(page, f"{action}, before it is done")
            by_keys.press(page, button.first)
        return page

    def _note(self, role: Role, page: Page) -> None:
        if page.url.partition("?")[0].endswith(f"/office/case/{self.number}"):
            self._seen[role] = (self.clock.on, self._deeds)
            self.album.take(page, f"case, {role}, {self.clock.on}")
        else:
            self._seen.pop(role, None)
