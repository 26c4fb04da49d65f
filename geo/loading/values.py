"""Turn columns of text into days, numbers and answers, and say which rows could not be."""

from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Mask = NDArray[np.bool_]

YES = frozenset({"true", "t", "yes", "y", "1", "x"})
NO = frozenset({"false", "f", "no", "n", "0"})


def text_frame(table: pa.Table) -> pd.DataFrame:
    """Show an Arrow table as columns of text; whole numbers stored as floats lose their ".0"."""
    columns = {name: _as_text(table.column(name)) for name in table.column_names}
    return pd.DataFrame(columns, index=range(table.num_rows), columns=table.column_names)


def dates(
    text: pd.Series, *, unknown: tuple[date, ...] = (), earliest: date = date.min
) -> tuple[NDArray[np.object_], Mask]:
    """Read days written as 2014-07-22 or 7/22/2014, with or without a time after them.

    Parameters
    ----------
    unknown, earliest
        The days that stand for "unknown", and before which every day does.

    Returns
    -------
    days : ndarray of date or None
        None where the text is missing, stands for "unknown", or cannot be read.
    bad : ndarray of bool
        True where there is text that is no date.
    """
    if text.isna().all():  # pandas splits a column without any text into numbers
        return np.full(len(text), None, dtype=object), np.zeros(len(text), dtype=bool)
    day = text.str.strip().str.split(r"[T ]", n=1, regex=True).str[0]
    parsed = pd.to_datetime(day, format="%Y-%m-%d", errors="coerce")
    for pattern in ("%m/%d/%Y", "%Y/%m/%d", "%Y%m%d"):
        parsed = parsed.fillna(pd.to_datetime(day, format=pattern, errors="coerce"))
    bad = (parsed.isna() & (day.fillna("") != "")).to_numpy()
    days = np.array(parsed.dt.date, dtype=object)
    there = parsed.notna() & ~parsed.dt.date.isin(unknown)
    days[~there] = None
    days[[day is not None and day < earliest for day in days]] = None
    return days, bad


def numbers(text: pd.Series) -> tuple[NDArray[np.float64], Mask]:
    """Read numbers, with or without thousands separators.

    Returns
    -------
    numbers : ndarray of float
        NaN where the text is missing or no finite number.
    bad : ndarray of bool
        True where there is text that is no finite number.
    """
    plain = text.str.replace(",", "").str.strip()
    read = pd.to_numeric(plain, errors="coerce").to_numpy(np.float64)
    finite = np.isfinite(read)
    bad = ~finite & (plain.fillna("") != "").to_numpy()
    return np.where(finite, read, np.nan), bad


def answers(text: pd.Series) -> list[bool | None]:
    """Read yes or no in the usual spellings; None where neither is said."""
    said = [word.strip().casefold() if isinstance(word, str) else None for word in text]
    return [True if word in YES else False if word in NO else None for word in said]


def optional(text: pd.Series) -> list[str | None]:
    """List a column's texts; None where there is nothing to read."""
    return [word or None for word in text.fillna("").tolist()]


def _as_text(column: pa.ChunkedArray) -> pd.Series:
    kind = column.type
    if pa.types.is_floating(kind):
        whole = pc.and_(pc.equal(pc.floor(column), column), pc.less(pc.abs(column), 2.0**53))
        as_integer = pc.cast(pc.if_else(whole, column, None), pa.int64())
        text = pc.coalesce(pc.cast(as_integer, pa.string()), pc.cast(column, pa.string()))
    elif pa.types.is_timestamp(kind):
        text = pc.strftime(column, format="%Y-%m-%dT%H:%M:%S")
    elif pa.types.is_nested(kind) or pa.types.is_binary(kind):
        text = pa.chunked_array([[None if x is None else str(x) for x in column.to_pylist()]])
    else:
        text = pc.cast(column, pa.string())
    return pd.Series(text.to_pandas(), dtype="str")
