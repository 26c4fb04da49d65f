"""Show which reports there are, ask for one, and show its answer and the cases it counts."""

from base64 import b64decode
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask import abort, current_app, json, redirect, request, url_for
from werkzeug.wrappers import Response

from cases.desk import lists
from cases.permissions import Right
from geo import places
from reports.answers.cells import cell_writer, heading, shown_columns, write_figure
from reports.answers.files.formats import FORMATS, formats_of
from reports.answers.options import MOST_CORNERS, OptionError, OptionKind, Question, read
from reports.answers.speaking import spoken
from reports.answers.written import LAYER, from_json, unpack_json
from reports.registry import REPORTS, Report
from reports.runs import running
from reports.runs.running import FILE, OPEN
from webmap.auth.desk import Desk, reading, writing
from webmap.auth.gate import needs
from webmap.forms import JustDoIt
from webmap.interpreting import say
from webmap.office.frame import blueprint
from webmap.office.kept_form import new_form
from webmap.office.kept_words import RHYTHMS, kept_by
from webmap.office.report_words import cases_link, drawn, page_of
from webmap.report_values import manner, told_of

REMEMBERED = 30
SHOWN = 50
"""How many rows of a table a page shows; all are in its files."""


@blueprint.get("/reports")
@needs(Right.READ_REPORTS)
def reports() -> str:
    """Show which reports there are, and those asked for last."""
    with reading() as desk:
        return desk.page(
            "office/reports.html", reports=REPORTS.values(), all=REPORTS, zone=desk.zone,
            runs=desk.rows(running.newest(reader=desk.member.id).limit(REMEMBERED)), told=told_of,
            kept=kept_by(desk), rhythms=RHYTHMS, form=JustDoIt(),
        )  # fmt: skip


@blueprint.get("/reports/<report_name>")
@needs(Right.READ_REPORTS)
def report(report_name: str) -> str | Response:
    """Answer a report's question of today; have it made where nobody has asked it today."""
    asked = _report(report_name)
    try:
        with writing() as desk:
            question = _question(asked, desk.moment.now)
            run_id = running.latest(desk.connection, question)
            if run_id is None:
                run_id = running.ask_for(desk.connection, question, **desk.who)
    except OptionError as error:
        with reading() as desk:
            return _form_page(desk, asked, {**request.args}, error=error)
    return redirect(url_for("office.report_run", run_id=run_id))


@blueprint.get("/reports/<report_name>/ask")
@needs(Right.READ_REPORTS)
def ask_report(report_name: str) -> str:
    """Show what may be asked of a report."""
    with reading() as desk:
        return _form_page(desk, _report(report_name), {**request.args})


@blueprint.post("/reports/<report_name>/anew")
@needs(Right.READ_REPORTS)
def report_anew(report_name: str) -> Response:
    """Have a report made anew, though it was made today."""
    asked = _report(report_name)
    with writing() as desk:
        question = _question(asked, desk.moment.now)
        run_id = running.ask_for(desk.connection, question, **desk.who)
    return redirect(url_for("office.report_run", run_id=run_id), 303)


@blueprint.get("/reports/runs/<int:run_id>")
@needs(Right.READ_REPORTS)
def report_run(run_id: int) -> str:
    """Show an answer as it was made, or how far it is."""
    with reading() as desk:
        row = the_run(desk, run_id)
        asked = REPORTS[row.report]
        shared: dict[str, Any] = {
            "run": row, "report": asked, "form": JustDoIt(), "zone": desk.zone,
            "told": told_of(row), **_choices(desk), "asked": row.asked,
        }  # fmt: skip
        if row.answer is None:
            return desk.page("office/report_waits.html", is_open=row.state in OPEN, **shared)
        answer = spoken(from_json(row.answer), say)
        return desk.page(
            "office/report.html", answer=answer, drawn=drawn, manner=manner(),
            cases_link=cases_link, page_of=page_of, shown=SHOWN,
            is_stale=_is_stale(desk, row), files=formats_of(answer), formats=FORMATS,
            write_figure=write_figure, cell_writer=cell_writer, heading=heading,
            shown_columns=shown_columns, keep=new_form(), **shared,
        )  # fmt: skip


@blueprint.get("/reports/runs/<int:run_id>/layers/<layer_key>.json")
@needs(Right.READ_REPORTS)
def report_layer(run_id: int, layer_key: str) -> Response:
    """Give what a map of an answer draws; of a surface, where its picture is."""
    with reading() as desk:
        drawn = _drawn(desk, run_id, layer_key)
    if drawn["picture"]:
        drawn["picture"]["url"] = url_for(
            "office.report_picture", run_id=run_id, layer_key=layer_key
        )
    return _kept(current_app.response_class(json.dumps(drawn), mimetype="application/geo+json"))


@blueprint.get("/reports/runs/<int:run_id>/layers/<layer_key>/says/<int:nth>")
@needs(Right.READ_REPORTS)
def report_says(run_id: int, layer_key: str, nth: int) -> Response:
    """Give what one thing that a map draws says, in the reader's language.

    A layer has thousands, and each takes a millisecond to say: they are asked for one by one.
    """
    with reading() as desk:
        features = _drawn(desk, run_id, layer_key)["features"]
    if nth and nth >= len(features):
        abort(404)
    lines = [say(line) for each in features[nth : nth + 1] for line in each["properties"]["says"]]
    return current_app.response_class(json.dumps(lines), mimetype="application/json")


@blueprint.get("/reports/runs/<int:run_id>/layers/<layer_key>.png")
@needs(Right.READ_REPORTS)
def report_picture(run_id: int, layer_key: str) -> Response:
    """Give the picture of a surface that a map lays over the town."""
    with reading() as desk:
        drawn = _drawn(desk, run_id, layer_key)
    if not drawn["picture"]:
        abort(404)
    picture = b64decode(drawn["picture"]["url"].partition("base64,")[2])
    return _kept(current_app.response_class(picture, mimetype="image/png"))


@blueprint.get("/reports/runs/<int:run_id>/file/<ending>")
@needs(Right.READ_REPORTS)
def report_file(run_id: int, ending: str) -> str:
    """Have a file made of an answer, and lead to it once it is there."""
    with writing() as desk:
        row = _made(desk, run_id, ending)
        is_ready = running.has_part(desk.connection, run_id, f"{FILE}{ending}")
        if not is_ready:
            running.ask_file(desk.connection, run_id, ending)
        return desk.page(
            "office/report_file.html", run=row, report=REPORTS[row.report], ending=ending,
            format=FORMATS[ending], is_ready=is_ready,
            failed=running.failure_of(desk.connection, run_id, ending),
        )  # fmt: skip


@blueprint.get("/reports/runs/<int:run_id>/file/<ending>/download")
@needs(Right.READ_REPORTS)
def report_download(run_id: int, ending: str) -> Response:
    """Give a file that was made of an answer."""
    with reading() as desk:
        row = _made(desk, run_id, ending)
        body = running.part(desk.connection, run_id, f"{FILE}{ending}") or abort(404)
    answer = current_app.response_class(body, mimetype=FORMATS[ending].media)
    name = f"{row.report}-{row.on_day}-{run_id}.{ending}"
    answer.headers["Content-Disposition"] = f"attachment; filename={name}"
    # A page made of an answer holds scripts of its own; it is for the disk, not for this site.
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return _kept(answer)


@blueprint.post("/reports/runs/<int:run_id>/stop")
@needs(Right.READ_REPORTS)
def stop_report(run_id: int) -> Response:
    """End a report before it is made."""
    with writing() as desk:
        the_run(desk, run_id)
        running.stop(desk.connection, run_id, now=desk.moment.now)
    return redirect(url_for("office.report_run", run_id=run_id), 303)


def the_run(desk: Desk, run_id: int) -> Any:
    """Return a report that was asked for, or say that there is none."""
    row = running.run(desk.connection, run_id)
    if row is None or row.report not in REPORTS:
        abort(404)
    return row


def _drawn(desk: Desk, run_id: int, key: str) -> Any:
    return unpack_json(running.part(desk.connection, run_id, f"{LAYER}{key}") or abort(404))


def _kept(answer: Response) -> Response:
    """Let the browser keep what never changes."""
    answer.headers["Cache-Control"] = "private, max-age=86400"
    return answer


def _made(desk: Desk, run_id: int, ending: str) -> Any:
    """Return a run that has an answer, of which a file of this kind may be made."""
    row = the_run(desk, run_id)
    if row.answer is None or ending not in formats_of(from_json(row.answer)):
        abort(404)
    return row


def _report(name: str) -> Report:
    return REPORTS.get(name) or abort(404)


def _question(asked: Report, now: datetime) -> Question:
    return read(asked.name, asked.options, now=now, said={**request.args})


def _form_page(
    desk: Desk, asked: Report, said: Mapping[str, str], *, error: OptionError | None = None
) -> str:
    return desk.page(
        "office/report_ask.html", report=asked, asked=said, error=error, **_choices(desk)
    )


def _choices(desk: Desk) -> dict[str, Any]:
    """Return what the form offers: zones and categories by their names."""
    zones = [(each.code, each.name) for each in desk.rows(places.zones())]
    return {
        "zones": zones,
        "categories": [each.category for each in desk.rows(lists.categories())],
        "OptionKind": OptionKind,
        "MOST_CORNERS": MOST_CORNERS,
    }


def _is_stale(desk: Desk, row: sa.Row[Any]) -> bool:
    """Tell whether the town's records have changed since the report was asked for."""
    generation = running.generation(desk.connection)
    return bool(row.on_day != desk.today or row.generation != generation)
