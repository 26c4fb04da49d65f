"""Carry a file's rows through the import, and remember each that fell out and why."""

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from geo.loading.layer import Shapes
from geo.loading.mapping import KeyRule
from geo.loading.reading import Source
from geo.loading.values import Mask
from geo.sheets import defused


class Reject(NamedTuple):
    """A row left out: its number in the file from 1, its key, a code to count by, the reason."""

    row: int
    key: str
    code: str
    reason: str


class Repair(NamedTuple):
    """A row whose shape was mended: how, and by how many square metres its area changed."""

    row: int
    key: str
    how: str
    change_m2: float


@dataclass
class Rows:
    """The rows still on their way in.

    Attributes
    ----------
    frame
        The fields as text; the index is the row's number in the file.
    shapes
        One geometry per row of `frame`, or None for a table that says nothing of where.
    key
        The field that names a row to a person.
    followers
        By row, the rows of the same key that were united with it and share its lot.
    """

    frame: pd.DataFrame
    shapes: Shapes | None
    key: str
    read: int
    rejects: list[Reject] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    followers: dict[int, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, source: Source, *, key: str) -> "Rows":
        """Start with all rows of a file, but those that are not whole: ``torn_row``."""
        frame = source.frame
        if key not in frame:
            frame = frame.assign(**{key: pd.Series(None, index=frame.index, dtype="str")})
        rows = cls(frame=frame, shapes=source.shapes, key=key, read=len(frame))
        torn = frame.index.isin(list(source.torn))
        rows.reject(torn, code="torn_row", reason=[source.torn[row] for row in frame.index[torn]])
        return rows

    def __len__(self) -> int:
        """Count the rows still in."""
        return len(self.frame)

    def copy(self) -> "Rows":
        """Keep these rows at hand while the original goes on."""
        return replace(self)

    @property
    def merged(self) -> int:
        """How many rows joined another that is still in."""
        return sum(len(self.followers.get(row, ())) for row in self.numbers)

    @property
    def numbers(self) -> list[int]:
        """The rows' numbers in the file, counted from 1."""
        numbers: list[int] = self.frame.index.tolist()
        return numbers

    @property
    def keys(self) -> list[str]:
        """The rows' keys as text, empty where missing."""
        keys: list[str] = self.frame[self.key].fillna("").tolist()
        return keys

    def column(self, name: str) -> pd.Series:
        """Look up a field; all missing where the file has no such column."""
        if name in self.frame:
            return self.frame[name]
        return pd.Series(None, index=self.frame.index, dtype="str")

    def reject(self, bad: Mask, *, code: str, reason: str | Sequence[str]) -> None:
        """Take out the rows marked `bad`, each with the reason, or its own of `reason`.

        The rows that were united with one of them go with it.
        """
        if not bad.any():
            return
        reasons = [reason] * int(bad.sum()) if isinstance(reason, str) else reason
        out = self.frame[bad]
        keys = out[self.key].fillna("")
        self.rejects += [
            Reject(int(each), str(key), code, why)
            for row, key, why in zip(out.index, keys, reasons, strict=True)
            for each in (row, *self.followers.get(row, ()))
        ]
        self.keep(~bad)

    def keep(self, wanted: Mask) -> None:
        """Go on with the rows marked, saying nothing of the others."""
        self.frame = self.frame[wanted]
        if self.shapes is not None:
            self.shapes = self.shapes[wanted]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of a file: read = loaded + rejected; the rest are parts of loaded."""

    run_id: int
    kind: str
    read: int
    loaded: int
    merged: int
    unchanged: int
    rejects: tuple[Reject, ...]
    repairs: tuple[Repair, ...]
    notes: tuple[str, ...]

    @property
    def repaired(self) -> int:
        """How many rows were loaded with their shape mended."""
        return len(self.repairs)

    @property
    def rejected(self) -> int:
        """How many rows were left out."""
        return len(self.rejects)

    @property
    def rejected_by_code(self) -> dict[str, int]:
        """How many rows were left out for each reason, most first."""
        return dict(Counter(reject.code for reject in self.rejects).most_common())


def write_rejects(path: Path, *, rejects: Iterable[Reject]) -> None:
    """Write the rows left out as a CSV of row, key, code, reason, in the order of the file.

    A cell that a spreadsheet would take for a formula is quoted.
    """
    write_named(path, Reject._fields, sorted(rejects))


def write_repairs(path: Path, *, repairs: Iterable[Repair]) -> None:
    """Write the rows mended as a CSV of row, key, how, change_m2, as `write_rejects` does."""
    write_named(path, Repair._fields, sorted(repairs))


def write_named(path: Path, names: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """Write rows as a CSV under the names of their columns, as `write_rejects` does."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        writer.writerows(map(defused, row) for row in rows)


def reject_bad_keys(rows: Rows, *, rule: KeyRule | None) -> None:
    """Take out the rows without a key, and those whose key only stands in for one."""
    rows.reject(
        rows.frame[rows.key].isna().to_numpy(), code="no_key", reason=f"{rows.key} is empty"
    )
    if rule is not None:
        placeholder = ~rows.frame[rows.key].str.fullmatch(rule.pattern).to_numpy(dtype=bool)
        rows.reject(
            placeholder,
            code="placeholder_key",
            reason=f"{rows.key} looks like no real one ([keys] pattern of a mapping tells)",
        )


def merge_same_key(rows: Rows, *, keys: Sequence[str], merge: bool) -> pd.Series:
    """Bring rows that share a key together, or reject all but the first of them.

    Returns
    -------
    group : Series of int
        Per remaining row (index: row number) the row number of the first with its key.
    """
    by = [rows.frame[key] for key in keys]
    first: Any = pd.Series(rows.frame.index, index=rows.frame.index)
    group: pd.Series = first.groupby(by, sort=False).transform("first")
    repeated = (group != first).to_numpy(dtype=np.bool_)
    if merge or not repeated.any():
        return group
    reasons = [
        f"repeats row {leader}; set merge_same_key = true in the mapping to unite such rows"
        for leader in group[repeated]
    ]
    rows.reject(repeated, code="repeated_key", reason=reasons)
    kept: pd.Series = group[~repeated]
    return kept
