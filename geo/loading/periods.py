"""Store parcels by period: open new ones, close and follow changed ones, leave the rest alone."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import sqlalchemy as sa
from numpy.typing import NDArray
from sqlalchemy.dialects.postgresql import distinct_on

from geo.layers import WEB_MERCATOR, Parcel, ParcelPeriod
from geo.loading import bulk
from geo.loading.errors import AsOfError
from geo.loading.keyed import told_written
from geo.loading.runs import Request


@dataclass(frozen=True, kw_only=True)
class Stored:
    """What became of the parcels of a file: their identities, and how many needed no change."""

    parcel_ids: dict[str, int]
    unchanged: int
    notes: tuple[str, ...]


def store_periods(
    connection: sa.Connection, parcels: pd.DataFrame, *, request: Request, run_id: int
) -> Stored:
    """Bring the parcels on record to what a file says.

    Parameters
    ----------
    parcels
        One row a parcel: parcel_no, situs_address, land_use, area_m2, flags, mercator, ewkb,
        sha; the index is the row in the file.

    Raises
    ------
    AsOfError
        A period began, or ended, after the day the file speaks of.
    """
    known = _known(connection)
    joined = parcels.join(known, on="parcel_no")
    new = joined["parcel_id"].isna()
    same = (joined["known_sha"] == joined["sha"]) & joined["is_current"].eq(other=True)
    changed = joined[~new & ~same]
    since = request.as_of or (request.today if len(known) else None)
    if len(changed):
        _refuse_older(changed, since=since)
    joined.loc[new, "parcel_id"] = bulk.new_ids(connection, Parcel.__table__, count=int(new.sum()))
    ids = {
        str(no): int(number)
        for no, number in zip(joined["parcel_no"], joined["parcel_id"], strict=True)
    }
    _insert_parcels(connection, joined[new], request=request)
    corrected = _follow(connection, changed, since=since, run_id=run_id)
    opening = joined[~same & ~joined.index.isin(corrected)]
    _open(connection, opening, since=since, run_id=run_id, request=request)
    unnamed = int((known["is_current"].eq(other=True) & ~known.index.isin(list(ids))).sum())
    notes = [told_written("parcel", "parcels", new=int(new.sum()), changed=len(changed))]
    if unnamed:
        notes.append(f"{unnamed:,} parcels on record are not in this file and stay as they are.")
    return Stored(parcel_ids=ids, unchanged=int(same.sum()), notes=tuple(notes))


def _known(connection: sa.Connection) -> pd.DataFrame:
    """Look up every parcel's latest period, open or closed."""
    period = ParcelPeriod
    latest = (
        sa.select(
            Parcel.parcel_no,
            Parcel.id,
            period.id,
            sa.func.coalesce(period.valid_to, period.valid_from),
            period.valid_to.is_(None),
            period.content_sha,
        )
        .ext(distinct_on(Parcel.id))
        .outerjoin(period, period.parcel_id == Parcel.id)
        .order_by(Parcel.id, period.valid_to.desc().nulls_first())
    )
    names = ["parcel_no", "parcel_id", "period_id", "turned_on", "is_current", "known_sha"]
    rows = [tuple(row) for row in connection.execute(latest)]
    return pd.DataFrame(rows, columns=names, dtype=object).set_index("parcel_no")


def _refuse_older(changed: pd.DataFrame, *, since: date | None) -> None:
    turned = changed["turned_on"].dropna()
    if since is not None and (late := turned[turned > since]).size:
        msg = (
            f"This file is as of {since}, but {late.size:,} of its parcels, such as "
            f"{changed['parcel_no'][late.index[0]]}, already have a period from {late.max()}. "
            "Load older files before newer ones, or give the right day with --as-of."
        )
        raise AsOfError(msg)


def _insert_parcels(connection: sa.Connection, new: pd.DataFrame, *, request: Request) -> None:
    columns = {
        "id": bulk.int8(new["parcel_id"].tolist()),
        "parcel_no": bulk.text(new["parcel_no"].tolist()),
    }
    with bulk.indexes_rebuilt(connection, Parcel.__table__, arriving=len(new)):
        bulk.copy_rows(connection, Parcel.__table__, columns, progress=request.progress)


def _follow(
    connection: sa.Connection, changed: pd.DataFrame, *, since: date | None, run_id: int
) -> NDArray[np.int64]:
    """Close the current periods of changed parcels; correct in place those that began today.

    Returns the rows that were corrected, which need no new period.
    """
    current = changed[changed["is_current"].eq(other=True)]
    if not len(current):
        return np.array([], dtype=np.int64)
    same_day = np.array([day is not None and day == since for day in current["turned_on"]], bool)
    ended = [int(number) for number in current["period_id"][~same_day]]
    connection.execute(
        sa.update(ParcelPeriod)
        .where(ParcelPeriod.id == sa.any_(sa.literal(ended, sa.ARRAY(sa.BigInteger))))
        .values(valid_to=since, ended_by_run=run_id)
    )
    corrected = current[same_day]
    for row, parcel in zip(corrected.index, corrected.itertuples(index=False), strict=True):
        connection.execute(_CORRECTION, _correction(parcel, row=int(row), run_id=run_id))
    return corrected.index.to_numpy(np.int64)


_CORRECTION = sa.text("""
    UPDATE lotline.parcel_period SET situs_address = :situs_address, land_use = :land_use,
        area_m2 = :area_m2, flags = :flags, content_sha = :sha, import_run_id = :run_id,
        source_row = :row, geom = CAST(:geom AS bytea)::geometry,
        geom_3857 = CAST(:geom_3857 AS bytea)::geometry
    WHERE id = :period_id
""")


def _correction(parcel: Any, *, row: int, run_id: int) -> dict[str, Any]:
    mercator = np.array([parcel.mercator], dtype=object)
    return {
        "situs_address": parcel.situs_address,
        "land_use": parcel.land_use,
        "area_m2": parcel.area_m2,
        "flags": list(parcel.flags),
        "sha": parcel.sha,
        "geom": parcel.ewkb,
        "geom_3857": bulk.ewkb(mercator, srid=WEB_MERCATOR)[0],
        "period_id": parcel.period_id,
        "row": row,
        "run_id": run_id,
    }


def _open(
    connection: sa.Connection,
    opening: pd.DataFrame,
    *,
    since: date | None,
    run_id: int,
    request: Request,
) -> None:
    if not len(opening):
        return

    def pack(some: pd.DataFrame) -> dict[str, bulk.Strands]:
        rows = len(some)
        return {
            "parcel_id": bulk.int8(some["parcel_id"].tolist()),
            "valid_from": bulk.day([since] * rows),
            "situs_address": bulk.text(some["situs_address"].tolist()),
            "land_use": bulk.text(some["land_use"].tolist()),
            "area_m2": bulk.float8(some["area_m2"].tolist()),
            "flags": bulk.texts(some["flags"].tolist()),
            "content_sha": bulk.bytea(some["sha"].tolist()),
            "import_run_id": bulk.int8([run_id] * rows),
            "source_row": bulk.int4(some.index.to_numpy()),
            "geom": bulk.bytea(some["ewkb"].tolist()),
            "geom_3857": bulk.geometry(some["mercator"].to_numpy(), srid=WEB_MERCATOR),
        }

    table, rows = ParcelPeriod.__table__, len(opening)
    starts = range(0, rows, bulk.ROWS_A_CHUNK)
    chunks = (pack(opening.iloc[start : start + bulk.ROWS_A_CHUNK]) for start in starts)
    with bulk.indexes_rebuilt(connection, table, arriving=rows):
        bulk.copy_chunks(connection, table, chunks, rows=rows, progress=request.progress)
