"""Read Solomon's benchmark files, and measure what a solution of one is worth in exact figures.

Nothing of the solver is used here: distances and times are computed again in floating point.
"""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from reports.routes.errors import InstanceFileError

COLUMNS = ("number", "x", "y", "demand", "ready time", "due time", "service time")
MOST_BYTES = 5_000_000
MOST_CUSTOMERS = 10_000
"""A distance matrix of more would not fit into a small machine's memory."""
SLACK = 1e-6
"""Of sums of floating-point figures; windows in these files are whole numbers."""


@dataclass(frozen=True)
class Instance:
    """A vehicle routing problem with time windows, as Solomon's files give it.

    Attributes
    ----------
    vehicles, capacity
        How many vehicles there are, and what each holds.
    numbers
        The file's own numbers of the depot, first, and of the customers.
    points
        Shape (n + 1, 2): coordinates of the depot and of the customers.
    demand, ready, due, service
        Shape (n + 1,): what is delivered, when service may begin, and how long it takes.
    """

    name: str
    vehicles: int
    capacity: float
    numbers: tuple[int, ...]
    points: NDArray[np.float64]
    demand: NDArray[np.float64]
    ready: NDArray[np.float64]
    due: NDArray[np.float64]
    service: NDArray[np.float64]

    def distances(self) -> NDArray[np.float64]:
        """Return the exact Euclidean distances, shape (n + 1, n + 1); time is distance."""
        apart = self.points[:, None] - self.points
        exact: NDArray[np.float64] = np.hypot(apart[..., 0], apart[..., 1])
        return exact


@dataclass(frozen=True)
class Measured:
    """What a solution is worth: its length, and every rule it breaks."""

    distance: float
    faults: tuple[str, ...]

    @property
    def feasible(self) -> bool:
        """Return whether no rule is broken."""
        return not self.faults


def read_instance(path: Path) -> Instance:
    """Read a file in Solomon's format, of any number of customers.

    Raises
    ------
    InstanceFileError
        Naming the line, what is wrong there and what was expected.
    """
    lines = _lines(path)
    name = next((text for _, text in lines), path.stem)
    fleet = _rows_after(lines, "VEHICLE", path=path)
    if not fleet:
        msg = f"{path} has no numbers under VEHICLE. Give the vehicles' number and capacity."
        raise InstanceFileError(msg)
    vehicles, capacity = _figures(*fleet[0], columns=("number", "capacity"), path=path)
    rows = _rows_after(lines, "CUSTOMER", path=path)
    table = [_figures(*row, columns=COLUMNS, path=path) for row in rows]
    _refuse_fleet(vehicles, capacity, path=path, line=fleet[0][0])
    _refuse_customers(table, [line for line, _ in rows], capacity=capacity, path=path)
    columns = np.array(table).T
    return Instance(
        name=name,
        vehicles=int(vehicles),
        capacity=capacity,
        numbers=tuple(int(number) for number in columns[0]),
        points=columns[1:3].T.copy(),
        demand=columns[3],
        ready=columns[4],
        due=columns[5],
        service=columns[6],
    )


def measure(instance: Instance, routes: Sequence[Sequence[int]]) -> Measured:
    """Drive the routes again in exact figures.

    Parameters
    ----------
    instance
        The problem.
    routes
        The customers of each vehicle in order, by the file's own numbers, without the depot.
    """
    faults = list(_visit_faults(instance, routes))
    if faults:
        return Measured(math.inf, tuple(faults))
    place = {number: index for index, number in enumerate(instance.numbers)}
    length = 0.0
    for number, route in enumerate(routes, start=1):
        way = [place[customer] for customer in route]
        length += sum(_apart(instance, *pair) for pair in pairwise([0, *way, 0]))
        faults += [f"route {number}: {fault}" for fault in _route_faults(instance, way)]
    return Measured(length, tuple(faults))


def _visit_faults(instance: Instance, routes: Sequence[Sequence[int]]) -> Iterator[str]:
    counts = Counter(customer for route in routes for customer in route)
    customers = set(instance.numbers[1:])
    yield from (f"{number} is no customer" for number in counts.keys() - customers)
    yield from (f"customer {number} is not visited" for number in customers - counts.keys())
    for number, times in counts.items():
        if times > 1:
            yield f"customer {number} is visited {times} times"
    used = sum(bool(route) for route in routes)
    if used > instance.vehicles:
        yield f"{used} vehicles are used where there are {instance.vehicles}"


def _route_faults(instance: Instance, way: Sequence[int]) -> Iterator[str]:
    load = math.fsum(instance.demand[place] for place in way)
    if load > instance.capacity + SLACK:
        yield f"{load:g} is loaded where {instance.capacity:g} fits"
    clock = float(instance.ready[0])
    for here, there in pairwise([0, *way, 0]):
        clock = max(clock + _apart(instance, here, there), float(instance.ready[there]))
        if clock > instance.due[there] + SLACK:
            what = f"customer {instance.numbers[there]}" if there else "the depot"
            yield f"{what} is reached at {clock:.3f}, {instance.due[there]:g} at the latest"
        clock += float(instance.service[there]) if there else 0.0


def _apart(instance: Instance, here: int, there: int) -> float:
    return math.dist(instance.points[here], instance.points[there])


type Line = tuple[int, str]


def _lines(path: Path) -> list[Line]:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        msg = f"{path} cannot be read: {error.strerror}. Give a file in Solomon's format."
        raise InstanceFileError(msg) from error
    if len(content) > MOST_BYTES:
        msg = f"{path} is larger than {MOST_BYTES:,} bytes: no benchmark file is."
        raise InstanceFileError(msg)
    text = content.decode("utf-8-sig", errors="replace")
    numbered = enumerate((line.strip() for line in text.splitlines()), start=1)
    return [(number, line) for number, line in numbered if line]


def _rows_after(lines: list[Line], heading: str, *, path: Path) -> list[Line]:
    """Return the lines of figures under a heading, up to the next heading."""
    starts = [at for at, (_, text) in enumerate(lines) if text.upper() == heading]
    if not starts:
        msg = f"{path} has no line {heading}: it is not in Solomon's format."
        raise InstanceFileError(msg)
    rows: list[Line] = []
    for line in lines[starts[0] + 1 :]:
        if line[1].upper() in {"VEHICLE", "CUSTOMER"}:
            break
        titles = not rows and line[1][0].isalpha()
        if not titles:
            rows.append(line)
    return rows


def _figures(line: int, text: str, *, columns: Sequence[str], path: Path) -> list[float]:
    words = text.split()
    if len(words) != len(columns):
        msg = (
            f"{path}, line {line}: {len(words)} figures where {len(columns)} are needed "
            f"({', '.join(columns)})."
        )
        raise InstanceFileError(msg)
    figures = []
    for column, word in zip(columns, words, strict=True):
        try:
            figure = float(word)
        except ValueError:
            figure = math.nan
        if not math.isfinite(figure):
            msg = f"{path}, line {line}: the {column} is {word[:40]!r}, which is no number."
            raise InstanceFileError(msg)
        figures.append(figure)
    return figures


def _refuse_fleet(vehicles: float, capacity: float, *, path: Path, line: int) -> None:
    if vehicles < 1 or vehicles != int(vehicles) or capacity <= 0:
        msg = (
            f"{path}, line {line}: {vehicles:g} vehicles of capacity {capacity:g}. Give a whole "
            "number of vehicles and a capacity above 0."
        )
        raise InstanceFileError(msg)


def _refuse_customers(
    table: list[list[float]], lines: list[int], *, capacity: float, path: Path
) -> None:
    if not 2 <= len(table) <= MOST_CUSTOMERS + 1:  # noqa: PLR2004 - the depot and one customer
        msg = (
            f"{path} has {max(len(table) - 1, 0)} customers under CUSTOMER. Give a depot in the "
            f"first row and 1 to {MOST_CUSTOMERS:,} customers after it."
        )
        raise InstanceFileError(msg)
    seen: set[float] = set()
    for row, line in zip(table, lines, strict=True):
        for fault in _customer_faults(row, seen, capacity=capacity):
            msg = f"{path}, line {line}: {fault}."
            raise InstanceFileError(msg)
        seen.add(row[0])


def _customer_faults(row: list[float], seen: set[float], *, capacity: float) -> Iterator[str]:
    number, _, _, demand, ready, due, service = row
    if number != int(number):
        yield f"the number {number:g} is no whole number"
    if number in seen:
        yield f"the number {number:g} was given before"
    if not 0 <= demand <= capacity:
        yield f"a demand of {demand:g} where a vehicle holds {capacity:g}"
    if ready < 0 or service < 0:
        yield "a time below 0"
    if due < ready:
        yield f"the due time {due:g} is before the ready time {ready:g}"
