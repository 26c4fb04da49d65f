"""Run streets and courts into blocks too deep for lots, and keep some whole for public ground."""

from dataclasses import dataclass

import numpy as np
import shapely
import shapely.ops
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from data.town import network
from data.town.arterials import Street
from data.town.field import Quarter, Style
from data.town.network import Network

ROUNDS = 4
STUB_M = 3.0
YOUNG_SWAY = 0.3
RIGHT_OF_WAY_M = 15.0
SLACK = 1.4
COURT_SLACK = 2.1
COURT_END_M = 46.0
COURT_INSIDE_M = 20.0
COURT_LEAST_M = 40.0
PUBLIC_EVERY_M2 = 420_000.0
PUBLIC_USES = ("school", "park", "park", "cemetery", "park", "hospital", "park", "school")
PUBLIC_WIDTH_M = 95.0
PUBLIC_M2 = (17_000.0, 80_000.0)


@dataclass(frozen=True, slots=True)
class Reserve:
    """Ground kept whole: a point within its face (local metres) and what it is for."""

    place: Point
    use: str


def reserve(
    rng: np.random.Generator, made: Network, *, centre: tuple[float, float], away_m: float
) -> list[Reserve]:
    """
    Choose the faces that stay whole for schools, parks and the like.

    Parameters
    ----------
    rng
        Source of the choice; advanced by this call.
    made
        The network before infill.
    centre, away_m
        The town's heart, and how far from it (metres) public ground may begin.

    Returns
    -------
    list of Reserve
        One for every `PUBLIC_EVERY_M2` of town, well apart.
    """
    faces = made.faces()
    wanted = max(3, round(sum(face.area for face in faces) / PUBLIC_EVERY_M2))
    heart = Point(centre)
    fit = [
        shapely.point_on_surface(face)
        for face in faces
        if PUBLIC_M2[0] < face.area < PUBLIC_M2[1]
        and network.width(face) > PUBLIC_WIDTH_M
        and shapely.distance(face, heart) > away_m
    ]
    chosen: list[Point] = []
    for at in rng.permutation(len(fit)):
        if len(chosen) < wanted and all(shapely.distance(fit[at], c) > 280 for c in chosen):  # noqa: PLR2004 - metres apart
            chosen.append(fit[at])
    return [Reserve(place, PUBLIC_USES[i % len(PUBLIC_USES)]) for i, place in enumerate(chosen)]


def style_at(quarters: list[Quarter], places: list[Point]) -> list[Style]:
    """Return the style of the quarter that holds each point; core where none does."""
    tree = shapely.STRtree([quarter.area for quarter in quarters])
    nearest = tree.nearest(places)
    return [quarters[int(i)].style for i in nearest]


def fill(
    rng: np.random.Generator, made: Network, quarters: list[Quarter], *, kept: list[Reserve]
) -> Network:
    """
    Split deep faces by streets until lots can back onto each other.

    Parameters
    ----------
    rng
        Source of bends and courts; advanced by this call.
    made
        The network; not changed.
    quarters
        Polygons with their style, which says how deep a block may be.
    kept
        Faces to leave whole.

    Returns
    -------
    Network
        With new edges of kind residential and, for those that end in a turning circle, court.
    """
    held = shapely.multipoints([keep.place for keep in kept])
    for _ in range(ROUNDS):
        faces = [face for face in made.faces() if not shapely.intersects(face, held)]
        styles = style_at(quarters, [shapely.point_on_surface(face) for face in faces])
        carried = shapely.union_all(
            [e.line for e in made.edges.values() if e.kind in network.CARRIES]
        )
        shapely.prepare(carried)
        fresh = [
            street
            for face, style in zip(faces, styles, strict=True)
            if (street := _split(rng, face, style=style, streets=carried)) is not None
        ]
        if not fresh:
            break
        old = [Street(edge.line, edge.kind) for edge in made.edges.values()]
        made = network.node([*old, *fresh])
        network.prune_dangles(made, kinds=network.CARRIES, below_m=STUB_M)
    return made


def _split(
    rng: np.random.Generator, face: Polygon, *, style: Style, streets: BaseGeometry
) -> Street | None:
    """Return the street that makes a deep face shallower, or None if it is shallow already."""
    usual = 2 * style.depth_m + RIGHT_OF_WAY_M
    width = network.width(face)
    if width <= SLACK * usual or _has_court(face, streets):
        return None
    frame = shapely.get_coordinates(shapely.oriented_envelope(face))[:4]
    sides = np.hypot(*(frame - np.roll(frame, -1, axis=0)).T)
    long_way = frame[1] - frame[0] if sides[0] >= sides[1] else frame[2] - frame[1]
    long, short = max(sides[:2]), min(sides[:2])
    deep = width > COURT_SLACK * usual
    across = deep and long > 1.3 * short
    way = long_way / np.hypot(*long_way)
    way = np.array([-way[1], way[0]]) if across else way
    young = style.sway > YOUNG_SWAY
    line = _through(face, way=way, bend=rng.normal(0, 0.05 if young else 0.01))
    wants_court = not deep and rng.random() < (0.75 if young else 0.15)
    return None if line is None else _anchored(rng, line, streets, court=wants_court)


def _has_court(face: Polygon, streets: BaseGeometry) -> bool:
    """Tell whether a street already ends within a face."""
    return shapely.intersection(streets, face.buffer(-2.0)).length > COURT_INSIDE_M


def _through(face: Polygon, *, way: np.ndarray, bend: float) -> LineString | None:
    """Draw a gently bent line through the middle of a face, from side to side."""
    heart = shapely.get_coordinates(shapely.maximum_inscribed_circle(face, tolerance=2.0))[0]
    heart = (heart + shapely.get_coordinates(face.centroid)[0]) / 2
    reach = np.sqrt(face.area) * 3
    t = np.linspace(-1, 1, 81)[:, None]
    normal = np.array([-way[1], way[0]])
    points = heart + t * reach * way + np.cos(np.pi * t * 3) * bend * reach / 3 * normal
    inside = shapely.get_parts(shapely.intersection(LineString(points), face))
    pieces = [p for p in inside if isinstance(p, LineString)]
    return max(pieces, key=lambda p: p.length) if pieces else None


def _anchored(
    rng: np.random.Generator, line: LineString, streets: BaseGeometry, *, court: bool
) -> Street | None:
    """Begin the line at a street; make it a court if its other end is none, or one is wanted."""
    ends = [shapely.distance(Point(line.coords[at]), streets) < 0.5 for at in (0, -1)]  # noqa: PLR2004
    if not any(ends):
        return None
    if not ends[0] or (all(ends) and rng.random() < 0.5):  # noqa: PLR2004 - a fair coin
        line = shapely.reverse(line)
    if court or not all(ends):
        if line.length < COURT_END_M + COURT_LEAST_M:
            return None
        ends_m = (0, line.length - COURT_END_M)
        return Street(LineString(shapely.ops.substring(overshot(line), *ends_m).coords), "court")
    return Street(overshot(line), "residential")


def overshot(line: LineString) -> LineString:
    """Lengthen both ends by a hand so that noding finds the crossing."""
    points = np.asarray(line.coords)
    first = points[0] + 0.3 * _unit(points[0] - points[1])
    last = points[-1] + 0.3 * _unit(points[-1] - points[-2])
    return LineString([first, *points[1:-1], last])


def _unit(vector: np.ndarray) -> np.ndarray:
    return np.asarray(vector / np.hypot(*vector))
