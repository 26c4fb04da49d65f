"""Say how long a recorded lien binds, and from when it may be foreclosed."""

from dataclasses import dataclass
from datetime import date, timedelta

from cases.errors import CaseError
from cases.spans import months_after, years_after


class LienTermsError(CaseError, ValueError):
    """What a lien is said to be cannot be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LienRules:
    """What a recorded order becomes; set by the law pack.

    Parameters
    ----------
    life_years
        From the recording (s. 162.10); None where the law sets no end.
    foreclosure_after_months
        How long it must have been of record and unpaid (s. 162.09(3)).
    homestead_foreclosure
        Whether a homestead may be foreclosed; in Florida never (Art. X, s. 4, Constitution).
    binds_homestead
        Whether it binds a homestead at all; by section 214.0015(d), Texas Local Government Code,
        it does not.
    other_property
        Whether it binds whatever else the violator owns (s. 162.09(3)).
    """

    foreclosure_after_months: int
    homestead_foreclosure: bool
    other_property: bool
    source: str
    life_years: int | None = None
    binds_homestead: bool = True

    def __post_init__(self) -> None:
        """Refuse a lien that never binds, or is foreclosed before it is recorded.

        Raises
        ------
        LienTermsError
            It does, or is.
        """
        if self.life_years == 0 or min(self.life_years or 0, self.foreclosure_after_months) < 0:
            msg = (
                f"A lien of {self.life_years} years, foreclosed after "
                f"{self.foreclosure_after_months} months, cannot be: give 1 or more, and 0 or more."
            )
            raise LienTermsError(msg)


def may_bind(rules: LienRules | None, *, homestead: bool) -> bool:
    """Tell whether a lien may be recorded on a property; never where the law gives none."""
    return rules is not None and (rules.binds_homestead or not homestead)


def expires_on(rules: LienRules | None, *, recorded_on: date) -> date | None:
    """Return the last day a lien binds, unless an action on it was begun by then.

    None where the law sets no end, or gives the town no lien.
    """
    if rules is None or rules.life_years is None:
        return None
    return years_after(recorded_on, rules.life_years)


def foreclosure_from(rules: LienRules | None, *, recorded_on: date, homestead: bool) -> date | None:
    """Return the first day on which an unpaid lien may be foreclosed; None where it never may.

    The months must have run out, so it is the day after their last.
    """
    if rules is None or (homestead and not rules.homestead_foreclosure):
        return None
    return months_after(recorded_on, rules.foreclosure_after_months) + timedelta(days=1)
