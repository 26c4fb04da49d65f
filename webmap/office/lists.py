"""Show lists of cases beside their map, and do a deed in many of them at once."""

import math
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from cases import assigning, telling
from cases.accounts.members import in_role
from cases.desk import lists, queues, saved
from cases.desk.foretelling import Outcome, each
from cases.desk.queues import WAITING, Queue
from cases.notice_words import NoticeKind
from cases.permissions import Right, may
from cases.workflow.casefile import CaseAction
from cases.workflow.notice import NoticeAction
from cases.workflow.roles import Role
from webmap.arguments import AskedError, number_of
from webmap.auth.desk import Desk, reading, writing
from webmap.auth.gate import needs
from webmap.forms import JustDoIt
from webmap.office.asking import Asked
from webmap.office.frame import blueprint
from webmap.office.sentence import choices

PAGE = 50
AT_ONCE = 200
SORTED = (
    ("due", lazy_gettext("deadline")), ("priority", lazy_gettext("urgency")),
    ("moved", lazy_gettext("longest untouched")),
    ("opened", lazy_gettext("day opened")), ("number", lazy_gettext("number")),
)  # fmt: skip
ASSIGN, DRAFTED = "assign", "drafted"
TOLD = {"warn": NoticeKind.WARNING, "hear": NoticeKind.NOTICE_OF_HEARING}
"""Notices that are drafted and issued at once, by the word a form knows them by."""
BULK = {
    ASSIGN: CaseAction.ASSIGN, **dict.fromkeys(TOLD, NoticeAction.ISSUE),
    DRAFTED: NoticeAction.ISSUE,
}  # fmt: skip
"""What may be done in many cases at once, and the step it takes in each."""


@blueprint.get("/cases")
@needs(Right.READ_CASE)
def cases() -> str:
    """Show a list."""
    asked = Asked.read(request.args)
    with reading() as desk:
        return desk.page("office/cases.html", **_listed(desk, asked))


@blueprint.post("/cases/save")
@needs(Right.READ_CASE)
def save_list() -> Response:
    """Keep the list's question under a name."""
    query = request.form.get("query", "")
    Asked.read(MultiDict(_pairs(query)))
    with writing() as desk:
        saved.save(
            desk.connection, desk.member.id, name=request.form.get("name", ""), query=query,
            now=desk.moment.now,
        )  # fmt: skip
    flash(_("The list is saved under this name on your first page."))
    return redirect(f"{url_for('office.cases')}?{query}")


@blueprint.post("/cases/forget/<int:saved_id>")
@needs(Right.READ_CASE)
def forget_list(saved_id: int) -> Response:
    """Keep a question no longer."""
    with writing() as desk:
        saved.forget(desk.connection, desk.member.id, saved_id=saved_id)
    return redirect(url_for("office.home"))


@blueprint.post("/cases/share/<int:saved_id>")
@needs(Right.READ_CASE)
def share_list(saved_id: int) -> Response:
    """Show a question of one's own to the whole office."""
    with writing() as desk:
        saved.share(desk.connection, desk.member.id, saved_id=saved_id)
    return redirect(url_for("office.home") + "#lists")


@blueprint.post("/cases/unshare/<int:saved_id>")
@needs(Right.READ_CASE)
def unshare_list(saved_id: int) -> Response:
    """Show a question to the office no longer: one's own, or as a manager anybody's."""
    with writing() as desk:
        saved.unshare(
            desk.connection, desk.member.id, saved_id=saved_id, role=desk.member.role
        )  # fmt: skip
    return redirect(url_for("office.home") + "#lists")


@blueprint.post("/cases/many")
@needs(*BULK.values())
def many() -> str | Response:
    """Foretell a deed in each of the chosen cases, or do it."""
    what, chosen = request.form.get("what", ""), _chosen()
    keep = "keep" in request.form
    with writing() if keep else reading() as desk:
        if what not in BULK or not may(desk.member.role, BULK[what]):
            flash(_("Choose what to do in the cases you tick."), "error")
            return redirect(_back())
        if not chosen:
            flash(_("Tick at least one case."), "error")
            return redirect(_back())
        outcomes = _do_many(desk, what, chosen, keep=keep)
        named = {row.id: row for row in desk.rows(lists.numbered(chosen))}
        return desk.page(
            "office/many.html", outcomes=outcomes, named=named, what=what, keep=keep, back=_back(),
            chosen=request.form.get("officer", ""), form=JustDoIt(),
            officers={str(each.id): each.name for each in desk.rows(in_role(Role.OFFICER))},
        )  # fmt: skip


def _do_many(desk: Desk, what: str, chosen: list[int], *, keep: bool) -> list[Outcome]:
    officer_id = number_of(request.form["officer"]) if request.form.get("officer") else None

    def do(case_id: int) -> None:
        if what in TOLD:
            telling.tell(desk.connection, case_id=case_id, kind=TOLD[what], **desk.who)
            return
        if what == DRAFTED:
            telling.issue_drafts(desk.connection, case_id=case_id, **desk.who)
            return
        assigning.assign(desk.connection, case_id=case_id, officer_id=officer_id, **desk.who)

    return each(desk.connection, chosen, do, keep=keep, zone=desk.zone)


def _chosen() -> list[int]:
    said = request.form.getlist("case")
    if len(said) > AT_ONCE:
        msg = f"Tick 1 to {AT_ONCE} cases of the list."
        raise AskedError(msg)
    return [number_of(each) for each in said]


def _back() -> str:
    query = request.form.get("query", "")
    return f"{url_for('office.cases')}?{query}"


def _pairs(query: str) -> list[tuple[str, str]]:
    return parse_qsl(query)


def _listed(desk: Desk, asked: Asked) -> dict[str, Any]:
    found = lists.cases(
        asked.filter, on=desk.today, sort=asked.order, most=PAGE, skip=(asked.page - 1) * PAGE
    )
    counted = count(desk, asked)
    most = counted if asked.filter.counted else lists.COUNTED
    officers = desk.rows(in_role(Role.OFFICER))
    shown = desk.rows(found)
    return {
        "asked": asked,
        "cases": shown,
        "unserved": _unserved(desk, shown) if asked.filter.queue == Queue.AWAITING_SERVICE else {},
        "counted": counted,
        "more_than": most < counted,
        "pages": max(1, math.ceil(min(counted, most) / PAGE)),
        "first": (asked.page - 1) * PAGE + 1,
        "waiting": WAITING,
        "queue": WAITING[asked.filter.queue],
        "officers": officers,
        "bulk": [key for key, action in BULK.items() if may(desk.member.role, action)],
        "form": JustDoIt(),
        **choices(desk, asked.filter),
        # The usual order is asked for by no word, so that another queue has its own.
        "sort_choices": [("" if key == asked.usual_order else key, each) for key, each in SORTED],
    }


def _unserved(desk: Desk, shown: Sequence[Any]) -> dict[int, list[Any]]:
    """Return, by case, the notices that nobody has proved served."""
    notices: dict[int, list[Any]] = {each.id: [] for each in shown}
    for notice in desk.rows(queues.unserved([*notices])):
        notices[notice.case_id].append(notice)
    return notices


def count(desk: Desk, asked: Asked) -> int:
    """Count a list, as far as lists are counted."""
    return int(desk.connection.execute(lists.count(asked.filter, on=desk.today)).scalar_one())
