"""Tell how often the same people complain of the same respondents, and of nobody who they are."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from cases.complaining import LEAST_PAIRS, Band, Pairs
from cases.models import Case, Respondent, Violation
from cases.owners.parties import Party
from cases.reporters import repeated_pairs
from geo.layers import Parcel
from reports.answers.answer import Cases, Cell, Column, Kind, Row, Table
from reports.courses.proportions import share_of
from reports.courses.reading import Courses

COLUMNS = (
    Column(key="complaints_each", words="Complaints of one by the other"),
    Column(key="pairs", words="Pairs", kind=Kind.COUNT,
           means="One complainant and one respondent."),
    Column(key="complaints", words="Complaints", kind=Kind.COUNT, means="All they made."),
    Column(key="cases", words="Cases", kind=Kind.COUNT,
           means="Which these led to; the list does not say which are of one pair."),
    Column(key="verified", words="Violation found", kind=Kind.SHARE, low="low", high="high",
           means="The share of the cases in which a violation was found, with a 95 % interval."),
    Column(key="low", words="Violation found, low", kind=Kind.SHARE),
    Column(key="high", words="Violation found, high", kind=Kind.SHARE),
)  # fmt: skip
SAME = (
    "Two complaints are taken to be one person's where e-mail address, telephone number, or name "
    "and address are the same, and to be of one respondent where name and address, or name and "
    "parcel, are; without a respondent on record, where the parcel is. Who anybody is, is not told."
)


def find_pairs(connection: sa.Connection, courses: Courses) -> Pairs:
    """Count the repeated pairs among the cases of a question that complaints led to."""
    reported = courses.cases["id"][courses.cases["complaints"] > 0].tolist()
    return repeated_pairs(connection, _respondents(connection, reported))


def pairs_table(courses: Courses, found: Pairs) -> Table:
    """Make the table of pairs by how many complaints they have."""
    verified = frozenset(courses.cases["id"][courses.cases["verified"]].tolist())
    return Table(
        key="pairs", title="Repeated complaints between the same two", columns=COLUMNS,
        means=f"{SAME} Lines of fewer than {LEAST_PAIRS} pairs are joined to the one beside them.",
        rows=tuple(_row(each, verified) for each in found.bands),
    )  # fmt: skip


def _row(band: Band, verified: Collection[int]) -> Row:
    share = share_of(sum(each in verified for each in band.case_ids), len(band.case_ids))
    cells: dict[str, Cell] = {
        "complaints_each": _words(band), "pairs": band.pairs, "complaints": band.complaints,
        "cases": len(band.case_ids), "verified": share.value, "low": share.low, "high": share.high,
    }  # fmt: skip
    return Row(key=f"{band.fewest}", cells=cells, cases={"cases": Cases(band.case_ids)})


def _words(band: Band) -> str:
    if band.most is None:
        return f"{band.fewest} or more"
    return f"{band.fewest}" if band.most == band.fewest else f"{band.fewest} to {band.most}"


def _respondents(connection: sa.Connection, case_ids: Sequence[int]) -> Mapping[int, set[str]]:
    """Return by what keys those who answer in some cases are known; by the parcel where by none."""
    found: dict[int, set[str]] = {}
    wanted = sa.any_(sa.literal(case_ids, sa.ARRAY(sa.BigInteger)))
    parcels = {
        row.id: str(row.parcel_no)
        for row in connection.execute(
            sa.select(Case.id, Parcel.parcel_no)
            .join(Parcel, Parcel.id == Case.parcel_id)
            .where(Case.id == wanted)
        )
    }
    for row in connection.execute(_named(wanted)):
        party = Party(name=row.name, mailing=row.address, parcel_no=parcels.get(row.case_id))
        if party.key is not None:
            found.setdefault(row.case_id, set()).add(party.key)
    return {case: {f"parcel {number}"} for case, number in parcels.items()} | found


def _named(wanted: Any) -> sa.CompoundSelect[Any]:
    respondents = sa.select(Respondent.case_id, Respondent.name, Respondent.address)
    violations = sa.select(Violation.case_id, Violation.respondent_name, sa.null()).distinct()
    return sa.union_all(
        respondents.where(Respondent.case_id == wanted),
        violations.where(Violation.case_id == wanted, Violation.respondent_name.is_not(None)),
    )
