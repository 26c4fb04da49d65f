"""Open the public connection and say which town and day a page is about."""

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from flask import current_app, render_template

from cases import open_data, queries
from geo import places

if TYPE_CHECKING:
    from webmap.kept_answers import KeptAnswers


@dataclasses.dataclass(frozen=True)
class Visit:
    """One reader's look at the town.

    Parameters
    ----------
    connection
        The public role's: it sees published views and nothing else.
    town
        The town's name, note, timezone and box, or None where nothing is loaded.
    today
        The day in the town.
    """

    connection: sa.Connection
    town: sa.Row[Any] | None
    today: date

    def rows(self, select: sa.Select[Any]) -> list[sa.Row[Any]]:
        """Return every row of a query."""
        return list(self.connection.execute(select))

    def kept(self, select: sa.Select[Any]) -> list[sa.Row[Any]]:
        """Return every row of a question about the whole town, which many ask and few change."""
        answers: KeptAnswers = current_app.extensions["lotline_answers"]
        return answers.rows(self.connection, select, stands=(self.today, self._generation))

    @cached_property
    def _generation(self) -> int:
        """Of all that is public, as it is when it is first asked for."""
        return int(self.connection.scalar(open_data.generation()) or 0)

    def first(self, select: sa.Select[Any]) -> sa.Row[Any] | None:
        """Return the first row of a query, or None."""
        return self.connection.execute(select).first()

    def page(self, template: str, **values: object) -> str:
        """Render a template that knows the town and the day."""
        name = {"town_name": self.town.name} if self.town else {}
        return render_template(template, town=self.town, today=self.today, **name, **values)

    def example(self) -> str | None:
        """Return an address of the town to show how to search, or None where it has none."""
        found = self.first(places.address_example())
        return str(found.label) if found else None

    def layers(self) -> sa.Row[Any]:
        """Return which layers the town has loaded."""
        return self.connection.execute(queries.layers_present()).one()


@contextmanager
def visit() -> Iterator[Visit]:
    """Open a look at the town for one request."""
    with current_app.extensions["lotline"].public.connect() as connection:
        town = connection.execute(places.town()).first()
        yield Visit(connection, town, current_app.extensions["lotline_clock"].today())
