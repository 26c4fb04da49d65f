"""Sections of the code: which are violated most, come back on their parcel, and rise or fall."""

from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from asked_answers import answered
from small_town import import_cases, lay_out, violation

from reports.answers.answer import Answer, Row
from reports.sections.counting import Event, came_again, events_of

ON = date(2026, 3, 2)
GRASS, TRASH = "Sec. 30-36(b)", "Sec. 14-18"


def event(case: int, parcel: int | None, day: str) -> Event:
    return Event(case, parcel, date.fromisoformat(day))


def test_the_same_comes_again_within_the_months_and_not_after_them() -> None:
    events = [
        event(1, 1, "2024-01-31"), event(2, 1, "2024-02-29"), event(3, 1, "2025-03-01"),
        event(4, 2, "2024-01-01"), event(5, None, "2024-01-01"),
    ]  # fmt: skip
    followed, again = came_again(events, months=12, on=ON)
    assert [each.case_id for each in followed] == [1, 2, 3, 4]
    assert [each.case_id for each in again] == [1]
    # Thirteen months after 29 February 2024 reach to 29 March 2025.
    _, later = came_again(events, months=13, on=ON)
    assert [each.case_id for each in later] == [1, 2]


def test_what_was_not_followed_for_all_the_months_is_left_out_though_it_came_again() -> None:
    events = [event(1, 1, "2025-06-01"), event(2, 1, "2025-07-01")]
    assert came_again(events, months=12, on=ON) == ([], [])


def test_two_cases_of_one_day_are_not_one_after_the_other() -> None:
    events = [event(1, 1, "2024-01-01"), event(2, 1, "2024-01-01"), event(3, 1, "2024-06-01")]
    _, again = came_again(events, months=12, on=ON)
    assert [each.case_id for each in again] == [1, 2]
    assert came_again(events[:2], months=12, on=ON)[1] == []


def rows_of(answer: Answer, table: str) -> dict[str, Row]:
    named = answer.table(table).columns[0].key
    return {str(row.cells[named]): row for row in answer.table(table).rows}


@pytest.fixture
def town(connection: sa.Connection, tmp_path: Path) -> sa.Connection:
    """Grass on A-1 thrice, on A-2 once; trash on A-1 once, open."""
    lay_out(connection)
    done = {"section_text": "", "comply_by": "", "status": "closed"}
    import_cases(
        connection, tmp_path,
        violation(case_no="G-1", found_on="2024-01-10", section=GRASS, **done),
        violation(case_no="G-2", found_on="2024-08-10", section=GRASS, **done),
        violation(case_no="G-3", found_on="2025-12-10", section=GRASS, **done),
        violation(case_no="G-4", parcel_no="A-2", found_on="2024-05-10", section=GRASS, **done),
        violation(case_no="T-1", category="Trash", found_on="2025-02-10", section=TRASH,
                  section_text="", comply_by=""),
    )  # fmt: skip
    return connection


def test_a_section_is_told_with_what_came_again_and_its_cases(town: sa.Connection) -> None:
    answer = answered(town, "sections")
    grass, trash = rows_of(answer, "sections").values()
    assert (grass.cells["violations"], grass.cells["share"]) == (4, 0.8)
    assert (grass.cells["followed"], grass.cells["again"]) == (3, 1)
    assert grass.cells["again_share"] == pytest.approx(1 / 3)
    assert 0 < float(str(grass.cells["again_low"])) < 1 / 3 < float(str(grass.cells["again_high"]))
    assert (grass.cells["ended"], trash.cells["ended"]) == (1.0, 0.0)
    assert grass.cells["complied"] is None, "a file tells of no correction"
    assert grass.cells["trend"] is None
    assert {len(grass.cases["cases"]), grass.cells["parcels"]} == {4, 2}
    longer = rows_of(answered(town, "sections", months=17), "sections")[str(grass.cells["section"])]
    assert (longer.cells["followed"], longer.cells["again"]) == (3, 2)


def test_of_a_day_to_come_nothing_is_known_beyond_today(town: sa.Connection) -> None:
    today, to_come = (answered(town, "sections", date=day) for day in (None, date(2099, 1, 1)))
    assert to_come.on == today.on
    assert to_come.says == today.says
    assert rows_of(to_come, "sections").keys() == rows_of(today, "sections").keys()


def test_the_plain_sense_is_kept_apart_from_the_laws(town: sa.Connection) -> None:
    answer = answered(town, "sections")
    grass = next(iter(rows_of(answer, "sections").values()))
    assert (grass.cells["confirmed"], grass.cells["waiting"]) == (0, 0)
    assert "No repeat violation in the law's sense is on record" in " ".join(answer.says)
    assert any("is no repeat violation in law" in each for each in answer.cautions)


def test_categories_are_counted_as_sections_are(town: sa.Connection) -> None:
    categories = rows_of(answered(town, "sections"), "categories")
    assert [*categories] == ["High grass", "Trash"]
    assert categories["High grass"].cells["again"] == 1


def test_where_the_same_came_again_is_on_the_map(town: sa.Connection) -> None:
    answer = answered(town, "sections")
    [place] = answer.table("places").rows
    assert (place.cells["parcel_no"], place.cells["cases"]) == ("A-1", 3)
    assert (place.cells["first"], place.cells["last"]) == (date(2024, 1, 10), date(2025, 12, 10))
    [layer] = answer.layers
    assert [each["properties"]["key"] for each in layer.features] == [place.key]


def test_what_lies_before_the_years_or_after_the_day_is_not_counted(town: sa.Connection) -> None:
    answer = answered(town, "sections", years=1, date=date(2025, 6, 1))
    assert [row.cells["violations"] for row in answer.table("sections").rows] == [1, 1]
    nothing = answered(town, "sections", years=1, date=date(2020, 6, 1))
    assert "No violation was found from 2019-06-02 to 2020-06-01" in nothing.says[0]
    assert nothing.tables == ()


def test_a_section_twice_in_a_case_is_one_event(town: sa.Connection, tmp_path: Path) -> None:
    import_cases(
        town, tmp_path,
        *(violation(case_no="D-1", violation_no=f"{at}", parcel_no="A-4", found_on="2024-01-01",
                    section=GRASS, section_text="", comply_by="") for at in (1, 2)),
    )  # fmt: skip
    grass = next(iter(rows_of(answered(town, "sections"), "sections").values()))
    assert (grass.cells["violations"], grass.cells["cases"]) == (6, 5)
    assert grass.cells["followed"] == 4
    assert events_of([]) == []
