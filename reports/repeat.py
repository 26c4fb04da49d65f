"""List the parcels that come back: several cases within a few years."""

import dataclasses
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import shapely
import sqlalchemy as sa
from numpy.typing import NDArray

from cases.exempted import sections_in_force
from cases.models import Case
from cases.workflow.violation import ViolationStatus
from reports.caseload import NONE_EXEMPT, Exempt, TownFacts, known_addresses, town_facts
from reports.naming import check_category, zone_code

QUERY = Path(__file__).with_name("repeat.sql")

PLAIN_SENSE = (
    "Repeat is meant in the plain sense: several cases opened on one parcel. It is not a repeat "
    "violation in law, which needs a finding against the same violator."
)

STOOD = (ViolationStatus.OPEN, ViolationStatus.CORRECTED, ViolationStatus.CLOSED)
"""Violations that were verified and neither dropped nor moved to another case."""


@dataclasses.dataclass(frozen=True, slots=True)
class Question:
    """Which parcels count as repeat.

    Parameters
    ----------
    on
        The last day looked at.
    years
        How many years up to and including that day.
    at_least
        How many cases make a parcel repeat.
    zone
        Only cases in the officer's zone of this code or name.
    category
        Only cases of this category.
    outside
        For people outside the office: without exempt places.
    """

    on: date
    years: int
    at_least: int
    zone: str | None = None
    category: str | None = None
    outside: bool = False

    @property
    def after(self) -> date:
        """The day before the first one looked at."""
        return self.before(self.years)

    def before(self, years: int) -> date:
        """Return the day so many years before the last one."""
        year = max(self.on.year - years, date.min.year)
        try:
            return self.on.replace(year=year)
        except ValueError:  # 29 February
            return self.on.replace(year=year, day=28)

    def words(self) -> str:
        """Say the question as a phrase."""
        window = "year" if self.years == 1 else f"{self.years} years"
        parts = [f"{self.at_least} or more cases opened in the {window} up to {self.on}"]
        if self.category:
            parts.append(f"category {self.category}")
        if self.zone:
            parts.append(f"zone {self.zone}")
        return ", ".join(parts)


@dataclasses.dataclass(frozen=True, slots=True)
class RepeatParcel:
    """One parcel of the list.

    Parameters
    ----------
    rank
        By number of cases; equals share a rank, and the ranks after them are skipped.
    cases, open_cases
        Opened in the window; those of them with an open violation now.
    last_year, year_before
        Opened in the last year of the window, and in the one before.
    case_ids, open_ids
        Which they are, by id, the first opened first.
    violations, sections
        Violations in those cases that stood, and how many provisions they cite between them.
    zone
        Code of the officer's zone of the latest case.
    mean_days_between
        Days from the first opening to the last, divided by the steps between.
    lon, lat
        A point on the parcel, in degrees.
    exempt
        Whether the public is told nothing of the place.
    """

    rank: int
    parcel_id: int
    parcel_no: str
    address: str | None
    cases: int
    open_cases: int
    last_year: int
    year_before: int
    case_ids: tuple[int, ...]
    open_ids: tuple[int, ...]
    violations: int
    sections: int
    first_opened: date
    last_opened: date
    mean_days_between: float
    zone: str | None
    lon: float
    lat: float
    exempt: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class RepeatList:
    """Repeat parcels of a town, most cases first.

    Parameters
    ----------
    undated
        Published cases on parcels whose opening day is unknown, so that no window holds them.
    newest
        The day the town's newest case was opened; None where no dated case is loaded.
    outlines
        The parcels' outlines in EPSG:4326, in the order of `parcels`.
    exempt
        How many exempt parcels there are: among them, or left out where it is for outside.
    """

    town: TownFacts
    question: Question
    parcels: tuple[RepeatParcel, ...]
    undated: int
    newest: date | None
    outlines: NDArray[np.object_]
    exempt: Exempt = NONE_EXEMPT

    def words(self) -> str:
        """Say how many there are of what: "39 parcels with 12 or more cases opened ..."."""
        number = len(self.parcels)
        return f"{number:,} parcel{'' if number == 1 else 's'} with {self.question.words()}"


def list_repeat_parcels(connection: sa.Connection, question: Question) -> RepeatList:
    """Find the parcels with several published cases in the window.

    Parameters
    ----------
    connection
        Of the app role.
    question
        Which parcels count.

    Raises
    ------
    NothingToReportError
        When no town is loaded.
    UnknownNameError
        When the question names an unknown zone or category.
    """
    town = town_facts(connection)
    check_category(connection, question.category)
    question = dataclasses.replace(question, zone=zone_code(connection, question.zone))
    every = connection.execute(_ASKED, _bound(question, outside=False)).all()
    rows = every
    if question.outside:  # ranked anew, so that no gap tells of a place
        rows = connection.execute(_ASKED, _bound(question, outside=True)).all()
    addresses = known_addresses(connection, [row.parcel_id for row in rows])
    undated = sa.select(sa.func.count()).where(
        Case.parcel_id.is_not(None), Case.published, Case.opened_on.is_(None)
    )
    return RepeatList(
        town=town,
        question=question,
        parcels=tuple(_parcel(row, addresses.get(row.parcel_id)) for row in rows),
        undated=connection.scalar(undated) or 0,
        newest=connection.scalar(sa.select(sa.func.max(Case.opened_on))),
        outlines=shapely.from_wkb([row.outline for row in rows]),
        exempt=Exempt(sum(row.exempt for row in every), sections_in_force(connection)),
    )


_ASKED = sa.text(QUERY.read_text("utf-8"))


def _bound(question: Question, *, outside: bool) -> dict[str, Any]:
    return {
        "outside": outside,
        "after": question.after,
        "year_before": question.before(1),
        "two_before": question.before(2),
        "until": question.on,
        "at_least": question.at_least,
        "zone": question.zone,
        "category": question.category,
        "stood": list(STOOD),
    }


def _parcel(row: sa.Row[Any], address: str | None) -> RepeatParcel:
    return RepeatParcel(
        rank=row.rank,
        parcel_id=row.parcel_id,
        parcel_no=row.parcel_no,
        address=address,
        cases=row.cases,
        open_cases=row.open_cases,
        last_year=row.last_year,
        year_before=row.year_before,
        case_ids=tuple(row.case_ids),
        open_ids=tuple(row.open_ids),
        violations=row.violations,
        sections=row.sections,
        first_opened=row.first_opened,
        last_opened=row.last_opened,
        mean_days_between=row.mean_days_between,
        zone=row.zone,
        lon=row.lon,
        lat=row.lat,
        exempt=row.exempt,
    )
