"""Hold what a town's law sets about fines: caps, their sources, how the last day counts."""

from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Self

from cases.errors import FineTermsError

MOST_CAP_CENTS = 10**11
"""A billion dollars a day: beyond this a cap is a mistake, and days times cents might overflow."""


class FineKind(StrEnum):
    """What a fine is for, which sets its cap and its first day."""

    FIRST = "first"
    REPEAT = "repeat"
    IRREPARABLE = "irreparable"


@dataclass(frozen=True, slots=True)
class FineCap:
    """The most a fine may be, in cents, and the statute or ordinance that says so."""

    cents: int
    statute: str

    def __post_init__(self) -> None:
        """Refuse a cap that is no amount, or gives no source."""
        if type(self.cents) is not int or not 0 < self.cents <= MOST_CAP_CENTS:
            msg = (
                f"A fine's cap is {self.cents!r} cents, but must be a whole number from 1 to "
                f"{MOST_CAP_CENTS}. Write the cap of {self.statute or 'the law'} in cents."
            )
            raise FineTermsError(msg)
        if not self.statute.strip():
            msg = (
                f"The cap of {self.cents} cents names no statute or ordinance, so no amount could "
                "be explained by it. Name the section that sets it."
            )
            raise FineTermsError(msg)


@dataclass(frozen=True, slots=True)
class FineStatutes:
    """Where the law says what happens to a fine, as an explanation cites it.

    Attributes
    ----------
    runs
        A fine runs each day past the date set for compliance; in Florida s. 162.09(1).
    repeat
        A repeat violation's runs from the day it was found; in Florida s. 162.09(1).
    irreparable
        An irreparable violation's is imposed once; in Florida s. 162.09(1).
    ends
        A fine runs until compliance or judgment, whichever is first; in Florida s. 162.09(3).
    reduces
        Who may reduce a fine; in Florida s. 162.09(2)(c).
    """

    runs: str
    repeat: str
    irreparable: str
    ends: str
    reduces: str

    def __post_init__(self) -> None:
        """Refuse to leave a rule without its source."""
        unsaid = [field.name for field in fields(self) if not getattr(self, field.name).strip()]
        if unsaid:
            msg = (
                f"The rules of fines name no statute for {', '.join(unsaid)}, so no amount could "
                "be explained by it. Name the section, or the town's ordinance."
            )
            raise FineTermsError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class FineRules:
    """What a law pack sets about fines.

    Attributes
    ----------
    first, repeat
        Caps on a day's fine. In Florida $250 and $500 (s. 162.09(2)(a)); a government of 50,000
        or more may adopt up to $1,000 and $5,000 by ordinance (s. 162.09(2)(d)).
    irreparable
        Cap on the whole fine for a violation found irreparable or irreversible. In Florida $5,000
        (s. 162.09(2)(a)), by such an ordinance up to $15,000 (s. 162.09(2)(d)).
    statutes
        The sections that explanations cite.
    count_compliance_day
        Whether the day of compliance itself is fined. S. 162.09(3) has a fine accrue "until the
        violator comes into compliance" and leaves that day open: a town's choice. Not fining it
        is the default, as the reading that favours the respondent.
    count_judgment_day
        The same for the day of judgment in a suit on the lien, which s. 162.09(3) leaves open too.
    homestead
        Cap on a day's fine where the owner shows that the property is the owner's lawful homestead;
        in Texas $10 (Local Government Code s. 214.0015). None where it makes no difference.
    """

    first: FineCap
    repeat: FineCap
    irreparable: FineCap
    statutes: FineStatutes
    count_compliance_day: bool = False
    count_judgment_day: bool = False
    homestead: FineCap | None = None

    def of_homestead(self) -> Self:
        """Return the rules for a property shown to be a homestead."""
        if self.homestead is None:
            return self
        return replace(self, first=self.homestead, repeat=self.homestead)

    def cap(self, kind: FineKind) -> FineCap:
        """Return the cap on a day's fine of a kind; of an irreparable violation's, on it all."""
        caps = {
            FineKind.FIRST: self.first,
            FineKind.REPEAT: self.repeat,
            FineKind.IRREPARABLE: self.irreparable,
        }
        return caps[kind]
