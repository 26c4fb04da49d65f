"""Write the tags of PDFs into those of one they are bound into."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pypdf import PageObject, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
)

from cases.letters.tags import DEEPEST, Element, Marked, get

_HEADINGS = [f"/H{level}" for level in range(1, 7)]


class Tags:
    """The tags of a PDF that is being made, to which those of others are added.

    Parameters
    ----------
    writer
        With tags of its own, or without.
    """

    def __init__(self, writer: PdfWriter) -> None:
        self._writer = writer
        tree = get(writer.root_object, "/StructTreeRoot")
        self._tree = tree if isinstance(tree, DictionaryObject) else self._begin()
        self._document: DictionaryObject = get(self._tree, "/K")[0].get_object()
        self._of_number = dict(_numbers(get(self._tree, "/ParentTree")))
        self._bound = 0

    def _begin(self) -> DictionaryObject:
        tree = DictionaryObject({NameObject("/Type"): NameObject("/StructTreeRoot")})
        root = self._writer._add_object(tree)  # noqa: SLF001 - its way of adding an object
        document = self._write("/Document", under=root)
        tree[NameObject("/K")] = ArrayObject([document])
        marked = DictionaryObject({NameObject("/Marked"): BooleanObject(True)})
        catalog = self._writer.root_object
        catalog[NameObject("/StructTreeRoot")] = root
        catalog[NameObject("/MarkInfo")] = marked
        return tree

    def figure_on(self, page: PageObject) -> DictionaryObject:
        """Return the one figure of a page."""
        elements = [each.get_object() for each in self._of_number[get(page, "/StructParents")]]
        (figure,) = (each for each in elements if get(each, "/S") == "/Figure")
        assert isinstance(figure, DictionaryObject)  # noqa: S101 - it has an entry
        return figure

    def number(self, page: PageObject, elements: Mapping[int, PdfObject]) -> None:
        """Say to which element each numbered piece of a page belongs, and nothing else of it."""
        number = get(page, "/StructParents")
        if number is None:
            number = max(self._of_number, default=-1) + 1
            page[NameObject("/StructParents")] = NumberObject(number)
        last = max(elements, default=-1)
        self._of_number[int(number)] = ArrayObject(
            elements.get(mcid, NullObject()) for mcid in range(last + 1)
        )

    def add(self, part: Element, *, pages: Sequence[PageObject], below: int = 0) -> IndirectObject:
        """Add tags at the end of the document; gives where they are.

        Parameters
        ----------
        pages
            What the pages of their file have become.
        below
            How many levels lower its headings are to be.
        """
        written = self._grafted(part, self._document, pages=pages, below=below)
        get(self._document, "/K").append(written)
        return written

    def put(
        self,
        part: Element,
        *,
        instead_of: DictionaryObject,
        pages: Sequence[PageObject],
        below: int,
    ) -> None:
        """Put tags in the place of an element, as `add` does at the end."""
        parent = get(instead_of, "/P")
        kids = get(parent, "/K")
        at = kids.index(instead_of.indirect_reference)
        kids[at] = self._grafted(part, parent, pages=pages, below=below)

    def take_out(self, element: DictionaryObject) -> None:
        """Take an element out, and what held nothing else."""
        parent = get(element, "/P")
        kids = get(parent, "/K")
        del kids[kids.index(element.indirect_reference)]
        if not kids and parent is not self._document:
            self.take_out(parent)

    def finish(self) -> None:
        """Write down which pieces of the pages belong to which element."""
        pairs = [
            each
            for number, found in sorted(self._of_number.items())
            for each in (NumberObject(number), found)
        ]
        numbered = DictionaryObject({NameObject("/Nums"): ArrayObject(pairs)})
        self._tree[NameObject("/ParentTree")] = self._writer._add_object(numbered)  # noqa: SLF001
        following = max(self._of_number, default=-1) + 1
        self._tree[NameObject("/ParentTreeNextKey")] = NumberObject(following)

    def _grafted(
        self, part: Element, parent: DictionaryObject, *, pages: Sequence[PageObject], below: int
    ) -> IndirectObject:
        self._bound += 1
        graft = _Graft(self._write, pages, below, f"{self._bound}.".encode())
        written = graft.write(part, under=_place_of(parent))
        for page, elements in zip(pages, graft.numbered, strict=True):
            if elements:
                self.number(page, elements)
        return written

    def _write(self, kind: str, *, under: IndirectObject, **said: PdfObject) -> IndirectObject:
        names = {NameObject(f"/{name}"): value for name, value in said.items()}
        element = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/StructElem"), NameObject("/S"): NameObject(kind),
                NameObject("/P"): under, **names, NameObject("/K"): ArrayObject(),
            }
        )  # fmt: skip
        return self._writer._add_object(element)  # noqa: SLF001


class _Graft:
    """The tags of one file while they are written into those of another."""

    def __init__(self, write: Any, pages: Sequence[PageObject], below: int, prefix: bytes) -> None:
        self._write, self._pages, self._below, self._prefix = write, pages, below, prefix
        self.numbered: list[dict[int, PdfObject]] = [{} for _page in pages]

    def write(self, element: Element, *, under: IndirectObject) -> IndirectObject:
        said = {name[1:]: self._own(name, value) for name, value in element.said.items()}
        marked = [each.page for each in element.kids if isinstance(each, Marked)]
        if marked:
            said["Pg"] = _place_of(self._pages[marked[0]])
        own: IndirectObject = self._write(self._kind(element.kind), under=under, **said)
        kids = get(own.get_object(), "/K")
        for each in element.kids:
            if isinstance(each, Element):
                kids.append(self.write(each, under=own))
            else:
                self.numbered[each.page][each.mcid] = own
                kids.append(self._piece(each, on=marked[0]))
        return own

    def _piece(self, marked: Marked, *, on: int) -> PdfObject:
        if marked.page == on:
            return NumberObject(marked.mcid)
        page = _place_of(self._pages[marked.page])
        return DictionaryObject(
            {
                NameObject("/Type"): NameObject("/MCR"), NameObject("/Pg"): page,
                NameObject("/MCID"): NumberObject(marked.mcid),
            }
        )  # fmt: skip

    def _kind(self, kind: str) -> str:
        if not self._below or kind not in {"/H", *_HEADINGS}:
            return kind
        level = 0 if kind == "/H" else _HEADINGS.index(kind)
        return _HEADINGS[min(level + self._below, len(_HEADINGS) - 1)]

    def _own(self, name: str, value: PdfObject) -> PdfObject:
        """Tell the names of cells from those of other files."""
        if name == "/ID":
            return self._named(value)
        if name == "/A":
            for each in value:  # type: ignore[attr-defined]
                if "/Headers" in each:
                    named = ArrayObject(map(self._named, each["/Headers"]))
                    each[NameObject("/Headers")] = named
        return value

    def _named(self, value: Any) -> PdfObject:
        raw = value if isinstance(value, bytes) else str(value).encode("utf-8")
        return ByteStringObject(self._prefix + raw)


def _place_of(thing: PdfObject) -> IndirectObject:
    """Return where something stands in its file."""
    place = thing.indirect_reference
    assert place is not None  # noqa: S101 - pages and elements each have a place of their own
    return place


def _numbers(tree: Any, depth: int = 0) -> Iterator[tuple[int, Any]]:
    """Yield what a number tree holds."""
    pairs = list(get(tree, "/Nums") or ())
    for number, found in zip(pairs[::2], pairs[1::2], strict=False):
        whole = found.get_object()
        yield int(number), whole if isinstance(whole, ArrayObject) else found
    if depth < DEEPEST:
        for kid in get(tree, "/Kids") or ():
            yield from _numbers(kid.get_object(), depth + 1)
