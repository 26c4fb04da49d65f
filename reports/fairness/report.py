"""Answer how evenly the code is enforced: who is looked at, and what becomes of it, by area."""

from collections.abc import Iterator

import sqlalchemy as sa

from cases.complaining import Pairs
from reports.answers.answer import Answer, Cases, Chart, Figure, Kind, Layer, Table
from reports.answers.options import Question
from reports.answers.watching import Watch
from reports.courses.proportions import share_of
from reports.courses.reading import Courses, Origin, chosen, read, scope_of
from reports.fairness.areas import Areas, read_areas
from reports.fairness.findings import Found
from reports.fairness.map import rate_layer
from reports.fairness.origins import CHART, origins, origins_table
from reports.fairness.outcomes import Outcome, gaps, gaps_chart, gaps_table
from reports.fairness.paces import STEPS, paces, paces_chart, paces_table
from reports.fairness.pairs import find_pairs, pairs_table
from reports.fairness.people import people_tables
from reports.fairness.saying import cautions, says

AUTO = "auto"
MEANS = (
    "Every case of the question is counted once, in the area that holds its place, by how it "
    "began: from a complaint, found by an officer, or not on record. Rates are per 100 of today's "
    "parcels. What cases came to is compared with what the town's cases of the same categories "
    "came to, so that an area with much tall grass is not held against one with unsafe houses."
)


def make(connection: sa.Connection, question: Question, *, watch: Watch) -> Answer:
    """Answer the question, as `reports.registry` has it."""
    watch.at("Reading how cases went", 0)
    courses = read(connection, scope_of(question), today=question.on)
    kind = question.text("areas")
    areas = read_areas(connection, None if kind == AUTO else kind)
    watch.at("Counting by area", 0.4)
    found = _found(connection, courses, areas, question)
    tables = tuple(_tables(found))
    watch.at("Writing it down", 0.9)
    return Answer(
        report=question.report, title="How evenly the code is enforced",
        town=courses.town.name, note=courses.town.note, on=courses.scope.on,
        made_at=question.now, asked=question.told(), means=MEANS, says=tuple(says(found)),
        figures=tuple(_figures(found)), tables=tables, charts=tuple(_charts(found)),
        layers=tuple(_layers(found, tables)), cautions=tuple(cautions(found)),
        extent=_extent(areas),
    )  # fmt: skip


def _found(connection: sa.Connection, courses: Courses, areas: Areas, question: Question) -> Found:
    cases = courses.cases
    within = areas.of(cases["lon"].to_numpy(), cases["lat"].to_numpy())
    days = question.whole("days")
    return Found(
        courses=courses, areas=areas, days=days,
        origins=origins(courses, areas, within=within),
        gaps=[gaps(courses, areas, each, within=within, days=days) for each in Outcome],
        paces=[paces(courses, areas, each, within=within) for each in STEPS],
        pairs=None if courses.scope.outside else find_pairs(connection, courses),
    )  # fmt: skip


def _tables(found: Found) -> Iterator[Table]:
    if found.areas:
        yield origins_table(found.origins)
    if found.people is not None:
        yield from people_tables(found.people)
    for gap in found.told_gaps:
        yield gaps_table(gap, found.areas)
    for pace in found.told_paces:
        yield paces_table(pace, found.areas)
    if found.pairs is not None and found.pairs.bands:
        yield pairs_table(found.courses, found.pairs)


def _charts(found: Found) -> Iterator[Chart]:
    if found.areas and found.origins.total(Origin.COMPLAINT) + found.origins.total(Origin.OFFICER):
        yield CHART
    for gap in found.told_gaps:
        yield gaps_chart(gap)
    for pace in found.told_paces:
        yield paces_chart(pace)


def _layers(found: Found, tables: tuple[Table, ...]) -> Iterator[Layer]:
    if not found.areas:
        return
    for column, title in (
        ("rate", "Cases per 100 parcels"),
        ("complaint_rate", "Cases from complaints per 100 parcels"),
        ("officer_rate", "Cases found by officers per 100 parcels"),
    ):
        layer = rate_layer(
            tables[0], found.areas, column=column, title=title, shown=column == "rate"
        )
        if layer is not None:
            yield layer


def _figures(found: Found) -> Iterator[Figure]:
    cases = found.courses.cases
    every = chosen(found.courses, cases["id"] > 0)
    yield Figure(
        key="cases", value=len(every), words="cases", cases=every,
        means="Every case of the question, open or ended, whether or not a violation was found.",
    )  # fmt: skip
    complaint, officer = (found.origins.began(each) for each in (Origin.COMPLAINT, Origin.OFFICER))
    yield _counted(
        "complaint", complaint, words="from complaints",
        means="Cases that somebody reported, or another agency did.",
    )  # fmt: skip
    yield _counted(
        "officer", officer, words="found by officers",
        means="Cases that an officer saw without being called.",
    )  # fmt: skip
    if complaint is not None and officer is not None and (complaint or officer):
        share = share_of(len(officer), len(complaint) + len(officer))
        yield Figure(
            key="share", value=share.value, kind=Kind.SHARE, words="share found by officers",
            means="Of the cases whose beginning is on record, with a 95 % interval.",
            low=share.low, high=share.high,
        )  # fmt: skip
    yield _counted(
        "unknown", found.origins.began(Origin.UNKNOWN), words="of no recorded beginning",
        means="Cases of which the record does not say how they began.",
    )  # fmt: skip
    yield _counted(
        "nowhere", found.origins.nowhere, words="in no area",
        means="Cases that lie in none of the areas, or whose place is not known.",
    )  # fmt: skip
    yield from _repeated(found.pairs)


def _counted(key: str, cases: Cases | None, *, words: str, means: str) -> Figure:
    """Return the figure of so many cases; without them, where it is not told how many."""
    many = None if cases is None else len(cases)
    return Figure(key=key, value=many, words=words, means=means, cases=cases)


def _repeated(pairs: Pairs | None) -> Iterator[Figure]:
    if pairs is None or not pairs.bands:
        return
    yield Figure(
        key="pairs", value=sum(each.pairs for each in pairs.bands), words="pairs that repeat",
        means="A complainant and a respondent with two complaints or more; nobody is named.",
    )  # fmt: skip


def _extent(areas: Areas) -> tuple[float, float, float, float] | None:
    if not areas:
        return None
    west, south, east, north = (float(each) for each in areas.bounds)
    return west, south, east, north
