"""Take in the town's streets, from a centreline layer or OpenStreetMap data."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import sqlalchemy as sa

from geo.crs import WGS84
from geo.layers import Street
from geo.loading.keyed import store_keyed
from geo.loading.kinds import STREETS
from geo.loading.layer import Shapes
from geo.loading.mapping import Mapping
from geo.loading.placing import LINES, locate, project, unite
from geo.loading.reading import Source, file_sha256
from geo.loading.rows import Outcome, Rows, merge_same_key
from geo.loading.runs import Request, begin_run, finish_run, read_asked, refuse_tomorrow
from geo.loading.street_fields import name_nameless, street_fields
from geo.loading.street_names import remember_streets
from geo.loading.town import settle_town
from geo.streets.centerlines import write_osm
from geo.streets.dataset import SUFFIXES, Replacement
from geo.streets.osm_layers import read_streets


def load_streets(
    connection: sa.Connection, request: Request, *, network: Replacement | None
) -> Outcome:
    """Load the town's streets in the caller's transaction, and build the network to drive on.

    The file is the whole of the streets: those it does not name are removed.

    Parameters
    ----------
    network
        Where the network is built, for the caller to take into use after the commit; None to
        build none.

    Raises
    ------
    ReadingError, ColumnError, CrsError
        The file as a whole cannot be taken in.
    StreetFileError
        No network can be made of it.
    """
    source = _read(connection, request)
    rows = Rows.of(source, key="source_key")
    request.progress("Checking", 0, len(rows))
    crs, notes = locate(rows, kinds=LINES, stored=source.crs, given=request.crs)
    settle_town(connection, rows, names=source.mapping.town, file_name=source.path.name)
    name_nameless(rows)
    group = merge_same_key(rows, keys=["source_key"], merge=source.mapping.merge_same_key)
    unite(rows, group=group)
    fields = street_fields(rows)
    ground = project(rows, kinds=LINES)
    fields = fields.loc[rows.frame.index]
    run_id = begin_run(connection, request, source, kind=STREETS.name, crs=crs.to_string())
    kept = store_keyed(
        connection, Street.__table__, fields, ground=ground, key=["source_key"], run_id=run_id
    )
    notes += [
        kept.told("street", "streets"),
        *_remove_others(connection, list(fields["source_key"])),
    ]
    named = fields[fields["name"].notna()]
    remember_streets(connection, zip(named["street_key"], named["name"], strict=True))
    if network is not None and len(fields):
        _build(request, fields, ground.lonlat, network=network)
    return finish_run(
        connection,
        rows,
        run_id=run_id,
        kind=STREETS.name,
        merged=rows.merged,
        unchanged=kept.unchanged,
        notes=[*source.notes, *notes],
    )


def _is_osm(path: Path) -> bool:
    return path.name.lower().endswith(SUFFIXES)


def _read(connection: sa.Connection, request: Request) -> Source:
    if not _is_osm(request.path):
        return read_asked(connection, request, kind=STREETS)
    refuse_tomorrow(request)
    request.progress("Reading", 0, 1)
    ways = read_streets(request.path)
    fields = {name: ways[name].astype("string").astype("str") for name in ways.columns[:-1]}
    return Source(
        path=request.path,
        sha256=file_sha256(request.path),
        frame=pd.DataFrame(fields).set_axis(pd.RangeIndex(1, len(ways) + 1, name="row")),
        shapes=np.asarray(ways.geometry.array, dtype=object),
        crs=WGS84.to_string(),
        mapping=request.mapping or Mapping(kind=STREETS.name),
        notes=(),
    )


def _remove_others(connection: sa.Connection, keys: Sequence[str]) -> list[str]:
    there = sa.select(sa.func.unnest(sa.literal(list(keys), sa.ARRAY(sa.Text))))
    gone = Street.source_key.not_in(there)
    if not connection.scalar(sa.select(sa.exists(sa.select(Street.id).where(gone)))):
        return []
    removed = connection.execute(sa.delete(Street).where(gone)).rowcount
    return [f"{removed:,} streets that this file does not name were removed."]


def _build(request: Request, fields: pd.DataFrame, lines: Shapes, *, network: Replacement) -> None:
    def progress(step: str) -> None:
        request.progress(step, 0, 1)

    if _is_osm(request.path):
        network.build(request.path, progress=progress)
        return
    frame = gpd.GeoDataFrame(fields, geometry=list(lines), crs=WGS84)
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder) / f"{request.path.name.partition('.')[0]}.osm.pbf"
        write_osm(frame, written)
        network.build(written, progress=progress)
