"""Find the parcel a record speaks of: by its number, by its address, or by where a point lies."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from geo.addresses import SUFFIXES, Address, parse
from geo.lookups import Around, Lookups, Stand

type Method = Literal["parcel_no", "address", "point", "none"]

SURE = 1.0
RESPELT_NUMBER = 0.95
EXACT_ADDRESS = 0.98
WITHIN_RANGE = 0.9
MISSPELT_STREET = 0.8
UNKNOWN_UNIT = 0.8
IN_ONE_PARCEL = 0.95
IN_SEVERAL_PARCELS = 0.6
CLOSE_SPELLING = 0.85
SHORT_WORDS = frozenset(SUFFIXES.values())


@dataclass(frozen=True, kw_only=True)
class Tie:
    """The parcel a record is tied to, the way it was found, and how sure that way is (0 to 1).

    Shares are those measured on an assessor's roll of 27,000 addresses: a unique exact match is
    right in 99.7 % of cases. What could mean several parcels is tied to none.
    """

    parcel_id: int | None
    method: Method
    confidence: float
    note: str | None = None


def untied(note: str) -> Tie:
    """Say why a record is tied to no parcel."""
    return Tie(parcel_id=None, method="none", confidence=0.0, note=note)


class Locator:
    """Ties records to the parcels of one moment, found in a `geo.lookups`.

    Of a town read whole (`WholeTown`), or asked by index (`ByIndex`), the answers are the same.
    """

    def __init__(self, lookups: Lookups) -> None:
        self._lookups = lookups

    def by_parcel_no(self, parcel_no: str) -> Tie:
        """Tie by the parcel's number, forgiving case, spaces and dashes where that is unique.

        Signs may be others or left out, but not stand elsewhere: 163-1 is not 16-31.
        """
        exact = self._lookups.numbered(parcel_no)
        if exact is not None:
            return Tie(parcel_id=exact, method="parcel_no", confidence=SURE)
        alike = [
            parcel_id
            for number, parcel_id in self._lookups.alike(parcel_no)
            if _same_groups(number, parcel_no)
        ]
        if len(alike) == 1:
            return Tie(
                parcel_id=alike[0],
                method="parcel_no",
                confidence=RESPELT_NUMBER,
                note=f"parcel number written {parcel_no}",
            )
        return untied(f"no parcel is numbered {parcel_no}")

    def by_address(self, text: str) -> Tie:
        """Tie by a street address, when just one parcel can be meant."""
        address = parse(text)
        if address is None or address.number_low is None or address.number_high is None:
            return untied(f"{text!r} is no street address")
        low, high = address.number_low, address.number_high
        if stands := self._lookups.stands(address.street_key, low=low, high=high):
            return _of_stands(stands, address)
        if address.street_key in self._lookups.street_keys:
            return untied(f"no parcel has the address {address.label}")
        alike = self._streets_by_marks.get(_marks(address.street_key), [])
        near = get_close_matches(address.street_key, alike, n=2, cutoff=CLOSE_SPELLING)
        if len(near) != 1:
            return untied(f"no street is called {address.street}")
        tie = _of_stands(self._lookups.stands(near[0], low=low, high=high), address)
        if tie.parcel_id is None:
            return tie
        note = f"street written {address.street}"
        return _less_sure(tie, at_most=MISSPELT_STREET, note=note)

    def by_points(self, lonlat: NDArray[np.float64]) -> list[Tie]:
        """Tie by the parcel each point lies in.

        Parameters
        ----------
        lonlat
            Longitudes and latitudes (EPSG:4326), shape (n, 2). A row of NaN lies nowhere.
        """
        return [_smallest(around) for around in self._lookups.around(lonlat)]

    @cached_property
    def _streets_by_marks(self) -> dict[tuple[str, ...], list[str]]:
        alike: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for street_key in self._lookups.street_keys:
            alike[_marks(street_key)].append(street_key)
        return alike


def _of_stands(stands: Sequence[Stand], address: Address) -> Tie:
    """Tie to the one parcel of a street's addresses that can be meant.

    A unit that is not on record is most likely in the building that has the others, which is
    good enough to look there, and not to answer for it: it may as well be a lot of its own.
    """
    asked = (address.number_low, address.number_high)
    confidence = EXACT_ADDRESS
    meant = [stand for stand in stands if (stand.low, stand.high) == asked]
    if not meant:
        confidence = WITHIN_RANGE
        meant = [stand for stand in stands if stand.covers(address)]
    unit = [stand for stand in meant if stand.unit == address.unit]
    parcels = {stand.parcel_id for stand in unit or meant}
    if not parcels:
        return untied(f"no parcel has the address {address.label}")
    if len(parcels) > 1:
        return untied(f"{address.label} may be any of {len(parcels)} parcels")
    tie = Tie(parcel_id=parcels.pop(), method="address", confidence=confidence)
    if unit or address.unit is None:
        return tie
    return _less_sure(tie, at_most=UNKNOWN_UNIT, note=f"no unit {address.unit} is on record there")


def _less_sure(tie: Tie, *, at_most: float, note: str) -> Tie:
    notes = "; ".join(filter(None, (note, tie.note)))
    return replace(tie, confidence=min(tie.confidence, at_most), note=notes)


def _marks(street_key: str) -> tuple[str, ...]:
    """List the words of a street that no misspelling turns into another street's.

    A number ("21st", "31st"), a direction ("n", "s") and a suffix ("st", "ct") part streets of
    one name; a letter amiss in them names the other street rather than this one.
    """
    return tuple(
        word for word in street_key.split() if word in SHORT_WORDS or any(map(str.isdigit, word))
    )


def _groups(parcel_no: str) -> list[str]:
    return re.findall(r"[^\W_]+", parcel_no.casefold())


def _same_groups(one: str, other: str) -> bool:
    """Tell whether two numbers are of the same letters, and parted alike or one of them not."""
    parted, otherwise = _groups(one), _groups(other)
    unparted = 1 in {len(parted), len(otherwise)} and "".join(parted) == "".join(otherwise)
    return parted == otherwise or unparted


def _smallest(around: Around) -> Tie:
    if not around:
        return untied("the point lies in no parcel")
    parcel_id, _ = min(around, key=lambda each: (each[1], each[0]))
    if len(around) == 1:
        return Tie(parcel_id=parcel_id, method="point", confidence=IN_ONE_PARCEL)
    return Tie(
        parcel_id=parcel_id,
        method="point",
        confidence=IN_SEVERAL_PARCELS,
        note=f"the point lies in {len(around)} parcels; the smallest was taken",
    )
