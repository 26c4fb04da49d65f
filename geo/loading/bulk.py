"""Write many rows at once: pack them for binary COPY, and rebuild the indexes after."""

import struct
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from itertools import chain

import numpy as np
import shapely
import sqlalchemy as sa
from numpy.typing import ArrayLike, NDArray
from psycopg import sql

from geo.database import raw
from geo.loading.layer import Shapes
from geo.loading.runs import Progress, silent

Strands = tuple[Sequence[bytes], ...]
"""A column packed for COPY: one or two sequences of bytes to be strung together row by row."""

ROWS_A_CHUNK = 10_000
WORTH_REBUILDING = 5_000
_SWITCH_SECONDS = 0.000_2
_HEADER = b"PGCOPY\n\xff\r\n\0" + struct.pack(">ii", 0, 0)
_TRAILER = struct.pack(">h", -1)
_NULL = struct.pack(">i", -1)
_EPOCH = date(2000, 1, 1)
_TEXT_OID = 25
_HAS_SRID = 0x20000000


def int8(values: ArrayLike) -> Strands:
    """Pack bigints, none missing."""
    return _fixed(values, ">i8")


def int4(values: ArrayLike) -> Strands:
    """Pack integers, none missing."""
    return _fixed(values, ">i4")


def float4(values: ArrayLike) -> Strands:
    """Pack single precision numbers, none missing."""
    return _fixed(values, ">f4")


def float8(values: ArrayLike) -> Strands:
    """Pack double precision numbers, none missing."""
    return _fixed(values, ">f8")


def optional_int(values: Sequence[int | None], *, width: int = 4) -> Strands:
    """Pack integers of 2, 4 or 8 bytes, None as NULL."""
    form = struct.Struct({2: ">ih", 4: ">ii", 8: ">iq"}[width])
    return ([_NULL if value is None else form.pack(width, value) for value in values],)


def boolean(values: Sequence[bool | None]) -> Strands:
    """Pack answers, None as NULL."""
    packed = {None: _NULL, True: struct.pack(">i?", 1, True), False: struct.pack(">i?", 1, False)}
    return ([packed[value] for value in values],)


def day(values: Sequence[date | None]) -> Strands:
    """Pack dates, None as NULL."""
    packed = {
        value: _NULL if value is None else struct.pack(">ii", 4, (value - _EPOCH).days)
        for value in set(values)
    }
    return ([packed[value] for value in values],)


def text(values: Sequence[str | None]) -> Strands:
    """Pack texts, None as NULL."""
    return _of_bytes([None if value is None else value.encode() for value in values])


def bytea(values: Sequence[bytes]) -> Strands:
    """Pack bytes, none missing."""
    return _of_bytes(values)


def texts(values: Sequence[Sequence[str]]) -> Strands:
    """Pack arrays of text."""
    packed = {value: _text_array(value) for value in {tuple(value) for value in values}}
    return _of_bytes([packed[tuple(value)] for value in values])


def geometry(shapes: Shapes, *, srid: int) -> Strands:
    """Pack shapes as EWKB, none missing."""
    return _of_bytes(ewkb(shapes, srid=srid))


def ewkb(shapes: Shapes, *, srid: int) -> list[bytes]:
    """Encode shapes as PostGIS reads them."""
    # Marking the shapes themselves with the SRID would copy each of them first.
    marks: dict[bytes, bytes] = {}
    coded = []
    for wkb in shapely.to_wkb(shapes, byte_order=1).tolist():
        head = wkb[:5]
        if head not in marks:
            kind = struct.unpack("<xI", head)[0]
            marks[head] = struct.pack("<BII", 1, kind | _HAS_SRID, srid)
        coded.append(marks[head] + wkb[5:])
    return coded


def copy_rows(
    connection: sa.Connection,
    table: sa.FromClause,
    columns: Mapping[str, Strands],
    *,
    progress: Progress = silent,
) -> None:
    """Append rows to a table by binary COPY, in the caller's transaction.

    Parameters
    ----------
    table
        A mapped table; its name and schema are taken from it.
    columns
        Packed columns by name, all of one length.
    """
    rows = len(next(iter(columns.values()))[0])
    parts = (slice(start, start + ROWS_A_CHUNK) for start in range(0, rows, ROWS_A_CHUNK))
    chunks = (
        {name: tuple(strand[part] for strand in strands) for name, strands in columns.items()}
        for part in parts
    )
    copy_chunks(connection, table, chunks, rows=rows, progress=progress)


def copy_chunks(
    connection: sa.Connection,
    table: sa.FromClause,
    chunks: Iterable[Mapping[str, Strands]],
    *,
    rows: int,
    progress: Progress = silent,
) -> None:
    """Append rows as `copy_rows` does, packing some while the server takes in those before.

    Parameters
    ----------
    chunks
        Some rows at a time: packed columns by name, the same names every time.
    rows
        How many there will be in all; nothing is done when there are none.
    """
    assert isinstance(table, sa.Table)  # noqa: S101 - every model's __table__ is one
    if not rows:
        return
    waiting = iter(chunks)
    chunk: Mapping[str, Strands] | None = next(waiting)
    statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT binary)").format(
        sql.Identifier(*filter(None, (table.schema, table.name))),
        sql.SQL(", ").join(map(sql.Identifier, chunk or {})),
    )
    with (
        _threads_taking_turns(),
        ThreadPoolExecutor(1) as writer,
        raw(connection).cursor() as cursor,
        cursor.copy(statement) as copy,
    ):
        written, done = writer.submit(copy.write, _HEADER), 0
        while chunk is not None:
            woven, done = _woven(chunk), done + len(next(iter(chunk.values()))[0])
            written.result()
            written = writer.submit(copy.write, woven)
            progress(f"Writing {table.name}", done, rows)
            chunk = next(waiting, None)
        written.result()
        copy.write(_TRAILER)


def upsert_rows(
    connection: sa.Connection,
    table: sa.FromClause,
    columns: Mapping[str, Strands],
    *,
    key: Sequence[str],
) -> None:
    """Insert rows, or bring those whose key is on record to what is given.

    Parameters
    ----------
    columns
        Packed columns by name, with those of the key among them.
    key
        The columns of a unique constraint.
    """
    with upserted(connection, table, list(columns), key=key) as arriving:
        copy_rows(connection, arriving, columns)


@contextmanager
def upserted(
    connection: sa.Connection, table: sa.FromClause, names: Sequence[str], *, key: Sequence[str]
) -> Iterator[sa.Table]:
    """Give a table for a while; what is copied into it is inserted, or brought to what is given.

    Parameters
    ----------
    names
        Its columns, as the table itself has them, with those of the key among them.
    key
        The columns of a unique constraint.
    """
    assert isinstance(table, sa.Table)  # noqa: S101 - every model's __table__ is one
    parts = {
        "table": sql.Identifier(*filter(None, (table.schema, table.name))),
        "names": sql.SQL(", ").join(map(sql.Identifier, names)),
        "key": sql.SQL(", ").join(map(sql.Identifier, key)),
        "changes": sql.SQL(", ").join(
            sql.SQL("{0} = excluded.{0}").format(sql.Identifier(name)) for name in names
        ),
    }
    driver = raw(connection)
    driver.execute(
        sql.SQL(
            "CREATE TEMP TABLE arriving ON COMMIT DROP AS SELECT {names} FROM {table} LIMIT 0"
        ).format(**parts)
    )
    yield sa.Table("arriving", sa.MetaData())
    driver.execute(
        sql.SQL(
            "INSERT INTO {table} ({names}) SELECT {names} FROM arriving "
            "ON CONFLICT ({key}) DO UPDATE SET {changes}"
        ).format(**parts)
    )
    driver.execute("DROP TABLE arriving")


def new_ids(connection: sa.Connection, table: sa.FromClause, *, count: int) -> NDArray[np.int64]:
    """Draw identifiers from a table's own sequence, ascending."""
    assert isinstance(table, sa.Table)  # noqa: S101 - every model's __table__ is one
    name = sa.func.pg_get_serial_sequence(f"{table.schema}.{table.name}", "id")
    sequence = connection.scalar(sa.select(name))
    # As one array they come ten times faster than as rows.
    drawn = sa.text("SELECT ARRAY(SELECT nextval(:sequence) FROM generate_series(1, :count))")
    numbers = connection.scalar(drawn, {"sequence": sequence, "count": count})
    return np.array(numbers, dtype=np.int64)


@contextmanager
def indexes_rebuilt(
    connection: sa.Connection, table: sa.FromClause, *, arriving: int
) -> Iterator[None]:
    """Drop an empty table's indexes and foreign keys around a load that fills it.

    They are built anew from the whole at the end, which is several times faster and gives better
    trees. With a handful of rows arriving nothing is dropped; nor with rows there already, for
    dropping locks out all who read them until the load is done.
    The primary key stays, for other tables lean on it; so do the checks.
    """
    assert isinstance(table, sa.Table)  # noqa: S101 - every model's __table__ is one
    name = f"{table.schema}.{table.name}"
    if arriving < WORTH_REBUILDING or connection.scalar(sa.select(sa.exists(sa.select(table)))):
        yield
        return
    constraints = connection.execute(_CONSTRAINTS, {"table": name}).all()
    indexes = connection.execute(_INDEXES, {"table": name}).all()
    for constraint, _ in constraints:
        connection.exec_driver_sql(f'ALTER TABLE {name} DROP CONSTRAINT "{constraint}"')
    for index, _ in indexes:
        connection.exec_driver_sql(f'DROP INDEX {table.schema}."{index}"')
    yield
    connection.exec_driver_sql("SET LOCAL maintenance_work_mem = '256MB'")
    for _, definition in indexes:
        connection.exec_driver_sql(definition)
    for constraint, definition in constraints:
        connection.exec_driver_sql(f'ALTER TABLE {name} ADD CONSTRAINT "{constraint}" {definition}')
    connection.exec_driver_sql(f"ANALYZE {name}")


_CONSTRAINTS = sa.text("""
    SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conrelid = CAST(:table AS regclass) AND contype IN ('f', 'u', 'x') ORDER BY contype
""")
_INDEXES = sa.text("""
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
    WHERE indrelid = CAST(:table AS regclass)
      AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
    ORDER BY 1
""")


@contextmanager
def _threads_taking_turns() -> Iterator[None]:
    """Let the writer go on soon after the server took a piece, so that it does not sit idle.

    Otherwise each time it would wait until the packing has held Python's lock for 5 ms.
    """
    usual = sys.getswitchinterval()
    sys.setswitchinterval(_SWITCH_SECONDS)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


def _woven(columns: Mapping[str, Strands]) -> bytes:
    strands = list(chain.from_iterable(columns.values()))
    counts = [struct.pack(">h", len(columns))] * len(strands[0])
    return b"".join(chain.from_iterable(zip(counts, *strands, strict=True)))


def _fixed(values: ArrayLike, dtype: str) -> Strands:
    numbers = np.asarray(values, dtype=dtype)
    packed = np.empty(numbers.shape, dtype=[("length", ">i4"), ("value", dtype)])
    packed["length"], packed["value"] = numbers.itemsize, numbers
    whole = packed.tobytes()
    step = packed.itemsize
    return ([whole[at : at + step] for at in range(0, len(whole), step)],)


def _of_bytes(values: Sequence[bytes | None]) -> Strands:
    lengths = [-1 if value is None else len(value) for value in values]
    packed = {length: struct.pack(">i", length) for length in set(lengths)}
    return [packed[length] for length in lengths], [value or b"" for value in values]


def _text_array(value: Sequence[str]) -> bytes:
    if not value:
        return struct.pack(">iii", 0, 0, _TEXT_OID)
    items = [struct.pack(">i", len(item.encode())) + item.encode() for item in value]
    return struct.pack(">iiiii", 1, 0, _TEXT_OID, len(value), 1) + b"".join(items)
