"""Put dates, money and standings into plain words."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, tzinfo

from flask_babel import gettext

from cases.money import write_cents
from cases.stages import Stage
from webmap.assets import stage_plain

WEEK, MONTH, YEAR = 7, 30.44, 365.25
LONG_WEEKS, LONG_MONTHS = 9, 24
SQUARE_FEET = 10.7639
ACRE = 43_560
NOON = 12
BROWSERS = (("Firefox/", "Firefox"), ("Edg/", "Edge"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
    ("Mac OS", "Mac"), ("Linux", "Linux"),
)  # fmt: skip
"""Signs by which a browser and its system are known; the first found counts."""

VIOLATIONS = {"open": "not fixed yet", "corrected": "fixed", "closed": "closed"}

NEXT: dict[str, str] = {
    Stage.OPEN: "An officer will come back to check after the deadline.",
    Stage.DUE_SOON: "The time to fix it ends soon. An officer will then come back to check.",
    Stage.OVERDUE: "The time to fix it has run out. An officer checks next; a citation may follow.",
    Stage.CITED: "The owner may fix it and pay, or ask for a hearing.",
    Stage.HEARING: "A hearing officer or a court will decide.",
    Stage.ORDERED: "The owner must do what the order says. A daily fine may run until then.",
    Stage.LIEN: "The claim stays on the property until the fine is paid or released.",
    Stage.COMPLIED: "Nothing. The violation was fixed.",
    Stage.CLOSED: "Nothing. The case is closed.",
}
OPEN_UNTIL = "A violation was found. There is still time to fix it."
OPEN_UNDATED = "A violation was found. No deadline is on record."
NEXT_UNDATED = "An officer may come back to check on any day."


def day(value: date) -> str:
    """Write a date as people do: ``Mar 3, 2024``."""
    return f"{value:%b} {value.day}, {value.year}"


def iso_day(text: str) -> str:
    """Write a day that is kept as text, ``2024-03-03``, as people do."""
    return day(date.fromisoformat(text))


def due_words(value: date, today: date) -> str:
    """Say how far a deadline is: ``due in 3 days``, ``due today``, ``5 days late``.

    Parameters
    ----------
    value
        The deadline; its own day is not yet late.
    today
        The day of asking, in the town's calendar.
    """
    days = (value - today).days
    if days == 0:
        return "due today"
    if days == 1:
        return "due tomorrow"
    span = _span(abs(days))
    return f"due in {span}" if days > 0 else f"{span} late"


def _span(days: int) -> str:
    if days < LONG_WEEKS * WEEK:
        count, unit = days, "day"
    elif days < LONG_MONTHS * MONTH:
        count, unit = round(days / MONTH), "month"
    else:
        count, unit = int(days / YEAR), "year"
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def dollars(cents: int) -> str:
    """Write integer cents as dollars: ``$4,350.00``, ``-$30.50``."""
    return write_cents(cents)


def over_or_short(cents: int) -> str:
    """Say what was found beside what should have been: ``$1.00 short``, ``none``."""
    if cents == 0:
        return str(gettext("none"))
    found = write_cents(abs(cents))
    said = gettext("%(cents)s over", cents=found), gettext("%(cents)s short", cents=found)
    return str(said[cents < 0])


def square_feet(square_metres: float) -> str:
    """Write an area as people here read it: square feet, from one acre up acres."""
    feet = square_metres * SQUARE_FEET
    return f"{feet / ACRE:,.1f} acres" if feet >= ACRE else f"{feet:,.0f} sq ft"


def plain(word: str) -> str:
    """Write a stored word such as ``single_family`` as people do."""
    text = word.replace("_", " ").strip()
    return text[:1].upper() + text[1:] if text.islower() else text


def violation_words(status: str) -> str:
    """Say what a violation's status means."""
    return VIOLATIONS.get(status, plain(status))


def stands_words(stage: str, due: date | None) -> str:
    """Say what a stage means for a case, whose deadline may be unknown."""
    if stage == Stage.OPEN:
        return OPEN_UNTIL if due else OPEN_UNDATED
    return stage_plain(stage)


def next_words(stage: str, due: date | None) -> str:
    """Say what happens next to a case at a stage, whose deadline may be unknown."""
    return NEXT_UNDATED if stage == Stage.OPEN and due is None else NEXT[stage]


def kinds_words(category: str, citations: Iterable[str]) -> str:
    """Name what is wrong by its first kind and how many more: ``High grass and 2 more``.

    Parameters
    ----------
    category
        The kind of the case, which is that of its first violation.
    citations
        What its violations cite; one provision counts once.
    """
    more = len(set(citations)) - 1
    return f"{category} and {more} more" if more > 0 else category


def moment(value: datetime) -> str:
    """Write a moment as people do: ``Mar 3, 2024, 2:05 PM``; in the time zone it carries."""
    return f"{day(value.date())}, {_clock(value)}"


def hour(value: datetime, zone: tzinfo | None) -> str:
    """Write the time of day a moment is in a time zone: ``2:05 PM``."""
    return _clock(value.astimezone(zone))


def _clock(value: datetime) -> str:
    noon = "AM" if value.hour < NOON else "PM"
    return f"{value.hour % NOON or NOON}:{value:%M} {noon}"


def device(agent: str) -> str:
    """Name a device by what its browser says of itself: ``Chrome on Android``."""
    browser = next((name for sign, name in BROWSERS if sign in agent), "A browser")
    system = next((name for sign, name in SYSTEMS if sign in agent), "")
    return f"{browser} on {system}" if system else browser


FILTERS: Mapping[str, object] = {
    "device": device,
    "day": day,
    "iso_day": iso_day,
    "hour": hour,
    "due_words": due_words,
    "dollars": dollars,
    "over_or_short": over_or_short,
    "square_feet": square_feet,
    "plain": plain,
    "violation_words": violation_words,
    "stands_words": stands_words,
    "next_words": next_words,
    "kinds_words": kinds_words,
}
