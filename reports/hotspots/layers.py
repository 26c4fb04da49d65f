"""Draw hot spots, what became of each place, how it went through time, and clusters."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import shapely
from shapely.geometry import mapping

from reports.answers.answer import Feature, Layer, Look, Step
from reports.hotspots.cells import Whole
from reports.hotspots.found import Found
from reports.stats.emerging import Emerging, Pattern
from reports.stats.getis import Heat

HEAT: Mapping[Heat, Step] = {
    Heat.HOT_99: Step(words="hot, 99 in 100 sure", color="#b2182b"),
    Heat.HOT_95: Step(words="hot, 95 in 100 sure", color="#ef8a62"),
    Heat.HOT_90: Step(words="hot, 90 in 100 sure", color="#fddbc7"),
    Heat.COLD_90: Step(words="cold, 90 in 100 sure", color="#d1e5f0"),
    Heat.COLD_95: Step(words="cold, 95 in 100 sure", color="#67a9cf"),
    Heat.COLD_99: Step(words="cold, 99 in 100 sure", color="#2166ac"),
}
PATTERNS: Mapping[Pattern, Step] = {
    Pattern.NEW: Step(words="new", color="#e31a1c"),
    Pattern.CONSECUTIVE: Step(words="hot since a while", color="#fb9a99"),
    Pattern.INTENSIFYING: Step(words="getting hotter", color="#67000d"),
    Pattern.PERSISTENT: Step(words="always hot", color="#b15928"),
    Pattern.DIMINISHING: Step(words="hot, and cooling", color="#fdbf6f"),
    Pattern.SPORADIC: Step(words="hot off and on", color="#ffff99"),
    Pattern.OSCILLATING: Step(words="hot now, cold before", color="#cab2d6"),
    Pattern.HISTORICAL: Step(words="was hot, is no more", color="#6a3d9a"),
}
CLUSTER = Step(words="a cluster", color="#1b1b1b")
STEP_LEVEL = 0.05
"""The false-discovery rate at which a cell counts as hot in a span."""


def layers_of(found: Found) -> Iterator[Layer]:
    """Yield the layers of what was found; what could not be told has none."""
    if found.heat is not None:
        yield _heat(found)
    if found.emerging is not None:
        yield _patterns(found, found.emerging)
        yield _through_time(found, found.emerging)
    if found.clusters is not None and found.clusters.clusters:
        yield _clusters(found)


def _heat(found: Found) -> Layer:
    assert found.heat is not None  # noqa: S101 - asked before
    assert found.scores is not None  # noqa: S101 - they come together
    steps = list(HEAT)
    within = np.argwhere(found.heat != Heat.NEITHER)
    squares = found.cells.squares(within)
    features = [
        _square(
            square, f"cell {row}-{column}", step=steps.index(Heat(int(found.heat[row, column]))),
            says=[
                HEAT[Heat(int(found.heat[row, column]))].words,
                _on_parcels(found, row, column),
                f"Gi* {found.scores.z[row, column]:.1f}",
            ],
        )
        for square, (row, column) in zip(squares, within.tolist(), strict=True)
    ]  # fmt: skip
    return Layer(
        key="heat", title="Hot and cold spots", look=Look.AREAS, legend=[*HEAT.values()],
        unit="more or fewer cases than chance and parcels explain", features=features,
    )  # fmt: skip


def _on_parcels(found: Found, row: int, column: int) -> str:
    cases, parcels = found.cells.cases[row, column], found.cells.parcels[row, column]
    return f"{cases:.0f} cases on {parcels:.0f} parcels"


def _patterns(found: Found, emerging: Emerging) -> Layer:
    steps = list(PATTERNS)
    within = np.argwhere(emerging.pattern > Pattern.NONE)
    squares = found.cells.squares(within)
    features = [
        _square(
            square, f"cell {row}-{column}",
            step=steps.index(Pattern(int(emerging.pattern[row, column]))),
            says=[
                PATTERNS[Pattern(int(emerging.pattern[row, column]))].words,
                f"Hot in {emerging.hot_steps[row, column]} of {len(emerging.z)} spans",
            ],
        )
        for square, (row, column) in zip(squares, within.tolist(), strict=True)
    ]  # fmt: skip
    return Layer(
        key="patterns", title="How hot spots came to be", look=Look.AREAS, shown=False,
        unit="over the spans of months", legend=[*PATTERNS.values()], features=features,
    )  # fmt: skip


def _through_time(found: Found, emerging: Emerging) -> Layer:
    hot = (emerging.q <= STEP_LEVEL) & (emerging.z > 0)
    within = np.argwhere(hot)
    squares = found.cells.squares(within[:, 1:])
    features = [
        _square(
            square, f"cell {row}-{column}", step=0, at=at,
            says=["hot", _span(found.first_days, at)],
        )
        for square, (at, row, column) in zip(squares, within.tolist(), strict=True)
    ]  # fmt: skip
    return Layer(
        key="time", title="Hot spots through time", look=Look.AREAS, shown=False,
        unit="hot in the span chosen", legend=[HEAT[Heat.HOT_99]], features=features,
        times=[_span(found.first_days, at) for at in range(len(found.first_days))],
    )  # fmt: skip


def _span(first_days: Sequence[date], at: int) -> str:
    return f"from {first_days[at]}"


def _clusters(found: Found) -> Layer:
    assert found.clusters is not None  # noqa: S101 - asked before
    metric = found.cells.metric
    features: list[Feature] = []
    for at, cluster in enumerate(found.clusters.clusters, start=1):
        shape = shapely.transform(cluster.outline, lambda xy: metric.to_lonlat(xy).round(6))
        says = [f"Cluster {at}", f"Cases: {cluster.cases:,}, places: {cluster.places:,}"]
        features.append(_square(shape, f"cluster {at}", step=0, says=says))
    return Layer(
        key="clusters", title="Clusters", look=Look.OUTLINES, legend=(CLUSTER,), features=features,
        shown=False,
        unit="where cases lie closer together than around",
    )  # fmt: skip


def _square(shape: Any, key: str, *, says: list[str], **look: int) -> Feature:
    told = {"key": key, "says": says, **look}
    return {"type": "Feature", "geometry": mapping(shape), "properties": told}


def outline_of(cells: Whole, found: Found) -> Feature:
    """Return cells as one GeoJSON geometry in EPSG:4326."""
    whole = shapely.union_all(found.cells.squares(cells))
    shape: Feature = mapping(whole)
    return shape
