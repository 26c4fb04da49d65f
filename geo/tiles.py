"""Fetch vector tiles from the database, and keep those that have not changed since.

What is drawn in a tile is the business of SQL functions in the schema ``published``, or for
staff ``office``; a source names one. Every answer is checked against the source's generation in
the same statement that would make the tile, so a change is seen at the next request by every
process.
"""

import hashlib
import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Literal

import sqlalchemy as sa

from geo.errors import LotlineError
from geo.prepared import Prepared

USUAL_BYTES = 64 * 2**20
ENTRY_BYTES = 1_000
"""What keeping a tile costs beside its bytes, so that empty ones do not pile up for nothing."""


class TileError(LotlineError):
    """There is no such tile."""


@dataclass(frozen=True, kw_only=True)
class TileSource:
    """A set of tiles and the function that makes one.

    Parameters
    ----------
    name
        What the source is called in addresses.
    function
        The function that makes one: (z, x, y), and the day where `dated`.
    generation_of
        The layer whose generation says whether a kept tile still holds.
    layers
        The vector layers a tile may hold.
    dated
        The tiles differ from day to day (a case becomes overdue overnight).
    deepest
        The last zoom made; a map enlarges it beyond.
    schema
        Where the function is: anyone's, or that of the office.
    """

    name: str
    function: str
    generation_of: str
    layers: tuple[str, ...]
    dated: bool = False
    deepest: int = 17
    schema: Literal["published", "office"] = "published"

    @property
    def statement(self) -> str:
        """The generation now ($1 its layer) and, unless it is $2, tile $3/$4/$5 on the day $6."""
        day = ", $6::date" if self.dated else ""
        return (
            "WITH now AS MATERIALIZED (SELECT coalesce("  # noqa: S608 - our names, values bound
            "(SELECT generation FROM published.generation WHERE layer = $1), 0) "
            "AS generation) "
            "SELECT generation, CASE WHEN generation IS DISTINCT FROM $2::bigint "
            f"THEN {self.schema}.{self.function}($3::integer, $4::integer, $5::integer{day}) END "
            "FROM now"
        )

    @cached_property
    def question(self) -> Prepared:
        """The statement, to be prepared by each connection that asks it."""
        return Prepared(f"tile_{self.name}", self.statement)


@dataclass(frozen=True, slots=True)
class Tile:
    """A tile's bytes (uncompressed MVT; empty where nothing is) and the tag they are known by."""

    body: bytes
    etag: str


GROUND = TileSource(
    name="ground",
    function="tile_ground",
    generation_of="ground",
    layers=("town", "water", "park", "street", "parcel", "address", "zone", "zone_label"),
)
OFFICE_GROUND = TileSource(
    name="staff_ground",
    function="tile_ground",
    schema="office",
    generation_of="ground",
    layers=GROUND.layers,
)
"""The ground as staff see it: each lot with the number of its parcel."""


class TileStore:
    """Tiles of one audience, fetched over one engine, the latest used of them kept in memory.

    Parameters
    ----------
    engine
        An autocommitting engine of the audience's role.
    most_bytes
        How much to keep; 0 for nothing.
    """

    def __init__(self, engine: sa.Engine, *, most_bytes: int = USUAL_BYTES) -> None:
        self._engine = engine
        self._most_bytes = most_bytes
        self._bytes = 0
        self._kept: OrderedDict[tuple[Any, ...], tuple[int, Tile]] = OrderedDict()
        self._lock = threading.Lock()

    def fetch(self, source: TileSource, *, z: int, x: int, y: int, on: date) -> Tile:
        """Return a tile as it is now.

        Parameters
        ----------
        z, x, y
            Zoom, column from the west, row from the north (XYZ).
        on
            The town's date; used where the source is dated.

        Raises
        ------
        TileError
            When the world has no such tile at that zoom, or the source does not go so deep.
        """
        _refuse_impossible(source, z=z, x=x, y=y)
        key = (source.name, z, x, y, on if source.dated else None)
        known, tile = self._recall(key)
        generation, body = self._ask(source, (z, x, y), known=known, on=on)
        if tile is None or generation != known:
            tile = _tile(body)
            self._keep(key, generation, tile)
        return tile

    def _ask(
        self, source: TileSource, spot: tuple[int, int, int], *, known: int | None, on: date
    ) -> tuple[int, bytes]:
        values = [source.generation_of, None if known is None else str(known), *map(str, spot)]
        if source.dated:
            values.append(on.isoformat())
        generation, body = source.question.first(self._engine, values)
        return int.from_bytes(generation or b"", signed=True), body or b""

    def _recall(self, key: tuple[Any, ...]) -> tuple[int | None, Tile | None]:
        with self._lock:
            if key not in self._kept:
                return None, None
            self._kept.move_to_end(key)
            return self._kept[key]

    def _keep(self, key: tuple[Any, ...], generation: int, tile: Tile) -> None:
        with self._lock:
            if key in self._kept:
                self._bytes -= _weight(self._kept.pop(key)[1])
            self._kept[key] = generation, tile
            self._bytes += _weight(tile)
            while self._bytes > self._most_bytes:
                _, (_, dropped) = self._kept.popitem(last=False)
                self._bytes -= _weight(dropped)


def _weight(tile: Tile) -> int:
    return len(tile.body) + ENTRY_BYTES


def _tile(body: bytes) -> Tile:
    return Tile(body, hashlib.sha256(body).hexdigest()[:24])


def _refuse_impossible(source: TileSource, *, z: int, x: int, y: int) -> None:
    if not 0 <= z <= source.deepest or not (0 <= x < 2**z and 0 <= y < 2**z):
        msg = (
            f"There is no tile {z}/{x}/{y} of {source.name}: zooms go from 0 to {source.deepest}, "
            "columns and rows from 0 to 2^zoom - 1."
        )
        raise TileError(msg)
