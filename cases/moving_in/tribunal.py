"""Write what came of the cases that come in: hearings, orders and how they were sent, liens."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from cases.fines.rules import FineKind
from cases.models import EnforcementOrder, Hearing, HearingSession, Lien
from cases.moving_in.placing import PlacedCase
from cases.moving_in.reading import Row

type Places = Mapping[str, tuple[int, int]]
"""On which sitting, and in which place of its docket, a hearing stands, by its number."""

SEATED = ("docketed", "decided")
_NOT_KEPT = "not_kept"


class Part(Protocol):
    """What writes the rows of one case."""

    violations: dict[str, int]
    kept: dict[tuple[str, str], int]

    def add(self, model: type[Any], **values: Any) -> int:
        """Add a row; gives its identity."""

    def notice(self, row: Row, *, kind: str, about: Sequence[str], says: dict[str, Any]) -> int:
        """Add a notice; gives its identity."""


def sittings(connection: sa.Connection, placed: Sequence[PlacedCase]) -> dict[str, tuple[int, int]]:
    """Enter the sittings that hearings name and give each hearing a place behind those there."""
    seated = [
        row for each in placed for row in each.case.parts["hearings"] if row["status"] in SEATED
    ]
    needed = Counter((row["body"], row["held_on"]) for row in seated)
    if not needed:
        return {}
    values = [
        {"body": body, "held_on": held_on, "capacity": count}
        for (body, held_on), count in needed.items()
    ]
    connection.execute(insert(HearingSession).on_conflict_do_nothing(), values)
    last = (
        sa.select(sa.func.coalesce(sa.func.max(Hearing.docket_place), 0))
        .where(Hearing.session_id == HearingSession.id)
        .scalar_subquery()
    )
    there = {
        (row.body, row.held_on): row
        for row in connection.execute(sa.select(HearingSession.__table__, last.label("last")))
    }
    taken: dict[int, int] = defaultdict(int)
    places = {}
    for row in seated:
        session = there[row["body"], row["held_on"]]
        taken[session.id] += 1
        places[row["hearing_no"]] = (session.id, session.last + taken[session.id])
    _make_room(connection, places)
    return places


def _make_room(connection: sa.Connection, places: Places) -> None:
    needed: dict[int, int] = {}
    for session_id, place in places.values():
        needed[session_id] = max(place, needed.get(session_id, 0))
    for session_id, most in sorted(needed.items()):
        connection.execute(
            sa.update(HearingSession)
            .where(HearingSession.id == session_id, HearingSession.capacity < most)
            .values(capacity=most)
        )


def tribunal(each: PlacedCase, part: Part, *, places: Places, run_id: int, system: str) -> None:
    """Write the hearings, the notices, the orders and the liens of a case."""
    hearings = {
        row["hearing_no"]: _hearing(row, part, places=places, system=system)
        for row in each.case.parts["hearings"]
    }
    sent = dict(_notices(each, part))
    orders = {
        row["order_no"]: part.add(
            EnforcementOrder, number=row["order_no"], hearing_id=hearings[row["hearing_no"]],
            violation_id=part.violations[row["violation_no"]], status=row["status"],
            kind=FineKind.FIRST, executed_on=row["executed_on"], comply_by=row["comply_by"],
            cents_per_day=row["per_day"], total_cap_cents=row["cap"],
            notice_id=sent.get(row["order_no"]), affidavit_on=row["affidavit_on"],
            certified_on=row["certified_on"], complied_on=row["complied_on"],
            complied_known_on=row["complied_on"],
        )
        for row in each.case.parts["orders"]
    }  # fmt: skip
    for row in each.case.parts["liens"]:
        _lien(row, each, part, orders=orders, run_id=run_id)


def _hearing(row: Row, part: Part, *, places: Places, system: str) -> int:
    decided = row["status"] == "decided"
    session_id, place = places.get(row["hearing_no"], (None, None))
    return part.add(
        Hearing, citation_id=part.kept.get(("citations", row["citation_no"])),
        about="citation" if row["citation_no"] else "violation", status=row["status"],
        requested_by=system, session_id=session_id, docket_place=place,
        members_sitting=1 if decided else None, sworn=decided,
        findings=(row["findings"] or f"Kept in {system}") if decided else None,
        outcome=row["outcome"] if decided else None, appeared=_NOT_KEPT if decided else None,
        minutes=f"Kept in {system}" if decided else None,
    )  # fmt: skip


def _notices(each: PlacedCase, part: Part) -> Iterator[tuple[str, int]]:
    """Write the notices, and say which of them brings which order."""
    about_order = {row["order_no"]: row for row in each.case.parts["orders"]}
    for row in each.case.parts["notices"]:
        ordered = about_order.get(row["order_no"])
        about = [ordered["violation_no"]] if ordered else list(part.violations)
        says = {"number": row["order_no"]} if ordered else {}
        notice_id = part.notice(row, kind=row["kind"], about=about, says=says)
        if ordered:
            yield row["order_no"], notice_id


_ENDS = {"released": "released_on", "satisfied": "satisfied_on", "expired": "expired_on"}


def _lien(
    row: Row, each: PlacedCase, part: Part, *, orders: Mapping[str, int], run_id: int
) -> None:
    ended = dict.fromkeys(_ENDS.values())
    if row["status"] in _ENDS:
        ended[_ENDS[row["status"]]] = row["ended_on"]
    part.add(
        Lien, parcel_id=each.tie.tie.parcel_id, instrument_no=row["instrument_no"],
        book=row["book"], page=row["page"], recorded_on=row["recorded_on"],
        amount_cents=row["amount"], status=row["status"], content_sha=each.sha,
        order_id=orders.get(row["order_no"]), import_run_id=run_id, source_row=row["line"], **ended,
    )  # fmt: skip
