"""Gather what breaks the rules of the tables, a module for each part.

A module `broken_<part>.py` beside this one holds `BROKEN`, the rules by their names with a
statement each that breaks them, and `FILL`, the rows such statements need. Where those build on
rows of others, `FOLLOWS` names the modules.
"""

import importlib
from pathlib import Path
from types import ModuleType

import sqlalchemy as sa
from small_town import import_cases, import_liens, lay_out, violation

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


def fill(connection: sa.Connection, folder: Path) -> None:
    """Lay out a town that has something in every table."""
    lay_out(connection)
    complaint = {"complaint_received_on": "2026-05-30", "complaint_channel": "phone"}
    import_cases(
        connection,
        folder,
        violation(complaint_no="R-1", **complaint),
        violation(case_no="C-2", parcel_no="A-2", complaint_no="R-2", **complaint),
    )
    lien = {"parcel_no": "A-3", "amount": "100", "recorded_on": "2026-05-01"}
    import_liens(
        connection, folder, {"instrument_no": "I-1", **lien}, {"instrument_no": "I-2", **lien}
    )
    for module in gather():
        connection.exec_driver_sql(module.FILL)
