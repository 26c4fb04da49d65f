"""Tying: by number, by address, by point; surely, less surely, or not at all, and why."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import sqlalchemy as sa
from few_lots import asked, load_lots, lot, lots

from geo.loading.addresses import load_addresses
from geo.locate import Locator

ADDRESSES = {
    "P1": ["100 Alder St"],
    "P2": ["102-106 Alder St", "7 Putnam Ave #1"],
    "P3": ["7 Putnam Ave #2"],
    "P4": ["9 Putnam Ave", "5 Putnam Ct", "12 21st Ave", "14 N Main St"],
}


@pytest.fixture
def locator(connection: sa.Connection, tmp_path: Path) -> Locator:
    frame = lots(4)
    frame.loc[3, "geometry"] = lot(2).buffer(0.0003)  # P4 lies around P3
    load_lots(connection, frame, tmp_path)
    rows = [(parcel, label) for parcel, labels in ADDRESSES.items() for label in labels]
    path = tmp_path / "a.csv"
    pd.DataFrame(rows, columns=["parcel_no", "label"]).to_csv(path, index=False)
    load_addresses(connection, asked(path))
    return Locator(connection)


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
    locator: Locator, written: str, parcel: str, confidence: float
) -> None:
    tie = locator.by_address(written)
    assert tie.parcel_id == locator.parcel_ids[parcel]
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


def test_a_parcel_number_is_forgiven_its_spelling(locator: Locator) -> None:
    exact, loose, wrong = (locator.by_parcel_no(number) for number in ("P1", "p-1", "P11"))
    assert (exact.parcel_id, exact.confidence) == (locator.parcel_ids["P1"], 1.0)
    assert (loose.parcel_id, loose.confidence) == (locator.parcel_ids["P1"], 0.95)
    assert wrong.method == "none"


def test_a_parcel_number_that_is_foreseen_is_found_without_reading_every_parcel(
    connection: sa.Connection, locator: Locator
) -> None:
    one_of_a_million = Locator(connection, parcel_nos=["P1", "p-2"])
    exact = one_of_a_million.by_parcel_no("P1")
    assert (exact.parcel_id, exact.confidence) == (locator.parcel_ids["P1"], 1.0)
    assert "parcel_ids" not in vars(one_of_a_million)
    loose = one_of_a_million.by_parcel_no("p-2")
    assert (loose.parcel_id, loose.confidence) == (locator.parcel_ids["P2"], 0.95)


def test_a_parcel_number_parted_elsewhere_is_another_number(
    connection: sa.Connection, locator: Locator
) -> None:
    connection.execute(sa.text("INSERT INTO lotline.parcel (parcel_no) VALUES ('16-31')"))
    for written in ("16 31", "1631", "16.31"):
        assert locator.by_parcel_no(written).parcel_id == locator.parcel_ids["16-31"]
    for written in ("163-1", "1-631"):
        assert locator.by_parcel_no(written).method == "none"


def test_a_point_ties_to_the_smallest_parcel_around_it(locator: Locator) -> None:
    places = [lot(0).centroid, lot(2).centroid, lot(0, 90).centroid]
    lonlat = np.array([(place.x, place.y) for place in places] + [(np.nan, np.nan)])
    one, several, outside, nowhere = locator.by_points(lonlat)
    assert (one.parcel_id, one.confidence) == (locator.parcel_ids["P1"], 0.95)
    assert (several.parcel_id, several.confidence) == (locator.parcel_ids["P3"], 0.6)
    assert outside.method == nowhere.method == "none"
