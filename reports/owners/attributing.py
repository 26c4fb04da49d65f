"""Give each case to the webs it is of: of those it names, or else of whoever owned its parcel."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reports.owners.cards import Record
from reports.owners.lawful import LawfulRepeat
from reports.owners.reading import CaseFacts, Holding


@dataclass(frozen=True, slots=True)
class Attributed:
    """Cases and repeats by the numbers of the webs they are of.

    Attributes
    ----------
    cases
        In the order they were opened; a case that names owners of two webs is both's.
    repeats
        In the law's sense, by their violators.
    unowned
        How many cases are of no web.
    """

    cases: Mapping[int, list[CaseFacts]]
    repeats: Mapping[int, list[LawfulRepeat]]
    unowned: int


def attribute(
    facts: Iterable[CaseFacts],
    *,
    named: Iterable[Record],
    rolls: Iterable[Holding],
    lawful: Iterable[LawfulRepeat],
    web_of: Mapping[str, int],
) -> Attributed:
    """Attribute a town's cases.

    A case is of whom it names: the officer wrote down who answers. Where it names nobody it is of
    whom the roll named on the day it was opened; on an unknown day, of whom it names now.

    Parameters
    ----------
    web_of
        The number of the web of each key.
    """
    answering: dict[int, set[int]] = {}
    for record in named:
        if record.case_id is not None and record.party.key:
            answering.setdefault(record.case_id, set()).add(web_of[record.party.key])
    owning: dict[int, list[Holding]] = {}
    for holding in rolls:
        if holding.party.key:
            owning.setdefault(holding.parcel_id, []).append(holding)
    cases: dict[int, list[CaseFacts]] = {}
    unowned = 0
    for case in facts:
        whose = answering.get(case.case_id) or _owners_of(case, owning, web_of)
        unowned += not whose
        for web in whose:
            cases.setdefault(web, []).append(case)
    repeats: dict[int, list[LawfulRepeat]] = {}
    for repeat in lawful:
        if repeat.violator.key:
            repeats.setdefault(web_of[repeat.violator.key], []).append(repeat)
    return Attributed(cases, repeats, unowned)


def _owners_of(
    case: CaseFacts, owning: Mapping[int, list[Holding]], web_of: Mapping[str, int]
) -> set[int]:
    held = owning.get(case.parcel_id, []) if case.parcel_id is not None else []
    return {
        web_of[holding.party.key]
        for holding in held
        if holding.party.key and holding.holds(case.opened_on)
    }
