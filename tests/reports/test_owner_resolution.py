"""Judge how the owners of a roll are resolved, on registries whose true owners nobody was told."""

from functools import reduce
from operator import add

import pytest
from owner_truth import (
    Judged,
    Share,
    judge,
    precision,
    recall_of_forms,
    recall_of_hands,
    recall_of_persons,
)
from owner_truth_seeds import HANDS, HELD_OUT, LEAST_PRECISION, LEAST_RECALL

from cases.owners.names import name_key
from reports.owners.joining import How

LEAST_FOUND_OF_FORMS = 0.85
"""A form that bears only an address its owner has left is like none of the others of the hand."""
LEAST_FOUND_OF_ALL = 0.65
"""A company at an agent's address under a name of its own is found by nobody."""
LEAST_WITHOUT_LETTERS = 0.98
"""Names alone do not tell two states' companies of one name apart."""


@pytest.fixture(scope="module")
def all_judged() -> list[Judged]:
    return [judge(seed, hands=HANDS) for seed in HELD_OUT]


def told(name: str, shares: list[Share]) -> Share:
    """Print what was found, registry by registry, and sum it up."""
    total = reduce(add, shares)
    print(f"{name}: {total}; " + ", ".join(f"{float(share):.4f}" for share in shares))  # noqa: T201
    return total


def test_what_links_by_itself_is_one_person_in_law(all_judged: list[Judged]) -> None:
    shares = [precision(judged) for judged in all_judged]
    assert told("precision of links", shares).of_all > 5000
    assert min(map(float, shares)) >= LEAST_PRECISION


def test_spellings_of_one_person_are_linked_or_suggested(all_judged: list[Judged]) -> None:
    shares = [recall_of_persons(judged) for judged in all_judged]
    assert told("recall of one person", shares).of_all > 10_000
    assert min(map(float, shares)) >= LEAST_RECALL


def test_owners_of_one_hand_are_suggested_where_the_roll_tells_of_it(
    all_judged: list[Judged],
) -> None:
    shares = [recall_of_hands(judged, marked=True) for judged in all_judged]
    assert float(told("recall of one hand, marked", shares)) >= LEAST_RECALL
    forms = [recall_of_forms(judged, marked=True) for judged in all_judged]
    assert float(told("the same, every form with every other", forms)) >= LEAST_FOUND_OF_FORMS


def test_how_many_of_one_hand_are_found_whether_or_not_the_roll_tells_is_known(
    all_judged: list[Judged],
) -> None:
    shares = [recall_of_hands(judged, marked=False) for judged in all_judged]
    forms = [recall_of_forms(judged, marked=False) for judged in all_judged]
    assert float(told("recall of one hand, all", shares)) >= LEAST_FOUND_OF_ALL
    assert told("the same, every form with every other", forms).of_all > 10_000


def test_nothing_that_is_merely_alike_links_and_every_suggestion_says_why(
    all_judged: list[Judged],
) -> None:
    for judged in all_judged:
        for link in judged.joined.links:
            a, b = judged.cards[link.a], judged.cards[link.b]
            assert link.how in {How.NAME_ON_PARCEL, How.COMPANY_NAME}
            assert name_key(a.name) == name_key(b.name)
            assert link.words
        for each in judged.suggestions:
            assert each.words
            assert judged.joined.web_of[each.a] != judged.joined.web_of[each.b]


def test_of_a_roll_that_knows_no_address_companies_link_by_their_full_names() -> None:
    judged = [judge(seed, hands=HANDS, with_letters=False) for seed in HELD_OUT]
    shares = [precision(each) for each in judged]
    found = [recall_of_persons(each) for each in judged]
    assert float(told("precision without letters", shares)) >= LEAST_WITHOUT_LETTERS
    assert float(told("recall of one person without letters", found)) >= LEAST_RECALL
