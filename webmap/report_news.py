"""Write what became of a report that somebody follows, as its page tells it."""

from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from cases.following.reports import PUBLIC, ReportNews


def report_news(news: ReportNews, *, page: str) -> dict[str, Any]:
    """Return what a digest tells of a report, in the language now spoken.

    Parameters
    ----------
    page
        The address of the page that asks for its code.
    """
    steps = [{"day": step.happened_on, "what": _words(step)} for step in news.steps]
    return {"name": news.name, "address": page, "steps": steps}


def _words(step: sa.Row[Any]) -> str:
    words = _said(step)
    if step.because:
        words = f"{words} {_('The reason:')} {step.because}"
    return words


def _said(step: sa.Row[Any]) -> str:
    ended = _ended(step)
    if step.kind in ended:
        return str(ended[step.kind])
    if step.case_number:
        return str(_("It is part of case %(number)s.", number=step.case_number))
    if step.has_case:
        return str(_("It is being looked into. An officer is to look at the place."))
    return str(_("It is about the same as an earlier report. Both are looked at together."))


def _ended(step: sa.Row[Any]) -> dict[str, str]:
    """Say the steps that lead to no other report and no case that is still to come."""
    number, name = step.case_number, step.referred_to
    return {
        PUBLIC: _("An officer found a violation. It is part of case %(number)s.", number=number),
        "complaint_referred": _("It went to %(name)s, who looks into it.", name=name),
        "complaint_dismissed": _("It was closed without a case."),
        "complaint_reopened": _("It is looked at again."),
        "complaint_closed": _("It has come to its end."),
    }
