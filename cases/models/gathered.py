"""Describe lists of cases as a report once counted them, so that its figure opens exactly those."""

from sqlalchemy import ARRAY, BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from geo.layers import Base


class ReportCases(Base):
    """The cases behind a figure of a report that was made.

    Attributes
    ----------
    run_id
        The report, as it was asked for once.
    name
        The figure's, within the report.
    ids
        Of the cases.
    """

    __tablename__ = "report_cases"

    run_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    ids: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))
