"""Act the warning: issue it, give more time or not, and see whether it is heeded."""

from datetime import date, timedelta

import sqlalchemy as sa

from cases import extensions, notices
from cases.deadlines import Answer
from cases.lawpack.schema import LawPack
from cases.models import Violation
from cases.notice_words import NoticeKind
from data.town.playing.letters import mail_first_class
from data.town.playing.scene import Act, Scene
from data.town.playing.turns import Turn

FORTNIGHT = timedelta(days=14)


def warn(scene: Scene) -> Act:
    """Write a warning of violation and mail it."""
    yield from scene.wait(scene.after(0, 2))
    if scene.takes(Turn.SLIP):
        notices.discard(scene.connection, notice_id=_draft(scene), **scene.officer)
        wrong = _draft(scene)
        notices.issue(scene.connection, notice_id=wrong, **scene.officer)
        notices.withdraw(
            scene.connection, notice_id=wrong, reason="The date was wrong", **scene.officer
        )
    notice_id = _draft(scene)
    notices.issue(scene.connection, notice_id=notice_id, **scene.officer)
    mail_first_class(scene, notice_id)
    notices.confirm_service(scene.connection, notice_id=notice_id, **scene.clerk)


def ask_for_time(scene: Scene, law: LawPack) -> Act:
    """Ask for more time where the provision allows it; it is granted, or denied with a reason."""
    asked = bool({Turn.MORE_TIME, Turn.NO_MORE_TIME, Turn.THOUGHT_BETTER} & scene.part.turns)
    violation = _extendable(scene, law) if asked else None
    if violation is None or violation.comply_by is None:
        return
    yield from scene.wait(scene.after(2, 4))
    if violation.comply_by < scene.on:
        return
    until = violation.comply_by + FORTNIGHT
    extension_id = extensions.request(
        scene.connection, violation_id=violation.id, because="A contractor is hired; see contract",
        until=until, answer=Answer(received_on=scene.on), **scene.owner,
    )  # fmt: skip
    _decide(scene, extension_id, until=until)


def _decide(scene: Scene, extension_id: int, *, until: date) -> None:
    if scene.takes(Turn.THOUGHT_BETTER):
        extensions.withdraw(scene.connection, extension_id=extension_id, **scene.owner)
    elif scene.takes(Turn.MORE_TIME):
        extensions.grant(
            scene.connection, extension_id=extension_id, until=until,
            reason="The contract and the first work were shown", **scene.officer,
        )  # fmt: skip
    else:
        extensions.deny(
            scene.connection, extension_id=extension_id, reason="No progress was shown",
            **scene.officer,
        )  # fmt: skip


def _extendable(scene: Scene, law: LawPack) -> sa.Row[int, str | None, date | None] | None:
    sections = [each.section for each in law.ordinances if each.extendable]
    query = sa.select(Violation.id, Violation.section, Violation.comply_by).where(
        Violation.case_id == scene.case_id, Violation.section.in_(sections)
    )
    return scene.connection.execute(query.order_by(Violation.id)).first()


def _draft(scene: Scene) -> int:
    return notices.draft(
        scene.connection, case_id=scene.case_id, kind=NoticeKind.WARNING,
        respondent_id=scene.respondent_id, violation_ids=scene.violation_ids, **scene.officer,
    )  # fmt: skip


def deadline(scene: Scene) -> date:
    """Return the latest day by which what is open has to be corrected."""
    query = sa.select(sa.func.max(Violation.comply_by))
    latest = scene.connection.scalar(query.where(Violation.case_id == scene.case_id))
    return latest or scene.on
