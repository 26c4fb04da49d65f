"""Hold zones that are proposed as their pages show them: who has how much, today and then."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import shapely
from flask_babel import gettext as _
from shapely import Geometry
from shapely.geometry.base import BaseGeometry
from shapely.ops import polylabel

from reports.workload.values import Proposal, ProposedZone, Share
from webmap.assets import route_looks
from webmap.office.plan_shown import Mark, marks_of

PLACE_OF_NAME = 1e-4
"""Degrees by which a name may be off the middle of its zone: ten steps."""
type Feature = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownZone:
    """A zone that is proposed, or that ends.

    Attributes
    ----------
    key
        Its place among all, in addresses and forms.
    mark
        A letter and a colour; None of one that ends.
    part_before, part
        Its work by what an even share has: 1 where it has just that; None where there is none.
    """

    key: str
    mark: Mark | None
    zone: ProposedZone
    part_before: float | None
    part: float | None

    @property
    def label(self) -> str:
        """What stands on the map."""
        letter = f"{self.mark.letter} · " if self.mark else ""
        return f"{letter}{self.zone.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """What all zones have together; None where there are none today."""

    before: Share | None
    after: Share


def shown_zones(proposal: Proposal) -> list[ShownZone]:
    """Return the zones proposed, each told by a letter and a colour, and then those that end."""
    keys = [f"{at:03}" for at in range(len(proposal.zones))]
    marks = _apart(marks_of(keys), [each.shape for each in proposal.zones])
    before = _even([each.before for each in proposal.zones if each.before])
    after = _even([each.after for each in proposal.zones if each.after])
    return [
        ShownZone(
            key=key,
            mark=marks[key] if each.shape is not None else None,
            zone=each,
            part_before=_part(each.before, before),
            part=_part(each.after, after),
        )
        for key, each in zip(keys, proposal.zones, strict=True)
    ]


def _apart(marks: Mapping[str, Mark], shapes: Sequence[BaseGeometry | None]) -> dict[str, Mark]:
    """Give zones that lie beside each other looks of their own where there are more than looks.

    Each keeps the look that comes in turn unless a neighbour has it; then it has the one that is
    seldomest among the rest.
    """
    looks, found = route_looks(), dict[str, Mark]()
    for at, (key, mark) in enumerate(marks.items()):
        beside = {
            found[other].look["route"]
            for other, shape in zip(found, shapes[:at], strict=True)
            if shape is not None and shapes[at] is not None and shape.intersects(shapes[at])
        }
        often = Counter(each.look["route"] for each in found.values())
        turn = [each for each in looks if each["route"] not in beside]
        if mark.look["route"] in beside and turn:
            found[key] = replace(mark, look=min(turn, key=lambda each: often[each["route"]]))
        else:
            found[key] = mark
    return found


def total_of(proposal: Proposal) -> Total:
    """Sum what the zones have."""
    before = [each.before for each in proposal.zones if each.before]
    after = [each.after for each in proposal.zones if each.after]
    return Total(before=_sum(before) if before else None, after=_sum(after))


def map_of(zones: Sequence[ShownZone], *, today: bool) -> dict[str, Any]:
    """Return a GeoJSON collection (EPSG:4326) of the zones of today, or of those proposed."""
    features = [each for zone in zones for each in (_today(zone) if today else _proposed(zone))]
    return {"type": "FeatureCollection", "features": features}


def extent_of(zones: Sequence[ShownZone]) -> tuple[float, float, float, float]:
    """Return the box around all zones: west, south, east, north."""
    shapes = [shape for each in zones for shape in (each.zone.shape, each.zone.outline_before)]
    west, south, east, north = shapely.total_bounds([each for each in shapes if each is not None])
    return float(west), float(south), float(east), float(north)


def _proposed(zone: ShownZone) -> Iterator[Feature]:
    share = zone.zone.after
    if zone.zone.shape is None or zone.mark is None or share is None:
        return
    told = {
        "key": zone.key, "look": zone.mark.look["route"], "label": zone.label,
        "says": [zone.label, zone.zone.officer or _("nobody"), _hours(share)],
    }  # fmt: skip
    yield _feature(zone.zone.shape, told)
    yield _feature(_middle(zone.zone.shape), told)


def _today(zone: ShownZone) -> Iterator[Feature]:
    share = zone.zone.before
    if zone.zone.outline_before is None or share is None:
        return
    says = [_("today: %(zone)s", zone=zone.zone.name), zone.zone.officer or _("nobody"),
            _hours(share)]  # fmt: skip
    yield _feature(zone.zone.outline_before, {"key": zone.key, "says": says})


def _hours(share: Share) -> str:
    return str(_("%(hours)s h of work", hours=f"{share.work:,.0f}"))


def _middle(shape: BaseGeometry) -> BaseGeometry:
    """Return the place in the largest part of a zone that is farthest from its edges."""
    largest = max(shapely.get_parts(shape), key=lambda each: each.area)
    middle: BaseGeometry = polylabel(largest, tolerance=PLACE_OF_NAME)
    return middle


def _feature(shape: Geometry, told: dict[str, Any]) -> Feature:
    return {
        "type": "Feature",
        "properties": told,
        "geometry": json.loads(shapely.to_geojson(shape)),
    }


def _even(shares: Sequence[Share]) -> float:
    return sum(each.work for each in shares) / max(len(shares), 1)


def _part(share: Share | None, even: float) -> float | None:
    return None if share is None or even <= 0 else share.work / even


def _sum(shares: Sequence[Share]) -> Share:
    return Share(
        cases=sum(each.cases for each in shares),
        open_cases=sum(each.open_cases for each in shares),
        hours=sum(each.hours for each in shares),
        driving=sum(each.driving for each in shares),
        drive_minutes=sum(each.drive_minutes for each in shares),
        parcels=sum(each.parcels for each in shares),
    )
