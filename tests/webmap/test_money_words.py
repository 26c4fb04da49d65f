"""Amounts on pages read as they are, below zero too."""

from webmap.words import dollars


def test_cents_below_zero_are_written_to_the_cent() -> None:
    assert [dollars(cents) for cents in (435_000, 5, -3_050)] == ["$4,350.00", "$0.05", "-$30.50"]
