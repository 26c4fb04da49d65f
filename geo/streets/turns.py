"""Put a turn into words for the driver."""

from collections.abc import Callable, Mapping
from typing import Any

type Maneuver = Mapping[str, Any]

COMPASS = (
    "north",
    "northeast",
    "east",
    "southeast",
    "south",
    "southwest",
    "west",
    "northwest",
)
TURNS = {
    "uturn": "Make a U-turn",
    "sharp right": "Turn sharply right",
    "right": "Turn right",
    "slight right": "Bear right",
    "straight": "Go straight",
    "slight left": "Bear left",
    "left": "Turn left",
    "sharp left": "Turn sharply left",
}
ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")


def instruction(maneuver: Maneuver, *, street: str) -> str:
    """Say in plain English what to do at a maneuver.

    Parameters
    ----------
    maneuver
        OSRM's step maneuver: `type`, and where it applies `modifier`, `bearing_after`, `exit`.
    street
        The name of the street driven after the maneuver; may be empty.

    Returns
    -------
    str
        Such as "Turn left onto Putnam Ave", without a full stop.
    """
    kind = maneuver["type"]
    deed = DEEDS.get(kind, _turn)(maneuver)
    if not street or kind == "arrive":
        return deed
    return f"{deed} on {street}" if kind == "depart" else f"{deed} onto {street}"


def _turn(maneuver: Maneuver) -> str:
    return TURNS.get(maneuver.get("modifier", ""), "Continue")


def _depart(maneuver: Maneuver) -> str:
    return f"Head {COMPASS[round(maneuver['bearing_after'] / 45) % 8]}"


def _arrive(maneuver: Maneuver) -> str:
    return "Arrive at your stop" + _on_the_side(maneuver)


def _carry_on(maneuver: Maneuver) -> str:
    straight = maneuver.get("modifier") == "straight"
    return "Continue" if straight else _turn(maneuver)


def _fork(maneuver: Maneuver) -> str:
    hand = _hand(maneuver)
    return f"Keep {hand}" if hand else "Go straight"


def _roundabout(maneuver: Maneuver) -> str:
    number = int(maneuver.get("exit") or 0)
    if not 0 < number < len(ORDINALS):
        return "Go through the roundabout"
    return f"At the roundabout take the {ORDINALS[number]} exit"


def _hand(maneuver: Maneuver) -> str:
    modifier: str = maneuver.get("modifier", "")
    return modifier.rsplit(" ", 1)[-1] if modifier.endswith(("left", "right")) else ""


def _on_the_side(maneuver: Maneuver) -> str:
    hand = _hand(maneuver)
    return f" on the {hand}" if hand else ""


DEEDS: dict[str, Callable[[Maneuver], str]] = {
    "depart": _depart,
    "arrive": _arrive,
    "new name": _carry_on,
    "fork": _fork,
    "merge": lambda _: "Merge",
    "on ramp": lambda maneuver: "Take the ramp" + _on_the_side(maneuver),
    "off ramp": lambda maneuver: "Take the exit" + _on_the_side(maneuver),
    "roundabout": _roundabout,
    "rotary": _roundabout,
    "exit roundabout": lambda _: "Leave the roundabout",
    "exit rotary": lambda _: "Leave the roundabout",
}
"""What each kind of maneuver is called; any other kind is an ordinary turn."""
