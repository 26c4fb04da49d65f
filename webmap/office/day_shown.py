"""Hold the plans in force of a day as its page and its map show them, told what came of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from enum import StrEnum
from typing import Any

from flask_babel import gettext

from cases.visits.comparing import Adopted, Kept, adopted_days, plans_of_day, said_before
from cases.visits.drafts import kept_of
from reports.routes.on_paper import of_adopted
from reports.routes.plan import Drive, Visit
from reports.routes.written import legs_to_json
from webmap.auth.desk import Desk
from webmap.office.frame import may_go
from webmap.office.plan_shown import Mark, ShownRoute, ShownStop, key_of, marks_of
from webmap.office.plan_words import early_or_late, more_or_less, span
from webmap.words import clock

A_LOT = 15 * 60
"""Seconds by which somebody who comes later is told as late."""


class Became(StrEnum):
    """What became of a stop of a day in force."""

    MADE = "made"
    SKIPPED = "skipped"
    OPEN = "open"  # nobody has said anything of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """A stop of a plan that another took the place of, and what became of it, in words."""

    stop: Kept
    became: Became
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An officer's day held against what happened.

    Attributes
    ----------
    draft_id
        The draft it came from, where that can still be looked at by whoever asks.
    draft_moved
        Whether that draft was changed since.
    before
        What became of stops before the rest of the day was planned anew.
    """

    day: Adopted
    before: Sequence[Before]
    route: ShownRoute
    draft_id: int | None
    draft_moved: bool

    @property
    def made(self) -> int:
        """Count the stops that somebody came to, also before the rest was planned anew."""
        return self.day.made + sum(each.became is Became.MADE for each in self.before)

    @property
    def skipped(self) -> int:
        """Count the stops that were skipped, also before the rest was planned anew."""
        return self.day.skipped + sum(each.became is Became.SKIPPED for each in self.before)

    @property
    def unsaid(self) -> int:
        """Count the stops of which nobody has said anything."""
        return len(self.day.stops) - self.day.made - self.day.skipped

    @property
    def late(self) -> list[Kept]:
        """Return the stops that were come to much later than planned."""
        return [each for each in self.day.stops if (each.late_seconds or 0) >= A_LOT]

    @property
    def longer(self) -> int | None:
        """Seconds that the doors took longer than planned in all; None where nobody said."""
        told = [each.longer_seconds for each in self.day.stops if each.longer_seconds is not None]
        return sum(told) if told else None


def held_on(desk: Desk, on: date, *, with_way: bool = False) -> list[Held]:
    """Return the plans in force on a day, by the officer's name.

    Parameters
    ----------
    with_way
        Whether the way along the streets is read as well, which only the map draws.
    """
    days = adopted_days(desk.connection, plans_of_day(on, with_way=with_way))
    marks = marks_of(each.plan.officer for each in days)
    drafts = _drafts_of(desk, days)
    before = said_before(desk.connection, [each.plan.id for each in days])
    return [
        Held(
            day=each, before=_before(before.get(each.plan.id, ()), desk.zone),
            draft_id=draft_id if draft_id in drafts else None,
            draft_moved=drafts.get(draft_id) != each.plan.parameters.get("version"),
            route=_route(each, marks[each.plan.officer], desk.zone, is_over=on < desk.today),
        )
        for each in days
        for draft_id in (each.plan.parameters.get("draft"),)
    ]  # fmt: skip


def _before(stops: Sequence[Kept], zone: tzinfo) -> list[Before]:
    return [
        Before(stop=each, became=became(each), told=became_words(each, zone=zone, is_over=True))
        for each in stops
    ]


def became(stop: Kept) -> Became:
    """Return what became of a stop."""
    if stop.arrived_at is not None:
        return Became.MADE
    return Became.OPEN if stop.skipped_because is None else Became.SKIPPED


def became_words(stop: Kept, *, zone: tzinfo, is_over: bool) -> str:
    """Say what became of a stop: ``Visited at 9:12 AM, 12 min late``.

    Parameters
    ----------
    zone
        The town's time zone.
    is_over
        Whether the day is past, and nothing more will be said of it.
    """
    if stop.arrived_at is not None:
        at = clock(stop.arrived_at.astimezone(zone).time())
        told = [gettext("Visited at %(time)s", time=at), early_or_late(stop.late_seconds or 0)]
        if stop.longer_seconds is not None and stop.left_at is not None:
            there = span(round((stop.left_at - stop.arrived_at).total_seconds()))
            more = more_or_less(stop.longer_seconds)
            told.append(gettext("%(span)s at the door (%(more)s)", span=there, more=more))
        return ", ".join(told)
    if stop.skipped_because is not None:
        return str(gettext("Skipped: %(why)s", why=stop.skipped_because))
    return str(gettext("Nothing was said") if is_over else gettext("Nothing said yet"))


def _drafts_of(desk: Desk, days: Sequence[Adopted]) -> Mapping[Any, int]:
    """Return the versions of the drafts of some days, of those that whoever asks may look at."""
    named = {each.plan.parameters.get("draft") for each in days}
    ids = [each for each in named if isinstance(each, int)]
    if not ids or not may_go("office.plan"):
        return {}
    return {row.id: row.version for row in desk.rows(kept_of(ids))}


def _route(told: Adopted, mark: Mark, zone: tzinfo, *, is_over: bool) -> ShownRoute:
    plan, paper = told.plan, of_adopted(told, zone=zone).route
    shift, lunch = paper.shift, paper.lunch
    stops = zip(told.stops, paper.visits, paper.drives, strict=False)
    return ShownRoute(
        key=key_of({"officer_id": plan.officer_id, "day": plan.on_day.isoformat()}),
        officer=plan.officer, officer_id=plan.officer_id, day=plan.on_day, mark=mark,
        begins=shift.start, ends=shift.end, finish=shift.end,
        starts_at=plan.starts, ends_at=plan.ends,
        lunch=(lunch.start, lunch.end, lunch.after) if lunch else None,
        stops=[
            _stop(kept, visit, drive, mark=mark, order=nth,
                  said=became_words(kept, zone=zone, is_over=is_over))
            for nth, (kept, visit, drive) in enumerate(stops, start=1)
        ],
        legs=legs_to_json(paper),
    )  # fmt: skip


def _stop(
    kept: Kept, visit: Visit, drive: Drive, *, mark: Mark, order: int, said: str
) -> ShownStop:
    return ShownStop(
        id=str(kept.id), tag=f"{mark.letter}{order}", order=order, label=kept.label,
        lon=kept.lon, lat=kept.lat, arrive=visit.arrive, begin=visit.start, leave=visit.leave,
        slack=None, drive=drive.seconds, metres=drive.metres,
        items=[each._asdict() for each in kept.items],
        pinned=False, must=False, two_officers=False, became=became(kept), told=said,
    )  # fmt: skip
