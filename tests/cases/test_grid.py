"""The grid behind the low zooms counts each open case once a level, whatever changes."""

import random
from collections import Counter
from pathlib import Path

import pytest
import sqlalchemy as sa
from small_town import import_cases, lay_out, violation

from cases.models import Case, CaseGrid, CaseGridStale
from cases.tiles import refresh_grid
from geo.database import Database
from geo.layers import LayerChange

ENDED = {"closed", "complied", "unfounded", "void"}


@pytest.fixture
def town(connection: sa.Connection, tmp_path: Path) -> sa.Connection:
    lay_out(connection)
    spread = random.Random(4)  # noqa: S311 - any spread will do
    rows = [
        violation(
            case_no=f"C-{n}",
            parcel_no="",
            latlon=f"({27.2 + spread.random() / 5:.5f}, {-80.5 + spread.random() / 5:.5f})",
            status=spread.choice(["open", "open", "corrected", "alleged"]),
        )
        for n in range(300)
    ]
    import_cases(connection, tmp_path, *rows)
    return connection


def _grid(connection: sa.Connection) -> Counter[tuple[object, ...]]:
    rows = connection.execute(sa.select(CaseGrid))
    return Counter({tuple(row[:4]): row.open_cases for row in rows})


def _counted_anew(connection: sa.Connection) -> Counter[tuple[object, ...]]:
    grid: Counter[tuple[object, ...]] = Counter()
    for row in connection.execute(sa.select(Case).where(Case.phase.not_in(ENDED))):
        is_open = row.open_violations > 0 or row.phase == "lien"
        for z in range(14):
            cell = (z, row.cell_x >> (13 - z), row.cell_y >> (13 - z))
            grid["staff", *cell] += 1
            grid["public", *cell] += row.published and is_open
    return +grid


def test_an_import_counts_every_cell_of_every_level(town: sa.Connection) -> None:
    grid = _grid(town)
    assert len(grid) > 1000
    assert grid == _counted_anew(town)
    assert town.scalar(sa.select(sa.func.count()).select_from(CaseGridStale)) == 0


@pytest.mark.parametrize("share", [100, 3])
def test_changes_are_counted_and_nothing_else_moves(town: sa.Connection, share: int) -> None:
    few = Case.id % share == 0
    town.execute(
        sa.update(Case).where(few).values(open_violations=0, next_due=None, phase="complied")
    )
    town.execute(sa.update(Case).where(Case.id % 50 == 1).values(published=False))
    town.exec_driver_sql(
        "UPDATE lotline.case_file SET point = moved, point_3857 = ST_Transform(moved, 3857) "
        "FROM (SELECT id, ST_Translate(point, 0.01, 0.01) AS moved FROM lotline.case_file) m "
        "WHERE m.id = case_file.id AND mod(case_file.id, 60) = 2"
    )
    refresh_grid(town)
    assert _grid(town) == _counted_anew(town)


def test_a_refresh_without_a_change_writes_nothing(town: sa.Connection) -> None:
    query = sa.select(sa.text("xmin, *")).select_from(LayerChange)
    before = town.execute(query).all()
    refresh_grid(town)
    assert town.execute(query).all() == before


def test_a_refresh_moves_the_generation_but_keeps_its_rows_few(town: sa.Connection) -> None:
    generation = sa.text("SELECT generation FROM published.generation WHERE layer = 'cases'")
    before = town.scalar(generation)
    for priority in range(1, 6):
        town.execute(sa.update(Case).values(priority=priority))
    refresh_grid(town)
    assert town.scalar(generation) == before + 6
    assert town.scalar(sa.select(sa.func.count()).select_from(LayerChange)) == 3


def test_what_another_transaction_marks_meanwhile_is_not_lost(
    fresh_database: Database, tmp_path: Path
) -> None:
    with fresh_database.owner.begin() as connection:
        lay_out(connection)
        import_cases(connection, tmp_path, violation(), violation(case_no="C-2", parcel_no="A-4"))
    with fresh_database.app.connect() as slow, fresh_database.app.connect() as keeper:
        closed = {"open_violations": 0, "next_due": None, "phase": "complied"}
        slow.execute(sa.update(Case).where(Case.number == "C-1").values(closed))
        keeper.execute(sa.update(Case).where(Case.number == "C-2").values(closed))
        refresh_grid(keeper)
        keeper.commit()
        slow.commit()
        assert _grid(slow) != _counted_anew(slow)
        refresh_grid(slow)
        assert _grid(slow) == _counted_anew(slow) == Counter()
        slow.rollback()
