"""Keep the questions that somebody asks of reports again and again, for one or for the office."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from cases.actors import Moment
from cases.errors import MailError
from cases.mail.message import require_address
from cases.models import Staff
from cases.wording import tidy
from cases.workflow.roles import Role
from reports.answers.options import Question
from reports.errors import ReportError
from reports.runs.rhythm import Rhythm
from reports.runs.sending import can_send
from reports.runs.tables import ReportRun, SavedReport

LONGEST = 80
MOST_RECIPIENTS = 20
_NAME_ONCE = "report_saved_name_once"


class KeepError(ReportError):
    """A question cannot be kept or sent as is asked.

    Attributes
    ----------
    of
        What of it is wrong: ``name``, ``rhythm`` or ``recipients``.
    """

    def __init__(self, message: str, *, of: str) -> None:
        super().__init__(message)
        self.of = of


class NotYoursError(ReportError):
    """Somebody would change a question that another keeps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """How often a question is asked by itself, and to whom its answer is mailed.

    Parameters
    ----------
    recipients
        Their addresses; one that comes twice is one.
    language
        ``en`` or ``es``.
    """

    rhythm: Rhythm
    recipients: Sequence[str]
    language: str


def save(
    connection: sa.Connection,
    question: Question,
    *,
    staff_id: int,
    name: str,
    form_key: UUID,
    moment: Moment,
) -> int:
    """Keep a question under a name; gives which it is. Sent twice by one form, it is kept once.

    Days that are asked for stay as they are; what is left empty is of the day it is asked on.

    Raises
    ------
    KeepError
        The name is none, or is that of another one kept.
    """
    said = _named(name)
    values = {
        "key": form_key, "staff_id": staff_id, "name": said, "report": question.report,
        "asked": question.written(), "since_day": moment.on, "made_at": moment.now,
    }  # fmt: skip
    kept = insert(SavedReport).values(values).on_conflict_do_nothing().returning(SavedReport.id)
    saved_id = connection.scalar(kept)
    if saved_id is None:
        by_key = sa.select(SavedReport.id).where(
            SavedReport.key == form_key, SavedReport.staff_id == staff_id
        )
        saved_id = connection.scalar(by_key)
    if saved_id is None:
        raise _taken(said)
    return int(saved_id)


def rename(connection: sa.Connection, staff_id: int, *, saved_id: int, name: str) -> None:
    """Give one of somebody's questions another name.

    Raises
    ------
    KeepError
        As `save`.
    NotYoursError
        Another keeps it.
    """
    said = _named(name)
    try:
        with connection.begin_nested():
            _change(connection, staff_id, saved_id, name=said)
    except sa.exc.IntegrityError as error:
        if _NAME_ONCE not in str(error):
            raise
        raise _taken(said) from error


def share(connection: sa.Connection, staff_id: int, *, saved_id: int) -> None:
    """Show one of somebody's questions to the whole office; raises `NotYoursError`."""
    _change(connection, staff_id, saved_id, shared=True)


def unshare(connection: sa.Connection, staff_id: int, *, saved_id: int, role: Role) -> None:
    """Show a question to the office no longer: its owner may say so, and a manager.

    Raises
    ------
    NotYoursError
        Another keeps it, and whoever asks is no manager.
    """
    owner = None if role is Role.MANAGER else staff_id
    _change(connection, owner, saved_id, shared=False)


def schedule(
    connection: sa.Connection, staff_id: int, *, saved_id: int, sending: Sending, on: date
) -> None:
    """Say how often one of somebody's questions is asked by itself, and who is mailed its answer.

    Parameters
    ----------
    on
        The town's day: another rhythm counts from it.

    Raises
    ------
    KeepError
        An address is none, they are too many, or nobody would be mailed.
    NotYoursError
        Another keeps it.
    """
    recipients = _recipients(sending.recipients)
    if sending.rhythm is not Rhythm.NONE and not recipients:
        msg = "Say whom the answer is mailed to: one address a line."
        raise KeepError(msg, of="recipients")
    anew = sa.case((SavedReport.rhythm == sending.rhythm, SavedReport.since_day), else_=on)
    _change(
        connection, staff_id, saved_id, rhythm=sending.rhythm, recipients=recipients,
        language=sending.language, since_day=anew,
    )  # fmt: skip


def forget(connection: sa.Connection, staff_id: int, *, saved_id: int, now: datetime) -> None:
    """Keep one of somebody's questions no longer, nor whom it was mailed to.

    Raises
    ------
    NotYoursError
        Another keeps it.
    """
    ended = sa.func.greatest(now, SavedReport.made_at)
    _change(
        connection, staff_id, saved_id, ended_at=ended, rhythm=Rhythm.NONE, recipients=[],
        shared=False,
    )  # fmt: skip


def kept(connection: sa.Connection, staff_id: int) -> Sequence[sa.Row[Any]]:
    """Return somebody's questions and those that others share, by name.

    Columns: those of `SavedReport`; ``owner`` and ``can_send``, who keeps it and whether that is
    somebody who may read reports; ``run_id`` and ``state``, what it asked last by itself;
    ``asked_at``, when it was kept.
    """
    return connection.execute(_seen_by(staff_id).order_by(sa.func.lower(SavedReport.name))).all()


def find(connection: sa.Connection, staff_id: int, *, saved_id: int) -> sa.Row[Any] | None:
    """Return one of what `kept` returns; None where there is none."""
    return connection.execute(_seen_by(staff_id).where(SavedReport.id == saved_id)).first()


def _seen_by(staff_id: int) -> sa.Select[Any]:
    last = (
        sa.select(ReportRun.id, ReportRun.state)
        .where(ReportRun.saved_id == SavedReport.id)
        .order_by(ReportRun.on_day.desc())
        .limit(1)
        .lateral("last")
    )
    columns = (
        SavedReport.__table__, Staff.name.label("owner"), can_send().label("can_send"),
        SavedReport.made_at.label("asked_at"), last.c.id.label("run_id"), last.c.state,
    )  # fmt: skip
    there = sa.join(SavedReport, Staff, Staff.id == SavedReport.staff_id)
    return (
        sa.select(*columns)
        .select_from(there.outerjoin(last, sa.true()))
        .where(
            SavedReport.ended_at.is_(None),
            sa.or_(SavedReport.staff_id == staff_id, SavedReport.shared),
        )
    )


def _change(connection: sa.Connection, owner: int | None, saved_id: int, **values: Any) -> None:
    """Change a question that is kept: that of its owner, or of anybody where none is named."""
    query = sa.update(SavedReport).where(SavedReport.id == saved_id, SavedReport.ended_at.is_(None))
    if owner is not None:
        query = query.where(SavedReport.staff_id == owner)
    if not connection.execute(query.values(**values)).rowcount:
        msg = "Only who keeps this question changes it: keep it under a name of your own."
        raise NotYoursError(msg)


def _named(name: str) -> str:
    said = tidy(" ".join(name.split()))
    if said is None or len(said) > LONGEST or not said.isprintable():
        msg = f"Give the question a name of 1 to {LONGEST} characters."
        raise KeepError(msg, of="name")
    return said


def _taken(name: str) -> KeepError:
    msg = f"You keep another question under the name “{name}”: give this one a name of its own."
    return KeepError(msg, of="name")


def _recipients(said: Iterable[str]) -> list[str]:
    """Return addresses once each, however they are spelled."""
    once: dict[str, str] = {}
    for each in said:
        once.setdefault(each.casefold(), each)
    recipients = [*once.values()]
    if len(recipients) > MOST_RECIPIENTS:
        msg = f"There are {len(recipients)} addresses: at the most there are {MOST_RECIPIENTS}."
        raise KeepError(msg, of="recipients")
    try:
        return [require_address(each) for each in recipients]
    except MailError as error:
        raise KeepError(str(error), of="recipients") from error
