"""Walk about the public map as many people at once do, and note how long each tile took."""

import asyncio
import math
import random
import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product

from tests.bench.tile_servers import Area

WIDE, HIGH = 4, 3
"""Tiles of a view on a desk."""
CONNECTIONS = 6
"""As a browser opens to one server."""
READS = (2.0, 8.0)
"""Seconds between two views, from and to."""
OK = frozenset({200, 204, 304})
PATIENCE = 60.0
"""Seconds after which nobody waits any more."""


@dataclass(slots=True)
class Told:
    """What a crowd met.

    Parameters
    ----------
    tiles
        Seconds that each tile took.
    lists
        Seconds that each view's list took.
    errors
        What else than a tile or a page was answered, or that nothing was.
    """

    tiles: list[float] = field(default_factory=list)
    lists: list[float] = field(default_factory=list)
    pages: int = 0
    errors: list[str] = field(default_factory=list)


class _Line:
    """One connection to the server, kept open from answer to answer."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str) -> int:
        """Return the status of an answer, which is read to its end.

        A server may close what was idle; as browsers do, it is then asked on a new connection.
        """
        if self.streams is not None:
            try:
                return await self._answer(path)
            except (asyncio.IncompleteReadError, ConnectionError) as error:
                if getattr(error, "partial", b""):
                    raise
                self.close()
        self.streams = await asyncio.open_connection("127.0.0.1", self.port)
        return await self._answer(path)

    async def _answer(self, path: str) -> int:
        assert self.streams is not None
        reader, writer = self.streams
        writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n\r\n".encode())
        await writer.drain()
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        status = int(head.split(" ", 2)[1])
        if length := re.search(r"(?i)^content-length: (\d+)", head, re.MULTILINE):
            await reader.readexactly(int(length[1]))
        elif status not in {204, 304}:
            msg = f"an answer of no told length: {head}"
            raise ValueError(msg)
        if "connection: close" in head.lower():
            self.close()
        return status

    def close(self) -> None:
        if self.streams is not None:
            self.streams[1].close()
        self.streams = None


def walk(port: int, areas: list[Area], *, people: int, seconds: float, seed: int) -> Told:
    """Let people open the map and look at view after view of it.

    Parameters
    ----------
    areas
        The tiles of each zoom among which they look about.
    seconds
        How long each goes on; whatever was asked by then is waited for.
    seed
        Of where they look.
    """
    told = Told()
    asyncio.run(_crowd(told, port, areas, people=people, seconds=seconds, seed=seed))
    return told


async def _crowd(
    told: Told, port: int, areas: list[Area], *, people: int, seconds: float, seed: int
) -> None:
    until = time.monotonic() + seconds
    walks = (_walk(told, port, areas, random.Random(f"{seed} {n}"), until) for n in range(people))  # noqa: S311 - where somebody looks is no secret
    await asyncio.gather(*walks)


async def _walk(
    told: Told, port: int, areas: list[Area], chance: random.Random, until: float
) -> None:
    lines = [_Line(port) for _ in range(CONNECTIONS)]
    await asyncio.sleep(chance.uniform(0, READS[1]))  # nobody comes at the same moment
    await _asked(told, lines[0], "/")
    told.pages += 1
    while time.monotonic() < until:
        view = _view(chance.choice(areas), chance)
        tiles = list(view.tiles())
        shares = [_timed(told, line, tiles[n::CONNECTIONS], into=told.tiles)
                  for n, line in enumerate(lines)]  # fmt: skip
        await asyncio.gather(*shares)
        await _timed(told, lines[0], [view.list()], into=told.lists)  # as a map asks that stands
        await asyncio.sleep(chance.uniform(*READS))
    for line in lines:
        line.close()


@dataclass(frozen=True, slots=True)
class _View:
    """What a screen shows: so many tiles from the upper left one on."""

    z: int
    left: int
    top: int

    def tiles(self) -> Iterator[str]:
        """Yield the tiles of the ground and of the cases."""
        columns = range(self.left, self.left + WIDE)
        for x, y in product(columns, range(self.top, self.top + HIGH)):
            for layer in ("ground", "cases"):
                yield f"/tiles/{layer}/{self.z}/{x}/{y}.mvt"

    def list(self) -> str:
        """Return what tells the same cases in words."""
        west, north = _degrees(self.z, self.left, self.top)
        east, south = _degrees(self.z, self.left + WIDE, self.top + HIGH)
        return f"/list?bbox={west:.6f},{south:.6f},{east:.6f},{north:.6f}"


def _view(area: Area, chance: random.Random) -> _View:
    """Return a view somewhere in an area."""
    left = chance.randint(area.west, max(area.west, area.east - WIDE))
    return _View(area.z, left, chance.randint(area.north, max(area.north, area.south - HIGH)))


def _degrees(z: int, x: int, y: int) -> tuple[float, float]:
    """Return longitude and latitude (EPSG:4326) of a tile's upper left corner."""
    across = 2**z
    latitude = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y / across))))
    return x / across * 360 - 180, latitude


async def _timed(told: Told, line: _Line, paths: Iterable[str], *, into: list[float]) -> None:
    for path in paths:
        took = await _asked(told, line, path)
        if took is not None:
            into.append(took)


async def _asked(told: Told, line: _Line, path: str) -> float | None:
    """Return the seconds an answer took; None where there was none, which is told."""
    begun = time.perf_counter()
    try:
        status = await asyncio.wait_for(line.get(path), PATIENCE)
    except (OSError, EOFError, TimeoutError, ValueError) as error:
        line.close()
        told.errors.append(f"{path}: {error!r}")
        return None
    if status not in OK:
        told.errors.append(f"{path}: {status}")
        return None
    return time.perf_counter() - begun
