"""What was just found is cited, handed over and looked for line by line from the field."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from field_phone import FOUND, TRASH, VISIT, Phone
from field_town import OFFICER, age_events, now, one

from cases.models import Citation, Inspection, Notice, ServiceAttempt, Violation
from geo.database import Database


def _found(phone: Phone, case: int, **more: Any) -> dict[str, Any]:
    return phone.deed("visit", {**VISIT, "findings": [TRASH]}, case=case, **more)


def _cited(
    phone: Phone, visit: dict[str, Any], number: str, found: str = FOUND, **more: Any
) -> dict[str, Any]:
    day = phone.day()
    [stop] = day["stops"]
    [item] = [each for each in stop["checklist"] if each["section"] == "30-36(b)"]
    said = {
        "found": found, "respondent": stop["respondents"][0]["id"],
        "penalty_cents": item["cite"]["usual"], "excused": "serious_threat", "number": number,
    }  # fmt: skip
    return phone.deed("cite", said, case=visit["case"], visit=visit["id"], **more)


def _handed(
    phone: Phone, visit: dict[str, Any], number: str, *, told: str | None = None, **more: Any
) -> dict[str, Any]:
    said = {
        "citation": number, "taker": "recipient", "to": "P. Lane", "sworn": True,
        "at": datetime.now(UTC).isoformat(),
        "spot": {"lon": -80.4, "lat": 27.3, "accuracy_m": 6.5}, **more,
    }  # fmt: skip
    made = {"made_at": told} if told else {}
    return phone.deed("serve", said, case=visit["case"], visit=visit["id"], **made)


def test_what_a_visit_finds_is_cited_and_handed_over_with_it(
    phone: Phone, case: int, fresh_database: Database
) -> None:
    number = phone.introduce()["numbers"][0]
    visit = _found(phone, case)
    assert phone.told(visit)["violations"].keys() == {FOUND}
    assert phone.told(_cited(phone, visit, number))["status"] == "stored"
    assert phone.told(_handed(phone, visit, number))["served"] is True
    assert one(fresh_database, ServiceAttempt).method == "hand"
    citation = one(fresh_database, Citation)
    violation = one(fresh_database, Violation, Violation.section == "30-36(b)")
    assert (citation.violation_id, citation.status) == (violation.id, "served")
    facts = one(fresh_database, ServiceAttempt).facts
    assert (facts["server"], facts["handed_to"]) == (OFFICER.name, "P. Lane")
    assert (facts["handed_where"], facts["handed_within_m"]) == ([-80.4, 27.3], 6.5)


def test_what_is_not_sworn_to_is_on_record_and_proves_nothing(
    phone: Phone, case: int, fresh_database: Database
) -> None:
    number = phone.introduce()["numbers"][0]
    visit = _found(phone, case)
    phone.told(visit)
    phone.told(_cited(phone, visit, number))
    [waiting] = phone.client.get("/field/day.json").json["stops"][0]["citations"]
    assert waiting["number"] == number
    assert phone.told(_handed(phone, visit, number, sworn=False))["served"] is False
    assert one(fresh_database, Citation).status == "issued"


_SON = {"taker": "resident", "to": "Her son"}
_BOSS = {"taker": "manager", "to": "R. Diaz"}
_OLDER = {"taker": None}


@pytest.mark.parametrize(
    ("taken", "method", "served"),
    [
        (_SON | {"age": 14, "told_contents": True}, "resident", False),
        (_SON | {"age": 16, "told_contents": False}, "resident", False),
        (_SON | {"age": 16, "told_contents": True}, "resident", True),
        (_SON, "resident", False),
        (_BOSS, "manager", False),
        (_BOSS | {"commercial": True}, "manager", True),
        (_BOSS | {"commercial": True, "sworn": False}, "manager", False),
        (_OLDER | {"to": "Her son, 14"}, "resident", False),
        (_OLDER | {"to": " p. lane"}, "hand", True),
    ],
)
def test_its_recipient_takes_a_citation_by_hand_a_resident_by_age_and_a_manager_in_a_shop(
    phone: Phone, case: int, fresh_database: Database, taken: dict[str, Any], method: str,
    served: bool,
) -> None:  # fmt: skip
    number = phone.introduce()["numbers"][0]
    visit = _found(phone, case)
    phone.told(visit)
    phone.told(_cited(phone, visit, number))
    assert phone.told(_handed(phone, visit, number, **taken))["served"] is served
    assert one(fresh_database, ServiceAttempt).method == method
    assert one(fresh_database, Citation).status == ("served" if served else "issued")


def test_a_citation_handed_over_yesterday_and_told_today_was_served_yesterday(
    phone: Phone, case: int, fresh_database: Database
) -> None:
    with fresh_database.owner.begin() as connection:
        age_events(connection, case, days=3)
    number = phone.introduce()["numbers"][0]
    yesterday = now().now - timedelta(days=1)
    visit = _found(phone, case, made_at=yesterday.isoformat())
    phone.told(visit)
    phone.told(_cited(phone, visit, number, made_at=yesterday.isoformat()))
    later = phone.visit(case)
    phone.told(later)
    for of, never, words in (
        (later, {"at": (yesterday - timedelta(days=1)).isoformat()}, "was issued on"),
        (visit, {"at": (now().now + timedelta(hours=1)).isoformat()}, "after that was told"),
        (visit, {"to": "Her son"}, "names P. Lane"),
    ):
        refused = phone.told(_handed(phone, of, number, **never))
        assert (refused["status"], words in refused["words"]) == ("conflict", True), words
    answer = phone.told(_handed(phone, visit, number, at=yesterday.isoformat()))
    assert answer["served"] is True
    attempt = one(fresh_database, ServiceAttempt)
    assert (attempt.made_on, attempt.facts["affidavit_on"]) == (
        yesterday.date(), now().on.isoformat()
    )  # fmt: skip
    assert one(fresh_database, Notice, Notice.kind == "citation").served_on == yesterday.date()


def test_a_citation_handed_over_before_midnight_and_issued_after_it_was_served_as_it_was_issued(
    phone: Phone, case: int, fresh_database: Database
) -> None:
    with fresh_database.owner.begin() as connection:
        age_events(connection, case, days=3)
    number = phone.introduce()["numbers"][0]
    midnight = now().now.replace(hour=0, minute=0, second=0, microsecond=0)
    before_midnight, told = midnight - timedelta(minutes=3), midnight.isoformat()
    visit = _found(phone, case, made_at=told)
    phone.told(visit)
    phone.told(_cited(phone, visit, number, made_at=told))
    for long_before in (timedelta(days=20), timedelta(hours=7)):
        at = (midnight - long_before).isoformat()
        refused = phone.told(_handed(phone, visit, number, told=told, at=at))
        assert (refused["status"], "was issued on" in refused["words"]) == ("conflict", True)
    at = before_midnight.isoformat()
    answer = phone.told(_handed(phone, visit, number, told=told, at=at))
    assert (answer["status"], answer.get("served")) == ("stored", True), answer
    attempt = one(fresh_database, ServiceAttempt)
    handed_at = datetime.fromisoformat(attempt.facts["handed_at"])
    assert (attempt.made_on, handed_at) == (now().on, before_midnight)
    assert one(fresh_database, Notice, Notice.kind == "citation").served_on == now().on


def test_a_citation_of_what_no_taken_visit_found_waits_for_a_person_and_so_does_its_handing_over(
    phone: Phone, case: int
) -> None:
    number = phone.introduce()["numbers"][0]
    visit = _found(phone, case)
    phone.told(visit)
    refused = phone.told(_cited(phone, visit, number, found=str(uuid.uuid4())))
    assert (refused["status"], "found no such" in refused["words"]) == ("conflict", True)
    assert phone.told(_handed(phone, visit, number))["status"] == "conflict"


def test_a_visit_told_anew_still_knows_what_it_found(
    phone: Phone, case: int, fresh_database: Database
) -> None:
    number = phone.introduce()["numbers"][0]
    visit = _found(phone, case, made_at="2020-01-01T10:00:00Z")
    cite = _cited(phone, visit, number)
    assert phone.told(visit)["status"] == "conflict"
    assert phone.told(cite)["status"] == "conflict"
    assert phone.told(_found(phone, case, again=visit["id"]))["status"] == "stored"
    again = phone.deed("cite", cite["payload"], case=case, visit=visit["id"], again=cite["id"])
    assert phone.told(again)["status"] == "stored"
    assert one(fresh_database, Citation).number == number


def test_the_days_lines_are_kept_with_the_inspection_they_were_answered_on(
    phone: Phone, case: int, fresh_database: Database
) -> None:
    phone.introduce()
    lines = phone.client.get("/field/day.json").json["stops"][0]["lines"]
    assert "Is grass or weed higher than 12 inches?" in lines
    looked = [
        {"line": lines[0], "answer": "yes", "note": "to the knee"},
        {"line": lines[1], "answer": "not_seen", "note": ""},
    ]
    phone.told(phone.deed("visit", {**VISIT, "looked": looked}, case=case))
    assert one(fresh_database, Inspection).looked == looked


def test_a_deed_that_an_older_phone_queued_is_taken_as_it_is(phone: Phone, case: int) -> None:
    """It names no items, no lines, and cites a violation of the record."""
    phone.introduce()
    older = {"section": "30-36(b)", "item": "Trash", "passed": False}
    answer = phone.told(phone.deed("visit", {**VISIT, "findings": [older]}, case=case))
    assert (answer["status"], "violations" in answer) == ("stored", False)
