"""The pages speak Spanish whole: nothing is missing, and what the rules say is known again."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from alder_town import application
from flask import Flask
from flask_babel import get_translations

from cases.checklists import read_checklists
from cases.lawpack.reading import BUNDLED, read_pack
from cases.lawpack.schema import LawPack
from data.town.notes import NOTE
from geo.database import Database
from webmap.catalogue.checking import bare_words, faults
from webmap.catalogue.gathering import ROOT, gathered, lost
from webmap.catalogue.keeping import compile_all, kept
from webmap.field.words import words as field_words
from webmap.interpreting import SAID, say, say_citation, say_told
from webmap.languages import LOCALES
from webmap.scripts_words import script_words
from webmap.words import day, due_words, plain

SCRIPTS = ROOT / "webmap" / "frontend" / "js"
LAWS = sorted(BUNDLED.glob("*.toml"))
TOO_BARE = {
    "cases/opening.py: %(claims)s and %(claims3)s",
    "cases/records/papers.py: %(capitalize)s to %(get)s",
    "cases/owners/confirmations.py: %(by)s on %(on)s, %(key_a)s and %(key_b)s",
    "cases/owners/identifying.py: %(by)s on %(on)s: %(reason)s",
}
"""Names and days in a row, told as they are."""
SAMPLES = {
    "day": "March 3, 2026",
    "span": "March 3, 2026",
    "money": "$1,250.00",
    "count": "12",
    "party": "reporter",
}
_VALUE = re.compile(r"%\((\w+)\)s")


@pytest.fixture(scope="module")
def app(worker_database: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("translations")
    compile_all(folder)
    with application(worker_database) as app:
        app.extensions["babel"].translation_directories[:] = [str(folder)]
        yield app


@pytest.fixture
def spanish(app: Flask) -> Iterator[None]:
    with app.test_request_context("/", headers={"Accept-Language": "es-MX,es;q=0.9,en;q=0.5"}):
        yield


def test_the_catalogue_is_complete() -> None:
    assert list(faults("es")) == []


def test_no_words_are_where_no_catalogue_reaches_them() -> None:
    assert bare_words() == []


def test_a_string_that_is_new_and_one_that_is_gone_are_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = gathered()
    now.add("Say it in Spanish.")
    now.delete("Back to the list")
    monkeypatch.setattr("webmap.catalogue.checking.gathered", lambda: now)
    found = list(faults("es"))
    assert len(found) == 2
    assert "Say it in Spanish." in found[0]
    assert "Back to the list" in found[1]


def test_placeholders_at_odds_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = kept("es")
    message = broken.get("Case %(number)s")
    assert message is not None
    message.string = "Caso %(numero)s"
    monkeypatch.setattr("webmap.catalogue.checking.kept", lambda _language: broken)
    (found,) = faults("es")
    assert "Caso %(numero)s" in found


def test_only_names_in_a_row_are_too_bare_to_be_known_again() -> None:
    assert set(lost()) <= TOO_BARE


@pytest.mark.usefixtures("spanish")
def test_every_sentence_of_the_rules_is_known_again_when_it_is_filled() -> None:
    catalog = get_translations()._catalog
    said = [key.removeprefix(f"{SAID}\4") for key in catalog if str(key).startswith(f"{SAID}\4")]
    unknown = [each for each in said if say(_filled(each)) == _filled(each)]
    assert len(said) > 400
    assert [each for each in unknown if catalog[f"{SAID}\4{each}"] != each] == []


def _filled(said: str) -> str:
    names = {name: _sample(name) for name in _VALUE.findall(said)}
    return (said % names).strip()


def _sample(name: str) -> str:
    kind = name.rstrip("0123456789")
    return SAMPLES.get(kind, "warning" if kind == "word" else "Ω7")


@pytest.mark.usefixtures("spanish")
def test_what_the_records_keep_in_english_is_told_with_its_values() -> None:
    assert say(
        "Citation UCV-2026-00042 was served; it is to be answered by March 30, 2026, 20 days after "
        "March 9, 2026, moved from March 29, 2026 (Sunday) to March 30, 2026."
    ) == (
        "Se notificó la citación UCV-2026-00042; se debe responder a más tardar el 30 mar 2026, "
        "20 días después del 9 mar 2026, trasladado del 29 mar 2026 (domingo) al 30 mar 2026."
    )
    assert say_told("The case was closed. Reason: The case was closed. - Ana Case") == (
        "Se cerró el caso. Motivo: Se cerró el caso. - Ana Case"
    )
    assert say("The neighbour's goat.") == "The neighbour's goat."
    assert say(NOTE).startswith("Un municipio generado: ")


@pytest.mark.usefixtures("spanish")
def test_days_spans_and_stored_words_are_written_as_a_reader_of_spanish_does() -> None:
    assert day(date(2026, 3, 3)) == "3 mar 2026"
    assert due_words(date(2026, 3, 3), date(2026, 3, 4)) == "1 día de atraso"
    assert plain("certified_mail") == "Correo certificado"


def test_what_officers_look_for_at_a_visit_is_in_the_catalogue() -> None:
    lines = {line for lines in read_checklists().values() for line in lines}
    assert lines <= {each.id for each in gathered()}


@pytest.mark.usefixtures("spanish")
def test_what_is_wrong_at_a_property_is_said_by_the_law_we_ship() -> None:
    assert say("High grass") == "Césped alto"
    cited = say_citation("Sec. 30-36(b) Accumulation of trash, junk or debris")
    assert cited == "Sec. 30-36(b) Acumulación de basura, chatarra o escombros"
    assert say_citation("Sec. 1-1 The town's own words") == "Sec. 1-1 The town's own words"


def test_holidays_are_named_in_the_catalogue() -> None:
    laws = [tomllib.loads(file.read_text("utf-8")) for file in LAWS]
    named = {
        each["name"]
        for law in laws
        for kind in ("fixed", "moving")
        for each in law["calendar"][kind]
    }
    assert {"Friday after Thanksgiving", "Juneteenth"} <= named
    assert named <= {each.id for each in gathered()}


@pytest.mark.parametrize("file", LAWS, ids=lambda file: file.stem)
@pytest.mark.usefixtures("spanish")
def test_what_letters_print_of_each_law_we_ship_is_in_spanish(file: Path) -> None:
    printed = set(_printed(read_pack(file)))
    assert len(printed) > 10
    assert [each for each in printed if not get_translations()._catalog.get(each)] == []


def _printed(law: LawPack) -> Iterator[str]:
    """Yield what a letter has of a law pack, but for its text, which is cited as it stands."""
    for each in law.ordinances:
        yield from (each.title, each.corrected_by, each.category)
    yield from (each.says for each in (law.hearing_rights.told if law.hearing_rights else ()))
    yield from (each.name for each in law.bodies)
    yield from filter(None, (law.repeats.heard_though_corrected, law.intake.public_record_notice))


def test_outside_of_a_page_all_is_english() -> None:
    assert day(date(2026, 3, 3)) == "Mar 3, 2026"
    assert say("The case was closed.") == "The case was closed."


@pytest.mark.parametrize(
    ("header", "cookie", "expected"),
    [("es-MX,es;q=0.9", "", "es"), ("fr", "", "en"), ("es", "en", "en"), ("en", "es", "es"),
     ("en", "xx", "en")],
)  # fmt: skip
def test_a_page_speaks_what_was_chosen_else_what_the_browser_asks_for(
    app: Flask, header: str, cookie: str, expected: str
) -> None:
    client = app.test_client()
    if cookie:
        client.set_cookie("language", cookie)
    page = client.get("/no-such-page", headers={"Accept-Language": header}).text
    assert f'<html lang="{expected}">' in page
    assert ("Esa página no existe" in page) is (expected == "es")


def test_a_link_without_scripts_changes_the_language_and_leads_back(app: Flask) -> None:
    client = app.test_client()
    page = client.get("/no-such-page?a=1").text
    assert '<a href="/language/es?to=/no-such-page?a%3D1" lang="es"' in page
    answer = client.get("/language/es?to=/no-such-page")
    assert (answer.status_code, answer.location) == (303, "/no-such-page")
    assert "Esa página no existe" in client.get("/no-such-page").text
    assert client.get("/language/es?to=//evil.example").location == "/"
    assert client.get("/language/fr").status_code == 404


@pytest.mark.parametrize("locale", LOCALES)
def test_the_scripts_say_no_word_that_the_server_does_not_give(app: Flask, locale: str) -> None:
    with app.test_request_context("/", headers={"Accept-Language": locale}):
        given = {"pages": set(script_words()), "field": set(field_words())}
    assert _asked(SCRIPTS / "words.js") <= given["pages"]
    for script in (SCRIPTS / "field").glob("*.js"):
        assert _asked(script) <= given["field"], script


def _asked(file: Path) -> set[str]:
    """Return the keys that a script asks words by, each of both numbers where it counts."""
    script = file.read_text()
    keys = set(re.findall(r"\bsay\(\"([\w.]+)\"", script))
    counted = re.findall(r"\b(?:sayCount|count)\(\"([\w.]+)\"", script)
    return keys | {f"{key}.{number}" for key in counted for number in ("one", "many")}
