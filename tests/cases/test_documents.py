"""A document hangs on a case: who added it, how far away it was taken, and what became of it."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import files
import pytest
import sqlalchemy as sa
from desk import CLERK, MANAGER, OFFICER, RESIDENT, RESPONDENT, day
from papers import PHOTO, ZONE, hang
from played import AT, in_a_town_of_its_own, one, story

from cases.advancing import GuardError
from cases.documents import attaching
from cases.documents.attaching import DocumentKind, Filing, PhonePosition
from cases.documents.copies import make_copies
from cases.documents.errors import OtherCaseError, PositionError, UploadError
from cases.documents.intake import TakenIn, take_in
from cases.documents.queries import (
    document_by_client_id,
    documents_named,
    documents_of_case,
    documents_of_cases,
)
from cases.documents.store import Store
from cases.history import faults
from cases.inspections import Entry, Visit, make
from cases.models import CaseDocument, CaseEvent, Document
from cases.opening import close_case, open_case
from cases.story import events_of, told
from cases.tying import Whereabouts
from cases.workflow.registry import NoReasonError, NotNowError
from geo.database import Database

ELSEWHERE = Whereabouts(parcel_no="A-4", address=None, point=None, opened_on=date(2026, 6, 1))


@pytest.fixture
def other(town: sa.Connection, law: int) -> int:
    return open_case(
        town, category="Fence", place=ELSEWHERE, law_pack_id=law, actor=OFFICER, moment=day(6, 1)
    )


def _count(connection: sa.Connection, table: type) -> int:
    return int(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())


def _last(connection: sa.Connection) -> str:
    case_id = connection.scalar(sa.select(sa.func.min(CaseEvent.case_id)))
    return list(told(connection.execute(events_of(case_id or 0)).all(), law=None))[-1].text


@pytest.mark.feature("digital documents: photographs, reports, evidence")
def test_a_photograph_is_on_record_with_its_hash_its_time_and_its_place(
    town: sa.Connection, case: int, photo: int, taken: TakenIn
) -> None:
    (row,) = town.execute(documents_of_case(case)).all()
    assert (row.id, row.sha256, row.kind, row.audience) == (photo, taken.sha256, "photo", "staff")
    assert (row.added_by, row.added_on) == ("M. Rivera", date(2026, 6, 2))
    assert row.taken_at == datetime(2026, 6, 1, 14, 30, tzinfo=UTC)
    assert (row.lon, row.lat) == pytest.approx((files.LON, files.LAT))
    assert (row.width, row.height, row.original_name) == (400, 300, "IMG_0042.jpg")
    assert row.distance_m == 0
    assert (row.phone_lon, row.phone_distance_m, row.thumbnail) == (None, None, None)
    assert story(town)[-1] == "document_added"
    assert _last(town) == (
        "A document was added (photo): The hedge from the sidewalk. "
        "The photograph was taken on the parcel. - M. Rivera"
    )
    event = town.execute(events_of(case)).all()[-1]
    assert event.details["sha256"] == taken.sha256
    assert list(faults(town)) == []


def test_how_far_away_it_was_taken_is_measured_on_the_ground(
    town: sa.Connection, case: int, store: Store
) -> None:
    """Lot A-1 ends at 80.398 W; 0.002 degrees of longitude at 27.3 N are 198 m."""
    east = take_in(
        store, files.jpeg(tags=files.exif(place=files.gps(lon=-80.396))), name="x", zone=ZONE
    )
    phone = PhonePosition(point=(-80.397, 27.3005), accuracy_m=12.5)
    hang(town, east, case, filing=Filing(kind=DocumentKind.PHOTO, phone=phone))
    (row,) = town.execute(documents_of_case(case)).all()
    assert row.distance_m == pytest.approx(197.9, abs=0.3)
    assert row.phone_distance_m == pytest.approx(98.9, abs=0.3)
    assert (row.phone_lon, row.phone_lat, row.phone_accuracy_m) == (-80.397, 27.3005, 12.5)
    assert "taken 198 m from the parcel" in _last(town)


def test_what_is_not_known_is_not_made_up(
    town: sa.Connection, case: int, store: Store, paper: int
) -> None:
    bare = take_in(store, files.jpeg(tags=files.exif({}, {})), name=None, zone=ZONE)
    hang(town, bare, case, filing=Filing(kind=DocumentKind.PHOTO, caption="  "))
    letter, photo = town.execute(documents_of_case(case)).all()
    for row in (letter, photo):
        assert (row.taken_at, row.taken_offset, row.lon, row.distance_m) == (None,) * 4
    assert (letter.id, letter.width, photo.caption) == (paper, None, None)
    assert _last(town) == "A photo was added. - M. Rivera"


def test_a_case_tied_to_no_parcel_has_no_distance(
    town: sa.Connection, law: int, taken: TakenIn
) -> None:
    nowhere = Whereabouts(parcel_no=None, address=None, point=None, opened_on=date(2026, 6, 1))
    lost = open_case(
        town, category="Dumping", place=nowhere, law_pack_id=law, actor=OFFICER, moment=day(6, 1)
    )
    hang(town, taken, lost)
    assert one(town, CaseDocument).distance_m is None


@pytest.mark.parametrize(
    ("point", "accuracy"),
    [((0, 0), None), ((float("nan"), 27), None), ((181, 27), None), ((-80, 91), None),
     ((-80.4, 27.3), -1), ((-80.4, 27.3), float("nan")), ((-80.4, 27.3), float("inf"))],
)  # fmt: skip
def test_a_phone_that_is_nowhere_is_refused(
    point: tuple[float, float], accuracy: float | None
) -> None:
    with pytest.raises(PositionError):
        PhonePosition(point=point, accuracy_m=accuracy)


def test_the_same_upload_again_is_the_same_row_and_no_second_event(
    town: sa.Connection, case: int, taken: TakenIn
) -> None:
    upload = uuid.uuid4()
    first = hang(town, taken, case, client_id=upload)
    before = story(town)
    assert hang(town, taken, case, client_id=upload, moment=day(6, 3)) == first
    attaching.withdraw(
        town, case_document_id=first, reason="Wrong lot", actor=OFFICER, moment=day(6, 3)
    )
    close_case(town, case_id=case, reason="Nothing there", actor=OFFICER, moment=day(6, 3))
    assert hang(town, taken, case, client_id=upload, moment=day(6, 4)) == first
    assert story(town) == [*before, "document_withdrawn", "case_closed"]
    assert town.execute(document_by_client_id(upload)).one().id == first


def test_a_number_taken_by_another_upload_is_refused(
    town: sa.Connection, case: int, other: int, taken: TakenIn, store: Store
) -> None:
    upload = uuid.uuid4()
    hang(town, taken, case, client_id=upload)
    different = take_in(store, files.png(), name=None, zone=ZONE)
    for again in (
        lambda: hang(town, different, case, client_id=upload),
        lambda: hang(town, taken, other, client_id=upload),
        lambda: hang(town, taken, case, client_id=upload, actor=CLERK),
    ):
        with pytest.raises(UploadError, match="is on record already"):
            again()
    assert _count(town, CaseDocument) == 1


def test_one_file_hangs_on_two_cases_and_is_one_document(
    town: sa.Connection, case: int, other: int, taken: TakenIn
) -> None:
    hang(town, taken, case)
    hang(town, taken, other)
    assert (_count(town, Document), _count(town, CaseDocument)) == (1, 2)
    distances = [row.distance_m for row in town.execute(documents_of_cases([case, other]))]
    assert distances[0] == 0
    assert distances[1] == pytest.approx(247, abs=2)


def test_a_photograph_belongs_to_an_inspection_of_its_own_case(
    town: sa.Connection, case: int, other: int, violation: int, taken: TakenIn
) -> None:
    visit = Visit(entry=Entry.VANTAGE, entry_detail="from the sidewalk")
    look = make(town, case_id=case, visit=visit, actor=OFFICER, moment=day(6, 2))
    filing = Filing(kind=DocumentKind.PHOTO, inspection_id=look, violation_id=violation)
    hang(town, taken, case, filing=filing)
    row = one(town, CaseDocument)
    assert (row.inspection_id, row.violation_id) == (look, violation)
    for wrong in (
        Filing(kind=DocumentKind.PHOTO, inspection_id=look),
        Filing(kind=DocumentKind.PHOTO, violation_id=violation),
        Filing(kind=DocumentKind.PHOTO, inspection_id=999_999),
    ):
        with pytest.raises(OtherCaseError, match="in this case"):
            hang(town, taken, other, filing=wrong)


def test_a_withdrawn_document_stays_marked_and_is_withdrawn_once(
    town: sa.Connection, case: int, photo: int
) -> None:
    def withdraw(reason: str) -> None:
        attaching.withdraw(
            town, case_document_id=photo, reason=reason, actor=MANAGER, moment=day(6, 5)
        )

    with pytest.raises(NoReasonError):
        withdraw(" ")
    withdraw("Of the lot next door")
    (row,) = town.execute(documents_of_case(case)).all()
    assert (row.status, row.withdrawn_by) == ("withdrawn", "A. Stone")
    assert (row.withdrawn_on, row.withdrawn_because) == (date(2026, 6, 5), "Of the lot next door")
    assert _last(town) == (
        "A document was withdrawn (photo): The hedge from the sidewalk. It stays on file. "
        "Reason: Of the lot next door. - A. Stone"
    )
    with pytest.raises(NotNowError, match="the document is withdrawn"):
        withdraw("Again")


def test_a_document_is_opened_to_the_public_and_held_back(
    town: sa.Connection, photo: int, store: Store, taken: TakenIn, paper: int
) -> None:
    make_copies(town, store, sha256=taken.sha256)
    for each in (photo, paper):
        attaching.publish(town, case_document_id=each, actor=CLERK, moment=day(6, 3))
    audience = sa.select(CaseDocument.audience).order_by(CaseDocument.id)
    assert list(town.scalars(audience)) == ["public", "public"]
    attaching.hold_back(
        town, case_document_id=photo, reason="A face", actor=CLERK, moment=day(6, 4)
    )
    attaching.withdraw(town, case_document_id=paper, reason="Sealed", actor=CLERK, moment=day(6, 4))
    assert list(town.scalars(audience)) == ["staff", "staff"]
    assert story(town)[-4:] == [
        "document_published", "document_published", "document_held_back", "document_withdrawn",
    ]  # fmt: skip
    assert list(faults(town)) == []


def test_a_respondent_may_add_proof_and_no_more_and_a_resident_nothing(
    town: sa.Connection, case: int, taken: TakenIn
) -> None:
    added = hang(town, taken, case, actor=RESPONDENT)
    refused = [
        lambda: hang(town, taken, case, actor=RESIDENT),
        lambda: attaching.publish(town, case_document_id=added, actor=RESPONDENT, moment=day(6, 3)),
        lambda: attaching.publish(town, case_document_id=added, actor=OFFICER, moment=day(6, 3)),
        lambda: attaching.withdraw(
            town, case_document_id=added, reason="x", actor=RESPONDENT, moment=day(6, 3)
        ),
    ]
    for deed in refused:
        with pytest.raises((NotNowError, GuardError)):
            deed()


def test_a_page_of_documents_takes_one_statement_however_many_there_are(
    town: sa.Connection, case: int, other: int, store: Store, taken: TakenIn
) -> None:
    for number in range(6):
        hang(town, taken, (case, other)[number % 2])
    make_copies(town, store, sha256=taken.sha256)
    asked: list[str] = []
    sa.event.listen(town, "before_cursor_execute", lambda *told: asked.append(told[2]))
    rows = town.execute(documents_of_cases([case, other])).all()
    assert (len(rows), len(asked)) == (6, 1)
    assert {row.case_id for row in rows} == {case, other}
    assert len({row.thumbnail for row in rows} - {None}) == 1


def test_a_digest_is_looked_up_among_what_is_stored(
    town: sa.Connection, photo: int, taken: TakenIn
) -> None:
    found = town.execute(documents_named([taken.sha256, "ab" * 32])).all()
    assert [(row.sha256, row.media_type) for row in found] == [(taken.sha256, "image/jpeg")]
    assert photo


def test_the_public_sees_no_table_of_documents(database: Database) -> None:
    for table in ("document", "case_document", "document_copy", "document_redaction"):
        with (
            database.public.connect() as connection,
            pytest.raises(sa.exc.ProgrammingError, match="permission denied"),
        ):
            connection.execute(
                sa.select(sa.text("*")).select_from(sa.table(table, schema="lotline"))
            )


def test_the_same_upload_twice_at_once_is_one_row_and_one_event(
    fresh_database: Database, tmp_path: Path
) -> None:
    with in_a_town_of_its_own(fresh_database) as (connection, law):
        cases = [
            open_case(
                connection, category="High grass", place=AT, law_pack_id=law, actor=OFFICER,
                moment=day(6, 1),
            )
            for _ in range(2)
        ]  # fmt: skip
    uploads = [uuid.uuid4() for _ in range(4)]

    def send(upload: uuid.UUID) -> int:
        taken = take_in(Store(tmp_path / "store"), files.jpeg(), name="x.jpg", zone=ZONE)
        case = cases[uploads.index(upload) % 2]
        with fresh_database.app.begin() as connection:
            return hang(connection, taken, case, client_id=upload, filing=PHOTO)

    with ThreadPoolExecutor(4) as pool:
        sent = list(pool.map(send, uploads * 4))
    with fresh_database.app.connect() as connection:
        assert len(set(sent)) == _count(connection, CaseDocument) == 4
        assert _count(connection, Document) == 1
        kinds = list(connection.scalars(sa.select(CaseEvent.kind)))
        assert kinds.count("document_added") == 4
        assert list(faults(connection)) == []
