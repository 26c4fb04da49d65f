import pytest

from geo.streets.turns import TURNS, instruction, turn_of


@pytest.mark.parametrize(
    ("maneuver", "street", "text"),
    [
        ({"type": "depart", "bearing_after": 44.0}, "Putnam Ave", "Head northeast on Putnam Ave"),
        ({"type": "depart", "bearing_after": 350.0}, "", "Head north"),
        ({"type": "turn", "modifier": "left"}, "Putnam Ave", "Turn left onto Putnam Ave"),
        ({"type": "end of road", "modifier": "right"}, "", "Turn right"),
        ({"type": "continue", "modifier": "uturn"}, "Main St", "Make a U-turn onto Main St"),
        ({"type": "new name", "modifier": "straight"}, "Eliot St", "Continue onto Eliot St"),
        ({"type": "new name", "modifier": "slight left"}, "Eliot St", "Bear left onto Eliot St"),
        ({"type": "fork", "modifier": "slight right"}, "", "Keep right"),
        ({"type": "fork", "modifier": "straight"}, "", "Go straight"),
        ({"type": "merge", "modifier": "slight left"}, "I 95", "Merge onto I 95"),
        ({"type": "on ramp", "modifier": "right"}, "", "Take the ramp on the right"),
        ({"type": "off ramp", "modifier": "slight left"}, "", "Take the exit on the left"),
        (
            {"type": "roundabout", "exit": 3.0, "modifier": "right"},
            "Elm St",
            "At the roundabout take the third exit onto Elm St",
        ),
        ({"type": "rotary"}, "", "Go through the roundabout"),
        (
            {"type": "exit roundabout", "modifier": "right"},
            "Elm St",
            "Leave the roundabout onto Elm St",
        ),
        ({"type": "a kind of tomorrow"}, "", "Continue"),
        ({"type": "arrive", "modifier": "left"}, "Elm St", "Arrive at your stop on the left"),
        ({"type": "arrive"}, "Elm St", "Arrive at your stop"),
    ],
)
def test_every_maneuver_is_put_into_plain_words(
    maneuver: dict[str, object], street: str, text: str
) -> None:
    assert instruction(maneuver, street=street) == text
    assert text.startswith(TURNS[turn_of(maneuver)])
