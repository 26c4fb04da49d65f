"""What becomes of a complaint: a case, another department's matter, or nothing, each on record."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from desk import CLERK, MANAGER, OFFICER, RESIDENT, RESPONDENT, day
from played import AT, FROM_THE_STREET, look_again, one
from reported import GRASS, complaint, last_of, received, the_case, told_of, told_of_case

from cases import inspections, violations
from cases.actors import Actor
from cases.adopted import adopt
from cases.advancing import ClosedCaseError, GuardError, OutOfOrderError
from cases.answering import Told, close_complaint
from cases.complaints import NoSuchComplaintError
from cases.history import faults
from cases.intake import (
    NobodyToReferToError,
    NotAnOfficerError,
    accept,
    dismiss,
    refer,
    reopen,
)
from cases.lawpack.reading import DEFAULT
from cases.linking import link_to_case
from cases.models import Case, Violation
from cases.opening import close_case, open_case, void_case
from cases.overriding import OverrideError, override
from cases.reporters import disclose_reporter
from cases.review import Rule
from cases.screening import Belief, Channel, Imminent
from cases.workflow.registry import NoReasonError, NotNowError

WIRES = Belief(imminent=Imminent.HEALTH_SAFETY_WELFARE, reason="Live wires hang over the sidewalk")


@pytest.fixture
def call(town: sa.Connection, law: int) -> int:
    return received(town, law)


@pytest.fixture
def anonymous(town: sa.Connection, law: int) -> int:
    return received(town, law, reporter=None)


def test_an_accepted_complaint_opens_a_case_where_it_says_and_both_histories_tell(
    town: sa.Connection, call: int
) -> None:
    opened = accept(town, complaint_id=call, actor=CLERK, moment=day(6, 2))
    row, case = complaint(town, call), the_case(town, opened)
    assert (row.status, row.case_id) == ("accepted", opened)
    assert (case.parcel_id, case.parcel_period_id, case.zone_id) == (
        row.parcel_id, row.parcel_period_id, row.zone_id,
    )  # fmt: skip
    assert (case.category, case.opened_on) == ("High grass", date(2026, 6, 2))
    assert told_of(town, call) == ["complaint_received", "complaint_accepted"]
    assert told_of_case(town, opened) == ["case_opened", "complaint_accepted"]
    assert last_of(town, call) == {
        "complaint": "CP-2026-00001",
        "channel": "phone",
        "received_on": "2026-06-01",
        "case": case.number,
        "because": "The reporter gave a name and an address",
    }
    assert list(faults(town)) == []


def test_several_complaints_feed_one_open_case(town: sa.Connection, law: int, call: int) -> None:
    second = received(town, law)
    case = accept(town, complaint_id=call, actor=CLERK, moment=day(6, 2))
    again = accept(town, complaint_id=second, case_id=case, actor=CLERK, moment=day(6, 3))
    assert again == case
    assert one(town, Case).id == case
    assert told_of_case(town, case) == ["case_opened", "complaint_accepted", "complaint_accepted"]


def test_an_anonymous_complaint_opens_nothing_in_florida(
    town: sa.Connection, anonymous: int
) -> None:
    with pytest.raises(GuardError, match="rule on anonymity"):
        accept(town, complaint_id=anonymous, actor=OFFICER, moment=day(6, 2))
    silent = replace(WIRES, reason=" ")
    with pytest.raises(GuardError, match="rule on anonymity"):
        accept(town, complaint_id=anonymous, belief=silent, actor=OFFICER, moment=day(6, 2))
    assert complaint(town, anonymous).status == "received"
    assert town.scalar(sa.select(sa.func.count()).select_from(Case)) == 0


def test_an_officers_reason_to_believe_in_a_threat_lifts_the_bar_and_is_on_record(
    town: sa.Connection, anonymous: int
) -> None:
    with pytest.raises(NotAnOfficerError, match="not for the clerk"):
        accept(town, complaint_id=anonymous, belief=WIRES, actor=CLERK, moment=day(6, 2))
    accept(town, complaint_id=anonymous, belief=WIRES, actor=OFFICER, moment=day(6, 2))
    assert "Live wires hang over the sidewalk" in last_of(town, anonymous)["because"]


def test_the_belief_may_be_put_on_record_first_and_a_clerk_accept_after(
    town: sa.Connection, anonymous: int
) -> None:
    said = {"complaint_id": anonymous, "rule": Rule.MAY_OPEN, "reason": WIRES.reason}
    threat = "health_safety_welfare"
    with pytest.raises(NotAnOfficerError):
        override(town, **said, value=threat, actor=MANAGER, moment=day(6, 2))
    with pytest.raises(OverrideError, match="is one of health_safety_welfare"):
        override(town, **said, value="noise", actor=OFFICER, moment=day(6, 2))
    override(town, **said, value=threat, actor=OFFICER, moment=day(6, 2))
    accept(town, complaint_id=anonymous, actor=CLERK, moment=day(6, 2))
    assert complaint(town, anonymous).status == "accepted"


def test_a_town_that_takes_anonymous_complaints_opens_them(
    town: sa.Connection, tmp_path: Any
) -> None:
    text = DEFAULT.read_text().replace('anonymous = "barred"', 'anonymous = "allowed"')
    text = text.replace('version = "2026.1"', 'version = "open"')
    text = text.replace("expect = { may_open = false }", "expect = { may_open = true }")
    path = tmp_path / "town.toml"
    path.write_text(text)
    law = adopt(town, path, on=date(2026, 1, 1))
    nameless = received(town, law, reporter=None)
    assert accept(town, complaint_id=nameless, actor=CLERK, moment=day(6, 2))


@pytest.mark.parametrize(
    ("rule", "value", "column", "kept"),
    [
        (Rule.PRIORITY, 1, "priority", 1),
        (Rule.RESPOND_BY, date(2026, 6, 3), "respond_by", date(2026, 6, 3)),
        (Rule.ZONE, "2", "zone_id", 2),
        (Rule.DUPLICATES, ["CP-2026-00001", "CP-2026-00002"], "priority", 4),
    ],
)
def test_a_decision_is_overridden_with_a_reason_and_the_automatic_one_stays_beside(
    town: sa.Connection, law: int, call: int, rule: Rule, value: Any, column: str, kept: object
) -> None:
    received(town, law)
    before = {each["rule"]: each for each in complaint(town, call).screening}
    override(
        town, complaint_id=call, rule=rule, value=value, reason="A child was hurt there",
        actor=OFFICER, moment=day(6, 2),
    )  # fmt: skip
    row = complaint(town, call)
    assert getattr(row, column) == kept
    after = {each["rule"]: each for each in row.screening}
    said = after[rule].pop("overridden")
    assert after == before
    assert (said["by"], said["on"], said["reason"]) == (
        "M. Rivera", "2026-06-02", "A child was hurt there",
    )  # fmt: skip
    told = last_of(town, call)
    assert (told["rule"], told["value"]) == (rule, said["value"])
    assert told["automatic"] == {"value": before[rule]["value"]}


@pytest.mark.parametrize(
    ("rule", "value", "says"),
    [
        (Rule.PRIORITY, 0, "1 .danger to life. to 5, not 0"),
        (Rule.PRIORITY, True, "not True"),
        (Rule.PRIORITY, "1", "not 1"),
        (Rule.RESPOND_BY, date(2026, 5, 31), "one from 2026-06-01 on"),
        (Rule.RESPOND_BY, "soon", "not soon"),
        (Rule.ZONE, "9", "The zones are: 1, 2"),
        (Rule.DUPLICATES, "CP-2026-00002", "as a list"),
        (Rule.DUPLICATES, ["CP-9"], "no complaint or case numbered CP-9"),
    ],
)
def test_what_cannot_stand_for_a_decision_is_refused_by_what_may(
    town: sa.Connection, call: int, rule: Rule, value: Any, says: str
) -> None:
    with pytest.raises(OverrideError, match=says):
        override(
            town, complaint_id=call, rule=rule, value=value, reason="x", actor=CLERK,
            moment=day(6, 2),
        )  # fmt: skip
    assert told_of(town, call) == ["complaint_received"]


def test_a_case_takes_the_priority_a_person_gave_its_complaint(
    town: sa.Connection, call: int
) -> None:
    override(
        town, complaint_id=call, rule=Rule.PRIORITY, value=1, reason="Snakes", actor=CLERK,
        moment=day(6, 1),
    )  # fmt: skip
    case = accept(town, complaint_id=call, actor=CLERK, moment=day(6, 2))
    assert the_case(town, case).priority == 1


def test_a_complaint_is_referred_to_somebody_with_a_reason(town: sa.Connection, call: int) -> None:
    asked = {"complaint_id": call, "actor": CLERK, "moment": day(6, 2)}
    with pytest.raises(NobodyToReferToError):
        refer(town, to=" ", reason="County road", **asked)
    with pytest.raises(NoReasonError):
        refer(town, to="County Public Works", reason=" ", **asked)
    refer(town, to="County Public Works", reason="County road", **asked)
    row = complaint(town, call)
    assert (row.status, row.referred_to, row.closed_on) == (
        "referred", "County Public Works", date(2026, 6, 2),
    )  # fmt: skip
    assert last_of(town, call)["to"] == "County Public Works"


def test_a_dismissed_complaint_is_taken_up_again_by_a_manager_alone(
    town: sa.Connection, call: int
) -> None:
    dismiss(town, complaint_id=call, reason="Not in the code", actor=CLERK, moment=day(6, 2))
    assert complaint(town, call).closed_on == date(2026, 6, 2)
    again = {"complaint_id": call, "reason": "It is", "moment": day(6, 3)}
    with pytest.raises(NotNowError, match="for the manager, not for the clerk"):
        reopen(town, actor=CLERK, **again)
    reopen(town, actor=MANAGER, **again)
    row = complaint(town, call)
    assert (row.status, row.closed_on) == ("received", None)
    assert told_of(town, call)[1:] == ["complaint_dismissed", "complaint_reopened"]


def test_a_complaint_is_closed_once_its_case_has_ended_and_its_maker_was_told(
    town: sa.Connection, call: int
) -> None:
    case = accept(town, complaint_id=call, actor=CLERK, moment=day(6, 2))
    asked = {"complaint_id": call, "actor": CLERK, "moment": day(6, 20)}
    with pytest.raises(GuardError, match="its case has ended"):
        close_complaint(town, told=Told.PHONE, told_on=date(2026, 6, 20), **asked)
    close_case(town, case_id=case, reason="Mown", actor=CLERK, moment=day(6, 19))
    for told, on in (
        (Told.PHONE, date(2026, 5, 31)),
        (Told.PHONE, date(2026, 6, 21)),
        (Told.NOBODY, date(2026, 6, 20)),
    ):
        with pytest.raises(GuardError, match="how the reporter was told"):
            close_complaint(town, told=told, told_on=on, **asked)
    close_complaint(town, told=Told.PHONE, told_on=date(2026, 6, 19), **asked)
    row = complaint(town, call)
    assert (row.status, row.closed_on) == ("closed", date(2026, 6, 20))
    assert (row.told_how, row.told_on) == ("phone", date(2026, 6, 19))


def test_a_complaint_is_closed_as_soon_as_no_violation_was_found(
    town: sa.Connection, call: int
) -> None:
    case = accept(town, complaint_id=call, actor=OFFICER, moment=day(6, 2))
    alleged = violations.allege(
        town, case_id=case, section="30-36(a)", actor=OFFICER, moment=day(6, 2)
    )
    look = look_again(town, case, month=6, number=3)
    violations.find_unfounded(
        town, violation_id=alleged, inspection_id=look, actor=OFFICER, moment=day(6, 3)
    )
    close_complaint(
        town, complaint_id=call, told=Told.EMAIL, told_on=date(2026, 6, 3), actor=OFFICER,
        moment=day(6, 3),
    )  # fmt: skip
    assert complaint(town, call).status == "closed"


def test_nobody_is_told_only_where_nobody_can_be(town: sa.Connection, anonymous: int) -> None:
    case = accept(town, complaint_id=anonymous, belief=WIRES, actor=OFFICER, moment=day(6, 2))
    void_case(town, case_id=case, reason="Not ours", actor=MANAGER, moment=day(6, 3))
    close_complaint(
        town, complaint_id=anonymous, told=Told.NOBODY, told_on=date(2026, 6, 3), actor=CLERK,
        moment=day(6, 3),
    )  # fmt: skip
    assert complaint(town, anonymous).told_how == "nobody"


def test_a_closed_case_is_not_fed(town: sa.Connection, call: int, case: int) -> None:
    close_case(town, case_id=case, reason="Mown", actor=CLERK, moment=day(6, 2))
    with pytest.raises(ClosedCaseError):
        accept(town, complaint_id=call, case_id=case, actor=CLERK, moment=day(6, 3))


type Deed = Callable[[sa.Connection, int, Actor, Any], object]


def _override(town: sa.Connection, call: int, actor: Actor, moment: Any) -> None:
    override(
        town, complaint_id=call, rule=Rule.PRIORITY, value=2, reason="x", actor=actor,
        moment=moment,
    )  # fmt: skip


def _accept(town: sa.Connection, call: int, actor: Actor, moment: Any) -> None:
    accept(town, complaint_id=call, actor=actor, moment=moment)


def _refer(town: sa.Connection, call: int, actor: Actor, moment: Any) -> None:
    refer(town, complaint_id=call, to="Fire", reason="x", actor=actor, moment=moment)


def _dismiss(town: sa.Connection, call: int, actor: Actor, moment: Any) -> None:
    dismiss(town, complaint_id=call, reason="x", actor=actor, moment=moment)


def _link(town: sa.Connection, call: int, actor: Actor, moment: Any) -> None:
    link_to_case(town, complaint_id=call, case_id=one(town, Case).id, actor=actor, moment=moment)


def _close(town: sa.Connection, call: int, actor: Actor, moment: Any) -> None:
    close_complaint(
        town, complaint_id=call, told=Told.PHONE, told_on=date(2026, 6, 3), actor=actor,
        moment=moment,
    )  # fmt: skip


def _disclose(town: sa.Connection, call: int, actor: Actor, moment: Any) -> None:
    disclose_reporter(town, complaint_id=call, reason="x", actor=actor, moment=moment)


DEEDS: list[Deed] = [_override, _accept, _refer, _dismiss, _link, _close, _disclose]


@pytest.mark.parametrize("deed", DEEDS)
def test_no_resident_or_respondent_decides_of_a_complaint(
    town: sa.Connection, call: int, case: int, deed: Deed
) -> None:
    for actor in (RESIDENT, RESPONDENT):
        with pytest.raises(NotNowError), town.begin_nested():
            deed(town, call, actor, day(6, 3))
    assert told_of(town, call) == ["complaint_received"]
    assert case


@pytest.mark.parametrize("deed", DEEDS)
def test_nothing_is_dated_before_the_complaint_or_done_to_none(
    town: sa.Connection, call: int, case: int, deed: Deed
) -> None:
    with pytest.raises(OutOfOrderError, match="last event of complaint CP-2026-00001"):
        deed(town, call, OFFICER, day(5, 31))
    with pytest.raises(NoSuchComplaintError, match="no complaint with the identity 999"):
        deed(town, 999, OFFICER, day(6, 3))
    assert case


@pytest.mark.parametrize("deed", [_override, _accept, _refer, _dismiss, _link, _close])
def test_nothing_is_decided_of_a_complaint_that_went_elsewhere(
    town: sa.Connection, call: int, case: int, deed: Deed
) -> None:
    refer(town, complaint_id=call, to="Fire", reason="Smoke", actor=CLERK, moment=day(6, 2))
    with pytest.raises(NotNowError, match="the complaint is referred"):
        deed(town, call, OFFICER, day(6, 3))
    assert case


def test_what_the_towns_law_leaves_out_is_not_done(town: sa.Connection, tmp_path: Any) -> None:
    path = tmp_path / "town.toml"
    text = DEFAULT.read_text().replace("without = []", 'without = ["complaint.refer"]')
    path.write_text(text.replace('version = "2026.1"', 'version = "x"'))
    call = received(town, adopt(town, path, on=date(2026, 1, 1)))
    with pytest.raises(NotNowError, match="this town's law has no such step"):
        _refer(town, call, CLERK, day(6, 2))


def test_what_an_officer_saw_becomes_a_case_like_any_other(town: sa.Connection, law: int) -> None:
    seen = replace(GRASS, channel=Channel.OFFICER)
    call = received(town, law, report=seen, reporter=None, actor=OFFICER)
    case = accept(town, complaint_id=call, actor=OFFICER, moment=day(6, 1))
    inspections.make(town, case_id=case, visit=FROM_THE_STREET, actor=OFFICER, moment=day(6, 1))
    assert one(town, Violation).status == "open"


def test_a_case_still_opens_without_a_complaint(town: sa.Connection, law: int) -> None:
    case = open_case(
        town, category="High grass", place=AT, law_pack_id=law, actor=OFFICER, moment=day(6, 1)
    )
    assert (the_case(town, case).priority, the_case(town, case).zone_id) == (4, 1)
