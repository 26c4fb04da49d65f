"""Who made a complaint stands in one table, and is told to staff alone, on record."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from desk import CLERK, OFFICER, RESIDENT, RESPONDENT, day
from played import MAGISTRATE, in_a_town_of_its_own, under
from reported import FERRER, GRASS, a_busy_week, complaint, last_of, received, told_of

from cases.actors import Actor
from cases.intake import accept
from cases.models import ComplaintEvent, Reporter
from cases.reporters import (
    Identity,
    NamelessError,
    NoReporterError,
    ReporterKnownError,
    disclose_reporter,
    name_reporter,
    repeated_pairs,
)
from cases.screening import Channel
from cases.workflow.registry import NoReasonError, NotNowError
from cases.workflow.roles import Role
from geo.database import Database

CANARY = ("odalys", "ferrer", "77 quince", "772-555-0114", "example.org")


def everywhere(connection: sa.Connection) -> Iterator[tuple[str, str]]:
    """Yield each place in the database that holds a word of the reporter's, and the word."""
    tables = connection.execute(
        sa.text(
            "SELECT table_schema, table_name FROM information_schema.tables "
            "WHERE table_schema IN ('lotline', 'published') ORDER BY 1, 2"
        )
    ).all()
    assert ("published", "case") in [tuple(each) for each in tables]
    for schema, table in tables:
        rows = sa.select(sa.text("to_jsonb(t)::text")).select_from(
            sa.table(table, schema=schema).alias("t")
        )
        held = " ".join(connection.scalars(rows)).casefold()
        yield from ((f"{schema}.{table}", word) for word in CANARY if word in held)


def test_the_reporters_name_is_in_one_table_and_nowhere_else(
    fresh_database: Database,
) -> None:
    with in_a_town_of_its_own(fresh_database) as (town, law):
        assert len(a_busy_week(town, law)) == 7
    with fresh_database.owner.connect() as owner:
        found = set(everywhere(owner))
    assert found == {("lotline.reporter", word) for word in CANARY}


def test_no_function_of_the_public_tells_it_either(
    fresh_database: Database,
) -> None:
    with in_a_town_of_its_own(fresh_database) as (town, law):
        a_busy_week(town, law)
    with fresh_database.public.connect() as public:
        with pytest.raises(sa.exc.ProgrammingError, match="permission denied"):
            public.execute(sa.text("SELECT * FROM lotline.reporter"))
        public.rollback()
        sources = public.scalars(
            sa.text(
                "SELECT prosrc FROM pg_proc WHERE pronamespace = 'published'::regnamespace "
                "UNION ALL SELECT definition FROM pg_views WHERE schemaname = 'published'"
            )
        ).all()
    assert len(sources) > 10
    assert not [source for source in sources if "reporter" in source]
    # Where a report stands, what became of it and its case are told by a complaint, to its code.
    others = [source for source in sources if "code_sha256 = of_code_sha256" not in source]
    assert len(others) == len(sources) - 3
    assert not [source for source in others if "complaint" in source]


def test_staff_who_ask_with_a_reason_are_told_and_the_asking_is_on_record(
    town: sa.Connection, law: int
) -> None:
    one = received(town, law)
    told = disclose_reporter(
        town, complaint_id=one, reason="Witness at the hearing", actor=CLERK, moment=day(6, 2)
    )
    assert told == FERRER
    assert "Odalys" not in repr(told)
    assert told_of(town, one)[-1] == "reporter_disclosed"
    assert last_of(town, one) == {
        "complaint": "CP-2026-00001",
        "channel": "phone",
        "received_on": "2026-06-01",
        "reason": "Witness at the hearing",
    }


@pytest.mark.parametrize("actor", [RESIDENT, RESPONDENT, MAGISTRATE, Actor("root", Role.ADMIN)])
def test_nobody_but_staff_is_told(town: sa.Connection, law: int, actor: Actor) -> None:
    one = received(town, law)
    with pytest.raises(NotNowError, match="that is for the clerk or manager or officer"):
        disclose_reporter(town, complaint_id=one, reason="Curious", actor=actor, moment=day(6, 2))
    assert told_of(town, one) == ["complaint_received"]


def test_nobody_is_told_without_a_reason(town: sa.Connection, law: int) -> None:
    one = received(town, law)
    with pytest.raises(NoReasonError, match="Disclose reporter needs a reason"):
        disclose_reporter(town, complaint_id=one, reason=" ", actor=CLERK, moment=day(6, 2))


def test_where_nobody_gave_a_name_there_is_none_to_tell(town: sa.Connection, law: int) -> None:
    one = received(town, law, reporter=None)
    with pytest.raises(NoReporterError, match="made without a name"):
        disclose_reporter(town, complaint_id=one, reason="Request", actor=CLERK, moment=day(6, 2))
    assert told_of(town, one) == ["complaint_received"]


@pytest.mark.parametrize(
    "statement",
    ["UPDATE lotline.reporter SET told_public_record = false", "DELETE FROM lotline.reporter",
     "TRUNCATE lotline.reporter", "DELETE FROM lotline.complaint_event",
     "UPDATE lotline.complaint_event SET kind = 'x'"],
)  # fmt: skip
def test_the_app_may_not_even_try_to_rewrite_who_or_what(
    database: Database, statement: str
) -> None:
    with (
        database.app.connect() as connection,
        pytest.raises(sa.exc.ProgrammingError, match="permission denied"),
    ):
        connection.exec_driver_sql(statement)


@pytest.mark.parametrize("left", [{"name": "Ann Lee", "phone": "555-0101"}, {"phone": "555-0101"}])
def test_whoever_left_a_number_gives_the_rest_later_and_what_they_said_stays(
    town: sa.Connection, law: int, left: dict[str, str]
) -> None:
    one = received(town, law, reporter=Identity(**left, told_public_record=True))
    asked = {"complaint_id": one, "actor": CLERK, "moment": day(6, 2)}
    with pytest.raises(NamelessError, match="name and address"):
        name_reporter(town, identity=Identity(email="a@b.c", told_public_record=True), **asked)  # type: ignore[arg-type]
    later = Identity(
        name="Ann Lee", address="5 Fir St", phone="555-9999", told_public_record=True
    )  # fmt: skip
    name_reporter(town, identity=later, **asked)  # type: ignore[arg-type]
    (may_open,) = [each for each in complaint(town, one).screening if each["rule"] == "may_open"]
    assert may_open["value"] is True
    with pytest.raises(ReporterKnownError, match="stays as it was said"):
        name_reporter(town, identity=later, **asked)  # type: ignore[arg-type]
    told = disclose_reporter(town, reason="Witness", **asked)  # type: ignore[arg-type]
    assert (told.name, told.address, told.phone) == ("Ann Lee", "5 Fir St", "555-0101")


def test_a_name_that_the_database_refuses_is_in_no_error_that_could_be_logged(
    town: sa.Connection, law: int
) -> None:
    first = received(town, law)
    again = {"complaint_id": first, "name": "Odalys Ferrer", "told_public_record": True}
    with pytest.raises(sa.exc.IntegrityError) as refused, town.begin_nested():
        town.execute(sa.insert(Reporter).values(again))
    assert "Odalys" not in str(refused.value)


SAME = (
    {"name": "Odalys Ferrer", "address": "77 Quince Ct"},
    {"name": "ODALYS  FERRER", "address": "77, Quince Ct.", "phone": "(772) 555-0114"},
    {"phone": "772-555-0114"},
    {"phone": "772 555 0114", "email": "O.Ferrer@Example.org"},
    {"email": " o.ferrer@example.org "},
)
"""The same person five times, each known by what it shares with the one before."""


def test_pairs_are_counted_by_whatever_two_complaints_have_the_same(town: sa.Connection) -> None:
    law = under(town, "texas-home-rule")  # where a complaint needs no name
    led_to: dict[int, set[str]] = {}
    for lot in range(1, 6):
        report = replace(GRASS, address=f"{100 + lot} Alder St")
        for said in SAME:
            who = Identity(**said, told_public_record=True)
            one = received(town, law, report=report, reporter=who)
            led_to[accept(town, complaint_id=one, actor=OFFICER, moment=day(6, 2))] = {f"A-{lot}"}
    seen = replace(GRASS, channel=Channel.OFFICER)
    nobody = received(town, law, reporter=Identity(), report=seen, actor=OFFICER)
    led_to[accept(town, complaint_id=nobody, actor=OFFICER, moment=day(6, 2))] = {"A-1"}
    told_before = town.scalar(sa.select(sa.func.count()).select_from(ComplaintEvent))
    counted = repeated_pairs(town, led_to)
    (band,) = counted.bands
    assert (band.pairs, band.complaints, band.fewest, band.most) == (5, 25, 2, None)
    assert counted.complaints == 25
    assert set(band.case_ids) == set(led_to) - {max(led_to)}
    assert not [word for word in CANARY if word in repr(counted).casefold()]
    # Nobody was told who made a complaint, so no history says that somebody was.
    assert town.scalar(sa.select(sa.func.count()).select_from(ComplaintEvent)) == told_before


def test_no_other_module_reads_the_table_of_reporters() -> None:
    root = Path(__file__).parents[2]
    rooms = ("cases", "reports", "webmap", "data/town", "geo")
    reads = re.compile(r"import .*\bReporter\b|^    Reporter,$|lotline\.reporter\b", re.MULTILINE)
    found = {
        file.relative_to(root).as_posix()
        for room in rooms
        for file in (root / room).rglob("*.py")
        if reads.search(file.read_text())
    }
    assert found == {"cases/models/__init__.py", "cases/reporters.py"}
