"""Public records are handed out once every piece is decided, and nothing exempt is in the file."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import files
import pytest
import sqlalchemy as sa
from asked import HOMES, Records, log_of
from desk import CLERK, day
from reported import FERRER, received

from cases import exempting
from cases.contacts import Direction, Note, Party, Way, note_on_case
from cases.documents.redacting import Box, redact
from cases.documents.store import Store
from cases.intake import accept
from cases.models import ComplaintEvent
from cases.records import deciding, exporting, pieces
from cases.records.errors import (
    ChangedTextError,
    NoExemptionError,
    NoPassageError,
    NotBlackedOutError,
    RecordsError,
    UndecidedError,
)
from cases.records.pieces import Outcome, Subject

CARDS = "s. 119.071(5)(b), Florida Statutes"


@pytest.fixture
def records(town: sa.Connection, store: Store, case: int, photo: int, paper: int) -> Records:  # noqa: ARG001 - on it
    """A case with a photograph, a letter, and a call in which a card's number was said."""
    note = Note(
        direction=Direction.IN, way=Way.PHONE, party=Party.RESPONDENT, who="P. Lane",
        said="Will pay by card 4111-2222", happened_at=day(6, 2).now,
    )  # fmt: skip
    note_on_case(town, case_id=case, note=note, actor=CLERK, moment=day(6, 2))
    return Records(town, store, case)


@pytest.fixture
def statements(town: sa.Connection) -> Iterator[list[str]]:
    """What is asked of the database, as it is asked."""
    asked: list[str] = []

    def note(*event: Any) -> None:
        asked.append(event[2])

    sa.event.listen(town, "before_cursor_execute", note)
    yield asked
    sa.event.remove(town, "before_cursor_execute", note)


def test_nothing_is_handed_out_before_every_piece_is_decided(records: Records) -> None:
    with pytest.raises(UndecidedError, match="Undecided: place of case CE-2026-00001; story of"):
        records.export()
    records.release_the_rest()
    records.export()


def test_an_exempt_place_is_left_out_with_its_section_unless_a_person_decides_otherwise(
    records: Records, town: sa.Connection
) -> None:
    wanted = exempting.Wanted(place="A-1", provision=HOMES, requested_on=day(6, 2).on)
    exempting.exempt(town, wanted, form_key=uuid4(), actor=CLERK, moment=day(6, 2))
    (place,) = [each for each in records.pieces() if each.subject is Subject.PLACE]
    assert place.decision is not None
    assert (place.decision.outcome, place.decision.exemption) == (Outcome.WITHHELD, HOMES)
    records.release_the_rest()
    with records.opened() as file:
        (line,) = log_of(file)
        texts = [file.read(each).decode() for each in file.namelist() if each.endswith(".txt")]
    assert (line["piece"], line["exemption"]) == ("place", HOMES)
    assert line["decided_by"] == "the exemption on record"
    assert not [each for each in texts if "101 Alder" in each or "A-1" in each]
    records.decide(Subject.PLACE, Outcome.RELEASED)
    with records.opened() as file:
        assert log_of(file) == []


def test_the_same_decisions_make_the_same_bytes(records: Records) -> None:
    records.release_the_rest()
    assert records.export() == records.export()


def test_a_picture_is_handed_out_drawn_anew_and_a_paper_as_it_is(records: Records) -> None:
    records.release_the_rest()
    with records.opened() as file:
        held = {name: file.read(name) for name in file.namelist()}
        assert {each.date_time for each in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    (picture,) = [data for name, data in held.items() if name.endswith(".jpg")]
    assert not [name for name, data in held.items() if files.CANARY.encode() in data]
    assert b"Exif" not in picture
    assert files.pdf() in held.values()
    assert b"hedge" in held["index.html"]
    assert log_of(zipfile.ZipFile(io.BytesIO(records.store.get(records.export())))) == []


def test_many_pieces_are_released_at_once_by_as_many_statements_as_one(
    records: Records, statements: list[str]
) -> None:
    def release(*chosen: pieces.Piece) -> int:
        before = len(statements)
        deciding.release(
            records.town, request_id=records.id, actor=CLERK, moment=day(6, 9),
            read={each.key: each.text_sha256 for each in chosen},
        )  # fmt: skip
        return len(statements) - before

    first, *rest = records.pieces()
    assert release(first) == release(*rest)
    assert {each.decision.outcome for each in records.pieces() if each.decision} == {
        Outcome.RELEASED
    }
    assert exporting.undecided(records.pieces()) == []
    with pytest.raises(RecordsError, match="Nothing is ticked"):
        release()


def test_what_is_left_out_is_in_the_log_with_its_section_and_who_decided(
    records: Records, paper: int
) -> None:
    with pytest.raises(NoExemptionError, match="Cite the section"):
        records.decide(Subject.DOCUMENT, Outcome.WITHHELD, paper, exemption="private")
    records.decide(Subject.DOCUMENT, Outcome.WITHHELD, paper, exemption=HOMES)
    struck = {"exemption": CARDS, "passages": ["4111-2222", " "]}
    records.decide(Subject.CONTACTS, Outcome.REDACTED, **struck)
    records.release_the_rest()
    with records.opened() as file:
        contacts, letter = log_of(file)
        text = "".join(
            file.read(name).decode() for name in file.namelist() if name.endswith(".txt")
        )
        assert not [name for name in file.namelist() if name.endswith(".pdf")]
    assert (contacts["piece"], contacts["left_out"], contacts["exemption"]) == (
        "contacts", "one passage", CARDS,
    )  # fmt: skip
    assert (letter["outcome"], letter["left_out"], letter["file"]) == ("withheld", "all of it", "")
    assert (letter["decided_by"], letter["decided_on"]) == (CLERK.name, "2026-06-09")
    assert "by card [left out]" in text
    assert "4111" not in text


def test_what_a_document_that_is_not_released_whole_is_called_is_told_by_no_list(
    records: Records, photo: int, paper: int
) -> None:
    captions = {each.row_id: each.words for each in records.pieces() if each.row_id}
    _black_out(records, photo, Box(left=0.0, top=0.0, width=0.5, height=0.5, exemption=HOMES))
    records.decide(Subject.DOCUMENT, Outcome.REDACTED, photo)
    records.decide(Subject.DOCUMENT, Outcome.WITHHELD, paper, exemption=HOMES)
    records.release_the_rest()
    with records.opened() as file:
        listed = {row["what"] for row in log_of(file, "index.csv")}
        told = b"".join(file.read(name) for name in file.namelist())
    assert {f"photo {photo}", f"correspondence {paper}"} < listed
    assert not [each for each in captions.values() if each and each.encode() in told]


def test_words_that_are_not_in_the_text_are_refused_at_once_lest_others_stay_in_it(
    records: Records,
) -> None:
    struck = {"exemption": CARDS, "passages": ["by card", "4111 2222"]}
    with pytest.raises(NoPassageError, match="“4111 2222”: not in the text"):
        records.decide(Subject.CONTACTS, Outcome.REDACTED, **struck)
    assert len(exporting.undecided(records.pieces())) == len(records.pieces())


def test_what_is_said_after_a_text_was_read_is_neither_decided_nor_handed_out(
    records: Records,
) -> None:
    def called(said: str, number: int) -> None:
        note = Note(
            direction=Direction.IN, way=Way.PHONE, party=Party.RESPONDENT, who="P. Lane",
            said=said, happened_at=day(6, number).now,
        )  # fmt: skip
        note_on_case(
            records.town, case_id=records.case, note=note, actor=CLERK, moment=day(6, number)
        )

    def contacts() -> pieces.Piece:
        return next(each for each in records.pieces() if each.subject is Subject.CONTACTS)

    records.release_the_rest()
    read = contacts().text_sha256
    called("Has moved to a safe house in Reno", 8)
    assert contacts() in exporting.undecided(records.pieces())
    with pytest.raises(ChangedTextError, match=r"Changed: contacts of case CE-2026-00001\."):
        records.export()
    with pytest.raises(ChangedTextError, match="contacts of CE-2026-00001 is not the text"):
        records.decide(Subject.CONTACTS, Outcome.RELEASED, text_sha256=read)
    struck = {"exemption": HOMES, "passages": ["Reno"]}
    records.decide(Subject.CONTACTS, Outcome.REDACTED, **struck)
    assert exporting.undecided(records.pieces()) == []
    records.export()


def test_a_picture_with_black_boxes_is_released_with_them_and_cites_what_they_cite(
    records: Records, photo: int
) -> None:
    with pytest.raises(NotBlackedOutError, match="black it out on the case's page"):
        records.decide(Subject.DOCUMENT, Outcome.REDACTED, photo, exemption=HOMES)
    box = Box(left=0.0, top=0.0, width=0.5, height=0.5, exemption=HOMES)
    _black_out(records, photo, box)
    with pytest.raises(NotBlackedOutError, match="release it with them black"):
        records.decide(Subject.DOCUMENT, Outcome.RELEASED, photo)
    records.decide(Subject.DOCUMENT, Outcome.REDACTED, photo)
    records.release_the_rest()
    with records.opened() as file:
        (log,) = log_of(file)
    assert (log["exemption"], log["left_out"]) == (HOMES, "what is black in it")
    _black_out(records, photo, Box(left=0.5, top=0.5, width=0.5, height=0.5, exemption=HOMES))
    with pytest.raises(NotBlackedOutError, match="blacked out anew since"):
        records.export()


def _black_out(records: Records, photo: int, box: Box) -> None:
    redact(
        records.town, records.store, case_document_id=photo, boxes=[box], actor=CLERK,
        moment=day(6, 9),
    )  # fmt: skip


def test_who_reported_is_in_no_file_unless_a_person_releases_it_on_record(
    town: sa.Connection, store: Store, law: int
) -> None:
    complaint = received(town, law)
    case = accept(town, complaint_id=complaint, actor=CLERK, moment=day(6, 1))
    records = Records(town, store, case)
    with pytest.raises(UndecidedError, match="reporter CP-2026-00001 of"):
        records.export()
    records.decide(Subject.REPORTER, Outcome.WITHHELD, complaint, exemption=HOMES)
    records.release_the_rest()
    with records.opened() as file:
        assert b"Ferrer" not in b"".join(file.read(name) for name in file.namelist())
    records.decide(Subject.REPORTER, Outcome.RELEASED, complaint)
    with records.opened() as file:
        told = file.read("cases/CE-2026-00001/reported-CP-2026-00001.txt").decode()
    assert FERRER.name in told
    reasons = town.scalars(
        sa.select(ComplaintEvent.details["reason"].astext).where(
            ComplaintEvent.kind == "reporter_disclosed"
        )
    )
    assert set(reasons) == {"Public-records request PR-2026-00001"}
