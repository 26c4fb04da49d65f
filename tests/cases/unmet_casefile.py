"""Deeds of the case itself, its visits and its violations that lack one thing they need."""

from functools import partial

import sqlalchemy as sa
from desk import MANAGER, OFFICER, day
from played import AT, look_again
from unmet import Deed, unmet

from cases import inspections, violations
from cases.inspections import Entry, Visit
from cases.models import Inspection
from cases.opening import close_case, open_case
from cases.workflow.casefile import CaseAction
from cases.workflow.inspection import InspectionAction
from cases.workflow.step import Guard
from cases.workflow.violation import ViolationAction

NOWHERE = Visit(entry=Entry.VANTAGE, entry_detail=" ")
TURNED_AWAY = Visit(entry=Entry.REFUSED, entry_detail="")


@unmet(CaseAction.CLOSE, Guard.NOTHING_PENDING)
def _(town: sa.Connection, case: int, violation: int) -> Deed:
    assert violation
    return partial(close_case, town, case_id=case, reason="Done", actor=MANAGER, moment=day(6, 2))


@unmet(InspectionAction.MAKE, Guard.RIGHT_OF_ENTRY)
def _(town: sa.Connection, case: int) -> Deed:
    return partial(
        inspections.make, town, case_id=case, visit=NOWHERE, actor=OFFICER, moment=day(6, 2)
    )


@unmet(InspectionAction.MAKE, Guard.RIGHT_OF_ENTRY)
def _(town: sa.Connection, case: int) -> Deed:
    booked = inspections.book(town, case_id=case, at=day(6, 2).now, actor=OFFICER, moment=day(6, 1))
    return partial(
        inspections.keep, town, inspection_id=booked, visit=NOWHERE, actor=OFFICER,
        moment=day(6, 2),
    )  # fmt: skip


def _alleged(town: sa.Connection, case: int) -> int:
    return violations.allege(
        town, case_id=case, section="30-36(a)", actor=OFFICER, moment=day(6, 1)
    )


def _turned_away(town: sa.Connection, case: int) -> int:
    return inspections.make(town, case_id=case, visit=TURNED_AWAY, actor=OFFICER, moment=day(6, 1))


@unmet(ViolationAction.VERIFY, Guard.INSPECTED, follows=(Guard.RIGHT_OF_ENTRY,))
def _(town: sa.Connection, case: int) -> Deed:
    return partial(
        violations.verify, town, violation_id=_alleged(town, case), inspection_id=0,
        actor=OFFICER, moment=day(6, 1),
    )  # fmt: skip


@unmet(ViolationAction.VERIFY, Guard.RIGHT_OF_ENTRY)
def _(town: sa.Connection, case: int) -> Deed:
    return partial(
        violations.verify, town, violation_id=_alleged(town, case),
        inspection_id=_turned_away(town, case), actor=OFFICER, moment=day(6, 1),
    )  # fmt: skip


@unmet(ViolationAction.FIND_UNFOUNDED, Guard.INSPECTED)
def _(town: sa.Connection, case: int) -> Deed:
    booked = inspections.book(town, case_id=case, at=day(6, 2).now, actor=OFFICER, moment=day(6, 1))
    return partial(
        violations.find_unfounded, town, violation_id=_alleged(town, case), inspection_id=booked,
        actor=OFFICER, moment=day(6, 1),
    )  # fmt: skip


@unmet(
    ViolationAction.FIND_CORRECTED, Guard.INSPECTED,
    follows=(Guard.RIGHT_OF_ENTRY, Guard.SEEN_SINCE),
)  # fmt: skip
def _(town: sa.Connection, violation: int) -> Deed:
    return partial(
        violations.find_corrected, town, violation_id=violation, inspection_id=0, actor=OFFICER,
        moment=day(6, 2),
    )  # fmt: skip


@unmet(ViolationAction.FIND_CORRECTED, Guard.RIGHT_OF_ENTRY)
def _(town: sa.Connection, case: int, violation: int) -> Deed:
    return partial(
        violations.find_corrected, town, violation_id=violation,
        inspection_id=_turned_away(town, case), actor=OFFICER, moment=day(6, 2),
    )  # fmt: skip


@unmet(ViolationAction.FIND_STANDING, Guard.INSPECTED, follows=(Guard.RIGHT_OF_ENTRY,))
def _(town: sa.Connection, violation: int) -> Deed:
    return partial(
        violations.find_standing, town, violation_id=violation, inspection_id=0, actor=OFFICER,
        moment=day(6, 2),
    )  # fmt: skip


@unmet(ViolationAction.FIND_STANDING, Guard.RIGHT_OF_ENTRY)
def _(town: sa.Connection, case: int, violation: int) -> Deed:
    return partial(
        violations.find_standing, town, violation_id=violation,
        inspection_id=_turned_away(town, case), actor=OFFICER, moment=day(6, 2),
    )  # fmt: skip


@unmet(
    ViolationAction.FIND_CORRECTED, Guard.INSPECTED,
    follows=(Guard.RIGHT_OF_ENTRY, Guard.SEEN_SINCE),
)  # fmt: skip
def _(town: sa.Connection, law: int, violation: int) -> Deed:
    """The inspection is of another case."""
    other = open_case(
        town, category="High grass", place=AT, law_pack_id=law, actor=OFFICER, moment=day(6, 1)
    )
    elsewhere = look_again(town, other, month=6, number=1)
    return partial(
        violations.find_corrected, town, violation_id=violation, inspection_id=elsewhere,
        actor=OFFICER, moment=day(6, 2),
    )  # fmt: skip


def _looks(town: sa.Connection, case: int) -> list[int]:
    made = sa.select(Inspection.id).where(Inspection.case_id == case).order_by(Inspection.id)
    return list(town.scalars(made))


@unmet(ViolationAction.FIND_CORRECTED, Guard.SEEN_SINCE)
def _(town: sa.Connection, case: int, violation: int) -> Deed:
    """The only inspection is the one that found it, however late it is named."""
    (finding,) = _looks(town, case)
    return partial(
        violations.find_corrected, town, violation_id=violation, inspection_id=finding,
        actor=OFFICER, moment=day(6, 20),
    )  # fmt: skip


@unmet(ViolationAction.FIND_CORRECTED, Guard.SEEN_SINCE)
def _(town: sa.Connection, case: int, violation: int) -> Deed:
    """A later one is on record, and the one that found it is named."""
    (finding,) = _looks(town, case)
    look_again(town, case, month=6, number=1)
    return partial(
        violations.find_corrected, town, violation_id=violation, inspection_id=finding,
        actor=OFFICER, moment=day(6, 20),
    )  # fmt: skip
