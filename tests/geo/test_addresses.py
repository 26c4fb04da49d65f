"""Addresses: however people write one, it reads well and is found under one spelling."""

import pytest

from geo.addresses import SUFFIXES, parse, street_key


@pytest.mark.parametrize(
    ("written", "label"),
    [
        ("408-410 PUTNAM AVE #408", "408-410 Putnam Ave #408"),
        ("219 MONSIGNOR OBRIEN HWY", "219 Monsignor O'Brien Hwy"),
        ("100 mcgrath hwy", "100 McGrath Hwy"),
        ("10 5TH ST", "10 5th St"),
        ("50 MLK BLVD", "50 MLK Blvd"),
        ("5 N MAIN ST", "5 N Main St"),
        ("4 D'ANGELO WAY", "4 D'Angelo Way"),
        ("7 ST JOHN'S RD", "7 St John's Rd"),
        ("118 Alder St, Apt 2b, Marlow, FL 34950", "118 Alder St #2B"),
        ("200 Massachusetts Avenue Unit 5", "200 Massachusetts Avenue #5"),
        ("46-48  CONCORD AVE  #48/2", "46-48 Concord Ave #48/2"),
        ("147r prospect st", "147R Prospect St"),
        ("30 FLOOR ST", "30 Floor St"),
        ("COGSWELL AVE", "Cogswell Ave"),
        ("12 deVries Ct", "12 deVries Ct"),
    ],
)
def test_an_address_is_written_as_people_write_it(written: str, label: str) -> None:
    address = parse(written)
    assert address is not None
    assert address.label == label


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [
        ("408-410 Putnam Ave", 408, 410),
        ("217-29 Elm St", 217, 229),
        ("68-70.5 Hampshire St", 68, 70),
        ("12 1/2 Elm St", 12, 12),
        ("14 1/2-16 1/2 Woodbridge St", 14, 16),
        ("1-3-5 Speridakis Ter", 1, 5),
        ("16/2 Magnolia Ave", 16, 16),
        ("60-58 Elm St", 58, 60),
        ("7 1st St", 7, 7),
        ("Elm St", None, None),
        ("12345678901 Elm St", None, None),
    ],
)
def test_a_number_stands_for_the_range_it_means(
    written: str, low: int | None, high: int | None
) -> None:
    address = parse(written)
    assert address is not None
    assert (address.number_low, address.number_high) == (low, high)


def test_spellings_of_one_street_share_one_key() -> None:
    spellings = ["Monsignor O'Brien Highway", "MONSIGNOR OBRIEN HWY", "monsignor  o'brien hwy."]
    assert {street_key(spelling) for spelling in spellings} == {"monsignor obrien hwy"}
    assert street_key("First Street") == street_key("1ST ST") == "1st st"


def test_every_short_word_stays_short() -> None:
    assert [short for short in SUFFIXES.values() if street_key(short) != short] == []


@pytest.mark.parametrize("nothing", ["", "  ", "--", "#4", ","])
def test_what_names_no_street_is_no_address(nothing: str) -> None:
    assert parse(nothing) is None
