"""A property is sold while its case runs: who answers, who was told, what the seller showed."""

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa
from desk import CLERK, MANAGER, OFFICER, day
from played import MAGISTRATE, a_sitting, one, put_on_docket, story, tell_of_hearing
from played_after import SHOWN, sell, summon
from played_liens import RECORDED

from cases import continuing, hearings, notices, recording
from cases.advancing import ClosedCaseError, GuardError, OutOfOrderError
from cases.disclosure import Disclosure, Duty, shortfalls
from cases.hearings import About
from cases.models import Citation, Hearing, Notice, OwnershipTransfer, Respondent
from cases.notice_words import NoticeKind
from cases.opening import RespondentKind, close_case, name_respondent
from cases.story import events_of, told
from cases.transferring import Sale, TransferError, notices_to_renew, transfer_ownership
from cases.workflow.registry import NotNowError

SOLD_ON = date(2026, 7, 15)


def _respondents(connection: sa.Connection) -> list[tuple[str, date, date | None]]:
    query = sa.select(Respondent.name, Respondent.since, Respondent.until).order_by(Respondent.id)
    return [tuple(row) for row in connection.execute(query)]


def test_the_new_owner_answers_and_the_old_one_stays_on_the_record(
    town: sa.Connection, case: int, served: int
) -> None:
    buyer = sell(town, case)
    assert _respondents(town) == [
        ("P. Lane", date(2026, 6, 1), SOLD_ON), ("B. Reed", SOLD_ON, None),
    ]  # fmt: skip
    row = one(town, OwnershipTransfer)
    assert (row.buyer_id, row.transferred_on, row.official_told_on) == (
        buyer, SOLD_ON, date(2026, 7, 20),
    )  # fmt: skip
    assert (row.tell_by, row.correct_by) == (date(2026, 7, 20), date(2026, 8, 4))
    assert one(town, Notice).content["recipient"] == "P. Lane"
    line = list(told(town.execute(events_of(case)).all(), law=None))[-1].text
    assert line.startswith("The property passed from P. Lane to B. Reed on July 15, 2026. ")
    assert "every duty of the seller was shown to be kept" in line
    assert served


@pytest.mark.parametrize(
    ("sold_on", "bound"),
    [(date(2026, 10, 1), "ORD-2026-00001"), (date(2026, 9, 30), "no recorded order")],
)
def test_a_recorded_order_binds_who_buys_from_that_day(
    town: sa.Connection, case: int, sworn: int, sold_on: date, bound: str
) -> None:
    recording.record_order(town, order_id=sworn, recording=RECORDED, actor=CLERK, moment=day(10, 2))
    sell(town, case, month=10, number=5, on=sold_on)
    line = list(told(town.execute(events_of(case)).all(), law=None))[-1].text
    assert f"The buyer is bound by {bound}." in line


def test_what_the_seller_did_not_show_is_on_the_record(
    town: sa.Connection, case: int, served: int
) -> None:
    sell(town, case, disclosure=replace(SHOWN, copies_on=None, official_told_on=date(2026, 7, 21)))
    line = list(told(town.execute(events_of(case)).all(), law=None))[-1].text
    assert f"Disclosure: {Duty.COPIES}; {Duty.OFFICIAL}." in line
    assert one(town, OwnershipTransfer).copies_on is None
    assert served


@pytest.mark.parametrize(
    ("changes", "lacking"),
    [
        ({}, ()),
        ({"proceeding_on": date(2026, 7, 16)}, (Duty.PROCEEDING,)),
        ({"copies_on": date(2026, 7, 15)}, ()),
        ({"responsibility_on": None}, (Duty.RESPONSIBILITY,)),
        ({"official_told_on": date(2026, 7, 21)}, (Duty.OFFICIAL,)),
    ],
)
def test_each_duty_has_its_last_day(
    changes: dict[str, date | None], lacking: tuple[Duty, ...]
) -> None:
    shown = replace(SHOWN, **changes)
    assert shortfalls(shown, transferred_on=SOLD_ON, tell_by=date(2026, 7, 20)) == lacking


def test_who_shows_nothing_kept_nothing() -> None:
    nothing = shortfalls(Disclosure(), transferred_on=SOLD_ON, tell_by=date(2026, 7, 20))
    assert nothing == tuple(Duty)


def test_what_the_old_owner_was_brought_must_go_to_the_new_one(
    town: sa.Connection, case: int, served: int, docketed: int
) -> None:
    tell_of_hearing(town, case)
    buyer = sell(town, case)
    told_before = town.execute(
        sa.select(Notice.id).where(Notice.kind == NoticeKind.NOTICE_OF_HEARING)
    ).scalar_one()
    # The citation is the old owner's own.
    assert list(town.scalars(notices_to_renew(case))) == [served, told_before]
    summon(town, buyer, month=7, number=21)
    assert list(town.scalars(notices_to_renew(case))) == [served]
    assert docketed


def test_a_hearing_does_not_open_until_the_new_owner_was_served(
    town: sa.Connection, case: int, docketed: int
) -> None:
    tell_of_hearing(town, case)
    buyer = sell(town, case)
    opening = {"hearing_id": docketed, "members_sitting": 1, "actor": MAGISTRATE}
    with pytest.raises(GuardError, match="the notice of hearing is served"):
        hearings.open_hearing(town, moment=day(8, 11), **opening)  # type: ignore[arg-type]
    summon(town, buyer, month=7, number=21)
    hearings.open_hearing(town, moment=day(8, 11), **opening)  # type: ignore[arg-type]
    assert one(town, Hearing).status == "opened"


def test_the_one_who_was_cited_is_told_as_well_as_the_one_who_bought(
    town: sa.Connection, case: int, docketed: int
) -> None:
    summon(town, sell(town, case), month=7, number=21)
    with pytest.raises(GuardError, match="the notice of hearing is served"):
        hearings.open_hearing(
            town, hearing_id=docketed, members_sitting=1, actor=MAGISTRATE, moment=day(8, 11)
        )


def test_service_on_the_old_owner_dockets_nothing(
    town: sa.Connection, case: int, hearing: int, sitting: int
) -> None:
    buyer = sell(town, case, month=7, number=1, on=date(2026, 7, 1))
    with pytest.raises(GuardError, match="service is proved"):
        put_on_docket(town, hearing, sitting)
    notice = summon(town, buyer, month=7, number=2, kind=NoticeKind.WARNING)
    proof = notices.service_of(town, notice, on=date(2026, 7, 2)).proof
    hearings.docket(
        town, hearing_id=hearing, session_id=sitting, proof=proof, actor=CLERK, moment=day(7, 2)
    )
    assert one(town, Hearing).status == "docketed"


def test_the_new_owner_has_time_to_correct_before_the_hearing(
    town: sa.Connection, case: int, docketed: int
) -> None:
    tell_of_hearing(town, case)
    buyer = sell(town, case, month=7, number=27)  # to correct by 11 August, the day of the hearing
    notice = summon(town, buyer, month=7, number=28)
    with pytest.raises(GuardError, match="a new owner has had the time to correct"):
        hearings.open_hearing(
            town, hearing_id=docketed, members_sitting=1, actor=MAGISTRATE, moment=day(8, 11)
        )
    continuing.continue_hearing(
        town, hearing_id=docketed, reason="Sold", actor=CLERK, moment=day(8, 11)
    )
    proof = notices.service_of(town, notice, on=date(2026, 8, 11)).proof
    docket = {"hearing_id": docketed, "proof": proof, "actor": CLERK, "moment": day(8, 11)}
    other = a_sitting(town, held_on=date(2026, 8, 12))
    hearings.docket(town, session_id=other, **docket)  # type: ignore[arg-type]
    assert one(town, Hearing).session_id == other


def test_what_comes_after_the_order_does_not_wait_for_a_new_owner(
    town: sa.Connection, case: int, served: int
) -> None:
    buyer = sell(town, case)
    notice = summon(town, buyer, month=7, number=21, kind=NoticeKind.WARNING)
    proof = notices.service_of(town, notice, on=date(2026, 7, 21)).proof
    sitting = a_sitting(town, held_on=date(2026, 7, 28))
    docket = {"session_id": sitting, "proof": proof, "actor": CLERK, "moment": day(7, 21)}
    for about in (About.VIOLATION, About.NONCOMPLIANCE):
        asked = hearings.request(town, case_id=case, about=about, actor=MANAGER, moment=day(7, 21))
        if about is About.VIOLATION:
            with pytest.raises(GuardError, match="a new owner has had the time"):
                hearings.docket(town, hearing_id=asked, **docket)  # type: ignore[arg-type]
        else:
            assert hearings.docket(town, hearing_id=asked, **docket) == 1  # type: ignore[arg-type]
    assert served


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"seller_id": 999}, "not the present owner on record"),
        ({"on": date(2026, 5, 31)}, "on record as owner since 2026-06-01"),
        ({"on": date(2026, 7, 21)}, "and it is 2026-07-20"),
        ({"buyer": " "}, "the new owner is not named"),
        ({"address": ""}, "the new owner is not named"),
    ],
)
def test_a_sale_that_cannot_be_is_refused(
    town: sa.Connection, case: int, served: int, changes: dict[str, object], words: str
) -> None:
    with pytest.raises(TransferError, match=f"(?i){words}"):
        sell(town, case, **changes)
    assert _respondents(town) == [("P. Lane", date(2026, 6, 1), None)]
    assert served


def test_nobody_sells_twice_and_a_tenant_sells_nothing(
    town: sa.Connection, case: int, served: int
) -> None:
    sell(town, case)
    with pytest.raises(TransferError, match="not the present owner"):
        sell(town, case)
    tenant = name_respondent(
        town, case_id=case, kind=RespondentKind.TENANT, name="T. Hill", address="101 Alder St",
        actor=CLERK, moment=day(7, 20),
    )  # fmt: skip
    with pytest.raises(TransferError, match="not the present owner"):
        sell(town, case, seller_id=tenant, on=date(2026, 7, 20))
    assert served


def test_a_clerk_enters_a_sale_in_its_day_in_an_open_case(
    town: sa.Connection, case: int, warning: int
) -> None:
    owner = one(town, Respondent).id
    sale = Sale(seller_id=owner, buyer="B. Reed", address="4 Elm St", on=SOLD_ON, disclosure=SHOWN)
    asked = {"case_id": case, "sale": sale}
    with pytest.raises(NotNowError, match="for the clerk or manager, not for the officer"):
        transfer_ownership(town, actor=OFFICER, moment=day(7, 20), **asked)  # type: ignore[arg-type]
    with pytest.raises(OutOfOrderError):
        transfer_ownership(town, actor=CLERK, moment=day(6, 1), **asked)  # type: ignore[arg-type]
    assert warning


def test_in_a_closed_case_nothing_changes_hands(town: sa.Connection, case: int) -> None:
    name_respondent(
        town, case_id=case, kind=RespondentKind.OWNER, name="P. Lane", address="9 Birch Ave",
        actor=CLERK, moment=day(6, 1),
    )  # fmt: skip
    close_case(town, case_id=case, reason="Nothing there", actor=OFFICER, moment=day(6, 2))
    with pytest.raises(ClosedCaseError):
        sell(town, case)
    assert story(town)[-1] == "case_closed"
    assert town.scalar(sa.select(sa.func.count()).select_from(Citation)) == 0
