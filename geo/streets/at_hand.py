"""Open the town's streets, or what estimates drives until they are loaded."""

from pathlib import Path

from geo.streets.dataset import open_dataset
from geo.streets.engine import Streets
from geo.streets.errors import StreetsMissingError
from geo.streets.estimate import CrowFlight
from geo.streets.travel import Travel


def travel_by(folder: Path) -> tuple[Travel, str]:
    """Return what answers how long drives take, and why it only estimates; "" where it does not.

    Parameters
    ----------
    folder
        Where the streets are, once they are loaded.
    """
    try:
        return Streets(open_dataset(folder)), ""
    except StreetsMissingError as error:
        return CrowFlight(), f"{error} Until then all times are straight-line estimates."
