"""Give every form its guard against forgery, and the few things that all of them say."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import Form as AnyForm
from wtforms import SelectChoice  # type: ignore[attr-defined] # stubs are a release behind
from wtforms.validators import InputRequired

from webmap.interpreting import say

GIVEN = InputRequired(_("This is needed."))


class Form(FlaskForm, AnyForm):  # type: ignore[misc]
    """A form of a page; a post without its token is refused before any view."""

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask each field, and refuse the one character that the database keeps in no text."""
        is_good: bool = super().validate(extra_validators)
        broken = [each for each in self if isinstance(each.data, str) and "\0" in each.data]
        for field in broken:
            field.errors = [*field.errors, _("This holds a character that is none.")]
        return is_good and not broken


class JustDoIt(Form):
    """A button alone."""


def choice(value: str, label: Any) -> Any:
    """Return one option of a `SelectField` or its kin: what is sent, and what is read."""
    return SelectChoice(value, label)


def complain(form: Form, field: str, error: Exception | str) -> None:
    """Put what a command said of a value beside the field it was typed in."""
    form[field].errors = [*form[field].errors, say(error)]
