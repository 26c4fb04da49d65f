"""Draw areas by a rate, from light to dark, each with its figures in words."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from shapely.geometry import mapping

from reports.answers.answer import Feature, Layer, Look, Row, Step, Table
from reports.fairness.areas import Areas

COLORS = ("#fff3b0", "#d3c164", "#95917a", "#4f5c74", "#00224e")
"""From light to dark, told apart also without color."""
UNTOLD = "#ffffff"


def rate_layer(table: Table, areas: Areas, *, column: str, title: str, shown: bool) -> Layer | None:
    """Draw a column of a table whose rows are keyed by the areas' codes.

    None where no area has a figure. Areas are parted into fifths of those that have one.
    """
    rows = {row.key: row for row in table.rows}
    values = [rows[code].cells[column] for code in areas.codes]
    known = [float(each) for each in values if isinstance(each, int | float)]
    if not known:
        return None
    edges = np.unique(np.quantile(known, np.linspace(0, 1, len(COLORS) + 1)[1:-1]))
    features = [
        _feature(rows[code], areas, at, step=_step(values[at], edges), column=column, title=title)
        for at, code in enumerate(areas.codes)
    ]
    return Layer(
        key=column, title=title, look=Look.AREAS, unit=title.lower(), features=features,
        legend=_legend(edges, low=min(known), high=max(known), untold=len(known) < len(values)),
        shown=shown,
    )  # fmt: skip


def _step(value: object, edges: np.ndarray[tuple[int], np.dtype[np.float64]]) -> int:
    """Return the place in the legend of a value; the last is that of none."""
    if not isinstance(value, int | float):
        return len(edges) + 1
    return int(np.searchsorted(edges, value, side="right"))


def _feature(row: Row, areas: Areas, at: int, *, step: int, column: str, title: str) -> Feature:
    value = row.cells[column]
    told = f"{title}: {value:,.1f}" if isinstance(value, int | float) else f"{title}: not told"
    says = [areas.names[at], told, f"Parcels: {areas.parcels[at]:,}"]
    return {
        "type": "Feature",
        "geometry": mapping(areas.shapes[at]),
        "properties": {"key": row.key, "says": says, "step": step},
    }


def _legend(
    edges: Sequence[float] | np.ndarray[tuple[int], np.dtype[np.float64]], *, low: float,
    high: float, untold: bool,
) -> tuple[Step, ...]:  # fmt: skip
    ends = [low, *edges, high]
    shades = np.linspace(0, len(COLORS) - 1, len(ends) - 1).round().astype(int)
    steps = [
        Step(words=f"{first:,.1f}\N{EN DASH}{last:,.1f}", color=COLORS[shade])
        for (first, last), shade in zip(pairwise(ends), shades, strict=True)
    ]
    return (*steps, Step(words="not told", color=UNTOLD)) if untold else tuple(steps)
