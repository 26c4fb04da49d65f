"""Act how a case ends: mended, paid, settled part by part, closed."""

from collections.abc import Generator
from datetime import date

from cases import suing
from cases.workflow.order import OrderStatus
from data.town.playing import citation, estate, money, tribunal, visits, works
from data.town.playing.scene import Scene
from data.town.playing.turns import Turn


def mended(scene: Scene, *, by: date) -> Generator[date, None, bool]:
    """See it mended by a day, if it is, and bring the case to its end; says whether it is."""
    seen = max(scene.part.fate.course.seen, scene.on)
    if seen > by or (by == date.max and scene.takes(Turn.UNDECIDED)):
        return False
    yield from scene.wait(seen)
    inspection_id = visits.find_mended(scene)
    if scene.order_id:
        tribunal.meet(scene, inspection_id)
    elif scene.hearing_id and not scene.heard:
        tribunal.call_off(scene)
    if scene.citation_id:
        yield from scene.wait(scene.after(2, 25))
        yield from money.pay_up(scene)
        _settle(scene)
    visits.close(scene, "Corrected")
    if scene.takes(Turn.REOPENED):
        yield from scene.wait(scene.after(2, 6))
        visits.reopen(scene)
    return True


def _settle(scene: Scene) -> None:
    """Say of every part that it is paid."""
    citation.settle(scene)
    if scene.abatement_id:
        works.settle(scene)
    if scene.lien_id:
        estate.satisfy(scene)
    if scene.suit_id:
        suing.satisfy(scene.connection, suit_id=scene.suit_id, **scene.clerk)
    if scene.order_id and tribunal.status(scene) is OrderStatus.CERTIFIED:
        tribunal.end(scene)
    elif scene.order_id and scene.takes(Turn.RECORDED):
        estate.acknowledge(scene)
