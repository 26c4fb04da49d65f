"""Cambridge's 44,885 violations arrive to the last one."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from cases.history import faults
from cases.importing import load_cases
from cases.importing.kinds import CASES
from geo.database import Database
from geo.loading.kinds import PARCELS
from geo.loading.mapping import load_mapping
from geo.loading.parcels import load_parcels
from geo.loading.rows import Outcome
from geo.loading.runs import Request

pytestmark = pytest.mark.realdata

MAPPINGS = Path(__file__).parents[2] / "data" / "mappings"
TODAY = date(2026, 6, 15)


def _load_cases(connection: sa.Connection, realdata: Path) -> Outcome:
    request = Request(
        path=realdata / "cambridge" / "violations.csv.gz",
        today=TODAY,
        actor="clerk",
        mapping=load_mapping(MAPPINGS / "cambridge-cases.toml", kind=CASES),
    )
    return load_cases(connection, request)


@pytest.fixture(scope="module")
def cambridge(worker_database: Database, realdata: Path) -> Iterator[tuple[sa.Connection, Outcome]]:
    with worker_database.owner.connect() as connection, connection.begin() as transaction:
        request = Request(
            path=realdata / "cambridge" / "ASSESSING_ParcelsFY2014.topojson",
            today=TODAY,
            actor="clerk",
            mapping=load_mapping(MAPPINGS / "cambridge-parcels.toml", kind=PARCELS),
        )
        load_parcels(connection, request)
        yield connection, _load_cases(connection, realdata)
        transaction.rollback()


def _one(connection: sa.Connection, query: str) -> tuple[object, ...]:
    return tuple(connection.execute(sa.text(query)).one())


def test_every_row_is_loaded_on_its_own_parcel(cambridge: tuple[sa.Connection, Outcome]) -> None:
    connection, outcome = cambridge
    assert (outcome.read, outcome.loaded, outcome.rejected) == (44_885, 44_885, 0)
    assert _one(
        connection,
        """SELECT count(*), count(*) FILTER (WHERE tie_method = 'parcel_no'),
                  count(DISTINCT parcel_id), sum(open_violations)
           FROM lotline.case_file""",
    ) == (16_069, 16_069, 8_001, 13_018)
    assert _one(connection, "SELECT count(*) FROM lotline.complaint") == (16_069,)


def test_violations_that_differ_only_in_their_number_are_all_kept(
    cambridge: tuple[sa.Connection, Outcome],
) -> None:
    assert _one(
        cambridge[0],
        "SELECT count(*), count(DISTINCT external_no) FROM lotline.violation",
    ) == (44_885, 44_885)


def test_unknown_days_are_unknown_and_odd_ones_kept(
    cambridge: tuple[sa.Connection, Outcome],
) -> None:
    assert _one(
        cambridge[0],
        """SELECT count(*) FILTER (WHERE comply_by IS NULL), min(comply_by) > '2000-01-01',
                  count(*) FILTER (WHERE comply_by > '2070-01-01'),
                  count(*) FILTER (WHERE respondent_name IS NULL)
           FROM lotline.violation""",
    ) == (7_603, True, 1, 245)


def test_each_row_traces_to_its_place_in_the_file(
    cambridge: tuple[sa.Connection, Outcome],
) -> None:
    connection, outcome = cambridge
    assert _one(
        connection,
        """SELECT count(DISTINCT source_row), min(source_row), max(source_row),
                  count(DISTINCT import_run_id), max(import_run_id) FROM lotline.violation""",
    ) == (44_885, 1, 44_885, 1, outcome.run_id)
    first = _one(
        connection,
        """SELECT number, parcel_no, source_status FROM lotline.violation v
           JOIN lotline.case_file c ON c.id = v.case_id JOIN lotline.parcel p ON p.id = c.parcel_id
           WHERE v.source_row = 1""",
    )
    assert first == ("2014-19710", "184-2", "Open")


def test_each_case_has_one_chained_event_that_tells_of_its_import(
    cambridge: tuple[sa.Connection, Outcome],
) -> None:
    connection, _ = cambridge
    assert _one(
        connection,
        """SELECT count(*), count(DISTINCT case_id), count(*) FILTER (WHERE kind = 'imported'),
                  sum(jsonb_array_length(details->'rows')) FROM lotline.case_event""",
    ) == (16_069, 16_069, 16_069, 44_885)
    assert list(faults(connection)) == []


def test_the_map_counts_each_open_case_at_every_zoom(
    cambridge: tuple[sa.Connection, Outcome],
) -> None:
    levels = cambridge[0].execute(
        sa.text(
            "SELECT z, sum(open_cases) FROM lotline.case_grid WHERE audience = 'public' GROUP BY z"
        )
    )
    assert {row.z: row.sum for row in levels} == dict.fromkeys(range(14), 3_844)


def test_the_same_file_again_changes_nothing(
    cambridge: tuple[sa.Connection, Outcome], realdata: Path
) -> None:
    connection, _ = cambridge
    again = _load_cases(connection, realdata)
    assert (again.loaded, again.unchanged) == (44_885, 44_885)
    assert _one(connection, "SELECT count(*) FROM lotline.case_event") == (16_069,)
