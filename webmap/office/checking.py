"""Look, before anything is saved, what is on record at a place and what the review would say."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext

from cases.adopted import law_in_force
from cases.desk.neighbours import matters, may_be_doubled
from cases.desk.reported import Row
from cases.errors import CaseError
from cases.lawpack.schema import LawPack
from cases.receiving import Report, located, preview
from cases.reporters import Identity
from cases.review import Decision
from cases.screening import Channel
from geo import places
from webmap.auth.desk import Desk
from webmap.interpreting import say

GIVEN = Identity(name="given", address="given", told_public_record=True)
"""Stands for a reporter who gives both: which they are stays in the browser until it is sent."""


class UnseenMatterError(CaseError):
    """What is to be saved may double a matter that the page has not shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What is known before saving; of what kind it is may not be said yet.

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
        if not number and desk.first(places.parcel_by_number(self.address, staff=True)):
            number = self.address
        return Report(
            channel=self.channel, category=kind_of(law, self.kind) or self.kind, description=said,
            parcel_no=number or None, address=self.address or None,
        )  # fmt: skip


def kinds(law: LawPack) -> list[str]:
    """Return the categories of a law, in order."""
    return sorted({each.category for each in law.ordinances})


def lay_words(law: LawPack) -> dict[str, list[str]]:
    """Return for each category of a law what people call it who do not know its name."""
    said = {each: dict[str, None]() for each in kinds(law)}
    for each in law.ordinances:
        said[each.category].update(dict.fromkeys(each.also))
    return {each: [*words] for each, words in said.items()}


def kind_of(law: LawPack, typed: str) -> str | None:
    """Return the category somebody means by a part of its name, or by a lay word for it.

    None where it could be several. A name goes before a lay word, a whole word before its part.
    """
    said = " ".join(typed.split()).casefold()
    names = {each: [each] for each in kinds(law)}
    lay = lay_words(law)
    fits = (
        _meaning(names, said.__eq__) or _meaning(lay, said.__eq__)
        or _meaning(names, lambda each: each.startswith(said))
        or _meaning(names, lambda each: said in each)
        or _meaning(lay, lambda each: each.startswith(said))
        or _meaning(lay, lambda each: said in each)
    )  # fmt: skip
    return fits[0] if said and len(fits) == 1 else None


def _meaning(words: Mapping[str, Collection[str]], fits: Callable[[str], bool]) -> list[str]:
    """Return the categories one of whose words fits."""
    return [each for each, said in words.items() if any(fits(word.casefold()) for word in said)]


def check(desk: Desk, asked: Asked) -> Checked:
    """Look what is on record there and, once its kind is said, what the review would decide."""
    law_id, law = law_in_force(desk.connection, on=desk.today)
    report = asked.report(desk, law)
    who = Identity(
        name=GIVEN.name if asked.named else None, address=GIVEN.address if asked.addressed else None
    )
    decisions: Sequence[Decision] = ()
    try:
        if report.category.strip():
            seen = preview(
                desk.connection, report=report, reporter=who, law_pack_id=law_id, **desk.who
            )  # fmt: skip
            placed, decisions = seen.placed, seen.decisions
        else:
            placed = located(desk.connection, report=report, moment=desk.moment)
    except CaseError as error:
        return Checked(refusal=say(error))
    parcel_id, point = placed.tied.tie.parcel_id, placed.point
    nearby = matters(
        law, parcel_id=parcel_id, point=point, category=report.category, stated=report.address,
        on=desk.today,
    )  # fmt: skip
    return Checked(
        place=desk.first(places.parcel_by_id(parcel_id, staff=True)) if parcel_id else None,
        zone=desk.first(places.zone_at(*point)) if point else None,
        odd=placed.note, decisions=decisions, nearby=desk.rows(nearby),
    )  # fmt: skip


def called(matter: Row) -> str:
    """Return what a page calls a matter on record: ``case:7``, ``complaint:12``."""
    return f"{matter.kind}:{matter.id}"


def require_shown(desk: Desk, asked: Asked, *, shown: Collection[str]) -> list[str]:
    """Return the numbers of what is on record there and was shown.

    An open matter of the same kind at the place that was not shown stops it once.

    Parameters
    ----------
    shown
        What the page has shown, as `called` names it.

    Raises
    ------
    UnseenMatterError
        One was not.
    """
    _law_id, law = law_in_force(desk.connection, on=desk.today)
    category = kind_of(law, asked.kind) or asked.kind
    checked = check(desk, asked)
    seen = [each.number for each in checked.nearby if called(each) in shown]
    unseen = [
        each.number for each in checked.nearby
        if may_be_doubled(each, category=category)
        and (each.same_parcel or checked.place is None)  # the neighbour's is another matter
        and each.number not in seen
    ]  # fmt: skip
    if unseen:
        raise UnseenMatterError(
            gettext("Not saved yet: %(numbers)s, of the same kind, is open there. Look at what is "
                    "on record, and save again.", numbers=", ".join(unseen))
        )  # fmt: skip
    return seen
