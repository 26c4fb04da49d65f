"""Work out where a case stands from its violations and liens, and keep it on the case."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from cases.models import Case, Lien, Violation
from cases.phases import UNVERIFIED, ImportedStage, Phase, phase
from cases.workflow.lien import LienStatus
from cases.workflow.violation import ViolationStatus


@dataclass(frozen=True, slots=True)
class Standing:
    """What a case's parts say of it.

    Attributes
    ----------
    next_due
        The earliest known deadline of an open violation; None where there is none.
    published
        Anyone may see it: something in it was verified.
    """

    phase: Phase
    open_violations: int
    next_due: date | None
    published: bool


def standing(
    violations: Iterable[tuple[ViolationStatus, date | None]],
    *,
    imported_stage: ImportedStage | None = None,
    lien_recorded: bool = False,
) -> Standing:
    """Work out where a case stands.

    Parameters
    ----------
    violations
        The status and the deadline of each.
    imported_stage, lien_recorded
        As for `cases.phases.phase`.
    """
    told = list(violations)
    deadlines = [due for status, due in told if status is ViolationStatus.OPEN]
    reached = phase(
        [status for status, _ in told], imported_stage=imported_stage, lien_recorded=lien_recorded
    )
    return Standing(
        phase=reached,
        open_violations=len(deadlines),
        next_due=min((due for due in deadlines if due is not None), default=None),
        published=reached not in UNVERIFIED,
    )


def settle(connection: sa.Connection, case_ids: Sequence[int]) -> None:
    """Bring the standing kept on some cases to what their violations and liens now say."""
    among = sa.any_(sa.literal(list(case_ids), sa.ARRAY(sa.BigInteger)))
    violations = _violations(connection, among)
    bound = set(
        connection.scalars(
            sa.select(Lien.case_id).where(Lien.case_id == among, Lien.status == LienStatus.RECORDED)
        )
    )
    changes = []
    for case in connection.execute(_STOOD.where(Case.id == among)):
        stage = ImportedStage(case.imported_stage) if case.imported_stage else None
        now = standing(violations[case.id], imported_stage=stage, lien_recorded=case.id in bound)
        if now != Standing(Phase(case.phase), case.open_violations, case.next_due, case.published):
            changes.append({"case_id": case.id, **_renamed(now)})
    if changes:
        connection.execute(_KEEP, changes)


_STOOD = sa.select(
    Case.id, Case.imported_stage, Case.phase, Case.open_violations, Case.next_due, Case.published
)
_KEEP = (
    sa.update(Case)
    .where(Case.id == sa.bindparam("case_id"))
    .values({name: sa.bindparam(f"now_{name}") for name in Standing.__slots__})
)


def _violations(
    connection: sa.Connection, among: sa.ColumnElement[Any]
) -> defaultdict[int, list[tuple[ViolationStatus, date | None]]]:
    told: defaultdict[int, list[tuple[ViolationStatus, date | None]]] = defaultdict(list)
    query = sa.select(Violation.case_id, Violation.status, Violation.comply_by)
    for row in connection.execute(query.where(Violation.case_id == among)):
        told[row.case_id].append((ViolationStatus(row.status), row.comply_by))
    return told


def _renamed(now: Standing) -> dict[str, Any]:
    """Name the values as the update binds them, which may not be as its columns."""
    return {f"now_{name}": getattr(now, name) for name in Standing.__slots__}
