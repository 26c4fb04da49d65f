"""What the clock notices: each thing on its day or later, and once."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from desk import CLERK, MANAGER, OFFICER, day
from played import look_again
from played_liens import block

from cases import inspections, liens, notices, violations
from cases.accounts import people
from cases.adopted import adopt, adopted_law, every_law
from cases.assigning import assign
from cases.clock.kinds import WHOSE, Kind
from cases.clock.noticing import is_first, notice
from cases.clock.telling import SHOWN, digests
from cases.clock.terms import Terms
from cases.lawpack.reading import BUNDLED
from cases.lien_terms import expires_on, foreclosure_from
from cases.models import Case, Citation, ClockNotice, Inspection, Notice
from cases.opening import close_case
from cases.service.attempts import Attempt, MailTo, Method
from cases.spans import years_after
from cases.workflow.roles import Role

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
CERTIFIED = Attempt(
    method=Method.CERTIFIED_MAIL, made_on=date(2026, 6, 2), mailed_to=MailTo.TAX_COLLECTOR
)
TWO_WEEKS = timedelta(days=14)


def _noticed(connection: sa.Connection, on: date) -> set[Kind]:
    """Run the clock, and return of which kinds it noticed anything."""
    return {kind for kind, count in notice(connection, on=on, now=NOW).items() if count}


@pytest.fixture
def mailed(town: sa.Connection, warning: int) -> int:
    """The warning sent by certified mail on 2 June."""
    return notices.record_attempt(
        town, notice_id=warning, attempt=CERTIFIED, actor=CLERK, moment=day(6, 2)
    )


@pytest.fixture
def booked(town: sa.Connection, case: int, served: int) -> int:
    """An appointment at ten in the evening of 10 June, when it is the 11th in Greenwich."""
    assert served
    return inspections.book(
        town, case_id=case, at=datetime(2026, 6, 11, 2, tzinfo=UTC), actor=OFFICER,
        moment=day(6, 3),
    )  # fmt: skip


@pytest.fixture
def closed(town: sa.Connection, case: int, violation: int, served: int) -> int:
    assert served
    look = look_again(town, case, month=6, number=8)
    violations.find_corrected(
        town, violation_id=violation, inspection_id=look, actor=OFFICER, moment=day(6, 8)
    )
    close_case(town, case_id=case, reason="Mown", actor=OFFICER, moment=day(6, 8))
    return case


KINDS = [
    ("booked", Kind.VISIT, date(2026, 6, 10)),
    ("served", Kind.CORRECTION, date(2026, 6, 13)),
    ("cited", Kind.WAIVER, date(2026, 7, 8)),
    ("ordered", Kind.ORDER, date(2026, 9, 2)),
    ("mailed", Kind.MAIL, date(2026, 7, 2)),
    ("lien", Kind.FORECLOSURE, date(2027, 1, 2)),
    ("lien", Kind.LIEN_ENDING, date(2046, 4, 4)),
    ("lien", Kind.LIEN_OVER, date(2046, 10, 2)),
    ("served", Kind.DORMANT, date(2026, 7, 3)),
    ("closed", Kind.RETENTION, date(2031, 6, 9)),
]


@pytest.mark.parametrize(("played", "kind", "due_on"), KINDS)
def test_each_thing_is_noticed_on_its_day_or_after_a_pause_and_once(
    request: pytest.FixtureRequest, town: sa.Connection, played: str, kind: Kind, due_on: date
) -> None:
    request.getfixturevalue(played)
    assert kind not in _noticed(town, due_on - timedelta(days=1))
    with town.begin_nested() as paused:
        assert kind in _noticed(town, due_on + TWO_WEEKS)
        assert kind not in _noticed(town, due_on + TWO_WEEKS + timedelta(days=1))
        paused.rollback()
    assert kind in _noticed(town, due_on)
    assert [_noticed(town, due_on + timedelta(days=late)) & {kind} for late in (0, 0, 1, 13)] == [
        set() for _ in range(4)
    ]
    (row,) = town.execute(sa.select(ClockNotice.__table__).where(ClockNotice.kind == kind))
    assert (row.due_on, row.noticed_on) == (due_on, due_on)
    assert row.case_id == request.getfixturevalue("case")


def test_every_kind_of_work_is_tried_above() -> None:
    assert {kind for _, kind, _ in KINDS} == set(WHOSE) == set(Kind) - {Kind.RUN, Kind.ROOT}


def test_a_visit_that_is_moved_is_noticed_for_its_new_day_too(
    town: sa.Connection, booked: int
) -> None:
    assert _noticed(town, date(2026, 6, 10)) == {Kind.VISIT}
    later = {"booked_for": datetime(2026, 6, 12, 14, tzinfo=UTC)}
    town.execute(sa.update(Inspection).where(Inspection.id == booked).values(later))
    assert _noticed(town, date(2026, 6, 11)) == set()
    assert _noticed(town, date(2026, 6, 12)) == {Kind.VISIT}


@pytest.mark.parametrize("facts", [{"signed_on": "2026-06-04"}, {"returned_on": "2026-06-20"}])
def test_mail_of_which_something_is_known_waits_for_nobody(
    town: sa.Connection, mailed: int, facts: dict[str, str]
) -> None:
    said = {name: date.fromisoformat(told) for name, told in facts.items()}
    notices.complete_attempt(
        town, attempt_id=mailed, actor=CLERK, moment=day(6, 21), **said  # type: ignore[arg-type]
    )  # fmt: skip
    assert Kind.MAIL not in _noticed(town, date(2026, 7, 2))


def test_a_homestead_and_a_blocked_case_are_not_said_to_be_foreclosable(
    town: sa.Connection, case: int, lien: int
) -> None:
    on = date(2027, 1, 2)
    with town.begin_nested() as savepoint:
        block(town, case, moment=day(10, 3))
        assert Kind.FORECLOSURE not in _noticed(town, on)
        savepoint.rollback()
    liens.state_homestead(
        town, lien_id=lien, homestead=True, evidence="Roll", actor=CLERK, moment=day(10, 3)
    )
    assert Kind.FORECLOSURE not in _noticed(town, on)


def test_a_suit_filed_in_time_keeps_a_lien_from_being_told_of(
    town: sa.Connection, filed: int
) -> None:
    assert filed
    assert not _noticed(town, date(2046, 10, 2)) & {Kind.LIEN_ENDING, Kind.LIEN_OVER}


def test_the_clock_takes_no_step_of_the_law(town: sa.Connection, cited: int) -> None:
    before = _parts(town)
    assert Kind.WAIVER in _noticed(town, date(2026, 9, 1))
    assert _parts(town) == before
    assert cited


def _parts(connection: sa.Connection) -> list[Any]:
    rows: list[Any] = []
    for part in (Case, Citation, Notice):
        rows += connection.execute(sa.select(part.__table__)).all()  # type: ignore[attr-defined]
    return rows


def test_the_days_of_each_law_are_those_of_its_rules(town: sa.Connection, law: int) -> None:
    """The queries count months and years in the database: as `cases.spans`, on every day."""
    others = [adopt(town, path, on=date(2025, 1, 1)) for path in sorted(BUNDLED.glob("*.toml"))]
    packs = {each: adopted_law(town, each) for each in (law, *others)}
    terms = Terms(every_law(town))
    first = date(2023, 11, 1)
    days = [first + timedelta(days=n) for n in range(900)]
    each = sa.select(sa.func.unnest(sa.literal(days, sa.ARRAY(sa.Date))).label("day")).subquery()
    asked = sa.type_coerce(each.c.day, sa.Date)
    rows = town.execute(
        sa.select(
            terms.laws.c.law_id,
            asked,
            terms.after(asked, years=terms.laws.c.lien_years),
            terms.after(asked, months=terms.laws.c.foreclosure_months) + 1,
            terms.after(asked, years=terms.laws.c.retention_years),
        ).join_from(terms.laws, each, sa.true())
    ).all()
    assert len(rows) == len(days) * len(packs)
    for of_law, day_, ends, may, kept in rows:
        pack = packs[of_law]
        assert ends == expires_on(pack.liens, recorded_on=day_)
        assert may == foreclosure_from(pack.liens, recorded_on=day_, homestead=False)
        assert kept == years_after(day_, pack.retention.closed_case_years)
        assert day_ <= terms.closed_by(kept)
        assert ends is None or day_ <= terms.recorded_by(ends)


def test_a_day_is_taken_once(town: sa.Connection) -> None:
    on = date(2026, 6, 13)
    assert is_first(town, Kind.RUN, on=on, now=NOW)
    assert not is_first(town, Kind.RUN, on=on, now=NOW)
    assert is_first(town, Kind.ROOT, on=on, now=NOW)
    assert is_first(town, Kind.RUN, on=on + timedelta(days=1), now=NOW)


def test_a_run_asks_as_often_whatever_there_is(town: sa.Connection, lien: int) -> None:
    asked: list[str] = []
    sa.event.listen(town, "before_cursor_execute", lambda *about: asked.append(about[2]))
    notice(town, on=date(2026, 1, 1), now=NOW)
    before = len(asked)
    assert sum(notice(town, on=date(2046, 10, 2), now=NOW).values()) > 2
    assert len(asked) == 2 * before == 2 * (len(WHOSE) + 1)
    assert lien


@pytest.fixture
def staff(town: sa.Connection) -> dict[str, int]:
    """The officer of zone 1, one of another, a clerk and a manager, each with an address."""
    return {
        name: people.add(
            town, login=name.lower().replace(" ", "."), name=name, role=role, by="T. Webb",
            email=f"{name.lower().replace(' ', '')}@example.org", now=NOW,
        )
        for name, role in (
            ("Officer 1", Role.OFFICER), ("Officer 2", Role.OFFICER), ("Clerk", Role.CLERK),
            ("Manager", Role.MANAGER),
        )
    }  # fmt: skip


def _told(connection: sa.Connection, on: date) -> dict[str, dict[Kind, int]]:
    notice(connection, on=on, now=NOW)
    return {
        each.reader.name: {part.kind: part.count for part in each.parts}
        for each in digests(connection, on=on)
    }


@pytest.mark.usefixtures("staff")
def test_each_is_told_of_their_own_work(town: sa.Connection, served: int) -> None:
    assert _told(town, date(2026, 6, 13)) == {"Officer 1": {Kind.CORRECTION: 1}}
    assert _told(town, date(2026, 7, 3)) == {"Manager": {Kind.DORMANT: 1}}
    assert served


def test_a_case_given_by_name_is_told_to_whoever_has_it(
    town: sa.Connection, case: int, served: int, staff: dict[str, int]
) -> None:
    assign(town, case_id=case, officer_id=staff["Officer 2"], actor=MANAGER, moment=day(6, 3))
    assert _told(town, date(2026, 6, 13)) == {"Officer 2": {Kind.CORRECTION: 1}}
    assert served


def test_an_officers_work_that_no_officer_has_is_told_to_managers(
    town: sa.Connection, served: int, staff: dict[str, int]
) -> None:
    people.deactivate(town, staff["Officer 1"], by="T. Webb", now=NOW)
    assert _told(town, date(2026, 6, 13)) == {"Manager": {Kind.CORRECTION: 1}}
    assert served


@pytest.mark.usefixtures("staff")
def test_clerks_are_told_of_waivers(town: sa.Connection, cited: int) -> None:
    assert _told(town, date(2026, 7, 8)) == {"Clerk": {Kind.WAIVER: 1}}
    assert cited


@pytest.mark.usefixtures("staff")
def test_a_digest_names_the_first_and_counts_the_rest(town: sa.Connection, served: int) -> None:
    notice(town, on=date(2026, 6, 13), now=NOW)
    (kept,) = town.execute(sa.select(ClockNotice.__table__)).all()
    more = [kept._asdict() | {"subject_id": 1_000_000 + n} for n in range(SHOWN + 4)]
    town.execute(sa.insert(ClockNotice), more)
    (told,) = digests(town, on=date(2026, 6, 13))
    (part,) = told.parts
    assert (part.count, len(part.first), told.count) == (SHOWN + 5, SHOWN, SHOWN + 5)
    assert served
