"""Leave out counts that are so small that they might tell of somebody, and what would tell them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

type Counts = NDArray[np.int64]
type Marks = NDArray[np.bool_]

LEAST = 5
SAID = (
    f"Counts of fewer than {LEAST} cases are left out, and so is another beside each wherever it "
    "could be reckoned from what is shown."
)


@dataclass(frozen=True, slots=True)
class Hidden:
    """What is left out of a table: of its counts, the sums of its rows and those of its columns."""

    counts: Marks
    rows: Marks
    columns: Marks


def suppressed(counts: Counts) -> Hidden:
    """Say which counts are left out of a table that shows the sums of its rows and columns.

    A count or a sum of 1 to 4 is. Where what is left out of a row or a column could be reckoned as
    the difference to its sum, or comes to fewer than 5 together, the smallest of the others is left
    out too, until nothing can. That is secondary suppression by the least cell, which leaves out
    more than it need and never less (L. Willenborg and T. de Waal, "Elements of Statistical
    Disclosure Control", Springer 2001, chapter 7).

    Parameters
    ----------
    counts
        Shape (rows, columns); none below 0.
    """
    rows, columns = _of_line(counts.sum(axis=1)), _of_line(counts.sum(axis=0))
    hidden = (counts > 0) & (counts < LEAST) | rows[:, np.newaxis] | columns[np.newaxis, :]
    before = -1
    while int(hidden.sum()) != before:
        before = int(hidden.sum())
        for line, of in (*zip(hidden, counts, strict=True), *zip(hidden.T, counts.T, strict=True)):
            _complete(line, of)
    return Hidden(hidden, rows, columns)


def _of_line(counts: Counts) -> Marks:
    hidden = np.asarray((counts > 0) & (counts < LEAST))
    _complete(hidden, counts)
    return hidden


def _complete(hidden: Marks, counts: Counts) -> None:
    """Leave out more of a row or column, in place, until what is left out cannot be reckoned."""
    while _tells(hidden, counts) and not hidden.all():
        left = np.where(hidden, np.iinfo(np.int64).max, counts)
        shown = left[~hidden]
        some = shown[shown > 0]
        least = some.min() if len(some) else 0
        hidden[int(np.flatnonzero(~hidden & (counts == least))[0])] = True


def _tells(hidden: Marks, counts: Counts) -> bool:
    """Whether the sum of a row or column and what is shown of it tell of a small count."""
    return bool(hidden.any() and (hidden.sum() == 1 or counts[hidden].sum() < LEAST))
