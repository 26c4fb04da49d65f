"""Repair: the honest mistake is mended, the hostile shape costs its row and nothing else."""

import time

import shapely
from few_lots import hostile

from geo.clean import repair

BOWTIE = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
SPIKE = shapely.Polygon([(0, 0), (1, 0), (0, 0)])


def test_a_crossed_outline_becomes_its_two_halves() -> None:
    (mended,) = repair([BOWTIE])
    assert mended.shape is not None
    assert mended.shape.is_valid
    assert mended.shape.geom_type == "MultiPolygon"
    assert mended.shape.area == 0.5


def test_an_outline_around_nothing_becomes_empty() -> None:
    (mended,) = repair([SPIKE])
    assert mended.shape is not None
    assert mended.shape.is_empty


def test_a_shape_that_takes_too_long_is_given_up_and_the_next_one_mended() -> None:
    began = time.monotonic()
    first, bomb, last = repair([BOWTIE, hostile(), BOWTIE], seconds=1)
    assert time.monotonic() - began < 20
    assert bomb.shape is None
    assert bomb.problem == "its repair took longer than 1 s"
    assert first.shape == last.shape
    assert last.shape is not None


def test_a_shape_that_takes_too_much_memory_is_given_up_and_the_next_one_mended() -> None:
    bomb, last = repair([hostile(), BOWTIE], seconds=60, memory=300 << 20)
    assert bomb.shape is None
    assert bomb.problem is not None
    assert last.shape is not None


def test_nothing_to_repair_starts_no_program() -> None:
    began = time.monotonic()
    assert repair([]) == []
    assert time.monotonic() - began < 0.05
