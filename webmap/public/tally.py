"""Count cases by stage for the bar, the chips and the headline of a list."""

import dataclasses
from collections import Counter
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from webmap.assets import stage_looks
from webmap.public.asking import Asked


@dataclasses.dataclass(frozen=True, slots=True)
class Part:
    """One stage's share: how many, and how many stand before it in the bar."""

    stage: str
    count: int
    before: int


@dataclasses.dataclass(frozen=True, slots=True)
class Tally:
    """How many cases were asked for, and how all that only differ in stage are spread."""

    total: int
    total_any: int
    stages: tuple[Part, ...]


def tally(rows: Iterable[sa.Row[Any]], asked: Asked) -> Tally:
    """Add up counts by stage, category and zone for one question.

    Parameters
    ----------
    rows
        Rows of stage, category, zone_id and cases.
    """
    counts: Counter[str] = Counter()
    for row in rows:
        if asked.category in ("", row.category) and asked.zone in (None, row.zone_id):
            counts[row.stage] += row.cases
    parts, before = [], 0
    for look in stage_looks():
        if count := counts[look["stage"]]:
            parts.append(Part(look["stage"], count, before))
            before += count
    total = counts[asked.stage] if asked.stage else before
    return Tally(total=total, total_any=before, stages=tuple(parts))
