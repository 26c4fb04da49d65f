"""Publish where every history ends, where whoever changes this database does not reach."""

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import sqlalchemy as sa

from cases.anchors import root_lines
from cases.wording import day_in_words

MAILED_LINES = 2_000
"""A root of more lines is mailed by its last alone, the hash of all of them."""


@dataclass(frozen=True, slots=True)
class Root:
    """A root that was published.

    Parameters
    ----------
    last
        Its last line, the hash of those before it.
    whole
        All of its lines; None where they are too many to be mailed.
    """

    path: Path
    last: str
    whole: str | None

    def words(self, *, town: str, on: date) -> tuple[str, str]:
        """Return the subject and the text of the mail that publishes it."""
        subject = f"Audit root of {town}, {day_in_words(on)}"
        if self.whole is not None:
            return subject, self.whole
        told = f"{self.last}\n\nIt is the hash of the lines before it in {self.path.name}.\n"
        return subject, told


def publish(connection: sa.Connection, path: Path) -> Root:
    """Write the root to a file, whole or not at all, as lotline audit root does."""
    path.parent.mkdir(parents=True, exist_ok=True)
    begun = path.with_name(f".{path.name}.begun")  # whoever was killed over it left this, no more
    first, last, count = [], "", 0
    with begun.open("w", encoding="utf-8") as file:
        for count, last in enumerate(root_lines(connection), 1):
            file.write(f"{last}\n")
            if count <= MAILED_LINES:
                first.append(f"{last}\n")
        file.flush()
        os.fsync(file.fileno())
    begun.replace(path)
    return Root(path, last, "".join(first) if count <= MAILED_LINES else None)
