"""Reckon how long things take by hand, day by day, for tests of reports to be held against."""

import numpy as np
import pandas as pd


def kaplan_meier(days: pd.Series, happened: pd.Series) -> pd.Series:
    """Return the share that takes longer, by the days at which it happened."""
    table = pd.DataFrame({"day": days, "did": happened.astype(int)}).groupby("day")["did"]
    counted = table.agg(["sum", "size"]).sort_index()
    at_risk = len(days) - counted["size"].cumsum().shift(fill_value=0)
    share = (1 - counted["sum"] / at_risk).cumprod()
    return share[counted["sum"] > 0]


def within(share: pd.Series, done: float) -> float | None:
    """Return the first day at which at most the rest takes longer; None where it never is."""
    reached = share.index[share <= 1 - done + 1e-12]
    return float(reached[0]) if len(reached) else None


def incidence(days: pd.Series, ending: pd.Series, *, of: int, by: float) -> float:
    """Return the share of all that has ended in one way by a day, day after day."""
    waiting, ended = 1.0, 0.0
    for day in sorted(days[ending > 0].unique()):
        if day > by:
            break
        at_risk = int((days >= day).sum())
        now = days == day
        ended += waiting * int((now & (ending == of)).sum()) / at_risk
        waiting *= 1 - int((now & (ending > 0)).sum()) / at_risk
    return ended


def days_between(first: pd.Series, last: pd.Series) -> pd.Series:
    """Return the days from one to the other; NaN where either is unknown."""
    return (pd.to_datetime(last) - pd.to_datetime(first)).dt.days.astype(np.float64)
