"""Read Cambridge's violations by pandas, one row a case, for reports to be held against."""

from pathlib import Path

import pandas as pd

FURTHER = ("Referred to Law", "Pursuing in Court", "Post Judgement")
"""Words of the file for what went beyond a warning."""


def cases_of(realdata: Path) -> pd.DataFrame:
    """Return the cases by their number: days as timestamps, NaT where the file knows none."""
    days = ["complaint_date", "complaint_close_date", "violation_date"]
    read = pd.read_csv(
        realdata / "cambridge" / "violations.csv.gz", dtype=str, parse_dates=days,
        na_values=["1900-01-01"],
    )  # fmt: skip
    read = read.assign(
        is_open=read["violation_status"].eq("Open"),
        further=read["complaint_status"].isin(FURTHER),
    )
    cases = read.groupby("complaint_no").agg(
        parcel_no=("ML", "first"), category=("complaint_type", "first"),
        opened=("complaint_date", "min"), found=("violation_date", "min"),
        closed=("complaint_close_date", "max"), is_open=("is_open", "any"),
        further=("further", "any"),
    )  # fmt: skip
    return cases.assign(closed=cases["closed"].where(~cases["is_open"]))
