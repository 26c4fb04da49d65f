"""A manager asks for balanced zones, holds them against today's, and puts them in force."""

import re
from collections import Counter as Counted
from dataclasses import replace
from typing import Any

import pytest
import shapely
import sqlalchemy as sa
from counter import CLERK, MANAGER, OFFICER, Counter, filled, wrongs
from drafted_zones import draft_zones, proposal_of
from seats import hire

from cases import zone_drafts
from cases.drawings import drawings
from cases.models import ZoneDraft
from cases.workflow.roles import Role
from geo.layers import Zone
from webmap.office.zone_shown import shown_zones

BALANCE = "/office/zones/balance"


@pytest.fixture
def desk(counter: Counter, law: int) -> Counter:
    assert law
    return counter.at(6, 15)


@pytest.fixture
def draft(desk: Counter, town: sa.Connection) -> str:
    hire(town, Role.OFFICER, name="K. Cole")
    return f"{BALANCE}/{draft_zones(town, now=desk.clock.now())}"


def _post(desk: Counter, there: str, *, of: str | None = None, **typed: Any) -> Any:
    client = desk.client(MANAGER)
    said = filled(client.get(of or there).text)
    return client.post(there, data={**said, **typed})


def _zones(town: sa.Connection) -> list[tuple[str, str | None]]:
    query = sa.select(Zone.name, Zone.officer_name).where(Zone.kind == "officer")
    return [(each.name, each.officer_name) for each in town.execute(query.order_by(Zone.name))]


def test_zones_are_asked_for_from_the_pages_of_zones_and_of_reports(desk: Counter) -> None:
    for page in ("/office/zones", "/office/reports"):
        assert f'href="{BALANCE}"' in desk.client(MANAGER).get(page).text
        assert f'href="{BALANCE}"' not in desk.client(CLERK).get(page).text
    assert desk.client(OFFICER).get(BALANCE).status_code == 403
    page = desk.client(MANAGER).get(BALANCE).text
    for words in ("as many as today, which are 2", "Nobody has asked for zones yet",
                  'value="2025-06-16"', 'value="2026-06-15"'):  # fmt: skip
        assert words in page


def test_what_is_asked_is_acknowledged_at_once_and_queued_once(
    desk: Counter, town: sa.Connection
) -> None:
    client = desk.client(MANAGER)
    asked = {**filled(client.get(BALANCE).text), "keeping": "3", "seed": "4"}
    first = client.post(BALANCE, data=asked)
    assert first.status_code == 303, wrongs(first.text)
    assert client.post(BALANCE, data=asked).location == first.location
    (row,) = town.execute(sa.select(ZoneDraft.__table__)).all()
    assert row.asked == {
        "zones": 2, "first": "2025-06-16", "last": "2026-06-15", "ratio": 1.1, "keeping": 3.0,
        "seed": 4,
    }  # fmt: skip
    waits = client.get(first.location).text
    for words in ("It waits its turn", "data-waits=", "Call it off", "2 zones"):
        assert words in waits
    assert client.get(f"{first.location}/adopt").location == first.location
    assert client.get(f"{first.location}/proposed.json").status_code == 404
    _post(desk, f"{first.location}/stop", of=BALANCE)
    over = client.get(first.location).text
    assert "It was called off before zones were found." in over
    assert "data-waits=" not in over
    again = client.get(f"{BALANCE}?again={row.id}").text
    assert filled(again)["keeping"] == "3"
    assert filled(again)["seed"] == "4"
    gone = _post(desk, f"{first.location}/discard", of=BALANCE)
    assert gone.location == BALANCE
    assert client.get(first.location).status_code == 404


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"zones": "0"}, "Zones: Number must be between 1 and 200."),
        ({"zones": "201"}, "Zones: Number must be between 1 and 200."),
        ({"zones": "many"}, "Zones: Not a valid integer value."),
        ({"zones": "9" * 5000}, "Zones: Not a valid integer value."),
        ({"first": ""}, "Work from: This is needed."),
        ({"first": "2026-02-30"}, "Work from: Not a valid date value."),
        ({"first": "2026-06-15", "last": "2026-06-14"}, "Work until: The days end on"),
        ({"first": "1999-01-01"}, "Work from: The days begin on"),
        ({"first": "0001-01-01", "last": "0001-06-01"}, "Work until: Jun 1, 1 is too long ago"),
        ({"first": "1899-12-31", "last": "1900-01-01"}, "Work from: Dec 31, 1899 is too long"),
        ({"last": "2026-06-16"}, "Work until: Jun 16, 2026 is to come"),
        ({"keeping": "7"}, "counts: Not a valid choice."),
        ({"ratio": "nan"}, "Largest share at the most: Number must be between 1.01 and 3.0."),
        ({"ratio": "0.5"}, "Largest share at the most: Number must be between 1.01 and 3.0."),
        ({"ratio": "x"}, "Largest share at the most: Not a valid float value."),
        ({"seed": "-1"}, "Try: Number must be between 0 and 2147483647."),
        ({"seed": "1\0"}, "Try: "),
        ({"key": "x"}, "Open this page anew"),
    ],
)
def test_what_cannot_be_asked_is_said_beside_its_field(
    desk: Counter, town: sa.Connection, typed: dict[str, str], told: str
) -> None:
    answer = _post(desk, BALANCE, **typed)
    assert answer.status_code == 200
    assert told in re.sub(r"<[^>]+>", "", answer.text)
    assert town.execute(zone_drafts.newest()).all() == []


def test_how_far_it_is_and_why_it_failed_are_told(desk: Counter, town: sa.Connection) -> None:
    client = desk.client(MANAGER)
    there = _post(desk, BALANCE).location
    draft_id, now = int(there.rpartition("/")[2]), desk.clock.now()
    zone_drafts.claim(town, draft_id, now=now)
    zone_drafts.progress(town, draft_id, now=now, step="Sharing out the work", share=0.4)
    page = client.get(there).text
    for words in ("Sharing out the work, 40 %", "Stop and keep the best", 'value="0.4"'):
        assert words in page
    sent = {"csrf_token": filled(client.get(BALANCE).text)["csrf_token"]}
    refused = client.post(f"{there}/discard", data=sent)
    assert refused.location == there
    assert "those being made are stopped first" in client.get(there).text
    _post(desk, f"{there}/stop", of=BALANCE)
    assert "It ends now, with the best zones so far." in client.get(there).text
    zone_drafts.fail(town, draft_id, because="No parcels are loaded yet.", now=now)
    page = client.get(there).text
    for words in (
        "No zones could be made. No parcels are loaded yet.",
        "Ask for other zones",
        "Discard it",
    ):
        assert words in page


def test_a_draft_holds_the_zones_against_todays(desk: Counter, draft: str) -> None:
    client = desk.client(MANAGER)
    page = client.get(draft).text
    text = " ".join(re.sub(r"<[^>]+>", " ", page).replace("\N{EN DASH}", "-").split())
    assert "As the report of hours counts" not in text  # a draft made before that was told
    for words in ("1.20 times the smallest; today 3.10 times", "2 h today 2 h 10 min",
                  "and 5 % more that is laid on all",
                  "driving is a straight-line estimate", "Zone 3 new nobody 50 83 %",
                  "A Zone 1 Officer 1 60 today 90 100 % today 100 % 42 min today 42 min",
                  "4 2 come 3 1 comes", "All zones 180 today 180 - "):  # fmt: skip
        assert words in text, words
    proposed = client.get(f"{draft}/proposed.json").json["features"]
    areas = [each for each in proposed if each["geometry"]["type"] != "Point"]
    names = [each["properties"]["label"] for each in proposed if each not in areas]
    assert names == ["A · Zone 1", "B · Zone 2", "C · Zone 3"]
    assert areas[0]["properties"]["says"] == ["A · Zone 1", "Officer 1", "60 h of work"]
    today = client.get(f"{draft}/today.json").json["features"]
    assert [each["properties"]["says"][0] for each in today] == ["today: Zone 1", "today: Zone 2"]
    keys = re.findall(r'data-row="(\d+)"', page)
    assert {each["properties"]["key"] for each in (*proposed, *today)} == set(keys)


def test_what_the_report_of_hours_counts_is_told_beside_and_leads_there(
    desk: Counter, town: sa.Connection
) -> None:
    draft_id = draft_zones(town, now=desk.clock.now(), reported=1.07, reported_before=7.98)
    client = desk.client(MANAGER)
    page = client.get(f"{BALANCE}/{draft_id}").text
    text = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "As the report of hours counts 1.07 times today 7.98 times" in text
    (there,) = re.findall(r'href="(/office/reports/workload[^"]*)"', page)
    assert "since=2025-06-16&amp;until=2026-06-15" in there
    asked = client.get(there.replace("&amp;", "&"))
    assert asked.status_code in {200, 302, 303}


def test_zones_beside_each_other_are_not_drawn_alike(town: sa.Connection) -> None:
    """With more zones than looks, a zone has none that one it touches has."""
    first, *_ = proposal_of(town).zones
    across = [shapely.box(at % 7, at // 7, at % 7 + 1, at // 7 + 1) for at in range(21)]
    zones = [
        replace(first, zone_id=at, name=f"Zone {at}", shape=shape)
        for at, shape in enumerate(across)
    ]
    shown = shown_zones(proposal_of(town, zones=zones))
    looks = [each.mark.look["route"] for each in shown if each.mark]
    assert looks[:8] == [str(1 + at) for at in range(8)]
    for at, one in enumerate(across):
        beside = [other for other, there in enumerate(across) if other != at and one.touches(there)]
        assert looks[at] not in {looks[other] for other in beside}
    assert len({each.mark.letter for each in shown if each.mark}) == 21
    assert max(Counted(looks).values()) <= 4


def test_what_follows_is_told_before_zones_are_adopted_and_what_was_stays_on_record(
    desk: Counter, town: sa.Connection, case: int, draft: str
) -> None:
    assert case
    client = desk.client(MANAGER)
    page = client.get(f"{draft}/adopt").text
    assert "open case" in page
    assert "Adopt these zones" in page
    assert re.search(r"\d complaints? that nobody has decided lies? in another zone", page)
    said = filled(page)
    assert (said["name_2"], said["officer_2"]) == ("Zone 3", "K. Cole")
    assert _zones(town) == [("Zone 1", "Officer 1"), ("Zone 2", "Officer 2")]
    named = {**said, "name_2": "Harbor", "adopt": "1"}
    shown = client.post(f"{draft}/adopt", data=named)
    assert shown.status_code == 200  # another name was not shown yet
    done = client.post(f"{draft}/adopt", data={**filled(shown.text), "adopt": "1"})
    assert (done.status_code, done.location) == (303, "/office/zones")
    assert _zones(town) == [
        ("Harbor", "K. Cole"), ("Zone 1", "Officer 1"), ("Zone 2", "Officer 2")
    ]  # fmt: skip
    assert {each.name for each in town.execute(drawings())} == {"Harbor", "Zone 1"}
    zones = client.get("/office/zones").text
    assert "The zones are in force." in zones
    assert "drew Harbor" in zones
    after = client.get(draft).text
    assert "adopted by" in after
    assert re.search(r"the smallest; before\s+3\.10 times", after)
    assert "before: 90" in after
    assert "today 90" not in after
    assert "Adopt it" not in after
    assert client.get(f"{draft}/adopt").location == draft
    sent = {"csrf_token": filled(client.get(BALANCE).text)["csrf_token"]}
    kept = client.post(f"{draft}/discard", data=sent)
    assert kept.location == draft
    assert "Zones that were adopted stay on record" in client.get(draft).text


def test_zones_that_were_changed_since_are_refused_in_words(
    desk: Counter, town: sa.Connection, draft: str
) -> None:
    client = desk.client(MANAGER)
    said = {**filled(client.get(f"{draft}/adopt").text), "adopt": "1"}
    town.execute(sa.update(Zone).where(Zone.code == "2").values(content_sha=b"other"))
    for answer in (client.post(f"{draft}/adopt", data=said), client.get(f"{draft}/adopt")):
        assert answer.status_code == 200
        assert "Zones were changed since these were proposed" in answer.text
        assert "Adopt these zones" not in answer.text
        assert "Ask for other zones" in answer.text
    assert _zones(town) == [("Zone 1", "Officer 1"), ("Zone 2", "Officer 2")]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"name_0": ""}, "This is needed."),
        ({"name_0": "zone 2"}, "Two zones are called"),
        ({"name_0": "x" * 300}, "Give each zone a name of 1 to"),
        ({"officer_0": "Nobody such"}, "Not a valid choice"),
        ({"told": "x:y", "adopt": "1"}, "Adopt these zones"),
    ],
)
def test_bad_names_and_officers_are_refused_in_words(
    desk: Counter, town: sa.Connection, draft: str, typed: dict[str, str], told: str
) -> None:
    answer = _post(desk, f"{draft}/adopt", **typed)
    assert answer.status_code == 200
    assert told in answer.text
    assert _zones(town) == [("Zone 1", "Officer 1"), ("Zone 2", "Officer 2")]


def test_a_draft_is_shown_where_the_town_had_no_zones_and_where_one_ends(
    desk: Counter, town: sa.Connection
) -> None:
    made = proposal_of(town)
    first, second, third = made.zones
    new = [replace(each, zone_id=None, before=None, outline_before=None) for each in made.zones]
    none = draft_zones(
        town, now=desk.clock.now(), zones=new, ratio_before=None, driven_before=None, seen={}
    )
    page = desk.client(MANAGER).get(f"{BALANCE}/{none}").text
    assert "today no zone to hold against" in " ".join(re.sub(r"<[^>]+>", " ", page).split())
    ends = [first, replace(second, shape=None, after=None), third]
    ending = draft_zones(town, now=desk.clock.now(), zones=ends)
    page = desk.client(MANAGER).get(f"{BALANCE}/{ending}").text
    assert '<span class="status">ends</span>' in page
    told = desk.client(MANAGER).get(f"{BALANCE}/{ending}/adopt").text
    assert "Zone 2 is no officer" in told
