"""Name the files an answer can be taken along as; loads nothing heavy, so that pages name them."""

from collections.abc import Mapping
from dataclasses import dataclass

from reports.answers.answer import Answer, Table
from reports.errors import ReportError


class NoSuchTableError(ReportError):
    """A table is asked for that the answer does not have."""


class NoShapesError(ReportError):
    """A file of shapes is asked for, and the answer has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A kind of file.

    Parameters
    ----------
    words, media
        What people call it, and its media type.
    of_shapes
        Whether it holds shapes, so that an answer without any has no such file.
    of_one_table
        Whether it holds one table, which may be asked for by its key.
    has_map
        Whether the town is drawn in it, so that whoever writes it fetches the town.
    """

    words: str
    media: str
    of_shapes: bool = False
    of_one_table: bool = False
    has_map: bool = False


FORMATS: Mapping[str, Format] = {
    "html": Format(words="web page", media="text/html", has_map=True),
    "pdf": Format(words="PDF", media="application/pdf", has_map=True),
    "csv": Format(words="CSV", media="text/csv", of_one_table=True),
    "xlsx": Format(
        words="Excel", media="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    ),
    "gpkg": Format(words="GeoPackage", media="application/geopackage+sqlite3", of_shapes=True),
    "geojson": Format(
        words="GeoJSON", media="application/geo+json", of_shapes=True, of_one_table=True
    ),
    "parquet": Format(
        words="GeoParquet", media="application/vnd.apache.parquet", of_shapes=True,
        of_one_table=True,
    ),
    "json": Format(words="JSON", media="application/json"),
}  # fmt: skip
"""By the ending of the file's name."""


def formats_of(answer: Answer) -> list[str]:
    """Return which files an answer can be taken along as."""
    return [kind for kind, each in FORMATS.items() if not each.of_shapes or _may_map(answer)]


def _may_map(answer: Answer) -> bool:
    """Tell whether an answer has shapes, or only has none because it counts nothing."""
    return any(table.shapes for table in answer.tables) or not answer.figures[0].value


def require_shapes(answer: Answer, *, kind: str, table: str | None = None) -> None:
    """Refuse a file of shapes of what has none.

    Parameters
    ----------
    table
        The one that is asked for, where one is.

    Raises
    ------
    NoSuchTableError
        The answer has no such table.
    NoShapesError
        The table asked for has rows and no shapes, or the answer counts something and none of its
        tables has shapes.
    """
    if not _may_map(answer):
        *others, last = formats_of(answer)
        msg = (
            f"“{answer.title}” has nothing with a shape on the ground, so there is no {kind} of "
            f"it: ask for {', '.join(others)} or {last}."
        )
        raise NoShapesError(msg)
    asked = table_asked(answer, table) if table else None
    if FORMATS[kind].of_one_table and asked is not None and asked.rows and not asked.shapes:
        named = ", ".join(each.key for each in answer.tables if each.shapes)
        msg = f"The rows of the table {table!r} have no shapes; those of {named} have."
        raise NoShapesError(msg)


def table_asked(answer: Answer, key: str | None, *, with_shapes: bool = False) -> Table | None:
    """Return the table of a key, or the one a file holds where none is asked for.

    Parameters
    ----------
    with_shapes
        Where none is asked for: the first with shapes, else the first that pages show.

    Returns
    -------
    Table or None
        None where the answer has no table at all.

    Raises
    ------
    NoSuchTableError
        It has none of that key.
    """
    if key is not None:
        found = next((each for each in answer.tables if each.key == key), None)
        if found is None:
            named = ", ".join(each.key for each in answer.tables) or "none"
            msg = f"“{answer.title}” has no table {key!r}. Its tables are: {named}."
            raise NoSuchTableError(msg)
        return found
    shown = [each for each in answer.tables if each.is_shown]
    wanted = [each for each in answer.tables if each.shapes] if with_shapes else shown
    return next(iter([*wanted, *shown, *answer.tables]), None)
