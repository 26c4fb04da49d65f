"""The clock against a walk through the days, on histories made up by chance."""

from random import Random

from fine_histories import as_of_near, history, rules_by_chance
from fine_oracle import walk

from cases.fines.clock import fine

HISTORIES = 10_000


def test_ten_thousand_histories_come_to_the_cent_of_a_walk_through_their_days() -> None:
    dice = Random(162)  # noqa: S311
    for number in range(HISTORIES):
        terms, rules = history(dice), rules_by_chance(dice)
        as_of = as_of_near(dice, terms)
        told = fine(terms, rules, as_of=as_of)
        assert (told.total_cents, told.per_diem_cents) == walk(terms, rules, as_of), number
