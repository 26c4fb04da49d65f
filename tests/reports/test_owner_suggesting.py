"""What is suggested to whoever confirms owners: why, how strongly, and what never is."""

from datetime import date
from random import Random

import pytest
from hypothesis import given
from test_owner_joining import piles

from cases.owners.confirmations import Confirmation, ConfirmedDifferent
from cases.owners.parties import Party
from reports.owners.cards import Card, Record, Whence, gather
from reports.owners.grounds import OF_THE_NAME, SUPPORTING, Band, Ground, Sense, band
from reports.owners.joining import join
from reports.owners.suggesting import Suggesting, Suggestion

BOX, OFFICE = "PO Box 12, Tampa, FL 33602", "1800 Coast Hwy Ste 377, Tampa, FL 33602"
AWAY = "9 Elm St, Miami, FL 33132"


def pile(*named: tuple[str, str | None]) -> tuple[Card, ...]:
    return gather(
        Record(party=Party(name=name, mailing=mailing, parcel_no=f"A-{at}"), whence=Whence.ROLL)
        for at, (name, mailing) in enumerate(named)
    )


def suggestions(
    cards: tuple[Card, ...], said: list[Confirmation] | None = None
) -> tuple[Suggestion, ...]:
    return Suggesting(cards, join(cards, said or ()), said or ()).all()


def only(*named: tuple[str, str | None]) -> Suggestion:
    (found,) = suggestions(pile(*named))
    return found


@pytest.mark.parametrize(
    ("a", "b", "ground", "words"),
    [
        (("Vance, Harold", BOX), ("HAROLD VANCE", AWAY), Ground.NAME,
         "Both bear the name HAROLD VANCE, and letters to them go to two places. No third"),
        (("Vance, Harold", None), ("HAROLD VANCE", None), Ground.NAME,
         "Both bear the name Vance, Harold, on two parcels. No third bears it."),
        (("Castellanos, Ana", BOX), ("Castelanos, Ana", AWAY), Ground.SPELLING,
         "The names differ by 1 letter"),
        (("Castellanos, Ana", BOX), ("Casstelanos, Ana", AWAY), Ground.SPELLING,
         "The names differ by 2 letters"),
        (("Gold Coast LLC", BOX), ("Goldcoast LLC", AWAY), Ground.SPELLING,
         "differ by the spaces in 'goldcoast'"),
        (("Vance, Harold A", BOX), ("Vance, Harold", AWAY), Ground.ONE_WORD_MORE,
         "the same but for 'a'"),
        (("Vance, Harold A & Ruth", BOX), ("Vance, Harold", AWAY), Ground.WORDS_MORE,
         "holds the other whole"),
        (("H A Vance", BOX), ("Vance, Harold A", AWAY), Ground.SHORTENED,
         "'h' may be short for 'harold'"),
        (("Vance, Harold", BOX), ("Vance, Harold Trust", AWAY), Ground.KIND_DIFFERS,
         "differ in TRUST alone"),
        (("Cormorant Homes II LLC", BOX), ("Cormorant Homes III LLC", AWAY), Ground.ROW,
         "differ in their number alone, as companies of a row do. In law they are two."),
        (("Cormorant Homes 1 LLC", BOX), ("Cormorant Homes 2 LLC", AWAY), Ground.ROW,
         "Cormorant Homes 1 LLC and Cormorant Homes 2 LLC differ"),
        (("Cormorant Homes LLC", BOX), ("Cormorant Rentals Inc", AWAY), Ground.RARE_WORD,
         "the rare word 'cormorant'. No other name has it."),
        (("Abernathy Homes LLC", BOX), ("Abernathy, Ruth", AWAY), Ground.FAMILY_NAME,
         "the rare word 'abernathy'"),
        (("Pine LLC", BOX), ("Vance, Harold", "P.O. Box 12 Tampa FL 33602-0001"), Ground.PLACE,
         "Letters to both go to P.O. Box 12 Tampa FL 33602-0001. Nobody else's letters do."),
        (("Pine LLC", OFFICE), ("Oak LLC", "1800 Coast Hwy, Tampa, FL 33602"), Ground.BUILDING,
         "Letters to both go to one building, 1800 Coast Hwy, Tampa"),
        (("Pine LLC", OFFICE), ("Oak LLC", "1800 Caost Hwy, Tampa, FL 33602"),
         Ground.PLACE_SPELLING, "The places for letters are spelled almost alike"),
        (("Pine LLC", f"c/o Cobia Mgmt {OFFICE}"), ("Oak LLC", f"% Cobia Mgmt {AWAY}"),
         Ground.SAME_CARE, "Letters to both go in care of COBIA MGMT. Nobody else's letters do."),
        (("Pine LLC", f"c/o Harold Vance {OFFICE}"), ("Vance, Harold A", AWAY),
         Ground.CARE_OF_OTHER, "Letters to Pine LLC go in care of Vance, Harold A"),
    ],
)  # fmt: skip
def test_each_ground_is_told_in_words_that_name_the_fields(
    a: tuple[str, str | None], b: tuple[str, str | None], ground: Ground, words: str
) -> None:
    found = only(a, b)
    assert [reason.ground for reason in found.reasons] == [ground]
    assert words in found.words


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Vance, Harold Jr", "Vance, Harold"),
        ("Vance, Harold A", "Vance, Harold B"),
        ("12 Alder LLC", "21 Alder LLC"),
        ("Tampa Homes LLC", "Miami Homes LLC"),
        ("B15M Properties LLC", "W22P Properties LLC"),
        ("Properties 1 LLC", "Properties 2 LLC"),
        ("Vance, Harold", "Vance, Ruth"),
        ("CHC Rentals LLC", "Cormorant Homes Capital LLC"),
    ],
)
def test_what_speaks_for_two_is_no_ground(a: str, b: str) -> None:
    assert suggestions(pile((a, BOX), (b, AWAY))) == ()


def test_two_people_at_one_home_say_less_than_two_companies_at_one_address() -> None:
    people = only(("Vance, Harold", BOX), ("Ruiz, Ana", BOX))
    assert [reason.ground for reason in people.reasons] == [Ground.HOME]
    assert people.strength < only(("Pine LLC", BOX), ("Oak LLC", BOX)).strength


def test_a_given_name_is_no_familys() -> None:
    people = only(("Vance, Priya", BOX), ("Ruiz, Priya A", BOX))
    assert [reason.ground for reason in people.reasons] == [Ground.HOME]
    family = only(("Vance, Priya", BOX), ("Vance, Harold A", BOX))
    assert {reason.ground for reason in family.reasons} == {Ground.HOME, Ground.FAMILY_NAME}


def test_initials_support_another_ground() -> None:
    found = only(("CHC Rentals LLC", BOX), ("Cormorant Homes Capital LLC", BOX))
    assert {reason.ground for reason in found.reasons} == {Ground.PLACE, Ground.INITIALS}
    assert "'CHC' are the first letters of the other's name." in found.words


def test_who_stood_on_one_parcel_before_supports_another_ground() -> None:
    cards = gather(
        Record(party=Party(name=name, mailing=at, parcel_no="A-1"), whence=Whence.ROLL)
        for name, at in [("Vance, Harold", BOX), ("Vance, Harold A", AWAY), ("Pine LLC", OFFICE)]
    )
    (found,) = suggestions(cards)
    assert [r.ground for r in found.reasons] == [Ground.ONE_WORD_MORE, Ground.SAME_PARCEL]
    assert "Both stand on record for parcel A-1." in found.words


def strangers(count: int, at: str) -> list[tuple[str, str | None]]:
    letters = "bcdfghjklmnpqrstvwxz"
    words = ("".join(Random(n).choices(letters, k=9)) for n in range(count))  # noqa: S311
    return [(f"{word} LLC", at) for word in words]


def test_an_address_says_the_less_the_more_get_their_letters_there() -> None:
    strengths = []
    for count in (2, 5, 20):
        found = suggestions(pile(*strangers(count, BOX)))
        assert len(found) == count * (count - 1) // 2
        strengths.append(found[0].strength)
    assert strengths == sorted(strengths, reverse=True)
    assert "So do those of 18 other owners, so it says little." in found[0].words
    assert band(found[0].strength) is Band.WEAK


def test_what_an_agent_takes_in_for_hundreds_suggests_only_what_something_else_does() -> None:
    two = [("Cormorant Homes LLC", BOX), ("Cormorant Rentals LLC", BOX)]
    (found,) = suggestions(pile(*strangers(200, BOX), *two))
    assert {reason.ground for reason in found.reasons} == {Ground.RARE_WORD, Ground.PLACE}
    assert "So do those of 200 other owners, so it says little." in found.words
    assert found.strength > 0.5


def test_the_strongest_comes_first() -> None:
    cards = pile(
        ("Cormorant Homes LLC", BOX), ("Cormorant Homes LLC", AWAY), ("Cormorant Land LLC", BOX),
        ("Pine LLC", "1800 Coast Hwy, Tampa, FL 33602"), ("Oak LLC", OFFICE),
    )  # fmt: skip
    found = suggestions(cards)
    assert [each.strength for each in found] == sorted((s.strength for s in found), reverse=True)
    assert {reason.ground for reason in found[0].reasons} == {Ground.RARE_WORD, Ground.PLACE}
    assert found[-1].reasons[0].ground is Ground.BUILDING


@pytest.mark.parametrize(
    ("a", "b", "sense"),
    [
        ("Castellanos, Ana", "Castelanos, Ana", Sense.ONE_OWNER),
        ("Cormorant Homes", "Cormorant Homes LLC", Sense.ONE_OWNER),
        ("Cormorant Homes Inc", "Cormorant Homes LLC", Sense.ONE_LANDLORD),
        ("Cormorant Homes II LLC", "Cormorant Homes III LLC", Sense.ONE_LANDLORD),
        ("Vance, Harold", "Vance, Harold Trust", Sense.ONE_LANDLORD),
        ("Vance, Harold", "Vance Harold Homes LLC", Sense.ONE_LANDLORD),
    ],
)
def test_it_says_whether_two_may_be_one_in_law_or_two_of_one_landlord(
    a: str, b: str, sense: Sense
) -> None:
    assert only((a, BOX), (b, AWAY)).sense is sense


def test_whom_a_person_told_apart_is_not_suggested_by_any_of_his_cards() -> None:
    cards = gather(
        Record(party=Party(name=name, mailing=at, parcel_no=lot), whence=Whence.ROLL)
        for name, at, lot in [
            ("Vance, Harold", BOX, "A-1"), ("Vance, Harold", AWAY, "A-1"),
            ("Vance, Harold A", AWAY, "A-2"),
        ]
    )  # fmt: skip
    one, two, other = (card.key for card in cards)
    assert len(suggestions(cards)) == 2
    word = ConfirmedDifferent(one, other, by="M. Ruiz", on=date(2026, 3, 2), reason="father")
    assert suggestions(cards, [word]) == ()
    assert two != other


def test_the_suggestions_of_one_web_are_those_of_all_that_it_is_part_of() -> None:
    cards = pile(
        ("Cormorant Homes LLC", BOX), ("Cormorant Land LLC", AWAY), ("Pine LLC", BOX),
        ("Oak LLC", OFFICE), ("Elm LLC", OFFICE),
    )  # fmt: skip
    joined = join(cards, ())
    suggesting = Suggesting(cards, joined, ())
    for at in range(len(cards)):
        assert suggesting.of(at) == tuple(s for s in suggesting.all() if at in {s.a, s.b})


@given(piles())
def test_a_suggestion_has_its_reasons_and_joins_nothing(
    drawn: tuple[tuple[Card, ...], list[Confirmation]],
) -> None:
    cards, said = drawn
    joined = join(cards, said)
    for each in Suggesting(cards, joined, said).all():
        assert joined.web_of[each.a] != joined.web_of[each.b]
        assert any(reason.ground not in SUPPORTING for reason in each.reasons)
        assert all(reason.words.endswith(".") for reason in each.reasons)
        assert 0 < each.strength < 1
        if each.sense is Sense.ONE_OWNER:
            assert OF_THE_NAME & {reason.ground for reason in each.reasons}
