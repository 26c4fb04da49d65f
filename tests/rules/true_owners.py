"""Settle a generated town and say who its owners truly are, which no file of the town does."""

import os
import pickle
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np

from cases.owners.parties import Party
from data.town import people, plat
from data.town.people import Holding, Owner
from data.town.plat import Plat
from data.town.years import Case, tell

PARCELS = 600
YEARS = 6
UNTIL = date(2026, 11, 20)


@dataclass(frozen=True, slots=True)
class Record:
    """What a roll or a case says of an owner, and who it truly is."""

    party: Party
    truth: str


@cache
def town(seed: int) -> tuple[Plat, list[Holding]]:
    """Lay out and settle a town with the dice `lotline town build` throws for it, once a run."""
    kept = Path(os.environ["LOTLINE_TEST_HOME"]) / f"settled-{seed}.pickle"
    if not kept.exists():
        paper = plat.lay(parcels=PARCELS, seed=seed)
        settled = paper, people.settle(np.random.default_rng([seed, 2]), paper)
        own = kept.with_suffix(f".{os.getpid()}")
        own.write_bytes(pickle.dumps(settled))
        own.replace(kept)
    read: tuple[Plat, list[Holding]] = pickle.loads(kept.read_bytes())  # noqa: S301 - our own
    return read


def roll(seed: int) -> list[Record]:
    """List the town's roll; the landlord's companies are one owner in truth."""
    paper, holdings = town(seed)
    return [
        Record(_party(holding.owner, parcel_no), _truth(holding.owner))
        for parcel_no, holding in zip(paper.parcel_nos, holdings, strict=True)
    ]


@cache
def history(seed: int) -> list[tuple[Case, Record]]:
    """List the town's cases with who answered; of an owner before, the roll knows only the name."""
    paper, holdings = town(seed)
    cases = tell(np.random.default_rng([seed, 4]), paper, holdings, years=YEARS, until=UNTIL)
    return [(case, _answering(case, at, paper, holdings)) for at, case in enumerate(cases)]


def landlords(records: Iterable[Record]) -> list[Party]:
    """Pick the landlord's companies, each once."""
    found = {r.party.name: r.party for r in records if r.truth == "the landlord"}
    return list(found.values())


def _truth(owner: Owner) -> str:
    """Name who an owner is; but for the landlord's companies, owners that differ are two."""
    return "the landlord" if owner.kind == "landlord" else repr(owner)


def _party(owner: Owner, parcel_no: str) -> Party:
    mailing = f"{owner.line}, {owner.city}, {owner.state} {owner.zip_code}"
    return Party(name=owner.name, mailing=mailing, parcel_no=parcel_no)


def _answering(case: Case, at: int, paper: Plat, holdings: list[Holding]) -> Record:
    owner, parcel_no = holdings[case.lot].owner, paper.parcel_nos[case.lot]
    if case.owner == owner.name:
        return Record(_party(owner, parcel_no), _truth(owner))
    return Record(Party(name=case.owner, parcel_no=parcel_no), f"before, in case {at}")
