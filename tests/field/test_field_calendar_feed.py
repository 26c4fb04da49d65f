"""An officer's appointments stand on a page and in a calendar that only its address opens."""

import re
from datetime import timedelta

import pytest
from field_phone import Phone
from field_town import CLERK, OFFICER, in_daytime, now, settle_field, sign_in
from flask import Flask
from icalendar import Calendar

from cases import inspections
from geo.database import Database


@pytest.fixture
def cases(fresh_database: Database) -> list[int]:
    first, second, third = settle_field(fresh_database)
    with fresh_database.app.begin() as connection:
        who = {"actor": CLERK, "moment": now()}
        inspections.book(connection, case_id=first, at=in_daytime(2), **who)
        moved = inspections.book(connection, case_id=second, at=in_daytime(1), **who)
        inspections.postpone(connection, inspection_id=moved, at=in_daytime(3), **who)
        inspections.book(connection, case_id=third, at=in_daytime(-3), **who)
    return [first, second, third]


def test_a_missed_appointment_is_shown_as_such(app: Flask, fresh_database: Database) -> None:
    page = sign_in(app.test_client(), fresh_database, "rivera").get("/field/calendar")
    assert page.text.count("appointment--missed") == 1
    assert page.text.count("appointment--booked") == 2


def test_a_visit_in_vain_is_listed_until_another_is_booked(
    app: Flask, fresh_database: Database
) -> None:
    client = sign_in(app.test_client(), fresh_database, "rivera")
    assert "To be booked again" not in client.get("/field/calendar").text
    with fresh_database.app.begin() as connection:
        [booked] = connection.exec_driver_sql(
            "SELECT id FROM lotline.inspection WHERE booked_for < now() ORDER BY id LIMIT 1"
        ).one()
        inspections.find_no_access(
            connection, inspection_id=booked, reason="The gate was locked", actor=OFFICER,
            moment=now(),
        )  # fmt: skip
    assert "To be booked again" in client.get("/field/calendar").text


def _address(app: Flask, database: Database) -> str:
    phone = Phone(sign_in(app.test_client(), database, "rivera"))
    page = phone.send("POST", "/field/calendar/address").text
    found = re.search(r"/field/calendar/[\w-]+\.ics", page)
    assert found is not None
    return found[0]


def test_the_feed_tells_of_each_appointment_and_of_its_moves(
    app: Flask, fresh_database: Database
) -> None:
    address = _address(app, fresh_database)
    feed = app.test_client().get(address)
    assert feed.mimetype == "text/calendar"
    events = {str(each["uid"]): each for each in Calendar.from_ical(feed.data).events}
    assert len(events) == 3
    assert {int(each["sequence"]) for each in events.values()} == {1, 2}
    assert sum(str(each["summary"]).startswith("Missed") for each in events.values()) == 1
    assert "100 Alder St" in {str(each["location"]) for each in events.values()}


def test_an_event_lasts_as_long_as_booking_says_in_a_time_every_calendar_knows(
    app: Flask, fresh_database: Database
) -> None:
    feed = app.test_client().get(_address(app, fresh_database))
    events = Calendar.from_ical(feed.data).events
    assert {each.end - each.start for each in events} == {inspections.LASTS}
    assert {each.start.hour for each in events} == {in_daytime(0).hour}
    assert "TZID" not in feed.text
    assert len(re.findall(r"DT(?:START|END):\d{8}T\d{6}Z", feed.text)) == 2 * len(events)


def test_a_revoked_address_and_one_replaced_read_nothing(
    app: Flask, fresh_database: Database
) -> None:
    first = _address(app, fresh_database)
    second = _address(app, fresh_database)
    client = app.test_client()
    assert [client.get(each).status_code for each in (first, second)] == [404, 200]
    phone = Phone(sign_in(app.test_client(), fresh_database, "rivera"))
    phone.send("POST", "/field/calendar/revoke")
    assert client.get(second).status_code == 404


def test_an_appointment_today_comes_first_in_the_officers_day(
    app: Flask, fresh_database: Database
) -> None:
    with fresh_database.app.begin() as connection:
        [case] = connection.exec_driver_sql("SELECT max(id) FROM lotline.case_file").one()
        inspections.book(
            connection, case_id=case, at=now().now + timedelta(seconds=1), actor=OFFICER,
            moment=now(),
        )  # fmt: skip
    day = sign_in(app.test_client(), fresh_database, "rivera").get("/field/day.json").json
    assert day["stops"][0]["case"] == case
