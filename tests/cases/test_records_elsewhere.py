"""Words left out of one piece are in no file by way of another, unless a person says so."""

from datetime import date

import files
import pytest
import sqlalchemy as sa
from asked import HOMES, Records
from desk import CLERK, day
from papers import ZONE, hang
from played_owners import find

from cases import cashier
from cases.contacts import Direction, Note, Party, Way, note_on_case
from cases.documents.attaching import DocumentKind, Filing
from cases.documents.intake import take_in as take_in_file
from cases.documents.store import Store
from cases.ledger.accounts import Method
from cases.models import Case
from cases.records import deciding, elsewhere, requests
from cases.records.errors import StandingWordsError
from cases.records.pieces import Outcome, Piece, Subject

LANE = {"exemption": HOMES, "passages": ["p.  LANE"]}
WARNING = (Subject.NOTICE, Outcome.RELEASED)


@pytest.fixture
def records(town: sa.Connection, store: Store, case: int, warning: int) -> Records:  # noqa: ARG001 - on it
    """A case whose owner is named in its story, its warning and its ledger."""
    cashier.receive_payment(
        town, case_id=case, cents=2_500, method=Method.CASH, payer="P. Lane", key="paid",
        actor=CLERK, moment=day(6, 9),
    )  # fmt: skip
    return Records(town, store, case)


def _stands(records: Records) -> list[tuple[str, Subject]]:
    left = elsewhere.unsettled(records.town, records.id, records.pieces())
    return [(each.words, each.piece.subject) for each in left]


def _piece(records: Records, subject: Subject) -> Piece:
    return next(each for each in records.pieces() if each.subject is subject)


def _mark(records: Records, subject: Subject) -> str:
    left_out = elsewhere.left_out_of(records.pieces())
    return elsewhere.mark(elsewhere.standing_in(_piece(records, subject), left_out))


def test_no_file_is_made_while_words_left_out_of_one_piece_stand_in_another(
    records: Records, warning: int
) -> None:
    """However they are capitalised, and whichever of the two was decided first."""
    records.release_the_rest()
    assert _stands(records) == []
    records.decide(Subject.STORY, Outcome.REDACTED, **LANE)
    assert _stands(records) == [("p. LANE", Subject.NOTICE), ("p. LANE", Subject.LEDGER)]
    with pytest.raises(StandingWordsError, match=r"stand in another.*“p\. LANE”.*in: Warning"):
        records.export()
    records.decide(Subject.LEDGER, Outcome.REDACTED, exemption=HOMES, passages=["P. Lane"])
    records.decide(*WARNING, warning, seen=_mark(records, Subject.NOTICE))
    assert _stands(records) == []
    with records.opened() as file:
        assert b"P. Lane" not in b"".join(
            file.read(name) for name in file.namelist() if "notice" not in name
        )


def test_a_piece_is_released_with_such_words_only_by_somebody_who_was_shown_just_these(
    records: Records, warning: int
) -> None:
    records.decide(Subject.STORY, Outcome.REDACTED, **LANE)
    seen = _mark(records, Subject.NOTICE)
    with pytest.raises(StandingWordsError, match="left out elsewhere, and it stands in the notice"):
        records.decide(*WARNING, warning)
    part = {"exemption": HOMES, "passages": ["Warning"]}
    with pytest.raises(StandingWordsError):
        records.decide(Subject.NOTICE, Outcome.REDACTED, warning, **part)
    with pytest.raises(StandingWordsError):
        deciding.release(
            records.town, request_id=records.id, actor=CLERK, moment=day(6, 9),
            read={each.key: each.text_sha256 for each in [_piece(records, Subject.NOTICE)]},
        )  # fmt: skip
    records.decide(Subject.LEDGER, Outcome.REDACTED, **LANE)
    records.decide(*WARNING, warning, seen=seen)
    records.decide(Subject.NOTICE, Outcome.WITHHELD, warning, exemption=HOMES)
    assert _stands(records) == []


def test_what_is_left_out_after_a_piece_was_decided_asks_for_it_again(
    records: Records, warning: int
) -> None:
    records.decide(Subject.STORY, Outcome.REDACTED, **LANE)
    records.release_the_rest()
    assert _stands(records) == []
    records.decide(Subject.STORY, Outcome.RELEASED)
    records.decide(*WARNING, warning)  # nothing is left out anywhere: nothing was shown
    records.decide(Subject.STORY, Outcome.REDACTED, **LANE)
    assert _stands(records) == [("p. LANE", Subject.NOTICE)]


def test_the_place_and_a_document_s_caption_are_looked_through_too(records: Records) -> None:
    taken = take_in_file(records.store, files.png(), name="front.png", zone=ZONE)
    caption = "The porch of P. LANE"
    filing = Filing(kind=DocumentKind.PHOTO, caption=caption)
    hang(records.town, taken, records.case, filing=filing, moment=day(6, 9))
    note = Note(
        direction=Direction.OUT, way=Way.PHONE, party=Party.OTHER, who="Post office",
        said="Mail goes to 101 ALDER ST", happened_at=day(6, 3).now,
    )  # fmt: skip
    note_on_case(records.town, case_id=records.case, note=note, actor=CLERK, moment=day(6, 9))
    records.decide(Subject.STORY, Outcome.REDACTED, **LANE)
    passages = ["101 Alder St"]
    records.decide(Subject.CONTACTS, Outcome.REDACTED, exemption=HOMES, passages=passages)
    assert {("p. LANE", Subject.DOCUMENT), ("101 Alder St", Subject.PLACE)} <= {*_stands(records)}


def test_what_is_left_out_is_gathered_once_however_many_pieces_are_looked_through(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    records.decide(Subject.STORY, Outcome.REDACTED, **LANE)
    there, walks, log = records.pieces(), [], []
    gather, read = elsewhere.left_out_of, elsewhere._log
    monkeypatch.setattr(elsewhere, "left_out_of", lambda its: walks.append(1) or gather(its))
    monkeypatch.setattr(elsewhere, "_log", lambda request: log.append(1) or read(request))
    assert len(elsewhere.unsettled(records.town, records.id, there)) > 1
    assert (len(walks), len(log)) == (1, 1)


def test_another_case_of_the_request_is_looked_through_too(
    town: sa.Connection, law: int, roll: None, records: Records
) -> None:
    assert roll is None
    other = find(town, law, on=date(2026, 5, 1), lot="A-2", name="P. Lane", address="1 Elm St")
    number = town.scalar(sa.select(Case.number).where(Case.id == other.case))
    requests.choose(town, request_id=records.id, number=str(number), actor=CLERK)
    records.decide(Subject.STORY, Outcome.REDACTED, **LANE)
    asked: list[str] = []
    sa.event.listen(town, "before_cursor_execute", lambda *event: asked.append(event[2]))
    there = records.pieces()
    assert sum("parcel_period" in each for each in asked) == 1  # however many cases there are
    left = elsewhere.unsettled(town, records.id, there)
    assert {records.case, other.case} == {each.piece.case_id for each in left}
