"""Ask what anyone may know of cases: a list beside the map, one case, a parcel's, its liens."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Select

from geo.places import LINEAGE, PARCEL

type Box = tuple[float, float, float, float]
"""West, south, east, north in degrees (EPSG:4326)."""

SORTS = ("due", "age", "opened", "stage", "address", "number")


def _view(name: str, *columns: str) -> sa.TableClause:
    return sa.table(name, *map(sa.column, columns), schema="published")


CASE = _view(
    "case", "id", "number", "category", "phase", "priority", "opened_on", "closed_on", "next_due",
    "open_violations", "parcel_id", "parcel_no", "situs_address", "zone_id", "tie_method",
    "tie_confidence", "lon", "lat", "open_since",
)  # fmt: skip
VIOLATION = _view(
    "violation", "id", "case_id", "citation", "found_on", "comply_by", "status", "due_on"
)
LIEN = _view(
    "lien", "id", "parcel_id", "case_id", "instrument_no", "book", "page", "recorded_on",
    "released_on", "amount_cents", "status",
)  # fmt: skip
LAYERS = _view("layers_present", "parcels", "addresses", "zones", "streets", "cases", "liens")


LIEN_AGES = ("year", "five", "longer", "unknown")
"""How long ago liens were recorded: within a year, within five, longer, on no known day."""
_BINDING = (
    "place", "id", "parcel_no", "situs_address", "case_number", "instrument_no", "recorded_on",
    "amount_cents", "status", "age", "lon", "lat",
)  # fmt: skip
_FIGURES = ("everywhere", "zone_id", "cases", "violations", "median_days", "old", "liens")
_COUNTED = ("stage", "category", "zone_id", "age", "cases")


def layers_present() -> Select[Any]:
    """Select one row that says which layers the town has loaded."""
    return sa.select(LAYERS)


def open_cases(
    *,
    on: date,
    bbox: Box | None = None,
    stage: str = "",
    category: str = "",
    zone: int | None = None,
    age: str = "",
    sort: str = "due",
    most: int | None = None,
    skip: int = 0,
) -> Select[Any]:
    """Select open cases and those at lien, each with its stage and age, in order.

    Parameters
    ----------
    on
        The town's date.
    bbox
        Only cases within, or None for everywhere.
    stage, category
        Only such cases; empty for any.
    zone
        An officer zone's id, or None for the whole town.
    age
        How old the oldest open violation is, as `data/look/ages.json` names it; empty for any.
    sort
        One of `SORTS`; what is unknown comes last.
    most, skip
        A page of the list. Cheaper than LIMIT on the whole, for nothing is looked up about the
        cases of other pages.
    """
    found = sa.func.published.cases_within(
        *_edges(bbox), on, stage or None, category or None, zone, sort, most, skip, age or None
    ).table_valued("place", *CASE.c.keys(), "stage", "age", name="found")
    columns = [found.c[name] for name in (*CASE.c.keys(), "stage", "age")]
    return sa.select(*columns).order_by(found.c.place)


def open_counts(*, on: date, bbox: Box | None = None) -> Select[Any]:
    """Count open cases and those at lien by stage, category, zone and age: column ``cases``."""
    counted = sa.func.published.case_counts_within(*_edges(bbox), on)
    return sa.select(counted.table_valued(*_COUNTED, name="counted"))


def zone_figures(*, on: date) -> Select[Any]:
    """Count what stands open in each officer's zone, outside them all, and in the whole town.

    Columns: ``everywhere``, for the whole town; ``zone_id``, None outside all zones; ``cases`` and
    ``violations`` open; ``median_days`` since they were verified, None of fewer than five;
    ``old``, those of over 180 days; ``liens`` that bind.
    """
    figures = sa.func.published.zone_figures(on)
    return sa.select(figures.table_valued(*_FIGURES, name="figures"))


def case_by_number(number: str, *, on: date) -> Select[Any]:
    """Select one case, open or ended, with its stage on a day."""
    return _with_stage(on).where(CASE.c.number == number)


def case_numbers(case_ids: Sequence[int | None]) -> Select[Any]:
    """Select the ``id`` and ``number`` of some cases, as far as they are public."""
    return sa.select(CASE.c.id, CASE.c.number).where(CASE.c.id.in_(case_ids))


def cases_of_parcel(parcel_id: int, *, on: date) -> Select[Any]:
    """Select every case of a parcel: open ones first, by deadline, then the latest ended."""
    ended = CASE.c.open_violations == 0
    return (
        _with_stage(on)
        .where(CASE.c.parcel_id == parcel_id)
        .order_by(ended, CASE.c.next_due, CASE.c.opened_on.desc().nulls_last(), CASE.c.id)
    )


def violations_of(case_ids: Sequence[int]) -> Select[Any]:
    """Select the verified violations of some cases, in the order they were entered.

    ``comply_by`` is the day a notice set; ``due_on`` the one that counts, an order's where one
    runs.
    """
    return sa.select(VIOLATION).where(VIOLATION.c.case_id.in_(case_ids)).order_by(VIOLATION.c.id)


def liens_of_parcel(parcel_id: int) -> Select[Any]:
    """Select the liens on a parcel's ground, the latest recorded first.

    Those on it, and those on the parcels it was made of, for a lien binds every part of the ground
    it was recorded on. ``of_parcel`` is the number of such a one, None where it is its own.
    """
    made_of = (
        sa.select(LINEAGE.c.parent_id.label("id"))
        .where(LINEAGE.c.child_id == parcel_id)
        .cte(recursive=True)
    )
    earlier = sa.select(LINEAGE.c.parent_id).join(made_of, made_of.c.id == LINEAGE.c.child_id)
    every = made_of.union(earlier)  # which ends, though lots were cut and joined in a circle
    of_parcel = sa.select(PARCEL.c.parcel_no).where(
        PARCEL.c.id == LIEN.c.parcel_id, PARCEL.c.id != parcel_id
    )
    return (
        _liens()
        .add_columns(of_parcel.scalar_subquery().label("of_parcel"))
        .where(sa.or_(LIEN.c.parcel_id == parcel_id, LIEN.c.parcel_id.in_(sa.select(every.c.id))))
    )


def liens_of_case(case_id: int) -> Select[Any]:
    """Select the liens that came from a case, the latest recorded first."""
    return _liens().where(LIEN.c.case_id == case_id)


def binding_liens(
    *, on: date, bbox: Box | None = None, age: str = "", most: int | None = None, skip: int = 0
) -> Select[Any]:
    """Select the liens that bind now, the latest recorded first, each with its parcel and case.

    Parameters
    ----------
    on
        The town's date.
    bbox
        Only those on parcels in reach of it, or None for everywhere.
    age
        One of `LIEN_AGES`; empty for any.
    most, skip
        A page of the list.
    """
    found = sa.func.published.liens_within(*_edges(bbox), on, age or None, most, skip).table_valued(
        *_BINDING, name="found"
    )
    return sa.select(*(found.c[name] for name in _BINDING[1:])).order_by(found.c.place)


def lien_counts(*, on: date, bbox: Box | None = None) -> Select[Any]:
    """Count the liens that bind now by age: the column ``liens``."""
    counted = sa.func.published.lien_counts_within(*_edges(bbox), on)
    return sa.select(counted.table_valued("age", "liens", name="counted"))


def _with_stage(on: date) -> Select[Any]:
    stage = sa.func.published.stage(CASE.c.phase, CASE.c.next_due, on)
    return sa.select(CASE, stage.label("stage"))


def _liens() -> Select[Any]:
    return sa.select(LIEN).order_by(LIEN.c.recorded_on.desc().nulls_last(), LIEN.c.id)


def _edges(bbox: Box | None) -> tuple[float | None, ...]:
    return bbox or (None, None, None, None)
