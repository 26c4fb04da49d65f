"""Gather the scenarios in which one thing that a deed needs is not so and everything else is.

A module `unmet_<section>.py` beside this one holds those of its section: a function marked by
`unmet` takes fixtures by their names, brings the case to the point, and gives back the deed that
is to be refused.
"""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from cases.advancing import GuardError
from cases.errors import CaseError
from cases.workflow.step import Guard

type Deed = Callable[[], object]


@dataclass(frozen=True, kw_only=True)
class Unmet:
    """A deed that lacks one thing.

    Parameters
    ----------
    follows
        What cannot be so either where the guard is not: nobody had a right to see what nobody saw.
    error
        How it is refused where more can be said than that the guard does not hold.
    """

    action: StrEnum
    guard: Guard
    follows: tuple[Guard, ...]
    error: type[CaseError]
    play: Callable[..., Deed]

    @property
    def name(self) -> str:
        return f"{self.action}-{self.guard.name.lower()}"


UNMET: list[Unmet] = []


def unmet(
    action: StrEnum,
    guard: Guard,
    *,
    follows: tuple[Guard, ...] = (),
    error: type[CaseError] = GuardError,
) -> Callable[[Callable[..., Deed]], Callable[..., Deed]]:
    """Mark a scenario in which a deed lacks one guard."""

    def mark(play: Callable[..., Deed]) -> Callable[..., Deed]:
        UNMET.append(Unmet(action=action, guard=guard, follows=follows, error=error, play=play))
        return play

    return mark


def gather() -> list[Unmet]:
    """Return the scenarios of every section that has any."""
    for path in sorted(Path(__file__).parent.glob("unmet_*.py")):
        importlib.import_module(path.stem)
    return UNMET
