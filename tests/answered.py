"""Have a report asked for and answered as the worker does it, in the caller's transaction."""

from datetime import datetime

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.workflow.roles import Role
from reports.answers.options import Value, ask
from reports.registry import find_report, make
from reports.runs import running


def answered(
    connection: sa.Connection, name: str, *, now: datetime, who: str = "A. Stone", **values: Value
) -> int:
    """Ask for a report and answer it; gives its run."""
    report = find_report(name)
    question = ask(name, report.options, now=now, values=values)
    moment = Moment(on=now.date(), now=now)
    run_id = running.ask_for(
        connection, question, actor=Actor(who, Role.MANAGER), moment=moment
    )  # fmt: skip
    assert running.claim(connection, run_id, now=now) is not None
    assert running.finish(connection, run_id, make(connection, question), now=now)
    return run_id
