"""Repeat parcels: what counts, in which window, in which order."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
import sqlalchemy as sa
from asked_answers import answered, page_of

from cases import exempting
from cases.actors import Actor, Moment
from cases.adopted import adopt
from cases.lawpack.reading import DEFAULT
from cases.phases import UNVERIFIED
from cases.workflow.roles import Role
from geo.layers import Parcel
from reports.answers.files.frames import shaped
from reports.caseload import Scope
from reports.errors import UnknownNameError
from reports.heatmap import make_heatmap
from reports.repeat import Question, RepeatList, list_repeat_parcels

ON = date(2026, 3, 2)


def ask(connection: sa.Connection, **question: object) -> RepeatList:
    asked = {"on": ON, "years": 5, "at_least": 2} | question
    return list_repeat_parcels(connection, Question(**asked))  # type: ignore[arg-type]


def add_case(connection: sa.Connection, number: str, *, lot: int, **row: object) -> None:
    """Open another case on a lot, on its own day, with one open violation."""
    row = {"opened_on": date(2025, 6, 1), "phase": "open", "open": 1, "zone": 1} | row
    row = {"published": row["phase"] not in UNVERIFIED} | row
    connection.execute(
        sa.text(
            """INSERT INTO lotline.case_file (id, number, category, phase, open_violations,
                   published, opened_on, parcel_id, parcel_period_id, tie_method, tie_confidence,
                   zone_id)
               SELECT max(id) + 1, :number, 'Noise', :phase, :open, :published,
                   :opened_on, :lot, :lot, 'parcel_no', 1, :zone FROM lotline.case_file"""
        ),
        {"number": number, "lot": lot, **row},
    )


def test_a_parcel_is_listed_with_all_that_happened_on_it(alder: sa.Connection) -> None:
    add_case(alder, "late", lot=5, opened_on=date(2026, 2, 28), zone=2)
    (parcel,) = ask(alder).parcels
    assert (parcel.rank, parcel.parcel_no, parcel.address) == (1, "12-5", "108 Alder St")
    assert (parcel.cases, parcel.open_cases) == (4, 2)
    assert (parcel.violations, parcel.sections) == (4, 2)
    assert (parcel.first_opened, parcel.last_opened) == (date(2026, 1, 31), date(2026, 2, 28))
    assert parcel.mean_days_between == pytest.approx(28 / 3)
    assert parcel.zone == "2", "the zone of the latest case"
    assert (parcel.lon, parcel.lat) == pytest.approx((-80.39865, 27.2998), abs=1e-3)


def test_an_exempt_parcel_is_marked_for_the_office_and_left_out_for_outside(
    alder: sa.Connection,
) -> None:
    exempt_lot(alder, 5)
    inside, (parcel,) = ask(alder), ask(alder).parcels
    assert parcel.exempt
    said = "1 parcels are exempt under s. 119.071(4)(d), Florida Statutes"
    assert said in inside.exempt.words("parcels", outside=False)
    assert "<td>exempt</td>" in page_of(alder, "repeat")
    add_case(alder, "x", lot=1)
    add_case(alder, "y", lot=1, opened_on=date(2025, 7, 1))
    outside = ask(alder, outside=True)
    assert [(each.rank, each.exempt) for each in outside.parcels] == [(1, False)]
    page = page_of(alder, "repeat", outside=True)
    assert "1 parcels left out, exempt under s. 119.071(4)(d)" in page
    for each in (parcel.parcel_no, parcel.address):
        assert f">{each}<" not in page


def test_the_heat_map_leaves_exempt_places_out_for_outside_and_says_how_many(
    alder: sa.Connection,
) -> None:
    exempt_lot(alder, 5)
    inside, outside = (
        make_heatmap(alder, Scope(on=ON, open_only=False, outside=each)) for each in (False, True)
    )
    assert inside.exempt == outside.exempt
    assert inside.exempt.count > 0
    assert outside.cases == inside.cases - inside.exempt.count
    assert [each.exempt for each in inside.top if each.parcel_no == "12-5"] == [True]
    assert "12-5" not in {each.parcel_no for each in outside.top}
    page = page_of(alder, "heatmap", status="all", outside=True)
    assert f"{outside.exempt.count} cases left out, exempt under s. 119.071(4)(d)" in page


def exempt_lot(connection: sa.Connection, lot: int) -> None:
    """Exempt a lot as a clerk does."""
    adopt(connection, DEFAULT, on=date(2026, 1, 1))
    number = connection.scalar(sa.select(Parcel.parcel_no).where(Parcel.id == lot))
    wanted = exempting.Wanted(
        place=str(number), provision="s. 119.071(4)(d), Florida Statutes", requested_on=ON
    )
    exempting.exempt(
        connection, wanted, form_key=uuid4(), actor=Actor("J. Okafor", Role.CLERK),
        moment=Moment(on=ON, now=datetime(2026, 3, 2, 12, tzinfo=UTC)),
    )  # fmt: skip


def test_what_nobody_verified_does_not_count(alder: sa.Connection) -> None:
    add_case(alder, "rumour", lot=1, phase="reported")
    add_case(alder, "nothing", lot=1, phase="unfounded", open=0)
    assert [parcel.parcel_no for parcel in ask(alder).parcels] == ["12-5"]


def test_the_window_holds_its_last_day_and_not_its_first(alder: sa.Connection) -> None:
    add_case(alder, "edge", lot=30, opened_on=date(2021, 3, 2))
    add_case(alder, "inside", lot=30, opened_on=date(2021, 3, 3))
    add_case(alder, "last", lot=30, opened_on=ON)
    listed = {parcel.parcel_no: parcel.cases for parcel in ask(alder).parcels}
    assert listed == {"12-5": 3, "12-30": 2}


def test_a_window_from_a_leap_day_begins_on_the_day_before_march(alder: sa.Connection) -> None:
    assert Question(on=date(2024, 2, 29), years=1, at_least=2).after == date(2023, 2, 28)
    assert ask(alder, on=date(2024, 2, 29)).parcels == ()


def test_a_window_reaches_no_further_back_than_the_calendar() -> None:
    assert Question(on=date(50, 3, 1), years=100, at_least=2).after == date(1, 3, 1)


def test_equals_share_a_rank_and_the_next_one_is_skipped(alder: sa.Connection) -> None:
    for number in range(3):
        add_case(alder, f"30-{number}", lot=30, open=0, phase="closed")
    for number in range(2):
        add_case(alder, f"31-{number}", lot=31)
    ranks = [(parcel.rank, parcel.parcel_no) for parcel in ask(alder).parcels]
    assert ranks == [(1, "12-5"), (1, "12-30"), (3, "12-31")]


def test_a_case_of_unknown_day_is_told_and_counted_nowhere(alder: sa.Connection) -> None:
    add_case(alder, "old", lot=5, opened_on=None)
    found = ask(alder)
    assert (found.parcels[0].cases, found.undated) == (3, 1)
    said = "1 more cases are not counted: the day they were opened is unknown."
    assert said in answered(alder, "repeat").cautions


def test_zone_category_and_number_narrow_the_list(alder: sa.Connection) -> None:
    for number in range(2):
        add_case(alder, f"31-{number}", lot=31, zone=2)
    assert [parcel.parcel_no for parcel in ask(alder, zone="2").parcels] == ["12-31"]
    assert [parcel.parcel_no for parcel in ask(alder, category="Trash").parcels] == ["12-5"]
    assert [parcel.parcel_no for parcel in ask(alder, at_least=3).parcels] == ["12-5"]
    assert [parcel.parcel_no for parcel in ask(alder, zone="Zone 2").parcels] == ["12-31"]
    with pytest.raises(UnknownNameError, match=r"The zones are: 1 \(Zone 1\), 2"):
        ask(alder, zone="7")


def test_nothing_found_says_when_the_newest_case_was(alder: sa.Connection) -> None:
    found = ask(alder, on=date(2040, 1, 1))
    assert (found.parcels, found.newest) == ((), date(2026, 1, 31))
    assert ask(alder, at_least=9).words().startswith("0 parcels with 9 or more cases")


def test_a_parcel_that_is_no_more_is_drawn_as_it_last_was(alder: sa.Connection) -> None:
    alder.exec_driver_sql("UPDATE lotline.parcel_period SET valid_to = '2026-02-15' WHERE id = 5")
    found = ask(alder)
    assert [parcel.address for parcel in found.parcels] == ["108 Alder St"]
    assert not shaped(answered(alder, "repeat").tables[0]).geometry.is_empty.any()


def test_the_page_keeps_law_and_plain_sense_apart_and_names_nobody(alder: sa.Connection) -> None:
    page = page_of(alder, "repeat")
    assert "not a repeat violation in law" in page
    assert "Florida" not in page  # a town may lie anywhere
    assert "108 Alder St" in page
    for name in ("CANARY OWNER", "Rivera", "Okafor"):
        assert name not in page


def test_the_file_has_a_row_a_parcel_with_its_outline(alder: sa.Connection) -> None:
    frame = shaped(answered(alder, "repeat").tables[0])
    assert frame.crs == 4326
    assert list(frame["parcel_no"]) == ["12-5"]
    assert frame.geometry.iloc[0].contains(
        frame.set_geometry(frame.geometry.representative_point()).geometry.iloc[0]
    )
