"""Show lists of complaints beside their map, and how many wait for somebody."""

import dataclasses
import math
from datetime import date
from typing import Any, Self
from urllib.parse import urlencode

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from cases.accounts.members import in_role
from cases.desk import complaints as lists
from cases.desk.complaints import SHELVES, Filter, Shelf
from cases.desk.lists import COUNTED
from cases.desk.queues import Waiting
from cases.permissions import Right, may
from cases.workflow.complaint import ComplaintAction
from cases.workflow.roles import Role
from geo import places
from webmap.arguments import one_of, whole
from webmap.auth.desk import Desk, reading
from webmap.auth.gate import needs
from webmap.interpreting import say
from webmap.office.frame import blueprint

PAGE = 50
_PILED = frozenset({Role.OFFICER, Role.CLERK, Role.MANAGER})


@dataclasses.dataclass(frozen=True, slots=True)
class AskedComplaints:
    """A list's filter and page."""

    filter: Filter
    page: int = 1

    @classmethod
    def read(cls, args: MultiDict[str, str]) -> Self:
        """Return what the query string asks for.

        Raises
        ------
        AskedError
            When a value is none that could be.
        """
        shelf = one_of(args, "shelf", ["", *Shelf]) or Shelf.TO_LOOK_INTO
        return cls(
            filter=Filter(
                shelf=Shelf(shelf), category=args.get("category", "")[:200],
                zone=whole(args, "zone"), officer=args.get("officer", "")[:200],
            ),
            page=whole(args, "page") or 1,
        )  # fmt: skip

    def link(self, **change: Any) -> str:
        """Return the address of a list that asks the same but for a change; page 1 unless named."""
        values = {**dataclasses.asdict(self.filter), **change}
        if values["shelf"] == Shelf.TO_LOOK_INTO:
            values["shelf"] = ""
        query = urlencode({key: str(value) for key, value in values.items() if value})
        there = url_for("office.complaints")
        return f"{there}?{query}" if query else there


@dataclasses.dataclass(frozen=True, slots=True)
class ComplaintPile:
    """A list that waits for somebody: how many are in it, the way there, and since when."""

    queue: Shelf
    waiting: Waiting
    asked: AskedComplaints
    count: int
    since: date | None = None


@blueprint.get("/complaints")
@needs(Right.READ_CASE)
def complaints() -> str:
    """Show a list."""
    asked = AskedComplaints.read(request.args)
    with reading() as desk:
        counted = _count(desk, asked.filter)
        found = lists.complaints(
            asked.filter, on=desk.today, most=PAGE, skip=(asked.page - 1) * PAGE
        )
        name, means = SHELVES[asked.filter.shelf]
        return desk.page(
            "office/complaints.html", asked=asked, complaints=desk.rows(found), counted=counted,
            more_than=counted > COUNTED, first=(asked.page - 1) * PAGE + 1,
            pages=max(1, math.ceil(min(counted, COUNTED) / PAGE)), name=name, means=means,
            since=_since(desk, asked.filter) if asked.filter.shelf is Shelf.HELD else None,
            may_settle=may(desk.member.role, ComplaintAction.RELEASE),
            shelf_choices=[(str(each), say(words)) for each, (words, _means) in SHELVES.items()],
            **_choices(desk),
        )  # fmt: skip


def complaint_piles(desk: Desk) -> list[Any]:
    """Count what waits to be looked into: an officer's are of their own zones, others' all."""
    if desk.member.role not in _PILED:
        return []
    officer = desk.member.name if desk.member.role is Role.OFFICER else ""
    piles = []
    for shelf in (Shelf.TO_LOOK_INTO, Shelf.LATE, Shelf.HELD):
        asked = AskedComplaints(Filter(shelf=shelf, officer=officer))
        words, means = SHELVES[shelf]
        waiting = Waiting(words, means, _PILED)
        count = _count(desk, asked.filter)
        if count or shelf is not Shelf.HELD:  # which few towns ever see
            since = _since(desk, asked.filter) if shelf is Shelf.HELD else None
            piles.append(ComplaintPile(shelf, waiting, asked, count, since))
    return piles


def _count(desk: Desk, asked: Filter) -> int:
    return int(desk.connection.execute(lists.count(asked, on=desk.today)).scalar_one())


def _since(desk: Desk, asked: Filter) -> date | None:
    found: date | None = desk.connection.execute(lists.since(asked, on=desk.today)).scalar()
    return found


def _choices(desk: Desk) -> dict[str, list[tuple[Any, str]]]:
    zones = desk.rows(places.zones())
    names = {each.officer_name for each in zones} | {
        each.name for each in desk.rows(in_role(Role.OFFICER))
    }
    return {
        "zone_choices": [("", _("the whole town")), *((each.id, each.name) for each in zones)],
        "officer_choices": [
            ("", _("anyone")), *((name, name) for name in sorted(filter(None, names)))
        ],
    }  # fmt: skip
