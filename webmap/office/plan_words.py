"""Say what leaving a stop for another day risks, and where a search for a plan stands."""

from typing import Any

from flask_babel import gettext, lazy_gettext, ngettext

from cases.visiting.kinds import Kind
from reports.routes.plan import Risk
from webmap.left_words import reason
from webmap.office.visit_worth import KINDS
from webmap.words import distance_words

RISKS: dict[str, Any] = {
    Risk.APPOINTMENT: lazy_gettext("A promised appointment is missed."),
    Risk.LEGAL_DATE: lazy_gettext("Its last day passes."),
    Risk.MUST: lazy_gettext("It must be visited."),
    Risk.WAITS: lazy_gettext("Nothing: it waits for another day."),
}
"""What is lost by it, the worst first."""

STATES: dict[str, Any] = {
    "queued": lazy_gettext("waits its turn"),
    "running": lazy_gettext("is being searched"),
    "done": lazy_gettext("ready"),
    "stopped": lazy_gettext("ready, stopped early"),
    "failed": lazy_gettext("could not be made"),
}
"""Where the search for a plan stands."""

PARTS: dict[str, Any] = {
    "drive": lazy_gettext("Driving"),
    "door": lazy_gettext("At the door"),
    "wait": lazy_gettext("Waiting"),
    "lunch": lazy_gettext("Lunch"),
}
"""What an officer's day is made of."""


def risk(code: str) -> str:
    """Say what leaving a stop risks; what no code says stays as it is."""
    return str(RISKS.get(code, code))


def gravity(code: str) -> int:
    """Return the place of a risk among all, 0 for the worst."""
    return list(RISKS).index(code) if code in RISKS else len(RISKS)


def kind(code: str) -> str:
    """Name what a visit is for."""
    return str(KINDS[Kind(code)]) if code in KINDS else code


def span(seconds: int) -> str:
    """Write how long something takes: ``under 1 min``, ``45 min``, ``1 h 5 min``."""
    minutes = round(seconds / 60)
    if seconds > 0 and minutes < 1:
        return str(gettext("under 1 min"))
    hours, rest = divmod(minutes, 60)
    if not hours:
        return str(gettext("%(n)s min", n=rest))
    if not rest:
        return str(gettext("%(h)s h", h=hours))
    return str(gettext("%(h)s h %(m)s min", h=hours, m=rest))


def more_or_less(seconds: int) -> str:
    """Write by how much longer something takes: ``12 min more``, ``3 min less``, ``the same``."""
    if round(abs(seconds) / 60) < 1:
        return str(gettext("about the same"))
    said = span(abs(seconds))
    return str(gettext("%(span)s more", span=said) if seconds > 0
               else gettext("%(span)s less", span=said))  # fmt: skip


def early_or_late(seconds: int) -> str:
    """Write how much later than planned somebody came: ``12 min late``, ``on time``."""
    if round(abs(seconds) / 60) < 1:
        return str(gettext("on time"))
    said = span(abs(seconds))
    return str(gettext("%(span)s late", span=said) if seconds > 0
               else gettext("%(span)s early", span=said))  # fmt: skip


def stops(count: int) -> str:
    """Count stops."""
    return str(ngettext("%(num)s stop", "%(num)s stops", count))


WORDS = {
    "left_reason": reason, "left_risk": risk, "visit_kind": kind, "span": span,
    "distance": distance_words, "more_or_less": more_or_less, "early_or_late": early_or_late,
    "stops_of": stops, "plan_states": STATES, "plan_parts": PARTS,
}  # fmt: skip
"""What the pages of route plans say with."""
