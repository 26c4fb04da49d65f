"""Tell series, steps and marks apart: by colour, and by form for whoever sees no colour."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from reports.answers.answer import Layer, Look

LOOK = Path(__file__).parents[3] / "data" / "look" / "routes.json"
"""The colours that routes have too: eight that are told apart by every eye."""
FORMS = ("circle", "square", "diamond", "triangle", "wedge", "cross", "bar", "ring")
POLYGONS: Mapping[str, Sequence[tuple[float, float]]] = {
    "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    "diamond": ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)),
    "triangle": ((0, -1.2), (1.2, 0.9), (-1.2, 0.9)),
    "wedge": ((0, 1.2), (1.2, -0.9), (-1.2, -0.9)),
    "cross": (
        (-0.45, -1.1), (0.45, -1.1), (0.45, -0.45), (1.1, -0.45), (1.1, 0.45), (0.45, 0.45),
        (0.45, 1.1), (-0.45, 1.1), (-0.45, 0.45), (-1.1, 0.45), (-1.1, -0.45), (-0.45, -0.45),
    ),
    "bar": ((-1.2, -0.5), (1.2, -0.5), (1.2, 0.5), (-1.2, 0.5)),
}  # fmt: skip
"""Their corners about a place, each as large to the eye as a circle of radius one."""


@dataclass(frozen=True, slots=True)
class Hand:
    """How a series is drawn: its colour, the dashes of its line, the form of its marks."""

    color: str
    dashes: tuple[float, ...]
    form: str
    number: int

    @property
    def dasharray(self) -> str:
        """The dashes as an attribute of a line two units wide; "" where it is unbroken."""
        said = " ".join(f"{2 * each:g}" for each in self.dashes)
        return f' stroke-dasharray="{said}"' if said else ""


_HANDS = tuple(
    (str(each["color"]), tuple(float(dash) for dash in each["dash"]))
    for each in json.loads(LOOK.read_text(encoding="utf-8"))
)


def hand(number: int) -> Hand:
    """Return how the series of a number, from 0, is drawn; no two of the first 64 are alike."""
    count = len(_HANDS)
    color, dashes = _HANDS[number % count]
    return Hand(color, dashes, FORMS[(number + number // count) % len(FORMS)], number)


@dataclass(frozen=True, slots=True)
class Mark:
    """How a step of a legend is drawn on a map.

    Parameters
    ----------
    form
        Of a disc.
    dashes
        Of an outline, in pixels; none is unbroken.
    rim, rim_width
        The line around a disc.
    """

    color: str
    radius: float
    form: str
    dashes: tuple[float, ...]
    rim: str
    rim_width: float


USUAL_RADIUS = 6.0
USUAL_MARK = Mark("#355f8d", USUAL_RADIUS, FORMS[0], (), "#ffffff", 1)
"""What a layer without a legend is drawn by."""
_PALE = 0.6
INK, HALO = "#1b1b1b", "#ffffff"
_DASHES: tuple[tuple[float, ...], ...] = ((), (6, 4), (2, 3), (10, 3, 2, 3), (1, 4), (12, 5))


def marks_of(layer: Layer) -> list[Mark]:
    """Return how each step of a layer's legend is drawn.

    Where the steps rise or fall in lightness, or differ by size alone, that tells them apart;
    where they are kinds, each has a form or a dash of its own.
    """
    is_ordered = _is_ordered([lightness(each.color) for each in layer.legend])
    return [
        Mark(
            color=step.color,
            radius=USUAL_RADIUS if step.radius is None else step.radius,
            form=FORMS[0 if is_ordered or layer.look is not Look.DISCS else at % len(FORMS)],
            dashes=() if is_ordered else _DASHES[at % len(_DASHES)],
            rim=INK if lightness(step.color) > _PALE else HALO,
            rim_width=2 if lightness(step.color) > _PALE else 1,
        )
        for at, step in enumerate(layer.legend)
    ]


def mark_at(marks: Sequence[Mark], step: object) -> Mark:
    """Return the mark of a feature's step; the first of a layer that has none such."""
    at = step if isinstance(step, int) and 0 <= step < len(marks) else 0
    return marks[at] if marks else USUAL_MARK


def _is_ordered(light: Sequence[float]) -> bool:
    pairs = list(pairwise(light))
    return all(a == b for a, b in pairs) or (
        all(a < b for a, b in pairs) or all(a > b for a, b in pairs)
    )


def lightness(color: str) -> float:
    """Return how light a colour is, 0 to 1 (relative luminance of WCAG 2.1, its cube root)."""
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004
        for part in (each / 255 for each in parts_of(color))
    )
    return math.cbrt(0.2126 * red + 0.7152 * green + 0.0722 * blue)


def parts_of(color: str) -> tuple[int, int, int]:
    """Return the red, green and blue of ``#rrggbb`` or ``#rgb``, 0 to 255."""
    digits = color.removeprefix("#")
    if len(digits) == 3:  # noqa: PLR2004 - #rgb
        digits = "".join(2 * each for each in digits)
    red, green, blue = (int(digits[at : at + 2], 16) for at in (0, 2, 4))
    return red, green, blue


def outline(form: str, x: float, y: float, r: float) -> str:
    """Return the path of a mark of a form about a place."""
    if form in POLYGONS:
        return _polygon(x, y, r, POLYGONS[form])
    circle = _circle(x, y, r)
    return f"{circle} {_circle(x, y, r * 0.45)}" if form == "ring" else circle


def _polygon(x: float, y: float, r: float, corners: Sequence[tuple[float, float]]) -> str:
    said = " ".join(f"{x + r * east:.1f},{y + r * south:.1f}" for east, south in corners)
    return f"M {said} Z"


def _circle(x: float, y: float, r: float) -> str:
    return (
        f"M {x - r:.1f},{y:.1f} a {r:.1f},{r:.1f} 0 1,0 {2 * r:.1f},0 "
        f"a {r:.1f},{r:.1f} 0 1,0 {-2 * r:.1f},0 Z"
    )
