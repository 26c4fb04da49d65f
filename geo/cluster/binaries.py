"""Find PostgreSQL binaries that come with PostGIS, newest first."""

import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from geo.errors import ClusterError

INSTALL_HINT = (
    "Install PostgreSQL with PostGIS (Debian, Ubuntu: apt-get install postgresql "
    "postgresql-postgis; Fedora: dnf install postgresql-server postgis; macOS: brew install "
    "postgis) and run this again, name its bin folder in PG_BINDIR, or point DATABASE_URL "
    "at a server you already run."
)


def find_binaries(environ: Mapping[str, str]) -> Path:
    """Return the bin folder of the newest PostgreSQL that has PostGIS.

    Looks at ``PG_BINDIR``, ``/usr/lib/postgresql/*/bin`` and ``PATH``, in that order of trust:
    a named folder wins, of the others the highest version does.

    Raises
    ------
    ClusterError
        When none has both the server programs and the PostGIS extension.
    """
    named = environ.get("PG_BINDIR")
    if named:
        folder = Path(named)
        if not _has_postgis(folder):
            msg = f"PG_BINDIR={named} has no PostgreSQL with PostGIS. {INSTALL_HINT}"
            raise ClusterError(msg)
        return folder
    found = [folder for folder in _candidates(environ) if _has_postgis(folder)]
    if not found:
        msg = f"No PostgreSQL with PostGIS was found on this machine. {INSTALL_HINT}"
        raise ClusterError(msg)
    return max(found, key=_version)


def _candidates(environ: Mapping[str, str]) -> Iterator[Path]:
    yield from Path("/usr/lib/postgresql").glob("*/bin")
    for config in ("pg_config", "postgres"):
        program = shutil.which(config, path=environ.get("PATH"))
        if program:
            yield Path(program).resolve().parent


def _has_postgis(folder: Path) -> bool:
    if not (folder / "initdb").exists() or not (folder / "postgres").exists():
        return False
    share = _ask(folder / "pg_config", "--sharedir") or str(
        folder.parents[3] / "share" / "postgresql" / folder.parent.name
    )
    return (Path(share) / "extension" / "postgis.control").exists()


def _version(folder: Path) -> tuple[int, ...]:
    told = _ask(folder / "postgres", "--version") or "0"
    return tuple(int(part) for part in re.findall(r"\d+", told)[:2])


def _ask(program: Path, flag: str) -> str | None:
    if not program.exists():
        return None
    answer = subprocess.run([program, flag], capture_output=True, text=True, check=False)  # noqa: S603 - our own absolute path
    return answer.stdout.strip() or None
