"""Write a report's answer in the reader's language, and say what its figures and cells lead to."""

from collections.abc import Callable, Mapping
from datetime import date

from babel.dates import format_date
from flask import url_for
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from markupsafe import Markup

from cases.desk.lists import Filter
from cases.desk.queues import Queue
from reports.answers.answer import Answer, Chart, Kind, Row
from reports.answers.cells import Manner
from reports.answers.drawing.chart import draw_chart
from webmap.office.asking import Asked
from webmap.words import day, dollars


def manner() -> Manner:
    """Return how the language now spoken writes values."""
    one, many = 1, 2
    return Manner(
        day=day, month=_month, cents=dollars,
        units={
            Kind.DAYS: (_("days"), *_unit(ngettext("%(n)s day", "%(n)s days", one, n="{}"),
                                          ngettext("%(n)s day", "%(n)s days", many, n="{}"))),
            Kind.HOURS: (_("hours"), *_unit(ngettext("%(n)s hour", "%(n)s hours", one, n="{}"),
                                            ngettext("%(n)s hour", "%(n)s hours", many, n="{}"))),
            Kind.MINUTES: (_("minutes"), *_unit(_("%(n)s min", n="{}"), _("%(n)s min", n="{}"))),
        },
        between=_("%(low)s to %(high)s", low="{low}", high="{high}"),
        at_most=_("up to %(high)s", high="{high}"), at_least=_("%(low)s or more", low="{low}"),
        yes=_("yes"), no=_("no"),
    )  # fmt: skip


def _unit(one: object, many: object) -> tuple[str, str]:
    return str(one), str(many)


def _month(value: date) -> str:
    return str(format_date(value, _("MMM y"), locale=get_locale()))


def drawn(answer: Answer, chart: Chart) -> Markup:
    """Return a chart of an answer as a picture for the page."""
    table = answer.table(chart.of)
    tells = _("The table “%(table)s” has the same figures.", table=table.title)
    picture = draw_chart(chart, table, manner=manner(), tells=str(tells))
    return Markup(picture)  # noqa: S704 - every word in it is escaped where it is drawn


def cases_link(run_id: int, name: str) -> str:
    """Return the address of the list of exactly the cases that a figure counts."""
    return Asked(Filter(queue=Queue.EVERY, counted=(run_id, name))).link()


def page_of(row: Row, column: str) -> str | None:
    """Return the address of what a cell names; None where it names nothing with a page."""
    of = row.of.get(column)
    if of is None:
        return None
    kind, what = of
    return _PAGES[kind](what)


def _owner(what: str) -> str:
    """Return the address of the report on one owner, as of the day it was listed."""
    code, _between, on = what.partition("|")
    return url_for("office.report", report_name="owners", owner=code, date=on or None)


_PAGES: Mapping[str, Callable[[int | str], str]] = {
    "parcel": lambda what: url_for("office.parcel", parcel_no=what),
    "case": lambda what: url_for("office.case", number=what),
    "owner": lambda what: _owner(str(what)),
}
