"""The owners of Cambridge's violations: how many names there are, and which are one."""

import csv
import gzip
import hashlib
import re
from collections import defaultdict
from pathlib import Path

import pytest

from cases.owners.names import name_key

pytestmark = pytest.mark.realdata


@pytest.fixture(scope="module")
def names(realdata: Path) -> set[str]:
    with gzip.open(realdata / "cambridge" / "violations.csv.gz", "rt", encoding="utf-8") as rows:
        return {row["owner"] for row in csv.DictReader(rows)} - {""}


def digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:10]


def with_care(name: str) -> str:
    """Whoever disguised the file's names turned "c/o" into "k/w" with them."""
    return re.sub(r"\bk/w\b", "c/o", name, flags=re.IGNORECASE)


def test_the_names_come_down_to_as_many_keys_as_were_counted(names: set[str]) -> None:
    assert len(names) == 7924
    assert len({name_key(name) for name in names}) == 7731
    assert len({name_key(with_care(name)) for name in names}) == 7622
    assert "" not in {name_key(name) for name in names}


def test_what_shares_a_key_differs_in_nothing_but_how_it_is_written(names: set[str]) -> None:
    """Every group was read by a person; this holds what was seen."""
    groups = defaultdict(set)
    for name in names:
        groups[name_key(name)].add(name)
    merged = [group for group in groups.values() if len(group) > 1]
    assert len(merged) == 181
    for group in merged:
        assert len({bare(name) for name in group}) == 1


def bare(name: str) -> tuple[str, ...]:
    """Drop care and "and" in the plainest way, apart from the code that is tested."""
    owner = re.sub(r"(?<!\S)%.*", "", name.casefold())
    return tuple(sorted(set_aside(re.findall(r"\w+", owner.replace("n.a", "na")))))


def set_aside(words: list[str]) -> list[str]:
    return ["co" if word == "company" else word for word in words if word not in {"and", "the"}]


ONE = {  # sha256 of the names, for the data stays where it is
    "dots": ("45eab32182", "6fa5c96bc1"),
    "a stroke for an and": ("6d63e3ae84", "c1a1e1a84c"),
    "and": ("9b722b225e", "32a3c080f2"),
    "order of a couple": ("8eb4876d10", "8ab00d6d8e"),
    "order": ("513a456365", "cbcc62f686"),
    "case": ("5085c31f7e", "d57512f02c"),
    "care": ("3de0890a42", "0b1adbb3a9"),
}
TWO = {
    "number": ("8cd94f1952", "8ce0c8b435"),
    "number again": ("5822ea3ad2", "564bc06ebe"),
    "II and III": ("84c24d3fc4", "a431195cb5"),
    "a third and no third": ("5548bf54db", "8b12c993b2"),
    "kind": ("ce13abb09b", "16dd3e6ae8"),
    "a plural": ("f3f8d52edf", "81bab75955"),
}


@pytest.fixture(scope="module")
def by_digest(names: set[str]) -> dict[str, str]:
    return {digest(name): name for name in names}


@pytest.mark.parametrize("how", ONE)
def test_names_of_one_owner_share_a_key(by_digest: dict[str, str], how: str) -> None:
    a, b = (by_digest[part] for part in ONE[how])
    assert a != b
    assert name_key(a) == name_key(b)


@pytest.mark.parametrize("how", TWO)
def test_names_of_two_owners_do_not(by_digest: dict[str, str], how: str) -> None:
    a, b = (by_digest[part] for part in TWO[how])
    assert name_key(a) != name_key(b)
