"""Put the hours of zones, of officers and of each thing that is done into tables."""

from collections.abc import Sequence
from dataclasses import dataclass

from shapely.geometry import mapping

from cases.visiting.learning import Source
from reports.answers.answer import Cases, Cell, Column, Kind, Row, Table
from reports.fairness.areas import Areas
from reports.workload.hours import Done, Hours
from reports.workload.minutes import Minutes
from reports.workload.task_words import WORDS

MINUTE = 60
NO_ZONE, NO_OFFICER = "no-zone", "nobody"
"""Keys of the rows of what has none; the codes of zones are written before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Has:
    """What a zone or an officer has.

    Parameters
    ----------
    key
        A zone's code, or an officer's name; "" for none.
    officer
        Of a zone.
    cases
        Exactly those that `hours` counts.
    """

    key: str
    name: str
    officer: str | None = None
    hours: Hours
    cases: Cases


def evenness(has: Sequence[Has]) -> float | None:
    """Return the most hours over the fewest; None where there are not two, or one has none."""
    all_hours = [each.hours.all for each in has]
    if len(all_hours) < 2 or not min(all_hours) > 0:  # noqa: PLR2004 - one has no other
        return None
    return max(all_hours) / min(all_hours)


_HOURS = (
    Column(key="hours", words="Hours", kind=Kind.HOURS,
           means="At the door, driving and at the desk together."),
    Column(key="share", words="Of an even share", kind=Kind.SHARE,
           means="Its hours over what each would have if all had as many: over 100 % is more than "
           "an even share. What has no zone, or nobody has, is not shared out."),
    Column(key="cases", words="Cases", kind=Kind.COUNT, means="Those in which anything was done."),
    Column(key="reports", words="Complaints", kind=Kind.COUNT,
           means="Complaints that came to no case."),
    Column(key="visits", words="Visits", kind=Kind.COUNT, means="Made, or tried in vain."),
    Column(key="at_door", words="At the door", kind=Kind.HOURS,
           means="Visits, each by the minutes that its kind takes."),
    Column(key="driving", words="Driving", kind=Kind.HOURS,
           means="Visits, times the minutes to one with its share of the way back."),
    Column(key="at_desk", words="At the desk", kind=Kind.HOURS,
           means="All that is done beside visits."),
)  # fmt: skip
_ZONE = (
    Column(key="zone", words="Zone", means="Officers' zones as they are drawn today."),
    Column(key="officer", words="Officer", means="Who has the zone today."),
)
_PARCELS = Column(key="parcels", words="Parcels", kind=Kind.COUNT,
                  means="Today's parcels whose middle lies in it.")  # fmt: skip


def zones_table(zones: Sequence[Has], no_zone: Has | None, areas: Areas | None) -> Table:
    """Return a row a zone, and what lies in none as the last."""
    even = _even(zones)
    parcels = {} if areas is None else dict(zip(areas.codes, areas.parcels.tolist(), strict=True))
    rows = [
        _row(each, each.key or NO_ZONE, even=even, zone=each.name, officer=each.officer,
             parcels=parcels.get(each.key))
        for each in (*zones, *([no_zone] if no_zone else []))
    ]  # fmt: skip
    shapes = {} if areas is None else {
        code: mapping(shape) for code, shape in zip(areas.codes, areas.shapes, strict=True)
    }  # fmt: skip
    return Table(
        key="zones", title="By zone", columns=(*_ZONE, *_HOURS, _PARCELS), rows=rows,
        means="The most hours first; what lies in no zone at the end.", shapes=shapes,
    )  # fmt: skip


def officers_table(officers: Sequence[Has]) -> Table:
    """Return a row an officer, and what nobody has as the last."""
    even = _even([each for each in officers if each.key])
    rows = [
        _row(each, str(at) if each.key else NO_OFFICER, even=even, officer=each.name)
        for at, each in enumerate(officers, start=1)
    ]
    return Table(
        key="officers", title="By officer", rows=rows,
        columns=(Column(key="officer", words="Officer", means="Whoever has the cases now."),
                 *_HOURS),
        means="The most hours first, and who works here and has none; what nobody has at the end.",
    )  # fmt: skip


def _even(has: Sequence[Has]) -> float:
    return sum(each.hours.all for each in has) / len(has) if has else 0.0


def _row(of: Has, key: str, *, even: float, **named: Cell) -> Row:
    hours = of.hours
    cells: dict[str, Cell] = {
        **named, "hours": round(hours.all, 2), "cases": len(of.cases), "reports": hours.reports,
        "share": round(hours.all / even, 4) if of.key and even else None,
        "visits": hours.visits, "at_door": round(hours.at_door, 2),
        "driving": round(hours.driving, 2), "at_desk": round(hours.at_desk, 2),
    }  # fmt: skip
    return Row(key=key, cells=cells, cases={"cases": of.cases})


TASK = (
    Column(key="what", words="What"),
    Column(key="times", words="Times", kind=Kind.COUNT, means="How often it was done."),
    Column(key="minutes", words="Minutes each", kind=Kind.MINUTES, means="How long one takes."),
    Column(key="hours", words="Hours", kind=Kind.HOURS),
    Column(key="source", words="Minutes as", means="Set by a manager, learned from visits made, or "
           "as is usual: the program's own starting point."),
)  # fmt: skip
_SOURCES = {Source.SET: "set", Source.LEARNED: "learned", Source.USUAL: "usual"}


def tasks_table(tasks: Sequence[Done], minutes: Minutes) -> Table:
    """Return how often each thing was done, how long it takes, and by whose word."""
    rows = [_task(each, minutes) for each in sorted(tasks, key=lambda each: -each.hours)]
    return Table(
        key="tasks", title="What was done", columns=TASK, rows=rows, means="The most hours first."
    )


def _task(done: Done, minutes: Minutes) -> Row:
    lasting = minutes.drive if done.what == "drive" else minutes.of(done.what)
    cells: dict[str, Cell] = {
        "what": WORDS[done.what], "times": done.times, "hours": round(done.hours, 2),
        "minutes": round(lasting.seconds / MINUTE, 1), "source": _SOURCES[lasting.source],
    }  # fmt: skip
    return Row(key=done.what, cells=cells)
