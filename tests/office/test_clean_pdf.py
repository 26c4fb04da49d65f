"""What somebody sent as PDF is bound in as it is printed, and with its tags where they tell all."""

import io
from typing import Any

import pypdf
import pytest
from pdfs import bytes_of, parts_of, require_consistent, scanned, tagged, words_of, write_on
from pypdf.annotations import FreeText, Link
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject

from cases.letters.clean import Lack, UnboundError, clean, cleaned
from cases.letters.drawn import stream_of


def _opened(data: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(data))


def _noted(data: bytes) -> pypdf.PdfWriter:
    """Fill in a field of a PDF, link it elsewhere and let it run a script."""
    writer = pypdf.PdfWriter(clone_from=_opened(data))
    writer.add_annotation(0, Link(rect=(0, 0, 99, 99), url="https://example.org/spy"))
    note = writer.add_annotation(0, FreeText(text="unseen", rect=(100, 100, 300, 130)))
    look = stream_of(b"BT /F1 12 Tf 2 2 Td (Filled in by hand) Tj ET")
    look.update(_look(writer))
    shown = {NameObject("/N"): writer._add_object(look)}
    note[NameObject("/AP")] = DictionaryObject(shown)
    script = DictionaryObject({NameObject("/S"): NameObject("/JavaScript")})
    writer.root_object[NameObject("/OpenAction")] = script
    return writer


def _look(writer: pypdf.PdfWriter) -> dict[NameObject, Any]:
    page = writer.add_blank_page(10, 10)
    write_on(writer, page, b"")
    box = ArrayObject(pypdf.generic.RectangleObject((0, 0, 100, 15)))
    return {
        NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Form"),
        NameObject("/BBox"): box, NameObject("/Resources"): page["/Resources"],
    }  # fmt: skip


def test_what_is_left_of_a_pdf_is_what_is_printed() -> None:
    read = _opened(cleaned(bytes_of(_noted(scanned()))))
    assert "A scanned survey" in words_of(read)
    assert "Filled in by hand" in words_of(read)
    assert "/Annots" not in read.pages[0]
    assert set(read.root_object) == {"/Type", "/Pages"}


def test_tags_that_tell_all_of_a_page_are_kept_and_others_are_not() -> None:
    read = _opened(clean(tagged()))
    require_consistent(read)
    (part,) = (each for each in parts_of(read) if each["/S"] == "/Part")
    assert part["/Lang"] == "fr"
    assert [each["/S"] for each in parts_of(read)].count("/TD") == 2
    filled = _opened(clean(bytes_of(_noted(tagged()))))
    assert {each["/Pg"].get_object() == filled.pages[1] for each in parts_of(filled)
            if "/Pg" in each} == {True}  # fmt: skip
    unended = pypdf.PdfWriter(clone_from=_opened(tagged(pages=1)))
    stream = unended.pages[0]["/Contents"].get_object()
    assert isinstance(stream, StreamObject)
    unended.pages[0][NameObject("/Contents")] = unended._add_object(
        stream_of(stream.get_data() + b"\nq")
    )
    assert "/StructTreeRoot" not in _opened(clean(bytes_of(unended))).root_object


def test_a_page_of_no_size_is_told_instead_of_bound() -> None:
    writer = pypdf.PdfWriter(clone_from=_opened(scanned()))
    writer.pages[0].mediabox = pypdf.generic.RectangleObject((0, 0, 0, 0))
    with pytest.raises(UnboundError) as refused:
        cleaned(bytes_of(writer))
    assert refused.value.lack is Lack.DAMAGED


def test_a_pdf_with_hidden_layers_is_told_instead_of_shown() -> None:
    writer = pypdf.PdfWriter(clone_from=_opened(scanned()))
    layer = writer._add_object(DictionaryObject({NameObject("/Type"): NameObject("/OCG")}))
    shown = DictionaryObject({NameObject("/OFF"): ArrayObject([layer])})
    layers = {NameObject("/OCGs"): ArrayObject([layer]), NameObject("/D"): shown}
    writer.root_object[NameObject("/OCProperties")] = DictionaryObject(layers)
    with pytest.raises(UnboundError) as refused:
        cleaned(bytes_of(writer))
    assert refused.value.lack is Lack.LAYERED
