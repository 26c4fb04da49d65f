"""Count back from a day by whole years, as a statute's "within 5 years prior" is counted."""

from datetime import date


def within_years(earlier: date, later: date, *, years: int) -> bool:
    """Tell whether a day lies before another and within so many years of it.

    The day counted from is left out and the last day of the period is in it, also where it is no
    working day, for nothing has to be done on it (Florida Rule of General Practice and Judicial
    Administration 2.514(a)(1)). So 10 June 2021 is within 5 years of 10 June 2026; 9 June is not.

    A year ends on the day of the same number. The rule does not say when that is a 29 February
    that a year has not; the order of days in the calendar decides, which is the shorter reading,
    as for what costs a violator more: a finding on 29 February 2024 reaches to 28 February 2029,
    and a violation on 29 February 2028 looks back to 1 March 2023.
    """
    end = (earlier.year + years, earlier.month, earlier.day)
    return earlier < later and (later.year, later.month, later.day) <= end
