"""Read the words and the tags of a PDF."""

from collections.abc import Iterator
from typing import Any

import pypdf


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
