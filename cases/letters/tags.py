"""Read the tags of a PDF (ISO 32000-1, 14.7 and 14.8) as plain elements.

No library of PDF carries tags over when files are joined: pypdf, pikepdf and PyMuPDF drop them. So
they are read here, and written into another file by `cases.letters.tagging`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)

DEEPEST = 100
MOST = 100_000
"""So many elements, and so many pieces of a page, are read at the most."""

_SAID = ("/Alt", "/ActualText", "/E", "/Lang", "/T", "/ID")
_OWNERS = frozenset({"/Table", "/List", "/Layout"})
_KINDS = frozenset(
    f"/{kind}"
    for kinds in (
        ("Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "Index", "NonStruct"),
        ("TOC", "TOCI", "P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody"),
        ("Table", "TR", "TH", "TD", "THead", "TBody", "TFoot", "Figure", "Formula", "BibEntry"),
        ("Span", "Quote", "Note", "Reference", "Code"),
    )
    for kind in kinds
)
_OTHERS = {"/Title": "/P", "/Em": "/Span", "/Strong": "/Span", "/Sub": "/Span", "/Aside": "/Div",
           "/DocumentFragment": "/Div", "/FENote": "/Note", "/Link": "/Span"}  # fmt: skip
"""Elements of PDF 2.0, and a link, which goes nowhere once its file is bound, by those of 1.7."""


class TagsError(ValueError):
    """The tags of a PDF are of a kind that is not carried over."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A piece of a page that belongs to an element: of which page of its file, and its number."""

    page: int
    mcid: int


@dataclass(frozen=True, slots=True)
class Element:
    """An element of a PDF's structure: a heading, a cell, a figure."""

    kind: str
    said: Mapping[str, PdfObject] = field(default_factory=dict)
    kids: Sequence["Element | Marked"] = ()

    def pages(self) -> set[int]:
        """Return the pages on which something of it stands."""
        return {
            page
            for kid in self.kids
            for page in ([kid.page] if isinstance(kid, Marked) else kid.pages())
        }


def tags_of(read: PdfReader, *, without: frozenset[int] = frozenset()) -> Element:
    """Return the tags of a PDF as one part, in the language of its file; empty where it has none.

    Links and fields are left out, and what only they said.

    Parameters
    ----------
    without
        Pages whose tags are left out.

    Raises
    ------
    TagsError
        They are too many or too deep, or mark what is drawn inside of another drawing.
    """
    tree = get(read.root_object, "/StructTreeRoot")
    if not isinstance(tree, DictionaryObject):
        return Element("/Part")
    kids = list(_Reading(read, tree, without).kids(tree, page=None, depth=0))
    if [each.kind for each in kids if isinstance(each, Element)] == ["/Document"]:
        (document,) = kids
        assert isinstance(document, Element)  # noqa: S101 - as was just seen
        return _in_language(replace(document, kind="/Part"), read)
    return _in_language(Element("/Part", kids=kids), read)


def _in_language(part: Element, read: PdfReader) -> Element:
    spoken = _plain(get(read.root_object, "/Lang"))
    return part if spoken is None else replace(part, said={"/Lang": spoken} | dict(part.said))


class _Reading:
    """The tags of a file while they are read."""

    def __init__(self, read: PdfReader, tree: DictionaryObject, without: frozenset[int]) -> None:
        roles = get(tree, "/RoleMap")
        self._roles: Mapping[str, Any] = roles if isinstance(roles, DictionaryObject) else {}
        self._page_of = {
            page.indirect_reference.idnum: number
            for number, page in enumerate(read.pages)
            if page.indirect_reference is not None and number not in without
        }
        self._left = MOST

    def kids(
        self, of: DictionaryObject, *, page: int | None, depth: int
    ) -> Iterator[Element | Marked]:
        kids = get(of, "/K")
        for each in kids if isinstance(kids, ArrayObject) else [kids]:
            kid = each.get_object() if each is not None else None
            if isinstance(kid, int):
                yield from self._marked(page, kid)
            elif isinstance(kid, DictionaryObject):
                yield from self._kid(kid, page=page, depth=depth)

    def _kid(self, kid: DictionaryObject, *, page: int | None, depth: int) -> Iterator[Any]:
        own = kid.raw_get("/Pg") if "/Pg" in kid else None
        if isinstance(own, IndirectObject):
            page = self._page_of.get(own.idnum)
        if "/S" in kid:
            yield from self._element(kid, page=page, depth=depth + 1)
        elif get(kid, "/Type") == "/MCR":
            if "/Stm" in kid:
                msg = "It tags what is drawn inside of another drawing."
                raise TagsError(msg)
            yield from self._marked(page, get(kid, "/MCID"))

    def _marked(self, page: int | None, mcid: Any) -> Iterator[Marked]:
        if not isinstance(mcid, int) or not 0 <= mcid < MOST:
            msg = f"It numbers a piece of a page {mcid}."
            raise TagsError(msg)
        if page is not None:
            yield Marked(page, int(mcid))

    def _element(self, at: DictionaryObject, *, page: int | None, depth: int) -> Iterator[Element]:
        self._left -= 1
        if depth > DEEPEST or self._left < 0:
            msg = f"It has more than {MOST:,} tags, or they are more than {DEEPEST} deep."
            raise TagsError(msg)
        kids = list(self.kids(at, page=page, depth=depth))
        was_empty = get(at, "/K") in (None, ArrayObject())  # as a cell may be
        if kids or was_empty:
            yield Element(self._kind(get(at, "/S")), _said(at), kids)

    def _kind(self, kind: Any) -> str:
        for _hop in range(DEEPEST):
            if kind in _KINDS or kind not in self._roles:
                break
            kind = get(self._roles, kind)
        return str(kind) if kind in _KINDS else _OTHERS.get(str(kind), "/NonStruct")


def _said(element: DictionaryObject) -> dict[str, PdfObject]:
    found = {name: _plain(get(element, name)) for name in _SAID}
    attributes = get(element, "/A")
    each = attributes if isinstance(attributes, ArrayObject) else [attributes]
    kept = [
        plain
        for one in each
        if one is not None and get(owned := one.get_object(), "/O") in _OWNERS
        if (plain := _plain(owned)) is not None
    ]
    found["/A"] = ArrayObject(kept) if kept else None
    return {name: value for name, value in found.items() if value is not None}


def _plain(value: Any, depth: int = 0) -> PdfObject | None:
    """Return a copy of a value that stands in no file; None of what is no plain value."""
    value = value.get_object() if isinstance(value, PdfObject) else value
    found: PdfObject | None = None
    match value:
        case _ if depth > DEEPEST:
            pass
        case BooleanObject():
            found = BooleanObject(value.value)
        case NameObject() | NumberObject() | FloatObject() | TextStringObject():
            found = type(value)(value)
        case ByteStringObject():
            found = ByteStringObject(bytes(value))
        case ArrayObject():
            copies = [_plain(each, depth + 1) for each in value]
            found = ArrayObject([NullObject() if each is None else each for each in copies])
        case DictionaryObject():
            items = {NameObject(name): _plain(value[name], depth + 1) for name in value}
            found = DictionaryObject({k: each for k, each in items.items() if each is not None})
    return found


def get(at: Any, name: str) -> Any:
    """Return an entry of a dictionary, wherever in its file it stands; None where there is none."""
    return at[name] if isinstance(at, DictionaryObject) and name in at else None
