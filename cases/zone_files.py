"""Take in a file of zones, hand over the cases that others have by it, and keep who had them."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from cases.assignment import assign_zones
from cases.drawings import Outlined, keep_drawing, lock_zones
from cases.handings import Hand, hands_of, holders, keep_hands
from geo.layers import Zone
from geo.loading.rows import Outcome
from geo.loading.runs import Request
from geo.loading.zones import load_zones

type Ways = Mapping[int, tuple[sa.Row[Any], sa.Row[Any]]]
"""Who had each case and in which zone it lay, and who has it and where it lies (`holders`)."""


def take_in_zones(connection: sa.Connection, request: Request) -> Outcome:
    """Load zones in the caller's transaction, and tell officers what changes hands by them.

    As where somebody draws a zone (`cases.zoning.draw_zone`): of each zone by which open cases
    change hands a drawing is kept, by the file that whoever runs the import took in, with those
    cases.

    Raises
    ------
    ReadingError, ColumnError, CrsError
        The file as a whole cannot be taken in.
    """
    lock_zones(connection)
    was, before = _zones(connection), _cases(connection)
    outcome = load_zones(connection, request)
    assign_zones(connection)
    now, since = _zones(connection), _cases(connection)
    ways = {each: (before[each], row) for each, row in since.items() if each in before}
    changed = {each for each, zone in now.items() if was.get(each) != zone}
    moved = Counter(_by(way, changed) for way in ways.values() if way[0].zone_id != way[1].zone_id)
    handed = _handed(connection, ways, changed)
    for zone_id, hands in handed.items():
        zone = now[zone_id]
        drawing_id = keep_drawing(
            connection, was.get(zone_id), zone_id=zone_id, name=zone.name,
            officer_name=zone.officer_name, geom=zone.geom, cases_moved=moved[zone_id],
            actor=request.actor, file_name=request.path.name, drawn_on=request.today,
            recorded_at=sa.func.now(),
        )  # fmt: skip
        keep_hands(connection, hands, drawing_id=drawing_id)
    return replace(outcome, notes=(*outcome.notes, *_told(sum(map(len, handed.values())))))


def _zones(connection: sa.Connection) -> Mapping[int, Outlined]:
    columns: tuple[Any, ...] = (Zone.id, Zone.name, Zone.officer_name, Zone.geom)
    rows = connection.execute(sa.select(*columns).where(Zone.kind == "officer"))
    return {row.id: Outlined(row.name, row.officer_name, row.geom) for row in rows}


def _cases(connection: sa.Connection) -> Mapping[int, sa.Row[Any]]:
    return {row.id: row for row in connection.execute(holders())}


def _by(way: tuple[sa.Row[Any], sa.Row[Any]], changed: Collection[int]) -> int | None:
    """Return by which zone of the file a case went its way: the one it lies in now, else lay in."""
    before, since = way
    return next((each for each in (since.zone_id, before.zone_id) if each in changed), None)


def _handed(
    connection: sa.Connection, ways: Ways, changed: Collection[int]
) -> Mapping[int, Sequence[Hand]]:
    """Put the open cases that somebody else has than before to the zones that did it."""
    held = {
        each: before.officer
        for each, (before, since) in ways.items()
        if before.is_open and before.officer != since.officer
    }
    found: dict[int, list[Hand]] = {}
    for hand in hands_of(connection, held):
        zone_id = _by(ways[hand.case_id], changed)
        if zone_id is not None:
            found.setdefault(zone_id, []).append(hand)
    return found


def _told(count: int) -> Sequence[str]:
    if count == 0:
        return ()
    if count == 1:
        return ("1 open case changed hands; its officers read it on their first page.",)
    return (f"{count:,} open cases changed hands; their officers read it on their first page.",)
