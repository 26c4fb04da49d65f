"""A case is started in the field, and a warning issued there, once each or by a person's word."""

import json
import re
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from field_phone import TRASH, VISIT, Phone, verified
from field_town import OFFICER, counted, now, one

from cases.field.errors import DoubledError
from cases.field.starting import open_seen
from cases.field.told import Opened
from cases.models import Case, CaseDocument, CaseEvent, Inspection, Violation
from cases.wording import hour_in_words
from geo.database import Database

GRASS = {"id": str(uuid.uuid4()), "section": "30-36(a)", "item": "Grass", "passed": False}
SEEN = {name: VISIT[name] for name in ("entry", "entry_detail", "note")} | {"findings": [TRASH]}
HERE = {"category": "Trash and debris", "parcel_no": "12-5"}


def _opening(phone: Phone, **more: Any) -> dict[str, Any]:
    return phone.deed("open", {**SEEN, **HERE, **more})


def test_what_is_seen_in_passing_becomes_one_case_with_its_visit_and_photo_on_the_day(
    phone: Phone, fresh_database: Database
) -> None:
    opening = _opening(phone)
    answers = [phone.told(opening) for _ in range(3)]
    assert answers == [answers[0]] * 3
    assert answers[0]["status"] == "stored"
    assert phone.photo(opening["id"]).status_code == 200
    case = one(fresh_database, Case, Case.id == answers[0]["case"])
    assert (case.category, case.stated_address, case.number) == (
        "Trash and debris", None, answers[0]["number"],
    )  # fmt: skip
    made = one(fresh_database, Inspection)
    assert (made.case_id, made.officer, made.id) == (
        case.id, OFFICER.name, answers[0]["inspection"],
    )  # fmt: skip
    violation = one(fresh_database, Violation, Violation.case_id == case.id)
    assert (violation.section, violation.status) == ("30-36(b)", "open")
    assert one(fresh_database, CaseDocument).case_id == case.id
    [stop] = [each for each in phone.day()["stops"] if each["case"] == case.id]
    assert (stop["why"], stop["purpose"]) == ("begun", "warn")


@pytest.mark.parametrize(
    "place",
    [
        {"parcel_no": "12-5"},
        {"parcel_no": None, "address": "108 Alder St"},
        {"parcel_no": None, "address": "12-5"},
        {"parcel_no": None, "spot": True},
    ],
)
def test_it_is_on_the_parcel_pointed_at_or_of_the_address_or_where_the_officer_stood(
    phone: Phone, fresh_database: Database, place: dict[str, Any]
) -> None:
    with fresh_database.owner.connect() as connection:
        lot = connection.exec_driver_sql(
            "SELECT p.id, ST_X(c) lon, ST_Y(c) lat FROM lotline.parcel p"
            " JOIN lotline.parcel_period pp ON pp.parcel_id = p.id,"
            " ST_PointOnSurface(pp.geom) c WHERE p.parcel_no = '12-5'"
        ).one()
    if place.get("spot"):
        place = {**place, "spot": {"lon": lot.lon, "lat": lot.lat, "accuracy_m": 5}}
    answer = phone.told(_opening(phone, **place))
    assert one(fresh_database, Case, Case.id == answer["case"]).parcel_id == lot.id


def test_an_open_case_of_the_kind_there_is_told_before_and_stops_what_has_not_shown_it(
    phone: Phone, case: int, fresh_database: Database
) -> None:
    known = phone.day()["starting"]["known"]
    assert [(each["kind"], each["id"], each["sections"]) for each in known] == [
        ("case", case, ["30-36(a)"])
    ]
    there = {"category": "High grass", "parcel_no": "12-1"}
    blind = _opening(phone, **there)
    answer = phone.told(blind)
    assert answer["status"] == "conflict"
    assert [each["id"] for each in answer["matters"]] == [case]
    assert answer["matters"][0]["number"] in answer["words"]
    assert counted(fresh_database, "case_file") == [1]
    assert phone.told(_opening(phone, **there, shown=[f"case:{case}"]))["status"] == "stored"
    assert phone.told(_opening(phone, **there, again=None))["status"] == "conflict"
    second = _opening(phone, **there, shown=[f"case:{case}"]) | {"again": blind["id"]}
    unseen = phone.told(second)
    assert unseen["status"] == "conflict", "the second case there was shown to nobody"
    shown = [f"{each['kind']}:{each['id']}" for each in unseen["matters"]]
    seen = _opening(phone, **there, shown=[f"case:{case}", *shown])
    assert phone.told({**seen, "again": second["id"]})["status"] == "stored"
    assert counted(fresh_database, "case_file") == [3]


@pytest.mark.usefixtures("app")
def test_of_two_openings_at_once_the_second_sees_the_first(fresh_database: Database) -> None:
    said = Opened.model_validate_json(json.dumps({**SEEN, **HERE}))

    def open_it(connection: sa.Connection) -> int:
        return open_seen(connection, said, as_it_is=False, actor=OFFICER, moment=now())

    def open_second() -> int:
        with fresh_database.app.begin() as connection:
            return open_it(connection)

    with ThreadPoolExecutor(1) as other:
        with fresh_database.app.begin() as connection:
            open_it(connection)
            second = other.submit(open_second)
            _await_waiting(fresh_database)
        with pytest.raises(DoubledError):
            second.result(timeout=30)


def _await_waiting(database: Database) -> None:
    """Wait until somebody waits for a lock."""
    waits = (
        "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
        " WHERE NOT l.granted AND d.datname = current_database()"
    )
    with database.owner.connect() as connection:
        for _ in range(200):
            if connection.exec_driver_sql(waits).scalar_one():
                return
            connection.rollback()
            time.sleep(0.05)
    pytest.fail("Nobody waits for a lock.")


def test_what_would_double_a_case_is_added_to_it_with_its_photos(
    phone: Phone, case: int, fresh_database: Database
) -> None:
    blind = _opening(phone, category="High grass", parcel_no="12-1")
    assert phone.told(blind)["status"] == "conflict"
    assert phone.photo(blind["id"]).status_code == 200
    seen = {**VISIT, "findings": [TRASH], "seen_at": blind["made_at"]}
    added = phone.told(phone.deed("visit", seen, case=case, again=blind["id"]))
    assert (added["status"], added["case"]) == ("stored", case)
    assert counted(fresh_database, "case_file", "inspection") == [1, 1]
    assert one(fresh_database, CaseDocument).case_id == case


@pytest.mark.parametrize("before", ["alleged", "open"])
def test_what_is_on_record_already_is_seen_again_and_not_alleged_a_second_time(
    phone: Phone, case: int, fresh_database: Database, before: str
) -> None:
    blind = _opening(phone, category="High grass", parcel_no="12-1", findings=[GRASS])
    assert phone.told(blind)["status"] == "conflict"
    if before == "open":
        verified(phone, case)
    seen = {**VISIT, "findings": [GRASS], "seen_at": blind["made_at"]}
    added = phone.told(phone.deed("visit", seen, case=case, again=blind["id"]))
    assert (added["status"], added["case"]) == ("stored", case)
    grass = one(fresh_database, Violation, Violation.section == GRASS["section"])
    assert grass.status == "open"
    assert added["violations"] == {GRASS["id"]: grass.id}
    last = sa.select(CaseEvent.kind).order_by(CaseEvent.seq.desc()).limit(1)
    with fresh_database.owner.connect() as connection:
        kind = connection.scalar(last.where(CaseEvent.case_id == case))
    assert kind == ("violation_verified" if before == "alleged" else "violation_standing")


def test_a_case_started_out_of_reach_is_headed_by_the_hour_it_was_seen_and_not_sent(
    phone: Phone, case: int
) -> None:
    seen = datetime.now(UTC) - timedelta(minutes=7)
    made = {"made_at": seen.isoformat()}
    first = _opening(phone) | made
    blind = _opening(phone, category="High grass", parcel_no="12-1") | made
    opened = [phone.told(first)]
    assert phone.told(blind)["status"] == "conflict"
    again = {**blind["payload"], "shown": [f"case:{case}"], "seen_at": seen.isoformat()}
    retold = phone.deed("open", again, again=blind["id"], done_at=seen.isoformat())
    opened.append(phone.told(retold))
    assert [each["status"] for each in opened] == ["stored", "stored"], opened
    hour = hour_in_words(seen.time())
    for each in opened:
        page = phone.client.get(f"/office/case/{each['number']}").text
        headed = re.search(r'<small class="clock-time">([^<]*)</small> .*?Made', page)
        assert headed is not None
        assert headed[1] == hour
    assert f"at {hour}, entered later." in page


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"parcel_no": None}, "does not say where"),
        (
            {"parcel_no": None, "address": "9 Nowhere Rd"},
            "for this place (9 Nowhere Rd)",
        ),
        ({"category": "Loud music"}, "knows no Loud music"),
        ({"findings": [{**TRASH, "passed": True}]}, "what is broken"),
        ({"findings": []}, "what is broken"),
        ({"shown": ["lien:1"]}, "not understood"),
    ],
)
def test_what_does_not_say_enough_waits_for_a_person_and_opens_nothing(
    phone: Phone, fresh_database: Database, wrong: dict[str, Any], words: str
) -> None:
    answer = phone.told(_opening(phone, **wrong))
    assert answer["status"] == "conflict"
    assert words in answer["words"]
    assert counted(fresh_database, "case_file") == [1]


def test_an_address_that_is_none_is_corrected_till_it_is_one_and_nothing_told_for_it_is_lost(
    phone: Phone, fresh_database: Database
) -> None:
    wrong = _opening(phone, parcel_no=None, address="9 Nowhere Rd")
    refused = [phone.told(wrong)]
    assert phone.photo(wrong["id"]).status_code == 200
    second = phone.deed("open", {**wrong["payload"], "address": "8 Nowhere Rd"}, again=wrong["id"])
    refused.append(phone.told(second))  # another place than the one that was asked about
    assert [each.get("unplaced") for each in refused] == [True, True]
    assert [each["id"] for each in phone.day()["unsettled"]] == [second["id"]]
    right = phone.deed("open", {**wrong["payload"], "address": "108 Alder St"}, again=second["id"])
    answer = phone.told(right)
    assert answer["status"] == "stored"
    assert one(fresh_database, CaseDocument).case_id == answer["case"]
    assert phone.day()["unsettled"] == []


def test_what_is_on_no_parcel_is_opened_as_it_is_where_its_officer_says_so(phone: Phone) -> None:
    wrong = _opening(phone, parcel_no=None, address="9 Nowhere Rd")
    assert phone.told(wrong)["status"] == "conflict"
    again = phone.told(phone.deed("open", wrong["payload"], again=wrong["id"]))
    assert again["status"] == "stored"


def test_what_was_refused_for_its_hour_is_asked_about_its_place_before_it_is_opened_on_no_parcel(
    phone: Phone,
) -> None:
    old = _opening(phone, parcel_no=None, address="9 Nowhere Rd")
    old["made_at"] = (datetime.now(UTC) - timedelta(days=20)).isoformat()
    assert "14 days" in phone.told(old)["words"]
    again = phone.deed("open", old["payload"], again=old["id"])
    asked = phone.told(again)
    assert (asked["status"], asked.get("unplaced")) == ("conflict", True)
    elsewhere = {**old["payload"], "address": "8 Nowhere Rd"}
    other = phone.deed("open", elsewhere, again=again["id"])
    assert phone.told(other)["status"] == "conflict"
    as_it_is = phone.deed("open", old["payload"], again=other["id"])
    assert phone.told(as_it_is)["status"] == "stored", "this place was asked about before"
