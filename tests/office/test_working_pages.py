"""A manager says who works when and what a visit is worth; nothing that was typed is lost."""

import re
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from counter import CLERK, MANAGER, OFFICER, Counter, filled, wrongs

from cases.models import WorkingException
from cases.visiting.kinds import Kind
from cases.visiting.setting import settings_in_force
from cases.working.needed import Need, certification_needs
from cases.working.reading import office_place, terms_or_usual

type On = Callable[[int], Counter]
WEEK = "/office/working-days"
WORTH = "/office/visit-worth"


@pytest.fixture
def desk(on_case: On, case: int) -> Counter:
    return on_case(case).at(6, 15)


def _theirs(desk: Counter) -> str:
    return f"{WEEK}/{desk.staff[OFFICER]}"


def _send(desk: Counter, there: str, **typed: Any) -> Any:
    client = desk.client(MANAGER)
    said = filled(client.get(there).text)
    return client.post(there, data={**said, **typed})


def test_the_week_of_an_officer_is_said_and_shown(desk: Counter, town: sa.Connection) -> None:
    manager = desk.client(MANAGER)
    page = manager.get(WEEK).text
    assert "usual hours: nobody has said others" in page
    assert "8:00 AM to 5:00 PM" in page
    assert "Juneteenth" not in page
    done = _send(
        desk, _theirs(desk), begins_at_0="06:30", ends_at_0="14:00", lunch_from_0="10:00",
        lunch_until_0="11:00", begins_at_4="", ends_at_4="", lunch_from_4="", lunch_until_4="",
        lunch_minutes_4="", starts="A-1", overtime_minutes="45", zones="soft",
    )  # fmt: skip
    assert done.status_code == 302, wrongs(done.text)
    page = manager.get(WEEK).text
    assert "6:30 AM to 2:00 PM" in page
    assert "not worked" in page
    terms = terms_or_usual(town, desk.staff[OFFICER])
    assert terms.starts is not None
    assert (terms.starts.lon, terms.starts.lat) == pytest.approx((-80.3985, 27.3005), abs=1e-6)
    assert (terms.overtime_minutes, terms.zones) == (45, "soft")
    assert set(terms.week) == {0, 1, 2, 3}
    theirs = manager.get(_theirs(desk)).text
    assert "A. Stone: said how the officer works" in theirs
    assert 'value="06:30' in theirs


def test_what_is_wrong_is_told_beside_its_field_with_what_was_typed(desk: Counter) -> None:
    answer = _send(desk, _theirs(desk), begins_at_1="09:00", ends_at_1="08:00", starts="9 Nowhere")
    told = wrongs(answer.text)
    assert "Tuesday: Ends" in told
    assert "give an end that is later on the same day" in told
    assert "9 Nowhere" in answer.text
    half = _send(desk, _theirs(desk), lunch_minutes_2="")
    assert "Wednesday: Minutes of lunch : Of lunch give all three" in wrongs(half.text)
    nowhere = _send(desk, _theirs(desk), starts="9 Zyx Nowhere Blvd")
    assert "No address and no parcel is called so" in wrongs(nowhere.text)
    beyond = _send(desk, _theirs(desk), ends="127.5, -80.3")
    assert "nowhere on earth" in wrongs(beyond.text)


STREET = """INSERT INTO lotline.street
        (source_key, rank, content_sha, import_run_id, source_row, geom, geom_3857)
    SELECT 'x', 3, '', (SELECT min(id) FROM lotline.import_run), 1, line, ST_Transform(line, 3857)
    FROM ST_GeomFromText('MULTILINESTRING((-80.399 27.3, -80.397 27.3))', 4326) AS line"""


def test_no_day_starts_in_the_water_once_the_streets_are_known(
    desk: Counter, town: sa.Connection
) -> None:
    at_sea = "27.3000, -79.9000"
    assert _send(desk, _theirs(desk), starts=at_sea).status_code == 302
    town.exec_driver_sql(STREET)
    kept = _send(desk, _theirs(desk), overtime_minutes="15")  # what stands there is left alone
    assert kept.status_code == 302, wrongs(kept.text)
    there = f"{WEEK}/town"
    told = _send(desk, there, office="27.3000, -79.8000")
    assert "No street of the town is near that place" in wrongs(told.text)
    assert "27.3000, -79.8000" in told.text
    assert _send(desk, there, office="27.3050, -80.3980").status_code == 302


def test_two_managers_do_not_overwrite_each_other(desk: Counter) -> None:
    client = desk.client(MANAGER)
    seen = filled(client.get(_theirs(desk)).text)
    assert client.post(_theirs(desk), data={**seen, "overtime_minutes": "30"}).status_code == 302
    late = client.post(_theirs(desk), data={**seen, "overtime_minutes": "60"})
    assert "was changed while you wrote" in wrongs(late.text)
    again = client.post(_theirs(desk), data={**seen, "overtime_minutes": "30"})
    assert again.status_code == 302  # sent twice, it is one


def test_leave_is_noted_once_and_taken_back(desk: Counter, town: sa.Connection) -> None:
    client = desk.client(MANAGER)
    there = f"{_theirs(desk)}/away"
    assert "Why somebody is away is not kept here." in client.get(there).text
    said = filled(client.get(there).text) | {"first_day": "2026-06-16", "last_day": "2026-06-17"}
    for _ in range(2):
        assert client.post(there, data=said).status_code == 302
    assert len(town.execute(sa.select(WorkingException.id)).all()) == 1
    assert client.get(WEEK).text.count("<strong>away</strong>") == 2
    shorter = _send(desk, there, kind="hours", first_day="2026-06-18", begins_at="08:00")
    assert "Say from when to when" in wrongs(shorter.text)
    page = client.get(_theirs(desk)).text
    assert "Jun 16, 2026 to Jun 17, 2026: away" in page
    exception = re.search(r'name="exception" value="(\d+)"', page)
    assert exception is not None
    back = {"csrf_token": filled(page)["csrf_token"], "exception": exception[1]}
    for told in ("It is on record.", "These days are noted no more"):
        gone = client.post(f"{_theirs(desk)}/take-back", data=back, follow_redirects=True)
        assert told in gone.text
    assert "<strong>away</strong>" not in client.get(WEEK).text
    odd = client.post(f"{_theirs(desk)}/take-back", data={**back, "exception": "x"})
    assert odd.status_code == 302


def test_the_office_and_the_certifications_hold_of_every_officer(
    desk: Counter, town: sa.Connection
) -> None:
    there = f"{WEEK}/town"
    done = _send(desk, there, office="27.3005, -80.3985", certifications="Pools\n Mold \n\n")
    assert done.status_code == 302
    office = office_place(town)
    assert office is not None
    assert (office.lon, office.lat) == (-80.3985, 27.3005)
    page = desk.client(MANAGER).get(WEEK).text
    assert page.index(">Mold</a>") < page.index(">Pools</a>")
    assert "27.30050, -80.39850" in page
    assert _send(desk, _theirs(desk), certifications=["Pools"]).status_code == 302
    refused = _send(desk, there, certifications="Mold")
    assert "Somebody is certified for Pools" in wrongs(refused.text)


def test_no_other_house_is_taken_for_the_one_that_was_typed(
    desk: Counter, town: sa.Connection
) -> None:
    town.exec_driver_sql(
        "INSERT INTO lotline.street_name SELECT DISTINCT street_key, street "
        "FROM lotline.situs_address ON CONFLICT DO NOTHING"
    )
    there = f"{WEEK}/town"
    refused = _send(desk, there, office="109 Alder St")
    assert "No number 109 is on record there. Nearest: " in wrongs(refused.text)
    assert office_place(town) is None
    assert _send(desk, there, office="101 alder street").status_code == 302
    office = office_place(town)
    assert office is not None
    assert office.label == "101 Alder St"


def test_a_manager_says_which_visits_need_a_certification(
    desk: Counter, town: sa.Connection
) -> None:
    _send(desk, f"{WEEK}/town", certifications="Pools & spas")
    assert "needed for no visit yet" in desk.client(MANAGER).get(WEEK).text
    there = f"{WEEK}/needed?of=Pools+%26+spas"
    page = desk.client(MANAGER).get(there).text
    assert "Visits that need “Pools &amp; spas”" in page
    town.execute(sa.text("UPDATE lotline.staff SET language = 'es'"))
    spanish = desk.client(MANAGER).get(there).text
    words = re.findall(r'name="categories"[^>]*><span>([^<]*)</span>', spanish)
    assert words == sorted(words)
    assert "Césped alto" in words
    town.execute(sa.text("UPDATE lotline.staff SET language = 'en'"))
    for _ in range(2):  # sent twice, it is one
        done = _send(desk, there, categories=["High grass"], kinds=["posting"])
        assert done.status_code == 302, wrongs(done.text)
    grass = Need(categories=frozenset({"High grass"}), kinds=frozenset({Kind.POSTING}))
    assert certification_needs(town).by_code == {"Pools & spas": grass}
    page = desk.client(MANAGER).get(WEEK).text
    assert "needed for High grass, Posting of a notice" in page
    assert page.count("Pools &amp; spas is needed for High grass, Posting of a notice") == 1
    refused = _send(desk, f"{WEEK}/town", certifications="")
    assert "Pools &amp; spas is needed for some visits" in wrongs(refused.text)
    wrong = _send(desk, there, categories=["Juggling"])
    assert "Every visit in these kinds of cases" in wrongs(wrong.text)
    assert _send(desk, there, categories=[], kinds=[]).status_code == 302
    assert certification_needs(town).by_code == {}
    gone = desk.client(MANAGER).get(f"{WEEK}/needed?of=Juggling", follow_redirects=True)
    assert "The town names no such certification" in gone.text


def test_a_worth_is_set_in_minutes_told_with_its_history_and_set_back(
    desk: Counter, town: sa.Connection
) -> None:
    client = desk.client(MANAGER)
    page = client.get(WORTH).text
    assert "Nothing was changed yet" in page
    assert "Empty: 15 minutes. Learned once 20 are known" in page
    assert _send(desk, WORTH, priority_1="90", time_posting="12").status_code == 302
    assert settings_in_force(town).said == {"priority_1": 5400, "time_posting": 720}
    page = client.get(WORTH).text
    assert "90 minutes" in page
    assert _send(desk, WORTH, priority_1="", time_posting="").status_code == 302
    assert settings_in_force(town).said == {}
    told = "Empty: as the streets say. Learned once 30 are known; so far: 0 drives of the last half"
    assert page.count(told) == 3
    said = {"drive_morning": "130", "drive_midday": "100"}
    assert _send(desk, WORTH, **said).status_code == 302
    assert settings_in_force(town).said == {"drive_morning": 130, "drive_midday": 100}
    assert "130 percent" in client.get(WORTH).text
    assert "Give 50 to 300 percent." in wrongs(_send(desk, WORTH, drive_midday="20").text)
    refused = _send(desk, WORTH, priority_2="481", goal_days="0")
    assert "Give 0 to 480 minutes." in wrongs(refused.text)
    assert 'value="481"' in refused.text


def test_a_manager_finds_the_pages_where_they_are_looked_for_and_nobody_else_is_sent(
    desk: Counter,
) -> None:
    ways = {"/office/": (WEEK, WORTH), "/office/zones": (WEEK,), "/office/appointments": (WEEK,)}
    for page, leads in ways.items():
        for role, there in ((MANAGER, True), (OFFICER, False)):
            shown = desk.client(role).get(page).text
            assert [f'href="{way}' in shown for way in leads] == [there] * len(leads), (page, role)


def test_the_pages_are_a_managers_alone(desk: Counter) -> None:
    manager = desk.client(MANAGER)
    for page in (WEEK, WORTH):
        assert manager.get(page).status_code == 200
        for role in (OFFICER, CLERK):
            assert desk.client(role).get(page).status_code == 403
    assert manager.get(f"{WEEK}/{desk.staff[CLERK]}").status_code == 404
