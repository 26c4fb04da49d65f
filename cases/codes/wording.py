"""Word what the record keeps of a respondent's forms beside their own words."""

import re

from cases.wording import tidy

READY = "It is corrected and ready to be seen."
ONE_SENT = "(A photograph or a paper came with it.)"


def sent_with(said: str, *, count: int) -> str:
    """Say what came with photographs or papers, and how many."""
    if count == 1:
        return f"{said}\n{ONE_SENT}"
    return f"{said}\n({count} photographs or papers came with it.)"


def is_ours(line: str) -> bool:
    """Tell whether a line of what is kept was put there by the form, and typed by nobody."""
    return line in {READY, ONE_SENT} or bool(_SENT.fullmatch(line))


def ready(said: str | None) -> str:
    """Say that it is corrected, and what the officer is to know."""
    return "\n".join(filter(None, (READY, tidy(said))))


def authorization_of(name: str) -> str:
    """Name the paper by which somebody may speak for a respondent."""
    return f"Authorization of {name}"


_SENT = re.compile(r"\(\d+ photographs or papers came with it\.\)")
