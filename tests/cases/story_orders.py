"""Do what a story says from the hearing on: orders, fines, courts, liens, the town's own work."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from desk import CLERK, MANAGER, OFFICER, RESPONDENT
from played import HEARD, MAGISTRATE
from story_telling import Tale, tells

from cases import abating, appealing, citing, hearings, imposing, liens, orders, violations
from cases.abatement_costs import CostLine
from cases.abating import AbatementAuthority, Work
from cases.adopted import law_of_case
from cases.deadlines import Answer
from cases.hearings import Outcome
from cases.inspections import Entry
from cases.instruments import Recording
from cases.models import Abatement, Appeal, EnforcementOrder
from cases.ordered import Ordered
from cases.papers import CourtPaper
from cases.recording import record_order


@tells("the hearing is opened with {sitting:count} sitting")
def opened(tale: Tale, sitting: int) -> None:
    hearings.open_hearing(
        tale.town, hearing_id=tale.ids["the hearing"], members_sitting=sitting,
        **tale.by(MAGISTRATE),
    )  # fmt: skip


@tells("a violation is found: {findings:words}")
def decided(tale: Tale, findings: str) -> None:
    hearings.decide(
        tale.town, hearing_id=tale.ids["the hearing"], outcome=Outcome.VIOLATION,
        findings=findings, sworn=True, minutes=HEARD, **tale.by(MAGISTRATE),
    )  # fmt: skip


@tells("{citation} is upheld")
def upheld(tale: Tale, citation: str) -> None:
    citing.uphold(tale.town, citation_id=tale.ids[citation], **tale.by(MAGISTRATE))


@tells(
    "it is ordered to be corrected by {by:day}, or {daily:money} a day, with {costs:money} of costs"
)
def ordered(tale: Tale, by: date, daily: int, costs: int) -> None:
    _enter(tale, Ordered(comply_by=by, cents_per_day=daily, costs_cents=costs))


@tells("it is ordered, of a homestead, to be corrected by {by:day}, or {daily:money} a day")
def ordered_of_a_homestead(tale: Tale, by: date, daily: int) -> None:
    _enter(tale, Ordered(comply_by=by, cents_per_day=daily), homestead=True)


def _enter(tale: Tale, said: Ordered, **of: Any) -> None:
    made = orders.enter(
        tale.town, hearing_id=tale.ids["the hearing"], ordered=said,
        violation_id=tale.violation_of(tale.heard), **of, **tale.by(MAGISTRATE),
    )  # fmt: skip
    tale.put("the order", EnforcementOrder, made)


@tells("the clerk sends the order to the owner")
def sent(tale: Tale) -> None:
    orders.send(
        tale.town, order_id=tale.ids["the order"],
        respondent_id=tale.owner_of(tale.case_of("the order")), **tale.by(CLERK),
    )  # fmt: skip


@tells("the owner appeals the order to the {court}")
def appealed(tale: Tale, court: str) -> None:
    law = law_of_case(tale.town, tale.case_of("the order"))
    assert court == law.appeal.court
    made = appealing.file(
        tale.town, order_id=tale.ids["the order"], answer=Answer(received_on=tale.moment.on),
        court_case_no="26-0117", **tale.by(RESPONDENT),
    )  # fmt: skip
    tale.put("the appeal", Appeal, made)


@tells("the court affirms the order")
def affirmed(tale: Tale) -> None:
    paper = CourtPaper(number="Judgment in 26-0117", signed_on=tale.moment.on)
    appealing.affirm(tale.town, appeal_id=tale.ids["the appeal"], paper=paper, **tale.by(CLERK))


@tells("the officer swears that the order is not met")
def sworn(tale: Tale) -> None:
    orders.file_affidavit(
        tale.town, order_id=tale.ids["the order"],
        inspection_id=tale.look_in(tale.case_of("the order")), **tale.by(OFFICER),
    )  # fmt: skip


@tells("the fine of the order is certified")
def certified(tale: Tale) -> None:
    imposing.certify(tale.town, order_id=tale.ids["the order"], **tale.by(MAGISTRATE))


@tells("the order is recorded in the public records")
def recorded(tale: Tale) -> None:
    record_order(
        tale.town, order_id=tale.ids["the order"], recording=_stamped(tale), **tale.by(CLERK)
    )


@tells("the order is recorded as a lien")
def bound(tale: Tale) -> None:
    liens.record_lien(
        tale.town, order_id=tale.ids["the order"], recording=_stamped(tale), **tale.by(CLERK)
    )


def _stamped(tale: Tale) -> Recording:
    return Recording(instrument_no="2026-101187", recorded_on=tale.moment.on)


@tells("the officer finds that {part} was corrected and the order met on {met_on:day}")
def met(tale: Tale, part: str, met_on: date) -> None:
    look = tale.look_in(tale.case_of(part))
    violations.find_corrected(
        tale.town, violation_id=tale.ids[part], inspection_id=look, **tale.by(OFFICER)
    )
    orders.verify_compliance(
        tale.town, order_id=tale.ids["the order"], inspection_id=look, complied_on=met_on,
        **tale.by(OFFICER),
    )  # fmt: skip


@tells("the clerk satisfies the order")
def satisfied(tale: Tale) -> None:
    imposing.satisfy(tale.town, order_id=tale.ids["the order"], **tale.by(CLERK))


@tells("the manager has the work on {part} done by {authority}")
def authorized(tale: Tale, part: str, authority: str) -> None:
    by = {
        "its notice": AbatementAuthority.NOTICE,
        "the earlier notice": AbatementAuthority.EARLIER_NOTICE,
    }
    made = abating.authorize(
        tale.town, violation_id=tale.ids[part], authority=by[authority],
        reason="It stands as it was", **tale.by(MANAGER),
    )  # fmt: skip
    tale.put(f"the work on {part}", Abatement, made)


@tells("{who} is sent to do {work}, {consenting} consenting")
def sent_out(tale: Tale, who: str, work: str, consenting: str) -> None:
    abating.order_work(
        tale.town, abatement_id=tale.ids[work], contractor=who, entry=Entry.CONSENT,
        entry_detail=consenting, **tale.by(OFFICER),
    )  # fmt: skip


@tells("{work} is done")
def worked(tale: Tale, work: str) -> None:
    done = Work(done_on=tale.moment.on, photos_before=["0b" * 32], photos_after=["af" * 32])
    abating.complete(tale.town, abatement_id=tale.ids[work], work=done, **tale.by(OFFICER))


@tells("{work} is billed: {first:money} for {one} and {second:money} for {other}")
def billed(tale: Tale, work: str, first: int, one: str, second: int, other: str) -> None:
    lines = [CostLine(what=one, cents=first), CostLine(what=other, cents=second)]
    abating.invoice(tale.town, abatement_id=tale.ids[work], costs=lines, **tale.by(CLERK))


@tells("the cost of {work} is certified to the tax list")
def on_the_tax_list(tale: Tale, work: str) -> None:
    abating.certify(tale.town, abatement_id=tale.ids[work], **tale.by(CLERK))


@tells("the clerk ends {work}, which is paid")
def work_settled(tale: Tale, work: str) -> None:
    abating.settle(tale.town, abatement_id=tale.ids[work], **tale.by(CLERK))


@tells("by the roll the lot {lot} is the homestead of {owner}")
def is_homestead(tale: Tale, lot: str, owner: str) -> None:
    tale.town.execute(_ON_THE_ROLL, {"lot": lot, "owner": owner})


_ON_THE_ROLL = sa.text("""
    INSERT INTO lotline.ownership (parcel_id, owner_name, mail_line, mail_city, mail_state,
        mail_zip, homestead, import_run_id, source_row)
    SELECT id, :owner, '9 BIRCH AVE', 'ALDER', 'TX', '75001', true,
        (SELECT max(id) FROM lotline.import_run), 1
    FROM lotline.parcel WHERE parcel_no = :lot
""")
