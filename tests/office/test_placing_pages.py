"""A case that is tied to no parcel is put on the map from its own page, before all else."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
import sqlalchemy as sa
from counter import CLERK, JUDGE, MANAGER, OFFICER, Counter, filled
from desk import OFFICER as RIVERA
from desk import day

from cases.models import Case
from cases.opening import open_case
from cases.tying import Whereabouts

type On = Callable[[int], Counter]
STATED = "330 Magnolia St"


@pytest.fixture
def lost(town: sa.Connection, law: int) -> int:
    return open_case(
        town, category="High grass", law_pack_id=law, actor=RIVERA, moment=day(6, 1),
        place=Whereabouts(
            parcel_no=None, address=STATED, point=None, opened_on=date(2026, 6, 1)
        ),
    )  # fmt: skip


def _aside(desk: Counter) -> str:
    return desk.page(CLERK).partition('class="case-aside"')[2].partition("<section")[0]


def test_what_leads_a_case_on_no_parcel_is_to_say_where_it_is_until_somebody_does(
    on_case: On, lost: int
) -> None:
    desk = on_case(lost)
    assert f"<h1>{STATED}</h1>" in desk.page(CLERK)
    assert "no map and no officer's zone has it" in _aside(desk).replace("&#39;", "'")
    assert all(desk.leads(role)[0] == "case.place" for role in (OFFICER, CLERK, MANAGER))
    assert ("case.place", lost) not in desk.offers(JUDGE)
    assert "We know no parcel or address" in desk.refusal(CLERK, "case.place", where="9 Elm")
    nowhere = desk.send(CLERK, "case.place").text
    assert "put a point on the map" in nowhere
    assert all(f'id="{each}"' in nowhere for each in ("where-error", "point-map"))
    desk.do(OFFICER, "case.place", point="27.2995, -80.3975")
    assert "It lies at a point on no parcel." in _aside(desk)
    assert "case.place" not in desk.leads(CLERK)  # a person has said so
    desk.do(CLERK, "case.place", where="102 alder st")
    assert "Parcel A-2" in _aside(desk)
    assert STATED in _aside(desk)  # what was said stays
    assert ("case.place", lost) not in desk.offers(CLERK)


def test_before_a_case_is_placed_beside_an_open_one_of_its_kind_it_is_said_once(
    on_case: On, lost: int, law: int, town: sa.Connection
) -> None:
    there = open_case(
        town, category="High grass", law_pack_id=law, actor=RIVERA, moment=day(6, 1),
        place=Whereabouts(
            parcel_no="A-2", address=None, point=None, opened_on=date(2026, 6, 1)
        ),
    )  # fmt: skip
    number = town.scalar(sa.select(Case.number).where(Case.id == there))
    desk = on_case(lost)
    answer = desk.send(CLERK, "case.place", where="102 alder st").text
    assert f"{number}, of the same kind, is open on that parcel" in answer
    assert "Parcel A-2" not in _aside(desk)
    again = filled(answer)["warned_of"]
    desk.send(CLERK, "case.place", where="102 alder st", warned_of=again)
    assert "Parcel A-2" in _aside(desk)


def test_lists_say_where_a_case_is_by_the_words_it_was_reported_with(
    on_case: On, lost: int
) -> None:
    desk = on_case(lost)
    client = desk.client(CLERK)
    table, beside = (client.get(f"/office/{each}").text for each in ("cases", "map/list"))
    assert f">{STATED}</a></th>" in table
    assert f'<span class="where">{STATED}</span>' in beside
    sent = {**filled(client.get(desk.way("case.assign", None, CLERK)).text), "what": "assign"}
    assert STATED in client.post("/office/cases/many", data=sent | {"case": str(lost)}).text


def test_beside_the_map_it_says_how_many_cases_have_no_place_on_it_with_their_list(
    on_case: On, lost: int
) -> None:
    desk = on_case(lost)
    client = desk.client(CLERK)
    area = "-80.4,27.3;-80.39,27.3;-80.39,27.31"
    for query in ("", f"?area={area}"):
        beside = client.get(f"/office/map/list{query}").text
        link = re.search(r'href="([^"]*)">1 case has no place on the map', beside)
        assert link
    listed = client.get(unescape(link[1])).text
    assert STATED in listed
    assert "with no place on the map" in listed
    desk.do(CLERK, "case.place", where="102 alder st")
    assert "no place on the map" not in client.get("/office/map/list").text


def test_a_case_in_no_zone_is_offered_to_no_officer_of_its_zone(on_case: On, lost: int) -> None:
    desk = on_case(lost)
    client = desk.client(CLERK)
    asked = client.get(desk.way("case.assign", None, CLERK)).text
    assert "nobody yet: it lies in no officer" in asked
    assert "in no officer's zone until it is placed" in desk.refusal(
        CLERK, "case.assign"
    ).replace("&#39;", "'")  # fmt: skip
    sent = {**filled(asked), "what": "assign", "case": str(lost), "officer": ""}
    answer = client.post("/office/cases/many", data=sent).text
    assert "until it is placed" in answer
    assert not re.search(r"It would go from|Do it in", answer)
