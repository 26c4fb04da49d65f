"""Act how a matter comes in: a complaint, perhaps two, and the case one of them opens."""

from cases import answering, intake, linking, opening, overriding, receiving
from cases.answering import Told
from cases.receiving import Report
from cases.reporters import Identity
from cases.review import Rule
from cases.screening import Belief, Channel, Imminent
from cases.tying import Whereabouts
from data.town.people import person
from data.town.playing.scene import RESIDENT, Act, Scene
from data.town.playing.turns import Turn

OFFICER = "officer"


def come_in(scene: Scene) -> Act:
    """Come to the town's notice, and become a case on the day an officer goes there."""
    fate = scene.part.fate
    if fate.channel == OFFICER:
        yield from scene.wait(fate.found)
        _open(scene)
        return
    yield from scene.wait(fate.received)
    complaint_id = _report(scene, Channel(fate.channel))
    scene.complaint_ids.append(complaint_id)
    if scene.takes(Turn.TWO_COMPLAIN):
        yield from _repeat(scene, complaint_id)
    if scene.takes(Turn.MORE_URGENT):
        overriding.override(
            scene.connection, complaint_id=complaint_id, rule=Rule.PRIORITY, value=1,
            reason="A school stands beside it", **scene.manager,
        )  # fmt: skip
    yield from scene.wait(fate.found)
    scene.case_id = intake.accept(
        scene.connection, complaint_id=complaint_id, belief=_belief(scene), **scene.officer
    )


def tell_reporters(scene: Scene) -> None:
    """Tell whoever reported it what came of it, and close their complaints."""
    told = Told.NOBODY if scene.takes(Turn.NO_NAME) else Told.EMAIL
    for each in scene.complaint_ids:
        answering.close_complaint(
            scene.connection, complaint_id=each, told=told, told_on=scene.on, **scene.clerk
        )
    scene.complaint_ids.clear()


def come_to_nothing(scene: Scene) -> Act:
    """Be reported and become no case: without a name, or another department's matter."""
    yield from scene.wait(scene.part.fate.received)
    complaint_id = _report(scene, Channel(scene.part.fate.channel))
    yield from scene.wait(scene.after(1, 3))
    if scene.takes(Turn.REFERRED):
        intake.refer(
            scene.connection, complaint_id=complaint_id, to="Public Works",
            reason="It lies in the right of way", **scene.clerk,
        )  # fmt: skip
        return
    intake.dismiss(
        scene.connection, complaint_id=complaint_id, **scene.clerk,
        reason="No name was given, and nothing imminent threatens",
    )  # fmt: skip


def _report(scene: Scene, channel: Channel) -> int:
    fate = scene.part.fate
    report = Report(
        channel=channel, category=fate.offences[0].category, parcel_no=scene.part.parcel_no,
        address=scene.part.situs, description=f"{fate.offences[0].text} at {scene.part.situs}.",
    )  # fmt: skip
    by_web = channel in {Channel.WEB, Channel.EMAIL, Channel.OPEN311}
    return receiving.receive(
        scene.connection, report=report, reporter=_reporter(scene),
        law_pack_id=scene.law_pack_id, **(scene.by(RESIDENT) if by_web else scene.clerk),
    )  # fmt: skip


def _reporter(scene: Scene) -> Identity | None:
    if scene.takes(Turn.NO_NAME) or scene.takes(Turn.IGNORED):
        return None
    name = person(scene.dice)
    mail = f"{name.split(',')[0].lower()}{scene.dice.integers(10, 99)}@example.org"
    return Identity(name=name, address=scene.part.neighbour, email=mail, told_public_record=True)


def _repeat(scene: Scene, complaint_id: int) -> Act:
    """Report the same again within days; it is linked to the first, never thrown away."""
    yield from scene.wait(scene.after(0, 1))
    again = _report(scene, Channel.PHONE)
    linking.link_to_complaint(
        scene.connection, complaint_id=again, earlier_id=complaint_id, **scene.clerk
    )
    scene.complaint_ids.append(again)


def _belief(scene: Scene) -> Belief | None:
    if not scene.takes(Turn.NO_NAME):
        return None
    return Belief(
        imminent=Imminent.HEALTH_SAFETY_WELFARE,
        reason="An open structure beside a school bus stop draws children in",
    )


def _open(scene: Scene) -> None:
    part = scene.part
    place = Whereabouts(
        parcel_no=part.parcel_no, address=part.situs, point=part.point, opened_on=scene.on
    )
    scene.case_id = opening.open_case(
        scene.connection, category=part.fate.offences[0].category, place=place,
        law_pack_id=scene.law_pack_id, **scene.officer,
    )  # fmt: skip
