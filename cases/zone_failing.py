"""Say why zones could not be made, or not as was asked, where what makes them is the reason."""

STALLED = (
    "The worker that made these zones ended before it was done: ask for them again, and for a "
    "shorter time where it happens again."
)
TOO_LONG = (
    "The process that made these zones took too long: ask for them again, and for a shorter time "
    "where it happens again."
)
CUT_SHORT = "The search was ended for it took too long: the same again may find other zones."


def ended(code: int | None) -> str:
    """Say that the process ended by itself before the zones were made."""
    return (
        f"The process that made these zones ended before it was done, with code {code}: ask for "
        "them again, and for a shorter time where it happens again."
    )


def broken(fault: str) -> str:
    """Say that the program has a fault; `fault` is its name."""
    return (
        f"The zones could not be made, through a fault of the program: {fault}. Ask for them "
        "again; if it happens again, please report it."
    )
