"""The clerk takes a title company's request in, notes its fee, and hands the letter out."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from counter import CLERK, MANAGER, Counter, filled, name_street, wrongs

type On = Callable[[int], Counter]
ASKED = {"parcel": "A-1", "requester": "R. Vance", "company": "<b>Vance Title</b>"}


def _send(desk: Counter, there: str, /, **typed: str) -> str:
    """Send a page's form; gives where it leads, or what is wrong with it."""
    client = desk.client(CLERK)
    answer = client.post(there, data=filled(client.get(there).text) | typed)
    return answer.location or wrongs(answer.text)


def test_a_request_is_taken_in_paid_answered_and_printed(
    on_case: On, case: int, lien: int  # noqa: ARG001 - recorded on the parcel
) -> None:  # fmt: skip
    desk = on_case(case).at(10, 5)
    there = _send(desk, "/office/lien-searches/new", **ASKED)
    page = desk.client(CLERK).get(there).text
    assert "$75.00" in page
    assert "due in 7 days" in page  # Columbus Day is worked; five business days are a week
    assert "&lt;b&gt;Vance Title&lt;/b&gt;" in page
    for unreadable in ("", "soon"):
        client = desk.client(CLERK)
        typed = filled(client.get(f"{there}/answer").text) | {"good_through": unreadable}
        told = client.post(f"{there}/answer", data=typed | {"show": "1"}).text
        assert "Good through" in wrongs(told)
    assert "comes before the answer" in _send(desk, f"{there}/answer", good_through="2026-10-15")
    _send(desk, f"{there}/fee", receipt_no="T-100")
    client = desk.client(CLERK)
    shown = client.post(
        f"{there}/answer",
        data=filled(client.get(f"{there}/answer").text)
        | {"good_through": "2026-10-15", "show": "1"},
    ).text
    assert "$11,100.00" in shown
    letter = _send(desk, f"{there}/answer", good_through="2026-10-15")
    assert letter == f"{there}/letter"
    text = client.get(letter).text
    for said in ("book 4312", "page 87", "$7,500.00", "$3,500.00", "$11,100.00", "SHA-256"):
        assert said in text
    assert "add $250.00 for each day after" in text
    assert "was answered" in _send(desk, f"{there}/answer", good_through="2026-10-15")
    assert desk.client(MANAGER).get(letter).status_code == 403


@pytest.mark.usefixtures("case")
def test_what_is_late_leads_the_clerks_first_page(on_case: On, case: int) -> None:
    desk = on_case(case).at(6, 1)
    there = _send(desk, "/office/lien-searches/new", **ASKED)
    assert "Lien searches late" not in _waits(desk)
    assert "Lien searches late" in _waits(desk.at(6, 9))
    _send(desk, f"{there}/withdraw", reason="The sale fell through")
    assert "Lien searches late" not in _waits(desk)
    assert "The sale fell through" in desk.client(CLERK).get(there).text
    client, way = desk.client(CLERK), "/office/lien-searches/new"
    typed = filled(client.get(way).text) | ASKED
    assert client.post(way, data=typed).location == client.post(way, data=typed).location
    second = client.get("/office/lien-searches?page=2").text
    assert "Previous page" in second
    assert "LS-2026-00001" not in second
    wrong = _send(desk, "/office/lien-searches/new", **ASKED | {"parcel": "Z-9"})
    assert "is the number of no parcel" in wrong


@pytest.mark.usefixtures("case")
def test_an_address_that_is_nearly_one_is_answered_with_the_parcels_it_may_mean(
    counter: Counter, town: sa.Connection
) -> None:
    name_street(town)
    client, way = counter.at(6, 1).client(CLERK), "/office/lien-searches/new"
    typed = filled(client.get(way).text) | ASKED | {"parcel": "101 aldr"}
    shown = client.post(way, data=typed).text
    assert "is the number of no parcel" in wrongs(shown)
    assert 'name="meant" value="A-1">Take it in for A-1, 101 Alder St' in shown
    taken = client.post(way, data=filled(shown) | {"meant": "A-1"}, follow_redirects=True).text
    assert "<h1>Lien search LS-2026-00001</h1>" in taken
    assert "It is answered only once its fee is paid." in taken
    assert "Withdraw the request" in taken


def _waits(desk: Counter) -> str:
    page = desk.client(CLERK).get("/office/").text
    return page.partition('class="piles"')[2].partition("</ul>")[0]
