"""What is done about a case's people, inspections, violations, notices and time, by the pages."""

import html
import re
from collections.abc import Callable
from datetime import date

import pytest
import sqlalchemy as sa
from counter import CLERK, JUDGE, MANAGER, OFFICER, ZONE, Counter, filled, number_of
from desk import OFFICER as RIVERA
from desk import day
from played import look_again, one
from played_owners import NUMBER, ROLL, Played

from cases import inspections, notices
from cases.checklists import lines_for
from cases.desk.foretelling import foretell
from cases.inspections import Entry, Finding, Visit
from cases.models import (
    Case,
    CaseEvent,
    Extension,
    Inspection,
    Notice,
    OwnershipTransfer,
    Respondent,
    ServiceAttempt,
    Violation,
)
from cases.service.attempts import Attempt, Method
from geo.database import Database

type On = Callable[[int], Counter]


def test_a_sale_puts_the_buyer_in_the_sellers_place(
    on_case: On, case: int, served: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(7, 20)
    early = desk.refusal(
        CLERK, "case.transfer_ownership", buyer="B. Reed", address="4 Elm St", on="2026-05-01"
    )
    assert "P. Lane is on record as owner since" in early
    desk.do(
        CLERK, "case.transfer_ownership", buyer="B. Reed", address="4 Elm St", on="2026-07-15",
        proceeding_on="2026-07-10",
    )  # fmt: skip
    assert one(town, OwnershipTransfer).proceeding_on == date(2026, 7, 10)
    now = town.scalars(sa.select(Respondent.name).where(Respondent.until.is_(None))).all()
    assert now == ["B. Reed"]
    page = desk.client(OFFICER).get(desk.way("notice.draft", None, OFFICER)).text
    assert "B. Reed" in page
    assert "P. Lane (owner)" not in page
    assert 'value="notice_of_hearing"' not in page
    assert "A notice of hearing follows once a hearing is docketed." in page
    assert town.scalar(sa.select(Notice.id)) == served


def test_a_repeat_is_confirmed_by_the_evidence_shown_and_taken_back(
    on_case: On, later: Played, town: sa.Connection
) -> None:
    desk = on_case(later.case).at(6, 3)
    page = desk.client(OFFICER).get(desk.way("violation.confirm_repeat", None, OFFICER)).text
    assert NUMBER in page
    assert "admitted, by waiving the hearing" in page
    desk.do(OFFICER, "violation.confirm_repeat", prior=f"{later.respondent}:{NUMBER}")
    assert town.scalars(
        sa.select(Violation.repeat_confirmed_by).where(Violation.id == later.violation)
    ).one() == "M. Rivera"  # fmt: skip
    assert desk.leads(OFFICER)[0] == "citation.issue"
    desk.do(MANAGER, "violation.withdraw_repeat", reason="Another company")
    assert ("violation.withdraw_repeat", later.violation) not in desk.offers(MANAGER)


def test_a_business_is_not_written_to_at_the_owners_address(
    on_case: On, case: int, town: sa.Connection
) -> None:
    town.exec_driver_sql(ROLL)
    desk = on_case(case)
    owners = filled(desk.send(OFFICER, "case.name_respondent", case, name="").text)["address"]
    said = desk.refusal(
        OFFICER, "case.name_respondent", case, kind="business", name="Lawn Kings", address=owners
    )  # fmt: skip
    assert "This is the owner's address. Give Lawn Kings's own, or say" in html.unescape(said)
    desk.do(OFFICER, "case.name_respondent", case, kind="tenant", name="R. Home",
            address=owners, same_address="y")  # fmt: skip
    desk.do(OFFICER, "case.name_respondent", case, kind="business", name="Lawn Kings",
            address="PO Box 9")  # fmt: skip
    assert "Lawn Kings" in town.scalars(sa.select(Respondent.name)).all()


def test_a_case_without_priors_says_so_and_confirms_none(
    on_case: On, case: int, violation: int
) -> None:
    desk = on_case(case).at(6, 3)
    way = desk.way("violation.confirm_repeat", violation, OFFICER)
    page = desk.client(OFFICER).get(way).text
    assert "No earlier charge on record counts: it repeats none." in page
    assert ">Confirm that it is a repeat</button>" not in page


def test_more_time_is_asked_granted_denied_and_withdrawn(
    on_case: On, case: int, fence: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(6, 20)
    asked = {"because": "The posts are bought", "until": "2026-08-01"}
    late = desk.send(CLERK, "extension.request", fence, received_on="2026-07-03", **asked)
    assert 'id="received_on-error"' in late.text
    desk.do(CLERK, "extension.request", fence, **asked)
    assert desk.leads(OFFICER)[:2] == ["extension.grant", "extension.deny"]
    desk.do(CLERK, "extension.withdraw")
    desk.do(CLERK, "extension.request", fence, postmarked_on="2026-06-18", **asked)
    desk.do(OFFICER, "extension.deny", reason="No progress")
    desk.do(CLERK, "extension.request", fence, **asked)
    desk.do(MANAGER, "extension.grant", reason="The contract was shown")
    statuses = town.scalars(sa.select(Extension.status).order_by(Extension.id)).all()
    assert statuses == ["withdrawn", "denied", "granted"]
    assert one(town, Violation).comply_by == date(2026, 8, 1)


def test_a_form_for_more_time_says_at_once_what_keeps_it_from_being_asked_for(
    on_case: On, case: int, fence: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(7, 2)
    way = desk.way("extension.request", fence, CLERK)
    over = "The time to correct ended on Jul 2, 2026."
    assert over not in desk.client(CLERK).get(way).text
    told = desk.at(7, 3).client(CLERK).get(way).text
    assert over in told
    assert told.index(over) < told.index('name="because"')
    late = desk.send(CLERK, "extension.request", fence, because="Posts", until="2026-08-01").text
    assert 'id="received_on-error"' in late
    assert "ended on July 2, 2026, and this request counts as made on July 3, 2026" in late
    town.execute(sa.update(Violation).where(Violation.id == fence).values(comply_by=None))
    unserved = desk.client(CLERK).get(way).text
    assert "serve a notice first" in unserved
    assert '<button class="usa-button">' not in unserved


def test_a_visit_still_arranged_is_called_off_next_where_it_alone_keeps_a_case_open(
    on_case: On, case: int, violation: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(6, 2)
    look_again(town, case, month=6, number=2)
    desk.do(OFFICER, "violation.find_corrected", violation)
    desk.do(CLERK, "inspection.book", at="2026-06-22T09:00")
    assert desk.leads(CLERK) == ["inspection.cancel"]
    assert "Nothing has to be done now" not in desk.page(CLERK)
    desk.do(CLERK, "inspection.cancel", reason="It is corrected")
    assert desk.leads(CLERK) == ["case.close"]


def test_a_notice_tells_what_its_service_lacks_and_an_attempt_is_completed(
    on_case: On, case: int, warning: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(6, 3)
    page = desk.page(OFFICER)
    assert "Service is not proved yet." in page
    assert "Fastest lawful way" in page
    refused = desk.send(OFFICER, "notice.record_attempt", method="hand").text
    assert 'id="affidavit_on-error"' in refused
    assert "optional" not in refused.partition('for="affidavit_on"')[2].partition("</label>")[0]
    unsworn = Attempt(method=Method.HAND, made_on=date(2026, 6, 3), server="M. Rivera")
    attempt = notices.record_attempt(
        town, notice_id=warning, attempt=unsworn, actor=RIVERA, moment=day(6, 3)
    )
    assert desk.at(6, 4).leads(OFFICER)[0] == "notice.complete_attempt"
    asked = desk.send(OFFICER, "notice.complete_attempt", attempt).text
    assert 'id="affidavit_on-error"' in asked
    assert "(optional)" not in asked
    desk.do(OFFICER, "notice.complete_attempt", attempt, affidavit_on="2026-06-04")
    assert "Service can be confirmed" in desk.page(OFFICER)
    assert "Service is proved" not in desk.page(OFFICER)
    assert "Fastest lawful way" not in desk.page(OFFICER)
    button = desk.page(OFFICER).partition('class="leads"')[2]
    # 10 days after 3 June are Saturday the 13th, so Monday.
    assert "Jun 15, 2026" in button
    desk.do(CLERK, "notice.confirm_service", warning)
    assert one(town, Violation).comply_by == date(2026, 6, 15)
    assert "Service can be confirmed" not in desk.page(OFFICER)
    assert not any(action == "notice.complete_attempt" for action, _row in desk.offers(OFFICER))
    desk.do(MANAGER, "notice.withdraw", reason="Wrong text")
    assert one(town, Notice).status == "withdrawn"


def test_inspections_are_booked_confirmed_moved_kept_missed_and_called_off(
    on_case: On, case: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(6, 2)
    assert desk.leads(OFFICER)[0] == "inspection.make"
    for at in ("2020-01-01T09:00", "2099-01-01T09:00", "2026-06-03T03:00"):
        assert 'id="at-error"' in desk.send(OFFICER, "inspection.book", at=at).text
    desk.do(OFFICER, "inspection.book", at="2026-06-03T09:00")
    first = one(town, Inspection).id
    other = desk.send(OFFICER, "inspection.book", at="2026-06-04T09:00").text
    assert "A visit is arranged for June 3, 2026 at 9:00 AM already" in other
    desk.do(CLERK, "inspection.confirm", first)
    move = desk.client(CLERK).get(desk.way("inspection.move", first, CLERK)).text
    assert 'value="2026-06-03T09:00"' in move
    assert "Arranged for Jun 3, 2026, 9:00 AM" in move
    desk.do(CLERK, "inspection.move", first, at="2026-06-05T10:00")
    desk.at(6, 5).do(OFFICER, "inspection.find_no_access", first, reason="A dog")
    desk.do(OFFICER, "inspection.book", at="2026-06-08T09:00")
    second = town.scalars(sa.select(sa.func.max(Inspection.id))).one()
    desk.do(OFFICER, "inspection.cancel", second, reason="Not needed")
    desk.do(OFFICER, "inspection.make", case, failed=["30-36(a)", "58-203"])
    statuses = town.scalars(sa.select(Violation.status)).all()
    assert statuses == ["open", "open"]


def test_a_visit_as_booked_and_one_by_itself_are_told_apart_where_a_case_has_the_number(
    on_case: On, case: int, town: sa.Connection, laid_out: Database
) -> None:
    desk = on_case(case).at(6, 2)
    restart = sa.text("SELECT setval('lotline.inspection_id_seq', :id, false)")
    with laid_out.owner.begin() as connection:
        connection.execute(restart, {"id": case})
    desk.do(OFFICER, "inspection.book", at="2026-06-03T09:00")
    assert one(town, Inspection).id == case
    page = desk.at(6, 3).page(OFFICER)
    booked, by_itself = (
        f"/office/case/{desk.number}/do/inspection.find_no_access/{case}{on}"
        for on in ("", "?on=case")
    )
    assert f'"{by_itself}"' in page
    client = desk.client(OFFICER)
    typed = filled(client.get(booked).text) | {"reason": "A dog"}
    assert client.post(booked, data=typed).status_code == 302
    assert one(town, Inspection).status == "no_access"


def test_the_checklist_of_the_field_is_answered_at_the_desk_and_kept_in_its_shape(
    on_case: On, case: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(6, 2)
    first, second, *_ = lines_for("High grass")
    desk.do(
        OFFICER, "inspection.make", case, looked__0__answer="yes", looked__0__note="To the knee",
        looked__1__answer="not_seen",
    )  # fmt: skip
    assert one(town, Inspection).looked == [
        {"line": first, "answer": "yes", "note": "To the knee"},
        {"line": second, "answer": "not_seen", "note": ""},
    ]
    assert town.scalars(sa.select(Violation.status)).all() == []
    assert "To the knee" in desk.page(CLERK)


def test_a_violation_is_alleged_verified_seen_handed_on_and_taken_back(
    on_case: On, case: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(6, 2)
    for section in ("30-36(a)", "30-36(b)", "58-203", "30-36(c)"):
        desk.do(CLERK, "violation.allege", section=section)
    ids = town.scalars(sa.select(Violation.id).order_by(Violation.id)).all()
    assert "record an inspection first" in (
        desk.client(OFFICER).get(desk.way("violation.verify", ids[0], OFFICER)).text
    )
    look_again(town, case, month=6, number=2)
    for each in ids[:3]:
        desk.do(OFFICER, "violation.verify", each)
    desk.do(OFFICER, "violation.find_unfounded", ids[3])
    found = desk.client(OFFICER).get(desk.way("violation.find_corrected", ids[0], OFFICER)).text
    assert "None was made after the violation was found: record an inspection first." in found
    look_again(town, case, month=6, number=2)
    desk.do(OFFICER, "violation.find_corrected", ids[0])
    assert "was found corrected. Seen on the inspection of June 2, 2026." in desk.page(OFFICER)
    desk.do(MANAGER, "violation.reopen", ids[0], reason="It is not")
    desk.do(OFFICER, "violation.find_standing", ids[0])
    desk.do(MANAGER, "violation.transfer", ids[1], reason="The fire marshal's")
    desk.do(MANAGER, "violation.void", ids[2], reason="The neighbor's fence")
    statuses = town.scalars(sa.select(Violation.status).order_by(Violation.id)).all()
    assert statuses == ["open", "transferred", "voided", "unfounded"]


@pytest.mark.usefixtures("violation")
def test_what_is_left_in_a_case_is_counted_in_one_and_in_many(
    on_case: On, case: int, town: sa.Connection
) -> None:
    failed = (Finding(section="58-203", item="Fence upright", passed=False),)
    seen = Visit(entry=Entry.VANTAGE, entry_detail="street", findings=failed)
    inspections.make(town, case_id=case, visit=seen, actor=RIVERA, moment=day(6, 1))
    shown = " ".join(on_case(case).at(6, 2).page(CLERK).split())
    assert "nothing of this is left: 2 violations (open)." in shown


def test_a_case_is_closed_reopened_and_voided(
    on_case: On, case: int, violation: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(6, 2)
    assert "case.close" not in dict(desk.offers(CLERK))  # and the page says what comes first
    assert re.search(
        r"can be closed once nothing of this is left:\s*1 violation \(open\)",
        (" ".join(desk.page(CLERK).split())),
    )
    look_again(town, case, month=6, number=2)
    desk.do(OFFICER, "violation.find_corrected", violation)
    assert desk.leads(CLERK) == ["case.close"]
    desk.do(CLERK, "case.close", reason="Corrected")
    assert desk.offers(CLERK) == []
    desk.do(MANAGER, "case.reopen", reason="It grew back")
    desk.do(MANAGER, "case.void", reason="The wrong lot")
    assert one(town, Case).voided_on == date(2026, 6, 2)


@pytest.mark.usefixtures("warning")
def test_a_page_says_whose_turn_it_is_where_it_is_not_the_readers(on_case: On, case: int) -> None:
    desk = on_case(case).at(6, 2)
    assert desk.leads(JUDGE) == []
    assert "Next it is for the officer:" in desk.page(JUDGE)


def test_what_a_deed_would_do_is_told_and_the_history_left_as_it_was(
    on_case: On, case: int, warning: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(6, 3)
    events = sa.select(sa.func.count()).select_from(CaseEvent)
    before = town.scalars(events).one()
    page = desk.send(
        OFFICER, "notice.record_attempt", warning, press="foretell", method="hand",
        affidavit_on="2026-06-03",
    )  # fmt: skip
    assert "Service of the warning of violation was tried by hand" in page.text
    assert town.scalars(events).one() == before
    assert town.scalar(sa.select(ServiceAttempt.id)) is None


def test_what_is_tried_is_taken_back_though_the_transaction_goes_on(
    town: sa.Connection, case: int, warning: int
) -> None:
    told = foretell(
        town, case,
        lambda: notices.withdraw(
            town, notice_id=warning, reason="Wrong text", actor=RIVERA, moment=day(6, 3)
        ),
        zone=ZONE,
    )  # fmt: skip
    assert ["was withdrawn" in line.text for line in told] == [True]
    assert one(town, Notice).status == "issued"


def test_of_a_way_of_service_only_what_it_asks_is_kept_and_the_form_says_which_asks_what(
    on_case: On, case: int, warning: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(6, 3)
    page = desk.client(OFFICER).get(desk.way("notice.record_attempt", warning, OFFICER)).text
    assert "<h1>Record an attempt at service</h1>" in page
    for asked in ("Address taken from", "The tax collector's records"):
        assert asked in page
    when = re.findall(r'data-led-by="method" data-when="([^"]+)"><legend>([^<]+)<', page)
    assert ("certified_mail", "By certified mail") in when
    offers = re.findall(r'data-when="([^"]+)">A document is not offered', page)
    assert offers == ["posting"]  # for photographs are asked of a posting alone
    assert ("resident", "Left with a resident") in when
    desk.do(
        OFFICER, "notice.record_attempt", method="hand", carrier_no="7018 0360", resident_age="40",
        mailed_to="other", affidavit_on="2026-06-03",
    )  # fmt: skip
    handed = one(town, ServiceAttempt).facts
    assert not {"carrier_no", "resident_age", "mailed_to"} & {k for k, v in handed.items() if v}


@pytest.mark.usefixtures("warning")
def test_no_letter_is_waited_for_where_a_posting_hangs_that_will_serve(
    on_case: On, case: int
) -> None:
    desk = on_case(case).at(6, 3)
    desk.do(OFFICER, "notice.record_attempt", method="certified_mail")
    assert desk.leads(OFFICER)[0] == "notice.complete_attempt"
    desk.do(
        OFFICER, "notice.record_attempt", method="posting", sworn_on="2026-06-03",
        posted_at=["property", "government_office"],
    )  # fmt: skip
    assert "Service is complete on" in desk.page(OFFICER)
    assert "notice.complete_attempt" not in desk.leads(OFFICER)


def test_a_closed_list_takes_no_other_value_and_the_case_no_other_part(
    on_case: On, case: int, warning: int
) -> None:
    desk = on_case(case).at(6, 3)
    assert desk.send(OFFICER, "notice.record_attempt", warning, method="pigeon").status_code == 200
    client = desk.client(OFFICER)
    for way in (f"notice.issue/{warning}", "notice.issue/999", "nonsense/1", "case.open/1"):
        assert client.get(f"/office/case/{desk.number}/do/{way}").status_code == 302
    assert client.get("/office/case/none/do/case.close/1").status_code == 404


def test_the_numbers_of_cases_are_their_addresses(town: sa.Connection, case: int) -> None:
    assert number_of(town, case) == "CE-2026-00001"


def test_a_form_begins_with_what_its_address_says_and_leaves_out_what_cannot_be(
    on_case: On, case: int, fence: int
) -> None:
    desk = on_case(case).at(6, 20)
    way = desk.way("extension.request", fence, CLERK)
    asked = desk.client(CLERK).get(f"{way}?received_on=2026-06-19&until=soon").text
    assert 'value="2026-06-19"' in asked
    assert 'value="soon"' not in asked


def test_a_day_that_cannot_be_is_refused_beside_it(on_case: On, case: int, warning: int) -> None:
    desk = on_case(case).at(6, 3)
    for made_on in ("2030-01-01", "2025-01-01"):
        told = desk.send(
            OFFICER, "notice.record_attempt", warning, method="first_class_mail", made_on=made_on
        ).text
        assert 'id="made_on-error"' in told
