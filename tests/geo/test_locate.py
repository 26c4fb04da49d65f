"""Tying: by number, by address, by point; surely, less surely, or not at all, and why."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import sqlalchemy as sa
from few_lots import asked, load_lots, lot, lots

from geo.loading.addresses import load_addresses
from geo.locate import RESPELT_NUMBER, Locator
from geo.lookups import ByIndex, WholeTown

WAYS = {"whole": WholeTown, "by index": ByIndex}
ADDRESSES = {
    "P1": ["100 Alder St", "8 Putnam Ave #4"],
    "P2": ["102-106 Alder St", "7 Putnam Ave #1"],
    "P3": ["7 Putnam Ave #2"],
    "P4": ["9 Putnam Ave", "5 Putnam Ct", "12 21st Ave", "14 N Main St"],
}


@pytest.fixture
def town(connection: sa.Connection, tmp_path: Path) -> WholeTown:
    frame = lots(4)
    frame.loc[3, "geometry"] = lot(2).buffer(0.0003)  # P4 lies around P3
    load_lots(connection, frame, tmp_path)
    rows = [(parcel, label) for parcel, labels in ADDRESSES.items() for label in labels]
    path = tmp_path / "a.csv"
    pd.DataFrame(rows, columns=["parcel_no", "label"]).to_csv(path, index=False)
    load_addresses(connection, asked(path))
    return WholeTown(connection)


@pytest.fixture(params=WAYS)
def locator(
    town: WholeTown,  # noqa: ARG001 - loaded first
    connection: sa.Connection,
    request: pytest.FixtureRequest,
) -> Locator:
    return Locator(WAYS[request.param](connection))


@pytest.mark.parametrize(
    ("written", "parcel", "confidence"),
    [
        ("100 ALDER STREET", "P1", 0.98),
        ("102-106 Alder St", "P2", 0.98),
        ("104 Alder St", "P2", 0.9),
        ("7 Putnam Ave Apt 2", "P3", 0.98),
        ("9 Putnma Ave", "P4", 0.8),
    ],
)
def test_an_address_ties_when_one_parcel_can_be_meant(
    town: WholeTown, locator: Locator, written: str, parcel: str, confidence: float
) -> None:
    tie = locator.by_address(written)
    assert tie.parcel_id == town.parcel_ids[parcel]
    assert (tie.method, tie.confidence) == ("address", confidence)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("7 Putnam Ave", "may be any of 2 parcels"),
        ("103 Alder St", "no parcel has the address"),  # the other side of the street
        ("1 Nowhere Blvd", "no street is called Nowhere Blvd"),
        ("5 Putnam", "no street is called Putnam"),
        ("12 31st Ave", "no street is called 31st Ave"),  # one letter away, another street
        ("14 S Main St", "no street is called S Main St"),
        ("100 Alder Ct", "no street is called Alder Ct"),
        ("Alder St", "is no street address"),
        ("", "is no street address"),
    ],
)
def test_an_address_that_could_be_several_or_none_ties_to_nothing(
    locator: Locator, written: str, why: str
) -> None:
    tie = locator.by_address(written)
    assert (tie.parcel_id, tie.method, tie.confidence) == (None, "none", 0.0)
    assert why in (tie.note or "")


def test_a_unit_that_is_not_on_record_is_no_sure_tie(town: WholeTown, locator: Locator) -> None:
    for written, parcel in (("100 Alder St Apt 3", "P1"), ("8 Putnam Ave #5", "P1")):
        tie = locator.by_address(written)
        assert tie.parcel_id == town.parcel_ids[parcel]
        assert tie.confidence < RESPELT_NUMBER
        assert tie.note == f"no unit {written[-1]} is on record there"
    assert locator.by_address("8 Putnam Ave #4").note is None
    twice = locator.by_address("8 Putnma Ave #5")
    assert twice.note == "street written Putnma Ave; no unit 5 is on record there"


def test_a_parcel_number_is_forgiven_its_spelling(town: WholeTown, locator: Locator) -> None:
    exact, loose, wrong = (locator.by_parcel_no(number) for number in ("P1", "p-1", "P11"))
    assert (exact.parcel_id, exact.confidence) == (town.parcel_ids["P1"], 1.0)
    assert (loose.parcel_id, loose.confidence) == (town.parcel_ids["P1"], 0.95)
    assert wrong.method == "none"


def test_a_parcel_number_that_is_foreseen_is_found_without_reading_every_parcel(
    connection: sa.Connection, town: WholeTown
) -> None:
    one_of_a_million = WholeTown(connection, parcel_nos=["P1", "p-2"])
    exact = Locator(one_of_a_million).by_parcel_no("P1")
    assert (exact.parcel_id, exact.confidence) == (town.parcel_ids["P1"], 1.0)
    assert "parcel_ids" not in vars(one_of_a_million)
    loose = Locator(one_of_a_million).by_parcel_no("p-2")
    assert (loose.parcel_id, loose.confidence) == (town.parcel_ids["P2"], 0.95)


def test_a_parcel_number_parted_elsewhere_is_another_number(
    connection: sa.Connection, town: WholeTown, locator: Locator
) -> None:
    connection.execute(sa.text("INSERT INTO lotline.parcel (parcel_no) VALUES ('16-31'), ('Ä')"))
    for written in ("16 31", "1631", "16.31"):
        assert locator.by_parcel_no(written).parcel_id == town.parcel_ids["16-31"]
    for written in ("163-1", "1-631", "Ö"):
        assert locator.by_parcel_no(written).method == "none"


def test_a_point_ties_to_the_smallest_parcel_around_it(town: WholeTown, locator: Locator) -> None:
    places = [lot(0).centroid, lot(2).centroid, lot(0, 90).centroid]
    lonlat = np.array([(place.x, place.y) for place in places] + [(np.nan, np.nan)])
    one, several, outside, nowhere = locator.by_points(lonlat)
    assert (one.parcel_id, one.confidence) == (town.parcel_ids["P1"], 0.95)
    assert (several.parcel_id, several.confidence) == (town.parcel_ids["P3"], 0.6)
    assert outside.method == nowhere.method == "none"
