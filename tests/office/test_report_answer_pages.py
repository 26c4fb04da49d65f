"""A manager asks for a report, sees its answer, and opens the very cases that a figure counts."""

import json
import re
from datetime import date
from html import unescape

import pytest
import sqlalchemy as sa
from answered import answered
from counter import CLERK, JUDGE, MANAGER, OFFICER, Counter

from cases.models import Case
from reports.answers.options import OptionKind, Value
from reports.registry import REPORTS
from reports.runs import running

REPORTS_PAGE = "/office/reports"


@pytest.fixture
def desk(counter: Counter, case: int, violation: int) -> Counter:
    """A counter in a town with a verified case."""
    assert case
    assert violation
    return counter


def made(desk: Counter, name: str = "heatmap", **values: Value) -> str:
    """Have a report answered now; gives the address of its page."""
    with desk.engine.begin() as connection:
        run_id = answered(connection, name, now=desk.clock.now(), **{"status": "all", **values})
    return f"{REPORTS_PAGE}/runs/{run_id}"


def guard(page: str) -> dict[str, str]:
    """Return what guards a page's forms."""
    return {"csrf_token": re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', page)[0]}


def test_every_report_is_on_the_page_with_the_question_it_answers(desk: Counter) -> None:
    page = desk.client(MANAGER).get(REPORTS_PAGE).text
    for report in REPORTS.values():
        assert f'href="{REPORTS_PAGE}/{report.name}"' in page
        assert report.answers in unescape(page)
    assert "Nobody has asked for a report yet." in page


def test_whoever_does_not_manage_or_keep_the_office_is_not_shown_the_way(desk: Counter) -> None:
    for role in (OFFICER, JUDGE):
        assert desk.client(role).get(REPORTS_PAGE).status_code == 403
        assert f'href="{REPORTS_PAGE}"' not in desk.client(role).get("/office/cases").text
    assert desk.client(CLERK).get(REPORTS_PAGE).status_code == 200


def test_asking_queues_it_once_and_says_how_far_it_is(desk: Counter, town: sa.Connection) -> None:
    client = desk.client(MANAGER)
    first, again = (client.get(f"{REPORTS_PAGE}/repeat?years=3") for _ in range(2))
    assert first.status_code == 302
    assert first.location == again.location
    waits = client.get(first.location).text
    assert "It waits its turn." in waits
    assert "Years: <strong>3</strong>" in waits
    run_id = int(first.location.rpartition("/")[2])
    assert running.claim(town, run_id, now=desk.clock.now())
    running.progress(town, run_id, doing="Counting cases", share=0.5, now=desk.clock.now())
    assert "Counting cases, 50 %" in client.get(first.location).text


def test_what_a_mark_says_is_told_in_the_readers_language(desk: Counter) -> None:
    with desk.engine.begin() as connection:
        run_id = answered(
            connection, "adhoc", now=desk.clock.now(), by="parcel", draw="map", then="none"
        )
    page, client = f"{REPORTS_PAGE}/runs/{run_id}", desk.client(MANAGER)
    assert "data-says" not in client.get(page).text, "English lies in the layer"
    shown = client.get(page, headers={"Accept-Language": "es"}).text
    (way,) = re.findall(r'data-says="([^"]+/says/0)"', shown)
    english = client.get(page + "/layers/groups.json").json["features"][0]["properties"]["says"]
    assert english[-1] == "Cases: 1"
    spanish = client.get(way, headers={"Accept-Language": "es"}).json
    assert spanish[-1] == "Casos: 1"
    assert len(spanish) == len(english)
    assert client.get(way.replace("says/0", "says/1")).status_code == 404


def test_a_report_that_waits_can_be_called_off(desk: Counter) -> None:
    client = desk.client(MANAGER)
    asked = client.get(f"{REPORTS_PAGE}/repeat").location
    done = client.post(f"{asked}/stop", data=guard(client.get(asked).text))
    assert done.status_code == 303
    assert "It was stopped before it was made." in client.get(asked).text


def test_the_form_shows_what_is_asked_where_nothing_is_chosen(desk: Counter) -> None:
    for report in REPORTS.values():
        page = desk.client(MANAGER).get(f"{REPORTS_PAGE}/{report.name}/ask").text
        for option in report.options:
            if option.kind is not OptionKind.CHOICE:
                continue
            box = page.partition(f'name="{option.key}"')[2].partition("</select>")[0]
            (shown,) = re.findall(r'<option value="([^"]*)" selected>', box)
            assert shown == "", (report.name, option.key)


def test_what_cannot_be_asked_is_said_at_its_field_and_nothing_is_queued(
    desk: Counter, town: sa.Connection
) -> None:
    page = desk.client(MANAGER).get(f"{REPORTS_PAGE}/repeat?years=0&zone=1")
    assert page.status_code == 200
    assert "The years 0 cannot be asked for: give a number from 1 to 100." in page.text
    assert 'id="ask-years-error"' in page.text
    assert not town.execute(running.newest(reader=desk.staff[MANAGER])).all()


def test_days_turned_round_are_refused_at_the_last_of_them(
    desk: Counter, town: sa.Connection
) -> None:
    turned = "since=2026-03-02&until=2026-03-01"
    page = desk.client(MANAGER).get(f"{REPORTS_PAGE}/heatmap?{turned}")
    assert page.status_code == 200
    assert "before they begin on" in page.text
    assert 'id="ask-until-error"' in page.text
    assert not town.execute(running.newest(reader=desk.staff[MANAGER])).all()


def test_a_figure_opens_exactly_the_cases_it_counts(desk: Counter, town: sa.Connection) -> None:
    client = desk.client(MANAGER)
    page = client.get(made(desk)).text
    href = unescape(re.findall(r'<a href="([^"]+)" aria-describedby="means-cases"', page)[0])
    listed = client.get(href).text
    count = town.scalar(sa.select(sa.func.count(Case.id)).where(Case.published))
    assert count
    assert f"<b>{count:,}</b>" in page
    numbers = set(town.scalars(sa.select(Case.number).where(Case.published)))
    assert set(re.findall(r'href="/office/case/([^"/?]+)"', listed)) == numbers
    assert "as report" in listed


def test_the_map_draws_marks_and_a_picture_of_the_surface(desk: Counter) -> None:
    client = desk.client(MANAGER)
    page = made(desk)
    drawn = json.loads(client.get(f"{page}/layers/surface0.json").text)
    picture = client.get(drawn["picture"]["url"])
    assert picture.mimetype == "image/png"
    assert picture.data.startswith(b"\x89PNG")
    assert client.get(f"{page}/layers/nothing.json").status_code == 404
    assert client.get(f"{page}/layers/parcels.png").status_code == 404


def test_an_answer_stays_as_it_was_and_says_that_the_records_moved_on(
    desk: Counter, town: sa.Connection
) -> None:
    client = desk.client(MANAGER)
    page = made(desk)
    assert "The records have changed since." not in client.get(page).text
    town.execute(sa.text("UPDATE lotline.layer_change SET bumps = bumps + 1"))
    said = client.get(page).text
    assert "The records have changed since." in said
    anew = re.findall(rf'action="({REPORTS_PAGE}/heatmap/anew[^"]*)"', said)[0]
    again = client.post(unescape(anew), data=guard(said))
    assert again.status_code == 303
    assert again.location != page


def test_a_report_of_another_day_is_asked_for_anew(desk: Counter) -> None:
    client = desk.client(MANAGER)
    asked = client.get(f"{REPORTS_PAGE}/repeat").location
    desk.clock.on = date.fromordinal(desk.clock.on.toordinal() + 1)
    assert client.get(f"{REPORTS_PAGE}/repeat").location != asked


def test_in_spanish_the_page_says_its_words_in_spanish(desk: Counter) -> None:
    client = desk.client(MANAGER)
    said = client.get(made(desk), headers={"Accept-Language": "es"}).text
    assert "On the map" not in said
    assert "cases on the map" not in said
