"""Act the hearing, its order, and what comes of the order."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import sqlalchemy as sa

from cases import (
    agreeing,
    citing,
    continuing,
    hearings,
    imposing,
    notices,
    orders,
    pausing,
    sittings,
)
from cases.adopted import adopted_law
from cases.business_days import TownCalendar
from cases.deadlines import Answer
from cases.hearings import About, Outcome
from cases.minutes import Appeared, Exhibit, Minutes, OfferedBy
from cases.models import EnforcementOrder, Notice
from cases.notice_words import NoticeKind
from cases.ordered import Ordered, fine_of
from cases.pausing import Paper, PauseAuthority
from cases.rows import row_of
from cases.workflow.notice import NoticeStatus
from cases.workflow.order import OrderStatus
from data.town.playing.letters import serve
from data.town.playing.scene import Act, Scene
from data.town.playing.turns import Turn
from data.town.playing.visits import find_standing

BODY = "Special Magistrate"
CAPACITY = 60
AHEAD, AHEAD_WITH_POSTING = timedelta(days=28), timedelta(days=60)
"""How far ahead a hearing is set, so that its notice is served in time."""
TO_COMPLY = timedelta(days=30)
AGREED = timedelta(days=60)
A_DAY = timedelta(days=1)
TUESDAY = 1
DAILY_CENTS = (5_000, 7_500, 10_000, 15_000, 25_000)


def ask(scene: Scene, about: About) -> None:
    """Ask for a hearing, the owner of his citation, the town of what still stands."""
    contested = about is About.CITATION
    scene.hearing_id = hearings.request(
        scene.connection, case_id=scene.case_id, about=about,
        citation_id=scene.citation_id if contested else None,
        **(scene.owner if contested else scene.manager),
    )  # fmt: skip


def go_before(scene: Scene) -> Act:
    """Docket the hearing, tell the respondent of its day, and open it then."""
    held_on = _docket(scene)
    yield from _tell(scene, held_on)
    if scene.takes(Turn.PUT_OFF):
        reason = "Counsel for the respondent is ill"
        continuing.continue_hearing(
            scene.connection, hearing_id=scene.hearing_id, reason=reason, **scene.clerk
        )
        held_on = _docket(scene)
        yield from _tell(scene, held_on)
    yield from scene.wait(held_on)
    if scene.on >= scene.until:  # the last day has only begun: who is at the desk hears it
        yield from scene.wait(scene.until + A_DAY)
    hearings.open_hearing(
        scene.connection, hearing_id=scene.hearing_id, members_sitting=1, **scene.magistrate
    )
    if scene.on >= last_worked(scene.until, _days(scene)):  # under advisement on a day off
        yield from scene.wait(scene.until + A_DAY)


def call_off(scene: Scene) -> None:
    """Cancel a hearing of what is corrected before it is heard."""
    hearings.cancel(
        scene.connection, hearing_id=scene.hearing_id, reason="Corrected before the hearing",
        **scene.clerk,
    )  # fmt: skip
    scene.hearing_id = 0


def soonest(scene: Scene) -> date:
    """Return the day on which it would be heard at the soonest."""
    ahead = AHEAD_WITH_POSTING if scene.takes(Turn.MAIL_RETURNED) else AHEAD
    earliest = max(scene.on + ahead, scene.part.fate.course.heard)
    return sitting_from(earliest, until=scene.until, days=_days(scene))


def decide(scene: Scene, outcome: Outcome, findings: str) -> None:
    """Decide what was heard."""
    hearings.decide(
        scene.connection, hearing_id=scene.hearing_id, outcome=outcome, findings=findings,
        sworn=True, minutes=_minutes(scene), **scene.magistrate,
    )  # fmt: skip


def _minutes(scene: Scene) -> Minutes:
    came = Appeared.RESPONDENT if scene.takes(Turn.CONTESTED) else Appeared.NOBODY
    shown = Exhibit(what="Photographs of the officer's visits", offered_by=OfferedBy.TOWN)
    text = f"{scene.part.officer.name} testified under oath and showed photographs."
    return Minutes(appeared=came, text=text, exhibits=(shown,))


def agree(scene: Scene) -> None:
    """End the hearing in an agreement."""
    agreeing.agree(
        scene.connection, hearing_id=scene.hearing_id, signed_by_respondent=True,
        agreement="To be corrected within 60 days, inspected each two weeks",
        keep_by=scene.on + AGREED, **scene.magistrate,
    )  # fmt: skip


def order(scene: Scene) -> Act:
    """Enter the order and serve it."""
    daily = int(scene.dice.choice(DAILY_CENTS))
    ordered = Ordered(comply_by=scene.on + TO_COMPLY, cents_per_day=daily)
    scene.order_id = orders.enter(
        scene.connection, hearing_id=scene.hearing_id, violation_id=scene.violation_ids[0],
        ordered=ordered, **scene.magistrate,
    )  # fmt: skip
    yield from scene.wait(scene.after(1, 3))
    notice_id = orders.send(
        scene.connection, order_id=scene.order_id, respondent_id=scene.respondent_id,
        **scene.clerk,
    )  # fmt: skip
    yield from serve(scene, notice_id)
    orders.confirm_service(scene.connection, order_id=scene.order_id, **scene.clerk)


def swear(scene: Scene) -> Act:
    """Swear that the order is not met, and have it contested where somebody does."""
    inspection_id = find_standing(scene)
    orders.file_affidavit(
        scene.connection, order_id=scene.order_id, inspection_id=inspection_id, **scene.officer
    )
    if scene.takes(Turn.AFFIDAVIT_CONTESTED):
        yield from scene.wait(scene.after(3, 8))
        answer = Answer(received_on=scene.on)
        orders.contest(scene.connection, order_id=scene.order_id, answer=answer, **scene.owner)
        ask(scene, About.NONCOMPLIANCE)
        yield from go_before(scene)
        if scene.takes(Turn.AFFIDAVIT_REJECTED):
            _reject_affidavit(scene)
            return
        decide(scene, Outcome.GRANTED, "The photographs show that nothing was done")
        orders.sustain_affidavit(
            scene.connection, order_id=scene.order_id, reason="Sworn photographs",
            **scene.magistrate,
        )  # fmt: skip


def _reject_affidavit(scene: Scene) -> None:
    decide(scene, Outcome.REFUSED, "The photographs bear no day")
    orders.reject_affidavit(
        scene.connection, order_id=scene.order_id, reason="Not shown on that day",
        **scene.magistrate,
    )  # fmt: skip


def vacate(scene: Scene) -> None:
    """Set the order aside, the notice of hearing having gone astray."""
    orders.vacate(
        scene.connection, order_id=scene.order_id, reason="The notice of hearing went astray",
        **scene.magistrate,
    )  # fmt: skip
    scene.order_id = 0


def reduce(scene: Scene) -> Act:
    """Hear the request to reduce a certified fine, and grant it."""
    ask(scene, About.MITIGATION)
    yield from go_before(scene)
    decide(scene, Outcome.GRANTED, "The owner was ill, and has mended the half of it")
    fine = fine_of(scene.connection, scene.order_id, as_of=scene.on)
    imposing.reduce(
        scene.connection, order_id=scene.order_id, hearing_id=scene.hearing_id,
        to_cents=fine.total_cents // 2, reason="Illness, and work half done", **scene.magistrate,
    )  # fmt: skip


def stand_still(scene: Scene) -> Act:
    """Let the fine stand still on counsel's instruction, and run again."""
    paper = Paper(
        authority=PauseAuthority.COUNSEL, reference=f"Memorandum of {scene.on}",
        ordered_on=scene.on,
    )  # fmt: skip
    pause_id = pausing.pause(
        scene.connection, order_id=scene.order_id, first_day=scene.on, paper=paper,
        reason="The owner died; letters are awaited", **scene.clerk,
    )  # fmt: skip
    yield from scene.wait(scene.after(30, 40))
    again = replace(paper, reference=f"Memorandum of {scene.on}", ordered_on=scene.on)
    pausing.resume(
        scene.connection, pause_id=pause_id, last_day=scene.on, paper=again,
        reason="A personal representative is appointed", **scene.clerk,
    )  # fmt: skip


def end(scene: Scene) -> None:
    """Say that an order is met and its fine paid."""
    imposing.satisfy(scene.connection, order_id=scene.order_id, **scene.clerk)


def status(scene: Scene) -> OrderStatus:
    """Return where the order stands."""
    return OrderStatus(row(scene).status)


def certify(scene: Scene) -> Act:
    """Certify the fine once nobody may contest it any more."""
    contest_by = row(scene).contest_by or scene.on
    yield from scene.wait(max(contest_by + timedelta(days=1), scene.after(1, 4)))
    imposing.certify(scene.connection, order_id=scene.order_id, **scene.magistrate)


def meet(scene: Scene, inspection_id: int) -> None:
    """Verify that the order is met, from the day the owner mended it."""
    at = row(scene)
    complied_on = max(scene.part.fate.course.mended, at.executed_on)
    orders.verify_compliance(
        scene.connection, order_id=scene.order_id, inspection_id=inspection_id,
        complied_on=min(complied_on, scene.on), **scene.officer,
    )  # fmt: skip


def uphold(scene: Scene) -> None:
    """Let the contested citation stand."""
    citing.uphold(scene.connection, citation_id=scene.citation_id, **scene.magistrate)


def dismiss(scene: Scene) -> None:
    """Dismiss the contested citation."""
    reason = "The photographs are of the lot beside"
    citing.dismiss(
        scene.connection, citation_id=scene.citation_id, reason=reason, **scene.magistrate
    )


def row(scene: Scene) -> sa.Row[Any]:
    """Return the order as it stands."""
    return row_of(scene.connection, EnforcementOrder, scene.order_id)


def _tell(scene: Scene, held_on: date) -> Act:
    notice_id = notices.draft(
        scene.connection, case_id=scene.case_id, kind=NoticeKind.NOTICE_OF_HEARING,
        respondent_id=scene.respondent_id, violation_ids=scene.violation_ids,
        says={"body": BODY, "held_on": held_on.isoformat()}, **scene.clerk,
    )  # fmt: skip
    notices.issue(scene.connection, notice_id=notice_id, **scene.clerk)
    yield from serve(scene, notice_id)
    notices.confirm_service(scene.connection, notice_id=notice_id, **scene.clerk)


def _docket(scene: Scene) -> date:
    held_on = soonest(scene)
    sitting = sittings.convene(
        scene.connection, body=BODY, held_on=held_on, capacity=CAPACITY,
        begins_at=time(9), place="Council chamber, Town Hall",
        law_pack_id=scene.law_pack_id, moment=scene.clerk["moment"],
    )  # fmt: skip
    served = sa.select(sa.func.max(Notice.id)).where(
        Notice.respondent_id == scene.respondent_id, Notice.status == NoticeStatus.SERVED
    )
    notice_id = scene.connection.execute(served).scalar_one()
    hearings.docket(
        scene.connection, hearing_id=scene.hearing_id, session_id=sitting.session_id,
        proof=notices.service_of(scene.connection, notice_id, on=scene.on).proof, **scene.clerk,
    )  # fmt: skip
    return held_on


def sitting_from(earliest: date, *, until: date, days: TownCalendar) -> date:
    """Return the first day of hearings from a day on: second Tuesdays, and the last day worked.

    On that of a history's days, so that a hearing can be held today, or what was heard be decided
    where today is a day off. A second Tuesday that is a holiday is put off to the next day the
    town works.
    """
    usual = days.next_worked(_second_tuesday(earliest))
    last = last_worked(until, days)
    return last if earliest <= last < usual else usual


def last_worked(day: date, days: TownCalendar) -> date:
    """Return the day itself where the town works then, else the last day before it."""
    while not days.works_on(day):
        day -= A_DAY
    return day


def _days(scene: Scene) -> TownCalendar:
    return adopted_law(scene.connection, scene.law_pack_id).calendar.days


def _second_tuesday(day: date) -> date:
    """Return the first second Tuesday of a month on or after a day."""
    while True:
        first = day.replace(day=1)
        second = first + timedelta(days=(TUESDAY - first.weekday()) % 7 + 7)
        if second >= day:
            return second
        day = first + timedelta(days=32)
        day = day.replace(day=1)
