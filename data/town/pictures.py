"""Draw the photographs that officers of the demo town take: a house, its yard and what is wrong."""

import io
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw

SIZE = (1280, 960)
MENDED = "Mended"
"""What the yard looks like afterwards."""

_SKY, _LAWN, _ROAD = (150, 186, 214), (108, 140, 74), (128, 126, 122)
_WALL, _ROOF, _DOOR = (214, 202, 180), (122, 78, 66), (92, 62, 48)
_STRAW, _RUST, _WOOD, _POOL = (176, 160, 88), (142, 84, 52), (150, 118, 82), (86, 110, 66)
_HORIZON, _KERB = 520, 820


def photograph(category: str) -> bytes:
    """Return the picture of a category of violation, or of what was `MENDED`, as a JPEG."""
    picture = Image.new("RGB", SIZE, _SKY)
    draw = ImageDraw.Draw(picture)
    # Each category its own dice, so that no picture depends on which were drawn before.
    dice = np.random.default_rng(list(category.encode()))
    draw.rectangle((0, _HORIZON, *SIZE), fill=_LAWN)
    _house(draw)
    for part, much in _WRONG.get(category, ()):
        part(draw, dice, much)
    draw.rectangle((0, _KERB, *SIZE), fill=_ROAD)
    grain = dice.normal(0, 6, (SIZE[1], SIZE[0], 1))
    grained = np.clip(np.asarray(picture, dtype=float) + grain, 0, 255).astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(grained).save(file, "JPEG", quality=80)
    return file.getvalue()


def _house(draw: ImageDraw.ImageDraw) -> None:
    draw.polygon([(300, 330), (640, 190), (980, 330)], fill=_ROOF)
    draw.rectangle((340, 330, 940, 600), fill=_WALL)
    draw.rectangle((590, 420, 690, 600), fill=_DOOR)
    for left in (400, 770):
        draw.rectangle((left, 400, left + 110, 490), fill=(70, 92, 108), outline="white", width=6)


def _grass(draw: ImageDraw.ImageDraw, dice: np.random.Generator, height: int) -> None:
    for x in dice.integers(0, SIZE[0], 2600).tolist():
        foot = int(dice.integers(_HORIZON + 60, _KERB))
        tip = (x + int(dice.integers(-18, 18)), foot - int(dice.integers(height // 2, height)))
        draw.line(((x, foot), tip), fill=_STRAW if foot % 3 else (88, 120, 60), width=3)


def _heap(draw: ImageDraw.ImageDraw, dice: np.random.Generator, many: int) -> None:
    for _ in range(many):
        x, y = int(dice.integers(60, 1100)), int(dice.integers(610, 760))
        side = int(dice.integers(24, 90))
        colour = tuple(dice.integers(60, 200, 3).tolist())
        draw.rectangle((x, y - side, x + side, y), fill=colour, outline=(50, 48, 46))


def _car(draw: ImageDraw.ImageDraw, _: np.random.Generator, left: int) -> None:
    draw.polygon(
        [(left, 720), (left + 40, 650), (left + 120, 640), (left + 170, 590), (left + 310, 590),
         (left + 360, 650), (left + 440, 660), (left + 450, 720)], fill=_RUST,
    )  # fmt: skip
    for wheel in (left + 100, left + 340):
        draw.ellipse((wheel - 38, 684, wheel + 38, 760), fill=(36, 34, 34))


def _boards(draw: ImageDraw.ImageDraw, dice: np.random.Generator, many: int) -> None:
    for _ in range(many):
        left, top = int(dice.choice([395, 585, 765])), int(dice.integers(395, 560))
        draw.line(((left, top), (left + 120, top + int(dice.integers(-24, 24)))), _WOOD, 22)


def _fence(draw: ImageDraw.ImageDraw, dice: np.random.Generator, gap: int) -> None:
    for left in range(0, SIZE[0], gap):
        lean = int(dice.integers(-14, 40))
        draw.line(((left, 740), (left + lean, 620)), fill=_WOOD, width=18)


def _sign(draw: ImageDraw.ImageDraw, _: np.random.Generator, left: int) -> None:
    draw.line(((left, 760), (left, 520)), fill=_WOOD, width=16)
    board = (left - 130, 440, left + 130, 560)
    draw.rectangle(board, fill=(206, 186, 70), outline="black", width=6)


def _pool(draw: ImageDraw.ImageDraw, _: np.random.Generator, left: int) -> None:
    draw.ellipse((left, 640, left + 520, 780), fill=_POOL, outline=(200, 200, 196), width=14)


_WRONG: dict[str, list[tuple[Callable[..., None], int]]] = {
    "High grass": [(_grass, 90)],
    "Overgrown lot": [(_grass, 190), (_heap, 3)],
    "Trash and debris": [(_heap, 40)],
    "Outdoor storage": [(_heap, 14)],
    "Inoperable vehicle": [(_grass, 50), (_car, 720)],
    "Unsecured structure": [(_boards, 14), (_grass, 70)],
    "Fence in disrepair": [(_fence, 70)],
    "Prohibited sign": [(_sign, 240)],
    "Stagnant pool": [(_pool, 640)],
}
"""What is drawn for a category, and how much of it or where."""

SUBJECTS = (*_WRONG, MENDED)
"""What there is a picture of; of any other category the house alone can be shown."""
