"""List the violations a small Florida town cites, with how often, when and how slowly they mend."""

from dataclasses import dataclass

FLAT = (1.0,) * 12
SUMMER = (0.3, 0.35, 0.6, 0.9, 1.4, 2.0, 2.1, 1.9, 1.5, 0.9, 0.5, 0.3)
WINTER = (1.7, 1.7, 1.6, 1.1, 0.7, 0.5, 0.5, 0.5, 0.6, 0.8, 1.1, 1.5)
STORMS = (0.7, 0.7, 0.8, 0.8, 0.9, 1.1, 1.2, 1.4, 1.7, 1.5, 0.8, 0.7)


@dataclass(frozen=True, slots=True)
class Offence:
    """
    One kind of violation.

    Attributes
    ----------
    category, section, text
        Its name, the code section, and what that section says.
    weight
        How often it is found against the others.
    days
        Allowed to correct it.
    severity
        1 (minor) to 4 (danger to life).
    mend_days
        Median days an owner takes to correct it.
    months
        January to December, how often against the year's mean.
    """

    category: str
    section: str
    text: str
    weight: float
    days: int
    severity: int
    mend_days: float
    months: tuple[float, ...]


OFFENCES = (
    Offence(
        "High grass",
        "Sec. 30-36(a)",
        "Grass or weeds over 12 inches on an improved lot",
        27,
        10,
        1,
        9,
        SUMMER,
    ),
    Offence(
        "Trash and debris",
        "Sec. 30-36(b)",
        "Accumulation of trash, junk or debris",
        17,
        7,
        2,
        10,
        FLAT,
    ),
    Offence(
        "Inoperable vehicle",
        "Sec. 30-41",
        "Unlicensed or inoperable vehicle kept in view",
        12,
        15,
        1,
        18,
        FLAT,
    ),
    Offence(
        "Unpermitted work",
        "Sec. 105.1",
        "Building work without a required permit",
        10,
        30,
        3,
        40,
        FLAT,
    ),
    Offence(
        "Overgrown lot",
        "Sec. 30-36(c)",
        "Overgrowth on a vacant lot that harbors vermin",
        6,
        10,
        2,
        14,
        SUMMER,
    ),
    Offence(
        "Fence in disrepair",
        "Sec. 58-203",
        "Fence or wall leaning, broken or over height",
        6,
        30,
        1,
        30,
        STORMS,
    ),
    Offence(
        "Exterior maintenance",
        "Sec. 304.2",
        "Peeling paint, rotted siding or damaged soffit",
        6,
        30,
        2,
        45,
        FLAT,
    ),
    Offence(
        "Outdoor storage",
        "Sec. 30-38",
        "Appliances or indoor furniture stored outdoors",
        5,
        10,
        1,
        11,
        FLAT,
    ),
    Offence(
        "Prohibited sign",
        "Sec. 62-8",
        "Sign in the right of way or without a permit",
        4,
        7,
        1,
        6,
        FLAT,
    ),
    Offence(
        "Stagnant pool", "Sec. 303.1", "Pool not maintained clean and sanitary", 3, 5, 3, 12, SUMMER
    ),
    Offence(
        "Short-term rental",
        "Sec. 22-114",
        "Rental for under 30 days without registration",
        4,
        15,
        2,
        21,
        WINTER,
    ),
    Offence(
        "Roof in disrepair",
        "Sec. 304.7",
        "Roof damaged, leaking or covered by tarpaulin",
        3,
        30,
        3,
        60,
        STORMS,
    ),
    Offence(
        "Unsecured structure",
        "Sec. 108.1.1",
        "Structure open to entry or unfit",
        2,
        10,
        4,
        35,
        FLAT,
    ),
    Offence(
        "Missing house number",
        "Sec. 304.3",
        "Address numbers not displayed on the building",
        2,
        15,
        1,
        12,
        FLAT,
    ),
    Offence(
        "Boat or trailer parking",
        "Sec. 66-31",
        "Boat, trailer or camper parked in the front yard",
        4,
        10,
        1,
        12,
        WINTER,
    ),
)
"""The mix leans to grass, trash and vehicles, as departments' own reports do."""

TOGETHER = {
    "High grass": ("Trash and debris", "Inoperable vehicle", "Outdoor storage"),
    "Trash and debris": ("High grass", "Outdoor storage", "Inoperable vehicle"),
    "Inoperable vehicle": ("Outdoor storage", "Boat or trailer parking"),
    "Exterior maintenance": ("Roof in disrepair", "Fence in disrepair", "Missing house number"),
    "Unsecured structure": ("High grass", "Trash and debris", "Roof in disrepair"),
}
"""What else an officer tends to find on the same visit."""
