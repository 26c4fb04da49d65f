"""Hold two law packs side by side, line by line."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cases.lawpack.schema import LawPack
from cases.plain_law.lines import AND, Told
from cases.plain_law.telling import in_plain_words

_APART = frozenset({"pack", "vectors"})
"""What a pack says of itself, and what it is tried by."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that two laws do not say alike; None where a law says nothing of it."""

    now: Told | None
    then: Told | None


@dataclass(frozen=True, slots=True)
class Compared:
    """What differs between two laws.

    Parameters
    ----------
    subjects
        By subject, its title first; of those that differ alone.
    resting
        What both say in the same words, by another provision.
    untold
        Where in the file they differ in what no line tells: ``fines.statutes``.
    """

    subjects: tuple[tuple[str, tuple[Difference, ...]], ...]
    resting: tuple[tuple[Told, Told], ...]
    untold: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many lines differ."""
        return sum(len(found) for _title, found in self.subjects)


def compare(now: LawPack, then: LawPack) -> Compared:
    """Return what another law says otherwise than the one in force.

    A line is known again by what it is about.
    """
    before, after = _lines(now), _lines(then)
    subjects, resting, told = [], [], []
    for title in dict.fromkeys([*before, *after]):
        one, other = before.get(title, {}), after.get(title, {})
        found = []
        for key in dict.fromkeys([*one, *other]):
            pair = Difference(one.get(key), other.get(key))
            if pair.now == pair.then:
                continue
            told += key.split(AND)
            if pair.now and pair.then and pair.now.words == pair.then.words:
                resting.append((pair.now, pair.then))
            else:
                found.append(pair)
        if found:
            subjects.append((title, tuple(found)))
    untold = tuple(each for each in _places(now, then) if not _is_told(each, told))
    return Compared(tuple(subjects), tuple(resting), untold)


def _lines(pack: LawPack) -> dict[str, dict[str, Told]]:
    return {
        subject.title: {each.key: each for each in subject.lines}
        for subject in in_plain_words(pack)
    }


def _places(now: LawPack, then: LawPack) -> Iterator[str]:
    """Yield where two packs differ, two names deep, as a pack's author finds it.

    What a table rests on is left out: each line tells it.
    """
    one, other = now.model_dump(mode="json"), then.model_dump(mode="json")
    for table in one:
        if table not in _APART and one[table] != other[table]:
            yield from _within(table, one[table], other[table])


def _within(table: str, one: Any, other: Any) -> Iterator[str]:
    if table == "ordinances":
        one, other = _by_section(one), _by_section(other)
    if not isinstance(one, dict) or not isinstance(other, dict):
        yield table
        return
    for name in dict.fromkeys([*one, *other]):
        if name != "source" and one.get(name) != other.get(name):
            yield f"{table}.{name}"


def _by_section(texts: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for each in texts:
        found.setdefault(each["section"], []).append(each)
    return found


def _is_told(place: str, told: list[str]) -> bool:
    return any(key.startswith(place) or place.startswith(key) for key in told)
