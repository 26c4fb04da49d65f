"""Run benches by name, print their tables and write bench-results/NAME.json."""

import importlib
import json
import platform
import sys
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

BENCHES = {
    "fines": "tests.bench.fines",
    "growth": "tests.bench.growth",
    "hotspots": "tests.bench.hotspots",
    "import": "tests.bench.importing",
    "letters": "tests.bench.letters",
    "matrix": "tests.bench.matrix",
    "plan": "tests.bench.planning",
    "public": "tests.bench.public",
    "replan": "tests.bench.replanning",
    "reports": "tests.bench.reports",
    "routes": "tests.bench.routing",
    "tiles": "tests.bench.tiles",
}
RESULTS = Path("bench-results")


SIZED = {"growth", "matrix", "plan", "replan", "reports", "routes"}
"""The benches that have a smaller size, which ``--small`` asks for."""


def main(said: list[str]) -> int:
    """Run the named benches (all when none is named); 1 when a peer did not run."""
    small = "--small" in said
    names = [name for name in said if name != "--small"]
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        sys.stderr.write(f"no bench named {unknown[0]}: there are {', '.join(BENCHES)}\n")
        return 2
    RESULTS.mkdir(exist_ok=True)
    return max(_one(name, small=small) for name in names or BENCHES)


def _one(name: str, *, small: bool) -> int:
    sized = {"small": small} if name in SIZED else {}
    result = importlib.import_module(BENCHES[name]).run(**sized)
    result["machine"] = {"cpu": platform.machine(), "python": platform.python_version()}
    (RESULTS / f"{name}.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    Console().print(_table(result))
    silent = [row["what"] for row in result["rows"] if row.get("ratio") is None]
    for what in silent:
        sys.stderr.write(f"{name}: the peer of '{what}' did not run, so this measures nothing\n")
    return 1 if silent else 0


def _table(result: dict[str, Any]) -> Table:
    table = Table(title=f"bench {result['name']}")
    for heading in ("what", "ours", "peer", "peer's", "ratio", "target", "met"):
        table.add_column(heading, justify="left" if heading in {"what", "peer"} else "right")
    for row in result["rows"]:
        ours, theirs = (
            next((row[key] for key in row if key.startswith(prefix) and key != "peer"), None)
            for prefix in ("ours", "peer_")
        )
        met = "yes" if row["met"] else "NO"
        cells = (row["what"], _figure(ours), row["peer"], _figure(theirs))
        table.add_row(*cells, _figure(row["ratio"]), str(row["target"]), met)
    return table


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.4g}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
