"""Take in a file of zones, hand over the cases that others have by it, and keep who had them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from cases.assignment import assign_zones
from cases.handings import Hand, hands_of, held_open, keep_hands
from cases.models import Case, ZoneDrawing
from geo.layers import Zone
from geo.loading.rows import Outcome
from geo.loading.runs import Request
from geo.loading.zones import load_zones


def take_in_zones(connection: sa.Connection, request: Request) -> Outcome:
    """Load zones in the caller's transaction, and tell officers what changes hands by them.

    As where somebody draws a zone (`cases.zoning.draw_zone`): of each zone by which open cases
    change hands a drawing is kept, by whoever runs the import, with those cases.

    Raises
    ------
    ReadingError, ColumnError, CrsError
        The file as a whole cannot be taken in.
    """
    was, lay_in, held = _zones(connection), _lying_in(connection), held_open(connection)
    outcome = load_zones(connection, request)
    assign_zones(connection)
    hands = hands_of(connection, held)
    now, lie_in = _zones(connection), _lying_in(connection)
    for zone_id, handed in _by_zone(hands, was, now, lay_in, lie_in).items():
        moved = sum(
            zone_id in {lay_in.get(each), zone} and lay_in.get(each) != zone
            for each, zone in lie_in.items()
        )
        drawing_id = _record(
            connection, was.get(zone_id), now[zone_id], cases_moved=moved, request=request
        )
        keep_hands(connection, handed, drawing_id=drawing_id)
    if not hands:
        return outcome
    note = f"{len(hands):,} open cases changed hands; their officers read it on their first page."
    return replace(outcome, notes=(*outcome.notes, note))


def _zones(connection: sa.Connection) -> Mapping[int, sa.Row[Any]]:
    columns: tuple[Any, ...] = (Zone.id, Zone.name, Zone.officer_name, Zone.content_sha, Zone.geom)
    rows = connection.execute(sa.select(*columns).where(Zone.kind == "officer"))
    return {row.id: row for row in rows}


def _lying_in(connection: sa.Connection) -> Mapping[int, int | None]:
    """Return in which zone each case lies, ended or not."""
    rows = connection.execute(sa.select(Case.id, Case.zone_id))
    return {row.id: row.zone_id for row in rows}


def _by_zone(
    hands: Sequence[Hand],
    was: Mapping[int, sa.Row[Any]],
    now: Mapping[int, sa.Row[Any]],
    lay_in: Mapping[int, int | None],
    lie_in: Mapping[int, int | None],
) -> dict[int, list[Hand]]:
    """Put what changed hands to the zone that the file changed: where it lies now, else lay."""
    changed = {
        each for each, row in now.items()
        if each not in was or was[each].content_sha != row.content_sha
    }  # fmt: skip
    found: dict[int, list[Hand]] = {}
    for hand in hands:
        there = (lie_in[hand.case_id], lay_in[hand.case_id])
        zone = next((each for each in there if each in changed), None)
        if zone is not None:
            found.setdefault(zone, []).append(hand)
    return found


def _record(
    connection: sa.Connection,
    was: sa.Row[Any] | None,
    now: sa.Row[Any],
    *,
    cases_moved: int,
    request: Request,
) -> int:
    values: dict[str, Any] = {
        "zone_id": now.id, "actor": f"{request.actor} ({request.path.name})",
        "drawn_on": request.today, "recorded_at": sa.func.now(), "cases_moved": cases_moved,
        "name": now.name, "officer_name": now.officer_name, "geom": now.geom,
    }  # fmt: skip
    if was is not None:
        values |= {
            "old_name": was.name, "old_officer_name": was.officer_name, "old_geom": was.geom,
        }  # fmt: skip
    drawn = sa.insert(ZoneDrawing).values(**values).returning(ZoneDrawing.id)
    return int(connection.execute(drawn).scalar_one())
