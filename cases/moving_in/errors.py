"""Name what is wrong with an export: in which file, line and column, and what to do about it."""

from collections.abc import Sequence
from typing import NamedTuple

from geo.errors import LotlineError

_TOLD = 40


class Fault(NamedTuple):
    """One thing wrong with an export.

    Attributes
    ----------
    line
        Of the file, the first is 1; 0 where the file is meant as a whole.
    column, value
        Empty where none is meant.
    """

    file: str
    line: int
    column: str
    value: str
    why: str
    remedy: str

    @property
    def text(self) -> str:
        """The fault in a line."""
        where = [self.file]
        where += [f"line {self.line}"] if self.line else []
        where += [f"column {self.column}"] if self.column else []
        said = f'"{self.value}" ' if self.value else ""
        return f"{', '.join(where)}: {said}{self.why}. {self.remedy}."


class RefusedExportError(LotlineError):
    """An export, or its mapping, is not whole; nothing of it was taken in.

    Parameters
    ----------
    faults
        All that were found.
    """

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        told = [fault.text for fault in self.faults[:_TOLD]]
        if more := len(self.faults) - len(told):
            told.append(f"and {more:,} more.")
        many = "fault" if len(self.faults) == 1 else "faults"
        head = f"The export is refused: {len(self.faults):,} {many}. Nothing was changed."
        super().__init__("\n".join([head, *told]))


class CutOverError(LotlineError):
    """The cut-over was made, so no later export is taken in."""


class NotReconciledError(LotlineError):
    """What would stand here is not what the old system says."""
