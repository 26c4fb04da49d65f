"""Put proposed zones in force, all or none, after saying what follows from it."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from cases import zone_drafts
from cases.actors import Actor, Moment
from cases.redrawing import Redrawn, foretell_zones, redraw_zones
from cases.redrawn import Outline
from cases.zoning import StaleZoneError
from reports.workload.values import Proposal
from reports.workload.written import proposal_from_json

type Named = Mapping[int, tuple[str, str | None]]
"""Other names and officers than are proposed, by the place of a zone among those proposed."""


def outlines_of(proposal: Proposal, *, named: Named | None = None) -> list[Outline]:
    """Return the outlines of the zones proposed, without those that end."""
    kept = [each for each in proposal.zones if each.shape is not None]
    found = []
    for at, each in enumerate(kept):
        name, officer = (named or {}).get(at, (each.name, each.officer))
        assert each.shape is not None  # noqa: S101 - for the type checker
        found.append(
            Outline(zone_id=each.zone_id, name=name, officer=officer, shape=each.shape)
        )  # fmt: skip
    return found


def foretell(
    connection: sa.Connection,
    proposal: Proposal,
    *,
    named: Named | None = None,
    actor: Actor,
    moment: Moment,
) -> Redrawn:
    """Say which cases change hands if zones are adopted as proposed, and change nothing.

    Raises
    ------
    ZoneError
        As `cases.redrawing.redraw_zones`.
    """
    outlines: Sequence[Outline] = outlines_of(proposal, named=named)
    return foretell_zones(connection, outlines, seen=proposal.seen, actor=actor, moment=moment)


def adopt_zones(
    connection: sa.Connection,
    draft_id: int,
    *,
    named: Named | None = None,
    told: str | None = None,
    actor: Actor,
    moment: Moment,
) -> Redrawn:
    """Put the zones of a draft in force in the caller's transaction, once.

    Parameters
    ----------
    told
        The mark of what was told to follow from it (`Redrawn.mark`); None where nothing was.

    Raises
    ------
    ZonesNotYoursError
        The actor's role draws no zones.
    StaleZoneError
        The draft has no zones or was adopted before, zones were changed since it was made, or
        something else follows than was told.
    ZoneError
        As `cases.redrawing.redraw_zones`.
    """
    row = zone_drafts.draft(connection, draft_id)
    if row is None or row.proposal is None:
        msg = "This draft has no zones: have them proposed again."
        raise StaleZoneError(msg)
    proposal = proposal_from_json(row.proposal)
    redrawn = redraw_zones(
        connection,
        outlines_of(proposal, named=named),
        seen=proposal.seen,
        told=told,
        actor=actor,
        moment=moment,
    )
    zone_drafts.mark_adopted(connection, draft_id, actor=actor, moment=moment)
    return redrawn
