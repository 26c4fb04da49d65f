"""Hold what every table of a law pack is, and the amounts that may stand in one."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Said = Annotated[str, Field(min_length=1)]
Cents = Annotated[int, Field(ge=0, lt=10**13)]
Days = Annotated[int, Field(ge=0, le=3_660)]
Metres = Annotated[int, Field(ge=0, le=1_000)]


class Table(BaseModel):
    """A table of the file: nothing unknown in it, nothing coerced."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
