"""Say of each stop of the rest of a day what limits it, what it is worth and how long it takes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from cases.business_days import TownCalendar
from cases.visiting.kinds import Kind
from cases.visiting.settings import MINUTE, Settings, seconds_at, worth
from cases.visiting.values import ToVisit
from cases.visits.comparing import Adopted, Kept

GIVEN_WORTH = 120 * MINUTE
"""What a stop that the officer has is worth beyond its own: it was given, and prepared for."""
USUAL_SECONDS, MOST_SECONDS = 15 * MINUTE, 90 * MINUTE
MEETING_SLACK = 5 * MINUTE


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """The day asked about: the plan in force, and the clock and calendar it is looked at by."""

    plan: Adopted
    now: datetime
    zone: ZoneInfo
    calendar: TownCalendar

    @property
    def on(self) -> date:
        """Which day it is."""
        return self.now.astimezone(self.zone).date()

    def seconds(self, moment: datetime) -> int:
        """Return a moment in seconds after the day's midnight, by the clock on the wall."""
        told = moment.astimezone(self.zone).replace(tzinfo=None)
        return round((told - datetime.combine(self.on, time())).total_seconds())

    def moment(self, seconds: int) -> datetime:
        """Return the moment so many seconds after the day's midnight."""
        return datetime.combine(self.on, time(), self.zone) + timedelta(seconds=seconds)


class About:
    """What is known of what is due today, by its kind and subject."""

    def __init__(self, day: Day, visits: Iterable[ToVisit], *, settings: Settings) -> None:
        self._day, self._settings = day, settings
        self._visits = list(visits)
        self._known = {(str(each.kind), each.subject_id): each for each in self._visits}

    def held(self, stop: Kept) -> dict[str, Any]:
        """Put a stop that the officer has."""
        due = [
            found
            for each in stop.items
            if (found := self._known.get((each.kind, each.subject_id))) is not None
        ]
        items = [
            {
                "kind": each.kind, "subject_id": each.subject_id, "case_id": each.case_id,
                "complaint_id": each.complaint_id,
            }
            for each in stop.items
        ]  # fmt: skip
        planned = round((stop.leaves_at - stop.arrives_at).total_seconds())
        told = self._told(due, seconds=min(max(planned, MINUTE), MOST_SECONDS), items=items)
        told["worth_seconds"] += GIVEN_WORTH
        if any(each.needs_two for each in due):
            meet = self._day.seconds(stop.arrives_at)
            told["window"] = self._to_come(meet - MEETING_SLACK, meet + MEETING_SLACK)
        return {
            "id": name_of(stop.id), "spot": stop.spot, "label": stop.label, "lon": stop.lon,
            "lat": stop.lat, **told,
        }  # fmt: skip

    def added(self, row: Any, key: str) -> dict[str, Any]:
        """Put something that is to be added, which must be visited."""
        of_case = key.startswith("case-")
        due = [
            each
            for each in self._visits
            if (each.case_id if of_case else each.complaint_id) == row.id
        ]
        kind = Kind.REINSPECTION if of_case else Kind.FIRST_INSPECTION
        items = [
            {
                "kind": str(each.kind), "subject_id": each.subject_id, "case_id": each.case_id,
                "complaint_id": each.complaint_id,
            }
            for each in due
        ] or [
            {
                "kind": str(kind), "subject_id": row.id, "case_id": row.id if of_case else None,
                "complaint_id": None if of_case else row.id,
            }
        ]  # fmt: skip
        return {
            "id": key, "spot": row.spot, "label": row.address or row.number, "lon": row.lon,
            "lat": row.lat, **self._told(due, seconds=USUAL_SECONDS, items=items), "must": True,
        }  # fmt: skip

    def _told(
        self, due: Sequence[ToVisit], *, seconds: int, items: list[dict[str, Any]]
    ) -> dict[str, Any]:
        on = self._day.on
        window = next((each.window for each in due if each.window), None)
        return {
            "items": items,
            "service_seconds": seconds_at(due, settings=self._settings) if due else seconds,
            "worth_seconds": max(
                (worth(each, on=on, settings=self._settings).seconds for each in due), default=0
            ),
            "priority": min((each.priority for each in due), default=3),
            "must": False,
            "last_day": any(each.due is not None and each.due.by <= on for each in due),
            "daylight_only": any(each.needs_light for each in due),
            "window": window
            and self._to_come(
                self._day.seconds(window.opens), self._day.seconds(window.closes)
            ),
        }  # fmt: skip

    def _to_come(self, opens: int, closes: int) -> list[int] | None:
        """Return an hour that can still be kept; one that has passed binds nobody."""
        return [opens, closes] if closes >= self._day.seconds(self._day.now) else None


def name_of(stop_id: int) -> str:
    """Name a stop of a plan as the question does."""
    return f"stop-{stop_id}"
