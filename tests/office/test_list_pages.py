"""Lists of cases as pages: what a row tells, and what is said before many cases are changed."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from counter import CLERK, MANAGER, OFFICER, Counter

type On = Callable[[int], Counter]


def hidden(page: str) -> dict[str, str]:
    """Return what the form around a list carries beside its boxes."""
    form = page.partition('id="many"')[2].partition("<div")[0]
    found = re.findall(r'name="([^"]+)"[^>]*value="([^"]*)"', form)
    return {name: unescape(value) for name, value in found}


def test_what_awaits_service_says_which_notice_and_to_whom(
    on_case: On, case: int, warning: int
) -> None:
    assert warning
    page = on_case(case).at(6, 2).client(CLERK).get("/office/cases?queue=awaiting_service").text
    assert "Warning to P. Lane, issued Jun 2, 2026" in page


def test_nothing_ticked_leaves_the_list_as_it_was_and_says_so(on_case: On, case: int) -> None:
    client = on_case(case).client(MANAGER)
    where = "/office/cases?queue=every&sort=number"
    typed = hidden(client.get(where).text)
    answer = client.post("/office/cases/many", data={**typed, "what": "assign"})
    assert answer.location == where
    assert "Tick at least one case." in client.get(answer.location).text


def test_a_deed_in_many_cases_is_foretold_and_not_told_as_done(on_case: On, case: int) -> None:
    counter = on_case(case)
    client = counter.client(MANAGER)
    typed = hidden(client.get("/office/cases").text)
    officer = str(counter.staff[OFFICER])
    typed |= {"what": "assign", "case": str(case), "officer": officer}
    page = client.post("/office/cases/many", data=typed).text
    assert "It would go from " in page
    assert "was assigned" not in page


@pytest.mark.parametrize(("played", "counts"), [("served", True), ("ordered", False)])
def test_an_ordered_case_counts_no_days_of_the_old_deadline(
    request: pytest.FixtureRequest, on_case: On, case: int, played: str, *, counts: bool
) -> None:
    request.getfixturevalue(played)
    client = on_case(case).at(9, 30).client(CLERK)
    pages = [client.get(way).text for way in ("/office/cases", "/office/map/list")]
    assert [" months late" in page for page in pages] == [counts, counts]


def test_an_officers_first_page_begins_with_todays_route(on_case: On, case: int) -> None:
    counter = on_case(case)
    main = counter.client(OFFICER).get("/office/").text.partition("<h1>")[2]
    assert 'href="/field/"' in main.partition("</p>")[0]
    assert "Today&#39;s route" not in counter.client(CLERK).get("/office/").text
