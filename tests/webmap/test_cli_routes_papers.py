"""A plan of several officers and days leaves each of them papers of their own."""

import io
import json
import os
from datetime import date
from pathlib import Path

import pypdf
import pytest
from day_on_the_grid import HOUR, place, stop
from due_town import lay_out
from grid_town import build_grid
from pdfs import words_of

from geo.database import Database
from geo.streets.engine import Streets
from reports.routes.planning import make_plan
from reports.routes.problem import Problem, Shift
from reports.routes.search import Effort
from webmap.cli.routes_papers import write_papers
from webmap.settings import read_settings

DAYS = (date(2026, 3, 2), date(2026, 3, 3))


def _shift(officer: str, day: date) -> Shift:
    hall = place("Town Hall", 0, 0)
    return Shift(
        day, 8 * HOUR, 16 * HOUR, start_place=hall, end_place=hall, officer=officer, max_stops=1
    )


def test_each_officer_and_day_has_files_of_its_name(
    fresh_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with fresh_database.owner.begin() as connection:
        lay_out(connection)
    for key in ("app", "owner", "public"):
        name = "DATABASE_URL" if key == "app" else f"DATABASE_URL_{key.upper()}"
        monkeypatch.setenv(name, getattr(fresh_database, f"{key}_url"))
    monkeypatch.setenv("LOTLINE_HOME", str(tmp_path))
    monkeypatch.setenv("LOTLINE_LANGUAGES", "es,en")
    shifts = tuple(_shift(each, on) for on in DAYS for each in ("M. Rivera", "K. Ōno"))
    stops = tuple(stop(str(n), n, 1) for n in range(4))
    plan = make_plan(
        Problem(DAYS, shifts, stops), Streets(build_grid(tmp_path)), effort=Effort(iterations=50)
    ).plan
    files = list(write_papers(plan, tmp_path, settings=read_settings(os.environ)))
    stems = {f"{on}-{who}" for on in DAYS for who in ("m-rivera", "k-ōno")}
    endings = ("pdf", "ics", "gpx", "geojson")
    assert {each.name for each in files} == {f"{s}.{e}" for s in stems for e in endings}
    for stem in stems:
        words = words_of(pypdf.PdfReader(io.BytesIO((tmp_path / f"{stem}.pdf").read_bytes())))
        assert "Hoja de ruta" in words  # the town's first language
        told = json.loads((tmp_path / f"{stem}.geojson").read_text(encoding="utf-8"))
        assert told["properties"]["stops_planned"] == 1
