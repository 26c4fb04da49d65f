"""Answer who can go on each of some days: from when to when, from where, and for what."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from cases.accounts.members import in_role
from cases.business_days import DAY, TownCalendar
from cases.models import WorkingException
from cases.workflow.roles import Role
from cases.working.reading import exceptions_from, office_place, terms_of
from cases.working.terms import USUAL, Base, ExceptionKind, Hours, Terms, ZoneRule
from geo.layers import Zone


class Away(StrEnum):
    """Why an officer does not go on a day."""

    LEAVE = "leave"
    CLOSED = "closed"  # nobody works: a holiday, or a weekend that is not worked
    NOT_WORKED = "not_worked"  # the weekday is none of theirs


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerDay:
    """A day on which an officer can go.

    Attributes
    ----------
    hours
        On a clock in the town.
    starts, ends
        None where nobody has said where the town's office is.
    zone_ids
        The zones that are theirs, by their identities; what they bind, ``zones`` says.
    is_usual
        Nobody has said how this officer works: these are the usual hours.
    """

    officer_id: int
    officer: str
    on: date
    hours: Hours
    starts: Base | None
    ends: Base | None
    overtime_minutes: int
    certifications: frozenset[str]
    zones: ZoneRule
    zone_ids: tuple[int, ...]
    is_usual: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NotGoing:
    """A day on which an officer does not go, and why; of a closed day what it is."""

    officer_id: int
    officer: str
    on: date
    because: Away
    closed_for: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Going:
    """Who can go on which of some days, and who cannot: each officer and day in one of both."""

    days: Sequence[OfficerDay]
    away: Sequence[NotGoing]


def who_can_go(
    connection: sa.Connection, *, first: date, last: date, calendar: TownCalendar
) -> Going:
    """Tell which officers who work here can go on which days, by a fixed number of queries.

    On a day the town does not work nobody goes, but for whom other hours are noted that day.

    Parameters
    ----------
    first, last
        Both counted, in the town's calendar.
    """
    officers = connection.execute(in_role(Role.OFFICER)).all()
    said = _Said(
        terms=terms_of(connection, [each.id for each in officers]),
        zones=_zones(connection),
        office=office_place(connection),
        noted=_noted(connection, first=first, last=last),
        calendar=calendar,
    )
    told = [said.day(each, on=on) for on in _days(first, last) for each in officers]
    return Going(
        days=[each for each in told if isinstance(each, OfficerDay)],
        away=[each for each in told if isinstance(each, NotGoing)],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """All that was said of some days and of everybody, ready to be asked."""

    terms: Mapping[int, Terms]
    zones: Mapping[str, tuple[int, ...]]
    office: Base | None
    noted: Mapping[int, Sequence[sa.Row[Any]]]
    calendar: TownCalendar

    def day(self, officer: sa.Row[Any], *, on: date) -> OfficerDay | NotGoing:
        """Tell of an officer's day, or why it is none."""
        terms = self.terms.get(officer.id, USUAL)
        noted = self.noted.get(officer.id, ())
        hours = _hours(terms, noted, on=on, calendar=self.calendar)
        if isinstance(hours, Away):
            return NotGoing(
                officer_id=officer.id, officer=officer.name, on=on, because=hours,
                closed_for=self.calendar.closed_for(on) if hours is Away.CLOSED else None,
            )  # fmt: skip
        return OfficerDay(
            officer_id=officer.id, officer=officer.name, on=on, hours=hours,
            starts=terms.starts or self.office, ends=terms.ends or self.office,
            overtime_minutes=terms.overtime_minutes, certifications=terms.certifications,
            zones=terms.zones, zone_ids=self.zones.get(officer.name, ()),
            is_usual=officer.id not in self.terms,
        )  # fmt: skip


def _hours(
    terms: Terms, noted: Iterable[sa.Row[Any]], *, on: date, calendar: TownCalendar
) -> Hours | Away:
    """Return the hours of a day, or why it has none."""
    usual = terms.week.get(on.weekday())
    other = next((each for each in noted if each.first_day <= on <= each.last_day), None)
    if other is not None and other.kind == ExceptionKind.LEAVE:
        return Away.LEAVE
    if other is not None:
        plain = Hours(begins_at=other.begins_at, ends_at=other.ends_at)
        return usual.within(other.begins_at, other.ends_at) if usual else plain
    if calendar.closed_for(on) is not None and (usual is None or on.weekday() not in _WEEKEND):
        return Away.CLOSED
    return usual or Away.NOT_WORKED


_WEEKEND = (5, 6)
"""Whoever has hours of their own on these works although the town does not."""


def _noted(
    connection: sa.Connection, *, first: date, last: date
) -> Mapping[int, Sequence[sa.Row[Any]]]:
    query = exceptions_from(first).where(WorkingException.first_day <= last)
    noted: dict[int, list[sa.Row[Any]]] = defaultdict(list)
    for row in connection.execute(query):
        noted[row.staff_id].append(row)
    return noted


def _zones(connection: sa.Connection) -> Mapping[str, tuple[int, ...]]:
    columns: tuple[Any, ...] = (Zone.officer_name, Zone.id)
    query = sa.select(*columns).where(Zone.kind == "officer", Zone.officer_name.is_not(None))
    found: dict[str, tuple[int, ...]] = defaultdict(tuple)
    for name, zone_id in connection.execute(query.order_by(Zone.id)):
        found[name] += (zone_id,)
    return found


def _days(first: date, last: date) -> Iterable[date]:
    while first <= last:
        yield first
        first += DAY
