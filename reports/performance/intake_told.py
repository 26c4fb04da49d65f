"""Tell of the intake: its tables and charts, its figures, and what they say in words."""

from collections.abc import Iterator

from reports.answers.answer import Cell, Chart, Column, Draw, Figure, Kind, Row, Table
from reports.performance.intake import Intake

EVEN = 0.5
"""From this likelihood on the months of the year are said not to differ."""

MONTHS = (
    Column(key="month", words="Month", kind=Kind.MONTH),
    Column(key="cases", words="Cases opened", kind=Kind.COUNT),
    Column(key="expected", words="To be expected", kind=Kind.COUNT, low="low", high="high",
           means="As likely more as fewer, with the limits between which nine in ten such months "
           "lie."),
    Column(key="low", words="To be expected, low", kind=Kind.COUNT),
    Column(key="high", words="To be expected, high", kind=Kind.COUNT),
)  # fmt: skip
OF_YEAR = (
    Column(key="month", words="Month of the year"),
    Column(key="factor", words="Beside a middle month", kind=Kind.NUMBER, low="low", high="high",
           means="Cases in proportion to a middle month, whatever the level did meanwhile, with a "
           "95 % interval."),
    Column(key="low", words="Beside a middle month, low", kind=Kind.NUMBER),
    Column(key="high", words="Beside a middle month, high", kind=Kind.NUMBER),
)  # fmt: skip
NAMES = (
    "in January", "in February", "in March", "in April", "in May", "in June", "in July",
    "in August", "in September", "in October", "in November", "in December",
)  # fmt: skip


def intake_tables(intake: Intake) -> Iterator[Table]:
    """Make the tables of months and of the months of the year."""
    if not intake.months:
        return
    yield Table(
        key="months", title="Cases opened by month", columns=MONTHS,
        means="Whole months, from the first with a quarter of a middle month's cases on: before, "
        "the record had hardly begun. Those that are forecast come last.",
        rows=(*_counted(intake), *_expected(intake)),
    )  # fmt: skip
    if intake.seasons is not None:
        yield Table(
            key="seasons", title="The months of the year", columns=OF_YEAR,
            means="How the months of the year differ from each other.",
            rows=tuple(_of_year(intake)),
        )  # fmt: skip


def intake_charts(intake: Intake) -> Iterator[Chart]:
    """Draw the months, and the months of the year."""
    if not intake.months:
        return
    is_forecast = intake.forecast is not None
    yield Chart(
        key="months", title="Cases opened by month", draw=Draw.LINE, of="months", along="month",
        across=("cases", "expected") if is_forecast else ("cases",),
        says="Where the second line begins the forecast does; its limits are in the table."
        if is_forecast else "",
    )  # fmt: skip
    if intake.seasons is not None:
        yield Chart(
            key="seasons", title="The months of the year", draw=Draw.DOTS, of="seasons",
            along="month", across=("factor",),
            says="An interval that reaches over 1 is no difference from a middle month.",
        )  # fmt: skip


def intake_figures(intake: Intake) -> Iterator[Figure]:
    """Give what is to be expected of the next twelve months, and how well that was tested."""
    coming, test = intake.forecast, intake.test
    if coming is None:
        return
    yield Figure(
        key="expected", value=round(coming.total), low=coming.total_lower,
        high=coming.total_upper, words="to be expected in twelve months",
        means="Cases opened in the twelve months after the last whole one, as likely more as "
        "fewer; nine in ten such years lie within the limits.",
    )  # fmt: skip
    if test is not None:
        yield Figure(
            key="forecast_error", value=round(test.error, 1), kind=Kind.NUMBER,
            words="cases a month the forecast would have missed by",
            means="Made in the past from what was known then: how far a month's forecast lay from "
            "what came, on the average.",
        )  # fmt: skip


def intake_says(intake: Intake) -> Iterator[str]:
    """Say what comes, when in the year, and how well that can be foretold."""
    if intake.why_not:
        yield intake.why_not
    yield from _season(intake)
    coming, test = intake.forecast, intake.test
    if coming is None:
        return
    yield (
        f"In the twelve months after {intake.months[-1][0].words} some {coming.total:,.0f} cases "
        f"are to be expected; nine in ten such years lie between {coming.total_lower:,.0f} and "
        f"{coming.total_upper:,.0f}."
    )
    if test is None:
        yield "The forecast could not be tested on the past: too few months are known."
        return
    yield (
        f"Made in the past such a forecast missed a month by {test.error:,.1f} cases on the "
        f"average, and the same month of the year before by {test.naive_error:,.1f}; "
        f"{100 * test.held:,.0f} percent of {test.forecasts:,} forecasts fell within their limits."
    )
    if test.ratio >= 1:
        yield "So it was no better than to take the same month of the year before."


def _season(intake: Intake) -> Iterator[str]:
    told = intake.seasons
    if told is None:
        return
    if told.even >= EVEN:
        yield "The months of the year do not differ by more than chance."
        return
    most, least = int(told.factor.argmax()), int(told.factor.argmin())
    yield (
        f"Most cases come {NAMES[most]}, {told.factor[most]:.2f} times a middle month, and the "
        f"fewest {NAMES[least]}, {told.factor[least]:.2f} times."
    )


def _counted(intake: Intake) -> Iterator[Row]:
    nothing: dict[str, Cell] = {"expected": None, "low": None, "high": None}
    for month, cases in intake.months:
        cells = {"month": month.first, "cases": len(cases), **nothing}
        yield Row(key=month.key, cells=cells, cases={"cases": cases})


def _expected(intake: Intake) -> Iterator[Row]:
    coming = intake.forecast
    if coming is None:
        return
    for at, month in enumerate(intake.coming):
        cells: dict[str, Cell] = {
            "month": month.first, "cases": None, "expected": float(coming.value[at]),
            "low": float(coming.lower[at]), "high": float(coming.upper[at]),
        }  # fmt: skip
        yield Row(key=month.key, cells=cells)


def _of_year(intake: Intake) -> Iterator[Row]:
    told = intake.seasons
    if told is None:
        return
    for at in range(len(told.factor)):
        cells: dict[str, Cell] = {
            "month": NAMES[at], "factor": float(told.factor[at]),
            "low": float(told.lower[at]), "high": float(told.upper[at]),
        }  # fmt: skip
        yield Row(key=f"{at + 1}", cells=cells)
