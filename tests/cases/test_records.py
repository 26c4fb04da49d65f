"""Public records are handed out once every piece is decided, and nothing exempt is in the file."""

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import files
import pytest
import sqlalchemy as sa
from asked import HOMES, Records
from desk import CLERK, MANAGER, day
from papers import ZONE, hang
from reported import FERRER, received

from cases import cashier, exempting
from cases.contacts import Direction, Note, Party, Way, note_on_case
from cases.documents.attaching import DocumentKind, Filing
from cases.documents.intake import take_in as take_in_file
from cases.documents.redacting import Box, redact
from cases.documents.store import Store
from cases.intake import accept
from cases.ledger.accounts import Method
from cases.models import ComplaintEvent, Hearing
from cases.opening import open_case
from cases.placing import place_case
from cases.records import deciding, exporting, pieces, requests
from cases.records.errors import (
    ChangedTextError,
    NoExemptionError,
    NoPassageError,
    NotBlackedOutError,
    NotYourRequestError,
    RecordsError,
    UndecidedError,
)
from cases.records.pieces import Outcome, Subject
from cases.tying import Whereabouts
from cases.workflow.hearing import HearingStatus

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


def _log(file: zipfile.ZipFile, name: str = "exemption-log.csv") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read(name).decode())))


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
        (line,) = _log(file)
        texts = [file.read(each).decode() for each in file.namelist() if each.endswith(".txt")]
    assert (line["piece"], line["exemption"]) == ("place", HOMES)
    assert line["decided_by"] == "the exemption on record"
    assert not [each for each in texts if "101 Alder" in each or "A-1" in each]
    records.decide(Subject.PLACE, Outcome.RELEASED)
    with records.opened() as file:
        assert _log(file) == []


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
    assert _log(zipfile.ZipFile(io.BytesIO(records.store.get(records.export())))) == []


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
        contacts, letter = _log(file)
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
        listed = {row["what"] for row in _log(file, "index.csv")}
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


@pytest.mark.usefixtures("decided")
def test_the_file_holds_what_was_sent_heard_and_paid_and_each_is_decided_by_itself(
    town: sa.Connection, store: Store, case: int
) -> None:
    cashier.receive_payment(
        town, case_id=case, cents=2_500, method=Method.CASH, payer="P. Lane", key="paid",
        actor=CLERK, moment=day(9, 30),
    )  # fmt: skip
    records = Records(town, store, case)
    its: dict[Subject, list[pieces.Piece]] = {subject: [] for subject in Subject}
    for piece in records.pieces():
        its[piece.subject].append(piece)
    assert {"Warning", "Notice of hearing"} <= {
        each.words.partition(",")[0] for each in its[Subject.NOTICE]
    }
    (hearing,) = its[Subject.HEARING]
    struck = {"exemption": HOMES, "passages": ["P. Lane"]}
    records.decide(Subject.LEDGER, Outcome.REDACTED, **struck)
    records.decide(Subject.HEARING, Outcome.WITHHELD, hearing.row_id, exemption=HOMES)
    records.release_the_rest()
    with records.opened() as file:
        held = {
            name.rpartition("/")[2]: file.read(name).decode()
            for name in file.namelist()
            if name.endswith(".txt")
        }
        left_out = [(row["piece"], row["outcome"]) for row in _log(file)]
        listed = [row["piece"] for row in _log(file, "index.csv")]
    assert left_out == [("hearing", "withheld"), ("ledger", "redacted")]
    assert listed.count("notice") == len(its[Subject.NOTICE])
    assert "receipt" in held["ledger.txt"]
    assert "paid by [left out]" in held["ledger.txt"]
    warning = next(text for name, text in held.items() if text.startswith("Warning to P. Lane"))
    assert "Section " in warning
    for words in ("Held: August 11, 2026, ", "Under oath: yes", "Minutes:", "Findings:"):
        assert words in hearing.text
    assert not [name for name in held if name.startswith("hearing")]
    assert "Closed" not in held["case.txt"]


def test_a_hearing_that_ended_in_an_agreement_is_told_as_neither_held_nor_to_come(
    town: sa.Connection, store: Store, case: int, opened: int
) -> None:
    agreed = sa.update(Hearing).where(Hearing.id == opened).values(
        status=HearingStatus.AGREED, agreement="To be cut by July"
    )  # fmt: skip
    town.execute(agreed)
    (hearing,) = (
        each for each in Records(town, store, case).pieces() if each.subject is Subject.HEARING
    )
    assert "On the docket of: August 11, 2026, " in hearing.text


@pytest.mark.usefixtures("docketed")
def test_a_hearing_that_is_only_set_is_told_as_one_and_nothing_as_if_it_had_been_held(
    town: sa.Connection, store: Store, case: int
) -> None:
    (hearing,) = (
        each for each in Records(town, store, case).pieces() if each.subject is Subject.HEARING
    )
    assert "Set for: August 11, 2026, " in hearing.text
    for word in ("Held", "oath", "Minutes", "Findings", "Exhibits"):
        assert word not in hearing.text


def test_a_place_that_is_withheld_is_told_by_no_other_piece(
    records: Records, store: Store, case: int
) -> None:
    taken = take_in_file(store, files.png(), name="front.png", zone=ZONE)
    hang(records.town, taken, case, filing=Filing(kind=DocumentKind.PHOTO, caption="101 Alder St"))
    note = Note(
        direction=Direction.OUT, way=Way.PHONE, party=Party.OTHER, who="Post office",
        said="Mail goes to 101 ALDER ST, parcel A-1", happened_at=day(6, 3).now,
    )  # fmt: skip
    note_on_case(records.town, case_id=case, note=note, actor=CLERK, moment=day(6, 3))
    records.decide(Subject.PLACE, Outcome.WITHHELD, exemption=HOMES)
    records.release_the_rest()
    with records.opened() as file:
        held = b"".join(file.read(name) for name in file.namelist())
    assert b"alder" not in held.lower()
    assert b"A-1" not in held
    assert b"Mail goes to [left out], parcel [left out]" in held


def test_where_a_case_of_a_withheld_place_once_was_pointed_at_is_told_by_no_piece(
    town: sa.Connection, store: Store, law: int
) -> None:
    nowhere = Whereabouts(
        parcel_no=None, address="330 Magnolia St", point=None, opened_on=date(2026, 6, 1)
    )
    case = open_case(
        town, category="High grass", place=nowhere, law_pack_id=law, actor=CLERK, moment=day(6, 1)
    )
    for on, where in ((2, (-80.3975, 27.2995)), (3, "A-2")):
        place_case(town, case_id=case, where=where, actor=CLERK, moment=day(6, on))
    records = Records(town, store, case)
    records.decide(Subject.PLACE, Outcome.WITHHELD, exemption=HOMES)
    records.release_the_rest()
    with records.opened() as file:
        held = b"".join(file.read(name) for name in file.namelist()).lower()
    for words in (b"27.2995", b"80.3975", b"a-2", b"alder", b"magnolia"):
        assert words not in held
    assert b"it lies at [left out], on no parcel." in held


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
        (log,) = _log(file)
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


def test_a_case_chosen_by_mistake_is_taken_off_until_something_of_it_is_decided(
    records: Records,
) -> None:
    requests.leave_out(records.town, request_id=records.id, case_id=records.case, actor=CLERK)
    with pytest.raises(RecordsError, match="is about no case"):
        records.export()
    with pytest.raises(RecordsError, match="No case is numbered"):
        requests.choose(records.town, request_id=records.id, number="Z-9", actor=CLERK)
    number = "ce-2026-00001"
    requests.choose(records.town, request_id=records.id, number=number, actor=CLERK)
    records.decide(Subject.STORY, Outcome.RELEASED)
    with pytest.raises(RecordsError, match="decided, and that stays"):
        requests.leave_out(records.town, request_id=records.id, case_id=records.case, actor=CLERK)


def test_a_request_waits_until_something_is_handed_out_or_it_is_ended(records: Records) -> None:
    town = records.town
    assert town.scalar(requests.waiting()) == 1
    records.release_the_rest()
    records.export()
    assert town.scalar(requests.waiting()) == 0
    with pytest.raises(RecordsError, match="was answered on"):
        requests.end(
            town, request_id=records.id, reason="Asked twice", actor=CLERK, moment=day(6, 9)
        )
    wanted = requests.Wanted(asked="The 1987 file", requester=" ", received_on=date(2026, 6, 9))
    other = requests.take_in(town, wanted, form_key=uuid4(), actor=CLERK, moment=day(6, 9))
    assert town.execute(requests.request(other)).one().requester is None
    who = {"request_id": other, "actor": CLERK, "moment": day(6, 9)}
    with pytest.raises(RecordsError, match="Say why"):
        requests.end(town, reason=" ", **who)
    requests.end(town, reason="No such record", **who)
    assert town.scalar(requests.waiting()) == 0
    with pytest.raises(RecordsError, match="came to its end"):
        requests.choose(town, request_id=other, number="CE-2026-00001", actor=CLERK)


def test_what_waits_is_counted_as_far_as_lists_are(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(requests, "COUNTED", 2)
    for number in range(5):
        wanted = requests.Wanted(asked=f"File {number}", received_on=date(2026, 6, 9))
        requests.take_in(records.town, wanted, form_key=uuid4(), actor=CLERK, moment=day(6, 9))
    assert records.town.scalar(requests.waiting()) == 3
    days = {"first": date(2026, 6, 1), "last": date(2026, 6, 2)}
    assert records.town.scalar(requests.count(**days)) == 3
    assert len(records.town.execute(requests.requests(**days, most=4, skip=3)).all()) == 3


def test_the_clerk_answers_and_nobody_else(records: Records) -> None:
    wanted = requests.Wanted(asked="x", received_on=date(2026, 6, 9))
    with pytest.raises(NotYourRequestError, match="for the clerk"):
        requests.take_in(records.town, wanted, form_key=uuid4(), actor=MANAGER, moment=day(6, 9))
