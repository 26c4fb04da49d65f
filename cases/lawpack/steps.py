"""Say which steps of the program a law pack leaves out, and what the others rest on."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator

from cases.lawpack.table import Said, Table
from cases.workflow.registry import NAMES


def steps_of(section: str) -> tuple[str, ...]:
    """Return the steps of a part of a case, as a pack names them."""
    return tuple(sorted(name for name in NAMES if name.partition(".")[0] == section))


def _known(name: str) -> str:
    if name not in NAMES:
        msg = f"there is no step {name}: the steps are {', '.join(sorted(NAMES))}"
        raise ValueError(msg)
    return name


type Name = Annotated[Said, AfterValidator(_known)]


class Steps(Table):
    """Which steps of the program a town does not take, and what it takes the others by.

    Parameters
    ----------
    source
        Why those are left out.
    sources
        The provision that a step rests on.
    """

    without: tuple[Name, ...] = ()
    source: Said
    sources: Mapping[Name, Said] = {}
