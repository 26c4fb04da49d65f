"""Receive a complaint: keep what it says and where, who made it apart, and review it at once."""

import math
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from cases import reporters
from cases.actors import Actor, Moment
from cases.adopted import adopted_law
from cases.advancing import advance
from cases.complaints import record_complaint
from cases.duplicates import duplicates_of
from cases.errors import CaseError
from cases.lawpack.schema import LawPack
from cases.models import Complaint
from cases.numbering import next_number
from cases.placement import Placement, as_point, placement
from cases.reporters import Identity
from cases.review import Beat, Decision, Rule, review
from cases.screening import Channel, may_open
from cases.tying import LonLat, Whereabouts
from cases.wording import tidy
from cases.workflow.complaint import ComplaintAction
from cases.workflow.roles import Role
from geo.layers import Zone

NUMBERED = "CP"
MOST_DUPLICATES = 20
RESIDENT = "a resident"
"""Whom a history names where somebody outside the town reports for himself."""

_OF_RESIDENTS = (Channel.WEB, Channel.EMAIL, Channel.OPEN311)
_GLOBE = (180.0, 90.0)


class UnusableComplaintError(CaseError):
    """What is reported does not say enough for anybody to look into it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What is reported, without who reports it.

    Parameters
    ----------
    category
        As the law pack's provisions name it; another is kept, and reviewed as unknown.
    point
        Lon, lat (EPSG:4326), where one was pointed at.
    """

    channel: Channel
    category: str
    description: str | None = None
    parcel_no: str | None = None
    address: str | None = None
    point: LonLat | None = None


def receive(
    connection: sa.Connection,
    *,
    report: Report,
    reporter: Identity | None = None,
    law_pack_id: int,
    actor: Actor,
    moment: Moment,
) -> int:
    """Receive a complaint; gives its identity.

    Nothing usable is refused: a category nobody knows, a place that is no parcel and a point
    outside the town are kept for a person to look at.

    Parameters
    ----------
    reporter
        Who made it, which may be another than the actor who enters it; None for nobody named.
    law_pack_id
        The law it is reviewed under.

    Raises
    ------
    UnusableComplaintError
        It says nothing of what or of where, or it came by a way that this actor does not have.
    NotToldError
        A name is given before the notice about public records.
    """
    step = advance(None, ComplaintAction.RECEIVE, actor=actor)
    report = _usable(report, actor=actor)
    if actor.role is Role.RESIDENT:
        actor = Actor(RESIDENT, Role.RESIDENT)
    who = reporter or Identity()
    reporters.require_told(who)
    law = adopted_law(connection, law_pack_id)
    seen = _look(connection, law, report, who, on=moment.on)
    values = {
        **_said(report),
        **seen.placed.columns,
        **_decided(seen.decisions),
        "number": next_number(connection, NUMBERED, on=moment.on),
        "status": step.to,
        "entered_by": actor.name,
        "received_on": moment.on,
        "law_pack_id": law_pack_id,
    }
    query = sa.insert(Complaint).values(values).returning(*Complaint.__table__.columns)
    row = connection.execute(query).one()
    reporters.keep(connection, row.id, who)
    record_complaint(
        connection, row, step, actor=actor, moment=moment, category=report.category,
        tie=row.tie_method, tie_note=row.tie_note, law=f"{law.pack.name} {law.pack.version}",
        screening=row.screening,
    )  # fmt: skip
    return int(row.id)


@dataclass(frozen=True, slots=True)
class Preview:
    """Where a report would be put, and what the review would decide of it."""

    placed: Placement
    decisions: tuple[Decision, ...]


def preview(
    connection: sa.Connection,
    *,
    report: Report,
    reporter: Identity,
    law_pack_id: int,
    actor: Actor,
    moment: Moment,
) -> Preview:
    """Say where a report would be put and what its review would decide, and keep nothing.

    Parameters
    ----------
    reporter
        Only whether a name and an address are given counts, not which.

    Raises
    ------
    UnusableComplaintError
        As `receive` says.
    """
    law = adopted_law(connection, law_pack_id)
    return _look(connection, law, _usable(report, actor=actor), reporter, on=moment.on)


def located(connection: sa.Connection, *, report: Report, moment: Moment) -> Placement:
    """Say where a report would be put, whatever it will be about."""
    return placement(connection, _whereabouts(report, on=moment.on))


def near(
    law: LawPack,
    *,
    parcel_id: int | None,
    point: LonLat | None,
    category: str,
    stated: str | None,
    on: date,
) -> sa.Select[Any]:
    """Select what may be the same matter as a report from somewhere, by the town's rule.

    Columns: as `cases.duplicates.duplicates_of` says; the nearest `MOST_DUPLICATES` at most.
    """
    intake = law.intake
    return duplicates_of(
        parcel_id=parcel_id,
        point=point,
        category=category,
        within_m=intake.duplicate_metres_of(category),
        ended_since=on - timedelta(days=intake.duplicate_closed_days),
        stated=stated,
    ).limit(MOST_DUPLICATES)


def _look(
    connection: sa.Connection, law: LawPack, report: Report, who: Identity, *, on: date
) -> Preview:
    placed = placement(connection, _whereabouts(report, on=on))
    return Preview(placed, _reviewed(connection, law, report, who, placed=placed, on=on))


def _usable(report: Report, *, actor: Actor) -> Report:
    """Take the blanks from what is reported, and refuse what nobody could look into."""
    usable = replace(
        report,
        category=tidy(report.category) or "",
        description=tidy(report.description),
        parcel_no=tidy(report.parcel_no),
        address=tidy(report.address),
    )
    by_resident = actor.role is Role.RESIDENT
    if not usable.category:
        msg = "Say what it is about: a complaint needs a category."
    elif not (usable.parcel_no or usable.address or usable.point):
        msg = "Say where it is: by an address, a parcel number or a point on the map."
    elif usable.point and not _on_globe(usable.point):
        msg = (
            f"The point {usable.point} is no longitude (-180 to 180) and latitude (-90 to 90): "
            "give another, or an address."
        )
    elif by_resident and usable.channel not in _OF_RESIDENTS:
        msg = f"A resident reports by {', '.join(_OF_RESIDENTS)}, not by {usable.channel}."
    elif usable.channel is Channel.OFFICER and actor.role is not Role.OFFICER:
        msg = "What an officer saw is entered by the officer; name the way it came to you instead."
    else:
        return usable
    raise UnusableComplaintError(msg)


def _on_globe(point: LonLat) -> bool:
    return all(
        math.isfinite(degrees) and abs(degrees) <= most
        for degrees, most in zip(point, _GLOBE, strict=True)
    )


def _whereabouts(report: Report, *, on: date) -> Whereabouts:
    return Whereabouts(
        parcel_no=report.parcel_no, address=report.address, point=report.point, opened_on=on
    )


def _reviewed(
    connection: sa.Connection,
    law: LawPack,
    report: Report,
    who: Identity,
    *,
    placed: Placement,
    on: date,
) -> tuple[Decision, ...]:
    found = near(
        law, parcel_id=placed.tied.tie.parcel_id, point=placed.point, category=report.category,
        stated=report.address, on=on,
    )  # fmt: skip
    opening = may_open(
        law.intake.anonymity, name=who.name, address=who.address, channel=report.channel
    )
    return review(
        law,
        category=report.category,
        received_on=on,
        beat=beat_of(connection, placed.zone_id),
        opening=opening,
        duplicates=[each.number for each in connection.execute(found)],
    )


def beat_of(connection: sa.Connection, zone_id: int | None) -> Beat | None:
    """Return an officer's zone as the review takes it; None for none."""
    query = sa.select(Zone.code, Zone.name, Zone.officer_name).where(Zone.id == zone_id)
    found = connection.execute(query).first()
    return Beat(found.code, found.name, found.officer_name) if found else None


def _said(report: Report) -> dict[str, Any]:
    return {
        "channel": report.channel,
        "category": report.category,
        "description": report.description,
        "stated_parcel_no": report.parcel_no,
        "stated_address": report.address,
        "stated_point": None if report.point is None else as_point(report.point),
    }


def _decided(decisions: tuple[Decision, ...]) -> dict[str, Any]:
    values = {each.rule: each.value for each in decisions}
    return {
        "priority": values[Rule.PRIORITY],
        "respond_by": date.fromisoformat(values[Rule.RESPOND_BY]),
        "screening": [asdict(each) for each in decisions],
    }
