"""Serve the downloads of open data, none that may tell what is held back by now."""

import json
import time
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Response, abort, current_app, send_file

from cases.open_data import held_back_generation
from webmap.arguments import as_day
from webmap.opendata.frame import blueprint
from webmap.visits import visit

MANIFEST, CHECKED = "manifest.json", "checked.json"
"""As `reports.open_data` writes them, which is not imported here: it brings pandas along."""
TYPES = {
    "geojson": "application/geo+json", "csv": "text/csv; charset=utf-8",
    "gpkg": "application/geopackage+sqlite3", "parquet": "application/vnd.apache.parquet",
    "json": "application/json",
}  # fmt: skip
LONGEST_UNCHECKED = 60.0
"""So many seconds a change may be unlooked at before nothing is given out."""


@blueprint.get("/<day>/<data_file>", merge_slashes=False)
def file(day: str, data_file: str) -> Response:
    """Send one file of a day, or its manifest."""
    found = as_day(day) or abort(404)
    manifest = read_manifest(found) or abort(404)
    names = {each["name"] for each in manifest["files"]} | {MANIFEST}
    if data_file not in names:
        abort(404)
    with visit() as look:
        if not is_checked(look.connection):
            abort(503)
    sent = send_file(
        root() / found.isoformat() / data_file,
        mimetype=TYPES[data_file.rpartition(".")[2]],
        as_attachment=data_file != MANIFEST,
        download_name=f"{found.isoformat()}-{data_file}", max_age=0,
    )  # fmt: skip
    sent.headers["Cache-Control"] = "no-cache"
    return sent


def root() -> Path:
    """Return the folder of the downloads."""
    folder: Path = current_app.config["OPEN_DATA"]
    return folder


def manifests() -> list[dict[str, Any]]:
    """Return the manifests of the days there are, the latest first."""
    days = sorted((each.parent.name for each in root().glob(f"*-*-*/{MANIFEST}")), reverse=True)
    return [
        said | {"on": on}
        for day in days if (on := as_day(day)) and (said := read_manifest(on))
    ]  # fmt: skip


def read_manifest(day: date) -> dict[str, Any] | None:
    """Return what there is of a day; None where there is nothing."""
    try:
        said: dict[str, Any] = json.loads((root() / day.isoformat() / MANIFEST).read_text("utf-8"))
    except FileNotFoundError:
        return None
    return said


def is_checked(connection: sa.Connection) -> bool:
    """Tell whether the files were held against the records since something of these was taken back.

    A worker does so twice a minute. Where none has, nothing is given out: somebody's place may
    have become exempt since.
    """
    mark = root() / CHECKED
    try:
        checked = json.loads(mark.read_text("utf-8"))["generation"]
        age = time.time() - mark.stat().st_mtime
    except FileNotFoundError:
        return False
    return age <= LONGEST_UNCHECKED or bool(checked == connection.scalar(held_back_generation()))
