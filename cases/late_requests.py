"""Put a request for a hearing on record that came after the time to answer a citation."""

from enum import StrEnum

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.adopted import law_of_case
from cases.advancing import advance
from cases.days import require_answer
from cases.deadlines import Answer, Deadline, in_time
from cases.models import Citation, Notice
from cases.parts import lock_part, move
from cases.workflow.citation import CitationAction, CitationStatus
from cases.workflow.step import Guard


class Judged(StrEnum):
    """How the town's law judges a request that came after the last day to answer."""

    LATE = "late"
    IN_TIME = "in_time"


def record_late(
    connection: sa.Connection, *, citation_id: int, answer: Answer, actor: Actor, moment: Moment
) -> Judged:
    """Put a late request on record, refused; the citation stands as it does.

    Where the hearing was held waived before the request was put down, one that was in time, by the
    day it came or by its postmark as the town's law has it, is put on record too: a person may then
    set the waiver aside (`cases.waiving.vacate_waiver`).
    While nothing is waived, one that is in time is asked for by `cases.citing.request_hearing`.

    Raises
    ------
    DayError
        The request came before the citation was issued, or is still to come.
    GuardError
        It is not late, and no hearing was waived.
    """
    row = lock_part(connection, Citation, citation_id, moment=moment)
    issued = sa.select(Notice.issued_on).where(Notice.id == row.notice_id)
    require_answer(
        answer, moment=moment, since=connection.scalar(issued),
        after=f"Citation {row.number} was issued",
    )  # fmt: skip
    rule = law_of_case(connection, row.case_id).deadlines.request_hearing
    last = row.answer_by
    is_late = last is not None and not in_time(answer, Deadline(last, ""), rule=rule)
    judged = Judged.LATE if is_late else Judged.IN_TIME
    step = advance(
        CitationStatus(row.status), CitationAction.RECORD_LATE, actor=actor,
        held={Guard.LATE: is_late},
    )  # fmt: skip
    posted = answer.postmarked_on
    move(
        connection, Citation, row, step, actor=actor, moment=moment, number=row.number,
        received_on=answer.received_on.isoformat(), postmarked_on=posted and posted.isoformat(),
        answer_by=last and last.isoformat(), late_request=str(judged), source=rule.source,
    )  # fmt: skip
    return judged
