"""Post as a program would that knows nothing of locks and keys: the control of the race tests."""

import itertools
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import sqlalchemy as sa
from small_ledger import TODAY, noon, settle_constraints

from cases.ledger import queries
from cases.models import LedgerEntry, LedgerPosting

WORKERS = 40

_key = itertools.count(1)


def at_once(jobs: Sequence[Callable[[], Any]]) -> list[Any]:
    """Do all jobs, forty at a time; return what each answered."""
    with ThreadPoolExecutor(WORKERS) as pool:
        return [done.result() for done in [pool.submit(job) for job in jobs]]


def naive_posts_over_twenty_keys(engine: sa.Engine, case_id: int) -> int:
    """Look whether a deed was done, and do it if not, with neither lock nor key: count the rows."""
    looked = threading.Barrier(WORKERS)

    def pay(number: int) -> None:
        with engine.begin() as connection:
            done = sa.select(LedgerPosting.id).where(LedgerPosting.reference == f"naive-{number}")
            found = connection.scalar(done)
            looked.wait(timeout=20)
            if found is None:
                lines = (("cash", None, 1), ("unapplied_credit", None, -1))
                _write(connection, case_id, lines, method="cash", reference=f"naive-{number}")

    at_once([lambda at=at: pay(at % 20) for at in range(WORKERS)])
    with engine.connect() as connection:
        query = sa.select(sa.func.count()).where(LedgerPosting.reference.startswith("naive-"))
        return connection.scalars(query).one()


def naive_waivers(engine: sa.Engine, case_id: int) -> Counter[str | None]:
    """Read a balance and waive ten dollars of it, without a lock; tell what refused whom."""
    looked = threading.Barrier(WORKERS)

    def waive() -> str | None:
        with engine.connect() as connection:
            owed = dict(connection.execute(queries.balance(case_id)).all())
            looked.wait(timeout=20)
            assert owed["penalty"] >= 10_00
            lines = (("waivers", "penalty", 10_00), ("receivable", "penalty", -10_00))
            try:
                _write(connection, case_id, lines, reference="x", memo="x")
                connection.commit()
            except sa.exc.IntegrityError as error:
                return error.orig.diag.constraint_name  # type: ignore[union-attr,no-any-return]
            return "done"

    return Counter(at_once([waive] * WORKERS))


def _write(
    connection: sa.Connection,
    case_id: int,
    lines: Sequence[tuple[str, str | None, int]],
    **said: str,
) -> None:
    """Write a posting on what was read before, whatever has happened since."""
    head = {
        "case_id": case_id,
        "kind": "paid" if "method" in said else "waived",
        "key": f"naive-{next(_key)}",
        "cents": lines[0][2],
        "actor": "naive",
        "posted_at": noon(TODAY),
        "effective_on": TODAY,
        "asked": {},
        **said,
    }
    insert = sa.insert(LedgerPosting).values(head).returning(LedgerPosting.id)
    posting_id = connection.scalar(insert)
    for account, component, cents in lines:
        row = {"account": account, "component": component, "cents": cents}
        connection.execute(sa.insert(LedgerEntry).values(posting_id=posting_id, **row))
    settle_constraints(connection)
