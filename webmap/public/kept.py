"""Say what a visitor's own device keeps of this site and how long, by what makes it do so."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import current_app

from webmap.languages import A_YEAR
from webmap.languages import COOKIE as LANGUAGE
from webmap.respondent.frame import COOKIE as CASE
from webmap.respondent.frame import LASTS

DRAFT = "lotline-report"
"""What the browser's store of a draft is called, as ``js/report/draft.js`` names it."""


@dataclass(frozen=True, slots=True)
class OnDevice:
    """The names of what a device keeps, and how long it does.

    Attributes
    ----------
    form
        The cookie of forms and of whoever works here.
    """

    language: str
    language_days: int
    case: str
    case_minutes: int
    form: str
    staff_days: int
    draft: str


def on_device() -> OnDevice:
    """Return what a visitor's device keeps by the settings of this site."""
    config: dict[str, Any] = current_app.config
    longest: timedelta = config["PERMANENT_SESSION_LIFETIME"]
    return OnDevice(
        language=LANGUAGE, language_days=timedelta(seconds=A_YEAR).days, case=CASE,
        case_minutes=int(LASTS / timedelta(minutes=1)), form=config["SESSION_COOKIE_NAME"],
        staff_days=longest.days, draft=DRAFT,
    )  # fmt: skip
