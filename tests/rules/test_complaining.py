"""Pairs of a complainant and a respondent are counted, and no line is about anybody."""

from hypothesis import given
from hypothesis import strategies as st

from cases.complaining import LEAST_PAIRS, Made, pairs


def calls(*times: int) -> list[Made]:
    """Return complaints of one respondent by several people, each as often as is said."""
    made = [(who, at) for who, many in enumerate(times) for at in range(many)]
    return [(number, 100 + number, who) for number, (who, _at) in enumerate(made)]


def about(made: list[Made], respondent: str = "Lane") -> dict[int, set[str]]:
    return {case: {respondent} for _complaint, case, _mark in made}


def test_pairs_are_told_by_how_often_they_repeat() -> None:
    made = calls(1, 1, 2, 2, 2, 2, 2, 3, 4, 3, 3, 4, 5, 6, 7, 8, 9, 10)
    told = pairs(made, about=about(made))
    assert told.complaints == len(made)
    assert [(each.fewest, each.most, each.pairs) for each in told.bands] == [
        (2, 2, 5), (3, 4, 5), (5, None, 6),
    ]  # fmt: skip
    assert [each.complaints for each in told.bands] == [10, 17, 45]
    assert not told.are_few


def test_a_line_of_too_few_pairs_joins_the_one_below_and_the_lowest_the_one_above() -> None:
    made = calls(2, 2, 2, 2, 2, 3, 5)
    (only,) = pairs(made, about=about(made)).bands
    assert (only.fewest, only.most, only.pairs) == (2, None, 7)
    made = calls(2, 3, 3, 3, 3, 4, 10)
    (only,) = pairs(made, about=about(made)).bands
    assert (only.fewest, only.most, only.pairs) == (2, None, 7)


def test_fewer_than_five_pairs_are_not_told_at_all() -> None:
    made = calls(2, 2, 9, 9)
    told = pairs(made, about=about(made))
    assert (told.bands, told.are_few) == ((), True)
    assert not pairs(calls(1, 1, 1), about=about(calls(1, 1, 1))).are_few


def test_one_person_is_known_by_any_chain_of_marks() -> None:
    said = [(1, 101, 7), (2, 102, 7), (2, 102, 8), (3, 103, 8), (4, 104, 9)]
    lots = [
        (complaint + 10 * lot, case + 10 * lot, mark + 10 * lot)
        for lot in range(5)
        for complaint, case, mark in said
    ]
    told = pairs(lots, about={case: {f"lot {case // 10}"} for _c, case, _m in lots})
    (band,) = told.bands
    assert (band.pairs, band.complaints, band.fewest) == (5, 15, 2)
    assert 104 not in band.case_ids


def test_two_respondents_of_one_person_are_two_pairs_and_two_people_of_one_are_too() -> None:
    made = [(1, 101, 1), (2, 102, 1), (3, 103, 2)]
    apart = pairs(made, about={101: {"Lane"}, 102: {"Reed"}, 103: {"Lane"}})
    assert (apart.bands, apart.are_few) == ((), False)


def test_a_case_nobody_answers_in_is_not_looked_at() -> None:
    assert pairs(calls(9), about={}).complaints == 0


@given(st.lists(st.integers(1, 14), max_size=30))
def test_every_repeated_pair_is_in_one_line_and_no_line_is_small(times: list[int]) -> None:
    made = calls(*times)
    told = pairs(made, about=about(made))
    repeated = [each for each in times if each > 1]
    assert told.are_few == (0 < len(repeated) < LEAST_PAIRS)
    if len(repeated) < LEAST_PAIRS:
        assert not told.bands
        return
    assert all(each.pairs >= LEAST_PAIRS for each in told.bands)
    assert sum(each.pairs for each in told.bands) == len(repeated)
    assert sum(each.complaints for each in told.bands) == sum(repeated)
    assert told.bands[0].fewest == 2
    assert told.bands[-1].most is None
    follow = zip(told.bands, told.bands[1:], strict=False)
    assert all(one.most is not None and one.most + 1 == next_.fewest for one, next_ in follow)
