"""Say why a plan could not be made, or not as was asked, where what makes it is the reason."""

STALLED = (
    "The worker that made this plan ended before it was done. Ask for the plan again; if it "
    "happens again, ask for fewer days or fewer zones."
)
TOO_LONG = (
    "The process that made this plan took too long. Ask for the plan again; if it happens again, "
    "ask for fewer days or fewer zones."
)
CUT_SHORT = (
    "The search ended before all its rounds were done, for it took too long: the same again may "
    "find another plan."
)


def ended(code: int | None) -> str:
    """Say that the process ended by itself before the plan was made."""
    return (
        f"The process that made this plan ended before it was done, with code {code}. Ask for the "
        "plan again; if it happens again, ask for fewer days or fewer zones."
    )


def broken(fault: str) -> str:
    """Say that the program has a fault; `fault` is its name."""
    return (
        f"The plan could not be made, through a fault of the program: {fault}. Ask for it again; "
        "if it happens again, please report it."
    )
