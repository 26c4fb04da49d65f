"""Write a report's answer in the reader's language, and say what its figures and cells lead to."""

from collections.abc import Callable, Mapping

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from cases.desk.lists import Filter
from cases.desk.queues import Queue
from reports.answers.answer import Answer, Chart, Row
from reports.answers.drawing.chart import draw_chart
from webmap.office.asking import Asked
from webmap.report_values import manner

WIDTHS = {"desk": 640, "phone": 330}
"""How wide charts are, in pixels; a page holds each for a desk and for a phone, and shows one."""


def drawn(answer: Answer, chart: Chart, *, of: str) -> Markup:
    """Return a chart of an answer as a picture for the page, as wide as one of `WIDTHS`."""
    table = answer.table(chart.of)
    tells = _("The table “%(table)s” has the same figures.", table=table.title)
    picture = draw_chart(
        chart, table, wide=WIDTHS[of], manner=manner(), prefix=of, tells=str(tells)
    )
    return Markup(picture)  # noqa: S704 - every word in it is escaped where it is drawn


def cases_link(run_id: int, name: str) -> str:
    """Return the address of the list of exactly the cases that a figure counts."""
    return Asked(Filter(queue=Queue.EVERY, counted=(run_id, name))).link()


def page_of(run_id: int, row: Row, column: str) -> str | None:
    """Return the address of what a cell names; None where it names nothing with a page.

    Parameters
    ----------
    run_id
        The answer that the row is of.
    """
    of = row.of.get(column)
    if of is None:
        return None
    kind, what = of
    if kind == "pair":
        return url_for("office.say_of_owners", run_id=run_id, row_key=what)
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
