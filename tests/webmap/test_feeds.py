"""A feed and a calendar tell what is public of what is followed, and stay well formed."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4
from xml.etree import ElementTree as ET

import pytest
import sqlalchemy as sa
from alder_town import application, settle
from flask.testing import FlaskClient
from icalendar import Calendar
from werkzeug.test import TestResponse

from cases import exempting
from cases.actors import Actor, Moment
from cases.adopted import adopt
from cases.lawpack.reading import DEFAULT
from cases.open_data import STEPS as WORDS
from cases.workflow.roles import Role
from geo.cluster import Cluster
from geo.database import Database, from_cluster

ATOM = "{http://www.w3.org/2005/Atom}"
NOW = datetime.now(UTC)
STEPS = """
    INSERT INTO lotline.case_event (case_id, seq, kind, actor, happened_on, recorded_at, prev_hash,
        hash)
    SELECT c.id, n, (ARRAY['case_opened', 'violation_verified', 'note_added'])[n], 'CANARY ACTOR',
        current_date - 3, now() - c.id * interval '1 hour' + n * interval '1 minute',
        decode(repeat('00', 32), 'hex'), decode(repeat('00', 32), 'hex')
    FROM lotline.case_file c, generate_series(1, 3) n
"""
HEARINGS = """
    WITH sitting AS (INSERT INTO lotline.hearing_session
        (body, held_on, capacity, begins_at, place)
        VALUES ('Special Magistrate', current_date + 9, 3, '10:00',
                'Town Hall, Room 2; ground floor, by the door that is on the left of the stairs')
        RETURNING id)
    INSERT INTO lotline.hearing (case_id, about, status, requested_by, session_id, docket_place)
    SELECT c.id, 'violation', 'docketed', 'CANARY ASKER', sitting.id, row_number() OVER ()
    FROM sitting, lotline.case_file c WHERE c.id IN (3, 5, 10);
    INSERT INTO lotline.hearing_session (body, held_on, capacity) VALUES
        ('Special Magistrate', current_date + 30, 3);
    INSERT INTO lotline.hearing (case_id, about, status, requested_by, session_id, docket_place)
    SELECT 6, 'violation', 'docketed', 'CANARY ASKER', max(id), 1 FROM lotline.hearing_session;
"""


def _settle(database: Database) -> None:
    settle(database)
    with database.owner.begin() as connection:
        connection.exec_driver_sql(STEPS)
        for statement in HEARINGS.strip().rstrip(";").split(";\n"):
            connection.exec_driver_sql(statement)


@pytest.fixture(scope="module")
def client(cluster: Cluster, worker_id: str, clone: Callable[[str], None]) -> Iterator[FlaskClient]:
    """A reader of a town in which nothing changes."""
    name = f"feeds_{worker_id}"
    clone(name)
    with from_cluster(cluster, name=name) as database:
        _settle(database)
        with application(database, LOTLINE_URL="https://code.alder.example") as app:
            yield app.test_client()
    cluster.drop_database(name)


@pytest.fixture
def own(fresh_database: Database) -> Iterator[FlaskClient]:
    """A reader of a town of the test's own, which it changes."""
    _settle(fresh_database)
    with application(fresh_database) as app:
        yield app.test_client()


def _feed(answer: TestResponse) -> ET.Element:
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == "application/atom+xml"
    return ET.fromstring(answer.data)  # noqa: S314 - ours


def _cases(client: FlaskClient, way: str) -> list[str]:
    """Return the cases a feed tells of, each once, in its order."""
    found = [each.findtext(f"{ATOM}id", "") for each in _feed(client.get(way)).iter(f"{ATOM}entry")]
    return list(dict.fromkeys(each.partition("#")[0][-2:] for each in found))


def _calendar(answer: TestResponse) -> Calendar:
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == "text/calendar"
    lines = answer.data.split(b"\r\n")
    assert lines[-1] == b""
    assert not any(b"\n" in line or len(line) > 75 for line in lines)
    return Calendar.from_ical(answer.data)


@pytest.mark.parametrize(
    "way", ["/feed.atom", "/feed.atom?case=2026-0003", "/feed.atom?category=none+such&lang=es"]
)
def test_a_feed_has_what_rfc_4287_demands(client: FlaskClient, way: str) -> None:
    feed = _feed(client.get(way))
    assert feed.tag == f"{ATOM}feed"
    for once in ("id", "title", "updated", "author"):
        assert len(feed.findall(f"{ATOM}{once}")) == 1, once
    links = {each.get("rel"): each.get("href", "") for each in feed.findall(f"{ATOM}link")}
    assert links["self"] == feed.findtext(f"{ATOM}id")
    assert links["alternate"].startswith("https://code.alder.example/")
    ids = []
    for entry in feed.iter(f"{ATOM}entry"):
        for once in ("id", "title", "updated", "summary"):
            assert len(entry.findall(f"{ATOM}{once}")) == 1, once
        at = datetime.fromisoformat(entry.findtext(f"{ATOM}updated", ""))
        assert at.tzinfo is not None
        assert entry.find(f"{ATOM}link").get("href", "").startswith("https://")  # type: ignore[union-attr]
        ids.append(entry.findtext(f"{ATOM}id"))
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    ("asked", "cases"),
    [
        ("", "01 02 03 04 05 06 07 08 09"),  # 10 is not verified yet
        ("?case=2026-0003", "03"),
        ("?parcel=12-5", "03 08 09"),
        ("?category=Trash", "03 04 05 07 09"),
        ("?category=Trash&zone=2", "04 05"),
        ("?bbox=-80.4,27.2994,-80.3994,27.3006", "01 06"),
        ("?area=-80.4,27.2994;-80.3994,27.2994;-80.3994,27.3006;-80.4,27.3006", "01 06"),
    ],
)
def test_a_feed_tells_of_what_is_followed_and_of_no_more(
    client: FlaskClient, asked: str, cases: str
) -> None:
    assert _cases(client, f"/feed.atom{asked}") == cases.split()


def test_an_entry_says_what_happened_where_in_the_readers_language(client: FlaskClient) -> None:
    feed = _feed(client.get("/feed.atom?case=2026-0003"))
    assert [each.findtext(f"{ATOM}title") for each in feed.iter(f"{ATOM}entry")] == [
        "108 Alder St: A violation was verified.", "108 Alder St: The case was opened.",
    ]  # fmt: skip
    assert "CANARY" not in client.get("/feed.atom").text


@pytest.mark.parametrize(
    ("way", "code"),
    [
        ("/feed.atom?case=2026-4711", 404), ("/feed.atom?case=2026-0010", 404),
        ("/feed.atom?parcel=12-4711", 404), ("/feed.atom?zone=77", 404),
        ("/feed.atom?zone=x", 400), ("/feed.atom?bbox=1,2,3", 400), ("/feed.atom?area=1,2;3", 400),
        ("/feed.atom?area=0,0;1,1", 400), ("/feed.atom?area=0,0;1,1;1,0;0,1", 400),
        ("/feed.atom?area=nan,0;1,1;1,0", 400),
        ("/feed.atom?bbox=0,0,1,1&area=0,0;1,1;1,0", 400),
        ("/feed.atom?area=" + ";".join(f"{n / 1000},{n * n / 1e6}" for n in range(101)), 400),
        ("/hearings.ics?case=2026-0010", 404),
    ],
)  # fmt: skip
def test_what_cannot_be_followed_is_refused(client: FlaskClient, way: str, code: int) -> None:
    assert client.get(way).status_code == code


def test_a_calendar_has_each_sitting_once_with_its_public_cases(client: FlaskClient) -> None:
    first, second = _calendar(client.get("/hearings.ics")).walk("VEVENT")
    assert str(first["summary"]) == "Code hearings: Special Magistrate"
    assert "2026-0003: 108 Alder St" in first["description"]
    assert "2026-0005" in first["description"]
    assert "2026-0010" not in first["description"]
    assert first.decoded("dtstart") == datetime.combine(
        NOW.date() + timedelta(days=9), datetime.min.time(), UTC
    ) + timedelta(hours=10)
    assert first.decoded("dtend") - first.decoded("dtstart") == timedelta(hours=1)
    assert second.decoded("dtstart") == NOW.date() + timedelta(days=30)  # its hour is not set
    assert "dtend" not in second
    for each in (first, second):
        assert each.decoded("dtstamp").tzinfo is not None
        assert str(each["uid"]).endswith("@code.alder.example")
    assert first["uid"] != second["uid"]
    assert "CANARY" not in client.get("/hearings.ics").text


def test_a_calendar_of_one_case_has_its_hearings_alone(client: FlaskClient) -> None:
    (event,) = _calendar(client.get("/hearings.ics?case=2026-0005")).walk("VEVENT")
    assert str(event["summary"]).startswith("Hearing: ")
    assert str(event["url"]) == "https://code.alder.example/case/2026-0005"
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(hours=1)
    assert [*_calendar(client.get("/hearings.ics?case=2026-0001")).walk("VEVENT")] == []


def test_a_reader_who_has_the_latest_is_told_so(client: FlaskClient) -> None:
    for way in ("/feed.atom", "/hearings.ics"):
        first = client.get(way)
        assert first.headers["Cache-Control"] == "no-cache"
        again = client.get(way, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")


def test_an_exempt_place_is_gone_from_what_was_read_before(
    own: FlaskClient, fresh_database: Database
) -> None:
    ways = ("/feed.atom", "/feed.atom?zone=1", "/feed.atom?category=Trash", "/hearings.ics")
    marks = {way: own.get(way) for way in ways}
    assert all("108 Alder" in answer.text for answer in marks.values())
    _exempt(fresh_database, "12-5")
    for way, before in marks.items():
        after = own.get(way, headers={"If-None-Match": before.headers["ETag"]})
        assert after.status_code == 200
        assert not [each for each in ("108 Alder", "2026-0003", "2026-0009") if each in after.text]
    assert own.get("/feed.atom?parcel=12-5").status_code == 404
    assert own.get("/hearings.ics?case=2026-0003").status_code == 404


def _exempt(database: Database, lot: str) -> None:
    who: dict[str, Any] = {
        "actor": Actor("J. Okafor", Role.CLERK), "moment": Moment(on=NOW.date(), now=NOW)
    }  # fmt: skip
    with database.owner.begin() as connection:
        adopt(connection, DEFAULT, on=NOW.date())
    with database.app.begin() as connection:
        provision = exempting.provisions(connection, on=NOW.date())[0][0]
        wanted = exempting.Wanted(place=lot, provision=provision, requested_on=NOW.date())
        exempting.exempt(connection, wanted, form_key=uuid4(), **who)


@pytest.mark.parametrize(
    ("page", "feed"),
    [
        ("/case/2026-0003", "case=2026-0003"), ("/parcel/12-5", "parcel=12-5"),
        ("/?category=Trash", "category=Trash"), ("/table?zone=1", "zone=1"), ("/", ""),
    ],
)  # fmt: skip
def test_a_page_leads_to_the_feed_of_what_it_shows(
    client: FlaskClient, page: str, feed: str
) -> None:
    told = client.get(page).text
    way = f"/feed.atom?lang=en{'&amp;' if feed else ''}{feed}"
    assert 'rel="alternate" type="application/atom+xml"' in told
    assert told.count(f'href="{way}"') == 2  # in the head, and where people see it
    assert client.get(way.replace("&amp;", "&")).status_code == 200


def test_every_public_step_has_its_words(database: Database) -> None:
    with database.public.connect() as connection:
        kinds = connection.scalar(sa.text("SELECT published.step_kinds()"))
    assert sorted(kinds) == sorted(WORDS)


def test_a_feed_of_a_large_town_is_cut(own: FlaskClient, fresh_database: Database) -> None:
    with fresh_database.owner.begin() as connection:
        connection.exec_driver_sql(
            STEPS.replace("generate_series(1, 3)", "generate_series(4, 40)")
            .replace("(ARRAY['case_opened', 'violation_verified', 'note_added'])[n]", "'work_done'")
        )  # fmt: skip
    feed = _feed(own.get("/feed.atom"))
    assert len(feed.findall(f"{ATOM}entry")) == 100
