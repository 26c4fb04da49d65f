"""The process as a town's web page tells it, walked by staff through the pages and kept."""

from collections.abc import Iterator
from datetime import date
from threading import Thread
from typing import Any

import pytest
from alder_town import application
from counter import CLERK, Counter, filled, number_of
from desk import OFFICER as RIVERA
from desk import day
from reported import received
from small_town import lay_out
from walked import Walk, closed, inspected

from cases.adopted import adopt
from cases.intake import accept
from cases.lawpack.reading import DEFAULT
from geo.database import Database


@pytest.fixture
def counter(fresh_database: Database) -> Iterator[Counter]:
    """The counter in a town whose deeds are kept, with a complaint accepted on 1 June."""
    with fresh_database.owner.begin() as connection:
        lay_out(connection)
    with fresh_database.app.begin() as connection:
        law = adopt(connection, DEFAULT, on=date(2026, 1, 1))
        call = received(connection, law)
        case = accept(connection, complaint_id=call, actor=RIVERA, moment=day(6, 1))
        number = number_of(connection, case)
    with application(fresh_database) as app:
        desk = Counter(app, on=date(2026, 6, 1))
        desk.number = number
        yield desk


def test_a_case_goes_from_a_complaint_to_a_released_lien_through_the_pages(
    counter: Counter,
) -> None:
    walk = Walk(counter)
    inspected(walk)
    closed(walk)


def test_two_clicks_at_once_on_kept_deeds_take_a_payment_once(counter: Counter) -> None:
    counter.at(6, 2)
    way = counter.way("money.take_payment", None, CLERK)
    clients = [counter.client(CLERK) for _click in range(4)]
    typed = filled(clients[0].get(way).text) | {
        "cents": "25",
        "payer": "P. Lane",
        "reference": "1044",
    }
    answers: list[int] = []

    def click(client: Any) -> None:
        sent = typed | {"csrf_token": filled(client.get(way).text)["csrf_token"]}
        answers.append(client.post(way, data=sent).status_code)

    clicks = [Thread(target=click, args=(client,)) for client in clients]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()
    assert answers == [302] * 4
    page = counter.page(CLERK)
    assert "$25.00 in credit" in page
