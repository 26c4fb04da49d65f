"""Play the deeds of citations, hearings and orders."""

from collections.abc import Callable
from datetime import time
from functools import partial

from played import HEARD
from walk_turn import Deed, Turn, answer, plain

from cases import (
    agreeing,
    citing,
    continuing,
    docket_order,
    further_days,
    hearings,
    imposing,
    late_requests,
    notices,
    orders,
    shifting,
    waiving,
)
from cases.docket_order import Toward
from cases.fines.rules import FineKind
from cases.forum import Excused
from cases.hearings import About, Outcome
from cases.ordered import Ordered
from cases.waiving import ScraCheck, ScraResult


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


def _record_late(turn: Turn) -> Deed:
    return partial(
        late_requests.record_late, turn.connection, citation_id=turn.part.id, answer=answer(turn),
        **turn.by,
    )  # fmt: skip


def _contest_citation(turn: Turn) -> Deed:
    return partial(
        citing.request_hearing, turn.connection, citation_id=turn.part.id, answer=answer(turn),
        **turn.by,
    )  # fmt: skip


def _waiver(turn: Turn) -> Deed:
    result = turn.dice.choice([*[ScraResult.NOT_IN_SERVICE] * 4, ScraResult.IN_SERVICE])
    check = ScraCheck(checked_on=turn.ago(3), result=result)
    return partial(
        waiving.confirm_waiver, turn.connection, citation_id=turn.part.id,
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


def _move_hearing(turn: Turn) -> Deed:
    return partial(
        docket_order.reorder, turn.connection, hearing_id=turn.part.id,
        toward=turn.dice.choice(list(Toward)), **turn.by,
    )  # fmt: skip


def _shift_sitting(turn: Turn) -> Deed:
    return partial(
        shifting.shift_of, turn.connection, hearing_id=turn.part.id,
        begins_at=time(turn.dice.choice([9, 10, 13])), place=turn.dice.choice(["Hall", "Library"]),
        reason=turn.reason, **turn.by,
    )  # fmt: skip


def _open_hearing(turn: Turn) -> Deed:
    return partial(
        hearings.open_hearing, turn.connection, hearing_id=turn.part.id,
        members_sitting=turn.dice.choice([0, 1, 1, 1]), **turn.by,
    )  # fmt: skip


def _decide(turn: Turn) -> Deed:
    found = [Outcome.VIOLATION, Outcome.VIOLATION, Outcome.NO_VIOLATION]
    if turn.part.about in (About.NONCOMPLIANCE, About.MITIGATION):
        found = [Outcome.GRANTED, Outcome.GRANTED, Outcome.REFUSED]
    return partial(
        hearings.decide, turn.connection, hearing_id=turn.part.id,
        outcome=turn.dice.choice(found),
        findings=turn.dice.choice(["Grass of 20 inches", "Grass of 20 inches", ""]),
        sworn=turn.dice.random() < 0.8, minutes=HEARD, **turn.by,
    )  # fmt: skip


def _agree(turn: Turn) -> Deed:
    return partial(
        agreeing.agree, turn.connection, hearing_id=turn.part.id, agreement="Mown every two weeks",
        keep_by=turn.ahead(1, 20),
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
        orders.contest, turn.connection, order_id=turn.part.id, answer=answer(turn), **turn.by
    )


def _reduce(turn: Turn) -> Deed:
    heard = turn.pick([row.id for row in turn.among("hearing", "decided")]) or 0
    return partial(
        imposing.reduce, turn.connection, order_id=turn.part.id, hearing_id=heard,
        to_cents=turn.dice.choice([-1, 0, 1, 50_000]), reason=turn.reason, **turn.by,
    )  # fmt: skip


def send_order(turn: Turn) -> Deed | None:
    order, to = turn.pick(turn.among("order", "entered")), turn.somebody()
    if order is None or to is None:
        return None
    return partial(orders.send, turn.connection, order_id=order.id, respondent_id=to, **turn.by)


DEEDS: dict[str, Callable[[Turn], Deed | None]] = {
    "citation.issue": _cite,
    "citation.confirm_service": plain(citing.confirm_service, "citation_id"),
    "citation.request_hearing": _contest_citation,
    "citation.withdraw_request": plain(citing.withdraw_request, "citation_id"),
    "citation.confirm_waiver": _waiver,
    "citation.record_late_request": _record_late,
    "citation.vacate_waiver": plain(waiving.vacate_waiver, "citation_id", why=True),
    "citation.uphold": plain(citing.uphold, "citation_id"),
    "citation.dismiss": plain(citing.dismiss, "citation_id", why=True),
    "citation.impose_continuing": plain(further_days.impose, "citation_id"),
    "citation.settle": plain(citing.settle, "citation_id"),
    "citation.void": plain(citing.void, "citation_id", why=True),
    "hearing.request": _ask_hearing,
    "hearing.docket": _docket,
    "hearing.move": _move_hearing,
    "hearing.shift": _shift_sitting,
    "hearing.open": _open_hearing,
    "hearing.continue": plain(continuing.continue_hearing, "hearing_id", why=True),
    "hearing.decide": _decide,
    "hearing.agree": _agree,
    "hearing.cancel": plain(hearings.cancel, "hearing_id", why=True),
    "order.enter": _enter,
    "order.confirm_service": plain(orders.confirm_service, "order_id"),
    "order.verify_compliance": _comply,
    "order.file_affidavit": _swear,
    "order.contest": _contest_order,
    "order.sustain_affidavit": plain(orders.sustain_affidavit, "order_id", why=True),
    "order.reject_affidavit": plain(orders.reject_affidavit, "order_id", why=True),
    "order.certify": plain(imposing.certify, "order_id"),
    "order.reduce": _reduce,
    "order.vacate": plain(orders.vacate, "order_id", why=True),
}
