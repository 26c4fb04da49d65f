"""Choose the operating-system account the server runs as, and check it can reach its folder."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

from geo.errors import ClusterError

UNPRIVILEGED = ("postgres", "daemon", "nobody")


@dataclass(frozen=True, slots=True)
class Account:
    """The account of the server process; `drop` is its name when we must change to it."""

    name: str
    uid: int
    gid: int
    drop: str | None

    def run(self, command: list[str | Path]) -> subprocess.CompletedProcess[str]:
        """Run a command as this account, from a folder every account may stand in."""
        return subprocess.run(  # noqa: S603 - our own programs
            [str(part) for part in command],
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
            user=self.uid if self.drop else None,
            group=self.gid if self.drop else None,
            extra_groups=[] if self.drop else None,
        )

    def give(self, path: Path) -> None:
        """Make the account the owner of a path it must write."""
        if self.drop:
            os.chown(path, self.uid, self.gid)


def server_account() -> Account:
    """Return ourselves, or, for root (whom initdb refuses), an unprivileged account.

    Raises
    ------
    ClusterError
        When root has no unprivileged account to change to.
    """
    if os.geteuid() != 0:
        me = pwd.getpwuid(os.geteuid())
        return Account(name=me.pw_name, uid=me.pw_uid, gid=me.pw_gid, drop=None)
    for name in UNPRIVILEGED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name=name, uid=entry.pw_uid, gid=entry.pw_gid, drop=name)
    msg = (
        "PostgreSQL refuses to run as root and none of the accounts "
        f"{', '.join(UNPRIVILEGED)} exists: run this as an ordinary user."
    )
    raise ClusterError(msg)


def reachable(folder: Path, account: Account) -> bool:
    """Tell whether the account can pass every parent of a folder (which need not exist yet)."""
    if account.drop is None:
        return True
    existing = next(part for part in (folder, *folder.parents) if part.exists())
    return account.run(["test", "-x", existing]).returncode == 0


def require_reachable(folder: Path, account: Account) -> None:
    """Refuse a folder behind a door the account cannot open.

    Raises
    ------
    ClusterError
        Naming the folder, the account and the way out.
    """
    if not reachable(folder, account):
        msg = (
            f"The database folder {folder} lies in a folder that the account "
            f"'{account.name}' cannot enter, and PostgreSQL may not run as root: set LOTLINE_HOME "
            "to a folder it can reach, for example /var/lib/lotline."
        )
        raise ClusterError(msg)
