"""The schema: up, down and up again without a trace, and each role kept to its own."""

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from geoalchemy2 import alembic_helpers
from procrastinate.schema import SchemaManager
from sqlalchemy.exc import DBAPIError, ProgrammingError

import cases.models  # noqa: F401 - registers its tables on Base
import reports.runs.tables  # noqa: F401 - so do these
from cases.published import PUBLISHED
from geo.database import Database, from_urls
from geo.errors import DatabaseError
from geo.layers import Base
from geo.schema import MIGRATIONS, downgrade, is_newest, revisions, upgrade


def _objects(database: Database) -> list[tuple[str, ...]]:
    with database.owner.connect() as connection:
        rows = connection.execute(
            sa.text(
                "SELECT n.nspname, c.relname, c.relkind::text FROM pg_class c "
                "JOIN pg_namespace n ON n.oid = c.relnamespace "
                "WHERE n.nspname IN ('lotline', 'published', 'jobs') ORDER BY 1, 2"
            )
        )
        return [tuple(row) for row in rows]


def test_up_down_up_gives_the_same_schema_again(fresh_database: Database) -> None:
    before = _objects(fresh_database)
    downgrade(fresh_database, revision="0001")
    downgrade(fresh_database, revision="base")
    assert _objects(fresh_database) == []
    upgrade(fresh_database, published=PUBLISHED)
    assert _objects(fresh_database) == before
    current, newest = revisions(fresh_database)
    assert current == newest


def test_a_database_from_before_the_queue_is_brought_up_with_what_it_holds(
    fresh_database: Database,
) -> None:
    downgrade(fresh_database, revision="0010")
    with fresh_database.owner.begin() as connection:
        connection.exec_driver_sql("INSERT INTO lotline.parcel (parcel_no) VALUES ('1-1')")
    upgrade(fresh_database, published=PUBLISHED)
    with fresh_database.app.connect() as connection:
        assert connection.exec_driver_sql("SELECT parcel_no FROM lotline.parcel").all() == [
            ("1-1",)
        ]
        assert connection.exec_driver_sql("SELECT count(*) FROM procrastinate_jobs").scalar() == 0


def test_the_queue_is_the_very_schema_of_the_library_that_works_it() -> None:
    """A later procrastinate brings migrations of its own: they belong into one of ours."""
    frozen = (MIGRATIONS / "versions" / "0013_jobs.sql").read_text(encoding="utf-8")
    inner = frozen.split("-- >>> procrastinate\n")[1].split("-- <<< procrastinate\n")[0]
    assert inner == SchemaManager.get_schema()


def test_a_release_that_changes_only_what_is_published_asks_for_an_upgrade(
    fresh_database: Database, tmp_path: Path
) -> None:
    assert is_newest(fresh_database, published=PUBLISHED)
    more = tmp_path / "more.sql"
    more.write_text("CREATE VIEW published.more WITH (security_barrier) AS SELECT 1 AS one")
    assert not is_newest(fresh_database, published=[*PUBLISHED, more])
    upgrade(fresh_database, published=[*PUBLISHED, more])
    assert is_newest(fresh_database, published=[*PUBLISHED, more])
    assert not is_newest(fresh_database, published=PUBLISHED)
    downgrade(fresh_database, revision="base")
    assert not is_newest(fresh_database, published=PUBLISHED)


def _column_or_table(obj: Any, name: str, kind: str, *rest: Any) -> bool:
    """The migrations alone own keys, checks and indexes; each is broken once in its own test."""
    if kind in {"index", "unique_constraint", "foreign_key_constraint"}:
        return False
    return bool(alembic_helpers.include_object(obj, name, kind, *rest))


def test_models_and_migrations_tell_the_same_tables(database: Database) -> None:
    # Alembic takes the first schema of the search path for the nameless one: use the plain path.
    engine = sa.create_engine(database.owner_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_schemas": True,
                "include_name": lambda name, kind, _: kind != "schema" or name == "lotline",
                "include_object": _column_or_table,
                "compare_type": True,
            },
        )
        differences = compare_metadata(context, Base.metadata)
    engine.dispose()
    assert differences == []


def test_the_public_role_reads_the_published_schema_and_nothing_else(database: Database) -> None:
    with database.public.connect() as connection:
        connection.execute(sa.text("SELECT * FROM published.town")).all()
        with pytest.raises(ProgrammingError, match="permission denied"):
            connection.execute(sa.text("SELECT * FROM lotline.parcel"))


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM jobs.procrastinate_jobs",
        "SELECT jobs.procrastinate_register_worker_v1()",
        "SELECT * FROM lotline.mail",
    ],
)
def test_the_public_role_reaches_neither_the_queue_nor_mail(
    database: Database, statement: str
) -> None:
    with (
        database.public.connect() as connection,
        pytest.raises(ProgrammingError, match="permission denied for"),
    ):
        connection.execute(sa.text(statement))


def test_every_published_row_source_is_a_barrier_view_or_a_guarded_function(
    connection: sa.Connection,
) -> None:
    plain_views = connection.execute(
        sa.text(
            "SELECT relname FROM pg_class WHERE relnamespace = 'published'::regnamespace "
            "AND relkind IN ('r', 'v', 'm') "
            "AND NOT coalesce(reloptions @> ARRAY['security_barrier=true'], false)"
        )
    )
    assert plain_views.scalars().all() == []
    open_functions = connection.execute(
        sa.text(
            "SELECT proname FROM pg_proc WHERE pronamespace = 'published'::regnamespace "
            "AND prosecdef "
            "AND NOT coalesce(array_to_string(proconfig, ' ') ~ 'search_path=.*, pg_temp', false)"
        )
    )
    # pg_temp is searched first where it is not named, and anyone may put tables there.
    assert open_functions.scalars().all() == []


def test_the_app_role_may_not_rewrite_history(database: Database) -> None:
    with database.app.connect() as connection, pytest.raises(DBAPIError, match="permission denied"):
        connection.execute(sa.text("UPDATE lotline.case_event SET kind = 'other'"))


def test_a_half_configured_server_is_refused_by_the_name_of_what_is_missing() -> None:
    with pytest.raises(DatabaseError, match="DATABASE_URL_OWNER is not set"):
        from_urls({"DATABASE_URL": "postgresql://app@db/town"})
    with pytest.raises(DatabaseError, match="DATABASE_URL_PUBLIC is no PostgreSQL URL"):
        from_urls(
            {
                "DATABASE_URL": "postgresql://app@db/town",
                "DATABASE_URL_OWNER": "postgres://owner@db/town",
                "DATABASE_URL_PUBLIC": "mysql://public@db/town",
            }
        )


def test_a_server_whose_urls_share_a_role_is_refused() -> None:
    with pytest.raises(DatabaseError, match="name the roles lotline, owner, lotline"):
        from_urls(
            {
                "DATABASE_URL": "postgresql://lotline:secret@db/town",
                "DATABASE_URL_OWNER": "postgresql://owner@db/town",
                "DATABASE_URL_PUBLIC": "postgresql://lotline:secret@db/town",
            }
        )
