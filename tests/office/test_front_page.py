"""The first page tells what it counts, each number opens its list, and a day's docket is led on."""

import re
from html import unescape

import pytest
import sqlalchemy as sa
from counter import CLERK, JUDGE, MANAGER, Counter
from desk import day
from played import DAILY, MAGISTRATE, decide

from cases import orders

CASE = """
    INSERT INTO lotline.case_file (number, category, phase, published, open_violations, opened_on,
        closed_on, tie_method, tie_confidence)
    VALUES (:number, 'High grass', :phase, :phase = 'complied', 0, '2026-05-01', '2026-05-20',
        'none', 0)"""


def test_the_share_that_complied_leads_to_both_its_counts_and_says_what_it_leaves_out(
    counter: Counter, town: sa.Connection
) -> None:
    for number, phase in (("F-1", "complied"), ("F-2", "complied"), ("F-3", "unfounded")):
        town.execute(sa.text(CASE), {"number": number, "phase": phase})
    client = counter.client(MANAGER)
    figures = client.get("/office/").text.partition('id="means-closed"')[2]
    made_of = figures.partition('made-of">')[2].partition("</p>")[0]
    ways = re.findall(r'<a href="([^"]+)">\D*(\d+)', made_of)
    assert [count for _href, count in ways] == ["2", "2"]
    for href, count in ways:
        assert f'class="counted">{count}</span></h1>' in client.get(unescape(href)).text
    assert "The other 1 of the 3 closed does not count" in figures
    closed = client.get("/office/").text.partition('means-closed"><b>3</b>')[2]
    assert "2 after a violation was found, 1 without." in closed.partition("</li>")[0]


def test_a_docket_that_is_heard_is_done_and_leads_to_the_orders_it_leaves(
    counter: Counter, town: sa.Connection, opened: int, violation: int
) -> None:
    clerk, judge = (counter.at(8, 11).client(each) for each in (CLERK, JUDGE))
    docket = "Today's docket: 1 hearing"
    assert docket in clerk.get("/office/").text
    decide(town, opened)
    said = judge.get("/office/").text
    assert docket not in said
    assert "docket is done: its 1 hearing is over." in said
    assert "On 1 of them no order is entered yet." in said
    assert "Enter 1 order</a>" in said
    assert "Enter 1 order" not in clerk.get("/office/").text
    assert "Serve 1 order" not in clerk.get("/office/").text
    orders.enter(
        town, hearing_id=opened, violation_id=violation, ordered=DAILY, actor=MAGISTRATE,
        moment=day(8, 11),
    )  # fmt: skip
    said = clerk.get("/office/").text
    assert "no order is entered yet" not in said
    way = re.search(r'usa-button--big" href="([^"]+)">Serve 1 order</a>', said)
    assert way is not None
    assert 'class="counted">1</span></h1>' in clerk.get(unescape(way[1])).text


def test_a_lien_in_foreclosure_is_said_to_be_counted_apart_and_one_is_not_many(
    counter: Counter, town: sa.Connection
) -> None:
    town.execute(sa.text(CASE), {"number": "F-1", "phase": "reported"})
    front = counter.client(MANAGER).get("/office/").text
    recorded = front.partition('means-recorded">')[2].partition("</li>")[0]
    assert "Those in foreclosure are counted apart." in recorded
    assert re.search(r'means-backlog"><b>1</b> <span class="figure-name">open case</span>', front)
    assert re.search(r"<b>0</b> <span [^>]+>cases with a lien in foreclosure</span>", front)


def test_a_list_opened_from_a_figure_is_headed_by_what_the_figure_counts(counter: Counter) -> None:
    client = counter.client(MANAGER)
    front = client.get("/office/").text
    for key, heading in (
        ("closed", "Cases: closed from "), ("recorded", "Cases: lien recorded"),
        ("backlog", "Open "),
    ):  # fmt: skip
        way = re.search(rf'<a href="([^"]+)" aria-describedby="means-{key}"', front)
        assert way is not None
        page = client.get(unescape(way[1])).text
        assert f"<h1>{heading}" in page
        assert ("Every case there ever was" in page) is False
    assert "Every case there ever was" in client.get("/office/cases?queue=every").text


@pytest.mark.usefixtures("law")
def test_a_holiday_is_told_of_on_the_day_and_on_the_working_day_before(counter: Counter) -> None:
    opens = "the town's offices are closed and open again on Mon, Nov 30, 2026."
    moves = "Deadlines that fall on a closed day move to that day, where the law moves them."
    for month, number, words in (
        (11, 25, f"Tomorrow is Thanksgiving Day: {opens} {moves}"),
        (11, 26, f"Today is Thanksgiving Day: {opens} {moves}"),
        (9, 4, "Mon, Sep 7, 2026 is Labor Day: the town"),
    ):
        page = counter.at(month, number).client(CLERK).get("/office/").text
        assert words in unescape(page)
    assert "offices are closed" not in counter.at(6, 3).client(CLERK).get("/office/").text
