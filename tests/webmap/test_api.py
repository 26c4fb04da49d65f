"""What programs read of the town: by pages, once, no more than is public."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa
from alder_town import application, settle
from flask.testing import FlaskClient

from geo.cluster import Cluster
from geo.database import Database, from_cluster

HEARING = sa.text("""
    WITH sitting AS (INSERT INTO lotline.hearing_session
        (body, held_on, capacity, begins_at, place)
        VALUES ('Special Magistrate', DATE '2026-07-01', 1, '10:00', 'Town Hall') RETURNING id)
    INSERT INTO lotline.hearing (case_id, about, status, requested_by, session_id, docket_place)
    SELECT 5, 'violation', 'docketed', 'CANARY ASKER', id, 1 FROM sitting""")


@pytest.fixture(scope="module")
def client(cluster: Cluster, worker_id: str, clone: Callable[[str], None]) -> Iterator[FlaskClient]:
    """A program that reads a town in which nothing changes."""
    name = f"api_{worker_id}"
    clone(name)
    with from_cluster(cluster, name=name) as database:
        settle(database)
        with database.owner.begin() as connection:
            connection.execute(HEARING)
        with application(database) as app:
            yield app.test_client()
    cluster.drop_database(name)


@pytest.fixture
def own(fresh_database: Database) -> Iterator[FlaskClient]:
    """A program that reads a town of the test's own."""
    settle(fresh_database)
    with application(fresh_database) as app:
        yield app.test_client()


@contextmanager
def _queries(client: FlaskClient) -> Iterator[list[str]]:
    asked: list[str] = []

    def note(*event: object) -> None:
        asked.append(str(event[2]))

    engine = client.application.extensions["lotline"].public
    sa.event.listen(engine, "before_cursor_execute", note)
    yield asked
    sa.event.remove(engine, "before_cursor_execute", note)


def _json(client: FlaskClient, path: str) -> Any:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.json


def _numbers(client: FlaskClient, path: str) -> list[str]:
    """Follow the links named next, and return every case's number."""
    numbers: list[str] = []
    while path:
        page = _json(client, path)
        numbers += [each["number"][-2:] for each in page["cases"]]
        onward = [each["href"] for each in page["links"] if each["rel"] == "next"]
        path = onward[0].removeprefix("http://localhost") if onward else ""
    return numbers


def test_the_list_is_told_whole_page_by_page_and_each_case_once(client: FlaskClient) -> None:
    whole = [f"{each:02}" for each in range(1, 8)]
    assert _numbers(client, "/api/v1/cases") == whole
    assert _numbers(client, "/api/v1/cases?limit=2") == whole
    assert _numbers(client, "/api/v1/cases?limit=2&state=any") == [*whole, "08", "09"]


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ("state=ended", "08 09"),
        ("stage=overdue", "03"),
        ("category=High grass", "01 02 06"),
        ("zone=2", "04 05"),
        ("bbox=-80.4,27.2994,-80.3994,27.3006", "01 06"),
        ("bbox=-80.4,27.3006,-80.3994,27.2994", "01 06"),
        ("bbox=-80.4,27.2994,0,-80.3994,27.3006,9", "01 06"),
        ("bbox=170,27,-170,28", ""),
        ("bbox=-80.39,27,-80.41,28", ""),
        ("bbox=-1e400,-1e400,1e400,1e400&limit=1000", "01 02 03 04 05 06 07"),
        ("opened_from=2200-12-31", ""),
        ("opened_to=1999-01-01", ""),
        ("category=none", ""),
    ],
)
def test_a_list_is_narrowed_by_what_is_asked(client: FlaskClient, asked: str, numbers: str) -> None:
    assert _numbers(client, f"/api/v1/cases?{asked}") == numbers.split()


def test_one_case_is_told_with_its_hearings_and_nothing_that_is_not_public(
    client: FlaskClient,
) -> None:
    answer = client.get("/api/v1/cases/2026-0005")
    case = answer.json
    assert case is not None
    assert case["stage"] == "hearing"
    assert [each["citation"] for each in case["violations"]]
    assert case["hearings"] == [
        {"held_on": "2026-07-01", "begins_at": "10:00:00", "place": "Town Hall",
         "body": "Special Magistrate", "status": "docketed"}
    ]  # fmt: skip
    assert "CANARY" not in answer.text
    assert client.get("/api/v1/cases/2026-0010").status_code == 404


def test_a_lien_is_told_with_its_parcel_and_its_case(client: FlaskClient) -> None:
    (lien,) = _json(client, "/api/v1/liens?status=recorded")["liens"]
    assert lien["amount_cents"] == 435000
    assert (lien["parcel_no"], lien["case_number"]) == ("12-15", "2026-0007")
    assert (lien["book"], lien["page"]) == ("412", "88")
    parcel = _json(client, "/api/v1/parcels/12-15")
    assert parcel["liens"] == [lien]
    assert _json(client, "/api/v1/cases/2026-0007")["liens"] == [lien]


def test_the_history_tells_which_step_on_which_day_and_not_by_whom(
    own: FlaskClient, fresh_database: Database
) -> None:
    events = """
        INSERT INTO lotline.case_event (case_id, seq, kind, actor, happened_on, details,
                                        recorded_at, prev_hash, hash)
        VALUES (3, 1, 'case_opened', 'CANARY ACTOR', DATE '2026-06-01', '{"law": "CANARY"}', now(),
                decode(repeat('00', 32), 'hex'), sha256('a')),
               (3, 2, 'complaint_received', 'CANARY ACTOR', DATE '2026-06-01', '{}', now(),
                sha256('a'), sha256('b')),
               (10, 1, 'case_opened', 'CANARY ACTOR', DATE '2026-06-01', '{}', now(),
                decode(repeat('00', 32), 'hex'), sha256('c'))"""
    with fresh_database.owner.begin() as connection:
        connection.exec_driver_sql(events)
    answer = own.get("/api/v1/cases/2026-0003")
    assert answer.json is not None
    assert answer.json["history"] == [
        {"on": "2026-06-01", "step": "case_opened", "words": "The case was opened."}
    ]
    assert "CANARY" not in answer.text


def test_kinds_and_zones_are_listed(client: FlaskClient) -> None:
    assert _json(client, "/api/v1/categories") == {
        "categories": [{"category": "High grass", "open_cases": 3},
                       {"category": "Trash", "open_cases": 4}]
    }  # fmt: skip
    zones = _json(client, "/api/v1/zones")["zones"]
    assert [each["name"] for each in zones] == ["Zone 1", "Zone 2"]


@pytest.mark.parametrize(
    "path",
    ["/api/v1/cases?state=any", "/api/v1/liens", "/api/v1/parcels/12-5", "/api/v1/cases/2026-0003"],
)
def test_a_program_asks_as_many_queries_however_many_cases_there_are(
    own: FlaskClient, fresh_database: Database, path: str
) -> None:
    own.get(path)  # the town's clock is read once a minute
    with _queries(own) as few:
        own.get(path)
    with fresh_database.owner.begin() as connection:
        connection.exec_driver_sql("UPDATE lotline.case_file SET parcel_id = 5")
    with _queries(own) as many:
        assert own.get(path).status_code == 200
    assert len(few) == len(many) <= 8


def test_an_answer_is_kept_until_something_changes(
    own: FlaskClient, fresh_database: Database
) -> None:
    first = own.get("/api/v1/cases")
    known = {"If-None-Match": first.headers["ETag"]}
    with _queries(own) as asked:
        again = own.get("/api/v1/cases", headers=known)
    assert (again.status_code, again.data) == (304, b"")
    assert len(asked) == 2  # which town, and its generation
    with fresh_database.owner.begin() as connection:
        connection.exec_driver_sql("UPDATE lotline.case_file SET published = false WHERE id = 1")
    changed = own.get("/api/v1/cases", headers=known)
    assert changed.status_code == 200
    assert "2026-0001" not in changed.text


@pytest.mark.parametrize(
    ("asked", "where"),
    [
        ("limit=0", "limit"),
        ("limit=1001", "limit"),
        ("limit=", "limit"),
        ("limit=5&limit=6", "limit"),
        ("limit=x&stage=none", "stage"),
        ("bbox=1,2,3", "bbox"),
        ("bbox=nan,0,1,1", "bbox"),
        ("opened_from=2026-02-30", "opened_from"),
        ("after=-1", "after"),
        ("zone=99999999999999999999", "zone"),
        ("colour=red", "colour"),
    ],
)
def test_what_cannot_be_asked_is_told_with_where_and_what_to_do(
    client: FlaskClient, asked: str, where: str
) -> None:
    answer = client.get(f"/api/v1/cases?{asked}")
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert answer.json is not None
    told = {each["where"]: each for each in answer.json["errors"]}
    assert told[f"query parameter {where}"]["do"]


@pytest.mark.parametrize("path", ["/api/v1/none", "/api/v2/cases", "/api/v1/cases/a%2Fb", "/ogc/x"])
def test_what_is_not_there_is_told_to_a_program_as_a_problem(
    client: FlaskClient, path: str
) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_any_site_may_read_and_none_may_write(client: FlaskClient) -> None:
    asked = client.options("/api/v1/cases", headers={"Origin": "https://example.org"})
    assert asked.status_code == 200
    assert set(asked.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
    assert asked.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert client.get("/api/v1/cases").headers["Access-Control-Allow-Origin"] == "*"
    refused = client.post("/api/v1/cases")
    assert refused.status_code in {400, 405}
    assert refused.mimetype == "application/problem+json"


def test_a_head_tells_what_a_get_would_without_its_body(client: FlaskClient) -> None:
    head, get = client.head("/api/v1/cases"), client.get("/api/v1/cases")
    assert head.data == b""
    assert head.headers["ETag"] == get.headers["ETag"]
    assert head.headers["Content-Length"] == str(len(get.data))


def test_a_program_leaves_no_cookie(client: FlaskClient) -> None:
    assert "Set-Cookie" not in client.get("/api/v1/cases").headers


def test_the_document_names_every_address_there_is(client: FlaskClient) -> None:
    paths = set(_json(client, "/api/v1/openapi.json")["paths"])
    rules = {
        rule.rule.replace("<path:", "{").replace(">", "}")
        for rule in client.application.url_map.iter_rules()
        if rule.endpoint.startswith("api.")  # what the office's programs ask has its own document
    }
    assert paths == rules - {"/api/v1/openapi.json"}


def test_before_a_town_is_loaded_there_is_nothing_to_list(fresh_database: Database) -> None:
    with application(fresh_database) as app:
        client = app.test_client()
        assert _json(client, "/api/v1/cases")["cases"] == []
        assert _json(client, "/api/v1/")["name"] is None
        assert client.get("/data").status_code == 200


def test_a_lien_of_a_case_is_told_with_the_parcel_it_binds_wherever_it_is_told(
    own: FlaskClient, fresh_database: Database
) -> None:
    with fresh_database.owner.begin() as connection:
        connection.exec_driver_sql("UPDATE lotline.lien SET parcel_id = 16 WHERE parcel_id = 15")
    listed = _json(own, "/api/v1/liens")["liens"]
    assert [each["parcel_no"] for each in listed] == ["12-16"]
    assert _json(own, "/api/v1/cases/2026-0007")["liens"] == listed
