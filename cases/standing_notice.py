"""Say whether an earlier notice still stands, so that the town may act without a further one."""

from dataclasses import dataclass
from datetime import date

from cases.errors import CaseError
from cases.lookback import within_years


class StandingNoticeError(CaseError, ValueError):
    """A notice is said to stand for a time that cannot be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingNotice:
    """For how long one notice stands for what follows; set by the law pack.

    Parameters
    ----------
    years
        Until which anniversary of the notice, itself included (section 342.006(d), Texas Health
        and Safety Code: the first).
    told
        What the notice must have said of it.
    """

    years: int
    told: str
    source: str

    def __post_init__(self) -> None:
        """Refuse a notice that never stands, or says nothing of it.

        Raises
        ------
        StandingNoticeError
            It does.
        """
        if self.years < 1 or not self.told.strip():
            msg = f"A notice that stands for {self.years} years must stand for 1, and say so."
            raise StandingNoticeError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierNotice:
    """A notice given before, as far as it may stand for a later violation.

    Parameters
    ----------
    noticed_on
        The day of the notice.
    told
        Whether it said that no further one would come.
    same_kind
        Whether it was of the same kind of violation on the same property.
    owner_changed
        Whether the town was told that somebody else owns it since.
    """

    noticed_on: date
    told: bool
    same_kind: bool
    owner_changed: bool


def needs_no_further(
    rules: StandingNotice | None, earlier: EarlierNotice, *, found_on: date
) -> bool:
    """Tell whether the town may correct a violation without a further notice.

    Parameters
    ----------
    rules
        None where the law knows no such notice.
    found_on
        The day of the violation; the notice itself must be of an earlier day.
    """
    if rules is None or not earlier.told or not earlier.same_kind or earlier.owner_changed:
        return False
    return within_years(earlier.noticed_on, found_on, years=rules.years)
