"""Look, before anything is saved, what is on record at a place and what the review would say."""

from collections.abc import Sequence
from dataclasses import dataclass

from cases.adopted import law_in_force
from cases.desk.neighbours import matters
from cases.desk.reported import Row
from cases.errors import CaseError
from cases.lawpack.schema import LawPack
from cases.receiving import Report, preview
from cases.reporters import Identity
from cases.review import Decision
from cases.screening import Channel
from geo import places
from webmap.auth.desk import Desk
from webmap.interpreting import say

GIVEN = Identity(name="given", address="given", told_public_record=True)
"""Stands for a reporter who gives both: which they are stays in the browser until it is sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What is known before saving.

    Attributes
    ----------
    place
        The parcel; None where the place is on none.
    odd
        What is odd about where it is; None for nothing.
    refusal
        Why it could not be kept as it is; then nothing else is known.
    """

    place: Row | None = None
    zone: Row | None = None
    odd: str | None = None
    decisions: Sequence[Decision] = ()
    nearby: Sequence[Row] = ()
    refusal: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a page says so far.

    Parameters
    ----------
    named, addressed
        Whether whoever reports gives a name, and an address.
    """

    address: str
    parcel_no: str
    kind: str
    channel: Channel
    named: bool = False
    addressed: bool = False

    def report(self, desk: Desk, law: LawPack, *, said: str | None = None) -> Report:
        """Return it as it is received; an address that is a parcel's number names the parcel."""
        number = self.parcel_no
        if not number and desk.first(places.parcel_by_number(self.address)):
            number = self.address
        return Report(
            channel=self.channel, category=kind_of(law, self.kind) or self.kind, description=said,
            parcel_no=number or None, address=self.address or None,
        )  # fmt: skip


def kinds(law: LawPack) -> list[str]:
    """Return the categories of a law, in order."""
    return sorted({each.category for each in law.ordinances})


def kind_of(law: LawPack, typed: str) -> str | None:
    """Return the category somebody means by a part of its name; None where it could be several."""
    said = " ".join(typed.split()).casefold()
    known = kinds(law)
    exact = [each for each in known if each.casefold() == said]
    begun = [each for each in known if each.casefold().startswith(said)]
    within = [each for each in known if said in each.casefold()]
    fits = exact or begun or within
    return fits[0] if said and len(fits) == 1 else None


def check(desk: Desk, asked: Asked) -> Checked:
    """Look what is on record there and what the review would decide."""
    law_id, law = law_in_force(desk.connection, on=desk.today)
    report = asked.report(desk, law)
    who = Identity(
        name=GIVEN.name if asked.named else None, address=GIVEN.address if asked.addressed else None
    )
    try:
        seen = preview(
            desk.connection, report=report, reporter=who, law_pack_id=law_id, **desk.who
        )  # fmt: skip
    except CaseError as error:
        return Checked(refusal=say(error))
    parcel_id, point = seen.placed.tied.tie.parcel_id, seen.placed.point
    nearby = matters(
        law, parcel_id=parcel_id, point=point, category=report.category, stated=report.address,
        on=desk.today,
    )  # fmt: skip
    return Checked(
        place=desk.first(places.parcel_by_id(parcel_id)) if parcel_id else None,
        zone=desk.first(places.zone_at(*point)) if point else None,
        odd=seen.placed.note, decisions=seen.decisions, nearby=desk.rows(nearby),
    )  # fmt: skip
