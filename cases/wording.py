"""Write days as an American letter does, and take in the words of others."""

from datetime import date


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
