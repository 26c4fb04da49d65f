"""Say of a report, in the language now spoken, what it asked and how its values are written.

Loads no pages: whoever mails of a report says the same.
"""

from datetime import date
from typing import Any

from babel.dates import format_date
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from reports.answers.answer import Kind
from reports.answers.cells import Manner
from reports.answers.options import OptionError, read
from reports.registry import REPORTS
from webmap.words import day, dollars


def manner() -> Manner:
    """Return how the language now spoken writes values."""
    one, many = 1, 2
    return Manner(
        day=day, month=_month, cents=dollars,
        units={
            Kind.DAYS: _unit(ngettext("%(n)s day", "%(n)s days", one, n="{}"),
                             ngettext("%(n)s day", "%(n)s days", many, n="{}")),
            Kind.HOURS: _unit(ngettext("%(n)s hour", "%(n)s hours", one, n="{}"),
                              ngettext("%(n)s hour", "%(n)s hours", many, n="{}")),
            Kind.MINUTES: _unit(_("%(n)s min", n="{}"), _("%(n)s min", n="{}")),
        },
        between=_("%(low)s to %(high)s", low="{low}", high="{high}"),
        at_most=_("up to %(high)s", high="{high}"),
        at_least=_("%(low)s or more", low="{low}"),
        yes=_("yes"), no=_("no"),
    ).in_one()  # fmt: skip


def _unit(one: object, many: object) -> tuple[str, str, str]:
    """Return a unit alone, as it stands beside many, and around one and many."""
    return str(many).format("").strip(), str(one), str(many)


def _month(value: date) -> str:
    return str(format_date(value, _("MMM y"), locale=get_locale()))


def told_of(run: Any) -> list[tuple[str, str]]:
    """Return what was asked beside the defaults: each option's label, and its value.

    Parameters
    ----------
    run
        With ``report``, ``asked`` and ``asked_at``.
    """
    asked = REPORTS.get(run.report)
    if asked is None:
        return []
    try:
        question = read(asked.name, asked.options, now=run.asked_at, said=run.asked)
    except OptionError:  # the report has lost or narrowed an option since
        return [*run.asked.items()]
    return [
        (each.words, each.tell(question[each.key]))
        for each in asked.options
        if each.key in run.asked and each.tell(question[each.key])
    ]
