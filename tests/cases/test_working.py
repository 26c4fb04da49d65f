"""Who of the officers can go on which day is what a manager last said, and nothing else."""

from dataclasses import replace
from datetime import date, time, timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa
from counting import counted
from desk import CLERK, MANAGER, OFFICER, day
from seats import hire
from small_town import lay_out

from cases.assigning import NoSuchOfficerError
from cases.business_days import FixedHoliday, TownCalendar
from cases.models import WorkingEvent, WorkingException
from cases.once import UnusableKeyError
from cases.visiting.kinds import Kind
from cases.workflow.roles import Role
from cases.working.days import OtherDays, note_days, take_back_days
from cases.working.going import Away, Going, who_can_go
from cases.working.keeping import StaleTermsError, set_terms
from cases.working.needed import Need, certification_needs, say_needed
from cases.working.reading import changes, mark_of, terms_or_usual
from cases.working.recording import NotYoursToPlanError
from cases.working.terms import USUAL, Base, ExceptionKind, Hours, Lunch, Terms, WorkingError
from cases.working.town import name_certifications, set_office
from geo.layers import Zone

JUNE = day(6, 15)  # a Monday
WHO = {"actor": MANAGER, "moment": JUNE}
MON, FRI = date(2026, 6, 15), date(2026, 6, 19)
CALENDAR = TownCalendar([FixedHoliday(name="Juneteenth", month=6, day=19)])
TOWN_HALL = Base(label="Town Hall", lon=-80.4, lat=27.3)
HOME = Base(label="9 Birch Ave", lon=-80.39, lat=27.31)
EARLY = Hours(
    begins_at=time(6), ends_at=time(14),
    lunch=Lunch(earliest=time(10), latest=time(11), minutes=45),
)  # fmt: skip


@pytest.fixture
def town(connection: sa.Connection) -> sa.Connection:
    lay_out(connection)
    for name in ("Officer 1", "Officer 2"):
        hire(connection, Role.OFFICER, name=name)
    hire(connection, Role.MANAGER)
    return connection


@pytest.fixture
def one(town: sa.Connection) -> int:
    return int(
        town.scalar(sa.text("SELECT id FROM lotline.staff WHERE name = 'Officer 1'")) or 0
    )  # fmt: skip


def _going(town: sa.Connection, *, first: date = MON, last: date = FRI) -> Going:
    return who_can_go(town, first=first, last=last, calendar=CALENDAR)


def _say(town: sa.Connection, terms: Terms, *, staff_id: int) -> bool:
    return set_terms(town, terms, staff_id=staff_id, seen=mark_of(town, staff_id), **WHO)


def _days(going: Going, officer: str = "Officer 1") -> dict[int, Hours]:
    return {each.on.day: each.hours for each in going.days if each.officer == officer}


def _away(going: Going, officer: str = "Officer 1") -> dict[int, Away]:
    return {each.on.day: each.because for each in going.away if each.officer == officer}


def test_of_whom_nobody_has_said_the_usual_hours_are_taken_and_told_as_that(
    town: sa.Connection,
) -> None:
    going = _going(town, last=date(2026, 6, 21))
    assert set(_days(going)) == {15, 16, 17, 18}
    assert _days(going)[15] == USUAL.week[0]
    assert _away(going) == {19: Away.CLOSED, 20: Away.CLOSED, 21: Away.CLOSED}
    assert {each.closed_for for each in going.away} == {"Juneteenth", "Saturday", "Sunday"}
    assert all(each.is_usual and each.starts is None for each in going.days)
    assert len(going.days) + len(going.away) == 2 * 7


def test_an_officer_goes_at_the_hours_that_were_said_from_where_it_was_said(
    town: sa.Connection, one: int
) -> None:
    set_office(town, TOWN_HALL, **WHO)
    name_certifications(town, ["Pools", " Mold  remediation "], **WHO)
    terms = Terms(
        week={0: EARLY, 5: EARLY}, starts=HOME, overtime_minutes=60,
        certifications=frozenset({"Mold remediation"}),
    )  # fmt: skip
    assert _say(town, terms, staff_id=one)
    assert terms_or_usual(town, one) == terms
    going = _going(town, last=date(2026, 6, 20))
    assert _days(going) == {15: EARLY, 20: EARLY}  # also on a Saturday, which is theirs
    assert _away(going) == {
        16: Away.NOT_WORKED, 17: Away.NOT_WORKED, 18: Away.NOT_WORKED, 19: Away.CLOSED
    }  # fmt: skip
    mine = next(each for each in going.days if each.officer == "Officer 1")
    assert (mine.starts, mine.ends, mine.overtime_minutes) == (HOME, TOWN_HALL, 60)
    assert mine.certifications == {"Mold remediation"}
    assert not mine.is_usual
    zone = town.scalar(sa.select(Zone.id).where(Zone.code == "1"))
    assert mine.zone_ids == (zone,)


def test_leave_and_other_hours_go_before_the_week_and_before_a_holiday(
    town: sa.Connection, one: int
) -> None:
    leave = OtherDays(kind=ExceptionKind.LEAVE, first_day=MON, last_day=date(2026, 6, 16))
    noted = note_days(town, leave, staff_id=one, form_key=uuid4(), **WHO)
    shorter = OtherDays(
        kind=ExceptionKind.HOURS, first_day=date(2026, 6, 18), last_day=FRI,
        begins_at=time(8), ends_at=time(12),
    )  # fmt: skip
    note_days(town, shorter, staff_id=one, form_key=uuid4(), **WHO)
    going = _going(town)
    assert _away(going) == {15: Away.LEAVE, 16: Away.LEAVE}
    assert _days(going)[19] == Hours(begins_at=time(8), ends_at=time(12))  # on the holiday
    assert set(_days(going, "Officer 2")) == {15, 16, 17, 18}
    take_back_days(town, exception_id=noted, staff_id=one, **WHO)
    assert set(_days(_going(town))) == {15, 16, 17, 18, 19}
    with pytest.raises(WorkingError, match="noted no more"):
        take_back_days(town, exception_id=noted, staff_id=one, **WHO)


def test_the_same_form_twice_notes_days_once_and_what_overlaps_is_told(
    town: sa.Connection, one: int
) -> None:
    leave = OtherDays(kind=ExceptionKind.LEAVE, first_day=MON, last_day=FRI)
    key = uuid4()
    first = note_days(town, leave, staff_id=one, form_key=key, **WHO)
    assert note_days(town, leave, staff_id=one, form_key=key, **WHO) == first
    assert town.scalar(sa.select(sa.func.count()).select_from(WorkingException)) == 1
    with pytest.raises(UnusableKeyError):
        note_days(town, replace(leave, last_day=MON), staff_id=one, form_key=key, **WHO)
    with pytest.raises(WorkingError, match="from June 15, 2026 to June 19, 2026 already"):
        note_days(town, replace(leave, first_day=FRI), staff_id=one, form_key=uuid4(), **WHO)
    past = OtherDays(
        kind=ExceptionKind.LEAVE, first_day=date(2026, 6, 1), last_day=date(2026, 6, 2)
    )
    with pytest.raises(WorkingError, match="June 2, 2026 is over"):
        note_days(town, past, staff_id=one, form_key=uuid4(), **WHO)


@pytest.mark.parametrize(
    ("hours", "of"),
    [
        ({"begins_at": time(9), "ends_at": time(9)}, "ends_at"),
        ({"lunch": Lunch(earliest=time(7), latest=time(12), minutes=30)}, "lunch_until"),
        ({"lunch": Lunch(earliest=time(13), latest=time(12), minutes=30)}, "lunch_until"),
        ({"lunch": Lunch(earliest=time(12), latest=time(12, 20), minutes=30)}, "lunch_minutes"),
        ({"lunch": Lunch(earliest=time(12), latest=time(13), minutes=0)}, "lunch_minutes"),
    ],
)
def test_hours_that_cannot_be_name_what_is_wrong_with_them(
    hours: dict[str, object], of: str
) -> None:
    with pytest.raises(WorkingError) as refused:
        Hours(**{"begins_at": time(8), "ends_at": time(17), **hours})  # type: ignore[arg-type]
    assert refused.value.of == of


@pytest.mark.parametrize(
    ("days", "of"),
    [
        ({"last_day": MON - timedelta(days=1)}, "last_day"),
        ({"begins_at": time(8), "ends_at": time(9)}, "begins_at"),
        ({"kind": ExceptionKind.HOURS}, "begins_at"),
        ({"kind": ExceptionKind.HOURS, "begins_at": time(9), "ends_at": time(8)}, "ends_at"),
    ],
)
def test_days_that_cannot_be_name_what_is_wrong_with_them(days: dict[str, object], of: str) -> None:
    leave = {"kind": ExceptionKind.LEAVE, "first_day": MON, "last_day": MON}
    with pytest.raises(WorkingError) as refused:
        OtherDays(**{**leave, **days})  # type: ignore[arg-type]
    assert refused.value.of == of


def test_what_is_said_again_changes_nothing_and_each_change_is_on_record(
    town: sa.Connection, one: int
) -> None:
    terms = Terms(week={0: EARLY}, ends=HOME)
    assert _say(town, terms, staff_id=one)
    assert not _say(town, terms, staff_id=one)
    assert set_office(town, TOWN_HALL, **WHO)
    assert not set_office(town, TOWN_HALL, **WHO)
    assert _say(town, replace(terms, overtime_minutes=30), staff_id=one)
    after, before = town.execute(changes(one)).all()
    assert before.details["before"] is None
    assert after.details["before"] == before.details["after"]
    assert after.details["after"]["overtime"] == 30
    assert after.details["after"]["week"]["0"]["begins"] == "06:00"
    assert town.scalar(sa.select(sa.func.count()).select_from(WorkingEvent)) == 3


def test_what_was_changed_meanwhile_is_not_overwritten(town: sa.Connection, one: int) -> None:
    seen = mark_of(town, one)
    _say(town, Terms(week={0: EARLY}), staff_id=one)
    with pytest.raises(StaleTermsError, match="How Officer 1 works was changed while you wrote"):
        set_terms(town, Terms(), staff_id=one, seen=seen, **WHO)


def test_a_certification_is_one_of_the_towns_and_is_not_dropped_while_somebody_has_it(
    town: sa.Connection, one: int
) -> None:
    with pytest.raises(WorkingError, match="names no certification Pools"):
        _say(town, Terms(certifications=frozenset({"Pools"})), staff_id=one)
    name_certifications(town, ["Pools", "Mold"], **WHO)
    _say(town, Terms(certifications=frozenset({"Pools"})), staff_id=one)
    with pytest.raises(WorkingError, match="Somebody is certified for Pools"):
        name_certifications(town, ["Mold"], **WHO)
    assert name_certifications(town, ["Pools"], **WHO)
    with pytest.raises(WorkingError, match="40 characters"):
        name_certifications(town, ["x" * 41], **WHO)


@pytest.mark.parametrize("actor", [OFFICER, CLERK])
def test_nobody_but_a_manager_says_who_works_when(
    town: sa.Connection, one: int, actor: object
) -> None:
    who = {"actor": actor, "moment": JUNE}
    leave = OtherDays(kind=ExceptionKind.LEAVE, first_day=MON, last_day=FRI)
    for deed in (
        lambda: set_terms(town, Terms(), staff_id=one, seen=0, **who),
        lambda: note_days(town, leave, staff_id=one, form_key=uuid4(), **who),
        lambda: take_back_days(town, exception_id=1, staff_id=one, **who),
        lambda: set_office(town, TOWN_HALL, **who),
        lambda: name_certifications(town, ["Pools"], **who),
    ):
        with pytest.raises(NotYoursToPlanError):
            deed()


def test_only_officers_who_work_here_have_hours(town: sa.Connection, one: int) -> None:
    manager = town.scalar(sa.text("SELECT id FROM lotline.staff WHERE role = 'manager'"))
    with pytest.raises(NoSuchOfficerError):
        _say(town, Terms(), staff_id=int(manager or 0))
    town.execute(sa.text("UPDATE lotline.staff SET active = false WHERE id = :id"), {"id": one})
    with pytest.raises(NoSuchOfficerError):
        _say(town, Terms(), staff_id=one)
    assert {each.officer for each in _going(town).days} == {"Officer 2"}


def test_more_officers_and_days_cost_no_more_queries(town: sa.Connection, one: int) -> None:
    _say(town, Terms(week={0: EARLY}), staff_id=one)
    few = counted(town, lambda: _going(town, last=MON))
    for n in range(3, 12):
        _say(town, Terms(week={0: EARLY}), staff_id=hire(town, Role.OFFICER, name=f"Officer {n}"))
    assert counted(town, lambda: _going(town, last=FRI)) == few


def test_what_a_certification_is_needed_for_is_a_managers_to_say_and_is_kept(
    town: sa.Connection,
) -> None:
    name_certifications(town, ["Pools", "Service"], **WHO)
    pools, service = Need(categories=frozenset({"Pool"})), Need(kinds=frozenset({Kind.POSTING}))
    with pytest.raises(NotYoursToPlanError):
        say_needed(town, "Pools", pools, actor=CLERK, moment=JUNE)
    assert say_needed(town, "Pools", pools, **WHO)
    assert not say_needed(town, "Pools", pools, **WHO)
    assert say_needed(town, "Service", service, **WHO)
    needs = certification_needs(town)
    assert needs.of(Kind.REINSPECTION, "Fence") == frozenset()
    assert needs.of(Kind.REINSPECTION, "Pool") == {"Pools"}
    assert needs.of(Kind.POSTING, "Pool") == {"Pools", "Service"}
    latest = town.execute(changes(None).limit(1)).one()
    assert (latest.kind, latest.details["of"]) == ("needed", "Service")
    assert latest.details["after"] == {"kinds": ["posting"], "categories": []}


def test_what_is_needed_is_one_of_the_towns_and_is_not_dropped_while_it_is(
    town: sa.Connection,
) -> None:
    fence = Need(categories=frozenset({"Fence"}))
    with pytest.raises(WorkingError, match="names no certification Pools"):
        say_needed(town, "Pools", fence, **WHO)
    name_certifications(town, ["Pools"], **WHO)
    for wrong in (" Fence", "", "x" * 201):
        with pytest.raises(WorkingError, match="No kind of case is called"):
            say_needed(town, "Pools", Need(categories=frozenset({wrong})), **WHO)
    say_needed(town, "Pools", fence, **WHO)
    with pytest.raises(WorkingError, match="Pools is needed for some visits"):
        name_certifications(town, [], **WHO)
    say_needed(town, "Pools", Need(), **WHO)
    assert name_certifications(town, [], **WHO)
