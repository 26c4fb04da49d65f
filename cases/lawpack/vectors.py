"""Try a law pack against the outcomes it carries."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from cases.abatement_costs import admin_fee_cents
from cases.appeal_terms import appeal_due
from cases.deadlines import DeadlineError, due
from cases.errors import CaseError
from cases.fines.clock import fine
from cases.fines.continuing import continuing
from cases.fines.orders import End, EndReason, Rate
from cases.fines.rules import FineKind
from cases.fines.terms import FineTerms
from cases.forum import Excused, Tribunal, citation_faults
from cases.hardship import Showing, hardship_lacks
from cases.lawpack.errors import NoSuchTextError
from cases.lawpack.ordinance import Ordinance
from cases.lawpack.schema import Deadlines, LawPack, Services
from cases.lawpack.table import Table
from cases.lawpack.vector import Vector, VectorKind
from cases.lien_terms import expires_on, foreclosure_from, may_bind
from cases.screening import Belief, Imminent, may_open
from cases.service.attempts import Attempt
from cases.service.proof import service
from cases.standing_notice import EarlierNotice, needs_no_further
from cases.tax_list import certify_by, priority_from


@dataclass(frozen=True, slots=True)
class Failure:
    """A vector whose outcome is not the one its provision gives."""

    position: int
    reason: str


def failures(pack: LawPack) -> Iterator[Failure]:
    """Yield each vector of a pack that the pack's own rules do not bear out.

    Only the facts that a vector expects are compared; one it does not name must not come about.
    """
    for position, vector in enumerate(pack.vectors):
        try:
            found = _TRIES[vector.kind](pack, vector)
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(map(str, first["loc"]))
            yield Failure(position, f'"{vector.name}": given.{place}: {first["msg"]}')
            continue
        except CaseError as error:
            yield Failure(position, f'"{vector.name}": {error}')
            continue
        if found != dict(vector.expect):
            expected, came = _told(vector.expect), _told(found)
            named = f'"{vector.name}" ({vector.source})'
            reason = f"{named}: expected {expected}, the rules give {came}"
            yield Failure(position, reason)


def _told(outcome: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} = {value}" for name, value in outcome.items()) or "nothing"


class _Given(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _known(table: type[Table]) -> AfterValidator:
    """Ask for the name of one of a table's rules."""

    def check(name: str) -> str:
        if name not in table.model_fields:
            msg = f"{name} is none of {', '.join(table.model_fields)}"
            raise ValueError(msg)
        return name

    return AfterValidator(check)


class _DeadlineGiven(_Given):
    rule: Annotated[str, _known(Deadlines)]
    counted_from: date
    by_mail: bool = False


def _deadline(pack: LawPack, vector: Vector) -> dict[str, Any]:
    given = _DeadlineGiven.model_validate(vector.given)
    rule = dict(pack.deadlines)[given.rule]
    if rule is None:
        msg = f"the pack has no deadlines.{given.rule}"
        raise DeadlineError(msg)
    deadline = due(
        rule,
        counted_from=given.counted_from,
        calendar=pack.calendar.days,
        by_mail=given.by_mail,
    )
    return _days(on=deadline.on)


class _CureGiven(_Given):
    section: str
    served_on: date
    by_mail: bool = False


def _cure(pack: LawPack, vector: Vector) -> dict[str, Any]:
    given = _CureGiven.model_validate(vector.given)
    days = _text(pack, given.section, on=given.served_on).cure_days
    deadline = due(
        pack.deadlines.cure_in(days), counted_from=given.served_on, calendar=pack.calendar.days,
        by_mail=given.by_mail,
    )  # fmt: skip
    return _days(on=deadline.on)


class _AppealGiven(_Given):
    executed_on: date
    sent_on: date | None = None
    served_on: date | None = None


def _appeal(pack: LawPack, vector: Vector) -> dict[str, Any]:
    given = _AppealGiven.model_validate(vector.given)
    until = appeal_due(
        pack.appeal, pack.deadlines.appeal_order, calendar=pack.calendar.days,
        executed_on=given.executed_on, sent_on=given.sent_on, served_on=given.served_on,
    )  # fmt: skip
    return _days(on=None if until is None else until.on)


class _ServiceGiven(_Given):
    notice: Annotated[str, _known(Services)]
    on: date
    attempts: tuple[Attempt, ...]


def _service(pack: LawPack, vector: Vector) -> dict[str, Any]:
    given = _ServiceGiven.model_validate(vector.given)
    found = service(given.attempts, rules=dict(pack.service)[given.notice], on=given.on)
    return _days(served_on=None if found.proof is None else found.proof.served_on)


class _AnonymousGiven(_Given):
    name: str | None = None
    address: str | None = None
    imminent: Imminent | None = None
    reason: str = ""


def _anonymous(pack: LawPack, vector: Vector) -> dict[str, Any]:
    given = _AnonymousGiven.model_validate(vector.given)
    belief = Belief(imminent=given.imminent, reason=given.reason) if given.imminent else None
    opening = may_open(pack.intake.anonymity, name=given.name, address=given.address, belief=belief)
    return {"may_open": opening.allowed}


class _CitationGiven(_Given):
    forum: Tribunal
    penalty_cents: int
    warning_days: int | None = None
    excused: Excused | None = None


def _citation(pack: LawPack, vector: Vector) -> dict[str, Any]:
    given = _CitationGiven.model_validate(vector.given)
    if pack.forum.county_court is None:
        msg = "the pack says nothing of a county court (forum.county_court)"
        raise NoSuchTextError(msg)
    faults = citation_faults(
        pack.forum.county_court,
        penalty_cents=given.penalty_cents,
        warning_days=given.warning_days,
        excused=given.excused,
    )
    return {"lawful": not faults}


class _PenaltyGiven(_Given):
    section: str
    found_on: date
    earlier: tuple[date, ...] = ()


def _penalty(pack: LawPack, vector: Vector) -> dict[str, Any]:
    given = _PenaltyGiven.model_validate(vector.given)
    text = _text(pack, given.section, on=given.found_on)
    _, most = pack.penalties_of(text, earlier=given.earlier, found_on=given.found_on)
    return {"most_cents": most}


class _HardshipGiven(_Given):
    earlier: int
    effort: str = ""
    burden: str = ""


def _hardship(pack: LawPack, vector: Vector) -> dict[str, Any]:
    given = _HardshipGiven.model_validate(vector.given)
    showing = Showing(effort=given.effort, burden=given.burden)
    lacks = hardship_lacks(pack.hardship, earlier=given.earlier, showing=showing)
    return {"may_reduce": not lacks}


class _FineGiven(_Given):
    kind: FineKind = FineKind.FIRST
    homestead: bool = False
    comply_by: date | None = None
    found_on: date | None = None
    cents_per_day: int | None = None
    one_time_cents: int | None = None
    complied_on: date | None = None
    as_of: date


def _fine(pack: LawPack, vector: Vector) -> dict[str, Any]:
    given = _FineGiven.model_validate(vector.given)
    first = given.found_on or given.comply_by or given.as_of
    rates = () if given.cents_per_day is None else (Rate(first, given.cents_per_day),)
    ended = given.complied_on
    terms = FineTerms(
        reference=vector.name,
        kind=given.kind,
        comply_by=given.comply_by,
        found_on=given.found_on,
        rates=rates,
        one_time_cents=given.one_time_cents,
        end=None if ended is None else End(ended, EndReason.COMPLIANCE),
    )
    rules = pack.fines.of_homestead() if given.homestead else pack.fines
    return {"cents": fine(terms, rules, as_of=given.as_of).total_cents}


class _ContinuingGiven(_Given):
    penalty_cents: int
    correct_by: date
    as_of: date


def _continuing(pack: LawPack, vector: Vector) -> dict[str, Any]:
    given = _ContinuingGiven.model_validate(vector.given)
    terms = continuing(
        vector.name,
        penalty_cents=given.penalty_cents,
        correct_by=given.correct_by,
        limit=pack.continuing,
    )
    rules = pack.continuing.rules(pack.fines, penalty_cents=given.penalty_cents)
    return {"further_cents": fine(terms, rules, as_of=given.as_of).total_cents}


class _LienGiven(_Given):
    recorded_on: date
    homestead: bool


def _lien(pack: LawPack, vector: Vector) -> dict[str, Any]:
    given = _LienGiven.model_validate(vector.given)
    if not may_bind(pack.liens, homestead=given.homestead):
        return {"binds": False}
    earliest = foreclosure_from(
        pack.liens, recorded_on=given.recorded_on, homestead=given.homestead
    )
    last = expires_on(pack.liens, recorded_on=given.recorded_on)
    return _days(expires_on=last, foreclosure_from=earliest)


class _AbatementGiven(_Given):
    cost_cents: int


def _abatement(pack: LawPack, vector: Vector) -> dict[str, Any]:
    given = _AbatementGiven.model_validate(vector.given)
    return {"admin_fee_cents": admin_fee_cents(pack.abatement, cost_cents=given.cost_cents)}


class _StandingGiven(_Given):
    section: str
    noticed_on: date
    found_on: date
    told: bool = True
    same_kind: bool = True
    owner_changed: bool = False


def _standing(pack: LawPack, vector: Vector) -> dict[str, Any]:
    given = _StandingGiven.model_validate(vector.given)
    text = _text(pack, given.section, on=given.found_on)
    earlier = EarlierNotice(
        noticed_on=given.noticed_on, told=given.told, same_kind=given.same_kind,
        owner_changed=given.owner_changed,
    )  # fmt: skip
    rules = pack.standing_notice_of(text)
    return {"may_act": needs_no_further(rules, earlier, found_on=given.found_on)}


class _TaxListGiven(_Given):
    section: str
    incurred_on: date
    certified_on: date
    entered_on: date


def _tax_list(pack: LawPack, vector: Vector) -> dict[str, Any]:
    given = _TaxListGiven.model_validate(vector.given)
    rules = pack.tax_list_of(_text(pack, given.section, on=given.incurred_on))
    if rules is None:
        return {}
    first = priority_from(
        rules, incurred_on=given.incurred_on, certified_on=given.certified_on,
        entered_on=given.entered_on,
    )  # fmt: skip
    last = certify_by(rules, incurred_on=given.incurred_on)
    return _days(priority_from=first, certify_by=last)


def _text(pack: LawPack, section: str, *, on: date) -> Ordinance:
    text = pack.text_of(section, on=on)
    if text is None:
        msg = f"the pack has no section {section} in force on {on}"
        raise NoSuchTextError(msg)
    return text


def _days(**days: date | None) -> dict[str, str]:
    """Write out the days that there are."""
    return {name: day.isoformat() for name, day in days.items() if day is not None}


_TRIES: dict[VectorKind, Callable[[LawPack, Vector], dict[str, Any]]] = {
    VectorKind.DEADLINE: _deadline,
    VectorKind.SERVICE: _service,
    VectorKind.ANONYMOUS: _anonymous,
    VectorKind.CITATION: _citation,
    VectorKind.FINE: _fine,
    VectorKind.CONTINUING: _continuing,
    VectorKind.LIEN: _lien,
    VectorKind.ABATEMENT: _abatement,
    VectorKind.CURE: _cure,
    VectorKind.PENALTY: _penalty,
    VectorKind.HARDSHIP: _hardship,
    VectorKind.APPEAL: _appeal,
    VectorKind.STANDING_NOTICE: _standing,
    VectorKind.TAX_LIST: _tax_list,
}
