"""Tell what an officer takes along on paper of the cases and complaints of a day.

Who made a complaint is never in it, nor what they wrote: paper is left on seats and in letter
boxes.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from cases.adopted import adopted_law
from cases.checklists import lines_for
from cases.field import gathering, hazards
from cases.models import Case, Complaint
from cases.story import Line, told
from cases.untold import OF_REPORTERS

MOST_EVENTS = 3
_LOOKED_AT = 9
"""So many events are read, for some of them are not told."""

type Row = sa.Row[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is known of a case, or of a complaint that has none.

    Attributes
    ----------
    story
        The last events, the latest first; none of a complaint.
    respondents
        Who answers in it now: ``name``, ``kind``, ``address``.
    violations
        What is alleged or open: ``section``, ``title``, ``comply_by``, ``status``, ``citation``.
    lines
        What to look for where nothing is alleged yet.
    hazards
        What staff are warned of on its parcel: ``kind``, ``note``, ``until``.
    notices
        What is issued and not served: ``id``, ``kind``, ``recipient``.
    """

    number: str
    category: str
    story: Sequence[Line] = ()
    respondents: Sequence[Row] = ()
    violations: Sequence[Row] = ()
    lines: Sequence[str] = ()
    hazards: Sequence[Row] = ()
    notices: Sequence[Row] = ()


@dataclass(frozen=True, slots=True)
class Abouts:
    """What is known of some cases and some complaints, by their identities."""

    cases: Mapping[int, About]
    complaints: Mapping[int, About]

    def of(self, case_id: int | None, complaint_id: int | None) -> About | None:
        """Return what is known of one of them."""
        if case_id is not None:
            return self.cases.get(case_id)
        return self.complaints.get(complaint_id or 0)


def abouts(
    connection: sa.Connection,
    *,
    case_ids: Sequence[int],
    complaint_ids: Sequence[int],
    on: date,
    zone: tzinfo,
) -> Abouts:
    """Look everything up, each kind for all at once.

    Parameters
    ----------
    on
        The day of the visits, on which warnings have to be in force.
    zone
        The town's time zone.
    """
    cases = connection.execute(_matters(Case, case_ids)).all()
    complaints = connection.execute(_matters(Complaint, complaint_ids)).all()
    parcels = sorted({each.parcel_id for each in (*cases, *complaints)} - {None})
    warned = _by(connection.execute(hazards.standing(parcels, on=on)), "parcel_id")
    stories = _stories(connection, cases, zone=zone)
    people = _by(connection.execute(gathering.respondents(case_ids)), "case_id")
    unserved = _by(connection.execute(gathering.unserved_notices(case_ids)), "case_id")
    wrong = _by(connection.execute(gathering.violations(case_ids)), "case_id")

    def of(row: Row, **more: Any) -> About:
        found = more.get("violations")
        lines = [] if found else lines_for(row.category)
        return About(
            number=row.number, category=row.category, lines=lines,
            hazards=warned.get(row.parcel_id, ()), **more,
        )  # fmt: skip

    return Abouts(
        {
            each.id: of(
                each, story=stories.get(each.id, ()), respondents=people.get(each.id, ()),
                violations=wrong.get(each.id, ()), notices=unserved.get(each.id, ()),
            )
            for each in cases
        },
        {each.id: of(each) for each in complaints},
    )  # fmt: skip


def cases_numbered(numbers: Sequence[str]) -> sa.Select[Any]:
    """Select the identities of some cases by their numbers."""
    columns: tuple[Any, ...] = (Case.id, Case.number)
    return sa.select(*columns).where(Case.number.in_(numbers))


def _matters(part: type[Case | Complaint], ids: Sequence[int]) -> sa.Select[Any]:
    columns: tuple[Any, ...] = (
        part.id, part.number, part.category, part.parcel_id, part.law_pack_id
    )  # fmt: skip
    return sa.select(*columns).where(part.id.in_(ids))


def _stories(
    connection: sa.Connection, cases: Sequence[Row], *, zone: tzinfo
) -> Mapping[int, Sequence[Line]]:
    """Tell the last events of some cases, each by the law it stands under."""
    packs = sorted({each.law_pack_id for each in cases if each.law_pack_id is not None})
    laws = {each: adopted_law(connection, each) for each in packs}
    law_of = {each.id: laws.get(each.law_pack_id) for each in cases}
    events = connection.execute(gathering.last_events(list(law_of), most=_LOOKED_AT)).all()
    found = {}
    for case_id, own in groupby(events, key=lambda each: each.case_id):
        shown = [each for each in own if each.kind not in OF_REPORTERS]
        lines = list(told(shown, law=law_of[case_id], zone=zone))
        found[case_id] = lines[-MOST_EVENTS:][::-1]
    return found


def _by(rows: Iterable[Row], key: str) -> Mapping[int, Sequence[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for each in rows:
        found[getattr(each, key)].append(each)
    return found
