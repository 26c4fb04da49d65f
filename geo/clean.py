"""Repair invalid polygons in a process of its own, so that a hostile one costs only its row.

Repair of a ring that crosses itself thousands of times may eat the memory, the hour or the
process. So a child with limits does it, one shape at a time; when it dies it is started again
for the next. Run as a program (``python -m geo.clean``), this module is that child.
"""

import os
import resource
import select
import struct
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import IO, Self

import shapely

REPAIR_SECONDS = 10.0
REPAIR_BYTES = 2 << 30
HOW = "make_valid(method=structure)"

_LENGTH = struct.Struct(">I")


@dataclass(frozen=True, kw_only=True)
class Repaired:
    """What became of one shape: the valid one (it may be empty), or why there is none."""

    shape: shapely.Geometry | None
    problem: str | None = None


def repair(
    shapes: Sequence[shapely.Geometry],
    *,
    seconds: float = REPAIR_SECONDS,
    memory: int = REPAIR_BYTES,
) -> list[Repaired]:
    """Make polygons valid, keeping their structure and dropping what collapses.

    Parameters
    ----------
    shapes
        Polygons and multipolygons, in any one coordinate system.
    seconds, memory
        What one shape may take: wall time, and the child's address space in bytes.
    """
    if not shapes:
        return []
    with _Child(seconds=seconds, memory=memory) as child:
        return [child.repair(shape) for shape in shapes]


class _Child:
    def __init__(self, *, seconds: float, memory: int) -> None:
        self._seconds = seconds
        self._command = [sys.executable, "-P", "-m", "geo.clean", str(memory)]
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        self._stop()

    def repair(self, shape: shapely.Geometry) -> Repaired:
        process = self._process or self._start()
        try:
            answer = self._ask(process, shapely.to_wkb(shape))
        except TimeoutError:
            problem = f"its repair took longer than {self._seconds:g} s"
        except (EOFError, BrokenPipeError):
            problem = "its repair ended the program that tried it"
        else:
            if answer:
                return Repaired(shape=shapely.from_wkb(answer))
            return Repaired(shape=None, problem="no repair makes it valid in the memory allowed")
        self._stop()
        return Repaired(shape=None, problem=problem)

    def _start(self) -> subprocess.Popen[bytes]:
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        # Starting up is not the shape's fault, so its clock starts after the child says hello.
        _receive(self._process, deadline=time.monotonic() + 60)
        return self._process

    def _ask(self, process: subprocess.Popen[bytes], wkb: bytes) -> bytes:
        assert process.stdin is not None  # noqa: S101 - opened as a pipe above
        process.stdin.write(_LENGTH.pack(len(wkb)) + wkb)
        process.stdin.flush()
        return _receive(process, deadline=time.monotonic() + self._seconds)

    def _stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


def _receive(process: subprocess.Popen[bytes], *, deadline: float) -> bytes:
    assert process.stdout is not None  # noqa: S101 - opened as a pipe above
    received = b""
    wanted = _LENGTH.size
    while len(received) < wanted:
        ready, _, _ = select.select([process.stdout], [], [], max(0, deadline - time.monotonic()))
        if not ready:
            raise TimeoutError
        chunk = os.read(process.stdout.fileno(), 1 << 20)
        if not chunk:
            raise EOFError
        received += chunk
        if len(received) >= _LENGTH.size:
            wanted = _LENGTH.size + _LENGTH.unpack_from(received)[0]
    return received[_LENGTH.size :]


def _serve(requests: IO[bytes], answers: IO[bytes], *, memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _answer(answers, b"")
    while head := requests.read(_LENGTH.size):
        wkb = requests.read(_LENGTH.unpack(head)[0])
        try:
            mended = _mended(shapely.from_wkb(wkb))
            _answer(answers, shapely.to_wkb(mended) if shapely.is_valid(mended) else b"")
        except (shapely.GEOSException, MemoryError):
            _answer(answers, b"")


def _mended(shape: shapely.Geometry) -> shapely.Geometry:
    mended = shapely.make_valid(shape, method="structure", keep_collapsed=False)
    if shapely.is_valid(mended):
        return mended
    # GEOS may leave two parts side by side along an edge; united they are one and valid.
    return shapely.union_all(shapely.get_parts(mended))


def _answer(answers: IO[bytes], wkb: bytes) -> None:
    answers.write(_LENGTH.pack(len(wkb)) + wkb)
    answers.flush()


if __name__ == "__main__":
    _serve(sys.stdin.buffer, sys.stdout.buffer, memory=int(sys.argv[1]))
