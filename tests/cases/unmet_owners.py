"""Repeats that lack one thing they need."""

from functools import partial

import sqlalchemy as sa
from desk import MANAGER
from played_owners import (
    NUMBER,
    Played,
    at,
    cite,
    cite_as_repeat,
    confirm,
    enter,
    find,
    hear,
)
from unmet import Deed, unmet

from cases.fines.rules import FineKind
from cases.repeating import withdraw_repeat
from cases.workflow.order import OrderAction
from cases.workflow.step import Guard
from cases.workflow.violation import ViolationAction


@unmet(ViolationAction.CONFIRM_REPEAT, Guard.PRIOR_COUNTS)
def _(town: sa.Connection, law: int, earlier: Played) -> Deed:
    elsewhere = find(
        town, law, on=at(earlier.found_on, 1000).on, lot="A-4", name="T. Hill",
        address="9 Birch Ave",
    )  # fmt: skip
    return partial(confirm, town, elsewhere, NUMBER)


def _withdraw(town: sa.Connection, later: Played) -> Deed:
    return partial(
        withdraw_repeat, town, violation_id=later.violation, reason="Another owner",
        actor=MANAGER, moment=at(later.found_on, 4),
    )  # fmt: skip


@unmet(ViolationAction.WITHDRAW_REPEAT, Guard.REPEAT_ON_RECORD)
def _(town: sa.Connection, later: Played) -> Deed:
    return _withdraw(town, later)


@unmet(ViolationAction.WITHDRAW_REPEAT, Guard.NOTHING_RESTS_ON_IT)
def _(town: sa.Connection, later: Played) -> Deed:
    confirm(town, later, NUMBER)
    cite_as_repeat(town, later)
    return _withdraw(town, later)


@unmet(OrderAction.ENTER, Guard.REPEAT_CONFIRMED)
def _(town: sa.Connection, later: Played) -> Deed:
    cite(town, later)
    hearing = hear(town, later)
    return partial(enter, town, later, hearing, kind=FineKind.REPEAT, found_on=later.found_on)
