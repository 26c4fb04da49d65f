"""Show a case to who holds its code: what is wrong, what fixes it, what it costs."""

from typing import Any

from cases import queries
from cases.codes.wording import is_ours
from cases.desk.book import Book
from cases.messages import contacts_and_mail
from cases.open_data import hearing_days_of
from cases.phases import Phase
from cases.stages import stage
from cases.workflow.inspection import PLANNED
from webmap.auth.gate import anybody
from webmap.interpreting import say
from webmap.office.casework import title_of
from webmap.respondent.cited import cited
from webmap.respondent.frame import Room, blueprint, reading
from webmap.respondent.heard import coming, over
from webmap.respondent.letters import letters_to
from webmap.respondent.money import money_of
from webmap.respondent.not_now import not_now
from webmap.respondent.photos import photographs
from webmap.respondent.ways import ways
from webmap.respondent.wrongs import other_photos, wrongs_of


@blueprint.get("/my-case")
@anybody
def my_case() -> str:
    """Show the case."""
    with reading() as room:
        book = room.book()
        return room.page("respondent/case.html", **head(room, book), **_shown(room, book))


def head(room: Room, book: Book) -> dict[str, Any]:
    """Return what every page of the case shows in its head."""
    case = book.case
    stands = stage(Phase(case.phase), case.next_due, on=room.today)
    return {"book": book, "title": title_of(case), "stage": stands}


def _shown(room: Room, book: Book) -> dict[str, Any]:
    photos = photographs(room)
    wrongs = wrongs_of(book, photos)
    told = _own(room, book) if room.holder.acts else _posted(room)
    return {
        "wrongs": wrongs, "photos": list(other_photos(photos, wrongs)), **told,
        "is_public": bool(room.rows(queries.case_numbers([room.holder.case_id]))),
    }  # fmt: skip


def _own(room: Room, book: Book) -> dict[str, Any]:
    """Return what of a case is told to whom it is about."""
    money = money_of(room, book)
    return {
        "ways": list(ways(room, book, money)),
        "money": money,
        "cited": cited(room, book, money),
        "visits": [row for row in book.parts["inspection"] if row.status in PLANNED],
        "asked": book.parts["extension"],
        "hearings": coming(room, book),
        "heard": over(room, book),
        "not_now": not_now(room, book),
        "letters": letters_to(room, book),
        "thread": _thread(room),
    }


def _posted(room: Room) -> dict[str, Any]:
    """Return what of a case anybody may be told: the days on which it is to be heard."""
    days = room.rows(hearing_days_of(room.holder.case_id))
    return {"hearings": [each for each in days if each.held_on >= room.today]}


@blueprint.app_template_filter("own_words")
def own_words(said: str) -> str:
    """Return what was written as it was written; what a form put beside it, in the page's words."""
    return "\n".join(say(line) if is_ours(line) else line for line in said.split("\n"))


def _thread(room: Room) -> list[Any]:
    """Return what was written to and fro with this respondent, the first first."""
    found = room.rows(contacts_and_mail(room.holder.case_id))
    name = room.holder.name
    return [each for each in found if each.in_thread and name in {each.who, each.noted_by}][::-1]
