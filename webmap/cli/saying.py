"""Put what the database says of a failure into the sentence a user reads."""


def first_line(problem: BaseException | None) -> str:
    """Return the first line of a failure's message, or its kind where it says nothing."""
    lines = str(problem or "").strip().splitlines()
    return lines[0] if lines else type(problem).__name__
