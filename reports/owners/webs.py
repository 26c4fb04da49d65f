"""Resolve the owners of a whole town, and tell each web with its evidence and what is like it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import sqlalchemy as sa

from cases.identities import all_in_force
from cases.owners.confirmations import Confirmation, Identities
from reports.owners.attributing import Attributed, attribute
from reports.owners.cards import Card, Record, Whence, gather
from reports.owners.grounds import Reason, Sense
from reports.owners.joining import Joined, Link, join
from reports.owners.lawful import LawfulRepeat, lawful_repeats
from reports.owners.reading import case_facts, exempt_parcels, holdings, named_in_cases
from reports.owners.suggesting import Suggesting
from reports.owners.web import (
    Web,
    code_of,
    figures_of,
    mailings_of,
    names_of,
    parcels_of,
)
from reports.repeat import Question

SPELLED = "spelled"
"""How the spellings of one card are linked: their keys are equal."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why records of a web are linked.

    Attributes
    ----------
    how
        `SPELLED`, or as of `Link`.
    names
        What those are called that are linked.
    words
        Why, in a sentence or two.
    """

    how: str
    names: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Suggested:
    """Another web that a person may confirm to belong to one.

    Attributes
    ----------
    ours, theirs
        The two cards that are most alike, whose parties would be confirmed.
    sense, reasons, strength
        As of `Suggestion`.
    """

    web: Web
    ours: Card
    theirs: Card
    sense: Sense
    reasons: tuple[Reason, ...]
    strength: float


@dataclass(frozen=True, slots=True)
class Shared:
    """A place for letters of a web that others share: a relation, and no link.

    Attributes
    ----------
    others
        The other webs that get letters there, those with most cases first.
    """

    mailing: str
    others: tuple[Web, ...]


class Webs:
    """The webs of a town on a day.

    Attributes
    ----------
    on, years
        The last day of the window and how many years it has.
    ranked
        Every web, by its cases in the window, then by all, then by its name.
    nameless
        How many records name nobody, or no place tells that owner from a namesake.
    unowned
        How many verified cases are of no web: nobody is named and no owner of the day is known.
    """

    def __init__(
        self,
        *,
        on: date,
        years: int,
        cards: Sequence[Card],
        joined: Joined,
        said: Sequence[Confirmation],
        webs: Iterable[Web],
        nameless: int,
        unowned: int,
    ) -> None:
        self.on, self.years = on, years
        self.nameless, self.unowned = nameless, unowned
        self._cards, self._joined = cards, joined
        self._suggesting = Suggesting(cards, joined, said)
        self.ranked = tuple(sorted(webs, key=_rank))

    def of(self, code: str) -> Web | None:
        """Find a web by its code, or by that of any card in it; None where there is none."""
        return self._by_code.get(code)

    def links(self, web: Web) -> tuple[Evidence, ...]:
        """Tell all that links the records of a web, each link in a sentence."""
        spelled = [_spelled(self._cards[at]) for at in web.cards]
        joined = [
            Evidence(link.how, self._names(link), link.words)
            for link in self._joined.links
            if {link.a, link.b} & set(web.cards)
        ]
        return (*filter(None, spelled), *joined)

    def suggested(self, web: Web, *, most: int | None = None) -> tuple[Suggested, ...]:
        """List the webs that may belong to one, the strongest first; each once, by its best pair.

        Nothing follows from a suggestion: what is like a suggested web is not told here.
        """
        found: dict[int, Suggested] = {}
        for each in self._suggesting.of(web.number):
            ours, theirs = (each.a, each.b) if each.a in web.cards else (each.b, each.a)
            other = self._joined.web_of[theirs]
            found.setdefault(
                other,
                Suggested(
                    self._by_number[other], self._cards[ours], self._cards[theirs], each.sense,
                    each.reasons, each.strength,
                ),
            )  # fmt: skip
        return tuple(found.values())[:most]

    def shared(self, web: Web) -> tuple[Shared, ...]:
        """Tell where a web's letters go that others' go too, the place of the fewest first."""
        found = []
        for at in web.cards:
            card = self._cards[at]
            webs = {
                self._joined.web_of[other] for other in self._at_place.get(card.place or "", ())
            }
            others = sorted((self._by_number[each] for each in webs - {web.number}), key=_rank)
            if others and card.mailing:
                found.append(Shared(card.mailing, tuple(others)))
        unique = {each.others: each for each in found}
        return tuple(sorted(unique.values(), key=lambda each: (len(each.others), each.mailing)))

    @cached_property
    def _by_number(self) -> Mapping[int, Web]:
        return {web.number: web for web in self.ranked}

    @cached_property
    def _by_code(self) -> Mapping[str, Web]:
        return {code_of(self._cards[at].key): web for web in self.ranked for at in web.cards}

    @cached_property
    def _at_place(self) -> Mapping[str, list[int]]:
        found: dict[str, list[int]] = {}
        for at, card in enumerate(self._cards):
            if card.place:
                found.setdefault(card.place, []).append(at)
        return found

    def _names(self, link: Link) -> tuple[str, ...]:
        """Name those that a link joins; a key that no record bears any more has no name."""
        return tuple(self._cards[at].name for at in (link.a, link.b) if at < len(self._cards))


def webs(connection: sa.Connection, *, on: date, years: int = 5) -> Webs:
    """Resolve the owners of a town from its rolls and verified cases.

    Some dozen queries, however many owners there are.

    Parameters
    ----------
    on
        The last day of the window in which cases are counted.
    years
        How many years it has.
    """
    said = all_in_force(connection)
    rolls = holdings(connection)
    lawful = lawful_repeats(connection, Identities(said))
    named = named_in_cases(connection, on=on)
    records = [holding.record for holding in rolls] + named
    records += _not_among(records, lawful)
    cards = gather(records)
    joined = join(cards, said)
    of_webs = attribute(
        case_facts(connection),
        named=named,
        rolls=rolls,
        lawful=lawful,
        web_of={card.key: web for card, web in zip(cards, joined.web_of, strict=True)},
    )
    found = _webs(cards, joined, of_webs, on=on, years=years, exempt=exempt_parcels(connection))
    return Webs(
        on=on, years=years, cards=cards, joined=joined, said=said, webs=found,
        nameless=sum(record.party.key is None for record in records), unowned=of_webs.unowned,
    )  # fmt: skip


def _not_among(records: Sequence[Record], lawful: Iterable[LawfulRepeat]) -> Iterator[Record]:
    """Yield violators as the roll of the finding's day has them, where no record has them so."""
    known = {record.party.key for record in records}
    for each in lawful:
        if each.violator.key not in known:
            known.add(each.violator.key)
            yield Record(party=each.violator, whence=Whence.CASE, case_id=each.case_id)


def _webs(
    cards: Sequence[Card],
    joined: Joined,
    of_webs: Attributed,
    *,
    on: date,
    years: int,
    exempt: frozenset[int],
) -> Iterator[Web]:
    after = Question(on=on, years=years, at_least=1).after
    members: dict[int, list[int]] = {}
    for at, number in enumerate(joined.web_of):
        members.setdefault(number, []).append(at)
    for number, held in members.items():
        ours = [cards[at] for at in held]
        names, parcels = names_of(ours), parcels_of(ours, exempt=exempt)
        cases = of_webs.cases.get(number, [])
        yield Web(
            number=number,
            code=code_of(cards[number].key),
            name=names[0],
            owners=len({joined.owner_of[at] for at in held}),
            cards=tuple(held),
            names=names,
            mailings=mailings_of(ours),
            parcels=parcels,
            case_ids=tuple(case.case_id for case in cases),
            figures=figures_of(cases, of_webs.repeats.get(number, ()), after=after, on=on),
            exempt=any(held.exempt for held in parcels) or any(case.withheld for case in cases),
        )


def _rank(web: Web) -> tuple[int, int, str, str]:
    return -web.figures.in_window, -web.figures.cases, web.name, web.code


def _spelled(card: Card) -> Evidence | None:
    """Tell that the records of a card are one owner's, however the name is spelled in them."""
    if len(card.records) == 1:
        return None
    count = f"{len(card.records):,}"
    if card.mailing:
        said = f"{count} records bear one name, and all their letters go to {card.mailing}."
    else:
        said = f"{count} records bear one name on parcel {card.records[0].party.parcel_no}."
    return Evidence(SPELLED, card.spellings, said)
