"""Maps of an answer for paper: each thing where it is, each name in its own room."""

import base64
import re
from typing import Any
from xml.etree import ElementTree as ET

import pyproj
import pytest
import shapely
import sqlalchemy as sa
from hostile import WORDS as HOSTILE
from sample_answers import (
    AREAS,
    DISCS,
    HEAT,
    KINDS_OF_SPOT,
    LAYERS,
    MARKS,
    OUTLINES,
    SOUTH,
    WEST,
    disc,
    everything,
    hostile,
    painted,
)

from geo.extent import extent_of
from geo.room import Room, box_of_words
from reports.answers.answer import Layer, Look, Step
from reports.answers.drawing.ground import OnPaper, bounds_of
from reports.answers.drawing.legends import heading_of
from reports.answers.drawing.maps import Map, Maps, View, layers_bounds, png_of, views_of
from reports.answers.drawing.palette import FORMS, lightness, marks_of
from reports.backdrop import Backdrop, fetch_backdrop

SVG = "{http://www.w3.org/2000/svg}"
EXTENT = (WEST, SOUTH, WEST + 0.01, SOUTH + 0.008)
NO_TOWN = Backdrop(areas=[], streets=[], zones=[], labels=[])


def maps(backdrop: Backdrop = NO_TOWN, **changed: Any) -> Maps:
    return Maps(
        everything(extent=EXTENT, **changed), backdrop, feet=lambda feet: f"{feet} ft",
        address=lambda name: f"letter:{name}",
    )  # fmt: skip


def parsed(drawn: Map) -> ET.Element:
    return ET.fromstring(drawn.svg)  # noqa: S314 - our own


def filled(svg: ET.Element, color: str) -> list[ET.Element]:
    return [each for each in svg.iter(f"{SVG}path") if each.get("fill") == color]


def corners(path: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+),(-?[\d.]+)", path)]


def in_picture(lon: float, lat: float) -> tuple[float, float]:
    """Return where a place is, by pyproj."""
    to = pyproj.Transformer.from_crs(4326, 3857, always_xy=True)
    west, south, east, north = (*to.transform(*EXTENT[:2]), *to.transform(*EXTENT[2:]))
    unit = max((east - west) / 720, (north - south) / 520) / 0.88
    x, y = to.transform(lon, lat)
    return 360 + (x - (west + east) / 2) / unit, 260 - (y - (south + north) / 2) / unit


def test_a_disc_is_at_its_place_and_as_large_as_it_says() -> None:
    svg = parsed(maps().draw(View([DISCS]), key="m"))
    discs = list(svg.iter(f"{SVG}circle"))[: len(DISCS.features)]
    wanted = sorted(DISCS.features, key=lambda each: -each["properties"]["radius"])
    assert len(list(svg.iter(f"{SVG}circle"))) == 3 + 3, "the legend has three sizes"
    for drawn, feature in zip(discs, wanted, strict=True):
        x, y, radius = (float(drawn.get(key, 0)) for key in ("cx", "cy", "r"))
        assert (x, y) == pytest.approx(in_picture(*feature["geometry"]["coordinates"]), abs=0.2)
        assert radius == feature["properties"]["radius"]


def test_an_area_is_where_it_is_in_the_colour_of_its_step() -> None:
    svg = parsed(maps().draw(View([AREAS]), key="m"))
    for at, step in enumerate(AREAS.legend):
        (drawn,) = filled(svg, step.color)
        ring = shapely.Polygon(corners(drawn.get("d", "")))
        places = [in_picture(*each) for each in AREAS.features[at]["geometry"]["coordinates"][0]]
        assert shapely.hausdorff_distance(ring, shapely.Polygon(places)) < 0.3


def test_a_painted_surface_lies_between_its_corners() -> None:
    drawn = maps().draw(View([HEAT]), key="m")
    image = parsed(drawn).find(f"{SVG}image")
    assert image is not None
    assert image.get("href") == "letter:m-0.png"
    assert drawn.pictures == {"m-0.png": png_of(painted().url)}
    west, south, east, north = painted().bounds
    left, top = in_picture(west, north)
    right, low = in_picture(east, south)
    box = [float(image.get(key, 0)) for key in ("x", "y", "width", "height")]
    assert box == pytest.approx([left, top, right - left, low - top], abs=0.2)


def test_what_lies_outside_the_picture_is_left_out() -> None:
    far = Layer(
        key="far", title="Far", look=Look.DISCS, legend=DISCS.legend,
        features=[DISCS.features[0], DISCS.features[0] | {
            "geometry": {"type": "Point", "coordinates": [WEST + 5, SOUTH]}}],
    )  # fmt: skip
    svg = parsed(maps().draw(View([far]), key="m"))
    assert len(list(svg.iter(f"{SVG}circle"))) == 1 + 3


def test_names_have_a_room_of_their_own(alder: sa.Connection) -> None:
    backdrop = fetch_backdrop(alder)
    drawing = Maps(
        everything(), backdrop, feet=lambda feet: f"{feet} ft", address=lambda name: name
    )
    svg = parsed(drawing.draw(View([DISCS]), key="m"))
    said = [each.text for each in svg.iter(f"{SVG}text")]
    for name in ("Zone 1", "Zone 2", "Alder St", "Birch Ave", "N"):
        assert name in said
    assert [each for each in said if each and each.endswith(" ft")]
    assert "Repeat parcels, cases on a parcel" in said


def test_a_room_takes_no_two_things_at_one_place() -> None:
    room = Room(400, 300)
    box = box_of_words(200, 150, wide=80, high=10, angle=0)
    assert room.is_free(box)
    room.take(box)
    assert not room.is_free(box_of_words(230, 155, wide=80, high=10, angle=0))
    assert room.is_free(box_of_words(200, 170, wide=80, high=10, angle=0))
    assert not room.is_free((390, 150, 410, 160)), "it leaves the picture"
    assert not room.is_free((10, 280, 60, 290)), "the scale is there"
    west, top, east, low = box_of_words(0, 0, wide=80, high=10, angle=90)
    assert (east - west, low - top) == pytest.approx((10, 80))


def test_each_layer_that_covers_the_ground_has_a_map_with_the_marks_over_it() -> None:
    told = [view.titles for view in views_of(everything())]
    assert told == [
        "Zones by rate, Repeat parcels, Clusters",
        "Cases per hectare, Repeat parcels, Clusters",
        "Kinds of spot: 2024", "Kinds of spot: 2025", "Kinds of spot: 2026", "Kinds of case",
    ]  # fmt: skip
    assert [view.titles for view in views_of(everything(layers=(DISCS, OUTLINES)))] == [
        "Repeat parcels, Clusters"
    ]
    assert views_of(everything(layers=())) == []


def test_of_many_moments_four_are_drawn_from_the_first_to_the_last() -> None:
    years = [str(year) for year in range(2001, 2021)]
    layer = Layer(key="l", title="L", look=Look.AREAS, times=years)
    views = views_of(everything(layers=(layer,)))
    assert [view.moment for view in views] == ["2001", "2007", "2014", "2020"]


def test_a_moment_shows_what_was_there_then() -> None:
    svg = parsed(maps().draw(View([KINDS_OF_SPOT], at=1), key="m"))
    seen = [step.words for step in KINDS_OF_SPOT.legend if filled(svg, step.color)[:-1]]
    assert not seen
    drawn = [each.get("fill") for each in svg.iter(f"{SVG}path") if each.get("fill-opacity")]
    assert drawn == ["#0067b3", "#e69f00"]
    assert "2025" in [each.text for each in svg.iter(f"{SVG}text")]


def test_steps_are_told_apart_without_colour() -> None:
    assert [each.form for each in marks_of(MARKS)] == list(FORMS[:5])
    assert len({each.dashes for each in marks_of(KINDS_OF_SPOT)}) == 5
    assert {each.dashes for each in marks_of(AREAS)} == {()}, "from light to dark"
    assert {each.form for each in marks_of(DISCS)} == {"circle"}, "by their size"
    assert [round(lightness(each), 2) for each in ("#fff", "#000000", "#777777")] == [1, 0, 0.57]


def test_a_legend_is_headed_by_what_it_counts() -> None:
    assert heading_of(AREAS) == "Zones by rate, cases per 100 parcels"
    assert heading_of(HEAT) == "Cases per hectare"
    svg = parsed(maps().draw(View([AREAS, HEAT, MARKS]), key="m"))
    said = [each.text for each in svg.iter(f"{SVG}text")]
    for words in ("0", "5", "20", "8", "new", "fading", "unknown"):
        assert words in said


def test_words_of_an_attacker_are_only_words() -> None:
    answer = hostile([*HOSTILE, "\x00\x1b \ud800"])
    drawing = Maps(answer, NO_TOWN, feet=lambda feet: f"{feet} ft", address=lambda name: name)
    for at, view in enumerate(views_of(answer)):
        svg = parsed(drawing.draw(view, key=f"m{at}"))
        assert {each.tag.removeprefix(SVG) for each in svg.iter()} <= {
            "svg", "clipPath", "rect", "path", "circle", "text", "g", "line",
        }  # fmt: skip


def test_very_many_discs_are_drawn_together() -> None:
    features = [DISCS.features[0] | {"properties": {"step": at % 2, "radius": 3}}
                for at in range(5000)]  # fmt: skip
    legend = [Step(words="a", color="#355f8d"), Step(words="b", color="#aa0000")]
    layer = Layer(key="l", title="L", look=Look.DISCS, features=features, legend=legend)
    svg = parsed(maps().draw(View([layer]), key="m"))
    assert len(list(svg.iter(f"{SVG}path"))) < 20
    assert len(list(svg.iter(f"{SVG}circle"))) == 2


def test_many_discs_are_smaller_on_paper_and_so_is_their_legend() -> None:
    many = [disc(f"d{at}", (at % 90, at // 90), radius=9) for at in range(2000)]
    layer = Layer(key="l", title="L", look=Look.DISCS, features=many, legend=DISCS.legend[:1])
    svg = parsed(maps().draw(View([layer]), key="m"))
    sizes = [float(each.get("r", 0)) for each in svg.iter(f"{SVG}circle")]
    assert set(sizes) == {round(0.45 * 9, 1), round(0.45 * 3, 1)}


def test_the_ground_is_the_town_or_what_the_layers_show(alder: sa.Connection) -> None:
    town = bounds_of(fetch_backdrop(alder))
    assert town == pytest.approx([-80.402, 27.296, -80.394, 27.302], abs=2e-5)
    assert bounds_of(NO_TOWN) is None
    assert layers_bounds(LAYERS) == pytest.approx((WEST, SOUTH, WEST + 0.008, SOUTH + 0.006))
    assert layers_bounds([Layer(key="l", title="L", look=Look.AREAS)]) is None
    paper = OnPaper(extent_of([EXTENT[:2], EXTENT[2:]], wide=720, high=520))
    assert 16 < paper.zoom < 17


def test_a_picture_is_what_its_address_holds() -> None:
    assert png_of("data:image/png;base64," + base64.b64encode(b"x").decode()) == b"x"


def test_a_ring_that_would_cross_itself_is_drawn_as_far_as_it_is_seen() -> None:
    paper = OnPaper(extent_of([EXTENT[:2], EXTENT[2:]], wide=720, high=520))
    bow = [(WEST, SOUTH), (WEST + 0.05, SOUTH + 0.05), (WEST + 0.05, SOUTH), (WEST, SOUTH + 0.05)]
    seen = paper.seen({"type": "Polygon", "coordinates": [[*bow, bow[0]]]})
    assert not seen.is_empty
    assert paper.frame.buffer(0.1).contains(seen)
    far = {"type": "Point", "coordinates": [WEST + 5, SOUTH]}
    assert paper.seen(far).is_empty
