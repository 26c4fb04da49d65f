"""Answers of no report: one with a bit of everything, one with nothing, one by an attacker."""

import base64
import io
import math
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any

from PIL import Image

from reports.answers.answer import (
    Answer,
    Cases,
    Chart,
    Column,
    Draw,
    Feature,
    Figure,
    Kind,
    Layer,
    Look,
    Picture,
    Row,
    Step,
    Table,
)

ON = date(2026, 3, 2)
WEST, SOUTH = -80.402, 27.296
"""A corner of the town of alder.sql."""

PLACES = Table(
    key="places", title="Places", means="The most cases first.",
    columns=(
        Column(key="address", words="Address"),
        Column(key="cases", words="Cases", kind=Kind.COUNT, means="Verified ones."),
        Column(key="rate", words="Rate", kind=Kind.NUMBER, low="rate_low", high="rate_high",
               means="Cases per 100 parcels, with its 95 % interval."),
        Column(key="rate_low", words="Rate from", kind=Kind.NUMBER),
        Column(key="rate_high", words="Rate to", kind=Kind.NUMBER),
        Column(key="share", words="Closed", kind=Kind.SHARE),
        Column(key="wait", words="Median wait", kind=Kind.DAYS),
        Column(key="hours", words="Work", kind=Kind.HOURS),
        Column(key="owed", words="Owed", kind=Kind.CENTS),
        Column(key="first", words="First opened", kind=Kind.DAY),
        Column(key="chance", words="p", kind=Kind.CHANCE),
        Column(key="nothing", words="Never known"),
    ),
    rows=(
        Row(key="12-1", cells={
            "address": "100 Alder St", "cases": 1204, "rate": 12.5, "rate_low": 8.25,
            "rate_high": 17.75, "share": 0.125, "wait": 31.0, "hours": 2.5, "owed": 120_050,
            "first": date(2021, 3, 31), "chance": 0.0004, "nothing": None,
        }, cases={"cases": Cases(range(1204))}, of={"address": ("parcel", 1)}),
        Row(key="12-2", cells={
            "address": "=HYPERLINK(1) Alder St", "cases": 7, "rate": 3.0, "rate_low": None,
            "rate_high": None, "share": 1.0, "wait": None, "hours": 0.25, "owed": -400,
            "first": None, "chance": 0.5, "nothing": None,
        }),
        Row(key="12-3", cells={
            "address": None, "cases": None, "rate": None, "rate_low": None, "rate_high": None,
            "share": None, "wait": None, "hours": None, "owed": None, "first": date(1899, 12, 31),
            "chance": None, "nothing": None,
        }),
    ),
    shapes={
        "12-1": {"type": "Polygon", "coordinates": [
            # with the clock, which RFC 7946 turns; and a hole
            [[WEST, SOUTH], [WEST, SOUTH + 0.002], [WEST + 0.002, SOUTH + 0.002],
             [WEST + 0.002, SOUTH], [WEST, SOUTH]],
            [[WEST + 0.0005, SOUTH + 0.0005], [WEST + 0.001, SOUTH + 0.0005],
             [WEST + 0.001, SOUTH + 0.001], [WEST + 0.0005, SOUTH + 0.0005]],
        ]},
        "12-2": {"type": "Point", "coordinates": [WEST + 0.004, SOUTH + 0.003]},
    },
)  # fmt: skip

MONTHS = Table(
    key="months", title="Cases by month", means="One row a month, the first first.",
    columns=(
        Column(key="month", words="Month", kind=Kind.DAY),
        Column(key="opened", words="Opened", kind=Kind.COUNT, low="low", high="high"),
        Column(key="low", words="Opened from", kind=Kind.NUMBER),
        Column(key="high", words="Opened to", kind=Kind.NUMBER),
        Column(key="closed", words="Closed", kind=Kind.COUNT),
    ),
    rows=tuple(
        Row(key=f"m{at}", cells={
            "month": date(2024 + at // 12, at % 12 + 1, 1),
            "opened": None if at == 9 else 40 + 7 * at % 23, "low": 36.5 + 7 * at % 23,
            "high": 45.5 + 7 * at % 23, "closed": 30 + 5 * at % 17,
        })
        for at in range(26)
    ),
)  # fmt: skip

STEPS = Table(
    key="steps", title="Time to compliance", means="Kaplan and Meier's estimate.",
    columns=(
        Column(key="group", words="Begun by"),
        Column(key="day", words="Days since the warning", kind=Kind.DAYS),
        Column(key="open", words="Still open", kind=Kind.SHARE, low="low", high="high"),
        Column(key="low", words="From", kind=Kind.SHARE),
        Column(key="high", words="To", kind=Kind.SHARE),
    ),
    rows=tuple(
        Row(key=f"{group}{day}", cells={
            "group": group, "day": day, "open": math.exp(-day / pace),
            "low": math.exp(-day / pace) * 0.9, "high": min(math.exp(-day / pace) * 1.1, 1),
        })
        for group, pace in (("complaint", 60), ("patrol", 140))
        for day in (0, 7, 15, 30, 60, 90, 180)
    ),
)  # fmt: skip

KINDS = Table(
    key="kinds", title="Odds by kind", means="", is_shown=False,
    columns=(
        Column(key="kind", words="Kind of case"),
        Column(key="odds", words="Odds ratio", kind=Kind.NUMBER, low="low", high="high"),
        Column(key="low", words="From", kind=Kind.NUMBER),
        Column(key="high", words="To", kind=Kind.NUMBER),
        Column(key="cases", words="Cases", kind=Kind.COUNT),
    ),
    rows=tuple(
        Row(key=kind, cells={"kind": kind, "odds": odds, "low": odds / 1.6, "high": odds * 1.7,
                             "cases": round(400 / odds)})
        for kind, odds in (
            ("Tall grass and weeds", 1.9), ("Trash", 1.1), ("A rusty vehicle without a plate", 0.4),
            ("Work without a permit, among them fences that are too high", 0.8),
        )
    ),
)  # fmt: skip

CHARTS = (
    Chart(key="trend", title="Opened and closed by month", draw=Draw.LINE, of="months",
          along="month", across=("opened", "closed"), says="Closings follow openings."),
    Chart(key="bars", title="Opened by month", draw=Draw.BARS, of="months", along="month",
          across=("opened",)),
    Chart(key="curve", title="Still open", draw=Draw.STEPS, of="steps", along="day",
          across=("open",), by="group", says="Patrol cases take longer."),
    Chart(key="odds", title="Odds by kind", draw=Draw.DOTS, of="kinds", along="kind",
          across=("odds",)),
    Chart(key="kinds", title="Cases by kind", draw=Draw.BARS, of="kinds", along="kind",
          across=("cases",)),
)  # fmt: skip

FIGURES = (
    Figure(key="cases", value=1211, words="cases", means="Verified ones.",
           cases=Cases(range(1211))),
    Figure(key="wait", value=31.0, kind=Kind.DAYS, words="until half have complied", low=28.5,
           means="Median, with its 95 % interval."),
    Figure(key="owed", value=119_650, kind=Kind.CENTS, words="owed", means="As the ledger has it."),
    Figure(key="since", value=date(2021, 3, 31), kind=Kind.DAY, words="first opened", means="-"),
    Figure(key="never", value=None, kind=Kind.NUMBER, words="never known", means="Nobody knows."),
)  # fmt: skip


def disc(key: str, place: tuple[float, float], **looks: Any) -> Feature:
    """Return a place some metres east and north of the corner."""
    at = [WEST + place[0] / 1e4, SOUTH + place[1] / 1e4]
    return {
        "type": "Feature", "geometry": {"type": "Point", "coordinates": at},
        "properties": {"key": key, "says": [key, "A line"], "step": 0} | looks,
    }  # fmt: skip


def square(key: str, place: tuple[float, float], side: float, **looks: Any) -> Feature:
    """Return a square whose lower left corner is there."""
    east, north = WEST + place[0] / 1e4, SOUTH + place[1] / 1e4
    ring = [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]
    corners = [[east + x * side / 1e4, north + y * side / 1e4] for x, y in ring]
    return {
        "type": "Feature", "geometry": {"type": "Polygon", "coordinates": [corners]},
        "properties": {"key": key, "says": [key, "A line"], "step": 0} | looks,
    }  # fmt: skip


def painted() -> Picture:
    """Return a picture that fades from the west to the east."""
    image = Image.new("RGBA", (80, 60))
    for x in range(80):
        for y in range(60):
            image.putpixel((x, y), (72, 36, 117, 200 - 2 * x))
    png = io.BytesIO()
    image.save(png, "PNG")
    url = "data:image/png;base64," + base64.b64encode(png.getvalue()).decode("ascii")
    return Picture(url=url, bounds=(WEST, SOUTH, WEST + 0.008, SOUTH + 0.006))


SHADES = ("#dcecb0", "#8ccf9e", "#43a0a5", "#366a9f", "#412a76")
AREAS = Layer(
    key="areas", title="Zones by rate", look=Look.AREAS, unit="cases per 100 parcels",
    features=[square(f"z{at}", (16 * at, 0), 16, step=at) for at in range(5)],
    legend=[Step(words=f"{5 * at}", color=color) for at, color in enumerate(SHADES)],
)  # fmt: skip
KINDS_OF_SPOT = Layer(
    key="spots", title="Kinds of spot", look=Look.AREAS, shown=False,
    features=[square(f"s{at}", (16 * at, 20), 14, step=at, at=at % 3) for at in range(5)],
    legend=[Step(words="new", color="#d64000"), Step(words="fading", color="#0067b3"),
            Step(words="steady", color="#8c1d40"), Step(words="none", color="#6b6b6b"),
            Step(words="unknown", color="#e69f00")],
    times=("2024", "2025", "2026"),
)  # fmt: skip
DISCS = Layer(
    key="parcels", title="Repeat parcels", look=Look.DISCS, unit="cases on a parcel",
    features=[disc("12-1", (20, 30), radius=16), disc("12-2", (45, 32), radius=6),
              disc("12-9", (70, 52), radius=3)],
    legend=[Step(words=f"{n}", color="#355f8d", radius=r) for n, r in ((2, 3), (9, 6), (60, 16))],
)  # fmt: skip
MARKS = Layer(
    key="marks", title="Kinds of case", look=Look.DISCS, shown=False,
    features=[disc(f"k{at}", (10 + 14 * at, 45), step=at, radius=7) for at in range(5)],
    legend=KINDS_OF_SPOT.legend,
)  # fmt: skip
OUTLINES = Layer(
    key="clusters", title="Clusters", look=Look.OUTLINES,
    features=[square("c1", (5, 30), 20), square("c2", (50, 30), 12, step=1)],
    legend=[Step(words="large", color="#8c1d40"), Step(words="small", color="#0067b3")],
)  # fmt: skip
HEAT = Layer(
    key="heat", title="Cases per hectare", look=Look.PICTURE, unit="cases per hectare",
    picture=painted(), shown=False,
    legend=[Step(words=f"{2 * at}", color=color) for at, color in enumerate(SHADES)],
)  # fmt: skip
LAYERS = (AREAS, HEAT, KINDS_OF_SPOT, DISCS, OUTLINES, MARKS)


def everything(**changed: Any) -> Answer:
    """Return an answer with a bit of everything there may be in one."""
    asked: dict[str, Any] = {
        "report": "sample", "title": "A bit of everything", "town": "Alder",
        "note": "A town for tests.", "on": ON,
        "made_at": datetime(2026, 3, 2, 15, 30, tzinfo=UTC),
        "asked": (("Zone", "4"), ("Opened since", "2021-03-02")),
        "means": "Cases are counted by parcel.",
        "says": ("1,204 cases are on 100 Alder St.", "Half of them are closed within 31 days."),
        "figures": FIGURES, "tables": (PLACES, MONTHS, STEPS, KINDS), "charts": CHARTS,
        "layers": LAYERS, "cautions": ("This does not show where risk is.",),
    }  # fmt: skip
    return Answer(**(asked | changed))


def nothing() -> Answer:
    """Return what a report answers where nothing is counted."""
    none = Figure(key="cases", value=0, words="cases", means="Verified ones.", cases=Cases())
    return everything(
        says=("No cases are loaded yet.",), figures=(none,), tables=(), charts=(), layers=(),
        cautions=(),
    )  # fmt: skip


def hostile(words: Sequence[str]) -> Answer:
    """Return an answer in whose every text an attacker's words stand."""
    said = _in_turn(words)
    columns = (
        Column(key="name", words=next(said), means=next(said)),
        Column(key="n", words=next(said), kind=Kind.COUNT, means=next(said)),
    )
    rows = [Row(key=f"r{at}", cells={"name": each, "n": at}) for at, each in enumerate(words)]
    point = {"type": "Point", "coordinates": [WEST, SOUTH]}
    table = Table(
        key="names", title=next(said), means=next(said), columns=columns, rows=rows,
        shapes={row.key: point for row in rows},
    )  # fmt: skip
    features = [
        disc(f"r{at}", (at % 40, at // 40), says=[each, each]) for at, each in enumerate(words)
    ]
    legend = [Step(words=next(said), color="#355f8d", radius=4)]
    layers = [
        Layer(key=f"layer{at}", title=each, look=Look.DISCS, unit=next(said), features=features,
              legend=legend, times=list(words[:3]) if at else ())
        for at, each in enumerate(words[:2])
    ]  # fmt: skip
    return everything(
        title=next(said), town=next(said), note=next(said), means=next(said), says=words[:3],
        asked=tuple((each, each) for each in words[:3]), cautions=words[:2], tables=(table,),
        figures=(Figure(key="n", value=1, words=next(said), means=next(said)),),
        charts=(
            Chart(key="c", title=next(said), draw=Draw.BARS, of="names", along="name",
                  across=("n",), says=next(said)),
        ),
        layers=layers,
    )  # fmt: skip


def _in_turn(words: Sequence[str]) -> Iterator[str]:
    while True:
        yield from words
