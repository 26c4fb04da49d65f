"""Give every form its guard against forgery, and the few things that all of them say."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (  # type: ignore[attr-defined] # stubs are a release behind
    Field,
    HiddenField,
    SelectChoice,
)
from wtforms import Form as AnyForm
from wtforms.validators import InputRequired, ValidationError

from webmap.interpreting import say

GIVEN = InputRequired(_("This is needed."))
LAPSED = _("This page was open for long. Look whether all is there, and send it again.")


class Form(FlaskForm, AnyForm):  # type: ignore[misc]
    """A form of a page; a post without its token is refused before any view."""

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask each field, and refuse the one character that the database keeps in no text."""
        is_good: bool = super().validate(extra_validators)
        broken = [each for each in self if isinstance(each.data, str) and "\0" in each.data]
        for field in broken:
            field.errors = [*field.errors, _("This holds a character that is none.")]
        return is_good and not broken


class ReasonedForm(Form):
    """A form that asks for a reason: it comes last, for why something is done follows what."""

    def __iter__(self) -> Iterator[Field]:
        """Yield the fields as they are asked."""
        return iter(sorted(super().__iter__(), key=lambda each: each.name == "reason"))


class KeyedForm(Form):
    """A form made with a key of its own: sent twice, it is done once."""

    key = HiddenField(default=lambda: str(uuid4()))

    def validate_key(self, _field: Any) -> None:
        """Take no key but one made for such a form, lest it be that of something else."""
        if not self.has_key():
            raise ValidationError(_("Open this page anew, and send it again."))

    def has_key(self) -> bool:
        """Tell whether the form was sent with a key made for it."""
        try:
            UUID(self.key.data)
        except (TypeError, ValueError):
            return False
        return True

    @property
    def form_key(self) -> UUID:
        """The key, of a form that has one."""
        return UUID(self.key.data)


class JustDoIt(Form):
    """A button alone."""


def choice(value: str, label: Any) -> Any:
    """Return one option of a `SelectField` or its kin: what is sent, and what is read."""
    return SelectChoice(value, label)


def complain(form: Form, field: str, error: Exception | str) -> None:
    """Put what a command said of a value beside the field it was typed in."""
    form[field].errors = [*form[field].errors, say(error)]
