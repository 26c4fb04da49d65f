"""Gather the PDFs on file that are bound into a packet: exhibits, and letters as issued."""

import io
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from pypdf import PdfReader

from cases.desk.exhibits import Piece
from cases.documents.kinds import MediaType
from cases.documents.store import Store
from cases.letters.binding import Sheaf, bind_in
from cases.letters.clean import Lack, UnboundError, cleaned
from cases.letters.on_file import OnFile
from cases.letters.templates import Paper

MOST_PAGES = 300
"""So many pages of exhibits a packet has at the most."""
_AT_ONCE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A PDF on file that is bound in.

    Parameters
    ----------
    key
        What the identities of its pages in the packet begin with.
    lack
        Why it is not; it has no pages then.
    below
        Of which level the packet's heading is that it stands under: of an exhibit, its own; of a
        letter, that of all letters.
    is_ours
        It is a letter, which we set.
    """

    key: str
    pdf: bytes = b""
    pages: int = 0
    lack: Lack | None = None
    below: int = 3
    is_ours: bool = False


def exhibits_bound(store: Store, shown: Sequence[Piece]) -> dict[str, Bound]:
    """Return the PDFs among some exhibits by their marks, as many as there is room for.

    Raises
    ------
    StoreError
        A file is not in the store, or no longer what it was.
    """
    papers = [
        each
        for each in shown
        if each.document is not None and each.document.media_type == MediaType.PDF
    ]
    with ThreadPoolExecutor(_AT_ONCE) as threads:  # each waits for a process of its own
        opened = list(threads.map(lambda each: _opened(store, each), papers))
    return {each.mark: one for each, one in zip(papers, _with_room(opened), strict=True)}


def letters_bound(store: Store, letters: Sequence[OnFile]) -> list[Bound]:
    """Return the PDFs of letters, in their order.

    Raises
    ------
    StoreError
        A letter is not in the store, or no longer what it was.
    """
    found = []
    for number, each in enumerate(letters, 1):
        pdf = store.get(each.sha256)
        pages = len(PdfReader(io.BytesIO(pdf)).pages)
        found.append(Bound(key=f"letter-{number}", pdf=pdf, pages=pages, below=2, is_ours=True))
    return found


def bind(paper: Paper, bound: Iterable[Bound]) -> Paper:
    """Bind PDFs into a packet on the pages that are kept free for them."""
    sheaves = [_sheaf(paper, each) for each in bound if each.pages]
    return replace(paper, pdf=bind_in(paper.pdf, sheaves)) if sheaves else paper


def _sheaf(paper: Paper, bound: Bound) -> Sheaf:
    first = paper.places[f"{bound.key}-1"]
    return Sheaf(pdf=bound.pdf, first_page=first, below=bound.below, is_ours=bound.is_ours)


def _opened(store: Store, piece: Piece) -> Bound:
    key = f"exhibit-{piece.mark}"
    try:
        pdf = cleaned(store.get(piece.sha256 or ""))
        return Bound(key=key, pdf=pdf, pages=len(PdfReader(io.BytesIO(pdf)).pages))
    except UnboundError as error:
        return Bound(key=key, lack=error.lack)


def _with_room(opened: Iterable[Bound]) -> Iterator[Bound]:
    """Yield PDFs until the packet is full, and of those that follow that it is."""
    left = MOST_PAGES
    for each in opened:
        if each.pages > left:
            yield Bound(key=each.key, lack=Lack.FULL)
        else:
            left -= each.pages
            yield each
