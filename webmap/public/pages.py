"""Show the open cases of the town as a map with a list, and as a table."""

import math
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from flask import request
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from cases import queries
from geo import places
from webmap.assets import stage_looks
from webmap.dressing import ENDED
from webmap.interpreting import say
from webmap.public import liens
from webmap.public.asking import Asked
from webmap.public.frame import blueprint
from webmap.public.records import chosen_record
from webmap.public.tally import Tally, tally
from webmap.visits import Visit, visit

LISTED = 40
TABLED = 50
COLUMNS = (
    ("address", _("Address")),
    ("number", _("Case")),
    ("stage", _("Stands")),
    ("category", _("Kind")),
    ("due", _("Earliest deadline")),
    ("age", _("Verified")),
    ("opened", _("Opened")),
    ("violations", _("Violations")),
)
SORTS = (
    ("due", _("deadline")),
    ("age", _("how long ago it was verified")),
    ("opened", _("day opened")),
    ("stage", _("where it stands")),
    ("address", _("address")),
    ("number", _("case number")),
)


AGES = (
    ("", _("at any time")),
    ("month", _("in the last 30 days")),
    ("quarter", _("31 to 90 days ago")),
    ("half", _("91 to 180 days ago")),
    ("older", _("over 180 days ago")),
    ("unknown", _("on a day not known")),
)


@blueprint.get("/")
def map_page() -> str:
    """Show map and list; without a town, what to run."""
    asked = Asked.read(request.args)
    with visit() as look:
        if look.town is None:
            return look.page("empty.html")
        return look.page(
            "map.html",
            asked=asked,
            present=look.layers(),
            example=look.example(),
            record=chosen_record(look, request.args),
            **_seen(look, asked),
        )


@blueprint.get("/list")
def list_fragment() -> str:
    """Show the list alone, for what the map's view holds."""
    asked = Asked.read(request.args)
    with visit() as look:
        template = "_lien_list.html" if asked.show else "_list.html"
        return look.page(template, asked=asked, **_seen(look, asked))


@blueprint.get("/table")
def table_page() -> str:
    """Show the same cases as a table, sorted and in pages."""
    asked = Asked.read(request.args)
    with visit() as look:
        if look.town is None:
            return look.page("empty.html")
        if asked.show:
            return look.page(
                "liens.html", asked=asked, present=look.layers(), **liens.tabled(look, asked)
            )
        counted, choices = _counted(look, asked)
        first = (asked.page - 1) * TABLED + 1
        cases = _ask(look, asked)(_cases(look, asked, most=TABLED, skip=first - 1))
        return look.page(
            "table.html",
            asked=asked,
            present=look.layers(),
            cases=cases,
            counted=counted,
            first=first,
            pages=max(1, math.ceil(counted.total / TABLED)),
            columns=COLUMNS,
            sortable=dict(SORTS),
            sort_choices=SORTS,
            **choices,
        )


def _seen(look: Visit, asked: Asked) -> dict[str, Any]:
    return liens.listed(look, asked) if asked.show else _listed(look, asked)


def _listed(look: Visit, asked: Asked) -> dict[str, Any]:
    counted, choices = _counted(look, asked)
    cases = _ask(look, asked)(_cases(look, asked, most=LISTED))
    return {"cases": cases, "counted": counted, **choices}


def _ask(look: Visit, asked: Asked) -> Callable[[sa.Select[Any]], list[sa.Row[Any]]]:
    """Return how to ask: of the whole town, which everybody begins with, the answer is kept."""
    return look.rows if asked.bbox else look.kept


def _cases(look: Visit, asked: Asked, *, most: int, skip: int = 0) -> sa.Select[Any]:
    return queries.open_cases(
        on=look.today,
        bbox=asked.bbox,
        stage=asked.stage,
        category=asked.category,
        zone=asked.zone,
        age=asked.age,
        sort=asked.sort,
        most=most,
        skip=skip,
    )


def _counted(look: Visit, asked: Asked) -> tuple[Tally, dict[str, Any]]:
    rows = _ask(look, asked)(queries.open_counts(on=look.today, bbox=asked.bbox))
    categories = sorted({row.category for row in rows} | {asked.category} - {""})
    zones = look.rows(places.zones())
    choices = {
        "stage_choices": [("", gettext("all open cases")), *_open_stages()],
        "category_choices": [
            ("", gettext("any violation")),
            *((each, say(each)) for each in categories),
        ],
        "age_choices": AGES,
        "zone_choices": [
            ("", gettext("the whole town")),
            *((zone.id, zone.name) for zone in zones),
        ],
    }
    return tally(rows, asked), choices


def _open_stages() -> list[tuple[str, str]]:
    return [
        (look["stage"], say(look["cases"])) for look in stage_looks() if look["stage"] not in ENDED
    ]
