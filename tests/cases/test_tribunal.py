"""Before the magistrate: a docket by proof, a hearing on its day, what is decided there."""

from datetime import date, time

import pytest
import sqlalchemy as sa
from desk import CLERK, MANAGER, RESPONDENT, day
from played import (
    MAGISTRATE,
    a_sitting,
    decide,
    one,
    put_on_docket,
    story,
    tell_of_hearing,
)

from cases import agreeing, citing, continuing, hearings, imposing, notices, sittings
from cases.advancing import GuardError
from cases.days import DayError
from cases.deadlines import Answer
from cases.hearings import About, Outcome
from cases.models import (
    Case,
    Citation,
    Hearing,
    HearingSession,
)
from cases.ordered import fine_of
from cases.story import events_of, told
from cases.workflow.registry import NoReasonError, NotNowError


def test_from_a_contested_citation_to_a_certified_fine(
    town: sa.Connection, cited: int, decided: int, sworn: int
) -> None:
    citing.uphold(town, citation_id=cited, actor=MAGISTRATE, moment=day(9, 4))
    before = fine_of(town, sworn, as_of=date(2026, 9, 11))
    assert (before.total_cents, before.label) == (250_000, "potential, not imposed")
    imposed = imposing.certify(town, order_id=sworn, actor=MAGISTRATE, moment=day(9, 25))
    assert (imposed.total_cents, imposed.per_diem_cents) == (24 * 25_000, 25_000)
    assert imposed.label == "imposed"
    assert "past September 1, 2026, the date set (s. 162.09(1)" in imposed.lines[0].explanation
    assert story(town)[-3:] == ["citation_upheld", "fine_certified", "charged"]
    assert decided


def test_nothing_is_docketed_without_the_proof_of_its_own_case_before_the_day(
    town: sa.Connection, hearing: int, sitting: int, law: int
) -> None:
    docket = {"hearing_id": hearing, "session_id": sitting, "actor": CLERK, "moment": day(7, 2)}
    with pytest.raises(GuardError, match="service is proved"):
        hearings.docket(town, proof=None, **docket)  # type: ignore[arg-type]
    notice = one(town, Citation).notice_id
    proof = notices.service_of(town, notice, on=date(2026, 7, 2)).proof
    assert proof is not None
    early = a_sitting(town, held_on=date(2026, 6, 16))
    with pytest.raises(GuardError, match="service is proved"):
        hearings.docket(town, proof=proof, **{**docket, "session_id": early})  # type: ignore[arg-type]
    town.execute(sa.delete(HearingSession).where(HearingSession.id == early))
    object.__setattr__(proof, "notice_id", notice + 1000)
    with pytest.raises(GuardError, match="service is proved"):
        hearings.docket(town, proof=proof, **docket)  # type: ignore[arg-type]
    assert (one(town, Hearing).status, law) == ("requested", law)


def test_a_full_sitting_takes_no_more(
    town: sa.Connection, case: int, docketed: int, sitting: int
) -> None:
    other = hearings.request(
        town, case_id=case, about=About.VIOLATION, actor=MANAGER, moment=day(7, 2)
    )
    with pytest.raises(GuardError, match="the session has room"):
        put_on_docket(town, other, sitting)
    continuing.continue_hearing(
        town, hearing_id=docketed, reason="Counsel is ill", actor=CLERK, moment=day(7, 2)
    )
    assert put_on_docket(town, other, sitting) == 1


def test_a_hearing_put_off_is_docketed_anew(town: sa.Connection, docketed: int) -> None:
    with pytest.raises(NoReasonError):
        continuing.continue_hearing(
            town, hearing_id=docketed, reason="", actor=CLERK, moment=day(7, 3)
        )
    continuing.continue_hearing(
        town, hearing_id=docketed, reason="Counsel is ill", actor=CLERK, moment=day(7, 3)
    )
    row = one(town, Hearing)
    assert (row.status, row.session_id, row.docket_place) == ("continued", None, None)
    later = a_sitting(town, held_on=date(2026, 9, 8))
    notice = one(town, Citation).notice_id
    proof = notices.service_of(town, notice, on=date(2026, 7, 3)).proof
    place = hearings.docket(
        town, hearing_id=docketed, session_id=later, proof=proof, actor=CLERK, moment=day(7, 3)
    )
    assert place == 1
    hearings.cancel(town, hearing_id=docketed, reason="Corrected", actor=CLERK, moment=day(7, 4))
    assert one(town, Hearing).status == "cancelled"


def test_a_hearing_opens_on_its_day_to_one_who_was_told_with_a_quorum(
    town: sa.Connection, case: int, docketed: int
) -> None:
    ask = {"hearing_id": docketed, "actor": MAGISTRATE}
    with pytest.raises(GuardError, match="notice of hearing is served"):
        hearings.open_hearing(town, members_sitting=1, moment=day(8, 11), **ask)  # type: ignore[arg-type]
    tell_of_hearing(town, case)
    with pytest.raises(GuardError, match="enough members sit"):
        hearings.open_hearing(town, members_sitting=0, moment=day(8, 11), **ask)  # type: ignore[arg-type]
    with pytest.raises(GuardError, match="enough members sit"):
        hearings.open_hearing(town, members_sitting=1, moment=day(8, 10), **ask)  # type: ignore[arg-type]
    hearings.open_hearing(town, members_sitting=1, moment=day(8, 11), **ask)  # type: ignore[arg-type]
    assert one(town, Hearing).status == "opened"


@pytest.mark.parametrize(
    ("changes", "lack"), [({"sworn": False}, "sworn"), ({"findings": " "}, "findings of fact")]
)
def test_a_decision_wants_oath_and_findings(
    town: sa.Connection, opened: int, changes: dict[str, object], lack: str
) -> None:
    with pytest.raises(GuardError, match=lack):
        decide(town, opened, **changes)
    assert one(town, Hearing).outcome is None


def test_a_hearing_may_end_in_an_agreement_both_signed(town: sa.Connection, opened: int) -> None:
    def agree(*, signed: bool = True, keep_by: date = date(2026, 9, 30)) -> None:
        agreeing.agree(
            town, hearing_id=opened, agreement="Mown every two weeks.", keep_by=keep_by,
            signed_by_respondent=signed, actor=MAGISTRATE, moment=day(8, 11),
        )  # fmt: skip

    with pytest.raises(GuardError, match="have signed"):
        agree(signed=False)
    with pytest.raises(DayError, match="August 10, 2026 is over"):
        agree(keep_by=date(2026, 8, 10))
    agree()
    case = one(town, Case)
    line = list(told(town.execute(events_of(case.id)).all(), law=None))[-1]
    assert line.sentences == (
        "The town and the respondent agreed how to comply: Mown every two weeks.",
        "It is to be kept by September 30, 2026.",
        "Section 30-36(a) is to be corrected by September 30, 2026: as agreed.",
    )
    assert case.next_due == date(2026, 9, 30)


def test_a_citation_is_dismissed_only_as_the_hearing_found(
    town: sa.Connection, cited: int, opened: int
) -> None:
    decide(town, opened, outcome=Outcome.NO_VIOLATION, findings="Photograph of another lot")
    with pytest.raises(GuardError, match="the hearing is decided"):
        citing.uphold(town, citation_id=cited, actor=MAGISTRATE, moment=day(8, 11))
    citing.dismiss(town, citation_id=cited, reason="Wrong lot", actor=MAGISTRATE, moment=day(8, 11))
    assert one(town, Citation).status == "dismissed"


def test_a_case_is_cited_heard_and_ordered_as_its_parts_are(
    town: sa.Connection, cited: int, case: int
) -> None:
    assert one(town, Case).phase == "cited"
    answer = Answer(received_on=date(2026, 7, 1))
    citing.request_hearing(
        town, citation_id=cited, answer=answer, actor=RESPONDENT, moment=day(7, 1)
    )
    assert one(town, Case).phase == "hearing"
    assert case


def test_a_hearing_on_no_docket_is_not_opened(town: sa.Connection, hearing: int) -> None:
    with pytest.raises(NotNowError, match="the hearing is requested"):
        hearings.open_hearing(
            town, hearing_id=hearing, members_sitting=1, actor=MAGISTRATE, moment=day(8, 11)
        )


def test_nothing_is_docketed_on_a_sitting_that_has_begun(
    town: sa.Connection, hearing: int, law: int
) -> None:
    moment = day(7, 2)  # at noon
    proof = notices.service_of(town, one(town, Citation).notice_id, on=moment.on).proof
    today = sittings.convene(
        town, body="Special Magistrate", held_on=moment.on, capacity=5, begins_at=time(9),
        place="Town Hall", law_pack_id=law, moment=moment,
    )  # fmt: skip
    with pytest.raises(DayError, match="July 2, 2026 has begun"):
        hearings.docket(
            town, hearing_id=hearing, session_id=today.session_id, proof=proof, actor=CLERK,
            moment=moment,
        )  # fmt: skip
    assert one(town, Hearing).status == "requested"
