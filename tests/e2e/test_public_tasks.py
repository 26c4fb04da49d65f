"""A resident and a respondent do all they came for by keys alone, and hear each step told."""

import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import by_keys
import pytest
import sqlalchemy as sa
from alder_town import application, settle
from conftest import DESK, PHONE, serving
from counter import OFFICER, Counter, number_of
from desk import OFFICER as BY_OFFICER
from desk import day
from field_town import EMPTY
from front_desk import open_for_work
from letter_holder import code_for
from listener import Listener
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect
from reported import received
from walked import FENCE, Walk, cited, inspected, warned

from cases.adopted import adopt
from cases.documents.store import Store
from cases.intake import accept
from cases.lawpack.reading import DEFAULT
from cases.models import Case, Contact, Extension, Hearing, Inspection
from geo.database import Database
from webmap.public.reporting import opened

sys.path.append(str(Path(__file__).parents[1] / "cases"))
from files import jpeg

ROSA = "rosa@example.org"
MAIL = {
    "LOTLINE_SMTP_URL": "smtp://127.0.0.1:9", "LOTLINE_MAIL_FROM": "code@alder.example.org",
}  # fmt: skip
WAYS: list[Any] = [
    pytest.param(DESK, "en", id="desk-en"),
    pytest.param(PHONE, "es", id="phone-es"),
    pytest.param(DESK, "es", id="desk-es", marks=pytest.mark.full),
    pytest.param(PHONE, "en", id="phone-en", marks=pytest.mark.full),
]
RESIDENT = {
    "en": {
        "case": "What is wrong", "figures": "Figures for each zone", "officers": "Officers by zone",
        "privacy": "What is shown, and what is not", "table": "All cases as a table",
        "report": "Report a problem", "lacks": "Not sent yet", "send": "Send the report",
        "received": "The town has received your report", "see": "See where a report stands",
        "stands": "It was received", "ask": "Look into your e-mail", "yes": "Yes, write to me",
        "follows": "You follow this now", "stop": "Stop all of it", "stopped": "Stopped",
    },
    "es": {
        "case": "Qué está mal", "figures": "Cifras de cada zona",
        "officers": "Inspectores por zona",
        "privacy": "Qué se muestra y qué no", "table": "Todos los casos en una tabla",
        "report": "Reportar un problema", "lacks": "Aún no se envió", "send": "Enviar el reporte",
        "received": "El municipio recibió su reporte", "see": "Ver en qué está un reporte",
        "stands": "Se recibió", "ask": "Revise su correo", "yes": "Sí, escríbanme",
        "follows": "Ahora usted sigue esto", "stop": "Dejar de seguir todo", "stopped": "Detenido",
    },
}  # fmt: skip


@pytest.fixture
def reports(
    fresh_database: Database, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[str, Database]]:
    """The address of a town's site that takes reports and sends mail, and its database."""
    monkeypatch.setattr(opened, "TOO_QUICK", opened.TOO_QUICK * 0)
    open_for_work(fresh_database)
    with application(fresh_database, **MAIL) as app, serving(app) as site:
        app.config["URL"] = site
        yield site, fresh_database


@pytest.fixture
def letter(fresh_database: Database) -> Iterator[tuple[str, Walk]]:
    """The address of a town in which somebody was warned, with the case's officer at work."""
    settle(fresh_database)
    with fresh_database.owner.begin() as connection:
        connection.exec_driver_sql(EMPTY)
    with fresh_database.app.begin() as connection:
        law = adopt(connection, DEFAULT, on=date(2026, 1, 1))
        call = received(connection, law, moment=day(6, 1))
        case = accept(connection, complaint_id=call, actor=BY_OFFICER, moment=day(6, 1))
        number = number_of(connection, case)
    with application(fresh_database) as app, serving(app) as site:
        app.extensions["lotline_documents"] = Store("memory://answered")
        desk = Counter(app, on=date(2026, 6, 1))
        desk.number = number
        walk = Walk(desk)
        inspected(walk)
        warned(walk)
        with desk.engine.begin() as connection:
            connection.execute(
                sa.update(Case).values(published=True, officer_id=desk.staff[OFFICER])
            )
        yield site, walk


@pytest.mark.parametrize(("viewport", "language"), WAYS)
def test_a_resident_finds_reads_reports_asks_and_follows(
    browser: Browser, reports: tuple[str, Database], viewport: ViewportSize, language: str
) -> None:
    site, database = reports
    said = RESIDENT[language]
    one = Listener(browser, site, task="resident", viewport=viewport, language=language)
    one.come("/")
    _finds(one)
    _reads(one, said)
    _reports(one, said)
    _follows(one, database, said)
    one.leave()


def _finds(one: Listener) -> None:
    """Search an address, and open its case."""
    page = one.page
    expect(page.locator("body.map-ready")).to_be_attached()
    assert "108 Alder St" in one.hear("The map, with its list")
    box = page.get_by_role("combobox").first
    by_keys.reach(page, box)
    page.keyboard.type("108 alder", delay=20)
    expect(page.get_by_role("option", name=re.compile("108 Alder St"))).to_be_visible()
    one.hear("An address is typed")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h1")).to_have_text("108 Alder St")
    expect(page.locator("#panel h1")).to_be_focused()
    assert "2026-0003" in one.hear("The lot of the address")


def _reads(one: Listener, said: dict[str, str]) -> None:
    """Read the case, and what the site tells beside the map."""
    one.page.goto("/case/2026-0003")
    one.hear("A case")
    for what in ("table", "figures", "officers", "privacy"):
        one.press(one.page.locator("footer").get_by_role("link", name=said[what]))
        assert "heading" in one.hear(said[what])


def _reports(one: Listener, said: dict[str, str]) -> None:
    """Report a problem after it was sent too early, and see where it stands."""
    page = one.page
    one.press(page.get_by_role("navigation").get_by_role("link", name=said["report"]))
    one.hear("The form of a report")
    form = page.locator("form.report-form")
    expect(page.locator("[data-send]")).to_be_enabled()
    by_keys.reach(page, page.locator("#where"))
    page.keyboard.type("900 Nowhere Rd")
    _choose(page, form, "kind", "High grass")
    _choose(page, form, "who", "nameless")
    by_keys.reach(page, page.get_by_role("button", name=said["send"]))
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text(said["lacks"])
    assert said["lacks"] in one.hear("It was sent without words")
    page.get_by_role("alert").get_by_role("link").first.press("Enter")
    expect(page.locator("#said")).to_be_focused()
    page.keyboard.type("Waist-high grass since May")
    by_keys.reach(page, page.get_by_role("button", name=said["send"]))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(said["received"])
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    one.hear("The report was received")
    code = page.locator(".code").inner_text()
    one.press(page.get_by_role("link", name=said["see"]))
    by_keys.reach(page, page.locator("#code"))
    page.keyboard.type(code)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert said["stands"] in one.hear("Where the report stands")


def _follows(one: Listener, database: Database, said: dict[str, str]) -> None:
    """Follow a case by e-mail, say yes by the link, and stop."""
    page = one.page
    page.goto("/follow?case=2026-0003")
    one.hear("The form to follow")
    by_keys.reach(page, page.locator("#email"))
    page.keyboard.type(ROSA)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert said["ask"] in one.hear("A link was mailed")
    page.goto(_mailed(database, "confirm"))
    one.hear("The page of the link")
    one.press(page.get_by_role("button", name=said["yes"]))
    assert said["follows"] in one.hear("It is followed")
    page.goto(_mailed(database, "stop"))
    one.hear("The page that stops it")
    one.press(page.get_by_role("button", name=said["stop"]))
    assert said["stopped"] in one.hear("It is stopped")


def _mailed(database: Database, what: str) -> str:
    """Return the latest link of a kind that was mailed, as a way on the site."""
    with database.owner.connect() as connection:
        body = connection.scalar(sa.text("SELECT body FROM lotline.mail ORDER BY id DESC LIMIT 1"))
    found = re.search(rf"(/follow/{what}/\S+)", str(body))
    assert found is not None, body
    return found[1]


def _choose(page: Page, form: Locator, name: str, value: str) -> None:
    by_keys.fill(page, form, {name: value})


ANSWER = {
    "en": {
        "case": "What is wrong", "message": "Write to the officer", "alert": "Your message",
        "sent": "on record", "photos": "Send photographs", "time": "Ask for more time",
        "undecided": "It is not decided yet", "ready": "Ready for a visit",
        "comes": "An officer comes on", "pay": "How to pay", "forms": "Forms to print",
        "hearing": "Ask for a hearing", "asked": "was asked for", "close": "Leave this page",
        "open": "Answer a letter from the town",
    },
    "es": {
        "case": "Qué está mal", "message": "Escribir al inspector", "alert": "Su mensaje",
        "sent": "consta", "photos": "Enviar fotografías", "time": "Pedir más tiempo",
        "undecided": "Aún no está decidido", "ready": "Listo para una visita",
        "comes": "Un inspector viene el", "pay": "Cómo pagar", "forms": "Formularios para imprimir",
        "hearing": "Pedir una audiencia", "asked": "Se pidió una audiencia",
        "close": "Salir de esta página", "open": "Responda a una carta del municipio",
    },
}  # fmt: skip


@pytest.mark.parametrize(("viewport", "language"), WAYS)
def test_a_respondent_reads_answers_asks_and_leaves(
    browser: Browser, letter: tuple[str, Walk], viewport: ViewportSize, language: str
) -> None:
    site, walk = letter
    said, desk = ANSWER[language], walk.desk
    desk.at(6, 4)
    with desk.engine.begin() as connection:
        code = code_for(desk, connection)
    one = Listener(browser, site, task="respondent", viewport=viewport, language=language)
    one.come("/notice")
    _opens(one, code, said)
    _writes(one, said)
    _sends_photographs(one, said)
    _asks_for_time(one, walk, said)
    _is_ready(one, said)
    for what in ("pay", "forms"):
        one.press(one.page.get_by_role("link", name=said[what]).first)
        one.hear(said[what])
        one.page.goto("/my-case")
    cited(walk, visit=walk.last(Inspection).id)
    one.page.goto("/notice")
    _opens(one, code, said)
    _asks_for_a_hearing(one, said)
    one.press(one.page.get_by_role("button", name=said["close"]))
    assert said["open"] in one.hear("The case is closed to whoever comes next")
    one.leave()
    first, *_later = walk.all(sa.select(Contact.said).order_by(Contact.id))
    assert first.said == "I mow on Saturday."
    assert len(walk.all(sa.select(Hearing.id))) == 1


def _opens(one: Listener, code: str, said: dict[str, str]) -> None:
    one.hear("The page that asks for the code")
    by_keys.reach(one.page, one.page.locator("#code"))
    one.page.keyboard.type(code.lower())
    with one.page.expect_navigation():
        one.page.keyboard.press("Enter")
    assert said["case"] in one.hear("The case")


def _writes(one: Listener, said: dict[str, str]) -> None:
    """Write to the officer, after nothing was written."""
    page = one.page
    one.press(page.get_by_role("link", name=said["message"]).first)
    one.press(page.locator("main form button.usa-button").first)
    expect(page.get_by_role("alert")).to_be_focused()
    one.hear("Nothing was written")
    page.get_by_role("alert").get_by_role("link", name=said["alert"]).press("Enter")
    page.keyboard.type("I mow on Saturday.")
    one.press(page.locator("main form button.usa-button").first)
    assert "I mow on Saturday." in one.hear("The message is on record")


def _sends_photographs(one: Listener, said: dict[str, str]) -> None:
    page = one.page
    one.press(page.get_by_role("link", name=said["photos"]).first)
    one.hear("The form for photographs")
    photo: Any = {"name": "yard.jpg", "mimeType": "image/jpeg", "buffer": jpeg((60, 40))}
    by_keys.reach(page, page.locator("#files"))
    page.locator("#files").set_input_files([photo])  # the picker is the device's own
    by_keys.fill(page, page.locator("main form").last, {"said": "The back yard, mowed"})
    one.press(page.locator("main form button.usa-button").last)
    assert "The back yard, mowed" in one.hear("The photograph is on record")


def _asks_for_time(one: Listener, walk: Walk, said: dict[str, str]) -> None:
    page = one.page
    one.press(page.get_by_role("link", name=said["time"]).first)
    one.hear("The form to ask for more time")
    values = {
        "violation": walk.violation(FENCE), "because": "The posts are bought",
        "until": (date(2026, 7, 20)).isoformat(),
    }  # fmt: skip
    by_keys.fill(page, page.locator("main form").last, values)
    one.press(page.locator("main form button.usa-button").last)
    assert said["undecided"] in one.hear("More time was asked for")
    (row,) = walk.all(sa.select(Extension.__table__))
    assert (row.because, row.asked_until) == ("The posts are bought", date(2026, 7, 20))


def _is_ready(one: Listener, said: dict[str, str]) -> None:
    page = one.page
    one.press(page.get_by_role("link", name=said["ready"]).first)
    one.hear("The form to choose an hour")
    second = page.locator("#at option").nth(2).get_attribute("value")
    by_keys.fill(page, page.locator("main form").last, {"at": second})
    one.press(page.locator("main form button.usa-button").last)
    assert said["comes"] in one.hear("An hour is chosen")


def _asks_for_a_hearing(one: Listener, said: dict[str, str]) -> None:
    page = one.page
    one.press(page.get_by_role("link", name=said["hearing"]).first)
    one.hear("The form to ask for a hearing")
    about = page.locator("#about option").last.get_attribute("value")
    by_keys.fill(page, page.locator("main form").last, {"about": about, "said": "It was mowed"})
    one.press(page.locator("main form button.usa-button").last)
    assert said["asked"] in one.hear("A hearing was asked for")
