"""Find a run of tests a home for its databases, and clear away what killed runs left of theirs."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from geo.cluster import Cluster

PREFIX = "lotline-test-"
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
ENOUGH_MEMORY = 4 << 30
OWNER = "run.pid"
LOTLINE = Path(sys.executable).with_name("lotline")


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


@contextmanager
def home_within(run: Path) -> Iterator[Path]:
    """Lend a home with a cluster of its own that is not made yet, in a run's home."""
    home = Path(tempfile.mkdtemp(prefix="own-", dir=run))
    home.chmod(0o755)
    try:
        yield home
    finally:
        leave(home, os.environ)


def upgrade_home(home: Path) -> None:
    """Make a home as the command does, its server stopped in the end, unless it is there."""
    if not home.exists():
        unborn = home.with_suffix(".unborn")
        environ = {**os.environ, "LOTLINE_HOME": str(unborn)}
        subprocess.run([LOTLINE, "db", "upgrade"], env=environ, check=True, capture_output=True)
        unborn.rename(home)


@contextmanager
def copy_within(run: Path, *, of: Path) -> Iterator[Path]:
    """Lend a home that is a copy of another whose server is stopped, in a run's home."""
    with home_within(run) as home:
        # The data are the server's account's own.
        subprocess.run(["cp", "-a", f"{of}/pg", home], check=True)
        yield home


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
