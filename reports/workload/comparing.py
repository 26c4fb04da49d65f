"""Hold zones that are proposed against those of today: who has how much, and what changes hands."""

from collections.abc import Sequence

import numpy as np

from reports.workload.driven import Driven
from reports.workload.ground import Ground
from reports.workload.known import Known
from reports.workload.outlines import Drawn
from reports.workload.plane import Ints
from reports.workload.travel import Pace
from reports.workload.values import ProposedZone, Share

type OfToday = Sequence[int | None]
"""Which zone of today each goes on from, by position; None of a new one."""
_NEW = -2


def shares_of(
    known: Known, pace: Pace, zone: Ints, driven: Driven | None, zones: int
) -> list[Share]:
    """Count what each of some zones of the parcels has."""
    burden = known.burden

    def counted(at: Ints) -> list[int]:
        inside = zone[at]
        return [int(each) for each in np.bincount(inside[inside >= 0], minlength=zones)]

    cases, open_cases = counted(burden.case_at), counted(burden.open_at)
    parcels = counted(np.arange(len(zone)))
    return [
        Share(
            cases=cases[each],
            open_cases=open_cases[each],
            hours=float(burden.hours[zone == each].sum()),
            driving=known.driving(pace, zone == each),
            drive_minutes=driven.minutes[each] if driven else 0.0,
            parcels=parcels[each],
        )
        for each in range(zones)
    ]


def ratio_of(shares: Sequence[Share]) -> float | None:
    """Return the largest share of the work over the smallest; None where one has none."""
    work = [each.work for each in shares]
    return max(work) / min(work) if work and min(work) > 0 else None


def reported_ratio(known: Known, zone: Ints, zones: int) -> float | None:
    """Return the same of what the report of hours counts of some zones of the parcels."""
    inside = zone >= 0
    hours = np.bincount(zone[inside], weights=known.burden.reported[inside], minlength=zones)
    return float(hours.max() / hours.min()) if zones and hours.min() > 0 else None


def cases_coming(known: Known, drawn: Drawn, of_today: OfToday) -> list[int]:
    """Count of each zone the open cases in it that somebody else has today, or nobody.

    Of those that go by their zone. It is what `cases.redrawing` hands over: nothing goes between
    zones that nobody has.
    """
    burden = known.burden
    officers = [each.officer for each in known.ground.zones]
    found = [0] * len(of_today)
    for at, zone_now in zip(burden.open_at.tolist(), burden.open_zone.tolist(), strict=True):
        zone = int(drawn.of_parcel[at])
        label = of_today[zone]
        before = None if zone_now < 0 else officers[zone_now]
        after = None if label is None else officers[label]
        found[zone] += before != after
    return found


def parcels_coming(known: Known, drawn: Drawn, of_today: OfToday) -> list[int]:
    """Count of each zone the parcels in it that lie in another zone today."""
    if not known.ground.zones:
        return [0] * len(of_today)
    label = np.array([_NEW if each is None else each for each in of_today], dtype=np.int64)
    came = drawn.of_parcel[label[drawn.of_parcel] != known.zone_now]
    return [int(each) for each in np.bincount(came, minlength=len(of_today))]


def proposed(
    known: Known,
    drawn: Drawn,
    of_today: OfToday,
    *,
    before: Sequence[Share],
    after: Sequence[Share],
    cases: Sequence[int],
    parcels: Sequence[int],
) -> list[ProposedZone]:
    """Return the zones proposed, those that go on first, and after them those that end."""
    zones, names = known.ground.zones, _names(known.ground, of_today)
    found = [
        ProposedZone(
            zone_id=None if label is None else zones[label].id,
            name=names[at],
            officer=None if label is None else zones[label].officer,
            shape=drawn.shapes[at],
            outline_before=None if label is None else zones[label].shape,
            before=None if label is None else before[label],
            after=after[at],
            came_cases=cases[at],
            came_parcels=parcels[at],
        )
        for at, label in enumerate(of_today)
    ]
    found.sort(key=lambda each: (each.zone_id is None, each.zone_id or 0, each.name))
    return [*found, *_ending(known.ground, of_today, before)]


def _ending(ground: Ground, of_today: OfToday, before: Sequence[Share]) -> list[ProposedZone]:
    return [
        ProposedZone(
            zone_id=each.id,
            name=each.name,
            officer=each.officer,
            shape=None,
            outline_before=each.shape,
            before=before[at],
            after=None,
        )
        for at, each in enumerate(ground.zones)
        if at not in of_today
    ]


def _names(ground: Ground, of_today: OfToday) -> list[str]:
    """Name the zones: those that go on as today, new ones by the next number that is free."""
    taken = {each.name.lower() for each in ground.zones}
    found = []
    number = 0
    for label in of_today:
        if label is not None:
            found.append(ground.zones[label].name)
            continue
        number += 1
        while f"zone {number}" in taken:
            number += 1
        found.append(f"Zone {number}")
    return found
