"""Hold what a deed's page says is to be weighed before it is done: figures, papers, to whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing to weigh.

    Parameters
    ----------
    words, said
        What it is, and what there is of it, in the reader's language: what people wrote stays as
        they wrote it, so that nobody tells it anew.
    lines
        How a sum is counted: what each line is for, and its cents.
    """

    words: Any
    said: Any
    lines: Sequence[tuple[str, int]] = ()


@dataclass(frozen=True, slots=True)
class Weighing:
    """What is to be weighed, under a heading.

    Parameters
    ----------
    mark
        What tells it from anything else that could be shown, where that matters.
    beside
        What to look at with it, which the paper itself does not say.
    """

    words: Any
    facts: Sequence[Fact]
    mark: str = ""
    beside: Sequence[Fact] = ()
