"""Say which cases a report counts, and ask for them."""

import dataclasses
from collections.abc import Collection
from datetime import date
from typing import Any

import sqlalchemy as sa

from cases.exempted import EXEMPT, sections_in_force
from cases.models import Case
from geo.layers import ParcelPeriod, Town, Zone
from reports.errors import NothingToReportError


@dataclasses.dataclass(frozen=True, slots=True)
class TownFacts:
    """What a report says of its town.

    Parameters
    ----------
    name, note
        The town's name and a remark that goes wherever its data are shown.
    timezone
        In which the town's days begin and end.
    srid
        EPSG number of the town's own projected system, for distances and areas.
    """

    name: str
    note: str | None
    timezone: str
    srid: int


@dataclasses.dataclass(frozen=True, slots=True)
class Exempt:
    """How many of what a report is about lie in exempt places, and by which sections these are."""

    count: int = 0
    sections: tuple[str, ...] = ()

    def words(self, what: str, *, outside: bool) -> str:
        """Say it, and what it means for the report; nothing where none do."""
        if not self.count:
            return ""
        by = "; ".join(self.sections)
        if outside:
            return f"{self.count:,} {what} left out, exempt under {by}."
        return (
            f"{self.count:,} {what} are exempt under {by}: this is for the office alone, and "
            "--outside leaves them out."
        )


NONE_EXEMPT = Exempt()


@dataclasses.dataclass(frozen=True, slots=True)
class Scope:
    """Which cases are counted.

    Parameters
    ----------
    on
        The day the report speaks of.
    since, until
        First and last day a counted case was opened on; None is unbounded.
    category
        Only this category.
    zone
        Only the officer's zone of this code; a report also takes its name.
    open_only
        Only cases with an open violation.
    outside
        For people outside the office: without what lies in an exempt place.
    """

    on: date
    since: date | None = None
    until: date | None = None
    category: str | None = None
    zone: str | None = None
    open_only: bool = True
    outside: bool = False

    def words(self) -> str:
        """Say the filters as a phrase: "Open cases, opened since 2014-01-01, zone 4"."""
        parts = ["Open cases" if self.open_only else "All verified cases, open or closed"]
        if self.since or self.until:
            since = f" since {self.since}" if self.since else ""
            until = f" until {self.until}" if self.until else ""
            parts.append(f"opened{since}{until}")
        if self.category:
            parts.append(f"category {self.category}")
        if self.zone:
            parts.append(f"zone {self.zone}")
        return ", ".join(parts)


def town_facts(connection: sa.Connection) -> TownFacts:
    """Return what a report says of its town.

    Raises
    ------
    NothingToReportError
        When no town is loaded.
    """
    row = connection.execute(sa.select(Town.name, Town.note, Town.timezone, Town.srid)).first()
    if row is None:
        msg = "No town is loaded yet. Load its parcels with 'lotline import parcels FILE'."
        raise NothingToReportError(msg)
    return TownFacts(*row)


def counted_cases(scope: Scope) -> sa.Select[Any]:
    """Select id, parcel_id, opened_on, lon, lat of the published cases of a scope.

    Only what is verified is published, so a mere allegation heats nothing.
    """
    return (
        sa.select(
            Case.id,
            Case.parcel_id,
            Case.opened_on,
            sa.func.ST_X(Case.point).label("lon"),
            sa.func.ST_Y(Case.point).label("lat"),
        )
        .where(Case.published, *_conditions(scope))
        .order_by(Case.id)
    )


def exempt_cases(connection: sa.Connection, scope: Scope) -> Exempt:
    """Count the cases of a scope that lie in exempt places, told or left out."""
    everywhere = dataclasses.replace(scope, outside=False)
    query = sa.select(sa.func.count()).where(Case.published, EXEMPT, *_conditions(everywhere))
    return Exempt(connection.scalar(query) or 0, sections_in_force(connection))


def _conditions(scope: Scope) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = []
    if scope.open_only:
        conditions.append(Case.open_violations > 0)
    if scope.outside:
        conditions.append(~EXEMPT)
    if scope.since is not None:
        conditions.append(Case.opened_on >= scope.since)
    if scope.until is not None:
        conditions.append(Case.opened_on <= scope.until)
    if scope.category is not None:
        conditions.append(Case.category == scope.category)
    if scope.zone is not None:
        zone_id = sa.select(Zone.id).where(Zone.kind == "officer", Zone.code == scope.zone)
        conditions.append(Case.zone_id == zone_id.scalar_subquery())
    return conditions


def known_addresses(connection: sa.Connection, parcel_ids: Collection[int]) -> dict[int, str]:
    """Find the address each parcel was last known by, as the public map gives it.

    A parcel without any is left out.
    """
    address = sa.func.office.address_of(ParcelPeriod.parcel_id, ParcelPeriod.id)
    query = (
        sa.select(ParcelPeriod.parcel_id, address)
        .where(ParcelPeriod.parcel_id == sa.func.any(list(parcel_ids)))
        .order_by(ParcelPeriod.valid_to.nulls_last())
    )
    # Each parcel's newest period comes last, and the last one stays.
    return {row[0]: row[1] for row in connection.execute(query) if row[1]}
