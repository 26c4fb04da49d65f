"""Live one case from its report to wherever it has come by the last day of the history."""

from collections.abc import Generator
from datetime import date, timedelta

from cases.adopted import adopted_law
from cases.hearings import About, Outcome
from data.town.playing import (
    citation,
    courts,
    ending,
    estate,
    reports,
    tribunal,
    visits,
    warning,
    works,
)
from data.town.playing.scene import Act, Scene
from data.town.playing.turns import Turn

WEEK = timedelta(days=7)
GRACE = timedelta(days=31)
"""What a certified fine may be paid in before a lien is recorded for it."""

type Asking = Generator[date, None, bool]
"""An act that says at its end whether the case is over."""


def live(scene: Scene) -> Act:
    """Live a case; every day it yields is one on which it goes on."""
    if scene.takes(Turn.REFERRED) or scene.takes(Turn.IGNORED):
        yield from reports.come_to_nothing(scene)
        return
    yield from reports.come_in(scene)
    visits.find(scene)
    if scene.takes(Turn.UNFOUNDED):
        return
    yield from warning.warn(scene)
    if scene.takes(Turn.MISTAKEN):
        yield from scene.wait(scene.after(1, 3))
        visits.void(scene)
        return
    yield from warning.ask_for_time(scene, adopted_law(scene.connection, scene.law_pack_id))
    if scene.takes(Turn.NO_ACCESS) or scene.takes(Turn.THOUGHT_BETTER):
        yield from visits.keep_appointment(scene)
    visits.drop(scene)
    for stage in (_warned, _cited, _heard, _ordered, _certified):
        if (yield from stage(scene)):
            return


def _warned(scene: Scene) -> Asking:
    course = scene.part.fate.course
    first_look = max(course.reinspected, warning.deadline(scene) + timedelta(days=1))
    if (yield from ending.mended(scene, by=first_look)):
        return True
    yield from scene.wait(first_look)
    visits.find_standing(scene)
    if (yield from ending.mended(scene, by=course.cited)):
        return True
    yield from scene.wait(course.cited)
    yield from citation.cite(scene)
    return False


def _cited(scene: Scene) -> Asking:
    if scene.takes(Turn.CONTESTED):
        if (yield from ending.mended(scene, by=scene.after(0, 2))):
            return True
        yield from citation.contest(scene)
        tribunal.ask(scene, About.CITATION)
        return False
    if (yield from ending.mended(scene, by=citation.answer_by(scene))):
        return True
    yield from citation.waive(scene)
    vacated = scene.takes(Turn.WAIVER_VACATED)
    tribunal.ask(scene, About.CITATION if vacated else About.VIOLATION)
    return False


def _heard(scene: Scene) -> Asking:
    contested = scene.takes(Turn.CONTESTED) or scene.takes(Turn.WAIVER_VACATED)
    if (yield from ending.mended(scene, by=tribunal.soonest(scene) - WEEK)):
        return True
    yield from tribunal.go_before(scene)
    scene.heard = True
    if contested and scene.takes(Turn.DISMISSED):
        tribunal.decide(scene, Outcome.NO_VIOLATION, "Another lot was photographed")
        tribunal.dismiss(scene)
        return (yield from ending.mended(scene, by=date.max))
    if scene.takes(Turn.AGREED) and not contested:
        tribunal.agree(scene)
        return (yield from ending.mended(scene, by=date.max))
    tribunal.decide(scene, Outcome.VIOLATION, "It stood on the day cited and stands today")
    if contested:
        tribunal.uphold(scene)
    yield from tribunal.order(scene)
    return False


def _ordered(scene: Scene) -> Asking:
    if scene.takes(Turn.ORDER_VACATED):
        tribunal.vacate(scene)
        return (yield from ending.mended(scene, by=date.max))
    if scene.takes(Turn.RECORDED):
        estate.record_order(scene)
    if scene.takes(Turn.APPEALED):
        yield from courts.appeal(scene)
        if not scene.order_id:
            return (yield from ending.mended(scene, by=date.max))
    if scene.takes(Turn.SOLD):
        yield from scene.wait(scene.after(3, 9))
        estate.sell(scene)
    comply_by = tribunal.row(scene).comply_by or scene.on
    if (yield from ending.mended(scene, by=comply_by + timedelta(days=3))):
        return True
    yield from scene.wait(comply_by + timedelta(days=3))
    yield from tribunal.swear(scene)
    if scene.takes(Turn.AFFIDAVIT_REJECTED):
        return (yield from ending.mended(scene, by=date.max))
    yield from tribunal.certify(scene)
    return False


def _certified(scene: Scene) -> Asking:
    recorded = scene.part.fate.course.recorded
    if (yield from ending.mended(scene, by=scene.on + GRACE)):
        return True
    yield from scene.wait(scene.on + GRACE)
    yield from _meanwhile(scene)
    if recorded is None:
        return (yield from ending.mended(scene, by=date.max))
    if (yield from ending.mended(scene, by=recorded)):
        return True
    yield from scene.wait(recorded)
    estate.record_lien(scene)
    yield from _under_lien(scene)
    return (yield from ending.mended(scene, by=date.max))


def _meanwhile(scene: Scene) -> Act:
    """Take the turns between a certified fine and its lien."""
    if scene.takes(Turn.ABATED):
        yield from works.abate(scene)
    if scene.takes(Turn.STAND_STILL):
        yield from tribunal.stand_still(scene)
    if scene.takes(Turn.REDUCED):
        yield from tribunal.reduce(scene)
    if scene.takes(Turn.BANKRUPT):
        yield from estate.go_bankrupt(scene)


def _under_lien(scene: Scene) -> Act:
    """Take the turns of a recorded lien."""
    if scene.takes(Turn.PART_RELEASED):
        estate.release_in_part(scene)
    if scene.takes(Turn.RELEASED):
        yield from scene.wait(scene.after(20, 40))
        estate.release(scene)
    if scene.takes(Turn.SUED):
        yield from courts.sue(scene)
    if scene.takes(Turn.FORECLOSED) and not scene.part.homestead:
        yield from courts.foreclose(scene)
