"""What may be the same matter is found by parcel and by true distance, through the index."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from desk import CLERK, MANAGER, OFFICER, day
from pyproj import Geod
from reported import GRASS, received, the_case
from small_town import import_cases, lay_out, violation

from cases.duplicates import duplicates_of
from cases.intake import dismiss
from cases.models import Complaint
from cases.opening import close_case, open_case, void_case
from cases.tying import Whereabouts
from geo.database import Database

GEOD = Geod(ellps="WGS84")
SHED = (-80.3925, 27.3025)
"""A point in the town, north of every lot."""
SINCE = date(2026, 5, 16)


def away(
    metres: float, *, bearing: float, start: tuple[float, float] = SHED
) -> tuple[float, float]:
    """Go some metres from a point on the WGS 84 ellipsoid; lon, lat."""
    lon, lat, _ = GEOD.fwd(*start, bearing, metres)
    return lon, lat


def a_case(town: sa.Connection, law: int, **changes: Any) -> int:
    place = {"parcel_no": None, "address": None, "point": SHED, "opened_on": date(2026, 6, 1)}
    asked = {
        "category": "High grass", "law_pack_id": law, "actor": OFFICER, "moment": day(6, 1),
    }  # fmt: skip
    at = Whereabouts(**(place | {k: v for k, v in changes.items() if k in place}))
    rest = {k: v for k, v in changes.items() if k not in place}
    return open_case(town, place=at, **(asked | rest))


def found(town: sa.Connection, **changes: Any) -> list[tuple[str, str]]:
    asked = {
        "parcel_id": None, "point": SHED, "category": "High grass", "within_m": 50,
        "ended_since": SINCE,
    }  # fmt: skip
    query = duplicates_of(**(asked | changes))
    return [(row.kind, row.number) for row in town.execute(query)]


@pytest.mark.parametrize("bearing", [0, 45, 90, 180, 270])
@pytest.mark.parametrize("within_m", [50, 1_000])
def test_the_limit_is_the_true_distance_to_the_centimetre_all_around(
    town: sa.Connection, law: int, bearing: float, within_m: float
) -> None:
    a_case(town, law)
    inside = away(within_m - 0.01, bearing=bearing)
    outside = away(within_m + 0.01, bearing=bearing)
    assert found(town, point=inside, within_m=within_m) == [("case", "CE-2026-00001")]
    assert found(town, point=outside, within_m=within_m) == []


def test_complaints_and_cases_come_nearest_first_after_those_on_the_parcel(
    town: sa.Connection, law: int
) -> None:
    point = away(40, bearing=90)
    a_case(town, law, point=away(30, bearing=0))
    report = {"channel": "web", "category": "High grass", "point": point}
    received(town, law, report=type(GRASS)(**report))
    on_lot = a_case(town, law, parcel_no="A-1", point=None, category="Unpermitted work")
    query = duplicates_of(
        parcel_id=the_case(town, on_lot).parcel_id,
        point=SHED, category="High grass", within_m=50, ended_since=SINCE,
    )  # fmt: skip
    rows = town.execute(query).all()
    assert [(row.number, row.same_parcel) for row in rows] == [
        ("CE-2026-00002", True), ("CE-2026-00001", False), ("CP-2026-00001", False),
    ]  # fmt: skip
    assert [round(row.metres, 2) for row in rows[1:]] == [30, 40]


def test_another_category_nearby_is_another_matter(town: sa.Connection, law: int) -> None:
    a_case(town, law, category="Stagnant pool")
    assert found(town) == []
    assert found(town, category="Stagnant pool") == [("case", "CE-2026-00001")]


def test_one_that_ended_counts_until_its_days_are_over_and_a_void_one_never(
    town: sa.Connection, law: int
) -> None:
    ended, void = a_case(town, law), a_case(town, law)
    close_case(town, case_id=ended, reason="Mown", actor=CLERK, moment=day(6, 2))
    void_case(town, case_id=void, reason="Mistake", actor=MANAGER, moment=day(6, 2))
    gone = received(town, law, report=type(GRASS)(channel="web", category="High grass", point=SHED))
    dismiss(town, complaint_id=gone, reason="Twice", actor=CLERK, moment=day(6, 2))
    both = [("case", "CE-2026-00001"), ("complaint", "CP-2026-00001")]
    assert found(town, ended_since=date(2026, 6, 2)) == both
    assert found(town, ended_since=date(2026, 6, 3)) == []


def test_a_report_of_nowhere_repeats_nothing(town: sa.Connection, law: int) -> None:
    a_case(town, law)
    assert found(town, point=None) == []


def test_reports_that_lie_nowhere_are_alike_by_the_address_they_were_said_to_be_at(
    town: sa.Connection, law: int
) -> None:
    for address, category in (
        ("12 Nowhere  Blvd", "High grass"), ("14 Nowhere Blvd", "High grass"),
        ("12 Nowhere Blvd", "Junk"),
    ):  # fmt: skip
        received(
            town, law, report=type(GRASS)(channel="web", category=category, address=address)
        )  # fmt: skip
    said = {"point": None, "stated": " 12 nowhere BLVD"}
    assert found(town, **said) == [("complaint", "CP-2026-00001")]
    loud = type(GRASS)(channel="web", category="High grass", address="12 NOWHERE BLVD")
    again = received(town, law, report=loud)
    query = sa.select(Complaint.screening).where(Complaint.id == again)
    assert "CP-2026-00001" in str(town.scalar(query))


def test_an_imported_case_that_ended_on_a_day_unknown_is_over(
    connection: sa.Connection, tmp_path: Any
) -> None:
    lay_out(connection)
    import_cases(
        connection, tmp_path, violation(status="closed"), violation(case_no="C-2", parcel_no="A-1")
    )
    lot = connection.scalar(sa.text("SELECT id FROM lotline.parcel WHERE parcel_no = 'A-1'"))
    assert found(connection, parcel_id=lot, point=None) == [("case", "C-2")]


def test_the_town_s_own_distance_is_asked_for_by_category(town: sa.Connection, law: int) -> None:
    """The pack says 50 m, 100 m for an overgrown lot and 15 m for a house number."""
    for category, metres in (
        ("High grass", 50), ("Overgrown lot", 100), ("Missing house number", 15),
    ):  # fmt: skip
        first = type(GRASS)(channel="web", category=category, point=SHED)
        received(town, law, report=first)
        for off, repeats in ((metres - 0.5, True), (metres + 0.5, False)):
            near = type(GRASS)(channel="web", category=category, point=away(off, bearing=200))
            with town.begin_nested() as savepoint:
                one = received(town, law, report=near)
                query = sa.select(Complaint.screening).where(Complaint.id == one)
                duplicates = (town.scalar(query) or [])[-1]["value"]
                savepoint.rollback()
            assert bool(duplicates) == repeats, (category, off)


MANY = """
    WITH crowd AS (
        SELECT n, ST_SetSRID(ST_MakePoint(-80.39 - mod(n, 100) * 0.001, 27.3 + n * 1e-5), 4326) at
        FROM generate_series(1, 10000) n
    ), cases AS (
        INSERT INTO lotline.case_file
            (number, category, phase, published, tie_method, tie_confidence, point, point_3857)
        SELECT 'X-' || n, 'High grass', 'reported', false, 'none', 0, at, ST_Transform(at, 3857)
        FROM crowd
        RETURNING *
    )
    INSERT INTO lotline.complaint (
        number, category, status, received_on, point, point_3857, import_run_id, source_row
    )
    SELECT number, category, 'received', '2026-6-1', point, point_3857, run.id, 1
    FROM cases, (SELECT max(id) AS id FROM lotline.import_run) run;
    ANALYZE lotline.case_file, lotline.complaint
"""


def test_among_many_the_filter_is_answered_by_the_indexes_of_parcel_and_point(
    fresh_database: Database,
) -> None:
    """In a database of its own: the pages of a table stay, and sway the plans of other tests."""
    query = duplicates_of(
        parcel_id=-1, point=SHED, category="High grass", within_m=50, ended_since=SINCE
    )
    with fresh_database.owner.begin() as town:
        lay_out(town)
        town.exec_driver_sql(MANY)
        sql = query.compile(town, compile_kwargs={"literal_binds": True})
        plan = "\n".join(town.exec_driver_sql(f"EXPLAIN {sql}".replace("%", "%%")).scalars())
    assert "ST_Transform(lotline." not in str(sql)
    for index in ("case_point", "case_parcel", "complaint_point", "complaint_parcel"):
        assert f"Bitmap Index Scan on {index}" in plan
    assert "Seq Scan" not in plan
