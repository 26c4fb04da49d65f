"""Draft zones by hand in any town that has some: one is parted in two, the others stay."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

import shapely
import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.workflow.roles import Role
from cases.zone_drafts import Asked, ask_zones, claim, finish
from cases.zoning import mark_of
from geo.layers import Zone
from reports.workload.driven import Driven
from reports.workload.values import Proposal, ProposedZone, Share
from reports.workload.written import proposal_to_json

MANAGER = Actor("A. Stone", Role.MANAGER)
ASKED = Asked(zones=3, first=date(2025, 6, 16), last=date(2026, 6, 15), keeping=3, seed=7)


def draft_zones(connection: sa.Connection, *, now: datetime, **changes: Any) -> int:
    """Keep a draft whose zones are made, asked for at a moment; gives which."""
    moment = Moment(on=now.date(), now=now)
    draft_id = ask_zones(connection, ASKED, key=uuid4(), actor=MANAGER, moment=moment)
    claim(connection, draft_id, now=now)
    made = proposal_to_json(proposal_of(connection, **changes))
    assert finish(connection, draft_id, proposal=made, now=now)
    return draft_id


def proposal_of(connection: sa.Connection, **changes: Any) -> Proposal:
    """Part the first zone of a town in an east, which is new, and a west that goes on."""
    columns: tuple[Any, ...] = (
        Zone.id, Zone.name, Zone.officer_name, Zone.content_sha,
        sa.func.ST_AsBinary(Zone.geom).label("shape"),
    )  # fmt: skip
    query = sa.select(*columns).where(Zone.kind == "officer").order_by(Zone.id)
    rows = connection.execute(query).all()
    parted, *others = rows
    whole = shapely.from_wkb(bytes(parted.shape))
    west, south, east, north = whole.bounds
    cut = west + (east - west) * 0.6
    zones = [
        _zone(parted, shapely.intersection(whole, shapely.box(west, south, cut, north)), hours=60),
        *(_zone(row, shapely.from_wkb(bytes(row.shape)), hours=70) for row in others),
        ProposedZone(
            zone_id=None, name="Zone 3", officer=None, outline_before=None, before=None,
            shape=shapely.intersection(whole, shapely.box(cut, south, east, north)),
            after=_share(50), came_cases=2, came_parcels=1,
        ),
    ]  # fmt: skip
    told: dict[str, Any] = {
        "asked": ASKED, "zones": zones, "seen": {row.id: mark_of(row.content_sha) for row in rows},
        "ratio_before": 3.1, "ratio": 1.2,
        "driven_before": Driven(minutes=[90.0, 40.0], days=8, estimated=True),
        "driven": Driven(minutes=[50.0, 40.0, 30.0], days=8, estimated=True),
        "moved_cases": 2, "moved_parcels": 1, "parts": 0, "cut_parcels": 0,
        "notes": ("No streets are loaded to drive on: driving is a straight-line estimate.",),
    }  # fmt: skip
    return Proposal(**{**told, **changes})


def _zone(row: Any, shape: Any, *, hours: float) -> ProposedZone:
    return ProposedZone(
        zone_id=row.id, name=row.name, officer=row.officer_name, shape=shape,
        outline_before=shapely.from_wkb(bytes(row.shape)), before=_share(90), after=_share(hours),
    )  # fmt: skip


def _share(hours: float) -> Share:
    return Share(
        cases=9, open_cases=4, hours=hours - 10, driving=10.0, drive_minutes=42.0, parcels=3
    )  # fmt: skip
