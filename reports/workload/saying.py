"""Say in sentences what a proposal of zones takes for granted, and why it is not more even."""

from collections.abc import Iterator, Sequence

import numpy as np

from cases.zone_drafts import Asked
from reports.workload.burden import Burden
from reports.workload.driven import Driven
from reports.workload.known import Known
from reports.workload.outlines import Drawn
from reports.workload.town import on_units
from reports.workload.units import Units, components


def notes_of(
    known: Known,
    units: Units,
    drawn: Drawn,
    *,
    of_today: Sequence[int | None],
    work: Sequence[float],
    driven: Driven,
    handed: int,
    reported: float | None,
) -> tuple[str, ...]:
    """Say what has to be known of zones that are proposed.

    Parameters
    ----------
    of_today
        Which zone of today each goes on from, by position; None of a new one.
    handed
        How many open cases change hands.
    reported
        As `Proposal.reported`.
    """
    return (
        *_of_work(known.asked, known.burden),
        *([] if handed else _of_hands(known)),
        *_of_moves(known, drawn, of_today),
        *_of_lines(units),
        *_of_pieces(units, drawn),
        *_of_evenness(known, units, work),
        *_of_report(known.asked, reported, work),
        *_of_travel(estimated=driven.estimated, has_office=known.has_office),
    )


def _of_work(asked: Asked, burden: Burden) -> Iterator[str]:
    if not len(burden.case_at):
        yield (
            f"No work is on record from {asked.first} to {asked.last}: the zones are even by the "
            "number of their parcels."
        )
    lost = burden.unplaced
    if lost == 1:
        yield (
            "1 case or complaint with work in these days has no place on the map, and counts for "
            "no zone."
        )
    elif lost:
        yield (
            f"{lost:,} cases and complaints with work in these days have no place on the map, and "
            "count for no zone."
        )


def _of_hands(known: Known) -> Iterator[str]:
    """Say why no open case changes hands, where it is for no likeness of zones."""
    if (known.burden.open_zone < 0).all():
        yield "No open case lies in an officer's zone today, so none changes hands."
    elif all(each.officer is None for each in known.ground.zones):
        yield "No zone has an officer today, so no open case changes hands."


def _of_moves(known: Known, drawn: Drawn, of_today: Sequence[int | None]) -> Iterator[str]:
    """Say which zones are moved so far that they keep nothing."""
    for zone, label in enumerate(of_today):
        if label is None:
            continue
        kept = (drawn.of_parcel == zone) & (known.zone_now == label)
        if not kept.any() and (known.zone_now == label).any():
            name = known.ground.zones[label].name
            yield f"{name} keeps none of the lots that it has today: others take them over."


def _of_lines(units: Units) -> Iterator[str]:
    pieces = units.pieces
    if not pieces.by_streets:
        yield (
            "No streets are loaded: boundaries keep in the middle of the ground between blocks, "
            "which is where streets mostly are."
        )
    if pieces.parted == 1:
        yield (
            "One block has so much work that a boundary may run through it, along the sides of "
            "lots."
        )
    elif pieces.parted:
        yield (
            f"{pieces.parted:,} blocks have so much work that a boundary may run through them, "
            "along the sides of lots."
        )


def _of_pieces(units: Units, drawn: Drawn) -> Iterator[str]:
    parts = int(components(units.beside).max()) + 1
    split = sum(each > 1 for each in drawn.parts)
    if parts > 1 and split == 1:
        yield (
            f"The town lies in {parts} pieces with no common border: 1 zone has ground in more "
            "than one of them."
        )
    elif parts > 1:
        yield (
            f"The town lies in {parts} pieces with no common border: {split:,} zones have ground "
            "in more than one of them."
        )
    if any(drawn.holes):
        yield "A zone lies all around another, or around ground that is not the town's."
    most = f"{drawn.most_cut_m2:,.2f}"
    if drawn.cut == 1:
        yield f"1 parcel reaches beyond one zone, by {most} m² at the most."
    elif drawn.cut:
        yield f"{drawn.cut:,} parcels reach beyond one zone, by {most} m² at the most."


def _of_evenness(known: Known, units: Units, work: Sequence[float]) -> Iterator[str]:
    """Say why shares are not as even as is wished: for a lot, for the pieces, or for the search."""
    asked, burden = known.asked, known.burden
    if len(work) < 2 or max(work) <= asked.ratio * min(work):  # noqa: PLR2004 - one has no other
        return
    ratio = f"{max(work) / min(work):,.2f}" if min(work) > 0 else "endless"
    said = f"The largest share of the work is {ratio} of the smallest, not {asked.ratio:g}"
    even = sum(work) / len(work)
    heaviest = int(np.argmax(burden.hours))
    whole = float(on_units(burden.hours, units).max())
    if float(burden.hours[heaviest]) > even:
        number = known.ground.parcel_numbers[heaviest]
        share = burden.hours[heaviest] / burden.hours.sum()
        yield f"{said}: the parcel {number} alone has {share:.0%} of it, more than an even share."
    elif whole > even:
        yield f"{said}: one block, whose lots cannot be told apart, has more than an even share."
    elif int(components(units.beside).max()) > 0:
        yield f"{said}: the pieces in which the town lies cannot be shared out more evenly."
    else:
        yield f"{said}: no evener zones were found; ask for fewer, or let keeping count for less."


def _of_report(asked: Asked, reported: float | None, work: Sequence[float]) -> Iterator[str]:
    """Say where zones are even by their work, and not as the report of hours will show them."""
    if reported is not None and reported > asked.ratio and max(work) <= asked.ratio * min(work):
        yield (
            f"As the report of hours counts, the largest share is {reported:,.2f} of the smallest, "
            f"not {asked.ratio:g}: ask for fewer zones, or let keeping count for less."
        )


def _of_travel(*, estimated: bool, has_office: bool) -> Iterator[str]:
    if estimated:
        yield "No streets are loaded to drive on: driving is a straight-line estimate."
    if not has_office:
        yield (
            "Nobody has said where the town's office is: days are taken to start and end in the "
            "middle of all visits."
        )
