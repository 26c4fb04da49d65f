"""Count how often the same people complain of the same respondents, and tell nothing of either.

Who made a complaint comes here as marks without meaning: two complaints that share one were made by
one person. What goes out is counts, none of fewer than `LEAST_PAIRS` pairs, so that no line of them
is about anybody.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

type Made = tuple[int, int, int]
"""A complaint, its case, and a mark of whoever made it; a complaint may have several marks."""

LEAST_PAIRS = 5
_BANDS = (2, 3, 5, 10)
"""From how many complaints on pairs are counted apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Pairs of a complainant and a respondent with about as many complaints.

    Parameters
    ----------
    fewest, most
        Complaints of one by the other; the most is None where there is no end.
    pairs, complaints
        How many pairs, and how many complaints all of them made.
    case_ids
        The cases these led to, in order.
    """

    fewest: int
    most: int | None
    pairs: int
    complaints: int
    case_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """How often pairs repeat.

    Parameters
    ----------
    complaints
        Those that were looked at: of cases with a respondent, whose makers said who they are.
    bands
        The fewest complaints first. Where there are fewer than `LEAST_PAIRS` repeated pairs in all,
        there is none.
    are_few
        Whether there are some, and too few to be told.
    """

    complaints: int
    bands: Sequence[Band]
    are_few: bool


@dataclass(frozen=True, slots=True)
class _Pair:
    complaints: frozenset[int]
    cases: frozenset[int]


def pairs(made: Iterable[Made], *, about: Mapping[int, Collection[str]]) -> Pairs:
    """Count the pairs with two complaints or more.

    Parameters
    ----------
    made
        Each complaint by each of its marks.
    about
        Who answers in each case, by a key; a case that is not named is not looked at.
    """
    by_respondent: dict[str, list[Made]] = defaultdict(list)
    looked_at: set[int] = set()
    for complaint, case, mark in made:
        for respondent in about.get(case, ()):
            by_respondent[respondent].append((complaint, case, mark))
            looked_at.add(complaint)
    found = [pair for said in by_respondent.values() for pair in _by_person(said)]
    repeated = [pair for pair in found if len(pair.complaints) >= _BANDS[0]]
    bands = tuple(_bands(repeated)) if len(repeated) >= LEAST_PAIRS else ()
    return Pairs(complaints=len(looked_at), bands=bands, are_few=bool(repeated) and not bands)


def _by_person(said: Sequence[Made]) -> list[_Pair]:
    """Gather the complaints of one respondent by who made them: those a chain of marks connects."""
    first_with: dict[int, int] = {}
    joined: dict[int, int] = {}
    for complaint, _case, mark in said:
        joined.setdefault(complaint, complaint)
        one, other = (
            _first(joined, complaint),
            _first(joined, first_with.setdefault(mark, complaint)),
        )
        joined[max(one, other)] = min(one, other)
    cases = {complaint: case for complaint, case, _mark in said}
    gathered: dict[int, list[int]] = defaultdict(list)
    for complaint in joined:
        gathered[_first(joined, complaint)].append(complaint)
    return [
        _Pair(frozenset(theirs), frozenset(cases[each] for each in theirs))
        for theirs in gathered.values()
    ]


def _first(joined: Mapping[int, int], complaint: int) -> int:
    while joined[complaint] != complaint:
        complaint = joined[complaint]
    return complaint


def _bands(repeated: Sequence[_Pair]) -> list[Band]:
    """Put pairs into bands, none of fewer than `LEAST_PAIRS`: what is too few joins the one below.

    The lowest has none below and joins the one above.
    """
    held: list[list[_Pair]] = [[] for _ in _BANDS]
    for pair in repeated:
        held[bisect_right(_BANDS, len(pair.complaints)) - 1].append(pair)
    starts = [0]
    for at in range(len(_BANDS) - 1, 0, -1):
        if len(held[at]) < LEAST_PAIRS:
            held[at - 1] += held[at]
        else:
            starts.append(at)
    starts.sort()
    if len(held[0]) < LEAST_PAIRS and len(starts) > 1:
        held[0] += held[starts.pop(1)]
    ends: list[int | None] = [_BANDS[at] - 1 for at in starts[1:]]
    return [
        _band(held[at], _BANDS[at], most) for at, most in zip(starts, [*ends, None], strict=True)
    ]


def _band(held: Sequence[_Pair], fewest: int, most: int | None) -> Band:
    cases = frozenset().union(*(pair.cases for pair in held))
    return Band(
        fewest=fewest, most=most, pairs=len(held),
        complaints=sum(len(pair.complaints) for pair in held), case_ids=tuple(sorted(cases)),
    )  # fmt: skip
