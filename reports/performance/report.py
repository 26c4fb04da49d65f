"""Answer how the department does: how soon, how far, how late, how many to come."""

from collections.abc import Iterator

import sqlalchemy as sa

from reports.answers.answer import Answer, Chart, Figure, Kind, Table
from reports.answers.options import Question
from reports.answers.watching import Watch
from reports.courses.reading import Courses, chosen, read, scope_of
from reports.performance import backlog, compliance, intake_told
from reports.performance.clocks import clocks, clocks_table, unseen_complaints
from reports.performance.findings import Found
from reports.performance.intake import intake_of
from reports.performance.officers import Measure, compare, officers_chart, officers_table
from reports.performance.saying import cautions, says
from reports.performance.steps import Step, waits_for
from reports.performance.times import CHART, curves_table, time_of, times_table

MEANS = (
    "How long a step takes is told of every case that can come to it, also of those that still "
    "wait: the days within which half and nine in ten came to it, never a mean of those that did. "
    "Where a case can end without the step, the share that came to it counts such a case as never. "
    "All intervals are of 95 %."
)


def make(connection: sa.Connection, question: Question, *, watch: Watch) -> Answer:
    """Answer the question, as `reports.registry` has it."""
    watch.at("Reading how cases went", 0)
    courses = read(connection, scope_of(question), today=question.on)
    watch.at("Counting the days to each step", 0.5)
    found = _found(connection, courses, within=question.whole("within"))
    watch.at("Writing it down", 0.9)
    return Answer(
        report=question.report, title="How the department does", town=courses.town.name,
        note=courses.town.note, on=courses.scope.on, made_at=question.now,
        asked=question.told(), means=MEANS, says=tuple(says(found)),
        figures=tuple(_figures(found)), tables=tuple(_tables(found)),
        charts=tuple(_charts(found)), cautions=tuple(cautions(found)),
    )  # fmt: skip


def _found(connection: sa.Connection, courses: Courses, *, within: int) -> Found:
    return Found(
        courses=courses, within=within,
        times=[time_of(waits_for(courses, step)) for step in Step],
        clocks=clocks(connection, courses),
        intake=intake_of(courses),
        officers=[] if courses.scope.outside else [
            compare(courses, measure, within=within) for measure in Measure
        ],
        unseen=unseen_complaints(connection, courses),
    )  # fmt: skip


def _tables(found: Found) -> Iterator[Table]:
    yield times_table(found.times)
    yield compliance.compliance_table(found.courses)
    yield backlog.backlog_table(found.courses)
    yield clocks_table(found.clocks)
    yield from intake_told.intake_tables(found.intake)
    for each in found.officers:
        if each.compared:
            yield officers_table(each, within=found.within)
    yield curves_table(found.times)


def _charts(found: Found) -> Iterator[Chart]:
    if not len(found.courses):
        return
    yield CHART
    yield compliance.CHART
    yield backlog.CHART
    yield from intake_told.intake_charts(found.intake)
    yield from (officers_chart(each) for each in found.officers if each.compared)


def _figures(found: Found) -> Iterator[Figure]:
    courses = found.courses
    every = chosen(courses, courses.cases["id"] > 0)
    standing = chosen(courses, courses.cases["is_open"])
    yield Figure(
        key="cases", value=len(every), words="cases", cases=every,
        means="Every case of the question opened by the day asked of, whether or not a violation "
        "was found.",
    )  # fmt: skip
    yield Figure(
        key="open", value=len(standing), words="stand open", cases=standing,
        means="Those that had not ended on the day asked of.",
    )  # fmt: skip
    for step, words, means in _MEDIANS:
        half = found.time(step).within(0.5)
        if half.value is not None:
            yield Figure(
                key=f"half_{step}", value=half.value, kind=Kind.DAYS, words=words, means=means,
                low=half.lower, high=half.upper, cases=found.time(step).waits.every(),
            )  # fmt: skip
    response = found.clocks[0]
    if response.share is not None:
        yield Figure(
            key="late", value=len(response.missed), words="not inspected in time",
            means="Cases whose day to respond to a complaint passed without an inspection.",
            cases=response.missed,
        )  # fmt: skip
    yield from intake_told.intake_figures(found.intake)


_MEDIANS = (
    (
        Step.INSPECTION,
        "to the first inspection, half within",
        "Days from a complaint to the first inspection, within which half came to it.",
    ),
    (
        Step.CORRECTION,
        "to compliance, half within",
        "Days from opening to compliance, within which half came to it.",
    ),
    (
        Step.CLOSING,
        "to closing, half within",
        "Days from opening to closing, within which half came to it.",
    ),
)
