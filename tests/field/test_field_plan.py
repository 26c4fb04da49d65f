"""The day's plan in force gives the order of the day, and the phone tells of its stops."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from field_phone import Phone
from field_town import MANAGER, now, open_alleged, settle_field
from planned_town import HALL, put_in_force

from cases.actors import Moment
from cases.models import Case, VisitOutcome
from cases.visits.comparing import adopted
from cases.visits.withdrawing import withdraw_plan
from geo.database import Database
from geo.streets.turns import TURNS
from reports.routes.plan import Risk
from webmap.field.words import words


@pytest.fixture
def cases(fresh_database: Database) -> list[int]:
    return settle_field(fresh_database)


def test_the_plan_in_force_gives_the_order_and_what_it_does_not_name_follows(
    phone: Phone, fresh_database: Database, cases: list[int]
) -> None:
    assert (phone.day()["order"], phone.day()["plan"]) == ("nearest", None)
    first, second, third = cases
    plan_id = put_in_force(fresh_database, [third, first], left=[second])
    day = phone.day()
    assert day["order"] == "plan"
    assert [each["case"] for each in day["stops"]] == [third, first, second]
    plan = day["plan"]
    assert (plan["id"], plan["from"]["label"], plan["made_by"]) == (
        plan_id,
        HALL.label,
        "M. Anager",
    )
    assert [each["keys"] for each in plan["stops"]] == [[f"case-{third}"], [f"case-{first}"]]
    assert [len(plan["legs"]), len(plan["drives"]), plan["estimated"]] == [3, 4, False]
    assert plan["legs"][0]["steps"][1]["turn"] == "left"
    assert plan["left"][0]["because"] == "No time was left"


def test_a_plan_that_was_withdrawn_is_shown_no_more_and_why_is_told(
    phone: Phone, fresh_database: Database, cases: list[int]
) -> None:
    plan_id = put_in_force(fresh_database, cases[:2])
    assert phone.day()["withdrawn"] is None
    with fresh_database.app.begin() as connection:
        withdraw_plan(
            connection, plan_id=plan_id, because="The storm", actor=MANAGER, moment=now()
        )  # fmt: skip
    day = phone.day()
    assert (day["plan"], day["order"]) == (None, "nearest")
    assert (day["withdrawn"]["by"], day["withdrawn"]["because"]) == ("M. Anager", "The storm")
    put_in_force(fresh_database, cases[:1])
    assert phone.day()["withdrawn"] is None


def test_a_stop_in_anothers_zone_is_part_of_the_day_and_a_closed_case_no_more(
    phone: Phone, fresh_database: Database, cases: list[int]
) -> None:
    with fresh_database.app.begin() as connection:
        law = connection.exec_driver_sql("SELECT id FROM lotline.law_pack").scalar_one()
        far = open_alleged(connection, law, lot=9)
    assert far not in [each["case"] for each in phone.day()["stops"]]
    put_in_force(fresh_database, [far, cases[0]])
    stops = phone.day()["stops"]
    assert [each["case"] for each in stops[:2]] == [far, cases[0]]
    assert stops[0]["why"] == "new"
    with fresh_database.owner.begin() as connection:
        ended = sa.update(Case).where(Case.id == far)
        connection.execute(ended.values(closed_on=now().on, phase="closed"))
    day = phone.day()
    assert far not in [each["case"] for each in day["stops"]]
    assert day["plan"]["stops"][0]["keys"] == [f"case-{far}"]
    assert day["waiting"] == 0


def test_coming_and_leaving_are_kept_once_however_often_they_are_told(
    phone: Phone, fresh_database: Database, cases: list[int]
) -> None:
    plan_id = put_in_force(fresh_database, cases[:2])
    one, two = (each["id"] for each in phone.day()["plan"]["stops"])
    came = datetime.now(UTC) - timedelta(minutes=9)
    left = came + timedelta(minutes=7)
    arrive = phone.deed("arrive", {"stop": one, "at": came.isoformat()})
    assert phone.told(arrive) == phone.told(arrive)
    leave = phone.deed("leave", {"stop": one, "at": left.isoformat()})
    assert [phone.told(leave)["status"] for _ in range(2)] == ["stored"] * 2
    skip = phone.deed("skip", {"stop": two, "at": left.isoformat(), "reason": "The road is closed"})
    assert phone.told(skip)["status"] == "stored"
    with fresh_database.app.connect() as connection:
        told = adopted(connection, plan_id)
    assert told is not None
    assert [each.arrived_at for each in told.stops] == [came, None]
    assert [each.left_at for each in told.stops] == [left, None]
    assert [each.skipped_because for each in told.stops] == [None, "The road is closed"]
    stops = phone.day()["plan"]["stops"]
    assert (stops[0]["arrived"] is None, stops[1]["skipped"]) == (False, "The road is closed")


def test_a_phone_whose_clock_is_ahead_comes_now_and_one_may_come_after_all(
    phone: Phone, fresh_database: Database, cases: list[int]
) -> None:
    put_in_force(fresh_database, cases[:1])
    (stop,) = (each["id"] for each in phone.day()["plan"]["stops"])
    ahead = (datetime.now(UTC) + timedelta(minutes=10)).isoformat()
    phone.told(phone.deed("skip", {"stop": stop, "at": ahead, "reason": "Rain"}))
    told = phone.told(phone.deed("arrive", {"stop": stop, "at": ahead}))
    assert told["status"] == "stored"
    with fresh_database.owner.connect() as connection:
        row = connection.execute(sa.select(VisitOutcome.__table__)).one()
    assert row.skipped_because is None
    assert row.arrived_at <= datetime.now(UTC)


def test_what_cannot_have_happened_waits_for_a_person_and_stops_nothing(
    phone: Phone, fresh_database: Database, cases: list[int]
) -> None:
    put_in_force(fresh_database, cases[:1])
    (stop,) = (each["id"] for each in phone.day()["plan"]["stops"])
    at = datetime.now(UTC).isoformat()
    left = phone.told(phone.deed("leave", {"stop": stop, "at": at}))
    assert (left["status"], "Nobody has come" in left["words"]) == ("conflict", True)
    strange = phone.told(phone.deed("arrive", {"stop": 999_999, "at": at}))
    assert strange["status"] == "conflict"
    assert phone.told(phone.deed("arrive", {"stop": stop, "at": at}))["status"] == "stored"


def test_the_rest_of_the_day_is_proposed_shown_and_taken_once(
    phone: Phone, fresh_database: Database, cases: list[int], by_day: Moment
) -> None:
    plan_id = put_in_force(fresh_database, cases[:2], begins=by_day.now, moment=by_day)
    stops = phone.day()["plan"]["stops"]
    asked = {
        "plan": plan_id, "here": [HALL.lon, HALL.lat], "left": [each["id"] for each in stops],
        "pinned": [], "add": [f"case-{cases[2]}"], "anew": False, "had_lunch": True,
    }  # fmt: skip
    answer = phone.send("POST", "/field/rest", json=asked)
    assert answer.status_code == 200, answer.text
    told = answer.json
    assert told["estimated"]
    assert told["dropped"] == []
    urgent = phone.stop(cases[2])["address"]
    wanted = sorted([*(each["label"] for each in stops), urgent])
    assert sorted(each["label"] for each in told["stops"]) == wanted
    assert told["before"]["order"] == [f"stop-{each['id']}" for each in stops]
    assert phone.day()["plan"]["id"] == plan_id
    take = {"proposal": told["proposal"], "key": "0190aaaa-0000-7000-8000-000000000001"}
    taken = [phone.send("POST", "/field/rest/take", json=take) for _ in range(2)]
    assert [each.status_code for each in taken] == [200, 200], taken[0].text
    assert taken[0].json == taken[1].json
    day = phone.day()
    assert (day["plan"]["id"], day["plan"]["supersedes"]) == (taken[0].json["plan"], plan_id)
    assert len(day["plan"]["stops"]) == len(told["stops"])


def test_a_proposal_beside_a_newer_plan_of_the_office_is_not_taken(
    phone: Phone, fresh_database: Database, cases: list[int], by_day: Moment
) -> None:
    plan_id = put_in_force(fresh_database, cases[:2], begins=by_day.now, moment=by_day)
    stops = [each["id"] for each in phone.day()["plan"]["stops"]]
    asked = {"plan": plan_id, "here": [HALL.lon, HALL.lat], "left": stops, "pinned": [stops[1]]}
    told = phone.send("POST", "/field/rest", json=asked).json
    put_in_force(fresh_database, cases[1:], instead_of=plan_id, begins=by_day.now, moment=by_day)
    take = {"proposal": told["proposal"], "key": "0190aaaa-0000-7000-8000-000000000002"}
    refused = phone.send("POST", "/field/rest/take", json=take)
    assert refused.status_code == 409
    assert "already" in refused.json["error"]
    again = phone.send("POST", "/field/rest", json=asked)
    assert again.status_code == 400
    assert "another plan for you by now" in again.json["error"]
    broken = phone.send(
        "POST", "/field/rest/take", json={**take, "proposal": "x" + take["proposal"]}
    )
    assert (broken.status_code, "too old" in broken.json["error"]) == (400, True)


def test_a_way_through_places_is_told_and_nonsense_is_refused_in_words(phone: Phone) -> None:
    places = [[HALL.lon, HALL.lat], [-80.4, 27.3], [-80.399, 27.301]]
    answer = phone.send("POST", "/field/way", json={"places": places})
    assert answer.status_code == 200, answer.text
    assert (answer.json["legs"], answer.json["estimated"]) == (None, True)
    assert [len(each) for each in answer.json["drives"]] == [3, 3, 3]
    for wrong in ({"places": places[:1]}, {"places": [[200, 0], [0, 0]]}, {"ways": 1}, []):
        refused = phone.send("POST", "/field/way", data=json.dumps(wrong))
        assert refused.status_code == 400
        assert "not understood" in refused.json["error"]


def test_every_turn_has_its_words(phone: Phone) -> None:
    with phone.client.application.test_request_context():
        said = words()
    assert {f"turn.{each}" for each in TURNS} <= set(said)
    assert {f"turn.{name}": text for name, text in TURNS.items()} == {
        key: said[key] for key in (f"turn.{each}" for each in TURNS)
    }
    assert {f"risk.{each}" for each in Risk if each is not Risk.WAITS} <= set(said)
