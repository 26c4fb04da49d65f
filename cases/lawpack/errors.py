"""Name what may be wrong with a law pack."""

from collections.abc import Sequence
from dataclasses import dataclass

from cases.errors import CaseError


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a pack file.

    Parameters
    ----------
    line
        Counted from 1; 0 where the whole file is meant.
    reason
        What was found, and what was expected.
    """

    line: int
    reason: str


class NoSuchTextError(CaseError):
    """A vector asks about what the pack does not hold."""


class LawPackError(CaseError):
    """A law pack is refused, whole: a town is not governed by half of one."""

    def __init__(self, name: str, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        places = [f"{name}:{fault.line}" if fault.line else name for fault in faults]
        told = "\n".join(f"{at}: {each.reason}" for at, each in zip(places, faults, strict=True))
        super().__init__(f"This law pack cannot be used until it is mended:\n{told}")
