"""Write the few settings that make the cluster private: one socket, peer authentication, roles."""

import hashlib
import os
import pwd
import stat
import tempfile
from collections.abc import Mapping
from pathlib import Path

from geo.cluster.account import Account, server_account
from geo.errors import ClusterError

SUPERUSER = "lotline_admin"
ROLES = ("lotline_owner", "lotline_app", "lotline_public")
LONGEST_SOCKET_PATH = 107
SOCKET_NAME = ".s.PGSQL.5432.lock"

SETTINGS = {
    "listen_addresses": "",
    "port": "5432",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "maintenance_work_mem": "256MB",
    "work_mem": "16MB",
    "random_page_cost": "1.1",
    "effective_io_concurrency": "100",
    "jit": "off",
    "synchronous_commit": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
}


SHARE_OF_MEMORY, LEAST_BUFFERS_MB, MOST_BUFFERS_MB = 8, 128, 2048
"""A town of a million parcels is about a gigabyte; what fits is not copied from the system."""


def _buffers() -> str:
    memory_mb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 20
    return f"{min(max(memory_mb // SHARE_OF_MEMORY, LEAST_BUFFERS_MB), MOST_BUFFERS_MB)}MB"


def socket_folder(home: Path) -> Path:
    """Return where the socket lies: in the home, or a short hashed folder if that path is long.

    Raises
    ------
    ClusterError
        Another user of this computer made the short folder first, and could answer in our name.
    """
    inside = home / "run"
    if len(os.fsencode(inside / SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
        return inside
    digest = hashlib.sha256(os.fsencode(home)).hexdigest()[:16]
    short = Path(tempfile.gettempdir()) / f"lotline-{digest}"
    _refuse_anothers(short)
    return short


def _refuse_anothers(folder: Path) -> None:
    try:
        found = folder.lstat()
    except FileNotFoundError:
        return
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {
        0,
        os.geteuid(),
        server_account().uid,
    }:
        msg = (
            f"{folder}, where the database's socket would lie, is no folder of ours: another user "
            "made it. Remove it, or set LOTLINE_HOME to a folder with a shorter path."
        )
        raise ClusterError(msg)


def write_settings(data: Path, socket: Path, account: Account, extra: Mapping[str, str]) -> None:
    """Write postgresql.conf additions, pg_hba.conf and pg_ident.conf into a data folder."""
    placed = {"unix_socket_directories": str(socket), "shared_buffers": _buffers()}
    settings = SETTINGS | placed | dict(extra)
    lines = [
        f"{name} = '{value.replace(chr(39), chr(39) * 2)}'" for name, value in settings.items()
    ]
    _write(data / "lotline.conf", lines, account)
    main = data / "postgresql.conf"
    include = "include 'lotline.conf'"
    text = main.read_text(encoding="utf-8")
    if include not in text:
        main.write_text(f"{text}\n{include}\n", encoding="utf-8")
    _write(data / "pg_hba.conf", ["local all all peer map=lotline"], account)
    people = sorted({pwd.getpwuid(os.geteuid()).pw_name, account.name})
    _write(
        data / "pg_ident.conf",
        [f"lotline {person} {role}" for person in people for role in (*ROLES, SUPERUSER)],
        account,
    )


def _write(path: Path, lines: list[str], account: Account) -> None:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    path.chmod(0o600)
    account.give(path)
