"""Gather an officer's day, each stop with all needed on arrival, by a fixed number of looks.

What a phone is given is enough to work without a signal until the evening. Who made a complaint is
never in it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

import sqlalchemy as sa

from cases.adopted import adopted_law
from cases.checklists import lines_for
from cases.field import gathering, hazards, records
from cases.field.choosing import to_visit
from cases.field.looking import checklist
from cases.field.noting import done_at
from cases.field.offering import cite_offer, postings, resident_over, results_of
from cases.field.ordering import Place, as_planned, nearest_first
from cases.field.purposes import Purpose, purpose_of
from cases.field.stops import Why, places_seen
from cases.field.visited import been_to, visited
from cases.field.warning import WARNED, warn_offer, warns
from cases.handings import came_lately
from cases.lawpack.schema import LawPack
from cases.owners.bodies import is_body
from cases.permits import permits_of
from cases.phases import Phase
from cases.stages import stage
from cases.story import told
from cases.workflow.notice import NoticeStatus
from cases.workflow.violation import ViolationStatus

MOST_EVENTS = 6
"""Lines of a case's own story, and of other cases of its parcel, that are read on arrival."""

type Row = sa.Row[Any]
type Grouped = Mapping[int, Sequence[Row]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """An officer's day as a phone is given it.

    Attributes
    ----------
    stops
        In the order to drive them; JSON.
    waiting
        How many more wait that are not among them.
    order
        ``plan`` where the plan in force names any of them and so gave the order, else ``nearest``.
    """

    stops: list[dict[str, Any]]
    waiting: int
    order: str


def day_of(
    connection: sa.Connection,
    officer: str,
    *,
    on: date,
    zone: tzinfo,
    plan: Sequence[str] = (),
) -> Day:
    """Gather the day of an officer.

    Parameters
    ----------
    officer
        By name.
    on, zone
        The day in the town's calendar, and its time zone.
    plan
        What the day's plan visits, in its order: ``case-7``, ``complaint-12``; empty for none.
        All of it is part of the day, whoever has it.
    """
    cases, complaints, waiting = to_visit(connection, officer, on=on, zone=zone, plan=plan)
    about = _About.gather(connection, cases, complaints, officer=officer, on=on, zone=zone)
    stops = {f"case-{each.id}": about.case_stop(each, zone=zone) for each in cases}
    stops |= {f"complaint-{each.id}": about.complaint_stop(each) for each in complaints}
    order = nearest_first(
        Place(
            key=key, spot=stop["spot"], why=Why(stop["why"]), lon=stop["lon"], lat=stop["lat"]
        )
        for key, stop in stops.items()
    )  # fmt: skip
    planned = [each for each in plan if each in stops]
    spots = {key: stop["spot"] for key, stop in stops.items()}
    return Day(
        stops=[{"key": key, **stops[str(key)]} for key in as_planned(order, planned, spots=spots)],
        waiting=waiting,
        order="plan" if planned else "nearest",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """How many places of an officer's day are left, and how many are visited.

    Attributes
    ----------
    left
        Also those visited where somebody waits at an hour that is still to be kept.
    """

    left: int
    visited: int


def stops_today(connection: sa.Connection, officer: str, *, on: date, zone: tzinfo) -> Places:
    """Count the places of an officer's day, as `day_of` would give them, and those seen of it."""
    cases, complaints, _ = to_visit(connection, officer, on=on, zone=zone)
    been = been_to(connection, [each.id for each in cases], officer, on=on)
    left = {each.spot for each in cases if each.id not in been or each.inspection}
    left |= {each.spot for each in complaints}
    seen = set(connection.scalars(places_seen(officer, on=on)))
    return Places(left=len(left), visited=len((seen | {each.spot for each in cases}) - left))


@dataclass(frozen=True, slots=True, kw_only=True)
class _About:
    """What is known of the stops' cases, by case, and of their parcels, by parcel."""

    on: date
    laws: Mapping[int, LawPack]
    violations: Grouped
    respondents: Grouped
    cited: Grouped
    unserved: Grouped
    unserved_notices: Grouped
    warnings: Grouped
    events: Grouped
    handed: Mapping[int, Row]
    notes: Grouped
    parcels: Mapping[int, Row]
    others: Grouped
    liens: Grouped
    permits: Grouped
    hazards: Grouped
    visited: Mapping[int, dict[str, Any]]

    @classmethod
    def gather(
        cls,
        connection: sa.Connection,
        cases: list[Row],
        complaints: list[Row],
        *,
        officer: str,
        on: date,
        zone: tzinfo,
    ) -> "_About":
        """Look everything up, each kind for all the stops at once."""
        ids = [each.id for each in cases]
        stops = [*cases, *complaints]
        parcels = sorted({each.parcel_id for each in stops if each.parcel_id is not None})
        laws = {each.law_pack_id for each in stops if each.law_pack_id is not None}

        def by(key: str, query: sa.Select[Any]) -> Grouped:
            return _grouped(_all(connection, query), key)

        return cls(
            on=on,
            laws={each: adopted_law(connection, each) for each in sorted(laws)},
            violations=by("case_id", gathering.violations(ids)),
            respondents=by("case_id", gathering.respondents(ids)),
            cited=by("violation_id", gathering.running_citations(ids)),
            unserved=by("case_id", gathering.unserved_citations(ids)),
            unserved_notices=by("case_id", gathering.unserved_notices(ids)),
            warnings=by("violation_id", gathering.warnings(ids)),
            events=by("case_id", gathering.last_events(ids, most=MOST_EVENTS)),
            handed={
                each.case_id: each for each in _all(connection, came_lately(ids, officer, on=on))
            },
            notes=by("case_id", records.notes_of(ids)),
            parcels={each.id: each for each in _all(connection, gathering.parcels(parcels))},
            others=by("parcel_id", gathering.cases_of_parcels(parcels, most=MOST_EVENTS)),
            liens=by("parcel_id", gathering.liens(parcels)),
            permits=by("parcel_id", permits_of(parcels, on=on)),
            hazards=by("parcel_id", hazards.standing(parcels, on=on)),
            visited=visited(connection, ids, officer, on=on, zone=zone),
        )

    def case_stop(self, row: Row, *, zone: tzinfo) -> dict[str, Any]:
        """Put a case to visit as the phone is given it."""
        law = self.laws.get(row.law_pack_id)
        events = self.events.get(row.id, ())
        stands = stage(Phase(row.phase), row.next_due, on=self.on)
        return {
            **self._place(row),
            "case": row.id,
            "complaint": None,
            "why": row.why,
            "purpose": purpose_of(
                Phase(row.phase),
                [ViolationStatus(each.status) for each in self.violations.get(row.id, ())],
                stage=stands,
                unserved=bool(self.unserved.get(row.id)),
                to_warn=warns(law) and row.next_due is None and not self._is_warned(row.id),
            ),
            "stage": stands,
            "handed": _handed(self.handed.get(row.id)),
            "visited": self.visited.get(row.id),
            "due": _iso(row.next_due),
            "basis": max((each.seq for each in events), default=0),
            "appointment": row.inspection
            and {
                "id": row.inspection,
                "at": row.booked_for.astimezone(zone).isoformat(),
                "confirmed": row.appointment == "confirmed",
            },
            "violations": [self._violation(each, law) for each in self.violations.get(row.id, ())],
            "respondents": [
                {
                    "id": each.id,
                    "name": each.name,
                    "kind": each.kind,
                    "address": each.address,
                    "body": is_body(each.name),
                }
                for each in self.respondents.get(row.id, ())
            ],
            "resident_over": resident_over(law),
            "citations": [
                {
                    "number": each.number,
                    "to": each.recipient,
                    "cents": each.penalty_cents,
                    "body": is_body(each.recipient or ""),
                }
                for each in self.unserved.get(row.id, ())
            ],
            "postings": postings(self.unserved_notices.get(row.id, ()), law),
            "story": [_line(each) for each in told(events, law=law, zone=zone)],
            "notes": [_note(each) for each in self.notes.get(row.id, ())],
            "checklist": checklist(law, row.category, on=self.on),
            "lines": lines_for(row.category),
            "others": self._others(row.parcel_id, but=row.id),
        }

    def complaint_stop(self, row: Row) -> dict[str, Any]:
        """Put a complaint to look into as the phone is given it."""
        law = self.laws[row.law_pack_id]
        return {
            **self._place(row),
            "case": None,
            "complaint": row.id,
            "why": Why.NEW,
            "purpose": Purpose.REPORTED,
            "stage": None,
            "handed": None,
            "visited": None,
            "due": _iso(row.respond_by),
            "basis": 0,
            "appointment": None,
            "said": row.description,
            "received": _iso(row.received_on),
            "needs_belief": row.may_open is False,
            "threats": [str(each) for each in law.intake.anonymous_unless],
            "violations": [],
            "respondents": [],
            "citations": [],
            "postings": [],
            "story": [],
            "notes": [],
            "checklist": checklist(law, row.category, on=self.on),
            "lines": lines_for(row.category),
            "others": self._others(row.parcel_id),
        }

    def _is_warned(self, case_id: int) -> bool:
        return any(
            warning.status in WARNED
            for each in self.violations.get(case_id, ())
            for warning in self.warnings.get(each.id, ())
        )

    def _place(self, row: Row) -> dict[str, Any]:
        parcel = self.parcels.get(row.parcel_id)
        return {
            "number": row.number,
            "spot": row.spot,
            "category": row.category,
            "priority": row.priority,
            "address": row.address or (parcel and parcel.parcel_no) or row.number,
            "lon": row.lon,
            "lat": row.lat,
            "parcel": row.parcel_id,
            "parcel_no": parcel and parcel.parcel_no,
            "land_use": parcel and parcel.land_use,
            "outline": parcel and parcel.outline,
            "owners": list(parcel.owners or ()) if parcel else [],
            "hazards": [
                {
                    "id": each.id, "kind": each.kind, "note": each.note, "by": each.flagged_by,
                    "on": each.flagged_at.date().isoformat(), "until": _iso(each.until),
                }
                for each in self.hazards.get(row.parcel_id, ())
            ],
            "permits": [
                {
                    "number": each.number, "kind": each.kind, "status": each.status,
                    "issued": _iso(each.issued_on), "expires": _iso(each.expires_on),
                    "what": each.description, "open": each.is_open,
                }
                for each in self.permits.get(row.parcel_id, ())[:MOST_EVENTS]
            ],
            "liens": [
                {"instrument": each.instrument_no, "cents": each.amount_cents}
                for each in self.liens.get(row.parcel_id, ())
            ],
        }  # fmt: skip

    def _others(self, parcel_id: int | None, *, but: int | None = None) -> list[dict[str, Any]]:
        """Tell of the other cases of a parcel, the latest first."""
        return [
            {
                "number": each.number, "category": each.category,
                "stage": stage(Phase(each.phase), each.next_due, on=self.on),
                "opened": _iso(each.opened_on), "closed": _iso(each.closed_on),
            }
            for each in (self.others.get(parcel_id, ()) if parcel_id else ())
            if each.id != but
        ]  # fmt: skip

    def _violation(self, row: Row, law: LawPack | None) -> dict[str, Any]:
        without = law.without if law else ()
        warnings = self.warnings.get(row.id, ())
        return {
            "id": row.id,
            "section": row.section or row.citation,
            "title": row.title or row.citation,
            "status": row.status,
            "found": _iso(row.found_on),
            "due": _iso(row.comply_by),
            "may": results_of(row.status, without=without),
            "cite": cite_offer(
                row, law, warned=any(each.status == NoticeStatus.SERVED for each in warnings),
                running=bool(self.cited.get(row.id)), on=self.on,
            ),
            "warn": warn_offer(
                row, law, told={each.respondent_id for each in warnings}, on=self.on
            ),
        }  # fmt: skip


def _line(line: Any) -> dict[str, Any]:
    return {"on": _iso(line.on), "text": line.text}


def _handed(row: Row | None) -> dict[str, Any] | None:
    return row and {
        "by": row.actor, "on": _iso(row.on), "zone": row.zone, "file": row.file_name,
        "before": row.before,
    }  # fmt: skip


def _note(row: Row) -> dict[str, Any]:
    said = row.told["payload"]
    return {
        "on": done_at(row.told)[:10], "by": row.officer, "kind": row.kind,
        "text": said.get("note") or said.get("reason") or said.get("result") or "",
        "why": row.reason,
    }  # fmt: skip


def _all(connection: sa.Connection, query: sa.Select[Any]) -> list[Row]:
    return list(connection.execute(query))


def _grouped(rows: Iterable[Row], key: str) -> Grouped:
    found: dict[int, list[Row]] = defaultdict(list)
    for each in rows:
        found[getattr(each, key)].append(each)
    return found


def _iso(value: date | datetime | None) -> str | None:
    return value.isoformat() if value else None
