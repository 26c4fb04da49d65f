"""Draw an officer's zone anew, name it or give it away, and say first what follows from it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from geoalchemy2 import Geography
from geoalchemy2.shape import from_shape, to_shape
from shapely import difference, union, union_all
from shapely.geometry.base import BaseGeometry

from cases.actors import Actor, Moment
from cases.assigning import officer_named
from cases.assignment import assign_zones
from cases.drawings import Outlined, keep_drawing, lock_zones, store_zone
from cases.errors import CaseError
from cases.handing_on import send_on_complaints
from cases.handings import Hand, hands_of, held_about, keep_hands
from cases.models import Staff
from cases.neighbours import (
    LEAST_M2,
    Shared,
    bare_ground,
    cut_off,
    is_same,
    outside_share,
    overlapping,
    shared_ground,
    square_metres,
)
from cases.outlines import Ring, UnusableOutlineError, outline, rings_of
from cases.permissions import Right, may
from cases.wording import tidy
from geo.layers import WGS84, Town, Zone

LONGEST_NAME = 60


class ZoneError(CaseError, ValueError):
    """A zone cannot be made what somebody asks."""


class ZonesNotYoursError(ZoneError):
    """Zones are to be drawn by somebody who draws none."""


class StaleZoneError(ZoneError):
    """Somebody else has changed the zone since it was looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a zone is to be.

    Parameters
    ----------
    zone_id
        None for a new one.
    officer_id
        The account of an officer; None for nobody.
    rings
        The corners of its outline, ring by ring.
    seen
        The mark of the zone as it was looked at (`mark_of`); "" for a new one.
    cuts_neighbours
        Whether what its neighbours hold of it is taken from them.
    """

    zone_id: int | None
    name: str
    officer_id: int | None
    rings: Sequence[Ring]
    seen: str = ""
    cuts_neighbours: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What a drawing does.

    Attributes
    ----------
    hands
        The open cases that change hands.
    moved
        How many cases, ended or not, lie in another zone than before.
    shared
        What other zones hold of it as well, by their names.
    outside
        Which share of it lies outside the town's boundary; None where that is not known.
    cut
        The names of the neighbours that lose what they held of it.
    gap_m2, new_gap_m2
        The square metres thereabouts that no officer's zone holds after it, and how many of them
        some zone held before.
    """

    zone_id: int
    hands: Sequence[Hand]
    moved: int
    shared: Sequence[Shared]
    outside: float | None
    cut: Sequence[str]
    gap_m2: float
    new_gap_m2: float

    @property
    def overlaps(self) -> Mapping[str, float]:
        """The square metres that other zones hold as well, by their names."""
        return {each.name: each.m2 for each in self.shared}

    @property
    def old_gap_m2(self) -> float:
        """The square metres that no officer's zone held before and none holds since."""
        return self.gap_m2 - self.new_gap_m2

    @property
    def mark(self) -> str:
        """The mark of what changes hands and is cut, by which a page knows that it was told."""
        said = (sorted(self.hands, key=lambda each: each.case_id), self.cut, sorted(self.overlaps))
        return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def draw_zone(
    connection: sa.Connection,
    plan: Plan,
    *,
    told: str | None = None,
    actor: Actor,
    moment: Moment,
) -> Drawn:
    """Make a zone what it is to be, and hand over the cases that lie in another zone by that.

    What it was stays on record. From then on a file of zones leaves it as it is (see
    `geo.loading.zones.load_zones`).

    Parameters
    ----------
    told
        The mark of what was told to follow from it; None where nothing was.

    Raises
    ------
    ZonesNotYoursError
        The actor's role draws no zones.
    UnusableOutlineError
        The corners make no outline, or one that reaches beyond the town.
    ZoneError
        The name is empty, too long or another zone's, or nothing would change.
    StaleZoneError
        Somebody else has changed the zone meanwhile, or something else follows than was told.
    NoSuchOfficerError
        The account is no officer's who works here.
    """
    permit(actor)
    lock_zones(connection)
    before = _before(connection, plan)
    name, officer, shape = _wanted(connection, plan, before)
    reach = union(shape, before.shape) if before else shape
    zone_id = before.id if before else None
    held, bare = held_about(connection, zone_id, reach=reach.bounds), bare_ground(connection, reach)
    zone_id = store_zone(
        connection, plan.zone_id, name=name, officer=officer, shape=shape, moment=moment
    )
    neighbours = overlapping(connection, shape, but=zone_id) if plan.cuts_neighbours else []
    cut = [_cut(connection, each, by=shape, actor=actor, moment=moment) for each in neighbours]
    moved = assign_zones(connection, within=reach.bounds)
    send_on_complaints(connection)
    hands = hands_of(connection, held)
    drawing_id = keep_drawing(
        connection, before, zone_id=zone_id, name=name, officer_name=officer, cases_moved=moved,
        geom=from_shape(shape, srid=WGS84), actor=actor.name, drawn_on=moment.on,
        recorded_at=moment.now,
    )  # fmt: skip
    keep_hands(connection, hands, drawing_id=drawing_id)
    drawn = Drawn(
        zone_id=zone_id, moved=moved, hands=hands, cut=cut,
        **_laid(connection, zone_id, shape, reach=reach, bare=bare),
    )  # fmt: skip
    _refuse_other(drawn, told)
    return drawn


def _wanted(
    connection: sa.Connection, plan: Plan, before: "_Was | None"
) -> tuple[str, str | None, BaseGeometry]:
    """Return the name, the officer and the shape a zone is to have; refuse what changes nothing."""
    shape = _shape(connection, plan)
    if before and is_same(shape, before.shape):
        shape = before.shape
    name = _name(connection, plan)
    officer = None if plan.officer_id is None else officer_named(connection, plan.officer_id)
    if before and not plan.cuts_neighbours:
        _refuse_same(before, (name, officer, shape))
    return name, officer, shape


def _laid(
    connection: sa.Connection,
    zone_id: int,
    shape: BaseGeometry,
    *,
    reach: BaseGeometry,
    bare: BaseGeometry,
) -> dict[str, Any]:
    """Return how a zone lies to other zones, to the town, and to ground that was or is bare."""
    left = bare_ground(connection, reach)
    return {
        "shared": shared_ground(connection, zone_id),
        "outside": outside_share(connection, shape),
        "gap_m2": square_metres(connection, left),
        "new_gap_m2": square_metres(connection, difference(left, bare)),
    }


def permit(actor: Actor) -> None:
    """Refuse whoever draws no zones.

    Raises
    ------
    ZonesNotYoursError
        The actor's role draws none.
    """
    if not may(actor.role, Right.DRAW_ZONES):
        msg = f"{actor.name} may not draw zones: a manager does."
        raise ZonesNotYoursError(msg)


def _refuse_same(before: "_Was", now: tuple[str, str | None, BaseGeometry]) -> None:
    if now == (before.name, before.officer_name, before.shape):
        msg = "Nothing is changed yet: move a corner, or give another name or officer."
        raise ZoneError(msg)


def _refuse_other(drawn: Drawn, told: str | None) -> None:
    """Refuse a drawing from which something else follows than was told."""
    if told is not None and drawn.mark != told:
        msg = (
            "Something changed since you were shown what follows from this: look at it again, "
            "then save it."
        )
        raise StaleZoneError(msg)


def foretell_zone(connection: sa.Connection, plan: Plan, *, actor: Actor, moment: Moment) -> Drawn:
    """Say what `draw_zone` would do, and do nothing; refuses what it would refuse."""
    trial = connection.begin_nested()
    try:
        return draw_zone(connection, plan, actor=actor, moment=moment)
    finally:
        trial.rollback()


def trimmed(connection: sa.Connection, plan: Plan) -> list[Ring]:
    """Return a plan's outline without what its neighbours hold of it.

    Raises
    ------
    UnusableOutlineError
        The corners make no outline, or the neighbours hold all of it.
    """
    shape = _shape(connection, plan)
    others = [to_shape(each.geom) for each in overlapping(connection, shape, but=plan.zone_id)]
    left = cut_off(shape, union_all(others))
    if left.is_empty:
        msg = "Its neighbors hold all of it: cut the neighbors, or draw it elsewhere."
        raise UnusableOutlineError(msg)
    return rings_of(left)


def mark_of(content_sha: bytes) -> str:
    """Return the mark by which a zone is known to be as it was looked at."""
    return content_sha.hex()[:16]


def zone_to_draw(zone_id: int) -> sa.Select[Any]:
    """Select an officer's zone as it is drawn.

    Columns: ``id``, ``code``, ``name``, ``officer_name``, ``officer_id``, ``officer_active``,
    ``officer_role`` (of the account of that name, where there is one), ``content_sha``,
    ``drawn_on``, ``geom`` (EPSG:4326).
    """
    columns: tuple[Any, ...] = (
        Zone.id, Zone.code, Zone.name, Zone.officer_name, Staff.id.label("officer_id"),
        Staff.active.label("officer_active"), Staff.role.label("officer_role"),
        Zone.content_sha, Zone.drawn_on, Zone.geom,
    )  # fmt: skip
    return (
        sa.select(*columns)
        .outerjoin(Staff, Staff.name == Zone.officer_name)
        .where(Zone.id == zone_id, Zone.kind == "officer")
    )


@dataclass(frozen=True, slots=True)
class _Was(Outlined):
    id: int
    shape: BaseGeometry


def _before(connection: sa.Connection, plan: Plan) -> _Was | None:
    if plan.zone_id is None:
        return None
    row = connection.execute(zone_to_draw(plan.zone_id)).first()
    if row is None:
        msg = f"There is no officer's zone with the identity {plan.zone_id}."
        raise ZoneError(msg)
    if mark_of(row.content_sha) != plan.seen:
        msg = f"{row.name} was changed while you drew: look at it again, then draw."
        raise StaleZoneError(msg)
    return _was(row)


def _was(zone: sa.Row[Any]) -> _Was:
    return _Was(zone.name, zone.officer_name, zone.geom, id=zone.id, shape=to_shape(zone.geom))


def _shape(connection: sa.Connection, plan: Plan) -> BaseGeometry:
    """Return the outline, which the database finds valid and inside the town as well."""
    shape = outline(plan.rings)
    geom = sa.literal(from_shape(shape, srid=WGS84), Zone.geom.type)
    said = sa.select(
        sa.func.ST_IsValid(geom).label("valid"),
        sa.func.ST_Area(sa.cast(geom, Geography)).label("m2"),
        sa.func.ST_CoveredBy(geom, sa.select(Town.extent).scalar_subquery()).label("inside"),
    )
    found = connection.execute(said).one()
    if not found.valid or found.m2 < LEAST_M2:
        msg = "The outline encloses next to nothing: draw it larger."
        raise UnusableOutlineError(msg)
    if not found.inside:
        msg = "The outline reaches beyond the town: draw it inside the map."
        raise UnusableOutlineError(msg)
    return shape


def _name(connection: sa.Connection, plan: Plan) -> str:
    name = tidy(plan.name)
    if name is None or len(name) > LONGEST_NAME:
        msg = f"Give the zone a name of 1 to {LONGEST_NAME} characters."
        raise ZoneError(msg)
    taken = sa.select(Zone.id).where(
        Zone.kind == "officer", sa.func.lower(Zone.name) == name.lower(), Zone.id != plan.zone_id
        if plan.zone_id is not None else sa.true(),
    )  # fmt: skip
    if connection.scalar(sa.select(sa.exists(taken))):
        msg = f"Another zone is called {name}: give this one a name of its own."
        raise ZoneError(msg)
    return name


def _cut(
    connection: sa.Connection,
    neighbour: sa.Row[Any],
    *,
    by: BaseGeometry,
    actor: Actor,
    moment: Moment,
) -> str:
    """Take from a neighbour what an outline holds of it, on record as drawn; gives its name."""
    was = _was(neighbour)
    left = cut_off(was.shape, by)
    if left.is_empty:
        msg = f"Nothing would be left of {was.name}: cut this zone instead, or draw it smaller."
        raise ZoneError(msg)
    store_zone(
        connection, was.id, name=was.name, officer=was.officer_name, shape=left, moment=moment
    )
    keep_drawing(
        connection, was, zone_id=was.id, name=was.name, officer_name=was.officer_name,
        cases_moved=0, geom=from_shape(left, srid=WGS84), actor=actor.name, drawn_on=moment.on,
        recorded_at=moment.now,
    )  # fmt: skip
    return was.name
