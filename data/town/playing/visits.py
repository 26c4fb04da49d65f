"""Act the officer's visits: the first look, the look again, a locked gate, what was mended."""

from datetime import datetime, time, timedelta

import sqlalchemy as sa

from cases import inspections, opening, violations
from cases.inspections import Entry, Finding, Visit
from cases.models import Violation
from cases.opening import RespondentKind
from cases.workflow.violation import ViolationStatus
from data.town.playing.photographs import show_wrong
from data.town.playing.reports import tell_reporters
from data.town.playing.scene import ZONE, Act, Scene
from data.town.playing.turns import Turn
from geo.compiled import Compiled

FROM_THE_STREET = "the street"
SIGN = "Prohibited sign"
"""For its signs a business answers, whoever owns the lot."""


def find(scene: Scene) -> None:
    """Look at the place for the first time; what is wrong is written up on the spot."""
    fate = scene.part.fate
    sign = fate.offences[0].category == SIGN and not scene.takes(Turn.SOLD)
    kind = RespondentKind.BUSINESS if sign else RespondentKind.OWNER
    scene.respondent_id = opening.name_respondent(
        scene.connection, case_id=scene.case_id, kind=kind, name=fate.owner,
        address=scene.part.mail, **scene.officer,
    )  # fmt: skip
    if scene.takes(Turn.UNFOUNDED):
        _find_nothing(scene)
        return
    findings = tuple(
        Finding(section=each.section.removeprefix("Sec. "), item=each.text, passed=False)
        for each in fate.offences
    )
    visit = Visit(entry=Entry.VANTAGE, entry_detail=FROM_THE_STREET, findings=findings)
    look_id = inspections.make(
        scene.connection, case_id=scene.case_id, visit=visit, **scene.officer
    )
    show_wrong(scene, look_id)
    scene.violation_ids = [
        each.id for each in _VIOLATIONS.all(scene.connection, case_id=scene.case_id)
    ]


def look(scene: Scene) -> int:
    """Look at the place again; gives the inspection's identity."""
    visit = Visit(entry=Entry.VANTAGE, entry_detail=FROM_THE_STREET)
    return inspections.make(scene.connection, case_id=scene.case_id, visit=visit, **scene.officer)


def keep_appointment(scene: Scene) -> Act:
    """Come by appointment, and once more where the gate was locked."""
    at = datetime.combine(scene.after(2, 5), time(9, 30), ZONE)
    booked = inspections.arrange(scene.connection, case_id=scene.case_id, at=at, **scene.owner)
    inspections.confirm(scene.connection, inspection_id=booked, **scene.clerk)
    later = at + timedelta(days=3)
    inspections.postpone(scene.connection, inspection_id=booked, at=later, **scene.owner)
    yield from scene.wait(later.date())
    if scene.takes(Turn.THOUGHT_BETTER):
        inspections.cancel(
            scene.connection, inspection_id=booked, reason="The owner will call again",
            **scene.clerk,
        )  # fmt: skip
        return
    inspections.find_no_access(
        scene.connection, inspection_id=booked, reason="Gate locked and a dog behind it",
        **scene.officer,
    )  # fmt: skip


def drop(scene: Scene) -> None:
    """Take back a violation that is none, or hand it to the department it is for."""
    if scene.takes(Turn.HANDED_ON):
        violations.transfer(
            scene.connection, violation_id=scene.violation_ids.pop(),
            reason="For the building official, who has the permit file", **scene.manager,
        )  # fmt: skip
    elif scene.takes(Turn.MISREAD):
        violations.void(
            scene.connection, violation_id=scene.violation_ids.pop(),
            reason="The provision was misread", **scene.manager,
        )  # fmt: skip


def find_mended(scene: Scene) -> int:
    """See that everything is mended; gives the inspection's identity."""
    inspection_id = look(scene)
    for each in _standing(scene):
        violations.find_corrected(
            scene.connection, violation_id=each, inspection_id=inspection_id, **scene.officer
        )
    return inspection_id


def find_standing(scene: Scene) -> int:
    """See that it still stands; gives the inspection's identity."""
    inspection_id = look(scene)
    for each in _standing(scene):
        violations.find_standing(
            scene.connection, violation_id=each, inspection_id=inspection_id, **scene.officer
        )
    return inspection_id


def close(scene: Scene, reason: str) -> None:
    """Close the case and tell whoever reported it."""
    opening.close_case(scene.connection, case_id=scene.case_id, reason=reason, **scene.officer)
    tell_reporters(scene)


def reopen(scene: Scene) -> None:
    """Open a closed case again, for what was called mended is not."""
    reason = "The photographs were of the front alone"
    opening.reopen_case(scene.connection, case_id=scene.case_id, reason=reason, **scene.manager)
    for each in scene.violation_ids:
        violations.reopen(scene.connection, violation_id=each, reason=reason, **scene.manager)


def void(scene: Scene) -> None:
    """Take back a case that was opened by mistake."""
    reason = "Opened twice for the same lot"
    opening.void_case(scene.connection, case_id=scene.case_id, reason=reason, **scene.manager)


def _find_nothing(scene: Scene) -> None:
    section = scene.part.fate.offences[0].section.removeprefix("Sec. ")
    alleged = violations.allege(
        scene.connection, case_id=scene.case_id, section=section, **scene.clerk
    )
    violations.find_unfounded(
        scene.connection, violation_id=alleged, inspection_id=look(scene), **scene.officer
    )
    close(scene, "No violation was found")


def _standing(scene: Scene) -> list[int]:
    found = _VIOLATIONS.all(scene.connection, case_id=scene.case_id)
    return [each.id for each in found if each.status == ViolationStatus.OPEN]


_VIOLATIONS = Compiled(
    sa.select(Violation.id, Violation.status)
    .where(Violation.case_id == sa.bindparam("case_id"))
    .order_by(Violation.id)
)
