"""Find today's name of every built script and style, and the table of the stages' look."""

import json
from functools import cache
from pathlib import Path
from typing import TypedDict

from flask import url_for
from flask_babel import gettext

from geo.errors import LotlineError

WEBMAP = Path(__file__).parent
BUILT = WEBMAP / "static" / "build"
STAGES = WEBMAP.parent / "data" / "look" / "stages.json"
AGES = STAGES.with_name("ages.json")
ROUTES = STAGES.with_name("routes.json")


class StageLook(TypedDict):
    """A stage's words, colours by day and night, and shape (SVG paths on a 24 x 24 grid)."""

    stage: str
    label: str
    cases: str
    plain: str
    color: str
    dark: str
    shape: str
    mark: str


class AgeLook(TypedDict):
    """An age's words, colours by day and night, and its bars (an SVG path on a 24 x 24 grid)."""

    age: str
    label: str
    color: str
    dark: str
    mark: str


class RouteLook(TypedDict):
    """An officer's route: colours by day and night, and dashes (lengths in widths of the line)."""

    route: str
    color: str
    dark: str
    dash: list[float]


class NotBuiltError(LotlineError):
    """The scripts and styles of the pages were never built."""


def asset(name: str) -> str:
    """Return the address of a built file, such as ``app.css``.

    Raises
    ------
    NotBuiltError
        When the pages' scripts and styles were never built.
    """
    return url_for("static", filename=f"build/{_manifest()[name]}")


def asset_file(name: str) -> Path:
    """Return where a built file lies, for what is sent from an address of its own.

    Raises
    ------
    NotBuiltError
        As `asset`.
    """
    return BUILT / _manifest()[name]


def require_built() -> None:
    """Refuse to go on without the pages' scripts and styles.

    Raises
    ------
    NotBuiltError
        When they were never built.
    """
    _manifest()


@cache
def _manifest() -> dict[str, str]:
    try:
        manifest: dict[str, str] = json.loads((BUILT / "manifest.json").read_text())
    except FileNotFoundError:
        msg = "The pages' scripts and styles are not built: run script/bootstrap."
        raise NotBuiltError(msg) from None
    return manifest


@cache
def stage_looks() -> tuple[StageLook, ...]:
    """Return the one table that colours, chips, legend and map share."""
    return tuple(json.loads(STAGES.read_text()))


def stage_label(stage: str) -> str:
    """Return a stage's short name."""
    label = _look(stage)["label"]
    return str(gettext(label))


def stage_plain(stage: str) -> str:
    """Return one plain sentence that says what a stage means."""
    plain = _look(stage)["plain"]
    return str(gettext(plain))


def _look(stage: str) -> StageLook:
    return next(look for look in stage_looks() if look["stage"] == stage)


@cache
def age_looks() -> tuple[AgeLook, ...]:
    """Return the table that map, legend and first page share of how old cases are."""
    return tuple(json.loads(AGES.read_text()))


def age_label(age: str) -> str:
    """Return the words of an age."""
    label = next(look["label"] for look in age_looks() if look["age"] == age)
    return str(gettext(label))


@cache
def route_looks() -> tuple[RouteLook, ...]:
    """Return the colours and dashes by which officers' routes are told apart, in turn."""
    return tuple(json.loads(ROUTES.read_text()))
