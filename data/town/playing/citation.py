"""Act the citation: served, then paid, contested or waived."""

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from cases import citing, waiving
from cases.adopted import adopted_law, provision
from cases.deadlines import Answer
from cases.models import Citation, Violation
from cases.rows import row_of
from cases.waiving import ScraCheck, ScraResult
from data.town.playing.letters import serve
from data.town.playing.scene import Act, Scene
from data.town.playing.turns import Turn


def cite(scene: Scene) -> Act:
    """Issue the citation for the first violation and serve it."""
    violation_id = scene.violation_ids[0]
    law = adopted_law(scene.connection, scene.law_pack_id)
    section = row_of(scene.connection, Violation, violation_id).section
    text = provision(law, section or "", on=scene.on)
    scene.citation_id = _issue(scene, violation_id, text.penalty_usual_cents)
    if scene.takes(Turn.CITED_WRONG):
        citing.void(
            scene.connection, citation_id=scene.citation_id, reason="The name was misspelled",
            **scene.manager,
        )  # fmt: skip
        scene.citation_id = _issue(scene, violation_id, text.penalty_usual_cents)
    notice_id = _citation(scene).notice_id
    yield from serve(scene, notice_id)
    citing.confirm_service(scene.connection, citation_id=scene.citation_id, **scene.clerk)


def _issue(scene: Scene, violation_id: int, penalty_cents: int) -> int:
    return citing.issue(
        scene.connection, violation_id=violation_id, respondent_id=scene.respondent_id,
        penalty_cents=penalty_cents, **scene.officer,
    )  # fmt: skip


def contest(scene: Scene) -> Act:
    """Ask for a hearing before the time for it is over."""
    yield from scene.wait(scene.after(1, 5))
    answer = Answer(received_on=scene.on)
    citing.request_hearing(
        scene.connection, citation_id=scene.citation_id, answer=answer, **scene.owner
    )


def waive(scene: Scene) -> Act:
    """Have a person confirm that the hearing was waived, and perhaps set the waiver aside."""
    yield from scene.wait(answer_by(scene) + timedelta(days=3))
    check = ScraCheck(checked_on=scene.on, result=ScraResult.NOT_IN_SERVICE)
    waiving.confirm_waiver(
        scene.connection, citation_id=scene.citation_id, check=check, **scene.clerk
    )
    if scene.takes(Turn.WAIVER_VACATED):
        yield from scene.wait(scene.after(5, 10))
        waiving.vacate_waiver(
            scene.connection, citation_id=scene.citation_id,
            reason="The respondent was in hospital", **scene.manager,
        )  # fmt: skip


def settle(scene: Scene) -> None:
    """Say that a citation is paid and its matter corrected, or take back one never served."""
    at = _citation(scene).status
    if at == "issued":
        reason = "Corrected before the citation was served"
        citing.void(scene.connection, citation_id=scene.citation_id, reason=reason, **scene.manager)
    elif at == "contested":
        citing.withdraw_request(scene.connection, citation_id=scene.citation_id, **scene.owner)
        citing.settle(scene.connection, citation_id=scene.citation_id, **scene.clerk)
    elif at in {"served", "admitted", "upheld"}:
        citing.settle(scene.connection, citation_id=scene.citation_id, **scene.clerk)


def answer_by(scene: Scene) -> date:
    """Return the day by which the citation is to be answered."""
    return _citation(scene).answer_by or scene.on


def _citation(scene: Scene) -> sa.Row[Any]:
    return row_of(scene.connection, Citation, scene.citation_id)
