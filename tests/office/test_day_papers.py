"""A plan in force goes onto paper and into other programs: for managers, and for its officer."""

import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pypdf
import pytest
import sqlalchemy as sa
from counter import CLERK, JUDGE, MANAGER, OFFICER, ZONE, Counter
from desk import MANAGER as A_STONE
from desk import OFFICER as M_RIVERA
from desk import day
from icalendar import Calendar
from pdfs import parts_of, require_consistent, words_of

from cases.accounts import people
from cases.field.hazards import HazardKind, flag
from cases.history import Deed, append
from cases.models import Case
from cases.moving_in.placing import NOTE_MOVED_IN
from cases.visiting.kinds import Kind
from cases.visits.adopting import adopt_plan
from cases.visits.planned import Item, Left, Planned, Stop
from cases.visits.withdrawing import withdraw_plan
from cases.working.terms import Base

type On = Callable[[int], Counter]
HALL = Base(label="Town Hall", lon=-80.4, lat=27.298)
YARD = Base(label="Town Yard", lon=-80.392, lat=27.303)
JULY = date(2026, 7, 20)
ENDINGS = ("pdf", "gpx", "geojson", "ics")
SAID = {
    "en": ("Route sheet: M. Rivera", "Mon, Jul 20, 2026", "Page 1 of", "From Town Hall at 8:00 AM",
           "The day ends at Town Yard", "Stops in order", "9:15 AM", "until 9:25 AM",
           "Reinspection", "the town's own goal after the deadline", "Beware", "Bites at the gate",
           "Do not go alone", "Corrected", "Still there", "What happened last", "Whom to speak to",
           "Lunch until 12:30 PM", "Left for another day", "Did not fit into the shift",
           "Its last lawful day passes", "Arrive at Town Yard", "3.1 mi"),
    "es": ("Hoja de ruta: M. Rivera", "Página 1 de", "Paradas en orden", "Cuidado", "Muerde",
           "Corregida", "Lo último que pasó", "Queda para otro día", "No cupo en el turno",
           "Llegada a Town Yard"),
}  # fmt: skip


def _at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 7, 20, hour, minute, tzinfo=ZONE)


class Town:
    """A counter on a case that is to be looked at again, with a day planned for its officer."""

    def __init__(self, desk: Counter, case: int, connection: sa.Connection) -> None:
        self.desk, self.case, self.connection = desk, case, connection
        self.parcel = connection.scalars(sa.select(Case.parcel_id).where(Case.id == case)).one()

    def adopt(
        self, *, stops: int = 1, instead_of: int | None = None, officer: int | None = None
    ) -> int:  # fmt: skip
        left = Left(
            item=self._item(Kind.HEARING_PHOTOS, 999), because="did not fit into the shift",
            risks="legal_date",
        )  # fmt: skip
        planned = Planned(
            officer_id=officer or self.desk.staff[OFFICER], on=JULY, begins_at=_at(8),
            ends_at=_at(16, 30),
            starts=HALL, ends=YARD, drive_seconds=3600, metres=5_000, left=[left],
            stops=[
                Stop(
                    spot=f"spot-{n}", label=f"{101 + n} Alder St", lon=-80.4 + n * 0.0003,
                    lat=27.3 + n % 5 * 0.0006, arrives_at=_at(9 + n // 4, n % 4 * 15),
                    leaves_at=_at(9 + n // 4, n % 4 * 15 + 10),
                    items=[
                        self._item(Kind.POSTING, n) if n
                        else self._item(Kind.REINSPECTION, self.case)
                    ],
                )
                for n in range(stops)
            ],
            parameters={"lunch": {"start": 43_200, "end": 45_000, "after": 1}},
        )  # fmt: skip
        return adopt_plan(
            self.connection, planned, key=uuid4(), instead_of=instead_of, actor=A_STONE,
            moment=day(7, 19),
        )  # fmt: skip

    def _item(self, kind: Kind, subject_id: int) -> Item:
        return Item(kind=kind, subject_id=subject_id, case_id=self.case)

    def get(self, plan: int, ending: str, role: Any = MANAGER, *, more: str = "") -> Any:
        return self.desk.client(role).get(f"/office/plans/{plan}/sheet.{ending}{more}")

    def pdf(self, plan: int, language: str = "en") -> pypdf.PdfReader:
        answer = self.get(plan, "pdf", more=f"?language={language}")
        assert answer.status_code == 200
        return pypdf.PdfReader(io.BytesIO(answer.data))


@pytest.fixture
def house(on_case: On, case: int, served: int, town: sa.Connection, tmp_path: Path) -> Town:
    del served
    desk = on_case(case).at(7, 20)
    desk.app.config["LETTERS"] = tmp_path / "letters"
    return Town(desk, case, town)


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_sheet_says_all_that_is_needed_at_the_door(house: Town, language: str) -> None:
    for kind, note in ((HazardKind.DOG, "Bites at the gate / Muerde"),
                       (HazardKind.THREAT, "Said he would shoot")):  # fmt: skip
        flag(
            house.connection, parcel_id=house.parcel, kind=kind, note=note, actor=M_RIVERA,
            moment=day(7, 1),
        )  # fmt: skip
    read = house.pdf(house.adopt(stops=2), language)
    words = words_of(read)
    assert [each for each in SAID[language] if each not in words] == []
    assert house.desk.number in words


def test_each_page_bears_whose_day_it_is_and_its_number_and_every_piece_a_tag(house: Town) -> None:
    read = house.pdf(house.adopt(stops=14))
    assert len(read.pages) > 3
    for number, page in enumerate(read.pages, 1):
        text = " ".join(page.extract_text().split())
        assert "M. Rivera · Mon, Jul 20, 2026" in text
        assert f"Page {number} of {len(read.pages)}" in text
    # What stands in two columns is on one page alone.
    assert words_of(read).count("Whom to speak to") == words_of(read).count("Notes") == 14
    require_consistent(read)
    kinds = {str(each["/S"]) for each in parts_of(read)}
    assert {"/H1", "/H2", "/H3", "/Figure", "/Table"} <= kinds
    (figure,) = [each for each in parts_of(read) if each["/S"] == "/Figure"]
    assert "14 stops, numbered" in figure["/Alt"]


def test_whoever_complained_is_on_no_paper(house: Town) -> None:
    note = {"system": "CodeTrak", "number": "N1", "by": "JK", "text": "P. Quill called again"}
    append(
        house.connection, [Deed(house.case, NOTE_MOVED_IN, JULY, note)], actor="it",
        recorded_at=_at(7),
    )  # fmt: skip
    plan = house.adopt()
    for ending in ENDINGS:
        data = house.get(plan, ending).data
        said = words_of(pypdf.PdfReader(io.BytesIO(data))) if ending == "pdf" else data.decode()
        assert "Quill" not in said


def test_a_day_without_a_stop_is_a_sheet_too(house: Town) -> None:
    plan = house.adopt(stops=0)
    assert "No stop is planned on this day." in words_of(house.pdf(plan))
    assert [house.get(plan, ending).status_code for ending in ENDINGS] == [200] * 4


def test_other_programs_are_given_the_same_day(house: Town) -> None:
    plan = house.adopt(stops=3)
    gpx = ET.fromstring(house.get(plan, "gpx").data)  # noqa: S314 - our own
    name = {"g": "http://www.topografix.com/GPX/1/1"}
    assert [each.text for each in gpx.findall("g:rte/g:rtept/g:name", name)] == [
        "Town Hall", "101 Alder St", "102 Alder St", "103 Alder St", "Town Yard"
    ]  # fmt: skip
    told = json.loads(house.get(plan, "geojson").data)
    legs = [each["properties"] for each in told["features"] if each["properties"]["role"] == "leg"]
    assert sum(each["seconds"] for each in legs) == 3600
    assert sum(each["metres"] for each in legs) == 5_000
    (way,) = told["properties"]["navigation"]
    assert (way["first"], way["last"]) == (1, 4)
    assert way["google"].endswith(
        "&waypoints=27.300000%2C-80.400000%7C27.300600%2C-80.399700%7C27.301200%2C-80.399400"
    )
    assert told["properties"]["estimated"] is True  # no leg was kept: straight lines
    answer = house.get(plan, "ics")
    events = Calendar.from_ical(answer.data).walk("VEVENT")
    assert [str(each["summary"]) for each in events][:2] == [
        "1. 101 Alder St: Reinspection", "2. 102 Alder St: Posting of a notice"
    ]  # fmt: skip
    assert events[0]["dtstart"].dt == _at(9)
    assert len({str(each["uid"]) for each in events}) == 4  # lunch too
    assert "route-2026-07-20-m-rivera.ics" in answer.headers["Content-Disposition"]


def test_a_stop_stays_the_same_event_in_the_plan_that_takes_its_place(house: Town) -> None:
    first = house.adopt()
    uids = [_uids(house.get(first, "ics").data)]
    second = house.adopt(instead_of=first)
    uids.append(_uids(house.get(second, "ics").data))
    assert uids[0] == uids[1]
    assert house.get(first, "ics").status_code == 404


def test_a_plan_is_for_its_officer_and_for_managers_and_for_nobody_else(house: Town) -> None:
    plan = house.adopt()
    with house.desk.engine.begin() as connection:
        other = people.add(
            connection, login="other", name="L. Other", role=OFFICER, by="test",
            now=house.desk.clock.now(),
        )  # fmt: skip
    for role, code in ((MANAGER, 200), (OFFICER, 200), (CLERK, 403), (JUDGE, 403)):
        assert {house.get(plan, ending, role).status_code for ending in ENDINGS} == {code}
    theirs = house.adopt(officer=other)
    assert {house.get(theirs, ending, OFFICER).status_code for ending in ENDINGS} == {404}
    assert {house.get(theirs, ending).status_code for ending in ENDINGS} == {200}
    withdraw_plan(
        house.connection, plan_id=plan, because="The storm", actor=A_STONE, moment=day(7, 19)
    )
    assert {house.get(plan, ending).status_code for ending in ENDINGS} == {404}


def test_a_language_there_is_not_is_refused(house: Town) -> None:
    assert house.get(house.adopt(), "pdf", more="?language=xx").status_code == 400


def _uids(data: bytes) -> set[str]:
    return {str(each["uid"]) for each in Calendar.from_ical(data).walk("VEVENT")}
