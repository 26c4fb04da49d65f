"""Clear what a killed server left behind, once nothing of it is alive."""

import time
from pathlib import Path

PATIENCE_SECONDS = 8.0
PROCESSES = Path("/proc")


def living_servers(data: Path) -> list[int]:
    """Return the process ids that stand in a data folder; a zombie stands nowhere.

    A postmaster killed by -9 may linger as a zombie that still answers signal 0, so its pid in
    postmaster.pid proves nothing. Its working folder does: the kernel drops that at death.
    """
    wanted = data.resolve()
    alive = []
    for entry in PROCESSES.glob("[0-9]*"):
        try:
            if (entry / "cwd").readlink() == wanted:
                alive.append(int(entry.name))
        except OSError:
            continue
    return alive


def clear_stale(data: Path, socket: Path) -> None:
    """Remove the pid file and socket lock of a dead server; wait first for its last children.

    Where the system does not show its processes (macOS), nothing is known to be dead and nothing
    is removed: PostgreSQL's own, slower judgement of its pid file stands.
    """
    if not (PROCESSES / "self" / "cwd").exists():
        return
    deadline = time.monotonic() + PATIENCE_SECONDS
    pid_file = data / "postmaster.pid"
    while pid_file.exists() and time.monotonic() < deadline:
        if not living_servers(data):
            for leftover in (pid_file, *socket.glob(".s.PGSQL.*")):
                leftover.unlink(missing_ok=True)
            return
        if postmaster_lives(data):
            return
        time.sleep(0.05)


def postmaster_lives(data: Path) -> bool:
    """Tell whether the server named in a data folder's pid file is seen to be alive."""
    return _postmaster(data / "postmaster.pid") in living_servers(data)


def _postmaster(pid_file: Path) -> int | None:
    try:
        return int(pid_file.read_text(encoding="ascii").split("\n", 1)[0])
    except (OSError, ValueError):
        return None
