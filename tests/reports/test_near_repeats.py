"""Near repeats: planted ones are found and told, and a town without them is told so."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
import sqlalchemy as sa

from reports.answers.answer import Answer
from reports.answers.options import Value, ask
from reports.registry import find_report, make

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)


def near(connection: sa.Connection, **values: Value) -> Answer:
    options = find_report("near-repeats").options
    return make(connection, ask("near-repeats", options, now=NOW, values=values))


def plant(connection: sa.Connection, places: np.ndarray, days: list[date]) -> None:
    """Put cases with no parcel at places in degrees, each on its day."""
    for n, ((lon, lat), day) in enumerate(zip(places.tolist(), days, strict=True)):
        connection.execute(
            sa.text(
                """INSERT INTO lotline.case_file (id, number, category, phase, open_violations,
                       published, opened_on, tie_method, tie_confidence, point, point_3857,
                       open_since)
                   VALUES (100000 + :n, 'P-' || :n, 'Noise', 'open', 1, true, :day, 'none', 0,
                       ST_SetSRID(ST_MakePoint(:lon, :lat), 4326),
                       ST_Transform(ST_SetSRID(ST_MakePoint(:lon, :lat), 4326), 3857), :day)"""
            ),
            {"n": n, "day": day, "lon": lon, "lat": lat},
        )


def spread(rng: np.random.Generator, many: int) -> np.ndarray:
    return np.column_stack([rng.uniform(-80.42, -80.38, many), rng.uniform(27.28, 27.32, many)])


def some_days(rng: np.random.Generator, many: int) -> list[date]:
    return [date(2026, 3, 1) - timedelta(days=int(each)) for each in rng.integers(0, 1500, many)]


def test_planted_near_repeats_are_told_with_how_long_they_last(alder: sa.Connection) -> None:
    rng = np.random.default_rng(7)
    places, days = spread(rng, 150), some_days(rng, 150)
    plant(
        alder, np.vstack([places, places + 0.0002]),
        [*days, *(day + timedelta(days=3) for day in days)],
    )  # fmt: skip
    answer = near(alder)
    told = " ".join(answer.says)
    assert "another within 164 ft came" in told
    assert "The surplus lasts for" in told
    first = next(row for row in answer.table("bands").rows if row.key == "1-0")
    assert first.cells["pairs"] >= 150  # type: ignore[operator]
    assert first.cells["chance"] == pytest.approx(1 / 200)
    assert sum(row.cells["pairs"] for row in answer.table("bands").rows) > 0  # type: ignore[misc]


def test_cases_strewn_by_chance_are_told_to_follow_no_more_than_chance(
    alder: sa.Connection,
) -> None:
    alder.execute(sa.text("UPDATE lotline.case_file SET published = false"))
    rng = np.random.default_rng(8)
    plant(alder, spread(rng, 300), some_days(rng, 300))
    first = next(row for row in near(alder).table("bands").rows if row.key == "1-0")
    assert float(first.cells["chance"] or 0) > 0.01  # type: ignore[arg-type]


def test_the_same_question_has_the_same_answer(alder: sa.Connection) -> None:
    rng = np.random.default_rng(9)
    plant(alder, spread(rng, 80), some_days(rng, 80))
    assert near(alder).tables == near(alder).tables


def test_one_case_says_that_nothing_can_be_compared(alder: sa.Connection) -> None:
    alder.execute(sa.text("UPDATE lotline.case_file SET published = false"))
    plant(alder, np.array([[-80.4, 27.3]]), [date(2026, 1, 1)])
    answer = near(alder)
    assert answer.figures[0].value == 1
    assert answer.tables == ()
    assert "one case" in answer.says[0].lower()
