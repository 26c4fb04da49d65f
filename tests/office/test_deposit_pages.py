"""The clerk counts a day's receipts on the page, closes the deposit, and notes the bank's word."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
import sqlalchemy as sa
from counter import CLERK, MANAGER, NAMES, OFFICER, Counter, filled, wrongs

from cases.models import LedgerPosting

type On = Callable[[int], Counter]
DAY = "/office/deposits/gather/2026-06-20"


@pytest.fixture
def counter_with_money(on_case: On, case: int, cited: int) -> Counter:  # noqa: ARG001 - it owes
    """The counter the morning after $60 came in cash and $40 by a check."""
    desk = on_case(case).at(6, 20)
    desk.do(CLERK, "money.take_payment", cents="60", method="cash")
    desk.do(CLERK, "money.take_payment", cents="40", reference="=1044")
    return desk.at(6, 21)


def _send(desk: Counter, there: str, /, *, role: Any = CLERK, **typed: Any) -> Any:
    client = desk.client(role)
    return client.post(there, data=filled(client.get(there).text) | typed)


def test_receipts_wait_on_the_first_page_until_they_are_counted_and_closed(
    counter_with_money: Counter,
) -> None:
    desk = counter_with_money
    clerk = desk.client(CLERK)
    assert "Receipts to deposit" in clerk.get("/office/").text
    assert "$60.00" in clerk.get("/office/deposits").text
    told = _send(desk, f"{DAY}/cash", counted="59.50", compare="1")
    assert "$0.50 short" in told.text
    refused = _send(desk, f"{DAY}/cash", counted="59.50", slip_no="B-7")
    assert "count again, or say why" in wrongs(refused.text)
    closed = _send(desk, f"{DAY}/cash", counted="59.50", slip_no="B-7", reason="Wrong change")
    page = clerk.get(closed.location).text
    assert "$0.50 short" in page
    assert "Wrong change" in page
    _send(desk, f"{DAY}/cheque", counted="40", slip_no="B-8")
    assert "Every receipt of these days is deposited" in clerk.get("/office/deposits").text
    again = clerk.get(f"{DAY}/cash").text
    assert "Nothing of that day waits" in again


def test_a_receipt_made_wrong_is_voided_from_its_page_and_is_in_no_sum(
    counter_with_money: Counter, town: sa.Connection
) -> None:
    desk = counter_with_money.at(6, 20)
    clerk, case = desk.client(CLERK), f"/office/case/{desk.number}"
    cash, check = town.scalars(
        sa.select(LedgerPosting.id).where(LedgerPosting.kind == "paid").order_by(LedgerPosting.id)
    ).all()
    offered = desk.client(CLERK).get(desk.way("money.return_payment", None, CLERK)).text
    assert (f'value="{check}"' in offered, f'value="{cash}"' in offered) == (True, False)
    way = re.search(
        r'href="([^"]+money\.void_payment[^"]+)"', clerk.get(f"{case}/receipt/{cash}").text
    )
    assert way is not None
    done = _send(desk, unescape(way[1]), reason="$60 typed for $6", press="foretell")
    assert "$60.00" in done.text
    desk.do(CLERK, "money.void_payment", payment=str(cash), reason="$60 typed for $6")
    page = clerk.get(f"{case}/receipt/{cash}").text
    page = page.partition("<h1>")[2]
    leads, _heading, said = page.partition("What the receipt said")
    assert leads.startswith("<strong>VOID</strong>")
    assert "$60.00" not in leads
    assert "$60 typed for $6" in leads
    assert f"{NAMES[CLERK]}</dd>" in leads
    assert "Paid since in this case</dt><dd>nothing</dd>" in leads
    assert re.findall(r"<del>\$60\.00</del>", said)
    assert not re.findall(r"(?<!<del>)\$60\.00", said)
    assert "money.void_payment" not in page
    desk.do(CLERK, "money.take_payment", cents="6", method="cash")
    assert re.search(
        r">Receipt \d+</a>, Jun 20, 2026, \$6\.00", clerk.get(f"{case}/receipt/{cash}").text
    )
    desk.do(CLERK, "money.return_payment", payment=str(check), reason="No funds")
    listed = clerk.get("/office/deposits/day/2026-06-20").text
    feet = re.findall(r"<b>(\$[^<]+)</b>", listed.partition("<tfoot>")[2])
    assert feet == ["$46.00", "$40.00", "$6.00"]  # in all, of it came back, left
    assert "voided on" in listed
    assert "$60.00" not in clerk.get(f"{DAY}/cash").text


def test_a_deposited_receipt_says_what_to_do_where_it_cannot_be_voided(
    counter_with_money: Counter, town: sa.Connection
) -> None:
    desk = counter_with_money
    _send(desk, f"{DAY}/cash", counted="60", slip_no="B-7")
    cash = town.scalars(sa.select(LedgerPosting.id).where(LedgerPosting.method == "cash")).one()
    page = desk.client(MANAGER).get(f"/office/case/{desk.number}/receipt/{cash}").text
    assert "put the deposit right by an entry" in page
    assert "money.void_payment" not in page


def test_the_first_page_counts_the_receipts_that_its_link_shows_and_none_of_today(
    counter_with_money: Counter,
) -> None:
    desk = counter_with_money.at(6, 20)
    desk.do(CLERK, "money.take_payment", cents="30", method="cash")
    desk.at(6, 21)
    desk.do(CLERK, "money.take_payment", cents="20", method="cash")
    clerk = desk.client(CLERK)
    pile = re.search(
        r'pile--to_deposit"><a href="([^"]+)"><b>(\d+)</b>', clerk.get("/office/").text
    )
    assert pile is not None
    page = clerk.get(unescape(pile[1])).text.partition("Deposited")[0]
    shown = [int(each) for each in re.findall(r'data-head="Receipts"[^>]*>(\d+)<', page)]
    assert int(pile[2]) == sum(shown) == 3


def test_what_is_not_ticked_goes_on_waiting_and_a_form_sent_twice_closes_one(
    counter_with_money: Counter,
) -> None:
    desk = counter_with_money
    none = _send(desk, f"{DAY}/cheque", counted="40", slip_no="B-8", receipts=[])
    assert "Nothing is chosen" in wrongs(none.text)
    client, way = desk.client(CLERK), f"{DAY}/cheque"
    typed = filled(client.get(way).text) | {"counted": "40", "slip_no": "B-8"}
    assert client.post(way, data=typed).status_code == 302
    assert client.post(way, data=typed).status_code == 200
    assert client.get("/office/deposits").text.count(">B-8<") == 1


@pytest.mark.parametrize("said", ["1e999999", "NaN", "Infinity", "-0", "1e-999999"])
def test_what_is_no_amount_is_said_to_be_none(counter_with_money: Counter, said: str) -> None:
    told = _send(counter_with_money, f"{DAY}/cash", counted=said, compare="1")
    assert "Give an amount in dollars" in wrongs(told.text)


def test_an_entry_sent_twice_stands_once(counter_with_money: Counter) -> None:
    desk = counter_with_money
    there = _send(desk, f"{DAY}/cash", counted="60", slip_no="B-7").location
    client, way = desk.client(CLERK), f"{there}/correct"
    said = {"side": "counted", "way": "less", "cents": "5", "reason": "Counterfeit"}
    typed = filled(client.get(way).text) | said
    for _ in range(2):
        assert client.post(way, data=typed).location == there
    page = client.get(there).text
    assert "put right to $55.00" in page
    assert page.count("Counterfeit") == 1
    again = client.post(way, data=typed | {"cents": "6"})
    assert "was sent before" in wrongs(again.text)
    assert "Open this page anew" in client.post(way, data=typed | {"key": "x"}).text


def test_the_banks_word_and_an_entry_are_noted_by_the_manager_too(
    counter_with_money: Counter,
) -> None:
    desk = counter_with_money
    there = _send(desk, f"{DAY}/cash", counted="60", slip_no="B-7").location
    assert desk.client(OFFICER).get(there).status_code == 403
    _send(desk, f"{there}/clear", role=MANAGER, bank="55")
    assert "$5.00 short" in desk.client(MANAGER).get(there).text
    again = _send(desk, f"{there}/clear", bank="55")
    assert "noted already" in wrongs(again.text)
    _send(desk, f"{there}/correct", side="counted", way="less", cents="5", reason="Counterfeit")
    _send(desk, f"{there}/correct", side="bank", way="less", cents="2", reason="Read wrong")
    page = desk.client(CLERK).get(there).text
    assert "put right to $55.00" in page
    assert "Counterfeit" in page
    noted = page.partition("<dt>Bank</dt><dd>")[2].partition("</dd>")[0]
    assert noted.startswith("$55.00 on Jun 21, 2026, put right to $53.00, ")


def test_a_day_is_handed_out_as_a_table_in_which_nothing_runs(counter_with_money: Counter) -> None:
    desk = counter_with_money
    answer = desk.client(CLERK).get("/office/deposits/day/2026-06-20.csv")
    assert answer.mimetype == "text/csv"
    head, cash, check = answer.text.splitlines()
    assert head.startswith("receipt,day,case,paid_by")
    assert ",cash,,60.00,J. Okafor," in cash
    assert ",cheque,'=1044,40.00,J. Okafor," in check
    page = desk.client(CLERK).get("/office/deposits/day/2026-06-20").text
    assert "$100.00" in page
    assert desk.client(CLERK).get("/office/deposits?first=soon").status_code == 400
