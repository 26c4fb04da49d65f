"""Make routing problems of 200 to 400 customers in the manner of Solomon's, the same each time."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

SPECS = (
    ("R200-tight", 200, "random", 200, 60.0),
    ("R300-wide", 300, "random", 200, 240.0),
    ("C200-tight", 200, "clustered", 200, 60.0),
    ("C400-wide", 400, "clustered", 200, 160.0),
    ("RC300-tight", 300, "mixed", 200, 60.0),
    ("RC400-long", 400, "mixed", 700, 240.0),
)
"""Name, customers, how they lie, what a vehicle holds, and the middle width of a time window."""
SIDE = 140
SERVICE = 10


def write_instances(folder: Path) -> list[Path]:
    """Write every problem of `SPECS` as a file in Solomon's format."""
    return [_write(folder / f"{spec[0]}.txt", spec, seed=seed) for seed, spec in enumerate(SPECS)]


def _write(path: Path, spec: tuple[str, int, str, int, float], *, seed: int) -> Path:
    name, customers, layout, capacity, width = spec
    random = np.random.default_rng(seed)
    points = _points(random, customers, layout)
    depot = np.array([SIDE // 2, SIDE // 2])
    away = np.hypot(*(points - depot).T)
    horizon = 240 if capacity <= 200 else 1000
    demand = random.integers(5, 36, customers)
    latest = horizon - away - SERVICE - 1
    middle = random.uniform(away + 1, latest)
    half = np.maximum(random.normal(width, width / 3, customers), 10) / 2
    free = random.random(customers) < 0.25
    ready = np.where(free, 0, np.clip(middle - half, 0, latest)).astype(int)
    due = np.where(free, latest, np.clip(middle + half, away + 1, latest)).astype(int)
    rows = [(0, *depot, 0, 0, horizon, 0)]
    for number in range(customers):
        window = (ready[number], max(due[number], ready[number]))
        rows.append((number + 1, *points[number], demand[number], *window, SERVICE))
    table = "\n".join(" ".join(f"{int(value):>8}" for value in row) for row in rows)
    fleet = f"VEHICLE\nNUMBER     CAPACITY\n  {customers // 2}  {capacity}"
    heading = "CUST NO.  XCOORD.  YCOORD.  DEMAND  READY TIME  DUE DATE  SERVICE TIME"
    path.write_text(f"{name}\n\n{fleet}\n\nCUSTOMER\n{heading}\n\n{table}\n", encoding="utf-8")
    return path


def _points(random: np.random.Generator, count: int, layout: str) -> NDArray[np.int64]:
    scattered = random.integers(0, SIDE + 1, (count, 2))
    if layout == "random":
        return scattered
    centres = random.integers(10, SIDE - 9, (count // 20, 2))
    near = centres[random.integers(0, len(centres), count)] + random.normal(0, 4, (count, 2))
    clustered = np.clip(np.rint(near), 0, SIDE).astype(np.int64)
    if layout == "clustered":
        return clustered
    return np.where(random.random((count, 1)) < 0.5, scattered, clustered)
