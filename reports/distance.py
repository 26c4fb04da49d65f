"""Say how far it is in the units of the road signs: feet while it is near, else miles."""

FEET_A_METRE = 3.28084
METRES_A_MILE = 1609.344
NEAR_METRES = 300
"""The route viewer's measure: nearer than this is told in feet, to ten of them."""


def miles(metres: float) -> str:
    """Write a distance in miles: ``12.4 mi``."""
    return f"{metres / METRES_A_MILE:,.1f} mi"


def distance(metres: float) -> str:
    """Write a distance in feet while it is near, else in miles: ``490 ft``, ``1.2 mi``."""
    return feet(metres) if metres < NEAR_METRES else miles(metres)


def feet(metres: float) -> str:
    """Write a length in feet, to ten of them: ``490 ft``."""
    return f"{round(metres * FEET_A_METRE, -1):,.0f} ft"
