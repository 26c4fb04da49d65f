"""Hold one table of a law pack to the names that another gives."""

from collections.abc import Callable, Sequence


def known_once(table: str, names: Sequence[str]) -> Callable[..., None]:
    """Return a check that a name is one of a table's; each stands in it once.

    Raises
    ------
    ValueError
        The table names one twice; the check, where the name is none of them.
    """
    twice = next((each for each in names if names.count(each) > 1), None)
    if twice is not None:
        msg = f'{table} names "{twice}" twice: keep one'
        raise ValueError(msg)

    def check(name: str | None, *, by: str) -> None:
        if name is not None and name not in names:
            there = ", ".join(names) or "none"
            msg = f'{by} is "{name}", which is none of the {table}: {there}'
            raise ValueError(msg)

    return check
