"""Read a story that is told day by day: what is done, what is refused, and what is then so.

A line that begins with a star is a deed, one that begins with an equals sign is something that must
be so by then. Under a deed, `REFUSED:` says that it is not done, and in which words. Anything else
is for the reader: the count of a date or a sum, made by hand, and in brackets the provision of the
law pack it rests on.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

STORIES = Path(__file__).with_name("stories")
_DAY = re.compile(r"([A-Z][a-z]+day), ([A-Z][a-z]+ \d{1,2}, \d{4})")
_MARKED = re.compile(r"([*=]) (.+)\.")
_REFUSED = re.compile(r" +REFUSED: (.+)")
_PROVISION = re.compile(r"\[([^\[\]]+)\]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a story.

    Parameters
    ----------
    line
        Where it stands in its file.
    is_deed
        Whether it is done; else it must be so.
    refused
        The words by which it is refused; None of what is done.
    """

    line: int
    on: date
    words: str
    is_deed: bool
    refused: str | None = None


def read_story(name: str) -> list[Sentence]:
    """Return the sentences of a story, each with its day."""
    told: list[Sentence] = []
    on = date.min
    for line, text in _lines(name):
        if day := _DAY.fullmatch(text):
            on = _next_day(day, after=on)
        elif marked := _MARKED.fullmatch(text):
            told.append(Sentence(line, on, marked[2], marked[1] == "*"))
        elif refused := _REFUSED.fullmatch(text):
            told[-1] = replace(told[-1], refused=refused[1])
        else:
            assert text[:1] not in {"*", "="}, f"{name}, line {line}: no full stop"
    return told


def provisions(name: str) -> list[str]:
    """Return every provision that a story names in brackets."""
    text = " ".join(" ".join(words for _, words in _lines(name)).split())
    return _PROVISION.findall(text)


def day_of(words: str) -> date:
    """Read a day as a story has it: ``June 3, 2026``."""
    return datetime.strptime(words, "%B %d, %Y").date()  # noqa: DTZ007 - a day has no zone


def _next_day(named: re.Match[str], *, after: date) -> date:
    """Return the day of a heading, which comes later and falls on the weekday it names."""
    on = day_of(named[2])
    assert on > after, named[0]
    assert on.strftime("%A") == named[1], named[0]
    return on


def _lines(name: str) -> Iterator[tuple[int, str]]:
    text = (STORIES / f"{name}.txt").read_text(encoding="utf-8")
    return enumerate(map(str.rstrip, text.splitlines()), start=1)
