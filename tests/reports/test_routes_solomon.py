import math
from pathlib import Path

import pytest

from reports.routes.benchmark import solve_instance
from reports.routes.errors import InstanceFileError
from reports.routes.search import Effort, Watch
from reports.routes.solomon import Instance, measure, read_instance

FLEET = "VEHICLE\nNUMBER     CAPACITY\n  2         20\n"
HEADING = (
    "CUSTOMER\nCUST NO.  XCOORD.   YCOORD.    DEMAND   READY TIME  DUE DATE   SERVICE   TIME\n\n"
)
DEPOT = "    0   0  0   0    0   1000   0\n"
ROWS = (
    "    1   3  4   10   0    900   10\n"
    "    2   6  8   10   0    900   10\n"
    "    3   0  5   10   100  200   10\n"
)
EXAMPLE = f"TINY\n\n{FLEET}\n{HEADING}{DEPOT}{ROWS}"


@pytest.fixture
def instance(tmp_path: Path) -> Instance:
    return _read(tmp_path, EXAMPLE)


def test_a_file_is_read_as_it_stands(instance: Instance) -> None:
    assert (instance.name, instance.vehicles, instance.capacity) == ("TINY", 2, 20)
    assert instance.numbers == (0, 1, 2, 3)
    assert instance.distances()[1, 2] == pytest.approx(5)
    assert instance.ready.tolist() == [0, 0, 0, 100]


def test_routes_are_driven_again_in_exact_figures(instance: Instance) -> None:
    told = measure(instance, [[1, 2], [3]])
    assert told.feasible
    assert told.distance == pytest.approx(5 + 5 + 10 + 5 + 5)


@pytest.mark.parametrize(
    ("routes", "fault"),
    [
        ([[1, 2]], "customer 3 is not visited"),
        ([[1, 2], [3, 1]], "customer 1 is visited 2 times"),
        ([[1, 2], [3, 9]], "9 is no customer"),
        ([[1], [2], [3]], "3 vehicles are used where there are 2"),
        ([[1, 2, 3]], "30 is loaded where 20 fits"),
    ],
)
def test_a_broken_rule_is_named(instance: Instance, routes: list[list[int]], fault: str) -> None:
    told = measure(instance, routes)
    assert not told.feasible
    assert any(fault in each for each in told.faults)


def test_a_customer_reached_too_late_and_a_late_return_are_named(tmp_path: Path) -> None:
    late = EXAMPLE.replace("100  200", "0  4").replace("1000", "24")
    told = measure(_read(tmp_path, late), [[1, 2], [3]])
    assert "route 2: customer 3 is reached at 5.000, 4 at the latest" in told.faults
    assert "route 1: the depot is reached at 40.000, 24 at the latest" in told.faults


def test_the_solver_finds_the_best_routes_of_a_tiny_problem(instance: Instance) -> None:
    solved = solve_instance(instance, effort=Effort(iterations=200))
    assert solved.feasible
    assert solved.distance == pytest.approx(30)
    assert sorted(map(sorted, solved.routes)) == [[1, 2], [3]]


def test_the_same_seed_and_iterations_give_the_same_routes(tmp_path: Path) -> None:
    path = tmp_path / "grid.txt"
    rows = "".join(
        f"{n} {n % 6 * 7} {n // 6 * 9} 3 {n * 5 % 60} {n * 5 % 60 + 90} 5\n" for n in range(1, 30)
    )
    path.write_text(f"GRID\n{FLEET.replace('2 ', '9 ')}{HEADING}{DEPOT}{rows}", encoding="utf-8")
    grid = read_instance(path)
    first, again = (solve_instance(grid, effort=Effort(iterations=300), seed=3) for _ in "ab")
    assert first == again
    assert first.feasible


def test_a_problem_without_a_way_to_serve_it_is_told_as_such(tmp_path: Path) -> None:
    impossible = _read(tmp_path, EXAMPLE.replace("100  200", "0  1"))
    solved = solve_instance(impossible, effort=Effort(iterations=50))
    assert not solved.feasible
    assert any("customer 3 is reached at" in fault for fault in solved.faults)


def test_whoever_looks_on_is_told_of_the_best_and_may_stop(instance: Instance) -> None:
    told: list[int] = []
    watch = Watch(on_best=told.append, stopped=lambda: True)
    solved = solve_instance(instance, effort=Effort(seconds=60), watch=watch)
    assert solved.feasible
    assert told == sorted(told, reverse=True)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("VEHICLE", "TRUCKS", "has no line VEHICLE"),
        ("CUSTOMER", "PEOPLE", "has no line CUSTOMER"),
        ("  2         20", "  2", "line 5: 1 figures where 2 are needed"),
        ("  2         20", "  0         20", "line 5: 0 vehicles of capacity 20"),
        ("  2         20\n", "", "has no numbers under VEHICLE"),
        (ROWS, "", "has 0 customers under CUSTOMER"),
        ("6  8", "6", "line 12: 6 figures where 7 are needed"),
        ("6  8", "6  south", "line 12: the y is 'south', which is no number"),
        ("6  8", "6  nan", "line 12: the y is 'nan', which is no number"),
        ("    2   6", "    1   6", "line 12: the number 1 was given before"),
        ("    2   6", "    2.5   6", "line 12: the number 2.5 is no whole number"),
        ("100  200", "200  100", "line 13: the due time 100 is before the ready time 200"),
        ("0  5   10", "0  5   21", "line 13: a demand of 21 where a vehicle holds 20"),
        ("0  5   10   100", "0  5   10   -1", "line 13: a time below 0"),
    ],
)
def test_a_bad_file_is_named_with_its_line(tmp_path: Path, old: str, new: str, fault: str) -> None:
    with pytest.raises(InstanceFileError, match=fault):
        _read(tmp_path, EXAMPLE.replace(old, new))


def test_a_file_that_is_not_there_or_no_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(InstanceFileError, match=r"none\.txt cannot be read: No such file"):
        read_instance(tmp_path / "none.txt")
    (tmp_path / "noise.txt").write_bytes(bytes(range(256)) * 40)
    with pytest.raises(InstanceFileError, match="has no line VEHICLE"):
        read_instance(tmp_path / "noise.txt")


def test_nothing_is_measured_of_routes_that_miss_somebody(instance: Instance) -> None:
    assert math.isinf(measure(instance, []).distance)


def _read(folder: Path, text: str) -> Instance:
    path = folder / "tiny.txt"
    path.write_text(text, encoding="utf-8")
    return read_instance(path)
