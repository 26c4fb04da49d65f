"""Fetch vector tiles from the database, and keep those that have not changed since.

What is drawn in a tile is the business of SQL functions in the schema ``published``; a source
names one. Every answer is checked against the source's generation in the same statement that
would make the tile, so a change is seen at the next request by every process.
"""

import hashlib
import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import date
from typing import Any

import psycopg
import sqlalchemy as sa

from geo.errors import LotlineError

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
        The function of the schema ``published``: (z, x, y), and the day where `dated`.
    generation_of
        The layer whose generation says whether a kept tile still holds.
    layers
        The vector layers a tile may hold.
    dated
        The tiles differ from day to day (a case becomes overdue overnight).
    deepest
        The last zoom made; a map enlarges it beyond.
    """

    name: str
    function: str
    generation_of: str
    layers: tuple[str, ...]
    dated: bool = False
    deepest: int = 17

    @property
    def statement(self) -> str:
        """The generation now and, unless it is the one already known, the tile."""
        day = ", %(on)s" if self.dated else ""
        return (
            "WITH now AS MATERIALIZED (SELECT coalesce("  # noqa: S608 - our names, values bound
            "(SELECT generation FROM published.generation WHERE layer = %(layer)s), 0) "
            "AS generation) "
            "SELECT generation, CASE WHEN generation IS DISTINCT FROM %(known)s "
            f"THEN published.{self.function}(%(z)s, %(x)s, %(y)s{day}) END FROM now"
        )


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
        values = {"layer": source.generation_of, "known": known, "z": z, "x": x, "y": y, "on": on}
        generation, body = self._ask(source.statement, values)
        if tile is None or generation != known:
            tile = _tile(body)
            self._keep(key, generation, tile)
        return tile

    def _ask(self, statement: str, values: dict[str, Any]) -> tuple[int, bytes | None]:
        try:
            return self._ask_once(statement, values)
        except sa.exc.OperationalError as error:
            # The server was restarted under a pooled connection: a new one will do.
            if not error.connection_invalidated:
                raise
            return self._ask_once(statement, values)

    def _ask_once(self, statement: str, values: dict[str, Any]) -> tuple[int, bytes | None]:
        """Ask on the driver's own connection: SQLAlchemy's care would double the cost of asking."""
        pooled = self._engine.raw_connection()
        driver: psycopg.Connection[tuple[int, bytes | None]] = pooled.driver_connection  # type: ignore[assignment]
        try:
            answer = driver.execute(statement, values, prepare=True).fetchone()
            assert answer is not None  # noqa: S101 - the statement answers with one row always
        except psycopg.OperationalError as error:
            cut = driver.closed
            if cut:
                pooled.invalidate()
            raise sa.exc.OperationalError(
                statement, values, error, connection_invalidated=cut
            ) from error
        finally:
            pooled.close()
        return answer

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


def _tile(body: bytes | None) -> Tile:
    held = bytes(body or b"")
    return Tile(held, hashlib.blake2b(held, digest_size=12).hexdigest())


def _refuse_impossible(source: TileSource, *, z: int, x: int, y: int) -> None:
    if not 0 <= z <= source.deepest or not (0 <= x < 2**z and 0 <= y < 2**z):
        msg = (
            f"There is no tile {z}/{x}/{y} of {source.name}: zooms go from 0 to {source.deepest}, "
            "columns and rows from 0 to 2^zoom - 1."
        )
        raise TileError(msg)
