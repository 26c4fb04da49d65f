"""Read numbers from the command line that are numbers indeed."""

import math
from typing import Any, override

import click


class FiniteRange(click.FloatRange):
    """A range that "nan" and "inf" are no part of, as they are of click's own."""

    @override
    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Return the number, or refuse the word in a sentence."""
        number: float = super().convert(value, param, ctx)
        if not math.isfinite(number):
            self.fail(f"{value!r} is no number.", param, ctx)
        return number
