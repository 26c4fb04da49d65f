"""A town words its letters itself, looks at them on a case, and issued ones stay as they are."""

import io
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pypdf
import pytest
from counter import CLERK, OFFICER, Counter
from pdfs import words_of

from cases.documents.store import Store
from cases.letters.facts import facts_told
from cases.letters.wordings import WORDED

type On = Callable[[int], Counter]
WAY = "/office/wording/en/warning"
OWN = (
    '{% extends "notice.html" %}\n{% block opening %}\n'
    "<p>Good day, {{ letter.content.recipient }}.</p>\n{% endblock %}\n"
)


@pytest.fixture
def desk(on_case: On, case: int, warning: int, tmp_path: Path) -> Counter:
    """The counter on a case that has an issued warning."""
    assert warning
    desk = on_case(case).at(6, 9)
    desk.app.extensions["lotline_documents"] = Store(tmp_path / "documents")
    desk.app.config["LETTERS"] = tmp_path / "letters"
    return desk


def _send(desk: Counter, text: str, press: str, way: str = WAY, **also: str) -> Any:
    client = desk.client(CLERK)
    guard = re.findall(r'name="csrf_token"[^>]* value="([^"]+)"', client.get(WAY).text)[-1]
    return client.post(way, data={"csrf_token": guard, "text": text, press: "1", **also})


def _said(desk: Counter, warning: int, language: str = "en") -> str:
    way = f"/office/case/{desk.number}/notice/{warning}/letter.pdf?language={language}"
    return words_of(pypdf.PdfReader(io.BytesIO(desk.client(CLERK).get(way).data)))


def test_a_wording_is_looked_at_on_a_case_before_it_is_in_force(
    desk: Counter, warning: int
) -> None:
    looked = _send(desk, OWN, "look")
    assert looked.mimetype == "application/pdf"
    assert "Good day, P. Lane." in words_of(pypdf.PdfReader(io.BytesIO(looked.data)))
    assert "Good day" not in desk.client(CLERK).get(
        f"/office/case/{desk.number}/notice/{warning}"
    ).text  # fmt: skip


def test_a_wording_in_force_is_that_of_what_is_set_from_now_on(desk: Counter, warning: int) -> None:
    before = _said(desk, warning)
    assert _send(desk, OWN, "keep").status_code == 302
    assert _said(desk, warning) == before  # what was set stays
    page = desk.client(CLERK).get(WAY).text
    assert "Good day, {{ letter.content.recipient }}." in page
    assert "J Okafor" in page
    assert "the town's own" in desk.client(CLERK).get("/office/wording").text
    assert "Good day, P. Lane." in desk.client(CLERK).get(
        f"/office/case/{desk.number}/notice/{warning}"
    ).text  # fmt: skip
    assert _send(desk, "", "keep", way=f"{WAY}/back").status_code == 302
    assert "Good day" not in desk.client(CLERK).get(WAY).text


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (OWN.replace("letter.content.recipient", "letter.recipent"), 3),
        (OWN.replace("{% endblock %}", "{% endblok %}"), 4),
        (OWN.replace("{{ letter.content.recipient }}", "{{ ''.__class__.__mro__ }}"), 3),
        (OWN.replace("{{ letter.content.recipient }}", "{{ letter.kind | dollars }}"), 3),
        (OWN.replace("{{ letter.content.recipient }}", "{{ letter.issued | day }}"), 3),
        (OWN.replace("{{ letter.content.recipient }}", "{{ letter.kind | day }}"), 3),
    ],
)
def test_what_cannot_be_written_is_refused_with_its_line(
    desk: Counter, text: str, line: int
) -> None:
    answer = _send(desk, text, "keep")
    assert answer.status_code == 200
    assert f"en/warning.html, line {line}, cannot be written: " in answer.text
    assert ".. Mend it there." not in answer.text
    assert "Good day" not in desk.client(CLERK).get(WAY).text
    assert desk.client(OFFICER).get(WAY).status_code == 403


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (
            "<p>Good day, <b>{{ letter.content.recipient }}.</p>",
            "&lt;b&gt; before “P. Lane.” is never closed",
        ),
        ("<p>Good day.</p></div>", "&lt;/div&gt; closes what was not opened"),
        ("<p>Good day.<br>", "&lt;p&gt; before “Good day.” is never closed"),
    ],
)  # fmt: skip
def test_an_element_without_its_end_is_told_before_the_wording_is_in_force(
    desk: Counter, written: str, said: str
) -> None:
    text = OWN.replace("<p>Good day, {{ letter.content.recipient }}.</p>", written)
    for press in ("look", "keep"):
        answer = _send(desk, text, press)
        assert said in answer.text
    assert "Good day" not in desk.client(CLERK).get(f"{WAY}?x").text


def test_a_wording_is_looked_at_on_the_case_that_is_asked_for(desk: Counter) -> None:
    looked = _send(desk, OWN, "look", on_case=desk.number)
    assert looked.mimetype == "application/pdf"
    for press in ("look", "keep"):
        other = _send(desk, OWN, press, on_case="CE-1999-00001")
        assert "Case CE-1999-00001 has no such letter." in other.text
        assert "Good day" in other.text  # what was typed stays
    assert "Good day" not in desk.client(CLERK).get(WAY).text


def test_a_wording_that_holds_itself_is_refused(desk: Counter) -> None:
    answer = _send(desk, OWN.replace("<p>", '{% include "warning.html" %}<p>'), "keep")
    assert "cannot be written: maximum recursion depth exceeded" in answer.text


@pytest.mark.parametrize(
    "text", ["<p>Hello neighbor.</p>", OWN.replace("notice.html", "letter_body.html")]
)
def test_a_wording_that_would_send_a_letter_without_its_facts_is_refused(
    desk: Counter, text: str
) -> None:
    for press in ("look", "keep"):
        answer = _send(desk, text, press)
        assert "leaves out its first line, {% extends &#34;notice.html&#34; %}" in answer.text
    assert "the town's own" not in desk.client(CLERK).get("/office/wording").text


def test_a_misspelt_fact_is_told_by_its_name_and_no_programmers_words(desk: Counter) -> None:
    said = _send(desk, OWN.replace("content.recipient", "content.recipent"), "look").text
    assert "it asks for “recipent”, which is none of the facts there are" in said
    assert "object" not in said.partition("usa-alert")[2].partition("</div>")[0]


def test_the_facts_that_stand_beside_a_letter_can_be_told_as_they_stand(desk: Counter) -> None:
    page = unescape(desk.client(CLERK).get(WAY).text).partition('class="wording-facts"')[2]
    codes = re.findall(r'class="depth-0"><code>(.*?)</code>', page)
    assert "{{ case.number }}" in codes
    assert "{{ letter.issued_on | day }}" in codes
    assert re.search(r'class="depth-1"><code>{{ each.title \| say }}', page)
    asked = [code for code in codes if code.startswith("{{")]
    told = "".join(
        f"<p>{{% if {code.strip('{ }').partition(' |')[0]} %}}{code}{{% endif %}}</p>"
        for code in asked
    )
    assert len(asked) > 12
    looked = _send(desk, OWN.replace("<p>Good day", f"{told}<p>Good day"), "look")
    assert looked.mimetype == "application/pdf", looked.text


def test_the_same_facts_are_told_of_a_letter_in_either_language() -> None:
    for kind in WORDED:
        english, spanish = (facts_told(kind, language=each) for each in ("en", "es"))
        assert len(english) > 15
        assert set(english) == set(spanish)


def test_what_no_case_has_yet_is_held_to_its_grammar_before_it_is_in_force(desk: Counter) -> None:
    way = "/office/wording/en/release"
    frame = '{% extends "letter_body.html" %}\n{% block body %}\n'
    broken = _send(desk, f"{frame}<p>Released</p>\n{{% if lien %}}", "keep", way=way)
    assert "en/release.html, line 4, cannot be written" in broken.text
    text = f"{frame}<p>Released on {{{{ lien.ended_on | day }}}}</p>\n{{% endblock %}}"
    whole = _send(desk, text, "keep", way=way)
    assert whole.status_code == 302
