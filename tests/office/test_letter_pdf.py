"""An issued notice is a PDF that anybody's reader can read, kept from the day it is first set."""

import io
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pypdf
import pytest
import sqlalchemy as sa
from counter import CLERK, JUDGE, Counter
from desk import CLERK as J_OKAFOR
from desk import day
from ended_parcel import end_parcel
from pdfs import parts_of, words_of
from werkzeug.test import TestResponse

from cases.documents.store import Store
from cases.letters.pdf import set_pdf
from cases.letters.templates import BUNDLED, LetterError, Site, write
from cases.models import Case, Document, Notice, NoticeLetter
from cases.succession.deciding import decide
from cases.succession.stood import stood_on
from geo.layers import Parcel, ParcelPeriod, ParcelRefresh
from geo.surroundings import around

type On = Callable[[int], Counter]
STYLE = (BUNDLED / "letter.css").read_text("utf-8")
LETTERS = 10
GROWN = """
import gc, pathlib, resource, sys

from cases.letters.pdf import set_pdf

def grown():
    before = held()
    for _ in range(int(sys.argv[1])):
        set_pdf("<h1>Añil</h1>", title="x", language="es", author="x", style="")
    return held() - before

def held():
    gc.collect()
    pages = pathlib.Path("/proc/self/statm").read_text("ascii").split()[1]
    return int(pages) * resource.getpagesize()

grown()  # what is loaded with the first, and room for what each needs for a while
print(grown())
"""
SAID = {
    "en": ("Warning", "Case", "To correct it:", "days from its service", "Issued by M. Rivera"),
    "es": ("Advertencia", "Caso", "Para corregirlo:", "días desde su notificación",
           "Emitido por M. Rivera", "se cita en inglés"),
}  # fmt: skip
MAPPED = {
    "en": "Map, north at the top: parcel A-1, 101 Alder St, in a bold outline among its neighbors.",
    "es": "Mapa con el norte arriba: la parcela A-1, 101 Alder St, con contorno grueso",
}


@pytest.fixture
def desk(on_case: On, case: int, tmp_path: Path) -> Counter:
    """The counter on a case that has an issued warning, with a store of documents."""
    desk = on_case(case).at(6, 9)
    desk.app.extensions["lotline_documents"] = Store(tmp_path / "documents")
    desk.app.config["LETTERS"] = tmp_path / "letters"
    return desk


def _ask(desk: Counter, notice: int, *, query: str = "", **said: Any) -> TestResponse:
    way = f"/office/case/{desk.number}/notice/{notice}/letter.pdf{query}"
    return desk.client(said.pop("role", CLERK)).get(way, **said)


@pytest.mark.parametrize("language", ["en", "es"])
def test_an_issued_notice_is_a_tagged_pdf_in_the_language_asked_for(
    desk: Counter, warning: int, language: str
) -> None:
    answer = _ask(desk, warning, query=f"?language={language}", role=JUDGE)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    read = pypdf.PdfReader(io.BytesIO(answer.data))
    root: Any = read.trailer["/Root"]
    assert root["/Lang"] == language
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert re.search(rb"pdfuaid:part\W+1", root["/Metadata"].get_object().get_data())
    assert read.metadata is not None
    assert read.metadata.title == f"{SAID[language][0]} · {SAID[language][1]} {desk.number}"
    said = words_of(read)
    for each in (*SAID[language], "P. Lane", "9 Birch Ave", desk.number, "1 Main St"):
        assert each in said, (each, said)
    parts = list(parts_of(read))
    figures = [each["/Alt"] for each in parts if each["/S"] == "/Figure"]
    assert [each.startswith(MAPPED[language]) for each in figures] == [True]
    assert next(each["/S"] for each in parts if each["/S"] in {"/H1", "/H2"}) == "/H1"


def test_a_letter_that_is_set_later_has_the_parcel_and_the_map_of_its_own_day(
    desk: Counter, warning: int, case: int, town: sa.Connection
) -> None:
    lot = town.scalars(sa.select(Case.parcel_id).where(Case.id == case)).one()
    assert lot is not None
    decide(
        town, succession_id=end_parcel(town, case_id=case, parcel_id=lot), parcel_no="A-2",
        because="The shed is there", actor=J_OKAFOR, moment=day(7, 1),
    )  # fmt: skip
    town.execute(
        sa.update(ParcelPeriod)
        .where(ParcelPeriod.parcel_id == lot)
        .values(valid_to=date(2026, 6, 15))
    )
    run = town.scalars(sa.select(ParcelRefresh.import_run_id)).one()
    number = {"parcel_no": "A-1 (until 2026-06-15)", "was_no": "A-1", "renamed_by_run": run}
    town.execute(sa.update(Parcel).where(Parcel.id == lot).values(number))
    page = desk.at(7, 2).client(CLERK).get(f"/office/case/{desk.number}/notice/{warning}").text
    assert "101 Alder St<br>Parcel A-1</p>" in page
    read = pypdf.PdfReader(io.BytesIO(_ask(desk, warning).data))
    assert f"Case {desk.number} 101 Alder St Parcel A-1 " in words_of(read)
    assert "until" not in words_of(read)
    assert any(each.get("/Alt", "").startswith(MAPPED["en"]) for each in parts_of(read))
    row = town.execute(sa.select(Case.id, Case.parcel_id).where(Case.id == case)).one()
    now = stood_on(town, row, on=date(2026, 7, 1))
    assert now is not None
    assert now.parcel_no == "A-2"


STANDS = "Within a year the town may correct the same again without further notice."


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_letter_says_for_how_long_its_notice_stands_in_the_laws_own_words(
    desk: Counter, warning: int, town: sa.Connection, language: str
) -> None:
    copied = ("case_id", "respondent_id", "kind", "status", "issued_on")
    said = sa.select(Notice.content).where(Notice.id == warning)
    content = dict(town.execute(said).scalar_one())
    content["violations"] = [each | {"stands": STANDS} for each in content["violations"]]
    told = sa.select(
        *(getattr(Notice, each) for each in copied),
        sa.literal(content, Notice.content.type).label("content"),
    ).where(Notice.id == warning)
    standing = town.execute(
        sa.insert(Notice).from_select([*copied, "content"], told).returning(Notice.id)
    ).scalar_one()
    read = pypdf.PdfReader(io.BytesIO(_ask(desk, standing, query=f"?language={language}").data))
    assert STANDS in " ".join(" ".join(page.extract_text() for page in read.pages).split())


def test_the_map_shows_the_lots_and_streets_of_a_day_around_the_lot(
    case: int, town: sa.Connection
) -> None:
    lot = town.scalar(sa.select(Case.parcel_period_id).where(Case.id == case))
    assert lot is not None
    ground = around(town, lot, on=date(2026, 6, 2))
    assert ground is not None
    assert ground.lot.label == "101"
    numbers = [each.label for each in ground.neighbours]
    assert numbers
    assert "101" not in numbers
    town.execute(
        sa.update(ParcelPeriod)
        .where(ParcelPeriod.id != lot, ParcelPeriod.valid_to.is_(None))
        .values(valid_to=date(2026, 6, 2))
    )
    alone = around(town, lot, on=date(2026, 6, 2))
    assert alone is not None
    assert not alone.neighbours
    assert around(town, 999_999, on=date(2026, 6, 2)) is None


def test_what_is_set_once_is_kept_and_given_again_to_the_byte(
    desk: Counter, warning: int, town: sa.Connection
) -> None:
    first = _ask(desk, warning)
    desk.app.config["CITY_CONTACT"] = ("Elsewhere",)
    again = _ask(desk, warning)
    assert again.data == first.data
    assert _ask(desk, warning, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    rows = town.execute(sa.select(NoticeLetter.__table__)).all()
    assert [(each.notice_id, each.language, each.set_by) for each in rows] == [
        (warning, "en", "J. Okafor")
    ]
    file = town.execute(sa.select(Document.__table__)).one()
    assert (file.sha256, file.byte_size) == (rows[0].sha256, len(first.data))
    assert desk.client(CLERK).get(f"/office/file/{file.sha256}").data == first.data


def test_only_what_was_issued_is_a_pdf_and_only_in_a_language_there_is(
    desk: Counter, warning: int, town: sa.Connection
) -> None:
    page = desk.page(CLERK)
    assert f"/notice/{warning}/letter.pdf" in page
    letter = desk.client(CLERK).get(f"/office/case/{desk.number}/notice/{warning}").text
    assert "PDF in Spanish" in letter
    assert _ask(desk, warning, query="?language=fr").status_code == 404
    draft = town.execute(
        sa.insert(Notice).from_select(
            ["case_id", "respondent_id", "kind", "status", "content"],
            sa.select(Notice.case_id, Notice.respondent_id, Notice.kind, sa.literal("drafted"),
                      Notice.content),
        ).returning(Notice.id)
    ).scalar_one()  # fmt: skip
    assert _ask(desk, draft).status_code == 404
    assert "letter.pdf" not in desk.client(CLERK).get(
        f"/office/case/{desk.number}/notice/{draft}"
    ).text  # fmt: skip


def test_a_town_may_say_it_in_its_own_words_and_under_its_own_seal(
    desk: Counter, warning: int, tmp_path: Path
) -> None:
    own = tmp_path / "letters"
    (own / "en").mkdir(parents=True)
    (own / "en" / "warning.html").write_text(
        '{% extends "notice.html" %}{% block opening %}<p>Good day, {{ letter.content.recipient '
        "}}.</p>{% endblock %}"
    )
    (own / "seal.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>')
    read = pypdf.PdfReader(io.BytesIO(_ask(desk, warning).data))
    assert "Good day, P. Lane." in read.pages[0].extract_text()
    parts = list(parts_of(read))
    assert any(each.get("/Alt", "").startswith("Seal of") for each in parts)


@pytest.mark.parametrize(
    "letter",
    ['<img src="https://example.org/spy.png" alt="x">', '<img src="file:///etc/hostname" alt="x">',
     '<img src="letter:other.svg" alt="x">', '<link rel="stylesheet" href="file:///etc/x.css">',
     '<p style="background: url(http://127.0.0.1/)">x</p>',
     '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/hostname"/></svg>'],
)  # fmt: skip
def test_a_letter_shows_nothing_but_what_it_was_handed(letter: str) -> None:
    with pytest.raises(LetterError, match="which is not part of it"):
        set_pdf(letter, title="x", language="en", author="x", style=STYLE)


def test_the_same_letter_is_the_same_bytes() -> None:
    once, twice = (
        set_pdf("<h1>Añil</h1>", title="x", language="es", author="x", style=STYLE) for _ in "ab"
    )
    assert once == twice


def test_a_process_that_sets_letters_does_not_grow_with_each() -> None:
    # One of its own: what other tests leave behind moves the memory of this one.
    own = subprocess.run(
        [sys.executable, "-c", GROWN, str(LETTERS)], capture_output=True, text=True, check=True
    )
    assert int(own.stdout) < LETTERS * 50_000


@pytest.mark.parametrize(
    "text",
    ["{{ letter.recipent }}", "{{ ''.__class__.__mro__ }}", "{% include '/etc/hostname' %}",
     "{% include '../en/notice.html' %}", "{{ site.own.read_text() }}", "{% for %}"],
)  # fmt: skip
def test_a_template_that_asks_for_more_than_a_letter_has_is_refused(
    tmp_path: Path, text: str
) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "warning.html").write_text(text)
    with pytest.raises(LetterError, match=r"en/warning.html.* cannot be written"):
        write(Site(name="Alder", own=tmp_path), "warning", language="en", filters={}, letter={})
