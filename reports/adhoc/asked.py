"""Read which cases a question is about, as the lists of cases say it, and what to do with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from cases.desk.lists import Filter, Ring
from cases.desk.passed import Days, LienNow
from cases.desk.queues import WAITING, Queue
from cases.stages import Stage
from reports.adhoc.groupings import GROUPINGS, By
from reports.adhoc.measures import MEASURES, Of
from reports.answers.answer import Draw
from reports.answers.options import Option, OptionError, OptionKind, Question
from reports.naming import check_category, officer_zone

FIRST, LAST = date(1900, 1, 1), date(2200, 12, 31)
DRAWN = (("none", "nothing"), ("bars", "bars"), ("line", "a line"), ("map", "a map"))

OPTIONS: Sequence[Option] = (
    Option(
        key="by", words="Grouped by", kind=OptionKind.CHOICE, default=str(By.CATEGORY),
        choices=[(str(each), GROUPINGS[each].words) for each in By],
        means="A row for each value that cases have of it.",
    ),
    Option(
        key="then", words="Then by", kind=OptionKind.CHOICE, default="none",
        choices=[("none", "nothing more"),
                 *((str(each), GROUPINGS[each].words) for each in By)],
        means="A row for each pair of values.",
    ),
    Option(
        key="measure", words="Measured by", kind=OptionKind.CHOICE, default=str(Of.CASES),
        choices=[(str(each), MEASURES[each].words) for each in Of],
        means="What is told of each group, beside how many cases it has.",
    ),
    Option(
        key="draw", words="Drawn as", kind=OptionKind.CHOICE, default="bars", choices=DRAWN,
        means="A line goes through months and years; a map shades zones, or marks parcels.",
    ),
    Option(
        key="queue", words="Which cases", kind=OptionKind.CHOICE, default=str(Queue.EVERY),
        choices=[(str(each), WAITING[each].words) for each in Queue],
        means="Every case, or those of a list.",
    ),
    Option(key="stage", words="Stage", kind=OptionKind.CHOICE, default="any",
           choices=[("any", "any stage"), *((str(each), str(each).replace("_", " "))
                                            for each in Stage)]),
    Option(key="category", words="Category", kind=OptionKind.CATEGORY,
           means="Only cases of this category."),
    Option(key="section", words="Section", kind=OptionKind.TEXT,
           means="Only cases with a violation of this section."),
    Option(key="zone", words="Zone", kind=OptionKind.ZONE,
           means="Only cases in this officer's zone, by its code or its name."),
    Option(key="officer", words="Officer", kind=OptionKind.TEXT,
           means="Only cases that this officer has, by name or by a zone."),
    Option(key="opened_from", words="Opened from", kind=OptionKind.DAY),
    Option(key="opened_to", words="Opened to", kind=OptionKind.DAY),
    Option(key="closed_from", words="Closed from", kind=OptionKind.DAY),
    Option(key="closed_to", words="Closed to", kind=OptionKind.DAY),
    Option(key="lien", words="Lien", kind=OptionKind.CHOICE, default="any",
           choices=[("any", "with or without"), ("recorded", "recorded"),
                    ("foreclosing", "being foreclosed"), ("lately", "satisfied lately")]),
    Option(key="owing", words="Something is owed", kind=OptionKind.FLAG, default=False),
    Option(key="area", words="Area drawn", kind=OptionKind.AREA,
           means="Only cases inside it: its corners, longitude and latitude."),
    Option(key="outside", words="For people outside the office", kind=OptionKind.FLAG,
           default=False, means="For people outside the office: leave exempt places out."),
)  # fmt: skip
"""What may be asked: which cases, as lists narrow them, and how they are grouped and measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A question that was read.

    Attributes
    ----------
    filter
        Which cases, as the lists of cases take it.
    by
        What they are grouped by, one or two.
    """

    filter: Filter
    by: tuple[By, ...]
    measure: Of
    draw: Draw | str
    outside: bool


def wanted(connection: sa.Connection, question: Question) -> Wanted:
    """Read a question.

    Raises
    ------
    UnknownNameError
        It names an unknown zone or category.
    OptionError
        Its parts do not fit one another.
    """
    check_category(connection, question.text("category"))
    zone = question.text("zone")
    by: tuple[By, ...] = (By(str(question["by"])),)
    if question["then"] != "none":
        by = (*by, By(str(question["then"])))
    _check(question, by)
    return Wanted(
        by=by, measure=Of(str(question["measure"])), draw=str(question["draw"]),
        outside=question.flag("outside"),
        filter=Filter(
            queue=Queue(str(question["queue"])), stage=_chosen(question, "stage"),
            category=question.text("category") or "", section=question.text("section") or "",
            zone=None if zone is None else officer_zone(connection, zone).id,
            officer=question.text("officer") or "", area=_ring(question.text("area")),
            opened=_span(question, "opened"), closed=_span(question, "closed"),
            lien=LienNow(str(question["lien"])) if question["lien"] != "any" else None,
            owing=question.flag("owing"),
        ),
    )  # fmt: skip


def _check(question: Question, by: Sequence[By]) -> None:
    if len(set(by)) < len(by):
        msg = "Both groupings are the same: choose another second one, or nothing more."
        raise OptionError(msg, of="then")
    if question["draw"] == "line" and not GROUPINGS[by[0]].is_time:
        msg = "A line goes through months or years: group by one of them, or draw bars."
        raise OptionError(msg, of="draw")
    if question["draw"] == "map" and by not in ((By.ZONE,), (By.PARCEL,)):
        msg = "A map shades zones or marks parcels: group by one of them alone, or draw bars."
        raise OptionError(msg, of="draw")


def _chosen(question: Question, key: str) -> str:
    return "" if question[key] == "any" else str(question[key])


def _span(question: Question, of: str) -> Days | None:
    first, last = question.day(f"{of}_from"), question.day(f"{of}_to")
    return None if first is None and last is None else (first or FIRST, last or LAST)


def _ring(said: str | None) -> Ring:
    corners = (corner.split(",") for corner in said.split(";")) if said else ()
    return tuple((float(lon), float(lat)) for lon, lat in corners)
