"""Find every repeat violation in the law's sense: confirmed by a person, or waiting for one.

By `cases.repeats` and nothing else: a finding against the same violator under the same provision
within the years of the case's own law. That several companies are one landlord's makes none.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from cases.adopted import adopted_law
from cases.charges import Finding, Prior
from cases.models import Case, Citation, EnforcementOrder, Respondent, Violation
from cases.owners.confirmations import Identities
from cases.owners.names import name_key
from cases.owners.parties import Party
from cases.priors import every_charge
from cases.repeats import repeats
from cases.respondents import Place, parties
from geo.layers import Parcel
from reports.repeat import STOOD


@dataclass(frozen=True, slots=True)
class LawfulRepeat:
    """A violation whose violator was found in violation of the same provision before.

    Attributes
    ----------
    prior
        The charge it repeats: the confirmed one, or else the latest that counts.
    confirmed
        Whether a person confirmed it of a prior that counts still; else it waits for one.
    """

    case_id: int
    violation_id: int
    violator: Party
    prior: Prior
    confirmed: bool


def lawful_repeats(connection: sa.Connection, identities: Identities) -> tuple[LawfulRepeat, ...]:
    """List the repeats of the whole town, in the order of their violations.

    Parameters
    ----------
    identities
        What people have confirmed of owners.
    """
    priors = _Priors(every_charge(connection), identities)
    if not priors.sections:
        return ()
    rows = connection.execute(_FINDINGS, {"sections": sorted(priors.sections)}).all()
    at = [Place(row.parcel_id, row.parcel_no, row.found_on) for row in rows]
    written = [(row.name, row.address) for row in rows]
    violators = parties(connection, zip(written, at, strict=True))
    years = {
        each: adopted_law(connection, each).repeats.within_years
        for each in {row.law_pack_id for row in rows}
    }
    return tuple(_found(zip(rows, violators, strict=True), priors, years))


def _found(
    rows: Iterable[tuple[Any, Party]], priors: "_Priors", years: Mapping[int, int]
) -> Iterator[LawfulRepeat]:
    for row, violator in rows:
        finding = Finding(
            case_no=row.case_no, violator=violator, citation=f"Sec. {row.section}",
            violated_on=row.found_on,
        )  # fmt: skip
        counting = [
            each.prior
            for each in repeats(
                finding,
                priors.of(violator, section=row.section),
                window_years=years[row.law_pack_id],
                identities=priors.identities,
            )
        ]
        if counting:
            told = row.respondent_id == row.repeat_respondent_id
            named = [prior for prior in counting if told and prior.number == row.confirmed_prior]
            prior = (named or counting)[0]
            yield LawfulRepeat(row.case_id, row.violation_id, violator, prior, bool(named))


class _Priors:
    """The town's priors, found by the violator and the provision instead of one by one."""

    def __init__(self, every: Iterable[Prior], identities: Identities) -> None:
        self.identities = identities
        self.sections: set[str] = set()
        self._held: dict[tuple[str, ...], list[Prior]] = {}
        for prior in every:
            section = _plain(prior.citation.removeprefix("Sec. "))
            self.sections.add(section)
            for known_by in self._known_by(prior.violator):
                self._held.setdefault((section, *known_by), []).append(prior)

    def of(self, violator: Party, *, section: str) -> list[Prior]:
        """List the priors under a provision that name a violator in any way he is known by."""
        keys = self.identities.of(violator.key).keys if violator.key else ()
        ways = {*self._known_by(violator), *((key,) for key in keys)}
        found = [p for way in sorted(ways) for p in self._held.get((_plain(section), *way), ())]
        return list({id(prior): prior for prior in found}.values())

    @staticmethod
    def _known_by(party: Party) -> Iterator[tuple[str, ...]]:
        if party.key:
            yield (party.key,)
        if party.parcel_no:
            yield (name_key(party.name), party.parcel_no)


def _plain(section: str) -> str:
    return "".join(section.split()).lower()


_PLAIN: sa.ColumnElement[str] = sa.func.lower(sa.func.replace(Violation.section, " ", ""))
_FINDINGS = (
    sa.select(
        Violation.id.label("violation_id"), Violation.section, Violation.found_on,
        Violation.repeat_respondent_id, Case.id.label("case_id"), Case.number.label("case_no"),
        Case.law_pack_id, Case.parcel_id, Parcel.parcel_no, Respondent.id.label("respondent_id"),
        Respondent.name, Respondent.address,
        sa.func.coalesce(Citation.number, EnforcementOrder.number).label("confirmed_prior"),
    )
    .select_from(Violation)
    .join(Case, Case.id == Violation.case_id)
    .join(Respondent, Respondent.case_id == Case.id)
    .outerjoin(Parcel, Parcel.id == Case.parcel_id)
    .outerjoin(Citation, Citation.id == Violation.repeat_of_citation)
    .outerjoin(EnforcementOrder, EnforcementOrder.id == Violation.repeat_of_order)
    .where(
        _PLAIN.in_(sa.bindparam("sections", expanding=True)),
        Violation.status.in_(STOOD),
        Violation.found_on.is_not(None),
        Case.voided_on.is_(None),
        Case.law_pack_id.is_not(None),
        sa.or_(Respondent.until.is_(None), Respondent.until >= Violation.found_on),
    )
    .order_by(Violation.id, Respondent.id)
)  # fmt: skip
