"""Tell an officer what came and went, given by name or with a zone, each count a link to a list."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask_babel import gettext as _

from cases.desk import lists
from cases.desk.lists import Filter
from cases.desk.queues import Queue
from cases.given import Given, given_lately, gone_lately
from cases.handings import Handed, handed_lately
from webmap.auth.desk import Desk
from webmap.office.asking import Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What came or went, and how much of it is still so.

    Parameters
    ----------
    others
        The names of those who had it before, or of whoever has it since.
    count, booked
        How many cases, and in how many of them an appointment is booked.
    """

    handed: Handed
    others: str
    cases: Asked
    count: int
    appointments: Asked
    booked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Gift:
    """What somebody gave an officer, or gave away from one, on one day, and the list of it.

    Parameters
    ----------
    others
        The names of those who had it before, or who got it.
    """

    given: Given
    others: str
    cases: Asked


MOST = 6
"""A town that is drawn anew changes many zones at once: the latest are told, the rest listed."""


def lately(desk: Desk) -> list[Line]:
    """Return what came to whoever looks and went from them last, but for what is over by now."""
    found = handed_lately(desk.connection, desk.member.name, on=desk.today)[: 2 * MOST]
    return [line for line in (_line(desk, each) for each in found) if line.count][:MOST]


def given(desk: Desk) -> list[Gift]:
    """Return what whoever looks was given by name last, one line for all of a day and a giver."""
    mine = desk.member.name
    return _gifts(given_lately(desk.connection, mine, on=desk.today), Filter(officer=mine))


def gone(desk: Desk) -> list[Gift]:
    """Return what was given away by name from whoever looks, in lines as `given` has them."""
    mine = desk.member.name
    return _gifts(gone_lately(desk.connection, mine, on=desk.today), Filter(had_by=mine))


def _gifts(found: Sequence[Given], of: Filter) -> list[Gift]:
    return [
        Gift(
            given=each, others=_named(each.others),
            cases=Asked(replace(of, given=(each.on, each.on), given_by=each.actor)),
        )
        for each in found[:MOST]
    ]  # fmt: skip


def of_drawing(drawing_id: int) -> Asked:
    """Return the list of all that changed hands by a drawing, ended or not."""
    return Asked(Filter(queue=Queue.EVERY, drawing=drawing_id))


def _line(desk: Desk, handed: Handed) -> Line:
    asked = _since(handed, desk.member.name)
    booked, count = replace(asked, booked=True), _count(desk, asked)
    return Line(
        handed=handed, others=_named(handed.others), cases=Asked(asked), count=count,
        appointments=Asked(booked), booked=_count(desk, booked) if count else 0,
    )  # fmt: skip


def _since(handed: Handed, officer: str) -> Filter:
    """Ask for the open cases that whoever got them has still."""
    if handed.came:
        return Filter(drawing=handed.drawing_id, officer=officer)
    (other,) = handed.others
    gone = Filter(drawing=handed.drawing_id, had_by=officer)
    return replace(gone, officer=other) if other else replace(gone, queue=Queue.UNASSIGNED)


def _named(others: Sequence[str | None]) -> str:
    return ", ".join(each or str(_("nobody")) for each in others)


def _count(desk: Desk, asked: Filter) -> int:
    return int(desk.connection.execute(lists.count(asked, on=desk.today)).scalar_one())
