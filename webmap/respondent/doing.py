"""Ask for one deed on a page, do it once, and go back to the case."""

import hashlib
import json
import math
from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from cases.accounts.errors import TooManyTriesError
from cases.accounts.throttle import Limit
from cases.codes.entering import Form as Sent
from cases.codes.entering import is_done, once
from cases.contacts import Direction, Note, Party, Way, note_on_case
from cases.days import DayError
from cases.documents.intake import MOST_BYTES
from cases.errors import CaseError
from cases.once import UnusableKeyError
from webmap.auth import limits
from webmap.forms import KeyedForm, complain
from webmap.interpreting import say
from webmap.respondent.frame import Room, blueprint, reading, writing
from webmap.respondent.page import head

BY_CODE = Limit(tries=60, per=timedelta(hours=1))
"""How often a form may be sent by one code: more than anybody answers, less than a flood."""
MOST_SENT = 2 * MOST_BYTES
BRINGS_FILES = {"respondent.proof", "respondent.ask_hearing"}


@blueprint.url_value_preprocessor
def _allow_files(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Let some forms bring files, before the guard against forgery reads what was sent."""
    if endpoint in BRINGS_FILES:
        request.max_content_length = MOST_SENT


def deed_page(
    form: KeyedForm,
    do: Callable[[Room], None],
    *,
    deed: str,
    title: Any,
    button: Any,
    lead: Any = "",
    **said: Any,
) -> Response:
    """Show a form, or do what it asks, once however often it is sent.

    Parameters
    ----------
    deed
        What is kept beside the form's key.
    lead
        What stands above the fields.
    """
    headers: dict[str, str] = {}
    if form.is_submitted():
        try:
            if _is_done(form, do, deed):
                flash(_("It has reached the town and is on record."))
                return redirect(url_for("respondent.my_case"), HTTPStatus.SEE_OTHER)
        except TooManyTriesError as error:
            form.form_errors.append(say(error))
            headers["Retry-After"] = str(max(1, math.ceil(error.wait.total_seconds())))
        except DayError as error:
            complain(form, error.of if error.of in form else _first(form), error)
        except UnusableKeyError as error:
            form.form_errors.append(say(error))
            form.key.data = str(uuid4())
        except CaseError as error:
            form.form_errors.append(say(error))
    with reading() as room:
        page = room.page(
            "respondent/form.html", form=form, heading=title, button=button, lead=lead,
            **said, **head(room, room.book()),
        )  # fmt: skip
    status = HTTPStatus.TOO_MANY_REQUESTS if headers else HTTPStatus.OK
    return Response(page, status, headers, mimetype="text/html")


def note(room: Room, said: str, *, who: str | None = None) -> None:
    """Keep what was written on the page as a message of the case."""
    note = Note(
        direction=Direction.IN, way=Way.PAGE, who=who or room.holder.name, said=said,
        party=Party.REPRESENTATIVE if who else Party.RESPONDENT, happened_at=room.moment.now,
    )  # fmt: skip
    note_on_case(room.connection, case_id=room.holder.case_id, note=note, **room.who)


def _is_done(form: KeyedForm, do: Callable[[Room], None], deed: str) -> bool:
    """Do what a form asks; one that was done is not looked at anew, for by it the case changed."""
    sent = _sent(form, deed)
    with reading() as room:
        code_id = room.holder.code_id
        if sent and is_done(room.connection, form=sent, holder=room.holder):
            return True
    if not form.validate() or sent is None:
        return False
    limits.take(f"code:form:{code_id}", BY_CODE)
    with writing() as room:
        once(
            room.connection, lambda: do(room), form=sent, holder=room.holder, moment=room.moment
        )  # fmt: skip
    return True


def _sent(form: KeyedForm, deed: str) -> Sent | None:
    """Return what came, with a hash of all of it; None without a key that was made for a form."""
    if not form.has_key():
        return None
    names = sorted({each.name for each in form} - {"csrf_token", form.key.name})
    said = {
        name: [*request.form.getlist(name), *map(_file, request.files.getlist(name))]
        for name in names
    }  # fmt: skip
    plain = json.dumps(said).encode()
    return Sent(key=form.form_key, deed=deed, said=hashlib.sha256(plain).digest())


def _file(sent: FileStorage) -> list[str]:
    found = hashlib.file_digest(sent.stream, "sha256").hexdigest()  # type: ignore[arg-type]
    sent.stream.seek(0)
    return [sent.filename or "", found]


def _first(form: KeyedForm) -> str:
    return next(each.name for each in form if each.type not in {"HiddenField", "CSRFTokenField"})
