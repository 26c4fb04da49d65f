"""What joins owners by itself: equal keys and people's words, and nothing that is merely alike."""

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
)
from cases.owners.names import read_name
from cases.owners.parties import Party
from reports.owners.cards import Card, Record, Whence, gather
from reports.owners.joining import REGISTERED, How, Joined, join

BOX, OFFICE = "PO Box 12, Tampa FL 33602", "1800 Coast Hwy Ste 377, Tampa FL 33602"


def pile(*parties: Party) -> tuple[Card, ...]:
    return gather(Record(party=party, whence=Whence.ROLL) for party in parties)


def said(kind: type[Confirmation], a: Card, b: Card) -> Confirmation:
    return kind(a.key, b.key, by="M. Ruiz", on=date(2026, 3, 2), reason="the deed")


def groups(numbers: tuple[int, ...]) -> int:
    return len(set(numbers))


def company(name: str = "Cormorant Homes LLC", **where: str) -> Party:
    return Party(name=name, **where)


def test_records_with_equal_keys_are_one_card_with_all_their_spellings() -> None:
    (card,) = pile(
        company(mailing=BOX),
        company("CORMORANT HOMES, L.L.C.", mailing="P.O. BOX 12 TAMPA FL 33602-0001"),
        company("Cormorant Homes LLC", mailing=BOX, parcel_no="A-3"),
    )
    assert card.spellings == ("Cormorant Homes LLC", "CORMORANT HOMES, L.L.C.")
    assert card.name == "Cormorant Homes LLC"
    assert len(card.records) == 3


def test_whoever_is_nobody_or_has_no_place_is_on_no_card() -> None:
    assert pile(Party(name="Unknown owner", mailing=BOX), Party(name="Vance, Harold")) == ()


def test_one_name_on_one_parcel_is_one_owner_wherever_letters_go() -> None:
    joined = join(
        pile(
            Party(name="Vance, Harold", mailing=BOX, parcel_no="A-1"),
            Party(name="HAROLD VANCE", mailing=OFFICE, parcel_no="A-1"),
            Party(name="HAROLD VANCE", mailing=OFFICE, parcel_no="A-2"),
        ),
        (),
    )
    assert groups(joined.owner_of) == groups(joined.web_of) == 1
    (link,) = joined.links
    assert link.how is How.NAME_ON_PARCEL
    assert "same parcel, A-1" in link.words
    assert BOX in link.words
    assert OFFICE in link.words


@pytest.mark.parametrize(
    ("others", "is_one"),
    [
        ([{"parcel_no": "A-2"}], True),
        ([{"mailing": BOX}, {"parcel_no": "A-2"}], True),
        ([{"mailing": BOX}, {"mailing": OFFICE}], False),
    ],
)
def test_a_companys_full_name_is_one_owner_unless_its_letters_go_to_two_places(
    others: list[dict[str, str]], is_one: bool
) -> None:
    parties = [company(parcel_no="A-1"), *(company(**where) for where in others)]
    joined = join(pile(*parties), ())
    assert (groups(joined.owner_of) == 1) is is_one
    assert all(link.how is How.COMPANY_NAME for link in joined.links)


@pytest.mark.parametrize("name", ["Vance, Harold", "Vance Family Trust", "Cormorant Homes Co"])
def test_a_persons_name_alone_is_no_owner_by_which_to_join(name: str) -> None:
    joined = join(pile(company(name, parcel_no="A-1"), company(name, parcel_no="A-2")), ())
    assert groups(joined.web_of) == 2
    assert joined.links == ()


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Cormorant Homes II LLC", "Cormorant Homes III LLC"),
        ("Cormorant Homes LLC", "Cormorant Homes Inc"),
        ("Cormorant Homes LLC", "Cormorrant Homes LLC"),
        ("Vance, Harold Jr", "Vance, Harold"),
        ("Vance, Harold A", "Vance, Harold"),
    ],
)
def test_a_shared_address_joins_nobody(a: str, b: str) -> None:
    joined = join(pile(company(a, mailing=BOX), company(b, mailing=BOX)), ())
    assert groups(joined.web_of) == 2


def test_a_persons_word_joins_owners_and_another_joins_webs_of_two_owners() -> None:
    cards = pile(
        company("Cormorant Homes II LLC", mailing=BOX),
        company("Cormorant Homes III LLC", mailing=BOX),
        company("Third Shore Equities LLC", mailing=OFFICE),
    )
    second, third, shore = cards
    words = [said(ConfirmedSame, third, shore), said(ConfirmedOneLandlord, second, shore)]
    joined = join(cards, words)
    assert groups(joined.web_of) == 1
    assert groups(joined.owner_of) == 2
    assert [link.how for link in joined.links] == [How.CONFIRMED_SAME, How.CONFIRMED_LANDLORD]
    assert all("M. Ruiz confirmed on 2026-03-02" in link.words for link in joined.links)


@pytest.mark.parametrize("kind", [ConfirmedDifferent, ConfirmedOneLandlord])
def test_whom_a_person_holds_for_two_in_law_nothing_joins_to_one(
    kind: type[Confirmation],
) -> None:
    cards = pile(
        Party(name="Vance, Harold", mailing=BOX, parcel_no="A-1"),
        Party(name="Vance, Harold", mailing=OFFICE, parcel_no="A-1"),
    )
    joined = join(cards, [said(kind, *cards)])
    assert groups(joined.owner_of) == 2
    assert groups(joined.web_of) == (1 if kind is ConfirmedOneLandlord else 2)


def test_two_who_were_told_apart_come_together_by_no_chain() -> None:
    cards = pile(
        Party(name="Vance, Harold", mailing=BOX, parcel_no="A-1"),
        Party(name="Vance, Harold", mailing="9 Oak St, Tampa FL", parcel_no="A-1"),
        Party(name="Vance, Harold", mailing=OFFICE, parcel_no="A-1"),
    )
    joined = join(cards, [said(ConfirmedDifferent, cards[0], cards[2])])
    assert joined.owner_of[0] != joined.owner_of[2]


def test_of_a_company_that_a_person_told_apart_no_card_is_joined_by_its_name() -> None:
    cards = pile(*(company(parcel_no=f"A-{at}") for at in range(4)))
    joined = join(cards, [said(ConfirmedDifferent, cards[0], cards[1])])
    assert groups(joined.owner_of) == 4


def test_a_chain_may_lead_through_a_key_that_no_record_bears_any_more() -> None:
    first, second, gone = pile(company(mailing=BOX), company("Pine Co", mailing=BOX),
                               company("Oak Co", mailing=BOX))  # fmt: skip
    joined = join(
        (first, second), [said(ConfirmedSame, first, gone), said(ConfirmedSame, gone, second)]
    )
    assert joined.web_of == (0, 0)


NAMES = st.sampled_from([
    "Vance, Harold", "HAROLD VANCE", "Vance, Harold A", "Vance, Harold Jr", "Vance Harrold",
    "Cormorant Homes LLC", "CORMORANT HOMES, L.L.C.", "Cormorant Homes II LLC",
    "Cormorant Homes Inc", "Cormorant Home LLC", "Cormorant Homes of Tampa LLC", "Unknown owner",
])  # fmt: skip
PARTIES = st.builds(
    Party,
    name=NAMES,
    mailing=st.sampled_from([None, None, BOX, OFFICE]),
    parcel_no=st.sampled_from([None, "A-1", "A-2", "A-3"]),
)
KINDS = st.sampled_from([ConfirmedSame, ConfirmedDifferent, ConfirmedOneLandlord])


@st.composite
def piles(draw: st.DrawFn) -> tuple[tuple[Card, ...], list[Confirmation]]:
    """Draw records, and what people could have said of them without contradiction."""
    cards = pile(*draw(st.lists(PARTIES, max_size=14)))
    words: list[Confirmation] = []
    for _ in range(draw(st.integers(0, 4)) if len(cards) > 1 else 0):
        a, b = sorted(draw(st.permutations(cards))[:2], key=lambda card: card.key)
        word = said(draw(KINDS), a, b)
        before = [w for w in words if {w.key_a, w.key_b} != {a.key, b.key}]
        try:
            Identities([*before, word])
        except ContradictionError:
            continue
        words = [*before, word]
    return cards, words


@given(piles())
def test_every_link_rests_on_equal_keys_or_on_a_persons_word(
    drawn: tuple[tuple[Card, ...], list[Confirmation]],
) -> None:
    cards, words = drawn
    joined = join(cards, words)
    confirmed = {(w.key_a, w.key_b) for w in words if not isinstance(w, ConfirmedDifferent)}
    for link in joined.links:
        a, b = cards[link.a], cards[link.b]
        if link.how in {How.CONFIRMED_SAME, How.CONFIRMED_LANDLORD}:
            assert (a.key, b.key) in confirmed
            continue
        assert a.name_key == b.name_key
        if link.how is How.NAME_ON_PARCEL:
            ours, theirs = ({r.party.parcel_no for r in card.records} - {None} for card in (a, b))
            assert ours & theirs
        else:
            assert REGISTERED & set(read_name(a.name).kinds)
            assert len({card.place for card in (a, b)} - {None}) < 2
    assert all(link.words for link in joined.links)


@given(piles())
def test_webs_are_what_the_links_join_and_no_more(
    drawn: tuple[tuple[Card, ...], list[Confirmation]],
) -> None:
    cards, words = drawn
    joined = join(cards, words)
    assert spanned(joined, {*How}, len(cards)) == list(joined.web_of)
    owners = spanned(joined, {*How} - {How.CONFIRMED_LANDLORD}, len(cards))
    assert owners == list(joined.owner_of)
    two = [w for w in words if not isinstance(w, ConfirmedSame)]
    keys = {card.key: at for at, card in enumerate(cards)}
    for word in two:
        assert joined.owner_of[keys[word.key_a]] != joined.owner_of[keys[word.key_b]]


def spanned(joined: Joined, hows: set[How], count: int) -> list[int]:
    """Number each card by the first that links of some kinds lead to, in the plainest way."""
    number = list(range(count))
    for _ in range(count):
        for link in joined.links:
            if link.how in hows:
                least = min(number[link.a], number[link.b])
                number[link.a] = number[link.b] = least
    return number
