"""Ask for one deed on a page of its own, do it, and go back; what refuses it is told there."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect
from flask_babel import gettext
from werkzeug.wrappers import Response

from cases.days import DayError
from cases.errors import CaseError
from webmap.auth.desk import Desk, reading, writing
from webmap.forms import Form, complain
from webmap.interpreting import say


def deed_page(
    form: Form,
    keep: Callable[[Desk], str | None],
    *,
    title: Any,
    back: str,
    back_words: Any,
    template: str = "office/form.html",
    only_shows: bool = False,
    **said: Any,
) -> str | Response:
    """Show a form, or do what it asks.

    Parameters
    ----------
    keep
        Does the deed; returns where to go on, or None to go back.
    back, back_words
        The page it is asked from, and its name.
    template, said
        What shows it, and what else that shows.
    only_shows
        Whether the form was sent to be shown again, with something more beside it.
    """
    if not only_shows and form.validate_on_submit():
        try:
            with writing() as desk:
                onward = keep(desk)
        except DayError as error:
            complain(form, error.of, error)
        except CaseError as error:
            form.form_errors.append(say(error))
        else:
            flash(gettext("It is on record."))
            return redirect(onward or back)
    with reading() as desk:
        return desk.page(template, form=form, title=title, back=back, back_words=back_words, **said)
