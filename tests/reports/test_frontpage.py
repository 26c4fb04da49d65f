"""The manager's figures, on a town small enough to count by hand; each opens what it counted."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from seats import hire
from small_town import lay_out

from cases.accounts import people
from cases.desk import lists
from cases.desk.lists import Filter
from cases.desk.passed import Age, End, LienNow
from cases.desk.queues import Queue
from cases.history import Deed, append
from cases.ledger.accounts import Component
from cases.ledger.paying import pay
from cases.models import Staff
from cases.stages import Stage
from cases.workflow.roles import Role
from reports.counts import count_all
from reports.frontpage import MEANS, Front, Kept, front

TODAY = date(2026, 6, 15)
NOON = datetime(2026, 6, 15, 12, tzinfo=UTC)
BIG = 10_000
ORDINANCE = "(SELECT max(id) FROM lotline.ordinance)"

CASE = """
    INSERT INTO lotline.case_file (number, category, phase, published, open_violations, next_due,
        opened_on, closed_on, zone_id, tie_method, tie_confidence)
    VALUES (:number, 'High grass', :phase, :phase NOT IN ('reported', 'void'), :open, :due,
        :opened, :closed, (SELECT id FROM lotline.zone WHERE code = :zone), 'none', 0)"""


@pytest.fixture
def town(connection: sa.Connection) -> sa.Connection:
    """Eleven cases; each line says how many days ago what was."""
    lay_out(connection)
    for name in ("Officer 1", "Officer 2", "Officer 3"):
        hire(connection, Role.OFFICER, name=name)
    connection.execute(sa.text("INSERT INTO lotline.ordinance (citation) VALUES ('Sec. 1')"))
    #        number phase       opened due  closed zone
    for row in (
        ("C-01", "open", 10, -5, None, "1"),  # not due for five days
        ("C-02", "open", 30, 3, None, "1"),  # overdue
        ("C-03", "reported", 31, None, None, "2"),  # never inspected
        ("C-04", "open", 90, 40, None, "2"),  # overdue
        ("C-05", "cited", 91, None, None, "2"),
        ("C-06", "lien", 180, None, None, None),  # no zone: nobody has it
        ("C-07", "open", 181, -20, None, "1"),
        ("C-08", "complied", 60, None, 5, "1"),
        ("C-09", "complied", 80, None, 89, "1"),  # closed on the first day that counts
        ("C-10", "closed", 150, None, 90, "2"),  # on the last day of those before
        ("C-11", "void", 20, None, 2, "2"),
    ):
        _case(connection, *row)
    for number, days in (("C-01", 8), ("C-02", 20), ("C-02", 1), ("C-04", 89), ("C-10", 140)):
        _row(connection, "inspection", number, status="'made'", made_on=_ago(days), officer="'x'",
             entry="'vantage'", entry_detail="'from the street'")  # fmt: skip
    for number, days in (("C-08", 6), ("C-08", 50), ("C-09", 75)):
        _row(connection, "violation", number, status="'corrected'", corrected_on=_ago(days),
             corrected_by="'x'", ordinance_id=ORDINANCE)  # fmt: skip
    _lien(connection, "C-06", "recorded", 250_00)
    _lien(connection, "C-05", "foreclosing", 100_00)
    return connection


def _ago(days: int) -> str:
    return f"date '{TODAY - timedelta(days=days)}'"


def _case(connection: sa.Connection, number: str, phase: str, *days: int | str | None) -> None:
    opened, due, closed, zone = days
    at = [
        None if each is None else TODAY - timedelta(days=int(each))
        for each in (opened, due, closed)
    ]
    values = {
        "number": number, "phase": phase, "open": int(phase in {"open", "cited"}), "opened": at[0],
        "due": at[1], "closed": at[2], "zone": zone,
    }  # fmt: skip
    connection.execute(sa.text(CASE), values)


def _row(connection: sa.Connection, table: str, number: str, **values: str) -> None:
    names, said = ", ".join(values), ", ".join(values.values())
    connection.exec_driver_sql(
        f"INSERT INTO lotline.{table} (case_id, {names}) "  # noqa: S608 - of this test alone
        f"SELECT id, {said} FROM lotline.case_file WHERE number = '{number}'"
    )


def _lien(connection: sa.Connection, number: str, status: str, cents: int) -> None:
    _row(connection, "lien", number, parcel_id="(SELECT min(id) FROM lotline.parcel)",
         instrument_no=f"'I-{number}'", amount_cents=str(cents), status=f"'{status}'",
         homestead="false", homestead_said_by="'x'", homestead_evidence="'x'",
         foreclosure_case="'F-1'" if status == "foreclosing" else "NULL",
         recorded_on=_ago(120))  # fmt: skip


@pytest.fixture
def told(town: sa.Connection) -> Front:
    return front(town, on=TODAY)


def test_the_backlog_and_its_ages_are_what_was_counted_by_hand(told: Front) -> None:
    assert told.counts["backlog"].cases == 7
    assert {age: count.cases for age, count in told.ages.items()} == {
        Age.MONTH: 2, Age.QUARTER: 2, Age.HALF: 2, Age.OLDER: 1, Age.UNKNOWN: 0,
    }  # fmt: skip


def test_what_goes_stale_is_what_was_counted_by_hand(told: Front) -> None:
    counted = {name: told.counts[name].cases for name in MEANS if name in told.counts}
    assert counted["overdue"] == 2
    assert counted["unverified"] == 1
    assert counted["unassigned"] == 1
    assert counted["dormant"] == 0  # nothing here has a history yet


def test_what_came_and_went_in_ninety_days_stands_against_the_ninety_before(told: Front) -> None:
    trends = {name: (each.now.cases, each.before.cases) for name, each in told.trends.items()}
    assert trends == {
        "opened": (6, 3), "closed": (3, 1), "verified": (2, 1), "voluntary": (2, 0),
    }  # fmt: skip


def test_how_soon_is_the_half_and_nine_in_ten_of_those_first_reached_in_these_days(
    told: Front,
) -> None:
    now, before = told.paces["inspected"]
    # C-01 after 2 days, C-02 after 10, C-04 after 1; C-10's first was after 10, long before.
    assert (now.cases.cases, now.median) == (3, 2)
    assert now.ninetieth == pytest.approx(2 + 0.8 * 8)
    assert (before.cases.cases, before.median) == (1, 10)
    complied, _ = told.paces["complied"]
    assert (complied.cases.cases, complied.median) == (2, (54 + 5) / 2)
    noticed, _ = told.paces["noticed"]
    assert (noticed.cases.cases, noticed.median, noticed.ninetieth) == (0, None, None)


def test_who_has_how_much_and_how_much_of_it_is_overdue(told: Front) -> None:
    loads = [(load.name, load.open.cases, load.overdue.cases) for load in told.officers]
    # Whoever has none is listed as well, for they are who has room for more.
    assert loads == [("Officer 1", 3, 1), ("Officer 2", 3, 1), ("Officer 3", 0, 0)]
    assert [(load.name, load.open.cases) for load in told.zones] == [("Zone 1", 3), ("Zone 2", 3)]


def test_liens_are_counted_by_case_and_summed(told: Front) -> None:
    recorded, foreclosing = told.counts["recorded"], told.counts["foreclosing"]
    assert (recorded.cases, recorded.cents) == (1, 250_00)
    assert (foreclosing.cases, foreclosing.cents) == (1, 100_00)
    assert (told.counts["owing"].cases, told.counts["owing"].cents) == (0, 0)


def test_every_number_opens_a_list_of_exactly_as_many_cases(
    town: sa.Connection, told: Front
) -> None:
    wrong = [
        count
        for count in told.every()
        if len(town.execute(lists.cases(count.asked, on=TODAY, most=BIG)).all()) != count.cases
    ]
    assert wrong == []
    assert len(list(told.every())) == 8 + 5 + 8 + 6 + 6 + 4


PARTS: dict[str, object] = {
    "queue": Queue.OVERDUE, "stage": Stage.OVERDUE, "category": "High grass", "section": "1",
    "officer": "Officer 1", "area": ((-180.0, -85.0), (180.0, -85.0), (0.0, 85.0)),
    "age": Age.QUARTER, "opened": (TODAY - timedelta(90), TODAY),
    "closed": (TODAY - timedelta(90), TODAY), "inspected": (TODAY - timedelta(30), TODAY),
    "complied": (TODAY - timedelta(90), TODAY), "end": End.VERIFIED, "lien": LienNow.RECORDED,
    "owing": True,
}  # fmt: skip
"""Something each part of a filter may be narrowed to."""


@pytest.mark.parametrize("queue", [Queue.OPEN, Queue.EVERY])
def test_a_count_leaves_out_no_part_of_what_is_asked(town: sa.Connection, queue: Queue) -> None:
    zone = {"zone": town.scalar(sa.text("SELECT id FROM lotline.zone WHERE code = '1'"))}
    parts = [{name: value} for name, value in PARTS.items()] + [zone]
    pairs = [Filter(**{"queue": queue, **one, **two}) for one in parts for two in parts]
    asked = {str(at): each for at, each in enumerate(dict.fromkeys(pairs))}
    counted = count_all(town, asked, on=TODAY)
    for count in counted.values():
        rows = town.execute(lists.cases(count.asked, on=TODAY, most=BIG)).all()
        assert count.cases == len(rows), count.asked


def test_the_figures_take_as_many_queries_however_many_cases_there_are(
    town: sa.Connection,
) -> None:
    def asked() -> int:
        seen: list[str] = []

        def note(*said: object) -> None:
            seen.append(str(said[2]))

        sa.event.listen(town, "before_cursor_execute", note)
        front(town, on=TODAY)
        sa.event.remove(town, "before_cursor_execute", note)
        return len(seen)

    few = asked()
    for n in range(60):
        _case(town, f"D-{n}", "open", n, 3, None, str(1 + n % 2))
    assert asked() == few == 6


def test_an_empty_town_has_figures_too(connection: sa.Connection) -> None:
    told = front(connection, on=TODAY)
    assert {count.cases for count in told.every()} == {0}
    assert told.paces["inspected"][0].median is None


def test_figures_are_counted_again_after_a_deed_a_payment_or_a_night_and_else_are_kept(
    town: sa.Connection,
) -> None:
    kept = Kept()
    first = kept.front(town, on=TODAY)
    assert kept.front(town, on=TODAY) is first
    case_id = town.scalar(sa.text("SELECT id FROM lotline.case_file WHERE number = 'C-02'"))
    append(town, [Deed(case_id, "inspection_made", TODAY)], actor="M. Rivera", recorded_at=NOON)
    after_a_deed = kept.front(town, on=TODAY)
    assert after_a_deed is not first
    pay(
        town, case_id=case_id, cents=100, method="cash", order=[*Component], key="one",
        actor="J. Okafor", on=TODAY, now=NOON,
    )  # fmt: skip
    after_a_payment = kept.front(town, on=TODAY)
    assert after_a_payment is not after_a_deed
    town.execute(sa.text("UPDATE lotline.case_file SET phase = 'void' WHERE number = 'C-03'"))
    assert kept.front(town, on=TODAY).counts["backlog"].cases == first.counts["backlog"].cases - 1
    assert kept.front(town, on=TODAY + timedelta(days=1)) is not after_a_payment


def test_who_is_no_officer_any_more_has_nothing_and_what_they_had_is_without_an_officer(
    town: sa.Connection,
) -> None:
    kept = Kept()
    before = kept.front(town, on=TODAY)
    one = town.execute(sa.select(Staff.id).where(Staff.name == "Officer 1")).scalar_one()
    people.change(
        town, one, name="Officer 1", role=Role.MANAGER, email=None, by="T. Webb", now=NOON
    )
    told = kept.front(town, on=TODAY)
    loads = [(load.name, load.open.cases) for load in told.officers]
    assert loads == [("Officer 2", 3), ("Officer 3", 0)]
    assert told.counts["unassigned"].cases == before.counts["unassigned"].cases + 3
    assert told.counts["backlog"] == before.counts["backlog"]
    without = lists.cases(told.counts["unassigned"].asked, on=TODAY, most=BIG)
    assert [row.officer for row in town.execute(without)].count("Officer 1") == 3
