"""See that what a story says is so: days, sums, statuses and words, as they were made by hand."""

from datetime import date
from functools import partial
from typing import Any

import sqlalchemy as sa
from story_telling import Tale, tells

from cases.ledger.reading import owed
from cases.models import Appeal, Case, Notice
from cases.ordered import fine_of
from cases.story import whole
from cases.workflow.casefile import status_of

so = partial(tells, deed=False)


@so("{notice} was served on {on:day} by {way}")
def served(tale: Tale, notice: str, on: date, way: str) -> None:
    row = tale.town.execute(_NOTICE, {"notice": tale.notice_of(notice)}).one()
    assert (row.served_on, row.served_by.replace("_", " ")) == (on, way)


@so("{notice} says: {words:words}")
def says(tale: Tale, notice: str, words: str) -> None:
    row = tale.town.execute(_NOTICE, {"notice": tale.notice_of(notice)}).one()
    assert words in str(row.content)


@so("the history of {case} tells: {words:words}")
def tells_of(tale: Tale, case: str, words: str) -> None:
    number = tale.of(case).number
    assert [line for line in whole(tale.town, number) if f"{words} - " in line]


@so("{part} are to be corrected by {on:day}")
@so("{part} is to be corrected by {on:day}")
def to_be_corrected(tale: Tale, part: str, on: date) -> None:
    assert tale.of(part).comply_by == on


@so("{citation} is to be answered by {on:day}")
def to_be_answered(tale: Tale, citation: str, on: date) -> None:
    assert tale.of(citation).answer_by == on


@so("that the order is not met may be contested until {on:day}")
def to_be_contested(tale: Tale, on: date) -> None:
    assert tale.of("the order").contest_by == on


@so("the last day to appeal was {on:day}")
def to_be_appealed(tale: Tale, on: date) -> None:
    query = sa.select(Appeal.due_on).where(Appeal.id == tale.ids["the appeal"])
    assert tale.town.execute(query).scalar_one() == on


@so("{part} is {status:word}")
def stands(tale: Tale, part: str, status: str) -> None:
    row = tale.of(part)
    assert (status_of(row) if tale.is_a(part, Case) else row.status) == status


@so("{case} has come to {phase:word}")
def has_come_to(tale: Tale, case: str, phase: str) -> None:
    assert tale.of(case).phase == phase


@so("nothing is owed in {case}")
def owes_nothing(tale: Tale, case: str) -> None:
    assert _owed(tale, case) == {}


@so("{penalty:money} of penalties are owed in {case}")
def owes_penalties(tale: Tale, penalty: int, case: str) -> None:
    assert _owed(tale, case) == {"penalty": penalty}


@so("{cost:money} of costs are owed in {case}")
def owes_costs(tale: Tale, cost: int, case: str) -> None:
    assert _owed(tale, case) == {"cost": cost}


@so("{penalty:money} of penalties and {cost:money} of costs are owed in {case}")
def owes_both(tale: Tale, penalty: int, cost: int, case: str) -> None:
    assert _owed(tale, case) == {"penalty": penalty, "cost": cost}


def _owed(tale: Tale, case: str) -> dict[str, int]:
    left: dict[Any, int] = owed(tale.town, tale.ids[case])
    return {str(part): cents for part, cents in left.items() if cents}


@so("the fine of the order has come to {cents:money}, {label}")
def fined(tale: Tale, cents: int, label: str) -> None:
    fine = fine_of(tale.town, tale.ids["the order"], as_of=tale.moment.on)
    assert (fine.total_cents, fine.label) == (cents, label)


@so("the cost of {work} is on the tax list since {on:day}")
def on_the_tax_list(tale: Tale, work: str, on: date) -> None:
    assert tale.of(work).certified_on == on


_NOTICE = sa.select(Notice.__table__).where(Notice.id == sa.bindparam("notice"))
