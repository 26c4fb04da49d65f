"""Say by a formula how much is driven in a zone.

It is that of Beardwood, Halton and Hammersley (1959): the shortest tour through n places strewn
over an area A tends to k sqrt(n A), with k = 0.7124 (Johnson, McGeoch and Rothberg 1996).
Here n are the visits of a day, and A is the disc over which visits scatter as widely as they do in
the zone, so that a long zone counts for more than a round one of the same size. Before it, and
after it, there is the way from where the day starts to the middle of the visits and back. How much
more streets ask for is measured (`driven`).
"""

import math
from dataclasses import dataclass

from geo.streets.estimate import DETOUR, METRES_PER_SECOND

TOUR = 0.7124
HOUR = 3600.0
NONE = 1e-9
"""Less than that is none, for sums that units were added to and taken from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """What driving depends on, beside the zone.

    Attributes
    ----------
    days
        How many days are worked in the time that is looked at.
    start
        Where days start and end, metres east and north; None where nobody has said: then a day
        starts in the middle of its visits.
    scale
        What streets make of the formula: driven over estimated, 1 where no streets are known.
    """

    days: float
    start: tuple[float, float] | None
    scale: float = 1.0

    def hours(self, visits: float, east: float, north: float, square: float) -> float:
        """Return the hours driven in a zone in that time.

        Parameters
        ----------
        visits, east, north, square
            Sums over the visits: how many, of their metres east and north, and of the squares of
            both.
        """
        if visits < NONE:
            return 0.0
        x, y = east / visits, north / visits
        scatter = max(square / visits - x * x - y * y, 0.0)
        # Visits come as they come (Poisson): on some days there is none in the zone.
        out = self.days * -math.expm1(-visits / self.days)
        tour = TOUR * math.sqrt(visits / out * math.tau * scatter)
        away = 0.0 if self.start is None else 2 * math.hypot(x - self.start[0], y - self.start[1])
        metres = out * (tour + away)
        return self.scale * metres * DETOUR / METRES_PER_SECOND / HOUR
