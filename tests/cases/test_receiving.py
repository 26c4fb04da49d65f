"""A complaint is received, never lost, kept apart from its maker, and reviewed at once."""

import math
from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa
from desk import CLERK, MANAGER, OFFICER, RESIDENT, RESPONDENT, day
from played import MAGISTRATE
from reported import FERRER, GRASS, complaint, last_of, received, told_of

from cases import tying
from cases.actors import Actor
from cases.history import faults
from cases.models import Complaint, ComplaintEvent, Reporter
from cases.receiving import Report, UnusableComplaintError
from cases.reporters import Identity, NotToldError
from cases.review import Rule
from cases.screening import Channel
from cases.workflow.registry import NotNowError
from cases.workflow.roles import Role

THE_SAME_MATTER = (
    "on the same parcel, or of the same category within 50 m, open or ended within 30 days"
)
NORTH_OF_TOWN = (-80.4, 28.9)


def decided(connection: sa.Connection, complaint_id: int) -> dict[str, tuple[object, str]]:
    screening = complaint(connection, complaint_id).screening
    return {each["rule"]: (each["value"], each["because"]) for each in screening}


def test_a_call_is_kept_with_its_place_and_the_review_says_each_rule(
    town: sa.Connection, law: int
) -> None:
    one = received(town, law)
    row = complaint(town, one)
    assert (row.number, row.status, row.channel) == ("CP-2026-00001", "received", "phone")
    assert (row.entered_by, row.received_on) == ("J. Okafor", date(2026, 6, 1))
    assert (row.tie_method, row.stated_address) == ("address", "101 Alder St")
    assert None not in (row.parcel_id, row.parcel_period_id, row.zone_id, row.point)
    # "High grass" is priority 4, 5 days: from Monday 1 June to Monday 8 June.
    assert (row.priority, row.respond_by) == (4, date(2026, 6, 8))
    assert decided(town, one) == {
        "priority": (4, 'The most urgent provision about "High grass", 30-36(a), has 4.'),
        "respond_by": (
            "2026-06-08",
            '5 business days after June 1, 2026, the least for "High grass".',
        ),
        "zone": ("1", "The place lies in Zone 1 (Officer 1)."),
        "may_open": (True, "The reporter gave a name and an address."),
        "duplicates": (
            [],
            f"None found: {THE_SAME_MATTER}.",
        ),
    }
    assert told_of(town, one) == ["complaint_received"]
    assert last_of(town, one)["screening"] == row.screening
    assert list(faults(town)) == []


def test_a_report_over_a_long_weekend_waits_for_the_offices_to_open(
    town: sa.Connection, law: int
) -> None:
    # One business day from Thursday 2 July: the 3rd is kept for Independence Day, a Saturday.
    open_house = replace(GRASS, category="Unsecured structure")
    one = received(town, law, report=open_house, moment=day(7, 2))
    assert complaint(town, one).respond_by == date(2026, 7, 6)
    assert complaint(town, one).priority == 1


def test_a_category_nobody_knows_is_kept_and_looked_at_soon(town: sa.Connection, law: int) -> None:
    one = received(town, law, report=replace(GRASS, category="Peacocks"))
    row = complaint(town, one)
    assert (row.category, row.priority, row.respond_by) == ("Peacocks", 3, date(2026, 6, 2))
    assert 'No provision is about "Peacocks"' in decided(town, one)["priority"][1]


@pytest.mark.parametrize(
    ("place", "tie", "note"),
    [
        ({"address": "999 Nowhere Rd"}, "none", "no street is called"),
        ({"parcel_no": "Z-9", "address": None}, "none", "no parcel is numbered Z-9"),
        ({"point": (-80.3945, 27.3005), "address": None}, "point", None),
        ({"point": (-80.39, 27.31), "address": None}, "none", "lies in no parcel"),
        ({"point": NORTH_OF_TOWN, "address": None}, "none", "lies outside the town"),
        ({"point": NORTH_OF_TOWN}, "address", None),
    ],
)
def test_a_place_that_is_no_parcel_or_not_in_town_is_kept_as_it_was_said(
    town: sa.Connection,
    law: int,
    place: dict,
    tie: str,
    note: str | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tying, "WholeTown", None)  # nothing of it reads the whole town
    one = received(town, law, report=replace(GRASS, **place))
    row = complaint(town, one)
    assert row.tie_method == tie
    assert (note or "") in (row.tie_note or "")
    on_map = {"lies in no parcel", None}
    assert (row.point is not None) == (note in on_map)
    assert (row.stated_point is None) == ("point" not in place)
    assert (row.parcel_id is None) == (tie == "none")


@pytest.mark.parametrize(
    ("changes", "actor", "says"),
    [
        ({"category": " "}, CLERK, "Say what it is about"),
        ({"address": " "}, CLERK, "Say where it is"),
        ({"point": (math.nan, 27.3)}, CLERK, "no longitude"),
        ({"point": (27.3, -181.0)}, CLERK, "no longitude"),
        ({"channel": Channel.PHONE}, RESIDENT, "by web, email, open311, not by phone"),
        ({"channel": Channel.OFFICER}, RESIDENT, "not by officer"),
        ({"channel": Channel.OFFICER}, CLERK, "entered by the officer"),
    ],
)
def test_what_nobody_could_look_into_is_refused_in_a_sentence_and_nothing_is_written(
    town: sa.Connection, law: int, changes: dict, actor: Actor, says: str
) -> None:
    with pytest.raises(UnusableComplaintError, match=says):
        received(town, law, report=replace(GRASS, **changes), actor=actor)
    assert town.scalar(sa.select(sa.func.count()).select_from(Complaint)) == 0


@pytest.mark.parametrize("actor", [RESPONDENT, MAGISTRATE, Actor("root", Role.ADMIN)])
def test_a_complaint_is_received_from_residents_and_staff_alone(
    town: sa.Connection, law: int, actor: Actor
) -> None:
    with pytest.raises(NotNowError, match="that is for the"):
        received(town, law, actor=actor)


def test_whoever_enters_a_report_is_not_whoever_makes_it(town: sa.Connection, law: int) -> None:
    web = replace(GRASS, channel=Channel.WEB)
    signed_in = Actor("Odalys Ferrer", Role.RESIDENT)
    one = received(town, law, report=web, actor=signed_in)
    assert complaint(town, one).entered_by == "a resident"
    assert town.scalar(sa.select(ComplaintEvent.actor)) == "a resident"
    assert town.scalar(sa.select(Reporter.name)) == "Odalys Ferrer"


def test_a_name_is_taken_only_after_the_notice_that_it_becomes_public(
    town: sa.Connection, law: int
) -> None:
    unaware = replace(FERRER, told_public_record=False)
    with pytest.raises(NotToldError, match="give the notice before it"):
        received(town, law, reporter=unaware)
    assert town.scalar(sa.select(sa.func.count()).select_from(Complaint)) == 0


@pytest.mark.parametrize("reporter", [None, Identity(), Identity(name=" ", phone="")])
def test_a_report_without_a_name_is_kept_and_may_not_be_opened(
    town: sa.Connection, law: int, reporter: Identity | None
) -> None:
    one = received(town, law, reporter=reporter)
    assert decided(town, one)["may_open"][0] is False
    assert town.scalar(sa.select(sa.func.count()).select_from(Reporter)) == 0


def test_what_an_officer_saw_needs_no_name(town: sa.Connection, law: int) -> None:
    seen = replace(GRASS, channel=Channel.OFFICER)
    one = received(town, law, report=seen, reporter=None, actor=OFFICER)
    assert decided(town, one)["may_open"] == (True, "An officer saw it.")


def test_the_next_caller_about_the_same_yard_is_shown_the_first(
    town: sa.Connection, law: int
) -> None:
    received(town, law)
    two = received(town, law, actor=MANAGER)
    assert decided(town, two)[Rule.DUPLICATES][0] == ["CP-2026-00001"]


def test_numbers_run_without_a_gap_where_a_report_was_refused(
    town: sa.Connection, law: int
) -> None:
    received(town, law)
    with pytest.raises(NotToldError):
        received(town, law, reporter=Identity(name="Odalys Ferrer"))
    two = received(town, law, report=Report(channel=Channel.WALK_IN, category="x", parcel_no="A-2"))
    assert complaint(town, two).number == "CP-2026-00002"


def test_a_report_with_marks_that_no_database_keeps_is_kept_without_them(
    town: sa.Connection, law: int
) -> None:
    typed = replace(GRASS, category="High grass\0", description=" Tall\0 grass\0 ")
    one = received(town, law, report=typed, reporter=replace(FERRER, name="Odalys\0 Ferrer "))
    row = complaint(town, one)
    assert (row.category, row.description) == ("High grass", "Tall grass")
    assert town.scalar(sa.select(Reporter.name)) == "Odalys Ferrer"
    with pytest.raises(UnusableComplaintError, match="Say what it is about"):
        received(town, law, report=replace(GRASS, category="\0"))
