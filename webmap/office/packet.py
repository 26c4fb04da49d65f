"""Put together what a case brings before a hearing, and set it as one PDF."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask import current_app
from flask_babel import force_locale, gettext

from cases.adopted import provision
from cases.desk.book import Book, Row
from cases.desk.exhibits import Piece, pieces
from cases.desk.letters import letter_of
from cases.desk.reckoning import reckon
from cases.desk.seen import seen
from cases.desk.serving import service_in
from cases.documents.pixels import Redrawn
from cases.heard import heard_at
from cases.letters.on_file import OnFile, letters_on_file
from cases.letters.photographs import photographs
from cases.letters.templates import Paper, write
from cases.story import events_of, told
from cases.untold import OF_REPORTERS
from webmap.auth.desk import Desk
from webmap.interpreting import say_line
from webmap.languages import LOCALES, NAMES
from webmap.office.bound_papers import Bound, bind, exhibits_bound, letters_bound
from webmap.office.case_letters import called
from webmap.office.deeds.hearings import ABOUTS, OFFERED, OUTCOMES
from webmap.office.kept import is_ours, kept_notice
from webmap.office.paper import WRITTEN, book_on, facts_of, pictures_of, site_of, whole
from webmap.words import (
    clock,
    day,
    distance_words,
    entry_words,
    moment,
    plain,
    status_words,
)

PARTS = ("matter", "map", "timeline", "visits", "notices", "decisions", "exhibits", "letters",
         "money", "law", "digests")  # fmt: skip
"""What a packet has, in its order; a part of which there is nothing is left out."""
NOT_SHOWN = OF_REPORTERS | {"packet_filed"}
"""What tells of whoever complained, which is nothing before a hearing; or of the packet itself,
which is the same as long as all else is.
"""
STYLE = "packet.css"
SHEET = "sheet.svg"
_BLANK = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'
"""What keeps a page free for one that is bound in."""
KILOBYTE = 1024


def set_packet(desk: Desk, book: Book, hearing: Row, *, language: str) -> Paper:
    """Set all that a case brings before a hearing, as the records have it now, as one PDF.

    Every notice that was issued is kept as a letter from then on, for it is bound in whole.

    Raises
    ------
    LetterError
        A town's own template cannot be written.
    StoreError
        A photograph, a paper or a letter is not in the store.
    """
    from cases.letters.pdf import set_pdf  # noqa: PLC0415 - seconds of imports

    on_file = _kept_whole(desk, book, language=language)
    site, book = site_of(desk.town), book_on(desk.connection, book, on=desk.today)
    store = current_app.extensions["lotline_documents"]
    shown = pieces(book, hearing)
    drawn = photographs(store, [each.document for each in shown if each.document is not None])
    bound = exhibits_bound(store, shown)
    letters = letters_bound(store, on_file)
    files, pictures = pictures_of(
        desk.connection, book, site, on=desk.today, language=language, spots=list(_spots(shown))
    )
    with force_locale(LOCALES[language]):
        told_of = {"map": None, "seal": None, **pictures, **_values(desk, book, hearing)}
        told_of |= {"pieces": [_piece(desk, each, drawn, bound) for each in shown]}
        told_of |= {"letters": list(_letters(on_file, letters)), "spoken": NAMES}
        told_of |= {"parts": _parts(told_of), "placed": [each for each in shown if _where(each)]}
        said = write(site, "packet", language=language, filters=_filters(desk), **told_of)
        title = gettext("Hearing packet · Case %(number)s", number=book.case.number)
    files |= {SHEET: _BLANK} | {
        _file(each.mark, picture): picture.data
        for each in shown if (picture := drawn.get(each.sha256 or "")) is not None
    }  # fmt: skip
    paper = set_pdf(
        said, title=title, language=language, author=site.name,
        style=site.style() + site.style(STYLE), pictures=files,
    )  # fmt: skip
    return bind(paper, [*bound.values(), *letters])


def _filters(desk: Desk) -> Mapping[str, Any]:
    return {
        **WRITTEN, "clock": clock, "distance_words": distance_words, "entry_words": entry_words,
        "moment": lambda value: moment(value.astimezone(desk.zone)), "say_line": say_line,
        "status_words": status_words,
    }  # fmt: skip


def _values(desk: Desk, book: Book, hearing: Row) -> dict[str, Any]:
    """Return what the template is told beside pictures and exhibits."""
    events = [
        each for each in desk.rows(events_of(book.case.id)) if each.kind not in NOT_SHOWN
    ]  # fmt: skip
    charged = list(_charged(desk, book, hearing))
    mark_of = {each.sha256: each.mark for each in pieces(book, hearing) if each.sha256}
    law = book.law
    return {
        "case": book.case, "hearing": hearing, "about": str(ABOUTS[hearing.about]),
        "place": book.case.situs_address or book.case.stated_address or "",
        "outcome": str(OUTCOMES[hearing.about][hearing.outcome]) if hearing.outcome else "",
        "respondents": [each for each in book.respondents if each.until is None],
        "owners": book.owners, "charged": charged,
        "provisions": list({each["text"].section: each["text"] for each in charged}.values()),
        "law_title": law.pack.cited if law else "",
        "story": list(told(events, law=law, zone=desk.zone)),
        "visits": list(_visits(book, events, mark_of)),
        "notices": list(_notices(desk, book)), "decisions": list(_decisions(book, hearing)),
        "money": reckon(book, on=desk.today), "mark_of": mark_of,
        "drawn_on": desk.today, "drawn_by": desk.member.name,
    }  # fmt: skip


def _parts(told_of: Mapping[str, Any]) -> dict[str, int]:
    """Return the number of each part of which there is something."""
    empty = {"map": "map", "visits": "visits", "notices": "notices", "decisions": "decisions",
             "exhibits": "pieces", "letters": "letters", "law": "provisions"}  # fmt: skip
    there = [each for each in PARTS if each not in empty or told_of[empty[each]]]
    return {name: number for number, name in enumerate(there, 1)}


def _charged(desk: Desk, book: Book, hearing: Row) -> Iterator[dict[str, Any]]:
    """Yield the violations heard, each with the text that was in force when it was found."""
    heard = set(desk.connection.scalars(heard_at(hearing.id)))
    for row in book.parts["violation"]:
        if row.id in heard and book.law is not None and row.section is not None:
            on = row.found_on or book.case.opened_on or desk.today
            yield {"row": row, "text": provision(book.law, row.section, on=on)}


def _visits(
    book: Book, events: Sequence[Row], mark_of: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    """Yield the visits that were made, or made in vain, with the exhibits made on each."""
    found = seen(events, book.parts["inspection"])
    for row in book.parts["inspection"]:
        made = row.made_on or (row.made_at and row.made_at.date())
        if made is None:
            continue
        own = [each for each in book.parts["document"] if each.inspection_id == row.id]
        marks = [mark_of[each.sha256] for each in own if each.sha256 in mark_of]
        yield {"row": row, "on": made, "seen": found[row.id], "marks": marks}


def _notices(desk: Desk, book: Book) -> Iterator[dict[str, Any]]:
    """Yield each issued notice with how its service stands."""
    for row in book.parts["notice"]:
        if row.issued_on is None:
            continue
        letter = whole(letter_of(desk.connection, book, row))
        yield {
            "row": row, "letter": letter, "facts": facts_of(book, letter),
            "service": service_in(book, row, on=desk.today),
        }  # fmt: skip


def _decisions(book: Book, hearing: Row) -> Iterator[dict[str, Any]]:
    """Yield what was asked, cited and decided in the case beside this hearing."""
    for of in ("citation", "extension", "hearing", "order", "lien"):
        for row in book.parts[of]:
            if of != "hearing" or row.id != hearing.id:
                yield {"of": of, "row": row, "named": _named(book, of, row)}


def _named(book: Book, of: str, row: Row) -> str:
    match of:
        case "extension":
            violation = book.part("violation", row.violation_id)
            return violation.section or "" if violation is not None else ""
        case "hearing":
            return str(ABOUTS[row.about])
        case "lien":
            return str(row.instrument_no)
    return str(row.number)


def _kept_whole(desk: Desk, book: Book, *, language: str) -> list[OnFile]:
    """Return the letters on file; each notice as it was issued, set now if it never was."""
    asked = {"case_id": book.case.id, "language": language}
    there = {each.notice_id for each in letters_on_file(desk.connection, **asked)}
    for row in book.parts["notice"]:
        if is_ours(row) and row.id not in there:
            kept_notice(desk, book, row, language=language)
    return letters_on_file(desk.connection, **asked)


def _letters(on_file: Sequence[OnFile], letters: Sequence[Bound]) -> Iterator[dict[str, Any]]:
    """Yield the letters that are kept, each with its number among them."""
    for number, (letter, bound) in enumerate(zip(on_file, letters, strict=True), 1):
        yield {"number": number, "called": called(letter.kind), "row": letter, "bound": bound}


def _piece(
    desk: Desk, piece: Piece, drawn: Mapping[str, Redrawn], bound: Mapping[str, Bound]
) -> dict[str, Any]:
    """Return what the template is told of an exhibit."""
    row, where = piece.document, _where(piece)
    picture = drawn.get(piece.sha256 or "")
    away = row and (row.distance_m if row.distance_m is not None else row.phone_distance_m)
    return {
        "mark": piece.mark, "named": _called(piece), "sha256": piece.sha256, "row": row,
        "from": _from(desk, piece), "size": _size(row),
        "picture": _file(piece.mark, picture) if picture is not None else None,
        "bound": bound.get(piece.mark),
        "lon": where and where[0], "lat": where and where[1],
        "away": None if away is None else float(round(away)),
        "is_redacted": bool(row and row.redacted_copy),
    }  # fmt: skip


def _called(piece: Piece) -> str:
    if piece.exhibit is not None:
        return str(piece.exhibit.what)
    row = piece.document
    return str(row.caption or row.original_name or plain(row.kind)) if row is not None else ""


def _from(desk: Desk, piece: Piece) -> str:
    """Say who offered an exhibit, or who added a photograph and when it was taken."""
    if piece.exhibit is not None:
        return str(OFFERED[piece.exhibit.offered_by])
    row = piece.document
    if row is None:
        return ""
    made = row.taken_at.astimezone(desk.zone).date() if row.taken_at else row.added_on
    return f"{row.added_by}, {day(made)}"


def _size(row: Row | None) -> str:
    if row is None:
        return ""
    kind = row.media_type.rpartition("/")[2].upper()
    return f"{kind}, {max(1, round(row.byte_size / KILOBYTE)):,} KB"


def _file(mark: str, picture: Redrawn) -> str:
    return f"exhibit-{mark}.{picture.media_type.rpartition('/')[2]}"


def _where(piece: Piece) -> tuple[float, float] | None:
    """Return where a photograph was taken, by its own word or else the phone's."""
    row = piece.document
    if row is None:
        return None
    lon, lat = (row.lon, row.lat) if row.lon is not None else (row.phone_lon, row.phone_lat)
    return None if lon is None else (lon, lat)


def _spots(shown: Sequence[Piece]) -> Iterator[tuple[float, float, str]]:
    for each in shown:
        if where := _where(each):
            yield (*where, each.mark)
