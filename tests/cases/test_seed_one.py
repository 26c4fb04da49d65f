"""What a department is promised by the products of the field, each feature once, and once disabled.

Of the thirteen features that `features.FEATURES` lists, a test here is named after each that lives
in `cases`, and payments beside them, which escalation ends in. Each asserts what the feature leaves
as a row, what it writes as an event, and what it gives back. The others are marked where they live;
`script/test --features` runs all of them and lists which test shows what.

A feature is disabled by the town's law: `steps.without` of its pack. Then the same scenario is
refused, which shows that the test would fail without the feature.
"""

import inspect
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from desk import CLERK, MANAGER, OFFICER, RESIDENT, RESPONDENT, day
from played import (
    CLEAR,
    LOOKED_AGAIN,
    MAGISTRATE,
    a_sitting,
    decide,
    look_again,
    one,
    put_on_docket,
)
from played_after import JUDGED, appeal
from reported import FERRER, GRASS, complaint, last_of, received, told_of

from cases import (
    cashier,
    citing,
    extensions,
    further_days,
    hearings,
    inspections,
    suing,
    violations,
    waiving,
)
from cases.adopted import adopt, adopted_law
from cases.advancing import GuardError
from cases.deadlines import Answer
from cases.hearings import About, Outcome
from cases.history import faults
from cases.lawpack.reading import DEFAULT
from cases.ledger.accounts import Method
from cases.ledger.reading import owed
from cases.models import (
    Appeal,
    Case,
    CaseEvent,
    Citation,
    EnforcementOrder,
    Hearing,
    Inspection,
    Lien,
    Notice,
    Reporter,
    Respondent,
    ServiceAttempt,
    Suit,
    Violation,
)
from cases.overriding import override
from cases.receiving import Report
from cases.review import Rule
from cases.screening import Channel
from cases.statements import payoff_of_case
from cases.story import whole
from cases.workflow.registry import NAMES, NotNowError

type Feature = Callable[..., None]

NEEDS: list[tuple[Feature, str]] = []
"""Each feature below with each step that it is nothing without."""


def needs(*steps: str) -> Callable[[Feature], Feature]:
    """Say of a feature's test which steps of the process it rests on."""

    def mark(feature: Feature) -> Feature:
        NEEDS.extend((feature, step) for step in steps)
        return feature

    return mark


@pytest.fixture
def law(town: sa.Connection, request: pytest.FixtureRequest, tmp_path: Path) -> int:
    """The town's law; without one step where a test asks for that."""
    step = getattr(request, "param", None)
    if step is None:
        return adopt(town, DEFAULT, on=date(2026, 1, 1))
    text = DEFAULT.read_text(encoding="utf-8").replace("without = []", f'without = ["{step}"]')
    path = tmp_path / "town.toml"
    path.write_text(text.replace('version = "2026.1"', f'version = "without {step}"'))
    return adopt(town, path, on=date(2026, 1, 1))


@pytest.mark.feature("complaint submission by residents and by staff")
@needs("complaint.receive")
def test_complaint_submission_by_residents_and_by_staff(town: sa.Connection, law: int) -> None:
    online = received(town, law, report=_web(), actor=RESIDENT)
    taken = received(town, law)
    rows = [complaint(town, each) for each in (online, taken)]
    assert [(row.number, row.channel, row.entered_by, row.status) for row in rows] == [
        ("CP-2026-00001", "web", "a resident", "received"),
        ("CP-2026-00002", "phone", "J. Okafor", "received"),
    ]
    # Whoever made it stands apart, and is not who entered it.
    names = town.scalars(sa.select(Reporter.name).order_by(Reporter.complaint_id)).all()
    assert names == [FERRER.name, FERRER.name]
    assert told_of(town, online) == told_of(town, taken) == ["complaint_received"]


@pytest.mark.feature("automated complaint review and prioritisation")
@needs("complaint.receive", "complaint.override")
def test_complaint_reviews_prioritise_by_rules_that_say_themselves(
    town: sa.Connection, law: int
) -> None:
    first = received(town, law)
    row = complaint(town, first)
    # Section 30-36(a): priority 4, 5 response days; five business days after Monday 1 June are
    # Monday the 8th. Lot A-1 lies in officer's zone 1.
    assert (row.priority, row.respond_by) == (4, date(2026, 6, 8))
    said = {each["rule"]: each for each in row.screening}
    assert (said["zone"]["value"], said["may_open"]["value"]) == ("1", True)
    assert "30-36(a), has 4" in said["priority"]["because"]
    again = {each["rule"]: each for each in complaint(town, received(town, law)).screening}
    assert again["duplicates"]["value"] == ["CP-2026-00001"]
    override(
        town, complaint_id=first, rule=Rule.PRIORITY, value=2, reason="Snakes", actor=CLERK,
        moment=day(6, 1),
    )  # fmt: skip
    assert complaint(town, first).priority == 2
    assert told_of(town, first)[-1] == "screening_overridden"
    assert last_of(town, first)["automatic"] == {"value": 4}


@pytest.mark.feature("notice generation")
@needs("notice.draft", "notice.issue")
def test_notice_generation_from_the_law_as_text_that_stays(
    town: sa.Connection, case: int, warning: int
) -> None:
    row = one(town, Notice)
    assert (row.id, row.kind, row.status, row.issued_on) == (
        warning, "warning", "issued", date(2026, 6, 2),
    )  # fmt: skip
    (told,) = row.content["violations"]
    assert (row.content["recipient"], row.content["address"]) == ("P. Lane", "9 Birch Ave")
    assert (told["section"], told["days"]) == ("30-36(a)", 10)
    assert told["text"].startswith("Grass and weeds shall not exceed 12 inches")
    assert _last(town) == "notice_issued"
    with pytest.raises(sa.exc.IntegrityError, match="its text is frozen"), town.begin_nested():
        town.execute(sa.update(Notice).values(content={}))
    assert case


@pytest.mark.feature("compliance timelines")
@needs("notice.confirm_service", "extension.request", "extension.grant")
def test_compliance_timelines_with_a_deadline_that_moves_by_a_decision_alone(
    town: sa.Connection, case: int, fence: int
) -> None:
    # Served by mail on 2 June; 30 days are Thursday 2 July.
    assert one(town, Violation).comply_by == one(town, Case).next_due == date(2026, 7, 2)
    assert "58-203 is to be corrected by July 2, 2026: 30 days after" in _story(town, case)
    asked = extensions.request(
        town, violation_id=fence, because="The posts are bought", until=date(2026, 7, 25),
        answer=Answer(received_on=date(2026, 6, 20)), actor=RESPONDENT, moment=day(6, 20),
    )  # fmt: skip
    extensions.grant(
        town, extension_id=asked, until=date(2026, 7, 25), reason="Receipt shown", actor=OFFICER,
        moment=day(6, 22),
    )  # fmt: skip
    assert one(town, Violation).comply_by == one(town, Case).next_due == date(2026, 7, 25)
    assert _last(town) == "extension_granted"


@pytest.mark.feature("reinspection scheduling and results")
@needs("inspection.book", "inspection.confirm", "inspection.make", "violation.find_corrected")
def test_reinspection_scheduling_and_its_result(
    town: sa.Connection, violation: int, case: int, served: int
) -> None:
    at = datetime(2026, 6, 15, 14, tzinfo=UTC)
    visit = inspections.book(town, case_id=case, at=at, actor=RESPONDENT, moment=day(6, 3))
    inspections.confirm(town, inspection_id=visit, actor=OFFICER, moment=day(6, 3))
    row = town.execute(sa.select(Inspection.__table__).where(Inspection.id == visit)).one()
    assert (row.status, row.booked_for) == ("confirmed", at)
    inspections.keep(
        town, inspection_id=visit, visit=LOOKED_AGAIN, actor=OFFICER, moment=day(6, 15)
    )
    violations.find_corrected(
        town, violation_id=violation, inspection_id=visit, actor=OFFICER, moment=day(6, 15)
    )
    assert (one(town, Violation).status, one(town, Case).phase) == ("corrected", "complied")
    assert _last(town) == "violation_corrected"
    assert "A visit was planned for June 15, 2026 at 10:00 AM." in _story(town, case)
    assert served


@pytest.mark.feature("escalation tracking: legal, fines, penalties")
@needs("citation.issue", "citation.confirm_waiver", "citation.impose_continuing")
def test_escalation_tracking_of_penalties(town: sa.Connection, case: int, cited: int) -> None:
    assert one(town, Case).phase == "cited"
    waiving.confirm_waiver(town, citation_id=cited, check=CLEAR, actor=CLERK, moment=day(7, 13))
    # To be answered by 7 July: 8 to 13 July are six days at $100, beside the $100 itself.
    assert further_days.impose(town, citation_id=cited, actor=CLERK, moment=day(7, 13)) == 60_000
    assert (one(town, Citation).status, owed(town, case)) == ("admitted", {"penalty": 70_000})
    assert _kinds(town)[-2:] == ["continuing_imposed", "charged"]


@pytest.mark.feature("escalation tracking: legal, fines, penalties")
@needs("order.enter", "order.file_affidavit", "order.certify", "lien.record")
def test_escalation_tracking_of_an_order_to_its_fine_and_lien(
    town: sa.Connection, case: int, lien: int
) -> None:
    row, bound = one(town, EnforcementOrder), one(town, Lien)
    assert (row.status, row.certified_on) == ("certified", date(2026, 9, 25))
    # 2 September to 1 October, the day of recording, are 30 days at $250.
    assert (bound.id, bound.status, bound.amount_cents) == (lien, "recorded", 750_000)
    assert one(town, Case).phase == "lien"
    assert [kind for kind in _kinds(town) if kind in _STAGES] == list(_STAGES)
    assert "of $7,500.00 was recorded on October 1, 2026" in _story(town, case)


@pytest.mark.feature("full records: photographs, inspections, notices, contacts")
@needs("case.name_respondent", "notice.record_attempt")
def test_records_management_keeps_every_deed_and_every_letter(
    town: sa.Connection, case: int, served: int
) -> None:
    rows = town.execute(sa.select(CaseEvent.__table__).order_by(CaseEvent.seq)).all()
    assert [row.seq for row in rows] == list(range(1, len(rows) + 1))
    assert all(row.actor and row.happened_on and row.hash for row in rows)
    assert list(faults(town)) == []
    with pytest.raises(sa.exc.DBAPIError), town.begin_nested():
        town.execute(sa.update(CaseEvent).values(actor="nobody"))
    sent = one(town, ServiceAttempt)
    assert (sent.notice_id, sent.method, sent.facts["mailed_to"]) == (
        served, "first_class_mail", "tax_collector",
    )  # fmt: skip
    assert (one(town, Respondent).name, len(_story(town, case).splitlines())) == (
        "P. Lane", 1 + len(rows),
    )  # fmt: skip


@pytest.mark.feature("hearing scheduling")
@needs("hearing.request", "hearing.docket")
def test_scheduled_hearings_management_by_sittings_that_fill_up(
    town: sa.Connection, case: int, hearing: int, sitting: int
) -> None:
    assert put_on_docket(town, hearing, sitting) == 1
    row = one(town, Hearing)
    assert (row.status, row.session_id, row.docket_place) == ("docketed", sitting, 1)
    assert _last(town) == "hearing_docketed"
    assert "on the docket of August 11, 2026, in place 1" in _story(town, case)
    other = _ask_too(town, case)
    with pytest.raises(GuardError, match="the session has room"):
        put_on_docket(town, other, sitting)
    assert put_on_docket(town, other, a_sitting(town, held_on=date(2026, 8, 25))) == 1


@pytest.mark.feature("legal action tracking: court, liens")
@needs("legal_action.refer", "legal_action.file", "legal_action.adjudge")
def test_legal_action_tracking_from_counsel_to_judgment(
    town: sa.Connection, case: int, filed: int
) -> None:
    row = one(town, Suit)
    assert (row.id, row.status, row.court_case_no) == (filed, "filed", "2027-CC-0081")
    assert one(town, Case).phase == "lien"
    suing.adjudge(
        town, suit_id=filed, paper=JUDGED, awarded_cents=4_500_000, actor=CLERK,
        moment=day(3, 4, 2027),
    )  # fmt: skip
    assert (one(town, Suit).status, one(town, Suit).judgment_cents) == ("judgment", 4_500_000)
    assert "judgment_entered" in _kinds(town)
    assert "Judgment of March 1, 2027 in court case 2027-CC-0081" in _story(town, case)


@pytest.mark.feature("appeals")
@needs("citation.request_hearing", "hearing.decide", "citation.dismiss")
def test_streamlined_appeal_process_of_a_citation(
    town: sa.Connection, case: int, cited: int, opened: int
) -> None:
    assert one(town, Citation).contested_on == date(2026, 7, 1)
    decide(town, opened, outcome=Outcome.NO_VIOLATION, findings="The grass was sea oats")
    citing.dismiss(
        town, citation_id=cited, reason="No violation", actor=MAGISTRATE, moment=day(8, 11)
    )
    assert (one(town, Citation).status, owed(town, case)) == ("dismissed", {"penalty": 0})
    assert "citation_dismissed" in _kinds(town)


@pytest.mark.feature("appeals")
@needs("appeal.file")
def test_streamlined_appeal_process_of_an_order_to_the_court(
    town: sa.Connection, case: int, sworn: int
) -> None:
    appeal(town, sworn)
    row = one(town, Appeal)
    # Executed on 11 August: 30 days are 10 September.
    assert (row.status, row.due_on, row.court_case_no) == (
        "filed", date(2026, 9, 10), "2026-AP-0007",
    )  # fmt: skip
    assert _last(town) == "appeal_filed"
    assert "the last day was September 10, 2026" in _story(town, case)


@needs("citation.confirm_service", "citation.settle")
def test_payments_and_what_is_owed_to_the_day(
    town: sa.Connection, case: int, violation: int, cited: int
) -> None:
    asked = payoff_of_case(town, case, good_through=date(2026, 6, 30), today=date(2026, 6, 18))
    assert (asked.total_cents, asked.per_diem_cents) == (10_000, 0)
    cashier.receive_payment(
        town, case_id=case, cents=10_000, method=Method.CARD, key="card", actor=CLERK,
        moment=day(6, 18),
    )  # fmt: skip
    assert (owed(town, case), _last(town)) == ({"penalty": 0}, "paid")
    look = look_again(town, case, month=6, number=18)
    violations.find_corrected(
        town, violation_id=violation, inspection_id=look, actor=OFFICER, moment=day(6, 18)
    )
    citing.settle(town, citation_id=cited, actor=CLERK, moment=day(6, 18))
    assert (one(town, Citation).status, _last(town)) == ("settled", "citation_settled")


@pytest.mark.parametrize(
    ("feature", "law"), NEEDS, indirect=["law"],
    ids=[f"{feature.__name__[5:40]}-{step}" for feature, step in NEEDS],
)  # fmt: skip
def test_a_feature_that_the_towns_law_leaves_out_is_refused(
    town: sa.Connection, law: int, feature: Feature, request: pytest.FixtureRequest
) -> None:
    assert law
    left_out = next(iter(adopted_law(town, law).steps.without))
    words = left_out.partition(".")[2].replace("_", " ").capitalize()
    refusal = f"^{words}: .* and this town's law has no such step"
    with pytest.raises(NotNowError, match=refusal), town.begin_nested():
        _play(feature, request)


def test_every_step_that_a_feature_rests_on_is_one_of_the_process() -> None:
    assert {step for _, step in NEEDS} <= NAMES


_STAGES = (
    "citation_issued", "hearing_decided", "order_entered", "affidavit_filed", "fine_certified",
    "lien_recorded",
)  # fmt: skip


def _play(feature: Feature, request: pytest.FixtureRequest) -> None:
    wanted = inspect.signature(feature).parameters
    feature(**{name: request.getfixturevalue(name) for name in wanted})


def _web() -> Report:
    return replace(GRASS, channel=Channel.WEB)


def _ask_too(town: sa.Connection, case: int) -> int:
    return hearings.request(
        town, case_id=case, about=About.VIOLATION, actor=MANAGER, moment=day(7, 2)
    )


def _kinds(town: sa.Connection) -> list[str]:
    return list(town.scalars(sa.select(CaseEvent.kind).order_by(CaseEvent.seq)))


def _last(town: sa.Connection) -> str:
    return _kinds(town)[-1]


def _story(town: sa.Connection, case: int) -> str:
    number = town.scalar(sa.select(Case.number).where(Case.id == case))
    return "\n".join(whole(town, number or ""))
