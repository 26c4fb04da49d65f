"""More time to correct a violation: asked for, granted, denied, withdrawn."""

from datetime import date

import pytest
import sqlalchemy as sa
from desk import MANAGER, OFFICER, RESPONDENT, day
from played import one, story

from cases import extensions
from cases.advancing import GuardError
from cases.deadlines import Answer, DeadlineError
from cases.extensions import WaitingRequestError
from cases.models import Case, CaseEvent, Extension, Violation
from cases.workflow.registry import NoReasonError, NotNowError


def _ask(connection: sa.Connection, violation: int, **changes: object) -> int:
    asked = {
        "because": "The contractor comes on 20 July; the contract is attached",
        "until": date(2026, 7, 25),
        "answer": Answer(received_on=date(2026, 6, 20)),
        "actor": RESPONDENT,
        "moment": day(6, 20),
    }
    return extensions.request(connection, violation_id=violation, **(asked | changes))  # type: ignore[arg-type]


def test_more_time_is_granted_with_a_reason_and_the_deadline_moves_with_an_event(
    town: sa.Connection, fence: int
) -> None:
    asked = _ask(town, fence)
    with pytest.raises(NoReasonError):
        extensions.grant(
            town, extension_id=asked, until=date(2026, 7, 25), reason="", actor=OFFICER,
            moment=day(6, 22),
        )  # fmt: skip
    assert one(town, Violation).comply_by == date(2026, 7, 2)
    extensions.grant(
        town, extension_id=asked, until=date(2026, 7, 25), reason="Contract shown",
        actor=OFFICER, moment=day(6, 22),
    )  # fmt: skip
    assert one(town, Violation).comply_by == date(2026, 7, 25)
    assert one(town, Case).next_due == date(2026, 7, 25)
    event = sa.select(CaseEvent.details).where(CaseEvent.kind == "extension_granted")
    details = town.execute(event).scalar_one()
    assert (details["before"], details["until"]) == ("2026-07-02", "2026-07-25")
    with pytest.raises(NotNowError, match="the extension is granted"):
        extensions.deny(town, extension_id=asked, reason="Late", actor=MANAGER, moment=day(6, 23))


def test_one_request_for_more_time_waits_at_a_time(town: sa.Connection, fence: int) -> None:
    asked = _ask(town, fence)
    with pytest.raises(WaitingRequestError, match="not decided yet"):
        _ask(town, fence)
    extensions.withdraw(town, extension_id=asked, actor=RESPONDENT, moment=day(6, 24))
    assert _ask(town, fence, moment=day(6, 24)) != asked


def test_more_time_is_denied_and_the_deadline_stays(town: sa.Connection, fence: int) -> None:
    asked = _ask(town, fence)
    extensions.deny(
        town, extension_id=asked, reason="No progress", actor=MANAGER, moment=day(6, 22)
    )
    row = one(town, Extension)
    assert (row.status, row.decided_by, row.decision) == ("denied", "A. Stone", "No progress")
    assert one(town, Violation).comply_by == date(2026, 7, 2)
    again = _ask(town, fence, moment=day(6, 23))
    extensions.withdraw(town, extension_id=again, actor=RESPONDENT, moment=day(6, 24))
    assert story(town)[-1] == "extension_withdrawn"


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"because": "  "}, "says why"),
        ({"answer": Answer(received_on=date(2026, 7, 3))}, "before the time there is ends"),
        (
            {"answer": Answer(received_on=date(2026, 7, 3), postmarked_on=date(2026, 7, 1))},
            "before the time there is ends",
        ),
    ],
)
def test_more_time_is_asked_for_with_a_reason_before_the_deadline(
    town: sa.Connection, fence: int, changes: dict[str, object], why: str
) -> None:
    with pytest.raises((GuardError, extensions.LateRequestError), match=why):
        _ask(town, fence, **changes, moment=day(7, 3))
    assert town.scalar(sa.select(sa.func.count()).select_from(Extension)) == 0


def test_high_grass_is_never_given_more_time(
    town: sa.Connection, violation: int, served: int
) -> None:
    with pytest.raises(GuardError, match="the provision allows more time"):
        _ask(town, violation, answer=Answer(received_on=date(2026, 6, 4)), moment=day(6, 4))
    assert served


def test_more_time_must_be_more(town: sa.Connection, fence: int) -> None:
    with pytest.raises(DeadlineError, match="must end after 2026-07-02"):
        _ask(town, fence, until=date(2026, 7, 2))
