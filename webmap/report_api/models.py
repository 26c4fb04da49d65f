"""Say what programs of the office are told of reports."""

from datetime import date, datetime
from typing import Any, Literal

from pydantic import Field

from webmap.api.models import Answer


class Guard(Answer):
    """What is sent along as the header X-CSRFToken with all that has something made."""

    token: str


class Option(Answer):
    """What may be asked of a report."""

    key: str
    words: str
    means: str
    kind: str
    default: str | int | float | bool | None
    choices: list[str]


class Report(Answer):
    """A report that there is."""

    name: str
    title: str
    answers: str = Field(description="The question it answers.")
    options: list[Option]


class Reports(Answer):
    """The reports there are."""

    reports: list[Report]


class Run(Answer):
    """A report that was asked for: how far it is."""

    id: int
    report: str
    asked: dict[str, str] = Field(description="What was asked beside the defaults.")
    on_day: date = Field(description="The town's day it is as of.")
    state: Literal["queued", "running", "done", "stopped", "failed"]
    doing: str | None
    share: float = Field(description="How much of the whole is behind, 0 to 1.")
    failed_because: str | None
    asked_by: str
    asked_at: datetime
    ended_at: datetime | None


class Runs(Answer):
    """The reports asked for last, the newest first."""

    runs: list[Run]


class Answered(Run):
    """A report that was asked for, with its answer once it is made."""

    answer: dict[str, Any] | None = Field(
        description="Findings, figures, tables, charts and layers, each with its definition; "
        "`cases` beside a figure is how many its list holds."
    )


class Counted(Answer):
    """Some of the cases that a figure counts, in the order of their ids."""

    figure: str
    count: int = Field(description="How many it counts in all.")
    cases: list[str] = Field(description="Their numbers.")
