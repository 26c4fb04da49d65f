"""What waits for whom: each queue holds the cases in which its work is due, and no others."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from desk import CLERK, MANAGER, OFFICER, RESPONDENT, day
from played import AT, look_again
from played_after import COSTS
from played_liens import block, mown

from cases import abating, extensions, inspections, suing, violations
from cases.accounts import members, people
from cases.assigning import AlreadyTheirsError, NoSuchOfficerError, assign
from cases.deadlines import Answer
from cases.desk import lists
from cases.desk.holding import Held, held
from cases.desk.lists import Filter, UnusableAreaError
from cases.desk.queues import Queue, condition
from cases.ledger.paying import pay
from cases.ledger.reading import owed
from cases.models import Case, CaseActivity
from cases.opening import open_case
from cases.workflow.registry import NotNowError
from cases.workflow.roles import Role

Q = Queue


@pytest.fixture
def invoiced(town: sa.Connection, worked: int) -> None:
    abating.invoice(town, abatement_id=worked, costs=COSTS, actor=CLERK, moment=day(9, 12))


@pytest.fixture
def declined(town: sa.Connection, referred: int) -> None:
    suing.decline(
        town, suit_id=referred, reason="Too little is owed", actor=MANAGER, moment=day(1, 11, 2027)
    )


@pytest.fixture(autouse=True)
def officers(town: sa.Connection) -> dict[str, int]:
    """The officers of the two zones, by their names."""
    return {
        name: people.add(
            town, login=name.replace(" ", ".").lower(), name=name, role=Role.OFFICER, by="T. Webb",
            now=day(6, 1).now,
        )
        for name in ("Officer 1", "Officer 2")
    }  # fmt: skip


ORDER = ("penalty", "cost", "interest", "fee")


def waits_in(connection: sa.Connection, case: int, *, on: date) -> set[Queue]:
    return {
        queue
        for queue in set(Queue) - {Queue.EVERY}
        if connection.scalar(
            sa.select(sa.func.count()).where(Case.id == case, condition(queue, on=on))
        )
    }


@pytest.mark.parametrize(
    ("played", "on", "queues"),
    [
        ("case", (6, 1), {Q.OPEN, Q.TO_VERIFY}),
        ("violation", (6, 1), {Q.OPEN}),
        ("warning", (6, 2), {Q.OPEN, Q.AWAITING_SERVICE}),
        ("served", (6, 4), {Q.OPEN}),
        ("served", (6, 5), {Q.OPEN, Q.DUE_SOON}),
        ("served", (6, 12), {Q.OPEN, Q.DUE_SOON}),
        ("served", (6, 13), {Q.OPEN, Q.OVERDUE}),
        ("served", (7, 3), {Q.OPEN, Q.OVERDUE, Q.DORMANT}),
        ("citation", (6, 16), {Q.OPEN, Q.AWAITING_SERVICE}),
        ("cited", (7, 7), {Q.OPEN}),
        ("cited", (7, 8), {Q.OPEN, Q.UNANSWERED}),
        ("hearing", (7, 1), {Q.OPEN, Q.TO_DOCKET}),
        ("docketed", (7, 2), {Q.OPEN, Q.DOCKETED}),
        ("opened", (8, 11), {Q.OPEN, Q.TO_DECIDE}),
        ("order", (8, 11), {Q.OPEN, Q.TO_SERVE_ORDER}),
        ("ordered", (9, 1), {Q.OPEN}),
        ("ordered", (9, 2), {Q.OPEN, Q.ORDER_PAST}),
        ("sworn", (9, 24), {Q.OPEN}),
        ("sworn", (9, 25), {Q.OPEN, Q.TO_CERTIFY}),
        ("certified", (9, 25), {Q.OPEN, Q.TO_RECORD}),
        ("lien", (10, 2), {Q.OPEN}),
        ("appealed", (9, 24), {Q.OPEN, Q.APPEALED}),
        ("abatement", (9, 24), {Q.OPEN, Q.ABATING}),
        ("worked", (9, 24), {Q.OPEN, Q.ABATING}),
        ("invoiced", (9, 24), {Q.OPEN}),
        ("referred", (10, 20), {Q.OPEN, Q.IN_COURT}),
        ("filed", (10, 20), {Q.OPEN, Q.IN_COURT}),
        ("declined", (10, 20), {Q.OPEN}),
    ],
)
def test_a_case_waits_where_its_next_work_is(
    request: pytest.FixtureRequest,
    town: sa.Connection,
    played: str,
    on: tuple[int, int],
    queues: set[Queue],
) -> None:
    request.getfixturevalue(played)
    case = request.getfixturevalue("case")
    assert waits_in(town, case, on=date(2026, *on)) == queues


def test_a_case_whose_violation_is_corrected_waits_to_be_closed(
    town: sa.Connection, case: int, violation: int, served: int
) -> None:
    look = look_again(town, case, month=6, number=8)
    violations.find_corrected(
        town, violation_id=violation, inspection_id=look, actor=OFFICER, moment=day(6, 8)
    )
    assert waits_in(town, case, on=date(2026, 6, 8)) == {Q.TO_CLOSE}
    assert served


def test_a_lien_on_which_nothing_is_owed_waits_to_be_released(
    town: sa.Connection, case: int, violation: int, lien: int, certified: int
) -> None:
    mown(town, case, certified, violation)
    due = sum(owed(town, case).values())
    pay(
        town, case_id=case, cents=due, method="cheque", order=ORDER, key="all", actor="J. Okafor",
        on=date(2026, 10, 7), now=day(10, 7).now,
    )  # fmt: skip
    assert waits_in(town, case, on=date(2026, 10, 7)) == {Q.OPEN, Q.TO_RELEASE}
    assert lien


def test_a_request_for_time_an_appointment_and_a_block_each_wait(
    town: sa.Connection, case: int, fence: int
) -> None:
    extensions.request(
        town, violation_id=fence, because="The contractor comes on Monday",
        until=date(2026, 7, 20), answer=Answer(received_on=date(2026, 6, 20)),
        actor=RESPONDENT, moment=day(6, 20),
    )  # fmt: skip
    at = datetime(2026, 6, 24, 3, 30, tzinfo=UTC)  # the evening of the 23rd in the town
    inspections.book(town, case_id=case, at=at, actor=OFFICER, moment=day(6, 20))
    block(town, case, since=date(2026, 6, 20), moment=day(6, 20))
    waiting = {Q.OPEN, Q.TIME_ASKED, Q.BLOCKED}
    assert waits_in(town, case, on=date(2026, 6, 22)) == waiting
    for missed_too in (date(2026, 6, 23), date(2026, 6, 24)):
        assert waits_in(town, case, on=missed_too) == waiting | {Q.BOOKED_TODAY}


def test_a_visit_in_vain_waits_for_another_until_one_is_booked_or_made(
    town: sa.Connection, case: int
) -> None:
    june = {"actor": OFFICER, "moment": day(6, 2)}
    inspections.try_in_vain(
        town, case_id=case, at=day(6, 2).now, reason="The gate was locked", **june
    )
    assert Q.IN_VAIN in waits_in(town, case, on=date(2026, 6, 2))
    again = inspections.book(town, case_id=case, at=day(6, 3).now, **june)
    assert Q.IN_VAIN not in waits_in(town, case, on=date(2026, 6, 2))
    inspections.cancel(town, inspection_id=again, reason="They are away", **june)
    assert Q.IN_VAIN in waits_in(town, case, on=date(2026, 6, 2))
    look_again(town, case, month=6, number=3)
    assert Q.IN_VAIN not in waits_in(town, case, on=date(2026, 6, 3))


def test_a_visit_between_the_booking_of_another_and_its_day_does_not_make_up_for_it(
    town: sa.Connection, case: int
) -> None:
    june = {"actor": OFFICER, "moment": day(6, 2)}
    friday = inspections.book(town, case_id=case, at=day(6, 5).now, **june)
    look_again(town, case, month=6, number=3)
    inspections.find_no_access(
        town, inspection_id=friday, reason="The gate was locked", actor=OFFICER, moment=day(6, 5)
    )
    assert Q.IN_VAIN in waits_in(town, case, on=date(2026, 6, 5))


@pytest.fixture
def faulkner(town: sa.Connection) -> int:
    return people.add(
        town, login="faulkner", name="L. Faulkner", role=Role.OFFICER, by="T. Webb",
        now=day(6, 1).now,
    )  # fmt: skip


def test_a_case_outside_every_zone_waits_for_an_officer_until_it_has_one(
    town: sa.Connection, case: int, faulkner: int
) -> None:
    town.execute(sa.update(Case).values(zone_id=None))
    assert Q.UNASSIGNED in waits_in(town, case, on=date(2026, 6, 1))
    assign(town, case_id=case, officer_id=faulkner, actor=MANAGER, moment=day(6, 1))
    assert Q.UNASSIGNED not in waits_in(town, case, on=date(2026, 6, 1))


def _demote(connection: sa.Connection, staff_id: int, name: str) -> None:
    people.change(
        connection, staff_id, name=name, role=Role.MANAGER, email=None, by="T. Webb",
        now=day(6, 1).now,
    )  # fmt: skip


def _send_away(connection: sa.Connection, staff_id: int, _name: str) -> None:
    people.deactivate(connection, staff_id, by="T. Webb", now=day(6, 1).now)


@pytest.mark.parametrize("leave", [_demote, _send_away])
def test_the_cases_of_who_is_no_officer_any_more_wait_for_one(
    town: sa.Connection,
    case: int,
    faulkner: int,
    officers: dict[str, int],
    leave: Callable[[sa.Connection, int, str], None],
) -> None:
    today = date(2026, 6, 1)
    assert Q.UNASSIGNED not in waits_in(town, case, on=today)
    leave(town, officers["Officer 1"], "Officer 1")
    assert Q.UNASSIGNED in waits_in(town, case, on=today)
    row = town.execute(lists.cases(Filter(queue=Q.UNASSIGNED), on=today, most=10)).one()
    assert (row.id, row.officer, row.officer_works) == (case, "Officer 1", False)
    assert town.execute(lists.numbered([case])).one().zone_officer is None
    assign(town, case_id=case, officer_id=faulkner, actor=MANAGER, moment=day(6, 1))
    assert Q.UNASSIGNED not in waits_in(town, case, on=today)
    leave(town, faulkner, "L. Faulkner")
    assert Q.UNASSIGNED in waits_in(town, case, on=today)


def test_what_an_officer_has_is_counted_by_zone_and_by_name(
    town: sa.Connection, case: int, faulkner: int, officers: dict[str, int]
) -> None:
    def has(staff_id: int) -> Held:
        return held(town, members.member(town, staff_id))

    assert has(officers["Officer 1"]) == Held(["Zone 1"], 1, 0)
    assert not has(faulkner)
    assign(town, case_id=case, officer_id=faulkner, actor=MANAGER, moment=day(6, 1))
    assert has(officers["Officer 1"]) == Held(["Zone 1"], 0, 0)
    assert has(faulkner) == Held([], 0, 1)
    _demote(town, faulkner, "L. Faulkner")
    assert not has(faulkner)


def test_an_officers_zones_go_with_a_changed_name(
    town: sa.Connection, case: int, officers: dict[str, int]
) -> None:
    people.change(
        town, officers["Officer 1"], name="O. One", role=Role.OFFICER, email=None, by="T. Webb",
        now=day(6, 1).now,
    )  # fmt: skip
    assert Q.UNASSIGNED not in waits_in(town, case, on=date(2026, 6, 1))
    found = town.execute(lists.cases(Filter(officer="O. One"), on=date(2026, 6, 1), most=10))
    assert [row.id for row in found] == [case]


def test_an_assigned_case_is_in_its_officers_list_and_no_more_in_the_zones(
    town: sa.Connection, case: int, faulkner: int
) -> None:
    def listed(officer: str) -> list[int]:
        found = lists.cases(Filter(officer=officer), on=date(2026, 6, 1), most=10)
        return [row.id for row in town.execute(found)]

    assert (listed("Officer 1"), listed("L. Faulkner")) == ([case], [])
    assign(town, case_id=case, officer_id=faulkner, actor=CLERK, moment=day(6, 1))
    assert (listed("Officer 1"), listed("L. Faulkner")) == ([], [case])
    with pytest.raises(AlreadyTheirsError, match=r"with L\. Faulkner already"):
        assign(town, case_id=case, officer_id=faulkner, actor=CLERK, moment=day(6, 1))
    assign(town, case_id=case, officer_id=None, actor=CLERK, moment=day(6, 1))
    assert (listed("Officer 1"), listed("L. Faulkner")) == ([case], [])


def test_only_an_officer_who_works_here_is_given_cases_and_not_by_an_officer(
    town: sa.Connection, case: int, faulkner: int
) -> None:
    clerk = people.add(
        town, login="okafor", name="J. Okafor", role=Role.CLERK, by="T. Webb", now=day(6, 1).now
    )
    for nobody in (clerk, 999_999):
        with pytest.raises(NoSuchOfficerError, match="no officer's who works here"):
            assign(town, case_id=case, officer_id=nobody, actor=MANAGER, moment=day(6, 1))
    with pytest.raises(NotNowError):
        assign(town, case_id=case, officer_id=faulkner, actor=OFFICER, moment=day(6, 1))


SQUARE = ((-80.3995, 27.2995), (-80.3979, 27.2995), (-80.3979, 27.3015), (-80.3995, 27.3015))
"""Around lot A-1."""
ELSEWHERE = tuple((lon + 0.01, lat) for lon, lat in SQUARE)


@pytest.mark.parametrize(
    ("narrowed", "found"),
    [
        (Filter(), True),
        (Filter(stage="open"), True),
        (Filter(stage="overdue"), False),
        (Filter(category="High grass"), True),
        (Filter(category="Trash"), False),
        (Filter(section="30-36(a)"), True),
        (Filter(section="58-203"), False),
        (Filter(officer="Officer 2"), False),
        (Filter(zone=999_999), False),
        (Filter(area=SQUARE), True),
        (Filter(area=ELSEWHERE), False),
    ],
)
def test_a_list_holds_and_counts_what_its_filter_says(
    town: sa.Connection, case: int, violation: int, narrowed: Filter, found: bool
) -> None:
    on = date(2026, 6, 1)
    listed = [row.id for row in town.execute(lists.cases(narrowed, on=on, most=10))]
    assert listed == ([case] if found else [])
    assert town.scalar(lists.count(narrowed, on=on)) == len(listed)
    assert violation


@pytest.mark.parametrize("corners", [2, 201])
def test_an_area_that_encloses_nothing_is_refused(town: sa.Connection, corners: int) -> None:
    area = tuple((-80.4 + at / 1000, 27.3) for at in range(corners))
    with pytest.raises(UnusableAreaError, match=f"3 to 200 corners, this one {corners}"):
        town.execute(lists.cases(Filter(area=area), on=date(2026, 6, 1), most=10))


def test_every_order_of_a_list_can_be_asked_and_paged(
    town: sa.Connection, case: int, violation: int
) -> None:
    for sort in lists.SORTS:
        first = lists.cases(Filter(), on=date(2026, 6, 1), sort=sort, most=1)
        second = lists.cases(Filter(), on=date(2026, 6, 1), sort=sort, most=1, skip=1)
        assert [row.id for row in town.execute(first)] == [case], sort
        assert town.execute(second).all() == []
    assert violation


def test_a_case_knows_when_it_last_moved(
    town: sa.Connection, case: int, served: int, tick: Callable[[], date]
) -> None:
    row = town.execute(lists.cases(Filter(), on=date(2026, 6, 5), most=1)).one()
    assert (row.id, row.last_on) == (case, date(2026, 6, 2))
    later = tick()
    row = town.execute(lists.cases(Filter(), on=later, most=1)).one()
    assert row.last_on == later
    assert served


@pytest.fixture
def tick(town: sa.Connection, case: int) -> Callable[[], date]:
    """Let something happen in the case a week later."""

    def happen() -> date:
        look_again(town, case, month=6, number=9)
        return date(2026, 6, 2) + timedelta(days=7)

    return happen


def test_the_longest_untouched_comes_first_and_what_never_moved_last(
    town: sa.Connection, case: int, served: int, law: int
) -> None:
    """In every list, the town's, an officer's and that of what goes stale."""
    later, never = (
        open_case(
            town, category="High grass", place=AT, law_pack_id=law, actor=OFFICER, moment=day(6, 9)
        )
        for _each in range(2)
    )
    town.execute(sa.update(CaseActivity).where(CaseActivity.case_id == never).values(last_on=None))

    def listed(**asked: object) -> list[int]:
        """Read a list by pages of one."""
        found, on = Filter(**asked), date(2026, 8, 1)  # type: ignore[arg-type]
        pages = (lists.cases(found, on=on, sort="moved", most=1, skip=n) for n in range(3))
        return [row.id for page in pages for row in town.execute(page)]

    assert listed() == listed(officer="Officer 1") == [case, later, never]
    assert listed(queue=Q.DORMANT) == listed(queue=Q.DORMANT, officer="Officer 1") == [case, later]
    assert served
