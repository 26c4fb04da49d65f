"""Put dates, money and standings into plain words."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, tzinfo
from typing import Any

from babel.dates import format_date, format_skeleton, format_time
from flask_babel import format_percent, get_locale, gettext, ngettext, pgettext
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from cases.money import write_cents
from cases.stages import Stage
from webmap.assets import stage_plain

WEEK, MONTH, YEAR = 7, 30.44, 365.25
LONG_WEEKS, LONG_MONTHS = 9, 24
SQUARE_FEET = 10.7639
ACRE = 43_560
ACRES_A_MILE = 640  # square
FEET, MILE = 3.28084, 5_280
LONG_FEET, NEAR_MILES = 1_000, 10
BROWSERS = (("Firefox/", "Firefox"), ("Edg/", "Edge"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
    ("Mac OS", "Mac"), ("Linux", "Linux"),
)  # fmt: skip
"""Signs by which a browser and its system are known; the first found counts."""

USES = (
    _("single family"), _("two family"), _("apartments"), _("commercial"), _("industrial"),
    _("institutional"), _("vacant"),
)  # fmt: skip
"""What land is mostly used for, as rolls say it; told by `plain`."""

SHORT = (_("yes"), _("no"), _("none"), _("nobody"))
"""Words a story tells a value by, too short to read as words where the rules say them."""

WEEKDAYS = (
    _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"),
    _("Sunday"),
)  # fmt: skip
"""Why a deadline moves, besides the holidays that a law pack names."""

ENTRIES = {
    "vantage": _("From outside"),
    "consent": _("With consent"),
    "warrant": _("By warrant"),
    "refused": _("Entry refused"),
}
"""By what right an officer saw it, as the field app asks it."""

VIOLATIONS = {"open": _("not fixed yet"), "corrected": _("fixed"), "closed": _("closed")}

LIEN_ENDS = {
    "satisfied": _("was paid in full. It is no longer owed."),
    "foreclosed": _("was foreclosed by a court."),
    "expired": _("has run out. It no longer binds the property."),
}
"""How liens end but by a release, whose day is told beside it."""

NEXT = {
    Stage.OPEN: _("An officer will come back to check after the deadline."),
    Stage.DUE_SOON: _("The time to fix it ends soon. An officer will then come back to check."),
    Stage.OVERDUE: _(
        "The time to fix it has run out. An officer checks next; a citation may follow."
    ),
    Stage.CITED: _("The owner may fix it and pay, or ask for a hearing."),
    Stage.HEARING: _("A hearing officer or a court will decide."),
    Stage.ORDERED: _("The owner must do what the order says. A daily fine may run until then."),
    Stage.LIEN: _("The claim stays on the property until the fine is paid or released."),
    Stage.COMPLIED: _("Nothing. The violation was fixed."),
    Stage.CLOSED: _("Nothing. The case is closed."),
}
OPEN_UNTIL = _("A violation was found. There is still time to fix it.")
OPEN_UNDATED = _("A violation was found. No deadline is on record.")
NEXT_UNDATED = _("An officer may come back to check on any day.")


def day(value: date) -> str:
    """Write a date as people do: ``Mar 3, 2024``."""
    return str(format_date(value, gettext("MMM d, y"), locale=_customs()))


def month(value: date) -> str:
    """Write the month of a date as people do: ``March 2024``."""
    return str(format_skeleton("yMMMM", value, locale=_customs()))


def weekday(value: date) -> str:
    """Write a date with its day of the week: ``Mon, Mar 3, 2024``."""
    return str(format_date(value, gettext("EEE, MMM d, y"), locale=_customs()))


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
        return str(gettext("due today"))
    if days == 1:
        return str(gettext("due tomorrow"))
    span = _span(abs(days))
    if days > 0:
        return str(gettext("due in %(span)s", span=span))
    return str(gettext("%(span)s late", span=span))


def _span(days: int) -> str:
    if days < LONG_WEEKS * WEEK:
        return str(ngettext("%(num)s day", "%(num)s days", days))
    if days < LONG_MONTHS * MONTH:
        return str(ngettext("%(num)s month", "%(num)s months", round(days / MONTH)))
    return str(ngettext("%(num)s year", "%(num)s years", int(days / YEAR)))


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


def square_feet(square_metres: float, largest: float = 0) -> str:
    """Write an area as people here read it: square feet, from one acre up acres.

    Parameters
    ----------
    largest
        The largest of the areas it stands beside: all are said in what that is said in.
    """
    feet = square_metres * SQUARE_FEET
    if max(feet, largest * SQUARE_FEET) >= ACRE:
        digits = 1 if feet >= ACRE else 2
        return str(gettext("%(area)s acres", area=f"{feet / ACRE:,.{digits}f}"))
    return str(gettext("%(area)s sq ft", area=f"{feet:,.0f}"))


def about_area(square_metres: float) -> str:
    """Write an area as roughly as a drawing is: ``8,700 sq ft``, ``12 acres``, ``1.4 sq miles``."""
    acres = square_metres * SQUARE_FEET / ACRE
    if acres >= ACRES_A_MILE:
        return str(gettext("%(area)s sq miles", area=f"{acres / ACRES_A_MILE:,.1f}"))
    if acres >= 1:
        return str(gettext("%(area)s acres", area=f"{acres:,.{int(acres < 10)}f}"))  # noqa: PLR2004
    feet = round(acres * ACRE, -2)
    return str(gettext("%(area)s sq ft", area=f"{feet:,.0f}"))


def distance_words(metres: float) -> str:
    """Write a distance in feet, from 1,000 ft on in miles: ``650 ft``, ``0.4 miles``.

    ``distanceWords`` of the field app is its twin.
    """
    feet = metres * FEET
    if round(feet) < LONG_FEET:
        return str(gettext("%(n)s ft", n=f"{feet:.0f}"))
    miles = feet / MILE
    return str(gettext("%(n)s miles", n=f"{miles:.1f}" if miles < NEAR_MILES else f"{miles:,.0f}"))


def plain(word: str) -> str:
    """Write a stored word such as ``single_family`` as people do."""
    text = word.replace("_", " ").strip()
    said = str(gettext(text)) if text else ""
    return said[:1].upper() + said[1:] if text.islower() else said


def plain_later(word: str) -> Any:
    """Write a stored word as `plain` does, but when it is shown: for forms made before any page."""
    return LazyString(plain, word)


def status_words(word: str, of: str) -> str:
    """Write a status as people do, in the gender of what it is of.

    Parameters
    ----------
    of
        A key of `cases.workflow.registry.SECTIONS`: ``violation``.
    """
    text = word.replace("_", " ")
    said = str(pgettext(of, text))
    return said[:1].upper() + said[1:]


def violation_words(status: str) -> str:
    """Say what a violation's status means."""
    return str(VIOLATIONS.get(status) or status_words(status, "violation"))


def lien_end_words(status: str) -> str:
    """Say how a lien ended, as the end of a sentence about it."""
    return str(LIEN_ENDS[status])


def entry_words(entry: str) -> str:
    """Say by what right an officer saw what is on record."""
    return str(ENTRIES.get(entry) or plain(entry))


def stands_words(stage: str, due: date | None) -> str:
    """Say what a stage means for a case, whose deadline may be unknown."""
    if stage == Stage.OPEN:
        return str(OPEN_UNTIL if due else OPEN_UNDATED)
    return stage_plain(stage)


def next_words(stage: str, due: date | None) -> str:
    """Say what happens next to a case at a stage, whose deadline may be unknown."""
    return str(NEXT_UNDATED if stage == Stage.OPEN and due is None else NEXT[Stage(stage)])


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
    if more < 1:
        return category
    return str(gettext("%(kind)s and %(count)s more", kind=category, count=more))


def moment(value: datetime) -> str:
    """Write a moment as people do: ``Mar 3, 2024, 2:05 PM``; in the time zone it carries."""
    return f"{day(value.date())}, {clock(value.time())}"


def hour(value: datetime, zone: tzinfo | None) -> str:
    """Write the time of day a moment is in a time zone: ``2:05 PM``."""
    return clock(value.astimezone(zone).time())


def clock(value: time) -> str:
    """Write a time of day: ``2:05 PM``."""
    # Babel writes a narrow blank before PM, which nobody types when they look for it.
    return format_time(value, "h:mm a", locale=_customs()).replace("\N{NARROW NO-BREAK SPACE}", " ")


def _customs() -> Any:
    """Return by which customs the reader's page is written; the country's, outside of a page."""
    return get_locale() or "en_US"


def device(agent: str) -> str:
    """Name a device by what its browser says of itself: ``Chrome on Android``."""
    browser = next((name for sign, name in BROWSERS if sign in agent), "") or gettext("A browser")
    system = next((name for sign, name in SYSTEMS if sign in agent), "")
    return (
        gettext("%(browser)s on %(system)s", browser=browser, system=system) if system else browser
    )


FILTERS: Mapping[str, object] = {
    "device": device,
    "day": day,
    "weekday": weekday,
    "iso_day": iso_day,
    "hour": hour,
    "clock": clock,
    "due_words": due_words,
    "dollars": dollars,
    "over_or_short": over_or_short,
    "square_feet": square_feet,
    "percent": format_percent,
    "distance_words": distance_words,
    "plain": plain,
    "status_words": status_words,
    "violation_words": violation_words,
    "entry_words": entry_words,
    "lien_end_words": lien_end_words,
    "stands_words": stands_words,
    "next_words": next_words,
    "kinds_words": kinds_words,
}
