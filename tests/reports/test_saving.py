"""A question is kept for one or for the office, and asked by itself once where it is due."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa
from kept_question import keep
from seats import hire

from cases.accounts import members
from cases.actors import Moment
from cases.models import Staff
from cases.workflow.roles import Role
from reports.answers.options import Question, Value, ask
from reports.registry import find_report
from reports.runs import running, saving, sending
from reports.runs.rhythm import Rhythm, is_due
from reports.runs.running import MAIL_REPORT, MAKE_REPORT, State
from reports.runs.saving import KeepError, NotYoursError, Sending
from reports.runs.tables import ReportRun, SavedReport

NOW = datetime(2026, 6, 9, 15, tzinfo=UTC)  # a Tuesday
ON = NOW.date()
MONDAY = Moment(on=date(2026, 6, 15), now=datetime(2026, 6, 15, 12, tzinfo=UTC))
TO = ["a@example.org"]
NO_ADDRESSES = (
    "nobody", "a@b", "a b@example.org", "A <a@example.org>", "a@example.org\nBcc: v@example.org",
    "a@example.org\r", "a@example.org,b@example.org", "=?utf-8?q?a?=@example.org", "a@exämple.org",
    "a@example.org\0", f"{'a' * 65}@example.org",
)  # fmt: skip


@pytest.fixture
def clerk(connection: sa.Connection) -> int:
    return hire(connection, Role.CLERK)


@pytest.fixture
def manager(connection: sa.Connection) -> int:
    return hire(connection, Role.MANAGER)


def question(**values: Value) -> Question:
    return ask("heatmap", find_report("heatmap").options, now=NOW, values=values)


def names(connection: sa.Connection, staff_id: int) -> list[str]:
    return [each.name for each in saving.kept(connection, staff_id)]


def row(connection: sa.Connection, kept_id: int) -> sa.Row[tuple[object, ...]]:
    return connection.execute(sa.select(SavedReport.__table__).filter_by(id=kept_id)).one()


def jobs(connection: sa.Connection, name: str) -> int:
    query = sa.text("SELECT count(*) FROM jobs.procrastinate_jobs WHERE task_name = :name")
    return int(connection.scalar(query, {"name": name}) or 0)


def sent_to(*recipients: str, rhythm: Rhythm = Rhythm.WEEKLY) -> Sending:
    return Sending(rhythm=rhythm, recipients=recipients, language="en")


def test_a_form_sent_twice_keeps_a_question_once(connection: sa.Connection, clerk: int) -> None:
    key, moment = uuid4(), Moment(on=ON, now=NOW)
    said = {"staff_id": clerk, "name": " Weeds \n of spring ", "form_key": key, "moment": moment}
    first = saving.save(connection, question(status="all"), **said)  # type: ignore[arg-type]
    assert saving.save(connection, question(status="all"), **said) == first  # type: ignore[arg-type]
    (kept,) = saving.kept(connection, clerk)
    assert (kept.name, kept.report, kept.asked) == ("Weeds of spring", "heatmap", {"status": "all"})


def test_days_that_are_asked_for_stay_and_what_is_left_empty_is_kept_empty(
    connection: sa.Connection, clerk: int
) -> None:
    fixed = keep(connection, clerk, now=NOW, since=date(2026, 1, 1))
    moving = keep(connection, clerk, now=NOW, name="Moving", report="repeat", years=3)
    assert row(connection, fixed).asked == {"since": "2026-01-01"}
    assert row(connection, moving).asked == {"years": "3"}


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "a\x07b", "a\u202eb", "a\0b\x1b"])
def test_what_is_no_name_is_refused(connection: sa.Connection, clerk: int, name: str) -> None:
    with pytest.raises(KeepError, match="a name of 1 to 80") as refused:
        keep(connection, clerk, now=NOW, name=name)
    assert refused.value.of == "name"


def test_a_name_is_one_persons_once_however_it_is_spelled(
    connection: sa.Connection, clerk: int, manager: int
) -> None:
    keep(connection, clerk, now=NOW, name="Weeds")
    other = keep(connection, clerk, now=NOW, name="Trash")
    keep(connection, manager, now=NOW, name="Weeds")
    with pytest.raises(KeepError, match="another question under the name “WEEDS”"):
        keep(connection, clerk, now=NOW, name="WEEDS")
    with pytest.raises(KeepError, match="another question"):
        saving.rename(connection, clerk, saved_id=other, name="weeds")
    saving.rename(connection, clerk, saved_id=other, name="TRASH")
    assert names(connection, clerk) == ["TRASH", "Weeds"]


def test_one_sees_ones_own_and_what_others_share(
    connection: sa.Connection, clerk: int, manager: int
) -> None:
    mine = keep(connection, clerk, now=NOW, name="b")
    keep(connection, manager, now=NOW, name="A", shared=True)
    hidden = keep(connection, manager, now=NOW, name="C")
    assert names(connection, clerk) == ["A", "b"]
    assert saving.find(connection, clerk, saved_id=mine)
    assert saving.find(connection, clerk, saved_id=hidden) is None


def test_only_who_keeps_it_changes_it_and_a_manager_takes_it_from_the_office(
    connection: sa.Connection, clerk: int, manager: int
) -> None:
    theirs = keep(connection, clerk, now=NOW, shared=True)
    with pytest.raises(NotYoursError):
        saving.rename(connection, manager, saved_id=theirs, name="x")
    with pytest.raises(NotYoursError):
        saving.schedule(connection, manager, saved_id=theirs, sending=sent_to(*TO), on=ON)
    with pytest.raises(NotYoursError):
        saving.forget(connection, manager, saved_id=theirs, now=NOW)
    saving.unshare(connection, manager, saved_id=theirs, role=Role.MANAGER)
    assert names(connection, manager) == []
    with pytest.raises(NotYoursError):
        saving.share(connection, manager, saved_id=theirs)
    other = keep(connection, manager, now=NOW, shared=True)
    with pytest.raises(NotYoursError):
        saving.unshare(connection, clerk, saved_id=other, role=Role.CLERK)


@pytest.mark.parametrize("address", NO_ADDRESSES)
def test_what_is_no_plain_address_is_mailed_nothing(
    connection: sa.Connection, clerk: int, address: str
) -> None:
    with pytest.raises(KeepError, match="no mail address") as refused:
        keep(connection, clerk, now=NOW, rhythm=Rhythm.WEEKLY, recipients=[*TO, address])
    assert refused.value.of == "recipients"


def test_addresses_are_twenty_at_the_most_each_once_and_one_at_the_least(
    connection: sa.Connection, clerk: int
) -> None:
    many = [f"{n}@example.org" for n in range(20)]
    kept_id = keep(
        connection, clerk, now=NOW, rhythm=Rhythm.WEEKLY, recipients=[*many, "0@EXAMPLE.org"]
    )
    assert row(connection, kept_id).recipients == many
    with pytest.raises(KeepError, match="There are 21 addresses"):
        saving.schedule(
            connection, clerk, saved_id=kept_id, sending=sent_to(*many, "x@example.org"), on=ON
        )
    with pytest.raises(KeepError, match="whom the answer is mailed to"):
        saving.schedule(connection, clerk, saved_id=kept_id, sending=sent_to(), on=ON)


def test_what_is_forgotten_is_seen_and_sent_no_more_and_its_addresses_are_gone(
    connection: sa.Connection, clerk: int, manager: int
) -> None:
    kept_id = keep(
        connection, clerk, now=NOW, shared=True, rhythm=Rhythm.WEEKLY, recipients=TO
    )  # fmt: skip
    saving.forget(connection, clerk, saved_id=kept_id, now=NOW)
    assert names(connection, clerk) == names(connection, manager) == []
    assert sending.due(connection, on=MONDAY.on) == []
    assert row(connection, kept_id).recipients == []
    keep(connection, clerk, now=NOW)  # its name is free again


def test_another_rhythm_counts_from_its_day_and_other_readers_change_nothing(
    connection: sa.Connection, clerk: int
) -> None:
    kept_id = keep(connection, clerk, now=NOW, rhythm=Rhythm.WEEKLY, recipients=TO)
    later = MONDAY.on + timedelta(days=3)
    saving.schedule(connection, clerk, saved_id=kept_id, sending=sent_to("b@x.org"), on=later)
    assert sending.due(connection, on=later) == [kept_id]
    monthly = sent_to("b@x.org", rhythm=Rhythm.MONTHLY)
    saving.schedule(connection, clerk, saved_id=kept_id, sending=monthly, on=later)
    assert sending.due(connection, on=later) == []
    assert sending.due(connection, on=date(2026, 7, 1)) == [kept_id]


def test_the_database_finds_due_what_the_rule_says(connection: sa.Connection, clerk: int) -> None:
    first = date(2028, 2, 21)  # a Monday, in a year with a leap day
    days = [first + timedelta(days=n) for n in range(0, 20, 3)]
    cases = [(r, s, x) for r in Rhythm for s in days for x in (None, *days) if not x or x >= s]
    rows = [
        {
            "key": uuid4(), "staff_id": clerk, "name": f"{n}", "report": "heatmap", "asked": {},
            "rhythm": rhythm, "since_day": since, "last_day": last, "recipients": TO,
            "made_at": NOW,
        }
        for n, (rhythm, since, last) in enumerate(cases)
    ]  # fmt: skip
    connection.execute(sa.insert(SavedReport), rows)
    named = dict(connection.execute(sa.select(SavedReport.id, SavedReport.name)).all())
    for on in (first + timedelta(days=n) for n in range(25)):
        expected = {
            f"{n}"
            for n, (rhythm, since, last) in enumerate(cases)
            if is_due(rhythm, on=on, since=since, last=last)
        }
        assert {named[each] for each in sending.due(connection, on=on)} == expected, on


def test_what_is_due_is_asked_once_a_period_under_its_keepers_name(
    connection: sa.Connection, clerk: int
) -> None:
    kept_id = keep(
        connection, clerk, now=NOW, rhythm=Rhythm.WEEKLY, recipients=TO, status="all"
    )  # fmt: skip
    assert sending.ask_due(connection, kept_id, moment=Moment(on=ON, now=NOW)) is None
    run_id = sending.ask_due(connection, kept_id, moment=MONDAY)
    assert run_id is not None
    assert sending.ask_due(connection, kept_id, moment=MONDAY) is None
    assert sending.due(connection, on=MONDAY.on + timedelta(days=6)) == []
    assert sending.due(connection, on=MONDAY.on + timedelta(days=7)) == [kept_id]
    run = running.run(connection, run_id)
    assert run is not None
    assert (run.report, run.asked, run.on_day) == ("heatmap", {"status": "all"}, MONDAY.on)
    assert (run.asked_by, run.saved_id, run.state) == ("J. Okafor", kept_id, State.QUEUED)
    assert jobs(connection, MAKE_REPORT) == 1
    (kept,) = saving.kept(connection, clerk)
    assert (kept.run_id, kept.state, kept.last_day) == (run_id, State.QUEUED, MONDAY.on)


def test_who_asks_the_same_by_hand_gets_the_same_answer_and_holds_no_mail_up(
    connection: sa.Connection, clerk: int
) -> None:
    actor = members.member(connection, clerk).actor
    asked = ask("heatmap", find_report("heatmap").options, now=MONDAY.now, values={})
    by_hand = running.ask_for(connection, asked, actor=actor, moment=MONDAY)
    runs = {
        sending.ask_due(
            connection,
            keep(connection, clerk, now=NOW, name=name, rhythm=Rhythm.WEEKLY, recipients=TO),
            moment=MONDAY,
        )
        for name in ("one", "two")
    }
    assert len(runs | {by_hand}) == 3
    assert running.latest(connection, asked) == max(each for each in runs if each)
    assert running.ask_for(connection, asked, actor=actor, moment=MONDAY) in runs | {by_hand}


@pytest.mark.parametrize("lost", ["role", "access"])
def test_what_somebody_keeps_who_may_read_no_reports_is_not_sent(
    connection: sa.Connection, clerk: int, lost: str
) -> None:
    keep(connection, clerk, now=NOW, rhythm=Rhythm.WEEKLY, recipients=TO, shared=True)
    values = {"role": Role.OFFICER} if lost == "role" else {"active": False}
    connection.execute(sa.update(Staff).where(Staff.id == clerk).values(**values))
    assert sending.due(connection, on=MONDAY.on) == []
    other = hire(connection, Role.MANAGER)
    assert [each.can_send for each in saving.kept(connection, other)] == [False]


def test_the_end_of_a_kept_questions_report_has_it_mailed_whatever_the_end(
    connection: sa.Connection, clerk: int
) -> None:
    ends = (
        lambda run: running.fail(connection, run, because="x", now=MONDAY.now),
        lambda run: running.stop(connection, run, now=MONDAY.now),
        lambda _run: _stall(connection),
    )
    for n, end in enumerate(ends, 1):
        kept_id = keep(
            connection, clerk, now=NOW, name=f"{n}", rhythm=Rhythm.WEEKLY, recipients=TO
        )  # fmt: skip
        run_id = sending.ask_due(connection, kept_id, moment=MONDAY)
        assert jobs(connection, MAIL_REPORT) == n - 1
        end(run_id)
        assert jobs(connection, MAIL_REPORT) == n
    by_hand = running.ask_for(
        connection, question(), actor=members.member(connection, clerk).actor, moment=MONDAY
    )
    running.fail(connection, by_hand, because="x", now=MONDAY.now)
    assert jobs(connection, MAIL_REPORT) == len(ends)


def _stall(connection: sa.Connection) -> None:
    begun = {"state": State.RUNNING, "begun_at": MONDAY.now, "told_at": MONDAY.now}
    query = sa.update(ReportRun).where(ReportRun.state == State.QUEUED)
    connection.execute(query.values(**begun))
    assert running.fail_stalled(connection, now=MONDAY.now + timedelta(hours=1))


def test_it_is_taken_on_once_to_mail_of_a_report_and_not_before_it_ends(
    connection: sa.Connection, clerk: int
) -> None:
    kept_id = keep(connection, clerk, now=NOW, rhythm=Rhythm.WEEKLY, recipients=TO)
    run_id = sending.ask_due(connection, kept_id, moment=MONDAY)
    assert run_id is not None
    assert sending.claim_mailing(connection, run_id, now=MONDAY.now) is None
    running.fail(connection, run_id, because="x", now=MONDAY.now)
    mine = sending.claim_mailing(connection, run_id, now=MONDAY.now)
    assert mine is not None
    assert (mine.recipients, mine.owner) == (TO, "J. Okafor")
    assert sending.claim_mailing(connection, run_id, now=MONDAY.now) is None
