"""Make, start and stop the private cluster, whoever else tries to at the same moment."""

import contextlib
import fcntl
import shutil
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import sql

from geo.cluster.account import Account, require_reachable, server_account
from geo.cluster.binaries import find_binaries
from geo.cluster.files import ROLES, SUPERUSER, socket_folder, write_settings
from geo.cluster.stale import clear_stale, postmaster_lives
from geo.errors import ClusterError

DATABASE = "lotline"
FILE_COPY_SINCE = 150000
RECOVERY_SECONDS = 60.0
FAREWELL_SECONDS = 0.5
EXTENSIONS = ("postgis", "pg_trgm", "btree_gist")


@dataclass(frozen=True, slots=True)
class Running:
    """A cluster that answers; `started` says that this call started it."""

    socket: Path
    started: bool


@dataclass(frozen=True)
class Cluster:
    """The private cluster under one home folder.

    Parameters
    ----------
    home
        LOTLINE_HOME; the cluster lies in ``home/pg``.
    environ
        Read for ``PG_BINDIR`` and ``PATH`` only.
    settings
        Further postgresql.conf settings (tests turn fsync off).
    """

    home: Path
    environ: Mapping[str, str]
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.home / "pg"

    @property
    def socket(self) -> Path:
        """The folder of the unix socket."""
        return socket_folder(self.home)

    def exists(self) -> bool:
        """Tell whether the cluster was ever made."""
        return (self.data / "PG_VERSION").exists()

    def answers(self) -> bool:
        """Tell whether the server accepts a connection now."""
        return self._opens("postgres")

    def up(self) -> Running:
        """Make the cluster if need be, start it if need be, and return once it answers.

        Raises
        ------
        ClusterError
            When it cannot be made or started; the reason is the server's own last words.
        """
        if self.exists() and self._opens(DATABASE):  # which is made last
            return Running(socket=self.socket, started=False)
        account = self._at_home()
        with self._alone():
            return self._up(account)

    @contextlib.contextmanager
    def in_use(self) -> Iterator[None]:
        """Have the server up throughout; stop it after, if this started it and nobody uses it.

        A connection is held all the while, so that whoever started the server does not take it
        for idle and stop it between two questions of ours.

        Raises
        ------
        ClusterError
            As `up` does.
        """
        account = self._at_home()
        with self._alone():
            started = self._up(account).started
            hold = self._admin("postgres")
        try:
            yield
        finally:
            if started:
                self.down_if_idle(but=hold.info.backend_pid)
            hold.close()

    def down(self) -> bool:
        """Stop the server; False when it was not running."""
        if not self.exists():
            return False
        with self._alone():
            return self._down()

    def down_if_idle(self, *, but: int = 0) -> bool:
        """Stop the server unless a client other than this call, and the backend `but`, is there."""
        if not self.exists():
            return False
        with self._alone():
            deadline = time.monotonic() + FAREWELL_SECONDS
            while self._clients(but=but):  # one that has just left may still be counted
                if time.monotonic() > deadline:
                    return False
                time.sleep(0.05)
            return self._down()

    def create_database(self, name: str, *, template: str | None = None) -> None:
        """Create a database owned by the owner role, with the extensions, or copy a template."""
        with self._admin("postgres") as connection:
            connection.autocommit = True
            statement = sql.SQL("CREATE DATABASE {} OWNER lotline_owner").format(
                sql.Identifier(name)
            )
            if template:
                statement += sql.SQL(" TEMPLATE {}").format(sql.Identifier(template))
                if connection.info.server_version >= FILE_COPY_SINCE:
                    statement += sql.SQL(" STRATEGY file_copy")
            connection.execute(statement)
        if not template:
            with self._admin(name) as connection:
                for extension in EXTENSIONS:
                    connection.execute(
                        sql.SQL("CREATE EXTENSION {}").format(sql.Identifier(extension))
                    )

    def drop_database(self, name: str) -> None:
        """Drop a database, throwing out whoever is connected."""
        with self._admin("postgres") as connection:
            connection.autocommit = True
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            )

    def url(self, role: str, *, database: str = DATABASE) -> str:
        """Return the SQLAlchemy URL by which a role reaches a database of this cluster."""
        return f"postgresql+psycopg://{role}@/{database}?host={self.socket}"

    def _at_home(self) -> Account:
        """Make the home if need be, and see that the server's account can enter it."""
        account = server_account()
        home = self.home.resolve()
        require_reachable(home, account)
        if not home.exists():
            home.mkdir(parents=True)
            home.chmod(0o755)  # whatever the umask: the server's account must pass through
        return account

    def _up(self, account: Account) -> Running:
        started = not self._runs()
        if started:
            binaries = find_binaries(self.environ)
            if not self.exists():
                self._make(binaries, account)
            self._start(binaries, account)
        self._prepare()
        return Running(socket=self.socket, started=started)

    def _runs(self) -> bool:
        """Tell whether the server is up, having waited for one that is coming up."""
        if not self.exists():
            return False
        if not self.answers():
            if not postmaster_lives(self.data):
                return False
            self._await_recovery()
        return True

    def _await_recovery(self) -> None:
        """Wait for a server that starts, or comes back from the crash of one of its processes."""
        deadline = time.monotonic() + RECOVERY_SECONDS
        while not self.answers():
            if time.monotonic() > deadline:
                msg = (
                    f"PostgreSQL runs in {self.data} but has not answered for "
                    f"{RECOVERY_SECONDS:.0f} s (its log: {self.data / 'log'})."
                )
                raise ClusterError(msg)
            time.sleep(0.05)

    def _down(self) -> bool:
        clear_stale(self.data, self.socket)
        if not (self.data / "postmaster.pid").exists():
            return False
        self._pg_ctl(self._own_binaries(), server_account(), "stop", "-m", "fast")
        return True

    def _clients(self, *, but: int) -> int:
        with contextlib.suppress(psycopg.OperationalError), self._admin("postgres") as connection:
            row = connection.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' "
                "AND pid NOT IN (pg_backend_pid(), %s)",
                (but,),
            ).fetchone()
            return int(row[0]) if row else 0
        return 0

    def _opens(self, database: str) -> bool:
        try:
            self._admin(database).close()
        except psycopg.OperationalError:
            return False
        return True

    def _admin(self, database: str) -> psycopg.Connection:
        return psycopg.connect(
            host=str(self.socket), user=SUPERUSER, dbname=database, connect_timeout=5
        )

    def _own_binaries(self) -> Path:
        """Return the binaries of the version that made the data, which alone can run it."""
        version = (self.data / "PG_VERSION").read_text(encoding="ascii").strip()
        packaged = Path(f"/usr/lib/postgresql/{version}/bin")
        return packaged if packaged.exists() else find_binaries(self.environ)

    def _make(self, binaries: Path, account: Account) -> None:
        unborn = self.data.with_name("pg.tmp")
        shutil.rmtree(unborn, ignore_errors=True)
        unborn.mkdir(mode=0o700)
        account.give(unborn)
        made = account.run(
            [
                binaries / "initdb",
                *("-D", unborn, "-U", SUPERUSER, "--auth=peer", "--data-checksums"),
                *("--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions"),
            ]
        )
        if made.returncode:
            msg = f"initdb could not make the cluster in {self.data}: {_last_words(made.stderr)}"
            raise ClusterError(msg)
        unborn.rename(self.data)

    def _start(self, binaries: Path, account: Account) -> None:
        if self.exists():
            binaries = self._own_binaries()
        self.socket.mkdir(mode=0o700, parents=True, exist_ok=True)
        account.give(self.socket)
        clear_stale(self.data, self.socket)
        write_settings(self.data, self.socket, account, self.settings)
        self._pg_ctl(binaries, account, "start", "-w", "-t", "60", "-l", str(self.data / "log"))

    def _pg_ctl(self, binaries: Path, account: Account, *arguments: str) -> None:
        done = account.run([binaries / "pg_ctl", "-D", self.data, "-s", *arguments])
        if done.returncode:
            log = self.data / "log"
            words = log.read_text(errors="replace") if log.exists() else done.stderr
            msg = (
                f"PostgreSQL could not {arguments[0]} in {self.data}: {_last_words(words)} "
                f"(its log: {log})"
            )
            raise ClusterError(msg)

    def _prepare(self) -> None:
        """Create the roles and the database; whoever comes later finds them there."""
        with self._admin("postgres") as connection:
            roles = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
            for role in ROLES:
                if role not in roles:
                    connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
            names = {row[0] for row in connection.execute("SELECT datname FROM pg_database")}
        if DATABASE not in names:
            self.drop_database(f"{DATABASE}_unborn")  # of a start that was killed here
            self.create_database(f"{DATABASE}_unborn")
            with self._admin("postgres") as connection:
                connection.execute(
                    sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                        sql.Identifier(f"{DATABASE}_unborn"), sql.Identifier(DATABASE)
                    )
                )

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        with (self.home / "cluster.lock").open("w", encoding="ascii") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _last_words(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return " ".join(lines[-2:]) or "it said nothing"
