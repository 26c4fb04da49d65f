"""Hostile words that residents send are read in a real browser by staff and others: none runs."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from alder_town import application
from conftest import DESK, serving
from front_desk import FrontDesk, open_for_work, seat
from hostile import WORDS
from playwright.sync_api import Browser, Page
from resident import Resident

from cases.documents.store import Store
from cases.workflow.roles import Role
from geo.cluster import Cluster
from geo.database import from_cluster

AT_ONCE = 4
"""Words in a report: one in each of its fields."""
WATCH = """
    addEventListener("securitypolicyviolation",
        (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
"""


@dataclass
class Watched:
    """A browser's page, and what ran in it that should not have."""

    page: Page
    ran: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.add_init_script(WATCH)
        self.page.on("dialog", self._asked)
        self.page.on("request", self._fetched)
        self.page.on("console", self._said)

    def _asked(self, dialog: object) -> None:
        self.ran.append(f"a dialog at {self.page.url}")
        dialog.dismiss()  # type: ignore[attr-defined]

    def _fetched(self, request: object) -> None:
        if urlsplit(request.url).hostname == "evil.example":  # type: ignore[attr-defined]
            self.ran.append(f"a request at {self.page.url}")

    def _said(self, said: object) -> None:
        if "policy:" in said.text:  # type: ignore[attr-defined]
            self.ran.append(f"{self.page.url}: {said.text}")  # type: ignore[attr-defined]


@pytest.fixture
def hall(cluster: Cluster, worker_id: str, clone: Callable[[str], None]) -> Iterator[FrontDesk]:
    name = f"hostile_words_{worker_id}"
    clone(name)
    with from_cluster(cluster, name=name) as database:
        staff = open_for_work(database)
        with application(database) as app:
            app.extensions["lotline_documents"] = Store("memory://hostile-words")
            yield FrontDesk(app, database, staff)
    cluster.drop_database(name)


def test_no_words_of_a_report_run_where_anybody_reads_them(
    hall: FrontDesk, browser: Browser
) -> None:
    resident = Resident(hall.app.test_client(), hall)
    numbers = [_sent(resident, WORDS[at : at + AT_ONCE]) for at in range(0, len(WORDS), AT_ONCE)]
    cookie = seat(hall.database, hall.app.test_client(), hall.staff[Role.CLERK])
    with serving(hall.app) as site:
        context = browser.new_context(base_url=site, viewport=DESK)
        context.add_cookies([{"name": "lotline", "value": cookie, "url": site}])
        watched = Watched(context.new_page())
        _require_awake(watched, site)
        for path in ("/office/", "/office/complaints"):
            watched.page.goto(path)
        for number in numbers:
            watched.page.goto(f"/office/complaint/{number}")
            for row in watched.page.locator("main details").all():
                row.evaluate("element => (element.open = true)")
            watched.page.locator("main a, main button").last.hover()
        for words in WORDS[:: len(WORDS) // 12]:
            watched.page.goto("/report")
            watched.page.locator("#said").fill(words)
            watched.page.locator("#where").fill(words)
            watched.page.locator("[data-send]").click()
            watched.page.locator(".usa-alert--error").first.wait_for()
        context.close()
    assert watched.ran == []


def _require_awake(watched: Watched, site: str) -> None:
    """Ask that what is watched for would be noticed, on a page that runs it."""
    watched.page.route(
        f"{site}/proof",
        lambda route: route.fulfill(
            body="<script>alert(1); fetch('//evil.example/1').catch(() => 0)</script>",
            content_type="text/html",
        ),
    )
    watched.page.goto("/proof")
    watched.page.wait_for_load_state("networkidle")
    assert {each.partition(" at ")[0] for each in watched.ran} == {"a dialog", "a request"}
    watched.ran.clear()


def _sent(resident: Resident, words: list[str]) -> str:
    with resident.desk.database.owner.begin() as connection:
        connection.exec_driver_sql("DELETE FROM lotline.throttle")
    names = ("said", "where", "name", "home")
    answer = resident.send(**dict(zip(names, words, strict=False)))
    found = re.search(r"CP-\d{4}-\d+", answer.text)
    assert found is not None, answer.text
    return found[0]
