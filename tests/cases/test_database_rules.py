"""The database itself refuses what no command may do, whoever asks, and names the rule."""

from collections.abc import Callable, Iterator

import broken
import pytest
import sqlalchemy as sa
from small_ledger import settle_constraints

from geo.cluster import Cluster
from geo.database import Database, from_cluster

MODULES = broken.gather()
BROKEN = [row for module in MODULES for row in module.BROKEN]

ELSEWHERE = {
    "import_run", "layer_change", "ledger_balance", "ledger_entry", "ledger_posting", "ownership",
    "parcel", "parcel_lineage", "parcel_period", "situs_address", "street", "street_name", "town",
    "withheld_parcel", "zone",
}  # fmt: skip
"""Tables whose rules are broken in tests of ground, ledger and exempt places; the rest are ours."""

RULES = """
    SELECT relname, conname AS rule, contype <> 'p' AS wanted
    FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid
    WHERE connamespace = 'lotline'::regnamespace AND contype IN ('c', 'u', 'f', 'x', 'p')
    UNION ALL
    SELECT owner.relname, named.relname, true
    FROM pg_index JOIN pg_class named ON named.oid = indexrelid
    JOIN pg_class owner ON owner.oid = indrelid
    WHERE indisunique AND named.relnamespace = 'lotline'::regnamespace
      AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
    UNION ALL
    SELECT relname, regexp_replace(tgname, '_(insert|update)$', ''), true
    FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_proc ON pg_proc.oid = tgfoid
    WHERE relnamespace = 'lotline'::regnamespace AND NOT tgisinternal
      AND prosrc ~ 'RAISE EXCEPTION'
"""
"""Every rule by name: constraints, unique indexes that are none, and triggers that refuse."""


@pytest.fixture(scope="module")
def ruled(
    cluster: Cluster,
    worker_id: str,
    clone: Callable[[str], None],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Database]:
    """One town for all the broken rules, each of which is broken and rolled back."""
    clone(f"ruled_{worker_id}")
    with from_cluster(cluster, name=f"ruled_{worker_id}") as database:
        with database.owner.begin() as connection:
            broken.fill(connection, tmp_path_factory.mktemp("town"))
        yield database


def _refused(engine: sa.Engine, statement: str) -> str | None:
    """Run a statement as somebody, and return the rule that refuses it."""
    with engine.connect() as connection, connection.begin() as transaction:
        try:
            connection.exec_driver_sql(statement)
            settle_constraints(connection)
        except sa.exc.IntegrityError as error:
            return error.orig.diag.constraint_name  # type: ignore[union-attr,no-any-return]
        finally:
            transaction.rollback()
    return None


def _is_denied(database: Database, statement: str) -> bool:
    with database.app.connect() as connection:
        try:
            connection.exec_driver_sql(statement)
        except sa.exc.ProgrammingError as error:
            return "permission denied" in str(error)
        except sa.exc.IntegrityError:
            return False
    return False


@pytest.mark.parametrize(("rule", "statement"), BROKEN)
def test_a_broken_rule_is_refused_by_its_name(ruled: Database, rule: str, statement: str) -> None:
    """What is only appended to the app may not even try to rewrite; the owner is refused too."""
    if rule.endswith("_append_only"):
        assert _is_denied(ruled, statement)
        assert _refused(ruled.owner, statement) == rule
    else:
        assert _refused(ruled.app, statement) == rule


def test_every_named_rule_of_cases_is_broken_once_and_none_that_is_not_there(
    ruled: Database,
) -> None:
    with ruled.owner.connect() as connection:
        rules = connection.exec_driver_sql(RULES).all()
    ours = {each.rule for each in rules if each.relname not in ELSEWHERE and each.wanted}
    broken_once = {rule for rule, _ in BROKEN}
    assert ours - broken_once == set()
    assert broken_once - {each.rule for each in rules if each.relname not in ELSEWHERE} == set()
    assert {each.relname for each in rules} >= ELSEWHERE - {"layer_change"}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE lotline.case_event SET kind = 'x'",
        "DELETE FROM lotline.case_event",
        "TRUNCATE lotline.case_event",
        "ALTER TABLE lotline.case_event DISABLE TRIGGER ALL",
    ],
)
def test_the_app_may_not_even_try_to_rewrite_history(database: Database, statement: str) -> None:
    with (
        database.app.connect() as connection,
        pytest.raises(sa.exc.ProgrammingError, match=r"permission denied|must be owner"),
    ):
        connection.exec_driver_sql(statement)


@pytest.mark.parametrize(
    "table",
    [
        "case_file",
        "complaint",
        "violation",
        "lien",
        "case_event",
        "staff",
        "staff_session",
        "throttle",
    ],
)
def test_the_public_may_read_no_table_of_cases(database: Database, table: str) -> None:
    with (
        database.public.connect() as connection,
        pytest.raises(sa.exc.ProgrammingError, match="permission denied"),
    ):
        connection.execute(sa.select(sa.text("*")).select_from(sa.table(table, schema="lotline")))
