"""Read the violations of a question, each with its section, its case and its parcel."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import sqlalchemy as sa

from cases.business_days import DAY
from cases.exempted import EXEMPT, sections_in_force
from cases.identities import all_in_force
from cases.models import Case, Ordinance, Violation
from cases.owners.confirmations import Identities
from cases.spans import years_after
from reports.answers.options import Question
from reports.caseload import Exempt, Scope, TownFacts, counted_cases, town_facts
from reports.naming import check_category, zone_code
from reports.owners.lawful import LawfulRepeat, lawful_repeats
from reports.repeat import STOOD


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """Violations of a question that stood, found in some years.

    Parameters
    ----------
    after, on
        The day before the first looked at, and the last.
    rows
        A violation each, by its id: ``id``, ``case_id``, ``parcel_id``, ``category``,
        ``ordinance_id``, ``citation``, ``status``, ``imported``, ``day`` (found on, or the
        opening of its case), ``lon`` and ``lat`` (EPSG:4326).
    undated
        How many more have no day, neither of their own nor of their case.
    lawful
        The repeats in the law's sense among them.
    exempt
        How many of their cases lie in exempt places: among them, or left out.
    """

    town: TownFacts
    scope: Scope
    after: date
    on: date
    rows: list[sa.Row[Any]]
    undated: int
    lawful: tuple[LawfulRepeat, ...]
    exempt: Exempt


def read_cited(connection: sa.Connection, question: Question) -> Cited:
    """Read the violations of a question by a fixed number of queries.

    Raises
    ------
    NothingToReportError
        When no town is loaded.
    UnknownNameError
        When the question names an unknown zone or category.
    """
    town = town_facts(connection)
    check_category(connection, question.text("category"))
    on = min(question.day("date") or question.on, question.on)
    scope = Scope(
        on=on, category=question.text("category"), open_only=False,
        zone=zone_code(connection, question.text("zone")), outside=question.flag("outside"),
    )  # fmt: skip
    everywhere = replace(scope, outside=False)
    after = years_after(on, -question.whole("years"))
    every = connection.execute(_violations(everywhere).where(_FOUND.between(after + DAY, on))).all()
    undated = sa.select(sa.func.count()).select_from(
        _violations(scope).where(_FOUND.is_(None)).subquery()
    )
    rows = [row for row in every if not (scope.outside and row.exempt)]
    among = {row.id for row in rows}
    exempt = len({row.case_id for row in every if row.exempt})
    lawful = lawful_repeats(connection, Identities(all_in_force(connection)))
    return Cited(
        town=town, scope=scope, after=after, on=on, rows=rows,
        exempt=Exempt(exempt, sections_in_force(connection) if exempt else ()),
        undated=connection.scalar(undated) or 0,
        lawful=tuple(each for each in lawful if each.violation_id in among),
    )  # fmt: skip


_FOUND: Any = sa.func.coalesce(Violation.found_on, Case.opened_on)


def _violations(scope: Scope) -> sa.Select[Any]:
    counted = counted_cases(scope).order_by(None).subquery("counted")
    columns: tuple[Any, ...] = (
        Violation.id, Case.id.label("case_id"), Case.parcel_id, Case.category,
        Violation.ordinance_id, Ordinance.citation, Violation.status,
        Violation.import_run_id.is_not(None).label("imported"), _FOUND.label("day"),
        EXEMPT.label("exempt"),
        counted.c.lon, counted.c.lat,
    )  # fmt: skip
    return (
        sa.select(*columns)
        .join(Case, Case.id == Violation.case_id)
        .join(counted, counted.c.id == Case.id)
        .join(Ordinance, Ordinance.id == Violation.ordinance_id)
        .where(Violation.status.in_(STOOD))
        .order_by(Violation.id)
    )
