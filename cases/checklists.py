"""Read what officers look for at a visit, by the kind of a case."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from cases.errors import CaseError

BUNDLED = Path(__file__).parents[1] / "data" / "checklists.toml"
EVERY = "every"


class ChecklistError(CaseError):
    """A file of checklists cannot be used."""


class Checklist(BaseModel):
    """What is asked of one kind of case."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    lines: Annotated[
        tuple[Annotated[str, Field(min_length=1, max_length=400)], ...], Field(max_length=40)
    ]


_FILE = TypeAdapter(Mapping[str, Checklist])


@lru_cache(maxsize=4)
def read_checklists(path: Path = BUNDLED) -> Mapping[str, Sequence[str]]:
    """Return the lines that each kind of case asks, those of every kind under ``every``.

    Raises
    ------
    ChecklistError
        The file cannot be read, or says something else.
    """
    try:
        said = _FILE.validate_python(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        first = str(error).partition("\n")[0]
        msg = f'{path} holds no checklists: {first}. Each kind has lines = ["..."].'
        raise ChecklistError(msg) from error
    return {kind: each.lines for kind, each in said.items()}


def lines_for(category: str, *, path: Path = BUNDLED) -> list[str]:
    """Return what to look for at a case of a kind, its own lines first, each line once."""
    known = read_checklists(path)
    return list(dict.fromkeys((*known.get(category, ()), *known.get(EVERY, ()))))
