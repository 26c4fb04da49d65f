"""The database itself keeps the books straight, whoever writes to them, and names the rule."""

import re
from enum import StrEnum

import pytest
import sqlalchemy as sa
from small_ledger import Desk, open_cases, settle_constraints

from cases.ledger.accounts import Account, Component, Kind, Method
from geo.database import Database

SOUND = {
    "case_id": "{one}", "kind": "'charged'", "key": "'K-9'", "cents": "500", "method": "NULL",
    "actor": "'x'", "posted_at": "'2026-06-15 12:00Z'", "effective_on": "'2026-06-15'",
    "reference": "'Order 1'", "memo": "NULL", "reverses": "NULL::bigint", "asked": "'{{}}'",
    "payer": "NULL",
}  # fmt: skip
CHARGE = "('receivable', 'penalty', 500), ('revenue', 'penalty', -500)"
RETURN = (
    "('cash', NULL, -13000), ('receivable', 'penalty', 10000), ('unapplied_credit', NULL, 3000)"
)
RETURNED = {
    "kind": "'payment_returned'", "method": "'cheque'", "memo": "'bounced'", "cents": "13000",
    "reverses": "{paid}",
}  # fmt: skip

VOIDED = {**RETURNED, "kind": "'payment_voided'"}
DEPOSITED = """
    WITH made AS (
        INSERT INTO lotline.deposit (taken_on, method, slip_no, ledger_cents, counted_cents,
                                     closed_on, closed_at, closed_by)
        SELECT (posted_at AT TIME ZONE timezone)::date, method, 'S-1', cents, cents,
               (posted_at AT TIME ZONE timezone)::date, posted_at, 'x'
        FROM lotline.ledger_posting CROSS JOIN lotline.town WHERE ledger_posting.id = {paid}
        RETURNING id)
    INSERT INTO lotline.deposit_receipt (deposit_id, posting_id) SELECT id, {paid} FROM made"""

LAST = "(SELECT max(id) FROM lotline.ledger_posting)"


def _posting(entries: str = CHARGE, **changes: str) -> str:
    head = {**SOUND, **changes}
    return f"""
        WITH posting AS (
            INSERT INTO lotline.ledger_posting ({", ".join(head)})
            SELECT {", ".join(head.values())} RETURNING id)
        INSERT INTO lotline.ledger_entry (posting_id, account, component, cents)
        SELECT posting.id, entry.* FROM posting,
               (VALUES {entries}) AS entry (account, component, cents)"""  # noqa: S608 - ours


def _entries(entries: str, *, of: str = "{charged}") -> str:
    return f"""INSERT INTO lotline.ledger_entry (posting_id, account, component, cents)
        SELECT {of}, entry.* FROM (VALUES {entries}) AS entry (account, component, cents)"""  # noqa: S608 - ours


# Case {one} owes nothing of penalty, and of its payment {paid} 30 dollars are credit; nothing has
# happened to case {two}.
BROKEN = [
    ("ledger_posting_of_case", _posting(case_id="999999")),
    ("ledger_posting_kind_known", _posting(kind="'gifted'")),
    ("ledger_posting_key_unique", _posting(key="'K-1'")),
    ("ledger_posting_key_given", _posting(key="' '")),
    ("ledger_posting_cents_positive", _posting(cents="0")),
    ("ledger_posting_method_known", _posting(kind="'paid'", method="'shells'")),
    ("ledger_posting_method_of_money", _posting(method="'cash'")),
    ("ledger_posting_payer_named", _posting(payer="'P. Lane'")),
    ("ledger_posting_payer_named", _posting(kind="'paid'", method="'cash'", payer="' '")),
    ("ledger_posting_method_of_money", _posting(kind="'paid'")),
    ("ledger_posting_actor_given", _posting(actor="' '")),
    ("ledger_posting_reason_given", _posting(kind="'waived'", memo="' '")),
    ("ledger_posting_reason_given", _posting(kind="'refunded'")),
    ("ledger_posting_authority_given", _posting(reference="NULL")),
    ("ledger_posting_opening_says_whence", _posting(kind="'payment_moved_in'", reference="' '")),
    ("ledger_posting_not_ahead", _posting(effective_on="'2026-06-17'")),
    ("ledger_posting_reversal_named", _posting(reverses="{paid}")),
    ("ledger_posting_reversal_named", _posting(RETURN, **{**RETURNED, "reverses": "NULL::bigint"})),
    ("ledger_posting_no_cash_returned", _posting(RETURN, **RETURNED | {"method": "'cash'"})),
    ("ledger_posting_reason_given", _posting(RETURN, **VOIDED | {"memo": "' '"})),
    ("ledger_posting_reversal_named", _posting(RETURN, **VOIDED | {"reverses": "NULL::bigint"})),
    ("ledger_posting_void_undeposited", DEPOSITED + ";" + _posting(RETURN, **VOIDED)),
    ("ledger_posting_reverses_own_case", _posting(RETURN, **RETURNED, case_id="{two}")),
    (
        "ledger_posting_reversed_once",
        _posting(RETURN, **RETURNED) + ";" + _posting(RETURN, **RETURNED, key="'K-10'"),
    ),
    ("ledger_posting_reversal_exact", _posting(
        "('cash', NULL, -13000), ('receivable', 'penalty', 13000)", **RETURNED)),
    ("ledger_posting_reversal_exact", _posting(
        "('cash', NULL, -1), ('unapplied_credit', NULL, 1)", **RETURNED | {"cents": "1"})),
    ("ledger_posting_reversal_exact", _posting() + ";" + _posting(  # a charge is not undone so
        "('receivable', 'penalty', -500), ('revenue', 'penalty', 500)", key="'K-10'",
        **RETURNED | {"cents": "500", "reverses": LAST})),
    ("ledger_posting_balanced", _posting("('receivable', 'penalty', 500)")),
    ("ledger_posting_balanced", _posting(
        "('receivable', 'penalty', 500), ('revenue', 'penalty', -499)")),
    ("ledger_posting_balanced", _posting(cents="501")),
    ("ledger_posting_balanced", _posting("('cash', NULL, 5)) AS entry (a, c, s) LIMIT 0 --")),
    ("ledger_posting_balanced", _entries(
        "('receivable', 'cost', 500), ('revenue', 'cost', -500)")),
    ("ledger_entry_of_posting", _entries("('cash', NULL, 5)", of="999999")),
    ("ledger_entry_account_known", _posting("('pocket', NULL, 5)")),
    ("ledger_entry_component_known", _posting("('receivable', 'fine', 5)")),
    ("ledger_entry_component_where_owed", _posting("('receivable', NULL, 5)")),
    ("ledger_entry_component_where_owed", _posting("('cash', 'fee', 5)")),
    ("ledger_entry_not_zero", _posting("('cash', NULL, 0)")),
    ("ledger_entry_plausible", _posting("('cash', NULL, 10000000000000)")),
    ("ledger_entry_once", _posting("('cash', NULL, 5), ('cash', NULL, -5)")),
    ("ledger_balance_not_negative", _posting(
        "('waivers', 'penalty', 1), ('receivable', 'penalty', -1)",
        kind="'waived'", memo="'x'", cents="1")),
    ("ledger_balance_not_negative", _posting(
        "('unapplied_credit', NULL, 3001), ('refunds_payable', NULL, -3001)",
        kind="'refunded'", memo="'x'", cents="3001")),
    ("ledger_balance_in_date_order", _posting(effective_on="'2026-06-14'")),
]  # fmt: skip

REWRITTEN = [
    ("ledger_posting_append_only", "UPDATE lotline.ledger_posting SET cents = 1"),
    ("ledger_posting_append_only", "DELETE FROM lotline.ledger_posting"),
    ("ledger_posting_append_only", "TRUNCATE lotline.ledger_posting CASCADE"),
    ("ledger_entry_append_only", "UPDATE lotline.ledger_entry SET cents = 1"),
    ("ledger_entry_append_only", "DELETE FROM lotline.ledger_entry"),
    ("ledger_entry_append_only", "TRUNCATE lotline.ledger_entry"),
    ("ledger_balance_kept_by_entries", "UPDATE lotline.ledger_balance SET cents = 0"),
    ("ledger_balance_kept_by_entries", "DELETE FROM lotline.ledger_balance"),
    ("ledger_balance_kept_by_entries", "TRUNCATE lotline.ledger_balance"),
    (
        "ledger_balance_kept_by_entries",
        "INSERT INTO lotline.ledger_balance VALUES (1, 'cash', NULL, 1, '2026-06-15')",
    ),
]


class Books:
    """A case with a charge of 100 dollars and a payment of 130, and one with nothing."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        one, two = open_cases(connection, count=2)
        desk = Desk(connection, one)
        charged, paid = desk.charge("penalty", 100_00, key="K-1"), desk.pay(130_00)
        self.ids = {"one": one, "two": two, "charged": charged.id, "paid": paid.id}

    def run(self, statements: str) -> None:
        """Run statements as they stand, and check what is checked at their commit."""
        for statement in statements.format(**self.ids).split(";"):
            self.connection.exec_driver_sql(statement)
        settle_constraints(self.connection)

    def refusal(self, statement: str) -> str | None:
        """Name the rule that refuses some statements."""
        with pytest.raises(sa.exc.IntegrityError) as refused, self.connection.begin_nested():
            self.run(statement)
        assert refused.value.orig is not None
        return refused.value.orig.diag.constraint_name  # type: ignore[attr-defined,no-any-return]


@pytest.fixture
def books(app: sa.Connection) -> Books:
    """In the app's role: these rules hold against whoever serves the pages."""
    return Books(app)


@pytest.mark.parametrize(("rule", "statement"), BROKEN)
def test_a_broken_rule_of_the_ledger_is_refused_by_its_name(
    books: Books, rule: str, statement: str
) -> None:
    assert books.refusal(statement) == rule


def test_what_breaks_no_rule_is_taken(books: Books) -> None:
    with books.connection.begin_nested() as taken:
        books.run(_posting() + ";" + _posting(RETURN, **RETURNED, key="'K-10'"))
        taken.rollback()


def test_an_unbalanced_posting_is_refused_at_the_commit(fresh_database: Database) -> None:
    with fresh_database.app.connect() as connection:
        ids = Books(connection).ids
        connection.commit()
        connection.exec_driver_sql(_posting("('cash', NULL, 5)").format(**ids))
        with pytest.raises(sa.exc.IntegrityError, match="debits of 5 and sums to 5") as refused:
            connection.commit()
    assert refused.value.orig.diag.constraint_name == "ledger_posting_balanced"  # type: ignore[union-attr]


@pytest.mark.parametrize(("rule", "statement"), REWRITTEN)
def test_not_even_the_owner_rewrites_the_ledger(
    connection: sa.Connection, rule: str, statement: str
) -> None:
    assert Books(connection).refusal(statement) == rule


@pytest.mark.parametrize("statement", [statement for _, statement in REWRITTEN])
def test_the_app_may_not_even_try_to_rewrite_the_ledger(database: Database, statement: str) -> None:
    with (
        database.app.connect() as connection,
        pytest.raises(sa.exc.ProgrammingError, match="permission denied"),
    ):
        connection.exec_driver_sql(statement)


@pytest.mark.parametrize("table", ["ledger_posting", "ledger_entry", "ledger_balance"])
def test_the_public_may_read_no_ledger(database: Database, table: str) -> None:
    with (
        database.public.connect() as connection,
        pytest.raises(sa.exc.ProgrammingError, match="permission denied"),
    ):
        connection.execute(sa.select(sa.text("*")).select_from(sa.table(table, schema="lotline")))


def test_every_named_rule_of_the_ledger_is_broken_once_above(books: Books) -> None:
    query = sa.text("""
        SELECT conname FROM pg_constraint
        WHERE conrelid::regclass::text IN ('ledger_posting', 'ledger_entry', 'ledger_balance')
          AND contype IN ('c', 'u', 'f', 't')
        UNION SELECT tgname FROM pg_trigger
        WHERE tgrelid::regclass::text IN ('ledger_posting', 'ledger_entry', 'ledger_balance')
          AND NOT tgisinternal
          AND tgname NOT IN ('ledger_entry_keeps_balance', 'ledger_posting_bumps_records')
    """)
    broken = {rule for rule, _ in (*BROKEN, *REWRITTEN)}
    assert set(books.connection.scalars(query)) - broken == set()


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("ledger_posting_kind_known", Kind),
        ("ledger_posting_method_known", Method),
        ("ledger_entry_account_known", Account),
        ("ledger_entry_component_known", Component),
    ],
)
def test_the_database_knows_the_words_the_program_knows(
    app: sa.Connection, rule: str, words: type[StrEnum]
) -> None:
    query = sa.text("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = :rule")
    defined = app.scalars(query, {"rule": rule}).one()
    assert set(re.findall(r"'(\w+)'", defined)) == set(words)
