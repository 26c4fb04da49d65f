"""Show somebody what waits for them today, each count a link to the list behind it."""

from dataclasses import dataclass
from typing import Any

from cases import sittings
from cases.desk import lists, saved
from cases.desk.lists import Filter
from cases.desk.queues import WAITING, Queue, Waiting
from cases.field.package import Places, stops_today
from cases.permissions import Right, may
from cases.workflow.order import OrderAction
from cases.workflow.roles import Role
from webmap.auth.desk import Desk, reading
from webmap.auth.gate import needs
from webmap.forms import JustDoIt
from webmap.office import closings, counter, front, handed
from webmap.office.asking import Asked
from webmap.office.complaints import ComplaintPile, complaint_piles
from webmap.office.frame import blueprint


@dataclass(frozen=True, slots=True)
class Pile:
    """A queue of somebody's: how many wait in it, and the list of them."""

    queue: Queue
    waiting: Waiting
    asked: Asked
    count: int


@blueprint.get("/")
@needs(Right.READ_CASE)
def home() -> str:
    """Show today."""
    with reading() as desk:
        theirs = [queue for queue in Queue if desk.member.role in WAITING[queue].for_]
        leads = desk.member.role is Role.MANAGER
        drives = desk.member.role is Role.OFFICER
        piles: list[Pile | ComplaintPile | counter.CounterPile] = complaint_piles(desk)
        piles += counter.piles(desk)
        piles += [_pile(desk, queue) for queue in theirs if not (leads and queue in front.SHOWN)]
        return desk.page(
            "office/home.html", piles=piles, most=lists.COUNTED,
            saved=desk.rows(saved.saved_by(desk.member.id)),
            shared=desk.rows(saved.shared_with(desk.member.id)), leads=leads, form=JustDoIt(),
            counter=counter.ways(), stops=_stops(desk) if drives else None,
            handed=handed.lately(desk) if drives else [],
            given=handed.given(desk) if drives else [],
            gone=handed.gone(desk) if drives else [],
            front=front.figures(desk) if leads else None, closing=closings.note(desk), **_sat(desk),
        )  # fmt: skip


def _sat(desk: Desk) -> dict[str, Any]:
    """Return today's sittings, and once one is over what it leaves to whoever is asking."""
    found, role = _sittings(desk), desk.member.role
    is_over = any(each.taken and not each.waits for each in found)
    serves = is_over and role in WAITING[Queue.TO_SERVE_ORDER].for_
    return {
        "sittings": found,
        "may_order": may(role, OrderAction.ENTER),
        "to_serve": _pile(desk, Queue.TO_SERVE_ORDER) if serves else None,
    }


def _sittings(desk: Desk) -> list[Any]:
    """Return today's sittings, for whoever reads dockets."""
    sits = may(desk.member.role, Right.READ_DOCKET)
    return desk.rows(sittings.held_on(desk.today)) if sits else []


def _stops(desk: Desk) -> Places:
    return stops_today(desk.connection, desk.member.name, on=desk.today, zone=desk.zone)


def _pile(desk: Desk, queue: Queue) -> Pile:
    """Count a queue: of an officer's, their own cases; of the others', the town's."""
    officer = desk.member.name if desk.member.role is Role.OFFICER else ""
    asked = Asked(Filter(queue=queue, officer=officer))
    counted = desk.connection.execute(lists.count(asked.filter, on=desk.today))
    return Pile(queue, WAITING[queue], asked, int(counted.scalar_one()))
