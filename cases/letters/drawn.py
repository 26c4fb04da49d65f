"""Put what is drawn on pages of a PDF into streams and forms of another, and fit it to a place."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pypdf import PageObject, PdfWriter, Transformation
from pypdf.generic import (
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    PdfObject,
    RectangleObject,
    StreamObject,
)

from cases.letters.tags import get

_LEFT_BEHIND = ("/StructParents", "/StructParent", "/PieceInfo", "/Metadata")
"""What a drawing says of the file it came from."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle on a page, in points from its lower left corner."""

    left: float
    bottom: float
    width: float
    height: float

    def as_path(self) -> str:
        """Return it as it is drawn."""
        return f"{self.left:.3f} {self.bottom:.3f} {self.width:.3f} {self.height:.3f} re"


def contents_of(page: PageObject) -> bytes:
    """Return what draws a page."""
    contents = page.get_contents()
    return b"" if contents is None else contents.get_data()


def stream_of(data: bytes) -> StreamObject:
    """Return bytes as a stream, compressed."""
    stream = DecodedStreamObject()
    stream.set_data(data)
    packed: StreamObject = stream.flate_encode()
    return packed


def copied(value: PdfObject, writer: PdfWriter) -> PdfObject:
    """Return what a drawing uses as it stands in another file, without what is told of its own."""
    copy = value.clone(writer, False, _LEFT_BEHIND)
    return getattr(copy, "indirect_reference", None) or copy


def form_of(
    writer: PdfWriter, data: bytes, *, box: RectangleObject, resources: Any, group: Any = None
) -> IndirectObject:
    """Put a drawing into a file by itself, to be drawn on any page of it."""
    form = stream_of(data)
    said = {"/Type": NameObject("/XObject"), "/Subtype": NameObject("/Form"), "/BBox": box,
            "/Resources": resources, "/Group": group}  # fmt: skip
    form.update({NameObject(name): each for name, each in said.items() if each is not None})
    return writer._add_object(form)  # noqa: SLF001 - its way of adding an object


def fit(page: PageObject, into: Frame) -> tuple[str, Frame]:
    """Return how a page is turned upright and set into a frame at its top, and where it then is.

    What is smaller than the frame stays as large as it is.
    """
    crop, turned = page.cropbox, Transformation().rotate(-page.rotation)
    corners = [
        turned.apply_on((float(x), float(y)))
        for x, y in ((crop.left, crop.bottom), (crop.right, crop.top))
    ]
    left, bottom = (min(each) for each in zip(*corners, strict=True))
    width, height = (max(each) - min(each) for each in zip(*corners, strict=True))
    scale = min(1.0, into.width / width, into.height / height)
    place = Frame(
        left=into.left + (into.width - width * scale) / 2,
        bottom=into.bottom + into.height - height * scale,
        width=width * scale, height=height * scale,
    )  # fmt: skip
    moved = turned.translate(-left, -bottom).scale(scale).translate(place.left, place.bottom)
    return as_words(moved.ctm), place


def as_words(matrix: Sequence[float]) -> str:
    """Return a matrix as it is written before ``cm``."""
    return " ".join(f"{each:.5f}" for each in matrix)


def with_drawings(resources: Any, **drawings: PdfObject) -> DictionaryObject:
    """Return what a drawing uses, and some forms by their names besides."""
    own = resources.get_object() if resources is not None else DictionaryObject()
    forms = DictionaryObject(get(own, "/XObject") or {})
    forms.update({NameObject(f"/{name}"): each for name, each in drawings.items()})
    return DictionaryObject({**own, NameObject("/XObject"): forms})
