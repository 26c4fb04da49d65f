"""Gather a file's violations into the cases and complaints they belong to."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from itertools import count
from typing import Any

import pandas as pd

from cases.importing.reading import STAGES, USUAL_PRIORITY
from cases.phases import ENDED, ImportedStage, Phase
from cases.workflow.complaint import ComplaintStatus
from cases.workflow.violation import ViolationStatus
from geo.loading.rows import Rows

_FARTHEST = tuple(ImportedStage)
_ONE_PER_CASE = ("parcel_no", "address")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivingViolation:
    """One row: a violation; `number` tells it from the others of its case."""

    row: int
    number: str
    citation: str
    found_on: date | None
    comply_by: date | None
    status: ViolationStatus
    source_status: str | None
    severity: str | None
    respondent_name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivingComplaint:
    """A complaint that led to a case."""

    row: int
    number: str
    channel: str | None
    received_on: date | None
    closed_on: date | None
    status: ComplaintStatus
    source_status: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivingCase:
    """A case as the rows that name it tell of it; `point` is lon, lat in EPSG:4326."""

    row: int
    number: str
    category: str
    priority: int
    opened_on: date | None
    closed_on: date | None
    imported_stage: ImportedStage | None
    parcel_no: str | None
    address: str | None
    point: tuple[float, float] | None
    violations: tuple[ArrivingViolation, ...]
    complaints: tuple[ArrivingComplaint, ...]

    @property
    def rows(self) -> list[int]:
        """The rows of the file that tell of this case."""
        return [violation.row for violation in self.violations]

    def fingerprint(self) -> bytes:
        """Hash all that the file says of the case, but not where in the file it stands."""
        told = hashlib.sha256()
        for part in (self, *self.violations, *self.complaints):
            told.update(repr(_content(part)).encode())
        return told.digest()


def gather(
    rows: Rows,
    values: pd.DataFrame,
    *,
    points: Mapping[int, tuple[float, float]],
    complaints: Mapping[str, str],
) -> list[ArrivingCase]:
    """Gather rows into cases, in the order in which the file first names them.

    A case takes the category of its first row; its violations may be of several.

    Rejects ``two_places`` (a row that puts a case elsewhere than its first row does),
    ``repeated_violation`` and ``complaint_of_two_cases``.

    Parameters
    ----------
    values
        As `cases.importing.reading.read_values` returns them.
    points
        Longitude and latitude by row, for the rows that have them.
    complaints
        The case each complaint on record belongs to.
    """
    values = _consistent(rows, values, complaints=complaints)
    by_case: dict[str, list[Any]] = defaultdict(list)
    for row in values.itertuples():
        by_case[str(row.case_no)].append(row)
    return [_case(told, points=points) for told in by_case.values()]


def _consistent(rows: Rows, values: pd.DataFrame, *, complaints: Mapping[str, str]) -> pd.DataFrame:
    said = values[list(_ONE_PER_CASE)]
    first = values.groupby("case_no", sort=False)[list(_ONE_PER_CASE)].transform("first")
    differ = (said.notna() & (said != first)).any(axis=1)
    rows.reject(
        differ.to_numpy(),
        code="two_places",
        reason="an earlier row gives its case another parcel or address",
    )
    values = values[~differ]
    numbered = values["violation_no"].notna()
    again = numbered & values.duplicated(["case_no", "violation_no"])
    rows.reject(
        again.to_numpy(), code="repeated_violation", reason="its case has this violation_no already"
    )
    values = values[~again]
    elsewhere = values.groupby("complaint_no")["case_no"].transform("first")
    owner = values["complaint_no"].map(complaints).astype(object)
    owner = owner.where(owner.notna(), elsewhere)
    shared = values["complaint_no"].notna() & (owner != values["case_no"])
    rows.reject(
        shared.to_numpy(),
        code="complaint_of_two_cases",
        reason="its complaint already belongs to another case",
    )
    return values[~shared]


def _case(told: Sequence[Any], *, points: Mapping[int, tuple[float, float]]) -> ArrivingCase:
    violations = tuple(_violations(told))
    complaints: dict[str, Any] = {}
    for row in told:
        if row.complaint_no:
            complaints.setdefault(row.complaint_no, row)
    words = {row.case_word for row in told} - {None}
    is_open = any(violation.status is ViolationStatus.OPEN for violation in violations)
    ended = [row.complaint_closed_on for row in told if row.complaint_closed_on]
    return ArrivingCase(
        row=told[0].Index,
        number=told[0].case_no,
        category=told[0].category,
        priority=min((row.priority for row in told if row.priority), default=USUAL_PRIORITY),
        opened_on=_opened_on(told),
        closed_on=None if is_open else max(ended, default=None),
        imported_stage=_farthest([row.stage for row in told], words),
        parcel_no=_first(told, "parcel_no"),
        address=_first(told, "address"),
        point=next((points[row.Index] for row in told if row.Index in points), None),
        violations=violations,
        complaints=tuple(_complaint(row) for row in complaints.values()),
    )


def _first(told: Sequence[Any], name: str) -> str | None:
    return next((text for row in told if (text := getattr(row, name)) is not None), None)


def _violations(told: Sequence[Any]) -> Iterable[ArrivingViolation]:
    given = {row.violation_no for row in told}
    free = (number for number in map(str, count(1)) if number not in given)
    for row in told:
        yield ArrivingViolation(
            row=row.Index,
            number=row.violation_no or next(free),
            citation=row.citation,
            found_on=row.found_on,
            comply_by=row.comply_by,
            status=row.status,
            source_status=row.source_status,
            severity=row.severity,
            respondent_name=row.owner_name,
        )


def _complaint(row: Any) -> ArrivingComplaint:
    closed = row.complaint_closed_on is not None or row.case_word in ENDED
    return ArrivingComplaint(
        row=row.Index,
        number=row.complaint_no,
        channel=row.complaint_channel,
        received_on=row.complaint_received_on,
        closed_on=row.complaint_closed_on,
        status=ComplaintStatus.CLOSED if closed else ComplaintStatus.ACCEPTED,
        source_status=row.case_source_status,
    )


def _opened_on(told: Sequence[Any]) -> date | None:
    """Take the day the file says, else the first complaint's, else the first finding's."""
    for name in ("opened_on", "complaint_received_on", "found_on"):
        days: list[date] = [day for row in told if (day := getattr(row, name)) is not None]
        if days:
            return min(days)
    return None


def _farthest(stages: Sequence[ImportedStage | None], words: set[Phase]) -> ImportedStage | None:
    said = {stage for stage in stages if stage is not None}
    said |= {STAGES[word] for word in words if word in STAGES}
    return max(said, key=_FARTHEST.index, default=None)


def _content(part: object) -> tuple[object, ...]:
    return tuple(
        getattr(part, field.name)
        for field in fields(part)  # type: ignore[arg-type]
        if field.name not in ("row", "violations", "complaints")
    )
