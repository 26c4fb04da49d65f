"""Ask for what programs read of the town: its cases, liens, parcels and zones by pages."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy import Select

from cases.published import PUBLISHED
from cases.queries import CASE, LIEN, VIOLATION, Box
from geo.places import PARCEL

type State = Literal["open", "ended", "any"]

STATES: tuple[State, ...] = ("open", "ended", "any")
"""Open, or at lien; ended; or either."""

STEPS = {
    "case_opened": "The case was opened.",
    "inspection_made": "The property was inspected.",
    "violation_verified": "A violation was verified.",
    "violation_corrected": "A violation was found corrected.",
    "violation_standing": "A violation was found to stand.",
    "violation_reopened": "A violation was opened again.",
    "notice_issued": "A notice was issued.",
    "notice_served": "A notice was served.",
    "extension_granted": "More time was granted.",
    "citation_issued": "A citation was issued.",
    "citation_served": "A citation was served.",
    "citation_dismissed": "A citation was dismissed.",
    "citation_voided": "A citation was taken back.",
    "hearing_docketed": "A hearing was put on a docket.",
    "hearing_shifted": "A hearing was given another hour or place.",
    "hearing_continued": "A hearing was put off.",
    "hearing_decided": "A hearing was decided.",
    "compliance_agreed": "A compliance agreement was made.",
    "hearing_cancelled": "A hearing was cancelled.",
    "order_entered": "An order was entered.",
    "compliance_verified": "Compliance with an order was verified.",
    "fine_certified": "A fine was certified.",
    "fine_reduced": "A fine was reduced.",
    "order_satisfied": "An order was satisfied.",
    "order_vacated": "An order was vacated.",
    "order_set_aside": "An order was set aside by a court.",
    "lien_recorded": "A lien was recorded.",
    "lien_released_in_part": "A lien was released in part.",
    "lien_satisfied": "A lien was satisfied.",
    "lien_released": "A lien was released.",
    "lien_expired": "A lien ran out.",
    "lien_foreclosed": "A lien was foreclosed.",
    "foreclosure_begun": "Foreclosure was begun.",
    "foreclosure_withdrawn": "Foreclosure was withdrawn.",
    "appeal_filed": "An appeal was filed.",
    "work_done": "The town's work was done.",
    "case_closed": "The case was closed.",
    "case_reopened": "The case was reopened.",
}
"""What anybody may know of a case's history, by the event; the view `case_step` holds these."""

_OF_HEARINGS = [kind for kind in STEPS if kind.startswith("hearing_")]
_STEP = sa.table(
    "case_step",
    *map(sa.column, ("case_id", "seq", "kind", "happened_on", "recorded_at")),
    schema="published",
)
_HEARING = sa.table(
    "hearing_day",
    *map(
        sa.column,
        ("id", "case_id", "status", "body", "held_on", "begins_at", "place", "session_id"),
    ),
    schema="published",
)
_GENERATION = sa.table("generation", sa.column("layer"), sa.column("generation"),
                       schema="published")  # fmt: skip
_CASES = (
    "id", "number", "category", "phase", "opened_on", "closed_on", "next_due", "open_violations",
    "parcel_id", "parcel_no", "situs_address", "zone_id", "lon", "lat", "stage",
)  # fmt: skip
_LIENS = (
    "id", "instrument_no", "book", "page_no", "recorded_on", "released_on", "amount_cents",
    "status", "parcel_no", "situs_address", "case_number", "shape",
)  # fmt: skip
_PARCELS = ("id", "parcel_no", "situs_address", "land_use", "area_m2", "shape")
_ZONES = ("id", "code", "name", "officer_name", "shape")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Which part of a list is asked for.

    Parameters
    ----------
    after
        Only what has a greater id.
    most
        How many at most.
    bbox
        Only what lies in or touches a box of degrees (EPSG:4326); one whose west is east of its
        east reaches over the antimeridian. None for everywhere.
    since, until
        Only what was opened or recorded then; None for no bound.
    """

    after: int = 0
    most: int
    bbox: Box | None = None
    since: date | None = None
    until: date | None = None

    @property
    def edges(self) -> tuple[float | None, ...]:
        """The box as four values; None each for everywhere."""
        return self.bbox or (None, None, None, None)


def generation() -> Select[Any]:
    """Select what moves whenever something that anybody may read has changed, in one row."""
    return sa.select(sa.func.coalesce(sa.func.sum(_GENERATION.c.generation), 0))


def held_back_generation() -> Select[Any]:
    """Select what moves whenever something is taken from what anybody may read, in one row."""
    return generation().where(_GENERATION.c.layer == "held_back")


def rules() -> str:
    """Return what stands for all that is said of what anybody may read, in this release."""
    whole = b"".join(each.read_bytes() for each in PUBLISHED)
    return hashlib.sha256(whole).hexdigest()


def cases(
    page: Page,
    *,
    on: date,
    state: State = "open",
    stage: str | None = None,
    category: str | None = None,
    zone: int | None = None,
    parcel: int | None = None,
) -> Select[Any]:
    """Select a page of published cases by their ids, each with its stage on a day."""
    asked = sa.func.published.cases_listed(
        *page.edges, on, state, stage, category, zone, parcel, page.since, page.until, page.after,
        page.most,
    )  # fmt: skip
    return _rows(asked, _CASES)


def liens(page: Page, *, status: str | None = None, parcel: int | None = None) -> Select[Any]:
    """Select a page of liens by their ids, each with its parcel's shape as GeoJSON."""
    asked = sa.func.published.liens_listed(
        *page.edges, status, parcel, page.since, page.until, page.after, page.most
    )
    return _rows(asked, _LIENS)


def parcels(page: Page) -> Select[Any]:
    """Select a page of parcels as they stand by their ids, each with its shape as GeoJSON."""
    return _rows(sa.func.published.parcels_listed(*page.edges, page.after, page.most), _PARCELS)


def zones(page: Page) -> Select[Any]:
    """Select a page of the officers' zones by their ids, each with its shape as GeoJSON."""
    return _rows(sa.func.published.zones_listed(*page.edges, page.after, page.most), _ZONES)


def steps_of(case_id: int) -> Select[Any]:
    """Select what anybody may know of a case's history, in its order."""
    told = [_STEP.c[name] for name in ("case_id", "seq", "kind", "happened_on")]
    return sa.select(*told).where(_STEP.c.case_id == case_id).order_by(_STEP.c.seq)


def hearings(*, since: date, until: date, most: int, case: int | None = None) -> Select[Any]:
    """Select the hearings of published cases between two days, or of one case alone, by their hour.

    Columns: the view's, ``number``, ``category``, ``situs_address``, ``parcel_no``; and of the
    steps about the case's hearings how many there are (``changes``) and when the last of them was
    recorded (``changed_at``, None where none is on record).
    """
    about = sa.and_(_STEP.c.case_id == CASE.c.id, _STEP.c.kind.in_(_OF_HEARINGS))
    changes = sa.select(sa.func.count()).where(about).scalar_subquery()
    changed_at = sa.select(sa.func.max(_STEP.c.recorded_at)).where(about).scalar_subquery()
    return (
        sa.select(
            _HEARING, CASE.c.number, CASE.c.category, CASE.c.situs_address, CASE.c.parcel_no,
            changes.label("changes"), changed_at.label("changed_at"),
        )
        .join(CASE, CASE.c.id == _HEARING.c.case_id)
        .where(
            _HEARING.c.held_on.between(since, until),
            *([] if case is None else [CASE.c.id == case]),
        )
        .order_by(_HEARING.c.held_on, _HEARING.c.begins_at, _HEARING.c.id)
        .limit(most)
    )  # fmt: skip


def hearing_days_of(case_id: int) -> Select[Any]:
    """Select the days on which a case is or was heard."""
    mine = sa.select(_HEARING).where(_HEARING.c.case_id == case_id)
    return mine.order_by(_HEARING.c.held_on, _HEARING.c.begins_at, _HEARING.c.id)


def all_cases() -> Select[Any]:
    """Select every published case as a download tells it."""
    names = ("number", "category", "phase", "opened_on", "closed_on", "next_due",
             "open_violations", "situs_address", "parcel_no", "zone_id", "lon", "lat")  # fmt: skip
    return sa.select(CASE.c.id, *(CASE.c[name] for name in names)).order_by(CASE.c.id)


def all_violations() -> Select[Any]:
    """Select every verified violation of a published case, at the place of its case."""
    told = (VIOLATION.c.id, CASE.c.number.label("case_number"), VIOLATION.c.citation,
            VIOLATION.c.status, VIOLATION.c.found_on, VIOLATION.c.comply_by, VIOLATION.c.due_on,
            CASE.c.situs_address, CASE.c.parcel_no, CASE.c.lon, CASE.c.lat)  # fmt: skip
    joined = sa.join(VIOLATION, CASE, CASE.c.id == VIOLATION.c.case_id)
    return sa.select(*told).select_from(joined).order_by(VIOLATION.c.id)


def all_liens() -> Select[Any]:
    """Select every lien, at the inner point of its parcel."""
    told = (LIEN.c.id, LIEN.c.instrument_no, LIEN.c.book, LIEN.c.page, LIEN.c.recorded_on,
            LIEN.c.released_on, LIEN.c.amount_cents, LIEN.c.status,
            CASE.c.number.label("case_number"), PARCEL.c.situs_address, PARCEL.c.parcel_no,
            PARCEL.c.lon, PARCEL.c.lat)  # fmt: skip
    joined = sa.join(LIEN, PARCEL, PARCEL.c.id == LIEN.c.parcel_id)
    joined = sa.outerjoin(joined, CASE, CASE.c.id == LIEN.c.case_id)
    return sa.select(*told).select_from(joined).order_by(LIEN.c.id)


def _rows(function: Any, names: Sequence[str]) -> Select[Any]:
    found = function.table_valued(*names, name="found")
    return sa.select(*(found.c[name] for name in names)).order_by(found.c.id)
