"""Grant building permits on some lots, among them a few where work had begun without one."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from data.town.years import Case

SHARE = 0.02
"""Of the town's lots, those that were given a permit at any time of the history."""
AFTER_CASE = 0.5
"""Of the cases about work, those in which the owner then asked for a permit."""
LONGEST_DAYS = 700
RUNS_DAYS = 180
WORKS = (
    ("Re-roof", "Remove shingles, install new underlayment and shingles"),
    ("Fence", "Install 6 foot wood fence at the rear yard"),
    ("Mechanical", "Change out of the air conditioning, like for like"),
    ("Electrical", "New service panel, 200 A"),
    ("Pool", "In-ground pool with deck and barrier"),
    ("Addition", "One-storey addition at the rear"),
    ("Demolition", "Remove a detached shed"),
)
AFTER = {"Unpermitted work": 5, "Roof in disrepair": 0, "Fence in disrepair": 1}
"""Which of the works a case of a category leads to."""


@dataclass(frozen=True, slots=True)
class Permit:
    """A permit: `lot` is its lot's place in the plat; `issued_on` None while it is asked for."""

    lot: int
    number: str
    kind: str
    description: str
    status: str
    issued_on: date | None
    expires_on: date | None


def grant(rng: np.random.Generator, cases: list[Case], *, lots: int, until: date) -> list[Permit]:
    """
    Grant the permits of a town.

    Parameters
    ----------
    rng
        Source of lots, works and days; advanced by this call.
    cases
        The town's cases.
    lots
        How many lots it has.
    until
        Last day of the history; some permits are open then.

    Returns
    -------
    list of Permit
        By the day they were asked for.
    """
    asked = [
        (until - timedelta(days=int(rng.integers(0, LONGEST_DAYS))), int(lot), _any(rng))
        for lot in rng.choice(lots, size=max(1, round(lots * SHARE)), replace=False)
    ]
    for case in cases:
        works = [AFTER[each.category] for each in case.offences if each.category in AFTER]
        day = case.found + timedelta(days=int(rng.integers(3, 40)))
        if works and day <= until and rng.random() < AFTER_CASE:
            asked.append((day, case.lot, works[0]))
    return [
        _permit(rng, serial, day, lot, work, until)
        for serial, (day, lot, work) in enumerate(sorted(asked), start=1)
    ]


def _any(rng: np.random.Generator) -> int:
    return int(rng.integers(len(WORKS)))


def _permit(
    rng: np.random.Generator, serial: int, asked: date, lot: int, work: int, until: date
) -> Permit:
    issued = asked + timedelta(days=int(rng.integers(2, 21)))
    expires = issued + timedelta(days=RUNS_DAYS)
    if issued > until:
        status = "applied"
    elif expires >= until:
        status = "issued" if rng.random() < 0.7 else "final"  # noqa: PLR2004 - most still work
    else:
        status = "final" if rng.random() < 0.8 else "expired"  # noqa: PLR2004 - most are done
    kind, description = WORKS[work]
    given = status != "applied"
    return Permit(
        lot=lot, number=f"B{asked.year % 100:02d}-{serial:05d}", kind=kind,
        description=description, status=status, issued_on=issued if given else None,
        expires_on=expires if given else None,
    )  # fmt: skip
