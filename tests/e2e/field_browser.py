"""Serve the field town, well or badly, and be the phone of its officer in a real Chromium."""

import contextlib
import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from alder_town import application
from field_town import sign_in
from flask import Flask
from PIL import Image
from playwright.sync_api import BrowserContext, Page, ViewportSize, expect
from sqlalchemy import Engine
from werkzeug.serving import make_server

from cases.documents.store import Store
from geo.database import Database

READY = "body.field-ready"
PHONE: ViewportSize = {"width": 390, "height": 844}


class Rough:
    """An office that answers late, twice, with 500s, and does what it then says it did not.

    Parameters
    ----------
    within
        The application.
    """

    KINDS = ("well", "well", "late", "twice", "refused", "lost")

    def __init__(self, within: Any) -> None:
        self._within = within
        self._random = random.Random(4)  # noqa: S311 - the same trouble in every run
        self.done: Counter[str] = Counter()

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in {"POST", "PUT"}:
            return self._within(environ, start)  # type: ignore[no-any-return]
        kind = self._random.choice(self.KINDS)
        self.done[kind] += 1
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        if kind == "late":
            time.sleep(0.4)
        if kind in {"twice", "lost"}:
            self._ask(environ, body, lambda *_: None)
        if kind in {"refused", "lost"}:
            start("500 INTERNAL SERVER ERROR", [("Content-Type", "text/plain")])
            return [b"Something went wrong."]
        return self._ask(environ, body, start)

    def _ask(self, environ: dict[str, Any], body: bytes, start: Any) -> list[bytes]:
        answer = self._within({**environ, "wsgi.input": BytesIO(body)}, start)
        try:
            return list(answer)
        finally:
            if hasattr(answer, "close"):
                answer.close()


def let_finish(app: Flask) -> None:
    """Wait for what a browser asked for last: its connection is else never closed."""
    engines = [
        each for each in vars(app.extensions["lotline"]).values() if isinstance(each, Engine)
    ]
    quiet = 0
    for _ in range(400):
        busy = any(each.pool.checkedout() for each in engines)  # type: ignore[attr-defined]
        quiet = 0 if busy else quiet + 1
        if quiet > 1:  # a request that was just taken may not have its connection yet
            return
        time.sleep(0.05)


@contextlib.contextmanager
def served(database: Database, home: Path, *, rough: bool = False) -> Iterator[tuple[str, Flask]]:
    """Serve the application on a database; its photographs lie under a folder."""
    with application(database) as app:
        app.config["HOME"] = home
        app.extensions["lotline_documents"] = Store(home / "documents")
        if rough:
            app.wsgi_app = Rough(app.wsgi_app)  # type: ignore[method-assign]
        server = make_server("127.0.0.1", 0, app, threaded=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.port}", app
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
            let_finish(app)


def let_in(
    context: BrowserContext,
    site: str,
    app: Flask,
    database: Database,
    login: str,
    *,
    now: datetime | None = None,
) -> None:
    """Sign somebody in, in this browser; `now` where the office's clock was stopped."""
    client = sign_in(app.test_client(), database, login, now=now)
    cookie = client.get_cookie("lotline")
    assert cookie is not None
    context.add_cookies([{"name": "lotline", "value": cookie.value, "url": site}])


def open_field(page: Page, site: str) -> None:
    """Open the field app, and wait until it is at hand without a signal too."""
    page.goto(f"{site}/field/")
    page.wait_for_selector(READY)
    until(page, "navigator.serviceWorker.controller !== null")


def until(page: Page, script: str, *, seconds: float = 60) -> None:
    """Ask a page until it says yes; its own policy lets no script of ours wait inside it."""
    last = time.monotonic() + seconds
    while not page.evaluate(script):
        assert time.monotonic() < last, f"the page never said yes to {script}"
        page.wait_for_timeout(100)


def picture(number: int) -> dict[str, Any]:
    """Return a photograph unlike any other, as a phone's camera hands it over."""
    image = Image.new("RGB", (64, 48), (number * 37 % 256, number * 91 % 256, number * 13 % 256))
    held = BytesIO()
    image.save(held, "JPEG", comment=f"photo {number}".encode())
    return {"name": f"{number}.jpg", "mimeType": "image/jpeg", "buffer": held.getvalue()}


def take_photos(page: Page, *numbers: int) -> None:
    """Take photographs at the stop that is open, each kept before the next."""
    before = page.locator(".thumbs li").count()
    for at, number in enumerate(numbers, start=1):
        page.set_input_files(".camera input", picture(number))
        expect(page.locator(".thumbs li")).to_have_count(before + at)


def inspect(page: Page, *numbers: int) -> None:
    """Make the inspection of the next stop: what is seen, photographs, finish."""
    page.click(".next .primary")
    page.wait_for_selector(".ending")
    take_photos(page, *numbers)
    finish(page)


def finish(page: Page) -> None:
    """Say that the violation is there, and finish the visit that is open."""
    page.check(".violation input[value=verified]")
    see_from_the_street(page)
    page.click(".ending > .primary")
    page.wait_for_selector(".day")


def see_from_the_street(page: Page, *, nothing_of_the_rest: bool = False) -> None:
    """Say how the visit that is open was made, and of its violations that they were not seen."""
    if nothing_of_the_rest:
        for each in page.locator(".violation input[value=unseen]").all():
            each.check()
    page.check("[data-entry] input[value=vantage]")
    page.get_by_role("button", name="From the street").click()


def kill(folder: Path) -> None:
    """Kill the browser that works in a folder, every process of it, with no time to tidy up."""
    for process in Path("/proc").iterdir():
        if process.name.isdigit():
            with contextlib.suppress(OSError):
                if str(folder).encode() in (process / "cmdline").read_bytes():
                    os.kill(int(process.name), signal.SIGKILL)


def kept(page: Page, store: str) -> list[dict[str, Any]]:
    """Return what the phone keeps in one of its stores."""
    script = """async (store) => {
        const [{ name }] = await indexedDB.databases();
        const asked = (request) => new Promise((resolve) => {
            request.onsuccess = () => resolve(request.result);
        });
        const database = await asked(indexedDB.open(name));
        const found = await asked(database.transaction(store).objectStore(store).getAll());
        database.close();
        return found;
    }"""
    found: list[dict[str, Any]] = page.evaluate(script, store)
    return found
