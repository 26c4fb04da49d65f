"""Keep what is written on a picture from lying over what is there already."""

import math
from dataclasses import dataclass, field

type Box = tuple[float, float, float, float]
"""West, top, east and low, in the picture's own units."""


@dataclass
class Room:
    """What of a picture is taken by something that nothing else may cover.

    Parameters
    ----------
    wide, high
        The picture.
    taken
        What is from the start; its scale and its arrow to the north are.
    """

    wide: float
    high: float
    taken: list[Box] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Take the corners where `geo.strokes` draws the scale and the arrow."""
        self.taken += [
            (0, self.high - 40, 150, self.high), (self.wide - 36, 0, self.wide, 56)
        ]  # fmt: skip

    def is_free(self, box: Box) -> bool:
        """Tell whether a box is in the picture and over nothing."""
        west, top, east, low = box
        inside = west >= 0 and top >= 0 and east <= self.wide and low <= self.high
        return inside and not any(
            west < other[2] and other[0] < east and top < other[3] and other[1] < low
            for other in self.taken
        )

    def take(self, box: Box) -> None:
        """Keep a box for something."""
        self.taken.append(box)


def box_of_words(x: float, y: float, *, wide: float, high: float, angle: float) -> Box:
    """Return the box around words about a place, turned by an angle in degrees."""
    turn = math.radians(angle)
    half_x = (wide * abs(math.cos(turn)) + high * abs(math.sin(turn))) / 2
    half_y = (wide * abs(math.sin(turn)) + high * abs(math.cos(turn))) / 2
    return (x - half_x, y - half_y, x + half_x, y + half_y)
