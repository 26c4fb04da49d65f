"""Write an answer as JSON and read it back; what is large of it is written in parts beside it."""

import dataclasses
import json
import zlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from reports.answers.answer import (
    Answer,
    Cases,
    Cell,
    Chart,
    Column,
    Draw,
    Figure,
    Kind,
    Layer,
    Look,
    Picture,
    Row,
    Step,
    Table,
)

type Json = dict[str, Any]
type _Lists = Mapping[str, Sequence[int]]
LAYER, SHAPES, ROWS = "layer:", "shapes:", "rows:"


def to_json(answer: Answer) -> Json:
    """Return an answer as JSON without what `to_parts` returns, and without its lists of cases.

    A figure with a list gives its length as ``cases``; days are as ``2026-03-02``.
    """
    return {
        **_simple(answer, "report", "title", "town", "note", "means", "extent"),
        "on": answer.on.isoformat(),
        "made_at": answer.made_at.isoformat(),
        "asked": [list(pair) for pair in answer.asked],
        "says": list(answer.says),
        "cautions": list(answer.cautions),
        "figures": [_figure(each) for each in answer.figures],
        "tables": [_table(each, of=answer) for each in answer.tables],
        "charts": [dataclasses.asdict(each) for each in answer.charts],
        "layers": [_layer(each) for each in answer.layers],
    }


def to_parts(answer: Answer) -> dict[str, bytes]:
    """Return what is large of an answer, compressed.

    By name: ``layer:KEY``, what a map draws; ``shapes:TABLE``, the shapes of a table's rows; and
    ``rows:TABLE``, the rows of one that no page shows or draws. `unpack_json` reads them.
    """
    parts: dict[str, bytes] = {}
    for layer in answer.layers:
        picture = dataclasses.asdict(layer.picture) if layer.picture else None
        drawn = {"type": "FeatureCollection", "features": list(layer.features), "picture": picture}
        parts[f"{LAYER}{layer.key}"] = pack_json(drawn)
    for table in answer.tables:
        if table.shapes:
            parts[f"{SHAPES}{table.key}"] = pack_json(table.shapes)
        if _is_apart(table, answer):
            parts[f"{ROWS}{table.key}"] = pack_json([_row(each) for each in table.rows])
    return parts


def from_json(
    said: Json,
    parts: Mapping[str, bytes] | None = None,
    *,
    lists: Mapping[str, Sequence[int]] | None = None,
) -> Answer:
    """Read an answer that `to_json` wrote.

    Parameters
    ----------
    parts
        Of it, as `to_parts` returned them; without them its maps have no features, and tables that
        no page shows no rows.
    lists
        The cases that its figures count, by the names that `Answer.counted` gives; of a figure
        whose list is not given is told how many they are and not which.
    """
    parts, lists = parts or {}, lists or {}
    extent = said["extent"]
    return Answer(
        **{key: said[key] for key in ("report", "title", "town", "note", "means")},
        extent=tuple(extent) if extent else None,
        on=date.fromisoformat(said["on"]),
        made_at=datetime.fromisoformat(said["made_at"]),
        asked=[(words, value) for words, value in said["asked"]],
        says=said["says"],
        cautions=said["cautions"],
        figures=[_read_figure(each, lists) for each in said["figures"]],
        tables=[_read_table(each, parts, lists) for each in said["tables"]],
        charts=[Chart(**(each | {"draw": Draw(each["draw"])})) for each in said["charts"]],
        layers=[_read_layer(each, parts) for each in said["layers"]],
    )


def pack_json(said: Any) -> bytes:
    """Write JSON as bytes."""
    return zlib.compress(json.dumps(said, separators=(",", ":")).encode())


def unpack_json(packed: bytes) -> Any:
    """Read what `pack_json` wrote."""
    return json.loads(zlib.decompress(packed))


def _simple(of: object, *names: str) -> Json:
    return {name: getattr(of, name) for name in names}


def _figure(figure: Figure) -> Json:
    said = _simple(figure, "key", "words", "means", "low", "high", "kind")
    cases = None if figure.cases is None else len(figure.cases)
    return said | {"value": _cell(figure.value), "cases": cases}


def _is_apart(table: Table, answer: Answer) -> bool:
    """Tell whether files alone want the rows of a table, which may be tens of thousands."""
    return not table.is_shown and all(chart.of != table.key for chart in answer.charts)


def _table(table: Table, *, of: Answer) -> Json:
    return {
        **_simple(table, "key", "title", "means", "is_shown"),
        "columns": [dataclasses.asdict(each) for each in table.columns],
        "rows": [] if _is_apart(table, of) else [_row(each) for each in table.rows],
    }


def _row(row: Row) -> Json:
    said: Json = {"key": row.key, "cells": {key: _cell(value) for key, value in row.cells.items()}}
    if row.cases:
        said["cases"] = {key: len(cases) for key, cases in row.cases.items()}
    if row.of:
        said["of"] = {key: list(pair) for key, pair in row.of.items()}
    return said


def _layer(layer: Layer) -> Json:
    said = _simple(layer, "key", "title", "look", "unit", "shown")
    legend = [dataclasses.asdict(each) for each in layer.legend]
    return said | {"times": list(layer.times), "legend": legend}


def _cell(value: Cell) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _read_cell(said: Any, kind: Kind) -> Cell:
    value: Cell = date.fromisoformat(said) if kind.is_time and said else said
    return value


def _read_figure(said: Json, lists: _Lists) -> Figure:
    kind, many = Kind(said["kind"]), said["cases"]
    return Figure(
        **{key: said[key] for key in ("key", "words", "means", "low", "high")}, kind=kind,
        value=_read_cell(said["value"], kind),
        cases=None if many is None else _cases(lists, said["key"], many),
    )  # fmt: skip


def _cases(lists: _Lists, name: str, many: int) -> Cases:
    ids = lists.get(name)
    return Counted(many) if ids is None else Cases(ids)


class Counted(Cases):
    """As many cases as a list has that is kept elsewhere."""

    __slots__ = ("many",)

    def __init__(self, many: int) -> None:
        super().__init__()
        self.many = many

    def __len__(self) -> int:
        """Return how many they are."""
        return self.many


def _read_table(said: Json, parts: Mapping[str, bytes], lists: _Lists) -> Table:
    columns = [Column(**(each | {"kind": Kind(each["kind"])})) for each in said["columns"]]
    kinds = {each.key: each.kind for each in columns}
    shapes, apart = (parts.get(f"{what}{said['key']}") for what in (SHAPES, ROWS))
    rows = unpack_json(apart) if apart else said["rows"]
    return Table(
        **{key: said[key] for key in ("key", "title", "means", "is_shown")},
        columns=columns,
        rows=[_read_row(each, kinds, lists, of=said["key"]) for each in rows],
        shapes=unpack_json(shapes) if shapes else {},
    )


def _read_row(said: Json, kinds: Mapping[str, Kind], lists: _Lists, *, of: str) -> Row:
    name = f"{of}/{said['key']}"
    return Row(
        key=said["key"],
        cells={key: _read_cell(each, kinds[key]) for key, each in said["cells"].items()},
        cases={
            key: _cases(lists, f"{name}/{key}", many) for key, many in said.get("cases", {}).items()
        },
        of={key: (str(kind), what) for key, (kind, what) in said.get("of", {}).items()},
    )


def _read_layer(said: Json, parts: Mapping[str, bytes]) -> Layer:
    packed = parts.get(f"{LAYER}{said['key']}")
    drawn: Json = unpack_json(packed) if packed else {"features": (), "picture": None}
    picture = drawn["picture"]
    return Layer(
        **{key: said[key] for key in ("key", "title", "unit", "times", "shown")},
        look=Look(said["look"]), features=drawn["features"],
        picture=Picture(url=picture["url"], bounds=tuple(picture["bounds"])) if picture else None,
        legend=[Step(**each) for each in said["legend"]],
    )  # fmt: skip
