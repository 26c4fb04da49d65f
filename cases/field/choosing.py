"""Choose what an officer's day holds: what its plan visits, and the most pressing beside it."""

from collections.abc import Sequence
from datetime import date, tzinfo
from typing import Any

import sqlalchemy as sa

from cases.field.stops import (
    Why,
    cases_to_visit,
    complaints_to_visit,
    planned_cases,
    planned_complaints,
)

MOST_STOPS = 40

type Row = sa.Row[Any]


def to_visit(
    connection: sa.Connection,
    officer: str,
    *,
    on: date,
    zone: tzinfo,
    plan: Sequence[str] = (),
) -> tuple[list[Row], list[Row], int]:
    """Find what a day's plan visits, the most pressing beside it, and how many more wait.

    Visits arranged first, then overdue cases, reports, and what is due soon.

    Parameters
    ----------
    officer
        By name.
    plan
        As `cases.field.package.day_of` is told it.

    Returns
    -------
    tuple
        The rows of cases, those of complaints, and a number.
    """
    planned = _planned(connection, officer, plan, on=on, zone=zone)
    cases = _all(connection, cases_to_visit(officer, on=on, zone=zone, most=MOST_STOPS))
    complaints = _all(connection, complaints_to_visit(officer, most=MOST_STOPS))
    waiting = sum(each[0].in_all for each in (cases, complaints) if each)
    named = {key for key, _ in planned}
    rank = {why: at for at, why in enumerate(Why)}
    ranked = [(rank[each.why], at, f"case-{each.id}", each) for at, each in enumerate(cases)]
    ranked += [
        (rank[Why.NEW], at, f"complaint-{each.id}", each) for at, each in enumerate(complaints)
    ]
    others = [(key, row) for *_, key, row in sorted(ranked, key=lambda each: each[:2])]
    beside = [each for each in others if each[0] not in named]
    kept = [*planned, *beside[: max(MOST_STOPS - len(planned), 0)]]
    theirs = len(kept) - sum(not row.theirs for _, row in planned)
    return (
        [row for key, row in kept if key.startswith("case-")],
        [row for key, row in kept if key.startswith("complaint-")],
        max(waiting - theirs, 0),
    )


def _planned(
    connection: sa.Connection, officer: str, plan: Sequence[str], *, on: date, zone: tzinfo
) -> list[tuple[str, Row]]:
    """Find what of a day's plan is still open, in no order."""
    if not plan:
        return []
    named = [each.rsplit("-", 1) for each in plan]
    cases = [int(number) for kind, number in named if kind == "case"]
    complaints = [int(number) for kind, number in named if kind == "complaint"]
    found = _all(connection, planned_cases(cases, officer, on=on, zone=zone))
    reported = _all(connection, planned_complaints(complaints, officer))
    return [
        *((f"case-{each.id}", each) for each in found),
        *((f"complaint-{each.id}", each) for each in reported),
    ]


def _all(connection: sa.Connection, query: sa.Select[Any]) -> list[Row]:
    return list(connection.execute(query))
