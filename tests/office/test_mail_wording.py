"""A town words its e-mails itself, looks at them first, and what cannot be sent is refused."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from counter import CLERK, OFFICER, Counter
from counter import filled as filled_form

from cases.worded.kinds import MessageKind

type On = Callable[[int], Counter]
WAY = "/office/mail-wording/en/case_message"
OWN = "About {{ number }}\n\nGood day.\n\n{{ said }}\n\n{{ writer }}, {{ town }}\n"


@pytest.fixture
def desk(on_case: On, case: int, tmp_path: Path) -> Counter:
    desk = on_case(case).at(6, 9)
    desk.app.config["MESSAGES"] = tmp_path / "messages"
    desk.app.config["LETTERS"] = tmp_path / "letters"
    return desk


def _send(desk: Counter, text: str, press: str, way: str = WAY) -> Any:
    client = desk.client(CLERK)
    guard = re.findall(r'name="csrf_token"[^>]* value="([^"]+)"', client.get(WAY).text)[-1]
    return client.post(way, data={"csrf_token": guard, "text": text, press: "1"})


def _look(page: str) -> str:
    """Return what an e-mail looks like on the page."""
    return unescape(page.partition('class="mail-sheet"')[2].partition("</pre>")[0])


def test_an_email_is_looked_at_as_text_before_it_is_in_force(desk: Counter) -> None:
    page = _send(desk, OWN.replace("\n", "\r\n"), "look").text
    assert "About CE-2026-00042" in _look(page)
    assert "Good day.\n\nWe saw your photos." in _look(page)
    assert "It is not in force yet." in page
    assert "Good day." in page.partition("<textarea")[2]
    assert "Good day." not in desk.client(CLERK).get(WAY).text


def test_a_wording_in_force_can_be_taken_back(desk: Counter) -> None:
    for _ in range(2):
        assert _send(desk, OWN, "keep").status_code == 302
    page = desk.client(CLERK).get(WAY).text
    assert "Good day." in _look(page)
    assert page.count("J Okafor") == 1
    listed = desk.client(CLERK).get("/office/wording").text
    assert listed.count("the town's own") == 1
    assert "Message from a case" in listed
    assert _send(desk, "", "back", way=f"{WAY}/back").status_code == 302
    assert "Good day." not in desk.client(CLERK).get(WAY).text


def test_the_facts_stand_beside_the_wording(desk: Counter) -> None:
    page = unescape(desk.client(CLERK).get("/office/mail-wording/en/follow_digest").text)
    facts = page.partition('class="wording-facts"')[2]
    assert "{% for case in cases %}" in facts
    assert "{{ case.address }}" in facts
    assert "{{ step.day }}" in facts
    assert "Mar 2, 2026" in facts
    assert "(has to be in it)" in facts
    spanish = desk.client(CLERK).get("/office/mail-wording/es/follow_digest").text
    assert "2 mar 2026: novedades de lo que usted sigue" in _look(spanish)
    assert "Se verificó una infracción." in _look(spanish)
    assert "Forma parte del caso CE-2026-00042." in _look(spanish)
    assert "It is part of" not in _look(spanish)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (OWN.replace("writer", "writter"), "en/case_message.txt, line 7, cannot be used: it asks"),
        (OWN.replace("{{ said }}", "{{ said }"), "line 5, cannot be used: what stands in braces"),
        (OWN.replace("{{ said }}", ""), "leaves out “said”"),
        (OWN.replace("\n\n", "\nmore\n", 1), "line 2, cannot be used: the first line alone"),
        (OWN.replace("{{ number }}", "x" * 200), "the subject has 206 characters"),
        (OWN.replace("{{ town }}", "{{ town.__class__ }}"), "line 7, cannot be used: it asks for"),
    ],
)
def test_what_cannot_be_written_is_refused_with_its_line(
    desk: Counter, text: str, said: str
) -> None:
    for press in ("look", "keep"):
        answer = _send(desk, text, press)
        assert answer.status_code == 200
        assert said in answer.text
        assert "Good day." in answer.text  # what was typed stays
        assert 'class="mail-sheet"' not in answer.text
    assert "Good day." not in desk.client(CLERK).get(WAY).text
    assert desk.client(OFFICER).get(WAY).status_code == 403


def test_a_wording_broken_on_disk_is_told_where_it_can_be_mended(desk: Counter) -> None:
    _send(desk, OWN, "keep")
    file = desk.app.config["MESSAGES"] / "en" / "case_message.txt"
    file.write_bytes(b"News\n\n\xff{{ said }}{{ nothing }}\n")
    page = desk.client(CLERK).get(WAY).text
    assert "What is in force cannot be used." in page
    assert "it asks for “nothing”" in page
    assert "Go back to the wording that came with Lotline" in page


def test_a_message_from_a_case_goes_out_as_the_town_words_it(
    desk: Counter, town: sa.Connection, served: int
) -> None:
    assert served
    client, way = desk.client(CLERK), f"/office/case/{desk.number}"
    said = filled_form(client.get(f"{way}/email").text)
    client.post(f"{way}/email", data=said | {"email": "p.lane@example.org"})
    for count, said_so in enumerate((None, OWN), 1):
        if said_so:
            _send(desk, said_so, "keep")
        form = filled_form(client.get(f"{way}/message").text) | {"said": " Friday\r\nwill do. "}
        assert client.post(f"{way}/message", data=form).status_code == 302
        assert town.scalar(sa.text("SELECT count(*) FROM lotline.mail")) == count
    usual, own = town.execute(sa.text("SELECT subject, body FROM lotline.mail ORDER BY id")).all()
    assert usual.subject.startswith(f"Case {desk.number}, ")
    assert usual.body == (f"Friday\r\nwill do.\n\n-- \nJ. Okafor\nSmallville\nCase {desk.number}\n")
    assert own.subject == f"About {desk.number}"
    assert own.body == "Good day.\n\nFriday\r\nwill do.\n\nJ. Okafor, Smallville\n"


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("kind", list(MessageKind))
def test_every_wording_that_comes_with_lotline_can_be_put_in_force_as_it_is(
    desk: Counter, kind: MessageKind, language: str
) -> None:
    way = f"/office/mail-wording/{language}/{kind}"
    page = desk.client(CLERK).get(way).text
    text = page.partition("<textarea")[2].partition(">")[2].partition("</textarea>")[0]
    assert _send(desk, unescape(text).strip(), "keep", way=way).status_code == 302


def test_there_is_no_page_for_what_is_no_email(desk: Counter) -> None:
    client = desk.client(CLERK)
    for way in ("en/warning", "fr/case_message", "en/..%2f..%2fx"):
        assert client.get(f"/office/mail-wording/{way}").status_code == 404
