"""Word what the record keeps of a respondent's forms beside their own words."""

from cases.wording import tidy

READY = "It is corrected and ready to be seen."


def sent_with(said: str, *, count: int) -> str:
    """Say what came with photographs or papers, and how many."""
    return f"{said}\n({count} photographs or papers came with it.)"


def ready(said: str | None) -> str:
    """Say that it is corrected, and what the officer is to know."""
    return "\n".join(filter(None, (READY, tidy(said))))


def authorization_of(name: str) -> str:
    """Name the paper by which somebody may speak for a respondent."""
    return f"Authorization of {name}"
