"""Add months and years to a day, as the law counts them."""

import calendar
from datetime import date

MONTHS = 12


def months_after(day: date, count: int) -> date:
    """Return the same day of the month so many months on, or that month's last where it has none.

    Parameters
    ----------
    count
        Months: 30 November and three are 28 February. Below zero they go back.
    """
    months = day.year * MONTHS + day.month - 1 + count
    year, month = months // MONTHS, months % MONTHS + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def years_after(day: date, count: int) -> date:
    """Return the same day so many years on; 28 February for a 29th in a year that has none."""
    return months_after(day, MONTHS * count)
