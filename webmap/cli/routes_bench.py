"""Solve a benchmark problem of vehicle routing from the command line."""

from __future__ import annotations

import json
import time
from pathlib import Path

import click

from webmap.cli.numbers import FiniteRange

# What solves is imported by what uses it: it costs seconds, help must not.


@click.command()
@click.argument("instance", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--seconds", type=FiniteRange(min=0.1), default=10.0, show_default=True, help="Search so long."
)
@click.option(
    "--seed", type=click.IntRange(min=0), default=0, show_default=True,
    help="The same seed gives the same search.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object.")
def bench(instance: Path, seconds: float, seed: int, *, as_json: bool) -> None:
    """Solve a file in Solomon's format with the solver of the route plans, on one core.

    The length and whether the routes are feasible are computed again from the file, in exact
    figures. Routes are lists of the file's own customer numbers.

    Example: lotline routes bench R101.txt --seconds 10 --json
    """
    started = time.perf_counter()
    from reports.routes.benchmark import solve_instance  # noqa: PLC0415
    from reports.routes.search import Effort  # noqa: PLC0415
    from reports.routes.solomon import read_instance  # noqa: PLC0415

    problem = read_instance(instance)
    solved = solve_instance(problem, effort=Effort(seconds=seconds), seed=seed)
    told = {
        "instance": problem.name,
        "distance": round(solved.distance, 6),
        "routes": solved.routes,
        "feasible": solved.feasible,
        "faults": solved.faults,
        "seconds": round(time.perf_counter() - started, 3),
    }
    if as_json:
        click.echo(json.dumps(told))
        return
    click.echo(
        f"{problem.name}: {solved.distance:,.2f} on {len(solved.routes)} routes, "
        f"{'feasible' if solved.feasible else 'NOT feasible'}."
    )
    for fault in solved.faults:
        click.echo(f"  {fault}")
