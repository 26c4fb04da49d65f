"""Lists of cases as pages: what a row tells, and what is said before many cases are changed."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
import sqlalchemy as sa
from counter import CLERK, MANAGER, NAMES, OFFICER, Counter, number_of
from desk import OFFICER as RIVERA
from desk import day
from played import AT, put_on_docket

from cases import notices
from cases.models import Case, Notice, Staff
from cases.notice_words import NoticeKind
from cases.opening import RespondentKind, name_respondent, open_case
from cases.workflow.notice import NoticeStatus
from geo.layers import Zone

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


def test_what_goes_stale_begins_with_the_longest_untouched_unless_another_order_is_chosen(
    on_case: On, case: int, served: int
) -> None:
    assert served
    client = on_case(case).at(8, 30).client(MANAGER)

    def order(query: str) -> tuple[str, str]:
        page = client.get(f"/office/cases{query}").text
        chosen = page.partition('name="sort"')[2].partition("</select>")[0]
        found = re.search(r'<option value="([^"]*)" selected>([^<]*)', chosen)
        assert found is not None, chosen
        return found[1], found[2]

    assert order("?queue=dormant") == ("", "longest untouched")
    assert order("?queue=dormant&sort=due") == ("due", "deadline")
    assert order("") == ("", "deadline")
    assert order("?sort=moved") == ("moved", "longest untouched")


def test_the_zone_and_the_cases_of_who_is_no_officer_any_more_say_so(
    on_case: On, case: int, town: sa.Connection
) -> None:
    counter = on_case(case)
    zone = town.scalar(sa.select(Case.zone_id).where(Case.id == case))
    town.execute(sa.update(Zone).where(Zone.id == zone).values(officer_name=NAMES[OFFICER]))
    client = counter.client(MANAGER)
    assert "no officer now" not in client.get("/office/cases").text
    mine = sa.update(Staff).where(Staff.id == counter.staff[OFFICER])
    told = {}
    for change in ({"role": "clerk"}, {"active": False}):
        town.execute(mine.values(change))
        told[tuple(change)] = client.get(f"/office/zones/{zone}").text
        for page in ("/office/cases?queue=unassigned", "/office/zones"):
            assert "no officer now" in client.get(page).text
    assert "has the zone and is no longer an officer" in told["role",]
    assert "has the zone and no longer works here" in told["active",]


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


def _notices(town: sa.Connection, case: int) -> list[sa.Row[Any]]:
    mine = sa.select(Notice.kind, Notice.status).where(Notice.case_id == case)
    return list(town.execute(mine.order_by(Notice.id)))


@pytest.mark.parametrize("forged", ["²", "9" * 30, "-1", "9223372036854775808"])
@pytest.mark.parametrize("field", ["case", "officer"])
def test_a_forged_number_of_a_case_or_an_officer_is_refused(
    on_case: On, case: int, field: str, forged: str
) -> None:
    client = on_case(case).client(MANAGER)
    typed = hidden(client.get("/office/cases").text)
    typed |= {"what": "assign", "case": str(case)} | {field: forged}
    assert client.post("/office/cases/many", data=typed).status_code == 400


def _many(counter: Counter, what: str, *cases: int, keep: bool = False) -> str:
    client = counter.client(CLERK)
    typed: dict[str, Any] = hidden(client.get("/office/cases?queue=every").text)
    typed |= {"what": what, "case": [str(each) for each in cases]}
    page: str = client.post("/office/cases/many", data=typed | ({"keep": "1"} if keep else {})).text
    return page


def test_drafts_of_many_cases_are_issued_and_who_has_none_is_named_with_the_reason(
    on_case: On, town: sa.Connection, law: int, case: int, violation: int
) -> None:
    who: dict[str, Any] = {"actor": RIVERA, "moment": day(6, 1)}
    bare = open_case(town, category="High grass", place=AT, law_pack_id=law, **who)
    owner = name_respondent(
        town, case_id=case, kind=RespondentKind.OWNER, name="P. Lane", address="9 Birch Ave", **who
    )
    notices.draft(
        town, case_id=case, kind=NoticeKind.WARNING, respondent_id=owner,
        violation_ids=[violation], **who,
    )  # fmt: skip
    counter = on_case(case).at(6, 2)
    page = _many(counter, "drafted", case, bare)
    assert "This would be done in 1 case" in page
    assert "1 case cannot take it." in page
    assert f"{number_of(town, bare)}</a>" in page.partition("Not done:")[0]
    assert "no notice is drafted in this case" in page
    assert "Done in 1 case" in _many(counter, "drafted", case, bare, keep=True)
    assert [each.status for each in _notices(town, case)] == [NoticeStatus.ISSUED]


def test_a_notice_of_hearing_goes_to_whoever_is_heard_and_once(
    on_case: On, town: sa.Connection, case: int, hearing: int, sitting: int
) -> None:
    counter = on_case(case).at(7, 2)
    assert "no hearing has its day" in _many(counter, "hear", case)
    put_on_docket(town, hearing, sitting)
    assert "Done in 1 case" in _many(counter, "hear", case, keep=True)
    told = [each for each in _notices(town, case) if each.kind == NoticeKind.NOTICE_OF_HEARING]
    assert [each.status for each in told] == [NoticeStatus.ISSUED]
    assert "everybody was told of all" in _many(counter, "hear", case)


def test_no_hearing_is_told_of_where_none_was_asked_for(on_case: On, case: int, fence: int) -> None:
    assert fence
    assert "no hearing has its day" in _many(on_case(case).at(6, 2), "hear", case)


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
    assert 'href="/field/#new"' in main.partition("</p>")[0]
    assert "At the counter" not in main
    clerks = counter.client(CLERK).get("/office/").text
    assert "Today&#39;s route" not in clerks
    assert "At the counter" in clerks
