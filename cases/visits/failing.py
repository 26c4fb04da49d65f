"""Say why a plan could not be made, where what makes it has come to grief itself."""

STALLED = (
    "The worker that made this plan ended before it was done. Ask for the plan again; if it "
    "happens again, ask for fewer days or fewer zones."
)
TOO_LONG = (
    "The process that made this plan took too long. Ask for the plan again; if it happens again, "
    "ask for fewer days or fewer zones."
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
