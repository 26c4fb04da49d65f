"""Read the rings of a vector tile as written: most readers forgive those that run astray."""

from collections.abc import Iterator

import numpy as np

LAYER, FEATURE, GEOMETRY = 3, 2, 4
MOVE, CLOSE = 1, 7


def ring_areas(tile: bytes) -> list[list[float]]:
    """Return the signed area of each ring of each polygon, positive where it runs clockwise."""
    return [
        [_area(ring) for ring in _rings(geometry)]
        for layer in _fields(tile, LAYER)
        for feature in _fields(layer, FEATURE)
        for geometry in _fields(feature, GEOMETRY)
    ]


def _fields(message: bytes, wanted: int) -> Iterator[bytes]:
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        value, at = _varint(message, at)
        if key & 7 == 2:
            if key >> 3 == wanted:
                yield message[at : at + value]
            at += value


def _rings(geometry: bytes) -> Iterator[np.ndarray]:
    at, spot, ring = 0, np.zeros(2), []
    while at < len(geometry):
        command, at = _varint(geometry, at)
        if command & 7 == CLOSE:
            yield np.array(ring)
            continue
        if command & 7 == MOVE:
            ring = []
        for _ in range(command >> 3):
            step = []
            for _ in range(2):
                value, at = _varint(geometry, at)
                step.append((value >> 1) ^ -(value & 1))
            spot = spot + step
            ring.append(spot)


def _area(ring: np.ndarray) -> float:
    (x, y), (next_x, next_y) = ring.T, np.roll(ring, -1, axis=0).T
    return float((x * next_y - next_x * y).sum() / 2)  # y runs downwards


def _varint(message: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = message[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at
