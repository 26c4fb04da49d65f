"""Read the days a request for features names, as OGC API - Features has it."""

import re
from datetime import date

from webmap.api.asking import DAY_PATTERN, Param
from webmap.arguments import as_day

type Span = tuple[date | None, date | None]

_CLOCK = (
    r"T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])"
)
_MOMENT = f"{DAY_PATTERN}({_CLOCK})?"
PATTERN = rf"^({_MOMENT}|({_MOMENT}|\.\.)?/({_MOMENT}|\.\.)?)$"
_SAID = re.compile(rf"\d{{4}}-\d{{2}}-\d{{2}}({_CLOCK})?", re.ASCII)


def _span(text: str) -> Span:
    """Read a moment, or an interval either end of which may be open (``..`` or empty).

    What is asked about has a day and no hour: of a moment its day, as it is written, counts.
    """
    begin, stroke, end = text.partition("/")
    return (_day(begin), _day(end)) if stroke else (_moment(begin), _moment(begin))


def _day(text: str) -> date | None:
    return None if text in ("", "..") else _moment(text)


def _moment(text: str) -> date:
    day = as_day(text[:10]) if _SAID.fullmatch(text) else None
    if day is None:
        raise ValueError(text)
    return day


DATETIME = Param(
    "datetime", _span,
    "a day (2026-06-15), a moment (2026-06-15T12:00:00Z) or an interval of them "
    "(2026-01-01/2026-06-30, ../2026-06-30)",
    {"type": "string", "pattern": PATTERN},
    "Only what was opened or recorded then: a day or moment (RFC 3339), or an interval that may "
    "be open at either end. Collections without a date are not narrowed.",
    (None, None),
)  # fmt: skip
