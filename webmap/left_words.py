"""Say why a stop is left for another day, in the office and on the road."""

from typing import Any

from flask_babel import lazy_gettext

from reports.routes.plan import LeftReason

REASONS: dict[str, Any] = {
    LeftReason.OFF_STREETS: lazy_gettext("It is too far from any street."),
    LeftReason.UNREACHABLE: lazy_gettext("One cannot drive there and back."),
    LeftReason.LESS_PRESSING: lazy_gettext("Others are more pressing, or nearer."),
    LeftReason.OTHER_DAYS: lazy_gettext("It may not be visited on these days."),
    LeftReason.CONTRADICTORY: lazy_gettext("Its days or hours exclude each other."),
    LeftReason.NO_DAYLIGHT: lazy_gettext("It needs daylight, and its hours have none."),
    LeftReason.NO_OFFICER: lazy_gettext("No officer works on its days."),
    LeftReason.NO_CERTIFIED: lazy_gettext("Nobody who works then holds the certification."),
    LeftReason.NO_ZONE: lazy_gettext("Nobody who works then goes to its zone."),
    LeftReason.NO_SECOND_OFFICER: lazy_gettext("It needs two officers, and two could not meet."),
    LeftReason.NO_FIT: lazy_gettext("It would not fit into a day even alone."),
    LeftReason.MOST_STOPS: lazy_gettext("Each day has as many stops as are allowed."),
    LeftReason.NOT_WORTH: lazy_gettext("It costs more driving than it is worth."),
    LeftReason.NO_TIME: lazy_gettext("No time was left."),
}
"""Why a stop is left, by the code a plan has of it."""


def reason(code: str) -> str:
    """Say why a stop is left; what no code says stays as it is."""
    return str(REASONS.get(code, code))
