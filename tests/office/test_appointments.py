"""An appointment is offered after a visit in vain, and one at an unusual hour is remarked on."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from counter import CLERK, OFFICER, Counter, name_street, number_of, wrongs
from desk import CLERK as OKAFOR
from desk import day
from played import AT, look_again, one

from cases.business_days import TownCalendar
from cases.contacts import Direction, Note, Party, Way, note_on_case
from cases.desk.agenda import agenda
from cases.models import Case, Inspection, Staff
from cases.opening import open_case

type On = Callable[[int], Counter]
FRIDAY, SATURDAY = "2026-06-05T09:00", "2026-06-06T07:00"


def _fields(page: str) -> dict[str, str]:
    """The hour that a booking form proposes, and of which it has warned."""
    return dict(re.findall(r'<input[^>]*name="(at|warned_of)"[^>]*value="([^"]*)"', page))


def test_after_a_visit_in_vain_another_leads_with_why_its_hour_and_whom_to_call(
    on_case: On, case: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(6, 2)
    look_again(town, case, month=6, number=2)
    assert "inspection.book" not in desk.leads(CLERK)
    note = Note(
        direction=Direction.IN, way=Way.PHONE, party=Party.RESPONDENT, who="P. Lane",
        said="Call 555-0100 before you come", happened_at=datetime(2026, 6, 2, 12, tzinfo=UTC),
    )  # fmt: skip
    note_on_case(town, case_id=case, note=note, actor=OKAFOR, moment=day(6, 2))
    desk.do(CLERK, "inspection.book", at=FRIDAY)
    booked = town.scalars(sa.select(sa.func.max(Inspection.id))).one()
    desk.at(6, 5).do(OFFICER, "inspection.find_no_access", booked, reason="The gate was locked")
    assert desk.leads(OFFICER)[0] == "inspection.book"
    assert desk.leads(CLERK)[0] == "inspection.book"
    asked = desk.client(CLERK).get(desk.way("inspection.book", case, CLERK)).text
    assert "Jun 5, 2026: The gate was locked" in asked
    assert "P. Lane (Phone, " in asked
    assert "Call 555-0100 before you come" in asked
    assert _fields(asked)["at"] == "2026-06-08T09:00"  # the next day that is worked, at its hour
    listed = desk.client(CLERK).get("/office/cases?queue=in_vain").text
    assert desk.number in listed
    desk.do(CLERK, "inspection.book", case, at="2026-06-08T09:00")
    assert "inspection.book" not in desk.leads(CLERK)


@pytest.mark.parametrize(
    ("at", "because"),
    [
        (SATURDAY, "The town does not work on Jun 6, 2026 (Saturday)."),
        ("2026-07-03T10:00", "The town does not work on Jul 3, 2026 (Independence Day)."),
        ("2026-06-08T07:00", "7:00 AM is outside of usual office hours, 8:00 AM to 5:00 PM."),
    ],
)
def test_an_unusual_hour_is_remarked_on_once_and_booked_all_the_same(
    on_case: On, case: int, town: sa.Connection, at: str, because: str
) -> None:
    desk = on_case(case).at(6, 2)
    refused = desk.send(CLERK, "inspection.book", at=at).text
    assert because in refused
    assert town.scalars(sa.select(Inspection.id)).all() == []
    assert _fields(refused)["warned_of"]
    desk.do(CLERK, "inspection.book", at=at, warned_of=_fields(refused)["warned_of"])
    assert one(town, Inspection).status == "booked"


def test_an_hour_that_is_none_is_asked_for_again(
    on_case: On, case: int, town: sa.Connection
) -> None:
    refused = on_case(case).at(6, 2).send(CLERK, "inspection.book", at="tomorrow at 9")
    assert "Not a valid datetime value" in wrongs(refused.text)
    assert town.scalars(sa.select(Inspection.id)).all() == []


def test_an_hour_at_which_the_officer_is_expected_elsewhere_is_remarked_on_once(
    on_case: On, case: int, law: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(6, 2)
    named = town.execute(
        sa.update(Case).where(Case.id == case).values(officer_id=desk.staff[OFFICER])
        .returning(Case.number)
    ).scalar_one()  # fmt: skip
    other = open_case(
        town, category="High grass", place=AT, law_pack_id=law, actor=OKAFOR, moment=day(6, 1)
    )
    town.execute(sa.update(Case).where(Case.id == other).values(officer_id=desk.staff[OFFICER]))
    shown = desk.client(CLERK).get(desk.way("inspection.book", case, CLERK)).text
    assert "M. Rivera is to come." in shown
    desk.do(CLERK, "inspection.book", case, at=FRIDAY)
    desk.do(CLERK, "inspection.move", at="2026-06-05T09:15")  # its own hour is none beside it
    desk.number = number_of(town, other)
    refused = desk.send(CLERK, "inspection.book", other, at="2026-06-05T10:00").text
    assert "M. Rivera is expected within the hour at" in refused
    assert f"{named} (" in refused
    assert "9:15" in refused
    desk.do(
        CLERK, "inspection.book", other, at="2026-06-05T10:00",
        warned_of=_fields(refused)["warned_of"],
    )  # fmt: skip
    assert len(town.scalars(sa.select(Inspection.id)).all()) == 2


def test_of_the_cases_to_book_for_the_very_house_comes_first(
    on_case: On, case: int, law: int, town: sa.Connection
) -> None:
    name_street(town)
    other = open_case(
        town, category="High grass", place=replace(AT, parcel_no="A-3", address="103 Alder St"),
        law_pack_id=law, actor=OKAFOR, moment=day(6, 1),
    )  # fmt: skip
    client = on_case(case).client(CLERK)
    numbers = [number_of(town, each) for each in (other, case)]
    page = client.get("/office/appointments/book?q=103+alder").text
    assert re.findall(r'class="hint">(CE-\S+)', page) == numbers
    assert "<h1>Book an inspection</h1>" in page


def test_a_visit_late_in_the_evening_is_of_its_day_in_the_town(
    on_case: On, case: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(6, 2)
    refused = desk.send(CLERK, "inspection.book", at="2026-06-04T20:30").text
    warned_of = _fields(refused)["warned_of"]
    desk.do(CLERK, "inspection.book", at="2026-06-04T20:30", warned_of=warned_of)
    booked = town.scalars(sa.select(sa.func.max(Inspection.id))).one()
    assert "<strong>Jun 4, 2026, 8:30 PM</strong>" in desk.page(CLERK)
    assert "<h3>Jun 4, 2026, 8:30 PM " in desk.page(CLERK)
    assert "inspection.make" in desk.at(6, 4).leads(OFFICER)
    look_again(town, case, month=6, number=4)
    desk.do(OFFICER, "inspection.find_no_access", booked, reason="Nobody home")
    assert "inspection.book" not in desk.leads(OFFICER)  # for they came once more that very day
    assert desk.number not in desk.client(CLERK).get("/office/cases?queue=in_vain").text


def _rows(page: str) -> dict[tuple[str, str], str]:
    """The visits and free hours of a page of appointments, by day and officer, as a line each."""
    found = {}
    for section in page.split('<section class="calendar-day')[1:]:
        on = re.search(r'id="day-([0-9-]+)"', section)
        assert on is not None
        for row in re.findall(r"<tr>\s*<th scope=\"row\".*?</tr>", section, re.DOTALL):
            cells = re.split(r"</t[hd]>", row)
            said = [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in cells]
            found[on[1], said[0]] = " | ".join(said[1:3])
    return found


def test_a_week_tells_each_officers_visits_and_the_hours_left_free(
    on_case: On, case: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(6, 3)  # a Wednesday
    look_again(town, case, month=6, number=3)
    town.execute(sa.update(Case).where(Case.id == case).values(officer_id=desk.staff[OFFICER]))
    desk.do(CLERK, "inspection.book", at="2026-06-05T09:30")
    booked = town.scalars(sa.select(sa.func.max(Inspection.id))).one()
    desk.at(6, 5).do(OFFICER, "inspection.find_no_access", booked, reason="Nobody home")
    desk.do(CLERK, "inspection.book", at="2026-06-08T10:00")
    client = desk.client(CLERK)
    assert 'href="/office/appointments"' in client.get("/office/").text
    assert 'href="/office/appointments"' in client.get("/office/appointments/book").text
    week = _rows(client.get("/office/appointments").text)
    at = f"High grass \N{MIDDLE DOT} {desk.number}"
    assert week["2026-06-05", "M. Rivera"].startswith("9:30 AM ")
    assert week["2026-06-05", "M. Rivera"].endswith(f"no access {at} | 12:15 PM to 5:00 PM")
    assert {on for on, _officer in week} == {"2026-06-05"}  # Thursday is over, then a weekend
    page = client.get("/office/appointments?week=2026-06-10&officer=M.+Rivera").text
    monday = _rows(page)["2026-06-08", "M. Rivera"]
    assert monday.endswith(f"booked {at} | 8:00 AM to 10:00 AM , 11:00 AM to 5:00 PM")
    client = desk.at(6, 9).client(CLERK)
    gone_by = _rows(client.get("/office/appointments").text)
    assert "missed: nobody said" in gone_by["2026-06-08", "M. Rivera"]
    assert client.get("/office/appointments?officer=Nobody").status_code == 404
    saturday = desk.at(6, 6).client(CLERK).get("/office/appointments").text
    assert "Appointments, Jun 8, 2026 to Jun 14, 2026" in saturday  # nothing is left of its week
    shut = client.get("/office/appointments?week=2026-07-03").text
    assert "closed: Independence Day." in shut


@pytest.mark.parametrize("at", ["9999-12-31T23:30", "0001-01-01T00:10"])
def test_an_hour_at_the_end_of_time_is_refused_beside_its_field(
    on_case: On, case: int, town: sa.Connection, at: str
) -> None:
    desk = on_case(case).at(6, 2)
    town.execute(sa.update(Case).where(Case.id == case).values(officer_id=desk.staff[OFFICER]))
    assert 'id="at-error"' in desk.send(CLERK, "inspection.book", at=at).text


def test_no_free_hours_are_told_of_who_works_here_no_more_nor_of_nobody(
    on_case: On, case: int, law: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(6, 2)
    town.execute(sa.update(Case).where(Case.id == case).values(officer_id=desk.staff[OFFICER]))
    desk.do(CLERK, "inspection.book", at="2026-06-04T10:00")
    town.execute(
        sa.update(Staff).where(Staff.id == desk.staff[OFFICER]).values(active=False)
    )  # fmt: skip
    other = open_case(
        town, category="High grass", place=AT, law_pack_id=law, actor=OKAFOR, moment=day(6, 1)
    )
    town.execute(sa.update(Case).where(Case.id == other).values(zone_id=None))
    desk.number = number_of(town, other)
    desk.do(CLERK, "inspection.book", other, at="2026-06-05T10:00")
    week = _rows(desk.client(CLERK).get("/office/appointments").text)
    assert week["2026-06-04", "M. Rivera"].endswith(" | ")
    assert week["2026-06-05", "nobody"].endswith(" | ")
    desk.number = number_of(town, case)
    moved = desk.client(CLERK).get(desk.way("inspection.move", None, CLERK)).text
    assert 'id="next-days"' not in moved


def test_late_in_the_evening_nothing_of_the_day_is_left() -> None:
    for clock, left in (((23, 50), []), ((15, 50), ["16:00:00"]), ((16, 10), [])):
        now = datetime(2026, 6, 3, *clock, tzinfo=UTC)
        (found,) = agenda(
            [], officers=["M. Rivera"], days=[now.date()], calendar=TownCalendar(), now=now
        )
        assert [str(gap.since) for gap in found.officers[0].free] == left


def test_whoever_books_sees_the_officers_next_days(
    on_case: On, case: int, law: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(6, 5)  # a Friday
    other = open_case(
        town, category="High grass", place=AT, law_pack_id=law, actor=OKAFOR, moment=day(6, 1)
    )
    town.execute(sa.update(Case).values(officer_id=desk.staff[OFFICER]))
    desk.do(CLERK, "inspection.book", case, at="2026-06-08T10:00")
    first, desk.number = desk.number, number_of(town, other)
    asked = desk.client(CLERK).get(desk.way("inspection.book", other, CLERK)).text
    next_days = asked.partition('id="next-days"')[2].partition("</section>")[0]
    assert "When M. Rivera is free" in next_days
    assert re.findall(r"<dt>(\w+), ", next_days) == ["Fri", "Mon", "Tue", "Wed", "Thu"]
    monday = next_days.partition("<dt>Mon")[2].partition("<dt>Tue")[0]
    assert f"/office/case/{first}" in monday
    assert 'href="?at=2026-06-08T11:00">11:00 AM to 5:00 PM<' in monday
    way = f"{desk.way('inspection.book', other, CLERK)}?at=2026-06-08T11:00"
    assert _fields(desk.client(CLERK).get(way).text)["at"] == "2026-06-08T11:00"
    desk.number = first
    moved = desk.client(CLERK).get(desk.way("inspection.move", None, CLERK)).text
    assert "High grass" not in moved.partition('id="next-days"')[2].partition("</section>")[0]
