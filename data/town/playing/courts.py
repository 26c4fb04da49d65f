"""Act what goes to court: an appeal of the order, a suit for what is owed, a foreclosure."""

from datetime import date, timedelta

from cases import appealing, foreclosing, suing
from cases.deadlines import Answer
from cases.papers import CourtPaper, Resolution
from cases.suing import SuitKind
from data.town.playing.scene import Act, Scene
from data.town.playing.turns import Turn

RIPE = timedelta(days=95)
"""A lien waits three months and a day before it is sued upon (s. 162.09(3))."""


def appeal(scene: Scene) -> Act:
    """Appeal the order to the circuit court, and hear what it says."""
    yield from scene.wait(scene.after(5, 15))
    appeal_id = appealing.file(
        scene.connection, order_id=scene.order_id, answer=Answer(received_on=scene.on),
        court_case_no=_court_case(scene, "AP"), **scene.owner,
    )  # fmt: skip
    if scene.takes(Turn.STAYED):
        yield from scene.wait(scene.after(5, 9))
        appealing.stay(
            scene.connection, appeal_id=appeal_id, paper=_paper(scene),
            fine_stands_from=scene.on, **scene.clerk,
        )  # fmt: skip
    if scene.takes(Turn.UNDECIDED):
        yield from scene.wait(date.max)
    yield from scene.wait(scene.after(60, 110))
    if scene.takes(Turn.STAY_LIFTED) and scene.takes(Turn.STAYED):
        appealing.lift_stay(
            scene.connection, appeal_id=appeal_id, paper=_paper(scene), **scene.clerk
        )
        yield from scene.wait(scene.after(10, 30))
    _decide(scene, appeal_id)


def _decide(scene: Scene, appeal_id: int) -> None:
    said = appealing.affirm
    if scene.takes(Turn.REVERSED):
        said = appealing.reverse
    elif scene.takes(Turn.REMANDED):
        said = appealing.remand
    elif scene.takes(Turn.APPEAL_DISMISSED):
        said = appealing.dismiss
    said(scene.connection, appeal_id=appeal_id, paper=_paper(scene), **scene.clerk)
    if said in {appealing.reverse, appealing.remand}:
        scene.order_id = 0


def sue(scene: Scene) -> Act:
    """Refer what is owed to counsel, who files for a judgment, settles, or declines."""
    yield from scene.wait(scene.on + RIPE)
    suit_id = suing.refer(
        scene.connection, case_id=scene.case_id, kind=SuitKind.MONEY_JUDGMENT,
        lien_id=scene.lien_id, reason="Nothing was paid in three months",
        **scene.manager,
    )  # fmt: skip
    yield from scene.wait(scene.after(10, 20))
    if scene.takes(Turn.DECLINED):
        suing.decline(
            scene.connection, suit_id=suit_id, reason="The owner has nothing", **scene.manager
        )
        return
    suing.file(
        scene.connection, suit_id=suit_id, court_case_no=_court_case(scene, "CA"),
        resolution=_resolution(scene), **scene.clerk,
    )  # fmt: skip
    yield from scene.wait(scene.after(20, 40))
    if scene.takes(Turn.SUIT_SETTLED):
        suing.settle(
            scene.connection, suit_id=suit_id, resolution=_resolution(scene),
            reason="The respondent pays by instalments", **scene.manager,
        )  # fmt: skip
    elif scene.takes(Turn.SUIT_DISMISSED):
        suing.dismiss(scene.connection, suit_id=suit_id, paper=_paper(scene), **scene.clerk)
    elif not scene.takes(Turn.UNDECIDED):
        suing.adjudge(
            scene.connection, suit_id=suit_id, paper=_paper(scene), awarded_cents=2_500_000,
            relief=None, **scene.clerk,
        )  # fmt: skip
        scene.suit_id = suit_id


def foreclose(scene: Scene) -> Act:
    """Foreclose the lien, to the judgment or not."""
    yield from scene.wait(scene.on + RIPE)
    foreclosing.foreclose(
        scene.connection, lien_id=scene.lien_id, court_case=_court_case(scene, "CA"),
        authorization=f"Resolution {_resolution(scene).number}", **scene.manager,
    )  # fmt: skip
    if scene.takes(Turn.UNDECIDED):
        return
    yield from scene.wait(scene.after(15, 30))
    if scene.takes(Turn.FORECLOSURE_WITHDRAWN):
        foreclosing.withdraw_foreclosure(
            scene.connection, lien_id=scene.lien_id, reason="A buyer offers to pay",
            **scene.manager,
        )  # fmt: skip
        return
    foreclosing.adjudge(
        scene.connection, lien_id=scene.lien_id, judged_on=scene.on,
        judgment=_court_case(scene, "CA"), **scene.clerk,
    )  # fmt: skip
    scene.lien_id = 0


def _court_case(scene: Scene, kind: str) -> str:
    return f"{scene.on.year}-{kind}-{scene.case_id:06d}"


def _paper(scene: Scene) -> CourtPaper:
    return CourtPaper(number=f"Docket {scene.dice.integers(10, 400)}", signed_on=scene.on)


def _resolution(scene: Scene) -> Resolution:
    number = f"{scene.on.year}-{scene.dice.integers(10, 99)}"
    return Resolution(number=number, passed_on=scene.on)
