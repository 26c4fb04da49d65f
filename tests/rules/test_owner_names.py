"""Which spellings of an owner's name are one, and which never are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.owners.names import name_key, read_name

ONE = [
    ("Whitaker, James A", "JAMES A WHITAKER"),
    ("Delgado, Ana R & Luis", "Luis and Ana R Delgado"),
    ("Muñoz, José", "MUNOZ JOSE"),
    ("Søren Østergaard", "Soren Ostergaard"),
    ("O'Malley, Ruth", "O\u2019Malley Ruth"),
    ("Tidewater Homes, L.L.C.", "TIDEWATER HOMES LLC"),
    ("Tidewater Homes L L C", "Tidewater Homes Limited Liability Company"),
    ("Cobia Land Company", "Cobia Land Co."),
    ("Cobia Land Incorporated", "COBIA LAND, INC."),
    ("Cobia Land Corporation", "Cobia Land Corp"),
    ("First Coastal Bank, N.A.", "1st Coastal Bank NA"),
    ("Sable Court L.P.", "Sable Court Limited Partnership"),
    ("The Banyan Group LLC", "Banyan Group LLC"),
    ("Housing Authority of the Town", "HOUSING AUTHORITY OF TOWN"),
    ("Ruiz, Linda, Trustee", "RUIZ LINDA TR"),
    ("Estate of Harold Vance", "Vance, Harold (Estate)"),
    ("Est. of Harold Vance", "ESTATE OF HAROLD VANCE"),
    ("Vance, Harold et al", "VANCE HAROLD ETAL"),
    ("Vance Harold, Et. Al.", "Vance, Harold et als"),
    ("Banyan Group LLC c/o Cobia Management", "Banyan Group LLC"),
    ("Banyan Group LLC % Cobia Management", "BANYAN GROUP LLC\nATTN: J Ruiz"),
    ("Banyan Group LLC in care of Cobia", "Banyan Group LLC C / O Cobia"),
    ("Ruiz-Vance, Linda", "RUIZ VANCE LINDA"),
    ("Vance, Harold Junior", "Vance Harold Jr."),
    ("J.P. Vance", "J P Vance"),
]

TWO = [
    ("Sawgrass Homes II LLC", "Sawgrass Homes III LLC"),
    ("Sawgrass Homes II LLC", "Sawgrass Homes LLC"),
    ("Vance, Harold Jr", "Vance, Harold Sr"),
    ("Vance, Harold Jr", "Vance, Harold"),
    ("12 E 34 St LLC", "34 E 12 St LLC"),
    ("108-10 Alder LLC", "108-12 Alder LLC"),
    ("1st Alder Trust", "2nd Alder Trust"),
    ("Tidewater Homes LLC", "Tidewater Homes Inc"),
    ("Tidewater Homes LLC", "Tidewater Home LLC"),
    ("Tidewater Homes LLC", "Tidewater Homes"),
    ("Vance, Harold", "Estate of Harold Vance"),
    ("Vance, Harold", "Vance, Harold, Trustee"),
    ("Vance, Harold", "Vance, Harold et al"),
    ("Vance, Harold A", "Vance, Harold B"),
    ("Nguyen, The An", "Nguyen, An"),
    ("Nguyen, An", "Nguyen"),
    ("Bank of Laurel", "Laurel Bank"),
    ("Vance Real Estate LLC", "Estate of Vance LLC"),
    ("c/o Cobia Management", "Cobia Management"),
    ("Alder Trust 99%", "Alder Trust"),
    ("J.P. Vance", "J.R. Vance"),
    ("Vance, Harold & Harold", "Vance, Harold"),
]


@pytest.mark.parametrize(("a", "b"), ONE)
def test_spellings_of_one_name_share_a_key(a: str, b: str) -> None:
    assert name_key(a) == name_key(b) != ""


@pytest.mark.parametrize(("a", "b"), TWO)
def test_names_of_two_owners_never_share_a_key(a: str, b: str) -> None:
    assert name_key(a) != name_key(b)


@pytest.mark.parametrize("name", ["", " , ", "&", "Unknown Owner", "OCCUPANT", "n/a", "None"])
def test_a_name_of_nobody_has_no_key(name: str) -> None:
    assert name_key(name) == ""


def test_a_name_is_parted_in_who_which_and_what() -> None:
    name = read_name("Blackwater Homes of Alder 2 LLC")
    assert name.words == ("of", "alder", "blackwater", "homes")
    assert (name.numbers, name.kinds) == (("2",), ("llc",))


LETTERS = st.text(st.sampled_from("abeijlmnorstvéñøÁÖ"), min_size=3, max_size=9)
WORDS = st.lists(LETTERS | st.sampled_from(["LLC", "Trust", "of", "III", "Jr"]), min_size=1)
PIECES = st.sampled_from([
    "the", "of", "and", "&", "estate of", "est", "et al", "c/o", "%", "l l c", "L.L.C.", "l", "c",
    "p", "limited", "liability", "partnership", "company", "in care of", "the tower", "tr", "1st",
    "II", "12", "4-6", "St.", "O'Dell", ",", "(", ")", "\n", "attn", "na", "n.a.", "Zoë", "owner",
])  # fmt: skip


@given(WORDS.flatmap(lambda words: st.tuples(st.just(words), st.permutations(words))))
def test_the_order_of_words_makes_no_difference(orders: tuple[list[str], list[str]]) -> None:
    one, other = orders
    assert name_key(" ".join(one)) == name_key(" ".join(other))


@given(st.lists(PIECES).map(" ".join) | st.text())
def test_a_key_is_its_own_key(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name)


@given(WORDS, st.integers(0, 999), st.integers(0, 999))
def test_names_with_other_numbers_never_share_a_key(words: list[str], a: int, b: int) -> None:
    name = " ".join(words)
    assert (name_key(f"{name} {a}") == name_key(f"{name} {b}")) == (a == b)
