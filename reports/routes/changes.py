"""Say how a person changes a plan by hand, and what that does."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from reports.routes.errors import RoutePlanError
from reports.routes.plan import Plan
from reports.routes.problem import Problem

type Whose = tuple[str, date]
"""An officer and a day."""


class ChangeError(RoutePlanError):
    """A change cannot be made as it is asked for, whatever the times."""


class Deed(StrEnum):
    """What a person does to a stop of a plan."""

    MOVE = "move"  # to a day of an officer, or to another place in the same one
    ADD = "add"  # what was left
    REMOVE = "remove"  # it is left then
    PIN = "pin"  # to the officer and the day it has
    UNPIN = "unpin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change of a plan by hand.

    Attributes
    ----------
    officer, day
        Where a stop is moved or added to; where it costs least when absent.
    position
        How many stops come before it there; where it costs least when absent.
    """

    deed: Deed
    stop_id: str
    officer: str | None = None
    day: date | None = None
    position: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """A visit that would begin after the last moment it may, unless others gave way."""

    stop_id: str
    label: str
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What a change does.

    Attributes
    ----------
    plan
        The plan with the change, checked; None where it cannot be made, and ``why`` says why.
        Drives not driven before are the matrix's: see `reports.routes.redrive`.
    problem
        The problem with the person's word in it: a stop moved by hand is pinned.
    officer, day, position
        Where the stop is then; None where it is in no route.
    changed
        The days that are otherwise than before.
    added_seconds
        Driving added to all of them together, less than 0 where it is saved.
    waiting_seconds
        What the change adds to what the stops of the plan wait, as the manager has priced a day
        of it; less than 0 where they wait less. It is not driven.
    finishes
        When each of them ends, before and then, seconds after midnight.
    late, overrun_seconds, lunch_lost
        What would be wrong with the day if nothing gave way: visits too late, the time after its
        end and all overtime, and the lunch.
    pushed_out
        Identifiers of optional stops that give way to it.
    """

    problem: Problem
    plan: Plan | None = None
    why: str = ""
    officer: str | None = None
    day: date | None = None
    position: int | None = None
    changed: tuple[Whose, ...] = ()
    added_seconds: int = 0
    waiting_seconds: int = 0
    finishes: Mapping[Whose, tuple[int, int]] = field(default_factory=dict)
    late: tuple[Late, ...] = ()
    overrun_seconds: int = 0
    lunch_lost: bool = False
    pushed_out: tuple[str, ...] = ()
