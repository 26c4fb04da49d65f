"""Write a day's open data as files with a manifest, and take back what may no longer be told.

Each day has a folder. It is made beside the others and moved into place whole. What the public may
not read any more is taken out of every kept day by writing it anew; `CHECKED` says up to which
generation of what is taken back, and by whose rules, that has been looked at.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import sqlalchemy as sa

from cases import open_data
from reports.export import write_frame

LAYERS: Mapping[str, Callable[[], sa.Select[Any]]] = {
    "cases": open_data.all_cases,
    "violations": open_data.all_violations,
    "liens": open_data.all_liens,
}
KINDS = ("geojson", "csv", "gpkg", "parquet")
MANIFEST, CHECKED = "manifest.json", "checked.json"
PLACE = ("situs_address", "parcel_no", "lon", "lat")
"""What tells where something is: held back alone, it is taken out alone."""
WHOLE = ("zone_id", "open_violations", "amount_cents")
"""Whole numbers, of which some may not be known: they stay whole in every format all the same."""


def is_made(root: Path, *, on: date) -> bool:
    """Tell whether the files of a day are there."""
    return (root / on.isoformat() / MANIFEST).is_file()


def make(connection: sa.Connection, root: Path, *, on: date, licence: str) -> list[str]:
    """Write the files of a day from what the connection's role may read; gives their names."""
    root.mkdir(parents=True, exist_ok=True)
    frames = {layer: _fetched(connection, select()) for layer, select in LAYERS.items()}
    return _put(root, frames, {"date": on.isoformat(), "licence": licence or None})


def drop_old(root: Path, *, on: date, days: int) -> None:
    """Drop the days before those that are kept, and what a crash left half made."""
    for folder in root.glob("*"):
        if folder.name.startswith("."):
            shutil.rmtree(folder, ignore_errors=True)
    for day in kept_days(root):
        if day <= on - timedelta(days=days):
            shutil.rmtree(root / day.isoformat(), ignore_errors=True)


def kept_days(root: Path) -> list[date]:
    """Return the days there are files of, the latest first."""
    return sorted((date.fromisoformat(each.parent.name) for each in root.glob(f"*-*-*/{MANIFEST}")),
                  reverse=True)  # fmt: skip


def take_back(
    connection: sa.Connection, root: Path, *, moved: int, read_at: float
) -> Iterator[date]:
    """Take out of every kept day what the connection's role may not read now; gives which days.

    Parameters
    ----------
    moved
        The generation of what was taken back; nothing is looked at where it has not moved.
    read_at
        When that was read, in seconds of the clock: what moved since then is not looked at yet.
    """
    mark = root / CHECKED
    looked = {"generation": int(moved), "rules": _rules()}
    if not mark.is_file() or json.loads(mark.read_text("utf-8")) != looked:
        now = {layer: _fetched(connection, select()) for layer, select in LAYERS.items()}
        for day in kept_days(root):
            if _make_anew(root, day, now):
                yield day
    begun = mark.with_suffix(".begun")
    begun.write_text(json.dumps(looked), encoding="utf-8")
    os.utime(begun, (read_at, read_at))
    begun.replace(mark)


def _rules() -> str:
    return open_data.rules()


def _make_anew(root: Path, day: date, now: Mapping[str, gpd.GeoDataFrame]) -> bool:
    folder = root / day.isoformat()
    before = {layer: _read(folder / f"{layer}.parquet") for layer in LAYERS}
    left = {layer: _what_may_stay(frame, now[layer]) for layer, frame in before.items()}
    if all(left[layer] is before[layer] for layer in LAYERS):
        return False
    said = json.loads((folder / MANIFEST).read_text("utf-8"))
    _put(root, left, {"date": said["date"], "licence": said["licence"], "made_anew": True})
    return True


def _read(path: Path) -> gpd.GeoDataFrame:
    with path.open("rb") as file:  # read by its path, it is left open
        source: Any = file
        return gpd.read_parquet(source)


def _what_may_stay(frame: gpd.GeoDataFrame, now: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the rows that are public still, without the places that are not; itself if all is."""
    public = now.set_index("id")
    stays = frame["id"].isin(public.index)
    left = frame[stays]
    today = public.loc[left["id"]]
    hidden = today["lon"].isna().to_numpy() & left["lon"].notna().to_numpy()
    hidden |= today["situs_address"].isna().to_numpy() & left["situs_address"].notna().to_numpy()
    if stays.all() and not hidden.any():
        return frame
    left = left.copy()
    left.loc[hidden, list(PLACE)] = None
    return _shaped(pd.DataFrame(left.drop(columns="geometry")))


def _fetched(connection: sa.Connection, select: sa.Select[Any]) -> gpd.GeoDataFrame:
    rows = connection.execute(select)
    return _shaped(pd.DataFrame(rows.all(), columns=list(rows.keys())))


def _shaped(frame: pd.DataFrame) -> gpd.GeoDataFrame:
    frame = frame.reset_index(drop=True)
    frame = frame.astype({name: "Int64" for name in WHOLE if name in frame})
    frame[["lon", "lat"]] = frame[["lon", "lat"]].astype("float64")
    points = gpd.points_from_xy(frame["lon"], frame["lat"], crs=4326)
    shapes = gpd.GeoSeries(points, crs=4326)
    shapes[frame["lon"].isna()] = None
    return gpd.GeoDataFrame(frame, geometry=shapes, crs=4326)


def _put(root: Path, frames: Mapping[str, gpd.GeoDataFrame], said: dict[str, Any]) -> list[str]:
    making, old = root / f".making-{said['date']}", root / f".old-{said['date']}"
    for left in (making, old):
        shutil.rmtree(left, ignore_errors=True)
    making.mkdir()
    files = [
        _write(making, frame, layer=layer, kind=kind)
        for layer, frame in frames.items() for kind in KINDS
    ]  # fmt: skip
    whole = json.dumps({**said, "files": files}, indent=1)
    (making / MANIFEST).write_text(whole, encoding="utf-8")
    place = root / said["date"]
    if place.exists():
        place.replace(old)
    making.replace(place)
    shutil.rmtree(old, ignore_errors=True)
    return [each["name"] for each in files]


def _write(folder: Path, frame: gpd.GeoDataFrame, *, layer: str, kind: str) -> dict[str, Any]:
    path = folder / f"{layer}.{kind}"
    write_frame(frame, path, kind=kind, layer=layer)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    return {"name": path.name, "layer": layer, "format": kind, "count": len(frame),
            "bytes": path.stat().st_size, "sha256": sha256}  # fmt: skip
