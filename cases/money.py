"""Read amounts of money as people write them; money is whole cents everywhere."""

import re

_DOLLARS = re.compile(r"\$?\s*(?P<whole>\d{1,3}(?:,\d{3})+|\d+)?(?:\.(?P<part>\d{1,2}))?")
MOST_CENTS = 10**13
"""A hundred billion dollars: beyond this it is no amount but a mistake."""


def read_cents(text: str) -> int | None:
    """Read "4350", "4,350.00" or "$1,200.5" as cents; None where it is no such amount."""
    found = _DOLLARS.fullmatch(text.strip())
    if found is None or not (found["whole"] or found["part"]):
        return None
    whole = int((found["whole"] or "0").replace(",", ""))
    cents = whole * 100 + int((found["part"] or "0").ljust(2, "0"))
    return cents if cents < MOST_CENTS else None


def write_cents(cents: int) -> str:
    """Write cents as people read them: ``$1,200.50``, ``-$4.00``."""
    dollars, part = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}${dollars:,}.{part:02d}"
