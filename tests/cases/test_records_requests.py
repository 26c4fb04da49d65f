"""A request for records waits until it is answered or ended, and is the clerk's to answer."""

from datetime import date
from uuid import uuid4

import pytest
import sqlalchemy as sa
from asked import Records
from desk import CLERK, MANAGER, day

from cases.documents.store import Store
from cases.records import requests
from cases.records.errors import NotYourRequestError, RecordsError
from cases.records.pieces import Outcome, Subject


@pytest.fixture
def records(town: sa.Connection, store: Store, case: int) -> Records:
    """A request about a case."""
    return Records(town, store, case)


def test_a_case_chosen_by_mistake_is_taken_off_until_something_of_it_is_decided(
    records: Records,
) -> None:
    requests.leave_out(records.town, request_id=records.id, case_id=records.case, actor=CLERK)
    with pytest.raises(RecordsError, match="is about no case"):
        records.export()
    with pytest.raises(RecordsError, match="No case is numbered"):
        requests.choose(records.town, request_id=records.id, number="Z-9", actor=CLERK)
    number = "ce-2026-00001"
    requests.choose(records.town, request_id=records.id, number=number, actor=CLERK)
    records.decide(Subject.STORY, Outcome.RELEASED)
    with pytest.raises(RecordsError, match="decided, and that stays"):
        requests.leave_out(records.town, request_id=records.id, case_id=records.case, actor=CLERK)


def test_a_request_waits_until_something_is_handed_out_or_it_is_ended(records: Records) -> None:
    town = records.town
    assert town.scalar(requests.waiting()) == 1
    records.release_the_rest()
    records.export()
    assert town.scalar(requests.waiting()) == 0
    with pytest.raises(RecordsError, match="was answered on"):
        requests.end(
            town, request_id=records.id, reason="Asked twice", actor=CLERK, moment=day(6, 9)
        )
    wanted = requests.Wanted(asked="The 1987 file", requester=" ", received_on=date(2026, 6, 9))
    other = requests.take_in(town, wanted, form_key=uuid4(), actor=CLERK, moment=day(6, 9))
    assert town.execute(requests.request(other)).one().requester is None
    who = {"request_id": other, "actor": CLERK, "moment": day(6, 9)}
    with pytest.raises(RecordsError, match="Say why"):
        requests.end(town, reason=" ", **who)
    requests.end(town, reason="No such record", **who)
    assert town.scalar(requests.waiting()) == 0
    with pytest.raises(RecordsError, match="came to its end"):
        requests.choose(town, request_id=other, number="CE-2026-00001", actor=CLERK)


def test_what_waits_is_counted_as_far_as_lists_are(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(requests, "COUNTED", 2)
    for number in range(5):
        wanted = requests.Wanted(asked=f"File {number}", received_on=date(2026, 6, 9))
        requests.take_in(records.town, wanted, form_key=uuid4(), actor=CLERK, moment=day(6, 9))
    assert records.town.scalar(requests.waiting()) == 3
    days = {"first": date(2026, 6, 1), "last": date(2026, 6, 2)}
    assert records.town.scalar(requests.count(**days)) == 3
    assert len(records.town.execute(requests.requests(**days, most=4, skip=3)).all()) == 3


def test_the_clerk_answers_and_nobody_else(records: Records) -> None:
    wanted = requests.Wanted(asked="x", received_on=date(2026, 6, 9))
    with pytest.raises(NotYourRequestError, match="for the clerk"):
        requests.take_in(records.town, wanted, form_key=uuid4(), actor=MANAGER, moment=day(6, 9))
