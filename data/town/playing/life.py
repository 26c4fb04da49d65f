"""Live one case from its finding to wherever it has come by the last day of the history."""

from collections.abc import Generator
from datetime import date, timedelta

from cases.adopted import adopted_law
from cases.hearings import About, Outcome
from cases.lawpack.schema import LawPack
from data.town.playing import citation, tribunal, visits, warning
from data.town.playing.scene import Act, Scene
from data.town.playing.turns import Turn

WEEK = timedelta(days=7)

type Asking = Generator[date, None, bool]
"""An act that says at its end whether the case is over."""


def live(scene: Scene) -> Act:
    """Live a case; every day it yields is one on which it goes on."""
    law = adopted_law(scene.connection, scene.law_pack_id)
    yield from visits.find(scene)
    if scene.takes(Turn.UNFOUNDED):
        return
    yield from warning.warn(scene)
    if scene.takes(Turn.MISTAKEN):
        yield from scene.wait(scene.after(1, 3))
        visits.void(scene)
        return
    yield from warning.ask_for_time(scene, law)
    if scene.takes(Turn.NO_ACCESS):
        yield from visits.keep_appointment(scene)
    for stage in (_after_warning, _after_citation, _at_hearing, _after_order):
        if (yield from stage(scene, law)):
            return


def _after_warning(scene: Scene, law: LawPack) -> Asking:
    course = scene.part.fate.course
    after = warning.deadline(scene) + timedelta(days=1)
    first_look = max(course.reinspected, after)
    if (yield from _mended(scene, law, by=first_look)):
        return True
    yield from scene.wait(first_look)
    visits.find_standing(scene)
    if (yield from _mended(scene, law, by=course.cited)):
        return True
    yield from scene.wait(course.cited)
    yield from citation.cite(scene, law)
    return False


def _after_citation(scene: Scene, law: LawPack) -> Asking:
    if scene.takes(Turn.CONTESTED):
        if (yield from _mended(scene, law, by=scene.after(0, 2))):
            return True
        yield from citation.contest(scene)
        tribunal.ask(scene, About.CITATION)
        return False
    if (yield from _mended(scene, law, by=citation.answer_by(scene))):
        return True
    yield from citation.waive(scene)
    vacated = scene.takes(Turn.WAIVER_VACATED)
    tribunal.ask(scene, About.CITATION if vacated else About.VIOLATION)
    return False


def _at_hearing(scene: Scene, law: LawPack) -> Asking:
    contested = scene.takes(Turn.CONTESTED) or scene.takes(Turn.WAIVER_VACATED)
    if (yield from _mended(scene, law, by=tribunal.soonest(scene) - WEEK)):
        return True
    yield from tribunal.go_before(scene)
    scene.heard = True
    if contested and scene.takes(Turn.DISMISSED):
        tribunal.decide(scene, Outcome.NO_VIOLATION, "Another lot was photographed")
        tribunal.dismiss(scene)
        yield from _mended(scene, law, by=date.max)
        return True
    if scene.takes(Turn.AGREED) and not contested:
        tribunal.agree(scene)
        yield from _mended(scene, law, by=date.max)
        return True
    tribunal.decide(scene, Outcome.VIOLATION, "It stood on the day cited and stands today")
    if contested:
        tribunal.uphold(scene)
    yield from tribunal.order(scene)
    return False


def _after_order(scene: Scene, law: LawPack) -> Asking:
    comply_by = tribunal.row(scene).comply_by or scene.on
    if (yield from _mended(scene, law, by=comply_by + timedelta(days=3))):
        return True
    yield from scene.wait(comply_by + timedelta(days=3))
    yield from tribunal.swear(scene)
    yield from tribunal.certify(scene)
    return (yield from _mended(scene, law, by=date.max))


def _mended(scene: Scene, law: LawPack, *, by: date) -> Asking:
    """See it mended by a day, if it is; what is owed is paid a while after, and the case closed."""
    seen = max(scene.part.fate.course.seen, scene.on)
    if seen > by:
        return False
    yield from scene.wait(seen)
    inspection_id = visits.find_mended(scene)
    if scene.order_id:
        tribunal.meet(scene, inspection_id)
    elif scene.hearing_id and not scene.heard:
        tribunal.call_off(scene)
    if scene.citation_id:
        yield from scene.wait(scene.after(2, 25))
        citation.pay_up(scene, law)
        citation.settle(scene)
    visits.close(scene, "Corrected")
    return True
