"""List the liens that bind now, beside the map and as a table."""

import math
from collections import Counter
from typing import Any

from flask_babel import lazy_gettext as _

from cases import queries
from webmap.public.asking import Asked
from webmap.visits import Visit

LISTED = 40
TABLED = 50
AGES = (
    ("", _("at any time")),
    ("year", _("in the last year")),
    ("five", _("1 to 5 years ago")),
    ("longer", _("over 5 years ago")),
    ("unknown", _("on a day not known")),
)


def listed(look: Visit, asked: Asked) -> dict[str, Any]:
    """Return what the list beside the map tells: the latest, and how many there are."""
    return {**_counted(look, asked), "liens": _page(look, asked, most=LISTED, skip=0)}


def tabled(look: Visit, asked: Asked) -> dict[str, Any]:
    """Return what a page of the table tells."""
    counted = _counted(look, asked)
    first = (asked.page - 1) * TABLED + 1
    return {
        **counted,
        "liens": _page(look, asked, most=TABLED, skip=first - 1),
        "first": first,
        "pages": max(1, math.ceil(counted["total"] / TABLED)),
    }


def _page(look: Visit, asked: Asked, *, most: int, skip: int) -> list[Any]:
    ask = look.rows if asked.bbox else look.kept
    return ask(
        queries.binding_liens(on=look.today, bbox=asked.bbox, age=asked.lien, most=most, skip=skip)
    )


def _counted(look: Visit, asked: Asked) -> dict[str, Any]:
    counts: Counter[str] = Counter()
    ask = look.rows if asked.bbox else look.kept
    for row in ask(queries.lien_counts(on=look.today, bbox=asked.bbox)):
        counts[row.age] += row.liens
    total = counts[asked.lien] if asked.lien else counts.total()
    known = [
        (key, words) for key, words in AGES if key != "unknown" or counts[key] or asked.lien == key
    ]
    return {"total": total, "lien_choices": known}
