"""Bring the cells of a table to what files hold: money in dollars, the rest as it is."""

from decimal import Decimal

from reports.answers.answer import Answer, Cell, Column, Figure, Kind, Row, Table

CENT = Decimal("0.01")

FIGURES = (
    Column(key="key", words="Key"),
    Column(key="figure", words="Figure"),
    Column(key="value", words="Value"),
    Column(key="low", words="From"),
    Column(key="high", words="To"),
    Column(key="definition", words="Definition"),
)


def filed(value: Cell, kind: Kind) -> Cell | Decimal:
    """Return a value as a file holds it: cents as dollars, anything else as it is."""
    if kind is Kind.CENTS and isinstance(value, int | float):
        return dollars(value)
    return value


def dollars(cents: float) -> Decimal:
    """Return cents as dollars, exactly."""
    return Decimal(round(cents)) * CENT


def figures_table(answer: Answer) -> Table:
    """Return an answer's figures as a table: what a file of one table holds where there is none."""
    return Table(
        key="figures", title=answer.title, means=answer.means, columns=FIGURES,
        rows=tuple(_row(each) for each in answer.figures),
    )  # fmt: skip


def _row(figure: Figure) -> Row:
    low, value, high = (
        _told(each, figure.kind) for each in (figure.low, figure.value, figure.high)
    )
    cells = {"figure": figure.words, "value": value, "low": low, "high": high}
    return Row(
        key=figure.key, cells={"key": figure.key, **cells, "definition": figure.means}
    )  # fmt: skip


def _told(value: Cell, kind: Kind) -> Cell:
    held = filed(value, kind)
    return str(held) if isinstance(held, Decimal) else held
