"""Every command looks whether what its step needs is so: each thing lacking once, the rest met."""

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from unmet import Unmet, gather

import cases
from cases.advancing import GuardError
from cases.history import faults
from cases.models import CaseEvent
from cases.workflow.registry import SECTIONS, STEPS

UNMET = gather()

NOT_YET: set[str] = set()
"""Actions that need something and have no command yet; one that gets its command leaves the list,
and brings its scenarios to a module `unmet_<section>.py`."""


@pytest.mark.parametrize("told", UNMET, ids=lambda told: told.name)
def test_a_deed_that_lacks_one_thing_is_refused_by_name_and_leaves_nothing(
    town: sa.Connection, request: pytest.FixtureRequest, told: Unmet
) -> None:
    wanted = inspect.signature(told.play).parameters
    deed = told.play(**{name: request.getfixturevalue(name) for name in wanted})
    before = _history(town)
    with pytest.raises(told.error) as refused:
        deed()
    if told.error is GuardError:
        lacking = [
            guard
            for step in STEPS.values()
            if step.action == told.action
            for guard in step.needs
            if guard in (told.guard, *told.follows)
        ]
        needs = "; that ".join(guard.value for guard in dict.fromkeys(lacking))
        assert str(refused.value).endswith(f"as things stand. It takes that {needs}.")
    assert _history(town) == before
    assert list(faults(town)) == []


def _history(connection: sa.Connection) -> list[bytes]:
    return list(connection.scalars(sa.select(CaseEvent.hash).order_by(CaseEvent.id)))


def test_everything_that_a_command_needs_is_seen_to_lack_once() -> None:
    needed = {(str(s.action), g) for s in STEPS.values() for g in s.needs}
    commanded = _commanded()
    looked_at = {(action, guard) for action, guard in needed if action in commanded}
    assert looked_at - {(str(told.action), told.guard) for told in UNMET} == set()
    assert {action for action, _ in needed} - commanded == NOT_YET


def _commanded() -> set[str]:
    """Read out of the text of `cases` which actions a command names."""
    enums = {
        name: each
        for module in SECTIONS.values()
        for name, each in vars(module).items()
        if isinstance(each, type) and name.endswith("Action")
    }
    return {
        str(getattr(enums[node.value.id], node.attr))
        for tree in _texts()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in enums
    }


def _texts() -> Iterator[ast.Module]:
    (folder,) = map(Path, cases.__path__)
    for path in folder.rglob("*.py"):
        if "workflow" not in path.parts:
            yield ast.parse(path.read_text(encoding="utf-8"))
