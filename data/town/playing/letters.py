"""Act how a notice is brought to its respondent, by mail, by hand, or on the door."""

from datetime import timedelta

from cases import notices
from cases.service.attempts import Attempt, MailTo, Method, Place
from data.town.playing.scene import Act, Scene
from data.town.playing.turns import Turn

UNSIGNED = timedelta(days=31)
HUNG = timedelta(days=11)
BY_HAND = 0.3
"""The share of letters that an officer hands over; the others go by certified mail."""


def serve(scene: Scene, notice_id: int) -> Act:
    """Bring an issued notice until its service is proved."""
    if scene.takes(Turn.MAIL_RETURNED):
        yield from _post_on_the_door(scene, notice_id)
    elif scene.dice.random() < BY_HAND:
        yield from _hand_over(scene, notice_id)
    else:
        yield from _have_signed(scene, notice_id)


def mail_first_class(scene: Scene, notice_id: int) -> None:
    """Put a letter in the post, which is enough for a warning."""
    mailed = Attempt(
        method=Method.FIRST_CLASS_MAIL, made_on=scene.on, mailed_to=MailTo.TAX_COLLECTOR
    )
    _record(scene, notice_id, mailed)


def _have_signed(scene: Scene, notice_id: int) -> Act:
    attempt_id = _record(scene, notice_id, _certified(scene))
    yield from scene.wait(scene.after(3, 8))
    notices.complete_attempt(
        scene.connection, attempt_id=attempt_id, signed_on=scene.on, **scene.clerk
    )


def _hand_over(scene: Scene, notice_id: int) -> Act:
    yield from scene.wait(scene.after(1, 4))
    handed = Attempt(
        method=Method.HAND, made_on=scene.on, affidavit_on=scene.on,
        server=scene.part.officer.name,
    )  # fmt: skip
    _record(scene, notice_id, handed)


def _post_on_the_door(scene: Scene, notice_id: int) -> Act:
    attempt_id = _record(scene, notice_id, _certified(scene))
    yield from scene.wait(scene.on + UNSIGNED)
    notices.complete_attempt(
        scene.connection, attempt_id=attempt_id, returned_on=scene.on, return_reason="unclaimed",
        **scene.clerk,
    )  # fmt: skip
    posted = Attempt(
        method=Method.POSTING, made_on=scene.on, posted_at=frozenset(Place),
        affidavit_on=scene.on, server=scene.part.officer.name,
    )  # fmt: skip
    _record(scene, notice_id, posted)
    yield from scene.wait(scene.on + HUNG)


def _certified(scene: Scene) -> Attempt:
    article = "".join(str(digit) for digit in scene.dice.integers(0, 10, 20))
    return Attempt(
        method=Method.CERTIFIED_MAIL, made_on=scene.on, mailed_to=MailTo.TAX_COLLECTOR,
        carrier_no=article,
    )  # fmt: skip


def _record(scene: Scene, notice_id: int, attempt: Attempt) -> int:
    return notices.record_attempt(
        scene.connection, notice_id=notice_id, attempt=attempt, **scene.clerk
    )
