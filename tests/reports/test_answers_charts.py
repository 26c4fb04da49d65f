"""Charts of an answer: each value is where the axis says it is, and words are only words."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hostile import WORDS as HOSTILE
from sample_answers import CHARTS, KINDS, MONTHS, STEPS, everything, hostile

from reports.answers.answer import Cell, Chart, Column, Draw, Kind, Row, Table
from reports.answers.cells import write
from reports.answers.drawing.bars import MOST_LYING
from reports.answers.drawing.chart import draw_chart
from reports.answers.drawing.lettering import lines_of, shortened, width_of
from reports.answers.drawing.palette import hand
from reports.answers.drawing.scales import day_ticks, number_scale, round_ticks

SVG = "{http://www.w3.org/2000/svg}"
BOX = ("x", "y", "width", "height")
NEAR = 0.15  # of a pixel: places are written to a tenth


def picture(key: str, **asked: Any) -> ET.Element:
    chart = next(each for each in CHARTS if each.key == key)
    return parsed(draw_chart(chart, everything().table(chart.of), **asked))


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - our own


def words_in(svg: ET.Element) -> list[str]:
    return ["".join(each.itertext()) for each in svg.iter(f"{SVG}text")]


def axis(svg: ET.Element, *, upright: bool) -> tuple[float, float]:
    """Return nothing's place and the length of one, as the ticks of the values have it."""
    told = []
    for each in svg.iter(f"{SVG}text"):
        said = (each.text or "").replace(",", "")
        if each.get("fill-opacity") and re.fullmatch(r"[\d.]+%?", said):
            value = float(said.rstrip("%")) / (100 if said.endswith("%") else 1)
            is_of_it = (each.get("text-anchor") == "end") == upright
            place = float(each.get("y" if upright else "x", "nan")) - (4 if upright else 0)
            told += [(value, place)] if is_of_it else []
    (low, at_low), *_, (high, at_high) = sorted(told)
    one = (at_high - at_low) / (high - low)
    return at_low - low * one, one


def rects(svg: ET.Element) -> dict[str, tuple[float, float, float, float]]:
    found = {}
    for each in svg.iter(f"{SVG}rect"):
        if len(each):
            x, y, wide, high = (float(each.get(key, "nan")) for key in BOX)
            found[each[0].text or ""] = (x, y, wide, high)
    return found


def marks(svg: ET.Element) -> dict[str, tuple[float, float]]:
    """Return the middle of each mark by what it says."""
    found = {}
    for each in svg.iter(f"{SVG}path"):
        if len(each):
            found[each[0].text or ""] = _middle(each.get("d", ""))
    return found


def _middle(drawn: str) -> tuple[float, float]:
    arc = re.match(r"M ([\d.-]+),([\d.-]+) a ([\d.]+)", drawn)
    if arc:
        return float(arc[1]) + float(arc[3]), float(arc[2])
    corners = [tuple(map(float, each.split(","))) for each in drawn[2:-2].split()]
    xs, ys = zip(*corners, strict=True)
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def test_a_standing_bar_ends_at_its_value() -> None:
    svg = picture("bars")
    zero, one = axis(svg, upright=True)
    bars = rects(svg)
    known = [row for row in MONTHS.rows if row.cells["opened"] is not None]
    assert len(bars) == len(known) == 25
    for (says, (_, y, _, high)), row in zip(bars.items(), known, strict=True):
        opened: Any = row.cells["opened"]
        month: Any = row.cells["month"]
        assert says.startswith(f"{month:%b %Y}: {opened} (")
        assert (y, high) == pytest.approx((zero + opened * one, -opened * one), abs=NEAR)


def test_whiskers_reach_to_the_ends_of_the_interval() -> None:
    svg = picture("bars")
    zero, one = axis(svg, upright=True)
    reached = {
        (round(float(each.get("y1", 0)), 1), round(float(each.get("y2", 0)), 1))
        for each in svg.iter(f"{SVG}line") if each.get("stroke-width") == "1.3"
    }  # fmt: skip
    for row in MONTHS.rows:
        low, high = (zero + float(row.cells[key]) * one for key in ("low", "high"))  # type: ignore[arg-type]
        if row.cells["opened"] is not None:
            assert any(a == pytest.approx(low, abs=NEAR) and b == pytest.approx(high, abs=NEAR)
                       for a, b in reached)  # fmt: skip


def test_a_lying_bar_ends_at_its_value_and_tells_it() -> None:
    svg = picture("kinds")
    zero, one = axis(svg, upright=False)
    bars = rects(svg)
    for row in KINDS.rows:
        cases: Any = row.cells["cases"]
        x, _, wide, _ = bars[f"{row.key}: {cases:,}"]
        assert (x, wide) == pytest.approx((zero, cases * one), abs=NEAR)
        assert f"{cases:,}" in words_in(svg)


def test_a_line_goes_through_its_values_and_breaks_where_one_is_unknown() -> None:
    svg = picture("trend")
    zero, one = axis(svg, upright=True)
    dots = marks(svg)
    assert len(dots) == 25 + 26
    first, last = (date(2024, 1, 1), date(2026, 2, 1))
    left = dots["Closed, Jan 2024: 30"][0]
    day = (dots["Closed, Feb 2026: 36"][0] - left) / (last - first).days
    for row in MONTHS.rows:
        month: Any = row.cells["month"]
        closed: Any = row.cells["closed"]
        x, y = dots[f"Closed, {month:%b %Y}: {closed}"]
        wanted = (left + (month - first).days * day, zero + closed * one)
        assert (x, y) == pytest.approx(wanted, abs=NEAR)
    runs = [each for each in svg.iter(f"{SVG}path") if each.get("stroke-width") == "2"]
    assert [len(each.get("d", "").split()) - 1 for each in runs] == [9, 16, 26]


def test_a_curve_holds_until_it_falls() -> None:
    svg = picture("curve")
    zero, one = axis(svg, upright=True)
    (first, second) = [each for each in svg.iter(f"{SVG}path") if each.get("stroke-width") == "2"]
    assert first.get("stroke-dasharray") != second.get("stroke-dasharray")
    corners = [tuple(map(float, each.split(","))) for each in first.get("d", "")[2:].split()]
    rows = [row for row in STEPS.rows if row.cells["group"] == "complaint"]
    assert len(corners) == 2 * len(rows) - 1
    for at, row in enumerate(rows):
        open_: Any = row.cells["open"]
        assert corners[2 * at][1] == pytest.approx(zero + open_ * one, abs=NEAR)
        if at:
            assert corners[2 * at - 1] == (corners[2 * at][0], corners[2 * at - 2][1])


def test_a_dot_is_at_its_value_and_its_line_reaches_the_interval() -> None:
    svg = picture("odds")
    zero, one = axis(svg, upright=False)
    dots = marks(svg)
    reached = {
        round(float(each.get("y1", 0))): (float(each.get("x1", 0)), float(each.get("x2", 0)))
        for each in svg.iter(f"{SVG}line") if each.get("stroke-width") == "2"
    }  # fmt: skip
    for row in KINDS.rows:
        odds, low, high = (float(row.cells[key]) for key in ("odds", "low", "high"))  # type: ignore[arg-type]
        (x, y) = next(place for says, place in dots.items() if says.startswith(f"{row.key}:"))
        assert x == pytest.approx(zero + odds * one, abs=NEAR)
        wanted = (zero + low * one, zero + high * one)
        assert reached[round(y)] == pytest.approx(wanted, abs=NEAR)


@pytest.mark.parametrize("wide", [320, 400, 640, 900])
@pytest.mark.parametrize("key", [each.key for each in CHARTS])
def test_no_words_lie_over_others_or_leave_the_picture(key: str, wide: int) -> None:
    svg = picture(key, wide=wide)
    boxes = list(_boxes(svg, (0.0, 0.0)))
    high = float(svg.get("height", 0))
    for words, (west, top, east, low) in boxes:
        assert west >= -1, words
        assert east <= wide + 1, words
        assert top >= 0, words
        assert low <= high + 1, words
    for at, (words, one) in enumerate(boxes):
        for other, two in boxes[at + 1 :]:
            apart = one[2] <= two[0] or two[2] <= one[0] or one[3] <= two[1] or two[3] <= one[1]
            assert apart, (words, other)


def _boxes(element: ET.Element, moved: tuple[float, float]) -> Any:
    shift = re.match(r"translate\(([\d.-]+) ([\d.-]+)\)", element.get("transform", ""))
    if shift:
        moved = (moved[0] + float(shift[1]), moved[1] + float(shift[2]))
    for each in element:
        if each.tag == f"{SVG}text":
            size = float(each.get("font-size", 12))
            wide = width_of(each.text or "", size=size)
            x, y = (float(each.get(key, 0)) + by for key, by in zip("xy", moved, strict=True))
            left = x - wide * {"middle": 0.5, "end": 1.0}.get(each.get("text-anchor", ""), 0)
            yield each.text, (left, y - size * 0.75, left + wide, y + size * 0.22)
        yield from _boxes(each, moved)


def test_a_chart_says_what_it_is_to_whoever_does_not_see_it() -> None:
    svg = picture("curve", prefix="page")
    assert svg.get("role") == "img"
    title, says = svg[0], svg[1]
    assert svg.get("aria-labelledby") == f"{title.get('id')} {says.get('id')}"
    assert (title.get("id"), title.text) == ("page-curve-title", "Still open")
    assert (says.text or "").startswith("Patrol cases take longer. The table “Time to compliance”")
    assert "Days since the warning" in words_in(svg)
    assert {"complaint", "patrol"} <= set(words_in(svg))


@pytest.mark.parametrize("chart", CHARTS, ids=lambda each: each.key)
def test_a_picture_stands_under_the_strictest_policy(chart: Chart) -> None:
    svg = draw_chart(chart, everything().table(chart.of))
    for forbidden in ("<script", "<style", "style=", "href", "javascript:", " on"):
        assert not re.search(rf"<[^>]*{re.escape(forbidden)}", svg), forbidden


def test_words_of_an_attacker_are_only_words() -> None:
    answer = hostile([*HOSTILE, "\x00\x1b]0;x\x07 \ud800"])
    for draw in Draw:
        chart = Chart(key='c"><script>', title=HOSTILE[0], draw=draw, of="names", along="name",
                      across=("n",), says=HOSTILE[1])  # fmt: skip
        svg = parsed(draw_chart(chart, answer.tables[0]))
        assert {each.tag.removeprefix(SVG) for each in svg.iter()} <= {
            "svg", "title", "desc", "g", "text", "rect", "line", "path",
        }  # fmt: skip
        assert [key for each in svg.iter() for key in each.attrib if key.startswith("on")] == []
        assert svg[0].text == HOSTILE[0]
        assert svg[0].get("id") == "chart-c---script--title"


def of_values(values: Sequence[Cell], *, kind: Kind = Kind.NUMBER, along: Kind = Kind.TEXT) -> Any:
    columns = (Column(key="a", words="A", kind=along), Column(key="v", words="V", kind=kind))
    rows = [Row(key=str(at), cells={"a": f"n{at}" if along is Kind.TEXT else at, "v": each})
            for at, each in enumerate(values)]  # fmt: skip
    return Table(key="t", title="T", means="", columns=columns, rows=rows)


@pytest.mark.parametrize("draw", list(Draw))
@pytest.mark.parametrize(
    "values", [[], [None], [0], [5], [0, 0], [-3, 4], [-5, -1], [1e-9, 2e-9], [1e12, 3], [None, 2]]
)
def test_any_values_are_drawn(draw: Draw, values: Sequence[Cell]) -> None:
    for along in (Kind.TEXT, Kind.COUNT):
        for kind in (Kind.NUMBER, Kind.COUNT, Kind.CENTS, Kind.SHARE, Kind.CHANCE):
            chart = Chart(key="c", title="C", draw=draw, of="t", along="a", across=("v",))
            svg = draw_chart(chart, of_values(values, kind=kind, along=along))
            assert "nan" not in svg
            assert "inf" not in svg
            if not [each for each in values if each is not None]:
                assert "There is nothing to draw yet." in svg


def test_a_bar_below_nothing_hangs_from_it() -> None:
    chart = Chart(key="c", title="C", draw=Draw.BARS, of="t", along="a", across=("v",))
    svg = parsed(draw_chart(chart, of_values([-3, 4], along=Kind.COUNT)))
    bars = rects(svg)
    assert bars["0: -3"][1] == pytest.approx(bars["1: 4"][1] + bars["1: 4"][3], abs=NEAR)


def test_of_very_many_names_the_first_are_drawn_and_the_rest_is_told() -> None:
    chart = Chart(key="c", title="C", draw=Draw.BARS, of="t", along="a", across=("v",))
    svg = draw_chart(chart, of_values(range(1, 313), kind=Kind.COUNT))
    assert len(rects(parsed(svg))) == MOST_LYING
    assert "The first 40 of 312; the table has all." in svg


@pytest.mark.parametrize(
    ("low", "high", "most", "asked", "ticks"),
    [
        (0, 10, 6, {}, [0, 2, 4, 6, 8, 10]),
        (0, 0.97, 6, {}, [0, 0.2, 0.4, 0.6, 0.8, 1.0]),
        (0, 3, 6, {"whole": True}, [0, 1, 2, 3]),
        (-4, 7, 6, {}, [-5, -2.5, 0, 2.5, 5, 7.5]),
        (0, 123_456_00, 5, {"cents": True}, [0, 5e6, 1e7, 1.5e7]),
        (98, 103, 6, {}, [98, 99, 100, 101, 102, 103]),
    ],
)
def test_ticks_are_round_and_hold_the_values(
    low: float, high: float, most: int, asked: Any, ticks: list[float]
) -> None:
    assert round_ticks(low, high, most=most, **asked) == pytest.approx(ticks)


def test_ticks_are_written_as_short_as_they_may_be() -> None:
    money = number_scale([0, 12_345_600], Kind.CENTS, span=(0, 1), most=5)
    assert [words for _, words in money.ticks] == ["$0", "$50,000", "$100,000", "$150,000"]
    share = number_scale([0, 0.5], Kind.SHARE, span=(0, 1), most=3)
    assert [words for _, words in share.ticks] == ["0%", "25%", "50%"]
    far = number_scale([980, 1020], Kind.COUNT, span=(0, 1), most=5, from_zero=False)
    assert [words for _, words in far.ticks] == ["980", "990", "1,000", "1,010", "1,020"]


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 3, 1), date(2026, 3, 5), ["2026-03-01", "2026-03-02", "2026-03-03"]),
        (date(2025, 11, 20), date(2026, 3, 5), ["Dec 2025", "Jan 2026", "Feb 2026"]),
        (date(2001, 6, 1), date(2026, 3, 5), ["2005", "2010", "2015"]),
    ],
)
def test_days_are_marked_where_calendars_begin(first: date, last: date, said: list[str]) -> None:
    days, written = day_ticks(first, last, most=6)
    assert [written(each) for each in days][:3] == said
    assert len(days) <= 7


def test_series_are_told_apart_without_colour_too() -> None:
    hands = [hand(at) for at in range(64)]
    assert len({(each.dashes, each.form) for each in hands}) == 64
    assert len({each.color for each in hands[:8]}) == 8


def test_long_words_are_broken_and_cut_to_their_room() -> None:
    long = "Work without a permit, among them fences that are too high"
    assert lines_of(long, 160) == ["Work without a permit,", "among them fences that…"]
    assert lines_of("Trash", 160) == ["Trash"]
    assert shortened(long, 60).endswith("…")
    assert width_of(shortened(long, 60)) <= 60
    assert write(1, Kind.COUNT) == "1"
