"""Tell by simple signs that a report may be none; such a one is held for a person, never lost."""

import re
from enum import StrEnum

MOST_LINKS = 2
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)


class Sign(StrEnum):
    """Why a report is held back."""

    TRAP = "trap"  # a field that no person sees was filled in
    LINKS = "links"  # it leads to other sites, as advertisements do


def sign_of(words: str, *, trap: str) -> Sign | None:
    """Return the sign that a report may be none; None where there is no sign.

    Parameters
    ----------
    words
        What it says.
    trap
        What stands in the field that no person sees.
    """
    if trap.strip():
        return Sign.TRAP
    if len(_LINK.findall(words)) > MOST_LINKS:
        return Sign.LINKS
    return None
