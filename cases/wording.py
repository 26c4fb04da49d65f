"""Write days as an American letter does."""

from datetime import date


def day_in_words(day: date) -> str:
    """Write a day: "June 2, 2026"."""
    return f"{day:%B} {day.day}, {day.year}"
