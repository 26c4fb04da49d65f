"""Bench a million running fines at a date against the walk through their days, to the cent."""

import statistics
import time
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cases.fines.columns import (
    AS_BY,
    Days,
    FineColumns,
    PauseColumns,
    RateColumns,
    ReductionColumns,
    Whole,
    first_days,
)
from cases.fines.many import ManyFines, many
from cases.fines.orders import End, EndReason, Pause, Rate, Reduction
from cases.fines.rules import FineKind
from cases.fines.terms import FineTerms
from tests.rules.fine_oracle import walk
from tests.rules.fine_towns import TOWN

FINES, SAMPLE = 1_000_000, 1_000
TARGET_RATIO = 50
AS_OF = date(2026, 6, 1)
NEVER, DAY = np.datetime64("NaT", "D"), np.timedelta64(1, "D")


def run(repeats: int = 5) -> dict[str, Any]:
    """Measure, interleaved; raises when the two differ by a cent on the sample."""
    columns = _columns(FINES, seed=1)
    chosen = np.sort(np.random.default_rng(2).choice(FINES, SAMPLE, replace=False))
    sample = [_terms(columns, int(fine)) for fine in chosen]
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(repeats):
        seconds, told = _timed(lambda: many(columns, TOWN, as_of=AS_OF))
        ours.append(seconds)
        seconds, walked = _timed(lambda: [walk(terms, TOWN, AS_OF) for terms in sample])
        theirs.append(seconds * FINES / SAMPLE)
        _same_cents(told, chosen, walked)
    ratio = statistics.median(theirs) / statistics.median(ours)
    return {
        "name": "fines",
        "rows": [
            {
                "what": f"totals and per diems of {FINES:,} running fines, checked and counted",
                "ours_s": statistics.median(ours),
                "peer": f"day-by-day Python loop, {SAMPLE:,} of them scaled up",
                "peer_s": statistics.median(theirs),
                "ratio": ratio,
                "target": f">= {TARGET_RATIO}",
                "met": ratio >= TARGET_RATIO,
            }
        ],
        "repeats": repeats,
        "sample": SAMPLE,
        "days_a_fine": float((np.datetime64(AS_OF, "D") - first_days(columns)).astype(int).mean()),
        "all_ours_s": ours,
        "all_peer_s": theirs,
    }


def _timed[Answer](ask: Callable[[], Answer]) -> tuple[float, Answer]:
    start = time.perf_counter()
    answer = ask()
    return time.perf_counter() - start, answer


def _same_cents(told: ManyFines, chosen: Whole, walked: list[tuple[int, int]]) -> None:
    ours = np.column_stack([told.total_cents, told.per_diem_cents])[chosen]
    differ = np.flatnonzero((ours != np.array(walked)).any(axis=1))
    if len(differ):
        at = differ[0]
        msg = f"fine {chosen[at]} is {ours[at].tolist()} at once, but {walked[at]} day by day"
        raise RuntimeError(msg)


def _columns(fines: int, *, seed: int) -> FineColumns:
    """Make up fines begun within two years, with what is usual: most run, some changed."""
    dice = np.random.default_rng(seed)
    repeat = dice.random(fines) < 0.2
    comply_by = np.datetime64(AS_OF, "D") - _days(dice, 1, 730, fines)
    first = comply_by + np.where(repeat, 0 * DAY, DAY)
    ended = dice.random(fines) < 0.1
    end = np.where(ended, first + _days(dice, 0, 700, fines), NEVER)
    return FineColumns(
        kind=repeat.astype(np.int8),
        comply_by=np.where(repeat, NEVER, comply_by),
        found_on=np.where(repeat, comply_by, NEVER),
        total_cap_cents=np.where(dice.random(fines) < 0.3, dice.integers(1, 10**7, fines), 0),
        end_on=end,
        end_recorded_on=end + _days(dice, 0, 10, fines),
        end_is_judgment=np.zeros(fines, dtype=np.bool_),
        certified_on=np.where(dice.random(fines) < 0.6, first + 30 * DAY, NEVER),
        rates=_rates(dice, first),
        pauses=_pauses(dice, first),
        reductions=_reductions(dice, first),
    )


def _rates(dice: np.random.Generator, first: Days) -> RateColumns:
    at, owner, turn = _lists(dice, len(first), odds=[0, 0.8, 0.15, 0.05])
    from_day = first[owner] + turn * 60 * DAY
    ordered = np.where(turn > 0, from_day - 5 * DAY, NEVER)
    return RateColumns(at, from_day, dice.integers(1, 60_000, len(owner)), ordered)


def _pauses(dice: np.random.Generator, first: Days) -> PauseColumns:
    at, owner, turn = _lists(dice, len(first), odds=[0.7, 0.2, 0.1])
    begins = first[owner] + turn * 50 * DAY + _days(dice, 0, 50, len(owner))
    ends = begins + _days(dice, 0, 90, len(owner))
    open_yet = dice.random(len(owner)) < 0.2
    return PauseColumns(at, begins, np.where(open_yet, NEVER, ends), begins + 3 * DAY)


def _reductions(dice: np.random.Generator, first: Days) -> ReductionColumns:
    at, owner, turn = _lists(dice, len(first), odds=[0.85, 0.1, 0.05])
    to = dice.random(len(owner)) < 0.5
    cents = dice.integers(1, 10**6, len(owner))
    return ReductionColumns(
        at,
        first[owner] + turn * 100 * DAY + _days(dice, 0, 100, len(owner)),
        np.full(len(owner), NEVER),
        np.where(to, cents, AS_BY),
        np.where(to, 0, cents),
    )


def _days(dice: np.random.Generator, least: int, most: int, count: int) -> NDArray[np.timedelta64]:
    return dice.integers(least, most, count).astype("timedelta64[D]")


def _lists(
    dice: np.random.Generator, fines: int, *, odds: list[float]
) -> tuple[Whole, Whole, Whole]:
    """Give each fine some rows: the offsets, each row's fine, and its turn within it."""
    counts = dice.choice(len(odds), fines, p=odds)
    at = np.concatenate([[0], np.cumsum(counts)])
    owner = np.repeat(np.arange(fines), counts)
    return at, owner, np.arange(len(owner)) - at[owner]


def _terms(columns: FineColumns, fine: int) -> FineTerms:
    """Take one fine out of the columns again, as its order has it."""
    end, recorded = columns.end_on[fine].item(), columns.end_recorded_on[fine].item()
    rates, pauses, cuts = columns.rates, columns.pauses, columns.reductions
    return FineTerms(
        reference=f"Order {fine}",
        kind=tuple(FineKind)[columns.kind[fine]],
        comply_by=columns.comply_by[fine].item(),
        found_on=columns.found_on[fine].item(),
        total_cap_cents=columns.total_cap_cents[fine].item() or None,
        end=End(end, EndReason.COMPLIANCE, recorded) if end else None,
        certified_on=columns.certified_on[fine].item(),
        rates=tuple(
            Rate(day.item(), cents.item(), ordered.item())
            for day, cents, ordered in _rows(
                rates.at, fine, rates.from_day, rates.cents, rates.ordered_on
            )
        ),
        pauses=tuple(
            Pause(begins.item(), ends.item(), ordered.item(), "Stay")
            for begins, ends, ordered in _rows(
                pauses.at, fine, pauses.first_day, pauses.last_day, pauses.ordered_on
            )
        ),
        reductions=tuple(
            Reduction(
                day.item(),
                "Order",
                to_cents=None if to == AS_BY else to.item(),
                by_cents=by.item() or None,
            )
            for day, to, by in _rows(cuts.at, fine, cuts.ordered_on, cuts.to_cents, cuts.by_cents)
        ),
    )


def _rows(at: Whole, fine: int, *columns: np.ndarray) -> Iterable[tuple[Any, ...]]:
    here = slice(at[fine], at[fine + 1])
    return zip(*(column[here] for column in columns), strict=True)
