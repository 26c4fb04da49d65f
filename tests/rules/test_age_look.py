"""The one table of how old cases look: as the lists count ages, and told apart without colour."""

import json
from pathlib import Path

import pytest

from cases.desk.passed import REACH, Age

LOOKS = json.loads((Path(__file__).parents[2] / "data/look/ages.json").read_text(encoding="utf-8"))


def _lightness(color: str) -> float:
    red, green, blue = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_age_has_its_look_from_the_day_on_that_lists_count_it() -> None:
    assert [look["age"] for look in LOOKS] == list(Age)
    begins = {look["age"]: look["from"] for look in LOOKS}
    assert begins == {**{age: fewest for age, (fewest, _) in REACH.items()}, Age.UNKNOWN: None}


def test_ages_leave_no_day_out_and_share_none() -> None:
    days = sorted(REACH.values())
    assert days[0][0] == 0
    assert [most + 1 for _, most in days[:-1] if most is not None] == [few for few, _ in days[1:]]
    assert days[-1][1] is None


def test_no_two_ages_share_a_mark() -> None:
    assert len({look["mark"] for look in LOOKS}) == len(LOOKS)


@pytest.mark.parametrize(("scheme", "sign"), [("color", -1), ("dark", -1)])
def test_the_older_the_darker_so_that_a_printed_map_tells_them_apart(
    scheme: str, sign: int
) -> None:
    tones = [sign * _lightness(look[scheme]) for look in LOOKS if look["age"] != "unknown"]
    assert tones == sorted(tones)
