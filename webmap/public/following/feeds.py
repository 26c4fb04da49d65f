"""Tell what happened in public cases as an Atom feed (RFC 4287), which leaves no account here."""

from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any
from xml.etree import ElementTree as ET

import sqlalchemy as sa
from flask import Response, request
from flask_babel import force_locale
from flask_babel import gettext as _

from cases.following.steps import steps_told
from cases.open_data import STEPS
from webmap.api.answering import answered
from webmap.auth.entering import address_of
from webmap.interpreting import say
from webmap.languages import LOCALES, offered
from webmap.markup import fit_for_xml
from webmap.public.following.scopes import Followed, read_followed
from webmap.public.frame import blueprint
from webmap.visits import Visit, visit
from webmap.words import day

MOST = 100
"""Entries of a feed: what came before them is on the pages of the cases."""
MIMETYPE = "application/atom+xml"


@blueprint.get("/feed.atom")
def feed() -> Response:
    """Give the latest steps of a case, a lot, a kind, a zone, an area, or the whole town.

    No day of change is sent beside the mark of the answer: a reader who asked by it would keep
    what was taken back since.
    """
    with visit() as look, force_locale(LOCALES[language_asked()]):
        followed = read_followed(look, request.args)
        return answered(look, lambda: _written(look, followed), mimetype=MIMETYPE)


def language_asked() -> str:
    """Return the language of a feed, which its address says: no program sends a cookie."""
    said = request.args.get("lang", "")
    return said if said in offered() else next(iter(offered()))


def _written(look: Visit, followed: Followed) -> str:
    steps = look.rows(steps_told(followed.scope, most=MOST))
    town = look.town.name if look.town else "Lotline"
    here = address_of("public.feed", **followed.args, lang=language_asked())
    top = ET.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": language_asked()})
    _put(top, "id", here)
    _put(top, "title", f"{town}: {followed.name}")
    _put(top, "updated", _moment(_latest(steps)))
    _put(top, "link", rel="self", type=MIMETYPE, href=here)
    _put(top, "link", rel="alternate", type="text/html", href=_outside(followed.page))
    _put(top, "icon", address_of("public.seal"))
    _put(ET.SubElement(top, "author"), "name", town)
    _put(top, "generator", "Lotline", version=version("lotline"))
    for step in steps:
        _entry(ET.SubElement(top, "entry"), step)
    return str(ET.tostring(top, "utf-8"), "utf-8")


def _entry(entry: ET.Element, step: sa.Row[Any]) -> None:
    """Tell one step; its identity stays while the address of the site does."""
    page = address_of("public.case_page", number=step.number)
    number = _("Case %(number)s", number=step.number)
    said = [say(step.category), number]
    if step.happened_on is not None:
        said.append(day(step.happened_on))
    _put(entry, "id", f"{page}#step-{step.seq}")
    _put(
        entry, "title", f"{step.situs_address or step.parcel_no or number}: {say(STEPS[step.kind])}"
    )
    _put(entry, "updated", _moment(step.recorded_at))
    _put(entry, "link", rel="alternate", type="text/html", href=page)
    _put(entry, "category", term=step.category)
    _put(entry, "summary", " · ".join(said))


def _put(inside: ET.Element, name: str, text: str = "", **attributes: str) -> None:
    fit = {key: fit_for_xml(value) for key, value in attributes.items()}
    ET.SubElement(inside, name, fit).text = fit_for_xml(text) or None


def _latest(steps: Sequence[sa.Row[Any]]) -> datetime:
    """Return when a feed last changed; one without an entry never has, as far as it tells."""
    return steps[0].recorded_at if steps else datetime(1970, 1, 1, tzinfo=UTC)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _outside(way: str) -> str:
    """Return where a page of ours is reached from outside."""
    return address_of("public.map_page").removesuffix("/") + way
