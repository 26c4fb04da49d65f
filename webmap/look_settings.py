"""Read from the environment how the town's own site looks: its colour, and which languages."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from webmap.languages import LANGUAGES
from webmap.setting_errors import SettingError

COLOR = "LOTLINE_CITY_COLOR"
SPOKEN = "LOTLINE_LANGUAGES"
READABLE = 4.5
"""The least contrast of text with what is behind it (WCAG 2.1, 1.4.3)."""
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_INKS = ("#ffffff", "#000000")


class Brand(NamedTuple):
    """The colour of the head of every page, and that of the words on it."""

    color: str
    ink: str


def read_brand(environ: Mapping[str, str]) -> Brand | None:
    """Return what LOTLINE_CITY_COLOR says; None where it is not set.

    The words on it are white where that can be read, else black: of every colour one of them can.

    Raises
    ------
    SettingError
        It is no colour.
    """
    said = environ.get(COLOR, "").strip()
    if not said:
        return None
    if _HEX.fullmatch(said) is None:
        msg = f'{COLOR} is "{said}": give a colour as #162e51, six figures from 0 to f.'
        raise SettingError(msg)
    color = said.lower()
    return Brand(color, next(each for each in _INKS if contrast(color, each) >= READABLE))


def read_languages(environ: Mapping[str, str]) -> tuple[str, ...]:
    """Return the languages the pages speak, the town's own first, as LOTLINE_LANGUAGES has them.

    Raises
    ------
    SettingError
        One of them is none that the pages have, or stands there twice.
    """
    said = [each.strip() for each in environ.get(SPOKEN, "").split(",") if each.strip()]
    wrong = [each for each in said if each not in LANGUAGES or said.count(each) > 1]
    if wrong:
        known = " and ".join(LANGUAGES)
        msg = f'{SPOKEN} names "{wrong[0]}": give each of the languages wanted once ({known}).'
        raise SettingError(msg)
    return tuple(said) or tuple(LANGUAGES)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.1, "contrast ratio")."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    """Return the relative luminance of a colour, 0 to 1 (WCAG 2.1, "relative luminance")."""
    red, green, blue = (_linear(int(color[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - sRGB's own figures
