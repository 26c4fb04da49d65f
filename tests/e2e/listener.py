"""Hear each step of a task as a screen reader tells it, and keep the transcript to be read.

    LOTLINE_TRANSCRIPTS=folder script/test --full tests/e2e/test_public_tasks.py

Whatever is heard is judged, whether it is kept or not.
"""

import os
import re
from pathlib import Path

import axe
import by_keys
from playwright.sync_api import Browser, ViewportSize, expect

_TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
_WORKED = "button|checkbox|combobox|link|radio|searchbox|slider|spinbutton|switch|tab|textbox"
_NAMELESS = re.compile(rf"^\s*- (?:{_WORKED})(?: \[[^]]*\])*:?$", re.MULTILINE)
_OTHER = {"en": "Español", "es": "English"}


class Listener:
    """Somebody who hears pages and works them by keys alone, in one language.

    Parameters
    ----------
    task
        What they are about; the transcript is called by it.
    """

    def __init__(
        self, browser: Browser, site: str, *, task: str, viewport: ViewportSize, language: str
    ) -> None:
        self.context = browser.new_context(
            base_url=site, viewport=viewport, reduced_motion="reduce", locale="en-US"
        )
        self.page = self.context.new_page()
        self.language = language
        self.name = f"{task}-{viewport['width']}-{language}"
        self.complaints: list[str] = []
        self._told: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on(
            "console",
            lambda said: self.complaints.append(said.text) if said.type == "error" else None,
        )

    def come(self, path: str) -> None:
        """Open the site, and choose the language on it."""
        self.page.goto(path)
        if self.page.locator("html").get_attribute("lang") != self.language:
            other = _OTHER["es" if self.language == "en" else "en"]
            self.press(self.page.get_by_role("link", name=other))

    def press(self, target: object) -> None:
        """Go to a link or a button by Tab and press Enter, and wait for where it leads."""
        by_keys.press(self.page, target)  # type: ignore[arg-type]

    def hear(self, step: str) -> str:
        """Return what the page tells, which is to be whole and in the language asked for."""
        self.page.wait_for_load_state("networkidle")
        expect(self.page.locator("html")).to_have_attribute("lang", self.language)
        tree = self.page.locator("body").aria_snapshot()
        focus = self.page.evaluate("document.activeElement.textContent.trim().slice(0, 80)")
        self._told.append(f"## {step}\n\n{self.page.title()}\nfocus: {focus!r}\n\n{tree}\n")
        assert _NAMELESS.findall(tree) == [], (step, _NAMELESS.findall(tree))
        wrongs = axe.wrongs(self.page)
        assert wrongs == [], (step, wrongs)
        assert not self.page.evaluate(_TOO_WIDE), step
        return tree

    def leave(self) -> None:
        """Close the browser, and keep the transcript where one is wanted."""
        self.context.close()
        if folder := os.environ.get("LOTLINE_TRANSCRIPTS"):
            Path(folder).mkdir(parents=True, exist_ok=True)
            text = f"# {self.name}\n\n" + "\n".join(self._told)
            (Path(folder) / f"{self.name}.md").write_text(text, encoding="utf-8")
        assert self.complaints == []
