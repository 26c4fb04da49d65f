"""Write the corners of an outline as lines that people can read and change, and read them back."""

from collections.abc import Iterable, Iterator

from cases.outlines import Ring, UnusableOutlineError

DECIMALS = 7
"""Of a degree: about a centimetre."""


def written(rings: Iterable[Ring]) -> str:
    """Write a corner a line, latitude first as people say it, a blank line between rings."""
    return "\n\n".join(
        "\n".join(f"{lat:.{DECIMALS}f}, {lon:.{DECIMALS}f}" for lon, lat in ring) for ring in rings
    )


def read(text: str) -> list[Ring]:
    """Read what `written` writes.

    Raises
    ------
    UnusableOutlineError
        A line is no pair of numbers.
    """
    rings: list[list[tuple[float, float]]] = [[]]
    for corner in _corners(text):
        if corner is None:
            rings.append([])
        else:
            rings[-1].append(corner)
    return [ring for ring in rings if ring]


def _corners(text: str) -> Iterator[tuple[float, float] | None]:
    """Yield each line's longitude and latitude, and None for a blank one."""
    for number, line in enumerate(text.strip().splitlines(), 1):
        if not line.strip():
            yield None
            continue
        try:
            lat, lon = map(float, line.split(","))
        except ValueError:
            msg = f"Line {number} is “{line[:40]}”: give latitude, longitude as 27.2995, -80.3985."
            raise UnusableOutlineError(msg) from None
        yield lon, lat
