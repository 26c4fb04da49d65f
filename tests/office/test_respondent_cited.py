"""Who is cited reads what the citation asks, by when, and what follows by the law of the town."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from counter import Counter
from letter_holder import code_for, let_in, words

from cases.lawpack.reading import BUNDLED, read_pack
from webmap.respondent import cited as saying

type On = Callable[[int], Counter]


@pytest.fixture
def desk(on_case: On, case: int) -> Counter:
    """The counter on a case, in the time to answer its citation."""
    return on_case(case).at(6, 20)


def _said(desk: Counter, town: sa.Connection, way: str = "/my-case") -> str:
    return words(let_in(desk, code_for(desk, town)).get(way).text)


def test_a_citation_that_nobody_is_known_to_be_served_with_is_owed_by_nobody(
    desk: Counter, town: sa.Connection, citation: int
) -> None:
    assert citation
    said = _said(desk, town)
    for each in (
        "a fine of $100.00", "You owe nothing of it yet", "20 days from its service",
        "write to the officer", "How to pay",
    ):  # fmt: skip
        assert each in said, (each, said)
    for each in ("It is imposed.", "Could still be imposed", "What runs by the day"):
        assert each not in said, (each, said)
    assert "Nothing can be paid yet." in _said(desk, town, "/my-case/pay")


def test_a_served_citation_says_by_when_it_is_paid_or_a_hearing_asked_for_and_what_follows(
    desk: Counter, town: sa.Connection, cited: int
) -> None:
    assert cited
    said = _said(desk, town)
    for each in (
        "Pay it by Jul 7, 2026, or ask for a hearing by Jul 7, 2026. Until then you need not pay",
        "Named in a citation", "Owed today $0.00", "The Special Magistrate then lets",
        "that admits the violation", "up to 20 times in all",
    ):  # fmt: skip
        assert each in said, (each, said)
    for each in ("It is imposed.", "What runs by the day"):
        assert each not in said, (each, said)
    assert "Paying does not give up the hearing" in _said(desk, town, "/my-case/pay")


def test_after_its_day_a_citation_is_to_be_paid_and_no_hearing_is_promised(
    desk: Counter, town: sa.Connection, cited: int
) -> None:
    assert cited
    said = _said(desk.at(7, 8), town)
    assert "Its time to answer ended on Jul 7, 2026: it is to be paid now." in said
    assert "If you ask for a hearing" not in said
    assert "Owed today It is imposed. Tomorrow adds nothing. $100.00" in said
    assert "Paying does not give up" not in _said(desk, town, "/my-case/pay")


@pytest.mark.parametrize(
    ("named", "says", "never"),
    [
        ("florida-town", "that admits the violation", "admits nothing"),
        ("california-admin", "that admits the violation", "further day"),
        ("ohio-statutory", "that admits nothing", "further day"),
        ("texas-home-rule", "for the Municipal Court to decide", "gave up the hearing"),
    ],
)
def test_what_follows_is_what_each_law_says(
    desk: Counter, named: str, says: str, never: str
) -> None:
    law = read_pack(BUNDLED / f"{named}.toml")
    row = SimpleNamespace(status="served", answer_by=date(2026, 7, 7), number="UCV-1")
    with desk.app.test_request_context():
        told = " ".join(saying._then(row, law, on=date(2026, 6, 20)))  # type: ignore[arg-type]
    assert says in told
    assert never not in told


def test_where_nothing_is_owed_nor_could_be_paying_is_no_main_action(
    desk: Counter, town: sa.Connection, served: int
) -> None:
    assert served
    page = let_in(desk.at(6, 9), code_for(desk, town)).get("/my-case").text
    assert "How to pay" not in page.partition('id="do"')[2].partition("<h2")[0]
    assert "How to pay" in page
