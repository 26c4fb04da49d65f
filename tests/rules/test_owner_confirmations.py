"""What people confirm of owners makes them one or two, and never both."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.errors import ContradictionError
from cases.owners.confirmations import (
    Confirmation,
    ConfirmedDifferent,
    ConfirmedOneLandlord,
    ConfirmedSame,
    Identities,
    identity_of,
)
from cases.owners.identifying import How, known, told_apart
from cases.owners.parties import Party

DAY = date(2026, 3, 2)


def same(a: str, b: str) -> ConfirmedSame:
    return ConfirmedSame(a, b, by="M. Ruiz", on=DAY, reason="the deed")


def different(a: str, b: str) -> ConfirmedDifferent:
    return ConfirmedDifferent(a, b, by="M. Ruiz", on=DAY, reason="asked both")


def one_landlord(a: str, b: str) -> ConfirmedOneLandlord:
    return ConfirmedOneLandlord(a, b, by="M. Ruiz", on=DAY, reason="one manager signs for both")


def test_confirmed_links_join_and_nothing_else_does() -> None:
    said = [same("a", "b"), same("c", "b"), same("x", "y"), different("a", "x")]
    owner = identity_of("a", said)
    assert owner.keys == {"a", "b", "c"}
    assert set(owner.confirmed) == {same("a", "b"), same("c", "b")}
    assert identity_of("z", said).keys == {"z"}


def test_the_links_between_two_keys_are_told_in_order() -> None:
    owners = Identities([same("a", "b"), same("c", "b"), same("c", "d")])
    assert owners.chain("a", "d") == (same("a", "b"), same("c", "b"), same("c", "d"))
    assert owners.chain("a", "a") == ()
    assert owners.chain("a", "z") is None


def test_a_difference_holds_for_every_key_of_the_two() -> None:
    owners = Identities([same("a", "b"), same("x", "y"), different("x", "a")])
    assert owners.difference("b", "y") == owners.difference("y", "b") == different("x", "a")
    assert owners.difference("a", "b") is None
    assert owners.difference("b", "z") is None


def test_owners_of_one_landlord_are_two_in_law() -> None:
    owners = Identities([same("a", "b"), one_landlord("b", "c")])
    assert owners.chain("a", "c") is None
    assert owners.of("a").keys == {"a", "b"}
    assert owners.difference("c", "a") == one_landlord("b", "c")


@pytest.mark.parametrize(
    "said",
    [
        [same("a", "b"), different("b", "a")],
        [same("a", "b"), same("b", "c"), different("c", "a")],
        [different("a", "a")],
        [same("a", "b"), one_landlord("b", "a")],
    ],
)
def test_a_contradiction_is_named_with_all_who_said_so(said: list[Confirmation]) -> None:
    with pytest.raises(ContradictionError, match=r"M\. Ruiz confirmed .* Withdraw one"):
        Identities(said)


LINKS = st.lists(st.builds(same, st.sampled_from("abcdef"), st.sampled_from("abcdef")))


@given(LINKS, st.sampled_from("abcdef"), st.sampled_from("abcdef"))
def test_one_owner_is_the_same_seen_from_each_of_their_keys(
    said: list[ConfirmedSame], a: str, b: str
) -> None:
    owners = Identities(said)
    assert (b in owners.of(a).keys) == (a in owners.of(b).keys) == (owners.chain(a, b) is not None)
    if b in owners.of(a).keys:
        assert owners.of(a) == owners.of(b)


def vance(**where: str) -> Party:
    return Party(name="Vance, Harold", **where)


HOME = vance(mailing="12 Oak St, Tampa FL", parcel_no="1-1")


def test_one_name_with_one_address_is_one_owner_on_any_parcel() -> None:
    other = Party(name="HAROLD VANCE", mailing="12 OAK STREET TAMPA, FL", parcel_no="2-2")
    ground = known(HOME, other, identities=Identities())
    assert ground is not None
    assert ground.how is How.SAME_NAME_AND_PLACE


@pytest.mark.parametrize("mailing", [{}, {"mailing": "PO Box 9, Miami FL"}])
def test_one_name_without_one_address_is_one_owner_on_one_parcel_alone(
    mailing: dict[str, str],
) -> None:
    ground = known(HOME, vance(parcel_no="1-1", **mailing), identities=Identities())
    assert ground is not None
    assert ground.how is How.SAME_NAME_ON_PARCEL
    assert known(HOME, vance(parcel_no="2-2", **mailing), identities=Identities()) is None


def test_who_has_no_name_is_nobody_even_on_one_parcel() -> None:
    nobody = Party(name="Occupant", parcel_no="1-1")
    assert known(nobody, nobody, identities=Identities()) is None


def test_a_person_can_join_and_part_what_the_names_cannot() -> None:
    away = vance(mailing="PO Box 9, Miami FL", parcel_no="2-2")
    there = vance(mailing="PO Box 9, Miami FL", parcel_no="1-1")
    assert HOME.key
    assert away.key
    joined = known(HOME, away, identities=Identities([same(HOME.key, away.key)]))
    assert joined is not None
    assert joined.confirmed == (same(HOME.key, away.key),)
    assert "M. Ruiz on 2026-03-02: the deed" in joined.words
    parted = Identities([different(HOME.key, away.key)])
    assert told_apart(HOME, there, identities=parted)
    assert known(HOME, there, identities=parted) is None
