"""In what two owners are alike, and what tells that they are two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.owners.likeness import Alike, likeness, veto
from cases.owners.mailing import mailing_key
from cases.owners.parties import Party

BOX = "PO Box 6196, Pelham Cove, FL 34998"

NAMES = st.sampled_from([
    "Whitaker, James A", "Whitaker, James", "Whitaker, Jamie B", "James Whitaker Jr",
    "Witaker James",
    "Sawgrass Homes II LLC", "Sawgrass Homes III LLC", "Sawgrass Homes LLC", "Sawgrass Homes Inc",
    "12 Alder LLC", "21 Alder LLC", "Unknown Owner", "",
])  # fmt: skip
PARTIES = st.builds(Party, name=NAMES, mailing=st.sampled_from([None, BOX, "1 Oak St, Tampa, FL"]))


def alike(a: str, b: str) -> set[Alike]:
    found = likeness(Party(name=a), Party(name=b))
    return {reason.alike for reason in found.reasons} if found else set()


@pytest.mark.parametrize(
    ("a", "b", "why"),
    [
        ("Whitaker, James A", "James A Whitaker", Alike.NAME),
        ("Whitaker, James A", "Whitaker, James", Alike.ONE_WORD_MORE),
        ("Whitaker, James A & Maria", "Whitaker, James A", Alike.ONE_WORD_MORE),
        ("Tidewater Homes LLC", "Tidewater Homes Inc", Alike.KIND_DIFFERS),
        ("Vance, Harold", "Estate of Harold Vance", Alike.KIND_DIFFERS),
        ("Castellanos, Maria", "Castelanos, Maria", Alike.SPELLING),
        ("Castellanos, Maria", "Castlelanos, Maria", Alike.SPELLING),
        ("JP Vance", "J P Vance", Alike.SPELLING),
        ("Gold Coast Homes LLC", "Goldcoast Homes LLC", Alike.SPELLING),
        ("Castellanos LLC", "Castelanos LLC", Alike.SPELLING),
        ("Whitaker, James A & Maria", "James Whitaker", Alike.WORDS_MORE),
        ("J A Whitaker", "Whitaker, James A", Alike.SHORTENED),
        ("Tidewater Homes of Laurel Cou", "Tidewater Homes of Laurel County", Alike.SHORTENED),
    ],
)
def test_likeness_says_why(a: str, b: str, why: Alike) -> None:
    assert alike(a, b) == {why}


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Sawgrass Homes II LLC", "Sawgrass Homes III LLC"),
        ("Sawgrass Homes 2 LLC", "Sawgrass Homes 3 LLC"),
        ("Sawgrass Homes 2 LLC", "Sawgrass Homes LLC"),
        ("Vance, Harold Jr", "Vance, Harold Sr"),
        ("Whitaker, James A", "Whitaker, James B"),
        ("Ruiz, Ana", "Ruiz, Eva"),
        ("Ruiz, Ana", "Ruiz, Ann"),
        ("Castellanos, Maria", "Castelano, Mario"),
        ("Tidewater Homes LLC", "Tidewater Rentals LLC"),
        ("Vance", "Vance, Harold"),
        ("Vance LLC", "Vancetown LLC"),
        ("Whitaker, A", "Whitaker, James A & Maria"),
        ("Whitaker, James", "Whitaker, James A & Maria Del Carmen"),
        ("J B Whitaker", "Whitaker, James A"),
        ("Unknown Owner", "Unknown Owner"),
    ],
)
def test_names_that_speak_for_two_suggest_nothing(a: str, b: str) -> None:
    assert alike(a, b) == set()


@given(PARTIES, PARTIES)
def test_likeness_and_veto_do_not_depend_on_the_order(a: Party, b: Party) -> None:
    assert likeness(a, b) == likeness(b, a)
    assert veto(a.name, b.name) == veto(b.name, a.name)


@given(PARTIES, PARTIES)
def test_where_there_is_a_veto_only_a_shared_address_is_told(a: Party, b: Party) -> None:
    found = likeness(a, b)
    if found and (against := veto(a.name, b.name)):
        assert {reason.alike for reason in found.reasons} == {Alike.MAILING}
        assert against in found.words


def test_a_shared_address_is_told_as_a_relation() -> None:
    found = likeness(
        Party(name="Sawgrass Homes II LLC", mailing=BOX),
        Party(name="Third Shore Equities LLC", mailing="P.O. BOX 6196 PELHAM COVE FL 34998-0001"),
    )
    assert found is not None
    assert "a relation, no proof of one owner" in found.words


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("1800 Coast Hwy Ste 377, Tampa, FL 33602", "1800 COAST HIGHWAY #377 TAMPA FL 33602"),
        ("PO Box 12, Tampa FL 33602", "P.O. Box 12, Tampa, FL 33602-1234"),
        ("c/o Cobia Management 12 Oak Street, Tampa FL", "12 Oak St Tampa, FL"),
        ("% Cobia PO Box 12, Tampa FL", "Post Office Box 12 Tampa FL"),
    ],
)
def test_spellings_of_one_address_share_a_key(a: str, b: str) -> None:
    assert mailing_key(a) == mailing_key(b) is not None


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("1800 Coast Hwy Ste 377, Tampa FL 33602", "1800 Coast Hwy Ste 378, Tampa FL 33602"),
        ("12 Oak St, Tampa FL 33602", "12 Oak Ave, Tampa FL 33602"),
        ("12 Oak St, Tampa FL 33602", "12 Oak St, Miami FL 33132"),
        ("PO Box 12, Tampa FL 33602", "12 Oak St, Tampa FL 33602"),
    ],
)
def test_two_addresses_never_do(a: str, b: str) -> None:
    assert mailing_key(a) != mailing_key(b)


@pytest.mark.parametrize("address", [None, "", "Tampa FL 33602", "General Delivery, Tampa FL"])
def test_no_house_and_no_box_is_no_place(address: str | None) -> None:
    assert mailing_key(address) is None


def test_a_key_needs_a_name_and_a_place() -> None:
    assert Party(name="Vance, Harold").key is None
    assert Party(name="Occupant", mailing=BOX).key is None
    by_letters = Party(name="Vance, Harold", mailing=BOX, parcel_no="12-1")
    assert by_letters.key == Party(name="HAROLD VANCE", mailing=BOX, parcel_no="9-9").key
    by_parcel = Party(name="Vance, Harold", parcel_no="12-1")
    assert by_parcel.key not in {by_letters.key, Party(name="Vance, Harold", parcel_no="9-9").key}
