"""Take in a parcel layer: read it, check it, and hand each parcel on with its fingerprint."""

import hashlib

import geopandas as gpd
import numpy as np
import pandas as pd
import sqlalchemy as sa

from geo.layers import WGS84
from geo.loading import bulk
from geo.loading.kinds import PARCELS
from geo.loading.mapping import KeyRule
from geo.loading.ownership import store_owners
from geo.loading.periods import store_periods
from geo.loading.placing import AREAS, Ground, locate, mend, project, unite
from geo.loading.reading import Source
from geo.loading.rows import Outcome, Rows, merge_same_key, reject_bad_keys
from geo.loading.runs import Request, begin_run, finish_run, read_asked
from geo.loading.town import settle_town
from geo.loading.turnover import Refresh, keep_turnover, turn_over
from geo.loading.values import optional

TINY_M2 = 5.0
HOLDS_A_DIGIT = KeyRule(pattern=r".*\d.*")
"""What a parcel number looks like where no mapping says it: "ROAD" and "---" are none."""


def load_parcels(connection: sa.Connection, request: Request) -> Outcome:
    """Load a parcel layer in the caller's transaction, as `take_in_parcels` does."""
    return take_in_parcels(connection, request)[0]


def take_in_parcels(connection: sa.Connection, request: Request) -> tuple[Outcome, Refresh | None]:
    """Load a parcel layer in the caller's transaction, and say what became of those on record.

    A parcel is known by its number. One whose attributes or outline differ from its current
    period has that period closed on the day of the file and a new one opened. A file of a day
    (`as_of`) is of the whole town: what it lacks ends on that day (`geo.loading.turnover`). Of any
    other, and of one said to be a part, parcels that it does not name stay as they are and are
    counted in the notes.

    Returns
    -------
    outcome
        What became of each row.
    refresh
        What became of each parcel on record; None where the file was not compared with them.

    Raises
    ------
    ReadingError, ColumnError, CrsError
        The file as a whole cannot be taken in.
    AsOfError
        The file's day lies before a period it would close.
    PartialFileError
        It is of a day and holds only a part of the town.
    """
    source = read_asked(connection, request, kind=PARCELS)
    rows = Rows.of(source, key="parcel_no")
    request.progress("Checking", 0, len(rows))
    crs, notes = _check(connection, rows, source=source, request=request)
    group = merge_same_key(rows, keys=["parcel_no"], merge=source.mapping.merge_same_key)
    everyone = rows.copy()
    unite(rows, group=group)
    parcels = _fingerprinted(rows, project(rows, kinds=AREAS))
    run_id = begin_run(connection, request, source, kind=PARCELS.name, crs=crs)
    # Two imports at once would both see the same parcels as new.
    connection.exec_driver_sql("LOCK TABLE lotline.parcel IN SHARE ROW EXCLUSIVE MODE")
    turnover = turn_over(connection, parcels, request=request, run_id=run_id)
    stored = store_periods(connection, parcels, request=request, run_id=run_id)
    ids = stored.parcel_ids
    notes += store_owners(connection, everyone, parcel_ids=ids, request=request, run_id=run_id)
    refresh = None
    if turnover is not None:
        refresh = keep_turnover(connection, turnover, parcel_ids=ids, run_id=run_id)
        notes += refresh.told()
    outcome = finish_run(
        connection,
        rows,
        run_id=run_id,
        kind=PARCELS.name,
        merged=rows.merged,
        unchanged=stored.unchanged,
        notes=[*source.notes, *notes, *stored.notes],
    )
    return outcome, refresh


def _check(
    connection: sa.Connection, rows: Rows, *, source: Source, request: Request
) -> tuple[str, list[str]]:
    reject_bad_keys(rows, rule=source.mapping.keys or HOLDS_A_DIGIT)
    crs, notes = locate(rows, kinds=AREAS, stored=source.crs, given=request.crs)
    mend(rows)
    settle_town(connection, rows, names=source.mapping.town, file_name=source.path.name)
    return crs.to_string(), notes


def _fingerprinted(rows: Rows, ground: Ground) -> pd.DataFrame:
    """Lay the parcels out as they will be stored, near ones together, each with its hash."""
    frame = pd.DataFrame(
        {
            "parcel_no": rows.keys,
            "situs_address": optional(rows.column("situs_address")),
            "land_use": optional(rows.column("land_use")),
            "area_m2": ground.area_m2,
            "flags": _flags(ground),
            "mercator": ground.mercator,
            "ewkb": bulk.ewkb(ground.lonlat, srid=WGS84),
        },
        index=rows.frame.index,
        dtype=object,
    )
    said = zip(frame["situs_address"], frame["land_use"], frame["ewkb"], strict=True)
    frame["sha"] = [
        hashlib.sha256(f"{address}\0{use}\0".encode() + shape).digest()
        for address, use, shape in said
    ]
    if frame.empty:
        return frame
    along_the_curve = gpd.GeoSeries(ground.mercator).hilbert_distance().to_numpy()
    return frame.iloc[np.argsort(along_the_curve, kind="stable")]


def _flags(ground: Ground) -> list[tuple[str, ...]]:
    said = ((), ("tiny",), ("multipart",), ("multipart", "tiny"))
    which = 2 * (ground.parts > 1) + (ground.area_m2 < TINY_M2)
    return [said[number] for number in which.tolist()]
