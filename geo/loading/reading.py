"""Read a file through its mapping into rows of Lotline's fields, numbered as in the file."""

import hashlib
from collections.abc import Collection
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
import shapely

from geo.loading.errors import ReadingError
from geo.loading.formats import open_layer
from geo.loading.kinds import Kind
from geo.loading.layer import Layer, Shapes, empty
from geo.loading.mapping import EVERYTHING_ELSE, Mapping, check_columns, guess_mapping
from geo.loading.values import Mask, numbers

FACT = "fact:"
"""What the names of columns that a mapping keeps as facts begin with."""
GUESSED = "No mapping given; guessed"
"""How the note begins that says which columns were guessed."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """A file's rows as the mapping reads them.

    Attributes
    ----------
    path, sha256
        The file, and the hash of its bytes.
    frame
        One column of text per field that is mapped, missing where the file says nothing; the
        index is the row's number in the file, counted from 1.
    shapes
        One Shapely geometry or None per row of `frame`, in `crs`; None for a table that says
        nothing of where.
    crs
        The stored coordinate system; None where the file stores none.
    mapping
        As given, or as guessed from the columns' names.
    torn
        By row, why it is not whole.
    notes
        What was assumed or passed over, in sentences for whoever runs the import.
    """

    path: Path
    sha256: str
    frame: pd.DataFrame
    shapes: Shapes | None
    crs: str | None
    mapping: Mapping
    notes: tuple[str, ...]
    torn: Table[int, str] = field(default_factory=dict)


def read(
    path: Path, *, kind: Kind, mapping: Mapping | None = None, layer: str | None = None
) -> Source:
    """Read one layer of a file.

    Raises
    ------
    ReadingError
        The file is missing, damaged, empty, or in a format Lotline does not read.
    ColumnError
        The mapping names a column the file lacks, or a needed field has no column.
    """
    opened = open_layer(path, layer=layer)
    notes: list[str] = []
    if mapping is None:
        mapping = guess_mapping(opened.columns, kind=kind, is_table=opened.is_table)
        pairs = ", ".join(f"{ours} from {theirs}" for ours, theirs in mapping.columns.items())
        notes.append(f"{GUESSED} {pairs or 'nothing'}.")
    check_columns(mapping, kind=kind, columns=opened.columns, file=path.name)
    with np.errstate(invalid="ignore"):  # what is not a number is looked for later, and named
        frame, shapes = _read_rows(opened, mapping=mapping)
        wanted = _wanted(frame, torn=opened.torn, mapping=mapping, notes=notes)
        frame, shapes = frame[wanted], None if shapes is None else shapes[wanted]
        fields = _fields(frame, mapping=mapping)
        if opened.is_table:
            shapes = _places(fields)
    notes += opened.notes
    return Source(
        path=path,
        sha256=file_sha256(path),
        frame=fields,
        shapes=shapes,
        crs=opened.crs,
        mapping=mapping,
        notes=tuple(notes),
        torn=opened.torn,
    )


def _read_rows(opened: Layer, *, mapping: Mapping) -> tuple[pd.DataFrame, Shapes | None]:
    frame, shapes = opened.read(mapping.needed_columns())
    rows = len(frame) if shapes is None else len(shapes)
    if rows == 0:
        raise empty(opened.path)
    frame.index = pd.RangeIndex(1, rows + 1, name="row")
    return frame, shapes


def _wanted(
    frame: pd.DataFrame, *, torn: Collection[int], mapping: Mapping, notes: list[str]
) -> Mask:
    wanted = np.ones(len(frame), dtype=bool)
    for column, values in mapping.only.items():
        wanted &= frame[column].isin(values).to_numpy()
    if not wanted.any():
        msg = f"No row passes [only] {mapping.only} of the mapping; there is nothing to import."
        raise ReadingError(msg)
    wanted |= frame.index.isin(list(torn))  # of which what [only] asks may be what is torn off
    if not wanted.all():
        notes.append(f"{(~wanted).sum():,} of {len(frame):,} rows are not selected by [only].")
    return wanted


def _fields(frame: pd.DataFrame, *, mapping: Mapping) -> pd.DataFrame:
    fields = {}
    for ours, theirs in mapping.columns.items():
        # PostgreSQL has no place for a zero character in a text.
        column = frame[theirs].str.replace("\0", "").str.strip()
        fields[ours] = column.where(column != "")
    for fact, theirs in mapping.facts.items():
        fields[f"{FACT}{fact}"] = frame[theirs].str.strip()
    for ours, constant in mapping.constants.items():
        fields[ours] = pd.Series(str(constant), index=frame.index, dtype="str")
    for ours, table in mapping.values.items():  # noqa: PD011 - a table of the mapping, no pandas
        if ours in fields:
            fields[ours] = _translate(fields[ours], table=table)
    return pd.DataFrame(fields, index=frame.index)


def _translate(column: pd.Series, *, table: dict[str, str]) -> pd.Series:
    otherwise = table.get(EVERYTHING_ELSE)
    said = column.fillna("").to_list()
    ours = [table.get(value, value if otherwise is None else otherwise) for value in said]
    translated = pd.Series(ours, index=column.index, dtype="str")
    return translated.where(translated != "")


def _places(fields: pd.DataFrame) -> Shapes | None:
    """Make shapes of what a table says; what cannot be read becomes None, or NaN for a number."""
    if "wkt" in fields:
        text = fields["wkt"].fillna("").to_numpy(dtype=object)
        return np.asarray(shapely.from_wkt(text, on_invalid="ignore"), dtype=object)
    if {"lon", "lat"} <= set(fields):
        (x, _), (y, _) = numbers(fields["lon"]), numbers(fields["lat"])
        shapes = np.asarray(shapely.points(x, y, handle_nan="allow"), dtype=object)
        shapes[(fields["lon"].isna() | fields["lat"].isna()).to_numpy()] = None
        return shapes
    return None


def file_sha256(path: Path) -> str:
    """Hash a file; of a geodatabase, which is a folder, hash its files' hashes by name."""
    if path.is_dir():
        parts = [file_sha256(file) for file in sorted(path.rglob("*")) if file.is_file()]
        return hashlib.sha256("".join(parts).encode()).hexdigest()
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
