"""Say which steps of the program a law pack leaves out."""

from typing import Self

from pydantic import model_validator

from cases.lawpack.table import Said, Table
from cases.workflow.registry import NAMES


def steps_of(section: str) -> tuple[str, ...]:
    """Return the steps of a part of a case, as a pack names them."""
    return tuple(sorted(name for name in NAMES if name.partition(".")[0] == section))


class Steps(Table):
    """Which steps of the program a town does not take."""

    without: tuple[Said, ...] = ()
    source: Said

    @model_validator(mode="after")
    def _known(self) -> Self:
        for name in self.without:
            if name not in NAMES:
                msg = f"there is no step {name}: the steps are {', '.join(sorted(NAMES))}"
                raise ValueError(msg)
        return self
