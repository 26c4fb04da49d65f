"""A manager sees a day in force: its map by officer and hour, and what became of each stop."""

import re
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from counter import MANAGER, OFFICER, Counter, filled
from drafted_town import MONDAY, TUESDAY, Officers, draft_town, plan_of
from seats import hire

from cases.actors import Actor, Moment
from cases.models import RouteDraft
from cases.visits.comparing import Kept, adopted_days, plans_of_day
from cases.visits.outcomes import arrive, leave, skip
from cases.workflow.roles import Role

PLANS = "/office/plans"
DAY = f"{PLANS}/day/{MONDAY}"


@pytest.fixture
def officers(counter: Counter, town: sa.Connection) -> Officers:
    return Officers(
        rivera=counter.staff[OFFICER], cole=hire(town, Role.OFFICER, name="K. Cole")
    )  # fmt: skip


@pytest.fixture
def desk(counter: Counter, law: int) -> Counter:
    assert law
    return counter.at(6, 15)


@pytest.fixture
def draft(desk: Counter, town: sa.Connection, officers: Officers) -> int:
    """A draft whose days are all in force."""
    made = draft_town(town, officers)
    _adopt(desk, made)
    return made


def _adopt(desk: Counter, made: int) -> None:
    client = desk.client(MANAGER)
    page = client.get(f"{PLANS}/{made}/adopt").text
    keys = re.findall(r'value="([\d.-]+)" id="adopt-\d+" checked', page)
    done = client.post(f"{PLANS}/{made}/adopt", data={**filled(page), "routes": keys})
    assert done.status_code == 303


def _stops(town: sa.Connection) -> list[Kept]:
    return [stop for each in adopted_days(town, plans_of_day(MONDAY)) for stop in each.stops]


def _made_and_skipped(desk: Counter, town: sa.Connection) -> tuple[Kept, Kept, list[Kept]]:
    """Come to the first stop 20 minutes late, skip the second; the others are open."""
    first, second, *rest = _stops(town)
    counted = max(desk.clock.now(), first.leaves_at + timedelta(hours=1))
    who: Any = {
        "actor": Actor("A. Stone", Role.MANAGER), "moment": Moment(on=MONDAY, now=counted)
    }  # fmt: skip
    at = first.arrives_at + timedelta(minutes=20)
    arrive(town, stop_id=first.id, at=at, **who)
    leave(town, stop_id=first.id, at=at + timedelta(minutes=25), **who)
    skip(town, stop_id=second.id, reason="The dog was loose", **who)
    return first, second, rest


def _said(page: str, stop: Kept) -> str:
    """Return the row of a stop, without tags."""
    row = page.partition(f'data-stop="{stop.id}"')[2].partition("</li>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", row))


def test_a_day_to_come_is_a_plan_and_a_day_that_is_over_was_promised(
    desk: Counter, draft: int
) -> None:
    assert draft
    for day in (MONDAY, TUESDAY):
        page = desk.client(MANAGER).get(f"{PLANS}/day/{day}").text
        assert re.search(r"<h1>Plan of \w+, Jun 1", page)
        assert "Promised and done" not in page
        assert "no stop is moved here" in page
    past = desk.at(6, 16).client(MANAGER).get(DAY).text
    assert "<h1>Promised and done: Mon, Jun 15, 2026</h1>" in past
    assert "no stop is moved here" not in past


def test_the_lists_say_in_words_what_became_of_each_stop(
    desk: Counter, draft: int, town: sa.Connection
) -> None:
    assert draft
    made, skipped, (still, *_) = _made_and_skipped(desk, town)
    page = desk.client(MANAGER).get(DAY).text
    assert "20 min late, 25 min at the door (10 min more)" in _said(page, made)
    assert "Visited at " in _said(page, made)
    assert "Skipped: The dog was loose" in _said(page, skipped)
    assert "Nothing said yet" in _said(page, still)
    past = desk.at(6, 16).client(MANAGER).get(DAY).text
    assert "Nothing was said" in _said(past, still)


def test_what_was_said_before_the_rest_was_planned_anew_is_not_lost(
    desk: Counter, draft: int, town: sa.Connection, officers: Officers
) -> None:
    assert draft
    made, skipped, _rest = _made_and_skipped(desk, town)
    _adopt(desk, draft_town(town, officers))
    assert {each.id for each in _stops(town)}.isdisjoint({made.id, skipped.id})
    page = desk.client(MANAGER).get(DAY).text
    words = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    before = words.partition("Before the rest was planned anew")[2]
    before = before.partition("The rest, as it was planned anew")[0]
    assert "Skipped: The dog was loose" in before
    assert "20 min late, 25 min at the door" in before
    assert skipped.label in before
    assert "stops visited, 1 skipped" in words
    assert re.search(r"<dt>Skipped</dt><dd>1</dd>", page)
    assert re.search(r"<dt>Visited</dt><dd>1</dd>", page)


def test_the_map_draws_each_officers_way_and_what_became_of_its_stops(
    desk: Counter, draft: int, town: sa.Connection
) -> None:
    assert draft
    made, skipped, rest = _made_and_skipped(desk, town)
    client = desk.client(MANAGER)
    page = client.get(DAY).text
    assert f'data-source="{DAY}/map.json"' in page
    drawn = [each["properties"] for each in client.get(f"{DAY}/map.json").json["features"]]
    stops = {each["id"]: each for each in drawn if each["role"] == "stop"}
    legs = [each for each in drawn if each["role"] == "leg"]
    assert len(legs) == len(stops) + len({each["route"] for each in legs})
    assert {each["letter"] for each in legs} == {"A", "B"}
    assert stops[str(made.id)]["became"] == "made"
    assert stops[str(skipped.id)]["became"] == "skipped"
    assert stops[str(skipped.id)]["told"] == "Skipped: The dog was loose"
    assert {stops[str(each.id)]["became"] for each in rest} == {"open"}
    for each in stops.values():
        assert f">{each['tag']}</span>" in page
        assert f'data-stop="{each["id"]}"' in page
    shown = set(re.findall(r'data-show-route="([\d.-]+)"', page))
    assert shown == {each["route"] for each in legs} == set(re.findall(r'data-whose="(.+?)"', page))


def test_nothing_is_dragged_on_a_day_in_force(desk: Counter, draft: int) -> None:
    page = desk.client(MANAGER).get(DAY).text
    assert draft
    assert "data-grip" not in page
    assert "data-may-change" not in page


def test_the_map_draws_the_way_that_was_kept(
    desk: Counter, town: sa.Connection, officers: Officers
) -> None:
    made = draft_town(town, officers)
    plan = plan_of(town, made)
    bent = [[-80.4, 27.3], [-80.41, 27.31], [-80.42, 27.3]]
    for leg in (leg for route in plan["routes"] for leg in route["legs"]):
        leg["line"] = bent
    town.execute(sa.update(RouteDraft).values(plan={**plan, "estimated": False}))
    _adopt(desk, made)
    features = desk.client(MANAGER).get(f"{DAY}/map.json").json["features"]
    drawn = [each["geometry"]["coordinates"] for each in features
             if each["properties"]["role"] == "leg"]  # fmt: skip
    assert len(drawn) == len(_stops(town)) + 2
    assert drawn == [bent] * len(drawn)


def test_a_route_leads_to_its_draft_as_long_as_there_is_one(
    desk: Counter, draft: int, town: sa.Connection, officers: Officers
) -> None:
    client = desk.client(MANAGER)
    way = f'href="{PLANS}/{draft}?day={MONDAY}#route-{officers.cole}"'
    page = client.get(DAY).text
    assert way in page
    assert "(changed since)" not in page
    town.execute(sa.update(RouteDraft).values(version=RouteDraft.version + 1))
    assert "(changed since)" in client.get(DAY).text
    town.execute(sa.delete(RouteDraft))
    gone = client.get(DAY)
    assert gone.status_code == 200
    assert "The draft it came from" not in gone.text


def test_a_day_without_plans_has_no_map_and_nothing_to_draw(desk: Counter) -> None:
    client = desk.client(MANAGER)
    assert "plan-map" not in client.get(DAY).text
    assert client.get(f"{DAY}/map.json").json["features"] == []
    assert client.get(f"{PLANS}/day/someday/map.json").status_code == 404
