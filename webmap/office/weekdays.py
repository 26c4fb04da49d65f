"""Name the days of the week, and what is asked of each."""

from collections.abc import Mapping
from typing import Any

from babel.dates import get_day_names
from flask_babel import get_locale
from flask_babel import lazy_gettext as _

WEEKDAYS = range(7)
"""0 is Monday."""
HOURS: Mapping[str, Any] = {
    "begins_at": _("Begins"),
    "ends_at": _("Ends"),
    "lunch_from": _("Lunch from"),
    "lunch_until": _("Lunch until"),
    "lunch_minutes": _("Minutes of lunch"),
}
"""What is asked of a weekday, by the beginning of its fields' names."""


def weekday_name(weekday: int) -> str:
    """Name a day of the week, 0 for Monday, as a heading does: ``Monday``."""
    names = get_day_names("wide", context="stand-alone", locale=get_locale() or "en_US")
    name = str(names[weekday])
    return name[:1].upper() + name[1:]
