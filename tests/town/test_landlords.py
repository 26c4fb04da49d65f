"""Check that the made-up registry of owners is one a roll could show, and keeps its truth."""

from collections import defaultdict
from itertools import combinations

import numpy as np
import pytest

from data.town.landlords.registry import Entry, registry
from data.town.landlords.spelling import slipped


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    return registry(np.random.default_rng(5), hands=600)


def test_the_same_dice_give_the_same_registry(entries: list[Entry]) -> None:
    assert registry(np.random.default_rng(5), hands=600) == entries
    assert registry(np.random.default_rng(6), hands=600) != entries


def test_behind_some_owners_stands_one_hand_and_a_person_has_one(entries: list[Entry]) -> None:
    hands = defaultdict(set)
    for each in entries:
        hands[each.person].add(each.hand)
    assert all(len(behind) == 1 for behind in hands.values())
    persons = defaultdict(set)
    for each in entries:
        persons[each.hand].add(each.person)
    assert max(map(len, persons.values())) >= 8
    assert sum(len(owners) == 1 for owners in persons.values()) > len(persons) / 2


def test_one_person_is_spelled_in_several_ways(entries: list[Entry]) -> None:
    names = defaultdict(set)
    lots = defaultdict(int)
    for each in entries:
        names[each.person].add(each.name.casefold())
        lots[each.person] += 1
    several = [person for person, count in lots.items() if count > 1]
    assert sum(len(names[person]) > 1 for person in several) > 0.6 * len(several)


def test_strangers_share_an_address_or_a_name(entries: list[Entry]) -> None:
    at = defaultdict(set)
    called = defaultdict(set)
    for each in entries:
        at[each.line.casefold(), each.city.casefold()].add(each.hand)
        called[each.name.casefold()].add(each.hand)
    assert max(map(len, at.values())) >= 5
    assert any(len(hands) > 1 for hands in called.values())


def test_of_most_owners_of_one_hand_the_roll_holds_a_mark(entries: list[Entry]) -> None:
    known = {each.person: (each.hand, each.marks) for each in entries}
    pairs = [(a, b) for a, b in combinations(known.values(), 2) if a[0] == b[0]]
    told = sum(bool(a[1] & b[1]) for a, b in pairs)
    assert 0.6 < told / len(pairs) < 0.95


def test_a_lot_that_was_sold_had_an_owner_before(entries: list[Entry]) -> None:
    now = {each.lot: each for each in entries if not each.past}
    before = [each for each in entries if each.past]
    assert len(before) > 20
    assert all(each.person != now[each.lot].person for each in before)
    assert any(each.hand == now[each.lot].hand for each in before)


def test_a_slip_of_the_pen_changes_a_letter_or_two(entries: list[Entry]) -> None:
    rng = np.random.default_rng(1)
    for each in entries[:200]:
        assert abs(len(slipped(rng, each.name)) - len(each.name)) <= 1
