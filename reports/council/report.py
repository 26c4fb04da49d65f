"""Answer what a month brought, for a council: figures, trend, kinds, zones, hot spots and liens."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from cases.models import Lien
from cases.money import write_cents
from cases.workflow.lien import BINDING
from reports.answers.answer import (
    Answer,
    Cases,
    Cell,
    Chart,
    Column,
    Draw,
    Figure,
    Kind,
    Layer,
    Row,
    Table,
)
from reports.answers.options import Question, ask
from reports.answers.watching import Watch
from reports.caseload import town_facts
from reports.council.months import BACK, Counted, Month, count, grouped, month_asked
from reports.hotspots import report as hotspots
from reports.naming import zone_code

TITLE = "Code enforcement in {month}"
MEANS = (
    "Cases count once an officer has verified a violation in them: by the day they were opened and "
    "the day they were closed. Open at the end of a month is what was opened by then and not "
    "closed, by the days on record."
)
COMPLIED = "What was wrong was found corrected, and the case was closed."
MOST_KINDS, MOST_SPOTS = 12, 5
A_YEAR = 12


def make(connection: sa.Connection, question: Question, *, watch: Watch) -> Answer:
    """Answer the question, as `reports.registry` has it."""
    watch.at("Counting the month", 0)
    town = town_facts(connection)
    month = month_asked(question.text("month"), today=question.on)
    outside = not question.flag("inside")
    zone = zone_code(connection, question.text("zone"))
    told = _Told(count(connection, zone=zone, outside=outside), month)
    liens = _liens(connection, month) if zone is None else []
    watch.at("Looking for hot spots", 0.4)
    spots = _spots(connection, question, month, zone=zone, outside=outside)
    return Answer(
        report=question.report, title=TITLE.format(month=month.words), town=town.name,
        note=town.note, on=question.on, made_at=question.now, asked=question.told(), means=MEANS,
        says=(*told.says(), *spots.says, *liens), figures=told.figures(),
        tables=(told.trend(), *told.parts(), *spots.tables), charts=tuple(told.charts()),
        layers=spots.layers, cautions=spots.cautions, extent=spots.extent,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Told:
    """Tells of a month."""

    counted: Counted
    month: Month

    def says(self) -> Iterator[str]:
        """Say what the month brought, against the one before and that of a year ago."""
        opened, before = self._many("opened", 0), self._many("opened", 1)
        year_ago = self._many("opened", A_YEAR)
        yield (
            f"{opened:,} {'case was' if opened == 1 else 'cases were'} opened in "
            f"{self.month.words}; in the month before it were {before:,}, and a year earlier "
            f"{year_ago:,}."
        )
        closed, complied = self._many("closed", 0), self._many("complied", 0)
        were = "case was" if closed == 1 else "cases were"
        yield f"{closed:,} {were} closed, {complied:,} of them because the owner complied."
        now = len(self.counted.open_at(self.month.last))
        then = len(self.counted.open_at(self.month.back(1).last))
        were = "case was" if now == 1 else "cases were"
        if now == then:
            yield f"{now:,} {were} open at the end of the month, as many as a month before."
        else:
            more = "more" if now > then else "fewer"
            yield (
                f"{now:,} {were} open at the end of the month, {abs(now - then):,} {more} than "
                "a month before."
            )
        kinds = grouped(self.counted.among(self.counted.opened(self.month)), "category")
        for category, cases in list(kinds.items())[:1]:
            some = "case" if len(cases) == 1 else "cases"
            yield f"The most frequent kind was {category}, with {len(cases):,} {some}."

    def figures(self) -> tuple[Figure, ...]:
        """Return the month's figures, each with its cases."""
        month, counted = self.month, self.counted
        opened, closed = counted.opened(month), counted.closed(month)
        complied, open_now = counted.complied(month), counted.open_at(month.last)
        share = len(complied) / len(closed) if closed.ids else None
        return (
            Figure(key="opened", value=len(opened), words="cases opened", cases=opened,
                   means="Opened in the month."),
            Figure(key="closed", value=len(closed), words="cases closed", cases=closed,
                   means="Closed in the month, however they ended."),
            Figure(key="complied", value=len(complied), words="of them complied", cases=complied,
                   means=COMPLIED),
            Figure(key="share", value=share, kind=Kind.SHARE, words="of those closed complied",
                   means="Those that complied by all that were closed in the month."),
            Figure(key="open", value=len(open_now), words="open at its end", cases=open_now,
                   means="Opened by the end of the month and not closed by then."),
        )  # fmt: skip

    def trend(self) -> Table:
        """Return the month and those before it."""
        months = [self.month.back(back) for back in range(BACK, -1, -1)]
        return Table(
            key="trend", title="Month by month", columns=_TREND, means="The latest last.",
            rows=[self._of_month(month) for month in months],
        )  # fmt: skip

    def _of_month(self, month: Month) -> Row:
        cases = {
            "opened": self.counted.opened(month), "closed": self.counted.closed(month),
            "complied": self.counted.complied(month), "open": self.counted.open_at(month.last),
        }  # fmt: skip
        cells: dict[str, Cell] = {"month": month.first}
        return Row(
            key=month.key,
            cases=cases,
            cells=cells | {key: len(each) for key, each in cases.items()},
        )

    def parts(self) -> Iterator[Table]:
        """Yield the month's cases by kind and by zone."""
        for by, key, title in (
            ("category", "kinds", "By kind"), ("zone", "zones", "By zone"),
        ):  # fmt: skip
            yield self._by(by, key, title)

    def _by(self, by: str, key: str, title: str) -> Table:
        now = grouped(self.counted.among(self.counted.opened(self.month)), by)
        then = grouped(self.counted.among(self.counted.opened(self.month.back(A_YEAR))), by)
        still = grouped(self.counted.among(self.counted.open_at(self.month.last)), by)
        names = [*now, *(each for each in still if each not in now)][:MOST_KINDS]
        rows = [_part(name, now, then, still) for name in names]
        columns = (Column(key="name", words="Kind" if by == "category" else "Zone"), *_PARTS)
        return Table(
            key=key, title=title, columns=columns, rows=rows,
            means="The most opened in the month first.",
        )  # fmt: skip

    def charts(self) -> Iterator[Chart]:
        """Yield the pictures."""
        yield Chart(
            key="trend", title="Opened and closed, month by month", draw=Draw.LINE, of="trend",
            along="month", across=("opened", "closed"),
        )  # fmt: skip
        yield Chart(
            key="kinds", title="What was opened, by kind", draw=Draw.BARS, of="kinds",
            along="name", across=("opened",),
        )  # fmt: skip

    def _many(self, what: str, back: int) -> int:
        count_of: Mapping[str, Any] = {
            "opened": self.counted.opened, "closed": self.counted.closed,
            "complied": self.counted.complied,
        }  # fmt: skip
        return len(count_of[what](self.month.back(back)))


_TREND = (
    Column(key="month", words="Month", kind=Kind.MONTH),
    Column(key="opened", words="Opened", kind=Kind.COUNT),
    Column(key="closed", words="Closed", kind=Kind.COUNT),
    Column(key="complied", words="Complied", kind=Kind.COUNT, means=COMPLIED),
    Column(key="open", words="Open at its end", kind=Kind.COUNT),
)
_PARTS = (
    Column(key="opened", words="Opened", kind=Kind.COUNT),
    Column(key="year_ago", words="A year earlier", kind=Kind.COUNT),
    Column(key="open", words="Open at its end", kind=Kind.COUNT),
)


def _part(
    name: str, now: Mapping[str, Cases], then: Mapping[str, Cases], still: Mapping[str, Cases]
) -> Row:
    cases = {
        "opened": now.get(name, Cases()), "year_ago": then.get(name, Cases()),
        "open": still.get(name, Cases()),
    }  # fmt: skip
    cells: dict[str, Cell] = {"name": name}
    return Row(key=name, cases=cases, cells=cells | {key: len(each) for key, each in cases.items()})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spots:
    """What the hot spots of the year add."""

    says: Sequence[str] = ()
    tables: Sequence[Table] = ()
    layers: Sequence[Layer] = ()
    cautions: Sequence[str] = ()
    extent: tuple[float, float, float, float] | None = None


def _spots(
    connection: sa.Connection, question: Question, month: Month, *, zone: str | None, outside: bool
) -> _Spots:
    from reports.registry import find_report  # noqa: PLC0415 - it names this report too

    asked = ask(
        "hotspots", find_report("hotspots").options, now=question.now,
        values={
            "since": month.back(A_YEAR - 1).first, "until": month.last, "zone": zone,
            "outside": outside,
        },
    )  # fmt: skip
    found = hotspots.make(connection, asked, watch=Watch())
    spots = [table for table in found.tables if table.key == "spots" and table.rows]
    tables = [
        replace(
            table, title="Hot spots of the year", rows=table.rows[:MOST_SPOTS],
            shapes={row.key: table.shapes[row.key] for row in table.rows[:MOST_SPOTS]},
        )
        for table in spots
    ]  # fmt: skip
    layers = [layer for layer in found.layers if layer.key == "heat"]
    says = [each for each in found.says if each.startswith(("The hottest", "No place"))]
    return _Spots(
        says=says, tables=tables, layers=layers, cautions=found.cautions,
        extent=found.extent if layers else None,
    )  # fmt: skip


def _liens(connection: sa.Connection, month: Month) -> list[str]:
    """Say what was recorded in the month in the whole town, and what binds."""
    recorded = sa.select(sa.func.count(), sa.func.sum(Lien.amount_cents))
    of_month, cents = connection.execute(
        recorded.where(Lien.recorded_on.between(month.first, month.last))
    ).one()
    binding, whole = connection.execute(recorded.where(Lien.status.in_(BINDING))).one()
    if not (of_month or binding):
        return []
    said = (
        f"Liens recorded in the month: {of_month:,}, for {write_cents(int(cents or 0))}; binding "
        f"by now: {binding:,}, for {write_cents(int(whole or 0))}."
    )
    return [said]
