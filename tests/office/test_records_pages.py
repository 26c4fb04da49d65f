"""The clerk decides a case's pieces on the page and hands the file out; nothing undecided goes."""

import html
import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from counter import CLERK, MANAGER, Counter, filled, wrongs
from files import CANARY, jpeg

from cases.documents.store import Store

type On = Callable[[int], Counter]
HOMES = "s. 119.071(4)(d), Florida Statutes"


@pytest.fixture
def desk(on_case: On, case: int, warning: int) -> Counter:  # noqa: ARG001 - something to tell
    """The counter, where a photograph hangs on the case."""
    desk = on_case(case).at(6, 9)
    desk.app.extensions["lotline_documents"] = Store("memory://records")
    sent = {"file": (io.BytesIO(jpeg()), "hedge.jpg"), "caption": "The hedge"}
    desk.do(CLERK, "document.add", case, **sent)
    return desk


def _send(desk: Counter, there: str, /, *, page: str = "", **typed: Any) -> Any:
    client = desk.client(CLERK)
    shown = client.get(page or there).text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', shown)
    assert token is not None
    return client.post(there, data=filled(shown) | {"csrf_token": token[1]} | typed)


def test_a_request_is_decided_piece_by_piece_and_handed_out_as_one_file(desk: Counter) -> None:
    client = desk.client(CLERK)
    there = _send(desk, "/office/records/new", asked="The hedge at 101 Alder St").location
    assert "not said" in client.get(there).text
    wrong = _send(desk, f"{there}/case", page=there, number="Z-9")
    assert "No case is numbered" in wrongs(wrong.text)
    _send(desk, f"{there}/case", page=there, number=desk.number)
    early = _send(desk, f"{there}/export", page=there)
    assert "Undecided: place of" in wrongs(early.text)
    page = client.get(there).text
    assert "4 pieces are not decided" in page
    place, story, warning, photo = re.findall(r'name="piece" value="([^"]+)"', page)
    assert "was named as respondent" in client.get(f"{there}/decide/{story}").text
    assert "Cite the section" in _send(desk, f"{there}/decide/{photo}", outcome="withheld").text
    struck = {"outcome": "redacted", "exemption": HOMES, "passages": "P. Lane\r\n"}
    unread = _send(desk, f"{there}/decide/{story}", **struck, read="0" * 64)
    assert "is not the text that was read" in wrongs(unread.text)
    for each in (story, warning):
        _send(desk, f"{there}/decide/{each}", **struck)
    nothing = _send(desk, f"{there}/release", page=there, piece=[])
    assert "Nothing is ticked" in wrongs(nothing.text)
    _send(desk, f"{there}/release", page=there, piece=[place, photo])
    _send(desk, f"{there}/export", page=there)
    assert "Release whole what is ticked" not in client.get(there).text
    (way,) = re.findall(r'href="(/office/records/\d+/export/\d+\.zip)"', client.get(there).text)
    answer = client.get(way)
    assert answer.mimetype == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as file:
        held = {name: file.read(name) for name in file.namelist()}
    assert {"index.html", "index.csv", "exemption-log.csv"} < set(held)
    assert HOMES.encode() in held["index.html"]
    assert re.search(rb">Warning, June [^<]*</a></th>", held["index.html"])
    everything = b"".join(held.values())
    assert b"P. Lane" not in everything
    assert CANARY.encode() not in everything
    assert desk.client(MANAGER).get(way).status_code == 403


def test_requests_are_shown_a_page_at_a_time_those_that_wait_before_all_others(
    desk: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webmap.office.paging.PAGE", 2)
    client = desk.client(CLERK)
    first, *_rest = [
        _send(desk, "/office/records/new", asked=f"File {n}").location for n in range(3)
    ]
    _send(desk, f"{first}/end", reason="No such record")
    page = client.get("/office/records").text
    assert [f"File {n}" in page for n in range(3)] == [False, True, True]
    assert "1 to 2 of 3" in page
    (onward,) = re.findall(r'href="([^"]+)" rel="next"', page)
    page = client.get(html.unescape(onward)).text
    assert [f"File {n}" in page for n in range(3)] == [True, False, False]
    assert 'rel="prev"' in page
    assert 'rel="next"' not in page


def test_a_request_of_which_there_is_nothing_waits_until_it_is_ended(desk: Counter) -> None:
    client = desk.client(CLERK)
    there = _send(desk, "/office/records/new", asked="The file of 1987").location
    assert "Records asked for" in client.get("/office/").text.partition('class="piles"')[2]
    _send(desk, f"{there}/end", reason="No such record")
    assert "No such record" in client.get(there).text
    assert "ended" in client.get("/office/records").text


def test_a_request_sent_twice_is_one_request(desk: Counter) -> None:
    client = desk.client(CLERK)
    typed = filled(client.get("/office/records/new").text) | {"asked": "The file of 1987"}
    once, again = (client.post("/office/records/new", data=typed) for _each in range(2))
    assert once.location == again.location
    other = client.post("/office/records/new", data=typed | {"asked": "The file of 1988"})
    assert "Open it anew" in wrongs(other.text)


def test_words_left_out_of_one_piece_are_shown_wherever_else_they_stand(desk: Counter) -> None:
    client = desk.client(CLERK)
    there = _send(desk, "/office/records/new", asked="The hedge at 101 Alder St").location
    _send(desk, f"{there}/case", page=there, number=desk.number)
    _place, story, warning, _photo = re.findall(
        r'name="piece" value="([^"]+)"', client.get(there).text
    )
    struck = {"outcome": "redacted", "exemption": HOMES, "passages": "P.  LANE"}
    _send(desk, f"{there}/decide/{story}", **struck)
    page = client.get(there).text
    told = page.partition('id="standing"')[2].partition("</section>")[0]
    assert "P. LANE" in told
    assert "left out of The case's story" in told
    assert re.search(rf'{there}/decide/{warning}">Warning, June', told)
    ticks = re.findall(r'name="piece" value="([^"]+)"', page)
    assert warning not in ticks
    refused = _send(desk, f"{there}/release", page=there, piece=[warning])
    assert "is not the text" in wrongs(refused.text)
    _send(desk, f"{there}/release", page=there, piece=ticks)
    by_itself = _send(desk, f"{there}/decide/{warning}", outcome="released")
    assert "left out elsewhere, and it stands in the notice" in wrongs(by_itself.text)
    (seen,) = re.findall(r'name="seen" value="(\w+)"', by_itself.text)
    _send(desk, f"{there}/decide/{warning}", outcome="released", seen=seen)
    assert 'id="standing"' not in client.get(there).text
    assert _send(desk, f"{there}/export", page=there).status_code == 302
