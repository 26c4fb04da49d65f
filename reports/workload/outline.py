"""Draw the outline of a town: as it is on record, or around its parcels."""

import numpy as np
import shapely

from reports.workload.plane import Floats, Plane, Shapes

STREET_M, SKIRT_M = 30.0, 15.0
"""Half the width of a wide street, which lies between parcels; ground beside the outermost."""
COARSE_M = 4.0
"""How far a side may stray that nobody has drawn; less than the ground beside parcels."""
LEAST_GAP_M = 0.5
LEAST_HOLE_M2 = 10_000.0
"""A smaller hole in an outline is a gap between two files."""


def outline_of(
    drawn: Shapes, parcels: Shapes, *, plane: Plane, are_zones: bool = False
) -> shapely.Geometry:
    """Return the outline of a town: what is drawn as such, and parcels that lie beyond it.

    Where nothing is drawn, that of the parcels with the streets and all else between them.

    Parameters
    ----------
    drawn, parcels
        In degrees (EPSG:4326).
    are_zones
        Whether zones are drawn, between which streets may have been left out.
    """
    if not len(drawn):
        return _around(parcels, plane=plane)
    outline: shapely.Geometry = shapely.union_all(drawn)
    shapely.prepare(outline)
    parts = shapely.get_parts(parcels)
    beyond = parts[~shapely.intersects(outline, shapely.point_on_surface(parts))]
    whole: shapely.Geometry = shapely.union_all(np.append(beyond, [outline]))
    if are_zones or len(beyond):
        whole = _with_streets(whole, plane=plane)
    return _without_gaps(whole, least=LEAST_HOLE_M2 / plane.square_m)


def _around(parcels: Shapes, *, plane: Plane) -> shapely.Geometry:
    """Return the ground around parcels, by the sides that no other parcel has as well."""
    lines = shapely.simplify(_outer_sides(plane.flat(parcels)), COARSE_M, preserve_topology=False)
    wide = shapely.union_all(shapely.buffer(lines, STREET_M, quad_segs=2))
    filled = shapely.union_all([shapely.Polygon(each.exterior) for each in _polygons(wide)])
    around: shapely.Geometry = plane.lonlat(shapely.buffer(filled, SKIRT_M - STREET_M, quad_segs=2))
    return around


def _with_streets(outline: shapely.Geometry, *, plane: Plane) -> shapely.Geometry:
    """Return an outline with the gaps in it that are no wider than a wide street."""
    flat = plane.flat(outline)
    wide = shapely.buffer(flat, STREET_M, join_style="mitre", mitre_limit=2)
    closed = shapely.buffer(wide, -STREET_M, join_style="mitre", mitre_limit=2)
    gaps = shapely.get_parts(shapely.difference(closed, flat))
    gaps = gaps[~shapely.is_empty(shapely.buffer(gaps, -LEAST_GAP_M))]
    wider = plane.lonlat(shapely.buffer(gaps, LEAST_GAP_M / 10, join_style="mitre"))
    return shapely.union_all(np.append(wider, [outline]))


def _outer_sides(flat: Shapes) -> Shapes:
    corners, ring = shapely.get_coordinates(
        shapely.get_rings(shapely.get_parts(flat)), return_index=True
    )
    same = np.flatnonzero(ring[1:] == ring[:-1])
    place = np.unique(corners[:, 0] + 1j * corners[:, 1], return_inverse=True)[1]
    ends = np.sort(np.column_stack([place[same], place[same + 1]]), axis=1)
    key = ends[:, 0] * (int(place.max()) + 1) + ends[:, 1]
    _, first, often = np.unique(key, return_index=True, return_counts=True)
    once = same[first[often == 1]]
    sides: Floats = np.stack([corners[once], corners[once + 1]], axis=1)
    lines = np.asarray(shapely.linestrings(sides), dtype=object)
    merged = shapely.line_merge(shapely.multilinestrings(lines))
    return np.asarray(shapely.get_parts(merged))


def _without_gaps(outline: shapely.Geometry, *, least: float) -> shapely.Geometry:
    return shapely.union_all([
        shapely.Polygon(
            part.exterior, [each for each in part.interiors if shapely.Polygon(each).area >= least]
        )
        for part in _polygons(outline)
    ])  # fmt: skip


def _polygons(shape: shapely.Geometry) -> list[shapely.Polygon]:
    return [each for each in shapely.get_parts(shape) if isinstance(each, shapely.Polygon)]
