"""Bench the route solver against VROOM and OR-Tools on Solomon's files and on larger ones."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from reports.routes.solomon import Instance, measure, read_instance
from tests.bench.instances import write_instances

ROOT = Path(__file__).parents[2]
FILES = Path(os.environ.get("LOTLINE_REALDATA", ROOT.parent / "shared" / "realdata")) / "routing"
PEERS = ("vroom", "ortools")
ONE_CORE = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
TARGETS = {("solomon", 2): 1.0, ("solomon", 10): 0.3, ("large", 10): 3.0, ("large", 30): 1.2}
"""Mean gap in percent to the best known, clipped at 0, by files and seconds."""
REFERENCE_SECONDS = 90
"""How long the larger files are searched for their "best known", with another seed."""


def run(*, small: bool = False) -> dict[str, Any]:
    """Solve each file by each solver in turn; `small` leaves the larger files out."""
    best = json.loads((FILES / "best_known_distance.json").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        files = {"solomon": sorted(FILES.glob("*.txt")), "large": write_instances(Path(folder))}
        asked = [key for key in TARGETS if not small or key[0] == "solomon"]
        if not small:
            best |= {file.stem: _reference(file) for file in files["large"]}
        told = {key: [_one(file, key[1]) for file in files[key[0]]] for key in asked}
    for file, shortest in _shortest(told).items():
        if file not in _solomon(files):
            best[file] = min(best[file], shortest)
    rows = [row for key, solved in told.items() for row in _rows(key, solved, best)]
    return {"name": "routes", "rows": rows, "all": {f"{a} {b} s": t for (a, b), t in told.items()}}


def _one(file: Path, seconds: int) -> dict[str, Any]:
    """Solve one file by Lotline's own command and by the peers, one after the other."""
    instance = read_instance(file)
    told: dict[str, Any] = {"file": file.stem, "lotline": _lotline(file, seconds)}
    for peer in PEERS:
        told[peer] = _peer(peer, file, seconds, instance=instance)
    return told


def _solomon(files: dict[str, list[Path]]) -> set[str]:
    return {file.stem for file in files["solomon"]}


def _shortest(told: dict[tuple[str, int], list[dict[str, Any]]]) -> dict[str, float]:
    """Return the shortest that anybody found for each file in this run."""
    best: dict[str, float] = {}
    for solved in told.values():
        for each in solved:
            known = [each[who] for who in ("lotline", *PEERS) if each[who] is not None]
            best[each["file"]] = min([*known, best.get(each["file"], float("inf"))])
    return best


def _reference(file: Path) -> float:
    return _lotline(file, REFERENCE_SECONDS, seed=1) or float("inf")


def _lotline(file: Path, seconds: int, *, seed: int = 0) -> float | None:
    command = [sys.executable, "-c", "from webmap.cli import main; main()"]
    words = ["routes", "bench", str(file), "--seconds", str(seconds), "--json"]
    words += ["--seed", str(seed)]
    told = _told([*command, *words])
    return told["distance"] if told["feasible"] else None


def _peer(peer: str, file: Path, seconds: int, *, instance: Instance) -> float | None:
    words = ["-m", "tests.bench.route_peers", peer, str(file), str(seconds)]
    told = measure(instance, _told([str(ROOT / ".bench/bin/python"), *words]))
    return told.distance if told.feasible else None


def _told(command: list[str]) -> Any:
    """Return the JSON that a command writes; one that writes something else is told whole."""
    environ = os.environ | ONE_CORE
    done = subprocess.run(
        command, cwd=ROOT, env=environ, capture_output=True, text=True, check=True
    )
    try:
        return json.loads(done.stdout)
    except json.JSONDecodeError as error:
        msg = f"{' '.join(command)} wrote {done.stdout!r} and {done.stderr!r}, which is no JSON."
        raise RuntimeError(msg) from error


def _rows(
    key: tuple[str, int], solved: list[dict[str, Any]], best: dict[str, float]
) -> list[dict[str, Any]]:
    files, seconds = key
    gaps = {
        solver: [_gap(told[solver], best[told["file"]]) for told in solved]
        for solver in ("lotline", *PEERS)
    }
    ours = _mean(gaps["lotline"])
    return [
        {
            "what": f"mean gap to the best known, {len(solved)} {files} files, {seconds} s",
            "ours_percent": ours,
            "peer": f"{peer} ({sum(gap is not None for gap in gaps[peer])} solved)",
            "peer_percent": _mean(gaps[peer]),
            "ratio": _ratio(ours, _mean(gaps[peer])),
            "target": f"<= {TARGETS[key]} %, better than {peer}",
            "met": None not in gaps["lotline"]
            and ours is not None
            and ours <= TARGETS[key]
            and ours < (_mean(gaps[peer]) or float("inf")),
        }
        for peer in PEERS
    ]


def _gap(distance: float | None, best: float) -> float | None:
    return None if distance is None else max(0.0, (distance / best - 1) * 100)


def _mean(gaps: list[float | None]) -> float | None:
    known = [gap for gap in gaps if gap is not None]
    return statistics.fmean(known) if known else None


def _ratio(ours: float | None, theirs: float | None) -> float | None:
    if ours is None or theirs is None:
        return None
    if not theirs:
        return 1.0 if not ours else float("inf")
    return ours / theirs
