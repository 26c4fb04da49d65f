"""What is kept of cases for lists and figures is what their parts say, whatever changes them."""

from datetime import date

import pytest
import sqlalchemy as sa
from kept_tallies import misremembered
from small_town import lay_out

from cases.tiles import refresh_grid

CASE = """
    INSERT INTO lotline.case_file (number, category, phase, published, opened_on, zone_id,
        tie_method, tie_confidence, point, point_3857)
    SELECT 'C-' || n, 'High grass', CASE n % 3 WHEN 0 THEN 'complied' WHEN 1 THEN 'open'
        ELSE 'reported' END, n % 3 < 2, date '2026-05-01' + n, zone.id, 'none', 0, place,
        ST_Transform(place, 3857)
    FROM generate_series(1, 12) n,
        (SELECT min(id) AS id FROM lotline.zone) zone,
        (SELECT ST_Centroid(extent) AS place FROM lotline.town) town"""
INSPECTION = """
    INSERT INTO lotline.inspection (case_id, status, made_on, officer, entry, entry_detail)
    SELECT id, 'made', opened_on + 3, 'x', 'vantage', 'from the street' FROM lotline.case_file"""


@pytest.fixture
def town(connection: sa.Connection) -> sa.Connection:
    lay_out(connection)
    for statement in (CASE, INSPECTION):
        connection.execute(sa.text(statement))
    return connection


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE lotline.case_file SET phase = 'closed', closed_on = '2026-06-01' WHERE id % 2 = 0",
        "UPDATE lotline.case_file SET zone_id = NULL, opened_on = NULL",
        "UPDATE lotline.case_file SET officer_id = NULL, category = 'Fence'",
        "UPDATE lotline.inspection SET made_on = made_on - 2 WHERE id % 2 = 0",
        "DELETE FROM lotline.inspection",
        "DELETE FROM lotline.inspection; DELETE FROM lotline.case_file WHERE id % 2 = 0",
    ],
)
def test_whatever_changes_many_cases_at_once_is_tallied(town: sa.Connection, change: str) -> None:
    assert misremembered(town) == []
    for statement in change.split(";"):
        town.execute(sa.text(statement))
    assert misremembered(town) == []


def test_an_earlier_inspection_told_later_becomes_the_first(town: sa.Connection) -> None:
    first = sa.text("SELECT inspected_on FROM lotline.case_activity ORDER BY case_id LIMIT 1")
    assert town.scalar(first) == date(2026, 5, 5)
    town.execute(sa.text(INSPECTION.replace("+ 3", "+ 1")))
    assert town.scalar(first) == date(2026, 5, 3)
    assert misremembered(town) == []


def test_tallies_alike_are_folded_together_and_those_of_none_away(town: sa.Connection) -> None:
    town.execute(sa.text("UPDATE lotline.case_file SET phase = 'closed'"))
    town.execute(sa.text("UPDATE lotline.case_file SET phase = 'open'"))
    alike = sa.text(
        "SELECT count(*) - count(DISTINCT (figure, on_day, zone_id, officer_id, took)) "
        "FROM lotline.case_tally"
    )
    assert town.scalar(alike)
    refresh_grid(town)
    assert town.scalar(alike) == 0
    assert misremembered(town) == []
