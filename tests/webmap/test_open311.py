"""Open311 GeoReport v2, asked by a client we did not write: services, requests, a report once."""

import io
import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import sqlalchemy as sa
from alder_town import application, settle
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.serving import make_server

from cases.adopted import adopt
from cases.documents.store import Store
from cases.lawpack.reading import DEFAULT
from cases.residents import photos
from geo.cluster import Cluster
from geo.database import Database, from_cluster
from webmap.setting_errors import SettingError
from webmap.settings import Settings

sys.path.append(str(Path(__file__).parents[1] / "cases"))
from files import exif, jpeg

KEY = "a-key-for-tests-alone"
REPORT = {
    "api_key": KEY, "service_code": "high-grass", "lat": "27.3002", "long": "-80.39985",
    "description": "CANARY WORDS <b>", "first_name": "CANARY", "last_name": "NAME",
    "email": "canary@example.org", "attribute[told_public_record]": "yes",
}  # fmt: skip


@contextmanager
def _town(database: Database) -> Iterator[Flask]:
    settle(database)
    with database.app.begin() as connection:
        adopt(connection, DEFAULT, on=datetime.now(UTC).date())
    with application(database, LOTLINE_OPEN311_KEYS=f"Town app:{KEY}") as app:
        yield app


@pytest.fixture
def client(fresh_database: Database) -> Iterator[FlaskClient]:
    """A program in a town of the test's own."""
    with _town(fresh_database) as app:
        yield app.test_client()


@pytest.fixture(scope="module")
def still(cluster: Cluster, worker_id: str, clone: Callable[[str], None]) -> Iterator[Database]:
    """The database of a town in which nothing is kept."""
    clone(f"open311_{worker_id}")
    with from_cluster(cluster, name=f"open311_{worker_id}") as database:
        yield database
    cluster.drop_database(f"open311_{worker_id}")


@pytest.fixture(scope="module")
def reader(still: Database) -> Iterator[FlaskClient]:
    """A program that only reads, or is refused."""
    with _town(still) as app:
        yield app.test_client()


@pytest.fixture
def site(reader: FlaskClient) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, reader.application, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}/open311/v2"
    server.shutdown()
    thread.join()
    server.server_close()


def _complaints(database: Database) -> list[Any]:
    with database.owner.connect() as connection:
        query = "SELECT * FROM lotline.complaint WHERE channel = 'open311' ORDER BY id"
        return list(connection.exec_driver_sql(query))


CLIENT = """
import json, sys, georeport
said = {}
for form in ("json", "xml"):
    town = georeport.GeoReport(sys.argv[1], output_format=form)
    said[form] = {
        "services": [each["service_code"] for each in town.get_service_list()],
        "definition": town.get_service_definition(sys.argv[2])["service_code"],
        "open": [each["service_request_id"] for each in town.get_service_requests(status="open")],
        "one": town.get_service_request("2026-0003"),
    }
print(json.dumps(said))
"""


def test_a_client_we_did_not_write_reads_it_all_in_both_formats(
    site: str, reader: FlaskClient
) -> None:
    code = reader.get("/open311/v2/services.json").json[0]["service_code"]  # type: ignore[index]
    ran = subprocess.run(
        [sys.executable, "-c", CLIENT, site, code], capture_output=True, text=True, timeout=60,
        check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    said = json.loads(ran.stdout)
    for told in said.values():
        assert code in told["services"]
        assert told["definition"] == code
        assert sorted(told["open"]) == [f"2026-000{each}" for each in range(1, 8)]
    one = said["json"]["one"]
    one = one[0] if isinstance(one, list) else one
    assert (one["status"], one["address"]) == ("open", "108 Alder St")


def test_a_report_is_kept_once_and_gives_nothing_of_it_back(
    client: FlaskClient, fresh_database: Database
) -> None:
    report = REPORT | {"service_code": _code(client)}
    answers = [client.post("/open311/v2/requests.json", data=report) for _ in range(3)]
    assert [each.status_code for each in answers] == [200, 200, 200]
    assert len({each.text for each in answers}) == 1
    (kept,) = _complaints(fresh_database)
    assert kept.description == "CANARY WORDS <b>"
    assert kept.parcel_id == 1
    (said,) = answers[0].json  # type: ignore[misc]
    assert "CANARY" not in answers[0].text
    told = client.get(f"/open311/v2/tokens/{said['token']}.json")
    assert told.json == [{"service_request_id": "", "token": said["token"]}]
    everything = client.get("/open311/v2/requests.xml").text
    assert "CANARY" not in everything
    assert kept.number not in everything
    assert client.get(f"/open311/v2/requests/{kept.number}.json").status_code == 404


def _photos(database: Database) -> list[tuple[str, str]]:
    asked = """SELECT c.number, p.sha256 FROM lotline.resident_photo p
        JOIN lotline.resident_report r ON r.report_id = p.report_id
        JOIN lotline.complaint c ON c.id = r.complaint_id ORDER BY p.kept_at, p.sha256"""
    with database.owner.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(asked)]


def _with(*media: bytes, **said: str) -> dict[str, Any]:
    files = [(io.BytesIO(data), f"IMG_{nth}.jpg") for nth, data in enumerate(media)]
    return {"data": REPORT | said | {"media": files}, "content_type": "multipart/form-data"}


def test_photographs_come_with_a_report_through_the_checks_of_the_form(
    client: FlaskClient, fresh_database: Database
) -> None:
    client.application.extensions["lotline_documents"] = Store("memory://open311")
    there = "/open311/v2/requests.json"
    one, two = jpeg((60, 40), tags=exif()), jpeg((50, 40))
    answers = [client.post(there, **_with(one, two)) for _ in range(2)]
    assert [each.status_code for each in answers] == [200, 200], answers[0].text
    assert answers[0].json == answers[1].json
    assert len(_complaints(fresh_database)) == 1
    kept = _photos(fresh_database)
    assert len(kept) == 2
    assert len({number for number, _ in kept}) == 1
    other = client.post(there, **_with(two))  # another picture is another report
    assert other.json != answers[0].json
    assert len(_photos(fresh_database)) == 3
    assert client.post(there, **_with(description="No picture")).status_code == 200
    assert len(_photos(fresh_database)) == 3


def test_a_report_with_a_photograph_that_comes_six_times_at_once_is_one(
    client: FlaskClient, fresh_database: Database
) -> None:
    client.application.extensions["lotline_documents"] = Store("memory://open311")
    picture = jpeg((60, 40))

    def send(_nth: int) -> Any:
        other = client.application.test_client()
        return other.post("/open311/v2/requests.json", **_with(picture))

    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(send, range(6)))
    assert [each.status_code for each in answers] == [200] * 6
    assert len({each.text for each in answers}) == 1
    assert (len(_complaints(fresh_database)), len(_photos(fresh_database))) == (1, 1)


@pytest.mark.parametrize("form", ["json", "xml"])
def test_a_file_that_is_no_photograph_keeps_nothing_of_the_report(
    client: FlaskClient, fresh_database: Database, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.application.extensions["lotline_documents"] = Store("memory://open311")
    monkeypatch.setattr(photos, "MOST_PHOTO_BYTES", 200_000)
    good = jpeg((60, 40))
    for media, words in (
        ([good, b"%PDF-1.4 no photo"], "Send it again from the original"),
        ([b"\xff\xd8\xff broken"], ""),
        ([jpeg((40 + nth, 40)) for nth in range(6)], "5 photos at most"),
        ([good + b"\0" * 300_000], "MB are taken in"),
    ):  # fmt: skip
        answer = client.post(f"/open311/v2/requests.{form}", **_with(*media))
        assert answer.status_code == 400, answer.text
        assert words in answer.text
    assert _complaints(fresh_database) == []
    assert _photos(fresh_database) == []
    kind = "multipart/form-data; boundary=x"
    large = client.post(f"/open311/v2/requests.{form}", data=b"x" * (61 << 20), content_type=kind)
    assert large.status_code == 413


def test_a_token_tells_the_case_once_it_is_published(
    client: FlaskClient, fresh_database: Database
) -> None:
    sent = client.post("/open311/v2/requests.json", data=REPORT | {"service_code": _code(client)})
    token = sent.json[0]["token"]  # type: ignore[index]
    for case, number in ((10, ""), (3, "2026-0003")):  # 2026-0010 is not verified yet
        with fresh_database.owner.begin() as connection:
            accepted = sa.text("UPDATE lotline.complaint SET status = 'accepted', case_id = :case")
            connection.execute(accepted, {"case": case})
        told = client.get(f"/open311/v2/tokens/{token}.json").json
        assert told == [{"service_request_id": number, "token": token}]
    for held_back in (
        "UPDATE lotline.public_rule SET hidden_kinds = '{trash}'",
        """UPDATE lotline.public_rule SET hidden_kinds = '{}', closed_days = 5;
           UPDATE lotline.case_file SET phase = 'closed', open_violations = 0,
               next_due = NULL, closed_on = opened_on WHERE id = 3""",
    ):
        with fresh_database.owner.begin() as connection:
            connection.exec_driver_sql(held_back)
        told = client.get(f"/open311/v2/tokens/{token}.json").json
        assert told == [{"service_request_id": "", "token": token}]


def test_two_reports_of_a_key_are_two_where_they_say_something_else(
    client: FlaskClient, fresh_database: Database
) -> None:
    report = REPORT | {"service_code": _code(client)}
    same = {"Idempotency-Key": "one"}
    for said, headers in (
        (report, {}), (report | {"description": "other"}, {}), (report, same),
        (report | {"description": "again"}, same),
    ):  # fmt: skip
        assert (
            client.post("/open311/v2/requests.xml", data=said, headers=headers).status_code == 200
        )
    assert len(_complaints(fresh_database)) == 3


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"api_key": "wrong"}, 403),
        ({"api_key": ""}, 403),
        ({"api_key": "ключ"}, 403),
        ({"service_code": "none"}, 400),
        ({"lat": "north"}, 400),
        ({"lat": "nan"}, 400),
        ({"lat": "91"}, 400),
        ({"long": ""}, 400),
        ({"lat": "", "long": ""}, 400),
        ({"attribute[told_public_record]": ""}, 400),
        ({"description": "x" * 4001}, 400),
        ({"media_url": "javascript:alert(1)"}, 400),
    ],
)
def test_a_report_that_cannot_be_kept_is_told_why_in_the_format_asked_for(
    reader: FlaskClient, still: Database, change: dict[str, str], code: int
) -> None:
    said = REPORT | {"service_code": _code(reader)} | change
    answer = reader.post("/open311/v2/requests.json", data=said)
    assert answer.status_code == code
    (error,) = answer.json  # type: ignore[misc]
    assert error["code"] == code
    assert ("ask the town for one" in error["description"]) == (code == 403)
    assert "CANARY" not in answer.text
    xml = reader.post("/open311/v2/requests.xml", data=said)
    assert ET.fromstring(xml.text).find("error/code").text == str(code)  # type: ignore[union-attr]  # noqa: S314 - our own
    assert _complaints(still) == []


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ("status=closed", "09 08"),
        ("service_request_id=2026-0003,2026-0009,2026-0010", "09 03"),
        ("page_size=2", "09 08"),
        ("page_size=2&page=2", "07 06"),
        ("service_code=none", ""),
        ("start_date=2200-01-01T00:00:00Z", ""),
        ("end_date=1999-01-01T00:00:00Z", ""),
        ("start_date=1999-01-01T00:00:00Z&end_date=2200-01-01T00:00:00Z", ""),
    ],
)
def test_requests_are_narrowed_to_90_days_and_what_is_asked(
    reader: FlaskClient, asked: str, numbers: str
) -> None:
    answer = reader.get(f"/open311/v2/requests.json?{asked}")
    assert answer.status_code == 200
    told = [each["service_request_id"][-2:] for each in answer.json or []]
    assert told == numbers.split()


@pytest.mark.parametrize("asked", ["status=x", "page=0", "start_date=soon", "end_date=9999-12-31"])
def test_requests_that_cannot_be_asked_are_refused_in_xml(reader: FlaskClient, asked: str) -> None:
    answer = reader.get(f"/open311/v2/requests.xml?{asked}")
    assert (answer.status_code, answer.mimetype) == (400, "text/xml")
    assert "<errors><error><code>400</code>" in answer.text


def test_a_key_sends_so_many_an_hour_and_no_more(client: FlaskClient) -> None:
    answers = [
        client.post("/open311/v2/requests.json", data={"api_key": KEY}) for _ in range(121)
    ]  # fmt: skip
    assert [each.status_code for each in answers[:120]] == [400] * 120
    assert answers[120].status_code == 429
    assert int(answers[120].headers["Retry-After"]) >= 1


@pytest.mark.parametrize("said", ["short:abc", "no-colon-in-this-one", ":0123456789abcdef"])
def test_a_key_that_is_none_is_told_by_its_setting(said: str) -> None:
    with pytest.raises(SettingError, match="LOTLINE_OPEN311_KEYS"):
        _ = Settings(home=None, environ={"LOTLINE_OPEN311_KEYS": said}).open311_keys  # type: ignore[arg-type]


def _code(client: FlaskClient) -> str:
    told = client.get("/open311/v2/services.json").json
    return str(told[0]["service_code"])  # type: ignore[index]


def test_a_request_is_listed_under_the_status_it_is_told_with(
    client: FlaskClient, fresh_database: Database
) -> None:
    with fresh_database.owner.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE lotline.case_file SET open_violations = 0, phase = 'hearing' "
            "WHERE number = '2026-0005'"
        )  # what was corrected may be heard all the same
    for status, is_there in (("open", True), ("closed", False)):
        told = client.get(f"/open311/v2/requests.json?status={status}").json or []
        assert {each["status"] for each in told} == {status}
        assert ("2026-0005" in {each["service_request_id"] for each in told}) is is_there


def test_services_say_that_a_report_is_answered_with_a_token(reader: FlaskClient) -> None:
    told = reader.get("/open311/v2/services.json").json or []
    assert {each["type"] for each in told} == {"batch"}


def test_what_anybody_reads_is_asked_by_the_public_role_alone(reader: FlaskClient) -> None:
    asked: list[str] = []

    def note(*event: object) -> None:
        asked.append(str(event[2]))

    engine = reader.application.extensions["lotline"].app
    sa.event.listen(engine, "before_cursor_execute", note)
    code = _code(reader)
    for path in (f"services/{code}", "requests", "requests/2026-0003", "discovery"):
        assert reader.get(f"/open311/v2/{path}.xml?service_code={code}").status_code == 200
    sa.event.remove(engine, "before_cursor_execute", note)
    assert asked == []


def test_a_request_of_a_kind_no_service_is_for_is_found_by_its_own_code(
    client: FlaskClient, fresh_database: Database
) -> None:
    with fresh_database.owner.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE lotline.case_file SET category = 'Sidewalk café!' WHERE number = '2026-0003'"
        )
    (told,) = client.get("/open311/v2/requests/2026-0003.json").json or []
    code = told["service_code"]
    assert code not in {
        e["service_code"] for e in client.get("/open311/v2/services.json").json or []
    }
    found = client.get(f"/open311/v2/requests.json?service_code={code},none").json or []
    assert [each["service_request_id"] for each in found] == ["2026-0003"]


def test_a_request_says_when_its_last_public_step_was_recorded(
    client: FlaskClient, fresh_database: Database
) -> None:
    def updated() -> str:
        (told,) = client.get("/open311/v2/requests/2026-0003.json").json or []
        return str(told["updated_datetime"])

    assert updated().endswith("T00:00:00+00:00")  # nothing but the day it was opened is known
    with fresh_database.owner.begin() as connection:
        connection.exec_driver_sql("""
            INSERT INTO lotline.case_event (case_id, seq, kind, actor, happened_on, details,
                                            recorded_at, prev_hash, hash)
            SELECT 3, n, kind, 'x', DATE '2026-05-01', '{}', at,
                   decode(repeat('00', 32), 'hex'), decode(repeat('00', 32), 'hex')
            FROM (VALUES (1, 'notice_served', TIMESTAMPTZ '2026-05-02 10:30:00Z'),
                         (2, 'contact_noted', TIMESTAMPTZ '2026-05-03 10:30:00Z')) t(n, kind, at)
        """)
    assert updated() == "2026-05-02T10:30:00+00:00"


@pytest.mark.parametrize(
    ("way", "said"),
    [
        ("requests/2026-0010", "No such service request is public"),
        ("services/none", "No service has the code “none”"),
        ("tokens/none", "No report has this token"),
        ("nothing", "/open311/v2/discovery.xml"),
    ],
)
@pytest.mark.parametrize("form", ["json", "xml"])
def test_what_is_not_there_is_told_in_words_for_programs(
    reader: FlaskClient, way: str, said: str, form: str
) -> None:
    answer = reader.get(f"/open311/v2/{way}.{form}")
    assert answer.status_code == 404
    assert said in answer.text.encode().decode("unicode_escape" if form == "json" else "utf-8")
    assert "map" not in answer.text
