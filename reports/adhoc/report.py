"""Answer a question that somebody put together: a table, its picture, and the cases behind both."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import aggregate_order_by

from cases.desk.lists import conditions
from cases.exempted import EXEMPT
from cases.models import Case, CaseActivity
from reports.adhoc.asked import Wanted, wanted
from reports.adhoc.drawn import layers_of
from reports.adhoc.groupings import GROUPINGS, By
from reports.adhoc.measures import MEASURES, Of
from reports.answers.answer import (
    Answer,
    Cases,
    Chart,
    Column,
    Draw,
    Figure,
    Kind,
    Row,
    Table,
)
from reports.answers.options import Question
from reports.answers.watching import Watch
from reports.caseload import town_facts

MOST_ROWS = 5_000
"""Groups beyond so many are left out, the smallest first; their cases are told of."""
MOST_BARS = 30
MOST_SECONDS = 60
NONE = "none"
REPEATS = (
    "A case may stand in several groups, so that the groups add up to more than the cases there "
    "are."
)


def make(connection: sa.Connection, question: Question, *, watch: Watch) -> Answer:
    """Answer the question, as `reports.registry` has it."""
    watch.at("Counting cases", 0)
    town = town_facts(connection)
    asked = wanted(connection, question)
    connection.execute(sa.text(f"SET LOCAL statement_timeout = '{MOST_SECONDS}s'"))
    found = _Found.of(connection, asked, question)
    watch.at("Drawing", 0.8)
    table = found.table()
    has_places = asked.by in ((By.ZONE,), (By.PARCEL,))
    drawn = layers_of(connection, asked, table) if has_places else ()
    shapes = {each["properties"]["key"]: each["geometry"] for on in drawn for each in on.features}
    table = replace(table, shapes=shapes)
    return Answer(
        report=question.report, title=found.title, town=town.name, note=town.note,
        on=question.on, made_at=question.now, asked=question.told(), means=found.measure.means,
        says=tuple(found.says()), figures=found.figures(), tables=(table,),
        charts=tuple(found.charts(table)), layers=drawn if asked.draw == "map" else (),
        cautions=tuple(found.cautions()),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What a question found."""

    asked: Wanted
    rows: Sequence[sa.Row[Any]]
    cases: Cases

    @classmethod
    def of(cls, connection: sa.Connection, asked: Wanted, question: Question) -> "_Found":
        """Ask the town."""
        where = conditions(asked.filter, on=question.on)
        if asked.outside:
            where.append(~EXEMPT)
        every = sa.select(Case.id).where(*where).order_by(Case.id)
        rows = connection.execute(_grouped(asked, question, where)).all()
        return cls(asked=asked, rows=rows, cases=Cases(connection.scalars(every)))

    @property
    def measure(self) -> Any:
        """What is measured."""
        return MEASURES[self.asked.measure]

    @property
    def title(self) -> str:
        """The heading."""
        first, *second = (GROUPINGS[by].words.lower() for by in self.asked.by)
        if second:
            return f"{self.measure.words}, grouped by {first} and by {second[0]}"
        return f"{self.measure.words}, grouped by {first}"

    @property
    def is_cut(self) -> bool:
        """Whether there are more groups than are told."""
        return len(self.rows) > MOST_ROWS

    def says(self) -> Iterator[str]:
        """Say what was found."""
        if not self.rows:
            yield "No case answers the question."
            return
        groups = min(len(self.rows), MOST_ROWS)
        yield (
            f"{len(self.cases):,} {'case' if len(self.cases) == 1 else 'cases'} in {groups:,} "
            f"{'group' if groups == 1 else 'groups'}."
        )
        largest = max(self.rows[:MOST_ROWS], key=lambda row: len(row.ids))
        words = ", ".join(_word(value) for value in largest[: len(self.asked.by)])
        yield f"The most cases are in {words}: {len(largest.ids):,}."

    def figures(self) -> tuple[Figure, ...]:
        """Return how many cases there are."""
        return (
            Figure(
                key="cases", value=len(self.cases), words="cases", cases=self.cases,
                means="The cases that the question is about, each once.",
            ),
        )  # fmt: skip

    def table(self) -> Table:
        """Return the groups as a table."""
        by, measure = self.asked.by, self.measure
        columns = [Column(key=str(each), words=GROUPINGS[each].words) for each in by]
        columns.append(Column(key="cases", words="Cases", kind=Kind.COUNT))
        if self.asked.measure is not Of.CASES:
            columns.append(
                Column(key="measure", words=measure.words, kind=measure.kind, means=measure.means)
            )
        in_time = GROUPINGS[by[0]].is_time
        return Table(
            key="groups", title=self.title, columns=columns,
            means="In the order of time." if in_time else "The most cases first.",
            rows=tuple(self._row(row) for row in self.rows[:MOST_ROWS]),
        )  # fmt: skip

    def _row(self, row: sa.Row[Any]) -> Row:
        by = self.asked.by
        values = [_word(value) for value in row[: len(by)]]
        cells: dict[str, Any] = dict(zip(map(str, by), values, strict=True))
        cells["cases"] = len(row.ids)
        if self.asked.measure is not Of.CASES:
            cells["measure"] = row.measure
        return Row(
            key="|".join(values), cells=cells, cases={"cases": Cases(row.ids)},
            of={"parcel": ("parcel", values[0])} if by[0] == "parcel" and row[0] else {},
        )  # fmt: skip

    def charts(self, table: Table) -> Iterator[Chart]:
        """Yield the picture that was asked for."""
        if self.asked.draw not in {"bars", "line"} or not table.rows:
            return
        what = "cases" if self.asked.measure is Of.CASES else "measure"
        yield Chart(
            key="groups", title=self.title, of="groups", along=str(self.asked.by[0]),
            across=(what,), by=str(self.asked.by[1]) if len(self.asked.by) > 1 else None,
            draw=Draw.LINE if self.asked.draw == "line" else Draw.BARS,
        )  # fmt: skip

    def cautions(self) -> Iterator[str]:
        """Yield what must not be read into it."""
        if any(GROUPINGS[by].may_repeat for by in self.asked.by):
            yield REPEATS
        if self.is_cut:
            yield f"Only the {MOST_ROWS:,} groups with the most cases are told."


def _grouped(
    asked: Wanted, question: Question, where: Sequence[sa.ColumnElement[bool]]
) -> sa.Select[Any]:
    groupings = [GROUPINGS[by] for by in asked.by]
    values = [
        each.value(question.on).label(f"g{at}") for at, each in enumerate(groupings)
    ]  # fmt: skip
    ids = sa.func.array_agg(aggregate_order_by(Case.id, Case.id.asc())).label("ids")
    query: sa.Select[Any] = sa.select(*values, MEASURES[asked.measure].value.label("measure"), ids)
    query = query.select_from(Case).outerjoin(CaseActivity, CaseActivity.case_id == Case.id)
    for each in groupings:
        query = each.joined(query)
    most_first = sa.func.count().desc()
    order = [*values] if groupings[0].is_time else [most_first, *values]
    return query.where(*where).group_by(*values).order_by(*order).limit(MOST_ROWS + 1)


def _word(value: object) -> str:
    return NONE if value is None else str(value)
