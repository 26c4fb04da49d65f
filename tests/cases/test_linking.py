"""Complaints about one matter are linked, never deleted, and feed one case."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
import sqlalchemy as sa
from desk import CLERK, MANAGER, OFFICER, day
from played import AT
from reported import complaint, last_of, received, the_case, told_of, told_of_case
from small_town import lay_out

from cases.adopted import adopt
from cases.advancing import GuardError, OutOfOrderError
from cases.answering import Told, close_complaint
from cases.errors import CaseError
from cases.history import faults
from cases.intake import accept, dismiss
from cases.lawpack.reading import DEFAULT
from cases.linking import LinkError, link_to_case, link_to_complaint
from cases.models import Case, Complaint
from cases.opening import close_case, open_case, void_case
from cases.story import complaints_of
from cases.workflow.registry import NotNowError
from geo.database import Database


def link(connection: sa.Connection, later: int, earlier: int, **changes: object) -> None:
    asked = {"complaint_id": later, "earlier_id": earlier, "actor": CLERK, "moment": day(6, 2)}
    link_to_complaint(connection, **(asked | changes))  # type: ignore[arg-type]


@pytest.fixture
def calls(town: sa.Connection, law: int) -> list[int]:
    """Three calls about one yard."""
    return [received(town, law) for _ in range(3)]


def test_a_complaint_linked_to_an_accepted_one_feeds_its_case(
    town: sa.Connection, calls: list[int]
) -> None:
    first, second, _ = calls
    case = accept(town, complaint_id=first, actor=CLERK, moment=day(6, 1))
    link(town, second, first)
    row = complaint(town, second)
    assert (row.status, row.duplicate_of, row.case_id) == ("linked", first, case)
    assert told_of_case(town, case)[-1] == "complaint_linked"
    assert last_of(town, second)["to"] == "CP-2026-00001"
    assert [fed.number for fed in town.execute(complaints_of(case))] == [
        "CP-2026-00001", "CP-2026-00002",
    ]  # fmt: skip


def test_what_was_linked_before_comes_along_when_the_first_is_accepted(
    town: sa.Connection, calls: list[int]
) -> None:
    first, second, third = calls
    link(town, third, second)
    link(town, second, first)
    assert complaint(town, third).case_id is None
    case = accept(town, complaint_id=first, actor=CLERK, moment=day(6, 3))
    assert {complaint(town, each).case_id for each in calls} == {case}
    assert complaint(town, third).status == "linked"
    assert told_of(town, third)[-2:] == ["complaint_linked", "complaint_followed"]
    assert told_of_case(town, case) == [
        "case_opened", "complaint_accepted", "complaint_followed", "complaint_followed",
    ]  # fmt: skip
    assert list(faults(town)) == []


def test_what_was_linked_comes_along_when_the_one_it_repeats_is_linked_to_a_case(
    town: sa.Connection, calls: list[int], case: int
) -> None:
    _, second, third = calls
    link(town, third, second)
    link_to_case(town, complaint_id=second, case_id=case, actor=OFFICER, moment=day(6, 3))
    assert complaint(town, third).case_id == case
    assert told_of_case(town, case)[-2:] == ["complaint_linked", "complaint_followed"]


def test_later_is_linked_to_earlier_so_that_links_never_run_in_a_circle(
    town: sa.Connection, calls: list[int]
) -> None:
    first, second, _ = calls
    for later, earlier in ((first, second), (first, first)):
        with pytest.raises(LinkError, match="link the later one to the earlier"):
            link(town, later, earlier)
    assert {complaint(town, each).status for each in calls} == {"received"}


def test_a_void_case_is_fed_by_nothing_and_a_closed_one_is_told(
    town: sa.Connection, calls: list[int], law: int, case: int
) -> None:
    first, second, _ = calls
    close_case(town, case_id=case, reason="Mown", actor=CLERK, moment=day(6, 1))
    link_to_case(town, complaint_id=first, case_id=case, actor=CLERK, moment=day(6, 2))
    assert told_of_case(town, case)[-1] == "complaint_linked"
    assert the_case(town, case).closed_on == date(2026, 6, 1)
    void = open_case(
        town, category="High grass", place=AT, law_pack_id=law, actor=OFFICER, moment=day(6, 1)
    )
    void_case(town, case_id=void, reason="Mistake", actor=MANAGER, moment=day(6, 1))
    with pytest.raises(LinkError, match="is void"):
        link_to_case(town, complaint_id=second, case_id=void, actor=CLERK, moment=day(6, 2))
    assert complaint(town, second).status == "received"
    with pytest.raises(CaseError, match="no case with the identity 999"):
        link_to_case(town, complaint_id=second, case_id=999, actor=CLERK, moment=day(6, 2))


def test_a_link_is_not_dated_before_the_last_event_of_either_or_of_the_case(
    town: sa.Connection, calls: list[int]
) -> None:
    first, second, third = calls
    case = accept(town, complaint_id=first, actor=CLERK, moment=day(6, 5))
    with pytest.raises(OutOfOrderError, match="complaint CP-2026-00001"):
        link(town, second, first, moment=day(6, 4))
    with pytest.raises(OutOfOrderError, match="case CE-2026-00001"):
        link_to_case(town, complaint_id=third, case_id=case, actor=CLERK, moment=day(6, 4))
    assert {complaint(town, each).status for each in (second, third)} == {"received"}


def test_a_linked_complaint_is_closed_when_what_it_repeats_came_to_nothing(
    town: sa.Connection, calls: list[int]
) -> None:
    first, second, third = calls
    link(town, third, second)
    link(town, second, first)
    asked = {"told": Told.PHONE, "told_on": date(2026, 6, 4), "actor": CLERK, "moment": day(6, 4)}
    with pytest.raises(GuardError, match="its case has ended"):
        close_complaint(town, complaint_id=third, **asked)  # type: ignore[arg-type]
    dismiss(town, complaint_id=first, reason="Not in the code", actor=CLERK, moment=day(6, 3))
    close_complaint(town, complaint_id=third, **asked)  # type: ignore[arg-type]
    assert complaint(town, third).status == "closed"


type Deed = Callable[[sa.Connection], object]


def at_once(database: Database, deeds: list[Deed]) -> list[object]:
    """Do deeds at the same time, each in a transaction of its own; give what each answered."""

    def do(deed: Deed) -> object:
        with database.app.connect() as connection:
            try:
                with connection.begin():
                    return deed(connection)
            except CaseError as error:
                return error

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))


@pytest.fixture
def crowd(fresh_database: Database) -> Database:
    with fresh_database.owner.begin() as connection:
        lay_out(connection)
    return fresh_database


def test_of_two_clerks_who_accept_at_once_one_wins_and_the_other_is_told(crowd: Database) -> None:
    with crowd.app.begin() as connection:
        law = adopt(connection, DEFAULT, on=date(2026, 1, 1))
        calls = [received(connection, law) for _ in range(8)]
    for call in calls:
        answers = at_once(
            crowd,
            [
                lambda c, call=call: accept(c, complaint_id=call, actor=CLERK, moment=day(6, 2)),
                lambda c, call=call: accept(c, complaint_id=call, actor=OFFICER, moment=day(6, 2)),
            ],
        )
        (lost,) = [each for each in answers if isinstance(each, CaseError)]
        assert isinstance(lost, NotNowError)
        assert "the complaint is accepted, so that cannot be done now" in str(lost)
    with crowd.app.connect() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(Case)) == len(calls)
        assert list(faults(connection)) == []


def test_what_is_linked_while_the_first_is_accepted_is_never_left_behind(crowd: Database) -> None:
    with crowd.app.begin() as connection:
        law = adopt(connection, DEFAULT, on=date(2026, 1, 1))
        calls = [received(connection, law) for _ in range(10)]
    first, *others = calls
    deeds: list[Deed] = [lambda c, each=each: link(c, each, first) for each in others]
    deeds.insert(4, lambda c: accept(c, complaint_id=first, actor=CLERK, moment=day(6, 2)))
    answers = at_once(crowd, deeds)
    assert [each for each in answers if isinstance(each, CaseError)] == []
    with crowd.app.connect() as connection:
        fed = connection.scalars(sa.select(Complaint.case_id)).all()
        assert len(fed) == len(calls)
        assert len(set(fed)) == 1
        assert None not in fed
        assert list(faults(connection)) == []
