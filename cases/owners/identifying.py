"""Say how two records are known to name one owner, or that they are not known to."""

from dataclasses import dataclass
from enum import StrEnum

from cases.owners.confirmations import ConfirmedSame, Identities
from cases.owners.names import name_key
from cases.owners.parties import Party


class How(StrEnum):
    """How two records are known to name one owner."""

    SAME_NAME_AND_PLACE = "same_name_and_place"
    SAME_NAME_ON_PARCEL = "same_name_on_parcel"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class Known:
    """How two records are known to name one owner, with the confirmations where they say so."""

    how: How
    confirmed: tuple[ConfirmedSame, ...] = ()

    @property
    def words(self) -> str:
        """The ground in a sentence."""
        if self.how is How.SAME_NAME_AND_PLACE:
            return "The same name with the same place for letters, or the same parcel."
        if self.how is How.SAME_NAME_ON_PARCEL:
            return "The same name on the same parcel."
        said = "; ".join(f"{link.by} on {link.on}: {link.reason}" for link in self.confirmed)
        return f"Confirmed to be one ({said})."


def known(a: Party, b: Party, *, identities: Identities) -> Known | None:
    """Tell whether two records name one owner, by equal keys or by what a person confirmed.

    A confirmed difference goes before all else. One name on one parcel is one owner also where
    letters once went elsewhere; on two parcels it takes the same address, or a person.
    """
    one, other = a.key, b.key
    if one is None or other is None or told_apart(a, b, identities=identities):
        return None
    if one == other:
        return Known(How.SAME_NAME_AND_PLACE)
    if links := identities.chain(one, other):
        return Known(How.CONFIRMED, links)
    on_one_parcel = a.parcel_no is not None and a.parcel_no == b.parcel_no
    if on_one_parcel and name_key(a.name) == name_key(b.name):
        return Known(How.SAME_NAME_ON_PARCEL)
    return None


def told_apart(a: Party, b: Party, *, identities: Identities) -> bool:
    """Tell whether a person confirmed that two records name two owners."""
    one, other = a.key, b.key
    return one is not None and other is not None and bool(identities.difference(one, other))
