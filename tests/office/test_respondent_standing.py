"""A respondent reads why nothing can be asked for now, and what came of a hearing."""

import io
import uuid
from collections.abc import Callable
from pathlib import Path

import files
import pytest
import sqlalchemy as sa
from counter import Counter
from letter_holder import code_for, let_in, sent, words
from lettered import stored
from played import one

from cases.codes import wording
from cases.models import CaseDocument, EnforcementOrder, ResidentPhoto

type On = Callable[[int], Counter]


def _said(desk: Counter, town: sa.Connection, way: str = "/my-case") -> str:
    return words(let_in(desk, code_for(desk, town)).get(way).text)


def test_why_neither_more_time_nor_a_hearing_can_be_asked_for_is_said_each_in_a_line(
    on_case: On, case: int, served: int, town: sa.Connection
) -> None:
    assert served
    desk = on_case(case).at(6, 20)
    said = _said(desk, town)
    assert "More time for “Grass or weeds" in said
    assert "A hearing cannot be asked for now: it is for a citation" in said
    assert "the law gives none." in _said(desk, town, "/my-case/time")
    assert "it is for a citation" in _said(desk, town, "/my-case/hearing")
    lead = _said(desk, town, "/my-case/message")
    assert "A message changes no deadline." in lead
    assert "by its form" not in lead


def test_the_day_that_passed_to_ask_for_more_time_is_named(
    on_case: On, case: int, fence: int, town: sa.Connection
) -> None:
    assert fence
    desk = on_case(case)
    assert "Ask for more time by its form." in _said(desk.at(6, 9), town, "/my-case/message")
    said = _said(desk.at(7, 3), town)
    assert "cannot be asked for: the day to ask for it passed on Jul 2, 2026." in said


def test_the_day_that_passed_to_ask_for_a_hearing_is_named(
    on_case: On, case: int, cited: int, town: sa.Connection
) -> None:
    assert cited
    desk = on_case(case)
    assert "Ask for a hearing by its form." in _said(desk.at(7, 1), town, "/my-case/message")
    assert "cannot be asked for: the day for it" not in _said(desk, town)
    said = _said(desk.at(7, 8), town)
    assert "cannot be asked for: the day for it passed on Jul 7, 2026." in said


def test_a_hearing_that_was_held_is_told_with_its_result_and_is_not_under_way(
    request: pytest.FixtureRequest, on_case: On, case: int, docketed: int, town: sa.Connection
) -> None:
    assert docketed
    desk = on_case(case)
    at_first = _said(desk.at(8, 1), town)
    assert "Hearing about a citation: Aug 11, 2026, Special Magistrate." in at_first
    assert "What was heard" not in at_first
    late = _said(desk.at(8, 20), town)
    assert "was set for Aug 11, 2026. What came of it is not on record yet." in late
    request.getfixturevalue("order")
    number = town.scalar(sa.select(EnforcementOrder.number))
    said = _said(desk, town)
    under_way, _, heard = said.partition("What was heard")
    assert "No visit, request or hearing is on record." in under_way
    assert "Heard on Aug 11, 2026, about a citation. There is a violation." in heard
    assert f"Order {number} was entered on Aug 11, 2026." in heard


def test_one_photograph_is_said_to_be_one_and_is_seen_by_its_sender_though_a_report_has_it(
    on_case: On, case: int, served: int, town: sa.Connection, tmp_path: Path
) -> None:
    assert served
    desk = stored(on_case(case).at(6, 9), tmp_path)
    client = let_in(desk, code_for(desk, town))
    photo = (io.BytesIO(files.jpeg()), "lawn.jpg")
    assert sent(client, "/my-case/photos", said="Mowed.", files=[photo]).status_code == 303
    row = one(town, CaseDocument)
    reported = {"report_id": uuid.uuid4(), "sha256": row.sha256, "kept_at": desk.clock.now()}
    town.execute(sa.insert(ResidentPhoto).values(reported))
    page = client.get("/my-case").text
    assert "Mowed. (A photograph or a paper came with it.)" in words(page)
    assert f"/my-case/photo?of={row.id}" in page


def test_what_the_form_says_beside_somebodys_own_words_is_told_from_them() -> None:
    for said in (wording.READY, *wording.sent_with("x", count=2).split("\n")[1:],
                 *wording.sent_with("x", count=1).split("\n")[1:]):  # fmt: skip
        assert wording.is_ours(said), said
    assert not wording.is_ours("I mow on Saturday.")


def test_a_letters_language_is_named_in_the_language_of_the_page(
    on_case: On, case: int, served: int, town: sa.Connection
) -> None:
    assert served
    said = _said(on_case(case).at(6, 9), town)
    assert "PDF in English" in said
    assert "PDF in Spanish" in said
