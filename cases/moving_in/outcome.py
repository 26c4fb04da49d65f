"""Say what became of an export."""

from dataclasses import dataclass

from cases.moving_in.control import Control
from cases.moving_in.mapping import System
from cases.moving_in.steps import Aside


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What became of an export: every case of it is one of these, and the controls say so.

    Attributes
    ----------
    new, changed, unchanged
        Cases that came in, that the export tells otherwise than before, that it tells alike.
    worked_on
        Numbers of cases somebody worked on here since they came in; the export left them alone.
    conflicts
        Those of them of which the export says something new.
    set_aside
        What waits for a person, and why.
    """

    run_id: int
    system: System
    new: int
    changed: int
    unchanged: int
    worked_on: tuple[str, ...]
    conflicts: tuple[str, ...]
    set_aside: tuple[Aside, ...]
    controls: tuple[Control, ...]
