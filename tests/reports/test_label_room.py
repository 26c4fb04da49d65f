"""Names on a report's map: none over another, and each where it has room."""

import itertools

import pytest
import shapely

from reports.label_room import EARTH_M, TILE_PX, ZOOMS, Name, _box, along, first_zooms


def street(text: str, *, south: float, length: float, rank: int = 3) -> Name:
    line = shapely.LineString([(0, south), (length, south)])
    return along(line, text=text, rank=rank)


def test_no_two_names_overlap_at_any_zoom() -> None:
    crowd = [
        street(f"{number}th Street", south=40.0 * number, length=3000, rank=2 + number % 2)
        for number in range(60)
    ]
    placed = first_zooms(crowd)
    assert len(placed) == len(crowd)
    for zoom in ZOOMS:
        pixel = EARTH_M / TILE_PX / 2**zoom
        boxes = [_box(name, pixel=pixel) for name, first in placed if first <= zoom]
        assert not any(a.intersects(b) for a, b in itertools.combinations(boxes, 2))


def test_a_wider_street_is_named_before_a_longer_one_beside_it() -> None:
    zooms = {
        name.text: zoom
        for name, zoom in first_zooms(
            [
                street("Long Lane", south=0, length=9000, rank=3),
                street("Main Lane", south=60, length=8900, rank=1),
            ]
        )
    }
    assert zooms["Main Lane"] < zooms["Long Lane"]


def test_a_name_waits_until_its_street_is_long_enough() -> None:
    ((_, short),) = first_zooms([street("Commonwealth Avenue", south=0, length=400)])
    ((_, long),) = first_zooms([street("Commonwealth Avenue", south=0, length=4000)])
    assert long < short
    assert first_zooms([street("Commonwealth Avenue", south=0, length=10)]) == []


def test_a_zone_is_named_from_the_farthest_zoom() -> None:
    zone = Name("Zone 1", "zone", 0, shapely.Point(500, 0))
    main = street("Main Street", south=0, length=9000, rank=1)
    placed = {name.text: zoom for name, zoom in first_zooms([main, zone])}
    assert placed["Zone 1"] == ZOOMS[0]
    assert placed["Main Street"] > ZOOMS[0]


@pytest.mark.parametrize("heading", range(0, 360, 15))
def test_no_street_name_stands_on_its_head(heading: int) -> None:
    line = shapely.affinity.rotate(shapely.LineString([(0, 0), (1000, 0)]), heading)
    assert -90 <= along(line, text="Elm", rank=3).angle <= 90
