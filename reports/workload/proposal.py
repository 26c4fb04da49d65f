"""Propose zones that share the work of a town evenly."""

from dataclasses import dataclass, replace

import numpy as np
import sqlalchemy as sa

from cases.zone_drafts import Asked
from geo.streets.estimate import CrowFlight
from geo.streets.travel import Travel
from reports.errors import ReportError
from reports.workload.balance import EVEN, Balanced, balance
from reports.workload.comparing import (
    cases_coming,
    parcels_coming,
    proposed,
    ratio_of,
    reported_ratio,
    shares_of,
)
from reports.workload.known import Known
from reports.workload.outlines import draw_zones
from reports.workload.pieces import pieces_of
from reports.workload.plane import Ints
from reports.workload.saying import notes_of
from reports.workload.search import NOBODY, Watch
from reports.workload.shares import Wishes
from reports.workload.town import today_of, town_of
from reports.workload.travel import Pace
from reports.workload.units import Units, units_of
from reports.workload.values import Proposal

READING = "Reading the town"
HEAVIEST = (0.25, 0.08, 0.03)
"""Blocks heavier than such a part of a zone's share are parted: the first, and then, while shares
are not as even as is wished, each next."""
FIRST_MOVES = 60_000
"""How many are thought of for zones that driving is only to be measured in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """Shares of the units of a town."""

    units: Units
    balanced: Balanced
    pace: Pace

    @property
    def zone(self) -> Ints:
        """The zone of each parcel."""
        return np.array(self.balanced.zone, dtype=np.int64)[self.units.of_parcel]


def propose(
    connection: sa.Connection,
    asked: Asked,
    *,
    travel: Travel | None = None,
    watch: Watch = NOBODY,
    moves: int | None = None,
) -> Proposal:
    """Read the whole town and propose zones for it, as `share_out` does.

    Parameters
    ----------
    travel
        The streets, where they are loaded; never in a process that serves pages.
    watch
        Told how far it is, and asked whether to go on; stopped, the best so far is proposed.
    moves
        As `balance.balance` has it.

    Raises
    ------
    NothingToReportError
        No parcels are loaded.
    ReportError
        More zones are asked for than there are pieces to make them of.
    """
    watch.tell(READING, 0.0)
    known = Known.read(connection, asked, travel or CrowFlight())
    return share_out(known, watch=watch, moves=moves)


def share_out(known: Known, *, watch: Watch = NOBODY, moves: int | None = None) -> Proposal:
    """Propose zones for a town that was read; the database is not asked any more.

    Parameters
    ----------
    watch, moves
        As `propose` has them.

    Raises
    ------
    ReportError
        More zones are asked for than there are pieces to make them of.
    """
    known = known.driven_today()
    watch.tell("Cutting it into blocks", 0.0)
    found = _found(known, watch=watch, moves=moves)
    watch.tell("Drawing the zones", 1.0)
    return _proposal(known, found)


def _found(known: Known, *, watch: Watch, moves: int | None) -> _Found:
    """Share the town out, block by block, and by ever smaller parts while that is not even."""
    asked = known.asked
    pieces = pieces_of(known.ground)
    best: _Found | None = None
    for heaviest in HEAVIEST:
        pieces = known.parted(pieces, heaviest)
        units = units_of(pieces, known.ground)
        if units.count < asked.zones:
            continue
        found = _shared(known, units, watch=watch, moves=moves)
        uneven = found.balanced.unevenness(asked.ratio)
        if best is None or uneven < best.balanced.unevenness(asked.ratio):
            best = found
        if best.balanced.unevenness(asked.ratio) == EVEN or not watch.tell("Parting blocks", 1.0):
            break
    if best is None:
        raise ReportError(_too_many(asked, units))
    return best


def _too_many(asked: Asked, units: Units) -> str:
    count = units.count
    there = "1 lot or block" if count == 1 else f"{count:,} lots and blocks"
    return (
        f"{asked.zones} zones are asked for, and the town has {there} to make them of: ask for "
        f"{count:,} at most."
    )


def _shared(known: Known, units: Units, *, watch: Watch, moves: int | None) -> _Found:
    """Share units out; without zones today, driving is measured in those that are found first."""
    pace = known.pace
    if not known.ground.zones:
        few = min(moves or FIRST_MOVES, FIRST_MOVES)
        first = _balanced(known, units, pace, watch=NOBODY, moves=few)
        driven = known.drive(first.zone, count=known.asked.zones)
        pace = known.measured(first.zone, driven)
    return _balanced(known, units, pace, watch=watch, moves=moves)


def _balanced(known: Known, units: Units, pace: Pace, *, watch: Watch, moves: int | None) -> _Found:
    asked = known.asked
    town, places = town_of(units, known.ground, known.burden, pace)
    balanced = balance(
        town,
        places,
        zones=asked.zones,
        today=today_of(units, known.ground, known.burden),
        wishes=replace(Wishes(), ratio=asked.ratio, keeping=asked.keeping),
        seed=asked.seed,
        watch=watch,
        moves=moves,
    )
    return _Found(units=units, balanced=balanced, pace=pace)


def _proposal(known: Known, found: _Found) -> Proposal:
    asked, ground, of_today = known.asked, known.ground, found.balanced.of_today
    drawn = draw_zones(found.units, ground, found.balanced.zone)
    driven = known.drive(drawn.of_parcel, count=asked.zones)
    after = shares_of(known, found.pace, drawn.of_parcel, driven, asked.zones)
    before = shares_of(
        known, found.pace, known.zone_now, known.driven_now, len(ground.zones)
    )  # fmt: skip
    reported = reported_ratio(known, drawn.of_parcel, asked.zones)
    cases = cases_coming(known, drawn, of_today)
    parcels = parcels_coming(known, drawn, of_today)
    return Proposal(
        asked=asked,
        zones=proposed(
            known, drawn, of_today, before=before, after=after, cases=cases, parcels=parcels
        ),
        seen={each.id: each.mark for each in ground.zones},
        ratio_before=ratio_of(before),
        ratio=ratio_of(after),
        reported_before=reported_ratio(known, known.zone_now, len(ground.zones)),
        reported=reported,
        driven_before=known.driven_now,
        driven=driven,
        moved_cases=sum(cases),
        moved_parcels=sum(parcels),
        parts=sum(each > 1 for each in drawn.parts),
        cut_parcels=drawn.cut,
        notes=notes_of(
            known,
            found.units,
            drawn,
            of_today=of_today,
            work=[each.work for each in after],
            driven=driven,
            handed=sum(cases),
            reported=reported,
        ),
    )
