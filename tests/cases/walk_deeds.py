"""Play each deed of a case with what it takes, chosen at random among what is on record."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import count
from random import Random
from typing import Any

import sqlalchemy as sa
from played import AT, ORDER
from walk_state import State

from cases import citing, extensions, hearings, imposing, inspections, notices, orders, violations
from cases.actors import Actor, Moment
from cases.citing import ScraCheck, ScraResult
from cases.deadlines import Answer
from cases.fines.rules import FineKind
from cases.forum import Excused
from cases.hearings import About, Outcome
from cases.inspections import Entry, Finding, Visit
from cases.ledger import charging, paying, returning
from cases.ledger.limits import Authority
from cases.notices import NoticeKind
from cases.opening import (
    RespondentKind,
    close_case,
    name_respondent,
    open_case,
    reopen_case,
    void_case,
)
from cases.ordered import Ordered
from cases.service.attempts import Attempt, MailTo, Method, Place

SECTIONS = ("30-36(a)", "58-203", "22-114", "30-36(b)")
_KEYS = count(1)

type Deed = Callable[[], object]


@dataclass(frozen=True, kw_only=True)
class Turn:
    """Whose turn it is, when, and what there is to take.

    Parameters
    ----------
    part
        The part that is moved; of a deed that makes one, the case it is made in.
    """

    connection: sa.Connection
    state: State
    dice: Random
    law_pack_id: int
    part: sa.Row[Any] | None
    actor: Actor
    moment: Moment
    reason: str

    @property
    def on(self) -> date:
        return self.moment.on

    @property
    def by(self) -> dict[str, Any]:
        return {"actor": self.actor, "moment": self.moment}

    @property
    def case_id(self) -> int:
        assert self.part is not None
        return int(getattr(self.part, "case_id", self.part.id))

    def pick(self, rows: list[Any]) -> Any:
        return self.dice.choice(rows) if rows else None

    def among(self, section: str, *statuses: str) -> list[sa.Row[Any]]:
        rows = [row for row in self.state.parts[section] if row.case_id == self.case_id]
        return [row for row in rows if not statuses or row.status in statuses]

    def somebody(self) -> int | None:
        rows = [r.id for r in self.state.beside["respondent"] if r.case_id == self.case_id]
        return self.pick(rows)

    def ago(self, most: int) -> date:
        return self.on - timedelta(days=self.dice.randint(0, most))

    def ahead(self, least: int, most: int) -> date:
        return self.on + timedelta(days=self.dice.randint(least, most))


def deed(turn: Turn, action: str) -> Deed | None:
    """Return a deed ready to be done; None where the case has nothing to do it with."""
    return DEEDS[action](turn)


def _visit(turn: Turn) -> Visit:
    entry = turn.dice.choice([Entry.VANTAGE, Entry.CONSENT, Entry.WARRANT, Entry.REFUSED])
    most = [0, 0, 0, 1] if turn.among("violation") else [0, 1, 2]
    failed = turn.dice.sample(SECTIONS, turn.dice.choice(most))
    findings = () if entry is Entry.REFUSED else tuple(
        Finding(section=section, item="As it should be", passed=turn.dice.random() < 0.2)
        for section in failed
    )  # fmt: skip
    said = "" if entry is Entry.REFUSED or turn.dice.random() < 0.1 else "from the street"
    return Visit(entry=entry, entry_detail=said, findings=findings)


def _make(turn: Turn) -> Deed:
    if hasattr(turn.part, "booked_for"):
        return partial(
            inspections.keep, turn.connection, inspection_id=turn.part.id, visit=_visit(turn),
            **turn.by,
        )  # fmt: skip
    return partial(
        inspections.make, turn.connection, case_id=turn.case_id, visit=_visit(turn), **turn.by
    )


def _find(command: Callable[..., object]) -> Callable[[Turn], Deed]:
    def ready(turn: Turn) -> Deed:
        made = [row.id for row in turn.among("inspection", "made", "no_access", "booked")]
        look = turn.pick(made) or 0
        return partial(
            command, turn.connection, violation_id=turn.part.id, inspection_id=look, **turn.by
        )

    return ready


def _plain(
    command: Callable[..., object], name: str, *, why: bool = False
) -> Callable[[Turn], Deed]:
    def ready(turn: Turn) -> Deed:
        said = {"reason": turn.reason} if why else {}
        return partial(command, turn.connection, **{name: turn.part.id}, **said, **turn.by)

    return ready


def _draft(turn: Turn) -> Deed | None:
    to = turn.somebody()
    standing = turn.among("violation", "open") if turn.dice.random() < 0.9 else []
    about = [row.id for row in standing or turn.among("violation")]
    if to is None or (not standing and turn.dice.random() < 0.8):
        return None
    waiting = turn.among("hearing", "docketed")
    kind = NoticeKind.NOTICE_OF_HEARING if waiting else NoticeKind.WARNING
    return partial(
        notices.draft, turn.connection, case_id=turn.case_id, kind=kind, respondent_id=to,
        violation_ids=turn.dice.sample(about, min(len(about), turn.dice.choice([0, 1, 2, 2, 2]))),
        **turn.by,
    )  # fmt: skip


def _attempt(turn: Turn) -> Deed:
    tried = [a for a in turn.state.beside["service_attempt"] if a.notice_id == turn.part.id]
    letters = [each for each in tried if each.method == Method.CERTIFIED_MAIL]
    if letters and turn.dice.random() < 0.6:
        letter = turn.dice.choice(letters)
        came = {"signed_on": turn.on} if turn.dice.random() < 0.7 else {"returned_on": turn.on}
        return partial(
            notices.complete_attempt, turn.connection, attempt_id=letter.id, **came, **turn.by
        )
    return partial(
        notices.record_attempt, turn.connection, notice_id=turn.part.id, attempt=_way(turn),
        **turn.by,
    )  # fmt: skip


def _way(turn: Turn) -> Attempt:
    """Bring a notice in one of several ways; some never serve, some not yet."""
    day = turn.on
    sworn = {"affidavit_on": day, "server": "M. R."} if turn.dice.random() < 0.85 else {}
    return turn.dice.choice(
        [
            Attempt(method=Method.FIRST_CLASS_MAIL, made_on=day, mailed_to=MailTo.TAX_COLLECTOR),
            Attempt(method=Method.CERTIFIED_MAIL, made_on=day, mailed_to=MailTo.PROPERTY_APPRAISER),
            Attempt(method=Method.CERTIFIED_MAIL, made_on=day, mailed_to=MailTo.OTHER),
            *[Attempt(method=Method.HAND, made_on=day, **sworn)] * 6,
            *(
                Attempt(method=Method.RESIDENT, made_on=day, resident_age=age, told_contents=True,
                        **sworn)
                for age in (15, 16)
            ),
            Attempt(method=Method.MANAGER, made_on=day, **sworn),
            Attempt(method=Method.POSTING, made_on=day, posted_at=frozenset(Place), **sworn),
            Attempt(method=Method.PUBLICATION, made_on=turn.on - timedelta(days=30),
                    published_weeks=4, **sworn),
        ]
    )  # fmt: skip


def _answer(turn: Turn) -> Answer:
    return Answer(received_on=turn.on, postmarked_on=turn.dice.choice([None, turn.ago(3)]))


def _ask_time(turn: Turn) -> Deed | None:
    about = turn.pick(turn.among("violation"))
    return about and partial(
        extensions.request, turn.connection, violation_id=about.id, answer=_answer(turn),
        because=turn.dice.choice(["Roofer comes on Monday", " "]), until=turn.ahead(5, 40),
        **turn.by,
    )  # fmt: skip


def _grant(turn: Turn) -> Deed:
    violation = turn.state.of("violation", turn.part.violation_id)
    least = max(violation.comply_by or turn.on, turn.on)
    until = least + timedelta(days=turn.dice.choice([0, 1, 10, 30]))
    return partial(
        extensions.grant, turn.connection, extension_id=turn.part.id, until=until,
        reason=turn.reason, **turn.by,
    )  # fmt: skip


def _cite(turn: Turn) -> Deed | None:
    late = [row for row in turn.among("violation", "open") if row.comply_by]
    about, to = turn.pick(late or turn.among("violation")), turn.somebody()
    if about is None or to is None:
        return None
    return partial(
        citing.issue, turn.connection, violation_id=about.id, respondent_id=to,
        penalty_cents=turn.dice.choice([10_000, 25_000, 1_000_000]),
        excused=turn.dice.choice([None, None, Excused.REPEAT]), **turn.by,
    )  # fmt: skip


def _contest_citation(turn: Turn) -> Deed:
    return partial(
        citing.request_hearing, turn.connection, citation_id=turn.part.id, answer=_answer(turn),
        **turn.by,
    )  # fmt: skip


def _waiver(turn: Turn) -> Deed:
    result = turn.dice.choice([*[ScraResult.NOT_IN_SERVICE] * 4, ScraResult.IN_SERVICE])
    check = ScraCheck(checked_on=turn.ago(3), result=result)
    return partial(
        citing.confirm_waiver, turn.connection, citation_id=turn.part.id,
        check=turn.dice.choice([check, check, check, None]), **turn.by,
    )  # fmt: skip


def _ask_hearing(turn: Turn) -> Deed:
    contested = turn.pick(turn.among("citation", "contested"))
    about = turn.dice.choice(list(About))
    if turn.among("order", "contested", "certified"):
        about = turn.dice.choice([About.NONCOMPLIANCE, About.MITIGATION])
    elif contested is not None and turn.dice.random() < 0.7:
        about = About.CITATION
    return partial(
        hearings.request, turn.connection, case_id=turn.case_id, about=about,
        citation_id=contested.id if contested and about is About.CITATION else None, **turn.by,
    )  # fmt: skip


def _docket(turn: Turn) -> Deed:
    """Put it on the docket of one of the next sittings."""
    served = turn.pick(turn.among("notice", "served"))
    sitting = turn.pick(
        [s for s in turn.state.beside["hearing_session"] if s.held_on >= turn.on][:3]
    )
    proof = served and notices.service_of(turn.connection, served.id, on=turn.on).proof
    return partial(
        hearings.docket, turn.connection, hearing_id=turn.part.id, session_id=sitting.id,
        proof=proof, **turn.by,
    )  # fmt: skip


def _open_hearing(turn: Turn) -> Deed:
    return partial(
        hearings.open_hearing, turn.connection, hearing_id=turn.part.id,
        members_sitting=turn.dice.choice([0, 1, 1, 1]), **turn.by,
    )  # fmt: skip


def _decide(turn: Turn) -> Deed:
    return partial(
        hearings.decide, turn.connection, hearing_id=turn.part.id,
        outcome=turn.dice.choice([Outcome.VIOLATION, Outcome.VIOLATION, Outcome.NO_VIOLATION]),
        findings=turn.dice.choice(["Grass of 20 inches", "Grass of 20 inches", ""]),
        sworn=turn.dice.random() < 0.8, **turn.by,
    )  # fmt: skip


def _agree(turn: Turn) -> Deed:
    return partial(
        hearings.agree, turn.connection, hearing_id=turn.part.id, agreement="Mown every two weeks",
        signed_by_respondent=turn.dice.random() < 0.7, **turn.by,
    )  # fmt: skip


def _ordered(turn: Turn) -> Ordered:
    cap = turn.dice.choice([None, None, 300_000])
    if turn.dice.random() < 0.6:
        rate = turn.dice.choice([25_000, 9_999, 25_001])
        by = turn.ahead(1, 20)
        return Ordered(comply_by=by, cents_per_day=rate, total_cap_cents=cap)
    if turn.dice.random() < 0.7:
        return Ordered(
            kind=FineKind.REPEAT, found_on=turn.ago(10), cents_per_day=50_000, total_cap_cents=cap
        )
    return Ordered(kind=FineKind.IRREPARABLE, found_on=turn.ago(10), one_time_cents=500_000)


def _enter(turn: Turn) -> Deed | None:
    heard = turn.pick(turn.among("hearing", "decided") or turn.among("hearing"))
    about = turn.pick(turn.among("violation", "open") or turn.among("violation"))
    if heard is None or about is None:
        return None
    return partial(
        orders.enter, turn.connection, hearing_id=heard.id, violation_id=about.id,
        ordered=_ordered(turn), **turn.by,
    )  # fmt: skip


def _look(turn: Turn) -> int:
    return turn.pick([row.id for row in turn.among("inspection", "made")][-2:]) or 0


def _comply(turn: Turn) -> Deed:
    return partial(
        orders.verify_compliance, turn.connection, order_id=turn.part.id,
        inspection_id=_look(turn), complied_on=turn.ago(15), **turn.by,
    )  # fmt: skip


def _swear(turn: Turn) -> Deed:
    return partial(
        orders.file_affidavit, turn.connection, order_id=turn.part.id, inspection_id=_look(turn),
        **turn.by,
    )  # fmt: skip


def _contest_order(turn: Turn) -> Deed:
    return partial(
        orders.contest, turn.connection, order_id=turn.part.id, answer=_answer(turn), **turn.by
    )


def _reduce(turn: Turn) -> Deed:
    heard = turn.pick([row.id for row in turn.among("hearing", "decided")]) or 0
    return partial(
        imposing.reduce, turn.connection, order_id=turn.part.id, hearing_id=heard,
        to_cents=turn.dice.choice([-1, 0, 1, 50_000]), reason=turn.reason, **turn.by,
    )  # fmt: skip


def _book(turn: Turn) -> Deed:
    return partial(
        inspections.book, turn.connection, case_id=turn.case_id, at=turn.moment.now, **turn.by
    )


def _postpone(turn: Turn) -> Deed:
    return partial(
        inspections.postpone, turn.connection, inspection_id=turn.part.id, at=turn.moment.now,
        **turn.by,
    )  # fmt: skip


def _allege(turn: Turn) -> Deed:
    return partial(
        violations.allege, turn.connection, case_id=turn.case_id,
        section=turn.dice.choice(SECTIONS), **turn.by,
    )  # fmt: skip


def _open(turn: Turn) -> Deed:
    return partial(
        open_case, turn.connection, category="High grass", place=AT,
        law_pack_id=turn.law_pack_id, **turn.by,
    )  # fmt: skip


def _name(turn: Turn) -> Deed:
    return partial(
        name_respondent, turn.connection, case_id=turn.case_id, kind=RespondentKind.OWNER,
        name="P. Lane", address="9 Birch Ave", **turn.by,
    )  # fmt: skip


DEEDS: dict[str, Callable[[Turn], Deed | None]] = {
    "case.open": _open,
    "case.name_respondent": _name,
    "case.close": _plain(close_case, "case_id", why=True),
    "case.reopen": _plain(reopen_case, "case_id", why=True),
    "case.void": _plain(void_case, "case_id", why=True),
    "inspection.book": _book,
    "inspection.confirm": _plain(inspections.confirm, "inspection_id"),
    "inspection.move": _postpone,
    "inspection.make": _make,
    "inspection.find_no_access": _plain(inspections.find_no_access, "inspection_id", why=True),
    "inspection.cancel": _plain(inspections.cancel, "inspection_id", why=True),
    "violation.allege": _allege,
    "violation.verify": _find(violations.verify),
    "violation.find_unfounded": _find(violations.find_unfounded),
    "violation.find_corrected": _find(violations.find_corrected),
    "violation.find_standing": _find(violations.find_standing),
    "violation.transfer": _plain(violations.transfer, "violation_id", why=True),
    "violation.void": _plain(violations.void, "violation_id", why=True),
    "violation.reopen": _plain(violations.reopen, "violation_id", why=True),
    "notice.draft": _draft,
    "notice.discard": _plain(notices.discard, "notice_id"),
    "notice.issue": _plain(notices.issue, "notice_id"),
    "notice.record_attempt": _attempt,
    "notice.confirm_service": _plain(notices.confirm_service, "notice_id"),
    "notice.withdraw": _plain(notices.withdraw, "notice_id", why=True),
    "extension.request": _ask_time,
    "extension.grant": _grant,
    "extension.deny": _plain(extensions.deny, "extension_id", why=True),
    "extension.withdraw": _plain(extensions.withdraw, "extension_id"),
    "citation.issue": _cite,
    "citation.confirm_service": _plain(citing.confirm_service, "citation_id"),
    "citation.request_hearing": _contest_citation,
    "citation.withdraw_request": _plain(citing.withdraw_request, "citation_id"),
    "citation.confirm_waiver": _waiver,
    "citation.vacate_waiver": _plain(citing.vacate_waiver, "citation_id", why=True),
    "citation.uphold": _plain(citing.uphold, "citation_id"),
    "citation.dismiss": _plain(citing.dismiss, "citation_id", why=True),
    "citation.settle": _plain(citing.settle, "citation_id"),
    "citation.void": _plain(citing.void, "citation_id", why=True),
    "hearing.request": _ask_hearing,
    "hearing.docket": _docket,
    "hearing.open": _open_hearing,
    "hearing.continue": _plain(hearings.continue_hearing, "hearing_id", why=True),
    "hearing.decide": _decide,
    "hearing.agree": _agree,
    "hearing.cancel": _plain(hearings.cancel, "hearing_id", why=True),
    "order.enter": _enter,
    "order.confirm_service": _plain(orders.confirm_service, "order_id"),
    "order.verify_compliance": _comply,
    "order.file_affidavit": _swear,
    "order.contest": _contest_order,
    "order.sustain_affidavit": _plain(orders.sustain_affidavit, "order_id", why=True),
    "order.reject_affidavit": _plain(orders.reject_affidavit, "order_id", why=True),
    "order.certify": _plain(imposing.certify, "order_id"),
    "order.reduce": _reduce,
    "order.vacate": _plain(orders.vacate, "order_id", why=True),
}
"""What is done, by the name of its step."""


def _money(turn: Turn) -> dict[str, Any]:
    return {
        "case_id": turn.case_id, "actor": turn.actor.name, "key": f"walk-{next(_KEYS)}",
        "on": turn.on, "now": turn.moment.now,
    }  # fmt: skip


def pay(turn: Turn) -> Deed:
    cents = turn.dice.choice([10_000, 25_000, 3_333])
    return partial(
        paying.pay, turn.connection, cents=cents, method="card", order=ORDER, **_money(turn)
    )


def waive(turn: Turn) -> Deed:
    return partial(
        charging.waive, turn.connection, component="penalty", cents=turn.dice.choice([1, 5_000]),
        authority=Authority("Manager", 20_000), reason="Hardship", **_money(turn),
    )  # fmt: skip


def refund(turn: Turn) -> Deed:
    return partial(
        paying.refund, turn.connection, cents=turn.dice.choice([1, 3_333]), payee="P. Lane",
        reason="Paid twice", **_money(turn),
    )  # fmt: skip


def apply_credit(turn: Turn) -> Deed:
    return partial(paying.apply_credit, turn.connection, cents=3_333, order=ORDER, **_money(turn))


def return_payment(turn: Turn) -> Deed:
    paid = [
        p.id for p in turn.state.beside["ledger_posting"]
        if p.case_id == turn.case_id and p.kind == "paid"
    ]  # fmt: skip
    return partial(
        returning.return_payment, turn.connection, payment_id=turn.pick(paid) or 0,
        reason="Insufficient funds", fee_cents=2_500, fee_authority="s. 166.251", **_money(turn),
    )  # fmt: skip


def send_order(turn: Turn) -> Deed | None:
    order, to = turn.pick(turn.among("order", "entered")), turn.somebody()
    if order is None or to is None:
        return None
    return partial(orders.send, turn.connection, order_id=order.id, respondent_id=to, **turn.by)


BESIDE = (pay, pay, pay, waive, refund, apply_credit, return_payment, *[send_order] * 6)
"""What is done that is no step of its own."""
