"""Shape the fields that several deeds ask: money in dollars, a choice of a case's parts, hours."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _
from wtforms import (  # type: ignore[attr-defined] # the stubs have no SelectChoice yet
    DateField,
    DateTimeLocalField,
    Field,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    widgets,
)
from wtforms.validators import Length, Optional, ValidationError

from webmap.auth.gate import clock_now
from webmap.forms import GIVEN
from webmap.words import day, plain_later

MOST_CENTS = 10**11


class MoneyField(Field):
    """An amount typed in dollars, such as ``1,250.00``, kept as whole cents."""

    widget = widgets.TextInput()
    data: int | None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("render_kw", {"inputmode": "decimal", "class": "money"})
        super().__init__(*args, **kwargs)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{self.data // 100}.{self.data % 100:02d}"

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read dollars and cents; more than two places, or a sign, is refused."""
        said = valuelist[0].strip().removeprefix("$").replace(",", "") if valuelist else ""
        self.data = None
        if not said:
            return
        try:
            cents = Decimal(said) * 100
        except ArithmeticError:  # no number, or one beyond any
            cents = Decimal("NaN")
        if (
            not cents.is_finite()
            or cents != cents.to_integral_value()
            or cents.is_signed()
            or cents >= MOST_CENTS
        ):
            raise ValidationError(_("Give an amount in dollars, such as 250.00."))
        self.data = int(cents)


class ChecksField(SelectMultipleField):
    """Several of some choices, each with a box to tick."""

    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()


class FilesField(ChecksField):
    """Some of a case's documents, each with a box to tick beside its picture.

    Attributes
    ----------
    pictures
        The small picture's name by the value of the choice it is of.
    """

    pictures: Mapping[str, str] = {}


class MomentField(DateTimeLocalField):
    """A day and an hour in the town."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the hour as the town's own."""
        super().process_formdata(valuelist)
        if isinstance(self.data, datetime):
            self.data = self.data.replace(tzinfo=clock_now().tzinfo)


def choice_of(
    kinds: Iterable[StrEnum], *, words: dict[str, Any] | None = None, empty: Any = None
) -> list[SelectChoice]:
    """Return the choices of a closed list, in its own order.

    Parameters
    ----------
    words
        What to say for a value where its own word does not serve.
    empty
        What the choice of none says; None where one must be chosen.
    """
    said = words or {}
    there = as_choices((each, said.get(each, plain_later(each))) for each in kinds)
    return there if empty is None else [SelectChoice("", empty), *there]


def as_choices(pairs: Iterable[tuple[object, Any]]) -> list[SelectChoice]:
    """Return choices from what is sent for each and what it says."""
    return [SelectChoice(str(value), words) for value, words in pairs]


def select(label: Any, validators: list[Any] | None = None, **options: Any) -> SelectField:
    """Return a choice of one whose choices come with the case."""
    return SelectField(label, validators or [], choices=[], **options)


def today_field(label: Any, **options: Any) -> DateField:
    """Return a day that is needed, and is today unless somebody says otherwise."""
    return DateField(label, [GIVEN], default=_today, **options)


def happened_field(label: Any, **options: Any) -> DateField:
    """Return a day that is needed, like `today_field`, and may not lie ahead."""
    return DateField(label, [GIVEN, _not_ahead], default=_today, **options)


def day_field(label: Any, **options: Any) -> DateField:
    """Return a day that need not be given."""
    return DateField(label, [Optional()], **options)


def words_field(label: Any, *, most: int = 300, needed: bool = True, **options: Any) -> StringField:
    """Return a line of words."""
    return StringField(label, [GIVEN if needed else Optional(), Length(max=most)], **options)


def text_field(label: Any, *, needed: bool = True, rows: int = 3, **options: Any) -> TextAreaField:
    """Return some sentences."""
    first = GIVEN if needed else Optional()
    return TextAreaField(
        label, [first, Length(max=8000)], render_kw={"rows": rows}, **options
    )  # fmt: skip


def day_of(field: DateField) -> date:
    """Return the day of a field that needs one."""
    assert field.data is not None  # noqa: S101 - the field requires one
    return field.data


def chosen(field: SelectField) -> int | None:
    """Return the identity that was chosen; None where none was."""
    return int(field.data) if field.data else None


def first_chosen(field: SelectField) -> int:
    """Return the identity that is chosen, else the first to choose; 0 where there is none."""
    choices: Iterable[SelectChoice] = field.choices or ()
    values = [each.value for each in choices]
    return int(field.data if field.data in values else next(iter(values), 0))


def chosen_words(field: SelectField) -> str:
    """Return what was chosen, in the words it was offered by."""
    choices: Iterable[SelectChoice] = field.choices  # type: ignore[assignment]
    return next((str(each.label) for each in choices if each.value == field.data), "")


def _not_ahead(_form: object, field: DateField) -> None:
    if field.data is not None and field.data > _today():
        raise ValidationError(
            _(
                "%(day)s lies in the future, for today is %(today)s: give the day it happened.",
                day=day(field.data), today=day(_today()),
            )
        )  # fmt: skip


def _today() -> date:
    return clock_now().date()
