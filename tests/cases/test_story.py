"""A case told in plain words, each step with the law it rests on."""

from datetime import date
from string import Formatter
from uuid import uuid4

import pytest
import sqlalchemy as sa
from desk import CLERK, day
from played import MAGISTRATE
from reported import a_busy_week, complaint

from cases import imposing
from cases.adopted import adopted_law
from cases.ledger.accounts import Kind
from cases.ledger.opening import OPENINGS
from cases.models import ResidentReport
from cases.moving_in.placing import MOVES
from cases.receiving import Report
from cases.reporters import Identity
from cases.residents.codes import Codes
from cases.residents.reporting import Sent, release, take_in
from cases.residents.suspicion import Sign
from cases.screening import Channel
from cases.sentences import SENTENCES
from cases.story import complaints_of, events_of, events_of_complaint, told
from cases.workflow.complaint import ComplaintAction
from cases.workflow.registry import STEPS


def test_every_event_there_is_has_its_sentence_and_no_other() -> None:
    events = {step.event for step in STEPS.values()}
    assert set(SENTENCES) - events == {
        "imported",
        "import_changed",
        "address_noted",
        "contact_noted",
        "code_revoked",
        "letter_issued",
        "letter_sent",
        "letter_returned",
        "packet_filed",
        "field_noted",
        "parcel_ended",
        "parcel_followed",
        "parcel_succeeded",
        "parcel_kept",
        "succession_undone",
        *MOVES,
    } | (set(Kind) - set(OPENINGS))
    assert events - set(SENTENCES) == set()


def test_a_case_is_told_from_its_opening_to_its_notice(
    town: sa.Connection,
    case: int,
    served: int,
) -> None:
    lines = list(told(town.execute(events_of(case)).all(), law=None))
    assert [line.on for line in lines[:3]] == [date(2026, 6, 1)] * 3
    assert lines[0].text == ("Case CE-2026-00001 was opened under florida-town 2026.1. - M. Rivera")
    assert "inspected (from where anybody may stand: from the sidewalk)" in lines[1].text
    assert "section 30-36(a) was alleged: Grass or weeds" in lines[2].text
    assert lines[-1].text == (
        "The warning of violation was served on June 2, 2026 by first class mail. "
        "Section 30-36(a) is to be corrected by June 12, 2026: 10 days after June 2, 2026 (town's "
        "choice). [the town's process: a warning is handed over or mailed] - J. Okafor"
    )
    assert not any("not kept" in line.text for line in lines)
    assert served


@pytest.mark.parametrize("sentence", SENTENCES.values())
def test_a_sentence_is_one_and_its_blanks_have_names(sentence: str) -> None:
    assert sentence.endswith(".")
    assert all(name is None or name for _, name, _, _ in Formatter().parse(sentence))


def test_a_case_is_told_to_its_certified_fine_in_dollars_and_days(
    town: sa.Connection,
    case: int,
    sworn: int,
) -> None:
    imposing.certify(town, order_id=sworn, actor=MAGISTRATE, moment=day(9, 25))
    lines = [line.text for line in told(town.execute(events_of(case)).all(), law=None)]
    assert not [line for line in lines if "not kept" in line]
    story = "\n".join(lines)
    for words in (
        "Citation UCV-2026-00001 was issued for section 30-36(a), with a penalty of $100.00.",
        "$100.00 was charged (fine) by Citation UCV-2026-00001.",
        "it is to be answered by July 7, 2026, 20 days after June 17, 2026 (town's choice).",
        "put on the docket of August 11, 2026, in place 1",
        "Order ORD-2026-00001 was entered: comply by September 1, 2026, else $250.00 a day.",
        "to be contested by September 24, 2026. Any fine is potential, not imposed.",
        "The fine of order ORD-2026-00001 was certified at $6,000.00, running at $250.00 a day.",
    ):
        assert words in story


def let_through(town: sa.Connection, law: int) -> int:
    """Hold a resident's report back as maybe none, and let it through; gives its identity."""
    report = Report(channel=Channel.WEB, category="High grass", address="101 Alder St")
    sent = Sent(id=uuid4(), report=report, sign=Sign.TRAP)
    codes = Codes(["a key for tests"])
    take_in(
        town, sent, reporter=Identity(), codes=codes, law_pack_id=law, moment=day(6, 5)
    )  # fmt: skip
    made = town.scalar(sa.select(ResidentReport.complaint_id))
    assert made is not None
    release(town, complaint_id=made, actor=CLERK, moment=day(6, 5))
    return made


def test_all_that_may_befall_a_complaint_is_told_without_a_blank(
    town: sa.Connection, law: int
) -> None:
    week = a_busy_week(town, law)
    events = [
        event
        for each in [*week, let_through(town, law)]
        for event in town.execute(events_of_complaint(each))
    ]
    deeds = {step.event for step in STEPS.values() if isinstance(step.action, ComplaintAction)}
    assert {event.kind for event in events} == deeds
    lines = [line.text for line in told(events, law=adopted_law(town, law))]
    assert not [line for line in lines if "not kept" in line]
    for words in (
        "A person overrode what the review said of the priority: 2. Reason: Snakes. - J. Okafor",
        "(phone, received on June 1, 2026) was linked to CP-2026-00001, about the same matter.",
        "Complaint CP-2026-00005 (phone, received on June 1, 2026) came with CP-2026-00001, which",
        "The complaint was referred to Fire. Reason: Smoke.",
        "(phone, received on June 1, 2026) was placed. It is on parcel A-1.",
        "its maker was told on June 4, 2026 (letter).",
        "Whoever made the complaint said since who they are, which is kept apart. [s. 162",
        "Staff were told who made the complaint. Reason: Public-records request 26-114. [s. 119",
    ):
        assert words in "\n".join(lines)
    case = complaint(town, week[0]).case_id
    of_case = "\n".join(line.text for line in told(town.execute(events_of(case)).all(), law=None))
    for number in (row.number for row in town.execute(complaints_of(case))):
        assert f"Complaint {number} (phone, received on June 1, 2026)" in of_case
