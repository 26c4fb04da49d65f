"""The shades of a figure: told apart without colour, and the classes that they stand for."""

import json
from itertools import pairwise
from pathlib import Path

import pytest

from webmap.public.shading import CLASSES, Shade, shade_at, shades_of

LOOKS = json.loads(
    (Path(__file__).parents[2] / "data/look/shades.json").read_text(encoding="utf-8")
)


def _luminance(color: str) -> float:
    """Return how much light a colour gives, as WCAG reckons it."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_there_is_a_shade_for_each_class() -> None:
    assert [look["shade"] for look in LOOKS] == [str(at) for at in range(CLASSES)]


@pytest.mark.parametrize(("scheme", "sign"), [("color", -1), ("dark", 1)])
def test_each_shade_is_plainly_darker_by_day_and_lighter_by_night(scheme: str, sign: int) -> None:
    light = [_luminance(look[scheme]) + 0.05 for look in LOOKS]
    steps = [(after / before) ** sign for before, after in pairwise(light)]
    assert all(step > 1.3 for step in steps), steps


@pytest.mark.parametrize(
    ("most", "low", "high"),
    [(0, 0, 0), (4, 4, 4), (5, 4, 5), (9, 8, 9), (10, 10, 14), (37, 30, 39), (1234, 1000, 1499)],
)
def test_the_greatest_value_lies_in_the_last_of_few_classes(most: int, low: int, high: int) -> None:
    shades = shades_of([0, most, None])
    assert len(shades) <= CLASSES
    assert (shades[-1].low, shades[-1].high) == (low, high)
    assert shade_at(most, shades) == shades[-1]
    assert shade_at(0, shades) == Shade(0, 0, shades[0].high)


def test_every_value_has_one_class_and_what_is_left_out_has_none() -> None:
    shades = shades_of(range(101))
    assert [sum(each.low <= value <= each.high for each in shades) for value in range(101)] == (
        [1] * 101
    )
    assert shade_at(None, shades) is None
    assert shades_of([None]) == []
