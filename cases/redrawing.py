"""Draw all officers' zones of a town anew at once, or none, and say first what follows from it."""

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from geoalchemy2.shape import to_shape

from cases.actors import Actor, Moment
from cases.assignment import assign_zones
from cases.drawings import Outlined, keep_drawing, lock_zones, store_zone
from cases.handing_on import send_on_complaints
from cases.handings import Hand, hands_of, holders, keep_hands
from cases.neighbours import is_same
from cases.redrawn import Outline, checked
from cases.zoning import StaleZoneError, mark_of, permit
from geo.former import FORMER, former_code
from geo.layers import Zone


@dataclass(frozen=True, slots=True, kw_only=True)
class Redrawn:
    """What follows from drawing all zones anew.

    Attributes
    ----------
    zone_ids
        The identity of each outline's zone, in their order.
    hands
        The open cases that change hands.
    moved
        How many cases, ended or not, lie in another zone than before.
    reports
        How many undecided complaints lie in another zone than before.
    ended
        The names of the zones that are no officer's any more.
    """

    zone_ids: Sequence[int]
    hands: Sequence[Hand]
    moved: int
    reports: int
    ended: Sequence[str]

    @property
    def mark(self) -> str:
        """The mark of what changes hands and ends, by which a page knows that it was told."""
        hands = sorted(self.hands, key=lambda each: each.case_id)
        said = (hands, self.reports, sorted(self.ended))
        return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def redraw_zones(
    connection: sa.Connection,
    outlines: Sequence[Outline],
    *,
    seen: Mapping[int, str],
    told: str | None = None,
    actor: Actor,
    moment: Moment,
) -> Redrawn:
    """Make the officers' zones what these outlines say, and hand over cases by that.

    A zone of today that none of them goes on from is no officer's any more: it stays on record as
    another kind of zone, under its name with until when. What each was stays on record, with what
    changed hands. A file of zones leaves the new ones as they are, as zones drawn one by one.

    Parameters
    ----------
    seen
        The mark (`cases.zoning.mark_of`) of every officer's zone, as they were when the outlines
        were made.
    told
        The mark of what was told to follow from it; None where nothing was.

    Raises
    ------
    ZonesNotYoursError
        The actor's role draws no zones.
    UnusableOutlineError
        An outline is not valid, encloses next to nothing or reaches beyond the town.
    ZoneError
        No outline is given; a name is empty, too long or given twice; an officer does not work
        here; two outlines go on from one zone, or one from a zone that there is not.
    StaleZoneError
        Somebody else has changed zones meanwhile, or something else follows than was told.
    """
    permit(actor)
    lock_zones(connection)
    before = _zones(connection)
    _refuse_stale(before, seen)
    today = {each: zone.officer_name for each, zone in before.items()}
    named = checked(connection, outlines, today=today)
    was = {row.id: row for row in connection.execute(holders())}
    zone_ids = [_store(connection, each, before=before, moment=moment) for each in named]
    gone = [each for each in before if each not in set(zone_ids)]
    ended = [_end(connection, before[each], moment=moment) for each in gone]
    moved = assign_zones(connection)
    reports = send_on_complaints(connection, ended=gone)
    since = {row.id: row for row in connection.execute(holders())}
    hands = _hands(connection, was, since)
    _keep(connection, before, was=was, since=since, hands=hands, actor=actor, moment=moment)
    redrawn = Redrawn(zone_ids=zone_ids, hands=hands, moved=moved, reports=reports, ended=ended)
    if told is not None and redrawn.mark != told:
        msg = (
            "Something changed since you were shown what follows from this: look at it again, "
            "then adopt it."
        )
        raise StaleZoneError(msg)
    return redrawn


def foretell_zones(
    connection: sa.Connection,
    outlines: Sequence[Outline],
    *,
    seen: Mapping[int, str],
    actor: Actor,
    moment: Moment,
) -> Redrawn:
    """Say what `redraw_zones` would do, and do nothing; refuses what it would refuse."""
    trial = connection.begin_nested()
    try:
        return redraw_zones(connection, outlines, seen=seen, actor=actor, moment=moment)
    finally:
        trial.rollback()


@dataclass(frozen=True, slots=True)
class _Was(Outlined):
    id: int
    code: str
    mark: str


def _zones(connection: sa.Connection) -> dict[int, _Was]:
    columns: tuple[Any, ...] = (
        Zone.id, Zone.code, Zone.name, Zone.officer_name, Zone.geom, Zone.content_sha
    )  # fmt: skip
    query = sa.select(*columns).where(Zone.kind == "officer").order_by(Zone.id)
    return {
        row.id: _Was(
            row.name, row.officer_name, row.geom, id=row.id, code=row.code,
            mark=mark_of(row.content_sha),
        )
        for row in connection.execute(query)
    }  # fmt: skip


def _refuse_stale(before: Mapping[int, _Was], seen: Mapping[int, str]) -> None:
    if {each: zone.mark for each, zone in before.items()} != dict(seen):
        msg = "Zones were changed since these were proposed: have them proposed again."
        raise StaleZoneError(msg)


def _store(
    connection: sa.Connection, outline: Outline, *, before: Mapping[int, _Was], moment: Moment
) -> int:
    """Store a zone, unless it is as it was."""
    was = before.get(outline.zone_id) if outline.zone_id is not None else None
    if was is not None:
        kept = is_same(outline.shape, to_shape(was.geom))
        if kept and (was.name, was.officer_name) == (outline.name, outline.officer):
            return was.id
    return store_zone(
        connection, outline.zone_id, name=outline.name, officer=outline.officer,
        shape=outline.shape, moment=moment,
    )  # fmt: skip


def _end(connection: sa.Connection, was: _Was, *, moment: Moment) -> str:
    """Make a zone no officer's any more, under a code and a name that bear its last day."""
    gone = {
        "kind": FORMER, "code": former_code(was.code, on=moment.on, zone_id=was.id),
        "officer_name": None, "name": f"{was.name} ({moment.on})", "drawn_on": moment.on,
    }  # fmt: skip
    connection.execute(sa.update(Zone).where(Zone.id == was.id).values(gone))
    return was.name


def _hands(
    connection: sa.Connection, was: Mapping[int, sa.Row[Any]], since: Mapping[int, sa.Row[Any]]
) -> list[Hand]:
    """Return the open cases that somebody else has than before, by number."""
    held = {
        each: before.officer
        for each, before in was.items()
        if before.is_open and before.officer != since[each].officer
    }
    return hands_of(connection, held)


def _keep(
    connection: sa.Connection,
    before: Mapping[int, _Was],
    *,
    was: Mapping[int, sa.Row[Any]],
    since: Mapping[int, sa.Row[Any]],
    hands: Sequence[Hand],
    actor: Actor,
    moment: Moment,
) -> None:
    """Keep a drawing of each zone that is not as it was, with what changed hands by it.

    A case is counted with the zone it lies in now where that was drawn anew, else with the one it
    lay in.
    """
    now = _changed(connection, before)
    moved = Counter(
        _by(was[each].zone_id, row.zone_id, now)
        for each, row in since.items()
        if each in was and was[each].zone_id != row.zone_id
    )
    handed: dict[int, list[Hand]] = {}
    for hand in hands:
        by = _by(was[hand.case_id].zone_id, since[hand.case_id].zone_id, now)
        if by is not None:
            handed.setdefault(by, []).append(hand)
    for zone_id, zone in now.items():
        drawing_id = keep_drawing(
            connection, before.get(zone_id), zone_id=zone_id, name=zone.name,
            officer_name=zone.officer_name, geom=zone.geom, cases_moved=moved[zone_id],
            actor=actor.name, drawn_on=moment.on, recorded_at=moment.now,
        )  # fmt: skip
        keep_hands(connection, handed.get(zone_id, []), drawing_id=drawing_id)


def _changed(connection: sa.Connection, before: Mapping[int, _Was]) -> Mapping[int, sa.Row[Any]]:
    """Return the zones that are not as they were, those that ended among them."""
    columns: tuple[Any, ...] = (Zone.id, Zone.name, Zone.officer_name, Zone.geom, Zone.content_sha)
    ours = sa.or_(Zone.kind == "officer", Zone.id.in_(list(before)))
    rows = connection.execute(sa.select(*columns).where(ours).order_by(Zone.id))
    return {
        row.id: row
        for row in rows
        if row.id not in before
        or (before[row.id].name, before[row.id].mark) != (row.name, mark_of(row.content_sha))
    }


def _by(before: int | None, since: int | None, changed: Collection[int]) -> int | None:
    """Return by which drawing a case went its way: of the zone it lies in now, else lay in."""
    return next((each for each in (since, before) if each in changed), None)
