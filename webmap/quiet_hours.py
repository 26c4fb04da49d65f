"""Say at what hours of the town's day texts are sent: nobody is woken by what another asked for."""

from datetime import datetime, time, timedelta

FROM_HOUR, UNTIL_HOUR = 8, 20


def is_day(now: datetime) -> bool:
    """Tell whether texts are sent now.

    Parameters
    ----------
    now
        With the time zone of the town.
    """
    return FROM_HOUR <= now.hour < UNTIL_HOUR


def next_morning(now: datetime) -> datetime:
    """Return when texts are sent again, at night."""
    on = now.date() + timedelta(days=now.hour >= UNTIL_HOUR)
    return datetime.combine(on, time(FROM_HOUR), now.tzinfo)
