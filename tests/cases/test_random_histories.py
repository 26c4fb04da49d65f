"""Whatever is done in a case, in whatever order, its record holds together."""

from collections import Counter
from random import Random

import pytest
import walk_start
from hand_read import EVENTS_BY_HAND
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from walk import Walk
from walk_deeds import DEEDS

from geo.database import Database

STEPS = 50
SEEDS = st.lists(st.integers(0, 2**32 - 1), min_size=40, max_size=STEPS)
STARTS = st.integers(0, len(walk_start.STARTS) - 1)
SLOW = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]


def _walk(database: Database, start_at: int, seeds: list[int]) -> Walk:
    with database.app.connect() as connection, connection.begin() as transaction:
        walk = Walk(connection, start_at=start_at)
        for seed in seeds:
            walk.step(seed)
        transaction.rollback()
    return walk


@settings(max_examples=8, derandomize=True, suppress_health_check=SLOW)
@given(STARTS, SEEDS)
def test_any_history_holds_together_and_what_is_unlawful_changes_nothing(
    laid_out: Database, start_at: int, seeds: list[int]
) -> None:
    _walk(laid_out, start_at, seeds)


@pytest.mark.full
@pytest.mark.timeout(1800)
def test_hundreds_of_histories_hold_together_and_reach_nine_deeds_in_ten(
    laid_out: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    walks: list[Walk] = []

    @settings(max_examples=200, suppress_health_check=SLOW, phases=[Phase.generate])
    @given(STARTS, st.integers(0, 2**32 - 1))
    def histories(start_at: int, seed: int) -> None:
        dice = Random(seed)  # noqa: S311 - chance, not secrets
        walks.append(_walk(laid_out, start_at, [dice.randrange(1, 2**32) for _ in range(STEPS)]))

    histories()
    done = sum((walk.done for walk in walks), Counter())
    refused = sum((walk.refused for walk in walks), Counter())
    with capsys.disabled():
        print(f"\n{len(walks)} histories, {done.total()} steps, {refused.total()} refusals")  # noqa: T201
        print(f"not played by chance: {sorted(set(DEEDS) - set(done))}")  # noqa: T201
    assert len(set(DEEDS) - set(done)) <= len(DEEDS) // 10
    assert set(DEEDS) <= set(EVENTS_BY_HAND)
