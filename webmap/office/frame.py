"""Frame the pages of the office: their blueprint, and the way to each by role."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, request, url_for
from flask_babel import lazy_gettext as _

from cases.accounts.members import Member
from webmap.auth.gate import allowed, me, rights_for

blueprint = Blueprint("office", __name__, url_prefix="/office")

_PLACES = (
    ("office.home", _("Today"), "t"),
    ("field.today", _("Field"), "f"),
    ("office.cases", _("Cases"), "c"),
    ("office.complaints", _("Complaints"), "q"),
    ("office.intake", _("New complaint"), "n"),
    ("office.docket", _("Docket"), "d"),
    ("office.map_page", _("Map"), "m"),
    ("office.zones", _("Zones"), "z"),
    ("office.reports", _("Reports"), "r"),
    ("auth.staff", _("People"), "p"),
)
"""The pages in the head, each with the key that goes to it after ``g``."""


@dataclass(frozen=True, slots=True)
class Place:
    """One page in the head."""

    href: str
    words: Any
    key: str
    current: bool


def may_go(endpoint: str) -> bool:
    """Tell whether whoever is asking may go to a page."""
    return allowed(me(), rights_for(endpoint) or ())


def navigation(person: Member) -> list[Place]:
    """Return the pages that somebody may go to, in order."""
    return [
        Place(url_for(endpoint), words, key, request.endpoint == endpoint)
        for endpoint, words, key in _PLACES
        if allowed(person, rights_for(endpoint) or ())
    ]
