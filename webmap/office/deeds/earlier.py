"""Tell what was found of a respondent before, and whether it counts for a repeat."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext, lazy_gettext

from cases.charges import Outcome, Prior
from cases.desk.book import Book, Row
from cases.repeating import Evidence, repeat_evidence
from webmap.auth.desk import Desk
from webmap.interpreting import say

CAME = {
    Outcome.FOUND: lazy_gettext("Found in violation"),
    Outcome.PAID: lazy_gettext("Admitted by paying"),
    Outcome.WAIVED: lazy_gettext("Admitted by waiving the hearing"),
}


@dataclass(frozen=True, slots=True)
class Found:
    """An earlier finding.

    Parameters
    ----------
    came
        How it was found or admitted, in words.
    counts
        Whether it counts for a repeat, in words; empty of one against owners merely alike.
    because
        How its owner is known to be the respondent, or in what they are merely alike.
    """

    prior: Prior
    came: Any
    counts: str
    because: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """What was found before under the provision of a violation.

    Parameters
    ----------
    violation_id
        The violation's.
    section
        The violation's; None where it names none.
    parcel_no
        Its case's parcel.
    findings
        Against the respondent: first what counts, then what is too old; the latest first in each.
    alike
        Against owners who may be the same, the latest first.
    """

    violation_id: int
    section: str | None
    parcel_no: str | None
    findings: tuple[Found, ...]
    alike: tuple[Found, ...]


def earlier(desk: Desk, book: Book, violation: Row) -> Earlier | None:
    """Return what was found before of who answers for a violation; None where no law says it."""
    if book.law is None:
        return None
    told = repeat_evidence(desk.connection, violation.id)
    return Earlier(
        violation_id=violation.id,
        section=violation.section,
        parcel_no=book.case.parcel_no,
        findings=tuple(each for evidence in told for each in _theirs(evidence)),
        alike=tuple(
            _told(might.prior, "", might.likeness.words)
            for evidence in told
            for might in evidence.possible
        ),
    )


def _theirs(evidence: Evidence) -> Iterator[Found]:
    old = gettext("Does not count: more than %(years)s years before", years=evidence.window_years)
    for each in evidence.repeats:
        yield _told(each.prior, gettext("Counts for a repeat"), each.known.words)
    for each in evidence.too_old:
        yield _told(each.prior, old, each.known.words)


def _told(prior: Prior, counts: str, because: str) -> Found:
    return Found(prior, CAME[prior.outcome], counts, say(because))
