"""Count cases by stage and by age for the bar, the chips and the headline of a list."""

import dataclasses
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from webmap.assets import age_looks, stage_looks
from webmap.public.asking import Asked


@dataclasses.dataclass(frozen=True, slots=True)
class Part:
    """One stage's or age's share: how many, and how many stand before it in the bar."""

    key: str
    count: int
    before: int


@dataclasses.dataclass(frozen=True, slots=True)
class Tally:
    """How many cases were asked for, and how those are spread that only differ in one choice.

    Parameters
    ----------
    total
        How many are of every choice.
    stages, ages
        The shares of those that are of every choice but the stage, or but the age.
    """

    total: int
    stages: tuple[Part, ...]
    ages: tuple[Part, ...]


def tally(rows: Iterable[sa.Row[Any]], asked: Asked) -> Tally:
    """Add up counts by stage, category, zone and age for one question.

    Parameters
    ----------
    rows
        Rows of stage, category, zone_id, age and cases.
    """
    stages: Counter[str] = Counter()
    ages: Counter[str] = Counter()
    total = 0
    for row in rows:
        if asked.category not in ("", row.category) or asked.zone not in (None, row.zone_id):
            continue
        of_age, of_stage = asked.age in ("", row.age), asked.stage in ("", row.stage)
        stages[row.stage] += row.cases if of_age else 0
        ages[row.age] += row.cases if of_stage else 0
        total += row.cases if of_age and of_stage else 0
    return Tally(
        total=total,
        stages=_parts(stages, [look["stage"] for look in stage_looks()]),
        ages=_parts(ages, [look["age"] for look in age_looks()]),
    )


def _parts(counts: Mapping[str, int], order: Iterable[str]) -> tuple[Part, ...]:
    parts, before = [], 0
    for key in order:
        if count := counts[key]:
            parts.append(Part(key, count, before))
            before += count
    return tuple(parts)
