"""Find clusters of cases of any shape, and draw a line around each: HDBSCAN."""

import dataclasses
import math

import numpy as np
import shapely

from reports.errors import ReportError, TooLittleToSayError
from reports.stats.arrays import Floats, Whole, counts_of, finite, same_length, some

NOISE = -1
MOST_CASES = 300_000
GOLDEN_TURN = math.pi * (3 - math.sqrt(5))


@dataclasses.dataclass(frozen=True, slots=True)
class Cluster:
    """Cases that lie closer together than those around them.

    Parameters
    ----------
    cases, places
        How many cases, at how many places.
    outline
        A valid polygon around them, in metres of the points' own system.
    """

    cases: int
    places: int
    outline: shapely.Polygon


@dataclasses.dataclass(frozen=True, slots=True)
class Clusters:
    """The clusters found, the largest first, and what lies in none.

    Parameters
    ----------
    labels
        Shape (n,), for each point given: its place in `clusters`, or -1 for noise.
    clusters
        Those with most cases first.
    noise_cases, noise_places
        What lies in no cluster, to be told beside them.
    """

    labels: Whole
    clusters: tuple[Cluster, ...]
    noise_cases: int
    noise_places: int


@dataclasses.dataclass(frozen=True, slots=True)
class Manner:
    """What counts as a cluster, and how its outline is drawn.

    Parameters
    ----------
    least_cases
        A cluster has at least so many cases.
    least_places
        And at least so many places: many cases of one parcel are that parcel's own affair.
    neighbours
        How many cases have to lie near one for its surroundings to be dense; more of them smooth
        the clusters and leave more as noise.
    spread
        Radius in metres over which the cases of one place are strewn, so that none lie on each
        other: about half a narrow lot.
    small
        Take the smallest clusters there are rather than those that last longest.
    hollow
        From 0, outlines that follow each dent, to 1, none: the convex hull.
    margin
        Metres between the outermost places and the outline.
    """

    least_cases: int = 40
    least_places: int = 3
    neighbours: int = 10
    spread: float = 5.0
    small: bool = False
    hollow: float = 0.3
    margin: float = 20.0


def find_clusters(
    points: Floats, *, weights: Whole | None = None, manner: Manner | None = None
) -> Clusters:
    """Find where cases lie closer together than around.

    Cases of one place are strewn over a small disc in a fixed pattern, the same for every place
    with as many, so that ten cases on one parcel count as ten without a distance of 0, at which
    every density is infinite. The same cases in any order give the same clusters.

    Parameters
    ----------
    points
        Shape (n, 2), metres; may repeat.
    weights
        Shape (n,): how many cases each point stands for; 1 when not given.
    manner
        What counts as a cluster.

    Raises
    ------
    NothingToReportError
        When there is no case.
    TooLittleToSayError
        When there are fewer cases or places than one cluster takes.
    ReportError
        When the numbers do not fit, or the cases are too many.

    Notes
    -----
    R. J. G. B. Campello, D. Moulavi and J. Sander, "Density-based clustering based on hierarchical
    density estimates", PAKDD 2013, 160-172. A town whose cases are one even cloud has no clusters:
    it is never taken for one itself. That something is a cluster is a description, no test; hot
    spots (`reports.stats.getis`) are one.
    """
    manner = manner or Manner()
    some(points, name="cases")
    counts = _counts(points, weights)
    places, of = np.unique(finite(points, name="points' coordinates"), axis=0, return_inverse=True)
    cases = np.bincount(of.ravel(), weights=counts).astype(np.int64)
    held = cases > 0
    _enough(cases[held], manner)
    found = np.full(len(places), NOISE, dtype=np.int64)
    found[held] = _labelled(places[held], cases[held], manner)
    labels, clusters = _in_order(found, places, cases, manner)
    noise = (labels == NOISE) & held
    return Clusters(labels[of.ravel()], clusters, int(cases[noise].sum()), int(noise.sum()))


def strewn(places: Floats, cases: Whole, *, spread: float) -> Floats:
    """Lay the cases of each place out as a sunflower lays its seeds, the first in the middle.

    Parameters
    ----------
    places
        Shape (n, 2), metres.
    cases
        Shape (n,): how many at each, at least 1.
    spread
        Radius in metres.

    Returns
    -------
    ndarray of float64, shape (sum of cases, 2)
        Those of the first place first.
    """
    many = np.repeat(cases, cases)
    number = np.arange(len(many)) - np.repeat(np.cumsum(cases) - cases, cases)
    out, turn = spread * np.sqrt(number / many), number * GOLDEN_TURN
    away = np.column_stack([out * np.cos(turn), out * np.sin(turn)])
    return np.asarray(np.repeat(places, cases, axis=0) + away)


def _counts(points: Floats, weights: Whole | None) -> Floats:
    if weights is None:
        return np.ones(len(points))
    same_length(points, weights, names="The points and their weights")
    counts = counts_of(weights, name="weights")
    if (counts % 1).any():
        msg = "A point stands for a whole number of cases; some weights are not whole."
        raise ReportError(msg)
    return counts


def _enough(cases: Whole, manner: Manner) -> None:
    some(cases, name="cases")
    total = int(cases.sum())
    least = max(manner.least_cases, manner.neighbours, 2)
    if total < least or len(cases) < manner.least_places:
        msg = (
            f"A cluster takes at least {least} cases at {manner.least_places} places; "
            f"there are {total} at {len(cases)}."
        )
        raise TooLittleToSayError(msg)
    if total > MOST_CASES:
        msg = f"{total:,} cases are more than the {MOST_CASES:,} to find clusters in: ask for less."
        raise ReportError(msg)


def _labelled(places: Floats, cases: Whole, manner: Manner) -> Whole:
    """Give each place the label that most of its cases have."""
    from sklearn.cluster import HDBSCAN  # noqa: PLC0415 - slow to load, needed here alone

    search = HDBSCAN(
        min_cluster_size=max(manner.least_cases, 2),
        min_samples=manner.neighbours,
        cluster_selection_method="leaf" if manner.small else "eom",
        copy=True,
    )
    # Counted from their middle, so that nothing is lost to rounding in a system's far corner.
    laid = strewn(places - places.mean(axis=0), cases, spread=manner.spread)
    labels = np.asarray(search.fit(laid).labels_, dtype=np.int64)
    return majority(np.repeat(np.arange(len(places)), cases), labels)


def majority(owner: Whole, labels: Whole) -> Whole:
    """Give each owner the label that most of its cases have; of equally many, the higher.

    Parameters
    ----------
    owner, labels
        Shape (n,): whose each case is, from 0 without gaps, and its label.

    Returns
    -------
    ndarray of int64, shape (owners,)
    """
    votes, many = np.unique(np.column_stack([owner, labels]), axis=0, return_counts=True)
    last = np.lexsort((many, votes[:, 0]))
    best = last[np.append(np.diff(votes[last, 0]) > 0, True)]
    return np.asarray(votes[best, 1])


def _in_order(
    found: Whole, places: Floats, cases: Whole, manner: Manner
) -> tuple[Whole, tuple[Cluster, ...]]:
    """Sort the clusters by size, and take those for noise that lack cases or places."""
    members = [np.flatnonzero(found == label) for label in range(found.max() + 1)]
    kept = [
        at
        for at in members
        if len(at) >= manner.least_places and cases[at].sum() >= manner.least_cases
    ]
    kept.sort(key=lambda at: (-int(cases[at].sum()), tuple(places[at].mean(axis=0))))
    labels = np.full(len(places), NOISE, dtype=np.int64)
    for label, at in enumerate(kept):
        labels[at] = label
    return labels, tuple(
        Cluster(int(cases[at].sum()), len(at), outline(places[at], manner=manner)) for at in kept
    )


def outline(places: Floats, *, manner: Manner) -> shapely.Polygon:
    """Draw a line around places, at a margin.

    Parameters
    ----------
    places
        Shape (n, 2), metres, n >= 1.
    manner
        How hollow it may be, and the margin.

    Returns
    -------
    Polygon
        Valid, without holes.
    """
    hull = shapely.concave_hull(shapely.MultiPoint(places), ratio=manner.hollow)
    drawn = shapely.buffer(hull, manner.margin)
    return shapely.Polygon(drawn.exterior)
