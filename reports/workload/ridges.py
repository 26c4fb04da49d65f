"""Draw the lines that keep in the middle between groups of parcels, where no street does.

They are the ridges of a Voronoi diagram of points along the outlines of the groups, between points
of different groups. Between two blocks they run along the middle of the street, between two lots
along their common side.
"""

import numpy as np
import shapely
from scipy.spatial import Voronoi

from reports.workload.plane import Floats, Ints, Plane, Shapes

STEP_M = 8.0
"""How far apart the points along an outline are at the most."""
INWARD_M = 0.25
"""By so much outlines are drawn inwards, so that the points of two neighbours are apart."""
COARSE_M = 1.0
"""How far a line may stray from the very middle."""
FAR = 4.0
"""The corners of a frame around it all, in times its size, so that no ridge in it is endless."""
_OF_FRAME = -1


def ridges(groups: Shapes, *, plane: Plane) -> Shapes:
    """Return the lines between groups of parcels, in degrees (EPSG:4326).

    Parameters
    ----------
    groups
        The ground of the parcels of each.
    """
    if len(groups) < 2:  # noqa: PLR2004 - one group has no other beside it
        return np.array([], dtype=object)
    points, of = _points(plane.flat(groups))
    frame = _frame(points)
    diagram = Voronoi(np.concatenate([points, frame]))
    label = np.concatenate([of, np.full(len(frame), _OF_FRAME, dtype=np.int64)])
    one, other = label[diagram.ridge_points].T
    between = (one != other) & (one != _OF_FRAME) & (other != _OF_FRAME)
    ends = np.array(diagram.ridge_vertices, dtype=np.int64)[between]
    ends = ends[(ends >= 0).all(axis=1)]
    lines = shapely.linestrings(diagram.vertices[ends])
    strung = _strung(lines[shapely.length(lines) > 0])
    return np.asarray(plane.lonlat(shapely.simplify(strung, COARSE_M)))


def _points(groups: Shapes) -> tuple[Floats, Ints]:
    """Return points along the outlines, each place once, and the group of each."""
    drawn = shapely.buffer(groups, -INWARD_M, join_style="mitre", quad_segs=1)
    drawn = np.where(shapely.is_empty(drawn), groups, drawn)
    dense = shapely.segmentize(shapely.boundary(drawn), STEP_M)
    xy, at = shapely.get_coordinates(dense, return_index=True)
    first = np.unique(xy.round(3), axis=0, return_index=True)[1]
    return xy[first], np.asarray(at[first], dtype=np.int64)


def _frame(points: Floats) -> Floats:
    low, high = points.min(axis=0), points.max(axis=0)
    middle, reach = (low + high) / 2, FAR * float((high - low).max()) + 1
    return np.asarray(middle + reach * np.array([(-1, -1), (-1, 1), (1, -1), (1, 1)]))


def _strung(lines: Shapes) -> Shapes:
    """Make long lines of short ones that follow each other."""
    if not len(lines):
        return lines
    merged = shapely.line_merge(shapely.MultiLineString(list(lines)))
    return np.asarray(shapely.get_parts(merged))
