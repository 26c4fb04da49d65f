"""Show on what evidence a violation is a repeat; let a person confirm it, and take it back.

What a repeat costs more (a citation without a warning, the higher cap, a fine from the day it was
found) is asked of here, and holds only while the prior that was confirmed still counts.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.adopted import law_of_case
from cases.advancing import advance
from cases.charges import ESTABLISHED, Finding
from cases.fines.rules import FineKind
from cases.forum import Excused
from cases.identities import identities
from cases.models import Case, Citation, EnforcementOrder, Respondent, Violation
from cases.parts import lock_part, move
from cases.priors import charges
from cases.repeats import Possible, Repeat, possible_repeats, repeats
from cases.respondents import Place, parties
from cases.workflow.citation import CitationStatus
from cases.workflow.order import OrderStatus
from cases.workflow.step import Guard
from cases.workflow.violation import ViolationAction, ViolationStatus
from geo.layers import Parcel

_EVER = 1_000
"""More years than any record reaches back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What makes a violation a repeat by one of its case's respondents, and what only might.

    Attributes
    ----------
    window_years
        How many years before the violation a prior reaches.
    too_old
        What was found of the same respondent under the same provision before those years.
    """

    respondent_id: int
    window_years: int
    repeats: tuple[Repeat, ...]
    possible: tuple[Possible, ...]
    too_old: tuple[Repeat, ...]


def repeat_evidence(connection: sa.Connection, violation_id: int) -> tuple[Evidence, ...]:
    """List, for each respondent of a violation's case, the priors under its provision.

    Raises
    ------
    NoLawError
        The case stands under no law that says how many years count.
    """
    asked = {"violation_id": violation_id}
    rows = connection.execute(_ANSWERS, asked).all()
    if not rows:
        return ()
    case = rows[0]
    years = law_of_case(connection, case.case_id).repeats.within_years
    priors = charges(connection, section=case.section, before=case.found_on, but_case=case.case_id)
    at = Place(case.parcel_id, case.parcel_no, case.found_on)
    violators = parties(connection, [((row.name, row.address), at) for row in rows])
    confirmed = identities(connection, around=[each.key for each in violators])
    told = []
    for row, violator in zip(rows, violators, strict=True):
        finding = Finding(
            case_no=case.case_no, violator=violator, citation=f"Sec. {case.section}",
            violated_on=case.found_on,
        )  # fmt: skip
        counting = repeats(finding, priors, window_years=years, identities=confirmed)
        ever = repeats(finding, priors, window_years=_EVER, identities=confirmed)
        told.append(
            Evidence(
                respondent_id=row.respondent_id,
                window_years=years,
                repeats=counting,
                possible=possible_repeats(
                    finding, priors, window_years=years, identities=confirmed
                ),
                too_old=tuple(each for each in ever if each not in counting),
            )
        )
    return tuple(told)


def confirm_repeat(
    connection: sa.Connection,
    *,
    violation_id: int,
    respondent_id: int,
    prior: str,
    actor: Actor,
    moment: Moment,
) -> None:
    """Confirm that a violation repeats an earlier one; a later word takes the place of this one.

    Parameters
    ----------
    respondent_id
        By whom.
    prior
        The number of the citation or order that counts, as `repeat_evidence` lists it.

    Raises
    ------
    GuardError
        That prior does not count against this respondent.
    """
    row = lock_part(connection, Violation, violation_id, moment=moment)
    found = _counting(connection, violation_id, respondent_id=respondent_id, prior=prior)
    at = ViolationStatus(row.status)
    held = {Guard.PRIOR_COUNTS: found is not None}
    step = advance(at, ViolationAction.CONFIRM_REPEAT, actor=actor, held=held)
    assert found is not None  # noqa: S101 - the guard held
    charge = found.prior
    values = {
        "repeat_respondent_id": respondent_id,
        "repeat_of_citation": _numbered(connection, Citation, prior),
        "repeat_of_order": _numbered(connection, EnforcementOrder, prior),
        "repeat_confirmed_on": moment.on,
        "repeat_confirmed_by": actor.name,
    }
    assert charge.outcome_on is not None  # noqa: S101 - it counts
    move(
        connection, Violation, row, step, actor=actor, moment=moment, values=values, prior=prior,
        prior_case=charge.case_no, section=charge.citation,
        established=ESTABLISHED[charge.outcome], established_on=charge.outcome_on.isoformat(),
        respondent=found.finding.violator.name, respondent_id=respondent_id,
        identified=str(found.known.how), ground=found.known.words.removesuffix("."),
    )  # fmt: skip


def withdraw_repeat(
    connection: sa.Connection, *, violation_id: int, reason: str, actor: Actor, moment: Moment
) -> None:
    """Take back that a violation is a repeat, before anything rests on it."""
    row = lock_part(connection, Violation, violation_id, moment=moment)
    resting = connection.scalar(_RESTING, {"violation_id": violation_id})
    held = {
        Guard.REPEAT_ON_RECORD: row.repeat_confirmed_on is not None,
        Guard.NOTHING_RESTS_ON_IT: not resting,
    }
    at = ViolationStatus(row.status)
    step = advance(at, ViolationAction.WITHDRAW_REPEAT, actor=actor, held=held, reason=reason)
    move(
        connection, Violation, row, step, actor=actor, moment=moment, values=_NONE, reason=reason,
        prior=_prior_of(connection, row),
    )  # fmt: skip


def is_repeat_by(
    connection: sa.Connection, violation_id: int, *, respondent_id: int | None = None
) -> bool:
    """Tell whether a violation is confirmed a repeat by a prior that counts still.

    Parameters
    ----------
    respondent_id
        By this respondent; None: by whomever it was confirmed of.
    """
    query = sa.select(Violation.__table__).where(Violation.id == violation_id)
    row = connection.execute(query).one()
    if row.repeat_confirmed_on is None or respondent_id not in {None, row.repeat_respondent_id}:
        return False
    counting = _counting(
        connection, violation_id, respondent_id=row.repeat_respondent_id,
        prior=_prior_of(connection, row),
    )  # fmt: skip
    return counting is not None


def may_be_fined_as_repeat(
    connection: sa.Connection, violation_id: int, *, case_id: int, found_on: date | None
) -> bool:
    """Tell whether an order may fine a violation as a repeat from a day (s. 162.09(1))."""
    query = sa.select(Violation.id).where(
        Violation.id == violation_id, Violation.case_id == case_id, Violation.found_on == found_on
    )
    if connection.scalar(query) is None:
        return False
    return is_repeat_by(connection, violation_id)


def _counting(
    connection: sa.Connection, violation_id: int, *, respondent_id: int, prior: str
) -> Repeat | None:
    for evidence in repeat_evidence(connection, violation_id):
        if evidence.respondent_id == respondent_id:
            return next((each for each in evidence.repeats if each.prior.number == prior), None)
    return None


def _prior_of(connection: sa.Connection, row: sa.Row[Any]) -> str:
    """Return the number of the citation or order that a violation is confirmed to repeat."""
    part = Citation if row.repeat_of_citation is not None else EnforcementOrder
    prior_id = row.repeat_of_citation or row.repeat_of_order
    return str(connection.execute(sa.select(part.number).where(part.id == prior_id)).scalar_one())


def _numbered(
    connection: sa.Connection, part: type[Citation | EnforcementOrder], number: str
) -> int | None:
    return connection.scalar(sa.select(part.id).where(part.number == number))


_NONE = {
    "repeat_respondent_id": None,
    "repeat_of_citation": None,
    "repeat_of_order": None,
    "repeat_confirmed_on": None,
    "repeat_confirmed_by": None,
}
_ANSWERS = (
    sa.select(
        Case.id.label("case_id"), Case.number.label("case_no"), Case.parcel_id, Parcel.parcel_no,
        Violation.section, Violation.found_on, Respondent.id.label("respondent_id"),
        Respondent.name, Respondent.address,
    )
    .select_from(Violation)
    .join(Case, Case.id == Violation.case_id)
    .join(Respondent, Respondent.case_id == Case.id)
    .outerjoin(Parcel, Parcel.id == Case.parcel_id)
    .where(
        Violation.id == sa.bindparam("violation_id"),
        Violation.section.is_not(None),
        sa.or_(Respondent.until.is_(None), Respondent.until >= Violation.found_on),
    )
    .order_by(Respondent.id)
)  # fmt: skip
_RESTING = sa.select(
    sa.or_(
        sa.exists().where(
            Citation.violation_id == sa.bindparam("violation_id"),
            Citation.excused == Excused.REPEAT,
            Citation.status.not_in((CitationStatus.DISMISSED, CitationStatus.VOIDED)),
        ),
        sa.exists().where(
            EnforcementOrder.violation_id == sa.bindparam("violation_id"),
            EnforcementOrder.kind == FineKind.REPEAT,
            EnforcementOrder.status != OrderStatus.VACATED,
        ),
    )
)
