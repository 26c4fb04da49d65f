"""Read how the cases of a question went, as they stood at the end of a day."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

import numpy as np
import pandas as pd
import sqlalchemy as sa
from numpy.typing import NDArray

from cases.exempted import sections_in_force
from cases.models import Case
from cases.phases import ENDED, Phase
from cases.screening import Channel
from reports.answers.answer import Cases
from reports.answers.options import Question
from reports.caseload import Exempt, Scope, TownFacts, town_facts
from reports.courses.asking import courses
from reports.naming import check_category, zone_code

type Floats = NDArray[np.float64]
type Marks = NDArray[np.bool_]

DAYS = (
    "opened", "closed", "due", "inspected", "noticed", "corrected", "moved", "reported",
    "respond_by", "found", "cited", "heard", "ordered", "fined",
)  # fmt: skip
_TO_COME = ("due", "respond_by")
"""Days that may lie ahead; of all others those after the day asked of have not come."""


class Origin(StrEnum):
    """How a case began."""

    COMPLAINT = "complaint"  # somebody's, or another agency's
    OFFICER = "officer"  # who saw it himself
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Courses:
    """How the cases of a question went.

    Parameters
    ----------
    scope
        Which cases, and as of which day.
    cases
        One row a case, by its id: the columns of `reports.courses.asking.courses`, whose days are
        as `datetime.date.toordinal` has them and NaN where they are unknown or had not come;
        ``origin``; ``is_open`` on the day asked of; ``ending``, its phase where it had ended, else
        ""; and ``ended``, the day from which nothing of it stood open; of one that ended here and
        was not closed yet, that of its last event.
    is_now
        Whether the day asked of is today, so that what stands now stood then.
    newest
        The day the town's newest case was opened; None without a dated case.
    exempt
        How many lie in exempt places: among them, or left out where it is for outside.
    """

    town: TownFacts
    scope: Scope
    cases: pd.DataFrame
    is_now: bool
    newest: date | None
    exempt: Exempt

    @property
    def on(self) -> int:
        """The day asked of, as `datetime.date.toordinal` has it."""
        return self.scope.on.toordinal()

    def __len__(self) -> int:
        """Return how many they are."""
        return len(self.cases)


def scope_of(question: Question) -> Scope:
    """Take from a question which cases it is about; zone and category are checked by `read`.

    Of a day to come nothing is known: then it is asked of today.
    """
    return Scope(
        on=min(question.day("date") or question.on, question.on), since=question.day("since"),
        until=question.day("until"), category=question.text("category"),
        zone=question.text("zone"), open_only=False, outside=question.flag("outside"),
    )  # fmt: skip


def read(connection: sa.Connection, scope: Scope, *, today: date) -> Courses:
    """Read the cases of a scope, verified or not.

    Parameters
    ----------
    connection
        Of the app role.
    scope
        As of its day: what came after is as if it had not, except that how a case ended is as the
        records stand now. A case without a day of opening is among them unless days are asked for.
    today
        The town's day.

    Raises
    ------
    NothingToReportError
        When no town is loaded.
    UnknownNameError
        When the scope names an unknown zone or category.
    """
    town = town_facts(connection)
    check_category(connection, scope.category)
    scope = replace(scope, zone=zone_code(connection, scope.zone))
    rows = connection.execute(courses(scope))
    frame = pd.DataFrame(rows.all(), columns=list(rows.keys()))
    frame = _typed(frame)
    exempt = int(frame["exempt"].sum())
    if scope.outside:
        frame = frame[~frame["exempt"]].reset_index(drop=True)
    return Courses(
        town=town, scope=scope, cases=_stood(frame, on=scope.on.toordinal()),
        is_now=scope.on >= today,
        newest=connection.scalar(sa.select(sa.func.max(Case.opened_on))),
        exempt=Exempt(exempt, sections_in_force(connection) if exempt else ()),
    )  # fmt: skip


def reported(cases: pd.DataFrame) -> pd.Series:
    """Say which cases somebody reported; a complaint that an officer wrote for himself is none."""
    return (cases["complaints"] > 0) & (cases["origin"] != Origin.OFFICER)


def chosen(courses: Courses, marks: pd.Series) -> Cases:
    """Return the cases that are marked, as a figure counts them."""
    return Cases(courses.cases["id"][marks].tolist())


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    numbers = dict.fromkeys((*DAYS, "lon", "lat", "parcel_id"), np.float64)
    marks = dict.fromkeys(("verified", "exempt", "imported", "from_file"), np.bool_)
    return frame.astype(numbers | marks | {"id": np.int64, "complaints": np.int64})


def _stood(frame: pd.DataFrame, *, on: int) -> pd.DataFrame:
    """Say how each case stood at the end of a day, and take away what came after."""
    has_ended = frame["phase"].isin(ENDED)
    corrected = frame["corrected"].where(frame["phase"] == Phase.COMPLIED)
    known_here = frame["moved"].where(~frame["from_file"])
    end = corrected.fillna(frame["closed"]).fillna(known_here).where(has_ended)
    is_open = ~has_ended | (end > on)
    had_come = {name: frame[name].where(frame[name] <= on) for name in DAYS if name not in _TO_COME}
    told = {
        "origin": _origin(frame), "is_open": is_open, "ended": end.where(end <= on),
        "ending": frame["phase"].where(~is_open, ""),
    }  # fmt: skip
    return frame.assign(**had_come, **told)


def _origin(frame: pd.DataFrame) -> pd.Series:
    """Say how each case began; one kept here that no complaint came before, an officer found."""
    by_channel = np.where(frame["channel"] == Channel.OFFICER, Origin.OFFICER, Origin.COMPLAINT)
    told = np.where(frame["channel"].notna(), by_channel, Origin.UNKNOWN)
    unprompted = (frame["complaints"] == 0) | (frame["reported"] > frame["opened"])
    return pd.Series(
        np.where(~frame["imported"] & unprompted, Origin.OFFICER, told), index=frame.index
    )
