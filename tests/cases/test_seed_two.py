"""The process as a town's web page tells it to residents, sentence by sentence, in one case.

The case is one lot with tall grass, junk and a leaning fence, so that one violation each goes the
three ways the page knows: paid and corrected, admitted by silence, heard and ordered. Each step is
a sentence of the page; those before the hearing stand in `seed_two_answers`. Every date and amount
is counted by hand beside its assertion.
"""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from desk import CLERK, OFFICER, day
from played import AT, MAGISTRATE, a_sitting
from reported import GRASS, received
from seed_two_answers import (
    a_reinspection_tells_whether_it_is_corrected,
    a_resident_alerts_the_town_by_phone_by_email_or_online,
    a_warning_is_handed_over_or_mailed_to_the_owner,
    an_officer_inspects_and_verifies,
    complaints_from_identifiable_sources_are_looked_into,
    doing_neither_waives_the_hearing_and_admits_the_violation,
    each_further_day_costs_the_same_again,
    more_time_may_be_asked_for_but_not_for_grass,
    not_corrected_in_time_it_becomes_a_citation,
    one_way_is_to_correct_and_pay_by_the_deadline,
    the_other_way_is_to_ask_for_a_hearing_by_the_deadline,
    the_owner_may_authorize_somebody_in_writing_to_speak,
)
from seed_two_play import Play

from cases import (
    cashier,
    citing,
    further_days,
    hearings,
    imposing,
    liens,
    notices,
    opening,
    orders,
    violations,
)
from cases.accruing import bring_case_up_to
from cases.advancing import GuardError
from cases.answering import Told, close_complaint
from cases.hearings import Outcome
from cases.history import faults
from cases.instruments import Recording
from cases.intake import accept
from cases.lawpack.reading import DEFAULT, read_pack
from cases.ledger.reading import owed
from cases.minutes import Appeared, Exhibit, Minutes, OfferedBy
from cases.models import Case, Citation, EnforcementOrder, Hearing, Lien, Notice, Violation
from cases.notice_words import NoticeKind
from cases.ordered import fine_of
from cases.reporters import Identity
from cases.screening import Channel
from cases.service.attempts import Attempt, MailTo, Method
from cases.statements import payoff_of_lien
from cases.story import whole

APPROVED = Path(__file__).with_name("seed_two_story.txt")

HEARD = Minutes(
    appeared=Appeared.REPRESENTATIVE,
    text="M. Rivera testified; A. Lane said that the builder is late.",
    exhibits=(
        Exhibit(what="Photograph of July 28, 2026", offered_by=OfferedBy.TOWN),
        Exhibit(what="Contract with the builder", offered_by=OfferedBy.RESPONDENT),
    ),
)
ORDERED = orders.Ordered(comply_by=date(2026, 10, 8), cents_per_day=15_000, costs_cents=25_000)


def the_special_magistrate_hears_the_owner(play: Play) -> None:
    """The respondent is told of the hearing and may speak there, or somebody authorized."""
    town, moment = play.town, day(8, 6)
    proof = notices.service_of(
        town, play.row(Citation, "citation of fence").notice_id, on=moment.on
    ).proof
    sitting = a_sitting(town, held_on=date(2026, 9, 8))
    place = hearings.docket(
        town, hearing_id=play.ids["hearing"], session_id=sitting, proof=proof, actor=CLERK,
        moment=moment,
    )  # fmt: skip
    assert (place, play.last()[0]) == (1, "hearing_docketed")
    play.ids["summons"] = notices.draft(
        town, case_id=play.ids["case"], kind=NoticeKind.NOTICE_OF_HEARING,
        respondent_id=play.ids["owner"], violation_ids=[play.ids["fence"]],
        says={"held_on": "2026-09-08"}, actor=CLERK, moment=moment,
    )  # fmt: skip
    notices.issue(town, notice_id=play.ids["summons"], actor=CLERK, moment=moment)
    attempt = notices.record_attempt(
        town, notice_id=play.ids["summons"], actor=CLERK, moment=moment,
        attempt=Attempt(
            method=Method.CERTIFIED_MAIL, made_on=moment.on, mailed_to=MailTo.TAX_COLLECTOR
        ),
    )  # fmt: skip
    notices.complete_attempt(
        town, attempt_id=attempt, signed_on=date(2026, 8, 10), actor=CLERK, moment=day(8, 12)
    )
    notices.confirm_service(town, notice_id=play.ids["summons"], actor=CLERK, moment=day(8, 12))
    assert play.row(Notice, "summons").served_on == date(2026, 8, 10)
    hearings.open_hearing(
        town, hearing_id=play.ids["hearing"], members_sitting=1, actor=MAGISTRATE,
        moment=day(9, 8),
    )  # fmt: skip
    hearings.decide(
        town, hearing_id=play.ids["hearing"], outcome=Outcome.VIOLATION,
        findings="The fence leans over the sidewalk, as it did in June", sworn=True, minutes=HEARD,
        actor=MAGISTRATE, moment=day(9, 8),
    )  # fmt: skip
    row = play.row(Hearing, "hearing")
    assert (row.status, row.outcome, row.appeared) == ("decided", "violation", "representative")


def the_magistrate_may_levy_daily_fines(play: Play) -> None:
    """The order says by when to comply and what each day after costs."""
    town = play.town
    citing.uphold(
        town, citation_id=play.ids["citation of fence"], actor=MAGISTRATE, moment=day(9, 8)
    )
    # From 19 August on $75 a day, at most 19 times: $1,425 by 6 September, and nobody imposes it.
    further = further_days.reckon(town, play.ids["citation of fence"], as_of=date(2026, 9, 8))
    assert (further.total_cents, further.label) == (142_500, "potential, not imposed")
    play.ids["order"] = orders.enter(
        town, hearing_id=play.ids["hearing"], violation_id=play.ids["fence"], ordered=ORDERED,
        actor=MAGISTRATE, moment=day(9, 8),
    )  # fmt: skip
    # Owed: $700 for the junk, $75 for the fence, and the $250 of costs.
    assert owed(town, play.ids["case"]) == {"penalty": 77_500, "cost": 25_000}
    notice = orders.send(
        town, order_id=play.ids["order"], respondent_id=play.ids["owner"], actor=CLERK,
        moment=day(9, 9),
    )  # fmt: skip
    play.hand_over(notice, day(9, 9))
    orders.confirm_service(town, order_id=play.ids["order"], actor=CLERK, moment=day(9, 9))
    assert play.row(Case, "case").phase == "ordered"
    orders.file_affidavit(
        town, order_id=play.ids["order"], inspection_id=play.look(day(10, 9)), actor=OFFICER,
        moment=day(10, 9),
    )  # fmt: skip
    # 20 days after 9 October are the 29th, a Thursday.
    assert play.row(EnforcementOrder, "order").contest_by == date(2026, 10, 29)
    # 9 to 29 October are 21 days at $150.
    potential = fine_of(town, play.ids["order"], as_of=date(2026, 10, 29))
    assert (potential.total_cents, potential.label) == (315_000, "potential, not imposed")
    with pytest.raises(GuardError, match="the time to contest"):
        imposing.certify(town, order_id=play.ids["order"], actor=MAGISTRATE, moment=day(10, 29))
    fined = imposing.certify(town, order_id=play.ids["order"], actor=MAGISTRATE, moment=day(10, 30))
    assert (fined.total_cents, fined.per_diem_cents, fined.label) == (330_000, 15_000, "imposed")
    assert play.told("fine_certified")["cents"] == 330_000


def unpaid_fines_and_costs_become_a_lien(play: Play) -> None:
    """If daily fines and costs are not paid, the town places a lien on the property."""
    play.ids["lien"] = liens.record_lien(
        play.town, order_id=play.ids["order"], actor=CLERK, moment=day(11, 5),
        recording=Recording(
            instrument_no="2026101187", recorded_on=date(2026, 11, 4), book="4377", page="12"
        ),
    )  # fmt: skip
    row = play.row(Lien, "lien")
    # 9 October to 4 November are 27 days at $150, $4,050, and $250 of costs.
    assert (row.status, row.amount_cents) == ("recorded", 430_000)
    assert (play.row(Case, "case").phase, play.told("lien_recorded")["book"]) == ("lien", "4377")


def a_payoff_says_what_it_takes_to_the_day(play: Play) -> None:
    """Fines run on until compliance, and whoever asks is told to the day what pays all of it."""
    asked = payoff_of_lien(
        play.town, play.ids["lien"], good_through=date(2026, 11, 20), today=date(2026, 11, 12)
    )
    # 9 October to 20 November are 43 days at $150, $6,450; with $250, $700 and $75: $7,475.
    assert (asked.total_cents, asked.per_diem_cents) == (747_500, 15_000)
    look = play.look(day(11, 18))
    violations.find_corrected(
        play.town, violation_id=play.ids["fence"], inspection_id=look, actor=OFFICER,
        moment=day(11, 18),
    )  # fmt: skip
    orders.verify_compliance(
        play.town, order_id=play.ids["order"], inspection_id=look,
        complied_on=date(2026, 11, 16), actor=OFFICER, moment=day(11, 18),
    )  # fmt: skip
    # Mended on 16 November, a day not counted: 9 October to 15 November are 38 days, $5,700.
    assert fine_of(play.town, play.ids["order"], as_of=date(2026, 12, 31)).total_cents == 570_000
    ended = payoff_of_lien(
        play.town, play.ids["lien"], good_through=date(2026, 11, 20), today=date(2026, 11, 18)
    )
    assert (ended.total_cents, ended.per_diem_cents) == (672_500, 0)


def once_paid_it_is_satisfied_and_the_case_closed(play: Play) -> None:
    """Paid and corrected, the lien is satisfied, the case closed and whoever reported told."""
    town, moment = play.town, day(11, 20)
    with pytest.raises(GuardError, match="nothing is owed"):
        liens.satisfy(town, lien_id=play.ids["lien"], actor=CLERK, moment=moment)
    cashier.receive_payment(
        town, case_id=play.ids["case"], cents=672_500, method=cashier.Method.CHEQUE,
        reference="cashier's check 77021", key="payoff", actor=CLERK, moment=moment,
    )  # fmt: skip
    bring_case_up_to(town, play.ids["case"], actor=CLERK, moment=moment)
    assert owed(town, play.ids["case"]) == {"penalty": 0, "cost": 0}
    imposing.satisfy(town, order_id=play.ids["order"], actor=CLERK, moment=moment)
    liens.satisfy(
        town, lien_id=play.ids["lien"], instrument_no="2026106644", actor=CLERK, moment=moment
    )
    for each in ("citation of junk", "citation of fence"):
        citing.settle(town, citation_id=play.ids[each], actor=CLERK, moment=moment)
    row = play.row(Lien, "lien")
    assert (row.status, row.satisfied_on, row.end_instrument_no) == (
        "satisfied", moment.on, "2026106644",
    )  # fmt: skip
    opening.close_case(
        town, case_id=play.ids["case"], reason="All corrected and paid", actor=CLERK,
        moment=moment,
    )  # fmt: skip
    assert (play.row(Case, "case").phase, play.last()[0]) == ("complied", "case_closed")
    assert {play.row(Violation, each).status for each in ("grass", "junk", "fence")} == {
        "corrected"
    }
    for each in ("call", "mail"):
        close_complaint(
            town, complaint_id=play.ids[each], told=Told.EMAIL, told_on=moment.on, actor=CLERK,
            moment=moment,
        )  # fmt: skip


PAGE = (
    a_resident_alerts_the_town_by_phone_by_email_or_online,
    complaints_from_identifiable_sources_are_looked_into,
    an_officer_inspects_and_verifies,
    a_warning_is_handed_over_or_mailed_to_the_owner,
    more_time_may_be_asked_for_but_not_for_grass,
    a_reinspection_tells_whether_it_is_corrected,
    not_corrected_in_time_it_becomes_a_citation,
    one_way_is_to_correct_and_pay_by_the_deadline,
    doing_neither_waives_the_hearing_and_admits_the_violation,
    each_further_day_costs_the_same_again,
    the_other_way_is_to_ask_for_a_hearing_by_the_deadline,
    the_owner_may_authorize_somebody_in_writing_to_speak,
    the_special_magistrate_hears_the_owner,
    the_magistrate_may_levy_daily_fines,
    unpaid_fines_and_costs_become_a_lien,
    a_payoff_says_what_it_takes_to_the_day,
    once_paid_it_is_satisfied_and_the_case_closed,
)


def test_a_case_goes_as_the_towns_page_says_and_its_story_reads_so(
    town: sa.Connection, law: int
) -> None:
    play = Play(town, law)
    for sentence in PAGE:
        sentence(play)
    assert list(faults(town)) == []
    number = play.row(Case, "case").number
    assert "\n".join(whole(town, number)) == APPROVED.read_text(encoding="utf-8").rstrip("\n")


def test_a_case_begins_too_where_an_officer_sees_it_or_a_department_refers_it(
    town: sa.Connection, law: int
) -> None:
    seen = opening.open_case(
        town, category="High grass", place=AT, law_pack_id=law, actor=OFFICER, moment=day(6, 1)
    )
    fire = replace(GRASS, channel=Channel.REFERRAL, description="Seen on a fire inspection")
    marshal = Identity(name="Fire marshal", address="1 Station St", told_public_record=True)
    referred = received(town, law, report=fire, reporter=marshal)
    told = accept(town, complaint_id=referred, actor=OFFICER, moment=day(6, 1))
    numbers = town.scalars(sa.select(Case.number).order_by(Case.id)).all()
    assert (numbers, told != seen) == (["CE-2026-00001", "CE-2026-00002"], True)


def test_stagnant_pools_overgrowth_and_open_structures_are_given_no_more_time() -> None:
    none = {each.section for each in read_pack(DEFAULT).ordinances if not each.extendable}
    assert none == {"303.1", "30-36(a)", "30-36(c)", "108.1.1"}


def test_the_approved_story_reads_as_people_write() -> None:
    head, *lines = APPROVED.read_text(encoding="utf-8").splitlines()
    assert head == "CE-2026-00001  High grass  (complied)"
    for line in lines:
        assert not re.search(r"\d{4}-\d{2}-\d{2}|None|not kept|\.\.|_|[{}]", line), line
        fed = re.fullmatch(
            r"Fed by complaint CP-2026-\d{5}  \(\w+, received June 1, 2026, closed\)", line
        )
        told = re.fullmatch(r"[A-Z]\w+ \d{1,2}, 2026 +[A-Z$].*\.( \[.+\])? - [A-Z][\w. ]+", line)
        assert fed or told, line
