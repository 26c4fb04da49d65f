"""Write the story and the contacts of a case as texts, which are read before they are decided."""

import hashlib
from collections.abc import Iterable
from datetime import tzinfo
from typing import Any

import sqlalchemy as sa

from cases.adopted import law_over
from cases.contacts import contacts_of
from cases.history import CASES
from cases.story import events_of, told
from cases.wording import day_in_words

_TOLD_ELSEWHERE = frozenset({"contact_noted", "reporter_disclosed"})
"""Events that are pieces of their own, or that say who asked for a name."""
_OF_DOCUMENTS = "document_"
"""Events of documents begin so; the index lists each of those with what became of it."""


def story(connection: sa.Connection, case_id: int, *, zone: tzinfo) -> str:
    """Return the story of a case whole, its hours in a time zone."""
    events = [
        event
        for event in connection.execute(events_of(case_id))
        if event.kind not in _TOLD_ELSEWHERE and not event.kind.startswith(_OF_DOCUMENTS)
    ]
    law = law_over(connection, case_id, chain=CASES)
    return lines(f"{day(line.on)}: {line.text}" for line in told(events, law=law, zone=zone))


def contacts(connection: sa.Connection, case_id: int, *, zone: tzinfo) -> str | None:
    """Return what passed with people about a case, its days in a time zone; None if nothing."""
    rows = connection.execute(contacts_of(case_id=case_id)).all()
    return lines(_contact(row, zone) for row in rows) if rows else None


def digest(text: str) -> str:
    """Return the SHA-256 of a text, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def lines(said: Iterable[str]) -> str:
    """Return lines as one text."""
    return "\n".join(said) + "\n"


def day(on: Any) -> str:
    """Write a day, known or not."""
    return day_in_words(on) if on else "day not known"


def _contact(row: sa.Row[Any], zone: tzinfo) -> str:
    when = row.happened_at.astimezone(zone).date()
    way = f"{'from' if row.direction == 'in' else 'to'} {row.who or 'whoever reported'}"
    return f"{day(when)}: {row.way.replace('_', ' ')} {way}: {row.said} - {row.noted_by}"
