"""Trace streets through a direction field, each keeping its distance from its parallels."""

from collections import deque
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from shapely.geometry import LineString

from data.town.field import CELL_M, Field
from data.town.noise import Array

STEP_M = 4.0
SHARPEST = np.radians(17)
LONGEST_M = 6000.0
SHORTEST_M = 55.0
LOOP_M = 200.0
GAP_SAMPLE = 3


@dataclass(slots=True)
class Ways:
    """
    Cells too near to a street of the same family.

    Family 0 runs along the field's bearing, family 1 across. `shut` stops a street that
    is drawing near; `taken`, wider, refuses a new beginning.
    """

    shut: NDArray[np.bool_]
    taken: NDArray[np.bool_]


class Tracer:
    """Grow streets breadth first from the lines already there."""

    def __init__(self, field: Field, rng: np.random.Generator) -> None:
        self._field = field
        self._rng = rng
        shape = (2, *field.bearing.shape)
        self._ways = Ways(np.zeros(shape, bool), np.zeros(shape, bool))
        self._seeds: deque[tuple[float, float, int]] = deque()

    def adopt(self, line: LineString) -> None:
        """Take a street laid by hand into account and begin others from it."""
        points = np.asarray(line.segmentize(STEP_M).coords)
        if len(points) > 1:
            self._remember(points)

    def grow(self) -> list[LineString]:
        """Trace until no place is left; return the lines, local metres."""
        lines = self._spread()
        rows, columns = np.nonzero(self._field.open)
        for at in self._rng.permutation(len(rows))[::GAP_SAMPLE]:
            x = self._field.left + (columns[at] + 0.5) * CELL_M
            y = self._field.bottom + (rows[at] + 0.5) * CELL_M
            self._seeds.extend((x, y, family) for family in (0, 1))
            lines += self._spread()
        return lines

    def _spread(self) -> list[LineString]:
        lines = []
        while self._seeds:
            x, y, family = self._seeds.popleft()
            points = self._trace(x, y, family)
            if points is not None:
                self._remember(points)
                lines.append(LineString(points))
        return lines

    def _trace(self, x: float, y: float, family: int) -> Array | None:
        cell = self._field.cell(x, y)
        if cell is None or not self._field.open[cell] or self._ways.taken[family][cell]:
            return None
        heading = self._field.bearing[cell] + family * np.pi / 2
        ahead = self._walk(x, y, heading, family)
        behind = self._walk(x, y, heading + np.pi, family)
        points = np.array([*behind[::-1], (x, y), *ahead])
        return points if len(points) * STEP_M > SHORTEST_M else None

    def _walk(self, x: float, y: float, heading: float, family: int) -> list[tuple[float, float]]:
        points: list[tuple[float, float]] = []
        field, shut = self._field, self._ways.shut[family]
        start = (x, y)
        for step in range(int(LONGEST_M / STEP_M)):
            cell = field.cell(x, y)
            if cell is None or not field.open[cell] or shut[cell]:
                break
            turn = _to_nearest_quarter(field.bearing[cell] - heading)
            if step and abs(turn) > SHARPEST:
                break
            heading += turn
            x, y = x + STEP_M * np.cos(heading), y + STEP_M * np.sin(heading)
            points.append((x, y))
            if step * STEP_M > LOOP_M and np.hypot(x - start[0], y - start[1]) < CELL_M:
                break
        return points

    def _remember(self, points: Array) -> None:
        every = max(1, int(CELL_M // STEP_M))
        travelled = 0.0
        next_cross = 0.0
        for (ax, ay), (bx, by) in zip(points[:-1:every], points[every::every], strict=False):
            cell = self._field.cell(ax, ay)
            travelled += float(np.hypot(bx - ax, by - ay))
            if cell is None:
                continue
            heading = float(np.arctan2(by - ay, bx - ax))
            family = _family(heading - self._field.bearing[cell])
            spacing = (self._field.row_m[cell], self._field.cross_m[cell])
            if spacing[0] <= 0:
                continue
            self._stamp(cell, family, spacing[family])
            if travelled >= next_cross:
                next_cross = travelled + spacing[1 - family] * self._rng.uniform(0.7, 1.5) / 2
                self._seed(ax, ay, heading, family, spacing)

    def _seed(
        self, x: float, y: float, heading: float, family: int, spacing: tuple[float, float]
    ) -> None:
        self._seeds.append((x, y, 1 - family))
        for side in (-1, 1):
            away = side * spacing[family] * self._rng.uniform(0.86, 1.26)
            self._seeds.append((x - away * np.sin(heading), y + away * np.cos(heading), family))

    def _stamp(self, cell: tuple[int, int], family: int, spacing: float) -> None:
        for raster, share in ((self._ways.shut, 0.45), (self._ways.taken, 0.83)):
            _fill_disc(raster[family], cell, spacing * share / CELL_M)


def _fill_disc(raster: NDArray[np.bool_], cell: tuple[int, int], radius: float) -> None:
    reach = int(radius)
    row, column = cell
    top, left = max(row - reach, 0), max(column - reach, 0)
    window = raster[top : row + reach + 1, left : column + reach + 1]
    down = np.arange(top, top + window.shape[0])[:, None] - row
    along = np.arange(left, left + window.shape[1])[None, :] - column
    window |= down**2 + along**2 <= radius**2


def _to_nearest_quarter(angle: float) -> float:
    """Reduce an angle to the nearest multiple of 90 degrees: a cross field has four ways."""
    quarter = np.pi / 2
    return float((angle + quarter / 2) % quarter - quarter / 2)


def _family(angle: float) -> int:
    return round(angle / (np.pi / 2)) % 2
