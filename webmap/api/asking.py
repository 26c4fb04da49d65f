"""Read what a program asks for, and describe in the same breath what it may ask."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NotRequired, TypedDict

from werkzeug.datastructures import MultiDict

from cases.queries import Box
from geo.errors import LotlineError
from webmap.arguments import LARGEST, as_day

DAY_PATTERN = (
    "(19|20|21)[0-9]{2}-("
    "(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)"
)
"""The days of a calendar but for those of leap years."""
_DIGITS = re.compile(r"[0-9]{1,19}", re.ASCII)


class Wrong(TypedDict):
    """One mistake of a request: where it is, what is wrong, what to do."""

    where: str
    what: str
    do: NotRequired[str]


class ParametersError(LotlineError):
    """A request asks for what cannot be.

    Attributes
    ----------
    wrongs
        Every mistake of it.
    """

    def __init__(self, wrongs: Sequence[Wrong]) -> None:
        super().__init__(" ".join(f"{each['where']}: {each['what']}" for each in wrongs))
        self.wrongs = wrongs


class _NoneSuchError(ValueError):
    """A value is none that a parameter may have; its words say which are."""


@dataclass(frozen=True, slots=True)
class Param:
    """What a query string may name.

    Parameters
    ----------
    read
        Gives the value of its text; raises ValueError where it is none.
    expects
        What it must be, as the end of a sentence.
    schema
        The same for programs (JSON Schema).
    """

    name: str
    read: Callable[[str], Any]
    expects: str
    schema: Mapping[str, Any]
    description: str
    default: Any = None
    described: Mapping[str, Any] = field(default_factory=dict)

    @property
    def openapi(self) -> dict[str, Any]:
        """The parameter as OpenAPI describes one."""
        return {
            "name": self.name, "in": "query", "required": False, "description": self.description,
            "schema": dict(self.schema), **self.described,
        }  # fmt: skip


def read_all(args: MultiDict[str, str], params: Sequence[Param]) -> dict[str, Any]:
    """Return the value of each parameter, its default where it is not named.

    Raises
    ------
    ParametersError
        One is unknown, named twice, or has a value that it may not have.
    """
    known = {param.name: param for param in params}
    wrongs = [_unknown(name, known) for name in args if name not in known]
    values: dict[str, Any] = {}
    for name, param in known.items():
        said = args.getlist(name)
        try:
            values[name] = _one(param, said)
        except (ValueError, OverflowError):
            wrongs.append(_wrong(param, said))
    if wrongs:
        raise ParametersError(wrongs)
    return values


def _one(param: Param, said: Sequence[str]) -> Any:
    if not said:
        return param.default
    if len(said) > 1:
        raise _NoneSuchError
    return param.read(said[0])


def _unknown(name: str, known: Mapping[str, Param]) -> Wrong:
    return {
        "where": f"query parameter {name[:80]}", "what": "there is no such parameter.",
        "do": f"Use {', '.join(known)}." if known else "Leave it out: nothing can be asked here.",
    }  # fmt: skip


def _wrong(param: Param, said: Sequence[str]) -> Wrong:
    what = f"it is named {len(said)} times." if len(said) > 1 else f"“{said[0][:80]}” is none."
    return {
        "where": f"query parameter {param.name}", "what": what,
        "do": f"Give it once, as {param.expects}.",
    }  # fmt: skip


def counted(name: str, description: str, *, most: int, default: Any = None) -> Param:
    """Return a parameter that is a whole number from 1."""
    return Param(
        name, lambda text: _whole(text, 1, most), f"a whole number from 1 to {most}",
        {"type": "integer", "minimum": 1, "maximum": most}
        | ({"default": default} if default is not None else {}),
        description, default,
    )  # fmt: skip


def clamped(name: str, description: str, *, most: int, default: int) -> Param:
    """Return a parameter that is a whole number from 1; what is above the most counts as it."""
    return Param(
        name, lambda text: min(_whole(text, 1, None), most), "a whole number from 1",
        {"type": "integer", "minimum": 1, "default": default},
        f"{description} Above {most} it counts as {most}.", default,
    )  # fmt: skip


AFTER = Param(
    "after", lambda text: _whole(text, 0, LARGEST), "the link named next gives it",
    {"type": "integer", "format": "int64", "minimum": 0, "maximum": LARGEST, "default": 0},
    "Only what comes after this one. Follow the link named next; do not make it up.", 0,
)  # fmt: skip


def chosen(name: str, description: str, values: Sequence[str], default: str | None = None) -> Param:
    """Return a parameter that is one of a closed list."""

    def read(text: str) -> str:
        if text not in values:
            raise _NoneSuchError
        return text

    schema: dict[str, Any] = {"type": "string", "enum": [*values]}
    if default is not None:
        schema["default"] = default
    return Param(name, read, f"one of {', '.join(values)}", schema, description, default)


def worded(name: str, description: str, *, longest: int = 200) -> Param:
    """Return a parameter that is words."""

    def read(text: str) -> str:
        if not 1 <= len(text) <= longest:
            raise _NoneSuchError
        return text

    schema = {"type": "string", "minLength": 1, "maxLength": longest, "pattern": r"^[^\x00]*$"}
    return Param(name, read, f"words of 1 to {longest} characters", schema, description)


def dated(name: str, description: str) -> Param:
    """Return a parameter that is a day."""

    def read(text: str) -> Any:
        day = as_day(text)
        if day is None or day.isoformat() != text:
            raise _NoneSuchError
        return day

    schema = {"type": "string", "pattern": f"^{DAY_PATTERN}$", "example": "2026-06-15"}
    return Param(name, read, "a day such as 2026-06-15", schema, description)


def _box(text: str) -> Box:
    """Read a box of 4 or 6 numbers; heights are left out, and what has no end ends with the globe.

    Of two latitudes the lesser is the south. A west east of the east is meant: such a box reaches
    over the antimeridian.
    """
    numbers = [_number(part) for part in text.split(",")]
    if len(numbers) == 6:  # noqa: PLR2004 - with heights
        numbers = [*numbers[:2], *numbers[3:5]]
    west, south, east, north = numbers
    south, north = sorted((south, north))
    return _within(west, 180), _within(south, 90), _within(east, 180), _within(north, 90)


def _number(text: str) -> float:
    number = float(text)
    if math.isnan(number) or "_" in text or text != text.strip():
        raise _NoneSuchError
    return number


def _within(number: float, most: float) -> float:
    return max(-most, min(most, number))


_LENGTHS = [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}]
BBOX = Param(
    "bbox", _box, "west, south, east and north in degrees, as -80.41,27.29,-80.39,27.31",
    {"type": "array", "items": {"type": "number"}, "oneOf": _LENGTHS},
    "Only what lies in or touches this box: west, south, east, north in degrees (CRS84); six "
    "numbers with heights are read too, and the heights left out.",
    described={"style": "form", "explode": False},
)  # fmt: skip


def _whole(text: str, least: int, most: int | None) -> int:
    if not _DIGITS.fullmatch(text) or int(text) < least or (most is not None and int(text) > most):
        raise _NoneSuchError
    return int(text)
