"""Keep a report's question as somebody of the staff, in the caller's transaction."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

import sqlalchemy as sa

from cases.actors import Moment
from reports.answers.options import Value, ask
from reports.registry import find_report
from reports.runs import saving
from reports.runs.rhythm import Rhythm
from reports.runs.saving import Sending


def keep(
    connection: sa.Connection,
    staff_id: int,
    *,
    now: datetime,
    name: str = "Open cases",
    report: str = "heatmap",
    shared: bool = False,
    rhythm: Rhythm = Rhythm.NONE,
    recipients: Sequence[str] = (),
    language: str = "en",
    **values: Value,
) -> int:
    """Keep a question; gives which it is."""
    question = ask(report, find_report(report).options, now=now, values=values)
    kept_id = saving.save(
        connection, question, staff_id=staff_id, name=name, form_key=uuid4(),
        moment=Moment(on=now.date(), now=now),
    )  # fmt: skip
    sending = Sending(rhythm=rhythm, recipients=recipients, language=language)
    saving.schedule(connection, staff_id, saved_id=kept_id, sending=sending, on=now.date())
    if shared:
        saving.share(connection, staff_id, saved_id=kept_id)
    return kept_id
