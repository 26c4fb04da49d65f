"""Shape the fields that several deeds ask: money in dollars, a choice of a case's parts, hours."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _
from wtforms import DateTimeLocalField, Field, SelectField, SelectMultipleField, widgets
from wtforms.validators import ValidationError

from webmap.auth.gate import clock_now
from webmap.words import plain

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
        except InvalidOperation:
            cents = Decimal("NaN")
        if (
            not cents.is_finite()
            or cents != cents.to_integral_value()
            or not 0 <= cents < MOST_CENTS
        ):
            raise ValidationError(_("Give an amount in dollars, such as 250.00."))
        self.data = int(cents)


class ChecksField(SelectMultipleField):
    """Several of some choices, each with a box to tick."""

    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()


class MomentField(DateTimeLocalField):
    """A day and an hour in the town."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the hour as the town's own."""
        super().process_formdata(valuelist)
        if isinstance(self.data, datetime):
            self.data = self.data.replace(tzinfo=clock_now().tzinfo)


def choice_of(
    kinds: Iterable[StrEnum], *, words: dict[str, Any] | None = None, empty: Any = None
) -> list[tuple[str, Any]]:
    """Return the choices of a closed list, in its own order.

    Parameters
    ----------
    words
        What to say for a value where its own word does not serve.
    empty
        What the choice of none says; None where one must be chosen.
    """
    said = words or {}
    chosen = [(str(each), said.get(each, plain(each))) for each in kinds]
    return chosen if empty is None else [("", empty), *chosen]


def select(label: Any, validators: list[Any] | None = None, **options: Any) -> SelectField:
    """Return a choice of one whose choices come with the case."""
    return SelectField(label, validators or [], choices=[], **options)
