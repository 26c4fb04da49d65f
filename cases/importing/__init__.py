"""Take in cases, liens and permits from a town's old system: map, check, tie, store, tell.

As in `geo.loading`, a row is loaded or rejected by name, and nothing here commits.
"""

from cases.importing.cases import load_cases
from cases.importing.liens import load_liens
from cases.importing.permits import load_permits

__all__ = ["load_cases", "load_liens", "load_permits"]
