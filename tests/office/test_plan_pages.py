"""A manager asks for a plan, sees who drives what, what is left and why, and puts it in force."""

import re
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from counter import CLERK, MANAGER, OFFICER, Counter, filled, wrongs
from drafted_town import MADE, MONDAY, TUESDAY, Officers, draft_town, plan_of
from seats import hire

from cases.actors import Actor, Moment
from cases.models import RouteDraft, VisitPlan
from cases.visits.comparing import adopted, plans_of_day
from cases.visits.outcomes import arrive, leave, skip
from cases.workflow.roles import Role
from cases.working.days import OtherDays, note_days
from cases.working.terms import ExceptionKind
from reports.routes.plan import LeftReason, Risk
from webmap.office.plan_left import HELPS, late_words, left_behind, risk_words
from webmap.office.plan_shown import shown

PLANS = "/office/plans"


@pytest.fixture
def officers(counter: Counter, town: sa.Connection) -> Officers:
    return Officers(
        rivera=counter.staff[OFFICER], cole=hire(town, Role.OFFICER, name="K. Cole")
    )  # fmt: skip


@pytest.fixture
def desk(counter: Counter, law: int, officers: Officers) -> Counter:
    assert law
    assert officers
    return counter.at(6, 15)


@pytest.fixture
def draft(desk: Counter, town: sa.Connection, officers: Officers) -> int:
    assert desk
    return draft_town(town, officers)


def _send(desk: Counter, there: str, **typed: Any) -> Any:
    client = desk.client(MANAGER)
    said = filled(client.get(there).text)
    return client.post(there, data={**said, **typed})


def test_the_coming_days_say_who_works_and_what_is_due(desk: Counter) -> None:
    page = desk.client(MANAGER).get(PLANS).text
    assert "Mon, Jun 15, 2026" in page
    assert "K. Cole, M. Rivera" in page
    assert "Nobody has asked for a plan yet" in page


def test_a_plan_is_asked_for_once_and_the_second_is_told_of_the_first(
    desk: Counter, town: sa.Connection
) -> None:
    client = desk.client(MANAGER)
    said = filled(client.get(PLANS).text)
    asked = {**said, "days": "2", "seconds": "5", "even": "y"}
    first = client.post(PLANS, data=asked)
    assert first.status_code == 303, wrongs(first.text)
    assert client.post(PLANS, data=asked).location == first.location
    (row,) = town.execute(sa.select(RouteDraft.__table__)).all()
    assert (row.asked["days"], row.asked["seconds"], row.asked["fair_margin"]) == (2, 5, 0.1)
    waits = client.get(first.location).text
    assert "It waits its turn" in waits
    assert "data-waits" in waits
    again = client.post(PLANS, data=filled(client.get(PLANS).text), follow_redirects=True)
    assert "A. Stone has asked for a plan of Mon, Jun 15, 2026 to Tue, Jun 16, 2026" in again.text
    stop = client.post(f"{first.location}/stop", data={"csrf_token": said["csrf_token"]})
    assert stop.status_code == 303
    assert "It was called off before a plan was found." in client.get(first.location).text


def test_what_cannot_be_asked_is_told_with_what_was_typed(desk: Counter) -> None:
    answer = _send(desk, PLANS, days="11", seconds="0", first="2026-06-01")
    assert "Working days" in wrongs(answer.text)
    assert 'value="11"' in answer.text
    over = _send(desk, PLANS, first="2026-06-01")
    assert "The first day is over" in wrongs(over.text)
    assert 'value="2026-06-01"' in over.text


def test_a_search_tells_how_far_it_is_and_why_it_failed(desk: Counter, town: sa.Connection) -> None:
    row: dict[str, Any] = {
        "key": "6f1c1a3e-7a35-4b0a-9a53-111111111111", "asked": {"seconds": 30, "zone_ids": None},
        "first_day": MONDAY, "last_day": MONDAY, "state": "running", "made_by": "A. Stone",
        "made_at": MADE, "begun_at": MADE, "told": {"seconds": 7.2, "best": 5400, "stops": 80},
    }  # fmt: skip
    added = sa.insert(RouteDraft).values(row).returning(RouteDraft.id)
    there = f"{PLANS}/{town.execute(added).scalar_one()}"
    page = desk.client(MANAGER).get(there).text
    for words in ("7 of 30 seconds", "1 h 30 min", "80", "Stop and keep the best"):
        assert words in page
    failed = {"state": "failed", "failed_because": "No officer can go.", "ended_at": MADE}
    town.execute(sa.update(RouteDraft).values(failed))
    page = desk.client(MANAGER).get(there).text
    assert "No officer can go." in page
    assert "data-waits=" not in page


def test_a_draft_shows_every_route_and_what_is_left_and_why(desk: Counter, draft: int) -> None:
    client = desk.client(MANAGER)
    page = client.get(f"{PLANS}/{draft}").text
    assert "Plan of Mon, Jun 15, 2026 to Tue, Jun 16, 2026" in page
    assert "Times are estimates along straight lines" in page
    first = re.findall(r'class="order route--\d"[^>]*>([AB]\d+)<', page)
    assert first
    assert {each[0] for each in first} == {"A", "B"}
    assert "9 Far Rd" in page
    assert "It would not fit into a day even alone." in page
    assert "Its last day passes." in page
    drawn = client.get(f"{PLANS}/{draft}/map.json?day=2026-06-15").json
    roles = [each["properties"]["role"] for each in drawn["features"]]
    assert roles.count("stop") == len(first)
    assert roles.count("leg") == len(first) + roles.count("end")
    assert client.get(f"{PLANS}/{draft}?day=2026-06-20").status_code == 404
    assert client.get(f"{PLANS}/999999").status_code == 404


def test_a_draft_says_why_an_officer_helps_in_another_zone(
    desk: Counter, draft: int, town: sa.Connection
) -> None:
    plan = plan_of(town, draft)
    route = next(each for each in plan["routes"] if len(each["stops"]) > 1)
    helps = [
        {"id": stop["id"], "officer": route["officer"], "day": route["day"],
         "extra_seconds": 480, "own_seconds": own}
        for stop, own in zip(route["stops"], (None, 900), strict=False)
    ]  # fmt: skip
    town.execute(sa.update(RouteDraft).values(plan={**plan, "helped": helps}))
    there = f"{PLANS}/{draft}?day={route['day']}"
    page = re.sub(r"\s+", " ", desk.client(MANAGER).get(there).text)
    nobody = "no officer of that zone can take it."
    for words in (f"Helps in another zone for 8 min more of driving: {nobody}",
                  "its own officer would drive 15 min more for it."):  # fmt: skip
        assert page.count(words) == 1


def test_a_draft_says_who_is_away_and_who_was_planned_all_the_same(
    desk: Counter, draft: int, town: sa.Connection, officers: Officers
) -> None:
    client = desk.client(MANAGER)
    there = f"{PLANS}/{draft}"
    assert "Not out on this day" not in client.get(there).text
    third = hire(town, Role.OFFICER, name="B. Nash")
    for staff_id, last in ((third, MONDAY), (officers.cole, TUESDAY)):
        note_days(
            town, OtherDays(kind=ExceptionKind.LEAVE, first_day=MONDAY, last_day=last),
            staff_id=staff_id, form_key=uuid4(), actor=Actor("A. Stone", Role.MANAGER),
            moment=Moment(on=MONDAY, now=MADE),
        )  # fmt: skip
    page = re.sub(r"\s+", " ", client.get(there).text)
    assert "Not out on this day: B. Nash (away), K. Cole (away)" in page
    assert "K. Cole is away on this day by now, and has" in page
    assert "B. Nash is away on this day by now" not in page
    assert [int(each) for each in re.findall(r"· (\d+) away</small>", page)] == [2, 1]
    coming = re.sub(r"\s+", " ", client.get(PLANS).text)
    assert "Not out: B. Nash (away), K. Cole (away)" in coming


def test_a_draft_is_adopted_by_officer_and_what_it_replaces_is_told(
    desk: Counter, draft: int, town: sa.Connection, officers: Officers
) -> None:
    there = f"{PLANS}/{draft}/adopt"
    client = desk.client(MANAGER)
    page = client.get(f"{there}?officer={officers.cole}").text
    ticked = re.findall(r'value="([\d.-]+)" id="adopt-\d+" checked', page)
    assert ticked
    assert all(each.startswith(f"{officers.cole}.") for each in ticked)
    done = client.post(there, data={**filled(page), "routes": ticked})
    assert done.status_code == 303, wrongs(done.text)
    plans = town.execute(plans_of_day(MONDAY)).all()
    assert [each.officer_id for each in plans] == [officers.cole]
    assert "this plan" in client.get(there).text
    assert client.post(there, data={**filled(page), "routes": ticked}).status_code == 303
    assert town.scalar(sa.select(sa.func.count()).select_from(VisitPlan)) == len(ticked)
    second = draft_town(town, officers, count=6)
    stale = client.get(f"{PLANS}/{second}/adopt").text
    assert "is replaced:" in stale
    keys = re.findall(r'value="([\d.-]+)" id="adopt-\d+" checked', stale)
    blind = client.post(
        f"{PLANS}/{second}/adopt", data={**filled(stale), "routes": keys, "known": ""}
    )
    assert "has a plan for June 15, 2026 already" in wrongs(blind.text)
    assert client.post(
        f"{PLANS}/{second}/adopt", data={**filled(stale), "routes": keys}
    ).status_code == 303  # fmt: skip
    nothing = client.post(f"{PLANS}/{second}/adopt", data={**filled(stale), "routes": []})
    assert "Tick the days that are to be adopted." in wrongs(nothing.text)


def test_a_draft_in_force_offers_no_more_to_adopt_and_leads_to_its_days(
    desk: Counter, draft: int, officers: Officers
) -> None:
    client = desk.client(MANAGER)
    there = f"{PLANS}/{draft}"
    assert "This plan is in force" not in client.get(there).text
    page = client.get(f"{there}/adopt").text
    ticked = re.findall(r'value="([\d.-]+)" id="adopt-\d+" checked', page)
    some = [each for each in ticked if each.startswith(f"{officers.cole}.")]
    client.post(f"{there}/adopt", data={**filled(page), "routes": some})
    part = client.get(there).text
    assert f"in part: {len(some)} of {len(ticked)}" in part
    assert "Adopt the rest…" in part
    page = client.get(f"{there}/adopt").text
    rest = [each for each in ticked if each not in some]
    client.post(f"{there}/adopt", data={**filled(page), "routes": rest})
    whole = client.get(there).text
    assert "This plan is in force." in whole
    assert f'href="{there}/adopt"' not in whole
    for day in (MONDAY, TUESDAY):
        assert f'href="{PLANS}/day/{day}"' in whole


def test_what_a_plan_does_not_reach_stands_first_with_what_would_help(
    desk: Counter, draft: int
) -> None:
    page = desk.client(MANAGER).get(f"{PLANS}/{draft}").text
    behind = page[page.index('id="behind"') : page.index('id="balance"')]
    assert "1 stop passes its last day." in behind
    assert "It would not fit into a day even alone." in behind
    assert 'href="#left"' in behind
    left = page[page.index('id="left-head"') :]
    assert "Give an officer longer hours, or plan less time at its door." in left


def test_a_plan_of_today_says_that_its_hours_have_begun(desk: Counter, draft: int) -> None:
    words = "The work of this day began at 8:00 AM"
    page = desk.client(MANAGER).get(f"{PLANS}/{draft}?day={MONDAY}").text
    later = desk.client(MANAGER).get(f"{PLANS}/{draft}?day={TUESDAY}").text
    assert (words in page, words in later) == (True, False)


def test_what_is_overdue_and_left_is_not_told_to_wait_for_nothing(
    desk: Counter, draft: int, town: sa.Connection
) -> None:
    problem = town.execute(
        sa.select(RouteDraft.problem).where(RouteDraft.id == draft)
    ).scalar_one()  # fmt: skip
    left = {each["id"] for each in plan_of(town, draft)["left"] if each["risk"] == "waits"}
    for stop in problem["stops"]:
        stop["due_on"] = "2026-06-05" if stop["id"] in left else None
    town.execute(sa.update(RouteDraft).where(RouteDraft.id == draft).values(problem=problem))
    page = desk.client(MANAGER).get(f"{PLANS}/{draft}").text
    assert "overdue, by 10 days" in page
    assert "It is 10 days overdue, and waits on." in page
    assert "Nothing: it waits for another day." not in page


def test_every_reason_and_risk_has_words_of_its_own(desk: Counter) -> None:
    assert set(HELPS) == set(LeftReason)
    some = [
        {"id": f"{risk}-{nth}", "risk": risk, "reason": LeftReason.NO_TIME}
        for risk in Risk
        for nth in range(2)
    ]
    behind = left_behind(some, {"waits-0": 3, "waits-1": 577})
    with desk.app.test_request_context():
        told = [risk_words(each.risk, each.count) for each in behind]
        assert late_words(behind[-1]) == "2 of them are overdue, by 577 days at most."
        assert late_words(behind[0]) == ""
    assert all(each.is_grave for each in behind)
    assert [each[:2] for each in told] == ["2 "] * len(Risk)
    assert len(set(told)) == len(Risk)


def test_a_day_is_held_against_what_happened(
    desk: Counter, draft: int, town: sa.Connection, officers: Officers
) -> None:
    client = desk.client(MANAGER)
    assert "No plan is in force for this day yet." in client.get(f"{PLANS}/day/2026-06-15").text
    page = client.get(f"{PLANS}/{draft}/adopt").text
    keys = re.findall(r'value="([\d.-]+)" id="adopt-\d+" checked', page)
    client.post(f"{PLANS}/{draft}/adopt", data={**filled(page), "routes": keys})
    (plan,) = [
        each for each in town.execute(plans_of_day(MONDAY)) if each.officer_id == officers.rivera
    ]
    told = adopted(town, plan.id)
    assert told is not None
    first, second, *_rest = told.stops
    counted = desk.clock.now()
    who = {"actor": Actor("A. Stone", Role.MANAGER), "moment": Moment(on=MONDAY, now=counted)}
    at = first.arrives_at.replace(hour=11)
    arrive(town, stop_id=first.id, at=at, **who)
    leave(town, stop_id=first.id, at=at.replace(minute=min(at.minute + 20, 59)), **who)
    skip(town, stop_id=second.id, reason="The dog was loose", **who)
    page = client.get(f"{PLANS}/day/2026-06-15").text
    assert "The dog was loose" in page
    assert "late" in page
    assert f"1 of {len(told.stops)} stops visited" in page
    assert f'href="{PLANS}/{plan.id}/sheet.pdf"' in page
    assert client.get(f"{PLANS}/day/someday").status_code == 404


def _adopted(desk: Counter, draft: int) -> list[str]:
    client = desk.client(MANAGER)
    page = client.get(f"{PLANS}/{draft}/adopt").text
    keys = re.findall(r'value="([\d.-]+)" id="adopt-\d+" checked', page)
    assert client.post(f"{PLANS}/{draft}/adopt", data={**filled(page), "routes": keys})
    return keys


def test_plans_in_force_are_withdrawn_once_with_why_and_the_rest_stay(
    desk: Counter, draft: int, town: sa.Connection
) -> None:
    client = desk.client(MANAGER)
    way = f"{PLANS}/withdraw?day=2026-06-15"
    assert "there is nothing to withdraw" in client.get(way).text
    keys = _adopted(desk, draft)
    assert f'href="{way}"' in client.get(f"{PLANS}/day/2026-06-15").text
    page = client.get(way).text
    ticked = re.findall(r'value="(\d+)" id="withdraw-\d+" checked', page)
    of_monday = [key for key in keys if key.endswith("2026-06-15")]
    assert 0 < len(ticked) == len(of_monday) < len(keys)
    both = client.get(f"{way}&after=1").text
    assert len(re.findall(r'id="withdraw-\d+" checked', both)) == len(keys)
    blind = client.post(way, data={**filled(page), "plans": ticked, "reason": ""})
    assert "This is needed." in blind.text
    assert re.findall(r'value="(\d+)" id="withdraw-\d+" checked', blind.text) == ticked
    nothing = client.post(way, data={**filled(page), "plans": [], "reason": "The storm"})
    assert "Tick the plans that are to be withdrawn." in wrongs(nothing.text)
    assert 'value="The storm"' in nothing.text
    said = {**filled(page), "plans": ticked, "reason": "The storm"}
    for _twice in range(2):
        done = client.post(way, data=said)
        assert done.status_code == 303, wrongs(done.text)
    assert town.execute(plans_of_day(MONDAY)).all() == []
    told = client.get(done.location).text
    assert "No plan is in force for this day yet." in told
    assert told.count("The storm") == len(ticked)
    other = client.post(way, data={**said, "reason": "No, the heat"})
    assert "is in force no more" in wrongs(other.text)
    left = client.get(way).text
    assert len(re.findall(r'id="withdraw-\d+"', left)) == len(keys) - len(ticked)


def test_a_day_that_was_withdrawn_is_put_in_force_again_by_whoever_adopts_it_anew(
    desk: Counter, draft: int, town: sa.Connection
) -> None:
    client = desk.client(MANAGER)
    keys = [key for key in _adopted(desk, draft) if key.endswith("2026-06-15")]
    first = town.execute(plans_of_day(MONDAY)).all()
    way = f"{PLANS}/withdraw?day=2026-06-15"
    page = client.get(way).text
    ticked = re.findall(r'value="(\d+)" id="withdraw-\d+" checked', page)
    client.post(way, data={**filled(page), "plans": ticked, "reason": "The storm"})
    page = client.get(f"{PLANS}/{draft}/adopt").text
    again = {**filled(page), "routes": keys}
    for _twice in range(2):
        assert client.post(f"{PLANS}/{draft}/adopt", data=again).status_code == 303
        second = town.execute(plans_of_day(MONDAY)).all()
        assert [each.officer_id for each in second] == [each.officer_id for each in first]
    assert not {each.id for each in second} & {each.id for each in first}


def test_the_pages_are_a_managers_alone(desk: Counter, draft: int) -> None:
    for page in (PLANS, f"{PLANS}/{draft}", f"{PLANS}/{draft}/adopt", f"{PLANS}/day/2026-06-15",
                 f"{PLANS}/day/2026-06-15/map.json", f"{PLANS}/withdraw"):  # fmt: skip
        for role in (OFFICER, CLERK):
            assert desk.client(role).get(page).status_code == 403


def _stop(page: str, letter: str) -> tuple[str, str]:
    """Return the last stop of an officer's list that can be given away, and its route."""
    route = re.search(rf'data-whose="([\d.-]+)"(?:(?!data-whose).)*?>{letter}<', page, re.DOTALL)
    assert route is not None
    part = page.partition(f'data-whose="{route[1]}" ')[2].partition("</section>")[0]
    found = re.findall(r'data-stop="([^"]+)"', part)
    return next(each for each in reversed(found) if each != "parcel-0"), route[1]


def test_a_stop_is_given_away_with_its_effect_shown_first_and_taken_back(
    desk: Counter, draft: int, town: sa.Connection
) -> None:
    client = desk.client(MANAGER)
    there = f"{PLANS}/{draft}"
    before = plan_of(town, draft)
    page = client.get(there).text
    stop, of = _stop(page, "A")
    _mine, to = _stop(page, "B")
    way = f"{there}/change?stop={stop}&of={of}"
    asked = client.get(way).text
    assert "Show what that does" in asked
    effect = client.get(f"{way}&do=give&to={to}").text
    assert "Keep this change" in effect
    assert "driving" in effect
    assert '<label for="to">Give it to</label>' in asked
    assert plan_of(town, draft) == before
    part = client.get(f"{way}&do=give&to={to}&part=1").text
    assert "<main" not in part
    said = dict(re.findall(r'name="(\w+)"[^>]*value="([^"]*)"', part))
    for _ in range(2):
        kept = client.post(f"{there}/change", data=said)
        assert kept.status_code == 303, wrongs(kept.text)
    now = shown(plan_of(town, draft))
    found = now.stop(stop)
    assert found is not None
    assert found[0].key == to
    assert found[1].pinned
    page = client.get(there).text
    assert "Undo the last change" in page
    late = client.post(f"{there}/change", data={**said, "key": str(uuid4())})
    assert "was changed or adopted by somebody else meanwhile" in late.text
    guard = said["csrf_token"]
    version = re.search(r'name="seen" value="(\d+)"', page)
    assert version is not None
    client.post(f"{there}/undo", data={"csrf_token": guard, "seen": version[1]})
    after = plan_of(town, draft)
    assert after["routes"] == before["routes"]
    assert after["left"] == before["left"]
    assert "Undo the last change" not in client.get(there).text


def test_a_stop_is_pinned_left_out_and_given_anew(
    desk: Counter, draft: int, town: sa.Connection
) -> None:
    client = desk.client(MANAGER)
    there = f"{PLANS}/{draft}"
    stop, of = _stop(client.get(there).text, "A")

    def keep(**values: str) -> str:
        effect = client.get(
            f"{there}/change", query_string={"stop": stop, "part": "1", **values}
        ).text
        said = dict(re.findall(r'name="(\w+)"[^>]*value="([^"]*)"', effect))
        kept = client.post(f"{there}/change", data=said, follow_redirects=True)
        return str(kept.text)

    def pinned() -> list[bool]:
        routes = shown(plan_of(town, draft)).routes
        return [each.pinned for route in routes for each in route.stops if each.id == stop]

    keep(do="pin", of=of)
    assert pinned() == [True]
    keep(do="unpin", of=of)
    assert pinned() == [False]
    keep(do="remove", of=of)
    assert stop in {each["id"] for each in plan_of(town, draft)["left"]}
    left = client.get(f"{there}/change?stop={stop}").text
    assert "Give it to an officer" in left
    keep(do="give", to=of, at="1")
    found = shown(plan_of(town, draft)).stop(stop)
    assert found is not None
    assert (found[0].key, found[1].order) == (of, 1)


def test_the_parts_of_what_a_change_costs_add_up_to_the_whole(desk: Counter, draft: int) -> None:
    client = desk.client(MANAGER)
    there = f"{PLANS}/{draft}"
    stop, of = _stop(client.get(there).text, "A")
    effect = client.get(f"{there}/change?stop={stop}&of={of}&do=remove").text
    cost = effect[effect.index("What it costs in all") :]
    rows = re.findall(r'<th scope="row">([^<]*)</th><td class="number">([^<]*)<', cost)
    told = {words: _minutes(said) for words, said in rows}
    assert told["Worth of what is not visited"] >= 1
    assert abs(told.pop("In all") - sum(told.values())) <= 1


def _minutes(said: str) -> int:
    spans = re.findall(r"(\d+) (h|min)", said)
    minutes = sum(int(number) * (60 if of == "h" else 1) for number, of in spans)
    return -minutes if said.endswith("less") else minutes


def test_what_cannot_be_done_is_said_and_nothing_is_kept(
    desk: Counter, draft: int, town: sa.Connection
) -> None:
    client = desk.client(MANAGER)
    there = f"{PLANS}/{draft}/change"
    before = plan_of(town, draft)
    of = _stop(client.get(f"{PLANS}/{draft}").text, "A")[1]
    far = client.get(f"{there}?stop=far&do=give&to={of}").text
    assert "does not fit into this day" in far
    assert "Keep this change" not in far
    assert "Choose the officer" in client.get(f"{there}?stop=far&do=give&to=").text
    assert client.get(f"{there}?stop=none").status_code == 404
    assert client.get(f"{there}?stop=far&do=sell").status_code == 404
    assert plan_of(town, draft) == before
