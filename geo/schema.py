"""Bring the schema up to date, rebuild what the public may see, and say how it stands."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from psycopg import sql

from geo.cluster.lifecycle import EXTENSIONS
from geo.database import Database, raw
from geo.errors import DatabaseError

MIGRATIONS = Path(__file__).parents[1] / "data" / "migrations"
GRANTS = Path(__file__).with_name("grants.sql")
UPGRADE_LOCK = 7_011_621
DROP_BUILT = "DROP SCHEMA IF EXISTS published, office CASCADE"


def upgrade(database: Database, *, published: Sequence[Path]) -> None:
    """Bring the schema to the newest revision and rebuild what the public may see.

    The schemas ``published`` (anyone's) and ``office`` (the app's alone) hold views and functions
    only. They are dropped before the migrations and built anew from the files given after them,
    all in one transaction, so that no migration ever meets a dependent view and no reader ever
    sees half of it.

    Parameters
    ----------
    published
        SQL files that fill the two schemas, in order.

    Raises
    ------
    DatabaseError
        When an extension is missing and the owner may not create it.
    """
    with database.owner.begin() as connection:
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(UPGRADE_LOCK)))
        _require_extensions(connection)
        connection.exec_driver_sql(DROP_BUILT)
        command.upgrade(_alembic(connection), "head")
        _publish(connection, database, published)


def downgrade(database: Database, *, revision: str) -> None:
    """Take the schema back to a revision (``base``: nothing); the public sees nothing after."""
    with database.owner.begin() as connection:
        connection.exec_driver_sql(DROP_BUILT)
        command.downgrade(_alembic(connection), revision)


def revisions(database: Database) -> tuple[str | None, str | None]:
    """Return the revision the database is at and the newest there is."""
    with database.owner.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    return current, ScriptDirectory(str(MIGRATIONS)).get_current_head()


def is_newest(database: Database, *, published: Sequence[Path]) -> bool:
    """Tell whether both the schema and what the public may see are this program's own."""
    current, newest = revisions(database)
    return current == newest and _published_version(database) == _version(published)


def server_versions(database: Database) -> tuple[str, str]:
    """Return the versions of PostgreSQL and PostGIS behind a database."""
    with database.owner.connect() as connection:
        postgres = connection.exec_driver_sql("SHOW server_version").scalar_one()
        postgis = connection.exec_driver_sql("SELECT public.postgis_lib_version()").scalar_one()
    return str(postgres), str(postgis)


def _alembic(connection: sa.Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def _require_extensions(connection: sa.Connection) -> None:
    rows = connection.exec_driver_sql("SELECT extname FROM pg_extension")
    present = set(rows.scalars())
    missing = [name for name in EXTENSIONS if name not in present]
    if missing:
        create = "; ".join(f"CREATE EXTENSION {name}" for name in missing)
        msg = (
            f"The database lacks the extension {', '.join(missing)}: have its administrator run "
            f"{create}; then run this again."
        )
        raise DatabaseError(msg)


def _version(published: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for file in (*published, GRANTS):
        digest.update(file.read_bytes())
    return f"sha256 {digest.hexdigest()}"


def _published_version(database: Database) -> str | None:
    query = "SELECT obj_description(to_regnamespace('published'), 'pg_namespace')"
    with database.owner.connect() as connection:
        version: str | None = connection.exec_driver_sql(query).scalar_one()
    return version


def _publish(connection: sa.Connection, database: Database, files: Sequence[Path]) -> None:
    connection.exec_driver_sql("CREATE SCHEMA published; CREATE SCHEMA office")
    for file in files:
        raw(connection).execute(file.read_bytes())
    roles = {
        "app": sql.Identifier(sa.make_url(database.app_url).username or "lotline_app"),
        "public": sql.Identifier(sa.make_url(database.public_url).username or "lotline_public"),
    }
    grants = sql.SQL(GRANTS.read_text(encoding="utf-8"))
    raw(connection).execute(grants.format(**roles))
    # No migration tells that these files changed, so the schema itself says what it was made of.
    note = sql.SQL("COMMENT ON SCHEMA published IS {}").format(sql.Literal(_version(files)))
    raw(connection).execute(note)
