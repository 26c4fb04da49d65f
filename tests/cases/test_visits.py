"""An officer's day is adopted once, known by who did it, and held against what happened."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from counting import counted
from desk import CLERK, MANAGER, OFFICER, day
from seats import hire
from small_town import lay_out

from cases.actors import Actor
from cases.assigning import NoSuchOfficerError
from cases.models import VisitPlan
from cases.visiting.kinds import Kind
from cases.visits.adopting import PlanThereError, adopt_plan
from cases.visits.comparing import (
    Adopted,
    adopted,
    adopted_days,
    plans_from,
    plans_of_day,
    withdrawn_of_day,
)
from cases.visits.following import followed, withdrawn
from cases.visits.outcomes import arrive, leave, skip
from cases.visits.planned import Item, Left, Planned, Stop, VisitsError
from cases.visits.withdrawing import withdraw_plan, withdraw_plans
from cases.workflow.roles import Role
from cases.working.recording import NotYoursToPlanError
from cases.working.terms import Base
from reports.routes.promised import promised

JUNE = day(6, 15)
WHO = {"actor": MANAGER, "moment": JUNE}
MON = date(2026, 6, 15)
HALL = Base(label="Town Hall", lon=-80.4, lat=27.3)
CASE = """
    INSERT INTO lotline.case_file (number, category, phase, published, opened_on, tie_method,
        tie_confidence)
    VALUES ('C-1', 'High grass', 'reported', false, '2026-05-01', 'none', 0),
           ('C-2', 'High grass', 'reported', false, '2026-05-01', 'none', 0),
           ('C-3', 'High grass', 'reported', false, '2026-05-01', 'none', 0)
    RETURNING id"""


class Town:
    """A town with three cases to visit and an officer, whose day is planned."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        lay_out(connection)
        self.officer = hire(connection, Role.OFFICER)
        self.other = hire(connection, Role.OFFICER, name="Officer 2")
        self.cases = list(connection.scalars(sa.text(CASE)))

    def planned(self, **changes: Any) -> Planned:
        first, second, third = (
            Item(kind=Kind.FIRST_INSPECTION, subject_id=each, case_id=each) for each in self.cases
        )
        said: dict[str, Any] = {
            "officer_id": self.officer, "on": MON, "begins_at": _at(8), "ends_at": _at(17),
            "starts": HALL, "ends": HALL, "drive_seconds": 3600, "metres": 20_000, "seed": 7,
            "stops": [_stop(first, hour=9), _stop(second, hour=10)],
            "left": [Left(item=third, because="No time was left", risks="Due tomorrow")],
            "parameters": {"iterations": 5000},
        }  # fmt: skip
        return Planned(**{**said, **changes})

    def adopt(self, *, key: UUID | None = None, instead_of: int | None = None) -> int:
        return adopt_plan(
            self.connection, self.planned(), key=key or uuid4(), instead_of=instead_of, **WHO
        )

    def stops(self, plan_id: int) -> list[int]:
        told = adopted(self.connection, plan_id)
        assert told is not None
        return [each.id for each in told.stops]


def _at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 6, 15, hour, minute, tzinfo=UTC)


def _stop(item: Item, *, hour: int) -> Stop:
    return Stop(
        spot=f"parcel-{item.subject_id}", label="101 Alder St", lon=-80.399, lat=27.3,
        arrives_at=_at(hour), leaves_at=_at(hour, 15), items=[item],
    )  # fmt: skip


@pytest.fixture
def town(connection: sa.Connection) -> Town:
    return Town(connection)


def test_an_adopted_day_is_read_as_it_was_planned(town: Town) -> None:
    plan_id = town.adopt()
    told = adopted(town.connection, plan_id)
    assert told is not None
    assert (told.plan.officer, told.plan.made_by, told.plan.seed) == ("M. Rivera", "A. Stone", 7)
    assert told.plan.parameters == {"iterations": 5000}
    assert told.plan.starts == {"label": "Town Hall", "lon": -80.4, "lat": 27.3}
    assert [each.arrives_at for each in told.stops] == [_at(9), _at(10)]
    assert [[item.number for item in each.items] for each in told.stops] == [["C-1"], ["C-2"]]
    (left,) = told.left
    assert (left.number, left.left_because, left.risks) == (
        "C-3", "No time was left", "Due tomorrow"
    )  # fmt: skip
    assert [each.id for each in town.connection.execute(plans_of_day(MON))] == [plan_id]
    assert adopted(town.connection, 999999) is None


def test_the_second_of_two_plans_is_told_of_the_first(town: Town) -> None:
    first = town.adopt()
    with pytest.raises(
        PlanThereError,
        match=r"M\. Rivera has a plan for June 15, 2026 already, which A\. Stone adopted on "
        r"June 15, 2026 at 12:00 PM",
    ) as told:
        town.adopt()
    assert told.value.plan_id == first
    second = town.adopt(instead_of=first)
    with pytest.raises(PlanThereError):
        town.adopt(instead_of=first)
    rows = town.connection.execute(sa.select(VisitPlan.__table__).order_by(VisitPlan.id)).all()
    assert [(row.id, row.supersedes, row.superseded_by) for row in rows] == [
        (first, None, "A. Stone"), (second, first, None)
    ]  # fmt: skip
    old = adopted(town.connection, first)
    assert old is not None
    assert old.plan.followed_by == second
    assert [each.id for each in town.connection.execute(plans_of_day(MON))] == [second]


def test_a_plan_sent_twice_is_one(town: Town) -> None:
    key = uuid4()
    first = town.adopt(key=key)
    assert town.adopt(key=key) == first
    assert town.connection.scalar(sa.select(sa.func.count()).select_from(VisitPlan)) == 1


def test_a_plan_that_is_withdrawn_leaves_the_day_free_and_keeps_why(town: Town) -> None:
    first = town.adopt()
    for because in ("", " ", "x" * 301):
        with pytest.raises(VisitsError, match="1 to 300 characters"):
            withdraw_plan(town.connection, plan_id=first, because=because, **WHO)
    for _twice in range(2):
        withdraw_plan(town.connection, plan_id=first, because=" The storm ", **WHO)
    with pytest.raises(VisitsError, match=r"of M\. Rivera for June 15, 2026 is in force no more"):
        withdraw_plan(town.connection, plan_id=first, because="Another reason", **WHO)
    with pytest.raises(VisitsError, match="no such plan"):
        withdraw_plan(town.connection, plan_id=999999, because="x", **WHO)
    rivera = town.planned().officer_id
    assert followed(town.connection, rivera, on=MON) is None
    told = withdrawn(town.connection, rivera, on=MON)
    assert told is not None
    assert (told.superseded_by, told.withdrawn_because) == ("A. Stone", "The storm")
    (row,) = town.connection.execute(withdrawn_of_day(MON))
    assert (row.id, row.officer) == (first, "M. Rivera")
    with pytest.raises(VisitsError, match="to replace is in force no more"):
        town.adopt(instead_of=first)
    again = town.adopt()
    town.adopt(instead_of=again)
    assert len(town.connection.execute(withdrawn_of_day(MON)).all()) == 1


def test_plans_are_withdrawn_all_or_none(town: Town) -> None:
    first = town.adopt()
    with pytest.raises(VisitsError, match="no such plan"), town.connection.begin_nested():
        withdraw_plans(town.connection, [first, 999999], because="The storm", **WHO)
    assert [each.id for each in town.connection.execute(plans_from(MON))] == [first]
    withdraw_plans(town.connection, [first], because="The storm", **WHO)
    assert town.connection.execute(plans_from(MON)).all() == []


def test_what_happened_is_held_against_what_was_promised(town: Town) -> None:
    plan_id = town.adopt()
    first, second = town.stops(plan_id)
    me = {"actor": OFFICER, "moment": JUNE}
    arrive(town.connection, stop_id=first, at=_at(9, 10), **me)
    leave(town.connection, stop_id=first, at=_at(9, 20), **me)
    skip(town.connection, stop_id=second, reason=" The road is closed ", **me)
    told = adopted(town.connection, plan_id)
    assert told is not None
    one, two = told.stops
    assert (one.late_seconds, one.longer_seconds) == (600, -300)
    assert (two.late_seconds, two.skipped_because) == (None, "The road is closed")
    assert (told.made, told.skipped) == (1, 1)


def test_what_is_told_again_changes_nothing(town: Town) -> None:
    (first, second) = town.stops(town.adopt())
    me = {"actor": OFFICER, "moment": JUNE}
    for minute in (10, 40):
        arrive(town.connection, stop_id=first, at=_at(9, minute), **me)
    for minute in (20, 50):
        leave(town.connection, stop_id=first, at=_at(9, minute), **me)
    for reason in ("Nobody", "Rain"):
        skip(town.connection, stop_id=second, reason=reason, **me)
    rows = town.connection.execute(sa.text(
        "SELECT arrived_at, left_at, skipped_because FROM lotline.visit_outcome ORDER BY stop_id"
    )).all()  # fmt: skip
    assert [tuple(row) for row in rows] == [(_at(9, 10), _at(9, 20), None), (None, None, "Nobody")]


def test_what_cannot_have_happened_is_refused(town: Town) -> None:
    (first, second) = town.stops(town.adopt())
    me = {"actor": OFFICER, "moment": JUNE}
    with pytest.raises(VisitsError, match="Nobody has come to this stop yet"):
        leave(town.connection, stop_id=first, at=_at(9), **me)
    with pytest.raises(VisitsError, match="lies in the future"):
        arrive(town.connection, stop_id=first, at=JUNE.now + timedelta(minutes=6), **me)
    arrive(town.connection, stop_id=first, at=_at(9), **me)
    with pytest.raises(VisitsError, match="left after it was come to"):
        leave(town.connection, stop_id=first, at=_at(8), **me)
    with pytest.raises(VisitsError, match="cannot be skipped any more"):
        skip(town.connection, stop_id=first, reason="Rain", **me)
    with pytest.raises(VisitsError, match="why the stop is skipped"):
        skip(town.connection, stop_id=second, reason=" ", **me)
    skip(town.connection, stop_id=second, reason="Rain", **me)
    with pytest.raises(VisitsError, match="was skipped"):
        arrive(town.connection, stop_id=second, at=_at(9), **me)
    with pytest.raises(VisitsError, match="no stop with the identity 999999"):
        arrive(town.connection, stop_id=999999, at=_at(9), **me)


def test_a_stop_that_was_skipped_is_come_to_after_all(town: Town) -> None:
    (first, _) = town.stops(town.adopt())
    me = {"actor": OFFICER, "moment": JUNE}
    skip(town.connection, stop_id=first, reason="The gate is shut", **me)
    arrive(town.connection, stop_id=first, at=_at(9, 10), after_all=True, **me)
    arrive(town.connection, stop_id=first, at=_at(9, 40), after_all=True, **me)
    rows = town.connection.execute(sa.text(
        "SELECT arrived_at, left_at, skipped_because FROM lotline.visit_outcome"
    )).all()  # fmt: skip
    assert [tuple(row) for row in rows] == [(_at(9, 10), None, None)]


def test_the_way_of_a_plan_is_kept_and_is_the_way_through_its_places(town: Town) -> None:
    leg = {"seconds": 60, "metres": 500, "line": [[-80.4, 27.3], [-80.399, 27.3]], "steps": []}
    drives = [[0, 60, 61, 62], [60, 0, 5, None], [61, 5, 0, 9], [62, 9, 9, 0]]
    good = town.planned(legs=[leg] * 3, drives=drives)
    plan_id = adopt_plan(town.connection, good, key=uuid4(), **WHO)
    told = adopted(town.connection, plan_id)
    assert told is not None
    assert (told.plan.legs, told.plan.drives) == ([leg] * 3, drives)
    assert "legs" not in town.connection.execute(plans_of_day(MON)).one()._fields
    with pytest.raises(VisitsError, match="4 places need 3 drives between them, not 2"):
        replace(good, legs=[leg] * 2)
    with pytest.raises(VisitsError, match="4 rows of 4 figures"):
        replace(good, drives=drives[:3])
    other = town.adopt(instead_of=plan_id)
    told = adopted(town.connection, other)
    assert told is not None
    assert (told.plan.legs, told.plan.drives) == (None, None)


def test_a_plan_is_a_managers_or_the_officers_own(town: Town) -> None:
    mine = {"actor": OFFICER, "moment": JUNE}
    plan_id = adopt_plan(town.connection, town.planned(), key=uuid4(), **mine)
    (first, _) = town.stops(plan_id)
    for actor in (CLERK, Actor("Officer 2", Role.OFFICER)):
        who = {"actor": actor, "moment": JUNE}
        with pytest.raises(NotYoursToPlanError):
            adopt_plan(town.connection, town.planned(), key=uuid4(), **who)
        with pytest.raises(NotYoursToPlanError):
            withdraw_plan(town.connection, plan_id=plan_id, because="x", **who)
        with pytest.raises(NotYoursToPlanError):
            arrive(town.connection, stop_id=first, at=_at(9), **who)
    manager = hire(town.connection, Role.MANAGER)
    with pytest.raises(NoSuchOfficerError):
        adopt_plan(town.connection, town.planned(officer_id=manager), key=uuid4(), **WHO)


def test_a_day_that_cannot_be_driven_is_refused(town: Town) -> None:
    good = town.planned()
    with pytest.raises(VisitsError, match="run backwards"):
        replace(good, stops=list(reversed(good.stops)))
    with pytest.raises(VisitsError, match="run backwards"):
        replace(good, ends_at=_at(9))
    with pytest.raises(VisitsError, match="Nothing is to be done at 101 Alder St"):
        replace(good, stops=[replace(good.stops[0], items=[])])
    with pytest.raises(VisitsError, match="of one of them alone"):
        Item(kind=Kind.ORDER, subject_id=1)


def test_a_long_day_costs_no_more_queries_than_a_short_one(town: Town) -> None:
    short = town.adopt()
    few = counted(town.connection, lambda: adopted(town.connection, short))
    item = town.planned().stops[0].items[0]
    many = [
        replace(
            _stop(replace(item, subject_id=at), hour=9), arrives_at=_at(9 + at // 10, at % 10),
            leaves_at=_at(9 + at // 10, at % 10),
        )
        for at in range(40)
    ]  # fmt: skip
    long = adopt_plan(
        town.connection, town.planned(stops=many, left=()), key=uuid4(), instead_of=short, **WHO
    )
    assert counted(town.connection, lambda: adopted(town.connection, long)) == few


def test_a_day_of_many_officers_is_read_by_three_queries_and_as_each_of_them_is(
    town: Town,
) -> None:
    def read() -> list[Adopted]:
        return adopted_days(town.connection, plans_of_day(MON))

    assert (read(), counted(town.connection, read)) == ([], 1)
    first = town.adopt()
    arrive(town.connection, stop_id=town.stops(first)[0], at=_at(9), actor=OFFICER, moment=JUNE)
    assert counted(town.connection, read) == 3
    second = adopt_plan(
        town.connection, town.planned(officer_id=town.other), key=uuid4(), **WHO
    )  # fmt: skip
    assert counted(town.connection, read) == 3
    assert counted(town.connection, lambda: promised(town.connection, MON)) == 3
    for told, plan_id in zip(read(), (first, second), strict=True):
        alone = adopted(town.connection, plan_id)
        assert alone is not None
        assert (told.plan.id, told.stops, told.left) == (plan_id, alone.stops, alone.left)
