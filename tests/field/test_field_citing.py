"""A citation told from the field carries the phone's own number, and waits if its case changed."""

from typing import Any

import sqlalchemy as sa
from field_phone import Phone
from field_town import CLERK, counted, now, one, sign_in
from flask import Flask

from cases import opening
from cases.models import CaseEvent, Citation, Violation
from cases.opening import RespondentKind
from geo.database import Database


def _last_event(database: Database, case: int) -> int:
    with database.owner.connect() as connection:
        query = sa.select(sa.func.max(CaseEvent.seq)).where(CaseEvent.case_id == case)
        return int(connection.scalar(query) or 0)


def _citation(phone: Phone, visit: dict[str, Any], violation: int, number: str, **more: Any) -> Any:
    with phone.client.application.extensions["lotline"].app.connect() as connection:
        respondent = connection.execute(
            sa.text("SELECT min(id) FROM lotline.respondent WHERE case_id = :case"),
            {"case": visit["case"]},
        ).scalar_one()
    payload = {
        "violation": violation, "respondent": respondent, "penalty_cents": 10_000,
        "excused": "serious_threat", "number": number,
    }  # fmt: skip
    return phone.deed("cite", payload, case=visit["case"], visit=visit["id"], **more)


def test_a_citation_carries_its_number_from_the_phone_and_none_is_used_twice(
    phone: Phone, case: int, fresh_database: Database
) -> None:
    numbers = phone.introduce()["numbers"]
    assert len(set(numbers)) == 10
    visit = phone.visit(case)
    phone.told(visit)
    violation = one(fresh_database, Violation, Violation.case_id == case).id
    phone.told(phone.result(visit, violation, "verified"))
    cited = phone.told(_citation(phone, visit, violation, numbers[0]))
    assert (cited["status"], cited["citation"]) == ("stored", numbers[0])
    twice = phone.told(_citation(phone, visit, violation, numbers[0]))
    assert twice["status"] == "conflict"
    with fresh_database.owner.connect() as connection:
        assert connection.scalars(sa.select(Citation.number)).all() == [numbers[0]]
    again = phone.introduce()["numbers"]
    assert numbers[0] not in again
    assert len(again) == 10


def test_a_number_kept_for_another_phone_is_refused(
    app: Flask, phone: Phone, case: int, fresh_database: Database
) -> None:
    other = Phone(sign_in(app.test_client(), fresh_database, "okafor"))
    foreign = other.introduce()["numbers"][0]
    visit = phone.visit(case)
    phone.told(visit)
    violation = one(fresh_database, Violation, Violation.case_id == case).id
    phone.told(phone.result(visit, violation, "verified"))
    assert phone.told(_citation(phone, visit, violation, foreign))["status"] == "conflict"


def test_a_citation_in_a_case_that_changed_meanwhile_is_shown_with_what_changed(
    phone: Phone, case: int, fresh_database: Database
) -> None:
    number = phone.introduce()["numbers"][0]
    visit = phone.visit(case)
    phone.told(visit)
    violation = one(fresh_database, Violation, Violation.case_id == case).id
    phone.told(phone.result(visit, violation, "verified"))
    basis = _last_event(fresh_database, case)
    with fresh_database.app.begin() as connection:
        opening.name_respondent(
            connection, case_id=case, kind=RespondentKind.TENANT, name="T. Nant",
            address="1 Elm", actor=CLERK, moment=now(),
        )  # fmt: skip
    deed = _citation(phone, visit, violation, number, basis=basis)
    answer = phone.told(deed)
    assert answer["status"] == "conflict"
    assert "T. Nant (tenant) was named" in answer["meanwhile"][0]["text"]
    assert counted(fresh_database, "citation") == [0]
    again = {
        **_citation(phone, visit, violation, number),
        "again": deed["id"],
        "basis": answer["seen"],
    }
    assert phone.told(again)["status"] == "stored"
    assert counted(fresh_database, "citation", "field_settlement") == [1, 1]
