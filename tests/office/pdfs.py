"""Read the words and the tags of a PDF, and make PDFs as people send them."""

import io
from collections.abc import Iterator
from typing import Any

import pypdf
from pypdf.generic import DictionaryObject, NameObject

from cases.letters.drawn import stream_of
from cases.letters.pdf import set_pdf


def words_of(read: pypdf.PdfReader) -> str:
    """Return all that a PDF says, page after page."""
    return " ".join(" ".join(page.extract_text() for page in read.pages).split())


def parts_of(read: pypdf.PdfReader) -> Iterator[Any]:
    """Walk the tags of a PDF."""
    root: Any = read.trailer["/Root"]
    yield from _parts(root["/StructTreeRoot"]["/K"][0])


def _parts(element: Any) -> Iterator[Any]:
    element = element.get_object()
    children = element.get("/K", [])
    yield element
    for each in children if isinstance(children, list) else [children]:
        if not isinstance(each, int):
            found = each.get_object()
            if "/S" in found:
                yield from _parts(found)


def pieces_of(read: pypdf.PdfReader) -> Iterator[tuple[int, int]]:
    """Yield each piece of a page that a tag holds, as the page's number and its own."""
    number = {page.indirect_reference: n for n, page in enumerate(read.pages)}
    for element in parts_of(read):
        kids = element.get("/K", [])
        for each in kids if isinstance(kids, list) else [kids]:
            kid = each.get_object()
            if isinstance(kid, int):
                yield number[element.raw_get("/Pg")], int(kid)
            elif kid.get("/Type") == "/MCR":
                yield number[kid.raw_get("/Pg")], int(kid["/MCID"])


def require_consistent(read: pypdf.PdfReader) -> None:
    """Check that elements and the pieces of pages name each other, and each piece one element."""
    root: Any = read.trailer["/Root"]
    nums = root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    of_number = dict(zip(nums[::2], nums[1::2], strict=True))
    held = list(pieces_of(read))
    assert len(held) == len(set(held))
    numbers = [page["/StructParents"] for page in read.pages if "/StructParents" in page]
    assert len(numbers) == len(set(numbers))
    for page, piece in held:
        elements = of_number[read.pages[page]["/StructParents"]].get_object()
        assert "/S" in elements[piece].get_object(), (page, piece)


def tagged(*, pages: int = 2) -> bytes:
    """Set a permit with a table, as an office program writes it."""
    row = "<tr><th scope='row'>Fence</th><td>6 ft</td><td></td></tr>"
    table = f"<table><thead><tr><th>What</th><th>High</th><th>Note</th></tr></thead>{row}</table>"
    more = "<p style='break-before: page'>It goes on here.</p>" * (pages - 1)
    letter = f"<h1>Permit 26-17</h1><p>Seen and approved.</p>{table}{more}"
    return set_pdf(letter, title="Permit", language="fr", author="A. Clerk", style="").pdf


def scanned(*, rotate: int = 0, size: tuple[int, int] = (612, 792)) -> bytes:
    """Draw a page without tags, larger or turned as scanners leave it."""
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(*size)
    page.rotation = rotate
    write_on(writer, page, b"BT /F1 24 Tf 72 300 Td (A scanned survey) Tj ET")
    return bytes_of(writer)


def write_on(writer: pypdf.PdfWriter, page: pypdf.PageObject, drawn: bytes) -> None:
    """Let a page be drawn so, with Helvetica as F1."""
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    named = DictionaryObject({NameObject(k): NameObject(v) for k, v in font.items()})
    fonts = DictionaryObject({NameObject("/F1"): named})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    page[NameObject("/Contents")] = writer._add_object(stream_of(drawn))


def encrypted() -> bytes:
    """Lock a PDF under a password."""
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(scanned())))
    writer.encrypt("secret", algorithm="RC4-128")
    return bytes_of(writer)


def bomb() -> bytes:
    """Make a PDF of a few kilobytes whose only page is drawn by eighty megabytes."""
    writer = pypdf.PdfWriter()
    write_on(writer, writer.add_blank_page(612, 792), b" " * 80_000_000)
    return bytes_of(writer)


def long(pages: int) -> bytes:
    """Make a PDF of so many empty pages."""
    writer = pypdf.PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(612, 792)
    return bytes_of(writer)


def bytes_of(writer: pypdf.PdfWriter) -> bytes:
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()
