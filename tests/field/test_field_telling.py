"""What a phone tells is done once and in order; what cannot be done waits for a person."""

import concurrent.futures
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from field_phone import VISIT, Phone
from field_town import (
    CLERK,
    MANAGER,
    OFFICER,
    age_events,
    counted,
    in_daytime,
    now,
    one,
    settle_field,
    sign_in,
)
from flask import Flask

from cases import inspections, opening
from cases.documents.store import Store
from cases.letters.issuing import Addressed, issue
from cases.letters.kinds import LetterKind
from cases.letters.templates import Paper
from cases.models import CaseEvent, Inspection, Violation
from cases.receiving import Report, receive
from cases.screening import Channel
from geo.database import Database


@pytest.fixture
def cases(fresh_database: Database) -> list[int]:
    return settle_field(fresh_database)


def _last_event(database: Database, case: int) -> int:
    with database.owner.connect() as connection:
        query = sa.select(sa.func.max(CaseEvent.seq)).where(CaseEvent.case_id == case)
        return int(connection.scalar(query) or 0)


def test_a_visit_with_what_was_found_is_on_record_as_the_officers(
    phone: Phone, case: int, fresh_database: Database
) -> None:
    visit = phone.visit(case)
    answer = phone.told(visit)
    assert answer["status"] == "stored"
    violation = one(fresh_database, Violation, Violation.case_id == case)
    assert phone.told(phone.result(visit, violation.id, "verified"))["status"] == "stored"
    assert one(fresh_database, Violation, Violation.case_id == case).status == "open"
    assert one(fresh_database, Violation, Violation.case_id == case).verified_by == OFFICER.name
    with fresh_database.owner.connect() as connection:
        made = connection.execute(sa.select(Inspection.__table__)).one()
    assert (made.id, made.officer, made.entry) == (answer["inspection"], OFFICER.name, "vantage")


def _visited(phone: Phone, case: int) -> Any:
    stops = phone.client.get("/field/day.json").json["stops"]
    return next(each["visited"] for each in stops if each["case"] == case)


def test_a_stop_says_to_every_phone_of_its_officer_when_it_was_visited_today_and_what_was_found(
    phone: Phone, case: int, fresh_database: Database
) -> None:
    assert _visited(phone, case) is None
    visit = phone.visit(case)
    visit["made_at"] = (now().now - timedelta(seconds=2)).isoformat()
    visit["payload"] = {**VISIT, "note": "Knee high"}
    phone.told(visit)
    violation = one(fresh_database, Violation, Violation.case_id == case)
    phone.told(phone.result(visit, violation.id, "verified"))
    found = _visited(phone, case)
    assert datetime.fromisoformat(found.pop("at")) == datetime.fromisoformat(visit["made_at"])
    assert found == {
        "kind": "visit", "broken": 1, "corrected": 0, "unfounded": 0, "note": "Knee high",
    }  # fmt: skip
    home = phone.client.get("/office/").text
    assert "Today's route: 2 stops left, 1 visited" in home
    again = phone.told(phone.deed("no_access", {"reason": "Locked gate"}, case=case))
    assert again["status"] == "stored"
    assert (_visited(phone, case)["kind"], _visited(phone, case)["note"]) == (
        "no_access", "Locked gate",
    )  # fmt: skip


def test_a_stop_says_of_a_visit_before_midnight_when_it_was_and_none_of_an_earlier_day(
    phone: Phone, case: int, fresh_database: Database
) -> None:
    with fresh_database.owner.begin() as connection:
        age_events(connection, case, days=3)
    for days, told in ((2, None), (1, "visit")):
        made_at = now().now - timedelta(days=days)
        phone.told(phone.visit(case, made_at=made_at.isoformat()))
        found = _visited(phone, case)
        assert (found and found["kind"]) == told
    assert datetime.fromisoformat(found["at"]) == made_at
    assert "Today's route: 3 stops" in phone.client.get("/office/").text  # yesterday's is to go on


def test_a_failed_item_of_the_checklist_becomes_a_violation(
    phone: Phone, case: int, fresh_database: Database
) -> None:
    items = [{"section": "30-36(b)", "item": "Trash", "passed": False}]
    phone.told(phone.deed("visit", {**VISIT, "findings": items}, case=case))
    assert counted(fresh_database, "violation WHERE section = '30-36(b)'") == [1]


def test_the_same_deed_ten_times_is_one_with_one_answer(
    phone: Phone, case: int, fresh_database: Database
) -> None:
    visit = phone.visit(case)
    answers = [phone.told(visit) for _ in range(10)]
    assert answers == [answers[0]] * 10
    assert counted(fresh_database, "inspection", "field_deed") == [1, 1]


def test_forty_at_once_are_one_with_one_answer(
    app: Flask, phone: Phone, case: int, fresh_database: Database
) -> None:
    visit = phone.visit(case)
    twins = [Phone(sign_in(app.test_client(), fresh_database, "rivera")) for _ in range(40)]
    with concurrent.futures.ThreadPoolExecutor(40) as pool:
        answers = list(pool.map(lambda twin: _until_answered(twin, visit), twins))
    assert answers == [answers[0]] * 40
    assert counted(fresh_database, "inspection", "field_deed") == [1, 1]


def _until_answered(phone: Phone, deed: dict[str, Any]) -> dict[str, Any]:
    """Tell a deed as a phone does: again while the office is too busy to answer."""
    while (answer := phone.tell(deed)).status_code == 503:
        pass
    assert answer.status_code == 200, answer.text
    return dict(answer.json)


def test_a_deed_out_of_turn_is_told_which_comes_next_and_leaves_nothing(
    phone: Phone, case: int, fresh_database: Database
) -> None:
    first, second = phone.visit(case), phone.visit(case)
    early = phone.tell(second)
    assert (early.status_code, early.json["expected"]) == (409, 1)
    assert counted(fresh_database, "field_deed", "inspection") == [0, 0]
    assert [phone.told(each)["status"] for each in (first, second)] == ["stored", "stored"]


def test_another_deed_under_a_known_identity_is_refused(phone: Phone, case: int) -> None:
    visit = phone.visit(case)
    phone.told(visit)
    other = {**visit, "payload": {**VISIT, "note": "another"}}
    assert phone.tell(other).status_code == 409


def test_a_later_deed_under_a_known_identity_waits_for_a_person_and_holds_up_nothing(
    phone: Phone, case: int, fresh_database: Database
) -> None:
    visit = phone.visit(case)
    phone.told(visit)
    twin = phone.deed("visit", {**VISIT, "note": "seen again"}, case=case, id=visit["id"])
    waits = phone.told(twin)
    assert (waits["status"], "under this identity" in waits["words"]) == ("conflict", True)
    assert phone.told(twin) == waits
    assert phone.told(phone.visit(case))["status"] == "stored"
    again = phone.deed("visit", twin["payload"], case=case, again=waits["id"])
    assert phone.told(again)["status"] == "stored"
    assert counted(fresh_database, "inspection", "field_deed", "field_settlement") == [3, 4, 1]


def test_a_deed_is_dated_by_the_day_it_was_made(
    phone: Phone, case: int, fresh_database: Database
) -> None:
    with fresh_database.owner.begin() as connection:
        age_events(connection, case, days=3)
    made_at = now().now - timedelta(days=1)
    assert phone.told(phone.visit(case, made_at=made_at.isoformat()))["status"] == "stored"
    with fresh_database.owner.connect() as connection:
        assert connection.scalar(sa.select(Inspection.made_on)) == made_at.date()


def test_what_is_harmless_keeps_no_deed_from_the_day_it_was_made(
    phone: Phone, case: int, fresh_database: Database, tmp_path: Path
) -> None:
    with fresh_database.owner.begin() as connection:
        age_events(connection, case, days=3)
    with fresh_database.app.begin() as connection:
        letter = {
            "addressed": Addressed(
                case_id=case, kind=LetterKind.PAYOFF, part_id=case, language="en",
                recipient="P. Lane", address="9 Birch Ave",
            ),
            "name": "payoff.pdf", "actor": CLERK, "moment": now(),
        }  # fmt: skip
        issue(connection, Store(tmp_path / "documents"), Paper(b"%PDF-1.7", 1), **letter)
        inspections.book(connection, case_id=case, at=in_daytime(1), actor=OFFICER, moment=now())
    made_at = now().now - timedelta(days=1)
    visit = phone.visit(case, made_at=made_at.isoformat())
    assert phone.told(visit)["status"] == "stored"
    violation = one(fresh_database, Violation, Violation.case_id == case)
    result = phone.result(visit, violation.id, "verified", made_at=made_at.isoformat())
    assert phone.told(result)["status"] == "stored"
    early = phone.visit(case, made_at=(made_at - timedelta(days=1)).isoformat())
    assert "The last event of case" in phone.told(early)["words"]
    with fresh_database.owner.connect() as connection:
        told = sa.select(CaseEvent.kind, CaseEvent.happened_on).order_by(CaseEvent.seq.desc())
        assert [tuple(each) for each in connection.execute(told.limit(4))] == [
            ("violation_verified", made_at.date()), ("inspection_made", made_at.date()),
            ("inspection_booked", now().on), ("letter_issued", now().on),
        ]  # fmt: skip


def test_a_visit_before_later_events_waits_for_a_person(phone: Phone, case: int) -> None:
    yesterday = (now().now - timedelta(days=1)).isoformat()
    answer = phone.told(phone.visit(case, made_at=yesterday))
    assert answer["status"] == "conflict"
    assert "The last event of case" in answer["words"]


@pytest.mark.parametrize(
    ("aside", "words"), [(timedelta(hours=2), "still to come"), (timedelta(days=-20), "14 days")]
)
def test_a_clock_that_cannot_be_right_waits_for_a_person(
    phone: Phone, case: int, aside: timedelta, words: str
) -> None:
    answer = phone.told(phone.visit(case, made_at=(now().now + aside).isoformat()))
    assert answer["status"] == "conflict"
    assert words in answer["words"]


def test_what_the_phone_did_itself_is_no_change_meanwhile(
    phone: Phone, case: int, fresh_database: Database
) -> None:
    basis = _last_event(fresh_database, case)
    visit = phone.visit(case, basis=basis)
    phone.told(visit)
    violation = one(fresh_database, Violation, Violation.case_id == case).id
    assert (
        phone.told(phone.result(visit, violation, "unfounded", basis=basis))["status"] == "stored"
    )
    closing = phone.deed("close", {"reason": "Nothing found."}, case=case, basis=basis)
    assert phone.told(closing)["status"] == "stored"
    assert counted(fresh_database, "case_file WHERE closed_on IS NOT NULL") == [1]


def test_a_result_another_gave_meanwhile_waits_and_so_does_what_rests_on_a_refused_visit(
    phone: Phone, case: int, fresh_database: Database
) -> None:
    with fresh_database.app.begin() as connection:
        violation = one(fresh_database, Violation, Violation.case_id == case).id
        opening.void_case(
            connection, case_id=case, reason="by mistake", actor=MANAGER, moment=now()
        )
    visit = phone.visit(case)
    assert phone.told(visit)["status"] == "conflict"
    rests = phone.told(phone.result(visit, violation, "verified"))
    assert rests["status"] == "conflict"
    assert "visit" in rests["words"]


@pytest.mark.parametrize("how", ["note", "discard"])
def test_a_deed_that_was_not_taken_is_decided_once_with_a_reason(
    phone: Phone, case: int, how: str
) -> None:
    yesterday = (now().now - timedelta(days=1)).isoformat()
    visit = phone.visit(case, made_at=yesterday)
    phone.told(visit)
    day = phone.client.get("/field/day.json").json
    assert [each["id"] for each in day["unsettled"]] == [visit["id"]]
    decision = {"deed": visit["id"], "how": how, "reason": "Seen by a colleague"}
    assert phone.told(phone.deed("settle", decision))["status"] == "stored"
    assert phone.told(phone.deed("settle", decision))["status"] == "conflict"
    day = phone.client.get("/field/day.json").json
    assert visit["id"] not in {each["id"] for each in day["unsettled"]}
    notes = next(each for each in day["stops"] if each["case"] == case)["notes"]
    assert [each["why"] for each in notes] == (["Seen by a colleague"] if how == "note" else [])


def test_words_the_office_does_not_understand_are_kept_and_what_follows_goes_on(
    phone: Phone, case: int
) -> None:
    odd = phone.told(phone.deed("visit", {"entry": "by the window"}, case=case))
    assert (odd["status"], "not understood" in odd["words"]) == ("conflict", True)
    assert phone.told(phone.visit(case))["status"] == "stored"


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'{"id": 1}', b"[" * 100_000, b'{"seq": NaN}', b"\xff"]
)
def test_what_is_no_deed_is_refused_in_a_sentence(phone: Phone, body: bytes) -> None:
    answer = phone.send("POST", "/field/deeds", data=body)
    assert answer.status_code == 400
    assert "no deed" in answer.json["error"]


def test_no_access_without_an_appointment_is_a_visit_tried_and_was_never_planned(
    phone: Phone, case: int, fresh_database: Database
) -> None:
    payload = {"inspection": None, "reason": "Locked gate"}
    deed = phone.deed("no_access", payload, case=case)
    assert phone.told(deed)["status"] == "stored"
    with fresh_database.owner.connect() as connection:
        [tried] = connection.execute(sa.select(Inspection.__table__)).all()
        kinds = connection.scalars(sa.select(CaseEvent.kind).where(CaseEvent.case_id == case))
        assert "inspection_booked" not in set(kinds)
    assert (tried.status, tried.booked_for) == ("no_access", None)
    assert tried.tried_at == datetime.fromisoformat(deed["made_at"])
    assert "No appointment is booked" in phone.client.get("/field/calendar").text


def test_a_visit_in_vain_told_anew_is_of_the_day_that_the_records_have(
    phone: Phone, case: int
) -> None:
    yesterday = (now().now - timedelta(days=1)).isoformat()
    said = {"inspection": None, "reason": "Locked gate"}
    early = phone.deed("no_access", said, case=case, made_at=yesterday)
    assert phone.told(early)["status"] == "conflict", "the case went on since"
    again = phone.deed("no_access", said, case=case, again=early["id"], done_at=yesterday)
    assert phone.told(again)["status"] == "stored"
    at = datetime.fromisoformat(_visited(phone, case)["at"])
    assert at == datetime.fromisoformat(again["made_at"])


def test_a_visit_for_a_complaint_opens_its_case(phone: Phone, fresh_database: Database) -> None:
    with fresh_database.app.begin() as connection:
        law = connection.exec_driver_sql("SELECT id FROM lotline.law_pack").scalar_one()
        report = Report(
            channel=Channel.OFFICER, category="Trash and debris", description="Seen from the road",
            parcel_no="12-3",
        )  # fmt: skip
        complaint = receive(connection, report=report, law_pack_id=law, actor=OFFICER, moment=now())
    stops = phone.client.get("/field/day.json").json["stops"]
    assert [each["complaint"] for each in stops if each["complaint"]] == [complaint]
    items = [{"section": "30-36(b)", "item": "Trash", "passed": False}]
    deed = phone.deed("visit", {**VISIT, "findings": items}, complaint=complaint)
    answer = phone.told(deed)
    assert answer["status"] == "stored"
    assert answer["number"].startswith("CE-")
    assert phone.told(deed) == answer
    assert counted(fresh_database, "case_file") == [4]


def test_a_hazard_is_flagged_shown_first_and_lifted(
    phone: Phone, case: int, fresh_database: Database
) -> None:
    stop = phone.stop(case)
    said = {"parcel": stop["parcel"], "kind": "dog", "note": "Two dogs, off leash", "until": None}
    flagged = phone.told(phone.deed("hazard", said))
    assert flagged["status"] == "stored"
    [hazard] = phone.stop(case)["hazards"]
    assert (hazard["kind"], hazard["by"]) == ("dog", OFFICER.name)
    lifted = phone.deed("hazard", {"lift": hazard["id"], "note": "The dogs are gone"})
    assert phone.told(lifted)["status"] == "stored"
    assert phone.stop(case)["hazards"] == []
    assert counted(fresh_database, "hazard") == [1]
