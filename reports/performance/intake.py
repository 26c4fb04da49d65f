"""Say how many cases come in by the month, when in the year, and how many are to be expected."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cases.business_days import DAY
from reports.answers.answer import Cases
from reports.council.months import Month
from reports.courses.reading import Courses
from reports.errors import NothingToReportError, TooLittleToSayError
from reports.stats.seasons import BackTest, Forecast, Seasons, back_test, forecast, seasons

BEGUN = 0.25
"""Of a middle month, which a month has once the record has begun."""
YEAR = 365
EPOCH = date(1970, 1, 1).toordinal()
NO_CHANCE = 7.0
"""Where so many cases were to be expected and none came, it is no chance: e^-7 is 0.0009."""
LONG_AGO = timedelta(days=62)
"""After so long what comes next is no forecast any more."""
TAIL = 0.9
"""How sure the limits of a forecast are, month by month and in all."""


type Counted = Sequence[tuple[Month, Cases]]
"""Whole months in order, and the cases opened in each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """How many cases came in, and how many are to be expected.

    Parameters
    ----------
    months
        Those that were counted, from when the record had begun.
    seasons, forecast, test
        How months of the year differ, what the next twelve bring, and how well such a forecast
        would have done; None where too little is known to say.
    why_not
        Why there is no forecast, in a sentence; "" where there is one.
    """

    months: Counted
    seasons: Seasons | None = None
    forecast: Forecast | None = None
    test: BackTest | None = None
    why_not: str = ""

    @property
    def coming(self) -> Sequence[Month]:
        """The months that are forecast."""
        if self.forecast is None:
            return ()
        last = self.months[-1][0]
        return [last.back(-at) for at in range(1, len(self.forecast.month) + 1)]


def intake_of(courses: Courses) -> Intake:
    """Count a question's cases by the whole months in which they were opened, and forecast."""
    opened = courses.cases.set_index("id")["opened"].dropna().astype(np.int64)
    if not len(opened):
        return Intake(months=())
    until = min(courses.scope.on, courses.scope.until or courses.scope.on)
    stopped = _stopped(opened, until=until)
    months = _begun(_counted(opened, since=courses.scope.since, until=stopped or until))
    if stopped is not None and courses.scope.on - stopped > LONG_AGO:
        return Intake(months=months, why_not=_ended(stopped))
    counts = np.array([len(cases) for _month, cases in months], dtype=np.float64)
    if not len(counts):
        return Intake(months=())
    first = months[0][0].first.month
    try:
        told = seasons(counts, first_month=first)
        coming = forecast(counts, first_month=first, confidence=TAIL)
    except (NothingToReportError, TooLittleToSayError) as error:
        return Intake(months=months, why_not=str(error))
    return Intake(
        months=months, seasons=told, forecast=coming, test=_tested(counts, first_month=first)
    )


def _stopped(opened: pd.Series, *, until: date) -> date | None:
    """Return the day of the last case where it is the record that ends there, and not the cases.

    So it is where, at the pace of the year before, as many days without a case as have gone by
    since would be less likely than one in a thousand (a Poisson count of none).
    """
    last = int(opened.max())
    pace = int((opened > last - YEAR).sum()) / YEAR
    return date.fromordinal(last) if pace * (until.toordinal() - last) > NO_CHANCE else None


def _counted(opened: pd.Series, *, since: date | None, until: date) -> Counted:
    """Return the whole months from the first case on."""
    last = _of(until + DAY).back(1)  # the month under way is no whole one
    since = since or date.fromordinal(int(opened.min())).replace(day=1)
    month = _of(since) if since.day == 1 else _of(since).back(-1)
    named = (opened - EPOCH).to_numpy(dtype="datetime64[D]").astype("datetime64[M]").astype(str)
    by_month = {str(name): ids.tolist() for name, ids in opened.index.to_series().groupby(named)}
    found = []
    while month.first <= last.first:
        found.append((month, Cases(by_month.get(month.key, ()))))
        month = month.back(-1)
    return found


def _of(day: date) -> Month:
    return Month(day.replace(day=1))


def _begun(months: Counted) -> Counted:
    """Leave out the first months, in which the record had hardly begun.

    Those are the months before the first with a quarter of the cases of a middle month that has
    any: a town's first weeks with a new system are no season.
    """
    some = [len(cases) for _month, cases in months if len(cases)]
    if not some:
        return ()
    enough = float(np.median(some)) * BEGUN
    first = next(at for at, (_month, cases) in enumerate(months) if len(cases) >= enough)
    return months[first:]


def _tested(counts: NDArray[np.float64], *, first_month: int) -> BackTest | None:
    try:
        return back_test(counts, first_month=first_month, confidence=TAIL)
    except TooLittleToSayError:
        return None


def _ended(newest: date) -> str:
    return (
        f"The newest case was opened on {newest}, so that no months to come are forecast: another "
        "last day forecasts from there."
    )
