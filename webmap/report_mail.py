"""Say what the mail of a kept question tells: what was found, and where the rest stands."""

from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _

from cases.worded.kinds import MessageKind
from reports.answers.answer import Answer
from reports.answers.cells import write_figure
from reports.answers.speaking import spoken
from reports.answers.written import from_json
from reports.registry import REPORTS
from reports.runs.running import State
from webmap.correspondent import Correspondent
from webmap.interpreting import say
from webmap.report_values import manner, told_of

UNKNOWN = "\N{EN DASH}"
TOO_LARGE = _("The PDF is too large to be mailed: it stands under the link.")
NOT_MADE = _("The PDF could not be made: the report stands under the link.")
STOPPED = _("It was stopped before it was made.")


class ReportWriter(Correspondent):
    """Who writes of reports outside of any page."""

    def answer(
        self, run: sa.Row[Any], kept: sa.Row[Any], *, attached: str, left_out: object
    ) -> tuple[str, str]:
        """Return the subject and the text that tell what a report found.

        Parameters
        ----------
        run, kept
            The report that was made, and the question that asked it.
        attached
            The name of the file that is attached; "" for none.
        left_out
            Why none is; "" where nothing has to be said of it.
        """
        answer = from_json(run.answer)
        with self.speaking(kept.language):
            figures = _figures(answer)
        return self.written(
            MessageKind.REPORT, language=kept.language, **self._question(run, kept),
            options=[{"words": words, "value": value} for words, value in told_of(run)],
            findings=[{"what": each} for each in answer.says], figures=figures,
            attached=attached, left_out=left_out, keeper=kept.owner,
        )  # fmt: skip

    def failure(self, run: sa.Row[Any], kept: sa.Row[Any]) -> tuple[str, str]:
        """Return the subject and the text that tell who keeps a question why it has no answer."""
        why = run.failed_because if run.state == State.FAILED else STOPPED
        return self.written(
            MessageKind.REPORT_FAILED, language=kept.owner_language, why=why,
            **self._question(run, kept),
        )  # fmt: skip

    def _question(self, run: sa.Row[Any], kept: sa.Row[Any]) -> dict[str, Any]:
        report = REPORTS.get(run.report)
        return {
            "name": kept.name, "title": report.title if report else run.report,
            "day": run.on_day, "address": f"{self.url}/office/reports/runs/{run.id}",
        }  # fmt: skip


def _figures(answer: Answer) -> list[dict[str, str]]:
    """Return the figures as facts, in the language now spoken."""
    return [
        {"words": each.words, "value": write_figure(each, manner=manner()) or UNKNOWN}
        for each in spoken(answer, say).figures
    ]
