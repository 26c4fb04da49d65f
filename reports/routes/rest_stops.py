"""Make stops of what officers under way still have, of what is put in, and of what waits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from cases.visiting.kinds import Kind
from cases.visiting.settings import FURTHER, MINUTE, Settings
from cases.visiting.values import ToVisit
from cases.visits.comparing import Kept
from reports.routes.due_stops import DueCase, stop_of, stops_of
from reports.routes.from_town import due_case, item_of
from reports.routes.names import Item, Names
from reports.routes.openings import outside
from reports.routes.problem import Pin, Shift, Stop, Window
from reports.routes.zones import ZoneMap

GIVEN_WORTH = 120 * MINUTE
"""What a stop that the officer has is worth beyond its own: it was given, and prepared for."""
USUAL_SECONDS, MOST_SECONDS = 15 * MINUTE, 90 * MINUTE
USUAL_PRIORITY = 3
MEETING_SLACK = 5 * MINUTE

type Subject = tuple[str, int, bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The day asked about, and the clock it is looked at by."""

    on: date
    now: datetime
    zone: ZoneInfo

    def seconds(self, moment: datetime) -> int:
        """Return a moment in seconds after the day's midnight, by the clock on the wall."""
        told = moment.astimezone(self.zone).replace(tzinfo=None)
        return round((told - datetime.combine(self.on, time())).total_seconds())


class RestStops:
    """The stops of the rest of a day, made one by one, and whom and what they stand for."""

    def __init__(
        self, clock: Clock, due: Sequence[ToVisit], *, settings: Settings, zones: ZoneMap
    ) -> None:
        self.due = due
        self._clock, self._settings, self._zones = clock, settings, zones
        self._known = {subject_of(each): each for each in due}
        self._items: dict[str, tuple[Item, ...]] = {}
        self._spots: dict[str, str] = {}

    def names(self, officers: dict[str, int]) -> Names:
        """Return whom some officers and the stops made so far stand for."""
        return Names(officers=officers, items=self._items, spots=self._spots)

    def is_due(self, stop: Kept) -> bool:
        """Return whether anything planned at a stop is still due."""
        return any(subject_of(each) in self._known for each in stop.items)

    def held(self, stop: Kept, *, shift: Shift, pinned: bool) -> Stop:
        """Return a stop that an officer has: it is worth more for that.

        Where two were to meet it keeps its hour and its officer, and so does what a person gave
        to an officer of another zone.
        """
        due = [self._known[of] for each in stop.items if (of := subject_of(each)) in self._known]
        items = [_item(each, number=each.number or "") for each in stop.items]
        planned = round((stop.leaves_at - stop.arrives_at).total_seconds())
        told = self._stop(due, items, name=name_of(stop.id), row=stop,
                          seconds=min(max(planned, MINUTE), MOST_SECONDS))  # fmt: skip
        told = replace(told, worth_seconds=told.worth_seconds + GIVEN_WORTH)
        if any(each.needs_two for each in due):
            meet = self._clock.seconds(stop.arrives_at)
            told = replace(told, window=self._to_come(Window(
                meet - MEETING_SLACK, meet + MEETING_SLACK, self._clock.on
            )))  # fmt: skip
            pinned = True
        pin = Pin(shift.officer, shift.day) if pinned or outside(told, shift) else None
        return replace(told, pin=pin)

    def urgent(self, row: Any, *, key: str, officer: str | None) -> Stop:
        """Return something that is put in and must be visited; by an officer, where one is named.

        Parameters
        ----------
        row
            Of `cases.field.stops`.
        key
            ``case-7``, ``complaint-12``.
        """
        of_case = key.startswith("case-")
        due = [e for e in self.due if (e.case_id if of_case else e.complaint_id) == row.id]
        kind = Kind.REINSPECTION if of_case else Kind.FIRST_INSPECTION
        items = [item_of(each) for each in due] or [
            Item(
                kind=kind, subject_id=row.id, case_id=row.id if of_case else None,
                complaint_id=None if of_case else row.id, number=row.number,
            )
        ]  # fmt: skip
        told = self._stop(due, items, name=key, row=row, seconds=USUAL_SECONDS)
        pin = Pin(officer, self._clock.on) if officer else None
        return replace(told, must=True, pin=pin)

    def waiting(self, due: Iterable[ToVisit]) -> list[Stop]:
        """Return the stops of what nobody has that day."""
        visits = {each.key: each for each in due}
        made = stops_of(
            [self._case(each) for each in visits.values()], day=self._clock.on,
            further_seconds=self._settings.of(FURTHER),
        )  # fmt: skip
        for stop, there in made:
            self._items[stop.id] = tuple(item_of(visits[each.key]) for each in there)
            self._spots[stop.id] = there[0].spot
        return [stop for stop, _ in made]

    def _stop(
        self, due: Sequence[ToVisit], items: Sequence[Item], *, name: str, row: Any, seconds: int
    ) -> Stop:
        """Return a stop as what is due there limits it, under a name and at a place of its own."""
        self._items[name], self._spots[name] = tuple(items), row.spot
        label = getattr(row, "label", None) or getattr(row, "address", None) or row.number
        numbers = tuple(dict.fromkeys(each.number for each in items))
        plain = Stop(
            name, label, row.lon, row.lat, numbers, None, USUAL_PRIORITY, seconds, 0,
            kinds=tuple(dict.fromkeys(each.kind for each in items)),
        )  # fmt: skip
        if not due:
            return plain
        limited = stop_of(
            [self._case(each) for each in due], name=name, day=self._clock.on,
            further_seconds=self._settings.of(FURTHER),
        )  # fmt: skip
        return replace(
            limited, label=label, lon=row.lon, lat=row.lat, case_numbers=numbers,
            kinds=plain.kinds, not_before=None, two_officers=False,
            window=self._to_come(limited.window),
        )  # fmt: skip

    def _case(self, visit: ToVisit) -> DueCase:
        on, zone = self._clock.on, self._clock.zone
        return due_case(
            visit, first=on, last=on, zone=zone, zones=self._zones, settings=self._settings
        )  # fmt: skip

    def _to_come(self, window: Window | None) -> Window | None:
        """Return hours that can still be kept; what has passed, or never could be, binds nobody."""
        if window is None or window.earliest > window.latest:
            return None
        over = window.day == self._clock.on and window.latest < self._clock.seconds(self._clock.now)
        return None if over else window


def name_of(stop_id: int) -> str:
    """Name a stop of a plan as the rest of its day does."""
    return f"stop-{stop_id}"


def subject_of(each: Any) -> Subject:
    """Tell what is to be done apart from all else: of a plan's item or of what is due."""
    return str(each.kind), each.subject_id, each.case_id is None


def _item(row: Any, *, number: str) -> Item:
    return Item(
        kind=Kind(row.kind), subject_id=row.subject_id, case_id=row.case_id,
        complaint_id=row.complaint_id, number=number,
    )  # fmt: skip
