"""Hostile words and files are sent to residents' form: nothing runs, nothing unsafe is kept."""

import re
import sys
import time
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pytest
from front_desk import Clerk, FrontDesk, front_desk
from hostile import BODIES, WORDS
from resident import Resident, a_file

from cases.documents.store import Store
from cases.workflow.roles import Role
from geo.cluster import Cluster
from geo.database import from_cluster

sys.path.append(str(Path(__file__).parents[1] / "cases"))
import files

FIELDS = ("said", "where", "name", "home", "phone", "email", "same_as", "website", "kind", "who")
POLYGLOTS = {
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "html": b"<!doctype html><script>alert(1)</script>",
    "html named jpg": b"<html><body onload=alert(1)>",
    "pdf": b"%PDF-1.7\n1 0 obj<</S/JavaScript/JS(app.alert(1))>>endobj\n%%EOF\n",
    "jpeg with html": files.jpeg()[:20] + b"<script>alert(1)</script>" + files.jpeg()[20:],
    "png with pdf": files.png() + b"%PDF-1.7\n%%EOF",
    "zip": b"PK\x03\x04" + b"\0" * 60,
    "cut short": files.jpeg()[:300],
    "nothing": b"\0" * 10,
    "bomb": files.png_bomb(20_000, 20_000),
}


_LEADING = re.compile(r'\s(?:href|src|action|formaction)="\s*javascript:', re.IGNORECASE)
"""What was typed has its quotation marks written otherwise, so that it never looks like this."""
_SCRIPTS = re.compile(r"<script[^>]*>.*?</script>", re.DOTALL)


@pytest.fixture(scope="module")
def town(cluster: Cluster, worker_id: str, clone: Callable[[str], None]) -> Iterator[FrontDesk]:
    name = f"hostile_{worker_id}"
    clone(name)
    with from_cluster(cluster, name=name) as database, front_desk(database) as opened:
        opened.app.extensions["lotline_documents"] = Store("memory://hostile")
        yield opened
    cluster.drop_database(name)


@pytest.fixture(autouse=True)
def resident(town: FrontDesk) -> Resident:
    with town.database.owner.begin() as connection:
        connection.exec_driver_sql("DELETE FROM lotline.throttle")
    return Resident(town.app.test_client(), town)


def test_no_hostile_words_are_written_into_a_page_as_they_came(resident: Resident) -> None:
    assert len(WORDS) >= 200
    form, size = resident.form(), len(FIELDS)
    for at in range(0, len(WORDS), size):
        some = WORDS[at : at + size]
        # Refused for what it lacks, the form gives back all that was typed.
        asked = resident.send(form, **dict(zip(FIELDS, some, strict=False)), point="wrong")
        assert asked.status_code == 200
        around = dict(zip(("where", "kind", "point"), some, strict=False))
        pages = [
            asked.text,
            resident.client.get("/report/around", query_string=around).text,
            resident.track(some[0]).text,
        ]
        for words, page in product(some, pages):
            _require_inert(page, words)


def test_what_is_kept_of_hostile_words_is_inert_to_the_clerk(
    town: FrontDesk, resident: Resident
) -> None:
    clerk: Clerk = town.sit(Role.CLERK)
    for words in WORDS[:: 3 * len(BODIES) + 1]:
        with town.database.owner.begin() as connection:
            connection.exec_driver_sql("DELETE FROM lotline.throttle")
        sent = resident.send(said=words, where=words, name=words, home=words)
        number = re.search(r"CP-\d{4}-\d+", sent.text)
        assert number is not None, words
        _require_inert(sent.text, words)
        _require_inert(clerk.page(f"/office/complaint/{number[0]}"), words)
        _require_inert(clerk.page("/office/complaints"), words)


def _require_inert(page: str, words: str) -> None:
    """Ask that words which could open a tag or leave an attribute are written as text alone."""
    assert not set(words) & set("<>\"'") or words not in page
    assert not _LEADING.search(page)
    # Of all scripts only our own are there, and the words they read are JSON.
    assert all("evil" not in each and "alert" not in each for each in _SCRIPTS.findall(page))


@pytest.mark.parametrize("what", POLYGLOTS)
def test_a_hostile_file_is_refused_in_time_and_the_words_stay(
    town: FrontDesk, resident: Resident, what: str
) -> None:
    kept = "SELECT count(*) FROM lotline.resident_photo"
    before, form = town.ask(kept), resident.form()
    began = time.monotonic()
    alone = resident.photo(form, POLYGLOTS[what], name="../../x<script>.jpg")
    took = time.monotonic() - began
    assert alone.status_code == 422
    assert alone.get_json()["error"]
    within = resident.send(form, photos=a_file(POLYGLOTS[what], 'x"><script>.jpg'))
    assert "data-received" not in within.text
    assert "Waist high" in within.text
    assert 'x"><script>' not in within.text
    assert town.ask(kept) == before
    assert took < 20  # of which a busy machine may take most before the child begins


def test_too_many_bytes_are_refused_before_they_are_looked_at(resident: Resident) -> None:
    form = resident.form()
    assert resident.photo(form, b"x" * (12 << 20) + b"x").status_code == 413
    kind = "multipart/form-data; boundary=x"
    large = resident.client.post("/report", data=b"x" * (61 << 20), content_type=kind)
    assert large.status_code == 413


def test_text_where_a_file_belongs_is_no_file(resident: Resident) -> None:
    assert "data-received" in resident.send(photos="no file").text
