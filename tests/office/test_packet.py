"""All that a case brings before a hearing is one tagged PDF, filed with one click."""

import hashlib
import io
import re
import uuid
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import files
import pdfs
import pypdf
import pytest
import sqlalchemy as sa
from counter import CLERK, JUDGE, OFFICER, Counter
from desk import CLERK as J_OKAFOR
from desk import day
from pdfs import parts_of, require_consistent, words_of
from played import one

from cases.desk.book import open_book
from cases.desk.reckoning import reckon
from cases.documents.redacting import Box, redact
from cases.documents.store import Store
from cases.history import Deed, append
from cases.models import CaseDocument, CaseEvent, Document, Hearing, HearingPacket
from cases.moving_in.placing import NOTE_MOVED_IN

type On = Callable[[int], Counter]
PHOTOS = 14
SAID = {
    "en": ("Hearing packet", "Contents", "What happened", "Notices and proof of service",
           "Exhibits and photographs", "Ledger and fines", "The ordinance", "Proof of service",
           "Exhibit A: The hedge from the sidewalk", "owed on Oct 7, 2026", "Page 2 of",
           "Served on", "The bold outline is parcel A-1", "Drawn up from the town's records by"),
    "es": ("Expediente de la audiencia", "Contenido", "Lo que ha pasado",
           "Avisos y prueba de su notificación", "Pruebas y fotografías", "La ordenanza",
           "Prueba A: The hedge from the sidewalk", "adeudados el 7 oct 2026", "Página 2 de",
           "Notificado el", "El contorno grueso es la parcela A-1", "Sección 30-36(a)"),
}  # fmt: skip


@pytest.fixture
def desk(on_case: On, case: int, lien: int, town: sa.Connection, tmp_path: Path) -> Counter:
    """The counter on a case with a recorded lien."""
    del lien, town
    desk = on_case(case).at(10, 7)
    desk.app.extensions["lotline_documents"] = Store(tmp_path / "documents")
    desk.app.config["LETTERS"] = tmp_path / "letters"
    return desk


@pytest.fixture
def pictured(desk: Counter, case: int, town: sa.Connection) -> Counter:
    """The same with many photographs, the last of them blacked out."""
    store, last = desk.app.extensions["lotline_documents"], 0
    for n in range(PHOTOS):
        size = {"width": 400 + n, "height": 300}
        last = _hang(
            desk, town, case, files.jpeg((400 + n, 300)), media_type="image/jpeg", kind="photo",
            caption="The hedge from the sidewalk", **size,
        )  # fmt: skip
    redact(
        town, store, case_document_id=last, actor=J_OKAFOR, moment=day(10, 7),
        boxes=[Box(left=0, top=0, width=1, height=1, exemption="s. 119.071(4)(d)")],
    )  # fmt: skip
    return desk


def _hang(
    desk: Counter, town: sa.Connection, case: int, data: bytes, *, media_type: str, kind: str,
    caption: str, **size: int,
) -> int:  # fmt: skip
    """Hang a file on the case."""
    sha256 = desk.app.extensions["lotline_documents"].put(data)
    kept = {
        "sha256": sha256, "media_type": media_type, "byte_size": len(data),
        "stored_at": desk.clock.now(), **size,
    }  # fmt: skip
    town.execute(sa.insert(Document).values(kept))
    hung = {
        "case_id": case, "client_id": uuid.uuid4(), "sha256": sha256, "kind": kind,
        "caption": caption, "status": "attached", "audience": "staff", "added_by": "M. Rivera",
        "added_on": desk.clock.on,
    }  # fmt: skip
    made = sa.insert(CaseDocument).values(hung).returning(CaseDocument.id)
    return int(town.execute(made).scalar_one())


def _file(desk: Counter, town: sa.Connection, language: str, role: Any = CLERK) -> bytes:
    """Click once on the case's page, and go where that leads."""
    client = desk.client(role)
    page = client.get(f"/office/case/{desk.number}").text
    way = f"/office/case/{desk.number}/hearing/{one(town, Hearing).id}/packet"
    form = page.partition(f'action="{way}"')[2]
    guard = re.findall(r'name="csrf_token" value="([^"]+)"', form)[0]
    asked = {"language": language, "csrf_token": guard}
    answer = client.post(way, data=asked, follow_redirects=True)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    return answer.data


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_packet_is_a_whole_case_in_a_tagged_pdf_with_bookmarks(
    pictured: Counter, town: sa.Connection, language: str
) -> None:
    pdf = _file(pictured, town, language, JUDGE)
    read = pypdf.PdfReader(io.BytesIO(pdf))
    assert len(read.pages) >= 12
    assert len(pdf) < 1_000_000
    root: Any = read.trailer["/Root"]
    assert (root["/Lang"], bool(root["/MarkInfo"]["/Marked"])) == (language, True)
    assert re.search(rb"pdfuaid:part\W+1", root["/Metadata"].get_object().get_data())
    said = words_of(read)
    for each in SAID[language]:
        assert each in said, each
    tags = [each["/S"] for each in parts_of(read)]
    assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/TD", "/Figure", "/Link"} <= set(tags)
    assert tags.count("/H1") == 1
    alts = [each.get("/Alt") for each in parts_of(read) if each["/S"] == "/Figure"]
    book = open_book(town, pictured.number)
    assert book is not None
    assert len(alts) == PHOTOS + 1 + len(book.parts["notice"])  # each letter has its own map
    assert all(alts)
    titles = [each.title for each in _flat(read.outline)]
    assert titles[0] == SAID[language][0]
    assert any(each.startswith("1. ") for each in titles)
    last = len(read.pages)
    assert re.search(rf"{last} (of|de) {last}\b", read.pages[-1].extract_text())
    if language == "en":
        _says_what_the_case_says(read, pictured, town)


def _says_what_the_case_says(read: pypdf.PdfReader, desk: Counter, town: sa.Connection) -> None:
    """Check the figures, days and hashes, and that what was blacked out is black."""
    said = words_of(read)
    book = open_book(town, desk.number)
    assert book is not None
    money = reckon(book, on=desk.clock.on)
    assert f"${money.owed_cents / 100:,.2f} owed on Oct 7, 2026" in said
    assert money.fines
    for _order, fine in money.fines:
        for line in fine.lines:
            assert line.explanation[:40] in said
    for notice in book.parts["notice"]:
        assert f"Served on {notice.served_on:%b} {notice.served_on.day}, 2026" in said
    _holds_each_notice_whole(read, said, len(book.parts["notice"]))
    for row in book.parts["document"]:
        assert row.sha256 in said.replace(" ", "")
    for row in book.exhibits:
        assert f"{row.number} {row.what}" in said
    for posting in book.postings:
        assert f"${posting.balance / 100:,.2f}" in said
    assert "What the law exempts is blacked out here" in said
    shown = {each.data: each.image for page in read.pages for each in page.images}
    black = [each.convert("L").getextrema()[1] < 16 for each in shown.values() if each]
    assert (len(black), sum(black)) == (PHOTOS, 1)


def _holds_each_notice_whole(read: pypdf.PdfReader, said: str, notices: int) -> None:
    """Check that each notice leads to its letter, bound in though nobody had asked for it."""
    assert notices > 1
    assert said.count("In full Letter ") == notices
    places = {each.title: read.get_destination_page_number(each) for each in _flat(read.outline)}
    letters = [at for title, at in places.items() if title.startswith("Letter ")]
    assert len(letters) == notices
    for at in letters:
        page = " ".join(read.pages[at].extract_text().split())
        assert "9 Birch Ave" in page
        assert f"Page {at + 1} of {len(read.pages)}" in page
    require_consistent(read)


@cache
def _papers() -> dict[str, bytes]:
    """Make what is on file as PDF, by the letters A to F."""
    return {
        "permit.pdf": pdfs.tagged(), "survey.pdf": pdfs.scanned(rotate=90, size=(1224, 792)),
        "locked.pdf": pdfs.encrypted(), "broken.pdf": b"%PDF-1.7\nno more\n%%EOF",
        "huge.pdf": pdfs.long(101), "bomb.pdf": pdfs.bomb(),
    }  # fmt: skip


WHY = {
    "en": (
        "Pages 2, which follow as they are on file", "The file is encrypted and opens only",
        "The file is damaged", "The file has more pages than are bound in, 100",
        "takes far more time or memory", "Letters as they were issued", "Letter 1 Warning, Jun 2",
    ),
    "es": (
        "Páginas 2, que siguen tal como constan", "El archivo está cifrado",
        "El archivo está dañado", "El archivo tiene más páginas de las que se incluyen",
        "exige mucho más tiempo o memoria", "Cartas tal como se emitieron",
        "Carta 1 Advertencia, 2 jun",
    ),
}  # fmt: skip


@pytest.fixture
def filed_with(desk: Counter, case: int, warning: int, town: sa.Connection) -> Counter:
    """The counter on the case with papers on file, and a letter that was set in English."""
    for name, data in _papers().items():
        _hang(desk, town, case, data, media_type="application/pdf", kind="evidence", caption=name)
    desk.client(CLERK).get(f"/office/case/{desk.number}/notice/{warning}/letter.pdf")
    return desk


@pytest.mark.parametrize("language", ["en", "es"])
def test_papers_and_letters_on_file_are_bound_in_with_their_tags(
    filed_with: Counter, town: sa.Connection, language: str
) -> None:
    pdf = _file(filed_with, town, language)
    read = pypdf.PdfReader(io.BytesIO(pdf))
    said, parts = words_of(read), list(parts_of(read))
    for each in WHY[language]:
        assert each in said, each
    for data in _papers().values():
        assert hashlib.sha256(data).hexdigest() in said.replace(" ", "")
    require_consistent(read)
    assert {each["/Lang"] for each in parts if "/Lang" in each} == {"fr", "en", language}
    assert [each["/S"] for each in parts].count("/H1") == 1
    whole = {each["/S"] for each in parts}
    assert {"/H4", "/TH", "/TD"} <= whole
    survey = hashlib.sha256(_papers()["survey.pdf"]).hexdigest()
    alts = [each["/Alt"] for each in parts if survey in each.get("/Alt", "")]
    assert len(alts) == 1
    assert "survey.pdf" in alts[0]
    pages = [page.extract_text() for page in read.pages]
    last = len(pages)
    for words in ("Permit 26-17", "It goes on here", "A scanned survey", "P. Lane 9 Birch Ave"):
        found = [n for n, page in enumerate(pages, 1) if words in " ".join(page.split())]
        assert re.search(rf"{found[-1]} (of|de) {last}\b", pages[found[-1] - 1]), words
    marks = {each.title: read.get_destination_page_number(each) + 1 for each in _flat(read.outline)}
    assert "Permit 26-17" in pages[marks["permit.pdf"] - 1]
    letter = {"en": "Letter 1: Warning, Jun 2, 2026", "es": "Carta 1: Advertencia, 2 jun 2026"}
    assert "9 Birch Ave" in pages[marks[letter[language]] - 1]
    spoken = {"en": "English", "es": "inglés"}  # as the packet's own language calls it
    assert f"{spoken[language]} 1 {marks[letter[language]]}" in said
    assert "pdfuaid:part" not in str(read.trailer["/Root"]["/Metadata"].get_object().get_data())  # type: ignore[index]
    assert _file(filed_with, town, language) == pdf
    rows = town.execute(sa.select(HearingPacket.__table__)).all()
    assert [each.pages for each in rows] == [last]


def test_a_packet_is_kept_as_it_was_filed_and_the_same_one_once(
    desk: Counter, case: int, town: sa.Connection
) -> None:
    note = {"system": "CodeTrak", "number": "N1", "by": "JK", "text": "P. Lane called again"}
    append(
        town, [Deed(case, NOTE_MOVED_IN, desk.clock.on, note)], actor="it",
        recorded_at=desk.clock.now(),
    )  # fmt: skip
    first = _file(desk, town, "en")
    assert "called again" not in words_of(pypdf.PdfReader(io.BytesIO(first)))
    assert _file(desk, town, "en", OFFICER) != first  # it says who drew it up
    assert _file(desk, town, "en") == first
    rows = town.execute(sa.select(HearingPacket.__table__).order_by(HearingPacket.id)).all()
    assert [each.filed_by for each in rows] == ["J. Okafor", "M. Rivera"]
    told = sa.select(CaseEvent.actor).where(CaseEvent.kind == "packet_filed")
    assert town.scalars(told.order_by(CaseEvent.seq)).all() == ["J. Okafor", "M. Rivera"]
    assert f"was filed in English, of {rows[1].pages} pages." in desk.page(CLERK)
    assert rows[0].sha256 == hashlib.sha256(first).hexdigest()
    assert rows[0].pages == len(pypdf.PdfReader(io.BytesIO(first)).pages)
    kept = town.execute(sa.select(Document.__table__).where(Document.sha256 == rows[0].sha256))
    assert kept.one().byte_size == len(first)
    page = desk.client(JUDGE).get(f"/office/hearing/{rows[0].hearing_id}").text
    assert rows[0].sha256[:16] in page
    assert "Hearing packet in Spanish" in page
    assert f"packet/{rows[1].id}.pdf" in desk.page(CLERK)


def _flat(outline: Any) -> Any:
    for each in outline:
        if isinstance(each, list):
            yield from _flat(each)
        else:
            yield each
