"""Find the numbers of an export that another case has on record, where each may stand once."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from cases.models import Case, Citation, EnforcementOrder, Lien
from cases.moving_in.gathering import MovedCase
from cases.moving_in.placing import PlacedCase
from cases.moving_in.reading import Row
from cases.moving_in.steps import Aside


class _Numbered(NamedTuple):
    """What bears a number that nothing else of its kind may bear."""

    file: str
    column: str
    word: str
    number: Any


_NUMBERED = (
    _Numbered("citations", "citation_no", "Citation", Citation.number),
    _Numbered("orders", "order_no", "Order", EnforcementOrder.number),
    _Numbered("liens", "instrument_no", "Instrument", Lien.instrument_no),
)

type Holders = dict[tuple[str, str], sa.Row[Any]]
"""Of which case the numbers on record are, by the file they would stand in."""


def with_free_numbers(
    connection: sa.Connection, placed: Sequence[PlacedCase]
) -> tuple[list[PlacedCase], list[Aside]]:
    """Part the cases whose citations, orders and liens may have their numbers from those not.

    What a case that comes in again had before is free, for it is written anew.
    """
    holders = _holders(connection, placed)
    free, taken = list(placed), list[Aside]()
    while True:
        leaving = {each.id for each in free if not each.is_new}
        clashes = {each.id: list(_clashes(each.case, holders, leaving)) for each in free}
        if not any(clashes.values()):
            return free, taken
        # One that stays as it is keeps its numbers, which another may have counted on.
        taken += [told for each in free for told in clashes[each.id]]
        free = [each for each in free if not clashes[each.id]]


def _holders(connection: sa.Connection, placed: Sequence[PlacedCase]) -> Holders:
    holders: Holders = {}
    for file, column, _, number in _NUMBERED:
        wanted = [row[column] for each in placed for row in each.case.parts[file]]
        listed = sa.any_(sa.literal(wanted, sa.ARRAY(sa.Text)))
        query = (
            sa.select(number.label("number"), number.class_.case_id, Case.number.label("case_no"))
            .outerjoin(Case, Case.id == number.class_.case_id)
            .where(number == listed)
        )
        holders |= {(file, row.number): row for row in connection.execute(query)}
    return holders


def _clashes(case: MovedCase, holders: Holders, leaving: set[int]) -> Iterator[Aside]:
    for file, column, word, _ in _NUMBERED:
        for row in case.parts[file]:
            holder = holders.get((file, row[column]))
            if holder is not None and holder.case_id not in leaving:
                yield _taken(case, row, f"{word} {row[column]}", holder, file=file)


def _taken(case: MovedCase, row: Row, what: str, holder: sa.Row[Any], *, file: str) -> Aside:
    whose = f"of case {holder.case_no}" if holder.case_no else "of no case"
    return Aside(
        f"{file}.csv", row["line"], case.number, "number_taken",
        f"{what} is on record {whose} already",
        "Give it another number in the old system, or take it out of the export if it is the same",
    )  # fmt: skip
