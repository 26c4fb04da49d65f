"""From a city's own files to an officer's day, by the commands a town would give."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
import shapely
import street_walk
from click.testing import CliRunner, Result

from geo.database import Database
from webmap.cli.imports import import_
from webmap.cli.routes import routes

pytestmark = pytest.mark.realdata

MAPPINGS = Path(__file__).parents[2] / "data" / "mappings"
SHIFT_SECONDS = 8.5 * 3600


@dataclass(frozen=True)
class City:
    """Kind, file and mapping of each import, in order, and which day is then planned."""

    imports: tuple[tuple[str, str, str | None], ...]
    day: tuple[str, ...]
    graph: Callable[[Path], nx.DiGraph]


CITIES = {
    "cambridge": City(
        imports=(
            ("parcels", "ASSESSING_ParcelsFY2014.topojson", "cambridge-parcels.toml"),
            ("zones", "PUBLICSAFETY_PoliceCarRoutes.geojson", "cambridge-zones.toml"),
            ("streets", "TRANS_Centerlines.geojson", "cambridge-streets.toml"),
            ("cases", "violations.csv.gz", "cambridge-cases.toml"),
        ),
        day=("--date", "2016-04-01", "--zone", "4R"),
        graph=street_walk.cambridge,
    ),
    "baltimore": City(
        imports=(
            ("streets", "baltimore.osm.pbf", None),
            ("cases", "vacant_building_notices.csv.gz", "baltimore-cases.toml"),
        ),
        day=("--date", "2017-06-05"),
        graph=street_walk.baltimore,
    ),
}


@pytest.mark.parametrize("name", ["cambridge", pytest.param("baltimore", marks=pytest.mark.full)])
def test_a_city_imported_from_its_files_is_driven_along_its_streets(
    name: str,
    realdata: Path,
    fresh_database: Database,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LOTLINE_HOME", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", fresh_database.app_url)
    monkeypatch.setenv("DATABASE_URL_OWNER", fresh_database.owner_url)
    monkeypatch.setenv("DATABASE_URL_PUBLIC", fresh_database.public_url)
    city = CITIES[name]
    for kind, file, mapping in city.imports:
        words = ["--mapping", str(MAPPINGS / mapping)] if mapping else []
        _run(import_, kind, str(realdata / name / file), *words)
    _run(routes, "plan", *city.day, "--iterations", "500", "--out", str(tmp_path / "day"))
    plan = json.loads((tmp_path / "day" / "plan.geojson").read_text(encoding="utf-8"))
    _check_legs(plan, city.graph(realdata))
    _check_day(plan, json.loads((tmp_path / "day" / "plan.json").read_text(encoding="utf-8")))


def _run(group: Any, *words: str) -> Result:
    told = CliRunner().invoke(group, words, catch_exceptions=False)
    assert told.exit_code == 0, told.output
    return told


def _check_legs(plan: dict[str, Any], graph: nx.DiGraph) -> None:
    """Every leg lies on streets and never against a one-way, and all add up to the total."""
    legs = [leg for leg in plan["features"] if leg["properties"]["role"] == "leg"]
    assert len(legs) == plan["properties"]["stops_planned"] + 1
    drives = [shapely.geometry.shape(leg["geometry"]) for leg in legs]
    assert [street_walk.faults(graph, drive) for drive in drives] == [[]] * len(legs)
    for measure in ("seconds", "metres"):
        total = sum(leg["properties"][measure] for leg in legs)
        assert total == plan["properties"][f"total_{measure}"] > 0
    assert all(leg["properties"]["steps"] for leg in legs)


def _check_day(plan: dict[str, Any], summary: dict[str, Any]) -> None:
    """The shift is well used, and nothing that is due is forgotten."""
    figures = plan["properties"]
    assert figures["estimated"] is False
    assert figures["stops_planned"] > 10
    assert figures["total_seconds"] + figures["service_seconds"] > 0.9 * SHIFT_SECONDS
    assert len(summary["left_out"]) == sum(figures["left_by_reason"].values()) > 0
    assert "off_streets" not in figures["left_by_reason"]
