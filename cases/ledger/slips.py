"""Read what a deed is asked to do: one slip of paper for each, filled in whole or refused."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cases.ledger.accounts import Component, Kind, Method
from cases.ledger.errors import (
    AmountError,
    ComponentError,
    KeyFormError,
    MethodError,
    TextMissingError,
)
from cases.money import MOST_CENTS, write_cents

_KEY = re.compile(r"[A-Za-z0-9._:-]{1,200}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """One deed as it was asked for.

    Parameters
    ----------
    key
        Names the deed whoever asks for it again: up to 200 letters, digits and ``. _ : -``. The
        postings a deed brings with it add a slash to it, which no caller's key may have.
    actor
        Who does it.
    on
        The town's date of the deed, kept with the key by whoever asks again.
    now
        The moment of posting, with its time zone; the same deed asked again may give another.
    asked
        What else it was asked with, as JSON.

    Raises
    ------
    KeyFormError
        When the key is no such text.
    TextMissingError
        When nobody is said to do it.
    """

    case_id: int
    kind: Kind
    key: str
    actor: str
    on: date
    now: datetime
    asked: Mapping[str, Any]

    def __post_init__(self) -> None:
        """Refuse a deed of nobody, or one that cannot be known again."""
        given(self.actor, what="actor")
        if not _KEY.fullmatch(self.key):
            msg = (
                f"The key {self.key!r} cannot name a deed: give 1 to 200 letters, digits and the "
                "signs . _ : - (a UUID does)."
            )
            raise KeyFormError(msg)

    @property
    def content(self) -> dict[str, Any]:
        """What makes another deed of it if it differs, as JSON."""
        return content(self.case_id, self.kind, self.actor, self.on, self.asked)


def content(  # the one order of the words in which two deeds are compared
    case_id: int, kind: str, actor: str, on: date, asked: Mapping[str, Any]
) -> dict[str, Any]:
    """Write down what makes a deed this one and no other."""
    head = {"case_id": case_id, "kind": str(kind), "actor": actor, "on": on.isoformat()}
    return {**head, **asked}


def differences(first: Mapping[str, Any], again: Mapping[str, Any]) -> list[str]:
    """Tell in what a deed asked for again differs from the first time, a phrase each."""
    return [
        f"{name} was {_plain(first.get(name))!r} and is now {_plain(again.get(name))!r}"
        for name in dict.fromkeys((*first, *again))
        if first.get(name) != again.get(name)
    ]


def positive(cents: int, *, what: str = "amount") -> int:
    """Return an amount that is one.

    Raises
    ------
    AmountError
        When it is no whole number of cents from one up to a hundred billion dollars.
    """
    if type(cents) is not int or not 0 < cents < MOST_CENTS:
        said = write_cents(cents) if type(cents) is int else repr(cents)
        msg = (
            f"{said} was given for the {what}: give more than nothing, in whole cents, at most "
            f"{write_cents(MOST_CENTS - 1)}."
        )
        raise AmountError(msg)
    return cents


def given(text: str, *, what: str) -> str:
    """Return a text without the space around it.

    Raises
    ------
    TextMissingError
        When nothing is left.
    """
    if not text.strip():
        msg = f"The {what} is empty: say it in words, for the record."
        raise TextMissingError(msg)
    return text.strip()


def component_of(word: str) -> Component:
    """Return the component a word names.

    Raises
    ------
    ComponentError
        When it names none.
    """
    if word not in set(Component):
        msg = f"{word!r} is no component of a debt: give one of {', '.join(Component)}."
        raise ComponentError(msg)
    return Component(word)


def method_of(word: str) -> Method:
    """Return the way of paying a word names.

    Raises
    ------
    MethodError
        When it names none.
    """
    if word not in set(Method):
        msg = f"{word!r} is no way of paying: give one of {', '.join(Method)}."
        raise MethodError(msg)
    return Method(word)


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, str) else value
