"""Act the officer's visits: the first look, the look again, a locked gate, what was mended."""

from datetime import datetime, time, timedelta

import sqlalchemy as sa

from cases import inspections, opening, violations
from cases.inspections import Entry, Finding, Visit
from cases.models import Violation
from cases.opening import RespondentKind
from cases.tying import Whereabouts
from cases.workflow.violation import ViolationStatus
from data.town.playing.scene import ZONE, Act, Scene
from data.town.playing.turns import Turn

FROM_THE_STREET = "from the street"


def find(scene: Scene) -> Act:
    """Open the case and look at the place; what is wrong is written up on the spot."""
    fate = scene.part.fate
    yield from scene.wait(fate.found)
    _open(scene)
    kind = RespondentKind.BUSINESS if _is_firm(fate.owner) else RespondentKind.OWNER
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
    inspections.make(scene.connection, case_id=scene.case_id, visit=visit, **scene.officer)
    mine = sa.select(Violation.id).where(Violation.case_id == scene.case_id)
    scene.violation_ids = list(scene.connection.scalars(mine.order_by(Violation.id)))


def look(scene: Scene) -> int:
    """Look at the place again; gives the inspection's identity."""
    visit = Visit(entry=Entry.VANTAGE, entry_detail=FROM_THE_STREET)
    return inspections.make(scene.connection, case_id=scene.case_id, visit=visit, **scene.officer)


def keep_appointment(scene: Scene) -> Act:
    """Come by appointment, and once more where the gate was locked."""
    at = datetime.combine(scene.after(2, 5), time(9, 30), ZONE)
    booked = inspections.book(scene.connection, case_id=scene.case_id, at=at, **scene.owner)
    inspections.confirm(scene.connection, inspection_id=booked, **scene.clerk)
    later = at + timedelta(days=3)
    inspections.postpone(scene.connection, inspection_id=booked, at=later, **scene.owner)
    yield from scene.wait(later.date())
    inspections.find_no_access(
        scene.connection, inspection_id=booked, reason="Gate locked and a dog behind it",
        **scene.officer,
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
    """Close the case."""
    opening.close_case(scene.connection, case_id=scene.case_id, reason=reason, **scene.officer)


def void(scene: Scene) -> None:
    """Take back a case that was opened by mistake."""
    reason = "Opened twice for the same lot"
    opening.void_case(scene.connection, case_id=scene.case_id, reason=reason, **scene.manager)


def _open(scene: Scene) -> None:
    part = scene.part
    place = Whereabouts(
        parcel_no=part.parcel_no, address=part.situs, point=part.point, opened_on=scene.on
    )
    scene.case_id = opening.open_case(
        scene.connection, category=part.fate.offences[0].category, place=place,
        law_pack_id=scene.law_pack_id, **scene.officer,
    )  # fmt: skip


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
    query = sa.select(Violation.id).where(
        Violation.case_id == scene.case_id, Violation.status == ViolationStatus.OPEN
    )
    return list(scene.connection.scalars(query.order_by(Violation.id)))


def _is_firm(name: str) -> bool:
    return name.endswith(("LLC", "Inc", "Co", "Trust", "NA")) or "Town of" in name
