"""Put what an officer told in the field into the history where it is kept as a note."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.history import CASES, COMPLAINTS, Deed, append
from cases.models import FieldDeed, Respondent, Violation

EVENT = "field_noted"
_UNTOLD = frozenset({
    "at", "seen_at", "spot", "inspection", "violation", "found", "respondent", "line",
    "id", "notice", "parcel", "lift", "close", "belief", "kind", "excused",
})  # fmt: skip
"""What of a deed says nothing to a reader: identities, and the moment, which is told apart."""


def note(
    connection: sa.Connection, deed: sa.Row[Any], *, reason: str, actor: Actor, moment: Moment
) -> bool:
    """Write a deed that was not taken into the history of its case; gives whether there was one.

    It is written whatever became of the case since, for nothing that an officer told may be lost:
    a case that is closed or void keeps it too. What has no case yet goes to its complaint.

    Parameters
    ----------
    deed
        As `cases.field.records.of_officer` gives it.
    reason
        Why it is kept as a note, in the officer's words.
    """
    told: Mapping[str, Any] = deed.told
    details = {
        "field_deed": deed.kind, "done_at": done_at(told),
        "field_told": said(told["payload"]) | _named(connection, told), "reason": reason,
    }  # fmt: skip
    for about, chain in ((deed.case_id, CASES), (deed.complaint_id, COMPLAINTS)):
        if about is not None:
            happened = Deed(about, EVENT, moment.now.date(), details)
            append(connection, [happened], actor=actor.name, recorded_at=moment.now, chain=chain)
            return True
    return False


def done_at(told: Mapping[str, Any]) -> str:
    """Return the moment a deed was done, however often and however late it was told."""
    payload = told["payload"]
    first = payload.get("at") or payload.get("seen_at") or told.get("done_at") or told["made_at"]
    try:
        moment = datetime.fromisoformat(str(first))
    except ValueError:
        moment = datetime.fromisoformat(told["made_at"])
    return moment.astimezone(UTC).isoformat(timespec="minutes")


def said(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a payload says to a reader of the history, by the name of each fact.

    What failed of a visit's items is told by their names; what nobody filled in is left out, but
    not what was left unsworn or untold.
    """
    found: dict[str, Any] = {
        name: value if isinstance(value, bool | int) else str(value)
        for name, value in payload.items()
        if name not in _UNTOLD and isinstance(value, bool | int | str) and value != ""
    }
    places = payload.get("places")
    if isinstance(places, list):
        found |= {"places": [str(each) for each in places]}
    items = payload.get("findings")
    if isinstance(items, list):
        failed = [str(each["item"]) for each in items if _failed(each)]
        found |= {"seen_broken": failed} if failed else {}
    return found


def _failed(item: Any) -> bool:
    return isinstance(item, dict) and not item.get("passed", True) and "item" in item


def _named(connection: sa.Connection, told: Mapping[str, Any]) -> dict[str, Any]:
    """Name whom and what a deed is about that tells it by identities alone."""
    payload = told["payload"]
    whom = sa.select(Respondent.name).where(Respondent.id.in_(_ids(payload, "respondent")))
    facts = {
        "addressee": connection.scalar(whom),
        "sections": [*_recorded(connection, payload), *_found(connection, told)],
    }
    return {name: value for name, value in facts.items() if value}


def _recorded(connection: sa.Connection, payload: Mapping[str, Any]) -> Sequence[str | None]:
    """Return the sections of the violations on record that a deed names."""
    known = Violation.id.in_(_ids(payload, "violation", "violations"))
    query = sa.select(Violation.section).where(known, Violation.section.is_not(None))
    return connection.scalars(query.order_by(Violation.id)).all()


def _found(connection: sa.Connection, told: Mapping[str, Any]) -> list[str]:
    """Return the sections of what a deed names as found on its visit, taken or not."""
    named = {each for each in _values(told["payload"], "found") if isinstance(each, str)}
    if not named or told["visit"] is None:
        return []
    findings: Any = FieldDeed.told["payload"]["findings"]
    items = connection.scalar(sa.select(findings).where(FieldDeed.id == told["visit"]))
    return [
        str(each["section"])
        for each in (items if isinstance(items, list) else ())
        if isinstance(each, dict) and each.get("id") in named and "section" in each
    ]


def _ids(payload: Mapping[str, Any], *names: str) -> list[int]:
    """Return the identities that a payload tells, which nobody may have understood."""
    return [each for each in _values(payload, *names) if type(each) is int and 0 < each < 2**31]


def _values(payload: Mapping[str, Any], *names: str) -> list[Any]:
    found: list[Any] = []
    for name in names:
        value = payload.get(name)
        found += value if isinstance(value, list) else [value]
    return found
