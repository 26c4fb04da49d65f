"""Name what may be asked of a report: one list of options serves page, command and program."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from reports.errors import ReportError

type Value = str | int | float | bool | date | None

EARLIEST, LATEST = date(1900, 1, 1), date(2200, 12, 31)
YES = "1"


class OptionError(ReportError):
    """A question gives an option a value that it cannot have.

    Attributes
    ----------
    of
        The option's key.
    """

    def __init__(self, message: str, *, of: str) -> None:
        super().__init__(message)
        self.of = of


class OptionKind(StrEnum):
    """What an option takes."""

    DAY = "day"
    WHOLE = "whole"
    NUMBER = "number"
    CHOICE = "choice"
    ZONE = "zone"  # an officer's zone, by code or name
    CATEGORY = "category"  # of cases
    TEXT = "text"
    AREA = "area"  # a ring, ``lon,lat;lon,lat``
    FLAG = "flag"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One thing that may be asked.

    Parameters
    ----------
    key
        Its name in an address; a command has it as ``--key``, with hyphens.
    words, means
        Its label, and what it does in a sentence.
    default
        What is asked where nothing is said.
    choices
        The values there are and their words.
    least, most
        Of a number.
    """

    key: str
    words: str
    means: str = ""
    kind: OptionKind
    default: Value = None
    choices: Sequence[tuple[str, str]] = ()
    least: float | None = None
    most: float | None = None

    def read(self, said: str) -> Value:
        """Read a value as an address or a form carries it; empty is the default.

        Raises
        ------
        OptionError
            It is none that this option takes.
        """
        said = said.strip()
        if not said:
            return self.default
        return _READERS[self.kind](self, said)

    def write(self, value: Value) -> str:
        """Write a value as an address carries it; "" for the default."""
        if value == self.default or value is None:
            return ""
        if isinstance(value, bool):
            return YES if value else "0"
        return value.isoformat() if isinstance(value, date) else f"{value}"

    def tell(self, value: Value) -> str:
        """Write a value for a person, in English; "" where it narrows nothing."""
        if value is None or value is False:
            return ""
        if isinstance(value, bool):
            return "yes"
        if self.kind is OptionKind.CHOICE:
            return dict(self.choices)[str(value)]
        return f"{value:g}" if isinstance(value, float) else f"{value}"

    def checked(self, value: Value) -> Value:
        """Return a value that may be asked for.

        Raises
        ------
        OptionError
            It is too small, too large, or no choice.
        """
        if value is None:
            return None
        if self.kind is OptionKind.AREA:
            return _area(self, str(value))
        if self.kind is OptionKind.CHOICE and value not in dict(self.choices):
            named = ", ".join(key for key, _words in self.choices)
            msg = f"There is no {self.key} {value!r}: choose one of {named}."
            raise OptionError(msg, of=self.key)
        if isinstance(value, int | float) and not isinstance(value, bool):
            self._within(value)
        return value

    def _within(self, value: float) -> None:
        low, high = self.least, self.most
        if (low is not None and not value >= low) or (high is not None and not value <= high):
            told = f"from {low:g}" if high is None else f"from {low:g} to {high:g}"
            msg = f"The {self.key} {value:g} cannot be asked for: give a number {told}."
            raise OptionError(msg, of=self.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of a report.

    Parameters
    ----------
    report
        Its name.
    on, now
        The town's day it is asked of, and the moment.
    values
        By option, those that are not asked for included, by their defaults.
    """

    report: str
    on: date
    now: datetime
    options: Sequence[Option] = field(repr=False)
    values: Mapping[str, Value]

    def __getitem__(self, key: str) -> Value:
        """Return an option's value."""
        return self.values[key]

    def day(self, key: str) -> date | None:
        """Return an option's day."""
        value = self.values.get(key)
        return value if isinstance(value, date) else None

    def text(self, key: str) -> str | None:
        """Return an option's words; None where nothing is asked."""
        value = self.values.get(key)
        return str(value) if value else None

    def whole(self, key: str) -> int:
        """Return an option's whole number.

        Raises
        ------
        TypeError
            It has none: the report forgot its default.
        """
        value = self.values[key]
        if not isinstance(value, int):
            msg = f"{key} of {self.report} is {value!r}, no whole number."
            raise TypeError(msg)
        return value

    def number(self, key: str) -> float:
        """Return an option's number; raises as `whole`."""
        value = self.values[key]
        if not isinstance(value, int | float):
            msg = f"{key} of {self.report} is {value!r}, no number."
            raise TypeError(msg)
        return float(value)

    def flag(self, key: str) -> bool:
        """Tell whether an option is chosen."""
        return bool(self.values.get(key))

    def written(self) -> dict[str, str]:
        """Return what is asked beside the defaults, as an address carries it."""
        written = {each.key: each.write(self.values[each.key]) for each in self.options}
        return {key: value for key, value in written.items() if value}

    def told(self) -> list[tuple[str, str]]:
        """Return each option that narrows or shapes the answer: its label, and its value."""
        told = [(each.words, each.tell(self.values[each.key])) for each in self.options]
        return [(words, value) for words, value in told if value]


def ask(
    report: str, options: Sequence[Option], *, now: datetime, values: Mapping[str, Value]
) -> Question:
    """Ask a question of values that are typed already; those not given are the defaults.

    Parameters
    ----------
    now
        The moment, in the town's time zone.

    Raises
    ------
    OptionError
        A value cannot be asked for, days end before they begin, or the report has no such option.
    """
    known = {each.key for each in options}
    for key in values:
        if key not in known:
            raise _unknown(report, key, known)
    asked = {each.key: each.checked(values.get(each.key, each.default)) for each in options}
    _require_order(asked)
    return Question(report=report, on=now.date(), now=now, options=options, values=asked)


def read(
    report: str, options: Sequence[Option], *, now: datetime, said: Mapping[str, str]
) -> Question:
    """Read a question as an address or a form carries it.

    Raises
    ------
    OptionError
        As `ask`.
    """
    by_key = {each.key: each for each in options}
    for key in said:
        if key not in by_key:
            raise _unknown(report, key, by_key)
    return ask(
        report, options, now=now, values={key: by_key[key].read(each) for key, each in said.items()}
    )


_SPANS = (("since", "until"), ("opened_from", "opened_to"), ("closed_from", "closed_to"))
"""Options that name the first and the last of some days."""


def _require_order(asked: Mapping[str, Value]) -> None:
    """Refuse days that end before they begin."""
    for begin, end in _SPANS:
        first, last = asked.get(begin), asked.get(end)
        if isinstance(first, date) and isinstance(last, date) and last < first:
            msg = f"The days end on {last}, before they begin on {first}: turn them round."
            raise OptionError(msg, of=end)


def _unknown(report: str, key: str, known: Iterable[str]) -> OptionError:
    msg = f"The report {report} has no option {key!r}; it has {', '.join(known) or 'none'}."
    return OptionError(msg, of=key)


def _day(option: Option, said: str) -> Value:
    try:
        day = date.fromisoformat(said)
    except ValueError:
        day = None
    if day is None or not EARLIEST <= day <= LATEST:
        msg = f"The {option.key} “{said[:20]}” is no day: write it as 2026-06-15."
        raise OptionError(msg, of=option.key)
    return day


def _whole(option: Option, said: str) -> Value:
    if not (said.isascii() and said.lstrip("-").isdigit() and len(said) < 10):  # noqa: PLR2004 - digits
        msg = f"The {option.key} “{said[:20]}” is no whole number."
        raise OptionError(msg, of=option.key)
    return int(said)


def _number(option: Option, said: str) -> Value:
    try:
        value = float(said)
    except ValueError:
        value = float("nan")
    if not abs(value) < float("inf"):
        msg = f"The {option.key} “{said[:20]}” is no number."
        raise OptionError(msg, of=option.key)
    return value


def _flag(option: Option, said: str) -> Value:
    if said not in {YES, "0"}:
        msg = f"The {option.key} “{said[:20]}” is neither 1 (yes) nor 0 (no)."
        raise OptionError(msg, of=option.key)
    return said == YES


_LONGEST = 200


def _text(option: Option, said: str) -> Value:
    if len(said) > _LONGEST:
        msg = f"The {option.key} is over {_LONGEST} characters long: no name here is."
        raise OptionError(msg, of=option.key)
    return said


MOST_CORNERS = 200


def _area(option: Option, said: str) -> Value:
    try:
        corners = [tuple(map(float, corner.split(","))) for corner in said.split(";")]
        ring = [(lon, lat) for lon, lat in corners]
    except ValueError:
        ring = []
    known = all(abs(lon) <= 180 and abs(lat) <= 90 for lon, lat in ring)  # noqa: PLR2004 - degrees
    if not 3 <= len(ring) <= MOST_CORNERS or not known:  # noqa: PLR2004 - a triangle
        msg = f"The {option.key} “{said[:40]}” is no area: draw it on the map, 3 to 200 corners."
        raise OptionError(msg, of=option.key)
    return ";".join(f"{lon:.6f},{lat:.6f}" for lon, lat in ring)


_READERS = {
    OptionKind.TEXT: _text,
    OptionKind.AREA: _area,
    OptionKind.DAY: _day,
    OptionKind.WHOLE: _whole,
    OptionKind.NUMBER: _number,
    OptionKind.FLAG: _flag,
    OptionKind.CHOICE: _text,
    OptionKind.ZONE: _text,
    OptionKind.CATEGORY: _text,
}
