"""An officer's day holds what waits in their zone, all of it by a fixed number of looks."""

import pytest
import sqlalchemy as sa
from field_town import CLERK, add_person, now, open_alleged, settle_field, sign_in
from flask import Flask
from flask.testing import FlaskClient
from staffed import PASSWORD

from cases.accounts import passwords, people
from cases.field.purposes import Purpose
from cases.models import AdoptedLaw, Staff
from cases.opening import open_case
from cases.receiving import Report, receive
from cases.reporters import Identity
from cases.screening import Channel
from cases.tying import Whereabouts
from cases.workflow.roles import Role
from geo.database import Database
from webmap.field.words import words


@pytest.fixture
def cases(fresh_database: Database) -> list[int]:
    return settle_field(fresh_database)


@pytest.fixture
def officer(app: Flask, fresh_database: Database) -> FlaskClient:
    return sign_in(app.test_client(), fresh_database, "rivera")


def _day(client: FlaskClient) -> dict:
    answer = client.get("/field/day.json")
    assert answer.status_code == 200, answer.text
    return answer.json


def test_cases_to_verify_are_stops_with_what_is_needed_on_arrival(officer: FlaskClient) -> None:
    stops = _day(officer)["stops"]
    assert [each["why"] for each in stops] == ["new"] * 3
    stop = stops[0]
    assert stop["address"] == "100 Alder St"
    assert stop["outline"]["type"] == "MultiPolygon"
    assert stop["violations"][0]["may"] == ["verified", "unfounded"]
    assert stop["respondents"][0]["name"] == "P. Lane"
    assert stop["checklist"][0]["usual"]
    assert any("opened" in each["text"] for each in stop["story"])


def test_a_case_of_which_nobody_has_alleged_a_violation_yet_is_a_stop_too(
    officer: FlaskClient, fresh_database: Database
) -> None:
    place = Whereabouts(parcel_no="12-5", address=None, point=None, opened_on=now().on)
    with fresh_database.app.begin() as connection:
        law = connection.scalars(sa.select(AdoptedLaw.id)).one()
        open_case(
            connection, category="Trash and debris", place=place, law_pack_id=law, actor=CLERK,
            moment=now(),
        )  # fmt: skip
    stops = {each["category"]: each["why"] for each in _day(officer)["stops"]}
    assert stops == {"High grass": "new", "Trash and debris": "new"}


def test_a_complaint_at_a_place_of_the_day_follows_its_case_and_is_no_stop_of_its_own(
    officer: FlaskClient, fresh_database: Database
) -> None:
    with fresh_database.app.begin() as connection:
        law = connection.scalars(sa.select(AdoptedLaw.id)).one()
        report = Report(channel=Channel.PHONE, category="Trash and debris", parcel_no="12-1")
        receive(connection, report=report, law_pack_id=law, actor=CLERK, moment=now())
    stops = _day(officer)["stops"]
    assert [each["address"] for each in stops[:2]] == ["100 Alder St"] * 2
    assert [each["purpose"] for each in stops[:2]] == ["verify", "reported"]
    assert "Today's route: 3 stops" in officer.get("/office/").text


def test_whoever_may_hand_a_stop_on_is_named_once_they_can_sign_in(
    officer: FlaskClient, fresh_database: Database
) -> None:
    with fresh_database.app.begin() as connection:
        boss = add_person(connection, "boss", name="A. Boss", role=Role.MANAGER)
    assert _day(officer)["handers"] == []
    with fresh_database.app.begin() as connection:
        passwords.set_password(connection, boss, PASSWORD, by="a test", now=now().now)
        clerk = sa.update(Staff).where(Staff.name == CLERK.name)
        connection.execute(clerk.values(oidc_subject="https://login.example.gov 7"))
    assert _day(officer)["handers"] == [f"{CLERK.name} (clerk)", "A. Boss (manager)"]
    with fresh_database.app.begin() as connection:
        people.deactivate(connection, boss, by="a test", now=now().now)
    assert _day(officer)["handers"] == [f"{CLERK.name} (clerk)"]


def test_every_purpose_has_its_words(officer: FlaskClient) -> None:
    with officer.application.test_request_context():
        assert {f"purpose.{each}" for each in Purpose} <= set(words())


def test_another_officers_zone_has_none_of_them(
    officer: FlaskClient, fresh_database: Database
) -> None:
    other = sign_in(officer.application.test_client(), fresh_database, "okafor")
    assert _day(other)["stops"] == []


@pytest.fixture
def statements(officer: FlaskClient) -> list[str]:
    """The statements that the app's connections make from now on."""
    made: list[str] = []
    engine = officer.application.extensions["lotline"].app
    sa.event.listen(engine, "before_cursor_execute", lambda *about: made.append(str(about[2])))
    return made


def test_thirty_stops_take_as_many_looks_as_three(
    officer: FlaskClient, fresh_database: Database, statements: list[str]
) -> None:
    _day(officer)
    few = len(statements)
    with fresh_database.app.begin() as connection:
        law = connection.exec_driver_sql("SELECT id FROM lotline.law_pack").scalar_one()
        for at in range(27):
            open_alleged(connection, law, lot=at % 6 + 1)
    statements.clear()
    assert len(_day(officer)["stops"]) == 30
    assert len(statements) == few


def test_more_than_a_day_holds_is_counted_and_left(
    officer: FlaskClient, fresh_database: Database
) -> None:
    with fresh_database.app.begin() as connection:
        law = connection.exec_driver_sql("SELECT id FROM lotline.law_pack").scalar_one()
        for at in range(40):
            open_alleged(connection, law, lot=at % 6 + 1)
    day = _day(officer)
    assert (len(day["stops"]), day["waiting"]) == (40, 3)


def test_who_made_a_complaint_is_nowhere_in_the_day(
    officer: FlaskClient, fresh_database: Database
) -> None:
    reporter = Identity(
        name="Canary Finch", address="7 Cage Rd", phone="555-0199", email="canary@example.org",
        told_public_record=True,
    )  # fmt: skip
    report = Report(
        channel=Channel.PHONE, category="High grass", description="Tall grass", parcel_no="12-2"
    )
    with fresh_database.app.begin() as connection:
        law = connection.exec_driver_sql("SELECT id FROM lotline.law_pack").scalar_one()
        receive(
            connection, report=report, reporter=reporter, law_pack_id=law, actor=CLERK,
            moment=now(),
        )  # fmt: skip
    said = officer.get("/field/day.json").text
    assert "Tall grass" in said
    assert not [each for each in ("Finch", "Cage", "0199", "canary@") if each in said]
