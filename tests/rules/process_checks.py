"""Hold a table of steps against the process as it was read by hand, a section at a time.

Each check takes the table, which is `cases.workflow.registry` or a mutant of it, and asserts.
"""

from collections.abc import Collection
from enum import StrEnum
from itertools import product
from typing import Any

import pytest
from hand_read import BY_HAND, EVENTS_BY_HAND
from process_table import ENDS

from cases.workflow.roles import Role
from cases.workflow.step import Guard

ONLY_IMPORTED = {"violation": {"closed"}}
"""Statuses that no step leads to."""


def enum_of(table: Any, section: str, kind: str) -> type[StrEnum]:
    """Return the statuses or the actions of a section."""
    module = table.SECTIONS[section]
    (found,) = {
        each
        for each in vars(module).values()
        if isinstance(each, type)
        and issubclass(each, StrEnum)
        and each.__module__ == module.__name__
        and (each.__name__.endswith("Status") == (kind == "status"))
    }
    return found


def check_steps(table: Any, section: str, *, without: Collection[str] = ()) -> None:
    """From every status every action does what the process says, for every role, and no more."""
    statuses = [None, *enum_of(table, section, "status")]
    for at, action, role in product(statuses, enum_of(table, section, "action"), Role):
        read = BY_HAND.get((section, at, action.partition(".")[2]))
        asked = {"role": role, "reason": "because", "without": without}
        if read is None or role not in read.by or action in without:
            with pytest.raises(table.NotNowError):
                table.step_for(at, action, **asked)
            continue
        taken = table.step_for(at, action, **asked)
        assert (taken.to, taken.by) == (read.to, read.by)
        assert tuple(guard.name.lower() for guard in taken.needs) == read.needs
        if not read.reason:
            assert table.step_for(at, action, role=role, without=without) is taken
            continue
        for silence in (None, "", "  "):
            with pytest.raises(table.NoReasonError, match="needs a reason"):
                table.step_for(at, action, role=role, reason=silence, without=without)


def check_choices(table: Any, section: str, *, without: Collection[str] = ()) -> None:
    """A page is offered what the process lets a role do from a status, and nothing else."""
    for at, role in product([None, *enum_of(table, section, "status")], Role):
        offered = table.choices(at, section=section, role=role, without=without)
        names = [each.action.partition(".")[2] for each in offered]
        read = [
            action
            for (of, stands, action), row in BY_HAND.items()
            if (of, stands) == (section, at)
            and role in row.by
            and f"{section}.{action}" not in without
        ]
        assert sorted(names) == sorted(read)


def check_rows(table: Any, section: str) -> None:
    """The table has the rows of the process, each once."""
    rows = [(at, action.partition(".")[2]) for at, action in table.STEPS if _in(section, action)]
    assert set(rows) == {(at, action) for of, at, action in BY_HAND if of == section}
    assert len(rows) == len(table.SECTIONS[section].STEPS)


def check_reach(table: Any, section: str) -> None:
    """Every status can be reached, and all but the ends left."""
    steps = table.SECTIONS[section].STEPS
    statuses = set(enum_of(table, section, "status"))
    reached: set[StrEnum] = set()
    while more := {s.to for s in steps if s.at is None or s.at in reached} - reached:
        reached |= more
    assert statuses - reached == ONLY_IMPORTED.get(section, set())
    left = {step.at for step in steps if step.to != step.at}
    assert {str(each) for each in statuses - left} == ENDS[section]


def check_events(table: Any, section: str) -> None:
    """A deed goes down in the history under the name that histories have always had for it."""
    for step in table.SECTIONS[section].STEPS:
        assert step.event == EVENTS_BY_HAND[str(step.action)]
    assert len(set(EVENTS_BY_HAND.values())) == len(EVENTS_BY_HAND)


def check_whole(table: Any) -> None:
    """Every guard guards something, every action is a step, and an admin decides nothing."""
    assert {guard for step in table.STEPS.values() for guard in step.needs} == set(Guard)
    actions = {str(each) for name in table.SECTIONS for each in enum_of(table, name, "action")}
    assert actions == table.NAMES == set(EVENTS_BY_HAND)
    assert not any(Role.ADMIN in step.by for step in table.STEPS.values())


def check_section(table: Any, section: str) -> None:
    """Hold one section against the process in every way."""
    check_rows(table, section)
    check_events(table, section)
    check_steps(table, section)
    check_choices(table, section)
    check_reach(table, section)


def check_left_out(table: Any, action: str) -> None:
    """A town without an action has no step of it, and all the others as before."""
    section = action.partition(".")[0]
    check_steps(table, section, without={action})
    check_choices(table, section, without={action})


def _in(section: str, action: str) -> bool:
    return action.partition(".")[0] == section
