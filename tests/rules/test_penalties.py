"""How high a penalty may be by what was violated before, worked out from the provisions by hand."""

from datetime import date

import pytest

from cases.hardship import HardshipRules, Showing, hardship_lacks
from cases.penalties import PenaltyError, Scale, Tier, tier_of

BUILDING = Scale(
    name="building",
    source="Gov. Code 36900(c)",
    tiers=(
        Tier(cents=13_000, statute="(c)(1)"),
        Tier(cents=70_000, statute="(c)(2)", earlier=1, within_years=1),
        Tier(cents=130_000, statute="(c)(3)(A)", earlier=2, within_years=1),
        Tier(cents=250_000, statute="(c)(3)(B)", earlier=2, within_years=2),
    ),
)
FOUND = date(2026, 6, 1)
RULES = HardshipRules(after_earlier=1, source="Gov. Code 36900(e)")
SHOWN = Showing(effort="The roofer came on May 3", burden="Benefits are the only income")


@pytest.mark.parametrize(
    ("earlier", "cents"),
    [
        ([], 13_000),
        ([date(2025, 6, 1)], 70_000),  # a year to the day is within a year
        ([date(2025, 5, 31)], 13_000),  # a day more is not
        ([FOUND], 13_000),  # nothing repeats what is of the same day
        ([date(2026, 7, 1)], 13_000),  # nor what is to come
        ([date(2025, 5, 1), date(2026, 1, 1)], 250_000),
        ([date(2024, 5, 1), date(2026, 1, 1)], 70_000),
        ([date(2025, 8, 1), date(2026, 1, 1)], 250_000),
    ],
)
def test_the_tier_follows_from_what_was_violated_in_the_years_before(
    earlier: list[date], cents: int
) -> None:
    assert tier_of(BUILDING, earlier=earlier, found_on=FOUND).cents == cents


def test_a_scale_begins_with_a_first_violation_and_each_further_tier_looks_back() -> None:
    with pytest.raises(PenaltyError, match="no tier for a first violation"):
        Scale(
            name="odd", source="x", tiers=(Tier(cents=1, statute="x", earlier=1, within_years=1),)
        )
    with pytest.raises(PenaltyError, match="within how many years"):
        Tier(cents=1, statute="x", earlier=1)
    with pytest.raises(PenaltyError, match="from 1 cent"):
        Tier(cents=0, statute="x")


def test_hardship_is_shown_by_effort_and_burden_and_never_for_a_first_violation() -> None:
    assert hardship_lacks(RULES, earlier=1, showing=SHOWN) == ()
    assert "first violation" in hardship_lacks(RULES, earlier=0, showing=SHOWN)[0]
    nothing = hardship_lacks(RULES, earlier=2, showing=Showing(effort=" ", burden=""))
    assert ["effort" in nothing[0], "burden" in nothing[1]] == [True, True]
