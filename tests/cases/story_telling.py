"""Know a story's sentences by their patterns, and hold what has come of it so far."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
import sqlalchemy as sa
from desk import CLERK, MANAGER, OFFICER
from played import MAGISTRATE
from seed_two_play import AGAIN, Play
from story_reading import Sentence, day_of

from cases import inspections
from cases.actors import Actor, Moment
from cases.errors import CaseError
from cases.models import Case, Citation, EnforcementOrder, Respondent

ACTORS = {
    "officer": OFFICER, "clerk": CLERK, "manager": MANAGER, "hearing officer": MAGISTRATE
}  # fmt: skip

type Told = Callable[..., None]


def _cents(words: str) -> int:
    return int(re.sub(r"[$,.]", "", words))


def _parts(words: str) -> list[str]:
    return re.split(r", | and ", words)


_KINDS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "money": (r"\$[\d,]+\.\d\d", _cents),
    "day": (r"[A-Z][a-z]+ \d{1,2}, \d{4}", day_of),
    "count": (r"\d+", int),
    "word": (r"[a-z_]+", str),
    "parts": (r".+?", _parts),
    "words": (r".+", str),
    "": (r"[^:]+?", str),
}
"""What a place in a sentence takes, and how that is read."""
_FIRST = re.compile(r"^(?:The|A|It|That|By|Somebody|Nothing)\b")
"""Words that have a capital only because they begin a sentence, as a name has anywhere."""
_PLACE = re.compile(r"\{(\w+)(?::(\w+))?\}")
_SENTENCES: list[tuple[bool, re.Pattern[str], dict[str, str], Told]] = []


@dataclass
class Tale(Play):
    """One story as it goes on.

    Attributes
    ----------
    moment
        Noon of the day it has come to.
    tables
        Of what is told of by name, what it is.
    heard
        The name of what the hearing is about.
    """

    moment: Moment = field(default_factory=lambda: _noon(date(2026, 1, 1)))
    tables: dict[str, Any] = field(default_factory=dict)
    complaints: list[int] = field(default_factory=list)
    heard: str = ""
    keys: int = 0

    def put(self, name: str, table: Any, part_id: int) -> None:
        """Remember something by the name the story gives it."""
        self.ids[name], self.tables[name] = part_id, table

    def of(self, name: str) -> sa.Row[Any]:
        """Return the row of what has a name."""
        assert name in self.ids, f"the story has no {name} yet"
        return self.row(self.tables[name], name)

    def case_of(self, name: str) -> int:
        """Return the case that something belongs to."""
        row = self.of(name)
        return int(row.id if self.tables[name] is Case else row.case_id)

    def owner_of(self, case_id: int) -> int:
        """Return who answers in a case."""
        query = sa.select(sa.func.max(Respondent.id)).where(Respondent.case_id == case_id)
        return int(self.town.execute(query).scalar_one())

    def violation_of(self, name: str) -> int:
        """Return the violation that has a name, or that a citation of the name is of."""
        return int(self.of(name).violation_id if self.is_a(name, Citation) else self.ids[name])

    def notice_of(self, name: str) -> int:
        """Return the notice that has a name, or that brings a citation or an order."""
        brings = self.is_a(name, Citation) or self.is_a(name, EnforcementOrder)
        return int(self.of(name).notice_id if brings else self.ids[name])

    def is_a(self, name: str, table: Any) -> bool:
        """Tell what something is."""
        return self.tables[name] is table

    def look_in(self, case_id: int) -> int:
        """Look at the lot of a case again from the street."""
        return inspections.make(self.town, case_id=case_id, visit=AGAIN, **self.by(OFFICER))

    def key(self) -> str:
        """Return a key that no deed has yet."""
        self.keys += 1
        return f"story:{self.keys}"

    def by(self, actor: Actor) -> dict[str, Any]:
        """Return who acts, and that it is now."""
        return {"actor": actor, "moment": self.moment}


def tells(words: str, *, deed: bool = True) -> Callable[[Told], Told]:
    """Let a function tell the sentences of a pattern: ``{order} is to be met by {on:day}``."""

    def enter(told: Told) -> Told:
        kinds = {name: kind or "" for name, kind in _PLACE.findall(words)}
        pattern, end = "", 0
        for place in _PLACE.finditer(words):
            pattern += re.escape(words[end : place.start()])
            pattern += f"(?P<{place[1]}>{_KINDS[place[2] or ''][0]})"
            end = place.end()
        whole = re.compile(pattern + re.escape(words[end:]))
        _SENTENCES.append((deed, whole, kinds, told))
        return told

    return enter


def tell(tale: Tale, sentence: Sentence) -> None:
    """Do what a sentence says, see that it is refused, or see that it is so."""
    tale.moment = _noon(sentence.on)
    told, values = _known(sentence)
    with _named(sentence):
        if sentence.refused is None:
            told(tale, **values)
            return
        with tale.town.begin_nested() as tried:
            with pytest.raises(CaseError) as refusal:
                told(tale, **values)
            tried.rollback()
        assert sentence.refused in str(refusal.value)


@contextmanager
def _named(sentence: Sentence) -> Iterator[None]:
    """Say with whatever fails which sentence it was."""
    try:
        yield
    except BaseException as error:
        error.add_note(f"line {sentence.line}: {sentence.words}")
        raise


def _known(sentence: Sentence) -> tuple[Told, dict[str, Any]]:
    """Return what tells a sentence, with its values: just one pattern knows it."""
    words = _FIRST.sub(lambda first: first[0].lower(), sentence.words)
    known = [
        (told, {name: _KINDS[kinds[name]][1](said) for name, said in match.groupdict().items()})
        for deed, pattern, kinds, told in _SENTENCES
        if deed is sentence.is_deed and (match := pattern.fullmatch(words))
    ]
    assert len(known) == 1, f"line {sentence.line} is known {len(known)} times: {words}"
    return known[0]


def _noon(on: date) -> Moment:
    return Moment(on=on, now=datetime.combine(on, time(12), UTC))
