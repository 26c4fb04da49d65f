"""Make mutants of the table of steps, each wrong in one thing, and tables that hold them."""

import dataclasses
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType, SimpleNamespace

from process_checks import enum_of

from cases.workflow import registry
from cases.workflow.roles import Role
from cases.workflow.step import Guard, Step

SOURCE = Path(registry.__file__).read_text(encoding="utf-8")

type Rows = Sequence[Step]

TWISTS = [
    ("if found is None or action in without or role not in found.by:",
     "if found is None or role not in found.by:"),
    ("if found is None or action in without or role not in found.by:",
     "if found is None or action in without:"),
    ("if found.reason and not (reason and reason.strip()):", "if False:"),
    ("if found.reason and not (reason and reason.strip()):", "if found.reason and not reason:"),
    ("if found.reason and not (reason and reason.strip()):",
     "if not (reason and reason.strip()):"),
    ("each.at == at and role in each.by and each.action not in without",
     "each.at == at and role in each.by"),
    ("each.at == at and role in each.by and each.action not in without",
     "each.at == at and each.action not in without"),
    ("each.at == at and role in each.by and each.action not in without",
     "role in each.by and each.action not in without"),
    ("found = STEPS.get((at, action))",
     "found = STEPS.get((None, action)) or STEPS.get((at, action))"),
]  # fmt: skip
"""Lines of the look-up, and the same lines bent: the law pack's choice forgotten, and so on."""


def rows_wrong_in_one(section: str) -> Iterator[tuple[str, Rows]]:
    """Yield a section's rows with one of them mutated, and what was done to it."""
    rows = tuple(registry.SECTIONS[section].STEPS)
    for number, row in enumerate(rows):
        named = f"{row.at} > {row.action}"
        yield f"{named}: removed", rows[:number] + rows[number + 1 :]
        for told, changed in _mutants(section, row):
            yield f"{named}: {told}", (*rows[:number], changed, *rows[number + 1 :])


def _mutants(section: str, row: Step) -> Iterator[tuple[str, Step]]:
    statuses = list(enum_of(registry, section, "status"))
    for at in [None, *statuses]:
        if at != row.at:
            yield f"at {at}", dataclasses.replace(row, at=at)
    for to in statuses:
        if to != row.to:
            yield f"to {to}", dataclasses.replace(row, to=to)
    for role in Role:
        yield f"{role} turned", dataclasses.replace(row, by=row.by ^ {role})
    for guard in Guard:
        kept = tuple(each for each in row.needs if each is not guard)
        needs = kept if guard in row.needs else (*kept, guard)
        yield f"{guard.name} turned", dataclasses.replace(row, needs=needs)
    yield "reason turned", dataclasses.replace(row, reason=not row.reason)
    for event in sorted({each.event for each in registry.STEPS.values()} | {"something_done"}):
        if event != row.event:
            yield f"event {event}", dataclasses.replace(row, event=event)


def table_with(section: str, rows: Rows) -> ModuleType:
    """Return a table of steps in which one section has other rows."""
    table = table_from(SOURCE)
    changed = SimpleNamespace(**{**vars(registry.SECTIONS[section]), "STEPS": rows})
    changed.__name__ = registry.SECTIONS[section].__name__
    table.SECTIONS = {**registry.SECTIONS, section: changed}  # type: ignore[attr-defined]
    table.STEPS.clear()  # type: ignore[attr-defined]
    for each in table.SECTIONS.values():  # type: ignore[attr-defined]
        table.STEPS.update({(step.at, step.action): step for step in each.STEPS})  # type: ignore[attr-defined]
    return table


def table_from(source: str) -> ModuleType:
    """Return the table of steps as another text of its module makes it."""
    table = ModuleType("mutant")
    exec(compile(source, "mutant", "exec"), vars(table))  # noqa: S102 - our own text
    return table
