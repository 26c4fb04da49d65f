"""The evidence for a landlord's web reads in the reader's language, names as they are."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask_babel import Babel, force_locale

from cases.owners.parties import Party
from reports.owners.cards import Record, Whence, gather
from reports.owners.joining import join
from reports.owners.suggesting import Suggesting
from webmap.interpreting import say

BOX, OFFICE = "P.O. Box 12, Tampa, FL 33602", "1800 Coast Hwy Ste. 377, Tampa, FL 33602"
PAIRS = [
    (("Vance, Harold", BOX), ("HAROLD VANCE", OFFICE)),
    (("Castellanos, Ana", BOX), ("Castelanos, Ana", OFFICE)),
    (("Vance, Harold A & Ruth", BOX), ("Vance, Harold", OFFICE)),
    (("H A Vance", BOX), ("Vance, Harold A", OFFICE)),
    (("Cormorant Homes II LLC", BOX), ("Cormorant Homes III LLC", BOX)),
    (("Cormorant Homes LLC", BOX), ("Cormorant Rentals Inc", BOX)),
    (("Pine LLC", OFFICE), ("Oak LLC", "1800 Coast Hwy, Tampa, FL 33602")),
    (("Pine LLC", OFFICE), ("Oak LLC", "1800 Caost Hwy, Tampa, FL 33602")),
    (("Pine LLC", f"c/o Cobia Mgmt {OFFICE}"), ("Oak LLC", f"% Cobia Mgmt {BOX}")),
    (("Pine LLC", f"c/o Harold Vance {OFFICE}"), ("Vance, Harold A", BOX)),
]
ENGLISH = {" the ", " both ", " letters ", " other ", " name ", " go ", " do.", " alone", " bear "}


@pytest.fixture(scope="module")
def spanish() -> Iterator[None]:
    app = Flask("webmap")
    Babel(app)
    with app.test_request_context(), force_locale("es_US"):
        yield


@pytest.mark.usefixtures("spanish")
@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_a_suggestion_is_told_in_spanish(a: tuple[str, str], b: tuple[str, str]) -> None:
    cards = gather(
        Record(party=Party(name=name, mailing=mailing, parcel_no=f"A-{at}"), whence=Whence.ROLL)
        for at, (name, mailing) in enumerate((a, b))
    )
    (found,) = Suggesting(cards, join(cards, ()), ()).all()
    for reason in found.reasons:
        told = say(reason.words)
        assert told != reason.words
        assert not any(word in f" {told} ".casefold() for word in ENGLISH), told
