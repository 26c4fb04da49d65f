"""A file of records tells of mail, money and hearings, and nowhere of a withheld place."""

from datetime import date

import files
import pytest
import sqlalchemy as sa
from asked import HOMES, Records, log_of
from desk import CLERK, day
from papers import ZONE, hang

from cases import cashier
from cases.contacts import Direction, Note, Party, Way, note_on_case
from cases.documents.attaching import DocumentKind, Filing
from cases.documents.intake import take_in as take_in_file
from cases.documents.store import Store
from cases.ledger.accounts import Method
from cases.models import Hearing
from cases.opening import open_case
from cases.placing import place_case
from cases.records.pieces import Outcome, Piece, Subject
from cases.tying import Whereabouts
from cases.workflow.hearing import HearingStatus


@pytest.fixture
def records(town: sa.Connection, store: Store, case: int) -> Records:
    """A request about a case."""
    return Records(town, store, case)


@pytest.mark.usefixtures("decided")
def test_the_file_holds_what_was_sent_heard_and_paid_and_each_is_decided_by_itself(
    town: sa.Connection, store: Store, case: int
) -> None:
    cashier.receive_payment(
        town, case_id=case, cents=2_500, method=Method.CASH, payer="P. Lane", key="paid",
        actor=CLERK, moment=day(9, 30),
    )  # fmt: skip
    records = Records(town, store, case)
    its: dict[Subject, list[Piece]] = {subject: [] for subject in Subject}
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
        left_out = [(row["piece"], row["outcome"]) for row in log_of(file)]
        listed = [row["piece"] for row in log_of(file, "index.csv")]
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
