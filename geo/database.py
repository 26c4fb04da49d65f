"""Open the database in its three roles: owner, app, public."""

import dataclasses
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import psycopg
import sqlalchemy as sa

from geo.cluster import Cluster
from geo.errors import DatabaseError

READER_OPTIONS = (
    "-csearch_path=published,public -cstatement_timeout=5000 "
    "-cdefault_transaction_read_only=on -cmax_parallel_workers_per_gather=0"
)

WRITER_PATH = "-csearch_path=lotline,published,public,jobs"
"""The schemas of whoever writes; the job queue's own, last, is where `cases.jobs` defers to."""

APP_OPTIONS = f"{WRITER_PATH} -cstatement_timeout=30000 -cmax_parallel_workers_per_gather=0"
"""Who works at a page asks for little: to start a second process costs more than it saves. So do
jobs and commands of the app's role, beside which pages are served."""

KEPT_STATEMENTS = 500
"""How many statements a connection keeps prepared: more than there are in the life of a case."""

URLS = ("DATABASE_URL", "DATABASE_URL_OWNER", "DATABASE_URL_PUBLIC")
"""The settings that name a server of one's own, a role each."""


@dataclasses.dataclass(frozen=True)
class Database:
    """Three engines on one database: owner (migrates, imports), app (writes), public (reads).

    Parameters
    ----------
    owner_url, app_url, public_url
        SQLAlchemy URLs of the three roles.
    pool_size
        Connections kept per engine.
    """

    owner_url: str
    app_url: str
    public_url: str
    pool_size: int = 5

    @cached_property
    def owner(self) -> sa.Engine:
        """The engine of the owner role."""
        return self._engine(self.owner_url, WRITER_PATH)

    @cached_property
    def app(self) -> sa.Engine:
        """The engine of the app role."""
        return self._engine(self.app_url, APP_OPTIONS)

    @property
    def app_conninfo(self) -> str:
        """How libpq reaches the database as the app, for the driver without SQLAlchemy."""
        return (
            sa.make_url(self.app_url)
            .set(drivername="postgresql")
            .render_as_string(hide_password=False)
        )

    @cached_property
    def public(self) -> sa.Engine:
        """The engine of the public role: reads only, briefly, and never over both cores."""
        return self._engine(self.public_url, READER_OPTIONS)

    @cached_property
    def tiles(self) -> sa.Engine:
        """The engine of the public role for tiles, each of which is one statement.

        Neither a transaction nor a ping goes around it, for they would cost as much as a small
        tile; `geo.prepared` asks again when the server was restarted meanwhile.
        """
        return self._engine(
            self.public_url,
            READER_OPTIONS,
            isolation_level="AUTOCOMMIT",
            pool_pre_ping=False,
        )

    @cached_property
    def office_tiles(self) -> sa.Engine:
        """The engine of the app role for tiles of the office, which read as `tiles` does."""
        return self._engine(
            self.app_url,
            READER_OPTIONS,
            isolation_level="AUTOCOMMIT",
            pool_pre_ping=False,
        )

    def close(self) -> None:
        """Close every connection of every engine that was opened."""
        for name in ("owner", "app", "public", "tiles", "office_tiles"):
            engine = self.__dict__.get(name)
            if engine is not None:
                engine.dispose()

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()

    def _engine(self, url: str, options: str, **settings: Any) -> sa.Engine:
        engine = sa.create_engine(
            url,
            pool_size=self.pool_size,
            connect_args={"options": options, "connect_timeout": 5},
            hide_parameters=True,  # an error is logged; whom a value names must not be
            **{"pool_pre_ping": True, **settings},
        )
        sa.event.listen(engine, "connect", _keep_statements)
        return engine


def _keep_statements(driver: psycopg.Connection, _: object) -> None:
    driver.prepared_max = KEPT_STATEMENTS


def from_cluster(cluster: Cluster, *, name: str = "lotline") -> Database:
    """Return the three engines on a database of the private cluster."""
    return Database(
        owner_url=cluster.url("lotline_owner", database=name),
        app_url=cluster.url("lotline_app", database=name),
        public_url=cluster.url("lotline_public", database=name),
    )


def from_urls(environ: Mapping[str, str]) -> Database:
    """Return the three engines that DATABASE_URL, _OWNER and _PUBLIC name.

    Raises
    ------
    DatabaseError
        When one of the three is missing or is no PostgreSQL URL, or two name the same role.
    """
    named = {}
    for key in URLS:
        if not environ.get(key):
            msg = (
                f"{key} is not set: with DATABASE_URL (the app role), DATABASE_URL_OWNER and "
                "DATABASE_URL_PUBLIC must be given too, each with a role of its own."
            )
            raise DatabaseError(msg)
        named[key] = _with_driver(key, environ[key])
    roles = [sa.make_url(url).username for url in named.values()]
    if len(set(roles)) < len(roles):
        msg = (
            f"{', '.join(named)} name the roles {', '.join(map(str, roles))}: what the public may "
            "read and the app may change is held apart by rights, so give each a role of its own."
        )
        raise DatabaseError(msg)
    return Database(
        owner_url=named["DATABASE_URL_OWNER"],
        app_url=named["DATABASE_URL"],
        public_url=named["DATABASE_URL_PUBLIC"],
    )


def _with_driver(key: str, url: str) -> str:
    try:
        parsed = sa.make_url(url)
    except sa.exc.ArgumentError:
        parsed = None
    if parsed is None or not parsed.drivername.startswith("postgres"):
        msg = f"{key} is no PostgreSQL URL: expected postgresql://user:password@host/database."
        raise DatabaseError(msg)
    return parsed.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)


def from_settings(home: Path, environ: Mapping[str, str]) -> Database:
    """Return the three engines of the settings; starts nothing."""
    if environ.get("DATABASE_URL"):
        return from_urls(environ)
    return from_cluster(Cluster(home, environ))


@contextmanager
def open_database(home: Path, environ: Mapping[str, str]) -> Iterator[Database]:
    """Open the database of the settings: a named server, or the private cluster, started on demand.

    A cluster that this call started is stopped at the end, unless others are connected by then.
    """
    server = nullcontext() if environ.get("DATABASE_URL") else Cluster(home, environ).in_use()
    with server, from_settings(home, environ) as database:
        yield database


def raw(connection: sa.Connection) -> psycopg.Connection:
    """Return the psycopg connection beneath, for COPY; it shares the transaction."""
    driver = connection.connection.driver_connection
    if not isinstance(driver, psycopg.Connection):
        msg = f"Lotline needs the psycopg 3 driver, not {type(driver).__module__}."
        raise DatabaseError(msg)
    return driver


def answers(engine: sa.Engine) -> bool:
    """Tell whether a role reaches its database now; raises what the driver raises if not."""
    with engine.connect() as connection:
        return bool(connection.scalar(sa.select(sa.literal(1))))
