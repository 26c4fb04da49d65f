"""Show what the plans of a day promised, and what became of every stop."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import abort

from cases.business_days import DAY
from cases.permissions import Right
from cases.visits.comparing import Adopted, Kept, adopted_days, plans_of_day, withdrawn_of_day
from webmap.arguments import as_day
from webmap.auth.desk import Desk, reading
from webmap.auth.gate import needs
from webmap.office.frame import blueprint
from webmap.office.plan_words import WORDS

A_LOT = 15 * 60
"""Seconds by which somebody who comes later is told as late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An officer's day held against what happened."""

    day: Adopted

    @property
    def unsaid(self) -> int:
        """Count the stops of which nobody has said anything."""
        return len(self.day.stops) - self.day.made - self.day.skipped

    @property
    def late(self) -> list[Kept]:
        """Return the stops that were come to much later than planned."""
        return [each for each in self.day.stops if (each.late_seconds or 0) >= A_LOT]

    @property
    def longer(self) -> int | None:
        """Seconds that the doors took longer than planned in all; None where nobody said."""
        told = [each.longer_seconds for each in self.day.stops if each.longer_seconds is not None]
        return sum(told) if told else None


@blueprint.get("/plans/day/<planned_on>")
@needs(Right.PLAN_WORK)
def plan_day(planned_on: str) -> str:
    """Show a day: what was planned in one column, what happened in the other."""
    on: date = as_day(planned_on) or abort(404)
    with reading() as desk:
        held = _held(desk, on)
        return desk.page(
            "office/plan_day.html", on=on, held=held, zone=desk.zone, a_day=DAY,
            totals=_totals(held), withdrawn=desk.rows(withdrawn_of_day(on)), **WORDS,
        )  # fmt: skip


def _held(desk: Desk, on: date) -> list[Held]:
    return [Held(day=each) for each in adopted_days(desk.connection, plans_of_day(on))]


def _totals(held: Sequence[Held]) -> dict[str, Any]:
    return {
        "stops": sum(len(each.day.stops) for each in held),
        "made": sum(each.day.made for each in held),
        "skipped": sum(each.day.skipped for each in held),
        "unsaid": sum(each.unsaid for each in held),
        "late": sum(len(each.late) for each in held),
    }
