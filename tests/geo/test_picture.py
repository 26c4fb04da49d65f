"""A lot and its surroundings are drawn so that they can be read on paper."""

import re
import xml.etree.ElementTree as ET
from typing import Any

import pytest
import shapely
from shapely.affinity import rotate

from geo.picture import draw
from geo.surroundings import HIGH, WIDE, Lot, Road, Surroundings

SVG = "{http://www.w3.org/2000/svg}"
LOT = Lot(shapely.box(-20, -30, 20, 30), "101")
NEXT = Lot(shapely.box(20, -30, 60, 30), "103")
NARROW = Lot(shapely.box(60, -30, 66, 30), "105")
STREET = Road("Alder & Elm St", 2, shapely.LineString([(300, -50), (-300, -50)]))
STUB = Road("Short Ct", 4, shapely.LineString([(0, 50), (4, 54)]))


def _drawn(**changes: Any) -> ET.Element:
    ground = {
        "lot": LOT, "parcel_no": "A-1", "neighbours": [NEXT, NARROW], "roads": [STREET, STUB],
        "centre": (0.0, 0.0), "unit": 0.5, "unit_m": 0.45, **changes,
    }  # fmt: skip
    return ET.fromstring(draw(Surroundings(**ground), feet="{} ft".format))  # noqa: S314 - our own


def _words(picture: ET.Element) -> dict[str, ET.Element]:
    return {each.text or "": each for each in picture.iter(f"{SVG}text")}


def test_a_picture_names_the_lot_its_neighbours_and_the_streets_where_there_is_room() -> None:
    words = _words(_drawn())
    assert set(words) == {"101", "103", "Alder & Elm St", "100 ft", "N"}
    lot = words["101"]
    assert float(lot.get("x", "")) == WIDE / 2
    assert float(lot.get("y", "")) == pytest.approx(HIGH / 2, abs=6)
    assert lot.get("font-weight") == "700"


@pytest.mark.parametrize("turn", range(0, 360, 45))
def test_a_streets_name_is_never_upside_down(turn: int) -> None:
    road = Road("Elm St", 3, rotate(shapely.LineString([(-90, 0), (90, 0)]), turn))
    way = _words(_drawn(roads=[road]))["Elm St"].get("transform", "rotate(0 ")
    found = re.match(r"rotate\((-?[\d.]+) ", way)
    assert found is not None
    assert -90 <= float(found[1]) <= 90


def test_a_lot_without_a_number_and_one_that_crosses_the_rim_are_drawn_all_the_same() -> None:
    wide = Lot(shapely.box(-900, 40, 900, 900), "7")
    picture = _drawn(lot=Lot(LOT.shape, ""), neighbours=[wide], roads=[])
    assert set(_words(picture)) == {"7", "100 ft", "N"}
    assert len(list(picture.iter(f"{SVG}path"))) == 4  # two lots, the scale, the arrow
