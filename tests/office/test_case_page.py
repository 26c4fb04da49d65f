"""A case's page names what is related to it, and reads in the order in which it is worked."""

import re
from collections.abc import Callable
from datetime import date

import pytest
import sqlalchemy as sa
from counter import CLERK, Counter, number_of
from played_owners import BOX, LANDLORD, Played, find

type On = Callable[[int], Counter]


@pytest.mark.usefixtures("roll")
def test_cases_of_the_same_owner_elsewhere_are_named_and_a_namesakes_are_not(
    on_case: On, town: sa.Connection, law: int, earlier: Played, later: Played
) -> None:
    namesake = find(
        town, law, on=date(2026, 5, 1), lot="A-2", name=LANDLORD, address="1 Elsewhere Ct, Tampa FL"
    )
    page = on_case(later.case).page(CLERK)
    elsewhere = page.partition('id="elsewhere"')[2].partition("</section>")[0]
    assert number_of(town, earlier.case) in elsewhere
    assert number_of(town, namesake.case) not in elsewhere


@pytest.mark.usefixtures("roll")
def test_many_cases_of_one_owner_are_capped_with_a_way_to_all(
    on_case: On, town: sa.Connection, law: int, later: Played
) -> None:
    others = [find(town, law, on=date(2025, 3, day), lot="A-1") for day in range(1, 9)]
    counter = on_case(later.case)
    elsewhere = counter.page(CLERK).partition('id="elsewhere"')[2].partition("</section>")[0]
    assert elsewhere.count("<li>") == 6
    assert f"/office/case/{counter.number}/owner" in elsewhere
    everything = counter.client(CLERK).get(f"/office/case/{counter.number}/owner").text
    assert all(number_of(town, each.case) in everything for each in others)
    assert BOX not in everything


def test_the_page_reads_next_then_place_money_violations_people_and_the_story_last(
    on_case: On, case: int, fence: int
) -> None:
    assert fence
    page = on_case(case).page(CLERK)
    heads = re.findall(r'id="(now|money|violations|people|contacts|story)"|(small-map)', page)
    assert [first or second for first, second in heads] == [
        "now", "small-map", "money", "violations", "people", "contacts", "story"
    ]  # fmt: skip
