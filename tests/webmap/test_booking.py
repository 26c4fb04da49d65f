"""An appointment is booked from the calendar: for a case found by its number or its address."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alder_town import application
from counter import filled
from field_town import CLERK, in_daytime, now, settle_field, sign_in
from flask import Flask
from flask.testing import FlaskClient

from cases import inspections
from cases.models import Case
from geo.database import Database

BOOK = "/office/appointments/book"


class Calendar:
    """An officer at the calendar of a town with one open case of theirs."""

    def __init__(self, client: FlaskClient, number: str, case_id: int) -> None:
        self.client = client
        self.number = number
        self.case_id = case_id

    def found(self, words: str) -> str:
        return self.client.get(BOOK, query_string={"q": words}).text


@pytest.fixture
def calendar(fresh_database: Database, tmp_path: Path) -> Iterator[Calendar]:
    (case_id,) = settle_field(fresh_database, cases=1)
    with fresh_database.app.connect() as connection:
        number = connection.scalars(sa.select(Case.number).where(Case.id == case_id)).one()
    with application(fresh_database) as app:
        app.config["HOME"] = tmp_path
        yield Calendar(_officer(app, fresh_database), number, case_id)


def _officer(app: Flask, database: Database) -> FlaskClient:
    return sign_in(app.test_client(), database, "rivera")


def test_the_case_is_found_by_its_number_its_address_or_its_street(calendar: Calendar) -> None:
    assert f'href="{BOOK}"' in calendar.client.get("/field/calendar").text
    assert f'href="{BOOK}"' in calendar.client.get("/office/").text
    way = f"/office/case/{calendar.number}/do/inspection.book/{calendar.case_id}"
    for words in (calendar.number, calendar.number.lower()[-4:], "100 Alder St", "alder"):
        assert way in calendar.found(words), words
    assert "No open case is like" in calendar.found("Nowhere Rd")
    assert "No open case is like" in calendar.found("122 Birch")  # a lot without a case


def test_one_that_is_booked_already_leads_to_moving_it(
    calendar: Calendar, fresh_database: Database
) -> None:
    with fresh_database.app.begin() as connection:
        who = {"actor": CLERK, "moment": now()}
        booked = inspections.book(connection, case_id=calendar.case_id, at=in_daytime(7), **who)
    page = calendar.found(calendar.number)
    assert f"/office/case/{calendar.number}/do/inspection.move/{booked}" in page
    assert "/do/inspection.book/" not in page
    assert "arranged for" in page


def test_a_visit_is_booked_by_the_form(calendar: Calendar) -> None:
    way = f"/office/case/{calendar.number}/do/inspection.book/{calendar.case_id}"
    typed = filled(calendar.client.get(way).text) | {"at": f"{in_daytime(7):%Y-%m-%dT%H:%M}"}
    answer = calendar.client.post(way, data=typed)
    if answer.status_code == 200:  # a day or an hour that is unusual is remarked on once
        answer = calendar.client.post(way, data=filled(answer.text))
    assert answer.status_code == 302
    assert "arranged for" in calendar.found(calendar.number)
