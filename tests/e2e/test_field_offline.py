"""A day's inspections without a signal, over a killed browser and a bad office, lose nothing."""

import hashlib
import itertools
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from conftest import CHROMIUM, FLAGS, PHONE
from field_browser import (
    READY,
    Rough,
    finish,
    inspect,
    kept,
    kill,
    let_in,
    open_field,
    see_from_the_street,
    served,
    take_photos,
    until,
)
from field_town import counted, settle_field
from playwright.sync_api import Browser, BrowserContext, Error, expect

from cases.models import Citation, FieldPhoto, Inspection, ServiceAttempt, Violation
from geo.database import Database

LONG = 240_000


@contextmanager
def phone_in(browser: Browser, folder: Path) -> Iterator[BrowserContext]:
    """A phone whose storage lies in a folder, and outlives the browser."""
    context = browser.browser_type.launch_persistent_context(
        folder, executable_path=CHROMIUM, args=FLAGS, viewport=PHONE, has_touch=True,
        reduced_motion="reduce", permissions=["geolocation"],
        geolocation={"latitude": 27.3, "longitude": -80.4, "accuracy": 6},
    )  # fmt: skip
    try:
        yield context
    finally:
        with suppress(Error):  # it was killed
            context.close()


@pytest.mark.parametrize(
    ("inspections", "each"), [(6, 2), pytest.param(30, 2, marks=pytest.mark.full)]
)
def test_every_inspection_and_photo_made_offline_is_stored_exactly_once(
    browser: Browser, fresh_database: Database, tmp_path: Path, inspections: int, each: int
) -> None:
    settle_field(fresh_database, cases=inspections)
    home, folder = tmp_path / "home", tmp_path / "phone"
    half = inspections // 2
    with served(fresh_database, home, rough=True) as (site, app):
        with phone_in(browser, folder) as context:
            page = context.pages[0]
            let_in(context, site, app, fresh_database, "rivera")
            open_field(page, site)
            expect(page.locator(".stop-open")).to_have_count(inspections - 1)
            context.set_offline(True)
            for at in range(half):
                inspect(page, *range(at * each, (at + 1) * each))
            page.click(".next .primary")
            page.wait_for_selector(".ending")
            take_photos(page, *range(half * each, (half + 1) * each))
            kill(folder)
        assert counted(fresh_database, "field_deed", "field_photo") == [0, 0]
        with phone_in(browser, folder) as context:
            context.set_offline(True)
            page = context.pages[0]
            page.goto(f"{site}/field/")
            page.wait_for_selector(READY)
            page.click(".next .primary")
            expect(page.locator(".thumbs li")).to_have_count(each)
            finish(page)
            for at in range(half + 1, inspections):
                inspect(page, *range(at * each, (at + 1) * each))
            deeds, photos = 2 * inspections, each * inspections
            expect(page.locator("#receipt")).to_contain_text(f"0 of {deeds + photos}")
            let_in(context, site, app, fresh_database, "rivera")  # the session went with the kill
            context.set_offline(False)
            expect(page.locator("#receipt")).to_contain_text(
                f"{deeds + photos} of {deeds + photos}", timeout=LONG
            )
            told = {photo["id"]: photo["sha256"] for photo in kept(page, "photos")}
            assert kept(page, "files") == []
        assert isinstance(app.wsgi_app, Rough)
        assert set(app.wsgi_app.done) == set(Rough.KINDS)
    _all_stored(fresh_database, home, told, inspections=inspections, each=each)


def _all_stored(
    database: Database, home: Path, told: dict[str, str], *, inspections: int, each: int
) -> None:
    """Hold what the office stored against what the phone says it sent, hash by hash."""
    with database.owner.connect() as connection:
        made = connection.scalars(sa.select(Inspection.case_id)).all()
        rows = connection.execute(sa.select(FieldPhoto.id, FieldPhoto.sha256)).all()
        spots = connection.scalars(sa.select(FieldPhoto.lon)).all()
    assert (len(made), len(set(made))) == (inspections, inspections)
    assert len(rows) == inspections * each
    assert {str(row.id): row.sha256 for row in rows} == told
    assert len(set(told.values())) == inspections * each
    for path in (path for path in home.rglob("*") if path.is_file()):
        assert hashlib.sha256(path.read_bytes()).hexdigest() == path.name
    assert {path.name for path in home.rglob("*") if path.is_file()} == set(told.values())
    assert counted(database, "violation WHERE status = 'open'") == [inspections]
    assert all(lon == pytest.approx(-80.4) for lon in spots if lon is not None)


class Busy:
    """An office that puts every third tile off till the next asking."""

    def __init__(self, within: Any) -> None:
        self._within, self._asked = within, itertools.count(1)

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        if "/tiles/staff_ground" in environ["PATH_INFO"] and next(self._asked) % 3 == 0:
            start("503 SERVICE UNAVAILABLE", [("Content-Type", "text/plain")])
            return [b"Busy."]
        return self._within(environ, start)  # type: ignore[no-any-return]


@pytest.mark.parametrize("busy", [False, True])
def test_the_map_of_the_zone_is_there_without_a_signal(
    browser: Browser, fresh_database: Database, tmp_path: Path, *, busy: bool
) -> None:
    settle_field(fresh_database)
    with (
        served(fresh_database, tmp_path) as (site, app),
        phone_in(browser, tmp_path / "p") as context,
    ):
        if busy:
            app.wsgi_app = Busy(app.wsgi_app)  # type: ignore[method-assign]
        let_in(context, site, app, fresh_database, "rivera")
        page = context.pages[0]
        open_field(page, site)
        until(page, _TILES_KEPT)
        context.set_offline(True)
        assert page.evaluate(_ANSWER, "/static/mark.svg")  # asked for with every page
        page.reload()
        page.wait_for_selector(READY)
        expect(page.locator("#bar")).to_contain_text("No signal")
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.click(".map-part .key")
        page.wait_for_selector(".map-ready")
        tiles = {each for each in asked if "/tiles/staff_ground" in each}
        assert tiles
        # What a map asks for that is not laid out yet, or is drawn together by two fingers.
        tiles |= {f"{site}/tiles/staff_ground/{at}.mvt" for at in ("4/4/6", "6/17/26", "7/35/53")}
        assert [each for each in sorted(tiles) if not page.evaluate(_ANSWER, each)] == []


def test_what_is_found_without_a_signal_is_cited_and_handed_over_with_the_visit(
    browser: Browser, fresh_database: Database, tmp_path: Path
) -> None:
    settle_field(fresh_database, cases=1)
    with (
        served(fresh_database, tmp_path) as (site, app),
        phone_in(browser, tmp_path / "p") as context,
    ):
        let_in(context, site, app, fresh_database, "rivera")
        page = context.pages[0]
        open_field(page, site)
        context.set_offline(True)
        page.click(".next .primary")
        page.locator("summary", has_text="Anything else").click()
        trash = page.locator(".item", has_text="30-36(b)")
        trash.locator(".choice", has_text="Violation").click()
        trash.locator("summary", has_text="Cite").click()
        trash.get_by_text("Issue the citation with this visit").click()
        trash.get_by_text("I handed it over here").click()
        see_from_the_street(page, nothing_of_the_rest=True)
        page.click(".ending > .primary")
        expect(page.locator("#lacks")).to_have_text("Say who took the citation.")
        trash.get_by_label("P. Lane in person").check()
        expect(trash.get_by_label("I swear")).not_to_be_checked()
        trash.get_by_label("I swear").check()
        page.locator("summary", has_text="Checklist").click()
        page.locator(".look .choice", has_text="Not seen").first.click()
        page.click(".ending > .primary")
        page.wait_for_selector(".day")
        context.set_offline(False)
        expect(page.locator("#receipt")).to_contain_text("3 of 3", timeout=LONG)
    with fresh_database.owner.connect() as connection:
        cited = connection.execute(
            sa.select(Citation.status, Violation.section, ServiceAttempt.facts)
            .join(Violation, Violation.id == Citation.violation_id)
            .join(ServiceAttempt, ServiceAttempt.notice_id == Citation.notice_id)
        ).one()
        [looked] = connection.scalars(sa.select(Inspection.looked)).one()
    assert (cited.status, cited.section, cited.facts["handed_to"]) == (
        "served", "30-36(b)", "P. Lane"
    )  # fmt: skip
    assert looked["answer"] == "not_seen"


_ANSWER = "(url) => fetch(url).then(({ ok }) => ok, () => false)"
_TILES_KEPT = """async () =>
    Boolean(await (await caches.open("field-tiles")).match("/field/tiles"))"""
