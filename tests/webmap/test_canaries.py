"""No canary of a person or an exempt place is in a byte that anybody can read; each twin is.

The exempt place is lot 12-5 (108 Alder St), whose cases are 2026-0003, 8 and 9; its twin is 12-7
(112 Alder St) with 2026-0004. Canaries of persons stand in the tables that hold them in life.
"""

import gzip
import logging
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from alder_town import application, settle
from flask import Flask
from open_routes import ALDER, OPEN, addresses
from who_may import OUTSIDE, WHO_MAY

from cases import exempting, queries
from cases.actors import Actor, Moment
from cases.adopted import adopt
from cases.lawpack.reading import DEFAULT
from cases.workflow.roles import Role
from geo.cluster import Cluster
from geo.database import Database, from_cluster

NOW = datetime.now(UTC)
WHO: dict[str, Any] = {
    "actor": Actor("J. Okafor", Role.CLERK),
    "moment": Moment(on=NOW.date(), now=NOW),
}
EXEMPT = {"lot": "12-5", "case": "2026-0003", "closed": "2026-0009", "house": "108 Alder"}
TWIN = {"lot": "12-7", "case": "2026-0004", "closed": "2026-0004", "house": "112 Alder"}
PERSONS = (
    "Quillon Vexley", "352-555-0199", "quillon@canary.example", "CANARY OWNER", "Ysolde Hartwick",
    "27.30021", "hush-hush note", "3525550177", "555-0177", "follower@canary.example",
)  # fmt: skip
"""A complainant's name, telephone and e-mail; who owns and answers; where a photo was taken; who
follows, by a number and by an address."""
PLACE = ("108 Alder St", "2026-0003", "2026-0008", "2026-0009", "2026-00999")
"""Of the exempt place, besides its number."""
NUMBER = re.compile(rb'[/>" \x04]12-5(?!\d)')
"""The number itself, on a page, in an address and in a tile; 12-5 also begins that of others."""
TWINS = ("112 Alder St", "2026-0004", "12-7")

SEEDS = """
    INSERT INTO lotline.complaint (number, case_id, category, status, received_on, channel,
        import_run_id, source_row)
    VALUES ('R-1', 3, 'Trash', 'accepted', current_date, 'phone', 1, 1);
    INSERT INTO lotline.reporter (complaint_id, name, phone, email, told_public_record)
    SELECT id, 'Quillon Vexley', '352-555-0199', 'quillon@canary.example', true
    FROM lotline.complaint;
    INSERT INTO lotline.ownership (parcel_id, owner_name, mail_line, import_run_id, source_row)
    VALUES (5, 'Ysolde Hartwick', '108 Alder St', 1, 1);
    INSERT INTO lotline.respondent (case_id, kind, name, address, since)
    VALUES (3, 'owner', 'Ysolde Hartwick', '108 Alder St', current_date);
    INSERT INTO lotline.lien (parcel_id, case_id, instrument_no, recorded_on, amount_cents, status)
    VALUES (5, 3, '2026-00999', current_date, 77700, 'recorded');
    INSERT INTO lotline.document (sha256, media_type, byte_size, width, height, taken_at,
        taken_offset, taken_point, stored_at, original_name)
    VALUES (repeat('0a', 32), 'image/jpeg', 100, 40, 30, now(), '-04:00',
        ST_Point(-80.39865, 27.30021, 4326), now(), 'Quillon Vexley.jpg');
    INSERT INTO lotline.case_event (case_id, seq, kind, actor, happened_on, recorded_at, details,
        prev_hash, hash)
    SELECT id, 1, 'violation_verified', 'Quillon Vexley', current_date, now(),
        '{"note": "hush-hush note"}', decode(repeat('00', 32), 'hex'),
        decode(repeat('00', 32), 'hex')
    FROM lotline.case_file WHERE id IN (3, 4, 8, 9);
    INSERT INTO lotline.follower (phone, email, language, told_until)
    VALUES ('+13525550177', NULL, 'en', now()), (NULL, 'follower@canary.example', 'en', now());
    INSERT INTO lotline.following (follower_id, name, page, scope_sha256, case_id, confirm_sha256,
        asked_at, confirmed_at)
    SELECT id, 'Case 2026-0004', '/case/2026-0004', decode(repeat('0a', 32), 'hex'), 4,
        decode(repeat('0' || id, 32), 'hex'), now(), now()
    FROM lotline.follower;
    WITH told AS (INSERT INTO lotline.mail (channel, to_address, subject, body, status, queued_at)
        VALUES ('text', '+13525550177', 'News', 'hush-hush note', 'queued', now()) RETURNING id)
    INSERT INTO lotline.follow_mail (mail_id, kind, made_at, told, stop_sha256)
    SELECT id, 'digest', now(), ARRAY['2026-0004'], decode(repeat('0a', 32), 'hex') FROM told;
    WITH sitting AS (INSERT INTO lotline.hearing_session
        (body, held_on, capacity, begins_at, place)
        VALUES ('Special Magistrate', current_date + 9, 2, '10:00', 'Town Hall') RETURNING id)
    INSERT INTO lotline.hearing (case_id, about, status, requested_by, session_id, docket_place)
    SELECT id, 'violation', 'docketed', 'Quillon Vexley', (SELECT sitting.id FROM sitting), id - 2
    FROM lotline.case_file WHERE id IN (3, 4);
"""


@dataclass
class Swept:
    """All bytes that one sweep was answered with, by address."""

    answers: dict[str, bytes] = field(default_factory=dict)

    def holding(self, canary: str) -> list[str]:
        """Return the addresses whose answer, body or headers, holds a canary."""
        needle = canary.encode()
        return [address for address, answer in self.answers.items() if needle in answer]


def _tiles() -> list[str]:
    """Return the tiles of every source over the lots, at each zoom."""
    found = []
    for name, deepest in (("ground", 17), ("cases", 17), ("liens", 13)):
        for z in range(deepest + 1):
            x, y = _at(z)
            span = range(-1, 2) if z else (0,)
            found += [f"/tiles/{name}/{z}/{x + n}/{y + m}.mvt" for n in span for m in span]
    return [each for each in found if "/-" not in each]


def _at(z: int) -> tuple[int, int]:
    lon, lat = ALDER
    y = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2
    return int((lon + 180) / 360 * 2**z), int(y * 2**z)


def _sweep(app: Flask, values: dict[str, str]) -> Swept:
    """Ask for every open address as a stranger, and again with what was answered before."""
    client, swept = app.test_client(), Swept()
    for address in dict.fromkeys(addresses(values, _tiles())):
        answer = client.get(address)
        body = answer.data
        if answer.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        head = str(answer.headers).encode()
        swept.answers[address] = _less_echo(body, address) + b"\n" + head
        answer.close()
    return swept


def _less_echo(body: bytes, address: str) -> bytes:
    """Take out what a reader typed and is sent back, which is the address of the page alone."""
    asked = address.partition("?")[2]
    for part in filter(None, (address, *asked.split("&"), asked.partition("q=")[2])):
        body = body.replace(part.encode(), b"").replace(quote(part).encode(), b"")
    return body


@dataclass
class Town:
    """The site of a town, and the place in it that becomes exempt."""

    app: Flask
    database: Database

    def exempt(self) -> None:
        with self.database.app.begin() as connection:
            provision = exempting.provisions(connection, on=NOW.date())[0][0]
            wanted = exempting.Wanted(
                place=EXEMPT["lot"], provision=provision, requested_on=NOW.date(),
                note="hush-hush note",
            )  # fmt: skip
            exempting.exempt(connection, wanted, form_key=uuid4(), **WHO)


@pytest.fixture
def town(cluster: Cluster, worker_id: str, clone: Callable[[str], None]) -> Iterator[Town]:
    clone(f"canary_{worker_id}")
    with from_cluster(cluster, name=f"canary_{worker_id}") as database:
        settle(database)
        with database.owner.begin() as connection:
            connection.exec_driver_sql(SEEDS)
            adopt(connection, DEFAULT, on=NOW.date())
        with application(database) as app:
            yield Town(app, database)


def test_every_route_that_is_open_to_anybody_is_swept() -> None:
    opened = {rule for rule, roles in WHO_MAY.items() if OUTSIDE in roles}
    assert opened == set(OPEN), "tests/webmap/open_routes.py names each open route"


def test_no_canary_is_in_a_byte_anybody_reads_and_every_twin_is(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    before = _sweep(town.app, EXEMPT)
    assert {canary: before.holding(canary) for canary in PERSONS} == {key: [] for key in PERSONS}
    unseen = [canary for canary in (*PLACE, *TWINS) if not before.holding(canary)]
    assert [each for each in before.answers if NUMBER.search(before.answers[each])]
    assert unseen == [], "the sweep would not find these if they were there"

    town.exempt()

    for values in (EXEMPT, TWIN):
        after = _sweep(town.app, values)
        found = {canary: after.holding(canary) for canary in (*PERSONS, *PLACE)}
        assert found == {key: [] for key in (*PERSONS, *PLACE)}
        assert [each for each, said in after.answers.items() if NUMBER.search(said)] == []
        assert [twin for twin in TWINS if not after.holding(twin)] == []
    assert [line for line in caplog.messages if any(c in line for c in (*PERSONS, *PLACE))] == []


def test_what_is_asked_of_an_exempt_place_is_told_as_of_one_that_never_was(town: Town) -> None:
    town.exempt()
    client = town.app.test_client()
    for there, never in (
        ("/parcel/12-5", "/parcel/12-4711"), ("/panel/parcel/12-5", "/panel/parcel/12-4711"),
        ("/case/2026-0003", "/case/2026-4711"), ("/panel/case/2026-0009", "/panel/case/2026-4711"),
        ("/?parcel=12-5", "/?parcel=12-4711"), ("/?case=2026-0003", "/?case=2026-4711"),
    ):  # fmt: skip
        told, nothing = client.get(there), client.get(never)
        assert told.status_code == nothing.status_code
        same = told.text.replace("12-5", "12-4711").replace("2026-0003", "2026-4711")
        assert same.replace("2026-0009", "2026-4711") == nothing.text, there


def test_counts_and_their_differences_leave_it_out(town: Town) -> None:
    """What all cases are less those of the other kinds, zones and stages is no case of it."""

    def counted(**asked: Any) -> int:
        with town.database.public.connect() as connection:
            rows = connection.execute(queries.open_counts(on=NOW.date(), **asked)).all()
            listed = connection.execute(queries.open_cases(on=NOW.date(), **asked)).all()
        assert sum(row.cases for row in rows) == len(listed)
        return len(listed)

    def figured() -> tuple[int, int, int]:
        with town.database.public.connect() as connection:
            figures = connection.execute(queries.zone_figures(on=NOW.date())).all()
        whole = next(each for each in figures if each.everywhere)
        for name in ("cases", "violations", "liens"):  # a difference of the two tells nothing
            parts = sum(getattr(each, name) for each in figures if not each.everywhere)
            assert parts == getattr(whole, name)
        return whole.cases, whole.violations, whole.liens

    lot = (-80.4 + 4 * 0.0003, 27.3, -80.4 + 5 * 0.0003, 27.3004)
    whole, there, before = counted(), counted(bbox=lot), figured()
    assert there == 1
    town.exempt()
    cases, violations, liens = figured()
    assert (cases, liens) == (before[0] - 1, before[2] - 1)
    assert violations == before[1] - 2
    assert counted() == whole - 1
    assert counted(bbox=lot) == 0
    client = town.app.test_client()
    links = re.findall(r'href="/case/([^"?]+)"', client.get("/table").text)
    assert len(set(links)) == whole - 1


def test_a_reader_who_holds_a_tile_is_sent_the_new_one_at_the_next_request(town: Town) -> None:
    client = town.app.test_client()
    held = {each: client.get(each).headers["ETag"] for each in _tiles()}
    town.exempt()
    for address, tag in held.items():
        again = client.get(address, headers={"If-None-Match": tag})
        if again.status_code == 304:  # nothing of the place was in it
            fresh = town.app.test_client().get(address)
            assert fresh.headers["ETag"] == tag


def test_the_ground_is_drawn_byte_for_byte_as_before_so_that_no_lot_stands_out(town: Town) -> None:
    """A lot without its house number among lots that have theirs would point at itself."""
    client = town.app.test_client()
    ground = [each for each in _tiles() if each.startswith("/tiles/ground/")]
    before = {each: client.get(each).data for each in ground}
    assert [each for each in ground if b"108" in before[each]], "house numbers are drawn"
    town.exempt()
    assert {each: town.app.test_client().get(each).data for each in ground} == before
    told, nothing, twin = (client.get(f"/lot/{each}") for each in (5, 4711, 7))
    assert (told.status_code, told.data) == (nothing.status_code, nothing.data) == (204, b"")
    assert twin.text == "12-7"
