"""Answer how many hours of work each of today's zones and each officer has."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from cases.assigning import JOINED_HOLDER
from cases.models import Case, Staff
from cases.officers import is_officer
from cases.visiting.learning import Source
from geo.layers import Zone
from reports.answers.answer import Answer, Cases, Chart, Draw, Figure, Kind, Layer, Table
from reports.answers.options import Question
from reports.answers.watching import Watch
from reports.caseload import TownFacts, town_facts
from reports.fairness.areas import Areas, read_areas
from reports.fairness.map import rate_layer
from reports.workload.hours import (
    NOBODY,
    Done,
    Hours,
    Window,
    Worked,
    hours_by_officer,
    hours_by_task,
    hours_by_zone,
    hours_in_all,
    worked_cases,
)
from reports.workload.minutes import Minutes, minutes_in_force
from reports.workload.report_tables import Has, evenness, officers_table, tasks_table, zones_table

LOOKS_BACK = timedelta(days=364)
MEANS = (
    "What the records hold a day of is counted case by case: visits, notices, hearings, orders and "
    "whatever else is done at the desk. How often each was done, times the minutes that it takes, "
    "makes hours. They count for the zone that the case lies in today and for whoever has it now; "
    "of a complaint that came to no case, for the complaint's zone and that zone's officer."
)
NO_TIMESHEET = (
    "These hours are reckoned from what is on record. Nobody's hours were measured, so that they "
    "say where work is, and not how hard anybody works."
)
OF_TODAY = (
    "Zones and officers are those of today: what an officer did for a case that somebody else has "
    "now counts for the other."
)
ALIKE = (
    "The drive to a visit is taken to be as long everywhere. What the shape of a zone asks for is "
    "told where zones are proposed anew."
)
ALL_PLACES = "Work in exempt places counts too: this is for the office alone."
NO_ZONES = "No officers' zones are loaded, so that no zone has hours: lotline import zones FILE."


def make(connection: sa.Connection, question: Question, *, watch: Watch) -> Answer:
    """Answer the question, as `reports.registry` has it.

    Raises
    ------
    ReportError
        The days end before they begin.
    """
    watch.at("Counting hours", 0)
    town = town_facts(connection)
    last = question.day("until") or question.on
    window = Window(question.day("since") or last - LOOKS_BACK, last)
    found = _read(connection, window)
    watch.at("Drawing zones", 0.7)
    areas = read_areas(connection, "officer") if found.zones else None
    return _Told(town, question, window, found, areas).answer()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """All hours of some days.

    Parameters
    ----------
    zones, officers
        What each of today's has, also nothing, the most first; and at last what has none.
    """

    all: Hours
    minutes: Minutes
    zones: Sequence[Has]
    officers: Sequence[Has]
    no_zone: Has | None
    tasks: Sequence[Done]
    cases: Cases


def _read(connection: sa.Connection, window: Window) -> _Found:
    minutes = minutes_in_force(connection, on=window.last)
    query = worked_cases(connection, window).add_columns(
        Case.zone_id.label("zone_id"), JOINED_HOLDER.label("holder")
    )
    rows = connection.execute(query).all()
    zones = _zones(connection, hours_by_zone(connection, window, minutes), rows)
    return _Found(
        all=hours_in_all(connection, window, minutes), minutes=minutes,
        zones=[each for each in zones if each.key], cases=Cases(row.id for row in rows),
        no_zone=next((each for each in zones if not each.key), None),
        officers=_officers(connection, hours_by_officer(connection, window, minutes), rows),
        tasks=hours_by_task(connection, window, minutes),
    )  # fmt: skip


def _zones(
    connection: sa.Connection, worked: Sequence[Worked], rows: Sequence[sa.Row[Any]]
) -> list[Has]:
    columns = sa.select(Zone.id, Zone.code, Zone.name, Zone.officer_name)
    today = connection.execute(columns.where(Zone.kind == "officer")).all()
    hours = {each.zone_id: each.hours for each in worked}
    lists = _lists((row.zone_id, row.id) for row in rows)
    told = [
        Has(key=row.code, name=row.name, officer=row.officer_name,
            hours=hours.get(row.id, NONE), cases=lists.get(row.id, Cases()))
        for row in today
    ]  # fmt: skip
    if None in hours:
        told.append(Has(key="", name="no zone", hours=hours[None], cases=lists.get(None, Cases())))
    return sorted(told, key=lambda each: (not each.key, -each.hours.all, each.key))


def _officers(
    connection: sa.Connection, worked: Sequence[Worked], rows: Sequence[sa.Row[Any]]
) -> list[Has]:
    """Return what each officer has: who works here, and who has anything on record."""
    working = connection.scalars(sa.select(Staff.name).where(is_officer(Staff.name)))
    hours = dict.fromkeys(working, NONE) | {each.name: each.hours for each in worked}
    lists = _lists((row.holder or NOBODY, row.id) for row in rows)
    told = [
        Has(key=name, name=name or "nobody", hours=each, cases=lists.get(name, Cases()))
        for name, each in hours.items()
    ]
    return sorted(told, key=lambda each: (not each.key, -each.hours.all, each.key))


def _lists(rows: Iterator[tuple[Any, int]]) -> Mapping[Any, Cases]:
    found: dict[Any, list[int]] = {}
    for key, case in rows:
        found.setdefault(key, []).append(case)
    return {key: Cases(ids) for key, ids in found.items()}


NONE = Hours(cases=0, reports=0, visits=0, at_door=0.0, driving=0.0, at_desk=0.0)


@dataclass(frozen=True, slots=True)
class _Told:
    """Tells of the hours of some days."""

    town: TownFacts
    question: Question
    window: Window
    found: _Found
    areas: Areas | None

    def answer(self) -> Answer:
        """Return the answer."""
        tables = tuple(self._tables())
        return Answer(
            report=self.question.report, title="Hours of work", town=self.town.name,
            note=self.town.note, on=self.question.on, made_at=self.question.now,
            asked=self.question.told(), means=MEANS, says=tuple(self._says()),
            figures=tuple(self._figures()), tables=tables, charts=tuple(self._charts(tables)),
            layers=tuple(self._layers(tables)), cautions=tuple(self._cautions()),
            extent=None if self.areas is None else _extent(self.areas),
        )  # fmt: skip

    @property
    def _is_none(self) -> bool:
        return not self.found.all.all

    def _says(self) -> Iterator[str]:
        hours, first, last = self.found.all, self.window.first, self.window.last
        if self._is_none:
            yield f"No work is on record from {first} to {last}."
        else:
            yield (
                f"{hours.all:,.0f} hours of work are on record from {first} to {last}: "
                f"{hours.at_door:,.0f} at the door, {hours.driving:,.0f} of driving and "
                f"{hours.at_desk:,.0f} at the desk."
            )
        if not self.found.zones:
            yield NO_ZONES
        if self._is_none:
            return
        yield from _of_evenness(self.found.zones)
        yield from _of_officers([each for each in self.found.officers if each.key])
        if self.found.no_zone is not None:
            none = self.found.no_zone.hours
            lie = none.cases + none.reports
            yield (
                f"Cases and complaints that lie in no zone and count for none: {lie:,}, with "
                f"{none.all:,.1f} hours."
            )

    def _figures(self) -> Iterator[Figure]:
        hours = self.found.all
        yield Figure(
            key="cases", value=len(self.found.cases), words="cases worked on",
            means="Cases in which anything was done in these days.", cases=self.found.cases,
        )  # fmt: skip
        yield Figure(
            key="reports", value=hours.reports, words="complaints that came to no case",
            means="Received in these days; each was taken in and looked at.",
        )  # fmt: skip
        yield Figure(
            key="hours", value=hours.all, kind=Kind.HOURS, words="hours of work",
            means="At the door, driving and at the desk together.",
        )  # fmt: skip
        yield Figure(
            key="visits", value=hours.visits, words="visits", means="Made, or tried in vain."
        )
        yield from self._parts()
        ratio = evenness(self.found.zones)
        if ratio is not None:
            yield Figure(
                key="ratio", value=ratio, kind=Kind.NUMBER, words="times the smallest is the "
                "largest zone", means="The most hours of a zone over the fewest; 1 is even.",
            )  # fmt: skip
        none = self.found.no_zone.cases if self.found.no_zone else Cases()
        yield Figure(
            key="no_zone", value=len(none), words="cases worked on in no zone", cases=none,
            means="They lie outside every officer's zone, or have no place.",
        )  # fmt: skip

    def _parts(self) -> Iterator[Figure]:
        hours = self.found.all
        yield Figure(key="at_door", value=hours.at_door, kind=Kind.HOURS, words="at the door",
                     means="Visits, each by the minutes that its kind takes.")  # fmt: skip
        yield Figure(key="driving", value=hours.driving, kind=Kind.HOURS, words="of driving",
                     means="Visits, times the minutes to one with its share of the way back.",
                     )  # fmt: skip
        yield Figure(key="at_desk", value=hours.at_desk, kind=Kind.HOURS, words="at the desk",
                     means="All that is done beside visits.")  # fmt: skip

    def _tables(self) -> Iterator[Table]:
        if self.found.zones or self.found.no_zone:
            yield zones_table(self.found.zones, self.found.no_zone, self.areas)
        if self.found.officers:
            yield officers_table(self.found.officers)
        if self.found.tasks and not self._is_none:
            yield tasks_table(self.found.tasks, self.found.minutes)

    def _charts(self, tables: Sequence[Table]) -> Iterator[Chart]:
        for table, along, title in (
            ("zones", "zone", "Hours by zone"), ("officers", "officer", "Hours by officer")
        ):  # fmt: skip
            if not self._is_none and any(each.key == table for each in tables):
                yield Chart(
                    key=table, title=title, draw=Draw.BARS, of=table, along=along,
                    across=("at_door", "driving", "at_desk"),
                    says="What has no zone or no officer stands at the end.",
                )  # fmt: skip

    def _layers(self, tables: Sequence[Table]) -> Iterator[Layer]:
        if self.areas is None or self._is_none:
            return
        layer = rate_layer(tables[0], self.areas, column="hours", title="Hours of work", shown=True)
        if layer is not None:
            yield layer

    def _cautions(self) -> Iterator[str]:
        if self._is_none:
            return
        yield from (NO_TIMESHEET, OF_TODAY, ALIKE, ALL_PLACES)
        lasting = [
            self.found.minutes.drive if each.what == "drive" else self.found.minutes.of(each.what)
            for each in self.found.tasks
        ]
        usual = sum(each.source is Source.USUAL for each in lasting)
        if usual:
            yield (
                f"Of {len(lasting):,} things that were done, {usual:,} count by usual minutes, "
                "which were measured in no town."
            )


def _of_evenness(zones: Sequence[Has]) -> Iterator[str]:
    if len(zones) < 2:  # noqa: PLR2004 - one has no other
        return
    most, least = zones[0], zones[-1]
    ratio = evenness(zones)
    if ratio is None:
        without = sum(not each.hours.all for each in zones)
        yield (
            f"{most.name} has the most hours, {most.hours.all:,.1f}; {without:,} of "
            f"{len(zones):,} zones have none."
        )
        return
    yield (
        f"{most.name} has the most hours, {most.hours.all:,.1f}, and {least.name} the fewest, "
        f"{least.hours.all:,.1f}: {ratio:,.2f} times as many."
    )


def _of_officers(officers: Sequence[Has]) -> Iterator[str]:
    if len(officers) > 1:
        most, least = officers[0], officers[-1]
        yield (
            f"Of {len(officers):,} officers, {most.name} has the most hours, "
            f"{most.hours.all:,.1f}, and {least.name} the fewest, {least.hours.all:,.1f}."
        )


def _extent(areas: Areas) -> tuple[float, float, float, float]:
    west, south, east, north = (float(each) for each in areas.bounds)
    return west, south, east, north
