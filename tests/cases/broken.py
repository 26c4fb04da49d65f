"""Gather what breaks the rules of the tables, a module for each part.

A module `broken_<part>.py` beside this one holds `BROKEN`, the rules by their names with a
statement each that breaks them, and `FILL`, the rows such statements need. Where those build on
rows of others, `FOLLOWS` names the modules.
"""

import importlib
from pathlib import Path
from types import ModuleType

TWICE = "INSERT INTO lotline.{0} ({1}) SELECT {1} FROM lotline.{0}"
VIOLATION = "UPDATE lotline.violation SET {}"


def gather() -> list[ModuleType]:
    """Return the modules, each after those whose rows it builds on."""
    paths = sorted(Path(__file__).parent.glob("broken_*.py"))
    waiting = [importlib.import_module(path.stem) for path in paths]
    found: list[ModuleType] = []
    while waiting:
        names = {each.__name__ for each in found}
        ready = next(each for each in waiting if set(getattr(each, "FOLLOWS", ())) <= names)
        waiting.remove(ready)
        found.append(ready)
    return found
