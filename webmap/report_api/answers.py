"""Tell which reports there are, have one made, and give its answer with the cases behind it."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from flask import abort
from flask_wtf.csrf import generate_csrf

from cases.desk import lists
from cases.desk.lists import Filter
from cases.desk.queues import Queue
from reports.answers import options
from reports.answers.options import OptionKind, ask
from reports.registry import REPORTS
from reports.runs import running
from webmap.api.asking import Param, counted
from webmap.auth.desk import Desk
from webmap.report_api.models import (
    Answered,
    Counted,
    Guard,
    Option,
    Report,
    Reports,
    Run,
    Runs,
)
from webmap.report_api.operations import operation

NEWEST = 50
MOST_CASES = 1_000
RUN_ID = ("run_id", "The report that was asked for, by its id.")


@operation(
    "/reports/guard",
    summary="What is sent along with all that has something made",
    answer=Guard,
)
def report_guard(_desk: Desk, _asked: dict[str, Any]) -> Guard:
    """Answer the guard of what is sent."""
    return Guard(token=generate_csrf())


@operation("/reports", summary="List the reports there are", answer=Reports)
def list_reports(_desk: Desk, _asked: dict[str, Any]) -> Reports:
    """Answer the reports and their options."""
    return Reports(
        reports=[
            Report(
                name=each.name, title=each.title, answers=each.answers,
                options=[_option(option) for option in each.options],
            )
            for each in REPORTS.values()
        ]
    )  # fmt: skip


@operation("/reports/runs", summary="List the reports asked for last", answer=Runs)
def list_runs(desk: Desk, _asked: dict[str, Any]) -> Runs:
    """Answer the newest runs."""
    rows = desk.rows(running.newest(reader=desk.member.id).limit(NEWEST))
    return Runs(runs=[Run(**_told(row)) for row in rows])


@operation(
    "/reports/runs/<int:run_id>",
    summary="Read how far a report is, and its answer once it is made",
    answer=Answered,
    parts=[RUN_ID],
)
def read_run(desk: Desk, _asked: dict[str, Any], *, run_id: int) -> Answered:
    """Answer a run."""
    row = running.run(desk.connection, run_id) or abort(404)
    return Answered(**_told(row), answer=row.answer)


@operation(
    "/reports/runs/<int:run_id>/cases/<path:figure>",
    summary="List exactly the cases that a figure counts",
    answer=Counted,
    parts=[RUN_ID, ("figure", "The figure's key; of a table's cell TABLE/ROW/COLUMN.")],
    params=(counted("page", "Which page of a thousand.", most=100_000, default=1),),
)
def list_counted(desk: Desk, asked: dict[str, Any], *, run_id: int, figure: str) -> Counted:
    """Answer the cases of a figure."""
    row = running.run(desk.connection, run_id)
    if row is None or not running.has_list(desk.connection, run_id, figure):
        abort(404)
    which = Filter(queue=Queue.EVERY, counted=(run_id, figure))
    many = desk.connection.execute(lists.count(which, on=desk.today)).scalar_one()
    page = lists.cases(
        which, on=desk.today, sort="number", most=MOST_CASES, skip=(asked["page"] - 1) * MOST_CASES
    )
    return Counted(figure=figure, count=many, cases=[each.number for each in desk.rows(page)])


def _told(row: sa.Row[Any]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in Run.model_fields}


def _option(option: options.Option) -> Option:
    default = option.default
    assert default is None or isinstance(default, str | int | float | bool)  # noqa: S101 - no day
    return Option(
        key=option.key, words=option.words, means=option.means, kind=option.kind, default=default,
        choices=[key for key, _words in option.choices],
    )  # fmt: skip


_SCHEMAS: dict[OptionKind, dict[str, Any]] = {
    OptionKind.DAY: {"type": "string", "format": "date"},
    OptionKind.WHOLE: {"type": "integer"},
    OptionKind.NUMBER: {"type": "number"},
    OptionKind.FLAG: {"type": "string", "enum": ["0", "1"]},
}


def _param(option: options.Option) -> Param:
    """Return what the query of a report may name of an option."""
    schema = _SCHEMAS.get(option.kind, {"type": "string", "maxLength": 200})
    if option.choices:
        schema = {"type": "string", "enum": [key for key, _words in option.choices]}
    if option.least is not None:
        schema |= {"minimum": option.least}
    if option.most is not None:
        schema |= {"maximum": option.most}

    def read(said: str) -> options.Value:
        try:
            return option.checked(option.read(said))
        except options.OptionError as error:
            raise ValueError(str(error)) from error

    return Param(
        option.key, read, f"a {option.kind} that the report takes", schema,
        option.means or option.words, option.default,
    )  # fmt: skip


def _asker(name: str) -> Callable[..., Run]:
    report = REPORTS[name]

    def ask_report(desk: Desk, asked: dict[str, Any]) -> Run:
        question = ask(name, report.options, now=desk.moment.now, values=asked)
        run_id = running.latest(desk.connection, question)
        if run_id is None:
            run_id = running.ask_for(desk.connection, question, **desk.who)
        return Run(**_told(running.run(desk.connection, run_id) or abort(404)))

    return ask_report


for _name, _report in REPORTS.items():
    operation(
        f"/reports/{_name}",
        summary=f"Ask: {_report.answers}",
        answer=Run,
        params=[_param(each) for each in _report.options],
        method="post",
        status=202,
        name=f"ask_{_name.replace('-', '_')}",
    )(_asker(_name))
