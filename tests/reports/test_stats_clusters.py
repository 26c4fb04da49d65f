"""Clusters of cases: the same in any order, with parcels of many cases, and drawn around."""

from pathlib import Path

import numpy as np
import pytest
import shapely
from sklearn.cluster import HDBSCAN

from reports.errors import NothingToReportError, ReportError, TooLittleToSayError
from reports.stats import clusters as clusters_module
from reports.stats.arrays import Floats, Whole
from reports.stats.clusters import NOISE, Clusters, Manner, find_clusters, majority, outline, strewn

MANNER = Manner(least_cases=30, neighbours=8)


def lots(seed: int) -> tuple[Floats, Whole]:
    """Three dense quarters of 80, 60 and 40 lots and 120 lots strewn about, in a far corner."""
    dice = np.random.default_rng(seed)
    quarters = [
        dice.normal(middle, 40, (many, 2))
        for middle, many in (((0, 0), 80), ((900, 100), 60), ((300, 800), 40))
    ]
    scattered = dice.uniform(-1500, 2500, (120, 2))
    truth = np.repeat([0, 1, 2, NOISE], [80, 60, 40, 120])
    return np.array([230_000, 900_000]) + np.vstack([*quarters, scattered]), truth


def agreement(found: Clusters, truth: Whole) -> float:
    return float(np.mean(found.labels == truth))


def test_dense_quarters_are_found_and_what_is_strewn_about_is_noise() -> None:
    points, truth = lots(1)
    found = find_clusters(points, manner=MANNER)
    assert [cluster.cases for cluster in found.clusters] == sorted(
        (cluster.cases for cluster in found.clusters), reverse=True
    )
    assert len(found.clusters) == 3
    assert agreement(found, truth) > 0.9
    assert found.noise_cases == found.noise_places == (found.labels == NOISE).sum()
    assert sum(cluster.cases for cluster in found.clusters) + found.noise_cases == len(points)


def test_without_weights_or_repeats_the_clusters_are_those_of_the_library() -> None:
    points, _ = lots(2)
    theirs = HDBSCAN(min_cluster_size=30, min_samples=8, copy=True).fit(points).labels_
    ours = find_clusters(points, manner=MANNER).labels
    pairs = {(int(one), int(other)) for one, other in zip(ours, theirs, strict=True)}
    assert len(pairs) == len(set(ours.tolist())) == len(set(theirs.tolist()))
    assert ((ours == NOISE) == (theirs == NOISE)).all()


def test_the_order_of_the_cases_does_not_matter() -> None:
    points, _ = lots(3)
    mixed = np.random.default_rng(1).permutation(len(points))
    plain, other = find_clusters(points, manner=MANNER), find_clusters(points[mixed], manner=MANNER)
    assert (other.labels == plain.labels[mixed]).all()
    assert other.clusters == plain.clusters


def test_a_town_elsewhere_has_the_same_clusters_there() -> None:
    points, _ = lots(4)
    plain = find_clusters(points, manner=MANNER)
    moved = find_clusters(points + np.array([512.0, -1024.0]), manner=MANNER)
    assert (moved.labels == plain.labels).all()
    back = shapely.affinity.translate(moved.clusters[0].outline, -512, 1024)
    assert back.symmetric_difference(plain.clusters[0].outline).area < 1e-3


def test_several_cases_of_a_place_count_as_many_whether_repeated_or_weighted() -> None:
    points, _ = lots(5)
    many = np.random.default_rng(5).integers(1, 6, len(points))
    repeated = find_clusters(np.repeat(points, many, axis=0), manner=MANNER)
    weighted = find_clusters(points, weights=many, manner=MANNER)
    assert (repeated.labels == np.repeat(weighted.labels, many)).all()
    assert repeated.clusters == weighted.clusters
    assert repeated.noise_cases == weighted.noise_cases
    assert sum(cluster.cases for cluster in weighted.clusters) + weighted.noise_cases == many.sum()


def test_a_parcel_of_many_cases_is_no_cluster_by_itself() -> None:
    points, _ = lots(6)
    busy = np.array([points[:, 0].max() + 700, points[:, 1].max() + 700])
    cases = np.vstack([points, np.repeat(busy[None], 60, axis=0)])
    found = find_clusters(cases, manner=MANNER)
    assert (found.labels[-60:] == NOISE).all()
    assert found.noise_cases - found.noise_places == 59
    alone = find_clusters(cases, manner=Manner(least_cases=30, neighbours=8, least_places=1))
    assert len(set(alone.labels[-60:].tolist())) == 1
    lonely = alone.clusters[alone.labels[-1]]
    assert (lonely.cases, lonely.places) == (60, 1)
    assert lonely.outline.area == pytest.approx(np.pi * 400, rel=0.02)


def test_a_point_that_stands_for_no_case_is_nothing() -> None:
    points, _ = lots(7)
    weights = np.ones(len(points), dtype=np.int64)
    weights[-100:] = 0
    found = find_clusters(points, weights=weights, manner=MANNER)
    fewer = find_clusters(points[:-100], manner=MANNER)
    assert (found.labels[-100:] == NOISE).all()
    assert (found.labels[:-100] == fewer.labels).all()
    assert found.noise_places == fewer.noise_places


@pytest.mark.parametrize("hollow", [0.0, 0.3, 1.0])
def test_outlines_are_valid_and_hold_their_places(hollow: float) -> None:
    points, _ = lots(8)
    manner = Manner(least_cases=30, neighbours=8, hollow=hollow)
    found = find_clusters(points, manner=manner)
    for label, cluster in enumerate(found.clusters):
        assert cluster.outline.geom_type == "Polygon"
        assert cluster.outline.is_valid
        assert not cluster.outline.interiors
        inside = points[found.labels == label]
        assert shapely.contains_xy(cluster.outline, inside[:, 0], inside[:, 1]).all()
        edge = shapely.distance(cluster.outline.exterior, shapely.points(inside))
        assert edge.min() >= 20 * 0.98


def test_places_in_a_row_and_a_place_alone_have_outlines_too() -> None:
    row = np.column_stack([np.arange(5) * 30.0, np.zeros(5)])
    drawn = outline(row, manner=Manner())
    assert drawn.is_valid
    assert drawn.area == pytest.approx(120 * 40 + np.pi * 400, rel=0.01)


def test_a_dented_cluster_has_a_dented_outline() -> None:
    along, across = np.arange(0, 400, 20.0), np.arange(0, 60, 20.0)
    arm = np.stack(np.meshgrid(along, across), axis=-1).reshape(-1, 2)
    angle = np.vstack([arm, arm[:, ::-1]])
    hollow = outline(angle, manner=Manner(hollow=0.1))
    convex = outline(angle, manner=Manner(hollow=1.0))
    assert hollow.area < 0.6 * convex.area


def test_cases_are_strewn_evenly_over_their_disc() -> None:
    laid = strewn(np.array([[10.0, 20.0], [500.0, 0.0]]), np.array([1, 400]), spread=5.0)
    assert laid[0].tolist() == [10.0, 20.0]
    away = np.hypot(*(laid[1:] - (500.0, 0.0)).T)
    assert away.max() < 5
    assert np.mean(away <= 2.5) == pytest.approx(0.25, abs=0.01)
    assert len(np.unique(laid, axis=0)) == 401


def test_a_place_is_where_most_of_its_cases_are() -> None:
    owner = np.array([0, 0, 0, 1, 1, 2, 2, 2, 2])
    labels = np.array([5, 5, NOISE, NOISE, 3, 7, 1, 1, 7])
    assert majority(owner, labels).tolist() == [5, 3, 7]


def test_smaller_clusters_are_had_on_asking() -> None:
    dice = np.random.default_rng(9)
    twins = [dice.normal(middle, 12, (60, 2)) for middle in ((0, 0), (90, 0), (3000, 0))]
    points = np.vstack([*twins, dice.uniform(-2000, 5000, (60, 2))])
    fine = find_clusters(points, manner=Manner(least_cases=30, neighbours=5, small=True))
    assert len(fine.clusters) == 3


@pytest.mark.parametrize(
    ("points", "weights", "kind", "said"),
    [
        (np.zeros((0, 2)), None, NothingToReportError, "There are no cases"),
        (np.ones((5, 2)), np.zeros(5), NothingToReportError, "There are no cases"),
        (np.ones((1, 2)), None, TooLittleToSayError, "40 cases at 3 places; there are 1 at 1"),
        (np.ones((90, 2)), None, TooLittleToSayError, "there are 90 at 1"),
        (np.full((3, 2), np.nan), None, ReportError, "6 of the 6 points' coordinates"),
        (np.ones((3, 2)), np.array([1, 2]), ReportError, "as many as each other, not 3, 2"),
        (np.ones((2, 2)), np.array([1, -2]), ReportError, "weights go down to -2"),
        (np.ones((2, 2)), np.array([1, 1.5]), ReportError, "some weights are not whole"),
    ],
)
def test_cases_in_which_no_cluster_can_be_are_refused_in_a_sentence(
    points: Floats, weights: Whole | None, kind: type[ReportError], said: str
) -> None:
    with pytest.raises(ReportError, match=said) as refused:
        find_clusters(points, weights=weights)
    assert type(refused.value) is kind


def test_an_even_cloud_has_no_cluster_or_says_what_is_noise() -> None:
    along = np.arange(20) * 30.0
    grid = np.stack(np.meshgrid(along, along), axis=-1).reshape(-1, 2)
    found = find_clusters(grid)
    assert found.noise_cases + sum(cluster.cases for cluster in found.clusters) == 400


def test_too_many_cases_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters_module, "MOST_CASES", 100)
    with pytest.raises(ReportError, match="300 cases are more than the 100"):
        find_clusters(lots(1)[0])


@pytest.mark.realdata
def test_the_violations_of_cambridge_cluster_the_same_every_time(realdata: Path) -> None:
    import geopandas as gpd  # noqa: PLC0415 - only where there is something to read
    import pandas as pd  # noqa: PLC0415

    parcels = gpd.read_file(realdata / "cambridge" / "ASSESSING_ParcelsFY2014.topojson")
    middles = parcels.set_crs(4326).to_crs(26986).drop_duplicates("ML").set_index("ML").centroid
    cases = pd.read_csv(realdata / "cambridge" / "violations.csv.gz", dtype=str)
    cases = cases.drop_duplicates("complaint_no")
    known = middles.reindex(cases["ML"]).dropna()
    points = np.column_stack([known.x, known.y])
    found = find_clusters(points)
    again = find_clusters(points[::-1])
    assert (again.labels[::-1] == found.labels).all()
    assert 20 < len(found.clusters) < 300
    assert all(cluster.outline.is_valid for cluster in found.clusters)
    assert 0.1 < found.noise_cases / len(points) < 0.6
