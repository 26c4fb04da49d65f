"""Find what is due of each kind, with its first and its last day, before it is told where it is."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

import sqlalchemy as sa

from cases.business_days import DAY
from cases.notices import attempt_of
from cases.visiting import asking
from cases.visiting.kinds import Because, Kind
from cases.visiting.laws import Laws
from cases.visiting.serving import errand
from cases.visiting.settings import AGAIN, GOAL, PHOTOS, Settings
from cases.visiting.values import Due, Window

GRACE = timedelta(minutes=15)
"""How much later than at its hour an appointment may begin: somebody waits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Something that is due, as `cases.visiting.values.ToVisit` tells it, but for where it is."""

    kind: Kind
    subject_id: int
    case_id: int | None = None
    complaint_id: int | None = None
    not_before: date | None = None
    due: Due | None = None
    window: Window | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked: which days, by which laws, with which settings.

    Parameters
    ----------
    first, last
        The days planned for, both counted.
    zone
        The town's time zone.
    """

    first: date
    last: date
    zone: tzinfo
    laws: Laws
    settings: Settings

    def again(self, deadline: date | None, looked_on: date | None) -> date | None:
        """Return from when a place is looked at: after its deadline, and a while after a look."""
        over = deadline + DAY if deadline else None
        if looked_on is None or (deadline is not None and looked_on <= deadline):
            return over
        return looked_on + DAY * self.settings.of(AGAIN)

    def goal(self, from_day: date, *, source: str = "") -> Due:
        """Return by when a place is looked at that may be from a day on."""
        return self.laws.goal(from_day - DAY, days=self.settings.of(GOAL), source=source)


type Finder = Callable[[sa.Connection, Asked], Iterator[Found]]


def _appointments(connection: sa.Connection, asked: Asked) -> Iterator[Found]:
    """Find appointments, those to come with their hour; also of later days (see `due`)."""
    for row in connection.execute(asking.appointments()):
        promised = Due(by=row.on, because=Because.PROMISED)
        if row.on < asked.first:
            yield Found(
                kind=Kind.MISSED_APPOINTMENT, subject_id=row.id, case_id=row.case_id, due=promised
            )
            continue
        at: datetime = row.booked_for.astimezone(asked.zone)
        yield Found(
            kind=Kind.APPOINTMENT, subject_id=row.id, case_id=row.case_id, not_before=row.on,
            due=promised, window=Window(at, at + GRACE),
        )  # fmt: skip


def _orders(connection: sa.Connection, asked: Asked) -> Iterator[Found]:
    for row in connection.execute(asking.orders(last=asked.last)):
        source = asked.laws.on_affidavits(row.law_pack_id)
        yield _after(asked, row, Kind.ORDER, subject_id=row.id, source=source)


def _agreements(connection: sa.Connection, asked: Asked) -> Iterator[Found]:
    for row in connection.execute(asking.agreements(last=asked.last)):
        yield _after(asked, row, Kind.AGREEMENT, subject_id=row.id)


def _reinspections(connection: sa.Connection, asked: Asked) -> Iterator[Found]:
    for row in connection.execute(asking.past_deadlines(last=asked.last)):
        yield _after(asked, row, Kind.REINSPECTION, subject_id=row.case_id)


def _after(
    asked: Asked, row: Any, kind: Kind, *, subject_id: int, source: str = ""
) -> Found:  # fmt: skip
    """Tell of a look after a deadline, which is nobody's before that day is over."""
    opens = asked.again(row.deadline, row.looked_on)
    return Found(
        kind=kind, subject_id=subject_id, case_id=row.case_id, not_before=opens,
        due=asked.goal(opens, source=source) if opens else None,
    )  # fmt: skip


def _first_looks(connection: sa.Connection, asked: Asked) -> Iterator[Found]:
    for row in connection.execute(asking.unseen()):
        due = _responds(row) or asked.laws.response(
            row.law_pack_id, category=row.category, opened_on=row.opened_on
        )
        yield Found(
            kind=Kind.FIRST_INSPECTION, subject_id=row.case_id, case_id=row.case_id, due=due
        )


def _complaints(connection: sa.Connection, _asked: Asked) -> Iterator[Found]:
    for row in connection.execute(asking.reported()):
        yield Found(
            kind=Kind.FIRST_INSPECTION, subject_id=row.complaint_id,
            complaint_id=row.complaint_id, due=_responds(row),
        )  # fmt: skip


def _responds(row: Any) -> Due | None:
    if row.respond_by is None:
        return None
    return Due(by=row.respond_by, because=Because.RESPONSE, source=row.because or "")


def _photos(connection: sa.Connection, asked: Asked) -> Iterator[Found]:
    """Find hearings to come for which nobody has looked lately."""
    lately = DAY * asked.settings.of(PHOTOS)
    rows = connection.execute(asking.to_be_heard(first=asked.first, last=asked.last + lately))
    for row in rows:
        opens = row.held_on - lately
        if row.looked_on is None or row.looked_on < opens:
            due = Due(by=asked.laws.day_before(row.held_on), because=Because.HEARING)
            yield Found(
                kind=Kind.HEARING_PHOTOS, subject_id=row.id, case_id=row.case_id,
                not_before=opens, due=due,
            )  # fmt: skip


def _notices(connection: sa.Connection, asked: Asked) -> Iterator[Found]:
    for row in connection.execute(asking.unserved(on=asked.first)):
        rules = asked.laws.service(row.law_pack_id, row.kind)
        if rules is None:
            continue
        bring = errand(
            row.kind, [attempt_of(each) for each in row.attempts or ()], rules=rules,
            on=asked.first, last=asked.last, needed_by=row.held_on and row.held_on - DAY,
        )  # fmt: skip
        if bring is not None:
            due = None
            if bring.by is not None:
                due = Due(by=bring.by, because=Because.SERVICE, source=bring.source)
            yield Found(
                kind=bring.kind, subject_id=row.id, case_id=row.case_id,
                not_before=bring.not_before, due=due,
            )  # fmt: skip


FINDERS: Mapping[str, Finder] = {
    "appointments": _appointments,
    "orders": _orders,
    "agreements": _agreements,
    "reinspections": _reinspections,
    "first_looks": _first_looks,
    "complaints": _complaints,
    "photos": _photos,
    "notices": _notices,
}
"""How each kind is found, one statement each."""
