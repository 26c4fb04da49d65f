"""Act the town's web page from a resident's report to the two ways to answer a citation.

Each function is a sentence of the page and says in its docstring what the page promises.
"""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from desk import CLERK, OFFICER, RESIDENT, RESPONDENT, day
from played import CLEAR
from reported import FERRER, GRASS, complaint, received
from seed_two_play import AGAIN, FENCE, FROM_STREET, GRASS_SECTION, JUNK, Play

from cases import (
    cashier,
    citing,
    extensions,
    further_days,
    hearings,
    inspections,
    notices,
    opening,
    violations,
    waiving,
)
from cases.advancing import GuardError
from cases.deadlines import Answer
from cases.hearings import About
from cases.intake import accept, dismiss
from cases.ledger.reading import owed
from cases.minutes import RepresentationError, Representative
from cases.models import (
    Case,
    Citation,
    Complaint,
    Extension,
    Hearing,
    Inspection,
    Notice,
    Violation,
)
from cases.notice_words import NoticeKind
from cases.reporters import Identity
from cases.screening import Channel
from cases.service.attempts import Attempt, MailTo, Method

NOBODY = Identity()
NEPHEW = Representative(
    name="A. Lane", authorized_on=date(2026, 8, 4), signed_by="P. Lane",
    document="letter of August 4, 2026",
)  # fmt: skip


def a_resident_alerts_the_town_by_phone_by_email_or_online(play: Play) -> None:
    """A case begins when a resident reports by telephone, by e-mail or online."""
    first = day(6, 1)
    asked = {"law": play.law, "moment": first}
    play.ids["call"] = received(play.town, **asked)
    mail = replace(GRASS, channel=Channel.EMAIL, category="Trash and debris", description="Junk")
    neighbour = replace(FERRER, name="Wade Pruitt", address="103 Alder St")
    play.ids["mail"] = received(play.town, report=mail, reporter=neighbour, **asked)
    form = replace(GRASS, channel=Channel.WEB, category="Fence in disrepair")
    play.ids["form"] = received(play.town, report=form, reporter=NOBODY, actor=RESIDENT, **asked)
    query = sa.select(Complaint.channel, Complaint.status).order_by(Complaint.id)
    assert [tuple(row) for row in play.town.execute(query)] == [
        ("phone", "received"), ("email", "received"), ("web", "received"),
    ]  # fmt: skip


def complaints_from_identifiable_sources_are_looked_into(play: Play) -> None:
    """Only a complaint whose maker can be identified is (s. 162.06(1)(b))."""
    moment = day(6, 1)
    with pytest.raises(GuardError, match="the town's rule on anonymity"):
        accept(play.town, complaint_id=play.ids["form"], actor=OFFICER, moment=moment)
    dismiss(
        play.town, complaint_id=play.ids["form"], reason="Nobody is named", actor=OFFICER,
        moment=moment,
    )  # fmt: skip
    play.ids["case"] = accept(
        play.town, complaint_id=play.ids["call"], actor=OFFICER, moment=moment
    )
    accept(
        play.town, complaint_id=play.ids["mail"], case_id=play.ids["case"], actor=OFFICER,
        moment=moment,
    )  # fmt: skip
    case = play.row(Case, "case")
    assert (case.number, case.phase, case.published) == ("CE-2026-00001", "reported", False)
    assert [complaint(play.town, play.ids[each]).status for each in ("call", "mail", "form")] == [
        "accepted", "accepted", "dismissed",
    ]  # fmt: skip
    assert play.last()[0] == "complaint_accepted"


def an_officer_inspects_and_verifies(play: Play) -> None:
    """The officer inspects; if there is a violation the officer goes on."""
    inspections.make(
        play.town, case_id=play.ids["case"], visit=FROM_STREET, actor=OFFICER, moment=day(6, 2)
    )
    rows = play.town.execute(sa.select(Violation.__table__).order_by(Violation.id)).all()
    assert [(row.section, row.status, row.verified_by) for row in rows] == [
        (section, "open", "M. Rivera") for section in (GRASS_SECTION, JUNK, FENCE)
    ]
    play.ids |= dict(zip(("grass", "junk", "fence"), (row.id for row in rows), strict=True))
    assert play.last()[0] == "violation_verified"
    # Anybody may see where the case stands, now that something in it is verified.
    assert (play.row(Case, "case").phase, play.row(Case, "case").published) == ("open", True)


def a_warning_is_handed_over_or_mailed_to_the_owner(play: Play) -> None:
    """The warning says what is violated and how many days there are to correct it."""
    moment, law = day(6, 3), play.town
    play.ids["owner"] = opening.name_respondent(
        law, case_id=play.ids["case"], kind=opening.RespondentKind.OWNER, name="P. Lane",
        address="9 Birch Ave", actor=OFFICER, moment=moment,
    )  # fmt: skip
    play.ids["warning"] = notices.draft(
        law, case_id=play.ids["case"], kind=NoticeKind.WARNING, respondent_id=play.ids["owner"],
        violation_ids=[play.ids[each] for each in ("grass", "junk", "fence")], actor=OFFICER,
        moment=moment,
    )  # fmt: skip
    notices.issue(law, notice_id=play.ids["warning"], actor=OFFICER, moment=moment)
    with pytest.raises(GuardError, match="service is proved"):
        notices.confirm_service(law, notice_id=play.ids["warning"], actor=CLERK, moment=moment)
    mailed = Attempt(
        method=Method.FIRST_CLASS_MAIL, made_on=moment.on, mailed_to=MailTo.TAX_COLLECTOR
    )
    notices.record_attempt(
        law, notice_id=play.ids["warning"], attempt=mailed, actor=CLERK, moment=moment
    )
    notices.confirm_service(law, notice_id=play.ids["warning"], actor=CLERK, moment=moment)
    notice = play.row(Notice, "warning")
    assert (notice.status, notice.served_on, notice.served_by) == (
        "served", date(2026, 6, 3), "first_class_mail",
    )  # fmt: skip
    assert [each["days"] for each in notice.content["violations"]] == [10, 7, 30]
    # Grass: 3 June and 10 days are Saturday the 13th, so Monday the 15th. Junk: 7 days, the 10th.
    # Fence: 30 days are Friday 3 July, on which Independence Day is kept, so Monday the 6th.
    due = [play.row(Violation, each).comply_by for each in ("grass", "junk", "fence")]
    assert due == [date(2026, 6, 15), date(2026, 6, 10), date(2026, 7, 6)]
    assert play.row(Case, "case").next_due == date(2026, 6, 10)
    assert play.last()[0] == "notice_served"


def more_time_may_be_asked_for_but_not_for_grass(play: Play) -> None:
    """Progress may earn more time; it is not guaranteed, and grass, pools and ruins get none."""
    asked: dict[str, Any] = {
        "until": date(2026, 7, 20), "answer": Answer(received_on=date(2026, 6, 8)),
        "actor": RESPONDENT, "moment": day(6, 8),
    }  # fmt: skip
    with pytest.raises(GuardError, match="the provision allows more time"):
        extensions.request(
            play.town, violation_id=play.ids["grass"], because="The mower is broken", **asked
        )
    play.ids["extension"] = extensions.request(
        play.town, violation_id=play.ids["fence"],
        because="The posts are bought, and the contract with the builder is attached", **asked,
    )  # fmt: skip
    assert play.row(Violation, "fence").comply_by == date(2026, 7, 6)
    extensions.grant(
        play.town, extension_id=play.ids["extension"], until=date(2026, 7, 20),
        reason="The contract was shown", actor=OFFICER, moment=day(6, 9),
    )  # fmt: skip
    assert (play.row(Extension, "extension").status, play.row(Violation, "fence").comply_by) == (
        "granted", date(2026, 7, 20),
    )  # fmt: skip
    kind, details = play.last()
    assert (kind, details["before"], details["until"]) == (
        "extension_granted", "2026-07-06", "2026-07-20",
    )  # fmt: skip


def a_reinspection_tells_whether_it_is_corrected(play: Play) -> None:
    """After the deadline the property is inspected again."""
    play.ids["visit"] = inspections.book(
        play.town, case_id=play.ids["case"], at=datetime(2026, 6, 16, 14, tzinfo=UTC),
        actor=OFFICER, moment=day(6, 9),
    )  # fmt: skip
    assert play.row(Inspection, "visit").status == "booked"
    inspections.keep(
        play.town, inspection_id=play.ids["visit"], visit=AGAIN, actor=OFFICER, moment=day(6, 16)
    )
    for each in ("grass", "junk"):
        violations.find_standing(
            play.town, violation_id=play.ids[each], inspection_id=play.ids["visit"],
            actor=OFFICER, moment=day(6, 16),
        )  # fmt: skip
    assert (play.row(Inspection, "visit").status, play.last()[0]) == ("made", "violation_standing")


def not_corrected_in_time_it_becomes_a_citation(play: Play) -> None:
    """The citation brings a civil penalty and a new deadline."""
    with pytest.raises(GuardError, match="the deadline has passed"):
        play.cite("too early", "fence", 7_500, day(6, 17), day(6, 17))
    play.cite("citation of grass", "grass", 10_000, day(6, 17), day(6, 17))
    row = play.row(Citation, "citation of grass")
    # 20 days after 17 June: 13 are left in June, and 7 July is a Tuesday.
    assert (row.status, row.answer_by) == ("served", date(2026, 7, 7))
    assert owed(play.town, play.ids["case"]) == {"penalty": 10_000}
    assert play.told("citation_served")["answer_by"] == "2026-07-07"
    assert play.row(Case, "case").phase == "cited"


def one_way_is_to_correct_and_pay_by_the_deadline(play: Play) -> None:
    """Whoever corrects the violation and pays the penalty by the deadline has done with it."""
    town, moment = play.town, day(6, 26)
    cashier.receive_payment(
        town, case_id=play.ids["case"], cents=10_000, method=cashier.Method.CHEQUE,
        reference="1182", key="grass", actor=CLERK, moment=moment,
    )  # fmt: skip
    citation = play.ids["citation of grass"]
    with pytest.raises(GuardError, match="the violation is corrected"):
        citing.settle(town, citation_id=citation, actor=CLERK, moment=moment)
    violations.find_corrected(
        town, violation_id=play.ids["grass"], inspection_id=play.look(moment), actor=OFFICER,
        moment=moment,
    )  # fmt: skip
    citing.settle(town, citation_id=citation, actor=CLERK, moment=moment)
    assert play.row(Citation, "citation of grass").status == "settled"
    assert (owed(town, play.ids["case"]), play.last()[0]) == ({"penalty": 0}, "citation_settled")


def doing_neither_waives_the_hearing_and_admits_the_violation(play: Play) -> None:
    """Silence to the deadline is a waiver and an admission, once a person has confirmed it."""
    play.cite("citation of junk", "junk", 10_000, day(6, 29), day(6, 30))
    # 20 days after 30 June are 20 July, a Monday.
    assert play.row(Citation, "citation of junk").answer_by == date(2026, 7, 20)
    citation = play.ids["citation of junk"]
    asked: dict[str, Any] = {"citation_id": citation, "actor": CLERK}
    early = replace(CLEAR, checked_on=date(2026, 7, 20))
    with pytest.raises(GuardError, match="the deadline has passed"):
        waiving.confirm_waiver(play.town, check=early, moment=day(7, 20), **asked)
    with pytest.raises(GuardError, match="military-service"):
        waiving.confirm_waiver(play.town, check=None, moment=day(7, 22), **asked)
    check = replace(CLEAR, checked_on=date(2026, 7, 22))
    waiving.confirm_waiver(play.town, check=check, moment=day(7, 22), **asked)
    row = play.row(Citation, "citation of junk")
    assert (row.status, row.waived_by, row.waived_on) == (
        "admitted", "J. Okafor", date(2026, 7, 22),
    )  # fmt: skip
    assert play.last()[0] == "hearing_waived"


def each_further_day_costs_the_same_again(play: Play) -> None:
    """No new notice is needed for a day more; a person imposes what has come due."""
    town, citation = play.town, play.ids["citation of junk"]
    # 21 to 24 July are 4 days at $100, potential until the clerk imposes them.
    told = further_days.reckon(town, citation, as_of=date(2026, 7, 24))
    assert (told.total_cents, told.label) == (40_000, "potential, not imposed")
    assert owed(town, play.ids["case"]) == {"penalty": 10_000}
    further_days.impose(town, citation_id=citation, actor=CLERK, moment=day(7, 24))
    assert play.told("continuing_imposed")["days"] == 4
    violations.find_corrected(
        town, violation_id=play.ids["junk"], inspection_id=play.look(day(7, 27)), actor=OFFICER,
        moment=day(7, 27),
    )  # fmt: skip
    # Gone on the 27th, a day not counted: the 25th and 26th come on top.
    further_days.impose(town, citation_id=citation, actor=CLERK, moment=day(7, 28))
    assert further_days.imposed(town, citation) == 60_000
    assert owed(town, play.ids["case"]) == {"penalty": 70_000}
    assert play.last() == ("charged", play.last()[1] | {"cents": 20_000})


def the_other_way_is_to_ask_for_a_hearing_by_the_deadline(play: Play) -> None:
    """The form comes in by the citation's deadline; late, it is not taken."""
    town = play.town
    violations.find_standing(
        town, violation_id=play.ids["fence"], inspection_id=play.look(day(7, 28)), actor=OFFICER,
        moment=day(7, 28),
    )  # fmt: skip
    play.cite("citation of fence", "fence", 7_500, day(7, 28), day(7, 29))
    # 20 days after 29 July are 18 August, a Tuesday.
    assert play.row(Citation, "citation of fence").answer_by == date(2026, 8, 18)
    asked: dict[str, Any] = {"citation_id": play.ids["citation of fence"], "actor": RESPONDENT}
    late = Answer(received_on=date(2026, 8, 19), postmarked_on=date(2026, 8, 17))
    with pytest.raises(GuardError, match="within the time the law gives"):
        citing.request_hearing(town, answer=late, moment=day(8, 19), **asked)
    form = Answer(received_on=date(2026, 8, 5), postmarked_on=date(2026, 8, 3))
    citing.request_hearing(town, answer=form, moment=day(8, 5), **asked)
    row = play.row(Citation, "citation of fence")
    assert (row.status, row.contested_on) == ("contested", date(2026, 8, 5))
    assert (play.row(Case, "case").phase, play.last()[0]) == ("hearing", "citation_contested")


def the_owner_may_authorize_somebody_in_writing_to_speak(play: Play) -> None:
    """Whoever speaks for the owner has the owner's writing, which is there beforehand."""
    asked: dict[str, Any] = {
        "case_id": play.ids["case"], "about": About.CITATION,
        "citation_id": play.ids["citation of fence"], "actor": RESPONDENT, "moment": day(8, 5),
    }  # fmt: skip
    to_come = replace(NEPHEW, authorized_on=date(2026, 8, 6))
    with pytest.raises(RepresentationError, match="once the writing is there"):
        hearings.request(play.town, representative=to_come, **asked)
    play.ids["hearing"] = hearings.request(play.town, representative=NEPHEW, **asked)
    row = play.row(Hearing, "hearing")
    assert (row.status, row.representative, row.representative_document) == (
        "requested", "A. Lane", "letter of August 4, 2026",
    )  # fmt: skip
    assert play.last()[1]["representative"] == "A. Lane"
