"""Say who answers for a violation: a name, and the place that tells namesakes apart."""

from dataclasses import dataclass

from cases.owners.mailing import mailing_key
from cases.owners.names import name_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """An owner or another respondent as a record names them.

    Attributes
    ----------
    name
        As on the roll or the notice.
    mailing
        Where the roll sent letters at the time, as on one envelope; None where unknown.
    parcel_no
        The parcel the record is about; None where unknown.
    """

    name: str
    mailing: str | None = None
    parcel_no: str | None = None

    @property
    def key(self) -> str | None:
        """What links two records by itself when it is equal in both.

        A name alone does not: a town has namesakes. It needs a place, which is where letters go
        or, where that is unknown, the parcel. None where the name is nobody's or has no place.
        """
        name = name_key(self.name)
        place = mailing_key(self.mailing) or self.on_parcel
        return f"{name} @ {place}" if name and place else None

    @property
    def words(self) -> str:
        """Who it is and where, as written: "Alder Holdings LLC, 12 Main St, Tampa FL 33602"."""
        place = self.mailing if mailing_key(self.mailing) else None
        return ", ".join(filter(None, (self.name, place or self.on_parcel)))

    @property
    def on_parcel(self) -> str | None:
        """Which parcel it is, in words."""
        return self.parcel_no and f"parcel {self.parcel_no}"
