"""Gather liens by owner, parcel, zone and age, and name the cases that each group comes from."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from cases.owners.names import name_key
from cases.spans import years_after
from reports.answers.answer import Cases
from reports.exposure.standing import StandingLien

AGES = ((0, 1), (1, 2), (2, 5), (5, 10), (10, 20), (20, None))
"""Years since the recording, from the first and below the second."""

type Groups = Sequence[tuple[str, str, list[StandingLien]]]
type By = Callable[[StandingLien], tuple[str, str]]


def grouped_by(liens: Sequence[StandingLien], by: By) -> Groups:
    """Return liens by what each is said to belong to: a key, words and its liens."""
    groups: dict[str, tuple[str, list[StandingLien]]] = {}
    for each in liens:
        key, words = by(each)
        groups.setdefault(key, (words, []))[1].append(each)
    return [(key, words, within) for key, (words, within) in groups.items()]


def by_owner(lien: StandingLien) -> tuple[str, str]:
    """Name a lien's owner: the first on the roll, by the order-free key of the name."""
    if not lien.owners:
        return "", "on no roll"
    return name_key(lien.owners[0]) or lien.owners[0], lien.owners[0]


def by_parcel(lien: StandingLien) -> tuple[str, str]:
    """Name a lien's parcel."""
    return lien.parcel_no, lien.address or f"Parcel {lien.parcel_no}"


def by_zone(lien: StandingLien) -> tuple[str, str]:
    """Name the officer's zone of a lien's case."""
    return lien.zone or "", lien.zone or "no zone"


def by_age(liens: Sequence[StandingLien], *, on: date) -> Groups:
    """Return liens by the years since they were recorded, all spans also where none is in it."""
    groups = []
    for low, high in AGES:
        within = [each for each in liens if _is_aged(each, low, high, on=on)]
        words = f"{low} or more" if high is None else f"{low} to {high}" if low else f"under {high}"
        groups.append((f"{low}", words, within))
    undated = [each for each in liens if each.recorded_on is None]
    return [*groups, *([("unknown", "day unknown", undated)] if undated else [])]


def cases_of(liens: Iterable[StandingLien]) -> Cases:
    """Return the cases that liens come from, each once."""
    return Cases(sorted({each.case_id for each in liens if each.case_id is not None}))


def _is_aged(lien: StandingLien, low: int, high: int | None, *, on: date) -> bool:
    if lien.recorded_on is None or years_after(lien.recorded_on, low) > on:
        return False
    return high is None or years_after(lien.recorded_on, high) > on
