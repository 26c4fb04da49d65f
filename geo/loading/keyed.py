"""Store a layer whose rows go by a key: only those that are new or differ are written."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from geo.layers import WEB_MERCATOR, WGS84
from geo.loading import bulk
from geo.loading.placing import Ground


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """What became of the records a file names."""

    new: int
    changed: int
    unchanged: int

    def told(self, one: str, many: str) -> str:
        """Say in a sentence what was written, of records that are called so."""
        return told_written(one, many, new=self.new, changed=self.changed)


def told_written(one: str, many: str, *, new: int, changed: int) -> str:
    """Say in a sentence how many records were new and how many changed.

    Parameters
    ----------
    one, many
        What one of them is called, and what several are.
    """
    return f"{new:,} new {one if new == 1 else many}, {changed:,} changed."


JSONB_VERSION = b"\x01"
"""What stands before the text of a jsonb in PostgreSQL's binary form."""
_WIDTHS = {sa.SmallInteger: 2, sa.Integer: 4, sa.BigInteger: 8}


def store_keyed(
    connection: sa.Connection,
    table: sa.FromClause,
    frame: pd.DataFrame,
    *,
    ground: Ground,
    key: Sequence[str],
    run_id: int,
) -> Kept:
    """Bring a table to what a file says of the keys it names.

    Parameters
    ----------
    table
        With columns content_sha, import_run_id, source_row, geom and geom_3857 beside those of
        `frame`.
    frame
        One row a record, its columns named and typed as the table's, None for NULL; the index is
        the row's number in the file.
    ground
        The shape of each row.
    key
        The columns of a unique constraint, no two rows of `frame` alike in them.

    Returns
    -------
    Kept
        How many rows are new, differ, and were on record already and not touched.
    """
    geom = np.array(bulk.ewkb(ground.lonlat, srid=WGS84), dtype=object)
    sha = [
        hashlib.sha256("\0".join(map(str, said)).encode() + shape).digest()
        for *said, shape in zip(*(frame[name] for name in frame), geom, strict=True)
    ]
    known = _known(connection, table, key=key)
    keys = list(zip(*(frame[name] for name in key), strict=True))
    differs = np.array([known.get(k) != s for k, s in zip(keys, sha, strict=True)], dtype=bool)
    if differs.any():
        written = frame[differs]
        columns = {str(name): _packed(table.c[str(name)], list(written[name])) for name in written}
        columns |= {
            "content_sha": bulk.bytea([sha[at] for at in np.flatnonzero(differs)]),
            "import_run_id": bulk.int8([run_id] * len(written)),
            "source_row": bulk.int4(written.index.to_numpy()),
            "geom": bulk.bytea(list(geom[differs])),
            "geom_3857": bulk.geometry(ground.mercator[differs], srid=WEB_MERCATOR),
        }
        _write(connection, table, columns, key=key, rows=len(written))
    added = sum(k not in known for k in keys)
    stored = int(differs.sum())
    return Kept(new=added, changed=stored - added, unchanged=len(frame) - stored)


def _known(
    connection: sa.Connection, table: sa.FromClause, *, key: Sequence[str]
) -> dict[tuple[Any, ...], bytes]:
    """Look up the hash of what is on record, by key."""
    query = sa.select(*(table.c[name] for name in key), table.c.content_sha)
    return {tuple(row[:-1]): row[-1] for row in connection.execute(query)}


def _write(
    connection: sa.Connection,
    table: sa.FromClause,
    columns: dict[str, bulk.Strands],
    *,
    key: Sequence[str],
    rows: int,
) -> None:
    if connection.scalar(sa.select(sa.exists(sa.select(table)))):
        bulk.upsert_rows(connection, table, columns, key=key)
        return
    with bulk.indexes_rebuilt(connection, table, arriving=rows):
        bulk.copy_rows(connection, table, columns)


def _packed(column: sa.ColumnElement[Any], values: Sequence[Any]) -> bulk.Strands:
    """Pack values as the column's type asks; texts, whole numbers and JSON are all there are."""
    if isinstance(column.type, JSONB):
        return bulk.bytea([JSONB_VERSION + each.encode() for each in values])
    for kind, width in _WIDTHS.items():
        if type(column.type) is kind:
            return bulk.optional_int(values, width=width)
    return bulk.text(values)
