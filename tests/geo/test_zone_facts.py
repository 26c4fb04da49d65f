"""Numbers that a layer of zones tells of who lives there are kept by the names of its mapping."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from small_town import lay_out

from geo.layers import Zone
from geo.loading.errors import MappingError
from geo.loading.kinds import PARCELS, ZONES
from geo.loading.mapping import load_mapping
from geo.loading.rows import Outcome
from geo.loading.runs import Request
from geo.loading.zones import load_zones

MAPPING = """kind = "zones"
[columns]
code = "ID"
[constants]
kind = "neighborhood"
"""
FACTS = """[facts]
residents = "POP"
median_income = "INCOME"
"""


def _feature(at: int, **properties: Any) -> dict[str, Any]:
    west = -80.4 + at * 0.003
    ring = [[west, 27.3], [west + 0.003, 27.3], [west + 0.003, 27.302], [west, 27.302],
            [west, 27.3]]  # fmt: skip
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": {"ID": f"N{at}", **properties}, "geometry": geometry}


def _load(connection: sa.Connection, folder: Path, *, facts: str = FACTS, **more: Any) -> Outcome:
    layer, mapping = folder / "zones.geojson", folder / "zones.toml"
    features = [_feature(0, POP="1,250", INCOME=61_500.5, **more),
                _feature(1, POP=0, INCOME="n/a", **more)]  # fmt: skip
    layer.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    mapping.write_text(MAPPING + facts)
    said = load_mapping(mapping, kind=ZONES)
    request = Request(path=layer, today=date(2026, 6, 15), actor="clerk", mapping=said)
    return load_zones(connection, request)


def _kept(connection: sa.Connection) -> dict[str, dict[str, float]]:
    query = sa.select(Zone.code, Zone.facts).where(Zone.kind == "neighborhood")
    return {row.code: row.facts for row in connection.execute(query)}


def test_numbers_are_kept_and_what_is_none_is_left_out_and_told(
    connection: sa.Connection, tmp_path: Path
) -> None:
    lay_out(connection)
    outcome = _load(connection, tmp_path)
    assert _kept(connection) == {
        "N0": {"residents": 1250, "median_income": 61_500.5}, "N1": {"residents": 0},
    }  # fmt: skip
    assert "1 facts of zones are no numbers and were left out." in outcome.notes


def test_a_file_that_tells_none_leaves_those_on_record(
    connection: sa.Connection, tmp_path: Path
) -> None:
    lay_out(connection)
    _load(connection, tmp_path)
    before = _kept(connection)
    _load(connection, tmp_path, facts="")
    assert _kept(connection) == before
    _load(connection, tmp_path, facts='[facts]\nresidents = "POP"\n')
    assert _kept(connection) == {"N0": {"residents": 1250}, "N1": {"residents": 0}}


def test_facts_are_numbers_to_the_database_too(connection: sa.Connection) -> None:
    lay_out(connection)
    with pytest.raises(sa.exc.IntegrityError, match="zone_facts_are_numbers"):
        connection.exec_driver_sql("""UPDATE lotline.zone SET facts = '{"residents": "many"}'""")


@pytest.mark.parametrize(
    ("text", "why"),
    [('[facts]\n"Median Income" = "X"\n', "is no name of a fact")],
)  # fmt: skip
def test_a_fact_has_a_plain_name(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "zones.toml"
    path.write_text(MAPPING + text)
    with pytest.raises(MappingError, match=why):
        load_mapping(path, kind=ZONES)


def test_only_zones_keep_facts(tmp_path: Path) -> None:
    path = tmp_path / "parcels.toml"
    path.write_text('kind = "parcels"\n[columns]\nparcel_no = "ID"\n[facts]\nresidents = "POP"\n')
    with pytest.raises(MappingError, match="is for zones; parcels keep none"):
        load_mapping(path, kind=PARCELS)
