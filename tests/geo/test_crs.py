"""Coordinate systems: told, detected or refused in a sentence; areas true to the ellipsoid."""

import numpy as np
import pyproj
import pytest
import shapely

from geo.crs import CrsError, area_m2, refuse_unlikely, settle_crs, to_lonlat, to_web_mercator

DEGREES = np.array([shapely.box(-71.2, 42.3, -71.1, 42.4)], dtype=object)
FEET = np.array([shapely.box(760000, 2957000, 761000, 2958000)], dtype=object)
"""Cambridge in the feet of EPSG:2249."""


def test_degrees_without_a_system_are_taken_for_longitude_and_latitude() -> None:
    crs, notes = settle_crs(DEGREES, stored=None, given=None)
    assert crs.to_epsg() == 4326
    assert "look like EPSG:4326" in notes[0]


def test_other_numbers_without_a_system_ask_for_one() -> None:
    with pytest.raises(CrsError, match=r"stores no coordinate system .* give it with --crs"):
        settle_crs(FEET, stored=None, given=None)


def test_the_given_system_wins_and_says_so() -> None:
    crs, notes = settle_crs(FEET, stored="EPSG:26986", given="EPSG:2249")
    assert crs.to_epsg() == 2249
    assert "was given and is used" in notes[0]


@pytest.mark.parametrize("name", ["EPSG:999999", "nonsense", "EPSG:5703"])
def test_what_is_no_place_on_earth_is_refused(name: str) -> None:
    with pytest.raises(CrsError, match=r"one like EPSG:2249\."):
        settle_crs(FEET, stored=None, given=name)


def test_degrees_in_a_system_of_feet_are_refused_and_the_other_way_round() -> None:
    with pytest.raises(CrsError, match=r"but the coordinates .* are degrees"):
        settle_crs(DEGREES, stored="EPSG:2249", given=None)
    with pytest.raises(CrsError, match="are no degrees"):
        settle_crs(FEET, stored="EPSG:4326", given=None)


@pytest.mark.parametrize(
    ("number", "why"),
    [(26986, "outside that system's area"), (2236, "outside that system's area")],
)
def test_feet_read_as_metres_or_in_another_state_are_refused(number: int, why: str) -> None:
    crs = pyproj.CRS.from_epsg(number)
    lonlat = to_lonlat(shapely.get_coordinates(FEET), crs=crs)
    with pytest.raises(CrsError, match=why):
        refuse_unlikely(lonlat, crs=crs)


def test_swapped_coordinates_are_recognised() -> None:
    with pytest.raises(CrsError, match="Antarctica; are the two swapped"):
        refuse_unlikely(np.array([[42.3, -71.1]]), crs=pyproj.CRS.from_epsg(4326))


def test_the_right_system_passes() -> None:
    crs = pyproj.CRS.from_epsg(2249)
    lonlat = to_lonlat(shapely.get_coordinates(FEET), crs=crs)
    refuse_unlikely(lonlat, crs=crs)
    assert lonlat.mean(axis=0) == pytest.approx((-71.11, 42.36), abs=0.01)


def test_web_mercator_agrees_with_proj_to_the_micrometre() -> None:
    lonlat = np.random.default_rng(1).uniform((-180, -80), (180, 80), (1000, 2))
    proj = pyproj.Transformer.from_crs(4326, 3857, always_xy=True)
    theirs = np.column_stack(proj.transform(*lonlat.T))
    assert np.abs(to_web_mercator(lonlat) - theirs).max() < 1e-6


@pytest.mark.parametrize("lat", [0.0, 27.3, 42.4, 64.8])
def test_areas_agree_with_geodesics_on_the_ellipsoid(lat: float) -> None:
    lot = shapely.segmentize(shapely.box(-80.4, lat, -80.399, lat + 0.0007), 0.00005)
    mercator = shapely.transform(lot, to_web_mercator)
    geodesic, _ = pyproj.Geod(ellps="WGS84").geometry_area_perimeter(lot)
    assert area_m2(np.array([mercator], dtype=object))[0] == pytest.approx(abs(geodesic), rel=1e-6)
