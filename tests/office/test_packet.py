"""All that a case brings before a hearing is one tagged PDF, filed with one click."""

import hashlib
import io
import re
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import files
import pypdf
import pytest
import sqlalchemy as sa
from counter import CLERK, JUDGE, OFFICER, Counter
from desk import CLERK as J_OKAFOR
from desk import day
from pdfs import parts_of, words_of
from played import one

from cases.desk.book import open_book
from cases.desk.reckoning import reckon
from cases.documents.redacting import Box, redact
from cases.documents.store import Store
from cases.models import CaseDocument, Document, Hearing, HearingPacket

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
    store = desk.app.extensions["lotline_documents"]
    for n in range(PHOTOS):
        data = files.jpeg((400 + n, 300))
        kept = {
            "sha256": store.put(data), "media_type": "image/jpeg", "byte_size": len(data),
            "width": 400 + n, "height": 300, "stored_at": desk.clock.now(),
        }  # fmt: skip
        town.execute(sa.insert(Document).values(kept))
        hung = {
            "case_id": case, "client_id": uuid.uuid4(), "sha256": kept["sha256"], "kind": "photo",
            "caption": "The hedge from the sidewalk", "status": "attached", "audience": "staff",
            "added_by": "M. Rivera", "added_on": desk.clock.on,
        }  # fmt: skip
        made = sa.insert(CaseDocument).values(hung).returning(CaseDocument.id)
        last = town.execute(made).scalar_one()
    redact(
        town, store, case_document_id=last, actor=J_OKAFOR, moment=day(10, 7),
        boxes=[Box(left=0, top=0, width=1, height=1, exemption="s. 119.071(4)(d)")],
    )  # fmt: skip
    return desk


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
    assert len(alts) == PHOTOS + 1
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


def test_a_packet_is_kept_as_it_was_filed_and_the_same_one_once(
    desk: Counter, town: sa.Connection
) -> None:
    first = _file(desk, town, "en")
    assert _file(desk, town, "en", OFFICER) != first  # it says who drew it up
    assert _file(desk, town, "en") == first
    rows = town.execute(sa.select(HearingPacket.__table__).order_by(HearingPacket.id)).all()
    assert [each.filed_by for each in rows] == ["J. Okafor", "M. Rivera"]
    assert rows[0].sha256 == hashlib.sha256(first).hexdigest()
    assert rows[0].pages == len(pypdf.PdfReader(io.BytesIO(first)).pages)
    kept = town.execute(sa.select(Document.__table__).where(Document.sha256 == rows[0].sha256))
    assert kept.one().byte_size == len(first)
    page = desk.client(JUDGE).get(f"/office/hearing/{rows[0].hearing_id}").text
    assert rows[0].sha256[:16] in page
    assert "Hearing packet in Español" in page
    assert f"packet/{rows[1].id}.pdf" in desk.page(CLERK)


def _flat(outline: Any) -> Any:
    for each in outline:
        if isinstance(each, list):
            yield from _flat(each)
        else:
            yield each
