"""Name the turns a driver makes, and put them into words."""

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
ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
TURNS: Mapping[str, str] = {
    **{f"head_{point}": f"Head {point}" for point in COMPASS},
    "uturn": "Make a U-turn",
    "sharp_right": "Turn sharply right",
    "right": "Turn right",
    "slight_right": "Bear right",
    "straight": "Go straight",
    "slight_left": "Bear left",
    "left": "Turn left",
    "sharp_left": "Turn sharply left",
    "continue": "Continue",
    "keep_left": "Keep left",
    "keep_right": "Keep right",
    "merge": "Merge",
    "ramp": "Take the ramp",
    "ramp_left": "Take the ramp on the left",
    "ramp_right": "Take the ramp on the right",
    "exit": "Take the exit",
    "exit_left": "Take the exit on the left",
    "exit_right": "Take the exit on the right",
    "roundabout": "Go through the roundabout",
    **{
        f"roundabout_{number}": f"At the roundabout take the {ordinal} exit"
        for number, ordinal in enumerate(ORDINALS)
        if number
    },
    "leave_roundabout": "Leave the roundabout",
    "arrive": "Arrive at your stop",
    "arrive_left": "Arrive at your stop on the left",
    "arrive_right": "Arrive at your stop on the right",
}
"""What each turn is called, without a full stop."""


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
    kind, deed = maneuver["type"], TURNS[turn_of(maneuver)]
    if not street or kind == "arrive":
        return deed
    return f"{deed} on {street}" if kind == "depart" else f"{deed} onto {street}"


def turn_of(maneuver: Maneuver) -> str:
    """Name what is to be done at a maneuver: one of `TURNS`."""
    return _KINDS.get(maneuver["type"], _turn)(maneuver)


def _turn(maneuver: Maneuver) -> str:
    named = maneuver.get("modifier", "").replace(" ", "_")
    return named if named in TURNS else "continue"


def _depart(maneuver: Maneuver) -> str:
    return f"head_{COMPASS[round(maneuver['bearing_after'] / 45) % 8]}"


def _carry_on(maneuver: Maneuver) -> str:
    straight = maneuver.get("modifier") == "straight"
    return "continue" if straight else _turn(maneuver)


def _fork(maneuver: Maneuver) -> str:
    hand = _hand(maneuver)
    return f"keep_{hand}" if hand else "straight"


def _roundabout(maneuver: Maneuver) -> str:
    number = int(maneuver.get("exit") or 0)
    return f"roundabout_{number}" if 0 < number < len(ORDINALS) else "roundabout"


def _on_its_side(turn: str) -> Callable[[Maneuver], str]:
    def named(maneuver: Maneuver) -> str:
        hand = _hand(maneuver)
        return f"{turn}_{hand}" if hand else turn

    return named


def _hand(maneuver: Maneuver) -> str:
    modifier: str = maneuver.get("modifier", "")
    return modifier.rsplit(" ", 1)[-1] if modifier.endswith(("left", "right")) else ""


_KINDS: dict[str, Callable[[Maneuver], str]] = {
    "depart": _depart,
    "arrive": _on_its_side("arrive"),
    "new name": _carry_on,
    "fork": _fork,
    "merge": lambda _: "merge",
    "on ramp": _on_its_side("ramp"),
    "off ramp": _on_its_side("exit"),
    "roundabout": _roundabout,
    "rotary": _roundabout,
    "exit roundabout": lambda _: "leave_roundabout",
    "exit rotary": lambda _: "leave_roundabout",
}
"""What each kind of maneuver is; any other kind is an ordinary turn."""
