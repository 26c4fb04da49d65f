"""What the tribunal's people do about citations, hearings and orders, through the pages."""

from collections.abc import Callable
from datetime import date

import pytest
import sqlalchemy as sa
from counter import CLERK, JUDGE, MANAGER, OFFICER, Counter
from played import heard, look_again, one, the_order
from played_owners import NUMBER, Played, find, hear, waive

from cases.hearings import About, Outcome
from cases.models import AccrualPause, Citation, Exhibit, Hearing, Notice

type On = Callable[[int], Counter]


@pytest.mark.usefixtures("served")
def test_a_citation_is_prefilled_with_the_usual_penalty_and_keeps_what_was_typed(
    on_case: On, case: int
) -> None:
    desk = on_case(case).at(6, 16)
    asked = desk.client(OFFICER).get(desk.way("citation.issue", None, OFFICER)).text
    for said in ("from $", "What it will say", "To correct it:", "ask for a hearing", "At stake"):
        assert said in asked
    refused = desk.send(OFFICER, "citation.issue", penalty="99999.00")
    assert refused.status_code == 200
    assert 'value="99999.00"' in refused.text
    assert 'id="penalty-error"' in refused.text
    desk.do(OFFICER, "citation.issue")
    assert desk.leads(OFFICER)[0] == "notice.record_attempt"


def test_a_citation_without_a_warning_served_is_not_said_to_rest_on_one(
    on_case: On, case: int, violation: int
) -> None:
    desk = on_case(case).at(6, 3)
    desk.do(OFFICER, "case.name_respondent", name="P. Lane", address="9 Birch Ave")
    asked = desk.client(OFFICER).get(desk.way("citation.issue", violation, OFFICER)).text
    assert "No warning about it is served: one of these must be so." in asked
    assert "Yes: one was served" not in asked
    said = desk.refusal(OFFICER, "citation.issue", violation)
    assert "a warning was served, or a reason to need none is on record" in said


@pytest.mark.usefixtures("cited")
def test_a_citation_is_answered_waived_and_set_aside(
    on_case: On, case: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(7, 1)
    desk.do(CLERK, "citation.request_hearing", received_on="2026-07-01")
    desk.do(CLERK, "citation.withdraw_request")
    assert "deadline has passed" in desk.refusal(
        CLERK, "citation.confirm_waiver", result="not_in_service"
    )
    desk.at(7, 8)
    refused = desk.refusal(CLERK, "citation.request_hearing", postmarked_on="2026-07-07")
    assert "choose “Record a late request”" in refused
    shown = desk.client(CLERK).get(desk.way("citation.record_late_request", None, CLERK)).text
    assert "The last day to ask was Jul 7, 2026. The day it came counts" in shown
    desk.do(CLERK, "citation.record_late_request", postmarked_on="2026-07-07")
    assert one(town, Citation).status == "served"
    assert desk.leads(CLERK)[0] == "citation.confirm_waiver"
    served = desk.send(CLERK, "citation.confirm_waiver", result="in_service")
    assert 'id="result-error"' in served.text
    desk.do(CLERK, "citation.confirm_waiver", result="not_in_service")
    desk.at(7, 10).do(CLERK, "citation.impose_continuing")
    desk.do(JUDGE, "citation.vacate_waiver", reason="He was at sea")
    assert one(town, Citation).status == "contested"


def test_a_citation_is_taken_back_by_the_manager_alone(
    on_case: On, case: int, cited: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(7, 1)
    for role in (OFFICER, CLERK, JUDGE):
        assert ("citation.void", cited) not in desk.offers(role)
        way = f"/office/case/{desk.number}/do/citation.void/{cited}"
        assert desk.client(role).get(way).status_code == 302
        assert one(town, Citation).status == "served"
    desk.do(MANAGER, "citation.void", reason="The wrong lot")
    assert one(town, Citation).status == "voided"


@pytest.mark.usefixtures("citation")
def test_the_notice_of_a_citation_taken_back_is_not_to_be_brought(on_case: On, case: int) -> None:
    desk = on_case(case).at(6, 17)
    assert "notice.record_attempt" in desk.leads(OFFICER)
    desk.do(MANAGER, "citation.void", reason="The wrong lot")
    assert "notice.record_attempt" not in desk.leads(OFFICER)
    assert "Fastest lawful way" not in desk.page(OFFICER)


def test_a_hearing_goes_from_its_request_to_its_order(
    on_case: On, case: int, cited: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(7, 1)
    desk.do(CLERK, "citation.request_hearing")
    assert desk.leads(CLERK)[0] == "hearing.request"
    desk.do(
        CLERK, "hearing.request", representative="A. Lane", authorized_on="2026-06-30",
        signed_by="P. Lane", document="letter", interpreter="Spanish",
    )  # fmt: skip
    assert one(town, Hearing).citation_id == cited
    desk.do(CLERK, "hearing.convene", held_on="2026-08-11", capacity="2", place="Town Hall")
    desk.do(CLERK, "hearing.docket")
    assert one(town, Hearing).docket_place == 1
    assert "Hearing about the citation is held on <strong>Aug 11, 2026" in desk.page(JUDGE)
    desk.do(CLERK, "hearing.continue", reason="The respondent is ill")
    desk.do(CLERK, "hearing.docket")
    assert desk.leads(CLERK)[0] == "notice.draft"
    desk.do(CLERK, "notice.draft", kind="notice_of_hearing")
    told = desk.client(CLERK).get(desk.way("notice.issue", None, CLERK)).text
    assert "Aug 11, 2026, " in told.partition("What it will say")[2]
    desk.do(CLERK, "notice.issue")
    _require_rights_told(desk, town)
    desk.do(CLERK, "notice.record_attempt", method="certified_mail", carrier_no="9214")
    assert desk.leads(CLERK)[0] == "notice.complete_attempt"
    attempt = next(row for action, row in desk.offers(CLERK) if action == "notice.complete_attempt")
    desk.at(7, 6)
    neither = desk.send(CLERK, "notice.complete_attempt", attempt)
    assert 'id="came-error"' in neither.text
    both = {"came": "back", "returned_on": "2026-07-03", "signed_on": "2026-07-03"}
    told = desk.send(CLERK, "notice.complete_attempt", attempt, **both).text
    assert 'id="signed_on-error"' in told
    assert 'id="return_reason-error"' in told
    assert "optional" not in told.partition('for="signed_on"')[2].partition("</label>")[0]
    desk.do(CLERK, "notice.complete_attempt", attempt, came="signed", signed_on="2026-07-03")
    assert "notice.complete_attempt" not in {action for action, _row in desk.offers(CLERK)}
    assert desk.leads(CLERK)[0] == "notice.confirm_service"
    desk.do(CLERK, "notice.confirm_service")
    desk.at(8, 11).do(JUDGE, "hearing.open")
    unsworn = desk.send(
        JUDGE, "hearing.decide", appeared="representative", outcome="violation",
        minutes="The officer testified.", findings="Grass of 20 inches",
        exhibits__0__what="A photo",
        exhibits__1__what="A contract", exhibits__1__offered_by="respondent",
    )  # fmt: skip
    assert 'id="sworn-error"' in unsworn.text
    assert "Grass of 20 inches" in unsworn.text
    assert 'value="A contract"' in unsworn.text
    desk.do(
        JUDGE, "hearing.decide", appeared="representative", outcome="violation", sworn="y",
        minutes="The officer testified.", findings="Grass of 20 inches",
        exhibits__0__what="A photo",
        exhibits__1__what="A contract", exhibits__1__offered_by="respondent",
    )  # fmt: skip
    shown = town.execute(sa.select(Exhibit.number, Exhibit.what, Exhibit.offered_by))
    assert [tuple(row) for row in shown] == [
        (1, "A photo", "town"), (2, "A contract", "respondent")
    ]  # fmt: skip
    assert desk.leads(JUDGE) == ["citation.uphold", "order.enter"]
    desk.do(JUDGE, "citation.uphold")
    above = desk.send(JUDGE, "order.enter", comply_by="2026-09-01", cents_per_day="251.00")
    ends = "The time to appeal the order in court then ends on"
    for said in ('id="cents_per_day-error"', ends, 'id="earlier"', "<p>None on record.</p>"):
        assert said in " ".join(above.text.split())
    terms = {"comply_by": "2026-09-01", "cents_per_day": "250", "costs_cents": "100"}
    stray = desk.refusal(JUDGE, "order.enter", **terms, one_time_cents="50")
    assert "The one fine : Such a violation has no such fine." in stray
    desk.do(JUDGE, "order.enter", **terms)
    assert (the_order(town).cents_per_day, the_order(town).costs_cents) == (25_000, 10_000)


def test_an_order_is_entered_in_sight_of_the_earlier_findings_and_whether_they_count(
    on_case: On, law: int, later: Played, town: sa.Connection
) -> None:
    waive(town, find(town, law, on=date(2020, 3, 1), lot="A-3"))
    waive(town, find(town, law, on=date(2022, 3, 1), lot="A-4", name="Sawgrass Homes III LLC"))
    hear(town, later)
    desk = on_case(later.case).at(8, 10)
    page = desk.client(JUDGE).get(desk.way("order.enter", None, JUDGE)).text
    told = page.partition('id="earlier"')[2].partition("</section>")[0]
    theirs, _details, alike = told.partition("<details")
    recent, old = (" ".join(each.split()) for each in theirs.split("<li>")[1:])
    for said in ("Apr 30, 2023", f"({NUMBER})", "/office/case/CE-2023-00001", "Sec. 30-36(a)"):
        assert said in recent
    assert "Admitted by waiving the hearing" in recent
    assert "· parcel A-1<br>" in recent
    assert "Counts for a repeat" in recent
    assert "The same name with the same place for letters" in recent
    assert "Apr 30, 2020" in old
    assert "Does not count: more than 5 years before" in old
    assert alike.count("<li>") == 1
    assert "Sawgrass Homes III LLC" in alike
    assert "unless a person confirms that the owners are one" in alike


@pytest.mark.usefixtures("opened")
def test_more_lines_are_asked_for_without_a_script_and_nothing_typed_is_lost(
    on_case: On, case: int
) -> None:
    desk = on_case(case).at(8, 11)
    more = desk.send(JUDGE, "hearing.decide", press="more", exhibits__2__what="A third thing")
    assert more.status_code == 200
    assert 'name="exhibits-5-what"' in more.text
    assert 'value="A third thing"' in more.text


@pytest.mark.usefixtures("opened")
def test_only_what_fits_the_matter_may_be_decided(on_case: On, case: int) -> None:
    desk = on_case(case).at(8, 11)
    page = desk.client(JUDGE).get(desk.way("hearing.decide", None, JUDGE)).text
    assert 'value="no_violation"' in page
    assert 'value="granted"' not in page


def _require_rights_told(desk: Counter, town: sa.Connection) -> None:
    """Require that a notice of hearing tells what is at stake, and below it one's rights."""
    notice = town.scalar(sa.select(Notice.id).where(Notice.kind == "notice_of_hearing"))
    letter = desk.client(CLERK).get(f"/office/case/{desk.number}/notice/{notice}").text
    at_stake, rights = letter.partition("What is at stake</h2>")[2].split("Your rights</h2>")
    assert "The fine may be up to" in at_stake
    for right in ("represented by counsel", "a verbatim record", "with a disability"):
        assert right in rights


@pytest.mark.usefixtures("docketed")
def test_a_docketed_hearing_ends_in_an_agreement_or_is_taken_off(
    on_case: On, case: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(7, 3)
    unsigned = desk.send(CLERK, "hearing.agree", agreement="Mown by Sunday", keep_by="2026-08-31")
    assert 'id="signed-error"' in unsigned.text
    desk.do(CLERK, "hearing.agree", agreement="Mown by Sunday", keep_by="2026-08-31", signed="y")
    assert one(town, Hearing).status == "agreed"


@pytest.mark.usefixtures("docketed")
def test_what_was_agreed_is_read_and_leads_to_whether_it_was_kept(
    on_case: On, case: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(7, 3)
    desk.do(CLERK, "hearing.agree", agreement="Mown by Sunday", keep_by="2026-08-31", signed="y")
    hearing = one(town, Hearing).id
    for read in (desk.page(CLERK), desk.client(CLERK).get(f"/office/hearing/{hearing}").text):
        assert "Mown by Sunday" in read
        assert "<strong>Aug 31, 2026</strong>" in read
    waits = "/office/cases?queue=agreement_past"
    assert desk.number not in desk.at(8, 31).client(CLERK).get(waits).text
    assert "inspection.make" in desk.at(9, 1).leads(OFFICER)
    assert desk.number in desk.client(CLERK).get(waits).text
    look_again(town, case, month=9, number=1)
    assert "violation.find_corrected" in desk.leads(OFFICER)
    assert "hearing.request" in desk.leads(CLERK)
    desk.do(CLERK, "hearing.request", about="violation")
    assert "hearing.request" not in desk.leads(CLERK)
    assert desk.number not in desk.client(CLERK).get(waits).text


@pytest.mark.usefixtures("hearing")
def test_a_hearing_is_taken_off(on_case: On, case: int, town: sa.Connection) -> None:
    on_case(case).at(7, 3).do(CLERK, "hearing.cancel", reason="Withdrawn")
    assert one(town, Hearing).status == "cancelled"


@pytest.mark.usefixtures("order")
def test_an_order_is_brought_and_sworn_not_to_be_met(
    on_case: On, case: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(8, 12)
    assert desk.leads(CLERK)[0] == "order.send"
    desk.do(CLERK, "order.send")
    desk.do(
        OFFICER, "notice.record_attempt", the_order(town).notice_id, method="hand",
        affidavit_on="2026-08-12",
    )  # fmt: skip
    assert desk.leads(CLERK)[0] == "order.confirm_service"
    desk.do(CLERK, "order.confirm_service")
    desk.do(CLERK, "order.record", instrument_no="2026-55")
    desk.at(9, 4)
    assert desk.leads(OFFICER)[0] == "inspection.make"
    desk.do(OFFICER, "inspection.make")
    assert desk.leads(OFFICER)[0] == "order.file_affidavit"
    desk.do(OFFICER, "order.file_affidavit")
    assert the_order(town).status == "noncompliant"


@pytest.mark.usefixtures("sworn")
def test_a_contested_affidavit_is_sustained_or_rejected_after_its_hearing(
    on_case: On, case: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(9, 10)
    desk.do(CLERK, "order.contest")
    early = desk.refusal(JUDGE, "order.sustain_affidavit", reason="So found")
    assert "the hearing is decided" in early
    heard(town, case, About.NONCOMPLIANCE, held_on=date(2026, 10, 6))
    desk.at(10, 6)
    assert "order.sustain_affidavit" in desk.leads(JUDGE)
    desk.do(JUDGE, "order.sustain_affidavit", reason="So found")
    assert the_order(town).status == "noncompliant"


@pytest.mark.usefixtures("sworn")
def test_an_affidavit_is_rejected(on_case: On, case: int, town: sa.Connection) -> None:
    desk = on_case(case).at(9, 10)
    desk.do(CLERK, "order.contest")
    heard(town, case, About.NONCOMPLIANCE, held_on=date(2026, 10, 6), outcome=Outcome.REFUSED)
    desk.at(10, 6).do(JUDGE, "order.reject_affidavit", reason="It was mown")
    assert the_order(town).status == "served"


@pytest.mark.usefixtures("sworn")
def test_a_fine_is_certified_lowered_and_stands_still(
    on_case: On, case: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(9, 24)
    assert "order.certify" not in desk.leads(JUDGE)
    desk.at(9, 25)
    assert "order.certify" in desk.leads(JUDGE)
    desk.do(JUDGE, "order.certify")
    desk.do(CLERK, "order.pause", reference="Order 7", reason="Stayed", first_day="2026-10-01")
    assert one(town, AccrualPause).first_day == date(2026, 10, 1)
    desk.do(CLERK, "order.resume", reference="Order 9", reason="Lifted", last_day="2026-10-03")
    heard(town, case, About.MITIGATION, held_on=date(2026, 10, 6))
    desk.at(10, 6).do(JUDGE, "order.reduce", to_cents="1,000.00", reason="Hardship")
    assert "$1,000.00" in desk.page(JUDGE)


@pytest.mark.usefixtures("ordered")
def test_an_order_that_was_recorded_and_met_is_acknowledged(
    on_case: On, case: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(8, 13)
    desk.do(CLERK, "order.record", instrument_no="2026-55")
    look_again(town, case, month=8, number=20)
    desk.at(8, 20).do(OFFICER, "order.verify_compliance", complied_on="2026-08-19")
    desk.at(8, 21).do(CLERK, "order.acknowledge", instrument_no="2026-60")
    assert the_order(town).acknowledgment_no == "2026-60"


@pytest.mark.usefixtures("ordered")
def test_an_order_is_vacated_by_the_tribunal(on_case: On, case: int, town: sa.Connection) -> None:
    on_case(case).at(8, 13).do(JUDGE, "order.vacate", reason="Entered in error")
    assert the_order(town).status == "vacated"


@pytest.mark.usefixtures("ordered")
def test_an_order_is_set_aside_by_a_court(on_case: On, case: int, town: sa.Connection) -> None:
    desk = on_case(case).at(8, 20)
    ahead = desk.send(CLERK, "order.set_aside", paper_no="doc. 4", signed_on="2027-01-01")
    assert 'id="signed_on-error"' in ahead.text
    desk.do(CLERK, "order.set_aside", paper_no="doc. 4")
    assert the_order(town).status == "vacated"
