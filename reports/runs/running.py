"""Ask for a report, follow how far it is, and keep its answer."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from cases.actors import Actor, Moment
from cases.jobs import defer, defer_once
from cases.models import ReportCases
from geo.layers import LayerChange
from reports.answers.answer import Answer
from reports.answers.options import Question
from reports.answers.written import to_json, to_parts
from reports.runs.tables import ReportPart, ReportRun, SavedReport

MAKE_REPORT = "reports.make"
MAKE_FILE = "reports.file"
MAIL_REPORT = "reports.mail"
QUEUE = "reports"
STALLED_AFTER = timedelta(minutes=3)
"""Whoever makes a report tells of it every second or so."""
KEPT_FOR = timedelta(days=400)
"""How long an answer can be looked at again: over a budget year, and its audit."""
STALLED = (
    "The worker that made this report ended before it was done. Ask for it again; if it happens "
    "again, narrow it to a zone or to fewer years."
)
FILE, FAILED = "file:", "failed:"


class State(StrEnum):
    """How far a report is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"  # by a person, without an answer
    FAILED = "failed"


OPEN = (State.QUEUED, State.RUNNING)


def generation(connection: sa.Connection) -> int:
    """Return how often the town's records have changed: by a deed, a posting, or the map."""
    return int(connection.scalar(sa.select(sa.func.sum(LayerChange.bumps))) or 0)


def ask_for(connection: sa.Connection, question: Question, *, actor: Actor, moment: Moment) -> int:
    """Have a worker make a report; gives its id, that of the one being made where one is."""
    asked = {"report": question.report, "asked": question.written(), "on_day": question.on}
    run_id = _ask(connection, asked, by=actor.name, at=moment.now)
    if run_id is None:
        there = _of(question).where(ReportRun.state.in_(OPEN))
        return int(connection.execute(there).scalar_one())
    return run_id


def ask_kept(
    connection: sa.Connection, kept: sa.Row[Any], *, by: str, moment: Moment
) -> int | None:  # fmt: skip
    """Have a worker make what a kept question asks by itself, and mail of it; gives its id.

    It is not read here: one that asks what its report no longer knows fails in words.

    Parameters
    ----------
    kept
        With ``id``, ``report`` and ``asked``.
    by
        Who keeps it.

    Returns
    -------
    int or None
        None where it was asked on this day already.
    """
    asked = {"report": kept.report, "asked": kept.asked, "on_day": moment.on, "saved_id": kept.id}
    return _ask(connection, asked, by=by, at=moment.now)


def _ask(
    connection: sa.Connection, asked: dict[str, Any], *, by: str, at: datetime
) -> int | None:  # fmt: skip
    values = {
        **asked, "generation": generation(connection), "asked_by": by, "asked_at": at,
    }  # fmt: skip
    made = insert(ReportRun).values(values).on_conflict_do_nothing().returning(ReportRun.id)
    run_id = connection.scalar(made)
    if run_id is None:
        return None
    defer(connection, MAKE_REPORT, queue=QUEUE, run_id=run_id)
    return int(run_id)


def latest(connection: sa.Connection, question: Question) -> int | None:
    """Return the newest report of this question and day that is made or being made."""
    there = _of(question).where(ReportRun.state.in_((*OPEN, State.DONE)))
    found: int | None = connection.scalar(there)
    return found


def _of(question: Question) -> sa.Select[int]:
    return (
        sa.select(ReportRun.id)
        .where(
            ReportRun.report == question.report, ReportRun.on_day == question.on,
            ReportRun.asked == sa.cast(question.written(), ReportRun.asked.type),
        )
        .order_by(ReportRun.id.desc())
        .limit(1)
    )  # fmt: skip


def run(connection: sa.Connection, run_id: int) -> sa.Row[Any] | None:
    """Return a report with its answer and without its parts; None where there is none."""
    return connection.execute(
        sa.select(ReportRun.__table__).where(ReportRun.id == run_id)
    ).first()  # fmt: skip


def newest(*, reader: int) -> sa.Select[Any]:
    """Select the reports asked for, the newest first, without their answers.

    Parameters
    ----------
    reader
        Whose list it is: what another keeps for himself is not in it.
    """
    light = [each for each in ReportRun.__table__.columns if each.name != "answer"]
    others = sa.select(SavedReport.id).where(
        SavedReport.id == ReportRun.saved_id,
        SavedReport.staff_id != reader,
        sa.not_(SavedReport.shared),
    )
    return sa.select(*light).where(~others.exists()).order_by(ReportRun.id.desc())


def has_list(connection: sa.Connection, run_id: int, figure: str) -> bool:
    """Tell whether a report counted cases for a figure."""
    there = sa.exists().where(ReportCases.run_id == run_id, ReportCases.name == figure)
    return bool(connection.scalar(sa.select(there)))


def part(connection: sa.Connection, run_id: int, name: str) -> bytes | None:
    """Return what is large of an answer by its name; None where there is none."""
    there = sa.select(ReportPart.body).where(ReportPart.run_id == run_id, ReportPart.name == name)
    body: bytes | None = connection.scalar(there)
    return body


def parts(connection: sa.Connection, run_id: int) -> dict[str, bytes]:
    """Return all that is large of an answer but the files made of it."""
    query = sa.select(ReportPart.name, ReportPart.body).where(
        ReportPart.run_id == run_id,
        ~ReportPart.name.startswith(FILE),
        ~ReportPart.name.startswith(FAILED),
    )
    return {name: body for name, body in connection.execute(query)}  # noqa: C416 - of two columns


def claim(connection: sa.Connection, run_id: int, *, now: datetime) -> sa.Row[Any] | None:
    """Begin to make a report; None where it was stopped, or another is at it.

    Columns: ``report``, ``asked``, ``on_day``, ``asked_at``.
    """
    begins = sa.func.greatest(now, ReportRun.asked_at)
    begun = (
        sa.update(ReportRun)
        .where(ReportRun.id == run_id, ReportRun.state == State.QUEUED)
        .values(state=State.RUNNING, begun_at=begins, told_at=now)
        .returning(ReportRun.report, ReportRun.asked, ReportRun.on_day, ReportRun.asked_at)
    )
    found: list[sa.Row[Any]] = [*connection.execute(begun)]
    return found[0] if found else None


def progress(
    connection: sa.Connection, run_id: int, *, doing: str | None, share: float, now: datetime
) -> bool:
    """Tell how far a report is; gives whether to go on."""
    told = (
        sa.update(ReportRun)
        .where(ReportRun.id == run_id, ReportRun.state == State.RUNNING)
        .values(doing=doing, share=min(max(share, 0), 1), told_at=now)
        .returning(ReportRun.stop_asked)
    )
    return connection.scalar(told) is False


def finish(connection: sa.Connection, run_id: int, answer: Answer, *, now: datetime) -> bool:
    """Keep the answer, which never changes after; gives whether it was still wanted."""
    done = {"answer": to_json(answer), "state": State.DONE, "share": 1, "doing": None}
    if not _end(connection, run_id, done, at=[State.RUNNING], now=now):
        return False
    parts = [{"name": name, "body": body} for name, body in to_parts(answer).items()]
    lists = [{"name": name, "ids": [*cases.ids]} for name, _value, cases in answer.counted()]
    for table, rows in ((ReportPart, parts), (ReportCases, lists)):
        if rows:
            connection.execute(sa.insert(table), [{"run_id": run_id, **row} for row in rows])
    return True


def keep_file(connection: sa.Connection, run_id: int, kind: str, body: bytes) -> None:
    """Keep a file that was made of an answer; made again, it is the same."""
    values = {"run_id": run_id, "name": f"{FILE}{kind}", "body": body}
    connection.execute(insert(ReportPart).values(values).on_conflict_do_nothing())


def ask_file(connection: sa.Connection, run_id: int, kind: str) -> None:
    """Have a worker make a file of an answer; asked for while it is waited for, it is one file."""
    defer_once(
        connection, MAKE_FILE, queue=QUEUE, once=f"report {run_id} {kind}", run_id=run_id, kind=kind
    )


def failure_of(connection: sa.Connection, run_id: int, kind: str) -> str | None:
    """Return why a file could not be made; None where nothing went wrong."""
    said = part(connection, run_id, f"{FAILED}{kind}")
    return said.decode() if said else None


def keep_failure(connection: sa.Connection, run_id: int, kind: str, *, because: str) -> None:
    """Keep why a file could not be made."""
    values = {"run_id": run_id, "name": f"{FAILED}{kind}", "body": because.encode()}
    connection.execute(insert(ReportPart).values(values).on_conflict_do_nothing())


def has_part(connection: sa.Connection, run_id: int, name: str) -> bool:
    """Tell whether an answer has a part of this name."""
    there = sa.exists().where(ReportPart.run_id == run_id, ReportPart.name == name)
    return bool(connection.scalar(sa.select(there)))


def lists_of(connection: sa.Connection, run_id: int) -> dict[str, list[int]]:
    """Return the cases that the figures of an answer count, by the names of the figures."""
    query = sa.select(ReportCases.name, ReportCases.ids).where(ReportCases.run_id == run_id)
    return {row.name: row.ids for row in connection.execute(query)}


def fail(connection: sa.Connection, run_id: int, *, because: str, now: datetime) -> bool:
    """Say why a report has no answer; gives whether one was still wanted."""
    gone = {"state": State.FAILED, "failed_because": because}
    return _end(connection, run_id, gone, at=OPEN, now=now)


def stop(connection: sa.Connection, run_id: int, *, now: datetime) -> None:
    """End a report without an answer; of one that has ended nothing is changed."""
    _end(connection, run_id, {"state": State.STOPPED}, at=[State.QUEUED], now=now)
    running = sa.update(ReportRun).where(
        ReportRun.id == run_id, ReportRun.state == State.RUNNING
    )  # fmt: skip
    connection.execute(running.values(stop_asked=True))


def stopped(connection: sa.Connection, run_id: int, *, now: datetime) -> bool:
    """Say that whoever made a report has stopped, as was asked."""
    return _end(connection, run_id, {"state": State.STOPPED}, at=[State.RUNNING], now=now)


def fail_stalled(connection: sa.Connection, *, now: datetime) -> list[int]:
    """Give up, in words, the reports whose worker was not heard of for long; gives which."""
    stalled = (
        sa.update(ReportRun)
        .where(ReportRun.state == State.RUNNING, ReportRun.told_at < now - STALLED_AFTER)
        .values(state=State.FAILED, failed_because=STALLED, ended_at=now)
        .returning(ReportRun.id, ReportRun.saved_id)
    )
    rows: list[sa.Row[Any]] = [*connection.execute(stalled)]
    for each in rows:
        _have_mailed(connection, each)
    return [int(each.id) for each in rows]


def drop_past(connection: sa.Connection, *, on: date) -> int:
    """Delete the reports asked for so long ago that nobody looks at them; gives how many."""
    past = sa.delete(ReportRun).where(
        ReportRun.on_day < on - KEPT_FOR, ReportRun.state.not_in(OPEN)
    )
    return connection.execute(past).rowcount


def _end(
    connection: sa.Connection,
    run_id: int,
    values: dict[str, Any],
    *,
    at: Sequence[State],
    now: datetime,
) -> bool:
    ended = sa.func.greatest(now, sa.func.coalesce(ReportRun.begun_at, ReportRun.asked_at))
    mine = sa.update(ReportRun).where(ReportRun.id == run_id, ReportRun.state.in_(at))
    query = mine.values({**values, "ended_at": ended})
    rows: list[sa.Row[Any]] = [
        *connection.execute(query.returning(ReportRun.id, ReportRun.saved_id))
    ]
    for each in rows:
        _have_mailed(connection, each)
    return bool(rows)


def _have_mailed(connection: sa.Connection, row: sa.Row[Any]) -> None:
    """Have a worker mail of a report that a kept question asked, once its end has committed."""
    if row.saved_id is not None:
        defer(connection, MAIL_REPORT, queue=QUEUE, run_id=row.id)
