"""Cut the ground between streets into blocks, each with its street front."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely import STRtree
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from data.town import infill, network
from data.town.field import Style
from data.town.network import Edge
from data.town.streets import StreetPlan

HALF_WIDTH_M = {
    "primary": 11.0,
    "secondary": 9.0,
    "residential": 7.3,
    "court": 6.5,
    "rail": 11.0,
    "bank": 0.0,
    "limit": 0.0,
}
TURNING_CIRCLE_M = 13.5
LEAST_BLOCK_M2 = 500.0
TAIL_M = 140.0


@dataclass(frozen=True, slots=True)
class Block:
    """
    Ground between streets, in local metres.

    Attributes
    ----------
    face
        Up to the streets' middle lines.
    ground
        Without the streets' right of way.
    front
        The part of the ground's boundary that lies on a street.
    tails
        Lines from the end of each court to the block's far side.
    style
        How its quarter is laid out.
    use
        school, park, cemetery or hospital where it is kept whole; else empty.
    """

    face: Polygon
    ground: Polygon
    front: BaseGeometry
    tails: list[LineString]
    style: Style
    use: str


def cut(plan: StreetPlan, *, land: BaseGeometry) -> list[Block]:
    """
    Cut a street plan into blocks.

    Parameters
    ----------
    plan
        The streets, local metres.
    land
        The town's dry ground; faces in water are no blocks.

    Returns
    -------
    list of Block
        In a stable order; no two grounds overlap.
    """
    edges = list(plan.network.edges.values())
    tree = STRtree([edge.line for edge in edges])
    ends = _court_ends(plan)
    faces = [
        face
        for face in plan.network.faces()
        if shapely.intersects(shapely.point_on_surface(face), land)
    ]
    inner = [shapely.point_on_surface(face) for face in faces]
    styles = infill.style_at(plan.quarters, inner)
    uses = {
        i: keep.use for keep in plan.kept for i, f in enumerate(faces) if f.contains(keep.place)
    }
    made = []
    for number, (face, style) in enumerate(zip(faces, styles, strict=True)):
        near = [edges[i] for i in sorted(tree.query(face.buffer(1), predicate="intersects"))]
        made += _blocks(face, near, ends=ends, land=land, style=style, use=uses.get(number, ""))
    return made


def _court_ends(plan: StreetPlan) -> list[tuple[Point, LineString]]:
    """Return each court's turning point and the line on from it."""
    at = plan.network.degrees()
    ends = []
    for edge in plan.network.edges.values():
        if edge.kind != "court":
            continue
        points = np.asarray(edge.line.coords)
        for n, (last, before) in ((edge.start, points[:2]), (edge.end, points[:-3:-1])):
            if len(at[n]) == 1:
                way = (last - before) / np.hypot(*(last - before))
                ends.append((Point(last), LineString([last, last + TAIL_M * way])))
    return ends


def _blocks(
    face: Polygon,
    edges: list[Edge],
    *,
    ends: list[tuple[Point, LineString]],
    land: BaseGeometry,
    style: Style,
    use: str,
) -> list[Block]:
    ways = [edge.line.buffer(HALF_WIDTH_M[edge.kind], quad_segs=6) for edge in edges]
    inside = [(point, tail) for point, tail in ends if face.contains(point)]
    circles = [point.buffer(TURNING_CIRCLE_M, quad_segs=8) for point, _ in inside]
    left = shapely.difference(face, shapely.union_all([*ways, *circles]))
    left = shapely.intersection(left, land)
    carried = [way for way, edge in zip(ways, edges, strict=True) if edge.kind in network.CARRIES]
    reach = shapely.union_all([*carried, *circles]).buffer(0.4)
    tails = [tail for _, tail in inside]
    return [
        Block(face, ground, shapely.intersection(ground.exterior, reach), tails, style, use)
        for part in shapely.get_parts(left)
        if isinstance(part, Polygon)
        and (ground := Polygon(shapely.simplify(part, 0.15).exterior)).area > LEAST_BLOCK_M2
    ]
