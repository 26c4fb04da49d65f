"""Tell who goes out on no visits on the days of a draft, as it is known now."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _

from cases.working.going import Away, NotGoing, who_can_go
from geo import places
from webmap.auth.desk import Desk
from webmap.interpreting import say
from webmap.office import closings


def away_on(
    desk: Desk, days: Sequence[date], *, zone_ids: Sequence[int] | None
) -> Mapping[date, Sequence[NotGoing]]:
    """Return who is away on each of some days, by name.

    Parameters
    ----------
    zone_ids
        Of which zones the draft is: whoever has others alone is none of it. None for all.
    """
    going = who_can_go(
        desk.connection, first=days[0], last=days[-1], calendar=closings.calendar(desk)
    )
    whose = _zones_of(desk)
    found: dict[date, list[NotGoing]] = defaultdict(list)
    for each in sorted(going.away, key=lambda each: each.officer):
        zones = whose.get(each.officer)
        if zone_ids is None or not zones or zones & set(zone_ids):
            found[each.on].append(each)
    return found


def away_words(each: NotGoing) -> str:
    """Say why somebody goes out on no visits; why a leave was taken is not kept."""
    if each.because is Away.LEAVE:
        return str(_("away"))
    if each.because is Away.CLOSED and each.closed_for:
        return say(each.closed_for)
    return str(_("does not work on this weekday"))


def _zones_of(desk: Desk) -> Mapping[str, set[int]]:
    whose: dict[str, set[int]] = defaultdict(set)
    zones: Sequence[Any] = desk.rows(places.zones())
    for each in zones:
        if each.officer_name:
            whose[each.officer_name].add(each.id)
    return whose
