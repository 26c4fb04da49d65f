"""What an officer told is never lost: it counts, waits as an attempt, or is a note on record."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from field_phone import VISIT, Phone
from field_town import MANAGER, OFFICER, add_person, now, sign_in
from flask import Flask

from cases import inspections, notices, opening, violations
from cases.citing import issue
from cases.forum import Excused
from cases.inspections import Entry, Visit
from cases.models import Case, CaseEvent, Citation, Notice, Respondent, ServiceAttempt, Violation
from cases.service.attempts import Attempt, Method, Place
from cases.workflow.roles import Role
from geo.database import Database

TRUST = "Indian Creek Realty Trust"


def _cited(database: Database, case: int, *, name: str | None = None) -> str:
    """Cite who answers in a case, by whatever name; gives the citation's number."""
    who: Any = {"actor": OFFICER, "moment": now()}
    with database.app.begin() as connection:
        visit = Visit(entry=Entry.VANTAGE, entry_detail="from the sidewalk")
        seen = inspections.make(connection, case_id=case, visit=visit, **who)
        violation = connection.scalars(sa.select(Violation.id)).one()
        violations.verify(connection, violation_id=violation, inspection_id=seen, **who)
        if name:
            connection.execute(sa.update(Respondent).values(name=name))
        issue(
            connection, violation_id=violation, penalty_cents=10_000,
            respondent_id=connection.scalars(sa.select(Respondent.id)).one(),
            excused=Excused.SERIOUS_THREAT, **who,
        )  # fmt: skip
        inspections.book(connection, case_id=case, at=now().now + timedelta(seconds=1), **who)
        return str(connection.scalars(sa.select(Citation.number)).one())


def _post(database: Database) -> None:
    """Post the citation everywhere it must hang, sworn to; it serves by itself only days later."""
    with database.app.begin() as connection:
        attempt = Attempt(
            method=Method.POSTING, made_on=now().on, posted_at=frozenset(Place),
            affidavit_on=now().on, server="M. Rivera",
        )  # fmt: skip
        notice = connection.scalars(sa.select(Notice.id)).one()
        notices.record_attempt(
            connection, notice_id=notice, attempt=attempt, actor=OFFICER, moment=now()
        )


def _handed(number: str, **more: Any) -> dict[str, Any]:
    return {
        "citation": number, "taker": "resident", "to": "Joan Reed", "age": None,
        "told_contents": False, "sworn": False, "at": datetime.now(UTC).isoformat(),
        "spot": None, **more,
    }  # fmt: skip


def _all(database: Database, table: Any) -> list[Any]:
    with database.owner.connect() as connection:
        return list(connection.execute(sa.select(table.__table__)))


def _case_page(app: Flask, database: Database) -> str:
    [case] = _all(database, Case)
    with database.app.begin() as connection:
        add_person(connection, "clerk2", name="A. Clerk", role=Role.CLERK)
    client = sign_in(app.test_client(), database, "clerk2")
    return str(client.get(f"/office/case/{case.number}").text)


def test_a_handover_that_lacks_something_beside_a_posting_is_an_attempt_of_its_own_hour(
    phone: Phone, app: Flask, case: int, fresh_database: Database
) -> None:
    number = _cited(fresh_database, case)
    _post(fresh_database)
    said = _handed(number)
    answer = phone.told(phone.deed("serve", said, case=case))
    assert (answer["status"], answer.get("served")) == ("stored", False)
    facts = _all(fresh_database, ServiceAttempt)[1].facts
    assert facts["handed_to"] == "Joan Reed"
    assert datetime.fromisoformat(facts["handed_at"]) == datetime.fromisoformat(said["at"])
    assert _all(fresh_database, Citation)[0].status == "issued"
    page = _case_page(app, fresh_database)
    assert "to Joan Reed" in page
    assert "their age is unknown" in page


def test_what_is_kept_as_a_note_stands_in_the_history_with_its_hour_even_of_a_void_case(
    phone: Phone, app: Flask, case: int, fresh_database: Database
) -> None:
    with fresh_database.app.begin() as connection:
        opening.void_case(connection, case_id=case, reason="Twice", actor=MANAGER, moment=now())
    at = now().now - timedelta(minutes=20)
    deed = phone.deed("serve", _handed("UCV-1", at=at.isoformat(), age=40), case=case)
    assert phone.told(deed)["status"] == "conflict"
    decision = {"deed": deed["id"], "how": "note", "reason": "She lives there"}
    assert phone.told(phone.deed("settle", decision))["noted"] is True
    last = _all(fresh_database, CaseEvent)[-1]
    assert (last.kind, last.actor) == ("field_noted", OFFICER.name)
    page = _case_page(app, fresh_database)
    for words in (
        "kept as a note: a citation handed over of", f"{at.hour % 12 or 12}:{at:%M}",
        "name Joan Reed", "age told: 40", "told contents no", "sworn no", "Reason: She lives there",
    ):  # fmt: skip
        assert words in page, words


def test_a_complaint_that_never_became_a_case_keeps_the_note_itself(
    phone: Phone, fresh_database: Database
) -> None:
    deed = phone.deed("visit", {**VISIT, "entry": "by the window"}, case=None)
    assert phone.told(deed)["status"] == "conflict"
    decision = {"deed": deed["id"], "how": "note", "reason": "No case"}
    assert phone.told(phone.deed("settle", decision))["noted"] is False
    assert [each.kind for each in _all(fresh_database, CaseEvent)].count("field_noted") == 0


def test_what_is_sent_again_keeps_the_day_and_the_hour_it_was_done(
    phone: Phone, case: int, fresh_database: Database
) -> None:
    [opened] = {each.happened_on for each in _all(fresh_database, CaseEvent)}
    at = now().now - timedelta(hours=1)
    bad = phone.deed("visit", {**VISIT, "entry": "by the window"}, case=case)
    phone.told(bad)
    again = phone.deed("visit", VISIT, case=case, again=bad["id"], done_at=at.isoformat())
    later = phone.deed("visit", {"entry": "so"}, case=case, done_at=at.isoformat())
    assert phone.told(again)["status"] == "stored"
    assert phone.told(again)["status"] == "stored"
    assert phone.told(later)["status"] == "conflict"
    assert {each.happened_on for each in _all(fresh_database, CaseEvent)} == {
        opened, max(opened, at.date())
    }  # fmt: skip
    [waits] = phone.client.get("/field/day.json").json["unsettled"]
    assert datetime.fromisoformat(waits["done_at"]) == at.replace(second=0, microsecond=0)


@pytest.mark.parametrize(
    ("taken", "status"),
    [
        ({"to": TRUST}, "conflict"),
        ({"to": "R. Diaz", "capacity": "registered_agent"}, "stored"),
    ],
)
def test_a_trust_takes_a_citation_only_by_somebody_who_acts_for_it(
    phone: Phone, case: int, fresh_database: Database, taken: dict[str, Any], status: str
) -> None:
    number = _cited(fresh_database, case, name=TRUST)
    [waiting] = phone.client.get("/field/day.json").json["stops"][0]["citations"]
    assert waiting["body"] is True
    said = _handed(number, taker="recipient", sworn=True, **taken)
    answer = phone.told(phone.deed("serve", said, case=case))
    assert (answer["status"], answer.get("served", False)) == (status, status == "stored")
    if status == "stored":
        [attempt] = _all(fresh_database, ServiceAttempt)
        assert (attempt.method, attempt.facts["handed_as"]) == ("hand", "registered_agent")


def test_a_notice_is_posted_in_the_field_with_its_hour_and_where_it_hangs(
    phone: Phone, app: Flask, case: int, fresh_database: Database
) -> None:
    _cited(fresh_database, case)
    [offered] = phone.client.get("/field/day.json").json["stops"][0]["postings"]
    assert (offered["kind"], offered["places"]) == ("citation", ["government_office", "property"])
    said = {
        "notice": offered["notice"], "places": ["property"], "where": "on the front door",
        "at": datetime.now(UTC).isoformat(), "sworn": True,
        "spot": {"lon": -80.4, "lat": 27.3, "accuracy_m": 6.5},
    }  # fmt: skip
    assert phone.told(phone.deed("post", said, case=case))["status"] == "stored"
    never = phone.told(phone.deed("post", said | {"notice": 999_999}, case=case))
    assert (never["status"], "no such notice" in never["words"]) == ("conflict", True)
    [attempt] = _all(fresh_database, ServiceAttempt)
    facts = attempt.facts
    assert (attempt.method, attempt.made_on) == ("posting", now().on)
    assert (facts["posted_at"], facts["posted_where"]) == (["property"], "on the front door")
    assert datetime.fromisoformat(facts["handed_at"]) == datetime.fromisoformat(said["at"])
    page = _case_page(app, fresh_database)
    assert "on the front door" in page
    assert "It must hang at the government office as well" in page


def test_a_day_in_spanish_says_kinds_and_titles_as_the_office_does_and_tells_back_as_kept(
    phone: Phone, case: int, fresh_database: Database
) -> None:
    with fresh_database.app.begin() as connection:
        connection.execute(sa.text("UPDATE lotline.staff SET language = 'es'"))
        connection.execute(sa.select(Case.id))
    stop = phone.client.get("/field/day.json").json["stops"][0]
    [violation] = stop["violations"]
    assert stop["category"] != "High grass"
    assert violation["title"] != _all(fresh_database, Violation)[0].section
    trash = next(each for each in stop["checklist"] if each["section"] == "30-36(b)")
    assert trash["said"] != trash["item"]
    assert case
