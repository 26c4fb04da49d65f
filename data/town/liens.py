"""Record liens on the cases that came to an order nobody obeyed."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from data.town.years import Case

DAILY_FINE_CENTS = (5_000, 7_500, 10_000, 15_000, 25_000)
COSTS_CENTS = (12_500, 40_000)
RELEASED_SHARE = 0.6
FIRST_BOOK = 4312
PAGES = 1990


@dataclass(frozen=True, slots=True)
class Lien:
    """A recorded lien: `case` is its case's place in the list; `released_on` None while it lies."""

    case: int
    instrument_no: str
    book: str
    page: str
    recorded_on: date
    amount_cents: int
    released_on: date | None


def record(rng: np.random.Generator, cases: list[Case], *, until: date) -> list[Lien]:
    """
    Record a lien for every case that reached one.

    Parameters
    ----------
    rng
        Source of amounts and recording numbers; advanced by this call.
    cases
        The town's cases.
    until
        Last day of the history.

    Returns
    -------
    list of Lien
        By recording day. A lien is released only after its case is closed.
    """
    due = [(case.lien_recorded, at) for at, case in enumerate(cases) if case.lien_recorded]
    liens = []
    serial = 0
    for recorded, at in sorted(due):
        serial += int(rng.integers(400, 2600))
        book, page = divmod(serial // 3, PAGES)
        liens.append(
            Lien(
                case=at,
                instrument_no=f"{recorded.year}{100000 + serial % 900000:06d}",
                book=str(FIRST_BOOK + book),
                page=str(page + 1),
                recorded_on=recorded,
                amount_cents=_amount(rng, cases[at], recorded),
                released_on=_released(rng, cases[at], until),
            )
        )
    return liens


def _amount(rng: np.random.Generator, case: Case, recorded: date) -> int:
    days = (recorded - (case.ordered or recorded)).days
    daily = DAILY_FINE_CENTS[int(rng.integers(len(DAILY_FINE_CENTS)))]
    costs = int(rng.integers(COSTS_CENTS[0] // 2500, COSTS_CENTS[1] // 2500 + 1)) * 2500
    return days * daily + costs


def _released(rng: np.random.Generator, case: Case, until: date) -> date | None:
    if case.closed is None or rng.random() > RELEASED_SHARE:
        return None
    day = case.closed + timedelta(days=int(rng.integers(5, 50)))
    return day if day <= until else None
