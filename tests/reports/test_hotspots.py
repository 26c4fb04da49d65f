"""Hot spots: planted ones are found, nothing is found in noise, and spans of months are whole."""

from datetime import UTC, date, datetime

import numpy as np
import pytest
import sqlalchemy as sa

from reports.answers.answer import Answer
from reports.answers.options import Value, ask
from reports.hotspots.cells import lay_cells, steps_of
from reports.metric import Metric
from reports.registry import find_report, make

NOW = datetime(2014, 12, 1, 15, tzinfo=UTC)
UTM = Metric.of(32617)


def hotspots(connection: sa.Connection, **values: Value) -> Answer:
    return make(
        connection, ask("hotspots", find_report("hotspots").options, now=NOW, values=values)
    )


def test_every_case_and_parcel_lies_in_one_cell() -> None:
    rng = np.random.default_rng(3)
    cases, parcels = rng.uniform(0, 950, (500, 2)), rng.uniform(-40, 800, (300, 2))
    cells = lay_cells(UTM, cases, parcels, side=100)
    assert cells.cases.sum() == 500
    assert cells.parcels.sum() == 300
    west = cells.west + cells.at[:, 1] * cells.side
    south = cells.south + cells.at[:, 0] * cells.side
    assert ((cases[:, 0] >= west) & (cases[:, 0] < west + 100)).all()
    assert ((cases[:, 1] >= south) & (cases[:, 1] < south + 100)).all()


def test_spans_end_with_the_last_day_and_only_whole_ones_count() -> None:
    days = [date(2026, 3, 31), date(2026, 1, 1), date(2025, 12, 31), date(2025, 9, 30), None,
            date(2026, 4, 1)]  # fmt: skip
    steps, firsts = steps_of(days, last=date(2026, 3, 31), months=3)
    assert firsts == [date(2025, 10, 1), date(2026, 1, 1)]
    assert steps.tolist() == [1, 1, 0, -1, -1, -1]
    assert steps_of([None], last=date(2026, 3, 31), months=3)[1] == []
    assert steps_of([date(2026, 3, 30)], last=date(2026, 3, 31), months=3)[1] == []


def test_the_cube_adds_up_to_the_cases_of_its_spans() -> None:
    rng = np.random.default_rng(4)
    cells = lay_cells(UTM, rng.uniform(0, 900, (200, 2)), rng.uniform(0, 900, (50, 2)), side=100)
    steps = rng.integers(-1, 5, 200)
    cube = cells.cube(steps, many=4)
    assert cube.shape == (4, *cells.cases.shape)
    assert cube.sum() == ((steps >= 0) & (steps < 4)).sum()


def test_a_small_town_says_what_cannot_be_said(alder: sa.Connection) -> None:
    answer = make(
        alder,
        ask("hotspots", find_report("hotspots").options, now=datetime(2026, 3, 2, tzinfo=UTC),
            values={}),
    )  # fmt: skip
    told = " ".join(answer.says)
    assert "Clusters are not told:" in told
    assert "How hot spots came to be is not told:" in told


def test_in_cambridge_every_hot_spot_opens_its_cases_and_beats_what_is_usual(
    cambridge: sa.Connection,
) -> None:
    answer = hotspots(cambridge)
    spots = answer.table("spots").rows
    assert spots
    for row in spots:
        assert row.cells["cases"] == len(row.cases["cases"])
    first = spots[0].cells
    assert float(first["cases"] or 0) > float(first["expected"] or 0)  # type: ignore[arg-type]
    assert {layer.key for layer in answer.layers} == {"heat", "patterns", "time", "clusters"}
    time = next(layer for layer in answer.layers if layer.key == "time")
    assert len(time.times) >= 10
    assert {each["properties"]["at"] for each in time.features} <= set(range(len(time.times)))
    whole = sum(len(row.cases["cases"]) for row in answer.table("patterns").rows)
    assert whole <= len(answer.figures[0].cases or ())


def test_bare_counts_are_hot_elsewhere_than_rates(cambridge: sa.Connection) -> None:
    counts = hotspots(cambridge, measure="counts").table("spots").rows
    rates = hotspots(cambridge).table("spots").rows
    assert [row.cells["place"] for row in counts] != [row.cells["place"] for row in rates]


@pytest.mark.parametrize("key", ["cell", "months", "reach", "cluster"])
def test_what_is_too_large_or_small_is_refused(alder: sa.Connection, key: str) -> None:
    with pytest.raises(Exception, match="cannot be asked for"):
        hotspots(alder, **{key: 0})
