"""Name every report there is: its question, its meaning, and who makes it.

What makes a report loads heavy libraries, so it is named here and imported by whoever runs it: the
web process shows questions and answers and never loads it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from reports.answers.answer import Answer
from reports.answers.options import Option, OptionKind, Question
from reports.answers.watching import NOBODY, Watch
from reports.errors import ReportError

if TYPE_CHECKING:
    import sqlalchemy as sa  # half a second that no help should cost


class NoSuchReportError(ReportError):
    """A report is asked for that nobody has named."""


class Make(Protocol):
    """What makes a report."""

    def __call__(self, connection: "sa.Connection", question: Question, *, watch: Watch) -> Answer:
        """Answer a question of the town by a connection of the app role."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report that can be asked for.

    Parameters
    ----------
    name
        In an address and on the command line.
    title
        Its heading.
    answers
        The question it answers, in a sentence for a manager.
    asks
        What may be asked; or the module whose ``OPTIONS`` say it, where that loads more than a
        command's help should.
    made_by
        The module whose ``make`` answers it.
    example
        Options of a command that asks for it, as its help shows them.
    """

    name: str
    title: str
    answers: str
    asks: Sequence[Option] | str
    made_by: str
    example: str = "--format xlsx"

    @property
    def options(self) -> Sequence[Option]:
        """What may be asked."""
        if isinstance(self.asks, str):
            return cast("Sequence[Option]", import_module(self.asks).OPTIONS)
        return self.asks


ZONE = Option(
    key="zone", words="Zone", kind=OptionKind.ZONE,
    means="Only cases in this officer's zone, by its code or its name.",
)  # fmt: skip
CATEGORY = Option(
    key="category", words="Category", kind=OptionKind.CATEGORY,
    means="Only cases of this category.",
)  # fmt: skip
SINCE = Option(
    key="since", words="Opened since", kind=OptionKind.DAY,
    means="Only cases opened on or after this day.",
)  # fmt: skip
UNTIL = Option(
    key="until", words="Opened until", kind=OptionKind.DAY,
    means="Only cases opened on or before this day.",
)  # fmt: skip
STATUS = Option(
    key="status", words="Cases", kind=OptionKind.CHOICE, default="open",
    choices=(("open", "with an open violation"), ("all", "all verified, open or closed")),
    means="Those with an open violation, or every verified one.",
)  # fmt: skip
OUTSIDE = Option(
    key="outside", words="For people outside the office", kind=OptionKind.FLAG, default=False,
    means="For people outside the office: leave exempt places out.",
)  # fmt: skip
DATE = Option(
    key="date", words="Last day looked at", kind=OptionKind.DAY, means="Last day looked at [today]."
)
AREAS = (
    ("auto", "neighborhoods, or the first there are of the others"),
    ("neighborhood", "neighborhoods"),
    ("council", "council districts"),
    ("ward", "wards"),
    ("police", "police districts"),
    ("other", "other areas"),
    ("officer", "officers' zones"),
)
"""The kinds of zones that part a town."""

REPORTS: Mapping[str, Report] = {
    each.name: each
    for each in (
        Report(
            name="repeat",
            title="Repeat parcels",
            answers="Which parcels come back, how sure is their rank, and is it getting worse?",
            asks=(
                DATE,
                Option(
                    key="years", words="Years", kind=OptionKind.WHOLE, default=5, least=1, most=100,
                    means="How far back to look; five years is Florida's window (s. 162.04(5)).",
                ),
                Option(
                    key="at_least", words="Cases at least", kind=OptionKind.WHOLE, default=2,
                    least=2, means="How many cases make a parcel repeat.",
                ),
                CATEGORY, ZONE, OUTSIDE,
            ),
            made_by="reports.repeat_answer",
            example="--at-least 5 --format csv",
        ),
        Report(
            name="owners",
            title="Repeat owners",
            answers="Whose parcels come back, under which names, and what is a repeat in law?",
            asks=(
                DATE,
                Option(
                    key="years", words="Years", kind=OptionKind.WHOLE, default=5, least=1, most=100,
                    means="How far back to look; five years is Florida's window (s. 162.04(5)).",
                ),
                Option(
                    key="at_least", words="Cases at least", kind=OptionKind.WHOLE, default=2,
                    least=1, means="How many cases make an owner repeat.",
                ),
                Option(
                    key="owner", words="One owner", kind=OptionKind.TEXT,
                    means="Only this one, by the code that the list gives: names, evidence, "
                    "parcels and who may belong to it.",
                ),
                OUTSIDE,
            ),
            made_by="reports.owners.report",
        ),
        Report(
            name="sections",
            title="Sections violated",
            answers="Which sections of the code are violated most, which come back, and which "
            "rise?",
            asks=(
                DATE,
                Option(
                    key="years", words="Years", kind=OptionKind.WHOLE, default=5, least=1, most=100,
                    means="How far back to look; five years is Florida's window (s. 162.04(5)).",
                ),
                Option(
                    key="months", words="Months to the next", kind=OptionKind.WHOLE, default=12,
                    least=1, most=120,
                    means="Within how many months the same section on the same parcel is the same "
                    "again.",
                ),
                CATEGORY, ZONE, OUTSIDE,
            ),
            made_by="reports.sections.report",
            example="--months 6 --format xlsx",
        ),
        Report(
            name="heatmap",
            title="Where cases are",
            answers="Where are cases dense, per hectare and per parcel?",
            asks=(
                SINCE, UNTIL, CATEGORY, ZONE, OUTSIDE, STATUS,
                Option(
                    key="bandwidth", words="Metres each case is spread over",
                    kind=OptionKind.NUMBER, default=150.0, least=10, most=5000,
                    means="Metres each case is spread over (standard deviation); 100 m are some "
                    "330 ft.",
                ),
            ),
            made_by="reports.heatmap_answer",
            example="--since 2025-01-01 --out heat.html",
        ),
        Report(
            name="hotspots",
            title="Hot spots",
            answers="Where are more cases than chance and parcels explain, and is it new, growing "
            "or going?",
            asks=(
                SINCE, UNTIL, CATEGORY, ZONE, OUTSIDE,
                replace(STATUS, default="all"),
                Option(
                    key="measure", words="In proportion to", kind=OptionKind.CHOICE,
                    default="per_parcel",
                    choices=(("per_parcel", "parcels"), ("counts", "nothing: bare counts")),
                    means="Parcels tell risk from mere numbers; counts tell where work is.",
                ),
                Option(
                    key="cell", words="Metres a cell", kind=OptionKind.NUMBER, default=100.0,
                    least=25, most=2000, means="How wide a cell is; 100 m are some 330 ft.",
                ),
                Option(
                    key="reach", words="Cells around", kind=OptionKind.WHOLE, default=2, least=1,
                    most=10, means="How many cells around a cell count as near.",
                ),
                Option(
                    key="months", words="Months a span", kind=OptionKind.WHOLE, default=3, least=1,
                    most=24, means="How long a span is, of which at least ten are compared.",
                ),
                Option(
                    key="cluster", words="Cases a cluster at least", kind=OptionKind.WHOLE,
                    default=40, least=3, most=100_000,
                    means="A cluster has at least so many cases.",
                ),
            ),
            made_by="reports.hotspots.report",
        ),
        Report(
            name="near-repeats",
            title="Near repeats",
            answers="Is one case followed by others near it, how near, and for how long?",
            asks=(
                SINCE, UNTIL, CATEGORY, ZONE, OUTSIDE,
                Option(
                    key="permutations", words="Deals of the days", kind=OptionKind.WHOLE,
                    default=199, least=19, most=9999,
                    means="How often days are dealt out anew; more tell smaller chances apart.",
                ),
            ),
            made_by="reports.near_repeats.report",
        ),
        Report(
            name="exposure",
            title="What the liens come to",
            answers="How much do recorded liens come to, whose are they, how old, and what could "
            "be had of them?",
            asks=(
                ZONE, OUTSIDE,
                Option(
                    key="settled", words="Settling for, percent", kind=OptionKind.NUMBER,
                    default=50.0, least=1, most=100,
                    means="What share of principal and what was added a settlement would take.",
                ),
            ),
            made_by="reports.exposure.report",
        ),
        Report(
            name="performance",
            title="How the department does",
            answers="How soon do cases come to each step, what waits, what runs late, and how "
            "many are to come?",
            asks=(
                DATE, SINCE, UNTIL, CATEGORY, ZONE, OUTSIDE,
                Option(
                    key="within", words="Days in which a case is to end", kind=OptionKind.WHOLE,
                    default=90, least=1, most=3650,
                    means="In how many days from its opening a case is to have ended, where "
                    "officers' cases are compared.",
                ),
            ),
            made_by="reports.performance.report",
            example="--since 2025-01-01 --format pdf",
        ),
        Report(
            name="workload",
            title="Hours of work",
            answers="How many hours of work has each zone and each officer, and how even is it?",
            asks=(
                Option(
                    key="since", words="Work since", kind=OptionKind.DAY,
                    means="First day whose work counts [a year before the last].",
                ),
                Option(
                    key="until", words="Work until", kind=OptionKind.DAY,
                    means="Last day whose work counts [today].",
                ),
            ),
            made_by="reports.workload.report",
            example="--since 2025-01-01 --out hours.html",
        ),
        Report(
            name="fairness",
            title="How evenly the code is enforced",
            answers="Where do people complain, where do officers look, and does the same kind of "
            "case come to the same end everywhere?",
            asks=(
                DATE, SINCE, UNTIL, CATEGORY, OUTSIDE,
                Option(
                    key="areas", words="Areas", kind=OptionKind.CHOICE, default="auto",
                    choices=AREAS,
                    means="The areas that are compared, from the town's zones.",
                ),
                Option(
                    key="days", words="Days that a case must be old", kind=OptionKind.WHOLE,
                    default=90, least=0, most=3650,
                    means="What a case came to is compared of those opened at least so many days "
                    "before the last day looked at.",
                ),
            ),
            made_by="reports.fairness.report",
            example="--areas council --out fairness.html",
        ),
        Report(
            name="council",
            title="Monthly council report",
            answers="What did the month bring, against the one before and a year ago?",
            asks=(
                Option(
                    key="month", words="Month", kind=OptionKind.TEXT,
                    means="As 2026-03; the last whole one where none is said.",
                ),
                ZONE,
                Option(
                    key="inside", words="For the office alone", kind=OptionKind.FLAG,
                    default=False, means="Count exempt places too, which people outside the "
                    "office may not be told of.",
                ),
            ),
            made_by="reports.council.report",
        ),
        Report(
            name="adhoc",
            title="A question of your own",
            answers="How many cases, how late, how much, grouped and narrowed as you choose?",
            asks="reports.adhoc.asked",
            made_by="reports.adhoc.report",
        ),
    )
}  # fmt: skip


def find_report(name: str) -> Report:
    """Return a report by its name.

    Raises
    ------
    NoSuchReportError
        There is none.
    """
    if name not in REPORTS:
        msg = f"There is no report {name!r}. The reports are: {', '.join(REPORTS)}."
        raise NoSuchReportError(msg)
    return REPORTS[name]


def make(connection: "sa.Connection", question: Question, *, watch: Watch = NOBODY) -> Answer:
    """Make a report.

    Parameters
    ----------
    connection
        Of the app role; nothing is written by it.

    Raises
    ------
    ReportError
        It cannot be made as it is asked for.
    """
    maker = cast("Make", import_module(find_report(question.report).made_by).make)
    return maker(connection, question, watch=watch)


__all__ = ["REPORTS", "Make", "NoSuchReportError", "Report", "find_report", "make"]
