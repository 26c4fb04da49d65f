"""Find a run of tests a home for its databases, and clear away what killed runs left of theirs."""

import os
import shutil
import signal
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from geo.cluster import Cluster

PREFIX = "lotline-test-"
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
ENOUGH_MEMORY = 4 << 30
OWNER = "run.pid"


def make_home(environ: Mapping[str, str]) -> Path:
    """Make a home where a database is copied quickest: in memory, where there is much of it."""
    home = Path(tempfile.mkdtemp(prefix=PREFIX, dir=_memory(environ)))
    home.chmod(0o755)
    (home / OWNER).write_text(str(os.getpid()), encoding="ascii")
    return home


def leave(home: Path, environ: Mapping[str, str]) -> None:
    """Stop a home's server and remove it."""
    Cluster(home, environ).down()
    shutil.rmtree(home, ignore_errors=True)


def end_as_if_interrupted() -> None:
    """Have a run that is told to stop leave its home as one does that is interrupted by keys."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)


def _memory(environ: Mapping[str, str]) -> Path | None:
    if not os.access(MEMORY, os.W_OK | os.X_OK):
        return None
    for home in MEMORY.glob(f"{PREFIX}*"):
        if _is_forsaken(home):
            leave(home, environ)
    return MEMORY if shutil.disk_usage(MEMORY).free >= ENOUGH_MEMORY else None


def _is_forsaken(home: Path) -> bool:
    """Tell whether a home is ours and the run that made it is known to be gone."""
    with suppress(OSError, ValueError):
        if home.stat().st_uid == os.geteuid():
            owner = int((home / OWNER).read_text(encoding="ascii"))
            return not Path("/proc", str(owner)).exists()
    return False
