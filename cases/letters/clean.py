"""Have a PDF that somebody sent written anew, in a process of its own with limits.

What is left is what is printed: pages, what was filled in or stamped on them, and their tags. A
hostile file costs only that process, and what comes of it can be read without fear.
"""

import io
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from enum import StrEnum

from pypdf import PageObject, PdfReader, PdfWriter, Transformation
from pypdf.errors import LimitReachedError, PyPdfError
from pypdf.generic import (
    ContentStream,
    DictionaryObject,
    NameObject,
    RectangleObject,
    StreamObject,
)

from cases.letters.drawn import as_words, contents_of, copied, stream_of, with_drawings
from cases.letters.tagging import Tags
from cases.letters.tags import TagsError, get, tags_of


class Lack(StrEnum):
    """Why a PDF is not bound into another."""

    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    LARGE = "large"
    LONG = "long"
    COSTLY = "costly"
    LAYERED = "layered"
    FULL = "full"


class UnboundError(ValueError):
    """A PDF cannot be bound into another, for one of the reasons there are."""

    def __init__(self, lack: Lack) -> None:
        super().__init__(str(lack))
        self.lack = lack


MOST_BYTES = 25_000_000
MOST_PAGES = 100

_MEMORY = 1 << 30
_CPU_SECONDS = 15
_WALL_SECONDS = 60
_STATUS = {Lack.ENCRYPTED: 10, Lack.DAMAGED: 11, Lack.LONG: 12, Lack.COSTLY: 13,
           Lack.LAYERED: 14}  # fmt: skip
"""By which exit code the process says why."""
_OUT_OF_TIME = {-signal.SIGPROF, -signal.SIGKILL}
_BAD = (
    ArithmeticError, AssertionError, AttributeError, LookupError, NotImplementedError, OSError,
    PyPdfError, RecursionError, TypeError, ValueError,
)  # fmt: skip
"""What a library raises over a file that is none."""
_HIDDEN = 0b100010
"""The flags of a note that is not shown: hidden, or not to be viewed."""
_NOT_PRINTED = frozenset({"/Link", "/Popup"})
_DEEPER = {b"q": 1, b"Q": -1}
_MARKS = {b"BMC": 1, b"BDC": 1, b"EMC": -1}


def cleaned(data: bytes) -> bytes:
    """Return a PDF as it is printed, with its tags where it has any that can be kept.

    Raises
    ------
    UnboundError
        It is encrypted, damaged or too much.
    """
    if len(data) > MOST_BYTES:
        raise UnboundError(Lack.LARGE)
    try:
        child = subprocess.run(
            [sys.executable, "-P", "-m", "cases.letters.clean"],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_WALL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise UnboundError(Lack.COSTLY) from None
    if child.returncode in _OUT_OF_TIME:
        raise UnboundError(Lack.COSTLY)
    if child.returncode:
        lacks = (lack for lack, code in _STATUS.items() if code == child.returncode)
        raise UnboundError(next(lacks, Lack.DAMAGED))
    return child.stdout


def main() -> int:
    """Clean the PDF that stdin brings."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.setitimer(signal.ITIMER_PROF, _CPU_SECONDS)
    try:
        sys.stdout.buffer.write(clean(sys.stdin.buffer.read()))
    except UnboundError as error:
        return _STATUS[error.lack]
    except (MemoryError, LimitReachedError):
        return _STATUS[Lack.COSTLY]
    except _BAD:
        return _STATUS[Lack.DAMAGED]
    return 0


def clean(data: bytes) -> bytes:
    """Write a PDF anew, here and without limits.

    Raises
    ------
    UnboundError
        It is encrypted, too long, or hides some of it.
    """
    read = PdfReader(io.BytesIO(data))
    if read.is_encrypted:
        raise UnboundError(Lack.ENCRYPTED)
    if not read.pages:
        raise UnboundError(Lack.DAMAGED)
    if len(read.pages) > MOST_PAGES:
        raise UnboundError(Lack.LONG)
    if _hides_layers(read):
        raise UnboundError(Lack.LAYERED)
    writer = PdfWriter()
    pages = [_cleaned(writer, page) for page in read.pages]
    _tag(writer, read, pages)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def _tag(writer: PdfWriter, read: PdfReader, pages: list[PageObject]) -> None:
    """Write the tags of the pages that they tell all of, in content that is whole."""
    try:
        said = tags_of(read).pages()
        without = {
            number
            for number, page in enumerate(read.pages)
            if number in said and (any(_notes(page)) or not _is_whole(page))
        }
        part = tags_of(read, without=frozenset(without))
    except (TagsError, RecursionError):
        return
    if part.pages():
        tags = Tags(writer)
        tags.add(part, pages=pages)
        tags.finish()


def _is_whole(page: PageObject) -> bool:
    """Tell whether what a page begins, of drawing or of tagging, it also ends."""
    depth, marks = 0, 0
    for _operands, operator in ContentStream(page.get_contents(), page.pdf).operations:
        depth += _DEEPER.get(operator, 0)
        marks += _MARKS.get(operator, 0)
        if depth < 0 or marks < 0:
            return False
    return (depth, marks) == (0, 0)


def _cleaned(writer: PdfWriter, page: PageObject) -> PageObject:
    """Add a page with nothing but what is printed on it."""
    crop = RectangleObject(page.cropbox)
    if not crop.width or not crop.height:
        raise UnboundError(Lack.DAMAGED)  # a page of no size, which nothing can be set beside
    made = writer.add_blank_page(crop.width, crop.height)
    made.mediabox = made.cropbox = crop
    made.rotation = page.rotation % 360
    resources = get(page, "/Resources")
    uses = copied(resources, writer) if resources is not None else DictionaryObject()
    drawn = contents_of(page)
    if notes := list(_notes(page)):
        looks = {f"Noted{n}": copied(look, writer) for n, (_note, look) in enumerate(notes)}
        uses = with_drawings(uses, **looks)
        placed = (_placed(*each, name=name) for each, name in zip(notes, looks, strict=True))
        drawn = b"\n".join((b"q", drawn, b"Q", *placed))
    made[NameObject("/Resources")] = uses
    made[NameObject("/Contents")] = writer._add_object(stream_of(drawn))  # noqa: SLF001
    if (group := get(page, "/Group")) is not None:
        made[NameObject("/Group")] = copied(group, writer)
    return made


def _notes(page: PageObject) -> Iterator[tuple[DictionaryObject, StreamObject]]:
    """Yield what was filled in, stamped or written over a page, each with how it looks."""
    for each in get(page, "/Annots") or ():
        note = each.get_object()
        if get(note, "/Subtype") in _NOT_PRINTED or (get(note, "/F") or 0) & _HIDDEN:
            continue
        look = get(get(note, "/AP"), "/N")
        if not isinstance(look, StreamObject):
            look = get(look, str(get(note, "/AS")))  # ticked, or not
        if isinstance(look, StreamObject):
            yield note, look


def _placed(note: DictionaryObject, look: StreamObject, *, name: str) -> bytes:
    """Draw a note where it is (ISO 32000-1, 12.5.5, algorithm 8.1)."""
    a, b, c, d, e, f = map(float, get(look, "/Matrix") or (1, 0, 0, 1, 0, 0))
    own = Transformation((a, b, c, d, e, f))
    box, rect = RectangleObject(get(look, "/BBox")), list(map(float, get(note, "/Rect")))
    corners = [own.apply_on((float(x), float(y))) for x in box[::2] for y in box[1::2]]
    xs, ys = zip(*corners, strict=True)
    wide = (max(rect[::2]) - min(rect[::2])) / ((max(xs) - min(xs)) or 1)
    high = (max(rect[1::2]) - min(rect[1::2])) / ((max(ys) - min(ys)) or 1)
    at = (min(rect[::2]) - min(xs) * wide, min(rect[1::2]) - min(ys) * high)
    return f"q {as_words((wide, 0, 0, high, *at))} cm /{name} Do Q".encode()


def _hides_layers(read: PdfReader) -> bool:
    """Tell whether something in a file is not shown, which would be once its layers are gone."""
    shown = get(get(read.root_object, "/OCProperties"), "/D")
    return bool(get(shown, "/OFF")) or get(shown, "/BaseState") == "/OFF"


if __name__ == "__main__":
    sys.exit(main())
