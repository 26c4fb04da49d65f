"""Write an answer to a file of any kind, whole or not at all."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reports.answers.answer import Answer, Table
from reports.answers.files.columns import figures_table
from reports.answers.files.formats import FORMATS, require_shapes, table_asked
from reports.answers.written import to_json
from reports.export import whole

if TYPE_CHECKING:
    from reports.backdrop import Backdrop


@dataclass(frozen=True, slots=True)
class _Asked:
    """An answer that is to be written, with what is beside it."""

    answer: Answer
    table: str | None
    backdrop: "Backdrop | None"


def write(
    answer: Answer,
    path: Path,
    *,
    kind: str,
    backdrop: "Backdrop | None" = None,
    table: str | None = None,
) -> None:
    """Write an answer to a file; one of that name is replaced.

    Parameters
    ----------
    kind
        One of `reports.answers.files.formats.FORMATS`.
    backdrop
        The town, drawn beneath the maps of a page or a paper; without it they have none.
    table
        Which, by its key, for a file of one table. Where none is asked for a CSV holds the first
        that pages show, and a file of shapes the first that has any; an answer without tables has
        its figures in a CSV. Tables of parcels have their numbers and degrees as well, but in a
        page, a paper, JSON and GeoJSON, which show or hold them otherwise.

    Raises
    ------
    NoSuchTableError
        The answer has no such table.
    NoShapesError
        The file is one of shapes, and the answer has none.
    ReportError
        The folder is missing or closed to us.
    """
    asked = _Asked(answer, table, backdrop)
    if FORMATS[kind].of_shapes:
        require_shapes(answer, kind=kind, table=table)
    with whole(path, kind=kind) as unfinished:
        _PUT[kind](asked, unfinished)


def _load(name: str) -> Any:
    """Import what loads heavy libraries, for a file of its kind alone."""
    return import_module(f"reports.answers.files.{name}")


def _csv(asked: _Asked, path: Path) -> None:
    table = table_asked(asked.answer, asked.table) or figures_table(asked.answer)
    _load("delimited").put_csv(_load("placing").placed(table), path)


def _xlsx(asked: _Asked, path: Path) -> None:
    _load("workbook").put_xlsx(_load("placing").placed_answer(asked.answer), path)


def _gpkg(asked: _Asked, path: Path) -> None:
    _load("frames").put_gpkg(_load("placing").placed_answer(asked.answer), path)


def _geojson(asked: _Asked, path: Path) -> None:
    _load("frames").put_geojson(asked.answer, _of_shapes(asked), path)


def _parquet(asked: _Asked, path: Path) -> None:
    _load("frames").put_parquet(_load("placing").placed(_of_shapes(asked)), path)


def _of_shapes(asked: _Asked) -> Table:
    empty = Table(key=asked.answer.report, title="", means="", columns=(), rows=())
    return table_asked(asked.answer, asked.table, with_shapes=True) or empty


def _html(asked: _Asked, path: Path) -> None:
    page = _load("page").write_page(asked.answer, backdrop=asked.backdrop)
    path.write_text(page, encoding="utf-8")


def _pdf(asked: _Asked, path: Path) -> None:
    path.write_bytes(_load("paper").write_paper(asked.answer, backdrop=asked.backdrop))


def _json(asked: _Asked, path: Path) -> None:
    said = json.dumps(to_json(asked.answer), ensure_ascii=False, allow_nan=False, indent=1)
    path.write_text(f"{said}\n", encoding="utf-8")


_PUT: dict[str, Callable[[_Asked, Path], None]] = {
    "csv": _csv, "xlsx": _xlsx, "gpkg": _gpkg, "geojson": _geojson, "parquet": _parquet,
    "html": _html, "pdf": _pdf, "json": _json,
}  # fmt: skip
