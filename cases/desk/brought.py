"""Open of many cases at once what tells which notices were brought to whom."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from cases.adopted import adopted_law
from cases.lawpack.schema import LawPack
from cases.models import (
    Case,
    Citation,
    EnforcementOrder,
    Hearing,
    HearingSession,
    Notice,
    Respondent,
    ServiceAttempt,
)

_TOLD: Mapping[str, Any] = {"notice": Notice, "citation": Citation, "order": EnforcementOrder}


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What of a case tells how its notices were brought, as rows of its tables.

    Attributes
    ----------
    law
        The pack it was opened under; None for one that was imported.
    parts
        By section of the table of steps, in the order they were made: ``notice``, ``citation``,
        ``order`` and ``hearing``, each hearing with the day and the body of its sitting.
    """

    law: LawPack | None
    parts: Mapping[str, Sequence[sa.Row[Any]]]
    respondents: Sequence[sa.Row[Any]]
    attempts: Sequence[sa.Row[Any]]

    def part(self, section: str, part_id: int) -> sa.Row[Any] | None:
        """Return one part, or None where this case has none such."""
        return next((row for row in self.parts[section] if row.id == part_id), None)


def hearings() -> sa.Select[Any]:
    """Select hearings with what `cases.heard.Sitting` has of the sitting each is before."""
    sitting = HearingSession.id == Hearing.session_id
    when = (HearingSession.held_on, HearingSession.begins_at)
    columns = (Hearing.__table__, *when, HearingSession.body, HearingSession.place)
    return sa.select(*columns).outerjoin(HearingSession, sitting)


def brought_in(connection: sa.Connection, case_ids: Collection[int]) -> Mapping[int, Brought]:
    """Open what was brought in some cases, by the identity of each; as many queries for any number.

    One query more is asked for each law pack that they stand under.
    """

    def by_case(query: sa.Select[Any], case_id: Any) -> Mapping[int, list[sa.Row[Any]]]:
        found: dict[int, list[sa.Row[Any]]] = defaultdict(list)
        for row in connection.execute(query.where(case_id.in_(case_ids))):
            found[row.case_id].append(row)
        return found

    of_attempts = sa.select(ServiceAttempt.__table__, Notice.case_id).join(
        Notice, Notice.id == ServiceAttempt.notice_id
    )
    parts = {
        name: by_case(sa.select(part.__table__).order_by(part.id), part.case_id)
        for name, part in _TOLD.items()
    }
    parts["hearing"] = by_case(hearings().order_by(Hearing.id), Hearing.case_id)
    named = by_case(sa.select(Respondent.__table__).order_by(Respondent.id), Respondent.case_id)
    tried = by_case(of_attempts.order_by(ServiceAttempt.id), Notice.case_id)
    laws = connection.execute(sa.select(Case.id, Case.law_pack_id).where(Case.id.in_(case_ids)))
    packs = {row.id: row.law_pack_id for row in laws}
    known = {each: adopted_law(connection, each) for each in set(packs.values()) if each}
    return {
        case_id: Brought(
            law=known.get(packs.get(case_id)),
            parts={name: rows.get(case_id, ()) for name, rows in parts.items()},
            respondents=named.get(case_id, ()),
            attempts=tried.get(case_id, ()),
        )
        for case_id in case_ids
    }
