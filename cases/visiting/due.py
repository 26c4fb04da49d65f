"""Say what is to be visited in a span of days, by a fixed number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, tzinfo
from typing import Any

import sqlalchemy as sa

from cases.field import hazards
from cases.field.hazards import HazardKind
from cases.review import USUAL_PRIORITY
from cases.visiting import asking
from cases.visiting.finding import FINDERS, Asked, Found
from cases.visiting.kinds import LOOKS, USUAL, Kind
from cases.visiting.laws import Laws
from cases.visiting.learning import Times, times
from cases.visiting.setting import settings_in_force
from cases.visiting.values import ToVisit, Visiting
from cases.working.needed import Needs, certification_needs

_RANK = {kind: at for at, kind in enumerate(LOOKS)}


def to_visit(
    connection: sa.Connection,
    *,
    first: date,
    last: date,
    zone: tzinfo,
    zones: Collection[int] | None = None,
) -> Visiting:
    """Find all that may be visited in some days.

    A case is looked at once: its appointment goes before what is due in it otherwise, and one that
    is arranged for a later day leaves nothing to be looked at before.

    Parameters
    ----------
    first, last
        Both counted, in the town's calendar; the first is today or a day to come.
    zone
        The town's time zone.
    zones
        Only what lies in these officers' zones; None for all of the town.
    """
    settings = settings_in_force(connection)
    asked = Asked(
        first=first, last=last, zone=zone, laws=Laws.read(connection, on=first), settings=settings
    )
    found = [each for find in FINDERS.values() for each in find(connection, asked)]
    kept = [each for each in _once(found) if _opens(each) <= last]
    about = _About.of(connection, kept, on=first, times=times(connection, settings, on=first))
    told = sorted(filter(None, (about.told(each) for each in kept)), key=_order)
    mine = [each for each in told if zones is None or each.zone_id in zones]
    return Visiting(
        visits=[each for each in mine if each.lon is not None],
        unplaced=[each for each in mine if each.lon is None],
    )


def _opens(found: Found) -> date:
    return found.not_before or date.min


def _order(visit: ToVisit) -> tuple[Any, ...]:
    by = visit.due.by if visit.due else date.max
    return (by, visit.priority, visit.number, visit.kind)


def _once(found: Iterable[Found]) -> list[Found]:
    """Keep of what looks at a case the first by its kind, and photographs only where nothing does.

    Of appointments, which come by their hour, that is the first.
    """
    looks: dict[int, Found] = {}
    kept: list[Found] = []
    for each in found:
        if each.kind not in _RANK or each.case_id is None:
            kept.append(each)
            continue
        there = looks.get(each.case_id)
        if there is None or _RANK[each.kind] < _RANK[there.kind]:
            looks[each.case_id] = each
    return [*looks.values(), *(each for each in kept if not _is_looked_at(each, looks))]


def _is_looked_at(found: Found, looks: Mapping[int, Found]) -> bool:
    """Tell whether photographs are taken by a look at an hour that falls into their days."""
    look = looks.get(found.case_id or 0)
    if found.kind is not Kind.HEARING_PHOTOS or look is None or look.kind is not Kind.APPOINTMENT:
        return False
    by = found.due.by if found.due else date.max
    return _opens(found) <= _opens(look) <= by


class _About:
    """Where each thing is, who has it, how long it takes and what to beware of."""

    def __init__(
        self, cases: Mapping[int, Any], complaints: Mapping[int, Any],
        warned: Mapping[int, frozenset[HazardKind]], times: Times, needs: Needs,
    ) -> None:  # fmt: skip
        self._cases, self._complaints = cases, complaints
        self._warned, self._times, self._needs = warned, times, needs

    @classmethod
    def of(
        cls, connection: sa.Connection, found: Sequence[Found], *, on: date, times: Times
    ) -> "_About":
        """Look everything up, each kind for all at once."""
        cases = sorted({each.case_id for each in found if each.case_id is not None})
        complaints = sorted({each.complaint_id for each in found if each.complaint_id is not None})
        told = {each.id: each for each in connection.execute(asking.about_cases(cases))}
        rows = connection.execute(asking.about_complaints(complaints))
        reported = {each.id: each for each in rows}
        parcels = {each.parcel_id for each in (*told.values(), *reported.values())} - {None}
        warned: dict[int, set[HazardKind]] = defaultdict(set)
        for each in connection.execute(hazards.standing(sorted(parcels), on=on)):
            warned[each.parcel_id].add(HazardKind(each.kind))
        beware = {parcel: frozenset(kinds) for parcel, kinds in warned.items()}
        return cls(told, reported, beware, times, certification_needs(connection))

    def told(self, found: Found) -> ToVisit | None:
        """Tell of something found; None where it ended meanwhile."""
        row = (
            self._complaints.get(found.complaint_id or 0)
            if found.case_id is None
            else self._cases.get(found.case_id)
        )
        if row is None:
            return None
        return ToVisit(
            kind=found.kind, case_id=found.case_id, complaint_id=found.complaint_id,
            subject_id=found.subject_id, number=row.number, category=row.category,
            parcel_id=row.parcel_id, address=row.address, spot=row.spot, lon=row.lon, lat=row.lat,
            zone_id=row.zone_id, officer=row.officer, not_before=found.not_before, due=found.due,
            window=found.window, priority=row.priority or USUAL_PRIORITY,
            open_violations=row.open_violations, seconds=self._times.of(found.kind).seconds,
            needs_light=USUAL[found.kind].needs_light,
            hazards=self._warned.get(row.parcel_id, frozenset()),
            certifications=self._needs.of(found.kind, row.category),
        )  # fmt: skip
