"""The one table of the stages' look: complete, told apart without colour, readable on the map."""

import json
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from cases.stages import Stage

LOOKS = json.loads(
    (Path(__file__).parents[2] / "data/look/stages.json").read_text(encoding="utf-8")
)
ENDED = {"complied", "closed"}
LAND = {"color": "#f3f0ea", "dark": "#21252a"}

# Viénot, Brettel and Mollon (1999): what a person without red or green cones sees, linear RGB.
BLIND = {
    "protan": [[0.1121, 0.8853, -0.0005], [0.1127, 0.8897, -0.0001], [0.0045, 0.0000, 1.0019]],
    "deutan": [[0.2920, 0.7054, -0.0003], [0.2934, 0.7089, 0.0000], [-0.0210, 0.0256, 1.0019]],
}


def _linear(color: str) -> np.ndarray:
    part = np.array([int(color[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)


def _contrast(one: str, other: str) -> float:
    weights = np.array([0.2126, 0.7152, 0.0722])
    light, dark = sorted((_linear(one) @ weights, _linear(other) @ weights), reverse=True)
    return float((light + 0.05) / (dark + 0.05))


def test_every_stage_has_its_look_and_no_look_is_without_a_stage() -> None:
    assert [look["stage"] for look in LOOKS] == list(Stage)


def test_no_two_open_stages_share_a_shape_with_its_mark() -> None:
    drawn = [(look["shape"], look["mark"]) for look in LOOKS]
    assert len(set(drawn)) == len(drawn)
    shapes = [look["shape"] for look in LOOKS if look["stage"] not in ENDED]
    assert len(set(shapes)) == len(shapes)


@pytest.mark.parametrize("scheme", ["color", "dark"])
def test_every_shape_but_the_outlined_amber_stands_out_from_the_land(scheme: str) -> None:
    weak = {look["stage"] for look in LOOKS if _contrast(look[scheme], LAND[scheme]) < 3}
    assert weak <= {"due_soon"}


@pytest.mark.parametrize("kind", BLIND)
def test_open_stages_differ_to_those_who_do_not_see_red_or_green(kind: str) -> None:
    seen = {
        look["stage"]: np.clip(np.array(BLIND[kind]) @ _linear(look["color"]), 0, 1) ** (1 / 2.4)
        for look in LOOKS
        if look["stage"] not in ENDED
    }
    nearest = min(float(np.linalg.norm(seen[a] - seen[b])) for a, b in combinations(seen, 2))
    assert nearest > 0.1
