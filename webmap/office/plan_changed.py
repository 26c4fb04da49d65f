"""Change a plan by hand as a page asks for it, and say the change in words."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask_babel import gettext as _

from geo.streets.at_hand import travel_by
from geo.streets.estimate import CrowFlight
from reports.routes import changes
from reports.routes.changes import ChangeError, Deed
from reports.routes.editing import effect
from reports.routes.packed import unpack
from reports.routes.redrive import redrive
from reports.routes.tally import tally
from reports.routes.written import (
    names_from_json,
    plan_from_json,
    plan_to_json,
    problem_from_json,
    problem_to_json,
)
from webmap.office.plan_cost import Cost, cost_of
from webmap.office.plan_history import EDITS
from webmap.office.plan_shown import ShownPlan

DEEDS = ("give", "pin", "unpin", "remove")

type Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change of one stop.

    Parameters
    ----------
    of, to
        The keys of the routes it is in and is given to; "" for none.
    place
        Its place there, 1 for the first; None for where it costs least.
    """

    stop_id: str
    do: str
    of: str = ""
    to: str = ""
    place: int | None = None

    def asked(self, plan: ShownPlan) -> changes.Change:
        """Return it as a plan takes it.

        Raises
        ------
        ChangeError
            It names a day that is not in the plan.
        """
        if self.do != "give":
            return changes.Change(deed=Deed(self.do), stop_id=self.stop_id)
        to = plan.route(self.to)
        if to is None:
            msg = "Choose the officer and the day it is given to."
            raise ChangeError(msg)
        return changes.Change(
            deed=Deed.MOVE if plan.stop(self.stop_id) else Deed.ADD, stop_id=self.stop_id,
            officer=to.officer, day=to.day, position=None if self.place is None else self.place - 1,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A draft with a change in it, as it is kept, and what the change costs."""

    problem: Json
    plan: Json
    cost: Cost


def changed(
    row: Any, change: Change, *, plan: ShownPlan, streets: Path | None = None
) -> Changed:  # fmt: skip
    """Return a draft with a change in it.

    Parameters
    ----------
    plan
        The draft's own, as its pages show it.
    streets
        Where the streets are, on which changed routes are driven; None where it is only asked what
        the change does.

    Raises
    ------
    ChangeError
        It cannot be made, and why.
    """
    problem = problem_from_json(row.problem)
    was = plan_from_json(row.plan, problem=problem)
    matrix, rows = unpack(row.matrix)
    done = effect(problem, matrix, was, change.asked(plan), rows=rows)
    now = done.plan
    if now is None:
        raise ChangeError(done.why)
    if streets is not None:
        travel = CrowFlight() if now.estimated else travel_by(streets)[0]
        now = redrive(now, travel, problem=done.problem, matrix=matrix, rows=rows)
    names = names_from_json(row.problem)
    kept = {key: value for key, value in row.plan.items() if key != EDITS}
    return Changed(
        problem=problem_to_json(done.problem, names=names),
        plan={**kept, **plan_to_json(now, problem=done.problem, names=names)},
        cost=cost_of(tally(was, problem=problem), tally(now, problem=done.problem)),
    )


def changed_words(plan: ShownPlan, change: Change) -> str:
    """Say a change."""
    label = _label(plan, change.stop_id)
    if change.do == Deed.PIN:
        return str(_("Pin %(stop)s", stop=label))
    if change.do == Deed.UNPIN:
        return str(_("Unpin %(stop)s", stop=label))
    if change.do == Deed.REMOVE:
        return str(_("Leave %(stop)s for another day", stop=label))
    to = plan.route(change.to)
    if to is None:
        return str(_("Give %(stop)s to another officer", stop=label))
    if to.key == change.of:
        return str(_("Move %(stop)s within the day of %(officer)s", stop=label, officer=to.officer))
    return str(_("Give %(stop)s to %(officer)s", stop=label, officer=to.officer))


def _label(plan: ShownPlan, stop_id: str) -> str:
    there = plan.stop(stop_id)
    if there:
        return there[1].label
    return next((str(each["label"]) for each in plan.left if each["id"] == stop_id), stop_id)
