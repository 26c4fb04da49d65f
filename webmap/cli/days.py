"""Read days from the command line, and refuse what is no day in words that say why."""

import re
from datetime import date
from typing import Any, override

import click

SHAPE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Day(click.ParamType[date]):
    """A day of the calendar, written YYYY-MM-DD."""

    name = "YYYY-MM-DD"

    @override
    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day, or refuse the word in a sentence."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value if SHAPE.fullmatch(value) else "")
        except ValueError:
            msg = f"{value!r} is no day: give it as YYYY-MM-DD, such as 2026-11-25"
            self.fail(msg, param, ctx)


DAY = Day()
