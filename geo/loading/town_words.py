"""Keep what mappings say of the town: its name, its clock, and a note for every page and report."""

from typing import Any

import sqlalchemy as sa

from geo.layers import ImportRun, Town
from geo.loading.mapping import TownNames

type Origin = tuple[str, str | None]
"""Whose word a note is: the kind of an import and the file its mapping stands in."""


def keep_words(connection: sa.Connection, names: TownNames, *, origin: Origin) -> dict[str, Any]:
    """Bring the town to what a mapping says of it, and return what its run is to remember.

    Notes gather, a line each and each once. A note replaces the one that the same mapping said
    before, and an empty one takes that away; no note says nothing of it.
    """
    town = connection.execute(sa.select(Town.name, Town.timezone, Town.note)).first()
    if town is None:
        return {}
    said = {name: value for name, value in names.model_dump().items() if value is not None}
    remembered = {}
    if "note" in said:
        remembered["town_note"] = " ".join(said["note"].split())
        said["note"] = _gathered(connection, town.note, remembered["town_note"], origin=origin)
    changes = {name: value for name, value in said.items() if getattr(town, name) != value}
    if changes:
        connection.execute(sa.update(Town).values(changes))
    return remembered


def _gathered(
    connection: sa.Connection, there: str | None, note: str, *, origin: Origin
) -> str | None:
    said = _said(connection)
    before = said.pop(origin, None)
    replaced = None if before in said.values() else before
    lines = [note if line == replaced else line for line in (there or "").splitlines()]
    return "\n".join(dict.fromkeys(filter(None, [*lines, note]))) or None


def _said(connection: sa.Connection) -> dict[Origin, str]:
    """Look up what each mapping said last."""
    note, mapping = (ImportRun.details[name].astext for name in ("town_note", "mapping"))
    query = sa.select(ImportRun.kind, mapping, note).where(note.is_not(None))
    rows = connection.execute(query.order_by(ImportRun.id))
    return {(kind, name): text for kind, name, text in rows}
