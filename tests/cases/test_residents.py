"""A resident reports a problem without an account, once, and asks by a code what became of it."""

import threading
import uuid
from dataclasses import replace
from datetime import UTC
from typing import Any

import pytest
import sqlalchemy as sa
from desk import CLERK, MANAGER, OFFICER, day
from files import exif, jpeg
from played import FROM_THE_STREET
from reported import FERRER, GRASS, complaint, told_of
from small_town import lay_out

from cases import inspections
from cases.adopted import adopt
from cases.documents.errors import RefusedFileError
from cases.documents.intake import take_in as take_file
from cases.documents.store import Store
from cases.intake import accept, dismiss, refer
from cases.lawpack.reading import DEFAULT
from cases.linking import link_to_complaint
from cases.models import CaseDocument, Complaint, ResidentReport
from cases.reporters import Identity
from cases.residents.codes import Codes, hashed
from cases.residents.photos import (
    MOST_PHOTO_BYTES,
    MOST_PHOTOS,
    LatePhotoError,
    TooManyPhotosError,
    keep_photo,
    require_photograph,
)
from cases.residents.reporting import NotHeldError, Receipt, Sent, release, take_in
from cases.residents.suspicion import Sign, sign_of
from cases.residents.tracking import standing_of
from cases.screening import Channel
from geo.database import Database

CODES = Codes(["a key for tests, which anybody may know"])
WEB = replace(GRASS, channel=Channel.WEB)


def sent(connection: sa.Connection, law: int, **changes: Any) -> Receipt:
    report = Sent(
        id=changes.pop("id", None) or uuid.uuid4(), report=changes.pop("report", WEB),
        sign=changes.pop("sign", None),
    )  # fmt: skip
    asked = {"reporter": FERRER, "codes": CODES, "law_pack_id": law, "moment": day(6, 1)}
    return take_in(connection, report, **(asked | changes))


def standing(connection: sa.Connection, code: str | None) -> Any:
    assert code
    return connection.execute(standing_of(code)).first()


def identity(connection: sa.Connection, receipt: Receipt) -> int:
    found = connection.scalar(sa.select(Complaint.id).where(Complaint.number == receipt.number))
    assert found is not None
    return found


def a_photo(
    connection: sa.Connection, report_id: uuid.UUID, data: bytes, store: Store | None = None
) -> str:
    taken = take_file(store or Store("memory://residents"), data, name="IMG_1.jpg", zone=UTC)
    keep_photo(connection, taken, report_id=report_id, moment=day(6, 1))
    return taken.sha256


def test_a_report_sent_ten_times_is_one_complaint_with_one_code(
    town: sa.Connection, law: int
) -> None:
    name = uuid.uuid4()
    receipts = [sent(town, law, id=name) for _ in range(10)]
    assert {(each.number, each.code) for each in receipts} == {
        (receipts[0].number, receipts[0].code)
    }
    assert [each.again for each in receipts] == [False] + [True] * 9
    assert town.scalar(sa.select(sa.func.count()).select_from(Complaint)) == 1
    row = complaint(town, identity(town, receipts[0]))
    assert (row.channel, row.entered_by) == ("web", "a resident")


def test_ten_sends_at_once_make_one_complaint(
    fresh_database: Database,
) -> None:
    found: list[Receipt] = []
    name = uuid.uuid4()
    with fresh_database.owner.begin() as connection:
        lay_out(connection)
    with fresh_database.app.begin() as connection:
        law = adopt(connection, DEFAULT, on=day(1, 1).on)

    def send() -> None:
        with fresh_database.app.begin() as connection:
            found.append(sent(connection, law, id=name))

    threads = [threading.Thread(target=send) for _ in range(10)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len({(each.number, each.code) for each in found}) == 1
    assert len(found) == 10
    with fresh_database.app.connect() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(Complaint)) == 1


def test_a_code_holds_a_hundred_bits_and_only_its_hash_is_kept(
    town: sa.Connection, law: int
) -> None:
    receipt = sent(town, law)
    assert receipt.code is not None
    assert len(receipt.code.replace("-", "")) * 5 == 100
    kept = town.execute(sa.select(ResidentReport.__table__)).one()
    assert kept.code_sha256 == hashed(receipt.code)
    assert receipt.code not in str(kept)
    assert len({CODES.code_of(uuid.uuid4()) for _ in range(2000)}) == 2000


@pytest.mark.parametrize(
    "typed", ["abcde-f0123-45678-9xyz1", "ABCDE F0123 45678 9XYZ1", "abcdefo12345678 9xyzl"]
)
def test_a_code_is_read_as_people_type_it(typed: str) -> None:
    assert hashed(typed) == hashed("ABCDE-F0123-45678-9XYZ1")


def test_a_code_made_with_a_key_of_before_is_known_again(town: sa.Connection, law: int) -> None:
    name = uuid.uuid4()
    first = sent(town, law, id=name)
    later = Codes(["a new key", "a key for tests, which anybody may know"])
    assert sent(town, law, id=name, codes=later).code == first.code
    assert sent(town, law, id=name, codes=Codes(["a new key"])).code is None


def test_whoever_has_the_code_reads_where_it_stands_and_never_who_or_where(
    town: sa.Connection, law: int
) -> None:
    receipt = sent(town, law)
    told = standing(town, receipt.code)
    assert (told.status, told.may_open, told.has_case) == ("received", True, False)
    assert "Ferrer" not in str(told)
    assert "Alder" not in str(told)
    assert standing(town, "AAAAA-AAAAA-AAAAA-AAAAA") is None


def test_a_case_is_named_only_once_it_is_public(town: sa.Connection, law: int) -> None:
    receipt = sent(town, law)
    case = accept(town, complaint_id=identity(town, receipt), actor=OFFICER, moment=day(6, 2))
    told = standing(town, receipt.code)
    assert (told.status, told.has_case, told.case_number) == ("accepted", True, None)
    inspections.make(town, case_id=case, visit=FROM_THE_STREET, actor=OFFICER, moment=day(6, 2))
    assert standing(town, receipt.code).case_number is not None


def test_why_it_was_dismissed_or_to_whom_it_went_is_told(town: sa.Connection, law: int) -> None:
    one, other = sent(town, law), sent(town, law)
    dismiss(
        town, complaint_id=identity(town, one), reason="The grass is not high.",
        actor=CLERK, moment=day(6, 2),
    )  # fmt: skip
    refer(
        town, complaint_id=identity(town, other), to="the county", reason="A county road",
        actor=CLERK, moment=day(6, 2),
    )  # fmt: skip
    assert standing(town, one.code).because == "The grass is not high."
    told = standing(town, other.code)
    assert (told.referred_to, told.because) == ("the county", "A county road")


def test_that_nobody_gave_a_name_is_told_until_an_officer_says_what_threatens(
    town: sa.Connection, law: int
) -> None:
    receipt = sent(town, law, reporter=Identity())
    assert standing(town, receipt.code).may_open is False


def test_a_held_report_waits_for_a_person_who_lets_it_through_once(
    town: sa.Connection, law: int
) -> None:
    receipt = sent(town, law, sign=Sign.TRAP)
    one = identity(town, receipt)
    release(town, complaint_id=one, actor=CLERK, moment=day(6, 2))
    assert told_of(town, one)[-1] == "complaint_released"
    kept = town.execute(sa.select(ResidentReport.__table__)).one()
    assert (kept.released_by, kept.released_on) == (CLERK.name, day(6, 2).on)
    for again in (one, identity(town, sent(town, law))):
        with pytest.raises(NotHeldError):
            release(town, complaint_id=again, actor=MANAGER, moment=day(6, 3))


@pytest.mark.parametrize(
    ("words", "trap", "sign"),
    [
        ("High grass", "", None),
        ("See www.alder.example and https://alder.example/map", "", None),
        ("http://a.example http://b.example www.c.example", "", Sign.LINKS),
        ("High grass", "http://a.example", Sign.TRAP),
    ],
)
def test_what_may_be_no_report_is_told_by_simple_signs(
    words: str, trap: str, sign: Sign | None
) -> None:
    assert sign_of(words, trap=trap) is sign


def test_its_photographs_hang_on_the_case_it_comes_to_feed_once(
    town: sa.Connection, law: int
) -> None:
    name = uuid.uuid4()
    one = a_photo(town, name, jpeg(tags=exif()))
    assert a_photo(town, name, jpeg(tags=exif())) == one
    receipt = sent(town, law, id=name)
    case = accept(town, complaint_id=identity(town, receipt), actor=OFFICER, moment=day(6, 2))
    hung = town.execute(sa.select(CaseDocument.__table__)).all()
    assert [(each.case_id, each.sha256, each.kind, each.audience) for each in hung] == [
        (case, one, "photo", "staff")
    ]
    assert standing(town, receipt.code).photos == 1


def test_those_of_a_report_that_repeats_another_come_with_it(town: sa.Connection, law: int) -> None:
    first, name = identity(town, sent(town, law)), uuid.uuid4()
    photo = a_photo(town, name, jpeg())
    second = identity(town, sent(town, law, id=name))
    who: dict[str, Any] = {"actor": OFFICER, "moment": day(6, 2)}
    link_to_complaint(town, complaint_id=second, earlier_id=first, **who)
    accept(town, complaint_id=first, **who)
    assert list(town.scalars(sa.select(CaseDocument.sha256))) == [photo]


def test_photographs_are_few_and_come_before_the_report(town: sa.Connection, law: int) -> None:
    name = uuid.uuid4()
    for side in range(MOST_PHOTOS):
        a_photo(town, name, jpeg((40 + side, 30)))
    with pytest.raises(TooManyPhotosError):
        a_photo(town, name, jpeg((90, 30)))
    sent(town, law, id=name)
    a_photo(town, name, jpeg((40, 30)))  # one that came before
    with pytest.raises(LatePhotoError):
        a_photo(town, name, jpeg((91, 30)))


@pytest.mark.parametrize("data", [b"%PDF-1.4\n%%EOF\n", b"<svg/>", b"x" * (MOST_PHOTO_BYTES + 1)])
def test_what_is_no_photograph_is_refused_before_it_is_stored(data: bytes) -> None:
    with pytest.raises(RefusedFileError):
        require_photograph(data)
