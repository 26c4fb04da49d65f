"""A case belongs to the officer in whose zone it lies, also after zones are drawn anew."""

from pathlib import Path

import numpy as np
import pytest
import sqlalchemy as sa
from small_town import import_cases, lay_out, violation

from cases.assignment import OfficerZones, assign_zones
from cases.models import Case
from geo.layers import Zone

NEAR, FAR = 27.2975, 27.2965  # 165 m and 275 m south of the zones


@pytest.fixture
def town(connection: sa.Connection) -> sa.Connection:
    lay_out(connection)
    return connection


def _codes(connection: sa.Connection, *lonlat: tuple[float, float]) -> list[str | None]:
    codes = {zone.id: zone.code for zone in connection.execute(sa.select(Zone.id, Zone.code))}
    found = OfficerZones(connection).of(np.array(lonlat))
    return [codes[zone_id] if zone_id else None for zone_id in found]


def test_a_point_has_its_zone_or_one_within_200_metres(town: sa.Connection) -> None:
    points = [(-80.3985, 27.3), (-80.3945, 27.3), (-80.3985, NEAR), (-80.3985, FAR)]
    assert _codes(town, *points, (np.nan, np.nan)) == ["1", "2", "1", None, None]


def test_where_zones_overlap_the_first_has_the_point(town: sa.Connection) -> None:
    town.execute(sa.update(Zone).values(geom_3857=sa.select(sa.func.ST_Multi(
        sa.func.ST_Union(Zone.geom_3857))).scalar_subquery()))  # fmt: skip
    assert _codes(town, (-80.3945, 27.3), (-80.3985, 27.3)) == ["1", "1"]


def test_only_officer_zones_count_and_a_town_without_any_assigns_none(town: sa.Connection) -> None:
    town.execute(sa.update(Zone).values(kind="council"))
    assert _codes(town, (-80.3985, 27.3)) == [None]


def test_cases_change_hands_when_zones_are_drawn_anew(town: sa.Connection, tmp_path: Path) -> None:
    import_cases(town, tmp_path, violation(), violation(case_no="C-2", parcel_no="A-4"))
    assert assign_zones(town) == 0
    moved = sa.func.ST_Translate(Zone.geom_3857, -334.0, 0)
    town.execute(sa.update(Zone).values(geom_3857=moved))
    assert assign_zones(town) == 1
    query = sa.select(Zone.code).join(Case, Case.zone_id == Zone.id).order_by(Case.number)
    assert town.scalars(query).all() == ["2", "2"]
