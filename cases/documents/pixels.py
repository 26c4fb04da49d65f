"""Have a picture decoded in a process of its own, so that a hostile one costs only itself."""

import json
import math
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cases.documents.errors import BrokenFileError, CostlyPictureError, TooManyPixelsError
from cases.documents.kinds import MediaType

MOST_PIXELS = 60_000_000

PUBLIC_SIDE = 2048
"""So many pixels a side a copy has at the most."""

OUT_OF_MEMORY = 3
"""The exit code by which the child says so."""

_MEMORY = 768 << 20
"""What the child may reserve, in bytes: a picture of 60 megapixels as HEIC takes most of it."""

_PASSES_MEMORY = 150_000_000
"""What libjpeg may keep of a picture in several passes, in bytes: 48 megapixels as phones write."""

_CPU_SECONDS = {"examine": 1.2, "copy": 12.0}
_CPU_SECONDS_PER_MB = 0.5
"""A bomb is small; what takes long and is honest is large. Only what was taken in is copied."""

_STARTING_SECONDS = 20.0
_WALL_PER_CPU = 8
"""How much longer than its own time a child may wait for a turn on a busy machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """A picture that decodes: its size as it is looked at, and what the camera wrote."""

    width: int
    height: int
    tags: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Redrawn:
    """A copy's bytes, which hold nothing but pixels."""

    data: bytes
    media_type: MediaType
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Copies:
    """A copy for the public, and its thumbnail."""

    whole: Redrawn
    thumbnail: Redrawn


def examine(data: bytes, *, media_type: MediaType) -> Examined:
    """Decode a picture and tell of it.

    Raises
    ------
    TooManyPixelsError, BrokenFileError, CostlyPictureError
        It is not taken in.
    """
    told, _ = _ask(data, deed="examine", media_type=media_type)
    return Examined(**told)


def redraw(
    data: bytes,
    *,
    media_type: MediaType,
    boxes: Sequence[Sequence[float]] = (),
    side: int = PUBLIC_SIDE,
) -> Copies:
    """Draw a picture anew, upright, at most so many pixels a side, and again at 320.

    Parameters
    ----------
    boxes
        What to black out: left, top, width and height, as fractions of the upright picture.

    Raises
    ------
    TooManyPixelsError, BrokenFileError, CostlyPictureError
        It does not decode.
    """
    told, files = _ask(
        data, deed="copy", media_type=media_type, boxes=[list(box) for box in boxes], side=side
    )
    found, at = [], 0
    for size in told["copies"]:
        end = at + size["bytes"]
        found.append(
            Redrawn(
                data=files[at:end],
                media_type=MediaType(told["media_type"]),
                width=size["width"],
                height=size["height"],
            )
        )
        at = end
    return Copies(*found)


def _ask(
    data: bytes, *, deed: str, media_type: MediaType, **asked: Any
) -> tuple[dict[str, Any], bytes]:
    cpu = _CPU_SECONDS[deed] + _CPU_SECONDS_PER_MB * len(data) / 1e6
    limits = {
        "memory": _MEMORY, "passes_memory": _PASSES_MEMORY, "cpu_seconds": cpu,
        "most_pixels": MOST_PIXELS,
    }  # fmt: skip
    head = json.dumps({"deed": deed, "media_type": str(media_type), **limits, **asked}).encode()
    try:
        child = subprocess.run(
            [sys.executable, "-P", "-m", "cases.documents.child"],
            input=head + b"\n" + data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # Memory that threads reserve and never use would count against the limit.
            env={**os.environ, "MALLOC_ARENA_MAX": "2", "JPEGMEM": f"{_PASSES_MEMORY // 1000}"},
            timeout=_STARTING_SECONDS + math.ceil(cpu * _WALL_PER_CPU),
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _costly() from None
    if child.returncode in {OUT_OF_MEMORY, -signal.SIGPROF, -signal.SIGKILL}:
        raise _costly()
    if child.returncode:
        msg = (
            "The picture is cut short or damaged: it cannot be opened whole. Send it again from "
            "the original."
        )
        raise BrokenFileError(msg)
    line, _, files = child.stdout.partition(b"\n")
    told = json.loads(line)
    if told.get("refused") == "memory":
        raise _costly()
    if told.get("refused"):
        msg = (
            f"The picture has more than {MOST_PIXELS // 1_000_000} megapixels. Send it at a "
            "smaller size."
        )
        raise TooManyPixelsError(msg)
    return told, files


def _costly() -> CostlyPictureError:
    return CostlyPictureError(
        "The picture takes far more time or memory to open than its size allows. Open it, save it "
        "as a new picture, and send that."
    )
