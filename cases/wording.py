"""Write days and hours as an American letter does, and take in the words of others."""

from datetime import date, time


def hour_in_words(at: time) -> str:
    """Write a time of day as a person reads it: ``9:00 AM``."""
    return f"{at.hour % 12 or 12}:{at:%M %p}"


def day_in_words(day: date) -> str:
    """Write a day: "June 2, 2026"."""
    return f"{day:%B} {day.day}, {day.year}"


def tidy(text: str | None) -> str | None:
    """Take the blanks around what somebody wrote, and the NULs that PostgreSQL keeps in no text.

    Returns
    -------
    str or None
        None where nothing is left.
    """
    return (text or "").replace("\0", "").strip() or None
