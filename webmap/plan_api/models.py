"""Say what programs of the office are told of plans, and what they send."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from webmap.api.models import Answer


class Guard(Answer):
    """What is sent along as the header X-CSRFToken with all that changes something."""

    token: str


class Item(Answer):
    """Something to be done at a stop, or left for another day."""

    kind: str
    number: str = Field(description="Of the case or the complaint.")
    left_because: str | None = None
    risks: str | None = None


class Stop(Answer):
    """A stop of a plan in force, and what became of it."""

    place: int = Field(description="Which it is, from 1.")
    label: str
    lon: float
    lat: float
    arrives_at: datetime
    leaves_at: datetime
    items: list[Item]
    arrived_at: datetime | None
    left_at: datetime | None
    skipped_because: str | None


class Plan(Answer):
    """An officer's day that is in force."""

    id: int
    officer: str
    day: date
    begins_at: datetime
    ends_at: datetime
    drive_seconds: int
    metres: int
    estimated: bool = Field(description="Times come from straight lines, not from streets.")
    made_by: str
    made_at: datetime
    stops: list[Stop]
    left: list[Item]


class Plans(Answer):
    """The plans in force on a day."""

    day: date
    plans: list[Plan]


class Asking(Answer):
    """What a plan is to be of."""

    key: UUID = Field(description="Yours: sent again, it is the same plan.")
    first: date = Field(description="The first day, in the town's calendar.")
    days: int = Field(default=1, ge=1, le=10)
    zones: list[int] | None = Field(
        default=None, min_length=1, description="Officers' zones by id; null for the whole town."
    )
    seconds: float = Field(default=20, ge=1, le=600, description="How long to search.")
    iterations: int | None = Field(
        default=None, ge=1, le=10_000_000,
        description="Search so many rounds instead: with the same seed it is the same plan.",
    )  # fmt: skip
    seed: int = Field(default=0, ge=0, le=2**31 - 1)
    fair_margin: float | None = Field(default=None, ge=0, le=1)
    max_stops: int | None = Field(default=None, ge=1, le=200)


class Draft(Answer):
    """A plan that was asked for: how far it is, and once it is made, what it comes to."""

    id: int
    state: Literal["queued", "running", "done", "stopped", "failed"]
    first_day: date
    last_day: date
    asked: dict[str, Any]
    told: dict[str, Any] = Field(description="Seconds so far, the best so far, among how many.")
    failed_because: str | None
    version: int
    made_by: str
    made_at: datetime
    begun_at: datetime | None
    ended_at: datetime | None
    adopted_at: datetime | None
    totals: dict[str, Any] | None


class Drafts(Answer):
    """The plans asked for last, the newest first."""

    drafts: list[Draft]


class Made(Draft):
    """A plan that was asked for, with its routes once it is made."""

    plan: dict[str, Any] | None = Field(
        description="Routes with stops, legs and steps, and what was left; seconds after midnight."
    )


class Asked(Draft):
    """A plan that was just asked for."""

    others: list[int] = Field(description="Plans of some of these days that are being made.")


class OfficerDay(Answer):
    """A day of an officer."""

    officer: str
    day: date


class Adopting(Answer):
    """Which days of a plan are put in force, and which plans they may take the place of."""

    key: UUID = Field(description="Yours: sent again, it is the same plans.")
    version: int = Field(ge=1, description="Of the plan, as you have read it.")
    days: list[OfficerDay] | None = Field(
        default=None, min_length=1, description="null for all that are not over."
    )
    instead_of: list[int] = Field(
        default_factory=list, description="Plans in force that you know and replace, by id."
    )


class Adopted(Answer):
    """The plans that are in force by it."""

    plans: list[int]


class Compared(Answer):
    """What one way to make the same visits comes to."""

    how: Literal["plan", "by_deadline", "zone_sweep", "nearest_neighbour"]
    stops: int
    drive_seconds: int
    missed: int = Field(description="A legal date, a promise or a must, and not visited.")
    worth_seconds: int
    waiting_seconds: int = Field(description="What the days that the plan's visits wait cost.")
    left_seconds: int = Field(description="Worth of the plan's visits that this way leaves.")
    whole_seconds: int = Field(description="Driving, waiting and left: less is better.")


class Comparison(Answer):
    """A plan held against the orders people make by hand."""

    ways: list[Compared]


class RestAsking(Answer):
    """Whose rest of a day is planned anew, or what is put into it."""

    key: UUID = Field(description="Yours: sent again, nothing is put in force twice.")
    officer: str | None = Field(
        default=None, description="null only with urgent: whoever has a plan, where it costs least."
    )
    lon: float | None = Field(default=None, ge=-180, le=180, description="Where the officer is.")
    lat: float | None = Field(default=None, ge=-90, le=90)
    had_lunch: bool = False
    urgent: str | None = Field(
        default=None, description="A case or complaint that alone is put in; nothing else moves."
    )
    adopt: bool = Field(default=False, description="Put it in force where it is otherwise.")


class Move(Answer):
    """A stop that another officer has now."""

    stop: str
    before: str | None = Field(alias="from")
    after: str = Field(alias="to")


class Inserted(Answer):
    """Where what is urgent goes, and what gives way."""

    officer: str
    position: int
    added_seconds: int
    pushed_out: list[str]


class RestMade(Answer):
    """The rest of a day, and what is otherwise than in the plans in force."""

    plan: dict[str, Any] = Field(
        description="Routes with stops, legs and steps, and what was left; seconds after midnight."
    )
    replaces: dict[str, int] = Field(description="The plans in force, by officer.")
    moves: list[Move]
    dropped: list[str]
    gone: list[str] = Field(description="Places at which nothing is due any more.")
    inserted: Inserted | None
    adopted: list[int]
