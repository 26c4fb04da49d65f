"""A request for a hearing that came after the last day is put on record, and changes nothing."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from desk import CLERK, RESPONDENT, day
from played import CLEAR, one

from cases import citing, late_requests, waiving
from cases.adopted import adopt
from cases.advancing import GuardError
from cases.days import DayError
from cases.deadlines import Answer
from cases.late_requests import Judged
from cases.lawpack.reading import DEFAULT
from cases.models import Case, Citation, Hearing
from cases.story import events_of, told
from cases.workflow.registry import NotNowError

type Record = Callable[..., Judged]
POSTED_IN_TIME = Answer(received_on=date(2026, 7, 9), postmarked_on=date(2026, 7, 7))


@pytest.fixture
def record(town: sa.Connection, cited: int) -> Record:
    """Put a request on record that came on 9 July, where 7 July was the last day."""

    def do(answer: Answer = POSTED_IN_TIME, *, number: int = 9, actor: object = CLERK) -> Judged:
        return late_requests.record_late(
            town,
            citation_id=cited,
            answer=answer,
            actor=actor,
            moment=day(7, number),  # type: ignore[arg-type]
        )

    return do


def _postmarks_count(town: sa.Connection, tmp_path: Path) -> None:
    """Put the case under a law by which the postmark of a request counts."""
    text = DEFAULT.read_text(encoding="utf-8").replace('"florida-town"', '"other-town"')
    head, mark, tail = text.partition("[deadlines.request_hearing]")
    tail = tail.replace('timely = "received"', 'timely = "postmarked"', 1)
    pack = tmp_path / "other-town.toml"
    pack.write_text(head + mark + tail, encoding="utf-8")
    other = adopt(town, pack, on=date(2026, 1, 1))
    town.execute(sa.update(Case).values(law_pack_id=other))


def test_a_late_request_is_on_record_with_both_days_and_the_citation_stands(
    town: sa.Connection, record: Record
) -> None:
    before = one(town, Citation)
    assert record() is Judged.LATE
    assert one(town, Citation) == before
    assert town.scalar(sa.select(sa.func.count()).select_from(Hearing)) == 0
    *_, line = told(town.execute(events_of(before.case_id)).all(), law=None)
    assert line.sentences == (
        (
            "A request for a hearing on citation UCV-2026-00001 came on July 9, 2026; the last day "
            "to ask was July 7, 2026. It came too late: it is refused, and the citation stands."
        ),
        "It was postmarked on July 7, 2026.",
    )
    assert line.source == "town's choice"


def test_what_came_in_time_is_asked_for_and_not_put_on_record_as_late(
    town: sa.Connection, cited: int, record: Record, tmp_path: Path
) -> None:
    with pytest.raises(GuardError, match="it came after the time the law gives"):
        record(Answer(received_on=date(2026, 7, 7)))
    _postmarks_count(town, tmp_path)
    with pytest.raises(GuardError, match="it came after the time the law gives"):
        record()
    citing.request_hearing(
        town, citation_id=cited, answer=POSTED_IN_TIME, actor=CLERK, moment=day(7, 9)
    )
    assert (one(town, Citation).status, one(town, Citation).contested_on) == (
        "contested", date(2026, 7, 7),
    )  # fmt: skip


@pytest.mark.parametrize("by_postmark", [False, True])
def test_after_a_waiver_it_is_on_record_whether_it_was_late_or_posted_in_time(
    town: sa.Connection, cited: int, record: Record, tmp_path: Path, by_postmark: bool
) -> None:
    if by_postmark:
        _postmarks_count(town, tmp_path)
    waiving.confirm_waiver(town, citation_id=cited, check=CLEAR, actor=CLERK, moment=day(7, 13))
    assert record(number=14) is (Judged.IN_TIME if by_postmark else Judged.LATE)
    assert one(town, Citation).status == "admitted"
    *_, line = told(town.execute(events_of(one(town, Case).id)).all(), law=None)
    assert ("the waiver may be set aside" in line.text) is by_postmark


def test_one_that_came_in_time_and_lay_about_is_not_said_to_have_been_so_by_its_postmark(
    town: sa.Connection, cited: int, record: Record
) -> None:
    waiving.confirm_waiver(town, citation_id=cited, check=CLEAR, actor=CLERK, moment=day(7, 13))
    found = record(Answer(received_on=date(2026, 7, 7)), number=14)
    assert found is Judged.IN_TIME
    *_, line = told(town.execute(events_of(one(town, Case).id)).all(), law=None)
    assert "It came in time: the waiver may be set aside." in line.text
    assert "postmark" not in line.text


def test_only_a_clerk_puts_it_on_record_and_no_day_to_come(record: Record) -> None:
    with pytest.raises(NotNowError, match="for the clerk"):
        record(actor=RESPONDENT)
    with pytest.raises(DayError):
        record(Answer(received_on=date(2026, 7, 10)))
