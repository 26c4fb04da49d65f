"""Hold a route plan as its pages show it: who drives which day, told not by colour alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from string import ascii_uppercase
from typing import Any

from webmap.assets import RouteLook, route_looks

DAY_SECONDS = 24 * 60 * 60

type Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """How an officer is told from the others: a letter, and a colour with a dash of its own."""

    letter: str
    look: RouteLook


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownStop:
    """A stop of a route.

    Attributes
    ----------
    tag
        The officer's letter and the stop's place, as it stands on the map: ``B3``.
    arrive, begin, leave, slack
        Seconds after midnight, and seconds for which the visit could begin later.
    drive, metres
        The way there.
    items
        What is to be done: ``kind``, ``number``, ``case_id``, ``complaint_id``.
    became, told
        Of a day in force, what became of it, and that in words; None and "" in a draft.
    help
        What an officer of another zone drives more for it, and what the zone's own would:
        ``extra_seconds``, ``own_seconds`` (None: no time); None where it is no help.
    """

    id: str
    tag: str
    order: int
    label: str
    lon: float
    lat: float
    arrive: int
    begin: int
    leave: int
    slack: int | None
    drive: int
    metres: int
    items: Sequence[Json]
    pinned: bool
    must: bool
    two_officers: bool
    help: Json | None = None
    became: str | None = None
    told: str = ""

    @property
    def wait(self) -> int:
        """Seconds between the arrival and the beginning."""
        return self.begin - self.arrive


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRoute:
    """An officer's day.

    Attributes
    ----------
    key
        What it is called in addresses and forms: ``3.2026-06-15``.
    begins, ends, finish
        The hours of work, and when the officer is back; seconds after midnight.
    lunch
        From when to when, and after how many stops; None for none.
    legs
        The drives, one more than stops.
    """

    key: str
    officer: str
    officer_id: int
    day: date
    mark: Mark
    begins: int
    ends: int
    finish: int
    starts_at: Json
    ends_at: Json
    lunch: tuple[int, int, int] | None
    stops: Sequence[ShownStop]
    legs: Sequence[Json]

    @property
    def drive(self) -> int:
        """Seconds on the road."""
        return sum(leg["seconds"] for leg in self.legs) if self.stops else 0

    @property
    def metres(self) -> int:
        """Metres on the road."""
        return sum(leg["metres"] for leg in self.legs) if self.stops else 0

    @property
    def service(self) -> int:
        """Seconds at the doors."""
        return sum(each.leave - each.begin for each in self.stops)

    @property
    def wait(self) -> int:
        """Seconds spent waiting before doors."""
        return sum(each.wait for each in self.stops)

    @property
    def break_seconds(self) -> int:
        """Seconds of lunch."""
        return self.lunch[1] - self.lunch[0] if self.lunch else 0

    @property
    def shift(self) -> int:
        """Seconds from the beginning of work to its end."""
        return self.ends - self.begins

    @property
    def overtime(self) -> int:
        """Seconds after the end of work."""
        return max(0, self.finish - self.ends) if self.stops else 0

    @property
    def used(self) -> float:
        """Which part of the hours of work, lunch aside, is driven or spent at doors."""
        return (self.drive + self.service) / max(1, self.shift - self.break_seconds)

    def parts(self) -> list[tuple[str, int, int]]:
        """Return the parts of a bar: its name, where it begins and how long it is, in seconds."""
        told, at = [], 0
        for name, seconds in (
            ("drive", self.drive), ("door", self.service), ("wait", self.wait),
            ("lunch", self.break_seconds),
        ):  # fmt: skip
            if seconds:
                told.append((name, at, seconds))
                at += seconds
        return told


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPlan:
    """A plan: its days, every route, and what is left for another day."""

    days: Sequence[date]
    routes: Sequence[ShownRoute]
    left: Sequence[Json]
    estimated: bool

    def of_day(self, on: date) -> list[ShownRoute]:
        """Return the routes of a day, by officer."""
        return [each for each in self.routes if each.day == on]

    def route(self, key: str) -> ShownRoute | None:
        """Return the route of that key; None where there is none."""
        return next((each for each in self.routes if each.key == key), None)

    def stop(self, stop_id: str) -> tuple[ShownRoute, ShownStop] | None:
        """Return where a stop is visited; None where it is not."""
        return next(
            ((route, each) for route in self.routes for each in route.stops if each.id == stop_id),
            None,
        )

    def officers(self) -> dict[str, Mark]:
        """Return every officer's mark, by name."""
        return {each.officer: each.mark for each in self.routes}

    @property
    def used(self) -> float:
        """Which part of the hours of work, lunch aside, is driven or spent at doors."""
        work = sum(each.shift - each.break_seconds for each in self.routes)
        return sum(each.drive + each.service for each in self.routes) / max(1, work)


def shown(plan: Json) -> ShownPlan:
    """Return a plan as its pages show it.

    Parameters
    ----------
    plan
        As `reports.routes.written` has it.
    """
    marks = marks_of(each["officer"] for each in plan["routes"])
    helps = {(each["id"], each["officer"], each["day"]): each for each in plan.get("helped", ())}
    routes = [_route(each, marks[each["officer"]], helps) for each in plan["routes"]]
    return ShownPlan(
        days=[date.fromisoformat(each) for each in plan["days"]],
        routes=sorted(routes, key=lambda each: (each.day, each.officer)),
        left=plan["left"], estimated=plan["estimated"],
    )  # fmt: skip


def marks_of(officers: Any) -> dict[str, Mark]:
    """Mark officers: letters by name, colours and dashes in turn."""
    looks = route_looks()
    return {
        name: Mark(letter=_letter(nth), look=looks[nth % len(looks)])
        for nth, name in enumerate(sorted(set(officers)))
    }


def as_time(seconds: int) -> time:
    """Return seconds after midnight as a time of day; what lies after midnight wraps."""
    minutes = round(seconds % DAY_SECONDS / 60) % (24 * 60)
    return time(minutes // 60, minutes % 60)


def key_of(route: Json) -> str:
    """Return what a route is called in addresses and forms."""
    return f"{route['officer_id']}.{route['day']}"


def _letter(nth: int) -> str:
    """Return A to Z, then AA, AB and so on."""
    more, at = divmod(nth, len(ascii_uppercase))
    return (_letter(more - 1) if more else "") + ascii_uppercase[at]


def _route(route: Json, mark: Mark, helps: Mapping[tuple[str, str, str], Json]) -> ShownRoute:
    shift, lunch = route["shift"], route.get("lunch")
    stops = [
        replace(
            _stop(each, order=nth, leg=route["legs"][nth - 1], mark=mark),
            help=helps.get((each["id"], route["officer"], route["day"])),
        )
        for nth, each in enumerate(route["stops"], start=1)
    ]
    return ShownRoute(
        key=key_of(route), officer=route["officer"], officer_id=route["officer_id"],
        day=date.fromisoformat(route["day"]), mark=mark, begins=shift["start"], ends=shift["end"],
        finish=_finish(route), starts_at=shift["start_place"], ends_at=shift["end_place"],
        lunch=(lunch["start"], lunch["end"], lunch["after"]) if lunch else None, stops=stops,
        legs=route["legs"],
    )  # fmt: skip


def _stop(stop: Json, *, order: int, leg: Json, mark: Mark) -> ShownStop:
    return ShownStop(
        id=stop["id"], tag=f"{mark.letter}{order}", order=order, label=stop["label"],
        lon=stop["lon"], lat=stop["lat"], arrive=stop["arrive"], begin=stop["begin"],
        leave=stop["leave"], slack=stop.get("slack"), drive=leg["seconds"], metres=leg["metres"],
        items=stop.get("items", ()), pinned=bool(stop.get("pinned")),
        must=bool(stop.get("must")), two_officers=bool(stop.get("two_officers")),
    )  # fmt: skip


def _finish(route: Json) -> int:
    """Return when the officer is at the day's end; of a day without stops, when it begins."""
    if not route["stops"]:
        return int(route["shift"]["start"])
    last, lunch = route["stops"][-1]["leave"], route.get("lunch")
    if lunch and lunch["after"] == len(route["stops"]):
        last = lunch["end"]
    return int(last + route["legs"][-1]["seconds"])
