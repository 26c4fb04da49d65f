"""Give every form its guard against forgery, and the few things that all of them say."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import Form as AnyForm
from wtforms.validators import InputRequired

GIVEN = InputRequired(_("This is needed."))


class Form(FlaskForm, AnyForm):  # type: ignore[misc]
    """A form of a page; a post without its token is refused before any view."""


class JustDoIt(Form):
    """A button alone."""


def complain(form: Form, field: str, error: Exception | str) -> None:
    """Put what a command said of a value beside the field it was typed in."""
    form[field].errors = [*form[field].errors, str(error)]
