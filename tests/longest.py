"""Order a run's tests so that the long ones of a folder are begun first and none is left for last.

Workers share the tests by halves and take from each other's end: what is last there should be
short, or one worker waits for the other's longest test.
"""

from pathlib import Path

import pytest

TESTS = Path(__file__).parent
LONG = frozenset(
    {
        "test_access", "test_area_drawn", "test_brackets", "test_cities_on_the_road", "test_cli",
        "test_clock", "test_complaint_pages", "test_door", "test_every_page",
        "test_field_offline", "test_hearing_day", "test_hostile_words", "test_import_cambridge",
        "test_intake_page", "test_loading_cambridge", "test_mail", "test_map_page",
        "test_owner_precision", "test_packet", "test_plan_by_hand", "test_plan_story",
        "test_plan_worker", "test_plat_like_a_town", "test_public_tasks",
        "test_respondent_pages", "test_seed_two_walk", "test_stopping", "test_survival",
        "test_town_build", "test_town_files", "test_town_map", "test_worker",
    }
)  # fmt: skip
"""Modules that take half a minute and more, or that have a test that takes a quarter of one."""


def begin_with_the_longest(items: list[pytest.Item]) -> None:
    """Put the long modules of each folder first; all else stays in its order."""
    items.sort(key=_place)


def _place(item: pytest.Item) -> tuple[str, bool]:
    folder = item.path.relative_to(TESTS).parts[0]
    return folder, item.path.stem not in LONG
