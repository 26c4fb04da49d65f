"""The clock hundreds of fines at a time, against a walk through the days of each."""

from random import Random

import numpy as np
from fine_histories import as_of_near, history, rules_by_chance
from fine_oracle import walk

from cases.fines.clock import fine
from cases.fines.gathering import gathered
from cases.fines.many import many

HISTORIES, AT_ONCE = 10_000, 250


def test_ten_thousand_histories_at_once_come_to_the_same_cents() -> None:
    dice = Random(9)  # noqa: S311
    for _ in range(HISTORIES // AT_ONCE):
        fines = [history(dice) for _ in range(AT_ONCE)]
        rules, as_of = rules_by_chance(dice), as_of_near(dice, dice.choice(fines))
        told = many(gathered(fines), rules, as_of=as_of)
        walked = np.array([walk(terms, rules, as_of) for terms in fines])
        certified = [fine(terms, rules, as_of=as_of).certified for terms in fines]
        np.testing.assert_array_equal(told.total_cents, walked[:, 0])
        np.testing.assert_array_equal(told.per_diem_cents, walked[:, 1])
        np.testing.assert_array_equal(told.certified, certified)
