"""Cambridge's 44,885 violations arrive to the last one."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from real_cases import load_violations

from cases.history import faults

pytestmark = pytest.mark.realdata


def _one(connection: sa.Connection, query: str) -> tuple[object, ...]:
    return tuple(connection.execute(sa.text(query)).one())


def test_every_row_is_loaded_on_its_own_parcel(cambridge: sa.Connection) -> None:
    assert _one(
        cambridge,
        """SELECT rows_read, rows_loaded, rows_rejected FROM lotline.import_run
           WHERE kind = 'cases'""",
    ) == (44_885, 44_885, 0)
    assert _one(
        cambridge,
        """SELECT count(*), count(*) FILTER (WHERE tie_method = 'parcel_no'),
                  count(DISTINCT parcel_id), sum(open_violations)
           FROM lotline.case_file""",
    ) == (16_069, 16_069, 8_001, 13_018)
    assert _one(cambridge, "SELECT count(*) FROM lotline.complaint") == (16_069,)


def test_violations_that_differ_only_in_their_number_are_all_kept(
    cambridge: sa.Connection,
) -> None:
    assert _one(
        cambridge,
        "SELECT count(*), count(DISTINCT external_no) FROM lotline.violation",
    ) == (44_885, 44_885)


def test_unknown_days_are_unknown_and_odd_ones_kept(
    cambridge: sa.Connection,
) -> None:
    assert _one(
        cambridge,
        """SELECT count(*) FILTER (WHERE comply_by IS NULL), min(comply_by) > '2000-01-01',
                  count(*) FILTER (WHERE comply_by > '2070-01-01'),
                  count(*) FILTER (WHERE respondent_name IS NULL)
           FROM lotline.violation""",
    ) == (7_603, True, 1, 245)


def test_each_row_traces_to_its_place_in_the_file(
    cambridge: sa.Connection,
) -> None:
    assert _one(
        cambridge,
        """SELECT count(DISTINCT source_row), min(source_row), max(source_row),
                  count(DISTINCT import_run_id),
                  max(import_run_id) = (SELECT id FROM lotline.import_run WHERE kind = 'cases')
           FROM lotline.violation""",
    ) == (44_885, 1, 44_885, 1, True)
    first = _one(
        cambridge,
        """SELECT number, parcel_no, source_status FROM lotline.violation v
           JOIN lotline.case_file c ON c.id = v.case_id JOIN lotline.parcel p ON p.id = c.parcel_id
           WHERE v.source_row = 1""",
    )
    assert first == ("2014-19710", "184-2", "Open")


def test_each_case_has_one_chained_event_that_tells_of_its_import(
    cambridge: sa.Connection,
) -> None:
    assert _one(
        cambridge,
        """SELECT count(*), count(DISTINCT case_id), count(*) FILTER (WHERE kind = 'imported'),
                  sum(jsonb_array_length(details->'rows')) FROM lotline.case_event""",
    ) == (16_069, 16_069, 16_069, 44_885)
    assert list(faults(cambridge)) == []


def test_the_map_counts_each_open_case_at_every_zoom(
    cambridge: sa.Connection,
) -> None:
    levels = cambridge.execute(
        sa.text(
            "SELECT z, sum(open_cases) FROM lotline.case_grid WHERE audience = 'public' GROUP BY z"
        )
    )
    assert {row.z: row.sum for row in levels} == dict.fromkeys(range(14), 3_844)


def test_the_same_file_again_changes_nothing(cambridge: sa.Connection, realdata: Path) -> None:
    again = load_violations(cambridge, realdata)
    assert (again.loaded, again.unchanged) == (44_885, 44_885)
    assert _one(cambridge, "SELECT count(*) FROM lotline.case_event") == (16_069,)
