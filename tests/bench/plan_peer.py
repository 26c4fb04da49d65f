"""Plan a week with VROOM, its own breaks and skills and all; run by the Python of the peers.

Usage: python -m tests.bench.plan_peer FILE LEVEL, which writes one JSON object.
"""

import json
import sys
import time
from typing import Any

import numpy as np


def main(path: str, level: int) -> None:
    """Solve the problem written at a path, and write the days and the CPU seconds."""
    import vroom  # noqa: PLC0415 - of the peers' Python

    told = json.loads(open(path, encoding="utf-8").read())  # noqa: PTH123, SIM115 - a small script
    seconds = np.array(told["seconds"], dtype=np.uint32)
    problem = vroom.Input()
    for profile, outside in enumerate(told["outside"]):
        problem.set_durations_matrix(str(profile), seconds)
        costs = seconds.copy()
        costs[:, 1:] += np.array(outside, dtype=np.uint32)
        problem.set_costs_matrix(str(profile), costs)
    for number, shift in enumerate(told["shifts"]):
        problem.add_vehicle(_vehicle(vroom, number, shift))
    for number, stop in enumerate(told["stops"]):
        problem.add_job(
            vroom.Job(
                number,
                location=number + 1,
                default_service=stop["service"],
                priority=stop["priority"],
                time_windows=[vroom.TimeWindow(*window) for window in stop["windows"]],
            )
        )
    began = time.process_time()
    solved = problem.solve(exploration_level=level, nb_threads=1)
    cpu = time.process_time() - began
    jobs = solved.routes[solved.routes["type"] == "job"]
    days: dict[int, list[int]] = {}
    for vehicle, job in zip(jobs["vehicle_id"], jobs["id"], strict=True):
        days.setdefault(int(vehicle), []).append(int(job))
    sys.stdout.write(json.dumps({"orders": days, "cpu": cpu}))


def _vehicle(vroom: Any, number: int, shift: dict[str, Any]) -> Any:
    lunch = shift["lunch"]
    return vroom.Vehicle(
        number,
        start=0,
        end=0,
        profile=str(shift["profile"]),
        time_window=vroom.TimeWindow(*shift["hours"]),
        breaks=[vroom.Break(number, time_windows=[vroom.TimeWindow(*lunch[:2])], service=lunch[2])],
    )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
