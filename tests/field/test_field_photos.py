"""A photograph is stored once, whole, under the hash the phone knows it by; nothing else is."""

import hashlib
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from field_phone import JPEG, Phone
from field_town import age_events, counted, now, one, sign_in
from flask import Flask

from cases.models import CaseDocument, Violation
from geo.database import Database
from webmap.field import uploads


@pytest.fixture
def visit(phone: Phone, case: int) -> str:
    deed = phone.visit(case)
    phone.told(deed)
    return str(deed["id"])


def _files(app: Flask) -> list[Path]:
    return [path for path in app.config["HOME"].rglob("*") if path.is_file()]


def test_the_office_answers_with_the_hash_of_what_lies_on_its_disk(
    app: Flask, phone: Phone, visit: str
) -> None:
    answer = phone.photo(visit, lon="-80.4", lat="27.3", accuracy="6.5")
    assert answer.json["sha256"] == hashlib.sha256(JPEG).hexdigest()
    [path] = _files(app)
    assert path.name == answer.json["sha256"]
    assert path.read_bytes() == JPEG


def test_the_same_photo_again_is_one_with_the_same_answer(
    phone: Phone, visit: str, fresh_database: Database
) -> None:
    photo_id = str(uuid.uuid4())
    answers = [phone.photo(visit, id=photo_id).json for _ in range(10)]
    assert answers == [answers[0]] * 10
    assert counted(fresh_database, "field_photo") == [1]


def test_other_bytes_under_its_identity_are_refused(phone: Phone, visit: str) -> None:
    photo_id = str(uuid.uuid4())
    phone.photo(visit, id=photo_id)
    assert phone.photo(visit, JPEG + b"x", id=photo_id).status_code == 409


@pytest.mark.parametrize(
    ("data", "announced", "code"),
    [
        (JPEG, hashlib.sha256(b"another").hexdigest(), 422),
        (JPEG[:-1], hashlib.sha256(JPEG).hexdigest(), 422),
        (b"<svg onload='alert(1)'/>", None, 422),
        (b"", None, 422),
        (JPEG, "", 422),
    ],
    ids=["wrong hash", "cut short", "no picture", "empty", "no hash"],
)
def test_what_is_not_the_photo_announced_is_refused_and_leaves_nothing(
    app: Flask,
    phone: Phone,
    visit: str,
    fresh_database: Database,
    data: bytes,
    announced: str | None,
    code: int,
) -> None:
    more = {} if announced is None else {"sha256": announced}
    answer = phone.photo(visit, data, **more)
    assert (answer.status_code, bool(answer.json["error"])) == (code, True)
    assert (_files(app), counted(fresh_database, "field_photo")) == ([], [0])


def test_a_photo_that_is_too_large_is_refused_unread(
    app: Flask, phone: Phone, visit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MOST_BYTES", 2_000_000)
    assert phone.photo(visit, JPEG + bytes(2_000_000)).status_code == 413
    assert phone.photo(visit, JPEG + bytes(1_900_000)).status_code == 200  # more than a form's
    assert len(_files(app)) == 1


@pytest.mark.parametrize(
    "wrong",
    [{"lon": "200", "lat": "0"}, {"lon": "nan", "lat": "1"}, {"lon": "1"}, {"taken": "noon"},
     {"taken": "2026-06-01T10:00"}, {"device": "mine"}, {"lon": "1", "lat": "1", "accuracy": "-1"}],
)  # fmt: skip
def test_a_photo_that_says_no_place_or_time_is_refused(
    phone: Phone, visit: str, wrong: dict[str, str]
) -> None:
    assert phone.photo(visit, **wrong).status_code == 400


def test_a_photo_before_its_visit_is_asked_to_wait(phone: Phone) -> None:
    assert phone.photo(str(uuid.uuid4())).status_code == 409


def test_a_photo_of_a_visit_that_was_not_taken_is_kept_all_the_same(
    phone: Phone, case: int, fresh_database: Database
) -> None:
    old = (now().now - timedelta(days=1)).isoformat()
    deed = phone.visit(case, made_at=old)
    assert phone.told(deed)["status"] == "conflict"
    assert phone.photo(deed["id"]).status_code == 200
    assert counted(fresh_database, "field_photo") == [1]


def test_another_officer_neither_sends_for_this_phone_nor_learns_of_its_photos(
    app: Flask, phone: Phone, case: int, visit: str, fresh_database: Database
) -> None:
    photo_id = str(uuid.uuid4())
    phone.photo(visit, id=photo_id)
    other = Phone(sign_in(app.test_client(), fresh_database, "okafor"))
    other.introduce()
    own = other.id
    assert other.photo(visit, id=photo_id).status_code == 404
    assert other.photo(visit).status_code == 409  # of her own there is no such visit
    other.id = phone.id
    assert other.photo(visit).status_code == 404
    assert other.tell(other.visit(case)).status_code == 404
    assert other.send("POST", "/field/device", json={"device": phone.id}).status_code == 404
    day = other.client.get(f"/field/day.json?device={phone.id}").json
    assert (day["numbers"], own != phone.id) == ([], True)


def test_a_photo_hangs_on_the_case_of_its_visit_with_where_the_phone_was(
    phone: Phone, visit: str, fresh_database: Database
) -> None:
    photo_id = str(uuid.uuid4())
    phone.photo(visit, id=photo_id, lon="-80.4", lat="27.3", accuracy="6.5")
    phone.photo(visit, id=photo_id, lon="-80.4", lat="27.3", accuracy="6.5")
    with fresh_database.app.connect() as connection:
        [hung] = connection.execute(sa.select(CaseDocument.__table__)).all()
        waiting = sa.text("SELECT args->>'sha256' FROM jobs.procrastinate_jobs")
        drawn = connection.execute(waiting).scalars().all()
    assert (str(hung.client_id), hung.kind, hung.phone_accuracy_m) == (photo_id, "photo", 6.5)
    assert hung.inspection_id is not None
    assert drawn == [hashlib.sha256(JPEG).hexdigest()]


def test_a_photo_that_came_a_day_late_holds_up_nothing_done_on_the_day_of_its_visit(
    phone: Phone, case: int, fresh_database: Database
) -> None:
    with fresh_database.owner.begin() as connection:
        age_events(connection, case, days=3)
    yesterday = now().now - timedelta(days=1)
    visit = phone.visit(case, made_at=yesterday.isoformat())
    assert phone.told(visit)["status"] == "stored"
    assert phone.photo(visit["id"]).status_code == 200
    alleged = one(fresh_database, Violation).id
    result = phone.result(visit, alleged, "verified", made_at=yesterday.isoformat())
    assert phone.told(result)["status"] == "stored"
    assert one(fresh_database, CaseDocument).added_on == yesterday.date()


@pytest.mark.parametrize(("how", "hung"), [("again", [True]), ("note", [False]), ("discard", [])])
@pytest.mark.parametrize("late", [False, True], ids=["sent before", "sent after"])
def test_photos_of_a_visit_in_conflict_hang_on_its_case_once_a_person_has_decided(
    phone: Phone, case: int, fresh_database: Database, *, how: str, hung: list[bool], late: bool
) -> None:
    """Whether it comes before the decision or after; with an inspection where there is one."""
    visit = phone.visit(case, made_at=(now().now - timedelta(days=1)).isoformat())
    assert phone.told(visit)["status"] == "conflict"
    if not late:
        assert phone.photo(visit["id"], lon="-80.4", lat="27.3").status_code == 200
        assert counted(fresh_database, "case_document") == [0]
    if how == "again":
        decided = phone.visit(case, again=visit["id"])
    else:
        said = {"deed": visit["id"], "how": how, "reason": "It was yesterday"}
        decided = phone.deed("settle", said)
    assert phone.told(decided)["status"] == "stored"
    if late:
        assert phone.photo(visit["id"], lon="-80.4", lat="27.3").status_code == 200
    phone.told(decided)
    with fresh_database.app.connect() as connection:
        rows = connection.execute(sa.select(CaseDocument.__table__)).all()
    assert [row.inspection_id is not None for row in rows] == hung
