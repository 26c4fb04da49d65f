"""Say whether the parts of a case bear out where its status puts it, and what is lacking."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from cases.adopted import NoLawError, provision
from cases.errors import CaseError
from cases.fines.clock import fine
from cases.fines.orders import End, EndReason
from cases.fines.rules import FineKind, FineRules
from cases.lawpack.ordinance import Ordinance
from cases.lawpack.schema import LawPack
from cases.money import write_cents
from cases.moving_in.files import EntryStep
from cases.moving_in.gathering import MovedCase
from cases.moving_in.reading import Row
from cases.ordered import Ordered, terms
from cases.phases import Phase
from cases.wording import day_in_words
from cases.workflow import citation
from cases.workflow.lien import LienStatus


class Aside(NamedTuple):
    """Why something of an export is in no case: what is listed for a person to settle."""

    file: str
    line: int
    number: str
    code: str
    reason: str
    remedy: str


def aside(case: MovedCase, code: str, reason: str, remedy: str) -> Aside:
    """Set a case aside."""
    return Aside("cases.csv", case.row["line"], case.number, code, reason, remedy)


_S = EntryStep
LEADS_TO = {
    _S.REPORTED: {Phase.REPORTED},
    _S.VERIFIED: {Phase.OPEN},
    _S.NOTICED: {Phase.OPEN},
    _S.SERVED: {Phase.OPEN},
    _S.CITED: {Phase.CITED},
    _S.HEARING: {Phase.HEARING},
    _S.ORDERED: {Phase.ORDERED},
    _S.FINED: {Phase.ORDERED},
    _S.LIEN: {Phase.LIEN},
    _S.COMPLIED: {Phase.COMPLIED},
    _S.CLOSED: {Phase.CLOSED, Phase.COMPLIED},
    _S.UNFOUNDED: {Phase.UNFOUNDED},
    _S.VOID: {Phase.VOID},
}
"""In which phases a case may stand that comes in at a step."""

_MAP = "Mend the case in the old system, or map its status to another step"


def lacking(case: MovedCase, *, law: LawPack, as_of: date) -> Iterator[Aside]:
    """Tell why a case cannot come in at its step, in the order a person would look.

    Parameters
    ----------
    law
        Under which it comes in.
    as_of
        The day the export speaks of.
    """
    if case.step is EntryStep.BY_HAND:
        yield aside(case, "by_hand", f'The mapping leaves "{case.status}" to a person',
                    "Open it by hand, or map the status to a step")  # fmt: skip
        return
    yield from _not_borne_out(case)
    yield from _without_names(case)
    yield from _of_citations(case)
    yield from _of_liens(case)
    yield from _before_the_law(case, law=law)
    for row in case.parts["orders"]:
        yield from _fine_differs(case, row, rules=law.fines, as_of=as_of)


def _not_borne_out(case: MovedCase) -> Iterator[Aside]:
    reached = case.stands.phase
    wanted = LEADS_TO[case.step]
    if reached not in wanted:
        named = " or ".join(sorted(wanted))
        yield aside(case, "not_borne_out",
                    f'"{case.status}" is mapped to {case.step}, but its parts make it {reached}, '
                    f"not {named}", _MAP)  # fmt: skip
    elif what := _missing(case):
        yield aside(case, "not_borne_out",
                    f'"{case.status}" is mapped to {case.step}, but {what}', _MAP)  # fmt: skip


def _missing(case: MovedCase) -> str | None:
    """Say what a step needs beyond its phase and the case does not have."""
    warned = [row for row in case.parts["notices"] if row["kind"] == "warning"]
    served = [row for row in warned if row["served_on"]]
    certified = [row for row in case.parts["orders"] if row["status"] == "certified"]
    ended = case.step in (EntryStep.CLOSED, EntryStep.UNFOUNDED, EntryStep.VOID)
    lacks = {
        EntryStep.NOTICED: not warned and "notices.csv has no warning of it",
        EntryStep.SERVED: not served and "notices.csv has no warning of it that was served",
        EntryStep.FINED: not certified and "orders.csv has no certified order of it",
    }
    if ended and case.row["closed_on"] is None:
        return "no closed_on says when it ended"
    return lacks.get(case.step) or None


def _without_names(case: MovedCase) -> Iterator[Aside]:
    written_to = case.parts["notices"] or case.parts["citations"]
    if written_to and not (case.row["respondent_name"] and case.row["respondent_address"]):
        yield aside(case, "no_respondent", "Notices were sent, but cases.csv does not say to whom",
                    "Fill in respondent_name and respondent_address")  # fmt: skip
    for name, number in (("notices", "notice_no"), ("citations", "citation_no")):
        for row in case.parts[name]:
            if row["served_on"] and not row["method"]:
                yield Aside(
                    f"{name}.csv",
                    row["line"],
                    case.number,
                    "no_method",
                    f"{row[number]} was served, but not said how",
                    "Fill in method",
                )
    for row in case.parts["citations"]:
        if row["status"] not in ("issued", "voided") and not (
            row["served_on"] and row["answer_by"]
        ):
            yield Aside("citations.csv", row["line"], case.number, "no_answer_day",
                        f"{row['citation_no']} is {row['status']} without the days it was served "
                        "and is to be answered by", "Fill in served_on and answer_by")  # fmt: skip
    for row in case.parts["hearings"]:
        if row["status"] in ("docketed", "decided") and not (row["held_on"] and row["body"]):
            yield Aside("hearings.csv", row["line"], case.number, "no_sitting",
                        f"{row['hearing_no']} is {row['status']} without a day and a body",
                        "Fill in held_on and body")  # fmt: skip
        elif row["status"] == "decided" and not row["outcome"]:
            yield Aside(
                "hearings.csv",
                row["line"],
                case.number,
                "no_outcome",
                f"{row['hearing_no']} is decided, but not said how",
                "Fill in outcome",
            )


def _of_citations(case: MovedCase) -> Iterator[Aside]:
    running: dict[str, str] = {}
    for row in case.parts["citations"]:
        number = row["citation_no"]
        if row["penalty"] == 0:
            yield Aside("citations.csv", row["line"], case.number, "no_penalty",
                        f"{number} asks for no penalty",
                        "Fill in penalty, or take the citation out")  # fmt: skip
        if row["status"] in citation.RUNNING:
            first = running.setdefault(row["violation_no"], number)
            if first != number:
                yield Aside("citations.csv", row["line"], case.number, "two_citations",
                            f"{number} runs for violation {row['violation_no']} beside {first}",
                            "Map the status of one to settled, dismissed or voided")  # fmt: skip


def _of_liens(case: MovedCase) -> Iterator[Aside]:
    """Hold the liens of orders to what is kept of them; one of no order may say less."""
    binding: dict[str, str] = {}
    for row in case.parts["liens"]:
        number, order_no = row["instrument_no"], row["order_no"]
        if order_no is None:
            continue
        if row["status"] == LienStatus.RECORDED:
            first = binding.setdefault(order_no, number)
            if first != number:
                yield Aside("liens.csv", row["line"], case.number, "two_liens",
                            f"{number} binds for order {order_no} beside {first}",
                            "Map the status of one to released or satisfied")  # fmt: skip
        elif row["ended_on"] is None:
            yield Aside("liens.csv", row["line"], case.number, "no_end_day",
                        f"{number} is {row['status']} without a day",
                        "Fill in ended_on")  # fmt: skip


def _before_the_law(case: MovedCase, *, law: LawPack) -> Iterator[Aside]:
    for row in case.parts["violations"]:
        try:
            text_in(law, row)
        except NoLawError as error:
            yield Aside("violations.csv", row["line"], case.number, "no_such_law", str(error),
                        "Adopt a law pack that has the older text, or mend found_on")  # fmt: skip


def text_in(law: LawPack, violation: Row) -> Ordinance:
    """Return the provision a violation is of; one that ended may be older than any text we have.

    Raises
    ------
    NoLawError
        One that stands is.
    """
    section, ended = violation["code"], violation["status"] not in ("alleged", "open")
    known = [each.in_force_from for each in law.ordinances if each.section == section]
    day = max(violation["found_on"], min(known)) if ended else violation["found_on"]
    return provision(law, section, on=day)


_PAST_AFFIDAVIT = ("noncompliant", "certified", "satisfied")


def _fine_differs(case: MovedCase, row: Row, *, rules: FineRules, as_of: date) -> Iterator[Aside]:
    """Hold what the old system charged of a daily fine against the clock of its order.

    What was not charged yet is charged by the clock when money moves next; what was charged beyond
    it would silently fall away then, so a person looks first.
    """

    def set_aside(code: str, reason: str, remedy: str) -> Aside:
        return Aside("orders.csv", row["line"], case.number, code, reason, remedy)

    order_no = row["order_no"]
    if row["status"] in _PAST_AFFIDAVIT and row["affidavit_on"] is None:
        yield set_aside("no_affidavit", f"Order {order_no} is {row['status']} without an affidavit",
                        "Fill in affidavit_on, or map the order's status to another")  # fmt: skip
    if row["status"] in ("certified", "satisfied") and row["certified_on"] is None:
        yield set_aside("no_certificate", f"Order {order_no} is {row['status']} without a day",
                        "Fill in certified_on")  # fmt: skip
        return
    if row["per_day"] == 0 or row["cap"] == 0:
        yield set_aside("no_fine", f"Order {order_no} fines nothing a day", "Fill in per_day")
        return
    held = sum(
        each["amount"] for each in case.parts["charges"]
        if each["kind"] == "daily_fine" and each["for_no"] == order_no
    )  # fmt: skip
    try:
        stands = _fine_to(case, row, rules=rules, as_of=as_of) if row["certified_on"] else 0
    except CaseError as error:
        yield set_aside("no_such_fine", str(error), "Mend the order in the old system")
        return
    if held > stands:
        yield set_aside(
            "fine_differs",
            f"{write_cents(held)} of fine were charged under order {order_no}, which comes to "
            f"{write_cents(stands)} by {day_in_words(as_of)}",
            "Mend comply_by, per_day, cap or certified_on, or the charges",
        )  # fmt: skip


def _fine_to(case: MovedCase, row: Row, *, rules: FineRules, as_of: date) -> int:
    """Return what an order's daily fine comes to at the end of a day, in cents."""
    corrected = [
        each["corrected_on"] for each in case.parts["violations"]
        if each["violation_no"] == row["violation_no"]
    ]  # fmt: skip
    ends = [day for day in (row["complied_on"], *corrected) if day is not None]
    what = Ordered(
        kind=FineKind.FIRST, comply_by=row["comply_by"], cents_per_day=row["per_day"],
        total_cap_cents=row["cap"],
    )  # fmt: skip
    told = terms(
        row["order_no"], what, end=End(min(ends), EndReason.COMPLIANCE) if ends else None,
        certified_on=row["certified_on"],
    )  # fmt: skip
    return fine(told, rules, as_of=as_of).total_cents
