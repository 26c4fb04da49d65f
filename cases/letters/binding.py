"""Bind PDFs into one, tags and all: the letters of a day, and what is on file into a packet."""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    BooleanObject,
    ContentStream,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from cases.letters.drawn import (
    Frame,
    contents_of,
    copied,
    fit,
    form_of,
    stream_of,
    with_drawings,
)
from cases.letters.tagging import Tags
from cases.letters.tags import get, tags_of

_SIDE, _FOOT, _HEAD = 25.0, 58.0, 22.0
"""What is left free beside, below and above a bound page, in points: its number stands below."""
_MARKING = frozenset({b"BDC", b"BMC", b"EMC"})
_PDF_UA = re.compile(rb"""\s*pdfuaid:part=["']1["']|<pdfuaid:part>1</pdfuaid:part>""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheaf:
    """A PDF that is bound into another.

    Parameters
    ----------
    first_page
        The page of the other, from 0, that gives way to its first; those that follow, to the rest.
        Each has one figure, which stays where a page has no tags.
    below
        Of which level the heading is that it stands under; its own are lower.
    is_ours
        We set it, so that it is PDF/UA as the other is.
    """

    pdf: bytes
    first_page: int
    below: int
    is_ours: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that is bound with others: what its bookmark says, and its PDF."""

    title: str
    pdf: bytes


def bind_letters(
    letters: Sequence[Letter], *, title: str, language: str
) -> tuple[bytes, list[int]]:
    """Bind letters one after another, each under its bookmark; gives also how many pages each has.

    Parameters
    ----------
    language
        What they are written in.
    """
    writer = PdfWriter()
    tags, counts = Tags(writer), list[int]()
    for letter in letters:
        read = PdfReader(io.BytesIO(letter.pdf))
        pages = [writer.add_page(page) for page in read.pages]
        for page in pages:
            page.pop("/Annots", None)  # on paper a link leads nowhere
        tags.add(tags_of(read), pages=pages)
        writer.add_outline_item(title=letter.title, page_number=sum(counts))
        counts.append(len(pages))
    tags.finish()
    writer.add_metadata({"/Title": title})
    shown = DictionaryObject({NameObject("/DisplayDocTitle"): BooleanObject(True)})
    writer.root_object[NameObject("/Lang")] = TextStringObject(language)
    writer.root_object[NameObject("/ViewerPreferences")] = shown
    return _written(writer), counts


def bind_in(whole: bytes, sheaves: Sequence[Sheaf]) -> bytes:
    """Bind PDFs into one, whose pages they take and whose page numbers they get.

    A page with tags brings them along; of another the figure that holds its place tells.
    """
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(whole)), keep_initial_header=True)
    tags = Tags(writer)
    for sheaf in sheaves:
        _bind(writer, tags, sheaf)
    tags.finish()
    if not all(each.is_ours for each in sheaves):
        _claim_less(writer)
    return _written(writer)


def _bind(writer: PdfWriter, tags: Tags, sheaf: Sheaf) -> None:
    read = PdfReader(io.BytesIO(sheaf.pdf))
    part = tags_of(read)
    tagged = sorted(part.pages())
    places = [writer.pages[sheaf.first_page + n] for n in range(len(read.pages))]
    figures = [tags.figure_on(place) for place in places]
    for number, (place, page) in enumerate(zip(places, read.pages, strict=True)):
        if number in tagged:
            _set_in(writer, place, page)
        else:
            _draw_on(writer, place, page)
            figures[number][NameObject("/K")] = NumberObject(0)
            reference = figures[number].indirect_reference
            assert reference is not None  # noqa: S101 - every element has a place
            tags.number(place, {0: reference})
    if tagged:
        first, *others = tagged
        for number in others:
            tags.take_out(figures[number])
        tags.put(part, instead_of=figures[first], pages=places, below=sheaf.below)


def _set_in(writer: PdfWriter, place: PageObject, page: PageObject) -> None:
    """Let a page with tags take the place of another, whose foot stays."""
    matrix, frame = fit(page, _free(place))
    crop = page.cropbox
    cut = f"{crop.left} {crop.bottom} {crop.width} {crop.height} re W n"
    drawn = b"\n".join((
        f"q {matrix} cm {cut}".encode(), contents_of(page), b"Q", *_around(frame),
    ))  # fmt: skip
    uses = copied(page["/Resources"], writer)
    place[NameObject("/Resources")] = with_drawings(uses, Foot=_foot(writer, place))
    _draw(writer, place, drawn)
    if (group := get(page, "/Group")) is not None:
        place[NameObject("/Group")] = copied(group, writer)


def _draw_on(writer: PdfWriter, place: PageObject, page: PageObject) -> None:
    """Draw a page without tags as the figure of the page that is its place."""
    matrix, frame = fit(page, _free(place))
    group = get(page, "/Group")
    sheet = form_of(
        writer, contents_of(page), box=page.cropbox, resources=copied(page["/Resources"], writer),
        group=None if group is None else copied(group, writer),
    )  # fmt: skip
    figure = f"/Figure <</MCID 0>> BDC q {matrix} cm /Sheet Do Q EMC".encode()
    uses = with_drawings(None, Foot=_foot(writer, place), Sheet=sheet)
    place[NameObject("/Resources")] = uses
    _draw(writer, place, b"\n".join((figure, *_around(frame))))


def _draw(writer: PdfWriter, place: PageObject, drawn: bytes) -> None:
    place[NameObject("/Contents")] = writer._add_object(stream_of(drawn))  # noqa: SLF001


def _around(frame: Frame) -> Iterator[bytes]:
    """Yield what is drawn around a bound page, which is none of its content."""
    yield f"/Artifact BMC q 0.75 G 0.5 w {frame.as_path()} S Q EMC".encode()
    yield b"/Artifact <</Type /Pagination>> BDC /Foot Do EMC"


def _free(place: PageObject) -> Frame:
    box = place.mediabox
    return Frame(
        left=_SIDE, bottom=_FOOT, width=float(box.width) - 2 * _SIDE,
        height=float(box.height) - _FOOT - _HEAD,
    )  # fmt: skip


def _foot(writer: PdfWriter, place: PageObject) -> IndirectObject:
    """Return what stands at the foot of a page as a drawing by itself, without tags."""
    drawn = ContentStream(place["/Contents"], writer)
    drawn.operations = [each for each in drawn.operations if each[1] not in _MARKING]
    return form_of(
        writer, drawn.get_data(), box=place.mediabox, resources=place.raw_get("/Resources")
    )


def _claim_less(writer: PdfWriter) -> None:
    """Take back that a file is PDF/UA throughout, which nobody can say of what others sent."""
    said = get(writer.root_object, "/Metadata")
    if isinstance(said, StreamObject):
        less = stream_of(_PDF_UA.sub(b"", said.get_data()))
        kept = {NameObject(name): said[name] for name in ("/Type", "/Subtype")}
        less.update(kept)
        writer.root_object[NameObject("/Metadata")] = writer._add_object(less)  # noqa: SLF001


def _written(writer: PdfWriter) -> bytes:
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()
