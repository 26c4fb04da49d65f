"""Run the servers that hand out the bench's tiles, and the programs that ask them."""

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

import sqlalchemy as sa

from geo.cluster.binaries import find_binaries
from geo.database import READER_OPTIONS, Database
from geo.tiles import TileSource

HERE = Path(__file__).parents[2]
PEERS = HERE / ".bench" / "bin"
CONNECTIONS = 4
START_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Area:
    """The tiles of one zoom that lie well inside the town."""

    z: int
    west: int
    north: int
    east: int
    south: int


class PeerError(Exception):
    """A peer did not run, so there is nothing to compare with."""


@contextmanager
def lotline(home: Path, *, scratch: Path, cache_mb: int) -> Iterator[int]:
    """Serve by one web process of Lotline; gives its port.

    Without a worker for the queue beside it: what it has to do on a day with two million cases is
    measured elsewhere, and its last job may hold the end up for longer than a server is waited for.
    """
    port = _free_port()
    program = str(Path(sys.executable).with_name("lotline"))
    command = [program, "serve", "--port", str(port), "--no-worker"]
    environ = {"LOTLINE_HOME": str(home), "LOTLINE_TILE_CACHE_MB": str(cache_mb)}
    with _server(command, environ=environ, port=port, scratch=scratch):
        yield port


@contextmanager
def tipg(database: Database, *, scratch: Path) -> Iterator[int]:
    """Serve by one worker of tipg over the schema ``peer``; gives its port."""
    owner = sa.make_url(database.owner_url)
    socket_folder = quote(str(owner.query["host"]), safe="")
    port = _free_port()
    command = [str(PEERS / "uvicorn"), "tipg.main:app", "--port", str(port)]
    command += ["--log-level", "warning", "--no-access-log"]
    environ = {
        "DATABASE_URL": f"postgresql://{owner.username}@{socket_folder}/{owner.database}",
        "TIPG_DB_SCHEMAS": json.dumps(["peer"]),
        "TIPG_DB_SPATIAL_EXTENT": "false",
        "TIPG_DB_DATETIME_EXTENT": "false",
        "TIPG_CATALOG_TTL": "86400",
        "TIPG_TILE_BUFFER": "64",
    }
    with _server(command, environ=environ, port=port, scratch=scratch):
        yield port


def ask_by_http(
    port: int, paths: Sequence[str], area: Area, *, scratch: Path, seconds: float
) -> float:
    """Ask for random tiles of an area over HTTP; gives answers a second, refusing failures.

    Parameters
    ----------
    paths
        Addresses with ``{z}``, ``{x}`` and ``{y}``, asked in turn.
    """
    script = scratch / "ask.lua"
    script.write_text(_wrk_script(paths, area))
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds:.0f}s", "-s", str(script)]
    told = _run([*command, f"http://127.0.0.1:{port}/"])
    if "Non-2xx" in told or "Socket errors" in told:
        msg = f"a server failed under load:\n{told}"
        raise PeerError(msg)
    return float(_found(r"Requests/sec:\s+([\d.]+)", told))


def ask_by_sql(
    database: Database, sources: Sequence[TileSource], area: Area, *, scratch: Path, seconds: float
) -> float:
    """Run the server's own statements under pgbench, as the public role; gives runs a second."""
    files = []
    for source in sources:
        path = scratch / f"{source.name}-{area.z}.pgbench"
        path.write_text(_pgbench_script(source, area))
        files += ["-f", str(path)]
    url = sa.make_url(database.public_url)
    command = [str(find_binaries(os.environ) / "pgbench"), "-n", "-M", "prepared"]
    command += ["-c", str(CONNECTIONS), "-j", "1", "-T", str(max(1, round(seconds))), *files]
    command += ["-U", str(url.username), "-h", str(url.query["host"]), str(url.database)]
    told = _run(command, PGOPTIONS=READER_OPTIONS, PGPORT=str(url.query.get("port", "")))
    return float(_found(r"tps = ([\d.]+)", told))


def _pgbench_script(source: TileSource, area: Area) -> str:
    values = (f"'{source.generation_of}'", "NULL", str(area.z), ":x", ":y", "current_date")
    statement = source.statement
    for number, value in enumerate(values, start=1):
        statement = statement.replace(f"${number}", value)
    ranges = {"x": (area.west, area.east), "y": (area.north, area.south)}
    sets = [f"\\set {name} random({low}, {high})" for name, (low, high) in ranges.items()]
    return "\n".join([*sets, statement + ";", ""])


def _wrk_script(paths: Sequence[str], area: Area) -> str:
    listed = ", ".join(f'"{path}"' for path in paths)
    return f"""
        local paths, turn = {{{listed}}}, 0
        math.randomseed(os.time())
        request = function()
            turn = turn % #paths + 1
            local path = paths[turn]
            path = path:gsub("{{z}}", {area.z}):gsub("{{x}}", math.random({area.west}, {area.east}))
            path = path:gsub("{{y}}", math.random({area.north}, {area.south}))
            return wrk.format("GET", path)
        end
    """


@contextmanager
def _server(
    command: Sequence[str], *, environ: Mapping[str, str], port: int, scratch: Path
) -> Iterator[None]:
    log = scratch / f"{port}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, env={**os.environ, **environ}, stdout=output, stderr=output
        )
    try:
        _wait_for(port, process=process, log=log)
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_for(port: int, *, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=1)
            connection.request("GET", "/healthz")
            connection.getresponse().read()
            connection.close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    msg = f"a server did not start: {log.read_text()[-2000:]}"
    raise PeerError(msg)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _run(command: Sequence[str], **environ: str) -> str:
    try:
        done = subprocess.run(
            command, env={**os.environ, **environ}, capture_output=True, text=True, check=True
        )
    except (FileNotFoundError, subprocess.CalledProcessError) as problem:
        msg = f"{command[0]} did not run: {getattr(problem, 'stderr', problem)}"
        raise PeerError(msg) from problem
    return done.stdout


def _found(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    if found is None:
        msg = f"no figure in:\n{text}"
        raise PeerError(msg)
    return found[1]
