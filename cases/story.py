"""Tell a case's life in plain words, one line a deed, with the law it rests on."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy import Select

from cases.adopted import law_over
from cases.history import CASES, COMPLAINTS
from cases.lawpack.resting import rests_on
from cases.lawpack.schema import LawPack
from cases.models import Case, CaseEvent, Complaint, ComplaintEvent
from cases.money import write_cents
from cases.sentences import (
    ALSO,
    FACTS,
    LAW_IN_DETAILS,
    PHOTO_ADDED,
    SENTENCES,
    TOLD_WITH_ANOTHER,
    UNTITLED,
    WORDS,
)
from cases.wording import day_in_words
from cases.workflow.registry import STEPS
from geo.layers import Town

_STEPS = {step.event: step for step in STEPS.values()}


@dataclass(frozen=True, slots=True)
class Line:
    """One deed of a case in words.

    Parameters
    ----------
    source
        The law it rests on; "" for none.
    actor
        Who did it.
    at
        When it was written down, by the town's clock.
    """

    on: date | None
    sentences: tuple[str, ...]
    source: str
    actor: str
    at: datetime

    @property
    def text(self) -> str:
        """The whole line."""
        law = f" [{self.source}]" if self.source else ""
        return f"{' '.join(self.sentences)}{law} - {self.actor}"


class _Known(dict[str, Any]):
    """Details as words; what an older event did not keep reads as such."""

    def __missing__(self, key: str) -> str:
        return "not kept"


def events_of(case_id: int) -> Select[Any]:
    """Select a case's events in the order they were written."""
    query = sa.select(CaseEvent.__table__).where(CaseEvent.case_id == case_id)
    return query.order_by(CaseEvent.seq)


def events_of_complaint(complaint_id: int) -> Select[Any]:
    """Select a complaint's events in the order they were written."""
    query = sa.select(ComplaintEvent.__table__).where(ComplaintEvent.complaint_id == complaint_id)
    return query.order_by(ComplaintEvent.seq)


def complaints_of(case_id: int) -> Select[str, str | None, date | None, str]:
    """Select the complaints that feed a case, the first received first; never who made them.

    Columns: ``number``, ``channel``, ``received_on``, ``status``.
    """
    said = (Complaint.number, Complaint.channel, Complaint.received_on, Complaint.status)
    query = sa.select(*said).where(Complaint.case_id == case_id)
    return query.order_by(Complaint.received_on.nulls_first(), Complaint.id)


def complaint_numbered(number: str) -> Select[Any]:
    """Select a complaint by its number; never who made it."""
    return sa.select(Complaint.__table__).where(Complaint.number == number)


def case_numbered(number: str) -> Select[Any]:
    """Select a case, published or not, by its number."""
    return sa.select(Case.__table__).where(Case.number == number)


def whole(connection: sa.Connection, number: str) -> Iterator[str]:
    """Tell all of a case, and which complaints fed it, or a complaint's own life, line by line.

    Yields nothing where there is neither a case nor a complaint of that number.
    """
    zone = town_zone(connection)
    if (case := connection.execute(case_numbered(number)).first()) is not None:
        yield f"{case.number}  {case.category}  ({case.phase})"
        yield from map(_fed, connection.execute(complaints_of(case.id)))
        events, law = events_of(case.id), law_over(connection, case.id, chain=CASES)
    elif (complaint := connection.execute(complaint_numbered(number)).first()) is not None:
        yield f"{complaint.number}  {complaint.category}  (complaint, {complaint.status})"
        events = events_of_complaint(complaint.id)
        law = law_over(connection, complaint.id, chain=COMPLAINTS)
    else:
        return
    for line in told(connection.execute(events).all(), law=law, zone=zone):
        on = day_in_words(line.on) if line.on else "day unknown"
        yield f"{on:<20}{line.text}"


def town_zone(connection: sa.Connection) -> ZoneInfo:
    """Return the time zone in which a town's hours are told; UTC before there is a town."""
    return ZoneInfo(connection.scalar(sa.select(Town.timezone)) or "UTC")


def _fed(complaint: sa.Row[str, str | None, date | None, str]) -> str:
    received = complaint.received_on
    channel = _plain("channel", complaint.channel or "channel unknown")
    came = f"{channel}, received {day_in_words(received) if received else 'day unknown'}"
    return f"Fed by complaint {complaint.number}  ({came}, {complaint.status})"


def told(
    events: Iterable[sa.Row[Any]], *, law: LawPack | None, zone: tzinfo = UTC
) -> Iterator[Line]:
    """Tell events in plain words.

    Parameters
    ----------
    events
        Rows of `events_of`.
    law
        What the case or the complaint stands under; None for one that came from a file.
    zone
        In which times of day are told: the town's.
    """
    for event in events:
        source = _source(event.kind, event.details, law)
        sentences = _sentences(event.kind, event.details, zone)
        at = event.recorded_at.astimezone(zone)
        yield Line(event.happened_on, sentences, source, event.actor, at)


def _sentences(kind: str, details: Mapping[str, Any], zone: tzinfo) -> tuple[str, ...]:
    plain = {name: _plain(name, value, zone) for name, value in details.items()}
    known = _Known({f"{name}_text": value for name, value in plain.items()} | plain)
    words = _sentence(kind, details).format_map(known)
    also = [sentence.format_map(known) for name, sentence in ALSO.items() if details.get(name)]
    return words, *also, *_deadlines(details)


def _sentence(kind: str, details: Mapping[str, Any]) -> str:
    is_photo = kind == "document_added" and details.get("document_kind") == "photo"
    if is_photo and details.get("title") == UNTITLED:
        return PHOTO_ADDED
    return SENTENCES.get(kind, kind.replace("_", " ").capitalize() + ".")


def _source(kind: str, details: Mapping[str, Any], law: LawPack | None) -> str:
    if (kind, details.get("notice_kind")) in TOLD_WITH_ANOTHER:
        return ""
    if kind in LAW_IN_DETAILS and details.get("source"):
        return str(details["source"])
    return rests_on(_STEPS[kind], law) if kind in _STEPS else ""


def _deadlines(details: Mapping[str, Any]) -> list[str]:
    """Say by when each violation of a warning is to be corrected, and why then."""
    due, sections = details.get("due") or {}, details.get("sections") or {}
    return [
        f"Section {sections[each]} is to be corrected by {_plain('due', due[each])}: {because}."
        if each in due
        else f"To be corrected {because}."
        for each, because in (details.get("deadlines") or {}).items()
    ]


def _plain(name: str, value: object, zone: tzinfo = UTC) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int) and name.endswith("cents"):
        return write_cents(value)
    if isinstance(value, list):
        return "; ".join(str(_plain(name, each, zone)) for each in value) or "none"
    if isinstance(value, dict):
        pairs = ((key, _plain(key, each, zone)) for key, each in value.items())
        return ", ".join(_fact(key).format(value=each, day=each, money=each) for key, each in pairs)
    return _prose(name, value, zone) if isinstance(value, str) else value


def _fact(key: str) -> str:
    return FACTS.get(key, key.replace("_", " ") + " {value}")


def _prose(name: str, value: str, zone: tzinfo) -> str:
    if value in WORDS.get(name, {}):
        return WORDS[name][value]
    if _A_MOMENT.match(value):
        return _at(datetime.fromisoformat(value).astimezone(zone))
    words = _A_DAY.sub(_day, value.replace("_", " "))
    return words.strip().rstrip(".") if name in _OWN_WORDS else words


def _day(found: re.Match[str]) -> str:
    try:
        return day_in_words(date.fromisoformat(found[0]))
    except ValueError:
        return found[0]


def _at(moment: datetime) -> str:
    noon = "AM" if moment.hour < _NOON else "PM"
    return f"{day_in_words(moment.date())} at {moment.hour % _NOON or _NOON}:{moment:%M} {noon}"


_A_DAY = re.compile(r"(?<![\w-])\d{4}-\d{2}-\d{2}(?![\w-])")
_A_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}")
_NOON = 12
_OWN_WORDS = {"reason", "because", "findings", "note", "agreement", "testified", "came_by_name"}
"""What people wrote themselves, whose full stop the sentence around it brings."""
