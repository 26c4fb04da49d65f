"""Say what the answers of the API hold; its document is written from these."""

from datetime import date, time

from pydantic import BaseModel, ConfigDict, Field

from cases.stages import Stage


class Answer(BaseModel):
    """What every answer has in common: nothing beyond what is named here, no type bent."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, from_attributes=True)


class Link(Answer):
    """Where more is."""

    href: str
    rel: str
    type: str
    title: str | None = None


class Page(Answer):
    """What pages of a list have in common."""

    links: list[Link] = Field(description="The link named next leads to the next page.")


class CaseSummary(Answer):
    """A case whose violations an officer has verified."""

    number: str
    category: str
    stage: Stage = Field(description="Where it stands today.")
    opened_on: date | None
    closed_on: date | None
    next_due: date | None = Field(description="The earliest day by which something is to be done.")
    open_violations: int
    address: str | None
    parcel_no: str | None
    zone: int | None = Field(description="The officers' zone it lies in, by its id.")
    lon: float | None = Field(description="Degrees east (CRS84).")
    lat: float | None = Field(description="Degrees north (CRS84).")
    href: str = Field(description="This case with its history.")
    page: str = Field(description="The same for people.")


class CasePage(Page):
    """A page of cases."""

    cases: list[CaseSummary]


class Violation(Answer):
    """A verified violation."""

    citation: str
    status: str
    found_on: date | None
    comply_by: date | None = Field(description="The day a notice set.")
    due_on: date | None = Field(description="The day that counts: an order's where one runs.")


class HearingDay(Answer):
    """A day on which a case is or was heard."""

    held_on: date
    begins_at: time | None = Field(description="By the town's clock.")
    place: str | None
    body: str
    status: str


class Step(Answer):
    """Something that happened in a case."""

    on: date | None
    step: str
    words: str


class LienSummary(Answer):
    """A lien: a claim on a property for what is owed."""

    instrument_no: str
    book: str | None
    page: str | None
    recorded_on: date | None
    released_on: date | None
    amount_cents: int = Field(description="Its principal when it was recorded.")
    status: str
    parcel_no: str
    address: str | None
    case_number: str | None


class LienPage(Page):
    """A page of liens."""

    liens: list[LienSummary]


class Case(CaseSummary):
    """A case with all that anybody may know of it."""

    violations: list[Violation]
    hearings: list[HearingDay]
    history: list[Step]
    liens: list[LienSummary]


class Parcel(Answer):
    """What is publicly known of a parcel: where it is, its cases and its liens."""

    parcel_no: str
    address: str | None
    land_use: str | None
    area_m2: float | None
    lon: float
    lat: float
    ended_on: date | None = Field(description="The day it ceased to be; null while it stands.")
    cases: list[CaseSummary]
    liens: list[LienSummary]


class Category(Answer):
    """A kind of violation, and how many open cases there are of it."""

    category: str
    open_cases: int


class Categories(Answer):
    """The kinds of violation there are open cases of."""

    categories: list[Category]


class Zone(Answer):
    """An officers' zone, the point it is labelled at, and its box in degrees."""

    id: int
    code: str
    name: str
    officer: str | None
    lon: float
    lat: float
    bbox: tuple[float, float, float, float]


class Zones(Answer):
    """The officers' zones of the town."""

    zones: list[Zone]


class Town(Answer):
    """The town and what can be asked of it."""

    name: str | None
    timezone: str | None
    today: date
    links: list[Link]


class Mistake(Answer):
    """One mistake of a request."""

    where: str
    what: str
    do: str | None = None


class Problem(Answer):
    """What went wrong (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: list[Mistake] | None = None
