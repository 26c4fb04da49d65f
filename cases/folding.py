"""Keep the tallies of cases few, and what is kept of cases what their parts say."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from cases.models import CaseTally

_LOCK = 7_011_623
"""Held by whoever folds; `lotline.tally_anew` holds it too, so that no two mend at once."""
_KEY = (
    CaseTally.figure, CaseTally.on_day, CaseTally.zone_id, CaseTally.officer_id, CaseTally.took,
)  # fmt: skip


def fold_tallies(connection: sa.Connection) -> None:
    """Add the tallies that were appended since to those alike, and drop those of none.

    Costs what was appended, however many there are. While others fold, it leaves that to them.
    """
    appended = sa.select(sa.exists(sa.select(CaseTally.figure).where(~CaseTally.folded)))
    if not connection.scalar(appended):
        return
    if connection.scalar(sa.select(sa.func.pg_try_advisory_xact_lock(_LOCK))):
        connection.execute(_FOLD)
        connection.execute(sa.delete(CaseTally).where(CaseTally.folded, _NONE))


def mend_tallies(connection: sa.Connection) -> tuple[int, int]:
    """Mend the milestones and tallies kept that are not what the parts say, while work goes on.

    Every change keeps them, so there is nothing to mend unless somebody changed what is kept by
    hand or let the triggers rest.

    Returns
    -------
    tuple[int, int]
        How many cases had wrong milestones, and how many tallies were wrong.
    """
    connection.execute(sa.select(sa.func.set_config("statement_timeout", "10min", True)))
    mended = connection.execute(sa.text("SELECT milestones, tallies FROM lotline.tally_anew()"))
    milestones, tallies = mended.one()
    return milestones, tallies


def _folding() -> sa.Executable:
    taken = sa.delete(CaseTally).where(~CaseTally.folded).returning(*_KEY, CaseTally.cases)
    gone = taken.cte("gone")
    by = [gone.c[column.key] for column in _KEY]
    total = sa.func.sum(gone.c.cases)
    sums = sa.select(*by, total, sa.true()).group_by(*by).having(total != 0)
    folded = insert(CaseTally).from_select([*_KEY, CaseTally.cases, CaseTally.folded], sums)
    return folded.on_conflict_do_update(
        index_elements=_KEY,
        index_where=sa.and_(CaseTally.folded),
        set_={"cases": CaseTally.cases + folded.excluded.cases},
    )


_FOLD = _folding()
# Written out, as the index on what is to be folded has it.
_NONE: sa.ColumnElement[bool] = CaseTally.cases == sa.literal_column("0")
