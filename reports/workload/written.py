"""Write proposed zones down as JSON, without loss, and read them back."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import shapely
from shapely import Geometry, to_geojson

from cases.zone_drafts import Asked
from reports.workload.driven import Driven
from reports.workload.values import Proposal, ProposedZone, Share

FORM = 1
"""Which form this is; raised where an older one can be read no more."""
_SHAPES = ("shape", "outline_before")


def proposal_to_json(proposal: Proposal) -> dict[str, Any]:
    """Write a proposal down; outlines as WKB in hexadecimal digits (EPSG:4326)."""
    return {
        "form": FORM,
        "asked": proposal.asked.told(),
        "zones": [_zone_to_json(each) for each in proposal.zones],
        "seen": {str(zone): mark for zone, mark in proposal.seen.items()},
        "ratio_before": proposal.ratio_before,
        "ratio": proposal.ratio,
        "reported_before": proposal.reported_before,
        "reported": proposal.reported,
        "driven_before": None if proposal.driven_before is None else asdict(proposal.driven_before),
        "driven": asdict(proposal.driven),
        "moved_cases": proposal.moved_cases,
        "moved_parcels": proposal.moved_parcels,
        "parts": proposal.parts,
        "cut_parcels": proposal.cut_parcels,
        "notes": [*proposal.notes],
    }


def proposal_from_json(told: Mapping[str, Any]) -> Proposal:
    """Read what `proposal_to_json` has written.

    Raises
    ------
    ValueError
        It is of another form.
    """
    if told.get("form") != FORM:
        msg = f"Zones are written in form {told.get('form')}; form {FORM} was expected."
        raise ValueError(msg)
    before = told["driven_before"]
    return Proposal(
        asked=Asked.read(told["asked"]),
        zones=[_zone_from_json(each) for each in told["zones"]],
        seen={int(zone): mark for zone, mark in told["seen"].items()},
        ratio_before=told["ratio_before"],
        ratio=told["ratio"],
        reported_before=told.get("reported_before"),
        reported=told.get("reported"),
        driven_before=None if before is None else Driven(**before),
        driven=Driven(**told["driven"]),
        moved_cases=told["moved_cases"],
        moved_parcels=told["moved_parcels"],
        parts=told["parts"],
        cut_parcels=told["cut_parcels"],
        notes=tuple(told["notes"]),
    )


def proposal_to_geojson(proposal: Proposal) -> dict[str, Any]:
    """Write the zones proposed as a GeoJSON collection (EPSG:4326), with what each has then."""
    features = [
        {
            "type": "Feature",
            "properties": _told(each),
            "geometry": json.loads(to_geojson(each.shape)),
        }
        for each in proposal.zones
        if each.shape is not None
    ]
    return {"type": "FeatureCollection", "features": features}


def _told(zone: ProposedZone) -> dict[str, Any]:
    """Return what is told of a zone: hours in the days looked at, minutes driven a day."""
    before, after = zone.before, zone.after
    return {
        "name": zone.name, "officer": zone.officer, "zone_id": zone.zone_id,
        "hours_today": None if before is None else round(before.work, 1),
        "hours": None if after is None else round(after.work, 1),
        "drive_minutes_today": None if before is None else round(before.drive_minutes, 1),
        "drive_minutes": None if after is None else round(after.drive_minutes, 1),
        "cases_coming": zone.came_cases, "parcels_coming": zone.came_parcels,
    }  # fmt: skip


def _zone_to_json(zone: ProposedZone) -> dict[str, Any]:
    return {
        "zone_id": zone.zone_id,
        "name": zone.name,
        "officer": zone.officer,
        **{each: _shape_to_json(getattr(zone, each)) for each in _SHAPES},
        "before": None if zone.before is None else asdict(zone.before),
        "after": None if zone.after is None else asdict(zone.after),
        "came_cases": zone.came_cases,
        "came_parcels": zone.came_parcels,
    }


def _zone_from_json(told: Mapping[str, Any]) -> ProposedZone:
    shares = {
        each: None if told[each] is None else Share(**told[each]) for each in ("before", "after")
    }
    shapes = {
        each: None if told[each] is None else shapely.from_wkb(told[each]) for each in _SHAPES
    }
    return ProposedZone(**{**told, **shares, **shapes})


def _shape_to_json(shape: Geometry | None) -> str | None:
    return None if shape is None else shapely.to_wkb(shape, hex=True)
