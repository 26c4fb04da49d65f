"""Show the forms that may be printed and sent or brought by whoever has no internet."""

from typing import Any

from cases.deadlines import Timely
from webmap.auth.gate import anybody
from webmap.office.deeds.citations import COUNTS
from webmap.public.reporting.desk import law_now
from webmap.respondent.frame import blueprint
from webmap.visits import visit


@blueprint.get("/notice/forms")
@anybody
def forms() -> str:
    """Show the forms, for anybody, each with the day of a letter that counts by the law."""
    with visit() as look:
        return look.page("respondent/forms.html", counts=_counts())


def _counts() -> dict[str, Any]:
    """Return which day of a letter counts for each form; without a law the day it came."""
    law = law_now()
    if law is None:
        return dict.fromkeys(("time", "hearing"), COUNTS[Timely.RECEIVED])
    rules = {"time": law.deadlines.cure, "hearing": law.deadlines.request_hearing}
    return {name: COUNTS[rule.timely] for name, rule in rules.items()}
