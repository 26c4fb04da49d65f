"""Declare what a text may tell, and make from that its values, its examples and its list."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

type Speak = Callable[[str | date], str]
"""Writes a day, or words of the rules, in the language of a text."""
type Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something that a text may tell.

    Parameters
    ----------
    name
        What a text calls it.
    what
        What it is, in plain words.
    example
        What it may be: words, a number or a day; of a list, values for each of its items.
    must
        Whether every message has to tell it.
    may_lack
        Whether there may be none: then it is empty, or 0.
    said
        Whether it is words of the rules, which each language has its own for.
    item
        What one of a list is called; empty where it is none.
    each
        What may be told of each of a list.
    """

    name: str
    what: str
    example: Any
    must: bool = False
    may_lack: bool = False
    said: bool = False
    item: str = ""
    each: tuple["Fact", ...] = ()


class Line(NamedTuple):
    """A line of the list of facts: how a text asks for it, what it is, an example, its depth."""

    code: str
    what: str
    example: str
    must: bool
    depth: int


def told(
    facts: Iterable[Fact], given: Values, *, speak: Speak, are_examples: bool = False
) -> dict[str, Any]:
    """Return the values of declared facts as a text is given them: plain, and no others.

    Parameters
    ----------
    are_examples
        They are in English, all of them, and are spoken; true ones come in the text's language but
        for days and words of the rules.

    Raises
    ------
    KeyError
        One of them is not given.
    """
    return {each.name: _value(each, given[each.name], speak, are_examples) for each in facts}


def full_example(facts: Iterable[Fact]) -> dict[str, Any]:
    """Return values of facts where there is something of everything."""
    return {each.name: each.example for each in facts}


def bare_example(facts: Iterable[Fact], given: Values | None = None) -> dict[str, Any]:
    """Return values of facts where there is nothing that there need not be."""
    rows = list(facts)
    values = full_example(rows) if given is None else given
    return {each.name: _bare(each, values[each.name]) for each in rows}


def lacking(facts: Iterable[Fact], values: Values, body: str) -> Fact | None:
    """Return the first fact that a message has to tell and does not; None where all are told.

    Of a list each has to be told. A link has to stand by itself, so that it can be opened.
    """
    for fact in facts:
        value = values[fact.name]
        if fact.each:
            inner = (lacking(fact.each, item, body) for item in value)
            if (found := next(filter(None, inner), None)) is not None:
                return found
        elif fact.must and value and not _stands(str(value), body):
            return fact
    return None


def lines_of(
    facts: Iterable[Fact], *, speak: Speak, of: str = "", depth: int = 0
) -> Iterator[Line]:
    """Yield the list of facts as it stands beside a text, each list before what it holds."""
    for fact in facts:
        name = f"{of}.{fact.name}" if of else fact.name
        if not fact.each:
            example = str(_value(fact, fact.example, speak, is_example=True))
            yield Line(f"{{{{ {name} }}}}", fact.what, example, fact.must, depth)
            continue
        code = f"{{% for {fact.item} in {name} %}} … {{% endfor %}}"
        yield Line(code, fact.what, "", must=False, depth=depth)
        yield from lines_of(fact.each, speak=speak, of=fact.item, depth=depth + 1)


def _value(fact: Fact, given: Any, speak: Speak, is_example: bool) -> Any:
    if fact.each:
        return [told(fact.each, item, speak=speak, are_examples=is_example) for item in given]
    is_words = fact.said or (is_example and isinstance(given, str))
    if isinstance(given, date) or (is_words and given):
        return speak(given)
    return given if isinstance(given, int) else str(given or "")


def _bare(fact: Fact, value: Any) -> Any:
    if fact.each:
        some: Sequence[Values] = value[:1]
        return () if fact.may_lack else tuple(bare_example(fact.each, item) for item in some)
    if not fact.may_lack:
        return value
    return 0 if isinstance(value, int) else ""


def _stands(value: str, body: str) -> bool:
    at = body.find(value)
    while at >= 0:
        before, after = body[:at][-1:], body[at + len(value) :][:1]
        if "://" not in value or not (_goes_on(before) or _goes_on(after)):
            return True
        at = body.find(value, at + 1)
    return False


def _goes_on(beside: str) -> bool:
    """Tell whether what stands beside a link would be read as a part of it."""
    return beside.isalnum() or beside in tuple("/?#&=-_%@")
