"""Tell how long steps take, of all cases that can come to them, also of those that still wait."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from reports.answers.answer import Chart, Column, Draw, Kind, Row, Table
from reports.performance.steps import WAYS, State, Waits
from reports.stats.incidence import Incidence, cumulative_incidence
from reports.stats.survival import Between, Survival, survival

HORIZONS = (30, 90, 365)
"""Days within which the shares that came to a step are told."""
GRID = (
    0, 1, 2, 3, 5, 7, 10, 14, 21, 30, 45, 60, 75, 90, 120, 150, 180, 240, 300, 365, 450, 545, 730,
    910, 1095, 1460, 1825, 2555, 3650,
)  # fmt: skip
"""Days at which the curves are told: close together at first, where most happens."""
NOTHING = Between(None, None, None)

_STEP = Column(key="step", words="Step")
COLUMNS = (
    _STEP,
    Column(key="cases", words="Cases", kind=Kind.COUNT,
           means="Those that can come to the step and whose days are on record."),
    Column(key="reached", words="Came to it", kind=Kind.COUNT),
    Column(key="ended", words="Ended without", kind=Kind.COUNT,
           means="Ended in another way before it, so that it can no longer come."),
    Column(key="waiting", words="Still waiting", kind=Kind.COUNT,
           means="Neither by the day asked of."),
    Column(key="median", words="Half within", kind=Kind.DAYS, low="median_low", high="median_high",
           means="Days within which half came to it, as Kaplan and Meier estimate it from those "
           "that did and those that still wait; those that ended without it count until they did. "
           "With a 95 % interval. A dash: fewer than half did so far."),
    Column(key="median_low", words="Half within, low", kind=Kind.DAYS),
    Column(key="median_high", words="Half within, high", kind=Kind.DAYS),
    Column(key="ninetieth", words="Nine in ten within", kind=Kind.DAYS, low="ninetieth_low",
           high="ninetieth_high", means="The same of nine in ten."),
    Column(key="ninetieth_low", words="Nine in ten within, low", kind=Kind.DAYS),
    Column(key="ninetieth_high", words="Nine in ten within, high", kind=Kind.DAYS),
    *(Column(key=f"within_{days}", words=f"Within {days} days", kind=Kind.SHARE,
             means="The share of all cases that came to it by then, those that ended without it "
             "counted as never (cumulative incidence of Aalen and Johansen). A dash: no case that "
             "waits was seen for so long.")
      for days in HORIZONS),
    Column(key="counted", words="What is counted"),
)  # fmt: skip

CURVES = (
    _STEP,
    Column(key="days", words="Days", kind=Kind.COUNT),
    Column(key="reached", words="Came to it", kind=Kind.SHARE,
           means="The share of all cases that came to it by then (cumulative incidence)."),
    Column(key="ended", words="Ended without", kind=Kind.SHARE,
           means="The share of all cases that ended in another way by then."),
    Column(key="waiting", words="Still waiting", kind=Kind.SHARE,
           means="The share of all cases that neither came to it nor ended."),
    Column(key="longer", words="Takes longer", kind=Kind.SHARE, low="low", high="high",
           means="The share that takes longer where nothing else ends the wait (Kaplan and Meier), "
           "with a 95 % interval."),
    Column(key="low", words="Takes longer, low", kind=Kind.SHARE),
    Column(key="high", words="Takes longer, high", kind=Kind.SHARE),
)  # fmt: skip

CHART = Chart(
    key="curves", title="How many come to each step, by the days it takes", draw=Draw.STEPS,
    of="curves", along="days", across=("reached",), by="step",
    says="A curve that rises early is quick; one that stays low is a step that few cases come to.",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """How long a step takes.

    Parameters
    ----------
    waits
        What it rests on.
    longer
        The share that takes longer; None where no case can be asked.
    reached, ended
        The shares that came to it and that ended without, by time; None of none.
    """

    waits: Waits
    longer: Survival | None
    reached: Incidence | None
    ended: Incidence | None

    def within(self, done: float) -> Between:
        """Return the days within which a share came to it, in days."""
        return self.longer.quantile(done) if self.longer else NOTHING

    def share_within(self, days: float) -> float | None:
        """Return the share of all cases that came to it within some days.

        None where no case was seen for so long.
        """
        return self._share(self.reached, days)

    def share_ended(self, days: float) -> float | None:
        """Return the share of all cases that ended without it, as `share_within`."""
        return self._share(self.ended, days)

    def _share(self, of: Incidence | None, days: float) -> float | None:
        if self.longer is None or (days > self.longer.longest and self._waits_at_last()):
            return None
        return float(of.at(np.array([float(days)]))[0]) if of else 0.0

    def _waits_at_last(self) -> bool:
        longest = self.waits.days == self.waits.days.max()
        return bool((self.waits.states[longest] == State.WAITING).any())


def time_of(waits: Waits) -> Time:
    """Estimate how long a step takes."""
    if not len(waits):
        return Time(waits=waits, longer=None, reached=None, ended=None)
    ways = {
        each.ending: each
        for each in cumulative_incidence(waits.days, waits.states.astype(np.int64))
    }
    return Time(
        waits=waits, longer=survival(waits.days, waits.states == State.REACHED),
        reached=ways.get(State.REACHED), ended=ways.get(State.ENDED),
    )  # fmt: skip


def times_table(times: Sequence[Time]) -> Table:
    """Make the table of steps."""
    return Table(
        key="steps", title="Time to each step", columns=COLUMNS,
        means="From a complaint or an opening to each step, of all cases that can come to it, "
        "also those that still wait.",
        rows=tuple(_row(each) for each in times),
    )  # fmt: skip


def curves_table(times: Sequence[Time]) -> Table:
    """Make the table of the curves, a row for each step and some days."""
    return Table(
        key="curves", title="The curves in figures", columns=CURVES,
        means="By the days since a complaint or an opening, as far as cases were seen.",
        rows=tuple(row for each in times for row in _curve(each)),
    )  # fmt: skip


def _row(time: Time) -> Row:
    waits = time.waits
    half, nine = time.within(0.5), time.within(0.9)
    lists = {
        "reached": waits.of(State.REACHED), "ended": waits.of(State.ENDED),
        "waiting": waits.of(State.WAITING), "cases": waits.every(),
    }  # fmt: skip
    cells = {
        "step": WAYS[waits.step].words, "counted": WAYS[waits.step].means,
        **{name: len(cases) for name, cases in lists.items()},
        "median": half.value, "median_low": half.lower, "median_high": half.upper,
        "ninetieth": nine.value, "ninetieth_low": nine.lower, "ninetieth_high": nine.upper,
        **{f"within_{days}": time.share_within(days) for days in HORIZONS},
    }  # fmt: skip
    return Row(key=str(waits.step), cells=cells, cases=lists)


def _curve(time: Time) -> Iterator[Row]:
    if time.longer is None:
        return
    enough = bisect_left(GRID, float(time.waits.days.max())) + 1
    days = [day for day in GRID[:enough] if time.share_within(day) is not None]
    longer = _stairs(time.longer, days)
    for day, (share, low, high) in zip(days, longer, strict=True):
        reached, ended = time.share_within(day) or 0.0, time.share_ended(day) or 0.0
        yield Row(
            key=f"{time.waits.step}_{day}",
            cells={
                "step": WAYS[time.waits.step].words, "days": day, "reached": reached,
                "ended": ended, "waiting": max(0.0, 1 - reached - ended), "longer": share,
                "low": low, "high": high,
            },
        )  # fmt: skip


def _stairs(curve: Survival, days: Sequence[int]) -> list[tuple[float, float, float]]:
    """Read a curve and its limits at days."""
    at = np.searchsorted(curve.times, np.array(days, dtype=np.float64), side="right")
    lines = (np.concatenate([[1.0], line]) for line in (curve.share, curve.lower, curve.upper))
    share, low, high = (line[at].tolist() for line in lines)
    return list(zip(share, low, high, strict=True))
