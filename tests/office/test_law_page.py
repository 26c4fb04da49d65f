"""The town's law is read in plain words, held beside another, and another is put in force."""

import html
import io
import re
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from counter import CLERK, OFFICER, Counter

from cases.accounts import people
from cases.adopted import adopt, law_in_force, law_of_case
from cases.lawpack.reading import DEFAULT
from cases.workflow.roles import Role

ADMIN = Role.ADMIN
TEXT = DEFAULT.read_text(encoding="utf-8")
MORE = TEXT.replace("clerk = 2500", "clerk = 5000")
NEXT = MORE.replace('version = "2026.1"', 'version = "2026.2"')
CASE = {
    "section": "30-36(a)", "found_on": "2026-06-01", "method": "hand", "corrected_after": "60",
    "earlier": "0",
}  # fmt: skip


@pytest.fixture
def hall(counter: Counter, law: int) -> Counter:
    """The counter in a town whose law is in force, with an administrator."""
    assert law
    with counter.engine.begin() as connection:
        counter.staff[ADMIN] = people.add(
            connection, login="webb", name="T. Webb", role=ADMIN, by="test",
            now=counter.clock.now(),
        )  # fmt: skip
    return counter.at(6, 15)


def _send(hall: Counter, way: str, role: Role = ADMIN, **said: Any) -> Any:
    client = hall.client(role)
    page = client.get("/office/law/compare").text
    guard = re.findall(r'name="csrf_token"[^>]* value="([^"]+)"', page)[-1]
    data = {"csrf_token": guard, **said}
    return client.post(f"/office/law/{way}", data=data, content_type="multipart/form-data")


def _file(text: str) -> dict[str, Any]:
    return {"other": "file", "file": (io.BytesIO(text.encode()), "town.toml")}


def _words(page: str) -> str:
    """Return what a page says, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)).replace("&#39;", "'")


def _laws(town: sa.Connection) -> list[Any]:
    query = sa.text("SELECT version, adopted_by, content FROM lotline.law_pack ORDER BY id")
    return list(town.execute(query))


def _row(page: str, label: str) -> str:
    """Return what stands in a row of the sample case."""
    (row,) = re.findall(rf'<tr>\s*<th scope="row"[^>]*>{label}</th>(.*?)</tr>', page, re.DOTALL)
    return _words(row)


def test_anybody_of_the_staff_reads_the_law_in_force_in_plain_words(
    hall: Counter, case: int
) -> None:
    assert case
    page = hall.client(OFFICER).get("/office/law").text
    words = _words(page)
    assert "Florida town with a special magistrate" in words
    assert "have counsel review before use" in words
    assert (
        "An order is appealed to the circuit court within 30 days of its execution. A last day "
        "not worked moves to the next that is. s. 162.11, Florida Statutes"
    ) in words
    assert 'class="number">1<' in page  # the case that stands under it
    assert "in force now" in words
    assert hall.client(OFFICER).get("/office/law?law=999").status_code == 404
    assert "/office/law" in hall.client(CLERK).get("/office/").text
    assert "/office/law" in hall.client(ADMIN).get("/staff").text


def test_the_law_is_told_in_the_readers_language(hall: Counter) -> None:
    page = hall.client(OFFICER).get("/office/law", headers={"Accept-Language": "es"}).text
    assert "Quejas</h3>" in page


def test_another_law_is_held_beside_the_one_in_force_and_tried_on_a_sample_case(
    hall: Counter, town: sa.Connection
) -> None:
    answer = _send(hall, "compare", OFFICER, other="texas-home-rule", **CASE)
    page, words = answer.text, _words(answer.text)
    assert "This is a law of another state (TX). The law in force is one of FL." in words
    assert "A recorded order is a lien for 20 years." in words
    assert "A recorded order is a lien without end." in words
    assert "34-21 High grass: 7 days to correct." in words
    assert {"added", "gone", "changed"} <= set(re.findall(r"<b>([a-z ]+)</b>", page))
    assert "In the same words, by another provision" in words
    # 11 June by hand; in Texas seven days, from 8 June, a Monday.
    assert "Jun 11, 2026" in _row(page, "To be corrected by")
    assert "Jun 8, 2026" in _row(page, "To be corrected by")
    assert "3 days earlier" in _row(page, "To be corrected by")
    assert "$100.00 more" in _row(page, "Penalty of the citation, usually")
    assert "Not under this law." in _row(
        page, "Penalties of its further days until correction, without an order"
    )
    assert "Put this law in force" not in words
    assert len(_laws(town)) == 1


def test_a_file_that_cannot_be_used_is_told_by_line_and_stored_nowhere(
    hall: Counter, town: sa.Connection
) -> None:
    broken = TEXT.replace("life_years = 20", "life_years = 0")
    line = TEXT[: TEXT.index("[liens]")].count("\n") + 1
    page = _send(hall, "compare", **_file(broken), **CASE).text
    assert f"<b>Line {line}</b>: liens: " in page
    assert "Choose a file." in _send(hall, "compare", other="file", **CASE).text
    assert "is no UTF-8 text" in _send(
        hall, "compare", other="file", file=(io.BytesIO(b"\xff\xfe"), "town.toml"), **CASE
    ).text  # fmt: skip
    assert "larger than 400,000 bytes" in _send(
        hall, "compare", **_file("#" * 400_001), **CASE
    ).text  # fmt: skip
    assert len(_laws(town)) == 1


def test_an_administrator_sees_first_and_then_puts_a_law_in_force_for_new_cases(
    hall: Counter, town: sa.Connection, case: int
) -> None:
    compared = _send(hall, "compare", **_file(NEXT.replace("\n", "\r\n")), **CASE).text
    assert "1 line differs." in compared
    assert "The clerk may waive up to $50.00." in compared
    kept = _hidden(compared, "text")
    assert kept == NEXT
    preview = _send(hall, "adopt", other="file", text=kept.replace("\n", "\r\n")).text
    assert "Cases opened from Jun 15, 2026 on come under this law." in preview
    assert "1 case opened before keeps the law it was opened under." in preview
    assert len(_laws(town)) == 1
    seen, text = _hidden(preview, "seen"), _hidden(preview, "text")
    changed = text.replace("clerk = 5000", "clerk = 9900")
    assert "What happens" in _send(hall, "adopt", other="file", text=changed, seen=seen).text
    assert len(_laws(town)) == 1  # that text nobody saw
    done = _send(hall, "adopt", other="file", text=text, seen=seen)
    assert done.status_code == 302
    (_before, after) = _laws(town)
    assert (after.version, after.adopted_by, after.content) == ("2026.2", "T. Webb", NEXT)
    assert law_in_force(town, on=hall.clock.today())[1].pack.version == "2026.2"
    assert law_of_case(town, case).pack.version == "2026.1"
    told = _words(hall.client(OFFICER).get("/office/law").text)
    assert "T. Webb" in told
    assert "not on record" in told  # who adopted the first


def _hidden(page: str, name: str) -> str:
    field = next(each for each in re.findall(r"<input[^>]*>", page) if f'name="{name}"' in each)
    value = re.search(r'value="([^"]*)"', field)
    assert value
    return html.unescape(value[1])


def test_nobody_else_puts_a_law_in_force(hall: Counter, town: sa.Connection) -> None:
    assert _send(hall, "adopt", CLERK, other="texas-home-rule").status_code == 403
    assert len(_laws(town)) == 1


def test_what_cannot_be_put_in_force_is_refused_with_its_reason(
    hall: Counter, town: sa.Connection, tmp_path: Path
) -> None:
    assert "nothing would change" in _send(hall, "adopt", other="florida-town").text
    page = _send(hall, "adopt", **_file(MORE)).text
    assert "was adopted with another text" in page
    assert "Put it in force from today" not in page
    later = tmp_path / "town.toml"
    later.write_text(NEXT)
    adopt(town, later, on=hall.clock.today())
    assert "another law came after it" in _send(hall, "adopt", other="florida-town").text
    assert _send(hall, "adopt").location == "/office/law/compare"
